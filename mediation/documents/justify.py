"""Even right edges for Chinese text.

WeasyPrint stretches blanks only, and Chinese has none: its lines stay ragged. Here the characters of a justified line
are spread by equal parts instead. This replaces two private functions of WeasyPrint 70, so its version is pinned and a
test measures the line ends.
"""

import re
from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
from weasyprint.layout import inline
from weasyprint.text.ffi import TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, create_layout

CHINESE = re.compile(
    "[\u2010-\u2027\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]+"
)
# A line that would need wider gaps is left ragged: it ends before an unbreakable number.
WIDEST_GAP = 0.12

_set_text = Layout.set_text
_justify_blanks = inline.justify_line


def _count(text: str) -> int:
    return sum(len(run[0]) for run in CHINESE.finditer(text))


def set_text(layout: Any, text: str, justify: bool = False) -> None:
    """Set the text as WeasyPrint does, then widen the Chinese runs by the line's share."""
    _set_text(layout, text, justify)
    share = getattr(layout, "chinese_spacing", 0)
    if not (justify and share and layout.text):
        return
    spacing = layout.style["letter_spacing"]
    spacing = share + (0 if spacing == "normal" else spacing)
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for run in CHINESE.finditer(layout.text):
        attribute = pango.pango_attr_letter_spacing_new(int(spacing * TO_UNITS))
        attribute.start_index = len(layout.text[: run.start()].encode())
        attribute.end_index = attribute.start_index + len(run[0].encode())
        pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)


def _texts(box: Any) -> Iterator[str]:
    if isinstance(box, TextBox):
        yield box.text
    elif isinstance(box, LineBox | InlineBox):
        for child in box.children:
            yield from _texts(child)


def _spread_text(context: Any, box: Any, share: float, shift: float) -> float:
    box.position_x += shift
    count = _count(box.text)
    if count:
        layout = create_layout(box.text, box.style, context, None, 0)
        layout.chinese_spacing = share
        layout.deactivate()
        box.pango_layout = layout
        box.width += count * share
    return shift + count * share


def _spread(context: Any, box: Any, share: float, shift: float) -> float:
    """Move the box by what was added before it, spread its own characters, and return what follows must move."""
    if isinstance(box, TextBox):
        return _spread_text(context, box, share, shift)
    if isinstance(box, LineBox | InlineBox):
        if not isinstance(box, LineBox):
            box.position_x += shift
        before = shift
        for child in box.children:
            if child.is_in_normal_flow():
                shift = _spread(context, child, share, shift)
        box.width += shift - before
    else:
        box.translate(shift, 0)
    return shift


def justify_line(context: Any, line: Any, extra: float) -> None:
    """Give every Chinese character of the line its share of the free width."""
    text = "".join(_texts(line)).rstrip()
    count = _count(text)
    if count <= 1:
        _justify_blanks(context, line, extra)
        return
    # Pango puts half of the spacing on either side of a run, so that both ends of a line need half less.
    starts, ends = bool(CHINESE.match(text)), bool(CHINESE.match(text[-1]))
    share = extra / (count - 0.5 * starts - 0.5 * ends)
    if share <= WIDEST_GAP * line.style["font_size"]:
        _spread(context, line, share, -share / 2 if starts else 0)


def install() -> None:
    """Put both functions in WeasyPrint's place; doing so twice changes nothing."""
    Layout.set_text = set_text
    inline.justify_line = justify_line
