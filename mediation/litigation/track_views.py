"""The fast track on the screen: tribunal, judge and hearing in one form; conversion; the hearing held."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from mediation.accounts import services as accounts
from mediation.disputes import services as disputes
from mediation.kernel import clock, states
from mediation.kernel.errors import DomainError, IllegalStep
from mediation.kernel.i18n import _
from mediation.litigation import forms, labels, rules, services
from mediation.litigation.blueprint import bp, case_of, here
from mediation.litigation.case_page import page_of, tribunals
from mediation.litigation.models import LitigationCase
from mediation.litigation.rules import Exclusion, Procedure, SmallExclusion
from mediation.scheduling import services as scheduling
from mediation.scheduling.rules import Free, ResourceKind
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice

OFFERED = 6


def _free(case: LitigationCase, judge_ids: Sequence[int], form: forms.HearingForm) -> list[Free]:
    parties = [party.id for party in disputes.parties(case.dispute_id)]
    wanted = form.resource_id.data if request.method == "POST" else request.args.get("resource", type=int)
    return scheduling.free_times(
        actor(),
        resource_id=wanted or case.tribunal_id,
        kinds=(ResourceKind.TRIBUNAL,),
        judge_ids=judge_ids,
        party_ids=parties,
        limit=OFFERED,
    )


def _offer(form: forms.HearingForm, case: LitigationCase, judge_ids: Sequence[int]) -> None:
    form.offer(_free(case, judge_ids, form), {room.id: room.name for room in tribunals()})


@bp.route("/cases/<int:case_id>/fast-track", methods=["GET", "POST"])
def fast_track(case_id: int) -> ResponseReturnValue:
    """Triage: which tribunal, judge and procedure, and when the hearing is (R3-46, R3-47)."""
    found = case_of(case_id)
    states.check(rules.STEPS, "to_fast_track", actor(), found)
    judges = services.fast_track_judges(actor())
    dispute = disputes.get(actor(), found.dispute_id) or abort(404)
    wage = services.wage(found.court_id, found.filed_on)
    small = rules.small_claim(dispute.amount_fen, wage.amount_fen if wage else None)
    # CPL art. 165: the small claims procedure is prescribed then, not chosen.
    prescribed = small is rules.SmallClaim.MANDATORY
    form = forms.TrackForm(procedure=(Procedure.SMALL if prescribed else Procedure.SUMMARY).value)
    form.judge_id.choices = [SelectChoice(judge.id, judge.name) for judge in judges]
    chosen = form.judge_id.data if request.method == "POST" else next((judge.id for judge in judges), None)
    _offer(form, found, [chosen] if chosen else [])
    if form.submitted():
        try:
            _send(found, form)
        except DomainError as refused:
            form.refuse(refused)
            _offer(form, found, [chosen] if chosen else [])
        else:
            flash(_("The case is on the fast track."))
            return here(found)
    page = render_template(
        "litigation/fast_track.html",
        form=form,
        case=found,
        title=disputes.title(dispute),
        number=services.number_of(found),
        small=small,
        wage=wage,
        amount=dispute.amount_fen,
        against=services.obstacles(found, "to_fast_track"),
        labels=labels,
        rules=rules,
        judges=judges,
    )
    return page, 422 if form.errors else 200


def _send(case: LitigationCase, form: forms.TrackForm) -> None:
    told: dict[str, Any] = {}
    tribunal_id = form.resource_id.data
    if not form.later.data:
        picked = form.chosen()
        tribunal_id = picked.resource_id or tribunal_id
        told = {"starts_at": picked.starts_at, "ends_at": picked.ends_at}
    services.to_fast_track(
        actor(),
        case,
        tribunal_id=tribunal_id,
        judge_id=form.judge_id.data,
        procedure=Procedure(form.procedure.data),
        exclusions=[Exclusion(value) for value in form.exclusions.data or ()],
        small_exclusions=[SmallExclusion(value) for value in form.small_exclusions.data or ()],
        both_agree_small=form.both_agree_small.data,
        agreed_short_notice=form.agreed_short_notice.data,
        **told,
    )


@bp.route("/cases/<int:case_id>/hearing", methods=["GET", "POST"])
def hearing(case_id: int) -> ResponseReturnValue:
    """Fix the hearing, or move it."""
    found = case_of(case_id)
    if not rules.may_entrust(actor(), found):
        abort(403)
    if found.status is not rules.Status.FAST_TRACK:
        raise IllegalStep("set_hearing", found.status, article="CPL art. 160")
    form = forms.HearingForm()
    judge_ids = [found.judge_id] if found.judge_id else []
    _offer(form, found, judge_ids)
    if form.submitted():
        picked = form.chosen()
        try:
            services.set_hearing(
                actor(),
                found,
                starts_at=picked.starts_at,
                ends_at=picked.ends_at,
                tribunal_id=picked.resource_id,
                agreed_short_notice=form.agreed_short_notice.data,
            )
        except DomainError as refused:
            form.refuse(refused)
            _offer(form, found, judge_ids)
        else:
            flash(_("The hearing is fixed; tribunal, judge and parties are taken for that time."))
            return here(found)
    page = render_template(
        "litigation/hearing.html",
        form=form,
        case=found,
        number=services.number_of(found),
        hearing=services.hearing_of(found),
        judge=services.judge_of(found),
    )
    return page, 422 if form.errors else 200


@bp.post("/cases/<int:case_id>/heard")
def heard(case_id: int) -> ResponseReturnValue:
    found = case_of(case_id)
    if not rules.may_judge(actor(), found):
        abort(403)
    form = forms.HeardForm()
    if form.submitted():
        try:
            services.heard(actor(), found, on=form.on.data or clock.today())
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The hearing is recorded."))
            return here(found)
    return page_of(found, heard=form)


@bp.post("/cases/<int:case_id>/ordinary")
def to_ordinary(case_id: int) -> ResponseReturnValue:
    found = case_of(case_id)
    states.check(rules.STEPS, "to_ordinary", actor(), found)
    form = forms.OrdinaryForm()
    if form.submitted():
        try:
            services.to_ordinary(actor(), found, panel=form.panel.data)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The case goes to the trial division."))
            return here(found)
    return page_of(found, ordinary=form)


@bp.post("/cases/<int:case_id>/conversion")
def convert(case_id: int) -> ResponseReturnValue:
    """The judge rules that the case is not for the summary procedure."""
    found = case_of(case_id)
    states.check(rules.STEPS, "convert", actor(), found)
    form = forms.ConversionForm()
    if form.submitted():
        try:
            accounts.reauthenticate(actor(), form.password.data or "", purpose=f"litigation.convert/{found.id}")
            services.convert(
                actor(),
                found,
                reason=form.reason.data or "",
                panel=form.panel.data,
                clerk_name=form.clerk_name.data or "",
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The case is converted to the ordinary procedure."))
            return here(found)
    return page_of(found, conversion=form)
