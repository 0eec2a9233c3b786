"""Parties, their agents and addresses for service: recorded, corrected, recognised again."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from mediation.disputes import identity, labels, numbers, rules, taking_part, watching
from mediation.disputes.models import AddressConfirmation, Agent, Dispute, Participation, Party
from mediation.disputes.rules import (
    AgentKind,
    Authority,
    Capacity,
    IdType,
    Obstacle,
    PartyKind,
    PartyRole,
    Sex,
)
from mediation.kernel import audit, clock, dossier, keys
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted, Stale
from mediation.notices.services import Addressee


@dataclass(frozen=True)
class AgentData:
    """Who acts for a party, as it is told at the window."""

    name: str
    kind: AgentKind = AgentKind.LAWYER
    authority: Authority = Authority.GENERAL
    firm: str = ""
    licence_no: str = ""
    id_no: str = ""
    phone: str = ""
    special_powers: str = ""


@dataclass(frozen=True)
class PartyData:
    """A party, as it is told at the window (DOMAIN 5.1 P-NAT, P-ORG)."""

    role: PartyRole
    name: str
    kind: PartyKind = PartyKind.NATURAL
    id_type: IdType | None = None
    id_no: str = ""
    nationality: str = ""
    sex: Sex | None = None
    birth_date: date | None = None
    ethnicity: str = ""
    language: str = ""
    occupation: str = ""
    employer: str = ""
    domicile: str = ""
    residence: str = ""
    phone: str = ""
    representative: str = ""
    representative_title: str = ""
    agents: Sequence[AgentData] = field(default=())


@dataclass(frozen=True)
class AddressData:
    """What stands in the confirmation of the address for service."""

    address: str = ""
    postcode: str = ""
    phone: str = ""
    recipient: str = ""
    electronic: bool = False
    e_mail: str = ""
    refused: bool = False
    confirmed_on: date | None = None


def id_key(id_type: IdType | None, number: str) -> str:
    """The keyed hash by which the holder of an identity document is recognised (R6-10). Numbers of 18 characters,
    the resident's among them, share one key, so that a mediator's number meets a party's."""
    if id_type in identity.PATTERNS:
        return keys.keyed_hash(f"id/{id_type.value}" if id_type else "id", identity.normal(number))
    return keys.keyed_hash("id", identity.normal(number))


def phone_key(number: str) -> str:
    """The keyed hash by which a phone is recognised."""
    return keys.keyed_hash("phone", identity.normal_phone(number))


def check(data: PartyData) -> None:
    """Refuse what the standards for identifiers exclude, wherever the record comes from."""
    if not data.id_no:
        return
    wrong = identity.fault(
        data.id_type or IdType.RESIDENT, identity.normal(data.id_no), today=clock.today(), kind=data.kind
    )
    if wrong is not None:
        raise DomainError(labels.ID_FAULT[wrong], field="id_no")


def write(party: Party, data: PartyData) -> None:
    """Put what was told into the record; the number fills birth date and sex, and the keys follow it."""
    check(data)
    for part in fields(PartyData):
        if part.name != "agents":
            setattr(party, part.name, getattr(data, part.name))
    if data.id_no:
        party.id_type = data.id_type or (IdType.USCC if data.kind is PartyKind.ORGANISATION else IdType.RESIDENT)
    else:
        party.id_type = None
    party.id_no = identity.normal(data.id_no)
    party.id_key = id_key(party.id_type, party.id_no)
    party.id_tail = party.id_no[-4:]
    party.phone = identity.normal_phone(data.phone)
    party.phone_key = phone_key(party.phone)
    if party.id_type is not None:
        party.birth_date = identity.birth_date(party.id_type, party.id_no) or data.birth_date
        party.sex = identity.sex(party.id_type, party.id_no) or data.sex
    if data.kind is PartyKind.ORGANISATION:
        party.sex = party.birth_date = None


def parties(dispute_id: int) -> Sequence[Party]:
    """The parties in the order of a document's head, with agents and addresses."""
    kept = dossier.kept(Party, dispute_id)
    if kept is not None:
        return sorted(kept, key=lambda party: (party.role, party.position, party.id))
    wanted = sa.select(Party).where(Party.dispute_id == dispute_id)
    wanted = wanted.options(selectinload(Party.agents), joinedload(Party.address))
    return db.session.scalars(wanted.order_by(Party.role, Party.position, Party.id)).unique().all()


_party = Party.__table__.c
_NAMES = (
    sa.select(_party.role, _party.name)
    .where(_party.dispute_id == sa.bindparam("dispute"))
    .order_by(_party.role, _party.position, _party.id)
)


def names(dispute_id: int) -> list[tuple[PartyRole, str]]:
    """Role and name of each party, in the same order."""
    return [(role, name) for role, name in db.session.execute(_NAMES, {"dispute": dispute_id}).all()]


def addressee(party: Party) -> Addressee:
    """Where a party is written to: what was confirmed for service first (S11 arts 3-5), then what is known."""
    confirmed = party.address if party.address is not None and not party.address.refused else None
    return Addressee(
        name=party.name,
        phone=party.phone or (confirmed.phone if confirmed else ""),
        e_mail=confirmed.e_mail if confirmed and confirmed.electronic else "",
        postal=(confirmed.address if confirmed else "") or party.domicile,
        electronic=bool(confirmed and confirmed.electronic),
        party_id=party.id,
    )


def party(dispute_id: int, party_id: int) -> Party | None:
    """One party of this dispute, with agents and address; None when it is another dispute's."""
    wanted = sa.select(Party).where(Party.id == party_id, Party.dispute_id == dispute_id)
    return db.session.scalar(wanted.options(selectinload(Party.agents), joinedload(Party.address)))


def _permit(actor: Actor, record: rules.Owned) -> None:
    if not rules.may_edit(actor, record):
        raise NotPermitted("edit", article="CPL art. 126")


def add_party(actor: Actor, dispute: Dispute, data: PartyData) -> Party:
    """Another party joins the dispute, after those of the same side; a filed case only by a decision (CPL arts 59, 135)."""
    _permit(actor, dispute)
    if numbers.is_filed(dispute):
        taking_part.refuse(Obstacle.BY_DECISION)
    return join_by_decision(actor, dispute, data)


def join_by_decision(actor: Actor, dispute: Dispute, data: PartyData) -> Party:
    """Whom the court lets into a filed case: whoever decided on it, which the caller has checked, enters the party too (S2 art. 73)."""
    last = sa.select(sa.func.max(Party.position)).where(Party.dispute_id == dispute.id, Party.role == data.role)
    with transaction():
        return _join(actor, dispute, [((db.session.scalar(last) or 0) + 1, data)])[0]


def add_parties(actor: Actor, dispute: Dispute, parties: Sequence[PartyData]) -> None:
    """Those who stand in a dispute from the first, each side in the order told."""
    _permit(actor, dispute)
    places: Counter[PartyRole] = Counter()
    placed: list[tuple[int, PartyData]] = []
    for data in parties:
        places[data.role] += 1
        placed.append((places[data.role], data))
    with transaction():
        _join(actor, dispute, placed)


def _join(actor: Actor, dispute: Dispute, parties: Sequence[tuple[int, PartyData]]) -> list[Party]:
    joined = []
    for position, data in parties:
        made = Party(court_id=dispute.court_id, dispute_id=dispute.id, position=position)
        write(made, data)
        joined.append(made)
    db.session.add_all(joined)
    for made, (_position, data) in zip(joined, parties, strict=True):
        audit.record(actor, "add", made, role=made.role, name=made.name)
        for agent in data.agents:
            add_agent(actor, made, agent)
    watching.changed(actor, dispute.id)
    return joined


def expect(record: Any, version: int) -> None:
    """Refuse to overwrite what somebody else changed since the page was opened."""
    if record.version != version:
        raise Stale(labels.STALE, remedy=_stands(record), subject=record)


# What people write into a dispute, a party, an agent: shown beside what the second person typed.
WRITTEN = ("name", "phone", "domicile", "firm", "claims", "facts", "evidence")


def _stands(record: Any) -> str:
    return "\n".join(text for name in WRITTEN if (text := getattr(record, name, "")))


def _changes(record: Any, before: dict[str, Any]) -> dict[str, list[Any]]:
    """Old and new values of what changed; identity numbers and phones only as changed."""
    changed = {name: [old, getattr(record, name)] for name, old in before.items() if getattr(record, name) != old}
    hidden = {"id_no", "phone"}
    return {name: ["*", "*"] if name in hidden else pair for name, pair in changed.items()}


def edit_party(actor: Actor, record: Party, data: PartyData, *, version: int) -> None:
    """Correct what stands about a party; role and place in the list stay."""
    _permit(actor, record)
    with transaction():
        expect(record, version)
        names = [part.name for part in fields(PartyData) if part.name not in {"agents", "role"}]
        before = {name: getattr(record, name) for name in names}
        with db.session.no_autoflush:
            role = record.role
            write(record, data)
            record.role = role
        audit.record(actor, "edit", record, changes=_changes(record, before))
        watching.changed(actor, record.dispute_id)


def add_agent(actor: Actor, principal: Party, data: AgentData) -> Agent:
    """An agent for a party: at most two (CPL 61); who mediated the dispute cannot be one (R2-19)."""
    _permit(actor, principal)
    with transaction():
        acting = sa.select(sa.func.count(Agent.id)).where(Agent.party_id == principal.id, Agent.ended_on.is_(None))
        if data.kind is not AgentKind.STATUTORY and (db.session.scalar(acting) or 0) >= rules.AGENTS_AT_MOST:
            taking_part.refuse(Obstacle.TOO_MANY_AGENTS)
        taking_part.require_other_firm(principal.dispute_id, data.firm)
        agent = Agent(court_id=principal.court_id, dispute_id=principal.dispute_id, party_id=principal.id)
        _write_agent(agent, data)
        audit.record(actor, "add", agent, party=principal.id, name=agent.name, authority=agent.authority)
        _take_part(actor, agent)
        watching.changed(actor, principal.dispute_id)
    return agent


def _write_agent(agent: Agent, data: AgentData) -> None:
    for part in fields(AgentData):
        setattr(agent, part.name, getattr(data, part.name))
    agent.id_no = identity.normal(data.id_no)
    agent.id_key = id_key(IdType.RESIDENT, agent.id_no)
    agent.phone = identity.normal_phone(data.phone)
    agent.phone_key = phone_key(agent.phone)


def _take_part(actor: Actor, agent: Agent) -> None:
    if agent.id_key:
        taking_part.joined(
            actor,
            Participation(
                court_id=agent.court_id, dispute_id=agent.dispute_id, capacity=Capacity.AGENT, person_key=agent.id_key
            ),
        )


def edit_agent(actor: Actor, agent: Agent, data: AgentData, *, version: int) -> None:
    """Correct an agent, most often the extent of the authority (CPL 62)."""
    _permit(actor, agent)
    with transaction():
        expect(agent, version)
        if data.firm != agent.firm:
            taking_part.require_other_firm(agent.dispute_id, data.firm)
        before = {part.name: getattr(agent, part.name) for part in fields(AgentData)}
        with db.session.no_autoflush:
            _write_agent(agent, data)
        audit.record(actor, "edit", agent, party=agent.party_id, changes=_changes(agent, before))
        _take_part(actor, agent)
        watching.changed(actor, agent.dispute_id)


def end_agent(actor: Actor, agent: Agent, *, on: date | None = None) -> None:
    """The power was revoked or given back (CPL art. 64); the agent stays in the record."""
    _permit(actor, agent)
    with transaction():
        agent.ended_on = on or clock.today()
        audit.record(actor, "end", agent, party=agent.party_id, name=agent.name, on=agent.ended_on)


def confirm_address(actor: Actor, of: Party, data: AddressData, *, version: int | None = None) -> AddressConfirmation:
    """The party confirms where documents reach it (S11 arts 3-5), or refuses to, which is recorded too."""
    _permit(actor, of)
    with transaction():
        found = db.session.scalar(sa.select(AddressConfirmation).where(AddressConfirmation.party_id == of.id))
        if found is not None and version is not None:
            expect(found, version)
        made = found or AddressConfirmation(court_id=of.court_id, dispute_id=of.dispute_id, party_id=of.id)
        with db.session.no_autoflush:
            for part in fields(AddressData):
                setattr(made, part.name, getattr(data, part.name))
            made.confirmed_on = data.confirmed_on or clock.today()
        audit.record(actor, "confirm", made, party=of.id, refused=made.refused, electronic=made.electronic)
        watching.changed(actor, of.dispute_id)
    return made
