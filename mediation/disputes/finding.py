"""Finding a dispute again: by number, name, identity number or phone; parties known from before; likely duplicates."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from mediation.disputes import case_numbers, identity, services
from mediation.disputes.likeness import DUPLICATE_WINDOW, ONE_DAY, Likeness, Relation, Shape, alike, relation
from mediation.disputes.models import CaseNumber, Dispute, NotDuplicate, Party
from mediation.disputes.people import PartyData, id_key, phone_key
from mediation.disputes.rules import IdType, PartyRole, Status
from mediation.kernel import clock, dossier
from mediation.kernel.actor import Actor
from mediation.kernel.db import db

MOST = 20
TAIL = 4


@dataclass(frozen=True)
class Found:
    """A dispute as a list of finds shows it."""

    id: int
    receipt_no: str
    received_at: datetime
    status: Status
    title: str = ""
    number: str = ""
    likeness: Likeness | None = None


# ---- search from anywhere -----------------------------------------------------------------------------------------


def search(actor: Actor, query: str) -> list[Found]:
    """Disputes by case number in any bracket style, receipt number, name, end of an identity number, or phone."""
    ways = [way for way in (_by_number(query), _by_digits(query), _by_name(query)) if way is not None]
    wanted = (
        sa.select(Dispute.id, Dispute.receipt_no, Dispute.received_at, Dispute.status)
        .where(services.visible(actor), sa.or_(sa.false(), *ways))
        .order_by(Dispute.id.desc())
        .limit(MOST)
    )
    return _named([Found(*row) for row in db.session.execute(wanted)])


def _named(found: Sequence[Found]) -> list[Found]:
    ids = [one.id for one in found]
    titles = services.titles(ids)
    given = sa.select(CaseNumber.dispute_id, CaseNumber.canonical).where(CaseNumber.dispute_id.in_(ids))
    numbers = {row[0]: row[1] for row in db.session.execute(given.order_by(CaseNumber.id))}
    return [
        Found(one.id, one.receipt_no, one.received_at, one.status, titles.get(one.id, ""), numbers.get(one.id, ""))
        for one in found
    ]


def of_number(court_id: int, query: str) -> list[int]:
    """The disputes of a court that bear this case or receipt number, whoever asks: for the trail."""
    way = _by_number(query)
    if way is None:
        return []
    return list(db.session.scalars(sa.select(Dispute.id).where(Dispute.court_id == court_id, way).limit(MOST)))


def receipt_numbers(court_id: int, dispute_ids: Iterable[int]) -> dict[int, str]:
    """The receipt numbers of these disputes of a court: what names a dispute without telling of it."""
    mine = sa.select(Dispute.id, Dispute.receipt_no).where(Dispute.court_id == court_id)
    return {row[0]: row[1] for row in db.session.execute(mine.where(Dispute.id.in_(sorted(set(dispute_ids)))))}


def _by_number(query: str) -> sa.ColumnElement[bool] | None:
    if re.fullmatch(r"(?i)SJ-\d{4}-\d{1,6}", query.strip()):
        form, year, serial = query.strip().upper().split("-")
        return Dispute.receipt_no == f"{form}-{year}-{serial:0>6}"
    whole = case_numbers.parse(query)
    if whole is not None:
        given = sa.select(CaseNumber.dispute_id).where(CaseNumber.canonical == whole.canonical)
        return Dispute.id.in_(given)
    part = case_numbers.fragment(query)
    if part is None:
        return None
    given = sa.select(CaseNumber.dispute_id).where(
        CaseNumber.type_code == part.type_code.value, CaseNumber.serial == part.serial
    )
    if part.year is not None:
        given = given.where(CaseNumber.year == part.year)
    if part.court_code is not None:
        given = given.where(CaseNumber.court_code == part.court_code)
    return Dispute.id.in_(given)


def _by_digits(query: str) -> sa.ColumnElement[bool] | None:
    """An identity number, its last four characters, or a phone. Whole numbers are compared as keyed hashes."""
    typed = identity.normal(query)
    phone = identity.normal_phone(query)
    if identity.phone_possible(phone):
        return _of_party(Party.phone_key == phone_key(phone))
    if re.fullmatch(r"\d{3}[\dX]", typed):
        return _of_party(Party.id_tail == typed)
    if re.fullmatch(r"[0-9A-Z]{8,20}", typed) and any(char.isdigit() for char in typed):
        as_documents = {id_key(id_type, typed) for id_type in IdType}
        return _of_party(Party.id_key.in_(as_documents))
    if re.fullmatch(r"\d{5,17}[\dX]", typed):
        return _of_party(sa.and_(Party.id_tail == typed[-TAIL:], Party.id_no.endswith(typed, autoescape=True)))
    return None


def _by_name(query: str) -> sa.ColumnElement[bool] | None:
    name = query.strip()
    if not name or re.fullmatch(r"[\d\W]+", name):
        return None
    return _of_party(Party.name.contains(name, autoescape=True))


def _of_party(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return Dispute.id.in_(sa.select(Party.dispute_id).where(condition, Party.court_id == Dispute.court_id))


# ---- known from before ---------------------------------------------------------------------------------------------


def known(actor: Actor, id_type: IdType | None, number: str, *, but: int | None = None) -> list[Found]:
    """Earlier disputes of the same person, recognised by identity number and never by name (R6-10)."""
    key = id_key(id_type, number)
    if not key:
        return []
    wanted = (
        sa.select(Dispute.id, Dispute.receipt_no, Dispute.received_at, Dispute.status)
        .where(
            services.visible(actor),
            Dispute.id.in_(sa.select(Party.dispute_id).where(Party.court_id == actor.court_id, Party.id_key == key)),
        )
        .order_by(Dispute.id.desc())
        .limit(MOST)
    )
    return _named([Found(*row) for row in db.session.execute(wanted) if row[0] != but])


def times_known(court_id: int, keys: Iterable[str], *, but: int) -> dict[str, int]:
    """In how many other disputes each of these persons appears."""
    asked = {"court": court_id, "keys": [key for key in keys if key], "but": but}
    return {row[0]: row[1] for row in db.session.execute(_TIMES, asked).all()}


_party = Party.__table__.c
_TIMES = (
    sa.select(_party.id_key, sa.func.count(sa.distinct(_party.dispute_id)))
    .where(
        _party.court_id == sa.bindparam("court"),
        _party.id_key.in_(sa.bindparam("keys", expanding=True)),
        _party.dispute_id != sa.bindparam("but"),
    )
    .group_by(_party.id_key)
)


# ---- likely duplicates ----------------------------------------------------------------------------------------------


def _mark(id_key_: str, phone_key_: str, name: str) -> str:
    """What a person is compared by: the identity number; without one, name and phone together."""
    return id_key_ or (f"{phone_key_}|{name}" if phone_key_ else "")


def duplicates(actor: Actor, parties: Sequence[PartyData], cause_code: str, on: date) -> list[Found]:
    """Disputes that are probably the same as one about to be registered."""
    marks: dict[PartyRole, set[str]] = {}
    for data in parties:
        mark = _mark(id_key(data.id_type, data.id_no), phone_key(data.phone), data.name)
        if mark:
            marks.setdefault(data.role, set()).add(mark)
    shape = Shape(
        frozenset(marks.get(PartyRole.APPLICANT, ())), frozenset(marks.get(PartyRole.RESPONDENT, ())), cause_code, on
    )
    return _like(actor, shape)


def duplicates_of(actor: Actor, dispute: Dispute) -> list[Found]:
    """Disputes that are probably the same as this one and were not yet told apart."""
    rows = [
        (dispute.id, p.role, p.id_key, p.phone_key, p.name, dispute.cause_code, dispute.received_at)
        for p in dossier.of(Party, dispute.id)
    ]
    shape = _shapes(rows).get(dispute.id)
    return _like(actor, shape, dispute.id) if shape else []


def _like(actor: Actor, shape: Shape, but: int = 0) -> list[Found]:
    keys = [mark.split("|", maxsplit=1)[0] for mark in shape.applicants | shape.respondents]
    if not keys:
        return []
    asked = {
        "keys": keys,
        "since": clock.at(shape.received_on - DUPLICATE_WINDOW),
        "until": clock.at(shape.received_on + DUPLICATE_WINDOW + ONE_DAY),
        "but": but,
    }
    rows = db.session.execute(_candidates(actor), asked).all()
    if not rows:
        return []
    people = db.session.execute(_PEOPLE, {"ids": [row[0] for row in rows]}).all()
    shapes = _shapes(people)
    titles = services.called((row[0], row[1], row[4]) for row in people if row[1] is not PartyRole.THIRD)
    return [
        Found(dispute_id, receipt_no, received_at, status, titles.get(dispute_id, ""), number or "", like)
        for dispute_id, receipt_no, received_at, status, number in rows
        if (like := alike(shape, shapes[dispute_id]))
    ]


@lru_cache(maxsize=1024)
def _candidates(actor: Actor) -> sa.Select[Any]:
    """Disputes of these persons around a day that were not yet told apart from one.

    Two seeks by key, not one condition over all parties of the court.
    """
    own = Party.court_id == actor.court_id
    keys: sa.BindParameter[list[str]] = sa.bindparam("keys", expanding=True)
    same = sa.union(
        sa.select(Party.dispute_id).where(own, Party.id_key.in_(keys)),
        sa.select(Party.dispute_id).where(own, Party.phone_key.in_(keys)),
    )
    told_apart = sa.union(
        sa.select(NotDuplicate.other_id).where(NotDuplicate.dispute_id == sa.bindparam("but")),
        sa.select(NotDuplicate.dispute_id).where(NotDuplicate.other_id == sa.bindparam("but")),
    )
    number = sa.select(CaseNumber.canonical).where(CaseNumber.dispute_id == Dispute.id)
    around = Dispute.received_at.between(sa.bindparam("since"), sa.bindparam("until"))
    return (
        sa.select(
            Dispute.id,
            Dispute.receipt_no,
            Dispute.received_at,
            Dispute.status,
            number.order_by(CaseNumber.id.desc()).limit(1).scalar_subquery(),
        )
        .where(
            services.visible(actor),
            around,
            Dispute.id.in_(same),
            Dispute.id != sa.bindparam("but"),
            Dispute.id.not_in(told_apart),
        )
        .order_by(Dispute.id.desc())
        .limit(MOST)
    )


# ---- disputes that belong together -----------------------------------------------------------------------------------

# So many of the latest are looked at, and so many shown: a series may have hundreds.
MOST_LOOKED_AT, MOST_RELATED = 60, 8


@dataclass(frozen=True)
class Related:
    """Another dispute of the same people, or of the same series."""

    id: int
    number: str
    title: str
    relation: Relation


def related(actor: Actor, dispute: Dispute) -> list[Related]:
    """Disputes of the same parties first, then those of the same series; the latest of each first."""
    parties = dossier.of(Party, dispute.id)
    here = [
        (dispute.id, p.role, p.id_key, p.phone_key, p.name, dispute.cause_code, dispute.received_at) for p in parties
    ]
    shape = _shapes(here).get(dispute.id)
    keys = [mark.split("|", maxsplit=1)[0] for mark in shape.applicants | shape.respondents] if shape else []
    if shape is None or not keys:
        return []
    own = Party.court_id == actor.court_id
    same = sa.union(
        sa.select(Party.dispute_id).where(own, Party.id_key.in_(keys)),
        sa.select(Party.dispute_id).where(own, Party.phone_key.in_(keys)),
    )
    number = sa.select(CaseNumber.canonical).where(CaseNumber.dispute_id == Dispute.id)
    latest = number.order_by(CaseNumber.id.desc()).limit(1).scalar_subquery()
    wanted = sa.select(Dispute.id, sa.func.coalesce(latest, Dispute.receipt_no)).where(
        services.visible(actor), Dispute.id.in_(same), Dispute.id != dispute.id
    )
    numbers = {row[0]: row[1] for row in db.session.execute(wanted.order_by(Dispute.id.desc()).limit(MOST_LOOKED_AT))}
    people = db.session.execute(_PEOPLE, {"ids": list(numbers)}).all() if numbers else []
    titles = services.called((row[0], row[1], row[4]) for row in people if row[1] is not PartyRole.THIRD)
    found = [
        Related(dispute_id, numbers[dispute_id], titles.get(dispute_id, ""), how)
        for dispute_id, other in _shapes(people).items()
        if (how := relation(shape, other))
    ]
    return sorted(found, key=lambda one: (one.relation is Relation.SERIES, -one.id))[:MOST_RELATED]


_PEOPLE = (
    sa.select(
        Party.dispute_id, Party.role, Party.id_key, Party.phone_key, Party.name, Dispute.cause_code, Dispute.received_at
    )
    .join(Dispute, Dispute.id == Party.dispute_id)
    .where(Party.dispute_id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(Party.position, Party.id)
)


def _shapes(rows: Iterable[Any]) -> dict[int, Shape]:
    sides: dict[int, dict[str, Any]] = {}
    for dispute_id, role, key, phone, name, cause, at in rows:
        found = sides.setdefault(dispute_id, {"marks": {}, "cause": cause, "on": clock.local(at).date()})
        if mark := _mark(key, phone, name):
            found["marks"].setdefault(role, set()).add(mark)
    return {
        dispute_id: Shape(
            frozenset(found["marks"].get(PartyRole.APPLICANT, ())),
            frozenset(found["marks"].get(PartyRole.RESPONDENT, ())),
            found["cause"],
            found["on"],
        )
        for dispute_id, found in sides.items()
    }
