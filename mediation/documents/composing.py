"""Composing: a body template, the facts it prints and the sheet's own marks become one page for the typesetter.

Values are the data snapshot kept with the document: plain JSON, so that the same page can be composed years later.
"""

import datetime as dt
import functools
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jinja2
from jinja2 import meta

from mediation.documents import marks, plots
from mediation.documents.fontset import ROOT
from mediation.documents.rules import MOST_PAGES, least_pages
from mediation.kernel.chinese import capitals, chinese_date, chinese_number

LOADER = jinja2.FileSystemLoader(ROOT / "templates")
VERIFICATION_CODE = re.compile(r"[0-9A-Z-]{6,40}")
# Ends of paragraphs, rows and headings; each begins a line of its own.
_ENDS, _TAG = re.compile(r"</(?:p|tr|h[1-6]|caption)>|<br>|\n"), re.compile(r"<[^>]*>")
# A page of so few characters is short, whatever it says.
SHORT = 40_000
BEIJING = dt.timezone(dt.timedelta(hours=8))


class TooLong(ValueError):
    """More pages than a document may have; nothing was typeset."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What every document carries besides its own text."""

    court: str
    title: str
    created: dt.datetime
    number: str = ""
    code: str = ""  # the verification code; empty on a draft, which then says that it is one
    address: str = ""  # where the code is verified
    sealed: bool = False
    heading: str = ""  # the court as it stands at the head, where that is more than its name
    phrase: str = ""  # what the court says at the end of every letter
    seal: bytes | None = None  # the court's own seal (PNG); drawn from its name when there is none


@dataclass(frozen=True)
class Composed:
    """A page ready for the typesetter, and the pictures it may show."""

    html: str
    pictures: tuple[str, ...]
    created: dt.datetime


def _day(value: dt.date | str) -> dt.date:
    """Snapshots hold dates as text; a moment counts as the day it is in Beijing."""
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value) if "T" in value else dt.date.fromisoformat(value)
    return value.astimezone(BEIJING).date() if isinstance(value, dt.datetime) else value


def day(value: dt.date | str) -> str:
    """A date inside running text: 2026年3月2日."""
    when = _day(value)
    return f"{when.year}年{when.month}月{when.day}日"


def moment(value: dt.datetime | str) -> str:
    """A moment in Beijing time: 2026年3月2日9时05分."""
    when = (dt.datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(BEIJING)
    return f"{day(when.date())}{when.hour}时{when.minute:02d}分"


def date_line(value: dt.date | str) -> str:
    """The date that closes a document: 二〇二六年三月二日."""
    return chinese_date(_day(value))


def yuan(fen: int) -> str:
    """A sum in figures: 98,000.00."""
    return f"{fen // 100:,}.{fen % 100:02d}"


def ended(clause: str, last: bool) -> str:
    """A clause of a numbered list with the mark that closes it, whatever it was typed with."""
    return clause.rstrip(" 。；;，,") + ("。" if last else "；")


@functools.cache
def environment() -> jinja2.Environment:
    """Templates of documents: everything is escaped, and a value that was forgotten is an error, never a blank."""
    found = jinja2.Environment(
        loader=LOADER,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(
        day=day,
        moment=moment,
        date_line=date_line,
        yuan=yuan,
        capitals=capitals,
        chinese_number=chinese_number,
        ended=ended,
    )
    return found


def _path(template: str) -> str:
    return f"documents/{template}.html"


@functools.cache
def version(template: str) -> str:
    """A short digest of the template with all it is built from, so that a changed wording is a changed version."""
    waiting, seen = [_path(template)], {}
    while waiting:
        name = waiting.pop()
        if name not in seen:
            source = LOADER.get_source(environment(), name)[0]
            seen[name] = source
            waiting += [found for found in meta.find_referenced_templates(environment().parse(source)) if found]
    seen["print.css"] = LOADER.get_source(environment(), "documents/print.css")[0]
    joined = "\0".join(f"{name}\0{seen[name]}" for name in sorted(seen))
    return hashlib.sha256(joined.encode()).hexdigest()[:12]


def _seal(sheet: Sheet) -> str:
    return marks.photographed(sheet.seal) if sheet.seal else marks.seal(sheet.court)


def _pages(html: str) -> int:
    parts = _ENDS.split(html.partition("<body")[2])
    return least_pages(text for part in parts if (text := _TAG.sub("", part).strip()))


def compose(template: str, sheet: Sheet, data: Mapping[str, Any]) -> Composed:
    """Fill the body template with the data and put it on the sheet."""
    if sheet.code and not VERIFICATION_CODE.fullmatch(sheet.code):
        raise ValueError(f"{sheet.code!r} is no verification code")
    seal = _seal(sheet) if sheet.sealed else ""
    square = marks.code(sheet.address) if sheet.code else ""
    drawings = [marks.drawn(strokes) for strokes in data.get("drawn", ())]
    charts = [plots.drawn(spec) for spec in data.get("charts", ())]
    template_of = environment().get_template(_path(template))
    html = template_of.render(**data, sheet=sheet, seal=seal, square=square, drawings=drawings, plots=charts)
    if len(html) > SHORT and (pages := _pages(html)) > MOST_PAGES:
        raise TooLong(f"{pages} > {MOST_PAGES}")
    return Composed(html, tuple(filter(None, (seal, square, *drawings, *charts))), sheet.created)
