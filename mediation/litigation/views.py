"""The case register on the screen: the lists, the case's page, fee, service, closing, wage."""

from datetime import date, datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.accounts import services as accounts
from mediation.disputes import services as disputes
from mediation.kernel import clock, states
from mediation.kernel.actor import REGISTRY, Role
from mediation.kernel.errors import DomainError, IllegalStep
from mediation.kernel.i18n import _
from mediation.litigation import (
    announcement_views,
    bench_views,
    correcting_views,
    defence_views,
    evidence_views,
    fee_views,
    fine_views,
    forms,
    joining_views,
    jurisdiction_views,
    labels,
    limit_views,
    preservation_views,
    procedure_views,
    recusal_views,
    relief_views,
    rules,
    services,
    track_views,
)
from mediation.litigation.blueprint import bp, case_of, here
from mediation.litigation.case_page import close_form, fee_form, page_of, serve_form
from mediation.litigation.contributions import contribute
from mediation.litigation.rules import Manner, Status
from mediation.litigation.services.reading import check_bench
from mediation.litigation.tariff import FeeKind
from mediation.notices.rules import ServiceMethod
from mediation.web import lists
from mediation.web.auth import actor

__all__ = [
    "announcement_views",
    "bench_views",
    "bp",
    "contribute",
    "correcting_views",
    "defence_views",
    "evidence_views",
    "fee_views",
    "fine_views",
    "joining_views",
    "jurisdiction_views",
    "limit_views",
    "preservation_views",
    "procedure_views",
    "recusal_views",
    "relief_views",
    "track_views",
]

SHOWN = {
    "hand": rules.OPEN,
    "filed": frozenset({Status.FILED, Status.PRIOR_MEDIATION}),
    "fee": frozenset({Status.FEE_NOTICE}),
    "track": frozenset({Status.FAST_TRACK}),
    "division": frozenset({Status.ORDINARY}),
    "closed": frozenset({Status.CLOSED}),
}


# --- the lists -------------------------------------------------------------------------------------------------------


@bp.get("/cases")
def work() -> ResponseReturnValue:
    """A judge's own cases, today's hearings first; the registry's whole register."""
    who = actor()
    own = None if who.has(*REGISTRY, Role.GUIDING_JUDGE) else who.id
    shown = request.args.get("show", "hand")
    statuses = SHOWN.get(shown, SHOWN["hand"])
    page = lists.page(services.work(who, statuses, judge_id=own))
    lines = [services.listed(row) for row in page.rows]
    today = services.hearings_on(who, clock.today(), judge_id=own)
    titles = disputes.titles([line.case.dispute_id for line in [*lines, *today]])
    return render_template(
        "litigation/work.html",
        page=page,
        lines=lines,
        hearings=today,
        titles=titles,
        shown=shown if shown in SHOWN else "hand",
        own=own is not None,
        labels=labels,
        target=rules.FAST_TRACK_TARGET_DAYS,
        today=clock.today(),
    )


@bp.get("/disputes/<int:dispute_id>/case")
def of_dispute(dispute_id: int) -> ResponseReturnValue:
    """From the dispute to its case."""
    dispute = disputes.get(actor(), dispute_id) or abort(404)
    found = services.of_dispute(dispute.id) or abort(404)
    return here(found)


# --- the case --------------------------------------------------------------------------------------------------------


@bp.get("/cases/<int:case_id>")
def case(case_id: int) -> ResponseReturnValue:
    return page_of(case_of(case_id))


def permitted(allowed: bool) -> None:
    """A role that may see the case but not take this step is refused before the form is read."""
    if not allowed:
        abort(403)


# --- the fee ---------------------------------------------------------------------------------------------------------


@bp.post("/cases/<int:case_id>/fee-notice")
def demand_fee(case_id: int) -> ResponseReturnValue:
    found = case_of(case_id)
    states.check(rules.STEPS, "demand_fee", actor(), found)
    form = fee_form(found)
    if form.submitted():
        try:
            services.issue_fee_notice(
                actor(),
                found,
                kind=FeeKind(form.kind.data),
                received_on=form.received_on.data or clock.today(),
                amount_fen=form.amount.data,
                fixed_fen=form.fixed.data,
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The fee is demanded; the notice is being made and the seven days run."))
            return here(found)
    return page_of(found, fee=form)


def _moment(day: date) -> datetime:
    """Now for today; noon for a day gone by."""
    return clock.now() if day == clock.today() else clock.at(day, 12)


@bp.post("/cases/<int:case_id>/payment")
def pay(case_id: int) -> ResponseReturnValue:
    found = case_of(case_id)
    permitted(rules.may_register(actor(), found))
    form = forms.PaymentForm()
    if form.submitted():
        try:
            services.record_payment(actor(), found, at=_moment(form.on.data or clock.today()))
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The payment is recorded."))
            return here(found)
    return page_of(found, payment=form)


@bp.post("/cases/<int:case_id>/relief")
def ask_relief(case_id: int) -> ResponseReturnValue:
    found = case_of(case_id)
    permitted(rules.may_register(actor(), found))
    form = forms.ReliefForm()
    if form.submitted():
        try:
            services.ask_relief(actor(), found, words=form.words.data or "", on=form.on.data)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(
                _("The application for relief is recorded; until it is decided the suit does not count as withdrawn.")
            )
            return here(found)
    return page_of(found, relief=form)


@bp.post("/cases/<int:case_id>/relief-decision")
def decide_relief(case_id: int) -> ResponseReturnValue:
    found = case_of(case_id)
    granted = request.form.get("granted")
    if granted not in {"yes", "no"}:
        abort(400)
    if granted == "yes":
        services.decide_relief(actor(), found, granted=True)
        flash(_("Relief is granted."))
        return here(found)
    form = forms.RefuseReliefForm()
    if not form.taken(lambda: services.decide_relief(actor(), found, granted=False, reason=form.reason.data or "")):
        return page_of(found, no_relief=form)
    flash(_("Relief is refused and the plaintiff told why; the fee stays due."))
    return here(found)


# --- service, closing --------------------------------------------------------------------------------------------------


@bp.post("/cases/<int:case_id>/service")
def serve(case_id: int) -> ResponseReturnValue:
    found = case_of(case_id)
    form = serve_form(found)
    if form.submitted():
        party = disputes.party(found.dispute_id, form.party_id.data) or abort(404)
        try:
            services.serve(
                actor(),
                found,
                party,
                method=ServiceMethod(form.method.data),
                effective_on=form.effective_on.data or clock.today(),
                receiver=form.receiver.data or "",
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The service is recorded."))
            return here(found)
    return page_of(found, serving=form)


@bp.post("/cases/<int:case_id>/closing")
def close(case_id: int) -> ResponseReturnValue:
    """Close the case in the manner chosen: it binds, so the password is asked for."""
    found = case_of(case_id)
    permitted(rules.may_judge(actor(), found))
    steps = set(states.available(rules.STEPS, actor(), found))
    if not any(rules.closing_step(manner) in steps for manner in Manner):
        raise IllegalStep("close", found.status, article="CPL art. 148")
    check_bench(found)
    form = close_form(found, steps)
    if form.submitted():
        try:
            accounts.reauthenticate(actor(), form.password.data or "", purpose=f"litigation.close/{found.id}")
            services.close_case(
                actor(),
                found,
                Manner(form.manner.data),
                form.on.data,
                form.note.data or "",
                clerk_name=form.clerk_name.data or "",
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The case is closed, and the dispute with it."))
            return here(found)
    return page_of(found, closing=form)


# --- the president ---------------------------------------------------------------------------------------------------


@bp.route("/yearly-wages", methods=["GET", "POST"])
def wages() -> ResponseReturnValue:
    """The measure of small claims, entered each year when it is published (CPL 165; S2 art. 272)."""
    form = forms.WageForm()
    if form.submitted():
        try:
            services.record_wage(
                actor(),
                year=form.year.data or 0,
                amount_fen=form.amount.data or 0,
                published_on=form.published_on.data or clock.today(),
                source=form.source.data or "",
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The figure is entered; it applies to cases filed from its publication on."))
            return redirect(url_for("litigation.wages"))
    entered = services.wages(actor().court_id)
    return render_template("litigation/wages.html", form=form, wages=entered), 422 if form.errors else 200
