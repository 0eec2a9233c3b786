"""Every word shown for supervision orders."""

from mediation.kernel.i18n import _l
from mediation.supervision.rules import Level, Obstacle, OrderStatus, Trigger

LEVEL = {
    Level.REMINDER: _l("Reminder"),
    Level.SUPERVISION: _l("Supervision"),
    Level.KEY: _l("Key supervision by the president"),
}
ORDER_STATUS = {
    OrderStatus.OPEN: _l("waits for an answer"),
    OrderStatus.REPLIED: _l("answer received"),
    OrderStatus.CLOSED: _l("closed"),
}
TONE = {OrderStatus.OPEN: "active", OrderStatus.REPLIED: "soon", OrderStatus.CLOSED: "done"}
STEP = {
    "reply": _l("Send the answer"),
    "ask_again": _l("Ask again"),
    "raise": _l("Raise the level"),
    "close": _l("Close the order"),
}
TRIGGER = {
    Trigger.LATE: _l("Mediation past its last day"),
    Trigger.UNACCEPTED: _l("Not accepted for more than a working day"),
    Trigger.STILL: _l("No step for more than five working days"),
    Trigger.NEAR: _l("Last day within three days"),
}
TRIGGER_TONE = {Trigger.LATE: "overdue", Trigger.UNACCEPTED: "soon", Trigger.STILL: "soon", Trigger.NEAR: "soon"}
OBSTACLE = {
    Obstacle.OVER: _l("The mediating stage of this dispute is over; nobody presses a judge who tries a case."),
    Obstacle.OPEN_ALREADY: _l("A supervision order for this dispute is open."),
    Obstacle.NOBODY: _l("Nobody who handles this dispute has an account."),
    Obstacle.PRESIDENT_ONLY: _l("Only the president makes it a key matter."),
    Obstacle.DUE_PAST: _l("The day of the answer is past."),
    Obstacle.DUE_FAR: _l("The day of the answer lies more than thirty days ahead."),
    Obstacle.NOT_HIGHER: _l("This level is not above the present one."),
}
REMEDY = {
    Obstacle.OVER: _l("What is late in a filed case is seen in its time limits."),
    Obstacle.OPEN_ALREADY: _l("Raise its level, or ask again."),
    Obstacle.NOBODY: _l("Open an account for the mediator, or call them."),
    Obstacle.PRESIDENT_ONLY: _l("Choose another level, or tell the president."),
    Obstacle.DUE_PAST: _l("Give a day from today on."),
    Obstacle.DUE_FAR: _l("Give an earlier day."),
    Obstacle.NOT_HIGHER: _l("Choose a higher level, or ask again."),
}
FIELD = {
    Obstacle.PRESIDENT_ONLY: "level",
    Obstacle.NOT_HIGHER: "level",
    Obstacle.NOBODY: "addressee_id",
    Obstacle.DUE_PAST: "due_on",
    Obstacle.DUE_FAR: "due_on",
}
EVENTS = {
    "supervision_order.issue": _l("A supervision order was issued"),
    "supervision_order.ask_again": _l("The supervision order was sent out again"),
    "supervision_order.raise": _l("The level of the supervision order was raised"),
    "supervision_order.close": _l("The supervision order was closed"),
    "supervision_order.reply": _l("The supervision order was answered"),
    "supervision_order.tell_late": _l("No answer to the supervision order came in time; who issued it was told"),
    "supervision_reply.write": _l("Answer to a supervision order"),
}
ISSUED = _l("%(title)s: %(level)s. Answer by %(day)s what was done and what comes next.")
ANSWERED = _l("%(title)s: the supervision order was answered by %(name)s.")
LATE = _l("%(title)s: no answer to the supervision order by %(day)s. Ask again, raise its level or close it.")
CLOSED = _l("%(title)s: the supervision order is closed.")
