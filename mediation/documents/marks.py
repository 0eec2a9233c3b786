"""Pictures drawn by ourselves for a document: seal, verification code, a signature as it was drawn. All are data: addresses."""

import base64
import functools
import io
import math
from collections.abc import Sequence

import segno
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from mediation.documents.fontset import FOLDER, MissingGlyph

RED = "#c8102e"
LONG_NAME = 12
RING = 200  # the seal is drawn in a square of 410 units and printed 42 mm wide


def picture(svg: str) -> str:
    """A drawing as an address that holds it whole."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _star() -> str:
    """A five-pointed star around the seal's centre."""
    points = []
    for corner in range(10):
        radius, angle = (66 if corner % 2 == 0 else 25.2), corner * math.pi / 5
        points.append(f"{radius * math.sin(angle):.2f},{-radius * math.cos(angle):.2f}")
    return f'<polygon points="{" ".join(points)}" fill="{RED}"/>'


@functools.cache
def _font() -> TTFont:
    return TTFont(FOLDER / "CourtTitle.ttf", lazy=True)


def _outline(character: str) -> str:
    """The character's drawing in the title font, with its middle at the origin's x, in the font's units."""
    font = _font()
    glyph = font.getBestCmap().get(ord(character))
    if glyph is None:
        raise MissingGlyph([character])
    glyphs = font.getGlyphSet()
    pen = SVGPathPen(glyphs)
    glyphs[glyph].draw(TransformPen(pen, (1, 0, 0, -1, -glyphs[glyph].width / 2, 0)))
    return str(pen.getCommands())


@functools.cache
def _plain() -> tuple[TTFont, ...]:
    """The fonts of figures and of words in charts; whatever the first lacks stands in the next."""
    return tuple(TTFont(FOLDER / name, lazy=True) for name in ("CourtHei.ttf", "CourtFang.ttf", "CourtRare.ttf"))


@functools.lru_cache(maxsize=4096)
def _sign(character: str) -> tuple[str, float, int]:
    """The drawing of one character, its width, and the units of its font."""
    for font in _plain():
        glyph = font.getBestCmap().get(ord(character))
        if glyph is not None:
            glyphs = font.getGlyphSet()
            pen = SVGPathPen(glyphs)
            glyphs[glyph].draw(TransformPen(pen, (1, 0, 0, -1, 0, 0)))
            return str(pen.getCommands()), float(glyphs[glyph].width), int(font["head"].unitsPerEm)
    raise MissingGlyph([character])


def written(text: str, x: float, y: float, size: float, colour: str, anchor: str = "start") -> str:
    """Words in a drawing, as outlines: the same numbers stand as text in the table below it."""
    signs = [_sign(character) for character in str(text)]
    wide = sum(width * size / units for _path, width, units in signs)
    at = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    parts = []
    for path, width, units in signs:
        scale = size / units
        if path:
            parts.append(
                f'<path transform="translate({at:.1f} {y:.1f}) scale({scale:.5f})" d="{path}" fill="{colour}"/>'
            )
        at += width * scale
    return "".join(parts)


@functools.lru_cache(maxsize=64)
def seal(name: str) -> str:
    """The round red seal: a ring, a star, and the court's name along the upper arc.

    The characters are outlines, not text: each is turned by itself, and whoever copies the document's text does not
    find the seal's words between the lines.
    """
    size = 44 if len(name) <= LONG_NAME else 36
    span = min(270, 30 * (len(name) - 1))
    radius = RING - 18 - size * 0.86
    scale = size / _font()["head"].unitsPerEm
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-205 -205 410 410">',
        f'<circle r="{RING}" fill="none" stroke="{RED}" stroke-width="10"/>',
        _star(),
    ]
    for place, character in enumerate(name):
        angle = -span / 2 + (span * place / (len(name) - 1) if len(name) > 1 else 0)
        parts.append(
            f'<path transform="rotate({angle:.3f}) translate(0 {-radius:.2f}) scale({scale:.5f})" '
            f'd="{_outline(character)}" fill="{RED}"/>'
        )
    return picture("".join([*parts, "</svg>"]))


def photographed(png: bytes) -> str:
    """The court's own seal, as the administrator gave it."""
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


# Which of the eight patterns lies over the square code: any can be read. Trying all eight for the evenest takes ten times as
# long as drawing it, and the random letters of an address are even under each.
MASK = 3


def code(address: str) -> str:
    """The square code that leads to the page where the document is verified.

    As points and not as a drawing: it stands on every page, and a drawing would be gone through stroke by stroke on each.
    """
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False, mask=MASK).save(drawn, kind="png", border=2, scale=4)
    return photographed(drawn.getvalue())


# The field in which people sign, and how thick its line is.
FIELD, PEN = (1000, 400), 7


def drawn(strokes: Sequence[Sequence[Sequence[int]]]) -> str:
    """A signature as it was drawn on a screen: its strokes as lines, a single tap as a dot."""
    lines = []
    for stroke in strokes:
        points = [f"{int(point[0])} {int(point[1])}" for point in stroke]
        lines.append(f"M{points[0]}L{' '.join(points[1:] or points)}")
    width, height = FIELD
    path = "".join(lines)
    return picture(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><path d="{path}" fill="none" '
        f'stroke="#111" stroke-width="{PEN}" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
