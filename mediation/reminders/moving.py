"""A holiday notice is taken over: the periods that run are counted again, and whoever holds a dispute is told.

One message for each person, however many of the person's periods moved.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.accounts.models import Court, User
from mediation.disputes.models import Dispute, Participation
from mediation.disputes.rules import Capacity
from mediation.disputes.services import titles
from mediation.kernel import clock
from mediation.kernel.actor import Actor, Role, system
from mediation.kernel.db import db, transaction
from mediation.kernel.i18n import _, _n
from mediation.notices import services as notices
from mediation.periods import importing
from mediation.periods.calendar import Entry
from mediation.periods.labels import PERIOD_KEY
from mediation.periods.models import Deadline
from mediation.periods.recounting import Move
from mediation.scheduling.models import Booking
from mediation.scheduling.rules import BookingStatus, Purpose
from mediation.scheduling.services import hindrances
from mediation.web.templating import day

IDS_AT_ONCE = 1_000
# So many periods are named in one message; of the others it says how many there are.
NAMED = 10
# Who has a dispute: the judge before the mediator, the mediator before the organisation; otherwise the registry.
RANK = {Capacity.ORGANISED: 1, Capacity.MEDIATED: 2, Capacity.JUDGED: 3, Capacity.CONFIRMED: 4}


@dataclass(frozen=True)
class Taken:
    """What taking over a notice did."""

    moved: int
    settled: int
    told: int
    # Meetings on days that the notice makes days of rest.
    meetings: int = 0


def take_over(actor: Actor, entries: Sequence[Entry], *, source_doc: str, published_on: date | None = None) -> Taken:
    """Write the notice into the table, count all running periods again, tell those whose last days moved."""
    with transaction():
        found = importing.take_over(actor, entries, source_doc=source_doc, published_on=published_on)
        moved = [move for move in found if move.moves]
        told = sum(_tell(court_id, entries[0].notice_year, moved) for court_id in sorted({m.court_id for m in moved}))
        # A working day may have become a day of rest: what is fixed on it is moved or called off (S31 art. 7).
        meetings = sum(hindrances.review(court_id) for court_id in _courts())
        settled = sum(not m.moves and m.provisional_before and not m.after.provisional for m in found)
    return Taken(len(moved), settled, told, meetings)


def _courts() -> Sequence[int]:
    return db.session.scalars(sa.select(Court.id).order_by(Court.id)).all()


def meetings_on(court_id: int, days: Collection[date]) -> int:
    """How many meetings of the court are fixed on these days."""
    rows = sa.select(Booking.starts_at).where(
        Booking.court_id == court_id, Booking.status == BookingStatus.BOOKED, Booking.purpose != Purpose.BLOCKED,
        Booking.starts_at > clock.now(),
    )  # fmt: skip
    return sum(clock.local(starts).date() in days for starts in db.session.scalars(rows)) if days else 0


def _tell(court_id: int, year: int, moved: Iterable[Move]) -> int:
    """One message for each person of the court; how many."""
    own = [move for move in moved if move.court_id == court_id and move.dispute_id is not None]
    holders = _holders(court_id, sorted({move.dispute_id for move in own if move.dispute_id is not None}))
    mine: dict[int, list[Move]] = {}
    for move in own:
        for user_id in holders[move.dispute_id or 0]:
            mine.setdefault(user_id, []).append(move)
    people = {user.id: user for part in _parts(sorted(mine)) for user in _users(part)}
    for user_id, found in mine.items():
        found.sort(key=lambda move: (move.after.final, move.id))
        _write(people[user_id], court_id, year, found)
    return len(mine)


def _write(user: User, court_id: int, year: int, moves: Sequence[Move]) -> None:
    one = {move.dispute_id for move in moves}
    notices.tell_users(
        system(court_id),
        [user],
        "deadline.moved",
        "%(lines)s",
        subject=db.session.get_one(Deadline, moves[0].id),
        dispute_id=one.pop() if len(one) == 1 else None,
        facts={"lines": lambda: "\n".join(_lines(year, moves))},
    )


def _lines(year: int, moves: Sequence[Move]) -> Iterator[str]:
    shown = moves[:NAMED]
    names = titles(sorted({move.dispute_id for move in shown if move.dispute_id is not None}))
    yield _n(
        "The holiday notice for %(year)s moves the last day of %(num)s time limit you hold.",
        "The holiday notice for %(year)s moves the last day of %(num)s time limits you hold.",
        len(moves),
        year=year,
    )
    for move in shown:
        yield _(
            "%(title)s, %(period)s: %(before)s → %(after)s",
            title=names.get(move.dispute_id or 0, ""),
            period=PERIOD_KEY[move.key],
            before=day(move.before),
            after=day(move.after.final),
        )
    if len(moves) > NAMED:
        yield _n("and %(num)s more", "and %(num)s more", len(moves) - NAMED)


# ---- who holds a dispute ------------------------------------------------------------------------------------------


def _holders(court_id: int, dispute_ids: Sequence[int]) -> dict[int, set[int]]:
    """The accounts behind whoever has each dispute; where nobody has one, who received it, or the whole registry."""
    users = _accounts(court_id)
    best: dict[int, tuple[int, set[int]]] = {}
    for part in _parts(dispute_ids):
        for dispute_id, capacity, people in _taking_part(part, users):
            if people and RANK[capacity] >= best.get(dispute_id, (0, set()))[0]:
                best[dispute_id] = (RANK[capacity], people)
    found = {dispute_id: people for dispute_id, (_rank, people) in best.items()}
    for part in _parts([one for one in dispute_ids if one not in found]):
        received = sa.select(Dispute.id, Dispute.received_by_id).where(Dispute.id.in_(part))
        for dispute_id, user_id in db.session.execute(received):
            found[dispute_id] = users.get(("user", user_id)) or _clerks(court_id)
    return found


def _accounts(court_id: int) -> dict[tuple[str, int | None], set[int]]:
    """The open accounts of the court by what they stand for."""
    held: dict[tuple[str, int | None], set[int]] = {}
    wanted = sa.select(User.id, User.mediator_id, User.organisation_id)
    for user_id, mediator_id, organisation_id in db.session.execute(
        wanted.where(User.court_id == court_id, User.open_on(clock.today()))
    ):
        for key in (("user", user_id), ("mediator", mediator_id), ("organisation", organisation_id)):
            if key[1] is not None:
                held.setdefault(key, set()).add(user_id)
    return held


def _taking_part(
    dispute_ids: Sequence[int], users: dict[tuple[str, int | None], set[int]]
) -> Iterator[tuple[int, Capacity, set[int]]]:
    wanted = sa.select(
        Participation.dispute_id, Participation.capacity, Participation.user_id, Participation.mediator_id,
        Participation.organisation_id,
    ).where(
        Participation.dispute_id.in_(dispute_ids), Participation.until.is_(None), Participation.capacity.in_(RANK)
    )  # fmt: skip
    for dispute_id, capacity, user_id, mediator_id, organisation_id in db.session.execute(
        wanted.order_by(Participation.id)
    ):
        keys = (("user", user_id), ("mediator", mediator_id), ("organisation", organisation_id))
        yield dispute_id, capacity, next((users[key] for key in keys if key in users), set())


def _clerks(court_id: int) -> set[int]:
    return {user.id for user in accounts.holding(court_id, Role.CLERK)}


def _users(ids: Sequence[int]) -> Sequence[User]:
    return db.session.scalars(sa.select(User).where(User.id.in_(ids))).all()


def _parts(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for first in range(0, len(ids), IDS_AT_ONCE):
        yield ids[first : first + IDS_AT_ONCE]
