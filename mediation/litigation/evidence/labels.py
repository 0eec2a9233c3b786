"""Every word shown for more time for evidence and for late evidence."""

from typing import Any

from mediation.kernel.i18n import _l
from mediation.litigation.evidence.rules import Cause, Obstacle, Outcome, RequestStatus

REQUEST_STATUS = {
    RequestStatus.ASKED: _l("Waits for the decision"),
    RequestStatus.GRANTED: _l("Granted"),
    RequestStatus.REFUSED: _l("More time not granted"),
    RequestStatus.DROPPED: _l("Fell away"),
}
TONE = {
    RequestStatus.ASKED: "active",
    RequestStatus.GRANTED: "done",
    RequestStatus.REFUSED: "soon",
    RequestStatus.DROPPED: "neutral",
}
CAUSE = {
    Cause.OBJECTIVE: _l("An objective cause, not the party's doing"),
    Cause.UNOPPOSED: _l("The other side does not object that it is late"),
    Cause.CARELESS: _l("Late without intent or gross negligence"),
    Cause.INTENT: _l("Late by intent or gross negligence, or no reason given"),
}
OUTCOME = {
    Outcome.IN_TIME: _l("Counts as given in time"),
    Outcome.REPRIMANDED: _l("Admitted, the party reprimanded"),
    Outcome.FINED: _l("Admitted as it concerns the basic facts, the party reprimanded and fined"),
    Outcome.EXCLUDED: _l("Not admitted"),
}
OBSTACLE = {
    Obstacle.CLOSED: _l("The case is closed."),
    Obstacle.NO_TIME: _l("No time for evidence runs or has run out, so nothing came late."),
    Obstacle.PENDING: _l("An application for more time is not decided yet."),
    Obstacle.TOO_LATE: _l("The application came when the time for evidence was over."),
    Obstacle.STILL_TIME: _l("On that day the time for evidence was not over: the evidence is in time."),
    Obstacle.NOT_THAT_DAY: _l("That day lies before the filing or after today."),
    Obstacle.NO_REASON: _l("Say what the reason is."),
    Obstacle.NO_DAYS: _l("Say how many days more there are."),
    Obstacle.STANDS_STILL: _l("The time for evidence stands still until the question of jurisdiction is settled."),
}
REMEDY = {
    Obstacle.NO_TIME: _l("Set the time for evidence first."),
    Obstacle.PENDING: _l("Decide on it first; more time holds for every party."),
    Obstacle.TOO_LATE: _l(
        "What comes now is decided on as late evidence; an objective cause makes it count as in time."
    ),
    Obstacle.STILL_TIME: _l("Take it to the file; nothing has to be decided."),
    Obstacle.NOT_THAT_DAY: _l("Enter the day as it stands on the paper or in the record."),
    Obstacle.STANDS_STILL: _l("Decide when the time runs on."),
}
EVENTS: dict[str, Any] = {
    "evidence_extension.ask": _l("More time for evidence was asked for"),
    "evidence_extension.grant": _l("More time for evidence was granted to every party"),
    "evidence_extension.refuse": _l("More time for evidence was refused"),
    "evidence_extension.drop": _l("The application for more time for evidence fell away"),
    "late_evidence.decide": _l("Evidence that came late was decided on"),
}
ASKED = _l("%(title)s: more time for evidence is asked for, the time ends on %(day)s.")
