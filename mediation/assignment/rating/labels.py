"""Every word around ratings."""

from typing import Any

from mediation.assignment.rating.rules import Aspect, Check, Obstacle
from mediation.kernel.i18n import _l

ASPECT = {
    Aspect.ATTITUDE: _l("Attitude"),
    Aspect.EXPERTISE: _l("Knowledge"),
    Aspect.EFFICIENCY: _l("Promptness"),
    Aspect.FAIRNESS: _l("Fairness"),
}
SCORE = {
    5: _l("5 Very satisfied"),
    4: _l("4 Satisfied"),
    3: _l("3 So so"),
    2: _l("2 Not satisfied"),
    1: _l("1 Not satisfied at all"),
}
CHECK = {
    Check.NOT_NEEDED: _l("Nothing to look at"),
    Check.OPEN: _l("To be looked at"),
    Check.CLEARED: _l("No cause for complaint"),
    Check.COMPLAINT: _l("Taken up as a complaint"),
}
STEP = {"clear": _l("No cause for complaint"), "complain": _l("Take up as a complaint")}
OBSTACLE: dict[Obstacle, Any] = {
    Obstacle.NOT_OVER: _l("A mediation is rated when it is over. A complaint is received at any time."),
    Obstacle.ALREADY_RATED: _l("This party has rated this mediation already."),
    Obstacle.NOT_A_PARTY: _l("Only a party of this dispute rates its mediation."),
}
EVENTS: dict[str, Any] = {
    "rating_invitation.make": _l("A party was asked to rate the mediation."),
    "rating_invitation.use": _l("An address for rating was used up."),
    "rating.rate": _l("A party rated the mediation."),
    "rating.clear": _l("A low rating was looked at: no cause for complaint."),
    "rating.complain": _l("A low rating was taken up as a complaint."),
}
