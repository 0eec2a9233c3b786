"""The court's own font folder, shown to the typesetter in place of the system's fonts.

With the system's fonts in reach a character missing from the court fonts would silently be drawn in whatever font has
it; with this folder alone such a character is noticed and the document refused.
"""

import contextlib
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("MEDIATION_FONTS") or ROOT / ".local" / "fonts").resolve()
FAMILIES = ("CourtLatin", "CourtFang", "CourtRare", "CourtTitle", "CourtHei", "CourtSong")

# What turns the order of writing round, shows nothing, or is no character: on paper it could say what nobody reads.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)

SETTINGS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
 <dir>{folder}</dir>
 <cachedir>{cache}</cachedir>
 <config><rescan><int>0</int></rescan></config>
</fontconfig>
"""


class MissingGlyph(ValueError):
    """The court fonts cannot write some character of the document, so that the document is refused."""

    def __init__(self, characters: Collection[str]) -> None:
        self.characters = tuple(sorted(characters))
        super().__init__(f"no court font holds {self.named}")

    @property
    def named(self) -> str:
        """Each with its code point, since some of them nobody sees; broken halves of a character by that alone."""
        return "、".join(
            f"{character if character.isprintable() else ''}（U+{ord(character):04X}）" for character in self.characters
        )

    def __reduce__(self) -> tuple[Any, ...]:
        # It comes back whole from the worker that typesets.
        return type(self), (self.characters,)


def missing() -> list[str]:
    """Court fonts that are not in the folder."""
    return [family for family in FAMILIES if not (FOLDER / f"{family}.ttf").is_file()]


def foreign() -> list[str]:
    """Fonts with PostScript outlines in the folder: some readers print wrong characters from them."""
    return sorted(path.name for path in FOLDER.glob("*.otf"))


def _settings() -> Path:
    """Write fontconfig's settings beside the fonts, unless they are there already."""
    path = FOLDER / "fonts.conf"
    wanted = SETTINGS.format(folder=escape(str(FOLDER)), cache=escape(str(FOLDER / "cache")))
    if not path.is_file() or path.read_text() != wanted:
        FOLDER.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text(wanted)
        fresh.replace(path)
    return path


@contextlib.contextmanager
def private() -> Iterator[None]:
    """Let fontconfig, while it is being loaded inside this block, see the court fonts only.

    The variable is put back afterwards, so that programs started from this process keep the system's fonts.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(_settings())
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before
