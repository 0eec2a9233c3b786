"""The periods within which the parties choose a mediator together on line, and the court designates one (S5 art. 10)."""

from collections.abc import Mapping

from mediation.disputes.models import Dispute
from mediation.disputes.rules import PartyRole
from mediation.intake.models import Consent
from mediation.intake.rules import Answer, Manner
from mediation.kernel.actor import Actor
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey

KEYS = (PeriodKey.ONLINE_JOINT_CHOICE, PeriodKey.ONLINE_DESIGNATE)


def follow(actor: Actor, dispute: Dispute, answers: Mapping[int, Consent], roles: Mapping[int, PartyRole]) -> None:
    """After an answer: who applies on line starts three working days, both agreeing on line start two; a refusal ends both.

    What is agreed to on paper or orally knows no such period: S4 art. 12 sets none.
    """
    given = [answers[party_id] for party_id in roles if party_id in answers]
    if any(consent.answer is not Answer.AGREES for consent in given):
        for key in KEYS:
            running = periods.current(Dispute.__tablename__, dispute.id, key)
            if running is not None:
                periods.cancel(actor, running, "refused")
        return
    online = [consent for consent in given if consent.manner is Manner.ONLINE]
    applied = [c for c in online if roles[c.party_id] is PartyRole.APPLICANT]
    if applied:
        _open(actor, dispute, PeriodKey.ONLINE_DESIGNATE, min(applied, key=lambda c: c.answered_on))
    asked = {party_id for party_id, role in roles.items() if role is not PartyRole.THIRD}
    if len(asked) > 1 and asked <= {c.party_id for c in online}:
        _open(actor, dispute, PeriodKey.ONLINE_JOINT_CHOICE, max(online, key=lambda c: c.answered_on))


def _open(actor: Actor, dispute: Dispute, key: PeriodKey, consent: Consent) -> None:
    """Once: correcting an answer gives no new time."""
    if not any(d.key is key for d in periods.of_subject(Dispute.__tablename__, dispute.id)):
        periods.open_deadline(actor, key, subject=dispute, dispute_id=dispute.id, start=consent.answered_on)
