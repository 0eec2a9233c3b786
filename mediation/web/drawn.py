"""Parts of pages that are drawn from a few facts, kept until the facts differ."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, request
from jinja2 import Environment
from markupsafe import Markup

from mediation.kernel import clock
from mediation.kernel.i18n import locale

# A line of a list or of a timeline is under 1 kB, the head of a page under 6: some 10 to 20 MB in a server process.
MOST = 8192


def init_app(app: Flask) -> None:
    app.extensions["drawn"] = _keeper(app.jinja_env)
    app.jinja_env.globals.update(drawn=drawn, drawn_each=drawn_each)


def drawn(template: str, macro: str, *facts: Hashable) -> Markup:
    """What a macro draws from these facts for a reader of the present language on the present day.

    The macro looks at nothing but its arguments; they are compared as values, so what is kept is never out of date.
    """
    keep: Callable[..., Markup] = current_app.extensions["drawn"]
    return keep(template, macro, facts, locale(), clock.today(), request.script_root)


def drawn_each(template: str, macro: str, lines: Iterable[tuple[Hashable, ...]]) -> Markup:
    """The same for many lines, one below the other."""
    keep: Callable[..., Markup] = current_app.extensions["drawn"]
    reader = locale(), clock.today(), request.script_root
    return Markup("\n").join([keep(template, macro, facts, *reader) for facts in lines])


def _keeper(environment: Environment) -> Callable[..., Markup]:
    @lru_cache(maxsize=MOST)
    def draw(template: str, macro: str, facts: tuple[Any, ...], _locale: str, _today: date, _root: str) -> Markup:
        drawing: Callable[..., Markup] = getattr(environment.get_template(template).module, macro)
        return drawing(*facts)

    return draw
