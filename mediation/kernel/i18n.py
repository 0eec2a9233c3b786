"""Words for people. The only importer of flask_babel beside the application factory."""

from pathlib import Path
from typing import Any

import flask_babel
from flask_babel import LazyString, force_locale
from flask_babel import get_locale as _get_locale

CATALOGUES = Path(__file__).resolve().parent.parent / "translations"
CHINESE = "zh_Hans_CN"
ENGLISH = "en"

Words = str | LazyString


def _(message: str, **values: Any) -> str:
    """Translate now, for the present reader."""
    text: str = flask_babel.gettext(message, **values)
    return text


def _n(singular: str, plural: str, num: int, **values: Any) -> str:
    """Translate a counted phrase."""
    text: str = flask_babel.ngettext(singular, plural, num, **values)
    return text


def _l(message: str, **values: Any) -> Any:
    """Translate when shown: for module-level tables of words."""
    return flask_babel.lazy_gettext(message, **values)


def _p(context: str, message: str, **values: Any) -> str:
    """Translate a word that has several meanings: the context says which."""
    text: str = flask_babel.pgettext(context, message, **values)
    return text


def _lp(context: str, message: str, **values: Any) -> Any:
    """The same, when shown."""
    return flask_babel.lazy_pgettext(context, message, **values)


def locale() -> str:
    """`zh` or `en`: the language of the present reader."""
    found = _get_locale()
    return "en" if found is not None and found.language == "en" else "zh"


def domains() -> list[str]:
    """The catalogues that exist, one per capability."""
    return sorted(path.stem for path in (CATALOGUES / CHINESE / "LC_MESSAGES").glob("*.po"))


__all__ = [
    "CATALOGUES",
    "CHINESE",
    "ENGLISH",
    "Words",
    "_",
    "_l",
    "_lp",
    "_n",
    "_p",
    "domains",
    "force_locale",
    "locale",
]
