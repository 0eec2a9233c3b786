"""Reading a yearly holiday notice: its own text, or a table of days. Every mistake is told at its line or cell.

The text is the State Council's: one numbered item a festival, the days off, how many, and the weekend days on which
work is made up. Nothing is guessed: a weekday that does not fit, a day named twice or a festival left out is a mistake.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from mediation.periods.calendar import Entry, Holiday
from mediation.periods.notice_text import TextReader
from mediation.periods.noticed import KIND_WORDS, LONGEST_TEXT, MOST_ROWS, WORDS, Mistake, Reading, checked, made


def read(text: str, year: int = 0) -> Reading:
    """Read what was pasted: the notice's own text, or lines of a table (day, kind, festival)."""
    if len(text) > LONGEST_TEXT:
        return _only(Mistake.TOO_LONG)
    lines = [(str(n), line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        return _only(Mistake.EMPTY)
    if all(_cells(line) for _n, line in lines[1:] or lines) and _cells(lines[-1][1]):
        return read_table([(n, re.split(r"[\t,，;；]", line)) for n, line in lines], year, cells=False)
    return TextReader(year).read(lines)


def read_table(rows: Sequence[tuple[str, Sequence[Any]]], year: int = 0, *, cells: bool = True) -> Reading:
    """Read rows of day, kind and festival, each with its number; a mistake is told at its cell or only at its line."""
    told = Reading(year)
    if not rows:
        return _only(Mistake.EMPTY)
    if len(rows) > MOST_ROWS:
        return _only(Mistake.TOO_LONG)
    if _is_head(rows[0][1]):
        rows = rows[1:]
    found = [one for row, values in rows if (one := _row(told, row, values, "ABC" if cells else ("",) * 3)) is not None]
    told.year = year or _year_of(entry.day for _place, entry in found)
    if not told.year:
        told.refuse(Mistake.NO_YEAR)
        return told
    told.found = [(place, Entry(e.day, e.kind, e.name, told.year)) for place, e in found]
    return checked(told)


def _only(mistake: Mistake) -> Reading:
    told = Reading()
    told.refuse(mistake)
    return told


def as_table(entries: Iterable[Entry]) -> str:
    """The days as lines of a table: what the second step of an import carries, and what may be kept beside the notice."""
    return "\n".join(f"{e.day.isoformat()}\t{e.kind.value}\t{e.name.value}" for e in sorted(entries))


# ---- a table --------------------------------------------------------------------------------------------------------


def _cells(line: str) -> list[str]:
    """The cells of a line that begins with a whole date and a separator; none otherwise."""
    cells = [cell.strip() for cell in re.split(r"[\t,，;；]", line)]
    return cells if len(cells) > 1 and re.fullmatch(r"\d{4}\D\d{1,2}\D\d{1,2}日?|\d{8}", cells[0]) else []


def _is_head(cells: Sequence[Any]) -> bool:
    return bool(cells) and isinstance(cells[0], str) and not re.search(r"\d", cells[0])


def _row(told: Reading, row: str, cells: Sequence[Any], columns: Sequence[str]) -> tuple[str, Entry] | None:
    day_cell, kind_cell, name_cell = (*cells, None, None, None)[:3]
    day = _day_in(day_cell)
    if day is None:
        told.refuse(Mistake.NO_SUCH_DAY, columns[0] + row, _shown(day_cell))
    kind = KIND_WORDS.get(_shown(kind_cell))
    if kind is None:
        told.refuse(Mistake.NO_KIND, columns[1] + row, _shown(kind_cell))
    name = WORDS.get(_shown(name_cell)) or next((h for h in Holiday if h.value == _shown(name_cell)), None)
    if name is None:
        told.refuse(Mistake.NO_FESTIVAL, columns[2] + row, _shown(name_cell))
    if day is None or kind is None or name is None:
        return None
    return columns[0] + row, Entry(day, kind, name, day.year)


def _shown(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()[:60]


def _day_in(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    parts = re.fullmatch(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})日?", _shown(cell))
    return made(*map(int, parts.groups())) if parts else None


def _year_of(found: Iterable[date]) -> int:
    """The year most of the days lie in; a notice may name days of the December before."""
    years = [day.year for day in found]
    return max(set(years), key=lambda year: (years.count(year), year)) if years else 0
