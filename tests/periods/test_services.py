"""Deadlines as rows: opened, met, suspended, lengthened, counted again, with their trail and their old values."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
import time_machine

from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.periods import services
from mediation.periods.calendar import Entry, Holiday, Kind, shipped, standard
from mediation.periods.models import CalendarDay, Deadline, DeadlineExtension, DeadlinePause
from mediation.periods.rules import DeadlineStatus, Urgency
from mediation.periods.table import Cause, PeriodKey

K, D = PeriodKey, date.fromisoformat
TASK = SimpleNamespace(__tablename__="assignment", id=17)


@pytest.fixture
def clerk(clerk_li):
    return clerk_li.as_actor()


def start(actor, key=K.MEDIATION_PRE, on="2026-03-02", subject=TASK, **more) -> Deadline:
    return services.open_deadline(actor, key, subject=subject, dispute_id=None, start=D(on), **more)


def actions() -> list[str]:
    db.session.commit()
    return list(db.session.scalars(sa.select(AuditEvent.action).order_by(AuditEvent.id)))


def test_opening_writes_the_last_day_its_reasons_and_the_trail(clerk):
    found = start(clerk, on="2026-01-16")
    assert (found.raw_on, found.final_on, found.provisional) == (D("2026-02-15"), D("2026-02-24"), False)
    assert found.article == "S4 art. 27; S5 art. 24"
    assert found.basis["derivation"][-1] == {"kind": "final", "day": "2026-02-24"}
    assert actions()[-1] == "deadline.open"
    assert services.current("assignment", 17, K.MEDIATION_PRE) is found
    assert services.of_subject("assignment", 17) == [found]


def test_one_period_of_a_kind_runs_at_a_time(clerk):
    found = start(clerk)
    with pytest.raises(DomainError):
        start(clerk)
    services.cancel(clerk, found, "settled")
    assert found.status is DeadlineStatus.CANCELLED
    assert found.ended_on is not None
    assert start(clerk).id != found.id


def test_the_database_too_refuses_a_second_running_one(clerk):
    found = start(clerk)
    columns = {c.key: getattr(found, c.key) for c in sa.inspect(Deadline).columns if c.key != "id"}
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.execute(sa.insert(Deadline.__table__).values(**columns))


@pytest.mark.parametrize(
    "broken",
    [
        {"final_on": D("2026-03-05")},
        {"raw_on": D("2026-03-01"), "final_on": D("2026-03-01")},
        {"status": DeadlineStatus.MET},
        {"ended_on": D("2026-03-05")},
    ],
)
def test_the_database_refuses_what_cannot_be(clerk, broken):
    found, table = start(clerk), Deadline.__table__
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.execute(sa.update(table).where(table.c.id == found.id).values(**broken))


def test_meeting_it(clerk):
    start(clerk)
    met = services.meet(clerk, TASK, K.MEDIATION_PRE, D("2026-04-03"))
    assert met is not None
    assert (met.status, met.days_overdue) == (DeadlineStatus.MET, 2)
    assert services.meet(clerk, TASK, K.MEDIATION_PRE, D("2026-04-03")) is None
    assert actions()[-1] == "deadline.meet"
    with pytest.raises(IllegalStep):
        services.cancel(clerk, met)


def test_another_court_sees_and_moves_nothing(clerk, clerk_of_other_court):
    found = start(clerk)
    stranger = clerk_of_other_court.as_actor()
    assert services.get(clerk, found.id) is found
    assert services.get(stranger, found.id) is None
    with pytest.raises(NotPermitted):
        services.cancel(stranger, found)
    db.session.rollback()


def test_appraisal_is_left_out(clerk):
    found = start(clerk)
    services.exclude(clerk, found, D("2026-03-10"), D("2026-04-08"))
    assert found.final_on == D("2026-04-30")
    assert found.history[0]["final"] == "2026-04-01"
    services.exclude(clerk, found, D("2026-03-09"), D("2026-03-20"))
    assert found.final_on == D("2026-05-06")
    assert [p.cause for p in found.pauses] == [Cause.APPRAISAL] * 2
    assert actions()[-1] == "deadline.exclude"


def test_a_suspension_keeps_the_days_that_are_left(clerk):
    found = start(clerk)
    services.exclude(clerk, found, D("2026-03-10"), None)
    assert found.is_suspended
    assert found.days_left == 22
    assert found.urgency is Urgency.CALM
    services.resume(clerk, found, D("2026-04-08"))
    assert (found.status, found.final_on) == (DeadlineStatus.OPEN, D("2026-04-30"))
    assert [a for a in actions() if a.startswith("deadline.")] == [
        "deadline.open",
        "deadline.suspend",
        "deadline.resume",
    ]


def test_the_filing_period_rests_while_consented_mediation_runs(clerk):
    found = start(clerk, K.FILING_DECISION)
    services.suspend(clerk, found, D("2026-03-04"), Cause.CONSENTED_MEDIATION)
    services.resume(clerk, found, D("2026-04-01"))
    # Two days were used before; five are left, and Qingming moves the last one.
    assert (found.raw_on, found.final_on) == (D("2026-04-06"), D("2026-04-07"))


def test_what_the_law_does_not_leave_out_is_refused(clerk):
    found = start(clerk, K.CONFIRM_APPLY)
    with pytest.raises(DomainError) as refused:
        services.exclude(clerk, found, D("2026-03-10"), D("2026-03-12"))
    assert refused.value.article == "CPL art. 205"
    mediation = start(clerk)
    with pytest.raises(DomainError):
        services.exclude(clerk, mediation, D("2026-03-01"), D("2026-03-12"))


@pytest.mark.parametrize(("by", "final"), [(30, "2026-03-26"), (D("2026-03-10"), "2026-03-10")])
def test_extending_by_days_or_to_a_day(clerk, by, final):
    found = start(clerk, K.MEDIATION_POST_SUM, "2026-02-09")
    services.extend(clerk, found, by, agreed_on=D("2026-02-24"), note="both signed")
    assert found.final_on == D(final)
    assert found.history[0]["final"] == "2026-02-24"
    assert found.extensions[0].agreed_on == D("2026-02-24")
    assert actions()[-1] == "deadline.extend"


def test_extensions_stay_within_thirty_days_in_all(clerk):
    found = start(clerk, K.MEDIATION_POST_SUM, "2026-02-09")
    services.extend(clerk, found, 20, agreed_on=D("2026-02-24"))
    with pytest.raises(DomainError) as refused:
        services.extend(clerk, found, 11, agreed_on=D("2026-03-01"))
    assert refused.value.article == "S12 point 3"
    assert found.final_on == D("2026-03-16")


def test_after_the_end_nothing_is_extended(clerk):
    found = start(clerk)
    with pytest.raises(DomainError):
        services.extend(clerk, found, 10, agreed_on=D("2026-04-02"))
    with pytest.raises(DomainError):
        services.extend(clerk, start(clerk, K.CONFIRM_APPLY), 10, agreed_on=D("2026-03-03"))


def test_the_president_adds_a_month_to_a_summary_trial(clerk):
    found = start(clerk, K.TRIAL_SUMMARY, "2025-11-30")
    services.extend(clerk, found, 1, agreed_on=D("2026-02-20"))
    assert found.final_on == D("2026-03-30")


def test_a_corrected_complaint_starts_the_seven_days_anew(clerk):
    found = start(clerk, K.FILING_DECISION, "2026-03-02")
    services.restart(clerk, found, D("2026-03-05"))
    assert (found.start_on, found.final_on) == (D("2026-03-05"), D("2026-03-12"))
    assert found.history[0]["reason"] == "restart"


def test_hours_need_the_time_of_day(clerk):
    with pytest.raises(DomainError):
        start(clerk, K.PRESERVE_RULING)
    found = services.open_deadline(
        clerk, K.PRESERVE_RULING, subject=TASK, dispute_id=None, start=datetime(2026, 3, 2, 2, 20, tzinfo=UTC)
    )
    assert found.final_at == datetime(2026, 3, 4, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(("key", "on", "length"), [("CONFIRM_APPLY", "2003-01-01", None), ("MEDIATION_PRE", "2016-06-30", None), ("CONFIRM_APPLY", "2026-03-02", 31)])  # fmt: skip
def test_what_cannot_be_counted_is_refused(clerk, key, on, length):
    with pytest.raises(DomainError):
        start(clerk, K(key), on, length=length)


def test_the_court_sets_a_shorter_time_for_evidence_and_it_stays(clerk):
    found = start(clerk, K.SUMMARY_EVIDENCE, length=10)
    assert found.final_on == D("2026-03-12")
    assert not services.recompute_open()


def test_due_and_overdue_lists(clerk, mediator_wang):
    late, soon = start(clerk, on="2026-02-02"), start(clerk, K.FILING_DECISION)
    listed = db.session.scalars(services.due(clerk, keys=[K.MEDIATION_PRE, K.FILING_DECISION])).all()
    assert listed == [late, soon]
    assert db.session.scalars(services.due(clerk, until=D("2026-03-05"))).all() == [late]
    assert services.overdue_of(clerk.court_id, D("2026-03-09")) == [late]
    assert db.session.scalars(services.due(mediator_wang.as_actor())).all() == []


@pytest.mark.parametrize(
    ("on", "left", "urgency"),
    [("2026-03-20", 12, "calm"), ("2026-03-27", 5, "soon"), ("2026-04-01", 0, "today"), ("2026-04-03", -2, "overdue")],
)
def test_days_left_by_the_day(clerk, on, left, urgency):
    found = start(clerk)
    with time_machine.travel(datetime.fromisoformat(f"{on}T04:00:00+00:00"), tick=False):
        assert (found.days_left, found.urgency.value) == (left, urgency)


# --- the holiday table ---


def test_an_empty_table_answers_with_the_shipped_notices(clerk):
    db.session.execute(sa.delete(CalendarDay))
    assert services.calendar() is standard()


def test_loading_fills_the_table_once(clerk):
    db.session.execute(sa.delete(CalendarDay))
    assert services.load_calendar() == len(shipped())
    assert services.load_calendar() == 0
    assert services.calendar().entries == standard().entries
    assert services.calendar() is services.calendar()
    assert db.session.get(CalendarDay, D("2026-02-15")).source_doc == "国务院办公厅关于2026年部分节假日安排的通知"


def notice(*days: str, makeup: str = "2027-01-09") -> list[Entry]:
    rest = [Entry(D(day), Kind.HOLIDAY, Holiday.NEW_YEAR, 2027) for day in days]
    return [*rest, Entry(D(makeup), Kind.MAKEUP_WORKDAY, Holiday.NEW_YEAR, 2027)]


def test_a_new_notice_moves_the_provisional_days_and_keeps_the_old_ones(clerk, sysadmin):
    services.load_calendar()
    found, settled = start(clerk, on="2026-12-10"), start(clerk, K.CONFIRM_APPLY)
    assert (found.final_on, found.provisional) == (D("2027-01-11"), True)
    moved = services.import_notice(
        sysadmin.as_actor(), notice("2027-01-01"), source_doc="国务院办公厅通知", published_on=D("2026-11-04")
    )
    assert moved == 1
    assert (found.final_on, found.provisional) == (D("2027-01-09"), False)
    assert found.history[0] | {"at": ""} == {
        "at": "", "reason": "calendar", "raw": "2027-01-09", "final": "2027-01-11", "provisional": True,
    }  # fmt: skip
    assert settled.history == []
    assert {"calendar.import", "deadline.recompute"} <= set(actions())


def test_an_impossible_notice_is_refused(sysadmin):
    for entries in ([], notice("2026-05-01"), notice("2027-01-01", makeup="2027-01-08")):
        with pytest.raises(DomainError):
            services.import_notice(sysadmin.as_actor(), entries, source_doc="x")


def test_pauses_and_extensions_have_their_checks(clerk):
    found = start(clerk)
    wrong = [
        (DeadlinePause, {"cause": Cause.APPRAISAL, "after": D("2026-03-10"), "through": D("2026-03-09")}),
        (DeadlineExtension, {"by": 0, "unit": "days", "until": None, "amount": 0, "agreed_on": D("2026-03-09"), "source": "", "note": ""}),
    ]  # fmt: skip
    for model, values in wrong:
        with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
            db.session.execute(sa.insert(model.__table__).values(deadline_id=found.id, **values))
