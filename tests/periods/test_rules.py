"""The counting of periods: the reference vectors, each key, boundaries, and a second counting to compare with."""

import csv
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediation.kernel import law
from mediation.periods import lengthening, rules
from mediation.periods.calendar import Calendar, OutOfRange, shipped, standard
from mediation.periods.derivation import Interval, Lengthening, StepKind
from mediation.periods.rules import Switches, compute, rule_for
from mediation.periods.table import RULES, Approver, Basis, Cause, PeriodKey, PeriodRule, Trigger, Unit
from tests.everybody import actor

K = PeriodKey
D = date.fromisoformat


def plain(length: int, unit: Unit, **more) -> PeriodRule:
    return PeriodRule(K.CONFIRM_APPLY, length, unit, Trigger.AGREEMENT_EFFECTIVE, "CPL art. 205", **more)


def gaps(text: str) -> list[Interval]:
    return [Interval(*map(D, part.split(":"))) for part in text.split()]


# The reference vectors T01 to T36.
with (Path(__file__).parent / "vectors.csv").open(encoding="utf-8", newline="") as file:
    VECTORS = [tuple(row.values()) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("name", "length", "unit", "start", "excluded", "raw", "final"), VECTORS)
def test_reference_vectors(name, length, unit, start, excluded, raw, final):
    found = compute(plain(int(length), Unit(unit)), D(start), standard(), gaps(excluded))
    assert (found.raw, found.final, found.provisional) == (D(raw), D(final), False)


def test_all_thirty_six_vectors_are_here():
    assert [v[0] for v in VECTORS] == [f"T{n:02}" for n in range(1, 37)]


def count(key: PeriodKey, start: str, **more):
    return compute(rule_for(key, D(start)), D(start), standard(), **more)


def test_t40_extension_of_entrusted_mediation_runs_from_the_rolled_end():
    base = count(K.MEDIATION_POST_SUM, "2026-02-09")
    assert base.final == D("2026-02-24")
    longer = count(K.MEDIATION_POST_SUM, "2026-02-09", extensions=[Lengthening(30)])
    assert longer.final == D("2026-03-26")
    told = next(step for step in longer.steps if step.kind is StepKind.EXTENDED)
    assert (told.day, told.number, told.source) == (D("2026-02-24"), 30, "S12 point 3")


@pytest.mark.parametrize(
    ("effective", "raw", "final"),
    [
        ("2026-01-20", "2026-02-19", "2026-02-24"),
        ("2026-09-03", "2026-10-03", "2026-10-08"),
        ("2026-01-15", "2026-02-14", "2026-02-14"),
    ],
    ids=["T41", "T42", "T43"],
)
def test_confirmation_is_applied_for_within_thirty_days(effective, raw, final):
    found = count(K.CONFIRM_APPLY, effective)
    assert (found.raw, found.final) == (D(raw), D(final))


def test_t44_the_last_day_itself_is_in_time():
    final = count(K.MEDIATION_POST_SUM, "2026-02-09").final
    assert not rules.overdue(final, D("2026-02-24"))
    assert rules.overdue(final, D("2026-02-25"))
    assert rules.days_overdue(final, D("2026-02-25")) == 1
    assert rules.days_overdue(final, D("2026-02-24")) == 0


def test_t45_a_year_without_notice_is_provisional():
    found = count(K.MEDIATION_PRE, "2026-12-10")
    assert (found.raw, found.final, found.provisional) == (D("2027-01-09"), D("2027-01-11"), True)


def test_t46_the_postmark_counts():
    assert rules.in_time(D("2026-02-24"), D("2026-02-27"), postmark=D("2026-02-24"))
    assert not rules.in_time(D("2026-02-24"), D("2026-02-27"), postmark=D("2026-02-25"))
    assert not rules.in_time(D("2026-02-24"), D("2026-02-27"))


def test_t47_electronic_service_counts_from_the_first_success():
    sent = datetime(2026, 3, 1, 23, 59, 58, tzinfo=rules.SHANGHAI)
    served = rules.served_electronically(sent, sent + timedelta(days=2))
    assert served == D("2026-03-01")
    assert count(K.CONFIRM_OBJECT_PARTY, served.isoformat()).final == D("2026-03-16")
    # The day is China's, whatever the zone of the clock that stamped it.
    assert rules.served_electronically(datetime(2026, 3, 1, 16, 0, tzinfo=UTC)) == D("2026-03-02")


# --- a second, slow counting, written on its own ---


def slow_rest(day: date) -> bool:
    named = {e.day: e.kind.value for e in shipped()}
    if day in named:
        return named[day] == "holiday"
    if day.year > 2026:
        fixed = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
        if (day.month, day.day) in fixed or day in rules_lunar():
            return True
    return day.isoweekday() > 5


def rules_lunar():
    from mediation.periods.calendar import lunar

    return set(lunar())


REST = {day: slow_rest(day) for n in range(13_000) if (day := date(2004, 1, 1) + timedelta(days=n)).year < 2040}


def slow(start: date, length: int, excluded: list[Interval]) -> tuple[date, date]:
    out = {i.after + timedelta(days=n) for i in excluded for n in range(1, (i.through - i.after).days + 1)}
    day, counted = start, 0
    while counted < length:
        day += timedelta(days=1)
        counted += day not in out
    final = day
    while REST[final]:
        final += timedelta(days=1)
    return day, final


def test_two_countings_agree_on_ten_thousand_starts():
    calendar = standard()
    for length in (3, 7, 15, 30):
        rule = plain(length, Unit.DAYS)
        for n in range(10_000):
            start = date(2004, 1, 1) + timedelta(days=n)
            found = compute(rule, start, calendar)
            assert (found.raw, found.final) == slow(start, length, [])


def test_two_countings_of_working_days_agree():
    calendar = standard()
    for length in (2, 3, 5):
        rule = plain(length, Unit.WORKING_DAYS)
        for n in range(0, 10_000, 3):
            start = day = date(2004, 1, 1) + timedelta(days=n)
            counted = 0
            while counted < length:
                day += timedelta(days=1)
                counted += not REST[day]
            assert compute(rule, start, calendar).final == day


DAYS = st.dates(date(2004, 1, 1), date(2034, 12, 31))
GAPS = st.lists(st.tuples(st.integers(-40, 120), st.integers(0, 60)), max_size=5)


@settings(max_examples=600)
@given(DAYS, st.integers(1, 60), GAPS)
def test_two_countings_agree_with_exclusions(start, length, found):
    excluded = [Interval(start + timedelta(days=a), start + timedelta(days=a + n)) for a, n in found]
    computed = compute(plain(length, Unit.DAYS), start, standard(), excluded)
    assert (computed.raw, computed.final) == slow(start, length, excluded)
    assert computed.excluded_days == (computed.raw - start).days - length
    assert all(b.after > a.through for a, b in zip(computed.excluded, computed.excluded[1:], strict=False))


@settings(max_examples=300)
@given(DAYS, st.integers(1, 24))
def test_months_end_on_the_same_day_or_the_last_of_the_month(start, months):
    raw = compute(plain(months, Unit.MONTHS), start, standard()).raw
    assert (raw.year - start.year) * 12 + raw.month - start.month == months
    assert raw.day == start.day or (raw.day < start.day and (raw + timedelta(days=1)).day == 1)


@settings(max_examples=300)
@given(DAYS, st.integers(1, 90))
def test_the_last_day_is_the_first_working_day_from_raw_on(start, length):
    calendar = standard()
    found = compute(plain(length, Unit.DAYS), start, calendar)
    assert not calendar.is_rest(found.final)
    assert [step.day for step in found.rolled_over] == [
        found.raw + timedelta(days=n) for n in range((found.final - found.raw).days)
    ]
    assert found.steps[0].kind is StepKind.START
    assert found.steps[-1].day == found.final


def test_every_key_has_a_rule_and_only_one_on_any_day():
    for key in PeriodKey:
        for day in map(D, ("2016-07-01", "2021-12-31", "2022-01-01", "2024-12-31", "2025-01-01", "2026-11-23")):
            assert sum(rule.key is key and rule.in_force(day) for rule in RULES) == 1, (key, day)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: f"{r.key.value}-{r.valid_from}")
def test_every_rule_cites_sources_that_exist(rule):
    for text in filter(None, (rule.source, rule.deduct_source, rule.extension and rule.extension.source)):
        assert law.cite(text)
    assert rule.basis is not Basis.LAW or any(place.article for place in law.cite(rule.source))


def test_rolling_is_for_periods_that_are_not_working_days_or_hours():
    held = {K.PRESERVE_DEPOSIT, K.PRESERVE_MOVABLE, K.PRESERVE_OTHER}  # the measure ends on its day (S2 art. 485)
    for rule in RULES:
        assert rule.rolls == (rule.unit not in {Unit.WORKING_DAYS, Unit.HOURS} and rule.key not in held)


def test_the_cap_on_extending_came_on_2025_01_01():
    for key in (K.MEDIATION_POST_ORD, K.MEDIATION_POST_SUM):
        assert rule_for(key, D("2024-12-31")).extension.most is None
        assert rule_for(key, D("2025-01-01")).extension.most == 30
    with pytest.raises(rules.NoRule):
        rule_for(K.MEDIATION_PRE, D("2016-06-30"))


def test_what_may_be_left_out():
    on = D("2026-03-02")
    assert rules.may_exclude(rule_for(K.MEDIATION_PRE, on), Cause.APPRAISAL)
    assert not rules.may_exclude(rule_for(K.MEDIATION_PRE, D("2019-07-08")), Cause.APPRAISAL)
    assert not rules.may_exclude(rule_for(K.MEDIATION_PRE, on), Cause.SETTLEMENT)
    assert rules.may_exclude(rule_for(K.TRIAL_SUMMARY, on), Cause.ANNOUNCEMENT)
    assert not rules.may_exclude(rule_for(K.CONFIRM_APPLY, on), Cause.APPRAISAL)


# --- hours, months, extensions, switches ---


def test_hours_run_from_the_next_full_hour():
    rule = rule_for(K.PRESERVE_RULING, D("2026-02-14"))
    start = datetime(2026, 2, 14, 10, 20, tzinfo=rules.SHANGHAI)
    found = compute(rule, start, standard())
    assert found.moment == datetime(2026, 2, 16, 11, 0, tzinfo=rules.SHANGHAI)
    assert (found.final, found.rolled_over) == (D("2026-02-16"), ())
    with pytest.raises(rules.WrongStart):
        compute(rule, D("2026-02-14"), standard())


@settings(max_examples=200)
@given(st.datetimes(datetime(2005, 1, 1), datetime(2034, 1, 1)), st.integers(-12, 14))
def test_no_summer_time_ever_moves_an_hour_or_a_day(naive, offset):
    there = timezone(timedelta(hours=offset))
    moment = naive.replace(tzinfo=rules.SHANGHAI)
    rule = rule_for(K.PRESERVE_RULING, naive.date())
    here, abroad = compute(rule, moment, standard()), compute(rule, moment.astimezone(there), standard())
    assert here.moment == abroad.moment
    assert timedelta(hours=48) < here.moment - moment <= timedelta(hours=49)
    assert rules.day_of(moment.astimezone(there)) == naive.date()


def test_trial_limit_leaves_out_time_and_extends_from_filing():
    start = "2025-11-30"
    assert count(K.TRIAL_SUMMARY, start).raw == D("2026-02-28")
    longer = count(K.TRIAL_SUMMARY, start, extensions=[Lengthening(1, Unit.MONTHS)])
    assert longer.raw == D("2026-03-30")
    gap = gaps("2025-12-10:2025-12-20")
    assert count(K.TRIAL_SUMMARY, start, excluded=gap).raw == D("2026-03-10")
    both = count(K.TRIAL_SUMMARY, start, excluded=gap, extensions=[Lengthening(1, Unit.MONTHS)])
    assert both.raw == D("2026-04-09")


def test_extension_to_an_agreed_day_rolls_too():
    found = count(K.MEDIATION_PRE, "2026-03-02", extensions=[Lengthening(until=D("2026-05-01"))])
    assert (found.raw, found.final) == (D("2026-05-01"), D("2026-05-06"))


def test_exclusion_inside_an_extension():
    found = count(K.MEDIATION_PRE, "2026-01-16", extensions=[Lengthening(30)], excluded=gaps("2026-03-01:2026-03-11"))
    assert found.raw == D("2026-04-05")
    assert found.excluded_days == 10


def test_switches():
    rule = rule_for(K.MEDIATION_PRE, D("2026-01-16"))
    start = D("2026-01-16")
    still = compute(rule, start, standard(), switches=Switches(roll_mediation_period=False))
    assert still.final == still.raw == D("2026-02-15")
    apply = rule_for(K.CONFIRM_APPLY, start)
    assert compute(apply, start, standard(), switches=Switches(roll_mediation_period=False)).final == D("2026-02-24")
    longer = compute(
        rule, start, standard(), extensions=[Lengthening(30)], switches=Switches(extension_from_rolled=False)
    )
    assert longer.final == D("2026-03-17")
    made_up = compute(rule, D("2026-01-29"), standard(), switches=Switches(makeup_days_are_working=False))
    assert made_up.final == D("2026-03-02")


def test_a_court_may_set_a_shorter_time_for_evidence_but_not_a_longer_one():
    assert count(K.SUMMARY_EVIDENCE, "2026-03-02", length=10).raw == D("2026-03-12")
    for length in (0, 16):
        with pytest.raises(rules.WrongLength):
            count(K.SUMMARY_EVIDENCE, "2026-03-02", length=length)
    with pytest.raises(rules.WrongLength):
        count(K.CONFIRM_APPLY, "2026-03-02", length=10)


@pytest.mark.parametrize(
    ("key", "new", "agreed", "already", "refusal"),
    [
        (K.MEDIATION_PRE, Lengthening(30), "2026-04-01", 0, None),
        (K.MEDIATION_PRE, Lengthening(300), "2026-04-01", 300, None),
        (K.MEDIATION_PRE, Lengthening(30), "2026-04-02", 0, "expired"),
        (K.MEDIATION_PRE, Lengthening(0), "2026-03-20", 0, "not_later"),
        (K.MEDIATION_PRE, Lengthening(until=D("2026-04-01")), "2026-03-20", 0, "not_later"),
        (K.MEDIATION_PRE, Lengthening(1, Unit.MONTHS), "2026-03-20", 0, "beyond_cap"),
        (K.MEDIATION_POST_ORD, Lengthening(30), "2026-03-17", 0, None),
        (K.MEDIATION_POST_ORD, Lengthening(31), "2026-03-17", 0, "beyond_cap"),
        (K.MEDIATION_POST_ORD, Lengthening(11), "2026-03-17", 20, "beyond_cap"),
        (K.MEDIATION_POST_ORD, Lengthening(until=D("2026-04-16")), "2026-03-17", 0, None),
        (K.MEDIATION_POST_ORD, Lengthening(until=D("2026-04-17")), "2026-03-17", 0, "beyond_cap"),
        (K.CONFIRM_APPLY, Lengthening(1), "2026-03-20", 0, "not_extendable"),
        (K.CONFIRM_DECIDE_TARGET, Lengthening(10), "2026-03-17", 0, None),
        (K.CONFIRM_DECIDE_TARGET, Lengthening(11), "2026-03-17", 0, "beyond_cap"),
        (K.TRIAL_SMALL, Lengthening(1, Unit.MONTHS), "2026-03-17", 0, None),
        (K.TRIAL_SMALL, Lengthening(1, Unit.MONTHS), "2026-03-17", 1, "beyond_cap"),
        (K.TRIAL_SMALL, Lengthening(until=D("2026-06-02")), "2026-03-17", 0, None),
        (K.TRIAL_SMALL, Lengthening(until=D("2026-06-03")), "2026-03-17", 0, "beyond_cap"),
        (K.TRIAL_SMALL, Lengthening(until=D("2026-06-02")), "2026-03-17", 1, "beyond_cap"),
        (K.TRIAL_ORDINARY, Lengthening(until=D("2027-03-02")), "2026-03-17", 0, None),
        (K.TRIAL_ORDINARY, Lengthening(until=D("9999-12-31")), "2026-03-17", 0, "beyond_cap"),
    ],
)
def test_who_may_extend_by_how_much(key, new, agreed, already, refusal):
    rule = rule_for(key, D("2026-03-02"))
    current = compute(rule, D("2026-03-02"), standard())
    assert lengthening.extension_refused(rule, current, new, agreed_on=D(agreed), already=already) == refusal


def test_who_extends():
    on = D("2026-03-02")
    assert rule_for(K.MEDIATION_PRE, on).extension.by is Approver.PARTIES
    assert rule_for(K.TRIAL_ORDINARY, on).extension.by is Approver.PRESIDENT


# --- days left, used, urgency, cut-off ---


def test_days_left_and_urgency():
    final = D("2026-03-16")
    assert rules.days_left(final, D("2026-03-11")) == 5
    assert [rules.urgency(final, final + timedelta(days=n), 3).value for n in (-4, -3, 0, 1)] == [
        "calm",
        "soon",
        "today",
        "overdue",
    ]


def test_days_used_leaves_out_the_start_and_the_appraisal():
    assert rules.days_used(D("2026-03-02"), D("2026-04-30"), gaps("2026-03-10:2026-04-08")) == 30
    assert rules.days_used(D("2026-03-02"), D("2026-03-02")) == 0
    assert rules.days_used(D("2026-03-02"), D("2026-03-12"), gaps("2026-03-10:2026-04-08")) == 8


def test_the_last_day_ends_at_midnight_online_and_at_closing_at_the_counter():
    final = D("2026-02-24")
    assert rules.cut_off(final).isoformat() == "2026-02-25T00:00:00+08:00"
    assert rules.cut_off(final, time(17)).isoformat() == "2026-02-24T17:00:00+08:00"


# --- boundaries ---


def test_days_outside_the_table_are_refused():
    for start in ("2003-12-31", "2041-01-01", "2040-12-20"):
        with pytest.raises(OutOfRange):
            compute(plain(30, Unit.DAYS), D(start), standard())
    with pytest.raises(OutOfRange):
        compute(plain(3, Unit.WORKING_DAYS), D("2040-12-30"), standard())


def test_a_notice_settles_what_was_provisional():
    from mediation.periods.calendar import Entry, Holiday, Kind

    made_up = Entry(D("2027-01-09"), Kind.MAKEUP_WORKDAY, Holiday.NEW_YEAR, 2027)
    after = Calendar([*shipped(), made_up])
    found = compute(plain(30, Unit.DAYS), D("2026-12-10"), after)
    assert (found.final, found.provisional) == (D("2027-01-09"), False)


def test_provisional_only_when_the_end_lies_in_a_year_without_notice():
    assert not compute(plain(30, Unit.DAYS), D("2026-12-01"), standard()).provisional
    assert compute(plain(30, Unit.DAYS), D("2026-12-02"), standard()).provisional
    assert compute(plain(3, Unit.WORKING_DAYS), D("2026-12-30"), standard()).provisional


def test_the_derivation_explains_itself_as_data():
    data = count(K.CONFIRM_APPLY, "2026-01-20").as_data()
    assert (data["raw"], data["final"], data["source"]) == ("2026-02-19", "2026-02-24", "CPL art. 205")
    kinds = [step["kind"] for step in data["derivation"]]
    assert kinds == ["start", "length", "raw", *["rolled"] * 5, "final"]
    assert data["derivation"][3] == {
        "kind": "rolled",
        "day": "2026-02-19",
        "source": "CPL art. 85(3)",
        "name": "spring_festival",
    }
    skipped = [s for s in count(K.MEDIATOR_ACCEPT, "2026-02-12").steps if s.kind is StepKind.SKIPPED]
    assert len(skipped) == 9


def test_rules_load_without_the_web_or_the_database():
    code = "import sys, mediation.periods.rules; print({'flask', 'sqlalchemy'} & set(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "set()"


def test_a_deadline_is_kept_inside_its_court():
    deadline = SimpleNamespace(court_id=1)
    assert rules.may_keep(actor(), deadline)
    assert not rules.may_keep(actor(court_id=2), deadline)


def test_further_than_any_calendar_reaches():
    with pytest.raises(OutOfRange):
        count(K.TRIAL_ORDINARY, "2026-03-02", extensions=[Lengthening(5_000_000, Unit.DAYS)])


def test_time_after_an_agreed_day_is_counted_behind_the_months_it_reached_into():
    # Three months from 2 March, lengthened to an agreed 20 June: one month more ends where four and one months would.
    until = Lengthening(0, until=D("2026-06-20"))
    found = count(K.TRIAL_SUMMARY, "2026-03-02", extensions=[until, Lengthening(1, Unit.MONTHS)])
    assert found.raw == D("2026-08-02")
    # Ten days left out before it: the agreed day reaches only into the fourth month, and they are added to the end.
    found = count(
        K.TRIAL_SUMMARY, "2026-03-02", excluded=gaps("2026-04-01:2026-04-11"),
        extensions=[Lengthening(0, until=D("2026-06-09")), Lengthening(1, Unit.MONTHS)],
    )  # fmt: skip
    assert found.raw == D("2026-07-12")


@pytest.mark.parametrize("leaves_out", [True, False])
def test_the_first_part_of_mediation_is_left_out_only_where_the_court_reads_it_so(leaves_out):
    switches = Switches(deduct_initial_mediation=leaves_out)
    trial, answer = rule_for(K.TRIAL_SUMMARY, D("2026-03-02")), rule_for(K.DEFENCE, D("2026-03-02"))
    assert rules.may_exclude(trial, Cause.PRIOR_MEDIATION, switches) is leaves_out
    assert not rules.may_exclude(answer, Cause.PRIOR_MEDIATION, switches)


def test_a_right_of_a_party_that_ran_out_is_not_overdue():
    last = date(2026, 3, 10)
    after = date(2026, 3, 11)
    assert rules.urgency(last, after, 3) is rules.Urgency.OVERDUE
    assert rules.urgency(last, after, 3, right=True) is rules.Urgency.LAPSED
    assert rules.urgency(last, last, 3, right=True) is rules.Urgency.TODAY
