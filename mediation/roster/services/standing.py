"""Decisions about a place on the list."""

from mediation.kernel import audit
from mediation.kernel.actor import Actor
from mediation.kernel.db import transaction
from mediation.kernel.errors import DomainError
from mediation.roster import labels, rules
from mediation.roster.models import Mediator
from mediation.roster.rules import Ground


def decide(actor: Actor, mediator: Mediator, step: str, *, ground: Ground, reason: str) -> None:
    """Suspend, remove or put back, on a ground the law knows, with the reason in the performance file (S4 art. 28)."""
    if ground not in rules.GROUNDS[step]:
        raise DomainError(labels.GROUND_DOES_NOT_CARRY, article=rules.GROUND_ARTICLE[ground], field="ground")
    if not reason.strip():
        raise DomainError(labels.REASON_MISSING, article="S4 art. 10", field="reason")
    with transaction():
        article = rules.GROUND_ARTICLE[ground]
        audit.advance(rules.STEPS, step, actor, mediator, ground=ground, article=article, reason=reason.strip())
