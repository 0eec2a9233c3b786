"""Every word shown for complaints, sanctions and evaluations."""

from mediation.kernel.i18n import _l
from mediation.roster.conduct.rules import ComplaintStatus, Result, SanctionFault, SanctionKind, SanctionStatus

COMPLAINT_STATUS = {
    ComplaintStatus.RECEIVED: _l("Being examined"),
    ComplaintStatus.FOUNDED: _l("Founded"),
    ComplaintStatus.UNFOUNDED: _l("Not founded"),
}
COMPLAINT_TONE = {
    ComplaintStatus.RECEIVED: "soon",
    ComplaintStatus.FOUNDED: "overdue",
    ComplaintStatus.UNFOUNDED: "neutral",
}

SANCTION_KIND = {
    SanctionKind.CORRECTION: _l("Correction"),
    SanctionKind.WARNING: _l("Formal warning"),
    SanctionKind.CRITICISM: _l("Notice of criticism"),
    SanctionKind.SUSPENSION: _l("Suspension for a time"),
    SanctionKind.REMOVAL: _l("Removal from the list"),
}

SANCTION_STATUS = {
    SanctionStatus.PROPOSED: _l("The mediator may answer"),
    SanctionStatus.IMPOSED: _l("Imposed"),
    SanctionStatus.DROPPED: _l("Dropped"),
}
SANCTION_TONE = {
    SanctionStatus.PROPOSED: "soon",
    SanctionStatus.IMPOSED: "overdue",
    SanctionStatus.DROPPED: "neutral",
}

SANCTION_FAULT = {
    SanctionFault.UNHEARD: _l(
        "The mediator has not answered and may still do so: decide once the answer is here or its time is over."
    ),
    SanctionFault.NO_LAST_DAY: _l("A suspension has a last day: give it."),
    SanctionFault.LAST_DAY_PAST: _l("The last day of a suspension lies ahead."),
    SanctionFault.NOT_REPORTED: _l("A removal is told to the authority in charge: name it."),
}

RESULT = {
    Result.EXCELLENT: _l("Excellent"),
    Result.GOOD: _l("Good"),
    Result.SUFFICIENT: _l("Sufficient"),
    Result.INSUFFICIENT: _l("Insufficient"),
}
RESULT_TONE = {
    Result.EXCELLENT: "done",
    Result.GOOD: "done",
    Result.SUFFICIENT: "neutral",
    Result.INSUFFICIENT: "overdue",
}

FIGURE = {
    "handed": _l("Disputes handed over"),
    # The catalogue counts the withdrawn among those ended; a mediator is judged by those that came to an end.
    "ended": _l("Ended with or without an agreement"),
    "agreed": _l("With an agreement"),
    "declined": _l("Declined or not answered"),
    "overdue": _l("Ended after the last day"),
    "rate": _l("Agreements in a hundred of these"),
    "average_days": _l("Days of these on average"),
    "complaints": _l("Complaints found right"),
    "sanctions": _l("Sanctions imposed"),
    "hours": _l("Hours of training"),
}

NOT_A_GROUND = _l("This is no ground for a complaint.")
RECEIVED_FUTURE = _l("A complaint is entered once it has come in.")
FINDING_MISSING = _l("Write down what the examination found.")
REASON_MISSING = _l("Give the reasons of the decision.")
ANSWER_MISSING = _l("Write down the answer.")
ANSWERED_ALREADY = _l("The sanction has been decided; an answer changes nothing any more.")
COMPLAINT_NOT_FOUNDED = _l("Only a complaint found right carries a sanction.")
YEAR_NOT_OVER = _l("A year is evaluated from December on, or once it is over.")
EVALUATED = _l("This year has been evaluated; the result stands.")
TEXT_MISSING = _l("Give the grounds of the result.")

PROPOSED = _l(
    "A sanction is proposed against you: %(sanction)s. You may answer until %(day)s, on your profile or at the counter."
)
IMPOSED = _l("Decided about you: %(sanction)s. Reasons: %(reason)s")
DROPPED = _l("The proposed sanction (%(sanction)s) is dropped.")
EVALUATED_NOW = _l("You have been evaluated for %(year)s: %(result)s.")

EVENTS = {
    "complaint.receive": _l("Complaint about a mediator taken in"),
    "complaint.find": _l("Complaint found right"),
    "complaint.reject": _l("Complaint found not right"),
    "sanction.propose": _l("Sanction proposed; the mediator may answer"),
    "sanction.answer": _l("The mediator answered the proposed sanction"),
    "sanction.impose": _l("Sanction imposed"),
    "sanction.drop": _l("Proposed sanction dropped"),
    "evaluation.decide": _l("Mediator evaluated"),
}
