"""The page behind an address of one use; the address at the counter; low ratings and what is done with them."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.assignment import services
from mediation.assignment.blueprint import bp, page_of
from mediation.assignment.models import Assignment
from mediation.assignment.rating import asking, checking, labels, rules
from mediation.assignment.rating.forms import CheckForm, RateForm
from mediation.assignment.rating.rules import Aspect
from mediation.disputes import people
from mediation.kernel.errors import NotPermitted
from mediation.kernel.i18n import _
from mediation.roster.rules import Ground
from mediation.web.auth import actor
from mediation.web.pace import Pace

TRIES = Pace("rating", limit=30, seconds=300)


@bp.route("/rate/<token>", methods=["GET", "POST"])
def rate(token: str) -> ResponseReturnValue:
    """Nothing of the dispute stands here: who opens somebody else's message learns nothing."""
    # The server's own log of requests reads the address from here, after the answer.
    request.environ["RAW_URI"] = request.environ["PATH_INFO"] = "/rate/*"
    if wait := TRIES.wait(request.remote_addr or ""):
        return (
            render_template("assignment/rating/rate.html", form=None, done=False, slow=True),
            429,
            {"Retry-After": str(wait)},
        )
    form = RateForm()
    good = asking.invitation(token) is not None
    if not good:
        return render_template("assignment/rating/rate.html", form=None, done=False, slow=False), 404
    if form.submitted():
        aspects = {a: int(form[a.value].data) if form[a.value].data else None for a in Aspect}
        made = asking.rate(token, score=int(form.score.data), aspects=aspects, comment=form.comment.data or "")
        if made is None:
            return render_template("assignment/rating/rate.html", form=None, done=False, slow=False), 404
        return render_template("assignment/rating/rate.html", form=None, done=True, slow=False)
    page = render_template(
        "assignment/rating/rate.html", form=form, done=False, slow=False, action=url_for(".rate", token=token)
    )
    return page, 422 if form.errors else 200


def _over(assignment_id: int) -> Assignment:
    found = services.get(actor(), assignment_id) or abort(404)
    if not rules.may_ask(actor(), found):
        raise NotPermitted("ask_rating", article="S4 art. 28")
    return found


@bp.get("/assignments/<int:assignment_id>/ratings")
def ratings_of(assignment_id: int) -> ResponseReturnValue:
    """Who was asked, and who has answered."""
    return _asked(_over(assignment_id))


@bp.post("/assignments/<int:assignment_id>/ratings/<int:party_id>")
def ask_rating(assignment_id: int, party_id: int) -> ResponseReturnValue:
    """An address for a party at the counter, shown once."""
    found = _over(assignment_id)
    party = people.party(found.dispute_id, party_id) or abort(404)
    token = asking.ask(actor(), found, party)
    return _asked(found, address=url_for(".rate", token=token, _external=True), party=party.name)


def _asked(found: Assignment, *, address: str = "", party: str = "") -> ResponseReturnValue:
    return page_of(
        "rating/asked",
        found,
        standings=asking.standings(found),
        over=rules.is_over(found),
        address=address,
        party=party,
    )


@bp.get("/ratings")
def ratings() -> ResponseReturnValue:
    """Low ratings: to be looked at first, then what was found."""
    return _ratings(None, 0)


@bp.post("/ratings/<int:rating_id>/check")
def check_rating(rating_id: int) -> ResponseReturnValue:
    """What the registry found."""
    found = checking.get(actor(), rating_id) or abort(404)
    form = CheckForm(prefix=_prefix(rating_id))
    if not form.submitted():
        return _ratings(form, rating_id)
    if form.step.data == "complain":
        checking.complain(actor(), found, ground=Ground(form.ground.data), note=form.note.data or "")
    else:
        checking.clear(actor(), found, note=form.note.data or "")
    flash(_("The finding is kept."))
    return redirect(url_for(".ratings"))


def _prefix(rating_id: int) -> str:
    """Several forms of this kind stand on one page."""
    return f"r{rating_id}-"


def _ratings(sent: CheckForm | None, opened: int) -> ResponseReturnValue:
    lines = checking.lines(actor())
    forms = {line.rating.id: CheckForm(formdata=None, prefix=_prefix(line.rating.id)) for line in lines}
    if sent is not None:
        forms[opened] = sent
    page = render_template(
        "assignment/rating/ratings.html", lines=lines, forms=forms, labels=labels, aspects=list(Aspect)
    )
    return page, 422 if sent is not None else 200
