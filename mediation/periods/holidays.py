"""The holiday table of the installation: filled when it is set up, completed with each year's notice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from mediation.kernel import audit
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError
from mediation.periods import labels, rules
from mediation.periods.calendar import SATURDAY, Calendar, Entry, Kind, shipped, standard
from mediation.periods.models import CalendarDay

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


def replace_year(actor: Actor, entries: Sequence[Entry], *, source_doc: str, published_on: date | None = None) -> int:
    """A year's notice: its days replace what the table said about that year. How many days it names."""
    years = {entry.notice_year for entry in entries}
    if len(years) != 1 or not all(map(_plausible, entries)):
        raise DomainError(labels.FAULT[rules.Fault.BAD_NOTICE], article="S31 arts 2, 7")
    (year,) = years
    with transaction():
        for old in db.session.scalars(sa.select(CalendarDay).where(CalendarDay.notice_year == year)):
            db.session.delete(old)
        db.session.flush()
        db.session.add_all(_row(replace(entry, published_on=published_on), source_doc) for entry in entries)
        db.session.flush()
        audit.note(
            actor, "calendar.import", subject_type="calendar_day", year=year, days=len(entries), document=source_doc,
            published_on=published_on,
        )  # fmt: skip
    return len(entries)


def _plausible(entry: Entry) -> bool:
    """A make-up day is a Saturday or Sunday, and a notice speaks of its own year or the days just before it."""
    makeup_on_workday = entry.kind is Kind.MAKEUP_WORKDAY and entry.day.weekday() < SATURDAY
    near = entry.day.year == entry.notice_year or (entry.day.year == entry.notice_year - 1 and entry.day.month == 12)  # noqa: PLR2004
    return near and not makeup_on_workday and entry.kind in {Kind.HOLIDAY, Kind.MAKEUP_WORKDAY}
