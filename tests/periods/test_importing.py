"""Taking over a holiday notice: what would change is shown first; then all running periods are counted again."""

from datetime import date
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from mediation.kernel import audit, bulk
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.periods import importing, services
from mediation.periods.calendar import Kind
from mediation.periods.models import CalendarDay, Deadline
from mediation.periods.notice import read
from mediation.periods.rules import DeadlineStatus
from mediation.periods.table import PeriodKey
from tests.periods.notices import NOTICE_2026, NOTICE_2027_MADE_UP

K, D = PeriodKey, date.fromisoformat
DOCUMENT = "国务院办公厅关于2027年部分节假日安排的通知"


def opened(actor, key, start: str, n: int = 1, dispute_id=None) -> Deadline:
    subject = SimpleNamespace(__tablename__="assignment", id=1000 + n)
    return services.open_deadline(actor, key, subject=subject, dispute_id=dispute_id, start=D(start))


@pytest.fixture
def four(clerk_li, clerk_of_other_court):
    clerk, other = clerk_li.as_actor(), clerk_of_other_court.as_actor()
    return [
        opened(clerk, K.MEDIATION_PRE, "2026-12-10", 1),  # 2027-01-09 is a Saturday, and made up
        opened(clerk, K.MEDIATION_PRE, "2026-12-16", 2),  # 2027-01-15: stays, no longer provisional
        opened(clerk, K.CONFIRM_APPLY, "2026-11-20", 3),  # ends in 2026
        opened(other, K.MEDIATION_PRE, "2026-12-10", 4),
    ]


def test_the_preview_says_what_would_change_and_changes_nothing(sysadmin, four):
    shown = importing.preview(sysadmin.as_actor(), read(NOTICE_2027_MADE_UP).entries)
    assert (shown.year, shown.moving, shown.settled, shown.elsewhere, shown.replaces) == (2027, 1, 1, 1, False)
    (group,) = shown.groups
    assert (group.key, group.before, group.after, group.provisional) == (
        K.MEDIATION_PRE, D("2027-01-11"), D("2027-01-09"), False,
    )  # fmt: skip
    assert group.ids == (four[0].id,)
    kinds = {change.day: (change.before.kind, change.after.kind) for change in shown.days}
    assert kinds[D("2027-01-09")] == (Kind.WEEKEND, Kind.MAKEUP_WORKDAY)
    assert kinds[D("2027-02-09")] == (Kind.WORKDAY, Kind.HOLIDAY)
    assert D("2027-01-01") not in kinds
    assert four[0].final_on == D("2027-01-11")
    assert db.session.scalar(sa.select(sa.func.count()).where(CalendarDay.notice_year == 2027)) == 0


def test_taking_it_over_moves_them_and_keeps_the_old_values(sysadmin, four):
    moved = importing.take_over(sysadmin.as_actor(), read(NOTICE_2027_MADE_UP).entries, source_doc=DOCUMENT)
    assert [(move.id, move.moves) for move in moved] == [(four[0].id, True), (four[1].id, False), (four[3].id, True)]
    first, second, third, _other = four
    assert (first.final_on, first.provisional) == (D("2027-01-09"), False)
    assert first.history[-1]["final"] == "2027-01-11"
    assert (second.final_on, second.provisional, len(second.history)) == (D("2027-01-15"), False, 1)
    assert third.history == []
    db.session.commit()
    entries = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "deadline.recompute")).all()
    assert {(e.subject_id, e.court_id) for e in entries} == {(d.id, d.court_id) for d in (first, second, four[3])}
    told = next(e.facts for e in entries if e.subject_id == first.id)
    assert (told["before"], told["final"], told["provisional_before"]) == ("2027-01-11", "2027-01-09", True)
    assert not list(audit.verify(first.court_id))
    # Counting again finds nothing more to do.
    assert services.recompute_open() == 0


def test_a_correction_of_a_year_moves_only_what_it_touches(sysadmin, clerk_li):
    found = opened(clerk_li.as_actor(), K.MEDIATION_PRE, "2026-01-16", 1)
    later = opened(clerk_li.as_actor(), K.MEDIATION_PRE, "2026-03-16", 2)
    longer = NOTICE_2026.replace("至23日（农历正月初七、周一）放假调休，共9天", "至24日放假调休，共10天")
    shown = importing.preview(sysadmin.as_actor(), read(longer).entries)
    assert shown.replaces
    assert [(change.day, change.after.kind) for change in shown.days] == [(D("2026-02-24"), Kind.HOLIDAY)]
    importing.take_over(sysadmin.as_actor(), read(longer).entries, source_doc=DOCUMENT)
    assert (found.final_on, later.history) == (D("2026-02-25"), [])
    assert services.calendar().fact(D("2026-02-24")).kind is Kind.HOLIDAY


def test_pauses_extensions_and_suspensions_are_counted_with(sysadmin, clerk_li):
    clerk = clerk_li.as_actor()
    one, two = opened(clerk, K.MEDIATION_PRE, "2026-11-20", 1), opened(clerk, K.MEDIATION_POST_ORD, "2026-12-25", 2)
    services.exclude(clerk, one, D("2026-12-01"), D("2026-12-21"))
    services.exclude(clerk, two, D("2026-12-28"), None)
    three = opened(clerk, K.MEDIATION_PRE, "2026-12-10", 3)
    services.extend(clerk, three, 30, agreed_on=D("2026-12-20"))
    assert (one.final_on, three.final_on) == (D("2027-01-11"), D("2027-02-10"))
    importing.take_over(sysadmin.as_actor(), read(NOTICE_2027_MADE_UP).entries, source_doc=DOCUMENT)
    assert one.final_on == D("2027-01-09")
    assert (two.status, two.final_on) == (DeadlineStatus.SUSPENDED, D("2027-01-09"))
    # From the rolled end 2027-01-09 on, thirty days: 2027-02-08 lies in Spring Festival.
    assert (three.raw_on, three.final_on) == (D("2027-02-08"), D("2027-02-15"))


def test_what_the_bulk_way_counts_is_what_counting_alone_says(sysadmin, clerk_li):
    clerk = clerk_li.as_actor()
    rows = [
        opened(clerk, key, str(date(2026, 12, 1 + n)), n)
        for n, key in enumerate((K.MEDIATION_PRE, K.CONFIRM_APPLY, K.MEDIATOR_ACCEPT, K.TRIAL_SUMMARY) * 7)
    ]
    importing.take_over(sysadmin.as_actor(), read(NOTICE_2027_MADE_UP).entries, source_doc=DOCUMENT)
    for row in rows:
        alone = services.compute(row.key, row.start_on, court_id=row.court_id)
        assert (row.raw_on, row.final_on, row.provisional) == (alone.raw, alone.final, alone.provisional)
        assert row.basis == alone.as_data()


@pytest.mark.parametrize("name", ["secadmin", "auditor", "clerk_li", "president_he"])
def test_only_the_system_administrator_takes_it_over(app, name, request):
    actor = request.getfixturevalue(name).as_actor()
    for act in (importing.preview, lambda *a: importing.take_over(*a, source_doc=DOCUMENT)):
        with pytest.raises(NotPermitted):
            act(actor, read(NOTICE_2027_MADE_UP).entries)


def test_a_day_of_another_years_notice_is_not_taken_from_it(sysadmin):
    services.load_calendar()
    odd = NOTICE_2027_MADE_UP.replace(
        "1月1日（周五）至3日（周日）放假，共3天", "2026年12月31日至2027年1月3日放假调休，共4天"
    )
    importing.take_over(sysadmin.as_actor(), read(odd).entries, source_doc=DOCUMENT)
    assert services.calendar().fact(D("2026-12-31")).kind is Kind.HOLIDAY
    clash = read(NOTICE_2026).entries
    clash.append(type(clash[0])(D("2026-12-31"), Kind.HOLIDAY, clash[0].name, 2026))
    with pytest.raises(DomainError):
        importing.take_over(sysadmin.as_actor(), clash, source_doc=DOCUMENT)


def test_the_change_of_many_refuses_what_has_no_trail_or_moves_a_status(clerk_li):
    clerk = clerk_li.as_actor()
    found = opened(clerk, K.MEDIATION_PRE, "2026-12-10")
    with pytest.raises(RuntimeError, match="cannot be changed"):
        bulk.change_many(Deadline, "x", [bulk.Change(clerk, found.id, None, {"status": "met"}, {})])
    with pytest.raises(RuntimeError, match="cannot be changed"):
        bulk.change_many(CalendarDay, "x", [bulk.Change(clerk, 1, None, {"notice_year": 1}, {})])
