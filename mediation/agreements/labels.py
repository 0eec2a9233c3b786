"""Every word shown for the enums of agreements."""

from typing import Any

from mediation.agreements.guard import Objection
from mediation.agreements.ledger import Standing
from mediation.agreements.rules import (
    AgreementStatus,
    ClauseKind,
    Duty,
    Method,
    OralObstacle,
    SessionObstacle,
    SessionStatus,
    Signer,
    SignManner,
    SignObstacle,
)  # fmt: skip
from mediation.kernel.i18n import _l

SESSION_STATUS = {
    SessionStatus.PLANNED: _l("Planned"),
    SessionStatus.OPEN: _l("In session"),
    SessionStatus.ADJOURNED: _l("Adjourned"),
    SessionStatus.ENDED: _l("Over"),
    SessionStatus.CANCELLED: _l("Cancelled"),
}
METHOD = {Method.ON_SITE: _l("On site"), Method.VIDEO: _l("By video"), Method.PHONE: _l("By phone")}
DUTY = {
    Duty.RIGHTS_AND_DUTIES: _l("The parties' rights and duties"),
    Duty.RULES: _l("The rules of mediation: voluntary, confidential, concessions cannot be used later"),
    Duty.PROCEDURE: _l("How the session goes, and that anybody may stop it"),
    Duty.EFFECT: _l("What an agreement binds to, and what it does not"),
    Duty.CONFIRMATION: _l("Judicial confirmation: jointly, within 30 days, free of charge"),
    Duty.SHAM: _l("The consequences of sham mediation"),
    Duty.ADDRESS: _l("The address confirmation was explained and filled in"),
}
AGREEMENT_STATUS = {
    AgreementStatus.DRAFT: _l("Draft"),
    AgreementStatus.SIGNING: _l("Being signed"),
    AgreementStatus.EFFECTIVE: _l("In effect"),
    AgreementStatus.NOT_SIGNED: _l("Not signed"),
}
CLAUSE_KIND = {
    ClauseKind.PAY: _l("Pay a sum"),
    ClauseKind.INSTALMENTS: _l("Pay in instalments"),
    ClauseKind.DELIVER: _l("Deliver a thing"),
    ClauseKind.VACATE: _l("Vacate"),
    ClauseKind.REPAIR: _l("Repair"),
    ClauseKind.END_CONTRACT: _l("End a contract"),
    ClauseKind.APOLOGISE: _l("Apologise"),
    ClauseKind.OTHER: _l("Another term"),
}
STANDING = {
    Standing.DONE: _l("performed"),
    Standing.OVERDUE: _l("not performed in time"),
    Standing.SOON: _l("due soon"),
    Standing.OPEN: _l("not yet due"),
}
STANDING_TONE = {Standing.DONE: "done", Standing.OVERDUE: "overdue", Standing.SOON: "soon", Standing.OPEN: "neutral"}
SIGNER = {
    Signer.PARTY: _l("Party"),
    Signer.AGENT: _l("Agent"),
    Signer.GUARANTOR: _l("Guarantor"),
    Signer.MEDIATOR: _l("Mediator"),
    Signer.ORGANISATION: _l("Seal of the organisation"),
}
SIGN_MANNER = {
    SignManner.HANDWRITTEN: _l("Signature by hand"),
    SignManner.FINGERPRINT: _l("Fingerprint"),
    SignManner.SEAL: _l("Seal"),
    SignManner.ELECTRONIC: _l("Electronic signature"),
}
SESSION_OBSTACLE = {
    SessionObstacle.DUTIES: _l("Before the session begins, tell everything on the list and tick it."),
    SessionObstacle.IDENTITY: _l("Check the identity of everybody who is present."),
    SessionObstacle.NOBODY: _l("Nobody is marked as present."),
    SessionObstacle.OTHER_DAY: _l("The session is booked for another day."),
}
SESSION_REMEDY = {
    SessionObstacle.OTHER_DAY: _l("Begin it on its day, move it, or say why everybody meets today."),
}
SIGN_OBSTACLE = {
    SignObstacle.NO_SPECIAL_AUTHORITY: _l("The agent has no special authority to settle and cannot sign."),
    SignObstacle.NOT_ELECTRONIC: _l("Agreements on marriage, family and inheritance are signed by hand."),
    SignObstacle.ALREADY: _l("This signature has already been recorded."),
    SignObstacle.SEAL_LAST: _l("The organisation seals after the parties and the mediator have signed."),
    SignObstacle.NOT_PRODUCED: _l("The document is still being made; signatures are recorded on its final text."),
}
SIGN_REMEDY: dict[SignObstacle, Any] = {
    SignObstacle.NO_SPECIAL_AUTHORITY: _l("The party signs in person, or hands in a special authorisation."),
    SignObstacle.NOT_ELECTRONIC: _l("Print the agreement and have it signed by hand or with a fingerprint."),
}
NO_UNSIGNED_AGREEMENT = _l("No agreement was put up for signature.")
OBJECTION = {
    Objection.NO_CLAUSE: _l("The agreement has no clause."),
    Objection.PARTY_MISSING: _l("Say who owes it, and to whom."),
    Objection.SAME_PARTY: _l("Nobody owes something to oneself."),
    Objection.STRANGER: _l("Only parties of this dispute can be bound."),
    Objection.FACTS_MISSING: _l("State the main facts and the issues."),
    Objection.AMOUNT_MISSING: _l("Give the amount."),
    Objection.DUE_MISSING: _l("Give the date by which it is to be done."),
    Objection.DUE_PAST: _l("The date lies in the past."),
    Objection.ACCOUNT_MISSING: _l("Say how it is paid: the account, or another method."),
    Objection.PLACE_MISSING: _l("Give the place."),
    Objection.OBJECT_MISSING: _l("Say exactly what it is about."),
    Objection.METHOD_MISSING: _l("Say in which way."),
    Objection.INSTALMENTS_MISSING: _l("A plan has at least two instalments."),
    Objection.INSTALMENTS_SUM: _l("The instalments do not add up to the amount."),
    Objection.INSTALMENTS_ORDER: _l("The dates of the instalments are not in order."),
    Objection.VAGUE: _l("Nobody could enforce this wording; write a date, an amount or a test instead."),
    Objection.NEW_JUDGMENT: _l(
        "A document of the court may not say that on non-performance the court will judge anew."
    ),
    Objection.GUARANTOR_MISSING: _l("A guarantee is mentioned: name the guarantor, who signs too."),
    Objection.COSTS_MISSING: _l("Say who bears the court fee."),
    Objection.NOT_CONFIRMABLE: _l(
        "Agreements on this cause cannot be confirmed; plan a mediation document of the court instead."
    ),
    Objection.TITLE: _l("An agreement that decides title or status cannot be confirmed."),
    Objection.THIRD_PARTY: _l("The clause may touch the rights of somebody who is not a party."),
    Objection.INTEREST: _l("The interest is above four times the one-year LPR."),
    Objection.NO_SPECIAL_AUTHORITY: _l("The agent has no special authority to settle; the party signs in person."),
}
ORAL_OBSTACLE = {
    OralObstacle.ENTRUSTED: _l(
        "What is agreed after filing goes to the court in writing, which makes its document of it."
    ),
    OralObstacle.NO_COMMITTEE: _l("Outside the court only a people's mediation committee may leave an agreement oral."),
    OralObstacle.GUARANTOR: _l("A guarantee holds only in writing."),
    OralObstacle.CONFIRMATION: _l("Who applies for judicial confirmation hands in the agreement."),
}
ORAL_REMEDY = {
    OralObstacle.ENTRUSTED: _l("Fix the text for signature."),
    OralObstacle.NO_COMMITTEE: _l("Fix the text for signature."),
    OralObstacle.GUARANTOR: _l("Fix the text for signature; the guarantor signs too."),
    OralObstacle.CONFIRMATION: _l(
        "Fix the text for signature, or take the plan to have it confirmed out of the general part."
    ),
}
NOTHING_TO_TAKE_OVER = _l("No session to come is fixed with a former mediator of this dispute.")
BOOK_ANEW = _l("Whoever mediates the dispute now books a session.")
FIXED = _l("%(title)s: the session is fixed for %(when)s, %(place)s.")
HAS_ROOM = _l("The session has a time and a room; move the meeting instead.")

EVENTS: dict[str, Any] = {
    "mediation_session.hand_on": _l("A session fixed with the former mediator was taken over"),
    "mediation_session.plan": _l("A session was booked"),
    "mediation_session.open": _l("The session began: identity checked, duties told"),
    "mediation_session.write": _l("The minutes were written"),
    "mediation_session.adjourn": _l("The session was adjourned"),
    "mediation_session.end": _l("The session ended"),
    "mediation_session.rebook": _l("The session was given another time and room"),
    "mediation_session.cancel": _l("The session was cancelled"),
    "caucus_note.write": _l("A private note was taken"),
    "undisputed_fact.state": _l("An undisputed fact was written down"),
    "undisputed_fact.confirm": _l("An undisputed fact was confirmed by all"),
    "undisputed_fact.withdraw": _l("An undisputed fact was taken out"),
    "agreement.draft": _l("An agreement was drafted"),
    "agreement.edit": _l("The draft of the agreement was changed"),
    "agreement.put_up": _l("The agreement was put up for signature"),
    "agreement.agree_orally": _l("The agreement was left oral and recorded; it took effect"),
    "agreement.reopen": _l("The agreement went back to draft"),
    "agreement.take_effect": _l("The agreement took effect"),
    "agreement.leave_unsigned": _l("The agreement was not signed by all"),
    "clause.write": _l("A clause was written"),
    "clause.remove": _l("A clause was taken out"),
    "clause.draw_up": _l("A clause became part of the court's document"),
    "clause.perform": _l("A clause was performed in full"),
    "signature.want": _l("A signature is wanted"),
    "signature.sign": _l("A signature was recorded"),
    "signature.refuse": _l("A signature was refused"),
    "signature.drop": _l("A wanted signature was dropped"),
    "performance.record": _l("A performance was recorded"),
    "failure_report.report": _l("The mediator reported that no agreement was reached"),
    "transfer_packet.make": _l("The material for the court was put together; confidential material stayed behind"),
    "transfer_packet.receive": _l("The court received the material"),
}

STALE_MINUTES = _l(
    "Somebody else wrote the minutes since you opened them. Their text stands below; yours is kept in the form."
)
STALE_DRAFT = _l("Somebody else changed the draft since you opened it.")
FACT_SIGNED = _l("A fact all parties confirmed is not changed; take it out and write a new one.")
FACT_IS_OFFER = _l("A record of undisputed facts may contain no offer, concession or admission of responsibility.")
NO_EVIDENCE = _l("Say how the performance is known: a receipt, a transfer voucher, or what the other side declared.")
TOO_MUCH = _l("More was recorded than is owed.")
NOT_DRAFT = _l("The agreement is no longer a draft.")
REOPEN_FIRST = _l("As long as nobody has signed, it can go back to draft.")
TOO_MANY_CLAUSES = _l("An agreement has at most 200 clauses.")
FEWER_CLAUSES = _l(
    "Take several payments together as one clause in instalments, or make a second agreement for the rest."
)
MEND_CLAUSES = _l("Mend what the list of objections names; it is shown beside each clause.")
ALREADY_SIGNED = _l("Somebody has signed already; a signed text is not changed.")
MAKE_NEW = _l("If all parties want another text, they make a new agreement.")
NOT_SIGNING = _l("The agreement is not open for signature.")
NOT_CORRECTABLE = _l(
    "No document of the court stands that nobody has received, or its corrected version is begun already."
)
CORRECT_BY_RULING = _l(
    "Once served it is corrected by a ruling alone; what is written already is changed clause by clause."
)
NOT_EFFECTIVE = _l("The agreement is not in effect.")
PERFORMED_WHEN = _l("A performance lies between the day of effect and today.")
ALREADY_PERFORMED = _l("This clause has been performed in full already.")
AMOUNT_NEEDED = _l("Give the amount that was paid.")
NOT_PERFORMED = _l("Not every clause has been performed.")
ALREADY_RECEIVED = _l("The material has been received already.")
NOT_RUNNING = _l("The mediation is not running: it is not accepted yet, or it is suspended.")
SESSION_FIRST = _l("An agreement is drafted in a session, after everything was told and the identities were checked.")
