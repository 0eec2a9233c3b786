"""Filters and globals of the templates; an unknown name is an error, never a blank."""

import secrets
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app, g, request, session, url_for
from flask import templating as flask_templating
from flask_babel import format_date
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from mediation.kernel import clock, law
from mediation.kernel.actor import ADMINS, Actor
from mediation.kernel.chinese import capitals
from mediation.kernel.db import db
from mediation.kernel.i18n import _, _n, locale
from mediation.web import drawn as drawing
from mediation.web.auth import maybe_actor
from mediation.web.drawn import drawn
from mediation.web.registry import NavItem, Registry


class Environment(flask_templating.Environment):
    """Templates that all look up shared names in one dictionary: a page is made of some thirty of them."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """No template here has globals of its own to be laid over the shared ones."""
        return self.globals if d is None else super().make_globals(d)


def init_app(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        day=day, short_day=short_day, moment=moment, clocktime=clocktime, yuan=yuan, capitals=capitals, masked_id=masked_id,
        masked_phone=masked_phone, cite=_cite,
    )  # fmt: skip
    app.jinja_env.globals.update(
        _n=_n, once_field=once_field, static_url=static_url, law_text=law_text, topbar=topbar, sidenav=sidenav,
        preferences=preferences,
    )  # fmt: skip
    drawing.init_app(app)
    app.context_processor(_frame)


def registry() -> Registry:
    """What the capabilities contributed to shared pages."""
    found: Registry = current_app.extensions["mediation"]
    return found


def _frame() -> dict[str, Any]:
    who = maybe_actor()
    return {
        "locale": locale(),
        "actor": who,
        "court": g.get("court"),
        "large_type": _large(),
        "demonstration": current_app.config["MODE"] == "demonstration",
        "search_query": "",
    }


def _large() -> bool:
    return bool(g.get("large_type", session.get("large_type", False)))


# What differs between two requests for the same page stands in these places until the page is answered.
_TOKEN, _BACK = (f"place-{secrets.token_hex(8)}" for _place in range(2))


def topbar(query: str = "") -> Markup:
    """The head of the page: the court, the search, the places at the top, and what a reader may set."""
    who = maybe_actor()
    names = (who.name, bool(ADMINS & who.roles)) if who else ()
    top = tuple(place for place in places() if place.top)
    bar = drawn("_layouts/_topbar.html", "topbar", g.get("court"), names, top, query, *_choices())
    return _filled(bar)


def preferences() -> Markup:
    """Language and size of type."""
    return _filled(drawn("_layouts/_topbar.html", "preferences", *_choices()))


def _choices() -> tuple[bool, bool, str, str]:
    return locale() == "en", _large(), _TOKEN, _BACK


def _filled(bar: Markup) -> Markup:
    back = request.full_path if request.method == "GET" else "/"
    return bar.replace(_TOKEN, generate_csrf()).replace(_BACK, back)


def sidenav() -> Markup:
    """The left column; nothing for visitors."""
    found = shown()
    return drawn("_layouts/_nav.html", "nav", found) if found else Markup()


@dataclass(frozen=True)
class Place:
    """Where a person may go, as the page shows it."""

    label: str
    url: str
    icon: str
    count: int | None
    active: bool
    top: bool
    seldom: bool


def places() -> tuple[Place, ...]:
    """Where this person may go; counted once for a page, however many templates it is made of."""
    who = maybe_actor()
    if who is None:
        return ()
    if "places" not in g:
        items = sorted((item for item in registry().nav if item.roles & who.roles), key=lambda item: item.rank)
        counts = _counts(who, items)
        g.places = tuple(
            place
            for top in (False, True)
            for place in _lit([(item, counts.get(n)) for n, item in enumerate(items) if item.top is top])
        )
    found: tuple[Place, ...] = g.places
    return found


# So many places a person keeps in view; one of them leads to what stands behind.
MOST_PLACES = 7


def shown() -> tuple[Place, ...]:
    """The places of this page: where there are too many, the last leads to those that are seldom needed."""
    found, behind = places(), further()
    if not behind:
        return found
    count = sum(place.count or 0 for place in behind) or None
    lit = request.endpoint == "web.more" or any(place.active for place in behind)
    more = Place(_("More"), _place_url(request.script_root, "web.more"), "more", count, lit, False, seldom=False)
    kept = [place for place in found if not place.top and place not in behind]
    return (*kept, more, *(place for place in found if place.top))


def further() -> tuple[Place, ...]:
    """What stands behind the last place: those seldom needed, and others only where even so there are too many."""
    column = [place for place in places() if not place.top]
    if len(column) <= MOST_PLACES:
        return ()
    kept = [place for place in column if not place.seldom][: MOST_PLACES - 1]
    return tuple(place for place in column if place not in kept)


def _counts(who: Actor, items: list[NavItem]) -> dict[int, int]:
    """What waits at each place that counts, in one question."""
    counted = [n for n, item in enumerate(items) if item.count]
    if not counted:
        return {}
    found = db.session.execute(_counting(who, tuple(items[n].count for n in counted))).one()
    return dict(zip(counted, found, strict=True))


@lru_cache(maxsize=1024)
def _counting(who: Actor, counts: tuple[Callable[[Actor], sa.Select[Any]], ...]) -> sa.Select[Any]:
    """The question for one person, put together once."""
    return sa.select(*(count(who).scalar_subquery() for count in counts))


def _lit(found: list[tuple[NavItem, int | None]]) -> list[Place]:
    """A page below a place keeps the place lit: the longest address that leads to it."""
    urls = [_place_url(request.script_root, item.endpoint) for item, _count in found]
    here = max((url for url in urls if request.path == url or request.path.startswith(f"{url}/")), key=len, default="")
    return [
        Place(str(item.label), url, item.icon, count, url == here, item.top, item.seldom)
        for (item, count), url in zip(found, urls, strict=True)
    ]


@lru_cache(maxsize=256)
def _place_url(_root: str, endpoint: str) -> str:
    """The same for every page of a server that is reached under one root."""
    address: str = url_for(endpoint)
    return address


def day(value: date | None) -> str:
    """A date: 2026年3月2日, or 2 March 2026."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        value = clock.local(value).date()
    if locale() == "en":
        return str(format_date(value, "d MMMM y"))
    return f"{value.year}年{value.month}月{value.day}日"


def short_day(value: date | None) -> str:
    """A date for a narrow column: the year is said only when it is not the present one."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        value = clock.local(value).date()
    if value.year != clock.today().year:
        return day(value)
    return str(format_date(value, "d MMM")) if locale() == "en" else f"{value.month}月{value.day}日"


def moment(value: datetime | None) -> str:
    """A date and the time at the court."""
    return "—" if value is None else f"{day(value)} {clocktime(value)}"


def stretch(starts_at: datetime, ends_at: datetime) -> str:
    """From when to when, on one day."""
    return f"{moment(starts_at)}–{clocktime(ends_at)}"


def clocktime(value: datetime) -> str:
    """The time of day at the court, 24 hours."""
    return f"{clock.local(value):%H:%M}"


def yuan(fen: int | None) -> str:
    """An amount kept in fen, shown in yuan."""
    if fen is None:
        return "—"
    text = f"{fen // 100:,}.{fen % 100:02d}"
    return f"CNY {text}" if locale() == "en" else f"{text} 元"


def masked_id(number: str | None) -> str:
    """An identity number with its middle hidden: lists show no more (DOMAIN 10.3)."""
    return f"{number[:6]}********{number[-4:]}" if number and len(number) > 10 else "—" if not number else "****"  # noqa: PLR2004


def masked_phone(number: str | None) -> str:
    """A phone number with its middle hidden."""
    return f"{number[:3]}****{number[-4:]}" if number and len(number) > 7 else "—"  # noqa: PLR2004


def once_field() -> Markup:
    """The hidden mark by which a doubled submission is recognised."""
    return Markup('<input type="hidden" name="once" value="{}">').format(escape(secrets.token_urlsafe(18)))


def static_url(name: str) -> str:
    """The address of a static file, changed whenever the file changes."""
    return _stamped(current_app.static_folder or "", request.script_root, name)


@lru_cache(maxsize=512)
def _stamped(folder: str, root: str, name: str) -> str:
    """Looked up once: what a server serves changes when it is started again."""
    path = Path(folder) / name
    stamp = f"{int(path.stat().st_mtime):x}" if path.exists() else "0"
    address: str = url_for("static", filename=name, v=stamp)
    return address


def law_text(text: str) -> list[tuple[str, str]]:
    """The articles a citation names, each with its words where the text is held."""
    return [
        (place.full_label if locale() == "zh" else place.english, words)
        for place in law.cite(text)
        if (words := place.text)
    ]


def cite(text: str) -> str:
    """A citation such as ``S4 art. 27`` in the reader's words."""
    return law.phrase(text, language=locale())


@pass_context
def _cite(_context: Context, text: str) -> str:
    """The same in a template. It asks for the context, so that a citation written into a template is read anew for
    each reader: without it the template would keep the language of whoever opened the page first.
    """
    return cite(text)
