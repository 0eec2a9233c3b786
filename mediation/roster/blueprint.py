"""The one blueprint on which the pages of the roster hang, and what they have in common."""

from typing import Any

from flask import Blueprint, abort, render_template, url_for

from mediation.kernel.actor import COURT, REGISTRY, Role
from mediation.kernel.i18n import _
from mediation.roster import labels, rules, services
from mediation.roster.models import Mediator, Organisation
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice

bp = Blueprint("roster", __name__)


def must_enter() -> None:
    """Nobody else even sees the form."""
    services.require_enterer(actor(), "enter")


def mediator_of(mediator_id: int) -> Mediator:
    """A mediator whose pages this reader may open; nobody else learns that there is one."""
    found = services.get_mediator(actor(), mediator_id) or abort(404)
    return found if rules.may_look(actor(), found) else abort(404)


def body_of(organisation_id: int) -> Organisation:
    return services.get_organisation(actor(), organisation_id) or abort(404)


def place_options() -> list[Any]:
    """The district, its streets, and the communities below each."""
    choices = [SelectChoice(0, _("The whole district"))]
    return choices + [
        SelectChoice(one.id, ("　" if one.parent_id else "") + one.name) for one in services.streets(actor())
    ]


def body_options() -> list[Any]:
    bodies = services.organisations(actor())
    return [SelectChoice(0, _("none")), *(SelectChoice(one.id, one.name) for one in bodies)]


TABS: tuple[tuple[str, Any], ...] = (
    ("mediator", labels.TAB_STANDING),
    ("certificate", labels.TAB_CERTIFICATE),
    ("training", labels.TAB_TRAINING),
    ("time", labels.TAB_TIME),
    ("strengths", labels.TAB_STRENGTHS),
    ("load", labels.TAB_LOAD),
)


def page_of(template: str, mediator: Mediator, **context: Any) -> tuple[str, int]:
    """One tab of a mediator's page; 422 when a form on it was refused."""
    here = template
    shown = TABS if actor().roles & COURT else ()
    if shown and actor().has(Role.GUIDING_JUDGE, Role.PRESIDENT, *REGISTRY):
        shown = (*TABS, ("conduct", labels.TAB_CONDUCT))
    tabs = [
        {"label": label, "url": url_for(f".{name}", mediator_id=mediator.id), "active": name == here}
        for name, label in shown
    ]
    forms = [value for name, value in context.items() if name.endswith("form")]
    page = render_template(
        f"roster/tabs/{template}.html",
        mediator=mediator,
        tabs=tabs,
        labels=labels,
        may_enter=rules.may_enter(actor()),
        may_keep=rules.may_keep(actor(), mediator),
        **context,
    )
    return page, 422 if any(form.errors for form in forms) else 200
