"""Every word shown around joint choice and replacement."""

from typing import Any

from mediation.assignment.together.rules import (
    ChairBy,
    CoObstacle,
    CoReason,
    CoStatus,
    Obstacle,
    ReplacementGround,
    ReplacementOutcome,
)
from mediation.kernel.i18n import _l

REPLACEMENT_GROUND = {
    ReplacementGround.DELAY: _l("The mediation does not move on"),
    ReplacementGround.CONDUCT: _l("How the mediator behaved"),
    ReplacementGround.EXPERTISE: _l("The dispute needs other knowledge"),
    ReplacementGround.LANGUAGE: _l("Language, or a way of speaking the party does not follow"),
    ReplacementGround.TRUST: _l("Trust is lost"),
    ReplacementGround.OTHER: _l("Another good reason"),
}

REPLACEMENT_OUTCOME = {
    ReplacementOutcome.GRANTED: _l("Good reason: another mediator is chosen"),
    ReplacementOutcome.REFUSED: _l("No good reason: the mediation goes on with this mediator"),
    ReplacementOutcome.COUNTS_AS_REFUSAL: _l(
        "Replaced before, still not agreed, and the party will not choose: counts as refusing mediation"
    ),
}

OBSTACLE: dict[Obstacle, Any] = {
    Obstacle.JOINT_CHOSEN: _l("The parties chose a mediator together, who may mediate: nobody else is designated."),
    Obstacle.STILL_CHOOSING: _l("The parties may still choose together; two working days have not passed yet."),
    Obstacle.NO_GROUND: _l("Say for which good reason the party asks."),
    Obstacle.NO_REASON: _l("A reason must be given."),
    Obstacle.NOT_A_PARTY: _l("Name the party that asked."),
    Obstacle.NOTHING_REPLACED_YET: _l("No mediator of this dispute has been replaced at a party's request yet."),
    Obstacle.STILL_WILLING: _l("Only a party that refuses to choose a mediator itself counts as refusing."),
}

REMEDY: dict[Obstacle, Any] = {
    Obstacle.JOINT_CHOSEN: _l("Hand the dispute to the one they chose, or record that they named somebody else."),
    Obstacle.STILL_CHOOSING: _l("Record the same name for all parties, or that they leave it to the court."),
    Obstacle.NOTHING_REPLACED_YET: _l("Replace the mediator, or refuse with the reason."),
    Obstacle.STILL_WILLING: _l("Let the party choose from the list."),
}

CO_STATUS = {
    CoStatus.ASKED: _l("Asked, not yet answered"),
    CoStatus.ACCEPTED: _l("Mediates together"),
    CoStatus.CHAIRING: _l("Presides since"),
    CoStatus.DECLINED: _l("Not accepted"),
    CoStatus.LAPSED: _l("No answer in time"),
    CoStatus.LEFT: _l("No longer takes part"),
}

CO_REASON = {
    CoReason.MAJOR: _l("The dispute is major"),
    CoReason.DIFFICULT: _l("The dispute is difficult or complicated"),
    CoReason.PROFESSIONAL: _l("The dispute needs a specialist beside"),
    CoReason.REQUESTED: _l("The parties ask for more than one"),
}

CHAIR_BY = {
    ChairBy.PARTIES: _l("The parties chose together who presides"),
    ChairBy.COURT: _l("The organisation or the court names who presides"),
}

CO_OBSTACLE: dict[CoObstacle, Any] = {
    CoObstacle.NO_CHAIR: _l("A further mediator joins only one who has the dispute."),
    CoObstacle.THE_SAME: _l("This mediator has the dispute already."),
    CoObstacle.ALREADY: _l("This mediator has been asked already."),
    CoObstacle.NO_WORDS: _l("A reason must be given."),
    CoObstacle.OWN_MEMBERS: _l("Choose a mediator of the list; an organisation sends its own members."),
    CoObstacle.NOT_TOGETHER: _l("Only a mediator who has accepted to mediate together can preside."),
    CoObstacle.NOT_ALL: _l("The parties choose who presides only together."),
    CoObstacle.WAITING: _l("A further mediator was asked and has not accepted yet; all who mediate must accept."),
}

CO_REMEDY: dict[CoObstacle, Any] = {
    CoObstacle.NOT_ALL: _l("Record the choice of every party, or let the court name who presides."),
    CoObstacle.WAITING: _l("Wait for the answer, or let the court take this mediator out again."),
}
