"""Every word shown for parties who join a filed case and for what is claimed besides the suit."""

from typing import Any

from mediation.kernel.i18n import _l
from mediation.litigation.joining.rules import ClaimKind, ClaimStatus, Link, Obstacle, Origin, Place

PLACE = {
    Place.CO_PLAINTIFF: _l("Co-plaintiff"),
    Place.CO_DEFENDANT: _l("Co-defendant"),
    Place.THIRD_WITH_CLAIM: _l("Third party with a claim of its own"),
    Place.THIRD_WITHOUT_CLAIM: _l("Third party without a claim of its own"),
}
ORIGIN = {
    Origin.COURT: _l("The court itself gives notice"),
    Origin.PARTY: _l("A party of the case applies for it"),
    Origin.OWN: _l("Whoever is to join wants it"),
}
CLAIM_KIND = {
    ClaimKind.COUNTERCLAIM: _l("Counterclaim"),
    ClaimKind.THIRD_PARTY: _l("Claim of a third party"),
}
CLAIM_STATUS = {
    ClaimStatus.BROUGHT: _l("Waits for the judge"),
    ClaimStatus.JOINED: _l("Tried with the suit"),
    ClaimStatus.REFUSED: _l("Not taken, to be sued for apart"),
    ClaimStatus.APPEALED: _l("Not taken; the party has appealed"),
    ClaimStatus.WITHDRAWN: _l("Claim withdrawn"),
    ClaimStatus.DROPPED: _l("Fell away with the case"),
}
TONE = {
    ClaimStatus.BROUGHT: "active",
    ClaimStatus.JOINED: "active",
    ClaimStatus.REFUSED: "soon",
    ClaimStatus.APPEALED: "active",
    ClaimStatus.WITHDRAWN: "neutral",
    ClaimStatus.DROPPED: "neutral",
}
LINK = {
    Link.SAME_RELATION: _l("It rests on the same legal relation as the suit"),
    Link.CAUSAL: _l("The one claim is the cause of the other"),
    Link.SAME_FACTS: _l("It rests on the same facts as the suit"),
    Link.NONE: _l("It has nothing to do with the suit"),
}
OBSTACLE = {
    Obstacle.CLOSED: _l("The case is closed."),
    Obstacle.NOT_THAT_DAY: _l("That day lies before the filing or after today."),
    Obstacle.NO_REASON: _l("Say what the reason is."),
    Obstacle.NO_NAME: _l("Say who is to join."),
    Obstacle.NO_APPLICANT: _l("Say which party applies for it."),
    Obstacle.MUST_SUE: _l("Whoever claims the matter in dispute as its own sues; nobody else can make it a party."),
    Obstacle.NOT_ASKED: _l("Where nobody has asked, there is nothing to reject."),
    Obstacle.NO_DAYS: _l("The time for evidence is set anew and holds for every party: say how many days it is."),
    Obstacle.HEARD: _l("The case has been heard; a claim can be tried with the suit only before the debate has ended."),
    Obstacle.NO_CLAIM: _l("Say what is claimed."),
    Obstacle.NOT_THIS_PARTY: _l(
        "A counterclaim is a defendant's, against the plaintiffs; a third party without a claim of its own brings none."
    ),
    Obstacle.PAID: _l("The fee of this claim has been paid."),
    Obstacle.TIME_TO_PAY: _l("The time to pay the fee of this claim has not ended."),
    Obstacle.NOT_SERVED: _l("The ruling has not reached the party; the ten days to appeal have not begun."),
    Obstacle.SERVED: _l("It is on record that the ruling has reached the party."),
    Obstacle.APPEAL_OVER: _l("The ten days to appeal against the ruling are over; it is in force."),
    Obstacle.ANSWERED: _l("The higher court has ruled on the appeal; its ruling is final."),
    Obstacle.NO_PAPER: _l("Name the higher court and the number of its ruling."),
    Obstacle.NOT_SINCE: _l("That day lies before the ruling reached the party, before the appeal, or after today."),
}
REMEDY = {
    Obstacle.CLOSED: _l("Register the claim as a case of its own."),
    Obstacle.NOT_SERVED: _l("Record first when the ruling reached the party."),
    Obstacle.APPEAL_OVER: _l("Who could not act in time may apply within ten days for the time to be restored."),
    Obstacle.ANSWERED: _l("The party may sue apart."),
    Obstacle.NOT_SINCE: _l("Enter the day as it stands on the paper or in the record."),
    Obstacle.NOT_THAT_DAY: _l("Enter the day as it stands on the paper or in the record."),
    Obstacle.MUST_SUE: _l("Let it join without a claim of its own, or wait for its suit."),
    Obstacle.HEARD: _l("Tell the party that it may sue apart."),
    Obstacle.NOT_THIS_PARTY: _l("A plaintiff changes the claims of the suit; others sue apart."),
    Obstacle.TIME_TO_PAY: _l("Wait until it is over, or record that the party withdraws the claim."),
}
EVENTS: dict[str, Any] = {
    "joinder.grant": _l("Another party was let into the case"),
    "joinder.refuse": _l("An application to join a party was rejected"),
    "joined_claim.bring": _l("A counterclaim or a third party's claim was brought"),
    "joined_claim.join": _l("The claim is tried with the suit"),
    "joined_claim.refuse": _l("The claim was not taken"),
    "joined_claim.pay": _l("The fee of the claim was paid"),
    "joined_claim.withdraw": _l("The claim was withdrawn"),
    "joined_claim.drop": _l("The claim fell away with the case"),
    "joined_claim.appeal": _l("An appeal was lodged because the claim was not taken"),
    "joined_claim.uphold": _l("The higher court upheld that the claim is not taken"),
    "joined_claim.overturn": _l("On the higher court's ruling the claim is tried with the suit"),
    "litigation_case.joined": _l("The case goes on with another party"),
    "litigation_case.claimed": _l("The case goes on with another claim"),
}
BROUGHT = _l("%(title)s: a claim besides the suit waits for your decision; its fee is due on %(day)s.")
UPHELD_ABOVE = _l("%(title)s: the higher court ruled on %(day)s that the claim besides the suit is not taken.")
TAKEN_ABOVE = _l(
    "%(title)s: on the higher court's ruling of %(day)s the claim besides the suit is to be tried with it."
)
