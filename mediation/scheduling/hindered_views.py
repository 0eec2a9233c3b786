"""Fixed meetings to which a mediator cannot come any more, or without their room, with what is possible for each."""

from collections.abc import Sequence

from flask import render_template
from flask.typing import ResponseReturnValue

from mediation.disputes import services as disputes
from mediation.kernel import clock, states
from mediation.scheduling import door_views, labels, rules, services
from mediation.scheduling.blueprint import bp
from mediation.scheduling.models import Hindrance
from mediation.scheduling.rules import ClaimantKind
from mediation.scheduling.services import hindrances
from mediation.scheduling.services.naming import people_names
from mediation.web.auth import actor
from mediation.web.registry import Offer
from mediation.web.templating import registry

MEDIATOR = ClaimantKind.MEDIATOR


def named(found: Sequence[Hindrance]) -> list[tuple[str, Hindrance]]:
    """Each with the name of who cannot come; that of a room has none."""
    names = people_names({(MEDIATOR, str(one.mediator_id)) for one in found if one.mediator_id is not None})
    return [(names.get((MEDIATOR, str(one.mediator_id)), ""), one) for one in found]


@bp.get("/schedule/hindered")
def hindered() -> ResponseReturnValue:
    """What is to be moved, given to another mediator, or called off; the next meeting first."""
    tasks = hindrances.tasks(actor())
    ids = sorted({task.booking.dispute_id for task in tasks if task.booking.dispute_id})
    names = dict(named([one for task in tasks for one in task.hindrances]))
    others: dict[int, Offer] = {}
    for ask in registry().another_mediator:
        others |= ask(actor(), ids)
    return render_template(
        "scheduling/hindered.html",
        tasks=[(task, states.available(rules.STEPS, actor(), task.booking)) for task in tasks],
        names={one.mediator_id: name for name, one in names.items()},
        titles=disputes.titles(ids),
        numbers=services.numbers(ids),
        others=others,
        tools=door_views.tools(actor(), clock.today()),
        words=labels,
    )
