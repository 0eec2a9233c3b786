"""Documents: how long typesetting, sealing and examining take, how many a batch makes, what a worker keeps in memory.

Computing time of this machine, the engine warm, with everything a document has except the electronic seal: archival
format, tags, attached facts, square code. The same text is printed by a headless Chromium and by Typst beside it, in the same run.

.venv/bin/python -m bench.documents [--batch 1000] [--renders 600]
"""

import argparse
import datetime as dt
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from playwright.sync_api import sync_playwright

from bench import typst_beside
from mediation.documents import composing, engine, gallery, sealdemo, sealkeys, services, signing, workshop
from mediation.documents.bundles import services as bundles
from mediation.documents.bundles.rules import Form
from mediation.documents.composing import BEIJING, Composed, Sheet
from mediation.documents.models import Document, DocumentFile
from mediation.documents.rules import Status
from mediation.kernel.db import Base, db
from tests import builders, world
from tests.conftest import make_app
from tests.e2e.conftest import CHROMIUM, QUIET

ROUNDS = 20
CODE = "2345-6789-ABCD-EFGH"
# What a document may cost (issue "Documents that prove themselves"), in ms of computing.
AGREEMENT, RULING, SIGNING, VERIFYING = 120, 80, 40, 25
PER_SECOND, MEGABYTES = 14, 150
LINE = "{:<34}{:>8} {:<22}{}"


def page_of(kind: str) -> tuple[Composed, dict[str, object]]:
    """A specimen of the gallery as it is issued."""
    kept = json.loads((gallery.FOLDER / f"{kind}.json").read_text(encoding="utf-8"))
    sheet = Sheet(
        court="江州市云溪区人民法院", title=kept["title"], number=kept["number"], sealed=kept["sealed"], code=CODE,
        created=dt.datetime(2026, 3, 2, 9, tzinfo=BEIJING), address=f"https://court.example/verify/{CODE}",
    )  # fmt: skip
    return composing.compose(kind, sheet, kept["data"]), kept["data"]


def produce(kind: str) -> bytes:
    """From the facts to the finished bytes."""
    page, data = page_of(kind)
    return engine.render(page.html, created=page.created, pictures=page.pictures, facts=data)


def warm(act: Callable[[], object]) -> tuple[float, float]:
    """Least and middle ms of computing, after one round that nobody counts."""
    act()
    taken = []
    for _ in range(ROUNDS):
        started = time.process_time()
        act()
        taken.append((time.process_time() - started) * 1000)
    return min(taken), statistics.median(taken)


def told(what: str, taken: tuple[float, float], most: int = 0) -> None:
    print(LINE.format(what, f"{taken[0]:.0f}", f"ms, middle {taken[1]:.0f}", f"target <= {most}" if most else ""))


def typesetting() -> None:
    """The two documents of the issue, and the same text by Chromium."""
    agreement, ruling = produce("agreement"), produce("ruling_dismissed")
    assert produce("agreement") == agreement, "the same input gave other bytes"
    told("agreement, 3 pages", warm(lambda: produce("agreement")), AGREEMENT)
    told("ruling, 2 pages", warm(lambda: produce("ruling_dismissed")), RULING)
    print(LINE.format("size of the agreement", len(agreement) // 1024, "kB", ""))
    print(LINE.format("size of the ruling", len(ruling) // 1024, "kB", ""))
    with chromium() as printed:
        told("Chromium, warm: the agreement", printed("agreement"))
        told("Chromium, warm: the ruling", printed("ruling_dismissed"))
    typst = typst_beside.printer()
    for kind, what in (("agreement", "the agreement"), ("ruling_dismissed", "the ruling")):
        text, rounds = typst_beside.source(*page_of(kind)), itertools.count(100)
        told(f"Typst, warm: {what}", warm(lambda text=text, rounds=rounds: typst(text(next(rounds)))))


def _computing(root: int) -> float:
    """Seconds of computing of a process and of all below it."""
    below, found, spent = {}, [root], 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        below.setdefault(int(fields[1]), []).append((int(path.parent.name), int(fields[11]) + int(fields[12])))
    while found:
        for child, ticks in below.get(found.pop(), ()):
            found.append(child)
            spent += ticks
    return spent / os.sysconf("SC_CLK_TCK")


@contextmanager
def chromium() -> Iterator[Callable[[str], tuple[float, float]]]:
    """A browser that stays open, with the court's own fonts and style sheet."""
    path = next(found for found in CHROMIUM if Path(found).exists())
    fonts = os.environ | {"FONTCONFIG_FILE": str(engine.fontset.FOLDER / "fonts.conf")}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET, env=fonts)
        tab = browser.new_page()
        style = f"<style>{engine.STYLE.read_text()}</style></head>"

        def printed(kind: str) -> tuple[float, float]:
            taken = []
            for number in range(6):
                started = _computing(os.getpid())
                tab.set_content(page_of(kind)[0].html.replace("</head>", style))
                assert tab.pdf(prefer_css_page_size=True).startswith(b"%PDF")
                if number:
                    taken.append((_computing(os.getpid()) - started) * 1000)
            return min(taken), statistics.median(taken)

        yield printed
        browser.close()


def sealing(folder: Path) -> None:
    """Signing under the court's seal, and examining what was signed."""
    place = sealkeys.Place(folder)
    sealdemo.make(folder / "江0102", "江州市云溪区人民法院")
    key = sealkeys.of_court(place, "江0102")
    assert key is not None
    content = produce("ruling_dismissed")
    signed = signing.sign(content, key, court="江州市云溪区人民法院")
    roots = sealkeys.roots(place)
    told("signing", warm(lambda: signing.sign(content, key, court="江州市云溪区人民法院")), SIGNING)
    told("verifying", warm(lambda: signing.examine(signed, roots)), VERIFYING)


def batch(url: str, number: int) -> None:
    """Papers of a day asked for together, typeset by two workers and archived, through the use case of the clerk."""
    app = make_app(url)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        world.prepare()
        clerk, mediator = (builders.someone(login).as_actor() for login in ("clerk_li", "mediator_wang"))
        builders.signed_agreement(clerk, mediator)
        dispute_id = db.session.scalar(sa.select(Document.dispute_id).where(Document.dispute_id.is_not(None)).limit(1))
        kinds = [("agreement", "调解协议书"), ("ruling_dismissed", "民事裁定书")]
        # One record has one latest version of a kind: each of these is about a record of its own.
        ids = []
        for place in range(number):
            kind, title = kinds[place % 2]
            made = services.request(
                clerk, kind=kind, subject=_Subject(place), dispute_id=dispute_id, title=title, data=page_of(kind)[1],
                number=f"（2026）鲁0102民特{place}号", sealed=False,
            )  # fmt: skip
            ids.append(made.id)
        app.config["DOCUMENTS"] = "pool"
        bundle = bundles.make(clerk, ids, Form.ZIP)
        bundles.go_on(clerk, bundle)  # the first part also starts the workers
        left = number - sum(row.status is Status.READY for row in bundles.rows(clerk, bundle))
        started = time.perf_counter()
        while bundles.go_on(clerk, bundle):
            db.session.expire_all()
        rate = left / (time.perf_counter() - started)
        assert all(row.status is Status.READY for row in bundles.rows(clerk, bundle))
        print(
            LINE.format(
                f"a batch of {number}", f"{rate:.1f}", "documents a second", f"target >= {PER_SECOND} on two cores"
            )
        )
        sizes = sum(db.session.scalars(sa.select(DocumentFile.size)))
        started = time.perf_counter()
        sent = sum(map(len, bundles.archive([(one, "文书", "") for one in ids])))
        print(
            LINE.format(
                "its archive", f"{time.perf_counter() - started:.1f}", "s to send", f"{sent >> 20} MB of {sizes >> 20}"
            )
        )
        workshop.close()
        db.session.remove()
        db.engine.dispose()


class _Subject:
    """Something a paper is about."""

    __tablename__ = "bench"

    def __init__(self, number: int) -> None:
        self.id = number


# Only what a worker of the product loads: not the tests, not the database.
MEMORY = """
import datetime as dt, json, sys
from mediation.documents import composing, engine
from mediation.documents.composing import Sheet
def resident():
    with open("/proc/self/statm") as told:
        return int(told.read().split()[1]) * 4 // 1024
kept = [(kind, json.load(open(f"{engine.TEMPLATES}/documents/specimens/{kind}.json"))) for kind in ("agreement", "ruling_dismissed")]
for number in range(1, int(sys.argv[1]) + 1):
    kind, told = kept[number % 2]
    sheet = Sheet(court="江州市云溪区人民法院", title=told["title"], number=str(number), sealed=told["sealed"],
        code="2345-6789-ABCD-EFGH", created=dt.datetime(2026, 3, 2, tzinfo=composing.BEIJING), address="https://court.example")
    page = composing.compose(kind, sheet, told["data"])
    engine.render(page.html, created=page.created, pictures=page.pictures, facts=told["data"])
    if number in {1, 100, int(sys.argv[1])}:
        print(number, resident(), flush=True)
"""


def memory(renders: int) -> None:
    """What a process that typesets keeps, after the first, the hundredth and the last document."""
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(renders)],
        capture_output=True,
        text=True,
        check=True,
        cwd=engine.TEMPLATES.parent,
    )
    kept = dict(map(int, line.split()) for line in done.stdout.splitlines())
    first, hundred, last = (kept.get(number, 0) for number in (1, 100, renders))
    print(
        LINE.format(
            "memory of a worker",
            last,
            f"MB after {renders}",
            f"{first} after 1, {hundred} after 100; target <= {MEGABYTES}",
        )
    )


def main(number: int = 1000, renders: int = 600) -> None:
    print("\nDocuments, warm, ms of computing: least, and middle of " + str(ROUNDS))
    typesetting()
    with tempfile.TemporaryDirectory() as folder:
        sealing(Path(folder) / "seals")
        batch(f"sqlite:///{Path(folder) / 'bench.sqlite'}", number)
    memory(renders)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--batch", type=int, default=1000)
    options.add_argument("--renders", type=int, default=600, help="a sample; 5000 for the full run")
    chosen = options.parse_args()
    main(chosen.batch, chosen.renders)
