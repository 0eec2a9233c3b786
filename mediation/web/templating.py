"""Filters and globals of the templates; an unknown name is an error, never a blank."""

import secrets
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, request, session, url_for
from flask_babel import format_date
from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from mediation.kernel import clock, law
from mediation.kernel.actor import ADMINS, Actor
from mediation.kernel.chinese import capitals
from mediation.kernel.i18n import _n, locale
from mediation.web.auth import maybe_actor
from mediation.web.registry import NavItem, Registry


def init_app(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        day=day, moment=moment, clocktime=clocktime, yuan=yuan, capitals=capitals, masked_id=masked_id,
        masked_phone=masked_phone, cite=cite,
    )  # fmt: skip
    app.jinja_env.globals.update(_n=_n, once_field=once_field, static_url=static_url, law_text=law_text)
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
        "administers": bool(who and ADMINS & who.roles),
        "court": g.get("court"),
        "large_type": bool(g.get("large_type", session.get("large_type", False))),
        "demonstration": current_app.config["MODE"] == "demonstration",
        "nav_items": _nav(who, top=False) if who else [],
        "top_items": _nav(who, top=True) if who else [],
        "search_query": "",
    }


def _nav(who: Actor, *, top: bool) -> list[dict[str, Any]]:
    wanted = (item for item in registry().nav if item.top is top and item.roles & who.roles)
    places: list[NavItem] = sorted(wanted, key=lambda item: item.rank)
    urls = [url_for(item.endpoint) for item in places]
    # A page below a place keeps the place lit: the longest address that leads to it.
    here = max((url for url in urls if request.path == url or request.path.startswith(f"{url}/")), key=len, default="")
    return [
        {
            "label": item.label,
            "url": url,
            "icon": item.icon,
            "count": item.count(who) if item.count else None,
            "active": url == here,
        }
        for item, url in zip(places, urls, strict=True)
    ]


def day(value: date | None) -> str:
    """A date: 2026年3月2日, or 2 March 2026."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        value = clock.local(value).date()
    if locale() == "en":
        return str(format_date(value, "d MMMM y"))
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime | None) -> str:
    """A date and the time at the court."""
    return "—" if value is None else f"{day(value)} {clocktime(value)}"


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
    path = Path(str(current_app.static_folder)) / name
    stamp = f"{int(path.stat().st_mtime):x}" if path.exists() else "0"
    return url_for("static", filename=name, v=stamp)


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
