"""What the screen in the hall counts: read without sign-in, so counts alone, and never who or which case."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from mediation.assignment.models import Assignment
from mediation.assignment.rules import EndCode
from mediation.disputes.models import Dispute
from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.periods.models import Deadline
from mediation.periods.rules import RUNNING
from mediation.public.screen import rules
from mediation.public.screen.rules import Dimension, ProblemType, Slice
from mediation.roster.models import Street
from mediation.scheduling.models import Booking, Resource
from mediation.scheduling.rules import BookingStatus, ResourceKind
from mediation.statistics import keeping
from mediation.statistics import services as statistics
from mediation.statistics.counts import MEDIATION_KEYS

NO_PLACE = "0"
# How many days before its last one a mediation's period stands on the screen.
NEAR = 3


@dataclass(frozen=True)
class Today:
    """The hall's day."""

    received: int
    in_mediation: int
    settled: int
    near: int
    late: int


@dataclass(frozen=True)
class Room:
    """A mediation room and whether it is in use now."""

    name: str
    until: str


def pie(court_id: int, dimension: Dimension, first: date, last: date) -> list[Slice]:
    """Disputes received in a period by kind of problem or by place, kept until a dispute has changed."""
    kept, key = keeping.of(court_id), ("pie", dimension, first, last)
    if key not in kept:
        kept.put(key, frozenset({Dispute.__tablename__}), rules.pie(_counts(court_id, dimension, first, last)))
    found: list[Slice] = kept[key]
    return found


def _counts(court_id: int, dimension: Dimension, first: date, last: date) -> list[tuple[str, int]]:
    """In an order of their own and never by size: the screen ranks nobody (R7-12)."""
    column = Dispute.cause_code if dimension is Dimension.TYPE else Dispute.street_id
    rows = db.session.execute(
        sa.select(column, sa.func.count())
        .where(
            Dispute.court_id == court_id,
            Dispute.received_at >= clock.at(first),
            Dispute.received_at < clock.at(last + timedelta(days=1)),
        )
        .group_by(column)
    ).all()
    found: Counter[str] = Counter()
    for value, number in rows:
        found[rules.problem_type(str(value)) if dimension is Dimension.TYPE else str(value or NO_PLACE)] += number
    order = list(ProblemType) if dimension is Dimension.TYPE else sorted(found, key=int)
    return [(str(key), found[key]) for key in order]


def places(court_id: int) -> dict[str, str]:
    """The names of streets and communities, as they stand on the screen."""
    rows = db.session.execute(sa.select(Street.id, Street.name).where(Street.court_id == court_id))
    return {str(number): name for number, name in rows}


def today(court_id: int) -> Today:
    """What came, runs and was settled; and how many mediations are near their last day or past it."""
    day = clock.today()
    received = sa.select(sa.func.count()).where(Dispute.court_id == court_id, Dispute.received_at >= clock.at(day))
    well = sa.or_(
        Assignment.end_code == EndCode.AGREEMENT, sa.and_(Assignment.end_code == EndCode.SETTLED, Assignment.mediated)
    )
    settled = sa.select(sa.func.count()).where(Assignment.court_id == court_id, Assignment.ended_on == day, well)
    running = (Deadline.court_id == court_id, Deadline.status.in_(RUNNING), Deadline.key.in_(MEDIATION_KEYS))
    near = Deadline.final_on.between(day, day + timedelta(days=NEAR))
    counted = [
        received,
        settled,
        sa.select(sa.func.count()).where(*running, near),
        sa.select(sa.func.count()).where(*running, Deadline.final_on < day),
    ]
    came, agreed, soon, late = db.session.execute(sa.select(*(one.scalar_subquery() for one in counted))).one()
    return Today(came, statistics.in_mediation(court_id), agreed, soon, late)


def rooms(court_id: int) -> Sequence[Room]:
    """The mediation rooms in order: until when each is taken, or nothing where it is free now."""
    now = clock.now()
    taken = sa.select(Booking.resource_id, sa.func.max(Booking.ends_at)).where(
        Booking.court_id == court_id,
        Booking.status == BookingStatus.BOOKED,
        Booking.starts_at <= now,
        Booking.ends_at > now,
    )
    until = dict(db.session.execute(taken.group_by(Booking.resource_id)).all())
    wanted = sa.select(Resource.id, Resource.name).where(
        Resource.court_id == court_id, Resource.kind == ResourceKind.ROOM
    )
    rows = db.session.execute(wanted.order_by(Resource.code)).all()
    return [Room(name, f"{clock.local(until[number]):%H:%M}" if number in until else "") for number, name in rows]
