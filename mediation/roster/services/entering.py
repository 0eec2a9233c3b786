"""Who is entered on the court's lists."""

from collections.abc import Collection
from datetime import date

from mediation.kernel import audit, keys
from mediation.kernel.actor import Actor
from mediation.kernel.db import transaction
from mediation.roster.models import Mediator, Organisation, Street, Strength
from mediation.roster.rules import Category, FeeMode, Language, OrganisationKind, Region, RosterStatus


def create_street(actor: Actor, *, name: str, parent: Street | None = None) -> Street:
    """Enter a street of the district, or a community below it."""
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
) -> Organisation:
    """Enter an organisation on the court's list (S4 arts 5, 6)."""
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
            status=RosterStatus.ACTIVE,
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
    candidate: bool = False,
) -> Mediator:
    """Enter a mediator on the court's list with a certificate (S4 art. 5); the identity number is kept as a keyed hash.

    A candidate waits for the president to admit them, and is given nothing until then (R2-10; S4 art. 10).
    """
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
            status=RosterStatus.CANDIDATE if candidate else RosterStatus.ACTIVE,
            strengths=[Strength(cause_code=code) for code in dict.fromkeys(strengths)],
        )
        audit.record(actor, "create", mediator, name=name, category=category, certificate_no=certificate_no)
    return mediator
