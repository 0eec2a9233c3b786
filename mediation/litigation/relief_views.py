"""Restoring a missed time on the screen: asked for from the dispute, decided on there (CPL art. 86)."""

from collections.abc import Collection

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.opening import opened
from mediation.kernel import clock, states
from mediation.kernel.i18n import _
from mediation.litigation.blueprint import bp
from mediation.litigation.relief import deciding, forms, labels, rules
from mediation.litigation.relief.rules import STEPS, Hindrance, ReliefStatus
from mediation.periods.labels import PERIOD_KEY
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice
from mediation.web.templating import day


@bp.route("/disputes/<int:dispute_id>/relief", methods=["GET", "POST"])
def time_relief(dispute_id: int) -> ResponseReturnValue:
    """What was asked for and decided, and the form of a further application."""
    dispute = opened(dispute_id)
    form = _form(dispute)

    def act() -> None:
        deciding.ask(
            actor(), dispute, deadline_id=form.deadline_id.data, party_id=form.party_id.data,
            hindrance=Hindrance(form.hindrance.data), reason=form.reason.data or "",
            ended_on=form.ended_on.data or clock.today(), asked_on=form.asked_on.data or clock.today(),
        )  # fmt: skip

    if form.is_submitted() and not rules.may_record(actor(), dispute):
        abort(403)
    if form.taken(act):
        flash(_("The application is recorded; whoever decides is told."))
        return redirect(url_for("litigation.time_relief", dispute_id=dispute.id))
    return _page(dispute, form=form if form.is_submitted() else None)


@bp.post("/disputes/<int:dispute_id>/relief/<int:relief_id>")
def decide_time_relief(dispute_id: int, relief_id: int) -> ResponseReturnValue:
    """The court grants or refuses it."""
    dispute = opened(dispute_id)
    one = deciding.get(dispute, relief_id) or abort(404)
    states.check(STEPS, "grant", actor(), one)
    form = forms.ReliefDecisionForm()

    def act() -> None:
        deciding.decide(
            actor(), one, granted=form.answer.data == forms.YES, until=form.until.data, note=form.note.data or ""
        )

    if form.taken(act):
        flash(_("The decision is recorded; the party is told."))
        return redirect(url_for("litigation.time_relief", dispute_id=dispute.id))
    return _page(dispute, decision=form)


@bp.post("/disputes/<int:dispute_id>/relief/<int:relief_id>/withdrawal")
def withdraw_time_relief(dispute_id: int, relief_id: int) -> ResponseReturnValue:
    """The party takes it back."""
    dispute = opened(dispute_id)
    deciding.withdraw(actor(), deciding.get(dispute, relief_id) or abort(404))
    flash(_("The application is taken back."))
    return redirect(url_for("litigation.time_relief", dispute_id=dispute.id))


def _form(dispute: Dispute, without: Collection[int] = (), **kwargs: object) -> forms.ReliefForm:
    form = forms.ReliefForm(asked_on=clock.today(), **kwargs)
    names = {party.id: party.name for party in disputes.parties(dispute.id)}
    form.deadline_id.choices = [
        SelectChoice(
            d.id,
            "　".join(
                filter(None, (str(PERIOD_KEY[d.key]), d.note or names.get(deciding.whose(d) or 0, ""), day(d.final_on)))
            ),
        )
        for d in deciding.missed(dispute.id)
        if d.id not in without
    ]
    form.party_id.choices = [SelectChoice(number, name) for number, name in names.items()]
    return form


def _page(
    dispute: Dispute, form: forms.ReliefForm | None = None, decision: forms.ReliefDecisionForm | None = None
) -> ResponseReturnValue:
    found = deciding.applications(dispute.id)
    pending = deciding.pending(dispute.id)
    left = [limit for limit in deciding.missed(dispute.id) if limit.id not in pending]
    waits = next((one for one in found if one.status is ReliefStatus.ASKED), None)
    page = render_template(
        "litigation/relief.html",
        dispute=dispute,
        title=disputes.titles([dispute.id])[dispute.id],
        found=[(one, deciding.clock_of(one), set(states.available(STEPS, actor(), one))) for one in found],
        names={party.id: party.name for party in disputes.parties(dispute.id)},
        waits=waits,
        form=form if form is not None else _form(dispute, pending, formdata=None),
        decision=decision if decision is not None else forms.ReliefDecisionForm(formdata=None, until=clock.today()),
        may_record=rules.may_record(actor(), dispute) and (bool(left) or form is not None),
        all_wait=bool(pending) and not left,
        labels=labels,
        period_words=PERIOD_KEY,
    )
    refused = any(one is not None and one.errors for one in (form, decision))
    return page, 422 if refused else 200
