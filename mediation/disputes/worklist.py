"""The work list: one line a dispute, most urgent first, read in columns and never counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from mediation.accounts.models import User
from mediation.disputes import rules, services
from mediation.disputes.models import CaseNumber, Cause, Dispute, Participation
from mediation.disputes.rules import Capacity, Filter, NumberStatus, Status
from mediation.kernel import clock, places
from mediation.kernel.actor import COURT, Actor
from mediation.kernel.db import db
from mediation.kernel.i18n import locale
from mediation.kernel.places import Change, Place
from mediation.periods.models import Deadline
from mediation.periods.rights import waits
from mediation.periods.rules import DeadlineStatus
from mediation.periods.table import PeriodKey
from mediation.roster.models import Mediator, Organisation
from mediation.web import lists

HOLDING = (Capacity.MEDIATED, Capacity.ORGANISED, Capacity.JUDGED, Capacity.CONFIRMED)


@dataclass(frozen=True)
class Line:
    """One dispute in the list."""

    id: int
    number: str
    title: str
    cause: str
    status: Status
    holder: str
    received_at: datetime
    # To the earliest running deadline; None when no clock runs.
    days_left: int | None
    # A recusal waits for its decision: until then the dispute stands still (S4 art. 15; CPL arts 48, 50).
    recusal_due: bool = False


def page(actor: Actor, chosen: Filter, sort: str) -> lists.Page:
    """The asked page of one filter in one order, as lines."""
    name, down = sort.removeprefix("-"), sort.startswith("-")
    if name not in COLUMNS:
        name, down = ("received", True) if chosen is Filter.CLOSED else ("due", False)
    number = lists.asked()
    known = _present(actor.court_id)
    # What a mediator or an organisation sees also ends by the hour; the court sees its own.
    key = (chosen, name, down, number) if actor.has(*COURT) else None
    found = known.orders.get(key) if key else None
    if found is None:
        found = _found(actor, chosen, name, (number - 1) * lists.SIZE, down=down)
        if key:
            known.orders[key] = found
    return lists.Page(_lines(found[: lists.SIZE], known), number, len(found) > lists.SIZE)


def _found(actor: Actor, chosen: Filter, name: str, first: int, *, down: bool) -> list[int]:
    if name == "due" or chosen is Filter.OVERDUE:
        return _by_deadline(actor, chosen, name, first, down=down)
    return _ids(_ordered(actor, chosen, name, down=down), first)


# Whose records a line is read from; an entry of the trail about any of them names the dispute, or is about nobody's in particular.
READ = frozenset(
    {"dispute", "participation", "party", "case_number", "deadline", "cause", "user", "mediator", "organisation"}
)
MOST = 4096


class Known:
    """The orders of a court's disputes and the lines in them, as its records stood at one place of the trail or after it.

    An order is the same for all who see the whole court. A line, in a language, is read again only when the trail tells
    of its dispute, and on another day.
    """

    def __init__(self, place: Place, day: date) -> None:
        self.place, self.day = place, day
        self.orders: dict[Any, list[int]] = {}
        self.lines: dict[tuple[int, str], Line] = {}

    def at(self, place: Place, changes: frozenset[Change]) -> "Known":
        later = Known(place, self.day)
        disputes = {dispute for table, dispute in changes if table in READ}
        if not disputes:
            later.orders, later.lines = self.orders, self.lines
        elif None not in disputes and len(self.lines) <= MOST:
            later.lines = {key: line for key, line in self.lines.copy().items() if key[0] not in disputes}
        return later


_known: dict[int, Known] = {}


def _present(court_id: int) -> Known:
    today = clock.today()
    known = places.present(_known, court_id, lambda place: Known(place, today))
    if known.day != today:
        known = _known[court_id] = Known(known.place, today)
    return known


COLUMNS: dict[str, Any] = {
    "due": Deadline.final_on,
    "received": Dispute.received_at,
    "stage": Dispute.status,
    "cause": Cause.name,
    "number": Dispute.receipt_no,
}


_TODAY = sa.bindparam("today", callable_=clock.today, type_=sa.Date(), unique=True)


def _waits(deadline: Any) -> sa.ColumnElement[bool]:
    """It runs, and is not a right of a party that has run out: nobody is late with that (S2 art. 372)."""
    return sa.and_(deadline.status == DeadlineStatus.OPEN, waits(deadline, _TODAY))


_OTHER = aliased(Deadline)
_SOONER = sa.exists().where(
    _OTHER.dispute_id == Deadline.dispute_id,
    _waits(_OTHER),
    sa.or_(
        _OTHER.final_on < Deadline.final_on,
        sa.and_(_OTHER.final_on == Deadline.final_on, _OTHER.id < Deadline.id),
    ),
)
_EARLIEST = sa.and_(_waits(Deadline), ~_SOONER)


def _shown(actor: Actor, chosen: Filter) -> sa.ColumnElement[bool]:
    return sa.and_(services.visible(actor), Dispute.status.in_(rules.SHOWN_BY[chosen]))


# The questions are put together once for each person, filter and order.
@lru_cache(maxsize=512)
def _ordered(actor: Actor, chosen: Filter, name: str, *, down: bool) -> sa.Select[Any]:
    """All of them, ordered by a column of their own."""
    return _in_order(sa.select(Dispute.id).where(_shown(actor, chosen)), name, down=down)


@lru_cache(maxsize=512)
def _running(actor: Actor, chosen: Filter, name: str, *, down: bool) -> sa.Select[Any]:
    """Those with an open deadline, by the one that ends first."""
    earliest = sa.and_(Deadline.court_id == actor.court_id, _EARLIEST)
    wanted = sa.select(Dispute.id).join(Deadline, Deadline.dispute_id == Dispute.id)
    wanted = wanted.where(_shown(actor, chosen), earliest)
    if chosen is Filter.OVERDUE:
        wanted = wanted.where(Deadline.final_on < _TODAY)
    return _in_order(wanted, name, down=down)


@lru_cache(maxsize=512)
def _clockless(actor: Actor, chosen: Filter, *, down: bool) -> sa.Select[Any]:
    """Those with none."""
    clock_runs = sa.exists().where(Deadline.dispute_id == Dispute.id, _waits(Deadline))
    return _in_order(sa.select(Dispute.id).where(_shown(actor, chosen), ~clock_runs), "", down=down)


def _in_order(wanted: sa.Select[Any], name: str, *, down: bool) -> sa.Select[Any]:
    """Ordered totally: by the column named, where one is, and by the id at last."""
    if name == "cause":
        wanted = wanted.join(Cause, sa.and_(Cause.version == Dispute.cause_version, Cause.code == Dispute.cause_code))
    order = [COLUMNS[name], Dispute.id] if name else [Dispute.id]
    wanted = wanted.order_by(*(one.desc() if down else one.asc() for one in order))
    return wanted.limit(sa.bindparam("most")).offset(sa.bindparam("first"))


def _by_deadline(actor: Actor, chosen: Filter, name: str, first: int, *, down: bool) -> list[int]:
    """Along the deadlines as they end, then what has none: so that only the lines of the page are looked at."""
    running = _running(actor, chosen, name, down=down)
    found = _ids(running, first)
    wanted = lists.SIZE + 1 - len(found)
    if chosen is Filter.OVERDUE or wanted <= 0:
        return found
    before = 0
    if first and not found:
        every = running.order_by(None).limit(None).offset(None)
        before = db.session.scalar(sa.select(sa.func.count()).select_from(every.subquery())) or 0
    after = 0 if found else max(0, first - before)
    return found + _ids(_clockless(actor, chosen, down=down), after, most=wanted)


def _ids(wanted: sa.Select[Any], first: int, *, most: int = lists.SIZE + 1) -> list[int]:
    return list(db.session.scalars(wanted, {"most": most, "first": first}))


# The tables themselves: a list is read in columns, and never as entities.
_number, _dispute, _deadline, _part, _mediator, _user, _body, _cause = (
    model.__table__.c for model in (CaseNumber, Dispute, Deadline, Participation, Mediator, User, Organisation, Cause)
)
_NUMBER = (
    sa.select(_number.canonical)
    .where(_number.dispute_id == _dispute.id, _number.status == NumberStatus.VALID)
    .order_by(_number.id.desc())
    .limit(1)
    .scalar_subquery()
)
_DUE = (
    sa.select(sa.func.min(_deadline.final_on))
    .where(_deadline.dispute_id == _dispute.id, _waits(_deadline))
    .scalar_subquery()
)
# Who has it: judge before mediator, mediator before organisation; nobody of them means the registry.
_HOLDER = (
    sa.select(sa.func.coalesce(_mediator.name, _user.name, _body.name))
    .select_from(Participation.__table__)
    .join(Mediator.__table__, _mediator.id == _part.mediator_id, isouter=True)
    .join(User.__table__, _user.id == _part.user_id, isouter=True)
    .join(Organisation.__table__, _body.id == _part.organisation_id, isouter=True)
    .where(
        _part.dispute_id == _dispute.id,
        _part.until.is_(None),
        _part.capacity.in_(HOLDING),
        sa.func.coalesce(_mediator.name, _user.name, _body.name, "") != "",
    )
    .order_by(
        sa.case(
            {Capacity.ORGANISED.value: 0, Capacity.MEDIATED.value: 1, Capacity.JUDGED.value: 2},
            value=_part.capacity,
            else_=3,
        ).desc(),
        _part.id.desc(),
    )
    .limit(1)
    .correlate(Dispute.__table__)
    .scalar_subquery()
)
RECUSALS = (PeriodKey.RECUSAL_DECIDE, PeriodKey.RECUSAL_REVIEW)
_RECUSAL = sa.exists().where(
    _deadline.dispute_id == _dispute.id, _deadline.status == DeadlineStatus.OPEN, _deadline.key.in_(RECUSALS)
)
_RECEIVER = User.__table__.alias("receiver")
_LINES = (
    sa.select(
        _dispute.id,
        sa.func.coalesce(_NUMBER, _dispute.receipt_no),
        _cause.name,
        _dispute.status,
        sa.func.coalesce(_HOLDER, _RECEIVER.c.name),
        _dispute.received_at,
        _DUE,
        _dispute.receipt_no,
        _RECUSAL,
    )
    .join(Cause.__table__, sa.and_(_cause.version == _dispute.cause_version, _cause.code == _dispute.cause_code))
    .join(_RECEIVER, _RECEIVER.c.id == _dispute.received_by_id)
    .where(_dispute.id.in_(sa.bindparam("ids", expanding=True)))
)


def _lines(ids: Sequence[int], known: Known) -> list[Line]:
    """The lines in the order of the ids, as far as they are known."""
    language, kept = locale(), known.lines
    told = {one: kept.get((one, language)) for one in ids}
    unread = [one for one, line in told.items() if line is None]
    if unread:
        for one, line in read(unread).items():
            told[one] = kept[one, language] = line
    return [line for line in told.values() if line is not None]


def read(ids: Sequence[int]) -> dict[int, Line]:
    """What stands in the line of each dispute: number, parties, cause, who has it, how long is left."""
    titles, today, told = services.titles(ids), clock.today(), {}
    found = db.session.execute(_LINES, {"ids": ids}).all()
    for dispute_id, number, cause, status, holder, received_at, due, receipt_no, recusal in found:
        left = None if due is None else (due - today).days
        title = titles.get(dispute_id, receipt_no)
        told[dispute_id] = Line(dispute_id, number, title, cause, status, holder, received_at, left, bool(recusal))
    return told
