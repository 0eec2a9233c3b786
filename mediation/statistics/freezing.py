"""The figures of each month, frozen when it is over; and what has changed since, with the cases that caused it."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.statistics import asking, rules
from mediation.statistics.asking import Answer, Question
from mediation.statistics.catalogue import (
    DEFINITIONS,
    Definition,
    Figure,
    Reading,
    Readings,
    Way,
    definition_on,
)  # fmt: skip
from mediation.statistics.counting.queries import halves
from mediation.statistics.facts import Facts, Frame, Rows
from mediation.statistics.models import Snapshot
from mediation.statistics.rules import Period

# What is counted: the unit, its dispute where it has one, and what it adds to the count.
Counted = tuple[int, int | None, int]
Side = frozenset[Counted]
Cases = tuple[Side, Side]
NOTHING: Side = frozenset()


@dataclass(frozen=True)
class Entry:
    """One figure of a frozen month."""

    figure: Figure
    way: Way
    version: int
    readings: Readings
    numerator: int
    denominator: int | None
    # Digest of the cases on both sides.
    cases: str

    @property
    def definition(self) -> Definition:
        """The definition by which it was frozen."""
        return next(d for d in DEFINITIONS if d.figure is self.figure and d.version == self.version)

    @property
    def text(self) -> str:
        """As it is written."""
        return asking.written(self.definition.unit, self.numerator, self.denominator)


@dataclass(frozen=True)
class Difference:
    """A figure that would be another today: both counts now, and the cases that came and went on each side."""

    entry: Entry
    numerator: int
    denominator: int | None
    came: Cases
    went: Cases

    @property
    def text(self) -> str:
        """What it would be today."""
        return asking.written(self.entry.definition.unit, self.numerator, self.denominator)


# ---- taking ---------------------------------------------------------------------------------------------------------------


def take(actor: Actor, month: date) -> Snapshot:
    """Freeze the figures of a month that is over: as known at this moment, whatever is entered later."""
    if not rules.may_freeze(actor):
        raise NotPermitted("freeze")
    period = rules.month_of(month)
    if period.last >= clock.today():
        raise ValueError("the month is not over")
    moment = clock.now()
    with transaction():
        entries = [_data(entry) for entry in _entries(actor.court_id, period, moment)]
        made = Snapshot(
            court_id=actor.court_id, month=period.first, taken_at=moment, figures=entries,
            digest=digest_of(actor.court_id, period.first, moment, entries),
        )  # fmt: skip
        audit.record(actor, "take", made, month=period.first, digest=made.digest)
    return made


def take_due(actor: Actor) -> int:
    """Freeze every month that is over and not yet frozen, since the court's first entry in the trail."""
    months = due(actor.court_id)
    for month in months:
        take(actor, month)
    return len(months)


def due(court_id: int) -> list[date]:
    """The first days of the months that are over, and not frozen."""
    first = db.session.scalar(sa.select(AuditEvent.at).where(AuditEvent.court_id == court_id, AuditEvent.seq == 1))
    if first is None:
        return []
    frozen = set(db.session.scalars(sa.select(Snapshot.month).where(Snapshot.court_id == court_id)))
    month, found = rules.month_of(clock.local(first).date()), []
    while month.last < clock.today():
        if month.first not in frozen:
            found.append(month.first)
        month = rules.month_of(month.last + timedelta(days=1))
    return found


def _entries(court_id: int, period: Period, moment: datetime) -> Iterable[Entry]:
    figures = dict.fromkeys(d.figure for d in DEFINITIONS)
    asked = [
        Question(figure, definition_on(figure, period.last).natural, period, known_at=moment) for figure in figures
    ]
    for answer in asking.answers(court_id, asked):
        question = answer.question
        cases = _cases(court_id, period, question.facts, answer.definition, question.way, answer.readings)
        yield Entry(
            question.figure, question.way, answer.definition.version, answer.readings, answer.numerator, answer.denominator,
            _digest_of_cases(cases),
        )  # fmt: skip


def _cases(court_id: int, period: Period, facts: Facts, definition: Definition, way: Way, readings: Readings) -> Cases:
    """The units on both sides."""
    if definition.figure is Figure.I22:
        return NOTHING, NOTHING
    frame = Frame(facts, court_id, period, period.last, readings)
    above, below = halves(definition, way, frame)
    return _units(above), NOTHING if below is None else _units(below)


def _units(rows: Rows) -> Side:
    dispute = sa.null() if rows.dispute is None else sa.func.max(rows.dispute)
    added = sa.literal(1) if rows.measure is None else sa.func.sum(rows.measure)
    found = sa.select(rows.unit, dispute, added).select_from(rows.source).where(*rows.where).group_by(rows.unit)
    return frozenset((unit, of, int(number)) for unit, of, number in db.session.execute(found))


def _digest_of_cases(cases: Cases) -> str:
    text = "|".join(",".join(f"{unit}:{number}" for unit, _of, number in sorted(side)) for side in cases)
    return hashlib.sha256(text.encode()).hexdigest()


def _data(entry: Entry) -> dict[str, Any]:
    return {
        "figure": entry.figure.value, "way": entry.way.value, "version": entry.version,
        "readings": {name: reading.value for name, reading in vars(entry.readings).items()},
        "numerator": entry.numerator, "denominator": entry.denominator, "cases": entry.cases,
    }  # fmt: skip


def digest_of(court_id: int, month: date, taken_at: datetime, figures: Sequence[Any]) -> str:
    """Over everything the snapshot says; it stands in the trail too."""
    said = [court_id, month.isoformat(), taken_at.isoformat(), list(figures)]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


# ---- reading --------------------------------------------------------------------------------------------------------------


def all_of(court_id: int) -> Sequence[Snapshot]:
    """The frozen months of a court, the newest first."""
    return db.session.scalars(
        sa.select(Snapshot).where(Snapshot.court_id == court_id).order_by(Snapshot.month.desc())
    ).all()


def get_of(court_id: int, month: date) -> Snapshot | None:
    """One of them, by the first day of its month."""
    return db.session.scalar(sa.select(Snapshot).where(Snapshot.court_id == court_id, Snapshot.month == month))


def entries_of(snapshot: Snapshot) -> list[Entry]:
    """What was frozen."""
    return [
        Entry(
            Figure(said["figure"]), Way(said["way"]), said["version"],
            Readings(**{name: Reading(reading) for name, reading in said["readings"].items()}),
            said["numerator"], said["denominator"], said["cases"],
        )
        for said in snapshot.figures
    ]  # fmt: skip


def is_genuine(snapshot: Snapshot) -> bool:
    """The snapshot says what its digest, and the trail, say it said; and its moment still answers so."""
    if digest_of(snapshot.court_id, snapshot.month, snapshot.taken_at, snapshot.figures) != snapshot.digest:
        return False
    period = rules.month_of(snapshot.month)
    return all(
        _digest_of_cases(_cases_then(snapshot, period, entry)) == entry.cases for entry in entries_of(snapshot)
    ) and snapshot.digest in _told(snapshot)


def _told(snapshot: Snapshot) -> list[str]:
    events = db.session.scalars(
        sa.select(AuditEvent).where(AuditEvent.subject_type == "snapshot", AuditEvent.subject_id == snapshot.id)
    )
    return [event.facts["digest"] for event in events if event.action == "snapshot.take"]


def _cases_then(snapshot: Snapshot, period: Period, entry: Entry) -> Cases:
    facts = Facts(snapshot.taken_at)
    return _cases(snapshot.court_id, period, facts, entry.definition, entry.way, entry.readings)


def differences(snapshot: Snapshot) -> list[Difference]:
    """Which figures of the month would be others today, counted by the definition and the readings of that time."""
    period, found = rules.month_of(snapshot.month), []
    now = {a.question.figure: a for a in _today(snapshot, period)}
    for entry in entries_of(snapshot):
        answer = now[entry.figure]
        today = _cases(snapshot.court_id, period, Facts(), entry.definition, entry.way, entry.readings)
        if _digest_of_cases(today) == entry.cases and _same(entry, answer):
            continue
        then = _cases_then(snapshot, period, entry)
        came = (today[0] - then[0], today[1] - then[1])
        went = (then[0] - today[0], then[1] - today[1])
        found.append(Difference(entry, answer.numerator, answer.denominator, came, went))
    return found


def _same(entry: Entry, answer: Answer) -> bool:
    return (entry.numerator, entry.denominator) == (answer.numerator, answer.denominator)


def _today(snapshot: Snapshot, period: Period) -> list[Answer]:
    """The same questions put to what is known now."""
    asked = [asking.Fixed(Question(e.figure, e.way, period), e.definition, e.readings) for e in entries_of(snapshot)]
    return asking.fixed(snapshot.court_id, asked)


def caused_by(found: Sequence[Difference]) -> dict[int, tuple[set[Figure], set[Figure]]]:
    """The disputes behind the differences: for each, the figures it came into and those it left."""
    causes: dict[int, tuple[set[Figure], set[Figure]]] = {}
    for difference in found:
        for place, sides in enumerate((difference.came, difference.went)):
            for _unit, dispute, _number in (counted for side in sides for counted in side):
                if dispute is not None:
                    causes.setdefault(dispute, (set(), set()))[place].add(difference.entry.figure)
    return causes
