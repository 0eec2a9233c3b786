"""Telling everybody who must be there: the parties in the court's wording, the court's people in their accounts."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from mediation.accounts.models import User
from mediation.disputes.models import Party
from mediation.disputes.people import addressee
from mediation.documents import composing
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.notices import services as notices
from mediation.notices import wording
from mediation.notices.rules import Channel
from mediation.scheduling.models import Booking, Resource
from mediation.scheduling.rules import ClaimantKind
from mediation.scheduling.services.expecting import Expected

RELEASED, MOVED, CANCELLED = "room_released", "meeting_moved", "meeting_cancelled"
OTHER_MEDIATOR = "meeting_other_mediator"
UNSETTLED, STANDS, ROOM_GONE = "meeting_unsettled", "meeting_stands", "meeting_room_gone"
REST_DAY = "meeting_rest_day"


def said(moment: datetime) -> str:
    """A moment as a notice says it."""
    return f"{composing.day(moment)} {clock.local(moment):%H:%M}"


def tell(
    actor: Actor, booking: Booking, kind: str, expected: Sequence[Expected], *, also: Collection[int] = ()
) -> None:
    """A new notice to everybody: time and place, nothing else (R2-28). What they were told before holds no longer.

    `also`: accounts of those who need not come but must know.
    """
    notices.supersede(actor, booking)
    if booking.subject_type and booking.subject_id:
        notices.supersede_of(actor, booking.subject_type, booking.subject_id)
    facts = {"when": said(booking.starts_at), "place": _named(booking.resource)}
    accounts, parties = _accounts(expected), _parties(expected)
    readers: dict[int, str] = {}
    for person in expected:
        party = parties.get(person.id) if person.kind is ClaimantKind.PARTY else None
        if party is not None:
            to = addressee(party)
            notices.tell(actor, to, kind, subject=booking, dispute_id=booking.dispute_id, facts=facts)
            continue
        user_id = accounts.get((person.kind, person.id))
        if user_id is not None:
            readers.setdefault(user_id, person.name)
    others = sa.select(User.id, User.name).where(User.id.in_(set(also) - set(readers)), User.open_on(clock.today()))
    readers |= {row[0]: row[1] for row in db.session.execute(others)} if also else {}
    # Whoever did it knows.
    for user_id, name in readers.items():
        if user_id != actor.id:
            notices.enqueue(
                actor, subject=booking, dispute_id=booking.dispute_id, kind=kind,
                text=wording.fill(wording.KINDS[kind].standard, facts), recipient=name, channel=Channel.IN_APP,
                user_id=user_id,
            )  # fmt: skip


def _named(place: Resource | None) -> str:
    return place.name if place is not None else "本中心"


def _parties(expected: Sequence[Expected]) -> dict[int, Party]:
    wanted = {p.id for p in expected if p.kind is ClaimantKind.PARTY}
    rows = sa.select(Party).where(Party.id.in_(wanted)).options(selectinload(Party.address))
    return {party.id: party for party in db.session.scalars(rows)}


def _accounts(expected: Sequence[Expected]) -> dict[tuple[ClaimantKind, int], int]:
    """Through which account a mediator, judge or clerk is told."""
    mediators = [p.id for p in expected if p.kind is ClaimantKind.MEDIATOR]
    rows = db.session.execute(sa.select(User.mediator_id, User.id).where(User.mediator_id.in_(mediators)))
    found = {(ClaimantKind.MEDIATOR, mediator_id): user_id for mediator_id, user_id in rows if mediator_id}
    staff = {ClaimantKind.JUDGE, ClaimantKind.CLERK}
    return found | {(p.kind, p.id): p.id for p in expected if p.kind in staff}
