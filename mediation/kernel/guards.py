"""Rules that keep a person from acting in a dispute, asked before anything is written into its trail (CPL arts 47, 48)."""

from collections.abc import Callable

from mediation.kernel.actor import Actor

Refuse = Callable[[Actor, int, str], None]
# Where a rule keeps what it read for the length of a transaction.
APART = "apart"
_guards: list[Refuse] = []


def guard(rule: Refuse) -> None:
    """Name a rule; it refuses by raising."""
    _guards.append(rule)


def refuse(actor: Actor, dispute_id: int | None, action: str) -> None:
    """Ask every rule; the system itself, and what belongs to no dispute, is asked about nothing."""
    if dispute_id is not None and actor.id:
        for rule in _guards:
            rule(actor, dispute_id, action)
