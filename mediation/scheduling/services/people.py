"""Who must be there, as the claims of a booking say it: nobody can be in two places."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from mediation.disputes.models import Party
from mediation.kernel.db import db
from mediation.scheduling.models import Booking
from mediation.scheduling.rules import ClaimantKind


@dataclass(frozen=True)
class People:
    """Who must be there: nobody can be in two places."""

    mediators: tuple[int, ...] = ()
    judges: tuple[int, ...] = ()
    parties: tuple[int, ...] = ()


def keys_of(people: People) -> Iterator[tuple[ClaimantKind, str]]:
    yield from ((ClaimantKind.MEDIATOR, str(i)) for i in people.mediators)
    yield from ((ClaimantKind.JUDGE, str(i)) for i in people.judges)
    if people.parties:
        rows = db.session.execute(sa.select(Party.id, Party.id_key).where(Party.id.in_(people.parties)))
        # The same person may be a party of two disputes: recognised by the identity number where one is known.
        yield from ((ClaimantKind.PARTY, key or f"party:{party_id}") for party_id, key in rows)


def people_of(booking: Booking) -> People:
    """Who is occupied by a booking; parties are found again by their keys."""
    live = [c for c in booking.claims if c.live]
    ids = {
        kind: tuple(int(c.claimant_key) for c in live if c.claimant_kind is kind)
        for kind in (ClaimantKind.MEDIATOR, ClaimantKind.JUDGE)
    }
    keys = {c.claimant_key for c in live if c.claimant_kind is ClaimantKind.PARTY}
    parties = db.session.execute(sa.select(Party.id, Party.id_key).where(Party.dispute_id == booking.dispute_id))
    present = tuple(party_id for party_id, key in parties if (key or f"party:{party_id}") in keys)
    return People(ids[ClaimantKind.MEDIATOR], ids[ClaimantKind.JUDGE], present)
