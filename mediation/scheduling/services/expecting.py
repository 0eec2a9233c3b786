"""Who is expected at a meeting, and who has come."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from mediation.kernel.db import db
from mediation.scheduling.models import Arrival, Booking
from mediation.scheduling.rules import ClaimantKind
from mediation.scheduling.services.naming import people_names

# In the order in which they are read out. An agent who comes has come for the party.
ORDER = (ClaimantKind.PARTY, ClaimantKind.MEDIATOR, ClaimantKind.JUDGE, ClaimantKind.CLERK)


@dataclass(frozen=True)
class Expected:
    """Somebody who must be there, and when they came."""

    kind: ClaimantKind
    id: int
    name: str
    arrival: Arrival | None


def expected_at(bookings: Sequence[Booking]) -> dict[int, list[Expected]]:
    """Everybody who must be at each of these meetings."""
    ids = [b.id for b in bookings]
    came = {
        (a.booking_id, a.claimant_kind, a.claimant_id): a
        for a in db.session.scalars(sa.select(Arrival).where(Arrival.booking_id.in_(ids)))
    }
    who = {b.id: _present(b) for b in bookings}
    names = people_names({one for found in who.values() for one in found})
    return {
        booking_id: [
            Expected(kind, int(key), names[kind, key], came.get((booking_id, kind, int(key))))
            for kind, key in found
            if (kind, key) in names
        ]
        for booking_id, found in who.items()
    }


def _present(booking: Booking) -> list[tuple[ClaimantKind, str]]:
    live = [(c.claimant_kind, c.claimant_key) for c in booking.claims if c.live and c.claimant_kind in ORDER]
    return sorted(live, key=lambda one: (ORDER.index(one[0]), int(one[1])))
