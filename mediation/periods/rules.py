"""How a period is counted, from the day of the event to its last day, and every step of the counting.

The start day is not counted, days are calendar days, a last day that is a rest day moves to the first working day
after it (CPL art. 85; S2 art. 125).
"""

import enum
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from mediation.kernel.actor import Actor
from mediation.kernel.states import Step as Move
from mediation.periods.calendar import ONE_DAY, Calendar, DayFact, OutOfRange
from mediation.periods.derivation import Computed, Interval, Lengthening, Step, StepKind, clip, union
from mediation.periods.switches import DEFAULTS, Switch, Switches
from mediation.periods.table import (
    RULES,
    Approver,
    Basis,
    Cause,
    ExtensionRule,
    PeriodKey,
    PeriodRule,
    Trigger,
    Unit,
)

__all__ = [
    "RULES",
    "Approver",
    "Basis",
    "Cause",
    "Computed",
    "ExtensionRule",
    "Interval",
    "Lengthening",
    "PeriodKey",
    "PeriodRule",
    "Step",
    "StepKind",
    "Switch",
    "Switches",
    "Trigger",
    "Unit",
    "Urgency",
    "compute",
    "rule_for",
]

# One zone for the whole country and no summer time since 1992: an offset, not a zone table.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")

COUNTING = "CPL art. 85(2)"
ROLLING = "CPL art. 85(3)"
MONTH_ENDS = "Civil Code art. 202"


class DeadlineStatus(enum.StrEnum):
    """Where a running time limit stands; whether it is overdue follows from the day, not from here."""

    OPEN = "open"
    SUSPENDED = "suspended"
    MET = "met"
    CANCELLED = "cancelled"


RUNNING = frozenset({DeadlineStatus.OPEN, DeadlineStatus.SUSPENDED})


def may_keep(actor: Actor, deadline: Any) -> bool:
    """Deadlines move with the use case that owns them, which decides who may; here only the court must match."""
    return bool(actor.court_id == deadline.court_id)


STEPS = (
    Move("suspend", {DeadlineStatus.OPEN}, DeadlineStatus.SUSPENDED, may_keep, "R4-11", "S5 art. 26; S2 art. 243"),
    Move("resume", {DeadlineStatus.SUSPENDED}, DeadlineStatus.OPEN, may_keep, "R4-12", "S5 art. 26; S2 art. 243"),
    Move("meet", RUNNING, DeadlineStatus.MET, may_keep, "R4-17", COUNTING),
    Move("cancel", RUNNING, DeadlineStatus.CANCELLED, may_keep, "R4-01", COUNTING),
    Move("restore", {DeadlineStatus.CANCELLED}, DeadlineStatus.OPEN, may_keep, "R4-01", "CPL art. 86"),
)


class NoRule(LookupError):
    """No such period was in force on that day."""


class WrongStart(ValueError):
    """A period in hours needs a moment, not only a day."""


class WrongLength(ValueError):
    """A length the law does not allow for this period."""


BY_KEY = {key: tuple(rule for rule in RULES if rule.key is key) for key in PeriodKey}


def rule_for(key: PeriodKey, day: date) -> PeriodRule:
    """The period as it stood on the day it began."""
    for rule in BY_KEY[key]:
        if rule.in_force(day):
            return rule
    raise NoRule(f"{key.value} was not in force on {day.isoformat()}")


def day_of(moment: datetime) -> date:
    """The calendar day in China on which something happened (R4-15)."""
    return moment.astimezone(SHANGHAI).date()


def add_days(start: date, number: int, excluded: Sequence[Interval] = ()) -> date:
    """Count calendar days after the start, leaving out the excluded ones (``excluded`` is a union)."""
    last = start + timedelta(days=number)
    for interval in excluded:
        if interval.after >= last:
            break
        last += timedelta(days=max((interval.through - max(interval.after, start)).days, 0))
    return last


def add_months(start: date, number: int) -> date:
    # R4-05, Civil Code art. 202: the corresponding day, or the last day of a shorter month.
    years, month = divmod(start.month - 1 + number, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def months_between(start: date, day: date) -> int:
    """The least number of months after which the corresponding day is not before this one."""
    months = (day.year - start.year) * 12 + day.month - start.month
    return months + (add_months(start, months) < day)


def add_hours(moment: datetime, number: int) -> datetime:
    """The hour of the event is not counted: the period runs from the next full hour (S2 art. 125)."""
    local = moment.astimezone(SHANGHAI)
    return local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1 + number)


def compute(
    rule: PeriodRule,
    start: date | datetime,
    calendar: Calendar,
    excluded: Iterable[Interval] = (),
    *,
    extensions: Sequence[Lengthening] = (),
    length: int | None = None,
    switches: Switches = DEFAULTS,
) -> Computed:
    """Count a period from its event to its last day."""
    number = _length(rule, length)
    if rule.unit is Unit.HOURS:
        return _hours(rule, start, calendar, number)
    day = day_of(start) if isinstance(start, datetime) else start
    calendar.fact(day)
    if rule.unit is Unit.WORKING_DAYS:
        return _working_days(rule, day, calendar, number, switches)
    try:
        return _Count(rule, day, calendar, union(excluded), switches).run(number, extensions)
    except OverflowError as error:
        # Further than any calendar reaches.
        raise OutOfRange(date.max, calendar.first, calendar.last) from error


def _length(rule: PeriodRule, length: int | None) -> int:
    if length is None or length == rule.length:
        return rule.length
    if not rule.set_by_court or length <= 0 or (length > rule.length and not rule.no_most):
        raise WrongLength(f"{rule.key.value} cannot be {length} {rule.unit.value}")
    return length


def _opening(rule: PeriodRule, start: date, number: int, moment: datetime | None = None) -> list[Step]:
    return [
        Step(StepKind.START, start, COUNTING, name=rule.trigger.value, moment=moment),
        Step(StepKind.LENGTH, start, rule.source, number=number, unit=rule.unit),
    ]


def _hours(rule: PeriodRule, start: date | datetime, calendar: Calendar, number: int) -> Computed:
    if not isinstance(start, datetime):
        raise WrongStart(f"{rule.key.value} is counted in hours and needs the time of day")
    end = add_hours(start, number)
    calendar.fact(end.date())
    steps = _opening(rule, day_of(start), number, start.astimezone(SHANGHAI))
    steps.append(Step(StepKind.FINAL, end.date(), moment=end))
    return Computed(rule, day_of(start), end.date(), end.date(), provisional=False, steps=tuple(steps), moment=end)


def _working_days(rule: PeriodRule, start: date, calendar: Calendar, number: int, switches: Switches) -> Computed:
    """Rest days are passed over while counting (R4-09)."""
    steps, last, counted, provisional = _opening(rule, start, number), start, 0, False
    while counted < number:
        last += ONE_DAY
        fact = calendar.fact(last)
        provisional |= fact.provisional
        if calendar.is_rest(last, makeup_days_are_working=switches.makeup_days_are_working):
            steps.append(Step(StepKind.SKIPPED, last, name=_name(fact)))
        else:
            counted += 1
    steps.append(Step(StepKind.FINAL, last))
    return Computed(rule, start, last, last, provisional, tuple(steps))


def _name(fact: DayFact) -> str:
    return (fact.name or fact.kind).value


@dataclass
class _Count:
    """One counting in days, months or years."""

    rule: PeriodRule
    start: date
    calendar: Calendar
    excluded: tuple[Interval, ...]
    switches: Switches

    def run(self, number: int, extensions: Sequence[Lengthening]) -> Computed:
        self.steps = _opening(self.rule, self.start, number)
        raw = add_days(self.start, self._natural_days(number, self.rule.unit), self.excluded)
        self._tell_excluded(self.start, raw)
        final, provisional = self._roll(raw)
        months = number
        for extension in extensions:
            base = final if self.switches.extension_from_rolled else raw
            self.steps.append(self._told(extension, base))
            if extension.until is None and extension.unit is not Unit.DAYS:
                # A limit "of four months in all" runs from filing, not from the last day before (S2 art. 258).
                months += extension.by
                raw = add_days(self.start, self._natural_days(months, extension.unit), self.excluded)
                self._tell_excluded(base, raw)
            elif extension.until is None:
                raw = add_days(base, extension.by, self.excluded)
                self._tell_excluded(base, raw)
            else:
                raw = extension.until
                months += self._months_begun(months, raw)
            final, provisional = self._roll(raw)
        self.steps.append(Step(StepKind.FINAL, final))
        inside = clip(self.excluded, self.start, raw)
        return Computed(self.rule, self.start, raw, final, provisional, tuple(self.steps), inside)

    def _natural_days(self, number: int, unit: Unit) -> int:
        if unit is Unit.DAYS:
            return number
        return (add_months(self.start, number * (12 if unit is Unit.YEARS else 1)) - self.start).days

    def _months_begun(self, months: int, until: date) -> int:
        """An agreed day uses up the months it reaches into: what is added later comes after it."""
        if self.rule.unit is not Unit.MONTHS:
            return 0
        left_out = sum(interval.days for interval in clip(self.excluded, self.start, until))
        return max(months_between(self.start, until - timedelta(days=left_out)) - months, 0)

    def _tell_excluded(self, after: date, raw: date) -> None:
        for interval in clip(self.excluded, after, raw):
            source = self.rule.deduct_source
            self.steps.append(
                Step(
                    StepKind.EXCLUDED,
                    interval.after,
                    source,
                    number=interval.days,
                    until=interval.through,
                    name=",".join(interval.causes),
                )
            )
        self.steps.append(Step(StepKind.RAW, raw, "" if self.rule.unit is Unit.DAYS else MONTH_ENDS))

    def _told(self, extension: Lengthening, base: date) -> Step:
        source = extension.source or (self.rule.extension.source if self.rule.extension else "")
        if extension.until:
            return Step(StepKind.EXTENDED, base, source, until=extension.until)
        return Step(StepKind.EXTENDED, base, source, number=extension.by, unit=extension.unit)

    def _roll(self, raw: date) -> tuple[date, bool]:
        """Move a last day that is a rest day to the first day after the rest days."""
        final, provisional = raw, self.calendar.fact(raw).provisional
        if not self.rule.rolls or (self.rule.is_mediation and not self.switches.roll_mediation_period):
            return final, False
        while self.calendar.is_rest(final, makeup_days_are_working=self.switches.makeup_days_are_working):
            self.steps.append(Step(StepKind.ROLLED, final, ROLLING, name=_name(self.calendar.fact(final))))
            final += ONE_DAY
            provisional |= self.calendar.fact(final).provisional
        return final, provisional


class Fault(enum.StrEnum):
    """Why a deadline cannot be counted or changed like this."""

    NOT_IN_FORCE = "not_in_force"
    OUT_OF_RANGE = "out_of_range"
    WRONG_LENGTH = "wrong_length"
    NEEDS_TIME = "needs_time"
    NOT_DEDUCTED = "not_deducted"
    BEFORE_START = "before_start"
    ALREADY_RUNNING = "already_running"
    BAD_NOTICE = "bad_notice"
    OTHER_NOTICE = "other_notice"
    REACHES_BACK = "reaches_back"
    NO_REASON = "no_reason"
    SAME_AS_BEFORE = "same_as_before"


def may_exclude(rule: PeriodRule, cause: Cause, switches: Switches = DEFAULTS) -> bool:
    """Only what the law leaves out; the first part of mediation after filing where the court reads S12 so (U03)."""
    if cause is Cause.PRIOR_MEDIATION and switches.deduct_initial_mediation:
        return Cause.EXTENDED_MEDIATION in rule.deducts
    return cause in rule.deducts


class Urgency(enum.StrEnum):
    CALM = "calm"
    SOON = "soon"
    TODAY = "today"
    OVERDUE = "overdue"
    # A right that was not used (CPL arts 128, 205; S2 art. 372): nobody is late.
    LAPSED = "lapsed"


def overdue(final: date, today: date) -> bool:
    """The final day itself is still in time."""
    return today > final


def days_overdue(final: date, closed: date) -> int:
    return max((closed - final).days, 0)


def days_left(final: date, today: date) -> int:
    """Negative when the period is over."""
    return (final - today).days


def days_used(accepted: date, closed: date, excluded: Iterable[Interval] = ()) -> int:
    """Calendar days a mediation took, without the start day and the excluded days."""
    inside = clip(union(excluded), accepted, closed)
    return (closed - accepted).days - sum(interval.days for interval in inside)


def urgency(final: date, today: date, warn_days: int, *, right: bool = False) -> Urgency:
    """How near the last day is; for a right of a party that ran out, that it lapsed."""
    left = days_left(final, today)
    if left < 0:
        return Urgency.LAPSED if right else Urgency.OVERDUE
    if left == 0:
        return Urgency.TODAY
    return Urgency.SOON if left <= warn_days else Urgency.CALM


def effective_submission(received: date, postmark: date | None = None) -> date:
    """What was posted before expiry is in time: the postmark counts (CPL art. 85(4))."""
    return min(received, postmark) if postmark else received


def in_time(final: date, received: date, postmark: date | None = None) -> bool:
    return effective_submission(received, postmark) <= final


def cut_off(final: date, closing: time | None = None) -> datetime:
    """The end of the last day: 24:00 online, the close of business at the counter (R4-07)."""
    if closing is None:
        return datetime.combine(final + ONE_DAY, time(0), SHANGHAI)
    return datetime.combine(final, closing, SHANGHAI)


def served_electronically(*sent: datetime) -> date:
    """Service is complete when the first message reached the addressee's system (CPL art. 90)."""
    return min(day_of(moment) for moment in sent)
