"""The one blueprint on which the pages of assignment hang, and what they have in common."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.assignment import labels, rules, services
from mediation.assignment.models import Assignment
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.opening import opened
from mediation.kernel import states
from mediation.web.auth import actor
from mediation.web.fields import options
from mediation.web.templating import registry

if TYPE_CHECKING:
    from mediation.web.forms import BaseForm

bp = Blueprint("assignment", __name__)


def dispute_of(dispute_id: int) -> Dispute:
    return opened(dispute_id)


def assignment_of(assignment_id: int, *steps: str) -> Assignment:
    """An assignment in scope, at a state and for a person that allow one of these steps."""
    found = services.get(actor(), assignment_id) or abort(404)
    if request.method == "GET":
        opened(found.dispute_id)
    if steps and not set(steps) & set(states.available(rules.STEPS, actor(), found)):
        states.check(rules.STEPS, steps[0], actor(), found)
    return found


def to_dispute(dispute_id: int) -> ResponseReturnValue:
    return redirect(url_for("disputes.dispute", dispute_id=dispute_id))


def after_choice(dispute_id: int) -> ResponseReturnValue:
    """Somebody mediates it from now on: on to a session that was fixed with the former mediator, else to the dispute."""
    for ask in registry().after_choice:
        if (url := ask(actor(), dispute_id)) is not None:
            return redirect(url)
    return to_dispute(dispute_id)


def party_options(dispute_id: int) -> list[Any]:
    return options({party.id: party.name for party in disputes.parties(dispute_id)})


def page_of(template: str, assignment: Assignment, **context: Any) -> ResponseReturnValue:
    dispute = dispute_of(assignment.dispute_id)
    forms: list[BaseForm] = [value for name, value in context.items() if name.endswith("form")]
    page = render_template(
        f"assignment/{template}.html",
        assignment=assignment,
        dispute=dispute,
        title_of_dispute=disputes.title(dispute),
        deadline=services.clock_of(assignment),
        labels=labels,
        **context,
    )
    return page, 422 if any(form.errors for form in forms) else 200
