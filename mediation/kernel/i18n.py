"""Words for people. The only importer of flask_babel beside the application factory."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import flask_babel
from flask import g
from flask_babel import LazyString, force_locale
from flask_babel import get_locale as _get_locale
from markupsafe import Markup, escape

CATALOGUES = Path(__file__).resolve().parent.parent / "translations"
CHINESE = "zh_Hans_CN"
ENGLISH = "en"

Words = str | LazyString


# What each language says, once for the process: looking it up by way of the extension costs more than the words.
_spoken: dict[str, Any] = {}


def _language() -> str:
    """The present reader's language; empty where nobody asks."""
    try:
        # Where flask_babel keeps it once it is known; `force_locale` changes it there.
        language: str = g._flask_babel.babel_locale.language  # noqa: SLF001
    except (RuntimeError, AttributeError):
        found = _get_locale()
        return found.language if found is not None else ""
    return language


def _catalogue() -> Any:
    """The words of the present reader's language."""
    language = _language()
    words = _spoken.get(language)
    if words is None:
        words = flask_babel.get_translations()
        if language:
            _spoken[language] = words
    return words


def _(message: str, **values: Any) -> str:
    """Translate now, for the present reader."""
    text: str = _catalogue().ugettext(message)
    return text % values if values else text


def _n(singular: str, plural: str, num: int, **values: Any) -> str:
    """Translate a counted phrase."""
    return counted(singular, plural, num) % {"num": num, **values}


def counted(singular: str, plural: str, num: int) -> str:
    """A counted phrase translated, its places still to be filled in: for a library that fills them itself."""
    text: str = _catalogue().ungettext(singular, plural, num)
    return text


def _l(message: str, **values: Any) -> Any:
    """Translate when shown: for module-level tables of words."""
    return LazyString(_, message, **values)


def _p(context: str, message: str, **values: Any) -> str:
    """Translate a word that has several meanings: the context says which."""
    text: str = _catalogue().upgettext(context, message)
    return text % values if values else text


def _lp(context: str, message: str, **values: Any) -> Any:
    """The same, when shown."""
    return LazyString(_p, context, message, **values)


def into_templates(environment: Any) -> None:
    """The same words for the templates."""
    environment.install_gettext_callables(
        gettext=_,
        ngettext=lambda s, p, n: _catalogue().ungettext(s, p, n),
        newstyle=True,
        pgettext=lambda c, s: _catalogue().upgettext(c, s),
        npgettext=lambda c, s, p, n: _catalogue().unpgettext(c, s, p, n),
    )
    # A page says some hundred words; what the template engine does around each costs more than finding it.
    environment.globals.update(gettext=_marked, _=_marked)


def _marked(message: str, **values: Any) -> Markup:
    """Words of a page, and what is put into them, escaped; a per cent sign is always written double."""
    text = _marked_in(_language(), message)
    return text % values if values or "%" in text else text


@lru_cache(maxsize=8192)
def _marked_in(_language: str, message: str) -> Markup:
    return escape(_catalogue().ugettext(message))


def locale() -> str:
    """`zh` or `en`: the language of the present reader."""
    return "en" if _language() == "en" else "zh"


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
    "into_templates",
    "locale",
]
