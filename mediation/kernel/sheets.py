"""Lists that leave the house as files: text only, never a formula (SECURITY 3.7)."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
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


def comma_separated(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file with the mark by which spreadsheet programs know UTF-8."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in (head, *rows):
        writer.writerow([disarmed(value) for value in row])
    return out.getvalue().encode("utf-8-sig")
