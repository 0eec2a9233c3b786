"""The ledger of ties on the screen: a mediator's own page, the registry's, and the question about equal names."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.assignment import services
from mediation.assignment.blueprint import bp, dispute_of
from mediation.assignment.ties import labels, ledger, rules
from mediation.assignment.ties.forms import AnswerForm, EndTieForm, StrikeForm, TieForm
from mediation.assignment.ties.models import Tie
from mediation.assignment.ties.rules import TieSource
from mediation.disputes import services as disputes
from mediation.kernel import clock
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.kernel.i18n import _
from mediation.roster import services as roster
from mediation.roster.models import Mediator
from mediation.web.auth import actor


def _readable(mediator_id: int) -> Mediator:
    """A mediator whose ledger this reader may open."""
    found = roster.get_mediator(actor(), mediator_id) or abort(404)
    return found if rules.may_read_ties(actor(), found) else abort(404)


@bp.get("/ties")
def own_ties() -> ResponseReturnValue:
    """A mediator's own ledger; an organisation chooses one of its members there."""
    if actor().mediator_id is not None:
        return redirect(url_for(".ties", mediator_id=actor().mediator_id))
    body = roster.get_organisation(actor(), actor().organisation_id or 0) or abort(404)
    members = roster.members(actor(), body)
    known = ledger.known([m.id for m in members])
    counts = {m.id: len(known.get(m.id, ())) for m in members}
    return render_template("assignment/ties/members.html", organisation=body, members=members, counts=counts)


@bp.route("/mediators/<int:mediator_id>/ties", methods=["GET", "POST"])
def ties(mediator_id: int) -> ResponseReturnValue:
    """Every tie of a mediator that is known, and a new one."""
    mediator = _readable(mediator_id)
    may_record = rules.may_record_tie(actor(), mediator)
    if request.method == "POST" and not may_record:
        raise NotPermitted("record_tie", article="S5 art. 13")
    form = TieForm()
    if form.submitted():
        try:
            services.enter_tie(actor(), mediator, form.told, source=TieSource.DISCLOSED)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(
                _("The tie is in the ledger; it is looked at whenever this mediator could be given a dispute."), "done"
            )
            return redirect(url_for(".ties", mediator_id=mediator.id))
    page = render_template(
        "assignment/ties/ledger.html",
        mediator=mediator,
        entries=ledger.of_mediator(mediator.id),
        form=form,
        may_record=may_record,
        is_own=actor().mediator_id == mediator.id,
        labels=labels,
    )
    return page, 422 if form.errors else 200


# --- one entry --------------------------------------------------------------------------------------------------------


def _entry(tie_id: int) -> Tie:
    return ledger.get(actor(), tie_id) or abort(404)


def _entry_page(tie: Tie, end_form: EndTieForm, strike_form: StrikeForm) -> ResponseReturnValue:
    mediator = _readable(tie.mediator_id)
    page = render_template(
        "assignment/ties/entry.html",
        tie=tie,
        mediator=mediator,
        end_form=end_form,
        strike_form=strike_form,
        may_end=tie.until is None and tie.struck_on is None and rules.may_record_tie(actor(), mediator),
        may_strike=tie.struck_on is None and rules.may_settle_tie(actor(), mediator),
        labels=labels,
    )
    return page, 422 if end_form.errors or strike_form.errors else 200


@bp.get("/ties/<int:tie_id>")
def tie_entry(tie_id: int) -> ResponseReturnValue:
    """One entry, with what may still be done to it."""
    return _entry_page(_entry(tie_id), EndTieForm(formdata=None), StrikeForm(formdata=None))


@bp.post("/ties/<int:tie_id>/end")
def end_tie(tie_id: int) -> ResponseReturnValue:
    """The tie is over."""
    tie, form = _entry(tie_id), EndTieForm()
    if form.submitted():
        try:
            ledger.end(actor(), tie, on=form.on.data or clock.today())
        except DomainError as refused:
            if not refused.field:
                raise
            form.refuse(refused)
        else:
            flash(_("The day on which the tie ended is on record."), "done")
            return redirect(url_for(".ties", mediator_id=tie.mediator_id))
    return _entry_page(tie, form, StrikeForm(formdata=None))


@bp.post("/ties/<int:tie_id>/striking")
def strike_tie(tie_id: int) -> ResponseReturnValue:
    """The entry was wrong."""
    tie, form = _entry(tie_id), StrikeForm()
    if form.submitted():
        ledger.strike(actor(), tie, reason=form.reason.data or "")
        flash(_("The entry is struck out; it stays to be read."), "done")
        return redirect(url_for(".ties", mediator_id=tie.mediator_id))
    return _entry_page(tie, EndTieForm(formdata=None), form)


# --- equal names ------------------------------------------------------------------------------------------------------


@bp.route("/disputes/<int:dispute_id>/ties/<int:tie_id>/answer", methods=["GET", "POST"])
def answer(dispute_id: int, tie_id: int) -> ResponseReturnValue:
    """Is somebody of this dispute the one with whom the tie is, or only of the same name?"""
    dispute, tie = dispute_of(dispute_id), _entry(tie_id)
    form = AnswerForm()
    if form.submitted():
        services.answer(
            actor(),
            dispute,
            tie,
            name=tie.other_name,
            is_same=form.is_same.data == "yes",
            reason=form.reason.data or "",
        )
        flash(_("The answer is on record."), "done")
        return redirect(url_for(".disclosure", dispute_id=dispute_id, mediator_id=tie.mediator_id))
    page = render_template(
        "assignment/ties/answer.html",
        dispute=dispute,
        title_of_dispute=disputes.title(dispute),
        tie=tie,
        mediator=_readable(tie.mediator_id),
        people=[p for p in disputes.parties(dispute_id) if p.name == tie.other_name],
        form=form,
        labels=labels,
    )
    return page, 422 if form.errors else 200
