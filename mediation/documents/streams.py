"""How the streams of a PDF are written out.

pydyf compresses every stream twice (once more for the file's identifier), and ends the data with a single line feed: if
the data happen to end in a carriage return, readers take both for the line's end and miss a byte, which PDF/A forbids.
"""

import zlib
from typing import Any

import pydyf

LEVEL = 6  # level 9 saves less than 1 % of the file and takes a tenth of the whole time


def _write(stream: pydyf.Stream) -> bytes:
    content = b"\n".join(pydyf._to_bytes(item) for item in stream.stream)  # noqa: SLF001  as pydyf's own writer does
    extra = pydyf.Dictionary(stream.extra.copy())
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        content = zlib.compress(content, LEVEL)
    extra["Length"] = len(content)
    end = b"\r\nendstream" if content.endswith(b"\r") else b"\nendstream"
    written: bytes = extra.data + b"\nstream\n" + content + end
    return written


def _data(stream: pydyf.Stream) -> bytes:
    settled: bytes | None = getattr(stream, "settled", None)
    return _write(stream) if settled is None else settled


def settle(pdf: pydyf.PDF) -> None:
    """Write every stream once, when nothing will change any more."""
    for part in pdf.objects:
        if isinstance(part, pydyf.Stream):
            part.settled = _write(part)


def install() -> None:
    """Put this writer in pydyf's place; doing so twice changes nothing."""
    replaced: Any = property(_data)
    pydyf.Stream.data = replaced
