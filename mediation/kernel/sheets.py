"""Lists that leave the house as files, and such that come in: text only, never a formula (SECURITY 3.7)."""

import csv
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

# A spreadsheet program takes a cell that begins so for a formula; full-width forms count too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def disarmed(text: object) -> str:
    """The text of a cell, so that no program runs it."""
    told = "".join(c for c in str(text) if c in "\n\t" or c.isprintable() or c == "\u3000")
    return "'" + told if told.lstrip().startswith(FORMULA_STARTS) or told.startswith("\t") else told


def workbook(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A spreadsheet of one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for row in (head, *rows):
        sheet.append([_cell(sheet, value) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: object) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=disarmed(value))
    cell.data_type = "s"
    return cell


class Formula(str):
    """A formula of our own making, never of anything somebody typed."""

    __slots__ = ()


def live_workbook(pages: Iterable[tuple[str, Iterable[Sequence[object]]]]) -> bytes:
    """Several sheets whose cells may be numbers, days and our own formulas; every text is disarmed."""
    book = Workbook(write_only=True)
    for title, rows in pages:
        sheet = book.create_sheet(title[:31])
        for row in rows:
            sheet.append([_live_cell(sheet, value) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _live_cell(sheet: Any, value: object) -> WriteOnlyCell:
    if isinstance(value, Formula):
        return WriteOnlyCell(sheet, value=str(value))
    if value is None or (isinstance(value, int | date) and not isinstance(value, bool)):
        return WriteOnlyCell(sheet, value=value)
    return _cell(sheet, value)


def comma_separated(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file with the mark by which spreadsheet programs know UTF-8."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in (head, *rows):
        writer.writerow([disarmed(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


# ---- files that come in ---------------------------------------------------------------------------------------------

MOST_BYTES = 10 * 1024 * 1024
MOST_INFLATED = 50 * 1024 * 1024
MOST_MEMBERS = 200
PIECE = 64 * 1024
# A declaration of a document type can make a reader fetch or repeat without end. UTF-16 writes it with blanks between.
FORBIDDEN = tuple(
    word.encode(coding) for word in ("<!DOCTYPE", "<!ENTITY") for coding in ("ascii", "utf-16-le", "utf-16-be")
)
FORBIDDEN_MEMBERS = ("vbaproject.bin", "externallinks/")


class UnreadableSheet(ValueError):
    """The file is no spreadsheet, or one that no honest program writes."""


def read_workbook(content: bytes, *, most_rows: int, most_columns: int = 40) -> list[list[Any]]:
    """The rows of the first sheet as values, after looking into the file without trusting what it says of itself."""
    _look_into(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            rows = book.worksheets[0].iter_rows(max_row=most_rows + 1, max_col=most_columns, values_only=True)
            found = [list(row) for row in rows]
        finally:
            book.close()
    except Exception as error:
        # Whatever the reader stumbles over, the file is not one it can read.
        raise UnreadableSheet("not readable") from error
    if len(found) > most_rows:
        raise UnreadableSheet("too many rows")
    return found


def _look_into(content: bytes) -> None:
    if len(content) > MOST_BYTES or not content.startswith(b"PK\x03\x04"):
        raise UnreadableSheet("no spreadsheet")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_INFLATED:
                raise UnreadableSheet("too large inside")
            if any(word in member.filename.lower() for member in members for word in FORBIDDEN_MEMBERS):
                raise UnreadableSheet("macros or links")
            _inflate(archive, members)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableSheet(str(error)) from error


def _inflate(archive: zipfile.ZipFile, members: Iterable[zipfile.ZipInfo]) -> None:
    """Count what really comes out, and look for forbidden declarations also across the borders of the pieces."""
    total = 0
    for member in members:
        tail = b""
        with archive.open(member) as file:
            while piece := file.read(PIECE):
                total += len(piece)
                if total > MOST_INFLATED:
                    raise UnreadableSheet("too large inside")
                if any(word in tail + piece for word in FORBIDDEN):
                    raise UnreadableSheet("declares a document type")
                tail = piece[-32:]
