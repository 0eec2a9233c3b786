"""Every word shown for preservation."""

from mediation.kernel.i18n import _l
from mediation.litigation.preservation.rules import LiftReason, Object, Obstacle, Status, Sued

OBJECT = {
    Object.DEPOSIT: _l("Bank deposit, frozen for at most one year"),
    Object.MOVABLE: _l("Movable, sealed or seized for at most two years"),
    Object.OTHER_RIGHT: _l("Immovable or other property right, for at most three years"),
    Object.CONDUCT: _l("Order to do or not to do something"),
}
STATUS = {
    Status.APPLIED: _l("Waits for the ruling"),
    Status.ORDERED: _l("Ordered, to be carried out at once"),
    Status.TAKEN: _l("Measure taken"),
    Status.DISMISSED: _l("Dismissed"),
    Status.WITHDRAWN: _l("Withdrawn"),
    Status.LIFTED: _l("Lifted"),
}
TONE = {
    Status.APPLIED: "soon",
    Status.ORDERED: "soon",
    Status.TAKEN: "active",
    Status.DISMISSED: "neutral",
    Status.WITHDRAWN: "neutral",
    Status.LIFTED: "done",
}
STEP = {
    "order": _l("Order the preservation"),
    "dismiss": _l("Dismiss the application"),
    "withdraw": _l("Record the withdrawal of the application"),
    "take": _l("Record the measure"),
    "lift": _l("Lift the preservation"),
}
SUED = {
    Sued.HERE: _l("Filed at this court"),
    Sued.OTHER_COURT: _l("Filed at another court"),
    Sued.ARBITRATION: _l("Arbitration applied for"),
}
LIFT_REASON = {
    LiftReason.NOT_SUED: _l("Neither suit nor arbitration within thirty days"),
    LiftReason.SECURITY: _l("The other side gave security"),
    LiftReason.WITHDRAWN: _l("The applicant withdrew the application"),
    LiftReason.MISTAKEN: _l("The preservation was mistaken"),
    LiftReason.CLAIM_DISMISSED: _l("The suit or the claim was dismissed with legal effect"),
    LiftReason.OTHER: _l("Another case in which the court finds it must be lifted"),
}
OBSTACLE = {
    Obstacle.NO_SECURITY: _l("Before suit preservation needs security."),
    Obstacle.SAME_PARTY: _l("Applicant and other side must be two parties."),
    Obstacle.IN_THE_FUTURE: _l("This moment is still to come."),
    Obstacle.BEFORE: _l("This lies before what it follows."),
    Obstacle.NO_REASON: _l("Say why."),
    Obstacle.IN_SUIT: _l("The suit has been brought: the thirty days do not run."),
    Obstacle.TOO_LATE: _l("The thirty days were over on that day."),
    Obstacle.STILL_TIME: _l("The thirty days are not over."),
    Obstacle.NO_TERM: _l("No term runs for this measure."),
}
REMEDY = {
    Obstacle.NO_SECURITY: _l("Record the security given, or dismiss the application."),
    Obstacle.TOO_LATE: _l("Lift the preservation; in the suit the plaintiff may apply for it anew."),
    Obstacle.STILL_TIME: _l("Wait for the last day, or lift it for another reason."),
    Obstacle.NO_TERM: _l("Apply for preservation anew."),
}
EVENTS = {
    "preservation.apply": _l("Preservation was applied for"),
    "preservation.order": _l("Preservation was ordered"),
    "preservation.dismiss": _l("The application for preservation was dismissed"),
    "preservation.withdraw": _l("The application for preservation was withdrawn"),
    "preservation.take": _l("The preservation measure was taken"),
    "preservation.renew": _l("The preservation measure was renewed"),
    "preservation.sue": _l("A suit or arbitration keeps the preservation"),
    "preservation.lift": _l("The preservation was lifted"),
}
# What the other side must not learn before the measure has been taken.
SEALED = frozenset({"preservation.apply", "preservation.order", "preservation.dismiss", "preservation.withdraw"})
