"""What is typed for paper: a character no court font holds is named where it was typed, not only when the paper is made."""

import functools
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from flask import flash, g, has_request_context, request
from fontTools.ttLib import TTFont
from wtforms import FieldList

from mediation.documents import fontset
from mediation.documents.fontset import HIDDEN, MissingGlyph
from mediation.kernel.i18n import _
from mediation.web.forms import BaseForm, written_fields

# The fonts in which the text of a paper is set, one after the other (print.css).
TEXT = ("CourtLatin", "CourtFang", "CourtRare")
# So many are named beside a field; whoever mends these sees the next.
NAMED = 3
# For one's own use, or younger than this Python: it may well be a rare character of a name.
UNKNOWN = frozenset({"Co", "Cn"})


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


def unnameable(found: Place) -> bool:
    """No letter of any script: such a sign stands in no name, though the court's fonts need not hold every letter."""
    return unicodedata.category(found.character)[0] not in "LM" and unicodedata.category(found.character) not in UNKNOWN


class PaperForm(BaseForm):
    """A form whose words go to paper.

    What a paper cannot show is said in other words; a name cannot be. It is taken as it is, and whoever enters it is told
    which character the court's fonts lack, for until they hold it no paper with this name can be made.
    """

    NAMES: frozenset[str] = frozenset()

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whether every field has the right shape and can be written."""
        fits = super().validate(*args, **kwargs)
        for field in written_fields(self):
            # A sum or a day has been read from its text by then.
            text = field.data if isinstance(field.data, str) else ""
            found = list(unwritable(text))
            is_name = field.short_name in self.NAMES
            if refused := [one for one in found if not is_name or unnameable(one)][:NAMED]:
                field.errors = [*field.errors, " ".join(map(told, refused))]
                fits = False
            elif found and has_request_context():
                self.rare = [*self.rare, text]
        for group in self:
            if isinstance(group, FieldList) and not fits:
                group.errors = [*group.errors, *(entry.errors for entry in group.entries if entry.errors)]
        if not fits and has_request_context() and request.method == "POST":
            g.form_refused = True
        if fits and self.rare:
            _tell_rare(self.rare)
        return fits

    rare: Sequence[str] = ()


def _tell_rare(names: Sequence[str]) -> None:
    characters = {place.character for name in names for place in unwritable(name)}
    flash(
        _(
            "Saved. No court font can write %(character)s in a name: papers with this name wait until the court's fonts "
            "hold it.",
            character=MissingGlyph(characters).named,
        )
    )
