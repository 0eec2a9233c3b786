"""Recusal of judges and clerks on the screen: brought up from the dispute, decided and reviewed on a page of its own."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.accounts import services as accounts
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.opening import opened
from mediation.kernel import clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.kernel.i18n import _
from mediation.litigation.blueprint import bp
from mediation.litigation.recusal import deciding, forms, keeping, labels, rules
from mediation.litigation.recusal.models import BenchRecusal
from mediation.litigation.recusal.rules import Answer, Origin
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice
from mediation.web.forms import BaseForm


@bp.route("/disputes/<int:dispute_id>/recusal", methods=["GET", "POST"])
def bring_up_recusal(dispute_id: int) -> ResponseReturnValue:
    """Who of the court is to withdraw, who says so, and why."""
    dispute = opened(dispute_id)
    form = _raise_form(dispute)
    if form.submitted():
        try:
            function, person_id = form.whom()
            made = deciding.bring_up(
                actor(),
                dispute,
                deciding.Application(
                    function,
                    person_id,
                    form.by(),
                    rules.Ground(form.ground.data),
                    form.statement.data or "",
                    form.on.data or clock.today(),
                    form.party_id.data,
                ),
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("On record. The person is suspended from the work until it is decided."), "done")
            return _here(made)
    page = render_template(
        "litigation/recusal_new.html", form=form, dispute=dispute, title=disputes.titles([dispute.id])[dispute.id]
    )
    return page, 422 if form.errors else 200


def _raise_form(dispute: Dispute) -> forms.RaiseForm:
    who = actor()
    form = forms.RaiseForm(on=clock.today())
    people = deciding.bench(dispute)
    form.person.choices = [
        SelectChoice(f"{function.value}:{user.id}", f"{user.name}　{labels.FUNCTION[function]}")
        for function, user in people
    ]
    possible = [
        origin
        for origin in Origin
        if any(rules.may_raise(who, dispute.court_id, origin, user.id) for _function, user in people)
    ]
    form.origin.choices = [SelectChoice(origin.value, labels.ORIGIN[origin]) for origin in possible]
    form.party_id.choices = [SelectChoice(party.id, party.name) for party in disputes.parties(dispute.id)]
    return form


@bp.get("/bench-recusals")
def recusals() -> ResponseReturnValue:
    """What this person has to decide, or to enter for the committee."""
    found = keeping.waiting(actor())
    titles = disputes.titles([one.dispute_id for one in found])
    rows = [(one, titles[one.dispute_id], deciding.clock_of(one)) for one in found]
    return render_template("litigation/recusals.html", rows=rows, names=keeping.names(found), labels=labels)


def found_or_404(recusal_id: int) -> BenchRecusal:
    found = keeping.get(actor(), recusal_id) or abort(404)
    return found if disputes.get(actor(), found.dispute_id) is not None else abort(404)


def _here(found: BenchRecusal) -> ResponseReturnValue:
    return redirect(url_for("litigation.recusal", recusal_id=found.id))


@bp.get("/bench-recusals/<int:recusal_id>")
def recusal(recusal_id: int) -> ResponseReturnValue:
    """What was brought up, until when and by whom it is decided, and each lawful next step."""
    return _page(found_or_404(recusal_id))


def _page(found: BenchRecusal, **given: BaseForm) -> ResponseReturnValue:
    who = actor()
    steps = set(states.available(rules.STEPS, who, found))
    shown: dict[str, BaseForm] = {
        "decision": forms.DecideForm(formdata=None),
        "review": forms.ReviewForm(formdata=None, on=clock.today()),
        "succession": _successor_form(found, formdata=None),
    }
    parties = {party.id: party.name for party in disputes.parties(found.dispute_id)}
    page = render_template(
        "litigation/recusal.html",
        found=found,
        title=disputes.titles([found.dispute_id])[found.dispute_id],
        names=keeping.names([found]),
        party=parties.get(found.party_id or 0, ""),
        deadline=deciding.clock_of(found),
        may_decide=bool(steps & {"uphold", "uphold_on_review"}),
        may_review="ask_review" in steps and found.origin is Origin.PARTY,
        may_withdraw="withdraw" in steps and found.origin is Origin.PARTY,
        may_name=found.status is rules.RecusalStatus.UPHELD
        and found.successor_id is None
        and rules.may_name(who, found),
        by_committee=found.decider is rules.Decider.COMMITTEE,
        labels=labels,
        articles=rules.GROUND_ARTICLE,
        **(shown | given),
    )
    return page, 422 if any(form.errors for form in given.values()) else 200


def _successor_form(found: BenchRecusal, **kwargs: object) -> forms.SuccessorForm:
    form = forms.SuccessorForm(**kwargs)
    form.successor_id.choices = [SelectChoice(user.id, user.name) for user in deciding.successors(found)]
    return form


def _take(found: BenchRecusal, name: str, form: BaseForm, act: Callable[[], object], done: str) -> ResponseReturnValue:
    """One step: done, or the page again with what was typed and why not."""
    if form.taken(act):
        flash(done, "done")
        return _here(found)
    return _page(found, **{name: form})


@bp.post("/bench-recusals/<int:recusal_id>/decision")
def decide_recusal(recusal_id: int) -> ResponseReturnValue:
    """Decided at first, or on review."""
    found, form = found_or_404(recusal_id), forms.DecideForm()
    states.check(rules.STEPS, rules.deciding_step(found.status, Answer.UPHOLD), actor(), found)

    def act() -> None:
        accounts.reauthenticate(actor(), form.password.data or "", purpose=f"litigation.recusal/{found.id}")
        deciding.decide(
            actor(), found, Answer(form.answer.data), reason=form.reason.data or "", minutes=form.minutes.data or ""
        )

    return _take(found, "decision", form, act, _("Decided; everybody concerned has been told."))


@bp.post("/bench-recusals/<int:recusal_id>/review")
def review_recusal(recusal_id: int) -> ResponseReturnValue:
    """The applicant asks for the one review."""
    found, form = found_or_404(recusal_id), forms.ReviewForm()
    states.check(rules.STEPS, "ask_review", actor(), found)

    def act() -> None:
        deciding.ask_review(
            actor(), found, statement=form.statement.data or "", on=form.on.data or clock.today()
        )  # fmt: skip

    return _take(found, "review", form, act, _("On record; the review is decided within three days."))


@bp.post("/bench-recusals/<int:recusal_id>/withdrawal")
def withdraw_recusal(recusal_id: int) -> ResponseReturnValue:
    """The applicant took the application back."""
    found = found_or_404(recusal_id)
    deciding.withdraw(actor(), found)
    flash(_("Taken back; the person goes on with the work."), "done")
    return _here(found)


@bp.post("/bench-recusals/<int:recusal_id>/successor")
def name_successor(recusal_id: int) -> ResponseReturnValue:
    """Who goes on with the work."""
    found = found_or_404(recusal_id)
    if not rules.may_name(actor(), found):
        raise NotPermitted("name_successor", article="CPL art. 47")
    return take_over(found, deciding.succeed)


def take_over(found: BenchRecusal, succeed: Callable[[Actor, BenchRecusal, int], object]) -> ResponseReturnValue:
    """The successor chosen takes the work over; what that moves, the caller knows."""
    form = _successor_form(found)
    return _take(
        found,
        "succession",
        form,
        lambda: succeed(actor(), found, form.successor_id.data or 0),
        _("The successor is named and has been told."),
    )
