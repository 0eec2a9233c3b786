"""Every word shown for restoring a missed time."""

from typing import Any

from mediation.kernel.i18n import _l
from mediation.litigation.relief.rules import Hindrance, Obstacle, ReliefStatus

RELIEF_STATUS = {
    ReliefStatus.ASKED: _l("Waits for the decision"),
    ReliefStatus.GRANTED: _l("Time restored"),
    ReliefStatus.REFUSED: _l("Time not restored"),
    ReliefStatus.WITHDRAWN: _l("Application taken back"),
}
TONE = {
    ReliefStatus.ASKED: "active",
    ReliefStatus.GRANTED: "done",
    ReliefStatus.REFUSED: "soon",
    ReliefStatus.WITHDRAWN: "neutral",
}
HINDRANCE = {
    Hindrance.FORCE_MAJEURE: _l("Force majeure"),
    Hindrance.OTHER: _l("Another good reason"),
}
OBSTACLE = {
    Obstacle.NOT_RESTORABLE: _l("This time cannot be restored."),
    Obstacle.NOT_THEIRS: _l("This time ran for another party; only who missed it may ask."),
    Obstacle.NOT_MISSED: _l("The time was not over when the application came."),
    Obstacle.PENDING: _l("An application about this time waits for the decision."),
    Obstacle.ENDED_IN_FUTURE: _l("The obstacle has not ended yet."),
    Obstacle.ENDED_BEFORE: _l("The obstacle had ended while the time still ran; the party could have kept it."),
    Obstacle.NOT_THAT_DAY: _l("That day lies before the end of the obstacle or after today."),
    Obstacle.TOO_LATE: _l("The ten days after the end of the obstacle are over."),
    Obstacle.NO_REASON: _l("Say what kept the party."),
    Obstacle.NO_DAY: _l("Say until when the time runs now, today or later."),
    Obstacle.NO_GROUNDS: _l("Say why it is refused."),
}
TOO_LATE_AFTER = _l("The ten days after the end of the obstacle ended on %(day)s.")
REMEDY = {
    Obstacle.NOT_MISSED: _l("Do in time what is asked for; nothing has to be restored."),
    Obstacle.PENDING: _l("Decide on it first."),
    Obstacle.ENDED_IN_FUTURE: _l("Apply within ten days after it has ended."),
}
EVENTS: dict[str, Any] = {
    "time_relief.ask": _l("It was asked to restore a missed time"),
    "time_relief.grant": _l("A missed time was restored"),
    "time_relief.refuse": _l("A missed time was not restored"),
    "time_relief.withdraw": _l("The application to restore a missed time was taken back"),
}
ASKED = _l("%(title)s: it is asked to restore a time that ended on %(day)s.")
