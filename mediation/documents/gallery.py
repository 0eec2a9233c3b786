"""The gallery for administrators: each document of the catalogue with invented facts, beside what it must say."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from mediation.documents import composing, letterheads, making, services, workshop
from mediation.documents.catalogue import Entry
from mediation.documents.composing import Sheet
from mediation.documents.fontset import ROOT
from mediation.documents.models import Document
from mediation.kernel import clock

FOLDER = ROOT / "templates" / "documents" / "specimens"
HEADS = {"h1": "title", "h2": "heading", "caption": "heading"}


@dataclass(frozen=True)
class Line:
    """One line of a specimen as it is shown on a screen: `title`, `heading` or plain."""

    text: str
    kind: str = ""


class _Reader(HTMLParser):
    """Takes the lines out of a composed page; the cells of a row become one line."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.parts: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "body"
        if tag in {"td", "th"} or (tag == "span" and ("class", "when") in attrs):
            self.parts.append("　")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"p", "tr"} or tag in HEADS:
            text = "".join(self.parts).strip()
            self.parts = []
            if text:
                self.lines.append(Line(text, HEADS.get(tag, "")))

    def handle_data(self, data: str) -> None:
        if self.inside and data.strip():
            self.parts.append(data.strip("\n"))


def specimen(entry: Entry, court_id: int) -> tuple[Sheet, dict[str, Any]]:
    """The sheet of a draft under the court's own name, and invented facts."""
    kept = json.loads((FOLDER / f"{entry.kind}.json").read_text(encoding="utf-8"))
    created = clock.now().astimezone(composing.BEIJING).replace(microsecond=0)
    head = letterheads.on(court_id, clock.today())
    sheet = Sheet(
        court=services.court_name(court_id),
        title=kept["title"],
        number=kept["number"],
        created=created,
        sealed=kept["sealed"],
        heading=head.heading if head else "",
        phrase=head.phrase if head else "",
        seal=head.seal if head else None,
    )
    return sheet, kept["data"]


def lines(entry: Entry, court_id: int) -> Sequence[Line]:
    """What the specimen says, line by line."""
    sheet, data = specimen(entry, court_id)
    reader = _Reader()
    reader.feed(composing.compose(entry.kind, sheet, data).html)
    return reader.lines


def reading(document: Document) -> Sequence[Line]:
    """What a document of the archive says, line by line: for a small screen, beside the file itself."""
    job = making.job_of(document)
    reader = _Reader()
    reader.feed(composing.compose(job.kind, job.sheet, job.data).html)
    return reader.lines


def typeset(entry: Entry, court_id: int) -> bytes:
    """The specimen as a page, marked as a draft that nobody issued."""
    sheet, data = specimen(entry, court_id)
    page = composing.compose(entry.kind, sheet, data)
    return workshop.typeset(page, data) if workshop.mode() == "pool" else workshop.typeset_here(page, data)
