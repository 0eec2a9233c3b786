"""Everybody who could ask: each role in the own court, each role in another court, nobody, and the system itself."""

from collections.abc import Callable
from typing import Any

from mediation.kernel.actor import Actor, Role

OWN, OTHER = 1, 2
WHO, NEIGHBOUR, SYSTEM = 5, 6, 0


def actor(*roles: Role, court_id: int = OWN, **more: Any) -> Actor:
    """Somebody with these roles."""
    return Actor(WHO, court_id, frozenset(roles), "", **more)


def allowed(question: Callable[[Actor], bool], *, court_id: int = OWN, **more: Any) -> set[Role | None]:
    """Of which roles the answer is yes; None stands for the system itself."""
    answers: dict[Role | None, bool] = {role: question(actor(role, court_id=court_id, **more)) for role in Role}
    answers[None] = question(Actor(SYSTEM, court_id))
    assert not question(actor(court_id=court_id)), "who holds no role may nothing"
    return {role for role, yes in answers.items() if yes}
