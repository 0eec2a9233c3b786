"""Every word shown for the plaint copy, the statement of defence and the time for evidence."""

from typing import Any

from mediation.kernel.i18n import _l
from mediation.litigation.defence.rules import DefenceStatus, Obstacle

DEFENCE_STATUS = {
    DefenceStatus.SENT: _l("Plaint copy sent"),
    DefenceStatus.SERVED: _l("Plaint copy served"),
    DefenceStatus.RECEIVED: _l("Statement of defence received"),
    DefenceStatus.PASSED_ON: _l("Statement of defence passed on"),
}
TONE = {
    DefenceStatus.SENT: "active",
    DefenceStatus.SERVED: "active",
    DefenceStatus.RECEIVED: "soon",
    DefenceStatus.PASSED_ON: "done",
}
STEP = {
    "serve": _l("Record the service of the plaint copy"),
    "receive": _l("Record the statement of defence"),
    "pass_on": _l("Record that the statement was passed on"),
}
OBSTACLE = {
    Obstacle.CLOSED: _l("The case is closed."),
    Obstacle.ALL_SENT: _l("The plaint copy has been sent to every defendant."),
    Obstacle.NOT_THAT_DAY: _l("That day lies before what came first, or after today."),
    Obstacle.NOT_SHORTENED: _l("In the ordinary procedure a defendant has fifteen days to answer."),
    Obstacle.NOT_WAIVED: _l("Only in the summary and the small claims procedure can both sides do without these times."),
    Obstacle.NO_TRIAL: _l("The time for evidence is set while the trial is being prepared, before the hearing."),
    Obstacle.TOO_SHORT: _l("In the ordinary procedure the court sets fifteen days or more for evidence."),
    Obstacle.NOT_SERVED: _l("The plaint copy has not been served on every defendant."),
    Obstacle.NO_EVIDENCE_NOTICE: _l("No time for evidence has been set, so there is no notice to serve."),
    Obstacle.NOTICE_SERVED: _l("The notice about the evidence has reached this party."),
    Obstacle.DEFENCE_RUNS: _l("On that day a defendant still has time to answer the plaint."),
}  # fmt: skip
REMEDY = {
    Obstacle.NO_EVIDENCE_NOTICE: _l("The judge sets the time for evidence first."),
    Obstacle.NOT_THAT_DAY: _l("Enter the day as it stands on the receipt or in the record."),
    Obstacle.NOT_SHORTENED: _l("Leave the number of days empty: the fifteen days run from the service."),
    Obstacle.NOT_WAIVED: _l("Hear the case when the time to answer is over."),
    Obstacle.NO_TRIAL: _l(
        "Send the case to trial first; evidence that comes after the hearing is decided on as late evidence."
    ),
    Obstacle.TOO_SHORT: _l(
        "Set fifteen days or more; fewer are possible where the parties agree on them and the court allows it, and for rebutting or mending evidence already given."
    ),
    Obstacle.NOT_SERVED: _l(
        "Send it and record its service; in the summary and the small claims procedure parties who come together may be served in court and heard at once if both want it so."
    ),
    Obstacle.DEFENCE_RUNS: _l(
        "Choose a later day; in the summary and the small claims procedure record that both sides need no time for evidence or defence."
    ),
}
EVENTS: dict[str, Any] = {
    "defence.send": _l("The plaint copy and the notice to respond were sent"),
    "defence.serve": _l("The plaint copy was served on the defendant"),
    "defence.receive": _l("A statement of defence was received"),
    "defence.pass_on": _l("The statement of defence was passed on to the plaintiff"),
    "litigation_case.waive_periods": _l("Both sides declared that they need no time for evidence or defence"),
    "litigation_case.set_evidence_period": _l("The time for evidence was set"),
}
