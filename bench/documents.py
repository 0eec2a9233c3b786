"""How long one document takes, and what it looks like.

.venv/bin/python bench/documents.py [OUT.pdf]      the printing specimen, three pages, timed warm
"""

import hashlib
import statistics
import sys
import time
from pathlib import Path

from mediation.documents import engine, specimen
from mediation.documents.composing import compose

ROUNDS = 20


def produce() -> bytes:
    page = compose("specimen", specimen.SHEET, specimen.DATA)
    return engine.render(page.html, created=page.created, pictures=page.pictures, facts=specimen.DATA)


def main() -> None:
    started = time.process_time()
    written = produce()
    print(f"first document  {(time.process_time() - started) * 1000:6.0f} ms of CPU")
    taken = []
    for _ in range(ROUNDS):
        started = time.process_time()
        assert produce() == written, "the same input gave other bytes"
        taken.append((time.process_time() - started) * 1000)
    print(f"warm document   {min(taken):6.0f} ms least, {statistics.median(taken):.0f} ms median of {ROUNDS}")
    print(f"size            {len(written) // 1024:6d} kB, SHA-256 {hashlib.sha256(written).hexdigest()[:16]}")
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_bytes(written)


if __name__ == "__main__":
    main()
