"""The two files: a spreadsheet in words, and Parquet in codes that explains itself."""

import enum
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from mediation.exports.facts import Facts
from mediation.exports.rules import COLUMNS, Kind
from mediation.kernel.streams import Pieces, spreadsheet

PARQUET = "application/vnd.apache.parquet"
# Rows of one group in a Parquet file: what is in memory at once.
GROUP = 20_000
_TYPES: dict[Kind, Any] = {
    Kind.TEXT: pa.string(), Kind.CODE: pa.dictionary(pa.int32(), pa.string()), Kind.NUMBER: pa.int32(),
    Kind.MONEY: pa.decimal128(18, 2), Kind.DAY: pa.date32(), Kind.MOMENT: pa.timestamp("s", tz="Asia/Shanghai"),
    Kind.TRUTH: pa.bool_(),
}  # fmt: skip


@dataclass(frozen=True)
class Words:
    """What the files say, in the reader's language: put together before the first byte is sent."""

    sheet: str
    head: Mapping[str, str]
    codes: Mapping[str, Mapping[Any, str]]
    yes: str
    no: str
    # Which court, when, how many: kept in the Parquet file.
    about: Mapping[str, str]


def as_spreadsheet(parts: Iterable[Sequence[Facts]], words: Words) -> Iterator[bytes]:
    """One line for each dispute, in words."""
    told = [_teller(column.name, column.kind, words) for column in COLUMNS]
    rows = (
        [value if tell is None else tell(value) for tell, value in zip(told, facts, strict=True)]
        for part in parts
        for facts in part
    )
    return spreadsheet(words.sheet, [words.head[column.name] for column in COLUMNS], rows)


def _teller(name: str, kind: Kind, words: Words) -> Callable[[Any], Any] | None:
    if kind is Kind.CODE:
        known = words.codes[name]
        return lambda code: None if code is None else known[code]
    if kind is Kind.TRUTH:
        return lambda told: None if told is None else words.yes if told else words.no
    return None


def schema(words: Words) -> Any:
    """The columns, each with its heading and, where it holds codes, what they mean."""
    fields = []
    for column in COLUMNS:
        said = {"heading": words.head[column.name]}
        if column.kind is Kind.CODE:
            meanings = {str(code.value): word for code, word in words.codes[column.name].items()}
            said["codes"] = json.dumps(meanings, ensure_ascii=False)
        fields.append(pa.field(column.name, _TYPES[column.kind], metadata=said))
    return pa.schema(fields, metadata=dict(words.about))


def as_parquet(parts: Iterable[Sequence[Facts]], words: Words) -> Iterator[bytes]:
    """One row for each dispute, in codes; groups of rows are written as they come, the table of contents at the end."""
    out, form = Pieces(), schema(words)
    with pq.ParquetWriter(pa.PythonFile(out, mode="w"), form, compression="zstd") as file:
        held: list[Facts] = []
        for part in parts:
            held += part
            if len(held) >= GROUP:
                file.write_batch(_batch(held, form))
                held = []
                yield out.taken()
        if held:
            file.write_batch(_batch(held, form))
    yield out.taken()


def _batch(rows: Sequence[Facts], form: Any) -> Any:
    columns = zip(*rows, strict=True)
    arrays = [
        pa.array([_plain(value) for value in values], kind.type) for values, kind in zip(columns, form, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=form)


def _plain(value: Any) -> Any:
    return str(value.value) if isinstance(value, enum.Enum) else value
