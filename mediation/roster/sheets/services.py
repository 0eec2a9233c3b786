"""Reading a sheet, marking what is wrong in it, taking it over as a whole; the lists as a sheet."""

import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from mediation.accounts.models import Court
from mediation.kernel import audit
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _l
from mediation.kernel.sheets import UnreadableSheet, disarmed, read_workbook, workbook
from mediation.roster import labels
from mediation.roster import services as roster
from mediation.roster.models import Mediator, Organisation, Street
from mediation.roster.panels import services as panels
from mediation.roster.panels.models import Panel
from mediation.roster.panels.rules import Applicant
from mediation.roster.rules import RosterStatus
from mediation.roster.services import keeping
from mediation.roster.sheets.columns import COLUMNS, MISSING, Column, SheetKind, Unfit, is_heading, text_of
from mediation.roster.sheets.models import RosterImport

MOST_ROWS = 2000
WRONG = PatternFill("solid", fgColor="F8D7DA")
HEAD = PatternFill("solid", fgColor="E3E0D8")
AUTHOR = "诉调对接中心"

UNREADABLE = _l("This is no spreadsheet that can be read: save it as .xlsx, without macros, with at most 2000 rows.")
NO_ROWS = _l("The sheet has no rows below its headings.")
HEADINGS = _l("The heading of this column should be: %(word)s.")
NO_PLACE = _l("No street or community of this name is entered.")
TWICE = _l("This stands in row %(row)s already.")


@dataclass
class Outcome:
    """What came of a sheet: taken over, known already, or marked and sent back."""

    entries: int = 0
    known: bool = False
    marked: bytes | None = None
    faults: int = 0


@dataclass
class _Reading:
    """A sheet while it is read: texts as typed, entries as understood, faults by place."""

    kind: SheetKind
    texts: list[list[str]]
    entries: list[dict[str, Any]] = field(default_factory=list)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[Column, ...]:
        return COLUMNS[self.kind]

    def wrong(self, row: int, name: str, words: str) -> None:
        """The first thing wrong with a cell is what its comment says."""
        place = next(n for n, column in enumerate(self.columns) if column.name == name)
        self.faults.setdefault((row, place), words)


def take_in(actor: Actor, kind: SheetKind, content: bytes, file_name: str = "") -> Outcome:
    """Take over every row, or none: with one faulty cell the same sheet comes back, marked."""
    keeping.require_enterer(actor, "import_roster")
    digest = hashlib.sha256(content).hexdigest()
    with transaction():
        # Two people importing at once wait for each other; the same file is one import.
        db.session.execute(sa.select(Court.id).where(Court.id == actor.court_id).with_for_update(key_share=True))
        known = sa.select(RosterImport).where(
            RosterImport.court_id == actor.court_id, RosterImport.kind == kind, RosterImport.digest == digest
        )
        before = db.session.scalar(known)
        if before is not None:
            return Outcome(before.entries, known=True)
        reading = _read(actor, kind, content)
        if reading.faults:
            return Outcome(marked=_marked(reading), faults=len(reading.faults))
        for entry in reading.entries:
            _enter(actor, kind, entry)
        made = RosterImport(
            court_id=actor.court_id,
            kind=kind,
            digest=digest,
            file_name=file_name[:200],
            entries=len(reading.entries),
            made_by_id=actor.id,
        )
        audit.record(actor, "take_in", made, kind=kind, digest=digest, entries=made.entries)
    return Outcome(len(reading.entries))


def imports(actor: Actor) -> Sequence[RosterImport]:
    """What has been taken over, the latest first."""
    rows = sa.select(RosterImport).where(RosterImport.court_id == actor.court_id)
    return db.session.scalars(rows.order_by(RosterImport.id.desc()).limit(20)).all()


# ---- reading ------------------------------------------------------------------------------------------------------


def _read(actor: Actor, kind: SheetKind, content: bytes) -> _Reading:
    try:
        rows = read_workbook(content, most_rows=MOST_ROWS + 1)
    except UnreadableSheet as wrong:
        raise DomainError(UNREADABLE, field="file") from wrong
    width = len(COLUMNS[kind])
    texts = [[text_of(value) for value in [*row, *([None] * width)][:width]] for row in rows]
    while texts and not any(texts[-1]):
        texts.pop()
    if len(texts) < 2:  # noqa: PLR2004 a heading and one row
        raise DomainError(NO_ROWS, field="file")
    reading = _Reading(kind, texts)
    for place, column in enumerate(reading.columns):
        # A sheet made before a column was added ends earlier.
        absent = not column.required and not any(row[place] for row in texts)
        if not absent and not is_heading(column, texts[0][place]):
            reading.faults[0, place] = str(HEADINGS) % {"word": column.label}
    if not reading.faults:
        for number, row in enumerate(texts[1:], 1):
            if any(row):
                reading.entries.append(_cells(reading, number, row))
        (_check_bodies if kind is SheetKind.BODIES else _check_mediators)(actor, reading)
    return reading


def _cells(reading: _Reading, number: int, row: list[str]) -> dict[str, Any]:
    entry: dict[str, Any] = {"row": number}
    for place, column in enumerate(reading.columns):
        text = row[place]
        if column.required and not text:
            reading.faults[number, place] = str(MISSING)
            continue
        try:
            entry[column.name] = column.read(text)
        except Unfit as wrong:
            reading.faults[number, place] = str(wrong)
    return entry


def _check_bodies(actor: Actor, reading: _Reading) -> None:
    places, known = _places(actor), dict[str, str]()
    _once(reading, "name", {one.name for one in roster.organisations(actor)}, str(labels.NAME_TAKEN))
    for entry in reading.entries:
        _find_place(reading, entry, places)
        _find_causes(reading, entry, "accepted_causes", known)
        try:
            if {"name", "kind", "fee_mode", "tariff", "agreement_on", "agreement_until"} <= entry.keys():
                keeping.check_organisation(actor.court_id, entry)
        except DomainError as refused:
            reading.wrong(entry["row"], refused.field, str(refused.message))


def _check_mediators(actor: Actor, reading: _Reading) -> None:
    places, bodies = _places(actor), {one.name: one for one in roster.organisations(actor)}
    special = panels.by_name(actor.court_id)
    numbers = sa.select(Mediator.certificate_no).where(Mediator.court_id == actor.court_id)
    _once(reading, "certificate_no", set(db.session.scalars(numbers)), str(labels.NUMBER_TAKEN))
    known: dict[str, str] = {}
    for entry in reading.entries:
        _find_place(reading, entry, places)
        if entry.get("body"):
            if entry["body"] not in bodies:
                reading.wrong(entry["row"], "body", str(labels.NO_SUCH_BODY))
            else:
                entry["organisation"] = bodies[entry["body"]]
        _find_causes(reading, entry, "strengths", known)
        _check_borrowed(reading, entry)
        _find_panels(reading, entry, special)


def _find_causes(reading: _Reading, entry: dict[str, Any], name: str, known: dict[str, str]) -> None:
    """The codes of the causes named in a cell, each looked up once."""
    codes = {told: known.setdefault(told, roster.cause_code(told)) for told in entry.get(name, ())}
    unknown = [told for told, code in codes.items() if not code]
    if unknown:
        reading.wrong(entry["row"], name, f"{labels.UNKNOWN_CAUSE} {'、'.join(unknown)}")
    entry[name] = list(codes.values())


def _check_borrowed(reading: _Reading, entry: dict[str, Any]) -> None:
    try:
        keeping.check_borrowed(entry)
    except DomainError as refused:
        reading.wrong(entry["row"], refused.field, str(refused.message))


def _find_panels(reading: _Reading, entry: dict[str, Any], special: Mapping[str, Panel]) -> None:
    """Who comes onto the list has attended nothing here yet: a panel that asks for hours is entered later (S4 art. 9)."""
    entry["special"] = [special[name] for name in entry.get("panels", ()) if name in special]
    if len(entry["special"]) < len(entry.get("panels", ())):
        reading.wrong(entry["row"], "panels", str(labels.NO_SUCH_PANEL))
    person = Applicant(RosterStatus.CANDIDATE, 0, tuple(entry["strengths"]))
    try:
        for panel in entry["special"]:
            panels.check(panel, person)
    except DomainError as refused:
        reading.wrong(entry["row"], "panels", f"{refused.message} {refused.remedy}")


def _once(reading: _Reading, name: str, taken: set[str], words: str) -> None:
    """What stands once on the list stands once in the sheet, and not on the list already."""
    seen: dict[str, int] = {}
    for entry in reading.entries:
        value = entry.get(name, "")
        if value in taken:
            reading.wrong(entry["row"], name, words)
        elif value in seen:
            reading.wrong(entry["row"], name, str(TWICE) % {"row": seen[value] + 1})
        if value:
            seen.setdefault(value, entry["row"])


def _places(actor: Actor) -> dict[str, Street]:
    return {one.name: one for one in roster.streets(actor)}


def _find_place(reading: _Reading, entry: dict[str, Any], places: Mapping[str, Street]) -> None:
    if entry.get("place") and entry["place"] not in places:
        reading.wrong(entry["row"], "place", str(NO_PLACE))
    else:
        entry["street"] = places.get(entry.get("place", ""))


def _enter(actor: Actor, kind: SheetKind, entry: dict[str, Any]) -> None:
    """As a candidate: who stands on the list is decided by the president."""
    told = {name: value for name, value in entry.items() if name not in {"row", "place", "body", "panels", "special"}}
    if kind is SheetKind.BODIES:
        place = told.pop("street")
        roster.create_organisation(actor, **told, street_id=place.id if place else None, status=RosterStatus.CANDIDATE)
    else:
        mediator = roster.create_mediator(actor, **told, candidate=True)
        for panel in dict.fromkeys(entry["special"]):
            panels.enter(actor, panel, mediator)


# ---- writing ------------------------------------------------------------------------------------------------------


def _marked(reading: _Reading) -> bytes:
    """The sheet as it came, each faulty cell coloured and explained in a comment."""
    book = Workbook()
    sheet = book.active
    sheet.title = reading.kind.value
    for number, row in enumerate(reading.texts):
        for place, text in enumerate(row):
            cell = sheet.cell(number + 1, place + 1)
            # A string, whatever it begins with: no program takes it for a formula.
            cell.value = disarmed(text)
            cell.data_type = "s"
            if number == 0:
                cell.font, cell.fill = Font(bold=True), HEAD
            words = reading.faults.get((number, place))
            if words:
                cell.fill = WRONG
                cell.comment = Comment(words, AUTHOR, width=320, height=120)
    _widths(sheet, len(reading.columns))
    return _bytes(book)


def template(kind: SheetKind) -> bytes:
    """An empty sheet with its headings; what must be filled has a star, and each heading shows an example."""
    book = Workbook()
    sheet = book.active
    sheet.title = kind.value
    for place, column in enumerate(COLUMNS[kind], 1):
        cell = sheet.cell(1, place, f"{column.label}{'*' if column.required else ''}")
        cell.font, cell.fill, cell.alignment = Font(bold=True), HEAD, Alignment(wrap_text=True)
        if column.example:
            cell.comment = Comment(column.example, AUTHOR, width=240, height=60)
        for row in range(2, 202):
            # Text, so that numbers of identity and telephone keep every digit.
            sheet.cell(row, place).number_format = "@"
    _widths(sheet, len(COLUMNS[kind]))
    sheet.freeze_panes = "A2"
    return _bytes(book)


def export(actor: Actor, kind: SheetKind) -> bytes:
    """The list as it stands: the columns of the import, then the state. Identity numbers are not kept and stay empty."""
    keeping.require_enterer(actor, "export_roster")
    places = {one.id: one.name for one in roster.streets(actor)}
    head = [str(column.label) for column in COLUMNS[kind]]
    if kind is SheetKind.BODIES:
        bodies = roster.organisations(actor)
        named = roster.cause_names({code for one in bodies for code in one.accepted_causes})
        rows: Iterable[list[object]] = [_body(one, places, named) for one in bodies]
    else:
        people = roster.everybody(actor)
        causes = roster.cause_names({s.cause_code for m in people for s in m.strengths})
        special = panels.places(actor.court_id)
        rows = [_mediator(one, places, causes, special.get(one.id, ())) for one in people]
    return workbook(kind.value, [*head, str(labels.STATUS_HEADING)], rows)


def _body(one: Organisation, places: Mapping[int, str], causes: Mapping[str, str]) -> list[object]:
    accepts = "、".join(causes.get(code, code) for code in one.accepted_causes)
    return [
        one.name, labels.ORGANISATION_KIND[one.kind], one.credit_code, places.get(one.street_id or 0, ""), one.address,
        one.phone, one.scope, labels.FEE_MODE[one.fee_mode], one.tariff, one.agreement_on or "",
        one.agreement_until or "", one.listed_by, one.consented_on or "", accepts, labels.ROSTER_STATUS[one.status],
    ]  # fmt: skip


def _mediator(
    one: Mediator, places: Mapping[int, str], causes: Mapping[str, str], special: Sequence[Panel]
) -> list[object]:
    strengths = "、".join(causes.get(s.cause_code, s.cause_code) for s in one.strengths)
    languages = "、".join(str(labels.LANGUAGE[language]) for language in one.languages)
    return [
        one.name, labels.CATEGORY[one.category], one.organisation.name if one.organisation else "",
        places.get(one.street_id or 0, ""), "", one.profession, one.employer, one.firm, one.phone, one.address,
        strengths, languages, one.certificate_no, one.certificate_expires_on, one.max_open, one.introduction,
        one.listed_by, one.consented_on or "", "、".join(panel.name for panel in special),
        labels.ROSTER_STATUS[one.status],
    ]  # fmt: skip


def _widths(sheet: Any, columns: int) -> None:
    for place in range(1, columns + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 22


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
