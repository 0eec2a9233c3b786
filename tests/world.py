"""The prepared court of the tests: named people, a second court for strangers, causes, calendar, rooms."""

from datetime import date

import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.accounts.models import Court
from mediation.disputes.causes import load_causes
from mediation.disputes.rules import Route
from mediation.intake.models import RegimeRule
from mediation.kernel import audit, keys
from mediation.kernel.actor import Actor, Role, system
from mediation.kernel.db import db, transaction
from mediation.periods.services import load_calendar
from mediation.roster.models import Mediator, Organisation, Street, Strength
from mediation.roster.rules import Category, OrganisationKind
from mediation.scheduling.models import Resource
from mediation.scheduling.rules import ResourceKind

PASSWORD = "Correct-horse-42"

# login -> roles; the people every test knows by name.
PEOPLE: dict[str, frozenset[Role]] = {
    "clerk_li": frozenset({Role.CLERK}),
    "triage_sun": frozenset({Role.TRIAGE}),
    "judge_chen": frozenset({Role.CONFIRMATION_JUDGE}),
    "judge_zhou": frozenset({Role.FAST_TRACK_JUDGE}),
    "judge_wu": frozenset({Role.GUIDING_JUDGE}),
    "president_he": frozenset({Role.PRESIDENT}),
    "mediator_wang": frozenset({Role.MEDIATOR}),
    "mediator_zhao": frozenset({Role.MEDIATOR}),
    "organisation_user": frozenset({Role.ORGANISATION}),
    "sysadmin": frozenset({Role.SYSTEM_ADMIN}),
    "secadmin": frozenset({Role.SECURITY_ADMIN}),
    "auditor": frozenset({Role.AUDIT_ADMIN}),
    "clerk_of_other_court": frozenset({Role.CLERK}),
}


def court() -> Court:
    """The prepared court."""
    return db.session.scalars(sa.select(Court).where(Court.code == "鲁0102")).one()


def prepare() -> None:
    """Set up both courts once; committed, so that every test finds them."""
    with transaction():
        own = _court("鲁0102", "济南市历下区人民法院", "济南市历下区诉调对接中心")
        other = _court("鲁0103", "济南市市中区人民法院", "济南市市中区诉调对接中心")
        actor = system(own.id)
        load_causes()
        load_calendar()
        organisation = Organisation(
            court_id=own.id,
            name="历下区人民调解委员会",
            kind=OrganisationKind.PEOPLES_COMMITTEE,
            agreement_on=date(2017, 6, 1),
        )
        audit.record(actor, "create", organisation)
        mediators = {
            "mediator_wang": _mediator(actor, "王调解", "A-001", organisation.id, ["4.10.116"], "13800000011"),
            "mediator_zhao": _mediator(actor, "赵调解", "A-002", None, ["10"], "13800000012"),
        }
        street = Street(court_id=own.id, name="东关街道")
        audit.record(actor, "create", street)
        for route in Route:
            for one in (own, other):
                rule = RegimeRule(court_id=one.id, route=route, valid_from=date(2017, 6, 1))
                audit.record(system(one.id), "create", rule)
        for kind, code, name in _resources():
            audit.record(actor, "create", Resource(court_id=own.id, kind=kind, code=code, name=name))
        hashed = accounts.hasher.hash(PASSWORD)
        for login, roles in PEOPLE.items():
            home = other if login == "clerk_of_other_court" else own
            accounts.create_user(
                system(home.id),
                login=login,
                name=login.split("_")[-1].title(),
                roles=roles,
                password=hashed,
                hashed=True,
                must_change=False,
                mediator_id=mediators[login].id if login in mediators else None,
                organisation_id=organisation.id if login == "organisation_user" else None,
                person_key=mediators[login].person_key if login in mediators else keys.keyed_hash("id", login),
            )


def _resources() -> list[tuple[ResourceKind, str, str]]:
    rooms = [(ResourceKind.ROOM, f"ROOM-{n}", f"第{n}调解室") for n in range(1, 4)]
    return [
        *rooms,
        (ResourceKind.TRIBUNAL, "TRIB-1", "第一速裁法庭"),
        (ResourceKind.TRIBUNAL, "TRIB-2", "第二速裁法庭"),
    ]


def _court(code: str, name: str, centre: str) -> Court:
    made = Court(
        code=code, name=name, centre_name=centre, opened_on=date(2017, 6, 1), address="测试路1号", phone="053112345678"
    )
    db.session.add(made)
    db.session.info.setdefault("audited", set()).add(made)
    db.session.flush()
    audit.record(system(made.id), "create", made)
    return made


def _mediator(
    actor: Actor, name: str, certificate: str, organisation_id: int | None, strengths: list[str], phone: str
) -> Mediator:
    made = Mediator(
        court_id=actor.court_id,
        organisation_id=organisation_id,
        name=name,
        category=Category.RESIDENT_PEOPLES if organisation_id else Category.RESIDENT_INVITED,
        certificate_no=certificate,
        certificate_expires_on=date(2030, 12, 31),
        person_key=keys.keyed_hash("id", f"mediator {certificate}"),
        phone=phone,
        phone_key=keys.keyed_hash("phone", phone),
        strengths=[Strength(cause_code=code) for code in strengths],
    )
    audit.record(actor, "create", made)
    return made
