"""Every word shown for applications for more time to try a case."""

from mediation.kernel.i18n import _l
from mediation.litigation.limits.rules import HigherStatus, Obstacle, RequestStatus

REQUEST_STATUS = {
    RequestStatus.ASKED: _l("Waits for the president"),
    RequestStatus.GRANTED: _l("Approved"),
    RequestStatus.REFUSED: _l("Refused"),
    RequestStatus.DROPPED: _l("Fell away"),
}
TONE = {
    RequestStatus.ASKED: "active",
    RequestStatus.GRANTED: "done",
    RequestStatus.REFUSED: "soon",
    RequestStatus.DROPPED: "neutral",
}

HIGHER_STATUS = {
    HigherStatus.ASKED: _l("Waits for the higher court"),
    HigherStatus.APPROVED: _l("Approved"),
    HigherStatus.REFUSED: _l("Refused"),
    HigherStatus.DROPPED: _l("Fell away"),
    HigherStatus.NOTED: _l("Answered after it fell away"),
}
HIGHER_TONE = {
    HigherStatus.ASKED: "active",
    HigherStatus.APPROVED: "done",
    HigherStatus.REFUSED: "soon",
    HigherStatus.DROPPED: "neutral",
    HigherStatus.NOTED: "neutral",
}

OBSTACLE = {
    Obstacle.NO_LIMIT: _l("No trial limit runs in this case."),
    Obstacle.PENDING: _l("An application for more time already waits for the president."),
    Obstacle.USED_UP: _l("The president has approved all the time the law allows."),
    Obstacle.TOO_LONG: _l("The law does not allow so much more time."),
    Obstacle.OVER: _l("The trial limit is over; more time is approved before it ends."),
    Obstacle.IN_THE_PAST: _l("Even with this time the limit would be over."),
    Obstacle.NO_REASON: _l("Say what is special about this case."),
    Obstacle.NOT_ORDINARY: _l("Only in the ordinary procedure a higher court approves still more time."),
    Obstacle.PRESIDENT_FIRST: _l("The president of this court has not approved all the time the law allows."),
    Obstacle.NO_PAPER: _l("Name the higher court and the number of its approval."),
    Obstacle.NOT_THAT_DAY: _l("The approval was given after the filing and not later than today."),
    Obstacle.TOO_LATE: _l("The approval was given after the limit had ended."),
    Obstacle.NOT_LATER: _l("The approved day is not later than the present last day."),
    Obstacle.ABOVE_PENDING: _l("A request already waits for the higher court's answer."),
    Obstacle.ASKED_ON: _l("The request was sent after the filing and not later than today."),
    Obstacle.ASKED_LATE: _l("The request was sent after the limit had ended."),
    Obstacle.BEFORE_ASKED: _l("The answer was given on or after the day of the request and not later than today."),
}
REMEDY = {
    Obstacle.PENDING: _l("Wait for the decision."),
    Obstacle.USED_UP: _l(
        "Decide the case; in the ordinary procedure still more time is for the higher court to approve."
    ),
    Obstacle.TOO_LONG: _l("Ask for less."),
    Obstacle.OVER: _l("Decide the case at once; still more time is for the higher court to approve."),
    Obstacle.NOT_ORDINARY: _l("Convert to the ordinary procedure before the limit ends."),
    Obstacle.PRESIDENT_FIRST: _l("Ask the president first."),
    Obstacle.TOO_LATE: _l("Decide the case at once."),
    Obstacle.IN_THE_PAST: _l("Decide the case at once."),
    Obstacle.ABOVE_PENDING: _l("Record the answer when it comes; until then the limit runs."),
    Obstacle.ASKED_LATE: _l("Decide the case at once."),
}

STEP = {
    "approve": _l("Record the approval"),
    "grant": _l("Approve more time"),
    "refuse": _l("Refuse more time"),
    "note": _l("Note the answer that came too late"),
    "drop": _l("Let the application fall away"),
}

EVENTS = {
    "limit_extension.ask": _l("More time to try the case was asked for"),
    "limit_extension.grant": _l("The president approved more time to try the case"),
    "limit_extension.refuse": _l("The president refused more time to try the case"),
    "higher_request.ask": _l("The higher court was asked for still more time to try the case"),
    "higher_request.approve": _l("The higher court approved the request for still more time"),
    "higher_request.refuse": _l("The higher court refused still more time to try the case"),
    "higher_request.drop": _l("The request to the higher court fell away with the limit"),
    "higher_request.note": _l("The higher court answered after its request had fallen away; nothing changed"),
    "limit_approval.record": _l("The higher court's approval of more time was recorded"),
    "limit_extension.drop": _l("The application for more time fell away with the limit"),
}

SAY_WHY = _l("Say why more time is refused.")

ASKED = _l("%(title)s: more time to try the case is asked for. The limit ends on %(day)s.")
GRANTED = _l("%(title)s: more time to try the case is approved. The limit now ends on %(day)s.")
REFUSED = _l("%(title)s: more time to try the case is refused. The limit ends on %(day)s.")

APPROVED_ABOVE = _l("%(title)s: the higher court approved still more time. The limit now ends on %(day)s.")
REFUSED_ABOVE = _l(
    "%(title)s: the higher court refused still more time. The limit ends on %(day)s as before: decide the case by then."
)

APPROVED_IN_VAIN = _l("The higher court approved; the limit had ended with the case, so nothing changes.")
REFUSED_IN_VAIN = _l("The higher court refused; the limit had ended with the case, so nothing changes.")

RUNS = _l("The limit runs on while the higher court considers the request; asking stops nothing.")
OVER = _l("The last day of the limit is over: decide the case at once.")
REMAINS = _l(
    "The limit stays as it is: decide the case by its last day. If the special circumstances persist, the higher court may"
    " be asked again before that day."
)
