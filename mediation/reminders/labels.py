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
    Reader.DECIDER: _l("Whoever decides on the recusal"),
    Reader.APPLICANT: _l("The applicant for preservation"),
}
TEXT = {
    Stage.SOON: _l("%(title)s: the time limit “%(period)s” ends on %(day)s."),
    Stage.LATE: _l("%(title)s: the time limit “%(period)s” ended on %(day)s and what it asks for has not been done."),
}
# What a daily run brought, by the name of its count.
DONE = {
    "freed": _l("Held times freed"),
    "lapsed": _l("Assignments nobody accepted in time"),
    "overdue": _l("Mediations newly past their last day"),
    "ending_soon": _l("Reminders before a last day"),
    "past": _l("Reminders after a last day"),
    "performances_soon": _l("Performances that fall due soon"),
    "performances_late": _l("Performances newly overdue"),
    "certificates_out": _l("Certificates run out"),
    "certificates_soon": _l("Certificates that end soon"),
    "agreements_soon": _l("Agreements with organisations that end soon"),
    "resumed": _l("Suspended mediators on the list again"),
    "hindered": _l("Meetings newly in question"),
    "turns_over": _l("Turns to sign on a screen that ran out"),
    "turns_reminded": _l("Signers reminded of their link"),
    "run_out": _l("Times to answer or to bring evidence that ended"),
    "asked_to_rate": _l("Parties asked to rate a mediation that is over"),
    "in_force": _l("Rulings on jurisdiction now in force"),
    "frozen": _l("Months whose figures were frozen"),
    "beyond": _l("Figures newly beyond their bounds"),
    "reports": _l("Reports asked for by the calendar"),
    "orders_unanswered": _l("Supervision orders not answered in time"),
    "sums_differ": _l("Sums over all courts that are not what the records say"),
}
# Where the reader must be told what to do, not only until when.
OWN_TEXT = {
    (PeriodKey.TRANSFER_BACK, Stage.SOON): _l(
        "%(title)s: the mediation has ended without agreement. Hand the material over to the court by %(day)s."
    ),
    (PeriodKey.TRANSFER_BACK, Stage.LATE): _l(
        "%(title)s: the material was to be handed over to the court by %(day)s and has not arrived."
    ),
    (PeriodKey.RECUSAL_DECIDE, Stage.SOON): _l(
        "%(title)s: a decision on recusal is due by %(day)s. Until it is made, whoever it is about does nothing in the dispute."
    ),
    (PeriodKey.RECUSAL_DECIDE, Stage.LATE): _l(
        "%(title)s: the decision on recusal was due by %(day)s and has not been made. The dispute stands still until it is."
    ),
    (PeriodKey.RECUSAL_REVIEW, Stage.SOON): _l("%(title)s: the decision on the review of a recusal is due by %(day)s."),
    (PeriodKey.RECUSAL_REVIEW, Stage.LATE): _l(
        "%(title)s: the decision on the review of a recusal was due by %(day)s and has not been made."
    ),
    (PeriodKey.PRESERVE_SUE_BY, Stage.SOON): _l(
        "%(title)s: the preservation before suit ends unless a suit is brought or arbitration applied for by %(day)s. Mediation does not stop this day."
    ),
    (PeriodKey.PRESERVE_SUE_BY, Stage.LATE): _l(
        "%(title)s: until %(day)s neither suit nor arbitration followed the preservation. It must be lifted."
    ),
    (PeriodKey.CLAIM_FEE, Stage.LATE): _l(
        "%(title)s: the fee of a counterclaim was to be paid by %(day)s. Record the payment, or that it counts as withdrawn."
    ),
    (PeriodKey.FEE_PAYMENT, Stage.LATE): _l(
        "%(title)s: the fee was to be paid by %(day)s. Record the payment, decide on relief, or rule on withdrawal."
    ),
}
# S3 arts 31-33: who mediated urges performance; about what is not performed the creditor may sue, or apply for confirmation
# in time; a confirmed agreement is enforced (CPL art. 250).
PERFORMANCE_LATE = _l(
    "%(title)s: “%(what)s” was due on %(day)s and is not recorded as performed. Ask the debtor and record what was done; "
    "the creditor may sue about the agreement."
)
PERFORMANCE_ENFORCEABLE = _l(
    "%(title)s: “%(what)s” was due on %(day)s and is not recorded as performed. Ask the debtor and record what was done; "
    "the creditor may apply for enforcement until %(until)s."
)
