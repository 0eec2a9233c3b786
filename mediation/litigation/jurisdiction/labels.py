"""Every word shown for objections to jurisdiction."""

from typing import Any

from mediation.kernel.i18n import _l
from mediation.litigation.jurisdiction.rules import Answer, JurisdictionStatus, Obstacle, Origin

JURISDICTION_STATUS = {
    JurisdictionStatus.RAISED: _l("Under examination"),
    JurisdictionStatus.TRANSFER_RULED: _l("Transfer ruled, may be appealed against"),
    JurisdictionStatus.REJECTED: _l("Rejected, may be appealed against"),
    JurisdictionStatus.APPEALED: _l("Appealed against"),
    JurisdictionStatus.STAYS: _l("This court has jurisdiction"),
    JurisdictionStatus.AWAY: _l("Another court has jurisdiction"),
    JurisdictionStatus.DROPPED: _l("Fell away"),
}
TONE = {
    JurisdictionStatus.RAISED: "active",
    JurisdictionStatus.TRANSFER_RULED: "soon",
    JurisdictionStatus.REJECTED: "soon",
    JurisdictionStatus.APPEALED: "active",
    JurisdictionStatus.STAYS: "done",
    JurisdictionStatus.AWAY: "overdue",
    JurisdictionStatus.DROPPED: "neutral",
}
ORIGIN = {
    Origin.PARTY: _l("A defendant"),
    Origin.COURT: _l("The court itself"),
}
ANSWER = {
    Answer.TRANSFER: _l("The case goes to the court that has jurisdiction"),
    Answer.REJECT: _l("The objection is rejected; the case stays here"),
}
OBSTACLE = {
    Obstacle.CLOSED: _l("The case is closed."),
    Obstacle.NOT_A_DEFENDANT: _l("A defendant objects to jurisdiction; a third party without a claim of its own cannot."),
    Obstacle.TOO_LATE: _l("The time to answer is over; who did not object in it cannot object any more."),
    Obstacle.PENDING: _l("An objection to jurisdiction is not settled yet."),
    Obstacle.DECIDED: _l("It has been found already that this court has jurisdiction."),
    Obstacle.NOT_THAT_DAY: _l("That day lies before what came first, or after today."),
    Obstacle.NO_REASON: _l("Say why."),
    Obstacle.NO_COURT: _l("Name the court that has jurisdiction."),
    Obstacle.ACCEPTED: _l("A defendant answered to the substance without objecting: this court has jurisdiction."),
    Obstacle.STILL_TIME: _l("A defendant still has time to answer, or to object."),
    Obstacle.HEARD: _l("The case has been heard."),
    Obstacle.OWN_REJECTED: _l("What the court finds itself is not rejected by a ruling."),
    Obstacle.FEE: _l("An objection that fails costs between 50 and 100 yuan."),
    Obstacle.NO_APPEAL: _l("In small claims the ruling is in force at once; there is no appeal."),
    Obstacle.NOT_SERVED: _l("The ruling has not been served on everybody."),
    Obstacle.APPEAL_OVER: _l("The ten days to appeal are over."),
    Obstacle.APPEAL_RUNS: _l("Somebody may still appeal against the ruling."),
    Obstacle.NO_PAPER: _l("Name the higher court and the number of its ruling."),
    Obstacle.OPEN: _l("Whether this court has jurisdiction is not settled yet."),
    Obstacle.NOT_AWAY: _l("No ruling in force gives the case to another court."),
}  # fmt: skip
REMEDY = {
    Obstacle.TOO_LATE: _l(
        "The judge may still examine level and exclusive jurisdiction; an application to restore the time is decided by the court."
    ),
    Obstacle.PENDING: _l("Rule on it first, or record what the higher court ruled."),
    Obstacle.DECIDED: _l("Only level or exclusive jurisdiction can still be examined."),
    Obstacle.ACCEPTED: _l("Only level or exclusive jurisdiction can still be examined."),
    Obstacle.STILL_TIME: _l("Wait until the time to answer is over."),
    Obstacle.HEARD: _l("Only level or exclusive jurisdiction can still be examined."),
    Obstacle.OWN_REJECTED: _l("Record that the question fell away."),
    Obstacle.NOT_SERVED: _l("Record the service of the ruling on each party."),
    Obstacle.APPEAL_RUNS: _l("Wait until the last day to appeal is over."),
    Obstacle.OPEN: _l("Rule on the objection; when the ruling is in force the trial goes on."),
    Obstacle.NOT_AWAY: _l("Rule on the objection to jurisdiction first."),
}
STEP = {
    "rule_transfer": _l("Rule that the case goes to another court"),
    "reject": _l("Reject the objection to jurisdiction"),
    "appeal": _l("Record an appeal against the ruling"),
    "stay": _l("The case stays here"),
    "go_away": _l("The case goes to another court"),
    "drop": _l("Let the question of jurisdiction fall away"),
}
EVENTS: dict[str, Any] = {
    "jurisdiction_objection.raise": _l("The jurisdiction of this court was questioned"),
    "jurisdiction_objection.rule_transfer": _l("It was ruled that the case goes to another court"),
    "jurisdiction_objection.reject": _l("The objection to jurisdiction was rejected"),
    "jurisdiction_objection.appeal": _l("The ruling on jurisdiction was appealed against"),
    "jurisdiction_objection.stay": _l("It is settled that this court has jurisdiction"),
    "jurisdiction_objection.go_away": _l("It is settled that another court has jurisdiction"),
    "jurisdiction_objection.drop": _l("The question of jurisdiction fell away"),
}
SETTLED = _l("%(title)s: the ruling on jurisdiction is in force since %(day)s.")
