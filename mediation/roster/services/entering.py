"""Who is entered on the court's lists."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from mediation.kernel import audit, keys
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError
from mediation.roster import labels
from mediation.roster.models import Mediator, Organisation, Street, Strength
from mediation.roster.rules import Category, FeeMode, Language, OrganisationKind, Region, RosterStatus
from mediation.roster.services import keeping


def create_street(actor: Actor, *, name: str, parent: Street | None = None) -> Street:
    """Enter a street of the district, or a community below it."""
    keeping.require_enterer(actor, "street")
    same = sa.select(Street.id).where(Street.court_id == actor.court_id, Street.name == name)
    above = Street.parent_id == parent.id if parent else Street.parent_id.is_(None)
    if db.session.scalar(same.where(above)) is not None:
        raise DomainError(labels.STREET_KNOWN, field="name")
    with transaction():
        street = Street(court_id=actor.court_id, name=name, parent_id=parent.id if parent else None)
        audit.record(actor, "create", street, name=name)
    return street


def create_organisation(
    actor: Actor,
    *,
    name: str,
    kind: OrganisationKind,
    fee_mode: FeeMode = FeeMode.FREE,
    phone: str = "",
    address: str = "",
    scope: str = "",
    agreement_on: date | None = None,
    agreement_until: date | None = None,
    street_id: int | None = None,
    credit_code: str = "",
    tariff: str = "",
    accepted_causes: Collection[str] = (),
    listed_by: str = "",
    consented_on: date | None = None,
    status: RosterStatus = RosterStatus.ACTIVE,
) -> Organisation:
    """Enter an organisation on the court's list (S4 arts 5, 6); who prepares it for the president enters a candidate."""
    keeping.require_enterer(actor, "create")
    with transaction():
        organisation = Organisation(
            court_id=actor.court_id,
            name=name,
            kind=kind,
            fee_mode=fee_mode,
            phone=phone,
            address=address,
            scope=scope,
            agreement_on=agreement_on,
            agreement_until=agreement_until,
            street_id=street_id,
            credit_code=credit_code,
            tariff=tariff,
            accepted_causes=list(dict.fromkeys(accepted_causes)),
            listed_by=listed_by,
            consented_on=consented_on,
            status=status,
        )
        audit.record(actor, "create", organisation, name=name, kind=kind, fee_mode=fee_mode)
    return organisation


def create_mediator(
    actor: Actor,
    *,
    name: str,
    category: Category,
    certificate_no: str,
    certificate_expires_on: date,
    organisation: Organisation | None = None,
    strengths: Collection[str] = (),
    profession: str = "",
    employer: str = "",
    id_no: str = "",
    phone: str = "",
    address: str = "",
    introduction: str = "",
    max_open: int = 30,
    languages: Collection[Language] = (),
    firm: str = "",
    foreign_region: Region = Region.MAINLAND,
    street: Street | None = None,
    listed_by: str = "",
    consented_on: date | None = None,
    candidate: bool = False,
) -> Mediator:
    """Enter a mediator on the court's list with a certificate (S4 art. 5); the identity number is kept as a keyed hash.

    A candidate waits for the president to admit them, and is given nothing until then (R2-10; S4 art. 10).
    """
    keeping.require_enterer(actor, "create")
    keeping.check_borrowed({"listed_by": listed_by, "consented_on": consented_on})
    with transaction():
        mediator = Mediator(
            court_id=actor.court_id,
            organisation_id=organisation.id if organisation else None,
            name=name,
            category=category,
            certificate_no=certificate_no,
            certificate_expires_on=certificate_expires_on,
            profession=profession,
            employer=employer,
            person_key=keys.keyed_hash("id", id_no),
            phone=phone,
            phone_key=keys.keyed_hash("phone", phone),
            address=address,
            introduction=introduction,
            max_open=max_open,
            languages=[str(one) for one in dict.fromkeys(languages)],
            firm=firm,
            foreign_region=foreign_region,
            street_id=street.id if street else None,
            listed_by=listed_by,
            consented_on=consented_on,
            status=RosterStatus.CANDIDATE if candidate else RosterStatus.ACTIVE,
            strengths=[Strength(cause_code=code) for code in dict.fromkeys(strengths)],
        )
        audit.record(actor, "create", mediator, name=name, category=category, certificate_no=certificate_no)
    return mediator


def check_number(court_id: int, certificate_no: str) -> None:
    """A certificate number stands once on the court's list (S4 art. 5)."""
    same = sa.select(Mediator.id).where(Mediator.court_id == court_id, Mediator.certificate_no == certificate_no)
    if db.session.scalar(same) is not None:
        raise DomainError(labels.NUMBER_TAKEN, article="S4 art. 5", field="certificate_no")
