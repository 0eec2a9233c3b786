"""The work list: one line a dispute, most urgent first, read in columns and never counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

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

HOLDING = (Capacity.MEDIATED, Capacity.ORGANISED, Capacity.JUDGED, Capacity.CONFIRMED)


@dataclass(frozen=True)
class Line:
    """One dispute in the list."""

    id: int
    receipt_no: str
    received_at: Any
    status: Status
    cause: str
    final_on: date | None
    number: str
    title: str
    holder: str

    @property
    def days_left(self) -> int | None:
        """Days to the earliest running deadline; None when no clock runs."""
        return None if self.final_on is None else (self.final_on - clock.today()).days


def statement(actor: Actor, chosen: Filter, sort: str) -> sa.Select[Any]:
    """The lines of one filter in one order, each ordered totally by the id at last."""
    earliest = (
        sa.select(Deadline.dispute_id, sa.func.min(Deadline.final_on).label("final_on"))
        .where(Deadline.court_id == actor.court_id, Deadline.status == DeadlineStatus.OPEN)
        .group_by(Deadline.dispute_id)
        .subquery()
    )
    wanted = (
        sa.select(
            Dispute.id,
            Dispute.receipt_no,
            Dispute.received_at,
            Dispute.status,
            Cause.name,
            earliest.c.final_on,
            User.name,
        )
        .join(Cause, sa.and_(Cause.version == Dispute.cause_version, Cause.code == Dispute.cause_code))
        .join(User, User.id == Dispute.received_by_id)
        .join(earliest, earliest.c.dispute_id == Dispute.id, isouter=chosen is not Filter.OVERDUE)
        .where(services.visible(actor), Dispute.status.in_(rules.SHOWN_BY[chosen]))
    )
    if chosen is Filter.OVERDUE:
        wanted = wanted.where(earliest.c.final_on < clock.today())
    return wanted.order_by(*_order(sort, earliest.c.final_on, closed=chosen is Filter.CLOSED))


def _order(sort: str, final_on: Any, *, closed: bool) -> list[Any]:
    columns = {
        "due": final_on,
        "received": Dispute.received_at,
        "stage": Dispute.status,
        "cause": Cause.name,
        "number": Dispute.receipt_no,
    }
    name, down = sort.removeprefix("-"), sort.startswith("-")
    if name not in columns:
        name, down = ("received", True) if closed else ("due", False)
    column = columns[name]
    order = column.desc() if down else column.asc()
    return [order.nulls_last() if name == "due" else order, Dispute.id.desc() if down else Dispute.id]


def lines(rows: Sequence[Any]) -> list[Line]:
    """Fill in what stands beside each row: number, parties, and who has it."""
    ids = [row[0] for row in rows]
    titles, numbers, holders = services.titles(ids), _numbers(ids), _holders(ids)
    return [
        Line(
            id=dispute_id,
            receipt_no=receipt_no,
            received_at=received_at,
            status=status,
            cause=cause,
            final_on=final_on,
            number=numbers.get(dispute_id, receipt_no),
            title=titles.get(dispute_id, receipt_no),
            holder=holders.get(dispute_id, received_by),
        )
        for dispute_id, receipt_no, received_at, status, cause, final_on, received_by in rows
    ]


def _numbers(ids: Sequence[int]) -> Mapping[int, str]:
    """The latest valid number of each."""
    wanted = sa.select(CaseNumber.dispute_id, CaseNumber.canonical).where(
        CaseNumber.dispute_id.in_(ids), CaseNumber.status == NumberStatus.VALID
    )
    return {row[0]: row[1] for row in db.session.execute(wanted.order_by(CaseNumber.id))}


def _holders(ids: Sequence[int]) -> Mapping[int, str]:
    """Who has each dispute: mediator before organisation, judge before both; nobody outside means the registry."""
    rank = sa.case(
        {Capacity.ORGANISED.value: 0, Capacity.MEDIATED.value: 1, Capacity.JUDGED.value: 2}, value=Participation.capacity,
        else_=3,
    )  # fmt: skip
    wanted = (
        sa.select(Participation.dispute_id, sa.func.coalesce(Mediator.name, User.name, Organisation.name))
        .join(Mediator, Mediator.id == Participation.mediator_id, isouter=True)
        .join(User, User.id == Participation.user_id, isouter=True)
        .join(Organisation, Organisation.id == Participation.organisation_id, isouter=True)
        .where(
            Participation.dispute_id.in_(ids),
            Participation.until.is_(None),
            Participation.capacity.in_(HOLDING),
        )
        .order_by(rank, Participation.id)
    )
    return {dispute_id: name for dispute_id, name in db.session.execute(wanted) if name}
