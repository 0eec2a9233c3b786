"""Every word shown for objections to confirmation rulings."""

from typing import Any

from mediation.confirmation.objections.rules import ObjectionStatus, Objector, Obstacle, Ruled
from mediation.kernel.i18n import _l

OBJECTION_STATUS = {
    ObjectionStatus.RAISED: _l("Objection under examination"),
    ObjectionStatus.REVOKED: _l("Confirmation revoked"),
    ObjectionStatus.ALTERED: _l("Confirmation altered"),
    ObjectionStatus.REJECTED: _l("Objection rejected"),
    ObjectionStatus.WITHDRAWN: _l("Objection taken back"),
}
TONE = {
    ObjectionStatus.RAISED: "active",
    ObjectionStatus.REVOKED: "overdue",
    ObjectionStatus.ALTERED: "soon",
    ObjectionStatus.REJECTED: "done",
    ObjectionStatus.WITHDRAWN: "neutral",
}
OBJECTOR = {
    Objector.PARTY: _l("A party to the agreement"),
    Objector.OUTSIDER: _l("Somebody else whose rights it concerns"),
}
RULED = {
    Ruled.REVOKE: _l("Well founded: revoke the confirmation and dismiss the application"),
    Ruled.ALTER: _l("Well founded in part: alter the confirmation"),
    Ruled.REJECT: _l("Not well founded: reject the objection"),
}
OBSTACLE = {
    Obstacle.NOT_CONFIRMED: _l("No agreement was ruled valid here; other rulings are objected to elsewhere."),
    Obstacle.REVOKED: _l("The confirmation has been revoked already."),
    Obstacle.PENDING: _l("An objection is under examination."),
    Obstacle.NOT_RECEIVED: _l("The ruling has not reached this party yet."),
    Obstacle.NOT_THAT_DAY: _l("That day lies before what came first, or after today."),
    Obstacle.KNOWN_TOO_EARLY: _l("Nobody can have known of the ruling before it was made."),
    Obstacle.PARTY_LATE: _l("The fifteen days of the party are over."),
    Obstacle.OUTSIDER_LATE: _l("The six months are over."),
    Obstacle.NO_NAME: _l("Name whoever objects."),
    Obstacle.NO_REASON: _l("Say why."),
    Obstacle.NO_REASONS: _l("A ruling has its reasons."),
    Obstacle.NO_NEW_TERMS: _l("Say what the confirmation says from now on."),
    Obstacle.JUDGE_DIVERTED: _l("You handed this dispute to mediation: another judge rules."),
    Obstacle.JUDGE_MEDIATED: _l("You mediated this dispute: another judge rules."),
    Obstacle.NOT_RULED: _l("There is no ruling to serve."),
}
LATE_AFTER = {
    Obstacle.PARTY_LATE: _l("The fifteen days of the party ended on %(day)s."),
    Obstacle.OUTSIDER_LATE: _l("The six months ended on %(day)s; they are never lengthened."),
}
REMEDY = {
    Obstacle.PENDING: _l("Rule on it first; the day on which a further one came in is entered then."),
    Obstacle.NOT_RECEIVED: _l("Record the service of the ruling first."),
    Obstacle.PARTY_LATE: _l("Where an obstacle kept the party, time may be restored within ten days of its end."),
    Obstacle.OUTSIDER_LATE: _l("Check on which day the person knew, or should have known."),
    Obstacle.JUDGE_DIVERTED: _l("Leave it to another confirmation judge."),
    Obstacle.JUDGE_MEDIATED: _l("Leave it to another confirmation judge."),
}
EVENTS: dict[str, Any] = {
    "confirmation_objection.raise": _l("An objection was raised against the confirmation ruling"),
    "confirmation_objection.revoke": _l("The confirmation was revoked by a new ruling"),
    "confirmation_objection.alter": _l("The confirmation was altered by a new ruling"),
    "confirmation_objection.reject": _l("The objection to the confirmation ruling was rejected"),
    "confirmation_objection.withdraw": _l("The objection to the confirmation ruling was taken back"),
    "confirmation_objection.serve": _l("The ruling on the objection reached the person outside"),
}
RAISED = _l("%(title)s: an objection to the confirmation ruling came in on %(day)s.")
