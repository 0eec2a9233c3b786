"""Setting up special panels, entering on them who fulfils their conditions, and reading them (S4 art. 9; S5 art. 28)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.roster import services as roster
from mediation.roster.models import Mediator, Organisation, Training
from mediation.roster.panels import labels, rules
from mediation.roster.panels.models import Panel, PanelPlace
from mediation.roster.panels.rules import ARTICLE, FAULT_ARTICLE, Applicant, PanelFault
from mediation.roster.rules import RosterStatus

# ---- reads --------------------------------------------------------------------------------------------------------


def panels(court_id: int, *, closed: bool = False) -> Sequence[Panel]:
    """The court's panels by name; those closed too when asked."""
    rows = sa.select(Panel).where(Panel.court_id == court_id)
    rows = rows if closed else rows.where(Panel.closed_on.is_(None))
    return db.session.scalars(rows.order_by(Panel.name, Panel.id)).all()


def get(actor: Actor, panel_id: int) -> Panel | None:
    """One panel of the actor's court."""
    return db.session.scalar(sa.select(Panel).where(Panel.court_id == actor.court_id, Panel.id == panel_id))


def places(court_id: int) -> dict[int, tuple[Panel, ...]]:
    """On which open panels each mediator of the court stands: in person, or as a member of a body that does (S5 art. 28)."""
    through = Mediator.organisation_id == PanelPlace.organisation_id
    return _standing(court_id, Mediator, sa.or_(Mediator.id == PanelPlace.mediator_id, through))


def body_places(court_id: int) -> dict[int, tuple[Panel, ...]]:
    """On which open panels each body of the court stands."""
    return _standing(court_id, Organisation, Organisation.id == PanelPlace.organisation_id)


def _standing(
    court_id: int, holder: type[Mediator] | type[Organisation], stands: sa.ColumnElement[bool]
) -> dict[int, tuple[Panel, ...]]:
    rows = (
        sa.select(holder.id, Panel)
        .select_from(PanelPlace)
        .join(Panel, Panel.id == PanelPlace.panel_id)
        .join(holder, stands)
        .where(Panel.court_id == court_id, Panel.closed_on.is_(None), PanelPlace.left_on.is_(None))
        .order_by(Panel.name, Panel.id)
    )
    found: dict[int, tuple[Panel, ...]] = {}
    for number, panel in db.session.execute(rows):
        if panel not in found.get(number, ()):
            found[number] = (*found.get(number, ()), panel)
    return found


def counts(court_id: int) -> dict[int, int]:
    """How many mediators and bodies on the list stand on each panel."""
    rows = (
        sa.select(PanelPlace.panel_id, sa.func.count())
        .outerjoin(Mediator, Mediator.id == PanelPlace.mediator_id)
        .outerjoin(Organisation, Organisation.id == PanelPlace.organisation_id)
        .where(
            PanelPlace.court_id == court_id, PanelPlace.left_on.is_(None),
            sa.func.coalesce(Mediator.status, Organisation.status) == RosterStatus.ACTIVE,
        )
        .group_by(PanelPlace.panel_id)
    )  # fmt: skip
    return {row[0]: row[1] for row in db.session.execute(rows)}


@dataclass(frozen=True)
class Member:
    """Who stands on a panel, since when, and what of its conditions is not fulfilled any more."""

    mediator: Mediator
    place: PanelPlace
    faults: Sequence[PanelFault]


def members(panel: Panel) -> list[Member]:
    """Who stands on the panel now."""
    rows = (
        sa.select(PanelPlace, Mediator)
        .join(Mediator, Mediator.id == PanelPlace.mediator_id)
        .where(PanelPlace.panel_id == panel.id, PanelPlace.left_on.is_(None))
        .options(joinedload(Mediator.organisation), selectinload(Mediator.strengths))
        .order_by(Mediator.name, Mediator.id)
    )
    found = [(row[0], row[1]) for row in db.session.execute(rows)]
    hours = _hours([mediator.id for _place, mediator in found])
    return [Member(m, place, rules.faults(panel, _applicant(m, hours.get(m.id, 0)))) for place, m in found]


@dataclass(frozen=True)
class BodyMember:
    """Which body stands on a panel, since when, and what of its conditions is not fulfilled any more."""

    body: Organisation
    place: PanelPlace
    faults: Sequence[PanelFault]


def bodies(panel: Panel) -> list[BodyMember]:
    """Which bodies stand on the panel now."""
    rows = (
        sa.select(PanelPlace, Organisation)
        .join(Organisation, Organisation.id == PanelPlace.organisation_id)
        .where(PanelPlace.panel_id == panel.id, PanelPlace.left_on.is_(None))
        .order_by(Organisation.name, Organisation.id)
    )
    found = [(row[0], row[1]) for row in db.session.execute(rows)]
    return [
        BodyMember(body, place, rules.body_faults(panel, body.status, body.accepted_causes)) for place, body in found
    ]


def bodies_to_enter(actor: Actor, panel: Panel) -> list[Organisation]:
    """Which bodies are on the court's list and not on this panel."""
    there = {member.body.id for member in bodies(panel)}
    return [one for one in roster.organisations(actor) if one.id not in there and one.status in rules.ON_A_LIST]


def _hours(mediator_ids: Collection[int]) -> dict[int, int]:
    rows = sa.select(Training.mediator_id, sa.func.sum(Training.hours)).where(Training.mediator_id.in_(mediator_ids))
    return {row[0]: row[1] for row in db.session.execute(rows.group_by(Training.mediator_id))}


def _applicant(mediator: Mediator, hours: int) -> Applicant:
    return Applicant(mediator.status, hours, tuple(one.cause_code for one in mediator.strengths))


def missing(panel: Panel, mediator: Mediator) -> list[PanelFault]:
    """Which conditions of the panel a mediator does not fulfil."""
    return rules.faults(panel, _applicant(mediator, _hours([mediator.id]).get(mediator.id, 0)))


def could_join(actor: Actor, panel: Panel) -> list[Mediator]:
    """Who is on the court's list and not on this panel."""
    there = {member.mediator.id for member in members(panel)}
    return [m for m in roster.everybody(actor) if m.id not in there and m.status in rules.ON_A_LIST]


# ---- the panel ----------------------------------------------------------------------------------------------------


def _require_setter(actor: Actor, step: str) -> None:
    if not rules.may_set(actor):
        raise NotPermitted(step, article=ARTICLE)


def causes_of(text: str) -> list[str]:
    """The codes of causes given by names or codes; refused with the first that the list of causes does not know."""
    found = roster.cause_codes(text, field="causes", article=ARTICLE)
    if not found:
        raise DomainError(labels.NO_CAUSE, article=ARTICLE, field="causes")
    return found


def _check_name(actor: Actor, name: str, *, but: int = 0) -> None:
    same = sa.select(Panel.id).where(Panel.court_id == actor.court_id, Panel.name == name, Panel.id != but)
    if db.session.scalar(same) is not None:
        raise DomainError(labels.NAME_TAKEN, article=ARTICLE, field="name")


def set_up(actor: Actor, *, causes: str, **told: Any) -> Panel:
    """Set up a special panel with its conditions (S4 art. 9)."""
    _require_setter(actor, "set_panel")
    _check_name(actor, told["name"])
    codes = causes_of(causes)
    with transaction():
        panel = Panel(court_id=actor.court_id, causes=codes, set_on=clock.today(), **told)
        audit.record(actor, "set", panel, causes=codes, **told)
    return panel


def change(actor: Actor, panel: Panel, *, causes: str, **told: Any) -> None:
    """Other causes or conditions; whoever stands on the panel stays, the page says who no longer fulfils them."""
    _require_setter(actor, "change_panel")
    _require_open(panel)
    _check_name(actor, told["name"], but=panel.id)
    wanted = {**told, "causes": causes_of(causes)}
    with transaction():
        former = {name: getattr(panel, name) for name, value in wanted.items() if getattr(panel, name) != value}
        for name in former:
            setattr(panel, name, wanted[name])
        if former:
            audit.record(actor, "change", panel, former=former, now={name: wanted[name] for name in former})


def close(actor: Actor, panel: Panel) -> None:
    """No longer a panel: from now on its members stand on the list like everybody else."""
    _require_setter(actor, "close_panel")
    _require_open(panel)
    with transaction():
        panel.closed_on = clock.today()
        audit.record(actor, "close", panel, on=panel.closed_on)


def _require_open(panel: Panel) -> None:
    if panel.closed_on is not None:
        raise _refuse(PanelFault.CLOSED)


def _refuse(fault: PanelFault, *, field: str = "mediator_id") -> DomainError:
    return DomainError(
        labels.PANEL_FAULT[fault], article=FAULT_ARTICLE[fault], remedy=labels.REMEDY.get(fault, ""), field=field
    )


# ---- the places ---------------------------------------------------------------------------------------------------


def check(panel: Panel, person: Applicant) -> None:
    """Refused with the first condition that is not fulfilled."""
    _require_open(panel)
    for fault in rules.faults(panel, person):
        raise _refuse(fault)


def enter(actor: Actor, panel: Panel, mediator: Mediator) -> PanelPlace:
    """Enter a mediator who fulfils the panel's conditions."""
    if not rules.may_fill(actor):
        raise NotPermitted("enter_panel", article=ARTICLE)
    check(panel, _applicant(mediator, _hours([mediator.id]).get(mediator.id, 0)))
    if _place(panel, PanelPlace.mediator_id == mediator.id) is not None:
        raise _refuse(PanelFault.ALREADY)
    return _enter(actor, panel, mediator_id=mediator.id)


def enter_body(actor: Actor, panel: Panel, body: Organisation) -> PanelPlace:
    """Enter a body with the capability the panel asks for: through it, its mediators stand on the panel (S5 art. 28)."""
    if not rules.may_fill(actor):
        raise NotPermitted("enter_panel", article=ARTICLE)
    _require_open(panel)
    found = rules.body_faults(panel, body.status, body.accepted_causes)
    if _place(panel, PanelPlace.organisation_id == body.id) is not None:
        found = [PanelFault.ALREADY]
    for fault in found:
        raise _refuse(fault, field="organisation_id")
    return _enter(actor, panel, organisation_id=body.id)


def _enter(actor: Actor, panel: Panel, **holder: int) -> PanelPlace:
    with transaction():
        place = PanelPlace(court_id=panel.court_id, panel_id=panel.id, entered_on=clock.today(), **holder)
        audit.record(actor, "enter", place, panel=panel.name, **holder)
    return place


def leave(actor: Actor, panel: Panel, mediator_id: int, *, reason: str) -> bool:
    """The place on the panel ends, for a reason; the place on the court's list is another matter. Whether there was one."""
    return _leave(actor, _place(panel, PanelPlace.mediator_id == mediator_id), panel, reason)


def leave_body(actor: Actor, panel: Panel, organisation_id: int, *, reason: str) -> bool:
    """The same for a body."""
    return _leave(actor, _place(panel, PanelPlace.organisation_id == organisation_id), panel, reason)


def _leave(actor: Actor, place: PanelPlace | None, panel: Panel, reason: str) -> bool:
    if not rules.may_fill(actor):
        raise NotPermitted("leave_panel", article=ARTICLE)
    if not reason.strip():
        raise DomainError(labels.NO_REASON, article="S4 arts 9, 10", field="reason")
    if place is None:
        return False
    with transaction():
        place.left_on, place.left_reason = clock.today(), reason.strip()
        audit.record(
            actor, "leave", place, panel=panel.name, mediator_id=place.mediator_id,
            organisation_id=place.organisation_id, reason=place.left_reason,
        )  # fmt: skip
    return True


def _place(panel: Panel, holder: sa.ColumnElement[bool]) -> PanelPlace | None:
    rows = sa.select(PanelPlace).where(PanelPlace.panel_id == panel.id, holder)
    return db.session.scalar(rows.where(PanelPlace.left_on.is_(None)))


def by_name(court_id: int) -> Mapping[str, Panel]:
    """The open panels of the court by their names."""
    return {panel.name: panel for panel in panels(court_id)}
