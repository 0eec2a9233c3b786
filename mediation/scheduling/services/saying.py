"""When parties cannot come: what they told the registry or the mediator, for the three months ahead (R3-24)."""

from collections.abc import Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from mediation.disputes.models import Party
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.scheduling import labels, rules
from mediation.scheduling.models import Unavailability
from mediation.scheduling.rules import DayPart
from mediation.scheduling.services.people import party_being

AHEAD = timedelta(days=92)


def say(
    actor: Actor, party: Party, *, first_day: date, last_day: date, part: DayPart = DayPart.WHOLE, note: str = ""
) -> Unavailability:
    """Take down that a party cannot come on these days."""
    if not rules.may_say(actor, party.court_id):
        raise NotPermitted("say", article="S4 art. 14")
    if last_day < first_day or last_day < clock.today():
        raise DomainError(labels.SAID_ORDER, field="last_day")
    if last_day > clock.today() + AHEAD:
        raise DomainError(labels.SAID_FAR, field="last_day")
    with transaction():
        made = Unavailability(
            court_id=party.court_id, dispute_id=party.dispute_id, party_id=party.id,
            being=party_being(party.id, party.id_key, party.kind), first_day=first_day, last_day=last_day, part=part,
            note=note, taken_down_by_id=actor.id,
        )  # fmt: skip
        audit.record(actor, "say", made, party=party.id, first_day=first_day, last_day=last_day, part=part)
    return made


def take_back(actor: Actor, found: Unavailability) -> None:
    """The party can come after all."""
    if not rules.may_say(actor, found.court_id):
        raise NotPermitted("take_back", article="S4 art. 14")
    with transaction():
        if found.withdrawn_at is None:
            found.withdrawn_at = clock.now()
            audit.record(actor, "take_back", found, first_day=found.first_day, last_day=found.last_day)


def of_parties(dispute_id: int) -> Sequence[Unavailability]:
    """What the parties of a dispute have said of days still to come."""
    rows = sa.select(Unavailability).where(
        Unavailability.dispute_id == dispute_id,
        Unavailability.withdrawn_at.is_(None),
        Unavailability.last_day >= clock.today(),
    )
    return db.session.scalars(rows.order_by(Unavailability.first_day, Unavailability.id)).all()


def get_said(dispute_id: int, said_id: int) -> Unavailability | None:
    """One of them."""
    return db.session.scalar(
        sa.select(Unavailability).where(Unavailability.id == said_id, Unavailability.dispute_id == dispute_id)
    )
