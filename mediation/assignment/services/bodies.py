"""To which bodies a dispute may be handed, for them to name one of their members; of the others the first reason why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mediation.assignment.choice import Case
from mediation.kernel.actor import Actor
from mediation.kernel.errors import DomainError
from mediation.roster import labels as roster_labels
from mediation.roster import rules as roster_rules
from mediation.roster import services as roster
from mediation.roster.models import Organisation
from mediation.roster.panels import services as panels
from mediation.roster.rules import Obstacle, RosterStatus


@dataclass(frozen=True)
class BodyChoice:
    """A body of the list, and the first reason why it may not be given the dispute."""

    organisation: Organisation
    obstacle: Obstacle | None

    @property
    def reason(self) -> Any:
        return roster_labels.OBSTACLE[self.obstacle] if self.obstacle else ""

    @property
    def article(self) -> str:
        return roster_rules.OBSTACLE_ARTICLE[self.obstacle] if self.obstacle else ""


def bodies(actor: Actor, case: Case) -> list[BodyChoice]:
    """Every body on the list as it stands to this dispute: those that may be given it first (S4 arts 9, 12; S5 art. 5)."""
    on_panels = _on_panels(actor, case)
    wanted = [one for one in roster.organisations(actor) if one.status in (RosterStatus.ACTIVE, RosterStatus.SUSPENDED)]
    found = [BodyChoice(one, _first(one, case, on_panels)) for one in wanted]
    return sorted(found, key=lambda one: one.obstacle is not None)


def require_body(actor: Actor, case: Case, organisation: Organisation) -> None:
    """Refused with the first reason why this body may not be given the dispute."""
    choice = BodyChoice(organisation, _first(organisation, case, _on_panels(actor, case)))
    if choice.obstacle is not None:
        raise DomainError(choice.reason, article=choice.article, remedy=roster_labels.OTHER_BODY)


def _first(body: Organisation, case: Case, on_panels: Mapping[int, set[int]]) -> Obstacle | None:
    binding = {panel.id for panel in case.panels if panel.binds}
    off = bool(binding) and not binding & on_panels.get(body.id, set())
    return next(iter(roster_rules.body_obstacles(body, case.on, dispute=case.reach, off_panel=off)), None)


def _on_panels(actor: Actor, case: Case) -> dict[int, set[int]]:
    """On which panels each body stands, itself or with one of its mediators who is on the list."""
    if not any(panel.binds for panel in case.panels):
        return {}
    found = {body: {panel.id for panel in on} for body, on in panels.body_places(actor.court_id).items()}
    on = panels.places(actor.court_id)
    for mediator in roster.everybody(actor) if on else ():
        if mediator.organisation_id is not None and mediator.status is RosterStatus.ACTIVE:
            found.setdefault(mediator.organisation_id, set()).update(panel.id for panel in on.get(mediator.id, ()))
    return found
