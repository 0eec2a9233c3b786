"""Every word shown for fines for late evidence."""

from typing import Any

from mediation.disputes.rules import PartyKind
from mediation.kernel.i18n import _l
from mediation.litigation.fines.rules import BOUNDS, YUAN, FineStatus, Obstacle, Review

FINE_STATUS = {
    FineStatus.PROPOSED: _l("Waits for the president"),
    FineStatus.ORDERED: _l("Fine ordered"),
    FineStatus.NOT_APPROVED: _l("Fine not approved"),
    FineStatus.DROPPED: _l("Fell away with the case"),
}
TONE = {
    FineStatus.PROPOSED: "active",
    FineStatus.ORDERED: "done",
    FineStatus.NOT_APPROVED: "soon",
    FineStatus.DROPPED: "neutral",
}
REVIEW = {
    Review.UPHELD: _l("The fine is upheld"),
    Review.CHANGED: _l("The fine is changed"),
    Review.REVOKED: _l("The fine is revoked"),
}
_PERSON, _ORGANISATION = BOUNDS[PartyKind.NATURAL], BOUNDS[PartyKind.ORGANISATION]
WITHIN = _l(
    "A person is fined up to %(person)s yuan, an organisation no less than %(least)s and up to %(most)s yuan.",
    person=f"{_PERSON[1] // YUAN:,}",
    least=f"{_ORGANISATION[0] // YUAN:,}",
    most=f"{_ORGANISATION[1] // YUAN:,}",
)
OBSTACLE = {
    Obstacle.CLOSED: _l("The case is closed."),
    Obstacle.NOT_FINED: _l("The law lays no fine down for this evidence."),
    Obstacle.ALREADY: _l("For one and the same act nobody is fined twice."),
    Obstacle.OUT_OF_BOUNDS: WITHIN,
    Obstacle.NO_REASON: _l("Say what the reason is."),
    Obstacle.NOT_THAT_DAY: _l("That day lies before what came first, or after today."),
    Obstacle.NOT_SERVED: _l("The decision on the fine has not been served."),
    Obstacle.SERVED: _l("The decision on the fine has been served."),
    Obstacle.TOO_LATE: _l("Reconsideration is applied for within three days of the receipt of the decision."),
    Obstacle.ASKED: _l("Reconsideration may be applied for once, and has been."),
    Obstacle.NOT_ASKED: _l("No application for reconsideration waits for its answer."),
    Obstacle.NO_PAPER: _l("Name the number of the answer."),
}
REMEDY = {
    Obstacle.NOT_THAT_DAY: _l("Enter the day as it stands on the receipt or in the record."),
    Obstacle.NOT_SERVED: _l("Record its service first: the three days run from it."),
}
EVENTS: dict[str, Any] = {
    "evidence_fine.propose": _l("A fine for late evidence was proposed"),
    "evidence_fine.approve": _l("The president approved the fine"),
    "evidence_fine.refuse": _l("The president did not approve the fine"),
    "evidence_fine.drop": _l("The proposal of a fine fell away with the case"),
    "evidence_fine.serve": _l("The decision on the fine was served"),
    "evidence_fine.ask_review": _l("Reconsideration of the fine was applied for"),
    "evidence_fine.answer_review": _l("The court above answered on the fine"),
}
PROPOSED = _l("%(title)s: a fine for late evidence, proposed on %(day)s, waits for your approval.")
APPROVED = _l("%(title)s: the president approved the fine on %(day)s; the decision is made out.")
REFUSED = _l("%(title)s: the president did not approve the fine on %(day)s.")
