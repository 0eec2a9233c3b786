"""What the page of a replay shows: facts, points, draw and reasons as kept, and whether they come out the same again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from mediation.assignment import choice as ordering
from mediation.assignment import labels, replay, services
from mediation.assignment.choice import Barred, Part, Score, Standing
from mediation.assignment.models import Assignment, ChoiceRecord
from mediation.assignment.replay import Inputs, Verdict
from mediation.assignment.rules import Finding
from mediation.kernel.actor import COURT, Actor
from mediation.kernel.db import db
from mediation.kernel.i18n import _
from mediation.roster.models import Mediator
from mediation.roster.rules import Obstacle


@dataclass(frozen=True)
class Line:
    """One mediator of the list, as kept."""

    name: str
    standing: Standing
    score: Score | None
    chosen: bool
    reason: Any
    article: str = ""


@dataclass(frozen=True)
class Played:
    """One choice with its replay."""

    record: ChoiceRecord
    inputs: Inputs
    verdict: Verdict
    lines: Sequence[Line]
    names: Mapping[int | None, str]

    @property
    def ranked(self) -> list[Line]:
        """Who could have been chosen, in order."""
        return [line for line in self.lines if line.score is not None]

    @property
    def barred(self) -> list[Line]:
        """Who could not."""
        return [line for line in self.lines if line.score is None]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that weighed something that day, the weightiest first."""
        return self.inputs.levers.parts

    @property
    def panels(self) -> str:
        """The special panels for the cause that day, and which of them bound the court."""
        words = (_("%(name)s (members only)", name=p.name) if p.binds else p.name for p in self.inputs.case.panels)
        return "、".join(words)

    @property
    def differences(self) -> list[tuple[str, Any, str, str]]:
        """Where the replay differs: for whom, in what, kept, found."""
        return [
            (self.names.get(d.mediator_id, ""), labels.DIFFERENCE[d.what], self._shown(d.what, d.kept), self._shown(d.what, d.found))
            for d in self.verdict.differences
        ]  # fmt: skip

    def _shown(self, what: str, value: Any) -> str:
        if what in {"suggested", "order"}:
            many = value if isinstance(value, list) else [value]
            return "、".join(self.names.get(one) or _("nobody") for one in many)
        if what == "points" and value:
            return "、".join(f"{labels.PART_NAME[Part(part)]} {worth}" for part, worth in value.items())
        if what == "reason" and value:
            return str(labels.bar(reason_of(value)))
        return "—" if value is None else str(value)


def reason_of(value: str) -> Obstacle | Finding:
    """A first reason as kept: from the list or from the check for ties."""
    return Obstacle(value) if value in list(Obstacle) else Finding(value)


def of(actor: Actor, assignment: Assignment) -> list[Played]:
    """Every choice that belongs to an assignment, replayed."""
    records = services.records_of(assignment)
    told = services.digests(records)
    names = names_for(actor, records)
    return [_played(record, told.get(record.id, ""), names) for record in records]


def names_for(actor: Actor, records: Sequence[ChoiceRecord]) -> dict[int | None, str]:
    """Names for the court's own people and for oneself; everybody else reads numbers, so that nobody is ranked (R7-12)."""
    ids = sorted({one["mediator_id"] for record in records for one in record.inputs["mediators"]})
    rows = sa.select(Mediator.id, Mediator.name, Mediator.organisation_id).where(Mediator.id.in_(ids))
    known = {row[0]: row for row in db.session.execute(rows)}
    chosen = {record.chosen_id for record in records}
    found: dict[int | None, str] = {}
    for place, mediator_id in enumerate(ids, 1):
        row = known[mediator_id]
        own = actor.organisation_id is not None and row[2] == actor.organisation_id
        open_to = actor.has(*COURT) or own or mediator_id == actor.mediator_id or mediator_id in chosen
        found[mediator_id] = row[1] if open_to else _("No. %(number)s on the list", number=place)
    return found


def _played(record: ChoiceRecord, told: str, names: Mapping[int | None, str]) -> Played:
    inputs = replay.inputs_of(record.inputs)
    standings = {standing.mediator_id: standing for standing in inputs.standings}
    scores = [_score(line) for line in record.result["scores"]]
    first = scores[0] if scores else None
    lines = [
        Line(
            names[s.mediator_id],
            standings[s.mediator_id],
            s,
            s.mediator_id == record.chosen_id,
            _why(record, inputs, first, s),
        )
        for s in scores
    ]
    for line in record.result["barred"]:
        reason = reason_of(line["reason"])
        lines.append(
            Line(
                names[line["mediator"]], standings[line["mediator"]], None, line["mediator"] == record.chosen_id,
                labels.bar(reason), Barred(0, reason).article,
            )
        )  # fmt: skip
    return Played(record, inputs, services.replayed(record, told), lines, names)


def _score(line: Mapping[str, Any]) -> Score:
    points = tuple((Part(part), worth) for part, worth in line["points"].items())
    return Score(line["mediator"], points, line["total"], line["lot"])


def _why(record: ChoiceRecord, inputs: Inputs, first: Score | None, score: Score) -> Any:
    """Why this one was not chosen; for the suggested one who was passed over, that the reason is given."""
    if score.mediator_id == record.chosen_id or first is None:
        return ""
    if score is first:
        return labels.PASSED_OVER if record.chosen_id is not None else labels.LEFT_TO_BODY
    # The reason as it was given then: by the version of the rule that chose.
    earlier = ordering.had_before(inputs.standings)
    return labels.PART[ordering.why_after(first, score, earlier=earlier, algorithm=record.algorithm)]
