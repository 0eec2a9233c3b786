"""The work list: one line a dispute, most urgent first, read in columns and never counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from mediation.accounts.models import User
from mediation.disputes import rules, services
from mediation.disputes.models import CaseNumber, Cause, Dispute, Participation
from mediation.disputes.rules import Capacity, Filter, NumberStatus, Status
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.periods.models import Deadline
from mediation.periods.rules import DeadlineStatus
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


def page(actor: Actor, chosen: Filter, sort: str) -> lists.Page:
    """The asked page of one filter in one order, as lines."""
    name, down = sort.removeprefix("-"), sort.startswith("-")
    if name not in COLUMNS:
        name, down = ("received", True) if chosen is Filter.CLOSED else ("due", False)
    number = lists.asked()
    first = (number - 1) * lists.SIZE
    shown = sa.and_(services.visible(actor), Dispute.status.in_(rules.SHOWN_BY[chosen]))
    if name == "due" or chosen is Filter.OVERDUE:
        found = _by_deadline(shown, _earliest(actor, chosen), name, first, down=down, only=chosen is Filter.OVERDUE)
    else:
        found = _ids(sa.select(Dispute.id).where(shown), COLUMNS[name], first, down=down)
    return lists.Page(lines(found[: lists.SIZE]), number, len(found) > lists.SIZE)


COLUMNS: dict[str, Any] = {
    "due": Deadline.final_on,
    "received": Dispute.received_at,
    "stage": Dispute.status,
    "cause": Cause.name,
    "number": Dispute.receipt_no,
}


_OTHER = aliased(Deadline)
_SOONER = sa.exists().where(
    _OTHER.dispute_id == Deadline.dispute_id,
    _OTHER.status == DeadlineStatus.OPEN,
    sa.or_(
        _OTHER.final_on < Deadline.final_on,
        sa.and_(_OTHER.final_on == Deadline.final_on, _OTHER.id < Deadline.id),
    ),
)
_EARLIEST = sa.and_(Deadline.status == DeadlineStatus.OPEN, ~_SOONER)


def _earliest(actor: Actor, chosen: Filter) -> sa.ColumnElement[bool]:
    """The open deadline that ends first in its dispute."""
    wanted = sa.and_(Deadline.court_id == actor.court_id, _EARLIEST)
    return sa.and_(wanted, Deadline.final_on < clock.today()) if chosen is Filter.OVERDUE else wanted


def _by_deadline(
    shown: sa.ColumnElement[bool],
    earliest: sa.ColumnElement[bool],
    name: str,
    first: int,
    *,
    down: bool,
    only: bool,
) -> list[int]:
    """Along the deadlines as they end, then what has none: so that only the lines of the page are looked at."""
    running = sa.select(Dispute.id).join(Deadline, Deadline.dispute_id == Dispute.id).where(shown, earliest)
    found = _ids(running, COLUMNS[name], first, down=down)
    wanted = lists.SIZE + 1 - len(found)
    if only or wanted <= 0:
        return found
    before = 0 if found or not first else db.session.scalar(sa.select(sa.func.count()).select_from(running.subquery()))
    clockless = ~sa.exists().where(Deadline.dispute_id == Dispute.id, Deadline.status == DeadlineStatus.OPEN)
    rest = sa.select(Dispute.id).where(shown, clockless)
    return found + _ids(rest, None, max(0, first - (before or 0)) if not found else 0, down=down, most=wanted)


def _ids(wanted: sa.Select[Any], column: Any, first: int, *, down: bool, most: int = lists.SIZE + 1) -> list[int]:
    """Ordered totally: by the id at last."""
    if column is Cause.name:
        wanted = wanted.join(Cause, sa.and_(Cause.version == Dispute.cause_version, Cause.code == Dispute.cause_code))
    order = [one for one in (column, Dispute.id) if one is not None]
    wanted = wanted.order_by(*(one.desc() if down else one.asc() for one in order))
    return list(db.session.scalars(wanted.limit(most).offset(first)))


_NUMBER = (
    sa.select(CaseNumber.canonical)
    .where(CaseNumber.dispute_id == Dispute.id, CaseNumber.status == NumberStatus.VALID)
    .order_by(CaseNumber.id.desc())
    .limit(1)
    .scalar_subquery()
)
_DUE = (
    sa.select(sa.func.min(Deadline.final_on))
    .where(Deadline.dispute_id == Dispute.id, Deadline.status == DeadlineStatus.OPEN)
    .scalar_subquery()
)
# Who has it: judge before mediator, mediator before organisation; nobody of them means the registry.
_HOLDER = (
    sa.select(sa.func.coalesce(Mediator.name, User.name, Organisation.name))
    .select_from(Participation)
    .join(Mediator, Mediator.id == Participation.mediator_id, isouter=True)
    .join(User, User.id == Participation.user_id, isouter=True)
    .join(Organisation, Organisation.id == Participation.organisation_id, isouter=True)
    .where(
        Participation.dispute_id == Dispute.id,
        Participation.until.is_(None),
        Participation.capacity.in_(HOLDING),
        sa.func.coalesce(Mediator.name, User.name, Organisation.name, "") != "",
    )
    .order_by(
        sa.case(
            {Capacity.ORGANISED.value: 0, Capacity.MEDIATED.value: 1, Capacity.JUDGED.value: 2},
            value=Participation.capacity,
            else_=3,
        ).desc(),
        Participation.id.desc(),
    )
    .limit(1)
    .correlate(Dispute)
    .scalar_subquery()
)
_RECEIVER = aliased(User)
_LINES = (
    sa.select(
        Dispute.id,
        sa.func.coalesce(_NUMBER, Dispute.receipt_no),
        Cause.name,
        Dispute.status,
        sa.func.coalesce(_HOLDER, _RECEIVER.name),
        Dispute.received_at,
        _DUE,
        Dispute.receipt_no,
    )
    .join(Cause, sa.and_(Cause.version == Dispute.cause_version, Cause.code == Dispute.cause_code))
    .join(_RECEIVER, _RECEIVER.id == Dispute.received_by_id)
    .where(Dispute.id.in_(sa.bindparam("ids", expanding=True)))
)


def lines(ids: Sequence[int]) -> list[Line]:
    """What stands in each line, in the order of the ids: number, parties, cause, who has it, how long is left."""
    if not ids:
        return []
    titles, today = services.titles(ids), clock.today()
    told = {}
    for dispute_id, number, cause, status, holder, received_at, due, receipt_no in db.session.execute(
        _LINES, {"ids": ids}
    ):
        left = None if due is None else (due - today).days
        title = titles.get(dispute_id, receipt_no)
        told[dispute_id] = Line(dispute_id, number, title, cause, status, holder, received_at, left)
    return [told[dispute_id] for dispute_id in ids]
