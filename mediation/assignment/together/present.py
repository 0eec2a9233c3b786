"""Who mediates together: read where a mediation goes on, without knowing how they came to it."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from mediation.assignment import rules as assignments
from mediation.assignment.models import Assignment
from mediation.assignment.together import labels, rules
from mediation.assignment.together.models import CoMediator
from mediation.assignment.together.rules import ACTIVE, CoObstacle, CoStatus
from mediation.kernel import audit, clock, dossier
from mediation.kernel.actor import Actor, system
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.rules import PeriodKey
from mediation.roster.models import Mediator

TYPE = CoMediator.__tablename__


def co_refused(obstacle: CoObstacle, *, field: str = "") -> DomainError:
    """The refusal with its article and what remains possible."""
    return DomainError(
        labels.CO_OBSTACLE[obstacle],
        article=rules.CO_OBSTACLE_ARTICLE[obstacle],
        remedy=labels.CO_REMEDY.get(obstacle, ""),
        field=field,
    )


def every(assignment: Assignment) -> Sequence[CoMediator]:
    """Every further mediator of an assignment, also those who left."""
    return [co for co in dossier.of(CoMediator, assignment.dispute_id) if co.assignment_id == assignment.id]


def active(assignment: Assignment) -> list[CoMediator]:
    """Those who were asked or have accepted."""
    return [co for co in every(assignment) if co.status in ACTIVE]


def mediator_ids(assignment: Assignment) -> tuple[int, ...]:
    """The one who presides first, then the others who accepted."""
    chair = (assignment.mediator_id,) if assignment.mediator_id is not None else ()
    return chair + tuple(co.mediator_id for co in active(assignment) if co.status is CoStatus.ACCEPTED)


def asked_ids(assignment: Assignment) -> set[int]:
    """Everybody who mediates beside, or was asked to."""
    return {co.mediator_id for co in active(assignment)}


def names(assignment: Assignment) -> str:
    """As papers name them: alone by name, together with the one who presides marked."""
    found = each_name(assignment)
    if len(found) < 2:  # noqa: PLR2004 one is alone
        return "".join(found)
    first, *others = found
    return "、".join([f"{first}（主持）", *others])


def each_name(assignment: Assignment) -> list[str]:
    """Everybody who mediates by name, the one who presides first."""
    ids = mediator_ids(assignment)
    rows = sa.select(Mediator.id, Mediator.name).where(Mediator.id.in_(ids))
    known = {row[0]: row[1] for row in db.session.execute(rows)}
    return [known[one] for one in ids]


def clock_of(co: CoMediator) -> Deadline | None:
    """The three working days for the answer."""
    return periods.current(TYPE, co.id, PeriodKey.MEDIATOR_ACCEPT)


def require_all_accepted(assignment: Assignment) -> None:
    """Nobody sits down before everybody who was asked has answered."""
    if any(co.status is CoStatus.ASKED for co in active(assignment)):
        raise co_refused(CoObstacle.WAITING)


def depart(actor: Actor, co: CoMediator, step: str, reason: str) -> None:
    """Somebody no longer mediates beside the other: the answer's period ends."""
    able = actor if assignments.may_supervise(actor, co) or assignments.may_mediate(actor, co) else system(co.court_id)
    co.answered_on, co.answer = clock.today(), reason.strip()
    audit.advance(rules.CO_STEPS, step, able, co, mediator=co.mediator_id, reason=co.answer)
    deadline = clock_of(co)
    if deadline is not None:
        periods.meet(actor, co, PeriodKey.MEDIATOR_ACCEPT, clock.today())


def close(actor: Actor, assignment: Assignment, reason: str, *, statuses: Collection[CoStatus] = ACTIVE) -> None:
    """The assignment is over: nobody is waited for any longer."""
    for co in active(assignment):
        if co.status in statuses:
            depart(system(actor.court_id), co, "leave", reason)
