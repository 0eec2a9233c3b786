"""Every word shown for the correction of the court's papers."""

from typing import Any

from mediation.kernel.i18n import _l
from mediation.litigation.correcting.rules import Mistake, Obstacle

MISTAKE = {
    Mistake.CLERICAL: _l("A slip: written or counted wrongly"),
    Mistake.UNLIKE_AGREEMENT: _l("The mediation document differs from what was agreed, as a party objects"),
}
OBSTACLE = {
    Obstacle.NEW_VERSION: _l("Nobody has received this mediation document yet; it needs no ruling."),
    Obstacle.ONLY_MEDIATION: _l("Only a mediation document can differ from what the parties agreed."),
    Obstacle.NO_OBJECTION: _l("Say which party objects that the document differs from what was agreed."),
    Obstacle.NO_PASSAGE: _l("Copy the wrong passage from the paper."),
    Obstacle.NOT_IN_IT: _l("The paper does not say this. Copy the wrong passage from it, sign by sign."),
    Obstacle.NO_CHANGE: _l("The passage reads the same afterwards."),
    Obstacle.NO_REASON: _l("Say what shows the mistake."),
    Obstacle.NO_CLERK: _l("Name the clerk: a ruling is signed by the judge and the clerk."),
    Obstacle.SERVED: _l("It is on record that the ruling has reached this party."),
}
REMEDY = {
    Obstacle.NEW_VERSION: _l("Draw it up once more on the page of the case: the new version replaces it."),
    Obstacle.ONLY_MEDIATION: _l(
        "A slip is corrected; against what was decided there is only the remedy the law gives."
    ),
    Obstacle.NO_PASSAGE: _l("Each passage is a pair: as it stands in the paper, and as it is to read."),
}
EVENTS: dict[str, Any] = {"document_correction.rule": _l("A mistake in a paper of the court was corrected by a ruling")}
