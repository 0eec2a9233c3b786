"""What each capability puts on shared pages: filled by the application factory, read by the pages.

A dispute's page lives in `disputes`, yet shows what later stages know. Those register here, so that the import
direction stays one-way and a reader can find every contributor in `app.py`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import Base


@dataclass(frozen=True)
class Offer:
    """A next step on a dispute's page: a button, or greyed with the reason and the article."""

    label: Any
    url: str
    method: str = "get"
    enabled: bool = True
    reason: Any = ""
    article: str = ""
    primary: bool = False
    rank: int = 50
    fields: dict[str, str] = field(default_factory=dict)
    # For which dispute a meeting would be.
    dispute_id: int | None = None


@dataclass(frozen=True)
class Panel:
    """A part of a dispute's page: template and context; side is `main` or `aside`."""

    title: Any
    template: str
    context: dict[str, Any]
    side: str = "main"
    rank: int = 50


@dataclass(frozen=True)
class NavItem:
    """A place in the left column, or at the top beside the person, for those who hold one of the roles."""

    label: Any
    endpoint: str
    roles: frozenset[Role]
    icon: str = ""
    rank: int = 50
    # A select of one number that depends on the person alone; the places of one page are counted in one question.
    count: Callable[[Actor], sa.Select[Any]] | None = None
    top: bool = False
    # The first to stand behind "More" where there are more than seven places for a person.
    seldom: bool = False


@dataclass(frozen=True)
class Hit:
    """One find of the search from anywhere."""

    label: Any
    url: str
    detail: Any = ""


@dataclass(frozen=True)
class NextStep:
    """What comes next for a dispute in some state, and whose step it is."""

    label: Any
    endpoint: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class Holder:
    """Somebody of the court's lists to whom an account can belong; `key` recognises the human being."""

    id: int
    name: str
    key: str = ""


@dataclass(eq=False)
class Registry:
    """Everything contributed; one per application."""

    offers: list[Callable[[Actor, Any], Iterable[Offer]]] = field(default_factory=list)
    # The tables of which the offers and panels of a dispute's page read its rows: the page reads them all at once.
    dossier: set[type[Base]] = field(default_factory=set)
    panels: list[Callable[[Actor, Any], Iterable[Panel]]] = field(default_factory=list)
    nav: list[NavItem] = field(default_factory=list)
    homes: list[tuple[Role, str]] = field(default_factory=list)
    searches: list[Callable[[Actor, str], Iterable[Hit]]] = field(default_factory=list)
    events: dict[str, Any] = field(default_factory=dict)
    # What the trail keeps but a dispute's timeline leaves out: the machine's own work.
    quiet: set[str] = field(default_factory=set)
    # Acts that only the court's own people find in a dispute's timeline: the other side must not learn of them yet.
    sealed: set[str] = field(default_factory=set)
    # What a meeting at a chosen time and room (given as a query) could be for: offers of the later stages.
    meetings: list[Callable[[Actor, str], Iterable[Offer]]] = field(default_factory=list)
    subjects: dict[str, Callable[[Actor, int], str | None]] = field(default_factory=dict)
    # How to give disputes (by number) another mediator, where that may be decided now: the stage of assignment knows.
    another_mediator: list[Callable[[Actor, Collection[int]], Mapping[int, Offer]]] = field(default_factory=list)
    # Where whoever has just handed a dispute to a mediator goes next, when something waits for them there.
    after_choice: list[Callable[[Actor, int], str | None]] = field(default_factory=list)
    # State of a dispute -> the step that comes next: the one button of a line in the work list. Its endpoint takes
    # `dispute_id`.
    next_steps: dict[str, NextStep] = field(default_factory=dict)

    # Whose an account can be, beside the court's own staff: "mediator", "organisation".
    holders: dict[str, Callable[[Actor], Sequence[Holder]]] = field(default_factory=dict)
    # The numbers of the disputes that an account still has open: called with (user, mediator, organisation).
    open_work: list[Callable[[int, int | None, int | None], Sequence[str]]] = field(default_factory=list)

    def words(self, action: str, facts: dict[str, Any]) -> str:
        """An entry of the trail, in words: a text with named places, or a function of the facts."""
        found = self.events.get(action, action)
        if callable(found):
            return str(found(facts))
        return str(found)
