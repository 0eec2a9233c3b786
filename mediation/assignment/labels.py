"""Every word shown for the enums of assignment."""

from datetime import date
from typing import Any

from mediation.assignment.batching import BatchKind, ItemStatus
from mediation.assignment.choice import Part, Strength
from mediation.assignment.rules import (
    CheckResult,
    Choice,
    EndCode,
    Finding,
    Kind,
    Obstacle,
    Occasion,
    Outcome,
    Status,
    SuspensionReason,
)
from mediation.disputes.likeness import Relation
from mediation.kernel.i18n import _, _l
from mediation.roster.labels import OBSTACLE as ROSTER_OBSTACLE
from mediation.roster.rules import Obstacle as RosterObstacle
from mediation.web.templating import day as shown

STATUS = {
    Status.ISSUED: _l("Handed over, not yet accepted"),
    Status.ACCEPTED: _l("Accepted"),
    Status.SCHEDULED: _l("Session set"),
    Status.IN_SESSION: _l("In mediation"),
    Status.SUSPENDED: _l("Mediation suspended"),
    Status.AGREED: _l("Agreement reached"),
    Status.FAILED: _l("No agreement"),
    Status.WITHDRAWN: _l("Withdrawn or settled"),
    Status.REFUSED: _l("Party refused or not reached"),
    Status.DECLINED: _l("Not accepted"),
}

STATUS_TONE = {
    Status.ISSUED: "soon",
    Status.ACCEPTED: "active",
    Status.SCHEDULED: "active",
    Status.IN_SESSION: "active",
    Status.SUSPENDED: "soon",
    Status.AGREED: "done",
    Status.FAILED: "neutral",
    Status.WITHDRAWN: "neutral",
    Status.REFUSED: "neutral",
    Status.DECLINED: "neutral",
}

KIND = {
    Kind.DELEGATED: _l("Delegated before filing"),
    Kind.ENTRUSTED: _l("Entrusted after filing"),
    Kind.REFERRED: _l("Guided outside the court"),
}

CHOICE = {
    Choice.JOINT: _l("Chosen by the parties together"),
    Choice.DESIGNATED: _l("Designated by the court"),
}

END_CODE = {
    EndCode.AGREEMENT: _l("01 Agreement reached"),
    EndCode.SETTLED: _l("02 Settled by themselves, or the application withdrawn"),
    EndCode.UNREACHABLE: _l("03 A party cannot be reached within the period"),
    EndCode.UNWILLING: _l("04 A party clearly does not want to go on"),
    EndCode.DIVERGENCE: _l("05 The views differ too much for an agreement"),
    EndCode.EXPIRED: _l("06 The period is over and was not extended by all"),
    EndCode.UNSIGNED: _l("07 A party refuses to sign the agreement"),
    EndCode.OTHER: _l("08 Another reason"),
}

OUTCOME = {
    Outcome.AGREED: _l("The parties agreed"),
    Outcome.NOT_AGREED: _l("The parties did not agree"),
    Outcome.CLOSED: _l("The dispute is closed"),
}

FINDING = {
    Finding.SAME_PERSON: _l("The mediator is this party or agent."),
    Finding.SAME_PHONE: _l("The mediator and this person have the same telephone number."),
    Finding.SAME_ADDRESS: _l("The mediator and this person have the same address."),
    Finding.SAME_EMPLOYER: _l("The mediator works for the same employer as this person, or for this party."),
    Finding.SAME_FIRM: _l("The mediator belongs to the law firm that acts for a party."),
    Finding.SAME_ACCOUNT: _l("The mediator and this person share an account."),
    Finding.FORMER_AGENT: _l("The mediator acted as this party's agent in an earlier dispute."),
    Finding.CLIENT: _l("The mediator has or had this person as a client."),
    Finding.RELATIVE: _l("Close relative of a party or of an agent"),
    Finding.INTEREST: _l("Interest in the dispute"),
    Finding.OTHER_TIE: _l("Another tie with a party or an agent that may affect fairness"),
    Finding.ALREADY_TOOK_PART: _l("The mediator already took part in this dispute as judge, guide or agent."),
    Finding.SAME_SURNAME: _l("Same surname and same house as this person: ask whether they are related."),
    Finding.SAME_NAME: _l("The ledger keeps a tie with somebody of this name: find out whether it is the same person."),
}

CHECK_RESULT = {
    CheckResult.CLEAR: _l("No conflict found"),
    CheckResult.WARNING: _l("Ask before handing over"),
    CheckResult.TO_CLEAR: _l("First find out whether it is the same person"),
    CheckResult.WAIVABLE: _l("Only with the consent of all parties"),
    CheckResult.BLOCKED: _l("Must not mediate this dispute"),
}

CHECK_TONE = {
    CheckResult.CLEAR: "done",
    CheckResult.WARNING: "soon",
    CheckResult.TO_CLEAR: "soon",
    CheckResult.WAIVABLE: "soon",
    CheckResult.BLOCKED: "overdue",
}

SUSPENSION_REASON = {
    SuspensionReason.APPRAISAL: _l("Appraisal: its days are left out of the period"),
    SuspensionReason.SHAM: _l("Suspected sham mediation: report to the court"),
    SuspensionReason.RECUSAL: _l("An application for recusal is pending"),
    SuspensionReason.OTHER: _l("Another reason"),
}

# Why somebody stands behind the one suggested.
PART = {
    Part.STRENGTH: _l("Another mediator's field is closer to this cause."),
    Part.LOAD: _l("Has more open cases, measured by what was agreed."),
    Part.REST: _l("Was given a case more recently."),
    Part.DISTANCE: _l("Another mediator is nearer to the place of the dispute."),
    Part.LANGUAGE: _l("Another mediator speaks what a party wants to speak."),
    Part.SUCCESS: _l("Another mediator's cases ended in agreement more often."),
    Part.LOT: _l("Among the best; the lot decided."),
    Part.EARLIER: _l("Had this dispute before and gave it back, or was replaced."),
}

# What each part is called where its points stand.
PART_NAME = {
    Part.STRENGTH: _l("Field"),
    Part.LOAD: _l("Open cases"),
    Part.REST: _l("Days since the last case"),
    Part.DISTANCE: _l("Distance"),
    Part.LANGUAGE: _l("Language"),
    Part.SUCCESS: _l("Success"),
    Part.LOT: _l("Lot"),
}

PART_RULE = {
    Part.STRENGTH: _l(
        "100 points when strong in this very cause or on its special panel, 50 in its group, otherwise none."
    ),
    Part.LOAD: _l("100 points with nothing open, none with as many open as agreed, in proportion between."),
    Part.REST: _l("100 points after the full number of days below or without any case yet, in proportion before."),
    Part.DISTANCE: _l("100 points in the street of the dispute, 50 in another street of the district, otherwise none."),
    Part.LANGUAGE: _l("100 points for speaking every language a party asked for; none when nobody asked."),
    Part.SUCCESS: _l("Share of ended cases with an agreement, in hundredths; one success and one failure are added."),
    Part.LOT: _l("Decides among those within the margin of the best."),
}

NO_LONGER_YOURS = _l("This dispute is no longer yours to handle.")
MOVED_ON = _l("The dispute has moved on since the batch was made.")

ITEM = {
    ItemStatus.WAITING: _l("waits"),
    ItemStatus.DONE: _l("done"),
    ItemStatus.REFUSED: _l("not possible"),
}
ITEM_TONE = {ItemStatus.WAITING: "neutral", ItemStatus.DONE: "done", ItemStatus.REFUSED: "overdue"}
BATCH = {
    BatchKind.HAND_OVER: _l("Handing over several disputes"),
    BatchKind.ACCEPT: _l("Accepting several disputes"),
}

LEVERS_STALE = _l("The levers were set anew since you opened the page. Open it again and decide on the new ones.")

# What else a version of the levers says beside the weights.
LEVER = {
    "rest_days": _l("Days after which waiting counts in full"),
    "margin": _l("Points behind the best within which the lot decides"),
}

SUCCESS_MEANS = _l(
    "Switched on, this favours mediators whose cases end in agreement. That may reward pressure on the parties and"
    " easy cases; mediation is voluntary and nobody is to be pushed. Leave it at 0 unless the court has thought it over."
)

STRENGTH = {
    Strength.NONE: _l("no special field"),
    Strength.GROUP: _l("strong in this group of causes"),
    Strength.CAUSE: _l("strong in this very cause"),
    Strength.PANEL: _l("on the special panel for such disputes"),
}

RELATION = {
    Relation.SAME_PARTIES: _l("the same parties"),
    Relation.SERIES: _l("the same series: one party and the cause are the same"),
}
# Written into the record of the choice as it is, whoever reads it later.
SAME_MEDIATOR_REASON = {
    Relation.SAME_PARTIES: "与%(number)s为相同当事人之间的纠纷，由同一调解员一并调解。",
    Relation.SERIES: "与%(number)s属同一系列纠纷，由同一调解员一并调解。",
}

PASSED_OVER = _l("Suggested; somebody else was chosen, for the reason given.")
LEFT_TO_BODY = _l("Suggested; the dispute went to an organisation, which appoints.")

OCCASION = {
    Occasion.ISSUE: _l("Handed over by the court"),
    Occasion.APPOINT: _l("Appointed by the organisation"),
    Occasion.REAPPOINT: _l("Replaced by the organisation"),
}

# Where a replay may differ from what was kept.
DIFFERENCE = {
    "suggested": _l("Suggested"),
    "order": _l("Order"),
    "points": _l("Points"),
    "total": _l("Total"),
    "lot": _l("Lot"),
    "reason": _l("Reason"),
}


def bar(reason: RosterObstacle | Finding) -> Any:
    """The first reason why a mediator may not be chosen, in words."""
    return ROSTER_OBSTACLE[reason] if isinstance(reason, RosterObstacle) else FINDING[reason]


OBSTACLE = {
    Obstacle.NO_ROUTE: _l("The route of this dispute has not been chosen yet."),
    Obstacle.PARTY_REFUSED: _l("A party refuses mediation; the dispute goes to filing."),
    Obstacle.NOT_FILED: _l("The case must be filed before mediation can be entrusted."),
    Obstacle.NO_PROCEDURE: _l("The procedure of the case decides how long mediation may last; it is not set yet."),
    Obstacle.ALREADY_OPEN: _l("The dispute is already with a mediator."),
    Obstacle.NOBODY: _l("No mediator has been named."),
    Obstacle.OTHER_ORGANISATION: _l("The mediator does not belong to this organisation."),
    Obstacle.CONFLICT_BLOCKED: _l("This mediator must not mediate this dispute, whoever agrees."),
    Obstacle.CONFLICT_NOT_WAIVED: _l("A tie was found that only the consent of all parties can set aside."),
    Obstacle.NAME_NOT_CLEARED: _l(
        "Somebody in this dispute bears the name of a person with whom the mediator has a tie; nobody has found out yet"
        " whether it is the same person."
    ),
    Obstacle.NOT_JOINT: _l("The parties have not chosen this mediator together."),
    Obstacle.STILL_TIME: _l("The mediator still has time to answer."),
    Obstacle.NO_REASON: _l("A reason must be given."),
    Obstacle.TOO_FEW_ATTEMPTS: _l(
        "That a party cannot be reached needs at least three attempts on at least two channels."
    ),
    Obstacle.PERIOD_RUNNING: _l("The mediation period is still running."),
    Obstacle.NO_SESSION: _l("No session has been held yet."),
    Obstacle.NOT_ALL_AGREE: _l("An extension needs the consent of all parties."),
    Obstacle.EXPIRED: _l("The period was already over on that day."),
    Obstacle.BEYOND_CAP: _l("After filing, mediation may be extended by at most thirty days."),
    Obstacle.ONCE_ONLY: _l("After filing, mediation may be extended only once."),
    Obstacle.NOT_LATER: _l("The new last day must be later than the present one."),
    Obstacle.NOT_ALL_WAIVE: _l("The consent of every party to this mediator must be on record."),
    Obstacle.NEVER_WAIVABLE: _l("This tie cannot be set aside by consent."),
    Obstacle.NOTHING_TO_WAIVE: _l("Nothing was found that would need the parties' consent."),
    Obstacle.FUTURE: _l("The day lies in the future."),
    Obstacle.BEFORE_ISSUE: _l("The day lies before the dispute was handed over."),
    Obstacle.OTHER_THAN_SUGGESTED: _l("Another mediator than the one suggested is chosen only with a reason."),
    Obstacle.LEVERS_IN_PAST: _l("Levers hold from today or a later day on: what was chosen by others stays as it was."),
    Obstacle.LEVERS_SAME: _l("These are the levers that hold already."),
    Obstacle.LEVERS_NOTHING: _l("At least one part must weigh something."),
    Obstacle.NOTHING_TICKED: _l("Tick at least one dispute of those that wait."),
    Obstacle.PERIOD_BACKWARDS: _l("The period ends before it begins."),
    Obstacle.TOO_MANY_CHOICES: _l("More than five thousand choices were made in this period; ask for a shorter one."),
    Obstacle.SAME_MEMBER: _l("This mediator has the dispute already."),
    Obstacle.IN_SESSION: _l(
        "A session has begun, or the mediation is paused or over: the organisation does not change the mediator any more."
    ),
    Obstacle.NOT_OURS: _l(
        "This mediator was chosen by the parties together or designated by the court, not named by the organisation."
    ),
}

REMEDY = {
    Obstacle.NO_ROUTE: _l("Record the parties' answers; the route follows from them."),
    Obstacle.PARTY_REFUSED: _l("File the case."),
    Obstacle.NOT_FILED: _l("File the case first."),
    Obstacle.ALREADY_OPEN: _l("End or replace the present assignment first."),
    Obstacle.NOBODY: _l("Choose a mediator from the list."),
    Obstacle.OTHER_ORGANISATION: _l("Choose a mediator of this organisation."),
    Obstacle.CONFLICT_BLOCKED: _l("Choose another mediator."),
    Obstacle.CONFLICT_NOT_WAIVED: _l("Record the disclosure and every party's consent, or choose another mediator."),
    Obstacle.NAME_NOT_CLEARED: _l("Answer the question on the page of disclosure and consent, or choose another."),
    Obstacle.NOT_JOINT: _l("Designate the mediator, or record the parties' joint choice."),
    Obstacle.TOO_FEW_ATTEMPTS: _l("Record the further attempts first."),
    Obstacle.PERIOD_RUNNING: _l("Name the reason that applies today, or wait for the last day."),
    Obstacle.NO_SESSION: _l("Hold a session, or name the reason that applies."),
    Obstacle.NOT_ALL_AGREE: _l("Record every party's consent, or end the mediation when its period is over."),
    Obstacle.EXPIRED: _l("End the mediation; all parties may agree to a new one."),
    Obstacle.ONCE_ONLY: _l("End the mediation on its last day; the trial judge may still mediate."),
    Obstacle.NEVER_WAIVABLE: _l("Choose another mediator."),
    Obstacle.OTHER_THAN_SUGGESTED: _l("Write the reason, or take the one suggested; the reason is kept in the trail."),
    Obstacle.SAME_MEMBER: _l("Choose another member."),
    Obstacle.IN_SESSION: _l(
        "The court can replace the mediator when a party asks with good reason; tell the registry."
    ),
    Obstacle.NOT_OURS: _l("Tell the registry: the court replaces the mediator and designates another one."),
}

CHOOSE_ANOTHER = _l("Choose another mediator.")
NOT_RUNNING = _l("This mediation is not running.")
NOT_A_PARTY = _l("This person is not a party of the dispute.")


def latest_possible(day: date) -> str:
    """How far the parties could still go."""
    return _("The parties may extend until %(day)s at the latest.", day=shown(day))


def ended_on(day: date) -> str:
    """When the period was over."""
    return _("The period ended on %(day)s.", day=shown(day))
