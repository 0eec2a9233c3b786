"""How evenly work is spread now, and what other levers would have made of a past period. Writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from mediation.assignment import fairness, rules
from mediation.assignment.choice import Levers
from mediation.assignment.fairness import Past, Spread, Trial, spread
from mediation.assignment.models import Assignment, ChoiceRecord
from mediation.assignment.replay import inputs_of
from mediation.assignment.rules import Obstacle
from mediation.assignment.services.checking import refuse
from mediation.disputes.models import Dispute
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.kernel.errors import NotPermitted
from mediation.roster import services as roster
from mediation.roster.models import Mediator
from mediation.roster.rules import RosterStatus

# A year of a large court; more is asked for in parts.
MOST_CHOICES = 5000


def require_weigher(actor: Actor) -> None:
    """The president and the registry; how mediators compare is not for the public (R7-12)."""
    if not rules.may_weigh(actor):
        raise NotPermitted("weigh", article="S4 art. 10")


@dataclass(frozen=True)
class Carries:
    """What one active mediator carries, and how long since the last case; None when there was none."""

    mediator: Mediator
    open_cases: int
    idle_days: int | None
    given: int


@dataclass(frozen=True)
class Fairness:
    """Everybody active, the longest without a case first, and how evenly open cases and new cases are spread."""

    people: Sequence[Carries]
    load: Spread | None
    given: Spread | None

    @property
    def longest_idle(self) -> Carries | None:
        """Who has waited longest among those who had a case before."""
        waited = [one for one in self.people if one.idle_days is not None]
        return max(waited, key=lambda one: (one.idle_days or 0, -one.mediator.id), default=None)

    @property
    def without_any(self) -> int:
        """How many active mediators never had a case."""
        return sum(one.idle_days is None for one in self.people)


def fair(actor: Actor, since: date, until: date) -> Fairness:
    """The spread of open load today, of cases handed out in a period, and who has waited longest."""
    require_weigher(actor)
    wanted = roster.listed(actor).where(Mediator.status == RosterStatus.ACTIVE)
    mediators = db.session.scalars(wanted.order_by(Mediator.id)).all()
    loads, last, given = roster.loads(actor.court_id), _last(actor.court_id), _given(actor.court_id, since, until)
    today = clock.today()
    people = [
        Carries(m, loads.get(m.id, 0), (today - last[m.id]).days if m.id in last else None, given.get(m.id, 0))
        for m in mediators
    ]
    people.sort(key=lambda one: (one.idle_days is not None, -(one.idle_days or 0), one.mediator.id))
    return Fairness(people, spread(one.open_cases for one in people), spread(one.given for one in people))


def _last(court_id: int) -> dict[int, date]:
    rows = (
        sa.select(Assignment.mediator_id, sa.func.max(Assignment.issued_on))
        .where(Assignment.court_id == court_id, Assignment.mediator_id.is_not(None))
        .group_by(Assignment.mediator_id)
    )
    return {row[0]: row[1] for row in db.session.execute(rows) if row[0] is not None}


def _given(court_id: int, since: date, until: date) -> dict[int, int]:
    rows = (
        sa.select(Assignment.mediator_id, sa.func.count())
        .where(Assignment.court_id == court_id, Assignment.mediator_id.is_not(None))
        .where(Assignment.issued_on.between(since, until))
        .group_by(Assignment.mediator_id)
    )
    return {row[0]: row[1] for row in db.session.execute(rows) if row[0] is not None}


# --- the sandbox ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """One choice for which other levers would have suggested somebody else."""

    trial: Trial
    assignment_id: int
    receipt_no: str
    made_on: date


@dataclass(frozen=True)
class Experiment:
    """A past period by other levers, beside how it was."""

    total: int
    changes: Sequence[Change]
    before: Mapping[int, int]
    after: Mapping[int, int]
    names: Mapping[int | None, str]
    spread_before: Spread | None
    spread_after: Spread | None


def experiment(actor: Actor, levers: Levers, since: date, until: date) -> Experiment:
    """Every choice kept in the period, decided again by these levers: a thought, kept nowhere."""
    require_weigher(actor)
    if until < since:
        raise refuse(Obstacle.PERIOD_BACKWARDS, field="until")
    if not levers.parts:
        raise refuse(Obstacle.LEVERS_NOTHING)
    rows = (
        sa.select(ChoiceRecord, Dispute.receipt_no)
        .join(Dispute, Dispute.id == ChoiceRecord.dispute_id)
        .where(ChoiceRecord.court_id == actor.court_id, ChoiceRecord.made_on.between(since, until))
        .order_by(ChoiceRecord.made_on, ChoiceRecord.id)
        .limit(MOST_CHOICES + 1)
    )
    kept = [(row[0], row[1]) for row in db.session.execute(rows)]
    if len(kept) > MOST_CHOICES:
        raise refuse(Obstacle.TOO_MANY_CHOICES, field="since")
    past = [Past(r.id, inputs_of(r.inputs), r.suggested_id, r.chosen_id) for r, _no in kept]
    tried = fairness.rerun(past, levers)
    by_id = {record.id: (record, receipt_no) for record, receipt_no in kept}
    changes = [
        Change(trial, by_id[trial.record_id][0].assignment_id, by_id[trial.record_id][1], by_id[trial.record_id][0].made_on)
        for trial in tried.trials
        if trial.differs
    ]  # fmt: skip
    people = set(tried.before) | {one for trial in tried.trials for one in (trial.before, trial.after) if one}
    rows_of_names = sa.select(Mediator.id, Mediator.name).where(Mediator.id.in_(people))
    names: dict[int | None, str] = {row[0]: row[1] for row in db.session.execute(rows_of_names)}
    return Experiment(
        len(kept),
        changes,
        tried.before,
        tried.after,
        names,
        spread(tried.before.values()),
        spread(tried.after.values()),
    )
