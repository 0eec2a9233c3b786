"""The words of the reminders."""

from mediation.kernel.i18n import _l
from mediation.periods.table import PeriodKey
from mediation.reminders.rules import Reader, Stage

STAGE = {Stage.SOON: _l("Time limit ends soon"), Stage.LATE: _l("Time limit has passed")}
READER = {
    Reader.ASSIGNEE: _l("The mediator or the organisation"),
    Reader.CLERK: _l("The clerk in charge"),
    Reader.GUIDES: _l("The guiding judges"),
    Reader.JUDGE: _l("The judge in charge"),
}
TEXT = {
    Stage.SOON: _l("%(title)s: the time limit “%(period)s” ends on %(day)s."),
    Stage.LATE: _l("%(title)s: the time limit “%(period)s” ended on %(day)s and what it asks for has not been done."),
}
# Where the reader must be told what to do, not only until when.
OWN_TEXT = {
    (PeriodKey.TRANSFER_BACK, Stage.SOON): _l(
        "%(title)s: the mediation has ended without agreement. Hand the material over to the court by %(day)s."
    ),
    (PeriodKey.TRANSFER_BACK, Stage.LATE): _l(
        "%(title)s: the material was to be handed over to the court by %(day)s and has not arrived."
    ),
    (PeriodKey.FEE_PAYMENT, Stage.LATE): _l(
        "%(title)s: the fee was to be paid by %(day)s. Record the payment, decide on relief, or rule on withdrawal."
    ),
}
