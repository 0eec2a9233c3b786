"""The holiday table of the installation: filled when it is set up, completed with each year's notice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from mediation.kernel import audit
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError
from mediation.periods import labels, rules
from mediation.periods.calendar import SATURDAY, Calendar, Entry, Kind, shipped, standard
from mediation.periods.models import CalendarDay
from mediation.periods.noticed import near

_cache: dict[tuple[object, ...], Calendar] = {}


def calendar() -> Calendar:
    """The court's calendar, kept in memory until the table changes (here or in another process)."""
    shape = sa.select(sa.func.count(), sa.func.max(CalendarDay.loaded_at), sa.func.max(CalendarDay.day))
    key = tuple(db.session.execute(shape.select_from(CalendarDay)).one())
    if not key[0]:
        return standard()
    if key not in _cache:
        _cache.clear()
        rows = db.session.scalars(sa.select(CalendarDay).order_by(CalendarDay.day))
        _cache[key] = Calendar(Entry(r.day, r.kind, r.name, r.notice_year, r.published_on) for r in rows)
    return _cache[key]


@dataclass(frozen=True)
class Year:
    """What the table holds of one year."""

    year: int
    days_off: int
    work_days: int
    document: str
    published_on: date | None
    noticed: bool


def overview(last: int) -> list[Year]:
    """The years of the table from the latest on, up to a year that may still be without its notice."""
    held = calendar()
    off = sa.func.sum(sa.case((CalendarDay.kind == Kind.HOLIDAY, 1), else_=0))
    wanted = sa.select(
        CalendarDay.notice_year, off, sa.func.count(), sa.func.max(CalendarDay.source_doc),
        sa.func.max(CalendarDay.published_on),
    ).group_by(CalendarDay.notice_year)  # fmt: skip
    found = {row[0]: row for row in db.session.execute(wanted)}
    years = []
    for year in range(max(last, *held.noticed), min(held.noticed) - 1, -1):
        if row := found.get(year):
            years.append(Year(year, row[1], row[2] - row[1], row[3], row[4], noticed=True))
        else:
            kinds = [held.entries[day].kind for day in held.entries if held.entries[day].notice_year == year]
            off_days, known = sum(kind is Kind.HOLIDAY for kind in kinds), year in held.noticed
            years.append(Year(year, off_days, len(kinds) - off_days, document_of(year) if known else "", None, known))
    return years


def load_calendar() -> int:
    """Fill an empty table with the notices shipped with the product; how many days were written."""
    with transaction():
        if db.session.scalar(sa.select(sa.func.count()).select_from(CalendarDay)):
            return 0
        db.session.add_all(_row(entry, document_of(entry.notice_year)) for entry in shipped())
    return len(shipped())


def document_of(year: int) -> str:
    """The title of the yearly notice."""
    return f"国务院办公厅关于{year}年部分节假日安排的通知"


def _row(entry: Entry, document: str) -> CalendarDay:
    return CalendarDay(
        day=entry.day,
        kind=entry.kind,
        name=entry.name,
        notice_year=entry.notice_year,
        source_doc=document,
        published_on=entry.published_on,
    )


def without(held: Calendar, year: int) -> list[Entry]:
    """The days of all other years' notices."""
    return [entry for entry in held.entries.values() if entry.notice_year != year]


def replace_year(actor: Actor, entries: Sequence[Entry], *, source_doc: str, published_on: date | None = None) -> int:
    """A year's notice: its days replace what the table said about that year. How many days it names."""
    year = year_of(entries)
    with transaction():
        for old in db.session.scalars(sa.select(CalendarDay).where(CalendarDay.notice_year == year)):
            db.session.delete(old)
        db.session.flush()
        _not_another_notices(entries)
        db.session.add_all(_row(replace(entry, published_on=published_on), source_doc) for entry in entries)
        db.session.flush()
        _cache.clear()
        audit.note(
            actor, "calendar.import", subject_type="calendar_day", year=year, days=len(entries), document=source_doc,
            published_on=published_on,
        )  # fmt: skip
    return len(entries)


def year_of(entries: Sequence[Entry]) -> int:
    """The year a notice is about; a notice that cannot be one is refused."""
    years = {entry.notice_year for entry in entries}
    if len(years) != 1 or not all(map(_plausible, entries)) or len({e.day for e in entries}) != len(entries):
        raise DomainError(labels.FAULT[rules.Fault.BAD_NOTICE], article="S31 arts 2, 7")
    return years.pop()


def _not_another_notices(entries: Sequence[Entry]) -> None:
    """A day stands in one notice: the days of December that two notices name differently need a person to decide."""
    named = sa.select(CalendarDay.day).where(CalendarDay.day.in_([entry.day for entry in entries]))
    if db.session.scalars(named).first() is not None:
        raise DomainError(labels.FAULT[rules.Fault.OTHER_NOTICE], article="S31 art. 7")


def _plausible(entry: Entry) -> bool:
    """A make-up day is a Saturday or Sunday, and a notice speaks of its own year or the days just before it."""
    makeup_on_workday = entry.kind is Kind.MAKEUP_WORKDAY and entry.day.weekday() < SATURDAY
    return (
        near(entry.day, entry.notice_year)
        and not makeup_on_workday
        and entry.kind in {Kind.HOLIDAY, Kind.MAKEUP_WORKDAY}
    )
