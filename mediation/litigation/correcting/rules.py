"""Which mistakes a ruling puts right, in which papers, and who rules (CPL art. 157; S2 art. 245; S8 art. 13)."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from mediation.kernel.actor import JUDGES, REGISTRY, Actor

ARTICLE = "CPL art. 157; S2 art. 245"
MEDIATION_DOCUMENT = "civil_mediation_document"


class Mistake(enum.StrEnum):
    """A slip of the pen, or a mediation document that says something else than the parties agreed."""

    CLERICAL = "clerical"
    UNLIKE_AGREEMENT = "unlike_agreement"


class Obstacle(enum.StrEnum):
    """Why it cannot be corrected like this."""

    NEW_VERSION = "new_version"
    ONLY_MEDIATION = "only_mediation"
    NO_OBJECTION = "no_objection"
    NO_PASSAGE = "no_passage"
    NOT_IN_IT = "not_in_it"
    NO_CHANGE = "no_change"
    NO_REASON = "no_reason"
    NO_CLERK = "no_clerk"
    SERVED = "served"


OBSTACLE_ARTICLE = {
    Obstacle.NEW_VERSION: "CPL art. 157; S8 art. 13",
    Obstacle.ONLY_MEDIATION: "S8 art. 13",
    Obstacle.NO_OBJECTION: "S8 art. 13",
    Obstacle.NO_PASSAGE: ARTICLE,
    Obstacle.NOT_IN_IT: ARTICLE,
    Obstacle.NO_CHANGE: ARTICLE,
    Obstacle.NO_REASON: "CPL art. 157",
    Obstacle.NO_CLERK: "CPL art. 157",
    Obstacle.SERVED: "CPL art. 87",
}
FIELD = {
    Obstacle.NEW_VERSION: "document_id",
    Obstacle.ONLY_MEDIATION: "mistake",
    Obstacle.NO_OBJECTION: "party_id",
    Obstacle.NO_PASSAGE: "wrong",
    Obstacle.NOT_IN_IT: "wrong",
    Obstacle.NO_CHANGE: "right",
    Obstacle.NO_REASON: "reason",
    Obstacle.NO_CLERK: "clerk_name",
    Obstacle.SERVED: "party_id",
}


@dataclass(frozen=True)
class Point:
    """One passage: as the paper says it, and as it is to read."""

    wrong: str
    right: str


@dataclass(frozen=True)
class Correcting:
    """A correction, beside the paper it is about."""

    kind: str
    mistake: Mistake
    points: Sequence[Point]
    # What the paper says.
    text: str
    served: bool
    objector: bool = False
    reason: str = ""
    clerk: str = ""


def plain(text: str) -> str:
    """Without the blanks and line ends, which a paper sets anew."""
    return "".join(text.split())


def obstacles(facts: Correcting) -> list[Obstacle]:
    """A slip in any ruling (S2 art. 245); what differs from the agreement only on a party's objection (S8 art. 13).

    A mediation document that nobody has received is made anew instead: the paper that binds should need no second one.
    """
    unlike = facts.mistake is Mistake.UNLIKE_AGREEMENT
    wrong = [plain(point.wrong) for point in facts.points]
    found = {
        Obstacle.NEW_VERSION: facts.kind == MEDIATION_DOCUMENT and not facts.served,
        Obstacle.ONLY_MEDIATION: unlike and facts.kind != MEDIATION_DOCUMENT,
        Obstacle.NO_OBJECTION: unlike and not facts.objector,
        Obstacle.NO_PASSAGE: not wrong or not all(wrong),
        Obstacle.NOT_IN_IT: any(one not in plain(facts.text) for one in wrong),
        Obstacle.NO_CHANGE: any(
            plain(point.wrong) == plain(point.right) for point in facts.points if plain(point.wrong)
        ),
        Obstacle.NO_REASON: not facts.reason.strip(),
        Obstacle.NO_CLERK: not facts.clerk.strip(),
    }
    return [obstacle for obstacle, stands in found.items() if stands]


def may_rule(actor: Actor, court_id: int, judge_id: int | None) -> bool:
    """Whoever decided; nobody corrects the ruling of another judge (CPL art. 157)."""
    return actor.court_id == court_id and actor.has(*JUDGES) and actor.id == judge_id


def may_serve(actor: Actor, court_id: int) -> bool:
    """The registry and the judges of the court see to it that the ruling reaches the parties (CPL art. 87)."""
    return actor.court_id == court_id and actor.has(*REGISTRY, *JUDGES)
