"""The court's lists on the screen: mediators, organisations, and a place on the list."""

import enum
from typing import TypeVar

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel import clock
from mediation.kernel.actor import COURT, REGISTRY, Actor, Role
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _, _l
from mediation.roster import bodies_views, labels, mediators_views, open_views, own_views, rules, services
from mediation.roster.allowances import labels as allowance_labels
from mediation.roster.allowances import views as allowance_views
from mediation.roster.blueprint import body_of, bp, mediator_of, page_of
from mediation.roster.conduct import views as conduct_views
from mediation.roster.forms import StandingForm
from mediation.roster.models import Mediator, Organisation
from mediation.roster.panels import labels as panel_labels
from mediation.roster.panels import services as panels
from mediation.roster.panels import views as panel_views
from mediation.roster.rules import Category, Ground, Language, RosterStatus
from mediation.roster.sheets import labels as sheet_labels
from mediation.roster.sheets import views as sheet_views
from mediation.web import lists
from mediation.web.auth import actor
from mediation.web.fields import options
from mediation.web.registry import Holder, NavItem, Registry

__all__ = [
    "allowance_views",
    "bodies_views",
    "bp",
    "contribute",
    "mediators_views",
    "open_views",
    "own_views",
    "panel_views",
    "sheet_views",
]

Member = TypeVar("Member", bound=enum.StrEnum)


def contribute(registry: Registry) -> None:
    """The lists' place at the left, their words in the trail, their pages behind a subject."""
    registry.nav.append(NavItem(_l("Mediators"), "roster.index", COURT, icon="people", rank=50))
    mediation = frozenset({Role.MEDIATOR, Role.ORGANISATION})
    registry.nav.append(NavItem(_l("My profile"), "roster.own", mediation, icon="person", rank=80))
    registry.events.update(labels.EVENTS | allowance_labels.EVENTS | sheet_labels.EVENTS | panel_labels.EVENTS)
    conduct_views.contribute(registry)
    registry.holders["mediator"] = lambda who: [Holder(m.id, m.name, m.person_key) for m in services.list_active(who)]
    registry.holders["organisation"] = lambda who: [Holder(o.id, o.name) for o in services.organisations(who)]
    registry.subjects["mediator"] = _mediator_url
    registry.subjects["organisation"] = _organisation_url


def _mediator_url(who: Actor, mediator_id: int) -> str | None:
    found = services.get_mediator(who, mediator_id) if who.roles & COURT else None
    return url_for("roster.mediator", mediator_id=found.id) if found else None


def _organisation_url(who: Actor, organisation_id: int) -> str | None:
    found = services.get_organisation(who, organisation_id) if who.roles & COURT else None
    return url_for("roster.organisation", organisation_id=found.id) if found else None


def _member(kind: type[Member], name: str) -> Member | None:
    value = request.args.get(name, "")
    return kind(value) if value in list(kind) else None


@bp.get("/roster")
def index() -> ResponseReturnValue:
    status, category = _member(RosterStatus, "status"), _member(Category, "category")
    page = lists.page(
        services.listed(actor(), status=status, category=category, name=request.args.get("name", "")[:50])
    )
    return render_template(
        "roster/index.html",
        page=page,
        loads=services.loads(actor().court_id),
        causes=services.cause_names({s.cause_code for m in page.rows for s in m.strengths}),
        organisations=services.organisations(actor()),
        filters=_filters(status, category),
        today=clock.today(),
        may_enter=rules.may_enter(actor()),
        may_read_conduct=actor().has(Role.GUIDING_JUDGE, Role.PRESIDENT, *REGISTRY),
        labels=labels,
    )


def _filters(status: RosterStatus | None, category: Category | None) -> list[dict[str, object]]:
    everyone = {"label": _("All"), "url": url_for(".index"), "active": status is None and category is None}
    by_category = [
        {"label": labels.CATEGORY[one], "url": url_for(".index", category=one.value), "active": one is category}
        for one in Category
    ]
    by_status = [
        {"label": labels.ROSTER_STATUS[one], "url": url_for(".index", status=one.value), "active": one is status}
        for one in RosterStatus
        if one is not RosterStatus.ACTIVE
    ]
    return [everyone, *by_category, *by_status]


@bp.get("/roster/mediators/<int:mediator_id>")
def mediator(mediator_id: int) -> ResponseReturnValue:
    found = mediator_of(mediator_id)
    load = services.loads(found.court_id, mediator_ids=[found.id]).get(found.id, 0)
    return page_of(
        "mediator",
        found,
        load=load,
        obstacles=services.assignable(found, clock.today(), load=load),
        history=services.history(found),
        steps=services.steps_for(actor(), found),
        place=services.get_street(actor(), found.street_id) if found.street_id else None,
        panels=panels.places(found.court_id).get(found.id, ()),
        languages=[labels.LANGUAGE[Language(one)] for one in found.languages],
        articles=rules.OBSTACLE_ARTICLE,
    )


@bp.get("/roster/organisations/<int:organisation_id>")
def organisation(organisation_id: int) -> ResponseReturnValue:
    return bodies_views.organisation_page(body_of(organisation_id))


@bp.route("/roster/mediators/<int:mediator_id>/standing", methods=["GET", "POST"])
def standing(mediator_id: int) -> ResponseReturnValue:
    found = mediator_of(mediator_id)
    load = services.loads(found.court_id, mediator_ids=[found.id]).get(found.id, 0)
    return _decide(found, url_for(".mediator", mediator_id=found.id), load=load)


@bp.route("/roster/organisations/<int:organisation_id>/standing", methods=["GET", "POST"])
def standing_of_organisation(organisation_id: int) -> ResponseReturnValue:
    """A body comes onto the list, leaves it, or is suspended, as a mediator is; its members with it (S4 art. 6)."""
    found = body_of(organisation_id)
    return _decide(found, url_for(".organisation", organisation_id=found.id))


def _decide(found: Mediator | Organisation, back: str, load: int | None = None) -> ResponseReturnValue:
    form = StandingForm()
    steps = services.steps_for(actor(), found)
    if request.method == "POST":
        steps = [step.name for step in rules.STEPS if step.name not in rules.BY_TIME]
    form.step.choices = options({step: labels.STEP_SENTENCE[step] for step in steps})
    if form.submitted():
        try:
            services.decide(
                actor(), found, form.step.data, ground=Ground(form.ground.data), reason=form.reason.data or ""
            )
        except DomainError as refused:
            if not refused.field:
                raise
            form.refuse(refused)
        else:
            flash(_("The decision stands in the performance file."))
            return redirect(back)
    page = render_template("roster/standing.html", form=form, listed=found, load=load, back=back)
    return page, 422 if form.errors else 200
