"""What each indicator counts: two selects of disputes, each once (R7-05), from which the figure and its list are made.

A file beside `services` because these definitions are the catalogue itself: the figure is the number of rows of the
select the list shows, so the two can never differ.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import visitors

from mediation.agreements.models import Agreement
from mediation.agreements.rules import AgreementStatus
from mediation.assignment.models import Assignment
from mediation.assignment.rules import EndCode, Kind
from mediation.assignment.rules import Status as Mediation
from mediation.confirmation.models import Confirmation
from mediation.confirmation.rules import Outcome
from mediation.disputes.models import Dispute
from mediation.intake.models import Screening
from mediation.intake.rules import ScreeningResult
from mediation.kernel import clock
from mediation.litigation.models import LitigationCase
from mediation.periods.models import Deadline
from mediation.periods.table import PeriodKey
from mediation.statistics.rules import Indicator, Period

Ids = sa.Select[Any]
MEDIATION_KEYS = (
    PeriodKey.MEDIATION_PRE, PeriodKey.MEDIATION_OUT, PeriodKey.MEDIATION_POST_ORD, PeriodKey.MEDIATION_POST_SUM,
)  # fmt: skip
OUTSIDE = (Kind.DELEGATED, Kind.REFERRED)
ENDED = (Mediation.AGREED, Mediation.FAILED, Mediation.WITHDRAWN, Mediation.REFUSED)
FAILED_CODES = (EndCode.UNWILLING, EndCode.DIVERGENCE, EndCode.EXPIRED, EndCode.UNSIGNED, EndCode.UNREACHABLE)
DECIDED = (Outcome.VALID, Outcome.DISMISSED, Outcome.NOT_ACCEPTED)


def within(column: Any, period: Period) -> sa.ColumnElement[bool]:
    """The event's day lies in the period."""
    inside: sa.ColumnElement[bool] = column.between(period.first, period.last)
    return inside


def success() -> sa.ColumnElement[bool]:
    """R7-06: agreement reached, or settled after mediation work (U17)."""
    settled = sa.and_(Assignment.end_code == EndCode.SETTLED, Assignment.mediated)
    return sa.or_(Assignment.end_code == EndCode.AGREEMENT, settled)


def received(court_id: int, period: Period) -> Ids:
    """Disputes received that belong before this court."""
    elsewhere = sa.select(Screening.dispute_id).where(
        Screening.court_id == court_id,
        Screening.result.in_((ScreeningResult.OUT_OF_SCOPE, ScreeningResult.WRONG_COURT)),
    )
    return sa.select(Dispute.id).where(
        Dispute.court_id == court_id,
        Dispute.received_at >= clock.at(period.first),
        Dispute.received_at < clock.at(_next(period.last)),
        Dispute.id.not_in(elsewhere),
    )


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _mediations(court_id: int, *kinds: Kind) -> Ids:
    return (
        sa.select(Assignment.dispute_id)
        .distinct()
        .where(Assignment.court_id == court_id, Assignment.kind.in_(kinds), Assignment.status != Mediation.DECLINED)
    )


def handed_out(court_id: int, period: Period, *kinds: Kind) -> Ids:
    """Disputes handed to a mediator in the period, by the day of the letter."""
    return _mediations(court_id, *kinds).where(within(Assignment.issued_on, period))


def ended(court_id: int, period: Period, *kinds: Kind) -> Ids:
    """Disputes whose mediation ended in the period."""
    return _mediations(court_id, *kinds).where(within(Assignment.ended_on, period), Assignment.status.in_(ENDED))


def succeeded(court_id: int, period: Period, *kinds: Kind) -> Ids:
    """Disputes whose mediation ended with success in the period."""
    return ended(court_id, period, *kinds).where(success())


def filed(court_id: int, period: Period) -> Ids:
    """Litigation cases filed in the period."""
    return sa.select(LitigationCase.dispute_id).where(
        LitigationCase.court_id == court_id, within(LitigationCase.filed_on, period)
    )


def fast_track_closed(court_id: int, period: Period) -> Ids:
    """Cases of the fast track closed in the period."""
    return sa.select(LitigationCase.dispute_id).where(
        LitigationCase.court_id == court_id, LitigationCase.fast_track, within(LitigationCase.closed_on, period)
    )


def agreed(court_id: int, period: Period) -> Ids:
    """Agreements before or outside filing that took effect in the period."""
    return (
        sa.select(Agreement.dispute_id)
        .distinct()
        .join(Assignment, Assignment.id == Agreement.assignment_id)
        .where(
            Agreement.court_id == court_id,
            Agreement.status == AgreementStatus.EFFECTIVE,
            Assignment.kind.in_(OUTSIDE),
            within(Agreement.effective_on, period),
        )
    )


def applied(court_id: int, period: Period) -> Ids:
    """Applications for confirmation received in the period."""
    wanted = (Confirmation.court_id == court_id, within(Confirmation.applied_on, period))
    return sa.select(Confirmation.dispute_id).distinct().where(*wanted)


def decided(court_id: int, period: Period) -> Ids:
    """Applications decided in the period: valid, dismissed or not accepted; withdrawals do not count."""
    within_period = (Confirmation.court_id == court_id, within(Confirmation.decided_on, period))
    return sa.select(Confirmation.dispute_id).distinct().where(*within_period, Confirmation.outcome.in_(DECIDED))


def confirmed(court_id: int, period: Period) -> Ids:
    """Applications on which the court ruled the agreement valid in the period."""
    return decided(court_id, period).where(Confirmation.outcome == Outcome.VALID)


def _running(court_id: int, as_of: date) -> Ids:
    still = sa.or_(Assignment.ended_on.is_(None), Assignment.ended_on > as_of)
    return _mediations(court_id, *Kind).where(Assignment.accepted_on <= as_of, still)


def ended_or_running(court_id: int, period: Period) -> Ids:
    """Mediations ended in the period, and those running at its end."""
    return sa.select(sa.union(ended(court_id, period, *Kind), _running(court_id, period.last)).subquery())


def _past_its_day(as_of: date) -> sa.ColumnElement[bool]:
    """The last day lies behind: as kept at the end, or as the running clock says."""
    clock_ran_out = sa.exists().where(
        Deadline.subject_type == "assignment",
        Deadline.subject_id == Assignment.id,
        Deadline.key.in_(MEDIATION_KEYS),
        Deadline.final_on < as_of,
    )
    return sa.or_(Assignment.final_on < as_of, clock_ran_out)


def overdue(court_id: int, period: Period) -> Ids:
    """Of these, ended after the last day, or still running past it."""
    late = ended(court_id, period, *Kind).where(Assignment.ended_on > Assignment.final_on)
    past = _running(court_id, period.last).where(_past_its_day(period.last))
    return sa.select(sa.union(late, past).subquery())


def not_agreed(court_id: int, period: Period) -> Ids:
    """Mediations before filing that ended without agreement in the period (FAIL and UNREACHED)."""
    return ended(court_id, period, *OUTSIDE).where(Assignment.end_code.in_(FAILED_CODES))


def _both(first: Ids, second: Ids) -> Ids:
    return sa.select(sa.union(first, second).subquery())


def _cohort(court_id: int, period: Period) -> Ids:
    """Of the disputes handed out in the period, those that had succeeded by its end."""
    return handed_out(court_id, period, *OUTSIDE).where(success(), Assignment.ended_on <= period.last)


Count = Callable[[int, Period], Ids]


@dataclass(frozen=True)
class Definition:
    """How one indicator counts."""

    numerator: Count
    denominator: Count


def _of(count: Callable[..., Ids], *kinds: Kind) -> Count:
    return lambda court_id, period: count(court_id, period, *kinds)


# Indicators that share a count share the very function, so that one answer counts it once.
_HANDED_OUT, _HANDED_OUT_ALL = _of(handed_out, *OUTSIDE), _of(handed_out, *Kind)
_SUCCEEDED, _SUCCEEDED_AFTER_FILING = _of(succeeded, *OUTSIDE), _of(succeeded, Kind.ENTRUSTED)
_ENDED, _ENDED_AFTER_FILING = _of(ended, *OUTSIDE), _of(ended, Kind.ENTRUSTED)

OF_A_MONTH = (_HANDED_OUT, _ENDED, _SUCCEEDED)

DEFINITIONS: dict[Indicator, Definition] = {
    Indicator.I01: Definition(_HANDED_OUT, received),
    Indicator.I02: Definition(_HANDED_OUT_ALL, received),
    Indicator.I03A: Definition(_SUCCEEDED, _HANDED_OUT),
    Indicator.I03A_COHORT: Definition(_cohort, _HANDED_OUT),
    Indicator.I03B: Definition(_SUCCEEDED, _ENDED),
    Indicator.I04: Definition(_SUCCEEDED_AFTER_FILING, _ENDED_AFTER_FILING),
    Indicator.I05: Definition(_SUCCEEDED_AFTER_FILING, filed),
    Indicator.I07: Definition(lambda c, p: _both(_SUCCEEDED_AFTER_FILING(c, p), fast_track_closed(c, p)), filed),
    Indicator.I09: Definition(applied, agreed),
    Indicator.I10: Definition(confirmed, decided),
    Indicator.I13: Definition(overdue, ended_or_running),
    Indicator.I14: Definition(
        lambda c, p: not_agreed(c, p).where(
            sa.exists().where(
                LitigationCase.dispute_id == Assignment.dispute_id,
                LitigationCase.court_id == c,
                LitigationCase.filed_on <= p.last,
            )
        ),
        not_agreed,
    ),
}


def narrowed(ids: Ids, theirs: Callable[[sa.ColumnElement[int]], sa.ColumnElement[bool]]) -> Ids:
    """Only some disputes of a count; of what is put together from several, each part is narrowed."""
    source = ids.get_final_froms()[0]
    if isinstance(source, sa.Subquery) and isinstance(source.element, sa.CompoundSelect):
        parts: Any = source.element.selects
        together: Any = sa.union(*(narrowed(part, theirs) for part in parts)).subquery()
        return sa.select(together)
    return ids.where(theirs(next(iter(ids.selected_columns))))


@lru_cache(maxsize=256)
def tables(count: Count) -> frozenset[str]:
    """The tables it is counted from."""
    read = visitors.iterate(count(0, Period(date(2000, 1, 1), date(2000, 1, 1))))
    return frozenset(part.name for part in read if isinstance(part, sa.Table))
