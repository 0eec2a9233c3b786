"""Typst beside the product's typesetter: the same words, the same fonts and measures, archival format, tags and attached facts."""

import datetime as dt
import html
import json
import re
from collections.abc import Callable

import typst

from mediation.documents import composing, engine
from mediation.documents.composing import Composed

# Ends of paragraphs, rows and headings.
ENDS, TAG = re.compile(r"</(?:p|tr|h[1-6]|caption)>|<br>|\n"), re.compile(r"<[^>]*>")

# The court's page in Typst's own language: A4, 156 x 225 mm, 22 lines of 28 characters, page number outside (DOMAIN 5.5).
SHEET = """
#set document(title: {title}, date: datetime(year: 2026, month: 3, day: 2))
#set page(paper: "a4", margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm), footer: context {{
  let number = counter(page).get().first()
  align(if calc.odd(number) {{ right }} else {{ left }}, text(14pt)[#number])
}})
#set text(font: ("CourtLatin", "CourtFang", "CourtRare"), size: 16pt, lang: "zh", region: "cn", tracking: -0.2pt)
#set par(justify: true, leading: 13pt, spacing: 13pt, first-line-indent: (amount: 2em, all: true))
#pdf.attach("facts.json", bytes({facts}), relationship: "data", mime-type: "application/json", description: "facts")
"""


def source(page: Composed, data: dict[str, object]) -> Callable[[int], bytes]:
    """The words of a composed page as a Typst document, paragraph by paragraph.

    Typst keeps every paragraph it has set: with a number behind each, no round finds what an earlier one has done.
    """
    body = page.html.partition("<body")[2].partition(">")[2]
    parts = (html.unescape(re.sub(r"\s+", " ", TAG.sub("", part))).strip() for part in ENDS.split(body))
    words = [part for part in parts if part]
    head = SHEET.format(title=_quoted(words[0]), facts=_quoted(json.dumps(data, ensure_ascii=False, sort_keys=True)))

    def numbered(number: int) -> bytes:
        lines = [f"#align(center, text(22pt, {_quoted(word)}))" for word in words[:2]]
        lines += [f"#par(text({_quoted(f'{word}{number}')}))" for word in words[2:]]
        return (head + "\n".join(lines)).encode()

    return numbered


def _quoted(text: str) -> str:
    """Written as Typst writes a string, which is how JSON does."""
    return json.dumps(text, ensure_ascii=False)


def printer() -> Callable[[bytes], bytes]:
    """A compiler that stays open, with the court's fonts and no others."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(engine.fontset.FOLDER)]
    )

    def printed(text: bytes) -> bytes:
        compiler = typst.Compiler(input=text, font_paths=fonts, ignore_system_fonts=True)
        made: bytes = compiler.compile(
            format="pdf", pdf_standards=["a-3a"], timestamp=dt.datetime(2026, 3, 2, tzinfo=composing.BEIJING)
        )
        return made

    return printed
