"""Every word shown for the enums of litigation."""

from typing import Any

from mediation.kernel.i18n import _, _l
from mediation.litigation.rules import (
    Effect,
    Exclusion,
    Manner,
    Obstacle,
    Procedure,
    SmallClaim,
    SmallExclusion,
    Status,
)  # fmt: skip
from mediation.litigation.tariff import FeeKind, Halving

STATUS = {
    Status.FILED: _l("Filed"),
    Status.PRIOR_MEDIATION: _l("Mediation before trial"),
    Status.FEE_NOTICE: _l("Fee demanded"),
    Status.FAST_TRACK: _l("Fast track"),
    Status.ORDINARY: _l("Trial division"),
    Status.CLOSED: _l("Case closed"),
}

PROCEDURE = {
    Procedure.SMALL: _l("Small claims procedure"),
    Procedure.SUMMARY: _l("Summary procedure"),
    Procedure.ORDINARY_SOLE: _l("Ordinary procedure, single judge"),
    Procedure.ORDINARY_PANEL: _l("Ordinary procedure, panel"),
}

MANNER = {
    Manner.OTHER: _l("Closed in another manner"),
    Manner.MEDIATION_DOCUMENT: _l("Closed by a mediation document"),
    Manner.WITHDRAWN: _l("Suit withdrawn"),
    Manner.DEEMED_WITHDRAWN: _l("Suit treated as withdrawn"),
    Manner.JUDGMENT: _l("Judgment"),
    Manner.DISMISSED: _l("Suit dismissed by ruling"),
    Manner.TRANSFERRED: _l("Transferred to another court"),
}

EFFECT = {
    Effect.ON_RECEIPT: _l("It binds when all parties have signed for the document."),
    Effect.ON_AGREEMENT: _l("The parties agreed that it binds on signing the agreement; the court has confirmed this."),
}

EXCLUSION = {
    Exclusion.DEFENDANT_MISSING: _l("The defendant's whereabouts were unknown when the suit was brought"),
    Exclusion.REMANDED: _l("Remanded for a new trial"),
    Exclusion.NUMEROUS_PARTY: _l("One side has numerous members"),
    Exclusion.RETRIAL: _l("Trial supervision procedure"),
    Exclusion.PUBLIC_INTEREST: _l("State or public interests are concerned"),
    Exclusion.THIRD_PARTY_REVOCATION: _l("A third party sues to change or revoke a decision in force"),
    Exclusion.UNSUITABLE: _l("Otherwise unsuitable for the summary procedure"),
}

SMALL_EXCLUSION = {
    SmallExclusion.STATUS_OR_TITLE: _l("Personal status or title to property"),
    SmallExclusion.FOREIGN: _l("Foreign-related"),
    SmallExclusion.APPRAISAL: _l("An appraisal is needed or its result is disputed"),
    SmallExclusion.PARTY_MISSING: _l("A party's whereabouts are unknown"),
    SmallExclusion.COUNTERCLAIM: _l("A counterclaim was brought"),
    SmallExclusion.UNSUITABLE: _l("Otherwise unsuitable for small claims"),
}

SMALL_CLAIM = {
    SmallClaim.MANDATORY: _l("Small claims procedure applies by law"),
    SmallClaim.IF_BOTH_AGREE: _l("Small claims procedure applies if both sides agree"),
    SmallClaim.TOO_LARGE: _l("Above the limit of small claims"),
    SmallClaim.NO_MONEY_CLAIM: _l("Not a claim for money"),
    SmallClaim.EXCLUDED: _l("Excluded from small claims"),
    SmallClaim.WAGE_NOT_SET: _l("The yearly wage of the province has not been entered"),
}

FEE_KIND = {
    FeeKind.PROPERTY: _l("Property claim"),
    FeeKind.LABOUR: _l("Labour dispute"),
    FeeKind.DIVORCE: _l("Divorce"),
    FeeKind.PERSONALITY: _l("Personality rights"),
    FeeKind.OTHER: _l("Other claim without property"),
    FeeKind.INTELLECTUAL: _l("Intellectual property"),
}

HALVING = {
    Halving.SUMMARY: _l("summary procedure"),
    Halving.MEDIATED: _l("closed by mediation"),
    Halving.WITHDRAWN: _l("suit withdrawn"),
    Halving.JOINED: _l("tried with the suit"),
}

STEP = {
    "begin_mediation": _l("Entrust to mediation before trial"),
    "end_mediation": _l("Record the end of mediation"),
    "demand_fee": _l("Demand the court fee"),
    "to_fast_track": _l("Send to the fast track"),
    "to_ordinary": _l("Send to the trial division"),
    "convert": _l("Convert to the ordinary procedure"),
    "to_summary": _l("Go on by the other rules of the summary procedure"),
    "to_panel": _l("Hand the case to a panel"),
    "close_other": _l("Close in another manner"),
    "close_mediation_document": _l("Close by a mediation document"),
    "close_withdrawn": _l("Allow the withdrawal of the suit"),
    "close_deemed_withdrawn": _l("Treat the suit as withdrawn"),
    "close_judgment": _l("Record the judgment"),
    "close_dismissed": _l("Record the dismissal of the suit"),
    "close_transferred": _l("Close as transferred to another court"),
}

OBSTACLE = {
    Obstacle.MEDIATION_UNDER_WAY: _l("The mediation has not ended."),
    Obstacle.NO_AGREEMENT: _l("No agreement of the parties is on record."),
    Obstacle.FEE_UNPAID: _l("The court fee has not been paid and no relief was granted."),
    Obstacle.FEE_PAID: _l("The court fee has been paid, or relief was granted."),
    Obstacle.RELIEF_OPEN: _l("An application for relief from the fee has not been decided."),
    Obstacle.TIME_TO_PAY: _l("The time to pay has not ended."),
    Obstacle.EXCLUDED: _l("The case is excluded from the summary procedure."),
    Obstacle.NOT_A_FAST_TRACK_JUDGE: _l("Choose a judge of the fast track of this court."),
    Obstacle.NOT_A_TRIBUNAL: _l("Choose a tribunal."),
    Obstacle.JUDGE_MEDIATED: _l("Who mediated the dispute does not try it."),
    Obstacle.JUDGE_APART: _l("This judge has withdrawn from the dispute, or is suspended until the recusal is decided."),
    Obstacle.WAGE_NOT_SET: _l("The yearly wage of the province has not been entered, so the small claims limit is unknown."),
    Obstacle.WAGE_KNOWN: _l("The figure of that year has been entered already."),
    Obstacle.NO_WAGE: _l("A yearly wage is more than nothing."),
    Obstacle.NOT_SMALL: _l("The case does not fall under the small claims procedure."),
    Obstacle.MUST_BE_SMALL: _l("The claim is so small that the law prescribes the small claims procedure."),
    Obstacle.BOTH_MUST_AGREE: _l("Above half of the yearly wage, small claims procedure needs the agreement of both sides."),
    Obstacle.NOT_SUMMARY: _l("On the fast track the summary or the small claims procedure is used."),
    Obstacle.LIMIT_OVER: _l("The trial limit has ended; conversion was possible only before."),
    Obstacle.NOT_HEARD: _l("The case has not been heard."),
    Obstacle.NOT_SERVED: _l("Not all parties have signed for the mediation document."),
    Obstacle.NO_DOCUMENT: _l("No mediation document has been issued."),
    Obstacle.NOT_YET: _l("That day has not come yet."),
    Obstacle.NOT_UNDER_SMALL: _l("The case is not tried by the small claims procedure."),
    Obstacle.OBJECTION_OPEN: _l("An objection to the procedure or to the single judge has not been decided."),
    Obstacle.NOT_SOLE: _l("A panel tries this case already."),
    Obstacle.NO_REASON: _l("A ruling says why."),
    Obstacle.NO_SUPPLEMENT: _l("Nothing is to be paid in addition in this case."),
    Obstacle.NO_JUDGE: _l("No judge has been named for this case."),
    Obstacle.NO_CLERK: _l("Name the clerk: a ruling is signed by the judge and the clerk."),
    Obstacle.JURISDICTION_OPEN: _l("Whether this court has jurisdiction is not settled yet."),
    Obstacle.NOT_AWAY: _l("No ruling in force gives the case to another court."),
    Obstacle.CLAIM_UNDECIDED: _l("A counterclaim or a third party's claim has not been decided on."),
    Obstacle.CLAIM_GOES_ON: _l("A counterclaim or a third party's claim is tried with the suit and goes on without it."),
    Obstacle.NO_PANEL: _l("The other members of the panel have not been named."),
}  # fmt: skip

REMEDY = {
    Obstacle.CLAIM_UNDECIDED: _l("Decide whether it is tried with the suit."),
    Obstacle.CLAIM_GOES_ON: _l(
        "Note the withdrawal of the suit in the file and decide on what remains; when that is withdrawn too, the case closes."
    ),
    Obstacle.JURISDICTION_OPEN: _l("Rule on the objection; when the ruling is in force the trial goes on."),
    Obstacle.NOT_AWAY: _l("Rule on the objection to jurisdiction first."),
    Obstacle.NO_JUDGE: _l("The registry names the judge on the page of the case; the judge then does this."),
    Obstacle.NO_PANEL: _l("Name them on the page of the case: at least three members, an odd number."),
    Obstacle.OBJECTION_OPEN: _l("Decide on the objection first."),
    Obstacle.NOT_UNDER_SMALL: _l("Convert to the ordinary procedure where the summary one does not fit."),
    Obstacle.FEE_UNPAID: _l("Record the payment, or the relief granted."),
    Obstacle.WAGE_NOT_SET: _l("The president enters the published figure; until then use the summary procedure."),
    Obstacle.NOT_SMALL: _l("Use the summary procedure."),
    Obstacle.MUST_BE_SMALL: _l("Use the small claims procedure."),
    Obstacle.EXCLUDED: _l("Send the case to the trial division."),
    Obstacle.BOTH_MUST_AGREE: _l("Use the summary procedure, or record the agreement of both sides."),
    Obstacle.NO_DOCUMENT: _l("Issue the mediation document first."),
    Obstacle.NOT_SERVED: _l("Record the service on each party. A party who refuses keeps the right to a judgment."),
    Obstacle.MEDIATION_UNDER_WAY: _l("Record the end of the mediation first."),
}

# How an agreement in court came about, as the mediation document says it.
BY_COURT, BY_PARTIES, BY_ENTRUSTED = "court", "parties", "entrusted"
HOW = {
    BY_COURT: _l("The court mediated"),
    BY_PARTIES: _l("The parties settled and ask the court to confirm it"),
    BY_ENTRUSTED: _l("Somebody mediated for the court"),
}


def _procedure(facts: dict[str, Any]) -> str:
    return _("The procedure is now: %(procedure)s.", procedure=PROCEDURE[Procedure(facts["after"])])


def _closed(facts: dict[str, Any]) -> str:
    return str(MANNER[Manner(facts["manner"])])


EVENTS: dict[str, Any] = {
    "litigation_case.file": _l("The case was filed"),
    "litigation_case.begin_mediation": _l("Mediation before trial began"),
    "litigation_case.end_mediation": _l("Mediation before trial ended without agreement"),
    "litigation_case.agree": _l("The parties agreed in mediation before trial"),
    "litigation_case.demand_fee": _l("The court fee was demanded"),
    "litigation_case.to_fast_track": _l("The case went to the fast track"),
    "litigation_case.to_ordinary": _l("The case went to the trial division"),
    "litigation_case.convert": _l("The case was converted to the ordinary procedure"),
    "litigation_case.to_summary": _l("The case goes on by the other rules of the summary procedure"),
    "litigation_case.to_panel": _l("The case was handed to a panel"),
    "litigation_case.change_procedure": _procedure,
    "litigation_case.set_hearing": _l("The hearing was fixed"),
    "litigation_case.name_judge": _l("Another judge took the case over"),
    "litigation_case.hear": _l("The case was heard"),
    "litigation_case.issue_mediation_document": _l("The mediation document was drawn up"),
    "fee_notice.issue": _l("The fee notice was issued"),
    "fee_notice.issue_supplement": _l("The fee supplement was demanded"),
    "fee_notice.pay": _l("The court fee was paid"),
    "fee_notice.ask_relief": _l("Relief from the fee was applied for"),
    "fee_notice.grant_relief": _l("Relief from the fee was granted"),
    "fee_notice.refuse_relief": _l("Relief from the fee was refused"),
    "yearly_wage.enter": _l("The yearly wage of the province was entered"),
}
EVENTS |= {f"litigation_case.close_{manner.value}": _closed for manner in Manner}

BEFORE_TARIFF = _l("The tariff holds since 1 April 2007.")
