"""Who must be there, as the claims of a booking say it: nobody can be in two places, in whichever capacity."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from mediation.accounts.models import User, UserRole
from mediation.disputes.models import Agent, Participation, Party
from mediation.disputes.rules import Capacity, PartyKind
from mediation.kernel import clock, keys
from mediation.kernel.actor import JUDGES
from mediation.kernel.db import db
from mediation.roster.models import Mediator
from mediation.scheduling.models import Booking
from mediation.scheduling.rules import ClaimantKind

Who = tuple[ClaimantKind, str]


@dataclass(frozen=True)
class People:
    """Who must be there."""

    mediators: tuple[int, ...] = ()
    judges: tuple[int, ...] = ()
    clerks: tuple[int, ...] = ()
    parties: tuple[int, ...] = ()
    agents: tuple[int, ...] = ()

    @property
    def keys(self) -> list[Who]:
        """Everybody with their capacity, the court's people first: who is two things is named by the first."""
        return [
            *((ClaimantKind.MEDIATOR, str(i)) for i in self.mediators),
            *((ClaimantKind.JUDGE, str(i)) for i in self.judges),
            *((ClaimantKind.CLERK, str(i)) for i in self.clerks),
            *((ClaimantKind.PARTY, str(i)) for i in self.parties),
            *((ClaimantKind.AGENT, str(i)) for i in self.agents),
        ]


def gathered(
    *,
    mediator_ids: Iterable[int] = (),
    judge_ids: Iterable[int] = (),
    clerk_ids: Iterable[int] = (),
    party_ids: Iterable[int] = (),
    agent_ids: Iterable[int] | None = None,
) -> People:
    """Everybody named; with the parties come those who act for them, unless the agents are named too."""
    parties = tuple(party_ids)
    agents = acting_for(parties) if agent_ids is None else tuple(agent_ids)
    return People(tuple(mediator_ids), tuple(judge_ids), tuple(clerk_ids), parties, agents)


def acting_for(party_ids: Iterable[int]) -> tuple[int, ...]:
    """The agents who act for these parties today."""
    wanted = list(party_ids)
    if not wanted:
        return ()
    acting = sa.or_(Agent.ended_on.is_(None), Agent.ended_on > clock.today())
    return tuple(db.session.scalars(sa.select(Agent.id).where(Agent.party_id.in_(wanted), acting).order_by(Agent.id)))


def beings(people: People) -> dict[Who, str]:
    """Who each of them is: a person by the keyed hash of the identity number where one is known, else by the record.

    A company can send somebody to two rooms at once; whom it sends cannot be in both.
    """
    found: dict[Who, str] = {}
    if people.mediators:
        rows = db.session.execute(sa.select(Mediator.id, Mediator.person_key).where(Mediator.id.in_(people.mediators)))
        found |= {(ClaimantKind.MEDIATOR, str(i)): key or f"mediator:{i}" for i, key in rows}
    if people.judges or people.clerks:
        wanted = {*people.judges, *people.clerks}
        known = {
            row[0]: row[1] for row in db.session.execute(sa.select(User.id, User.person_key).where(User.id.in_(wanted)))
        }
        for kind, ids in ((ClaimantKind.JUDGE, people.judges), (ClaimantKind.CLERK, people.clerks)):
            found |= {(kind, str(i)): known.get(i, "") or f"user:{i}" for i in ids}
    if people.parties:
        parties = sa.select(Party.id, Party.id_key, Party.kind).where(Party.id.in_(people.parties))
        for i, key, sort in db.session.execute(parties):
            found[ClaimantKind.PARTY, str(i)] = party_being(i, key, sort)
    if people.agents:
        wanted_agents = sa.select(Agent.id, Agent.id_key, Agent.licence_no).where(Agent.id.in_(people.agents))
        for i, key, licence in db.session.execute(wanted_agents):
            found[ClaimantKind.AGENT, str(i)] = key or keys.keyed_hash("licence", licence) or f"agent:{i}"
    return {who: found[who] for who in people.keys if who in found}


def party_being(party_id: int, id_key: str, kind: PartyKind) -> str:
    """Who a party is."""
    return id_key if id_key and kind is PartyKind.NATURAL else f"party:{party_id}"


def people_of(booking: Booking) -> People:
    """Who is occupied by a booking; for the parties, those who act for them today."""
    live = [c for c in booking.claims if c.live]
    ids = {kind: tuple(int(c.claimant_key) for c in live if c.claimant_kind is kind) for kind in ClaimantKind}
    parties = ids[ClaimantKind.PARTY]
    return People(
        ids[ClaimantKind.MEDIATOR],
        ids[ClaimantKind.JUDGE],
        ids[ClaimantKind.CLERK],
        parties,
        acting_for(parties) if parties else ids[ClaimantKind.AGENT],
    )


def mediators_of(dispute_id: int) -> tuple[int, ...]:
    """Who mediates a dispute today."""
    rows = sa.select(Participation.mediator_id).where(
        Participation.dispute_id == dispute_id,
        Participation.capacity == Capacity.MEDIATED,
        Participation.until.is_(None),
        Participation.mediator_id.is_not(None),
    )
    return tuple(db.session.scalars(rows.order_by(Participation.mediator_id).distinct()))


def judges_of(court_id: int) -> dict[int, str]:
    """The judges of a court with their names."""
    held = sa.select(UserRole.user_id).where(UserRole.role.in_(JUDGES))
    rows = sa.select(User.id, User.name).where(
        User.court_id == court_id, User.id.in_(held), User.open_on(clock.today())
    )
    return {row[0]: row[1] for row in db.session.execute(rows.order_by(User.name, User.id))}
