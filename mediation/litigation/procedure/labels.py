"""Every word shown for objections to the procedure and to the single judge."""

from mediation.kernel.i18n import _l
from mediation.litigation.procedure.rules import Answer, Matter, ObjectionStatus, Obstacle

OBJECTION_STATUS = {
    ObjectionStatus.RAISED: _l("Not decided"),
    ObjectionStatus.UPHELD: _l("Upheld"),
    ObjectionStatus.REJECTED: _l("Rejected"),
    ObjectionStatus.DROPPED: _l("Fell away"),
}
TONE = {
    ObjectionStatus.RAISED: "active",
    ObjectionStatus.UPHELD: "done",
    ObjectionStatus.REJECTED: "soon",
    ObjectionStatus.DROPPED: "neutral",
}
MATTER = {
    Matter.PROCEDURE: _l("The procedure"),
    Matter.BENCH: _l("Trial by a single judge"),
}
ANSWER = {
    Answer.SUMMARY: _l("Upheld: try the case by the other rules of the summary procedure"),
    Answer.ORDINARY: _l("Upheld: convert to the ordinary procedure"),
    Answer.PANEL: _l("Upheld: the case goes to a panel"),
    Answer.REJECT: _l("Reject the objection"),
}
OBSTACLE = {
    Obstacle.NOT_SHORT: _l("The case is not tried by the small claims or the summary procedure."),
    Obstacle.NOT_SOLE: _l("No single judge tries this case."),
    Obstacle.HEARD: _l("An objection to the small claims procedure is raised before the hearing."),
    Obstacle.PENDING: _l("An objection to the procedure has not been decided yet."),
    Obstacle.NOT_A_PARTY: _l("Choose the party who objects."),
    Obstacle.NOT_THAT_DAY: _l("An objection is raised after the filing and not later than today."),
    Obstacle.NO_REASON: _l("Say why."),
    Obstacle.NO_SUCH_ANSWER: _l("That is no answer to this objection."),
    Obstacle.NOT_SMALL: _l("Only a small claims case can go on by the other rules of the summary procedure."),
}
REMEDY = {
    Obstacle.HEARD: _l("The judge may still find, without an objection, that the case is not for this procedure."),
    Obstacle.NO_SUCH_ANSWER: _l("Hand the case to a panel, or reject the objection."),
    Obstacle.PENDING: _l("The judge decides on it first."),
    Obstacle.NOT_SMALL: _l("Convert to the ordinary procedure, or reject the objection."),
}
STEP = {
    "uphold": _l("Uphold the objection"),
    "reject": _l("Reject the objection"),
    "drop": _l("Let the objection fall away"),
}
EVENTS = {
    "procedure_objection.raise": _l("A party objected to the procedure or to the single judge"),
    "procedure_objection.uphold": _l("The objection was upheld"),
    "procedure_objection.reject": _l("The objection was rejected"),
    "procedure_objection.drop": _l("The objection fell away"),
}
