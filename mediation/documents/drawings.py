"""How drawings get onto a page: the strokes of one that was drawn before are taken as they were.

The seal of a court is the same on every paper; working its outlines out again takes a fifth of the whole time.
"""

from collections import OrderedDict
from typing import Any, NamedTuple

from weasyprint.images import SVGImage

# Seals of all courts of an installation, and the last signatures; whatever was not used for long is drawn anew.
MOST = 64


class _Drawn(NamedTuple):
    """The strokes, and the states of the page that they name."""

    strokes: tuple[Any, ...]
    states: dict[str, Any]


_known: OrderedDict[tuple[Any, ...], _Drawn] = OrderedDict()
_draw = SVGImage.draw


def _kinds(stream: Any) -> dict[str, int]:
    """How many resources of each kind the page has, besides states of transparency."""
    return {name: len(kept) for name, kept in stream._resources.items() if name != "ExtGState"}  # noqa: SLF001  no public name


def _at_hand(stream: Any) -> tuple[Any, ...]:
    """The colours and transparency in force, which a drawing does not name again."""
    names = ("_current_color", "_current_color_stroke", "_current_alpha", "_current_alpha_stroke")
    return tuple(getattr(stream, name, None) for name in names)


def _repeat(image: Any, stream: Any, width: float, height: float, style: Any) -> None:
    address = image._base_url  # noqa: SLF001  its data: address is the drawing itself
    key = (address, width, height, _at_hand(stream))
    states = stream._resources["ExtGState"]  # noqa: SLF001
    if (drawn := _known.get(key)) is not None:
        _known.move_to_end(key)
        stream.stream.extend(drawn.strokes)
        for name, state in drawn.states.items():
            states.setdefault(name, state)
        return
    length, kinds = len(stream.stream), _kinds(stream)
    _draw(image, stream, width, height, style)
    strokes = tuple(stream.stream[length:])
    named = {name: state for name, state in states.items() if f"/{name} gs".encode() in strokes}
    # A drawing with gradients, pictures or text of its own belongs to its page alone, and so does a state of its own.
    lasting = all(name[:1] in {"A", "a"} for name in named)
    if str(address).startswith("data:") and _kinds(stream) == kinds and lasting:
        _known[key] = _Drawn(strokes, named)
        if len(_known) > MOST:
            _known.popitem(last=False)


def install() -> None:
    """Put this in WeasyPrint's place; doing so twice changes nothing."""
    SVGImage.draw = _repeat
