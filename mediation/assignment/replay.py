"""What is kept of a choice so that anybody can replay it, and whether a replay comes to the same result.

The inputs are plain JSON: the dispute's facts, every mediator of the list with theirs, the levers, the seed. Names of
people are not among them.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from mediation.assignment.choice import ALGORITHM, Body, Case, Levers, Outcome, Panel, Standing, decide
from mediation.assignment.rules import Finding
from mediation.roster.rules import Region, RosterStatus


@dataclass(frozen=True)
class Inputs:
    """Everything the choice looked at."""

    case: Case
    standings: tuple[Standing, ...]
    levers: Levers

    def decided(self, levers: Levers | None = None) -> Outcome:
        """What follows from these facts, by the levers of that day or by others."""
        return decide(self.standings, self.case, levers or self.levers)


# --- to JSON and back -------------------------------------------------------------------------------------------------


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return _data(value)
    return [_entry(one) for one in value] if isinstance(value, tuple) else value


def _entry(value: Any) -> Any:
    if is_dataclass(value):
        return _data(value)
    return value if isinstance(value, int) else str(value)


def _data(thing: Any) -> dict[str, Any]:
    """The fields of a value that differ from what goes without saying."""
    found = {field.name: (getattr(thing, field.name), field.default) for field in fields(thing)}
    return {name: _plain(value) for name, (value, default) in found.items() if value != default}


def as_data(inputs: Inputs) -> dict[str, Any]:
    """The inputs as they are kept."""
    return {
        "case": _data(inputs.case),
        "mediators": [_data(standing) for standing in inputs.standings],
        # In full: what goes without saying today may be another weight tomorrow.
        "levers": {field.name: getattr(inputs.levers, field.name) for field in fields(Levers)},
    }


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def inputs_of(data: Mapping[str, Any]) -> Inputs:
    """The inputs as they were kept."""
    case = dict(data["case"])
    told = Case(
        **case
        | {
            "on": date.fromisoformat(case["on"]),
            "languages": tuple(case.get("languages", ())),
            "regions": tuple(Region(one) for one in case.get("regions", ())),
            "panels": tuple(Panel(**one) for one in case.get("panels", ())),
        }
    )
    return Inputs(told, tuple(_standing(one) for one in data["mediators"]), Levers(**data["levers"]))


def _standing(kept: Mapping[str, Any]) -> Standing:
    body = kept.get("organisation")
    return Standing(
        **dict(kept)
        | {
            "status": RosterStatus(kept["status"]),
            "certificate_expires_on": date.fromisoformat(kept["certificate_expires_on"]),
            "organisation": _body(body) if body else None,
            "foreign_region": Region(kept.get("foreign_region", "")),
            "fields": tuple(kept.get("fields", ())),
            "languages": tuple(kept.get("languages", ())),
            "last_issued_on": _day(kept.get("last_issued_on")),
            "consented_on": _day(kept.get("consented_on")),
            "panels": tuple(kept.get("panels", ())),
            "ties": tuple(Finding(tie) for tie in kept.get("ties", ())),
        }
    )


def _body(kept: Mapping[str, Any]) -> Body:
    return Body(
        RosterStatus(kept["status"]),
        tuple(kept.get("accepted_causes", ())),
        kept.get("listed_by", ""),
        _day(kept.get("consented_on")),
    )


def result_of(outcome: Outcome) -> dict[str, Any]:
    """The result as it is kept beside the inputs."""
    return {
        "suggested": outcome.suggested,
        "scores": [
            {
                "mediator": one.mediator_id,
                "points": {part.value: worth for part, worth in one.points},
                "total": one.total,
                "lot": one.lot,
            }
            for one in outcome.scores
        ],
        "barred": [{"mediator": one.mediator_id, "reason": one.reason.value} for one in outcome.barred],
    }


def digest(data: Mapping[str, Any]) -> str:
    """What the trail keeps of the inputs: nobody can change them unseen."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


# --- replaying --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Difference:
    """Where the replay differs from what was kept: for which mediator (None: as a whole), in what."""

    what: str
    mediator_id: int | None
    kept: Any
    found: Any


@dataclass(frozen=True)
class Verdict:
    """Whether the same facts give the same result again."""

    differences: tuple[Difference, ...]
    # The inputs are those whose digest stands in the trail.
    untouched: bool
    algorithm: int

    @property
    def same(self) -> bool:
        """Same result, from the same facts."""
        return self.untouched and not self.differences

    @property
    def other_algorithm(self) -> bool:
        """It was chosen by an earlier rule than the one that replays it."""
        return self.algorithm != ALGORITHM


def replay(kept: Mapping[str, Any], result: Mapping[str, Any], *, digest_kept: str, algorithm: int) -> Verdict:
    """Work it out again from what was kept, and compare."""
    found = result_of(inputs_of(kept).decided())
    return Verdict(tuple(_compare(result, found)), digest(kept) == digest_kept, algorithm)


def _compare(kept: Mapping[str, Any], found: Mapping[str, Any]) -> list[Difference]:
    differences = []
    if kept["suggested"] != found["suggested"]:
        differences.append(Difference("suggested", None, kept["suggested"], found["suggested"]))
    for what in ("scores", "barred"):
        before, now = _by_mediator(kept[what]), _by_mediator(found[what])
        for mediator_id in sorted(before.keys() | now.keys()):
            differences += _lines(mediator_id, before.get(mediator_id, {}), now.get(mediator_id, {}))
    order = [[one["mediator"] for one in side["scores"]] for side in (kept, found)]
    if not differences and order[0] != order[1]:
        differences.append(Difference("order", None, order[0], order[1]))
    return differences


def _by_mediator(lines: Sequence[Mapping[str, Any]]) -> dict[int, dict[str, Any]]:
    return {line["mediator"]: dict(line) for line in lines}


def _lines(mediator_id: int, before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    names = sorted((before.keys() | now.keys()) - {"mediator"})
    return [
        Difference(name, mediator_id, before.get(name), now.get(name))
        for name in names
        if before.get(name) != now.get(name)
    ]
