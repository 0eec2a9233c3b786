"""The page of reports: asked for, how far each has come, and the file once it is there."""

from datetime import date

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.accounts import services as accounts
from mediation.documents import services as store
from mediation.documents.models import Document
from mediation.kernel import clock
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.notices import health
from mediation.statistics import rules as figures
from mediation.statistics.blueprint import bp
from mediation.statistics.reports import labels, rules, services
from mediation.statistics.reports.forms import PlanForm, ReportForm
from mediation.statistics.reports.models import FigureReport
from mediation.statistics.reports.rules import ReportSpan
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice
from mediation.web.files import handed_out, opening
from mediation.web.registry import Registry


def contribute(registry: Registry) -> None:
    """The words of these acts, and the page behind what they are about."""
    registry.events.update(labels.EVENTS)
    registry.subjects["figure_report"] = lambda who, _number: (
        url_for("statistics.reports") if figures.may_read(who) else None
    )


def _form(*, fresh: bool) -> ReportForm:
    form = ReportForm(formdata=None) if fresh else ReportForm()
    opened_on = accounts.court(actor().court_id).opened_on
    form.period.choices = [
        SelectChoice(f"{span.value}:{period.first}", f"{labels.REPORT_SPAN[span]}　{period.first} — {period.last}")
        for span in ReportSpan
        for period in rules.periods(span, clock.today(), opened_on)
    ]
    return form


def _page(form: ReportForm, plan: PlanForm) -> ResponseReturnValue:
    found = services.latest(actor())
    papers = {one.id: services.document_of(one) for one in found}
    page = render_template(
        "statistics/reports/list.html",
        form=form,
        plan=plan,
        reports=found,
        papers=papers,
        running=any(_is_running(one, papers[one.id]) for one in found),
        waiting=any(_is_left_waiting(one) for one in found),
        seen=health.state(actor().court_id).ended_at,
        plans=services.plans(actor()),
        may_settle=rules.may_settle(actor()),
        labels=labels,
        Span=ReportSpan,
    )
    return page, 422 if form.errors or plan.errors else 200


def _is_running(report: FigureReport, paper: Document | None) -> bool:
    return report.status is rules.ReportStatus.ASKED or (paper is not None and paper.ready_at is None)


def _is_left_waiting(report: FigureReport) -> bool:
    asked = report.status is rules.ReportStatus.ASKED
    return asked and rules.is_left_waiting(report.asked_at, report.done, clock.now())


@bp.get("/statistics/reports")
def reports() -> ResponseReturnValue:
    return _page(_form(fresh=True), PlanForm(formdata=None))


@bp.post("/statistics/reports")
def ask_report() -> ResponseReturnValue:
    form = _form(fresh=False)
    if form.submitted():
        span, _colon, first = form.period.data.partition(":")
        try:
            services.ask(
                actor(), ReportSpan(span), rules.WHOLE[ReportSpan(span)](date.fromisoformat(first)), outward=form.outward.data,
                e_mail=form.e_mail.data or "",
            )  # fmt: skip
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The report is being prepared. You can leave this page; a message tells when it is ready."))
            return redirect(url_for(".reports"))
    return _page(form, PlanForm(formdata=None))


@bp.post("/statistics/reports/plan")
def settle_plan() -> ResponseReturnValue:
    form = PlanForm()
    if form.submitted():
        try:
            services.settle(
                actor(),
                form.span.data,
                wanted=form.wanted.data,
                outward=form.outward.data,
                e_mail=form.e_mail.data or "",
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("Settled: the daily run goes by it from now on."))
            return redirect(url_for(".reports"))
    return _page(_form(fresh=True), form)


@bp.post("/statistics/reports/<int:report_id>/again")
def report_again(report_id: int) -> ResponseReturnValue:
    services.again(actor(), services.get(actor(), report_id) or abort(404))
    flash(_("The report is being prepared. You can leave this page; a message tells when it is ready."))
    return redirect(url_for(".reports"))


@bp.get("/statistics/reports/<int:report_id>/file")
def report_file(report_id: int) -> ResponseReturnValue:
    """The archived paper; what still waits to be produced is produced for the first reader."""
    with opening():
        report = services.get(actor(), report_id) or abort(404)
        document = services.document_of(report) or abort(404)
        file = store.open_file(actor(), document)
    answer = Response(file.content, mimetype="application/pdf")
    name, plain = f"{document.called}（{document.number}）.pdf", f"report-{report.id}.pdf"
    return handed_out(answer, name, plain=plain, sha256=file.sha256)
