"""How each court reads the points the law leaves open: looked up when a period is counted, decided with a reason."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.periods import labels
from mediation.periods.models import CountingChoice
from mediation.periods.rules import Fault
from mediation.periods.switches import DEFAULTS, Choice, Switch, Switches, in_force


def switches(court_id: int | None, day: date) -> Switches:
    """The court's readings for a period that begins on this day; the shipped ones where no court is meant."""
    if court_id is None:
        return DEFAULTS
    held = sa.select(CountingChoice.switch, CountingChoice.value, CountingChoice.valid_from)
    held = held.where(CountingChoice.court_id == court_id, CountingChoice.valid_from <= day)
    found = db.session.execute(held.order_by(CountingChoice.id)).all()
    return in_force((Choice(*row) for row in found), day) if found else DEFAULTS


def of_all_courts() -> dict[int, list[Choice]]:
    """Every court's decisions, for counting many periods at once."""
    held: dict[int, list[Choice]] = {}
    for one in db.session.scalars(sa.select(CountingChoice).order_by(CountingChoice.id)):
        held.setdefault(one.court_id, []).append(Choice(one.switch, one.value, one.valid_from))
    return held


def history(court_id: int) -> Sequence[CountingChoice]:
    """What the court decided, the latest on top."""
    wanted = sa.select(CountingChoice).where(CountingChoice.court_id == court_id)
    return db.session.scalars(wanted.order_by(CountingChoice.valid_from.desc(), CountingChoice.id.desc())).all()


def may_decide(actor: Actor) -> bool:
    """The system administrator enters what the court has decided (DOMAIN 2.1, A17)."""
    return actor.has(Role.SYSTEM_ADMIN)


def decide(actor: Actor, switch: Switch, *, value: bool, valid_from: date, reason: str) -> CountingChoice:
    """From a day on, periods that begin are counted so. Those that run already keep how they were counted."""
    if not may_decide(actor):
        raise NotPermitted("decide", article="CPL art. 85")
    if valid_from < clock.today():
        raise DomainError(labels.FAULT[Fault.REACHES_BACK], article="CPL art. 85", field="valid_from")
    if not reason.strip():
        raise DomainError(labels.FAULT[Fault.NO_REASON], field="reason")
    before = switches(actor.court_id, valid_from).on(switch)
    if before == value:
        raise DomainError(labels.FAULT[Fault.SAME_AS_BEFORE], field="value")
    with transaction():
        made = CountingChoice(
            court_id=actor.court_id,
            switch=switch,
            value=value,
            valid_from=valid_from,
            reason=reason.strip(),
            decided_by=actor.name,
        )
        audit.record(
            actor, "decide", made, switch=switch, before=before, after=value, valid_from=valid_from, reason=made.reason
        )
    return made
