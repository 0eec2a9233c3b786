"""Who may be named to try a case, and when a panel is one (CPL arts 40, 44, 47, 131)."""

import enum
from collections.abc import Collection
from dataclasses import dataclass

from mediation.kernel.actor import REGISTRY, TRIAL, Actor, Role
from mediation.litigation import rules as register
from mediation.litigation.rules import Procedure, Status


class Obstacle(enum.StrEnum):
    """Why somebody cannot be named to try this case."""

    CLOSED = "closed"
    NOT_A_JUDGE = "not_a_judge"
    NOT_FAST_TRACK = "not_fast_track"
    JUDGE_MEDIATED = "judge_mediated"
    JUDGE_APART = "judge_apart"
    NO_PANEL = "no_panel"
    NOT_ODD = "not_odd"
    TWICE = "twice"
    NO_REASON = "no_reason"
    NOT_ANOTHER = "not_another"


OBSTACLE_ARTICLE = {
    Obstacle.CLOSED: "CPL art. 131",
    Obstacle.NOT_A_JUDGE: "CPL art. 40",
    Obstacle.NOT_FAST_TRACK: "CPL arts 40, 160",
    Obstacle.JUDGE_MEDIATED: "CPL art. 47",
    Obstacle.JUDGE_APART: "CPL arts 47, 48",
    Obstacle.NO_PANEL: "CPL art. 40",
    Obstacle.NOT_ODD: "CPL art. 40",
    Obstacle.TWICE: "CPL art. 40",
    Obstacle.NO_REASON: "CPL art. 131",
    Obstacle.NOT_ANOTHER: "CPL art. 131",
}
FIELD = {
    Obstacle.NOT_A_JUDGE: "judge_id",
    Obstacle.NOT_FAST_TRACK: "judge_id",
    Obstacle.JUDGE_MEDIATED: "judge_id",
    Obstacle.JUDGE_APART: "judge_id",
    Obstacle.NOT_ANOTHER: "judge_id",
    Obstacle.NO_PANEL: "judges",
    Obstacle.NOT_ODD: "judges",
    Obstacle.TWICE: "judges",
    Obstacle.NO_REASON: "reason",
}
# The presiding judge and two more; the number is odd (CPL art. 40).
FEWEST = 3


def may_name(actor: Actor, case: register.Facts) -> bool:
    """The registry distributes the cases; who presides over a panel, the president designates (CPL art. 44)."""
    return actor.court_id == case.court_id and actor.has(*REGISTRY, Role.GUIDING_JUDGE, Role.PRESIDENT)


@dataclass(frozen=True)
class Naming:
    """Who is to try the case, beside what stands."""

    status: Status
    procedure: Procedure
    roles: Collection[Role]
    judge: str
    mediated: bool = False
    apart: bool = False
    judges: tuple[str, ...] = ()
    assessors: tuple[str, ...] = ()
    # Somebody was named before: another one, or other members, for a reason that goes into the file.
    before: bool = False
    same: bool = False
    reason: str = ""


def obstacles(naming: Naming) -> list[Obstacle]:
    """Everything that stands in the way of naming this bench."""
    others = (*naming.judges, *naming.assessors)
    panel = naming.procedure is Procedure.ORDINARY_PANEL
    size = 1 + len(others)
    found = {
        Obstacle.CLOSED: naming.status is Status.CLOSED,
        Obstacle.NOT_A_JUDGE: TRIAL.isdisjoint(naming.roles),
        Obstacle.NOT_FAST_TRACK: naming.status is Status.FAST_TRACK and Role.FAST_TRACK_JUDGE not in naming.roles,
        Obstacle.JUDGE_MEDIATED: naming.mediated,
        Obstacle.JUDGE_APART: naming.apart,
        Obstacle.NO_PANEL: bool(others) and not panel,
        Obstacle.NOT_ODD: panel and (size < FEWEST or size % 2 == 0),
        Obstacle.TWICE: len({naming.judge, *others}) < size,
        Obstacle.NOT_ANOTHER: naming.same,
        Obstacle.NO_REASON: naming.before and not naming.reason.strip(),
    }
    return [obstacle for obstacle, stands in found.items() if stands]
