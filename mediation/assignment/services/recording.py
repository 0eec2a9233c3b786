"""Keeping a choice so that anybody who may read the assignment can replay it, and replaying it."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from mediation.assignment import replay
from mediation.assignment.choice import ALGORITHM, had_before, why_after
from mediation.assignment.models import Assignment, ChoiceRecord
from mediation.assignment.replay import Verdict
from mediation.assignment.rules import Choice, Obstacle, Occasion
from mediation.assignment.services.checking import refuse
from mediation.assignment.services.suggesting import Suggestion
from mediation.kernel import audit
from mediation.kernel.actor import Actor
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db


def require_reason(suggestion: Suggestion, mediator_id: int | None, choice: Choice, reason: str) -> str:
    """Whoever designates somebody else than suggested says why; the reason is kept. Empty where none is needed."""
    first = suggestion.outcome.suggested
    if mediator_id is None or choice is Choice.JOINT or mediator_id == first:
        return ""
    if not reason.strip():
        raise refuse(Obstacle.OTHER_THAN_SUGGESTED, field="reason")
    return reason.strip()


def keep(
    actor: Actor,
    assignment: Assignment,
    suggestion: Suggestion,
    *,
    occasion: Occasion,
    choice: Choice,
    chosen_id: int | None,
    reason: str = "",
) -> ChoiceRecord:
    """Keep facts, levers, seed and result beside the assignment; the trail keeps the digest and every first reason."""
    inputs = replay.as_data(suggestion.inputs)
    record = ChoiceRecord(
        court_id=assignment.court_id,
        dispute_id=assignment.dispute_id,
        assignment_id=assignment.id,
        occasion=occasion,
        made_on=suggestion.inputs.case.on,
        algorithm=ALGORITHM,
        levers=suggestion.version,
        seed=suggestion.seed,
        inputs=inputs,
        result=replay.result_of(suggestion.outcome),
        digest=replay.digest(inputs),
        suggested_id=suggestion.outcome.suggested,
        chosen_id=chosen_id,
        choice=choice,
        reason=reason,
        made_by_id=actor.id,
    )
    audit.record(
        actor, occasion.value, record, assignment=assignment.id, levers=record.levers, algorithm=ALGORITHM,
        seed=record.seed, suggested=record.suggested_id, chosen=chosen_id, choice=choice, reason=reason,
        points=_points(suggestion), others=_others(suggestion, chosen_id), digest=record.digest,
    )  # fmt: skip
    return record


def _points(suggestion: Suggestion) -> dict[str, Any]:
    return {
        str(one.mediator_id): {part.value: worth for part, worth in one.points} | {"total": one.total, "lot": one.lot}
        for one in suggestion.outcome.scores
    }


def _others(suggestion: Suggestion, chosen_id: int | None) -> dict[str, str]:
    """The first reason for everybody who was not chosen."""
    first, *rest = suggestion.outcome.scores or (None,)
    found = {str(one.mediator_id): one.reason.value for one in suggestion.outcome.barred}
    if first is not None:
        earlier = had_before(suggestion.inputs.standings)
        found |= {str(one.mediator_id): why_after(first, one, earlier=earlier).value for one in rest}
        if chosen_id is not None and chosen_id != first.mediator_id:
            found[str(first.mediator_id)] = "not_followed"
    found.pop(str(chosen_id), None)
    return found


def records_of(assignment: Assignment) -> Sequence[ChoiceRecord]:
    """Every choice that belongs to an assignment, the first on top."""
    rows = sa.select(ChoiceRecord).where(ChoiceRecord.assignment_id == assignment.id)
    return db.session.scalars(rows.order_by(ChoiceRecord.id)).all()


def replayed(record: ChoiceRecord, told: str | None = None) -> Verdict:
    """Work the choice out again from what was kept; the inputs must be those whose digest stands in the trail."""
    known = told if told is not None else digests([record]).get(record.id, "")
    return replay.replay(record.inputs, record.result, digest_kept=known, algorithm=record.algorithm)


def digests(records: Sequence[ChoiceRecord]) -> dict[int, str]:
    """What the trail keeps of the inputs of each of these records."""
    rows = sa.select(AuditEvent).where(
        AuditEvent.subject_type == ChoiceRecord.__tablename__, AuditEvent.subject_id.in_([r.id for r in records])
    )
    return {event.subject_id: str(event.facts.get("digest", "")) for event in db.session.scalars(rows)}
