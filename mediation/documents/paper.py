"""What is typed for paper: a character no court font holds is named where it was typed, not only when the paper is made."""

import functools
import itertools
from collections.abc import Iterator
from typing import Any, NamedTuple

from fontTools.ttLib import TTFont
from wtforms import HiddenField, PasswordField, StringField, ValidationError

from mediation.documents import fontset
from mediation.documents.fontset import HIDDEN, MissingGlyph
from mediation.kernel.i18n import _
from mediation.web.forms import BaseForm

# The fonts in which the text of a paper is set, one after the other (print.css).
TEXT = ("CourtLatin", "CourtFang", "CourtRare")
# So many are named beside a field; whoever mends these sees the next.
NAMED = 3


class Place(NamedTuple):
    """A character that cannot be written, and where it stands: line and place in it, both from one."""

    character: str
    line: int
    place: int


@functools.cache
def written() -> frozenset[int]:
    """Every character the fonts of text hold; none on a machine that lacks one of them and makes no papers."""
    paths = [fontset.FOLDER / f"{family}.ttf" for family in TEXT]
    if not all(path.is_file() for path in paths):
        return frozenset()
    found: set[int] = set()
    for path in paths:
        with TTFont(path, lazy=True) as font:
            found |= font.getBestCmap().keys()
    return frozenset(found)


def unwritable(text: str) -> Iterator[Place]:
    """Each character of a text that no paper could show, in the order of the text."""
    held = written()
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        for place, character in enumerate(line, 1):
            if held and (ord(character) not in held or HIDDEN.match(character)):
                yield Place(character, number, place)


def told(found: Place) -> str:
    """Which character it is and where it stands, for whoever typed it."""
    return _(
        "Line %(line)s, character %(place)s: no court font can write %(character)s, so that no paper could be made. "
        "Say it in words.",
        line=found.line,
        place=found.place,
        character=MissingGlyph([found.character]).named,
    )


def writable(_form: Any, field: StringField) -> None:
    """What was typed can be written; what cannot is named, the first few of it."""
    # A sum or a day has been read from its text by then.
    text = field.data if isinstance(field.data, str) else ""
    if found := list(itertools.islice(unwritable(text), NAMED)):
        raise ValidationError(" ".join(map(told, found)))


class PaperForm(BaseForm):
    """A form whose words go to paper."""

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whether every field has the right shape and can be written."""
        texts = [
            name
            for name, field in self._fields.items()
            if isinstance(field, StringField) and not isinstance(field, HiddenField | PasswordField)
        ]
        return super().validate(*args, extra_validators={name: [writable] for name in texts}, **kwargs)
