"""Asking for a report, preparing it in the background step by step, and sending it where the court wants it."""

import logging
from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.documents import composing
from mediation.documents import services as store
from mediation.documents.models import Document
from mediation.documents.rules import Status
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor, Role, system
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.notices import channels
from mediation.notices import services as notices
from mediation.notices.rules import Channel
from mediation.statistics.reports import counting, labels, rules
from mediation.statistics.reports.counting import Asked
from mediation.statistics.reports.models import FigureReport, ReportPlan
from mediation.statistics.reports.rules import Obstacle, ReportSpan, ReportStatus
from mediation.statistics.rules import Period, may_read

log = logging.getLogger("mediation.statistics")
KIND = "figures_report"
TITLE = {
    ReportSpan.MONTH: "诉调对接工作月度统计报告", ReportSpan.QUARTER: "诉调对接工作季度统计报告",
    ReportSpan.YEAR: "诉调对接工作年度统计报告",
}  # fmt: skip
# Core, not the mapped class: how far the preparing has come is no act that the trail tells of.
_report = sa.table(
    "figure_report", sa.column("id"), sa.column("status"), sa.column("done"),
    sa.column("leased_until", FigureReport.leased_until.type), sa.column("leased_by"),
)  # fmt: skip


# ---- reads ------------------------------------------------------------------------------------------------------------


def latest(actor: Actor, *, limit: int = 60) -> Sequence[FigureReport]:
    """The court's reports, the latest first."""
    _may_read(actor)
    rows = sa.select(FigureReport).where(FigureReport.court_id == actor.court_id)
    return db.session.scalars(rows.order_by(FigureReport.id.desc()).limit(limit)).all()


def get(actor: Actor, report_id: int) -> FigureReport | None:
    """One report of the court."""
    _may_read(actor)
    return db.session.scalar(
        sa.select(FigureReport).where(FigureReport.id == report_id, FigureReport.court_id == actor.court_id)
    )


def document_of(report: FigureReport) -> Document | None:
    """The paper, once everything is counted."""
    return db.session.get(Document, report.document_id) if report.document_id else None


def plans(actor: Actor) -> dict[ReportSpan, ReportPlan]:
    """What is prepared by itself."""
    _may_read(actor)
    rows = db.session.scalars(sa.select(ReportPlan).where(ReportPlan.court_id == actor.court_id))
    return {plan.span: plan for plan in rows}


def _may_read(actor: Actor) -> None:
    if not may_read(actor):
        raise NotPermitted("read")


# ---- asking -----------------------------------------------------------------------------------------------------------


def ask(actor: Actor, span: ReportSpan, period: Period, *, outward: bool, e_mail: str = "") -> FigureReport:
    """Have a report prepared; the worker does it, and whoever asked is told."""
    if not rules.may_ask(actor):
        raise NotPermitted("ask_report")
    opened_on = accounts.court(actor.court_id).opened_on
    if found := rules.obstacle(period, today=clock.today(), opened_on=opened_on):
        raise DomainError(labels.OBSTACLE[found], field="period")
    _check_mail(e_mail)
    with transaction():
        db.session.execute(sa.select(User.id).where(User.id == actor.id).with_for_update())
        if _exists(actor.court_id, span, period, FigureReport.status == ReportStatus.ASKED, outward=outward):
            raise DomainError(labels.OBSTACLE[Obstacle.UNDER_WAY], field="period")
        return _asked(actor, span, period, outward=outward, e_mail=e_mail)


def _check_mail(e_mail: str) -> None:
    if e_mail and Channel.E_MAIL not in channels.configured():
        raise DomainError(labels.OBSTACLE[Obstacle.NO_MAIL], field="e_mail")


def _exists(court_id: int, span: ReportSpan, period: Period, *which: sa.ColumnElement[bool], outward: bool) -> bool:
    rows = sa.select(FigureReport.id).where(
        FigureReport.court_id == court_id, FigureReport.span == span, FigureReport.first_on == period.first,
        FigureReport.outward.is_(outward), *which,
    )  # fmt: skip
    return db.session.scalar(rows.limit(1)) is not None


def _asked(
    actor: Actor, span: ReportSpan, period: Period, *, outward: bool, e_mail: str, planned: bool = False
) -> FigureReport:
    made = FigureReport(
        court_id=actor.court_id, span=span, first_on=period.first, last_on=period.last, outward=outward, e_mail=e_mail,
        planned=planned, steps=counting.STEPS, asked_by_id=actor.id,
    )  # fmt: skip
    audit.record(actor, "ask", made, span=span, first=period.first, last=period.last, outward=outward)
    return made


def again(actor: Actor, report: FigureReport) -> None:
    """Prepare anew what could not be prepared."""
    with transaction():
        report.done, report.failure = 0, ""
        audit.advance(rules.STEPS, "again", actor, report)


def settle(actor: Actor, span: ReportSpan, *, wanted: bool, outward: bool, e_mail: str) -> ReportPlan:
    """What the daily run has prepared when such a period is over, and where it is sent."""
    if not rules.may_settle(actor):
        raise NotPermitted("settle")
    _check_mail(e_mail)
    with transaction():
        plan = plans(actor).get(span) or ReportPlan(court_id=actor.court_id, span=span, wanted=False, outward=False)
        before = {"wanted": plan.wanted, "outward": plan.outward, "e_mail": plan.e_mail or ""}
        plan.wanted, plan.outward, plan.e_mail = wanted, outward, e_mail
        audit.record(actor, "settle", plan, span=span, before=before, wanted=wanted, outward=outward, e_mail=e_mail)
    return plan


def ask_due(actor: Actor) -> int:
    """The daily run: ask for the reports of periods that are over, each once. How many."""
    with transaction():
        due = []
        for plan in db.session.scalars(
            sa.select(ReportPlan)
            .where(ReportPlan.court_id == actor.court_id, ReportPlan.wanted)
            .order_by(ReportPlan.id)
        ):
            period = rules.last_over(plan.span, clock.today())
            if not _exists(actor.court_id, plan.span, period, FigureReport.planned.is_(True), outward=plan.outward):
                due.append((plan, period))
        for plan, period in due:
            _asked(actor, plan.span, period, outward=plan.outward, e_mail=plan.e_mail, planned=True)
    return len(due)


# ---- preparing --------------------------------------------------------------------------------------------------------


def work(worker: str, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Prepare everything that was asked for, one report after the other, and send what is ready. How many were prepared."""
    done = 0
    while not stop():
        held = _take(worker)
        if held is None:
            break
        done += _prepare(*held, worker)
    _mail_due()
    return done


def _take(worker: str) -> tuple[int, Asked] | None:
    """Hold the report that waits longest, for as long as the lease runs; two workers never hold the same."""
    now, r = clock.now(), _report.c
    waits = (
        sa.select(r.id)
        .where(r.status == ReportStatus.ASKED.value, sa.or_(r.leased_until.is_(None), r.leased_until <= now))
        .order_by(r.id).limit(1).with_for_update(skip_locked=True).scalar_subquery()
    )  # fmt: skip
    held = sa.update(_report).where(r.id == waits).values(leased_until=now + rules.LEASE, leased_by=worker, done=0)
    with transaction():
        found = db.session.scalar(held.returning(r.id))
        if found is None:
            return None
        report = db.session.get_one(FigureReport, found, populate_existing=True)
        return report.id, Asked(report.court_id, Period(report.first_on, report.last_on), report.outward)


def _prepare(report_id: int, asked: Asked, worker: str) -> bool:
    data = counting.begun(asked)
    try:
        for number, part in enumerate(counting.parts(asked), 1):
            part(data)
            _advance(report_id, number)
    except Exception as error:
        # Whatever it was, the others are prepared nevertheless, and the page says that this one was not.
        log.exception("report %s could not be counted", report_id)
        db.session.rollback()
        _settle(report_id, asked, worker, None, type(error).__name__)
        return False
    document_id = _settle(report_id, asked, worker, data, "")
    if document_id is not None:
        store.produce(document_id)
    return document_id is not None


def _advance(report_id: int, number: int) -> None:
    """How far it has come, seen by whoever looks at the page."""
    now = clock.now()
    db.session.rollback()
    with transaction():
        moved = sa.update(_report).where(_report.c.id == report_id)
        db.session.execute(moved.values(done=number, leased_until=now + rules.LEASE))


def _settle(report_id: int, asked: Asked, worker: str, data: dict[str, Any] | None, failure: str) -> int | None:
    """Ask for the paper in the transaction that says that all is counted; none where somebody else was faster."""
    actor = system(asked.court_id)
    with transaction():
        report = db.session.get_one(FigureReport, report_id, populate_existing=True, with_for_update=True)
        if report.leased_by != worker or report.status is not ReportStatus.ASKED:
            return None
        report.leased_until, report.leased_by = None, ""
        if data is None:
            report.failure = failure
            audit.advance(rules.STEPS, "fail", actor, report, failure=failure)
            return None
        document = store.request(
            actor, kind=KIND, subject=report, dispute_id=None, title=TITLE[report.span], data=data,
            number=f"{composing.day(report.first_on)}至{composing.day(report.last_on)}",
        )  # fmt: skip
        db.session.flush()
        report.document_id = document.id
        audit.advance(rules.STEPS, "count", actor, report, document=document.id)
        _tell(actor, report)
        return document.id


def _tell(actor: Actor, report: FigureReport) -> None:
    """Whoever asked is told; of what was prepared by itself the president."""
    mine = accounts.open_accounts(User.id == report.asked_by_id) if report.asked_by_id else ()
    readers = mine or accounts.holding(actor.court_id, Role.PRESIDENT)
    facts = {"first": report.first_on, "last": report.last_on}
    notices.tell_users(actor, readers, "statistics.report", labels.READY, subject=report, facts=facts)


# ---- sending ----------------------------------------------------------------------------------------------------------


def _mail_due() -> None:
    """Put into the outbox what is ready and to be sent, once."""
    with transaction():
        waiting = (
            sa.select(FigureReport)
            .join(Document, Document.id == FigureReport.document_id)
            .where(FigureReport.e_mail != "", FigureReport.mailed_at.is_(None), Document.status == Status.READY)
            .order_by(FigureReport.id)
            .with_for_update(of=FigureReport)
        )
        for report in db.session.scalars(waiting).all():
            actor = system(report.court_id)
            report.mailed_at = clock.now()
            audit.record(actor, "mail", report, document=report.document_id)
            notices.enqueue(
                actor, subject=report, dispute_id=None, kind="statistics.report",
                text=f"{TITLE[report.span]}（{report.first_on.isoformat()}至{report.last_on.isoformat()}）见附件。",
                recipient=accounts.court(report.court_id).name, channel=Channel.E_MAIL, address=report.e_mail,
                document_id=report.document_id,
            )  # fmt: skip
