"""How long a mediation agreement takes to typeset, with its worker warm.

.venv/bin/python -m bench.documents [OUT.pdf]
"""

import hashlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from mediation.documents import engine
from mediation.documents.composing import Sheet, compose
from mediation.documents.models import Document
from mediation.kernel.db import Base, db
from tests import builders, world
from tests.conftest import make_app

ROUNDS = 20


def agreement(url: str) -> Callable[[], bytes]:
    """The agreement of the story, to be typeset as often as one likes."""
    app = make_app(url)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        world.prepare()
        clerk, mediator = (builders.someone(login).as_actor() for login in ("clerk_li", "mediator_wang"))
        builders.signed_agreement(clerk, mediator)
        kept = db.session.scalars(sa.select(Document).where(Document.kind == "agreement")).first()
        assert kept is not None
        sheet = Sheet(
            court=kept.court_name, title=kept.title, number=kept.number, created=kept.requested_at.replace(microsecond=0),
            code=kept.code, address=f"https://example.org/verify/{kept.code}", sealed=kept.sealed,
        )  # fmt: skip
        kind, data = kept.kind, kept.data

    def produce() -> bytes:
        page = compose(kind, sheet, data)
        return engine.render(page.html, created=page.created, pictures=page.pictures, facts=data)

    return produce


def main(out: str = "") -> None:
    print("\nA mediation agreement as PDF/A-3a")
    with tempfile.TemporaryDirectory() as folder:
        produce = agreement(f"sqlite:///{Path(folder) / 'bench.sqlite'}")
    started = time.process_time()
    written = produce()
    print(f"first           {(time.process_time() - started) * 1000:6.0f} ms of CPU")
    taken = []
    for _ in range(ROUNDS):
        started = time.process_time()
        assert produce() == written, "the same input gave other bytes"
        taken.append((time.process_time() - started) * 1000)
    print(f"warm            {statistics.median(taken):6.0f} ms of CPU, median of {ROUNDS}; least {min(taken):.0f} ms")
    print(f"size            {len(written) // 1024:6d} kB, SHA-256 {hashlib.sha256(written).hexdigest()[:16]}")
    if out:
        Path(out).write_bytes(written)


if __name__ == "__main__":
    main(*sys.argv[1:2])
