"""Every word shown for the dispute's enums: pages, documents, exports and statistics use these."""

from typing import Any

from mediation.disputes.case_numbers import TypeCode
from mediation.disputes.identity import Fault
from mediation.disputes.likeness import Likeness
from mediation.disputes.rules import (
    AgentKind,
    Authority,
    Capacity,
    Closing,
    Confirming,
    Filter,
    IdType,
    NumberStatus,
    Obstacle,
    PartyKind,
    PartyRole,
    Route,
    Sex,
    Source,
    Status,
)
from mediation.kernel.i18n import _, _l

STATUS = {
    Status.RECEIVED: _l("Received"),
    Status.SCREENED: _l("Screened"),
    Status.GUIDED: _l("Informed and guided"),
    Status.CONSENT_ASKED: _l("Asked for consent"),
    Status.IN_MEDIATION: _l("In mediation"),
    Status.AGREED: _l("Agreement reached"),
    Status.NOT_AGREED: _l("No agreement"),
    Status.FILED: _l("Filed"),
    Status.CLOSED: _l("Closed"),
    Status.RETURNED: _l("Returned"),
}

STATUS_TONE = {
    Status.RECEIVED: "active",
    Status.SCREENED: "active",
    Status.GUIDED: "active",
    Status.CONSENT_ASKED: "active",
    Status.IN_MEDIATION: "active",
    Status.AGREED: "done",
    Status.NOT_AGREED: "soon",
    Status.FILED: "active",
    Status.CLOSED: "neutral",
    Status.RETURNED: "neutral",
}

# What comes next, as the one button of a line in the work list.
NEXT = {
    Status.RECEIVED: _l("Screen"),
    Status.SCREENED: _l("Inform and guide"),
    Status.GUIDED: _l("Ask for consent"),
    Status.CONSENT_ASKED: _l("Choose the route"),
    Status.IN_MEDIATION: _l("Follow the mediation"),
    Status.AGREED: _l("Close or confirm"),
    Status.NOT_AGREED: _l("File or guide again"),
    Status.FILED: _l("See the case"),
    Status.CLOSED: _l("Read"),
    Status.RETURNED: _l("Read"),
}

ROUTE = {
    Route.A: _l("Route A: delegated mediation before filing"),
    Route.B: _l("Route B: mediation after filing"),
    Route.C: _l("Route C: guided to mediation outside the court"),
}

SOURCE = {
    Source.WINDOW: _l("At the window"),
    Source.ONLINE: _l("Online"),
    Source.MAIL: _l("By mail"),
    Source.GOVERNANCE_CENTRE: _l("From a governance centre"),
    Source.HOTLINE: _l("From the 12345 hotline"),
    Source.COMMITTEE: _l("From a mediation committee"),
}

PARTY_ROLE = {
    PartyRole.APPLICANT: _l("Applicant"),
    PartyRole.RESPONDENT: _l("Respondent"),
    PartyRole.THIRD: _l("Third party"),
}

PARTY_KIND = {
    PartyKind.NATURAL: _l("Natural person"),
    PartyKind.ORGANISATION: _l("Legal person or other organisation"),
}

ID_TYPE = {
    IdType.RESIDENT: _l("Resident identity card"),
    IdType.USCC: _l("Unified social credit code"),
    IdType.PASSPORT: _l("Chinese passport"),
    IdType.FOREIGN_PASSPORT: _l("Foreign passport"),
    IdType.HK_MACAO_PERMIT: _l("Mainland travel permit for Hong Kong and Macao residents"),
    IdType.TAIWAN_PERMIT: _l("Mainland travel permit for Taiwan residents"),
    IdType.HMT_RESIDENCE: _l("Residence permit for Hong Kong, Macao and Taiwan residents"),
    IdType.FOREIGNER_CARD: _l("Permanent residence card for foreigners"),
}

ID_FAULT = {
    Fault.SHAPE: _l("The number does not have the form of this document. Compare it with the document."),
    Fault.BIRTH: _l("Digits 7 to 14 are not a possible date of birth."),
    Fault.CHECK_DIGIT: _l("The check digit is wrong: compare the last character with the document."),
    Fault.AREA: _l("The number does not begin as numbers of this document do."),
    Fault.WRONG_KIND: _l(
        "A natural person has an identity document, an organisation a unified social credit code: choose the right one."
    ),
}

SEX = {Sex.MALE: _l("male"), Sex.FEMALE: _l("female")}

AGENT_KIND = {
    AgentKind.LAWYER: _l("Lawyer"),
    AgentKind.LEGAL_WORKER: _l("Basic-level legal worker"),
    AgentKind.RELATIVE: _l("Close relative"),
    AgentKind.EMPLOYEE: _l("Employee"),
    AgentKind.RECOMMENDED: _l("Citizen recommended by the community or employer"),
    AgentKind.STATUTORY: _l("Statutory agent"),
}

AUTHORITY = {
    Authority.GENERAL: _l("General authority"),
    Authority.SPECIAL: _l("Special authority"),
}

CAPACITY = {
    Capacity.DIVERTED: _l("Diverted the dispute"),
    Capacity.MEDIATED: _l("Mediator"),
    Capacity.ORGANISED: _l("Mediation organisation"),
    Capacity.GUIDED: _l("Guiding judge"),
    Capacity.JUDGED: _l("Judge of the case"),
    Capacity.CONFIRMED: _l("Confirmation judge"),
    Capacity.AGENT: _l("Agent"),
    Capacity.ASSESSOR: _l("People's assessor"),
    Capacity.WITNESS: _l("Witness"),
    Capacity.APPRAISER: _l("Appraiser"),
    Capacity.INTERPRETER: _l("Interpreter"),
}

NUMBER_STATUS = {NumberStatus.VALID: _l("Valid"), NumberStatus.VOID: _l("Void")}

CLOSING = {
    Closing.PERFORMED: _l("Agreement performed"),
    Closing.CONFIRMED: _l("Agreement confirmed by the court"),
    Closing.SETTLED: _l("Settled; nothing more needed"),
    Closing.WITHDRAWN: _l("Withdrawn by the applicant"),
    Closing.LITIGATION_ENDED: _l("Litigation ended"),
    Closing.RETURNED: _l("Returned"),
}

TYPE_CODE = {
    TypeCode.FIRST_INSTANCE: _l("First-instance civil case"),
    TypeCode.PRE_FILING_MEDIATION: _l("Pre-filing mediation"),
    TypeCode.PRE_FILING_CONFIRMATION: _l("Confirmation after mediation before filing"),
    TypeCode.PRE_FILING_DOCUMENT: _l("Mediation document after mediation before filing"),
    TypeCode.SPECIAL: _l("Special procedure"),
    TypeCode.SPECIAL_REVIEW: _l("Review in special procedure"),
    TypeCode.CONFIRMATION_2011: _l("Confirmation under the rules of 2011"),
    TypeCode.PRESERVATION: _l("Property preservation"),
    TypeCode.PAYMENT_ORDER: _l("Payment order"),
    TypeCode.PROTECTION_ORDER: _l("Personal safety protection order"),
    TypeCode.SECOND_INSTANCE: _l("Second-instance civil case"),
    TypeCode.RETRIAL_REVIEW: _l("Application for retrial"),
    TypeCode.RETRIAL: _l("Retrial"),
    TypeCode.THIRD_PARTY_REVOCATION: _l("Third-party revocation"),
    TypeCode.ENFORCEMENT: _l("Enforcement"),
    TypeCode.PRESERVATION_ENFORCEMENT: _l("Enforcement of preservation"),
}

FILTER = {
    Filter.OPEN: _l("All open"),
    Filter.OVERDUE: _l("Overdue"),
    Filter.RECEIVED: _l("To be screened and guided"),
    Filter.ASKING: _l("Consent and route"),
    Filter.IN_MEDIATION: _l("In mediation"),
    Filter.AGREED: _l("Agreement reached"),
    Filter.NOT_AGREED: _l("No agreement"),
    Filter.FILED: _l("Filed"),
    Filter.CLOSED: _l("Closed or returned"),
}

# What a list would show, when it shows nothing.
EMPTY = {
    Filter.OPEN: _l("Every dispute received and not yet closed appears here, the most urgent first."),
    Filter.OVERDUE: _l("No period has run out. A dispute whose earliest deadline has passed appears here."),
    Filter.RECEIVED: _l("Disputes just received, until they were screened and the parties guided, appear here."),
    Filter.ASKING: _l("Disputes whose parties are being asked for consent appear here."),
    Filter.IN_MEDIATION: _l("Disputes with a mediator appear here."),
    Filter.AGREED: _l("Disputes with an agreement, not yet confirmed, performed or closed, appear here."),
    Filter.NOT_AGREED: _l("Disputes whose mediation failed and which were not filed yet appear here."),
    Filter.FILED: _l("Filed cases that are still open appear here."),
    Filter.CLOSED: _l("Disputes that were closed or returned appear here, the latest first."),
}

LIKENESS = {
    Likeness.SAME_PARTIES: _l("the same parties, another cause"),
    Likeness.SAME_PARTIES_AND_CAUSE: _l("the same parties and the same cause"),
}

CONFIRMING = {
    Confirming.PENDING: _l("The agreement is before the court for confirmation"),
    Confirming.VALID: _l("The agreement has been confirmed"),
}

STEP = {
    "ask_correction": _l("Ask for corrections"),
    "screen": _l("Screen"),
    "return_": _l("Return with advice"),
    "guide": _l("Inform and guide"),
    "ask_consent": _l("Ask for consent"),
    "file": _l("File the case"),
    "delegate": _l("Delegate to mediation"),
    "refer": _l("Guide to mediation outside the court"),
    "entrust": _l("Entrust to mediation"),
    "agree": _l("Record the agreement"),
    "fail": _l("Record that no agreement was reached"),
    "resume_trial": _l("Go on with the trial"),
    "close": _l("Close"),
    "withdraw": _l("Withdraw"),
}

OBSTACLE = {
    Obstacle.NO_COMPLAINT: _l("No complaint has been handed in, or it was taken back; there is nothing to file."),
    Obstacle.ALREADY_FILED: _l("This dispute already has a case number of first instance; it is not filed twice."),
    Obstacle.NEVER_FILED: _l("This dispute was never filed; there is no trial to go on with."),
    Obstacle.CONFIRMATION_PENDING: _l(
        "The court is examining the agreement for judicial confirmation; a suit about it would come too early."
    ),
    Obstacle.CONFIRMED: _l("The court has confirmed the agreement; it is enforced, not sued upon."),
    Obstacle.MEDIATION_UNDER_WAY: _l("A mediator is at work on this dispute. The mediation has to end first."),
    Obstacle.CASE_PENDING: _l("The case has been filed. Withdrawing the suit needs a ruling of the court."),
    Obstacle.WRONG_CLOSING: _l("A dispute at this stage is not closed for this reason."),
    Obstacle.COMPLAINT_ALREADY_IN: _l("A complaint has already been handed in."),
    Obstacle.BANNED: _l(
        "This person already took part in the dispute in a capacity that rules out this one: who mediates is not judge, "
        "agent, assessor, witness, appraiser or interpreter in it."
    ),
    Obstacle.FIRM_MEDIATED: _l("A mediator of this dispute belongs to this law firm; the firm does not act in it."),
    Obstacle.TOO_MANY_AGENTS: _l("A party has at most two agents."),
    Obstacle.BY_DECISION: _l("The case has been filed. Who joins it then is let in by the court."),
}

REMEDY = {
    Obstacle.FIRM_MEDIATED: _l("The party names an agent of another firm."),
    Obstacle.NO_COMPLAINT: _l("Record the complaint on the dispute's page as soon as the applicant hands it in."),
    Obstacle.ALREADY_FILED: _l("Let the trial go on instead."),
    Obstacle.NEVER_FILED: _l("File the case first."),
    Obstacle.CONFIRMATION_PENDING: _l("Wait for the ruling, or let the parties withdraw the application first."),
    Obstacle.CONFIRMED: _l("Apply for enforcement of the ruling."),
    Obstacle.MEDIATION_UNDER_WAY: _l(
        "The mediator ends the mediation as settled or withdrawn; then the withdrawal is recorded."
    ),
    Obstacle.CASE_PENDING: _l("The judge rules on the withdrawal; the dispute closes with the case."),
    Obstacle.BANNED: _l("Choose somebody else."),
    Obstacle.TOO_MANY_AGENTS: _l("End the power of one of them first."),
    Obstacle.BY_DECISION: _l("The judge decides on the page of the case, under “Other parties, counterclaims”."),
}

STALE = _l("Somebody else changed this record since you opened it. Both versions are shown; decide which one holds.")


NOTHING_TO_ANSWER = _l("No work order of the hotline waits for an answer.")
NOT_A_DAY_TO_ANSWER = _l("The answer lies between the receipt of the work order and today.")


# The timeline's words for every act this capability writes into the trail.
def _capacity(facts: dict[str, Any]) -> str:
    return str(CAPACITY[Capacity(facts["capacity"])])


EVENT = {
    "dispute.create": _l("The dispute was received under receipt %(receipt_no)s."),
    "dispute.take_over": _l("The closed dispute was taken over from the register of earlier years."),
    "dispute.edit": _l("What the dispute is about was corrected."),
    "dispute.hand_in_complaint": _l("The complaint was handed in."),
    "dispute.withdraw_complaint": _l("The complaint was taken back."),
    "dispute.ask_correction": _l("Everything missing was asked for in one notice."),
    "dispute.answer_hotline": _l("The work order of the 12345 hotline was answered."),
    "dispute.screen": _l("The dispute was screened."),
    "dispute.return_": _l("The dispute was returned with advice."),
    "dispute.guide": _l("The parties were informed of the risks and guided to mediation."),
    "dispute.ask_consent": _l("The parties were asked whether they agree to mediation."),
    "dispute.file": _l("The case was filed."),
    "dispute.delegate": _l("The dispute was delegated to mediation before filing."),
    "dispute.refer": _l("The dispute was guided to mediation outside the court."),
    "dispute.entrust": _l("The filed case was entrusted to mediation."),
    "dispute.agree": _l("The mediation ended with an agreement."),
    "dispute.fail": _l("The mediation ended without agreement."),
    "dispute.resume_trial": _l("The trial goes on."),
    "dispute.note_confirmation": _l("What the confirmation means for a suit was noted."),
    "dispute.close": _l("The dispute was closed."),
    "dispute.withdraw": _l("The applicant withdrew; the dispute was closed."),
    "party.add": _l("%(name)s was entered as a party."),
    "party.edit": _l("What stands about a party was corrected."),
    "agent.add": _l("%(name)s was entered as an agent."),
    "agent.edit": _l("What stands about an agent was corrected."),
    "agent.end": _l("%(name)s is no longer an agent."),
    "address_confirmation.confirm": _l("A party's address for service was recorded."),
    "case_number.give": _l("The number %(canonical)s was given."),
    "case_number.void": _l("The number %(canonical)s was declared void."),
    "not_duplicate.decide": _l("The dispute was found not to be the same as another one."),
    "participation.join": lambda facts: _("Takes part from now on: %(capacity)s.", capacity=_capacity(facts)),
    "participation.leave": lambda facts: _("Takes part no longer: %(capacity)s.", capacity=_capacity(facts)),
}
