"""Training attended, and what the court asks of everybody on its list (S4 arts 7, 10)."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.roster import labels, rules
from mediation.roster.models import Mediator, RosterRule, Training
from mediation.roster.rules import Demands
from mediation.roster.services.keeping import require_enterer

PLACE = "S4 art. 7"


# ---- reads --------------------------------------------------------------------------------------------------------


def demand_rows(court_id: int) -> Sequence[RosterRule]:
    """What the court has asked for, the latest first."""
    rows = sa.select(RosterRule).where(RosterRule.court_id == court_id)
    return db.session.scalars(rows.order_by(RosterRule.valid_from.desc(), RosterRule.id.desc())).all()


def demands(court_id: int, on: date | None = None) -> Demands:
    """What is asked on a day; without a row the numbers with which the product comes."""
    day = on or clock.today()
    row = next((one for one in demand_rows(court_id) if one.valid_from <= day), None)
    if row is None:
        return Demands()
    return Demands(row.entry_hours, row.yearly_hours, row.warn_days, row.hearing_days)


def trainings(mediator: Mediator) -> Sequence[Training]:
    """Everything attended, the latest first."""
    rows = sa.select(Training).where(Training.mediator_id == mediator.id)
    return db.session.scalars(rows.order_by(Training.held_on.desc(), Training.id.desc())).all()


def hours_by_year(attended: Sequence[Training]) -> dict[int, int]:
    """Hours of each year, the latest year first."""
    found: dict[int, int] = {}
    for one in attended:
        found[one.held_on.year] = found.get(one.held_on.year, 0) + one.hours
    return dict(sorted(found.items(), reverse=True))


def hours_in(court_id: int, year: int) -> dict[int, int]:
    """Hours of a year by mediator."""
    rows = (
        sa.select(Training.mediator_id, sa.func.sum(Training.hours))
        .where(Training.court_id == court_id, Training.held_on.between(date(year, 1, 1), date(year, 12, 31)))
        .group_by(Training.mediator_id)
    )
    return {row[0]: row[1] for row in db.session.execute(rows)}


# ---- use cases ----------------------------------------------------------------------------------------------------


def add_training(
    actor: Actor, mediator: Mediator, *, held_on: date, hours: int, subject: str, organiser: str = ""
) -> Training:
    """Enter training attended: by the registry or the president, who organise it (S4 art. 7)."""
    require_enterer(actor, "training")
    if held_on > clock.today():
        raise DomainError(labels.TRAINING_FUTURE, article=PLACE, field="held_on")
    same = sa.select(Training.id).where(
        Training.mediator_id == mediator.id, Training.held_on == held_on, Training.subject == subject
    )
    if db.session.scalar(same) is not None:
        raise DomainError(labels.TRAINING_TWICE, article=PLACE, field="subject")
    with transaction():
        made = Training(
            court_id=mediator.court_id,
            mediator_id=mediator.id,
            held_on=held_on,
            hours=hours,
            subject=subject,
            organiser=organiser,
        )
        audit.record(actor, "add", made, mediator_id=mediator.id, held_on=held_on, hours=hours)
    return made


def set_demands(actor: Actor, asked: Demands, *, valid_from: date, source: str) -> RosterRule:
    """Ask something else from a day on; what was decided before stays as it was."""
    if not (rules.may_set_rules(actor) or actor.id == 0):
        raise NotPermitted("set_demands", article="S4 art. 7, 10")
    if actor.id and valid_from < clock.today():
        raise DomainError(labels.RULE_PAST, article="S4 art. 7, 10", field="valid_from")
    with transaction():
        made = RosterRule(
            court_id=actor.court_id,
            valid_from=valid_from,
            entry_hours=asked.entry_hours,
            yearly_hours=asked.yearly_hours,
            warn_days=asked.warn_days,
            hearing_days=asked.hearing_days,
            source=source,
            set_by_id=actor.id,
        )
        audit.record(actor, "set", made, valid_from=valid_from, demands=vars(asked) | {}, source=source)
    return made
