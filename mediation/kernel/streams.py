"""Files that are written while they are sent: never whole in memory, and unreadable when they were cut off."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from xml.sax.saxutils import escape

from mediation.kernel import clock
from mediation.kernel.sheets import disarmed

# A spreadsheet program opens 1,048,576 rows of a sheet; fewer keep each part of the file under 2 GB.
ROWS_OF_A_SHEET = 250_000
PIECE = 64 * 1024
FIRST_DAY = date(1899, 12, 30).toordinal()
DAY = 24 * 60 * 60


class Pieces:
    """Something to write a file into that gives away what was written so far."""

    closed = False

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._written = self.waiting = 0

    def write(self, data: bytes) -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        self._written += len(piece)
        self.waiting += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """What was written is still to be fetched."""

    def taken(self) -> bytes:
        """What was written since it was last asked for."""
        pieces, self._pieces, self.waiting = self._pieces, [], 0
        return b"".join(pieces)


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Plain, day, moment, money: the numbers by which cells name them.
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="1"><font/></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/>'
    '<xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/>'
    '<xf numFmtId="4" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def spreadsheet(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """A spreadsheet of any length: texts, numbers, days and moments, a new sheet (`title` with its number) when one is full."""
    out, sheets, coming = Pieces(), 0, iter(rows)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        more = True
        while more:
            sheets += 1
            with archive.open(f"xl/worksheets/sheet{sheets}.xml", "w") as part:
                part.write(
                    f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
                    'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
                    f"{_row(head)}".encode()
                )
                more = False
                for number, row in enumerate(coming, 1):
                    part.write(_row(row).encode())
                    if out.waiting > PIECE:
                        yield out.taken()
                    if number == ROWS_OF_A_SHEET:
                        more = True
                        break
                part.write(b"</sheetData></worksheet>")
        for name, content in _frame(title, sheets):
            archive.writestr(name, content)
    yield out.taken()


def _row(values: Sequence[object]) -> str:
    return f"<row>{''.join([_cell(value) for value in values])}</row>"


def _cell(value: object) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, datetime):
        here = clock.local(value)
        seconds = here.hour * 3600 + here.minute * 60 + here.second
        return f'<c s="2"><v>{here.toordinal() - FIRST_DAY + seconds / DAY:.8f}</v></c>'
    if isinstance(value, date):
        return f'<c s="1"><v>{value.toordinal() - FIRST_DAY}</v></c>'
    if isinstance(value, Decimal):
        return f'<c s="3"><v>{value}</v></c>'
    if isinstance(value, int) and not isinstance(value, bool):
        return f"<c><v>{value}</v></c>"
    raise TypeError(f"no cell for {value!r}")


@lru_cache(maxsize=4096)
def _text(value: str) -> str:
    """Always text, never a formula (SECURITY 3.7)."""
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(disarmed(value))}</t></is></c>'


def _frame(title: str, sheets: int) -> Iterator[tuple[str, str]]:
    """The parts that name the sheets, written when their number is known."""
    numbers = range(1, sheets + 1)
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for n in numbers
    )
    yield (
        "[Content_Types].xml",
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{kinds}</Types>',
    )
    yield (
        "_rels/.rels",
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    )
    names = "".join(
        f'<sheet name="{escape(title % {"number": n})}" sheetId="{n}" r:id="r{n}"/>' for n in numbers
    )  # fmt: skip
    yield (
        "xl/workbook.xml",
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>',
    )
    places = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    styles = f'<Relationship Id="r0" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    yield (
        "xl/_rels/workbook.xml.rels",
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{styles}{places}</Relationships>',
    )
    yield "xl/styles.xml", _STYLES
