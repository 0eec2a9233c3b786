"""Rulings: each by the judge to whom the application fell, with the password entered again, printed and sealed."""

from typing import Any

from mediation.accounts import services as accounts
from mediation.confirmation import documents, obstacles
from mediation.confirmation.models import Confirmation
from mediation.confirmation.rules import STEPS, Exclusion, Lapse, Outcome
from mediation.confirmation.services import reading
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.people import addressee
from mediation.disputes.rules import Capacity, Confirming, confirm_type_code
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.notices import services as notices
from mediation.periods import services as periods


def rule_valid(actor: Actor, confirmation: Confirmation, *, password: str) -> None:
    """Rule the agreement valid: it can be enforced from then on (CPL 206)."""
    decide(actor, confirmation, "rule_valid", Outcome.VALID, password=password)


def dismiss(actor: Actor, confirmation: Confirmation, *, password: str) -> None:
    """Dismiss the application on the grounds found (S2 art. 358; CPL 206)."""
    decide(actor, confirmation, "dismiss", Outcome.DISMISSED, password=password, reason=confirmation.reason)


def dismiss_excluded(
    actor: Actor, confirmation: Confirmation, *, exclusion: Exclusion | None, reason: str, password: str
) -> None:
    """Dismiss because what bars acceptance was found only afterwards (S2 art. 355)."""
    decide(
        actor,
        confirmation,
        "dismiss_excluded",
        Outcome.DISMISSED,
        password=password,
        reason=reason,
        exclusion=exclusion,
    )


def withdraw(actor: Actor, confirmation: Confirmation, *, reason: str, password: str) -> None:
    """Allow the parties to withdraw before the ruling (S2 art. 357)."""
    decide(actor, confirmation, "withdraw", Outcome.WITHDRAWN, password=password, reason=reason)


def deem_withdrawn(actor: Actor, confirmation: Confirmation, *, lapse: Lapse, reason: str, password: str) -> None:
    """Treat the application as withdrawn: not supplemented, or questioning refused, without good reason."""
    decide(
        actor, confirmation, "deem_withdrawn", Outcome.DEEMED_WITHDRAWN, password=password, reason=reason, lapse=lapse
    )


def decide(
    actor: Actor,
    confirmation: Confirmation,
    step: str,
    outcome: Outcome,
    *,
    password: str,
    reason: str = "",
    exclusion: Exclusion | None = None,
    lapse: Lapse | None = None,
) -> None:
    """The one way to a ruling: permission, state and law first, then the judge's identity, then the act."""
    states.check(STEPS, step, actor, confirmation)
    told: dict[str, Any] = {"exclusions": (exclusion,) if exclusion else (), "lapse": lapse}
    facts = reading.facts(actor, confirmation, **told)
    for found in obstacles.obstacles(step, facts):
        reading.refuse(found)
    accounts.reauthenticate(actor, password, purpose=f"confirmation.rule/{confirmation.id}")
    with transaction():
        dispute = db.session.get_one(Dispute, confirmation.dispute_id)
        _give_number(actor, confirmation, dispute)
        disputes.note_confirmation(actor, dispute, Confirming.VALID if outcome is Outcome.VALID else None)
        with db.session.no_autoflush:
            confirmation.judge_id = actor.id
            confirmation.ruled_by_id, confirmation.decided_on = actor.id, clock.today()
            confirmation.outcome, confirmation.reason, confirmation.exclusion = outcome, reason, exclusion
            confirmation.grounds = [ground.value for ground in facts.grounds] if step == "dismiss" else []
            audit.advance(
                STEPS, step, actor, confirmation, outcome=outcome, grounds=facts.grounds, exclusion=exclusion, lapse=lapse
            )  # fmt: skip
        for key in reading.DECIDING:
            periods.meet(actor, confirmation, key)
        document = documents.ruling(actor, confirmation, late=facts.late, lapse=lapse)
        confirmation.ruling_document_id = document.id
        _tell(actor, confirmation, document.number)


def _give_number(actor: Actor, confirmation: Confirmation, dispute: Dispute) -> None:
    """A ruling before acceptance carries a number too; the judge then takes part as from acceptance."""
    if confirmation.case_number_id is not None:
        return
    today = clock.today()
    number = disputes.give_number(actor, dispute, confirm_type_code(today, dispute.route), today)
    with db.session.no_autoflush:
        confirmation.case_number_id = number.id
        audit.record(actor, "number", confirmation, number=number.canonical)
    disputes.participate(actor, dispute, Capacity.CONFIRMED, user_id=actor.id)


def _tell(actor: Actor, confirmation: Confirmation, number: str) -> None:
    """Every party learns that there is a ruling to be served."""
    for party in disputes.parties(confirmation.dispute_id):
        to = addressee(party)
        notices.tell(
            actor, to, "ruling", subject=confirmation, dispute_id=confirmation.dispute_id, facts={"number": number}
        )
