"""The picture of a period says day by day what the counting says."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediation.periods import labels, rules, services
from mediation.periods.calendar import days, standard
from mediation.periods.derivation import Interval, Lengthening
from mediation.periods.explaining import lines
from mediation.periods.rules import compute, rule_for
from mediation.periods.strip import Gap, Mark, Month, cells, marks, picture
from mediation.periods.table import Cause, PeriodKey
from tests import builders

K, D = PeriodKey, date.fromisoformat
FRIDAY = date(2026, 3, 20)


def drawn(key: PeriodKey, start: str, *, excluded=(), extensions=(), open_since=None, today=FRIDAY):
    found = compute(rule_for(key, D(start)), D(start), standard(), excluded, extensions=extensions)
    told = lines(found.as_data())
    return (
        found,
        cells(told, standard(), open_since=open_since, today=today),
        picture(told, standard(), open_since=open_since, today=today),
    )


def marked(all_cells, mark: Mark) -> list[str]:
    return [cell.day.isoformat() for cell in all_cells if cell.mark is mark]


def test_start_last_and_the_days_over_which_it_moved():
    found, each, _months = drawn(K.CONFIRM_APPLY, "2026-01-20")
    assert marked(each, Mark.START) == ["2026-01-20"]
    assert marked(each, Mark.LAST) == [found.final.isoformat()] == ["2026-02-24"]
    assert marked(each, Mark.MOVED) == [f"2026-02-{n}" for n in (19, 20, 21, 22, 23)]
    assert {cell.name for cell in each if cell.mark is Mark.MOVED} == {"spring_festival"}
    assert "2026-02-14" in marked(each, Mark.MADE_UP)
    assert "2026-01-24" in marked(each, Mark.REST)


def test_rest_days_that_working_days_pass_over():
    _found, each, _months = drawn(K.MEDIATOR_ACCEPT, "2026-02-12")
    assert len(marked(each, Mark.PASSED_OVER)) == 9
    assert marked(each, Mark.LAST) == ["2026-02-24"]


def test_time_left_out_and_the_former_last_day_of_an_extension():
    _found, each, _months = drawn(
        K.MEDIATION_POST_ORD, "2026-04-13", excluded=[Interval(D("2026-04-20"), D("2026-04-24"), ("appraisal",))],
        extensions=[Lengthening(10)],
    )  # fmt: skip
    assert marked(each, Mark.LEFT_OUT) == [f"2026-04-{n}" for n in (21, 22, 23, 24)]
    assert {cell.name for cell in each if cell.mark is Mark.LEFT_OUT} == {"appraisal"}
    # Fifteen days and four left out end on 2 May, a holiday; from 6 May it was lengthened.
    assert "2026-05-06" in marked(each, Mark.FORMER)
    assert marked(each, Mark.MOVED) == [f"2026-05-{n}" for n in ("02", "03", "04", "05", "16", "17")]


def test_while_the_clock_stands_the_days_since_are_shown_as_left_out():
    _found, each, _months = drawn(K.MEDIATION_PRE, "2026-03-02", open_since=D("2026-03-16"), today=D("2026-03-20"))
    assert marked(each, Mark.LEFT_OUT) == [f"2026-03-{n}" for n in (17, 18, 19, 20)]
    _same, each, _months = drawn(K.MEDIATION_PRE, "2026-03-02", open_since=D("2026-03-20"), today=D("2026-03-20"))
    assert marked(each, Mark.LEFT_OUT) == []


def test_long_periods_show_the_months_that_matter():
    _found, _each, shown = drawn(K.ENFORCE_APPLY, "2026-03-02")
    assert [type(part) for part in shown] == [Month, Gap, Month]
    assert (shown[0].first, shown[1].months, shown[2].first) == (D("2026-03-01"), 23, D("2028-03-01"))
    assert shown[1].days == (D("2028-03-01") - D("2026-04-01")).days


KEYS = [key for key in PeriodKey if rule_for(key, D("2026-03-02")).unit is not rules.Unit.HOURS]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(KEYS),
    st.dates(date(2022, 1, 1), date(2026, 11, 1)),
    st.integers(0, 20),
    st.integers(0, 20),
    st.integers(0, 30),
)
def test_the_counted_days_of_the_picture_are_those_of_the_period(key, start, after, length, more):
    rule = rule_for(key, start)
    gap = Interval(start + timedelta(days=after), start + timedelta(days=after + length), (Cause.APPRAISAL.value,))
    excluded = [gap] if rule.deducts else []
    by = [Lengthening(more)] if key is K.MEDIATION_PRE and more else []
    found = compute(rule, start, standard(), excluded, extensions=by)
    told = lines(found.as_data())
    each = cells(told, standard(), open_since=None, today=start)
    assert [cell.day for cell in each] == list(days(start, found.final))
    left_out = {cell.day for cell in each if cell.mark is Mark.LEFT_OUT}
    assert left_out == {d for d in days(start, found.raw) if any(i.after < d <= i.through for i in found.excluded)} - {
        found.final
    }
    if rule.unit is rules.Unit.WORKING_DAYS:
        assert sum(cell.mark is not Mark.PASSED_OVER for cell in each) - 1 == rule.length
    if rule.unit is rules.Unit.DAYS and not by:
        counted = sum(cell.mark not in {Mark.START, Mark.LEFT_OUT} and cell.day <= found.raw for cell in each)
        assert counted == rule.length
    shown = picture(told, standard(), open_since=None, today=start)
    inside = [cell for part in shown if isinstance(part, Month) for week in part.weeks for cell in week if cell]
    assert [cell for cell in inside if cell.mark is not Mark.OUTSIDE] == [
        cell for cell in each if any(isinstance(p, Month) and p.first == cell.day.replace(day=1) for p in shown)
    ]
    assert set(marks(shown)) == {cell.mark for cell in inside} - {Mark.OUTSIDE}
    total = sum(
        part.days if isinstance(part, Gap) else sum(c is not None for w in part.weeks for c in w) for part in shown
    )
    first, last = shown[0].first, shown[-1].first
    assert total == ((last + timedelta(days=31)).replace(day=1) - first).days


def test_every_mark_has_its_words():
    assert set(labels.MARK) == set(labels.MARK_MEANS) == set(Mark)


@pytest.fixture
def deadline(clerk_li):
    actor = clerk_li.as_actor()
    dispute = builders.make_dispute(actor)
    found = services.open_deadline(
        actor, K.MEDIATION_PRE, subject=dispute, dispute_id=dispute.id, start=D("2026-01-16")
    )
    services.exclude(actor, found, D("2026-01-20"), D("2026-01-25"))
    services.extend(actor, found, 30, agreed_on=D("2026-02-20"))
    return found


def test_the_page_draws_it_as_tables_that_can_be_read_aloud(client_for, clerk_li, deadline):
    page = client_for(clerk_li).get(f"/deadlines/{deadline.id}")
    tables = page.soup.select("table.strip-month")
    assert [t.caption.get_text() for t in tables] == ["2026年1月", "2026年2月", "2026年3月"]
    assert all(len(t.select("thead th[scope=col]")) == 7 for t in tables)
    start, last = page.soup.select("td.strip-start"), page.soup.select("td.strip-last")
    assert [c.get_text(" ", strip=True) for c in start] == ["16 起算"]
    assert [c.get_text(" ", strip=True) for c in last] == [f"{deadline.final_on.day} 末日"]
    assert "鉴定" in page.soup.select_one("td.strip-left_out").get_text()
    legend = page.soup.select_one(".strip-legend").get_text()
    assert "不计入期限" in legend


def test_the_same_as_data(client_for, clerk_li, deadline):
    data = client_for(clerk_li).get(f"/deadlines/{deadline.id}.json").response.get_json()
    by_mark = {}
    for cell in data["calendar"]:
        by_mark.setdefault(cell["mark"], []).append(cell["day"])
    assert by_mark["start"] == ["2026-01-16"]
    assert by_mark["last"] == [deadline.final_on.isoformat()]
    assert by_mark["left_out"] == [f"2026-01-2{n}" for n in range(1, 6)]
    assert data["changes"]["extensions"][0]["by"] == 30
    assert data["changes"]["left_out"] == [{"cause": "appraisal", "after": "2026-01-20", "through": "2026-01-25"}]
    assert data["changes"]["may_be_extended_by"] == "parties"
