"""Every word shown for the enums of intake."""

from mediation.disputes import labels as dispute_words
from mediation.disputes import rules as dispute_rules
from mediation.intake.rules import Advice, Answer, Interruption, Manner, Next, Obstacle, ScreeningResult
from mediation.intake.screening import Basis, Effect, Flag
from mediation.intake.suitability import Confirmable, Exclusion, Mediation
from mediation.kernel.i18n import _l

SCREENING_RESULT = {
    ScreeningResult.SUITABLE: _l("Suitable for mediation"),
    ScreeningResult.NOT_SUITABLE: _l("Not suitable for mediation"),
    ScreeningResult.OUT_OF_SCOPE: _l("Not a civil matter for the courts"),
    ScreeningResult.WRONG_COURT: _l("Another court has jurisdiction"),
}

RESULT_TONE = {
    ScreeningResult.SUITABLE: "done",
    ScreeningResult.NOT_SUITABLE: "soon",
    ScreeningResult.OUT_OF_SCOPE: "overdue",
    ScreeningResult.WRONG_COURT: "overdue",
}

# What follows from the result, in one sentence.
RESULT_MEANING = {
    ScreeningResult.SUITABLE: _l("Next: hand every party the risk notice and guidance, then ask whether they want to mediate."),
    ScreeningResult.NOT_SUITABLE: _l("Next: register the case. It is not mediated before filing."),
    ScreeningResult.OUT_OF_SCOPE: _l("Next: tell the applicant which authority or procedure is open."),
    ScreeningResult.WRONG_COURT: _l("Next: tell the applicant which court has jurisdiction."),
}  # fmt: skip

ANSWER = {
    Answer.AGREES: _l("Agrees to mediate"),
    Answer.REFUSES: _l("Does not agree to mediate"),
    Answer.SILENT: _l("Was asked and gave no answer"),
}

ANSWER_TONE = {Answer.AGREES: "done", Answer.REFUSES: "overdue", Answer.SILENT: "soon"}

MANNER = {
    Manner.SIGNED: _l("Signed on paper"),
    Manner.ORAL: _l("Orally, written into the minutes"),
    Manner.ONLINE: _l("Online"),
    Manner.POSTED: _l("By post"),
}

ADVICE = {
    Advice.ADMINISTRATIVE_SUIT: _l("Bring an administrative suit"),
    Advice.ARBITRATION: _l("Apply for arbitration as agreed in writing"),
    Advice.OTHER_AUTHORITY: _l("Apply to the authority that decides such disputes"),
    Advice.COMPETENT_COURT: _l("Sue in the court that has jurisdiction"),
    Advice.RETRIAL: _l("The matter has been decided with final effect: apply for retrial"),
    Advice.NOT_YET: _l("The law does not allow a suit yet: wait for the period to end"),
    Advice.COME_TO_HALL: _l("Not suited to online mediation: come to the litigation service hall"),
}

INTERRUPTION = {
    Interruption.COMPLAINT: _l("Limitation interrupted: the complaint was handed in"),
    Interruption.COMMITTEE: _l("Limitation interrupted: a mediation body was asked"),
}

EXCLUSION = {
    Exclusion.SPECIAL_PROCEDURE: _l("Special procedure, payment order or public notice procedure"),
    Exclusion.STATUS_RELATION: _l("Confirmation of marriage or another status relation"),
    Exclusion.BY_NATURE: _l("Cannot be mediated by its nature"),
    Exclusion.REFUSED: _l("A party has clearly refused mediation"),
    Exclusion.NOT_CIVIL: _l("Not within the courts' civil jurisdiction"),
    Exclusion.OTHER_COURT: _l("This court has no jurisdiction"),
    Exclusion.ARBITRATION_FIRST: _l("Labour or personnel arbitration has to come first"),
    Exclusion.SHAM: _l("Suspected collusion or sham mediation"),
    Exclusion.PRESERVATION: _l("Preservation is urgent"),
}

# What remains possible.
EXCLUSION_ADVICE = {
    Exclusion.SPECIAL_PROCEDURE: _l("Receive it as an application under that procedure."),
    Exclusion.STATUS_RELATION: _l("Register the case; property and maintenance beside it may be mediated by the judge."),
    Exclusion.BY_NATURE: _l("Register the case."),
    Exclusion.REFUSED: _l("Record the refusal and register the case within seven days."),
    Exclusion.NOT_CIVIL: _l("Return it with advice: administrative suit, agreed arbitration, other authority, retrial."),
    Exclusion.OTHER_COURT: _l("Return it and name the court that has jurisdiction."),
    Exclusion.ARBITRATION_FIRST: _l("A people's or industry committee may mediate now. If the applicant insists on a suit, the court decides on it within seven days."),
    Exclusion.SHAM: _l("Do not hand it to a mediator; register the case and tell the judge."),
    Exclusion.PRESERVATION: _l("Let the applicant apply for preservation at once; mediation goes on beside it."),
}  # fmt: skip

EFFECT = {
    Effect.NO_MEDIATION: _l("Bars mediation"),
    Effect.NOT_CIVIL: _l("Return with advice"),
    Effect.OTHER_COURT: _l("Return: other court"),
    Effect.OUTSIDE_ONLY: _l("Mediation outside the court only"),
    Effect.IN_PARALLEL: _l("In parallel"),
}

BASIS = {
    Basis.CAUSE: _l("follows from the cause of action"),
    Basis.PERSON: _l("seen by the person who screened"),
}

FLAG = {
    Flag.UNREACHABLE: _l("The respondent cannot be reached or the whereabouts are unknown"),
    Flag.MASS: _l("Ten persons or more: report as a mass dispute"),
    Flag.VIOLENCE: _l("Domestic violence: a protection order comes first"),
    Flag.MINOR: _l("A party is under age and no statutory agent is recorded"),
    Flag.INCAPACITATED: _l("A party lacks capacity: a statutory agent is needed"),
    Flag.FOREIGN: _l("Foreign element"),
    Flag.HMT: _l("Hong Kong, Macao or Taiwan element"),
    Flag.FAILED_BEFORE: _l("A mediation between the same parties failed within the last 90 days"),
    Flag.SHAM_HINT: _l("Private loan: examine how the loan came about"),
    Flag.SAME_CONTACT: _l("Both sides give the same telephone or address"),
    Flag.CARE: _l("Mediate this cause only with care"),
}

MEDIATION = {
    Mediation.TYPICAL: _l("A typical cause for mediation"),
    Mediation.POSSIBLE: _l("A cause that can be mediated"),
    Mediation.CARE: _l("A cause not mediated, or only with care"),
}

CONFIRMABLE = {
    Confirmable.YES: _l("An agreement can be judicially confirmed"),
    Confirmable.PARTLY: _l("An agreement can be confirmed as far as it does not decide title or status"),
    Confirmable.NO: _l("An agreement cannot be judicially confirmed"),
    Confirmable.JUDGE_DECIDES: _l("Whether an agreement can be confirmed is for the judge to decide"),
}

NEXT = {
    Next.CORRECT: _l("Record that what was missing has come"),
    Next.SCREEN: _l("Screen"),
    Next.RETURN: _l("Return with advice"),
    Next.GUIDE: _l("Hand the notice to all parties"),
    Next.ASK: _l("Record the answers"),
    Next.FILE: _l("Register the case"),
    Next.ROUTE_A: _l("Choose a mediator"),
    Next.ROUTE_C: _l("Hand over for mediation outside the court"),
    Next.WAIT: _l("Wait for the answers"),
    Next.NOTHING: _l("Nothing to do at the counter"),
}

OBSTACLE = {
    Obstacle.NOT_ENABLED: _l("This route was not open on the day the dispute was received."),
    Obstacle.NOT_SCREENED: _l("The dispute has not been screened yet."),
    Obstacle.UNSUITABLE: _l("The screening found the dispute not suitable for mediation."),
    Obstacle.ONLY_OUTSIDE: _l("Labour or personnel arbitration comes first; only a body outside the court may mediate now."),
    Obstacle.NOT_GUIDED: _l("The risk notice and guidance have not been handed to every party yet."),
    Obstacle.NOT_ASKED: _l("The applicant has not agreed to mediate."),
    Obstacle.REFUSED: _l("A party does not agree to mediate."),
    Obstacle.OTHER_SIDE_SILENT: _l("Not every party has agreed to mediate."),
    Obstacle.NO_COMPLAINT: _l("No complaint has been handed in, or it was taken back."),
    Obstacle.COMPLAINT_PENDING: _l("A complaint is pending: the seven days run on until it is taken back in writing."),
    Obstacle.NOT_OWN_CHOICE: _l("The applicant has not chosen mediation outside the court in writing."),
    Obstacle.IN_MEDIATION: _l("The dispute is in mediation; the mediation is ended first."),
    Obstacle.OVER: _l("The dispute is past this step."),
    Obstacle.CONFIRMATION_PENDING: dispute_words.OBSTACLE[dispute_rules.Obstacle.CONFIRMATION_PENDING],
    Obstacle.CONFIRMED: dispute_words.OBSTACLE[dispute_rules.Obstacle.CONFIRMED],
    Obstacle.CORRECTION_OPEN: _l("Something is still missing; the period begins on the day after it has come."),
    Obstacle.CORRECTED_ONCE: _l("Everything missing is named in one notice, and that notice has been given."),
    Obstacle.NO_OPEN_CORRECTION: _l("Nothing is waiting to be corrected."),
    Obstacle.NO_FINDING: _l("The screening did not find that the dispute belongs elsewhere."),
    Obstacle.REASON_MISSING: _l("A decision other than the result of the rules needs a reason."),
    Obstacle.MINUTES_MISSING: _l("An oral answer is written into the minutes."),
    Obstacle.NO_AGREEMENT_TO_WITHDRAW: _l("This party has not agreed, so there is nothing to withdraw."),
}  # fmt: skip

REMEDY = {
    Obstacle.NOT_ENABLED: _l("Register the case; it can be entrusted to a mediator after filing, or be mediated outside the court."),
    Obstacle.UNSUITABLE: _l("Register the case."),
    Obstacle.ONLY_OUTSIDE: _l("Guide the parties to a people's or industry committee, or register the complaint."),
    Obstacle.REFUSED: _l("Register the case within seven days of the complaint."),
    Obstacle.OTHER_SIDE_SILENT: _l("Ask the other side, or let the case go to trial."),
    Obstacle.NO_COMPLAINT: _l("Let the applicant hand in the complaint, or take it down orally."),
    Obstacle.COMPLAINT_PENDING: _l("Register the complaint, rule that it is not accepted, or let the applicant take it back in writing."),
    Obstacle.IN_MEDIATION: _l("Record that consent is withdrawn; the mediator ends the mediation, and the case is registered."),
    Obstacle.CONFIRMATION_PENDING: dispute_words.REMEDY[dispute_rules.Obstacle.CONFIRMATION_PENDING],
    Obstacle.CONFIRMED: dispute_words.REMEDY[dispute_rules.Obstacle.CONFIRMED],
    Obstacle.CORRECTED_ONCE: _l("Decide on what has been handed in."),
}  # fmt: skip

CHOOSE_ROUTE = _l("Choose the route")
ASK_CORRECTION = _l("Give notice of what is missing")
CONFIRM_SUITABLE = _l("Confirm: suitable for mediation")
WITHDRAW = _l("Record that consent is withdrawn")
SUE = _l("Sue instead: register the case")
FILE_AFTER_COMPLAINT = _l("Take in the complaint and register the case")

PANEL_SCREENING = _l("Screening")
PANEL_ANSWERS = _l("Do the parties want to mediate?")
PANEL_ROUTES = _l("Which way is open")
PANEL_KNOWN = _l("Intake")

CORRECTED_BEFORE_ASKED = _l("This day is before the day of the notice.")
NOT_A_PARTY = _l("This person is not a party to the dispute.")


def _answered(facts: dict[str, object]) -> object:
    return {
        Answer.AGREES.value: _l("A party agreed to mediate"),
        Answer.REFUSES.value: _l("A party did not agree to mediate"),
        Answer.SILENT.value: _l("A party was asked and gave no answer"),
    }[str(facts["answer"])]


def _screened(facts: dict[str, object]) -> object:
    return {
        ScreeningResult.SUITABLE.value: _l("Screened: suitable for mediation"),
        ScreeningResult.NOT_SUITABLE.value: _l("Screened: not suitable for mediation"),
        ScreeningResult.OUT_OF_SCOPE.value: _l("Screened: not a civil matter for the courts"),
        ScreeningResult.WRONG_COURT.value: _l("Screened: another court has jurisdiction"),
    }[str(facts["result"])]


EVENTS = {
    "regime_rule.create": _l("Route entered in the regime table"),
    "correction.ask": _l("Notice of everything missing given"),
    "correction.receive": _l("What was missing has come"),
    "screening.record": _screened,
    "guidance.hand_over": _l("Risk notice and guidance handed to a party"),
    "consent.record": _answered,
}
