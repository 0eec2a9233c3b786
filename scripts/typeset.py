"""Typeset one body template with a data file, to look at it while writing it.

.venv/bin/python scripts/typeset.py NAME DATA.json OUT.pdf [--title 民事调解书] [--number （2026）…号] [--seal]
"""

import argparse
import datetime as dt
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mediation.documents import engine
from mediation.documents.composing import BEIJING, Sheet, compose


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("name")
    options.add_argument("data", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--title", default="文书样稿")
    options.add_argument("--number", default="")
    options.add_argument("--court", default="江州市云溪区人民法院")
    options.add_argument("--seal", action="store_true")
    chosen = options.parse_args()
    sheet = Sheet(
        court=chosen.court,
        title=chosen.title,
        number=chosen.number,
        created=dt.datetime(2026, 1, 1, tzinfo=BEIJING),
        sealed=chosen.seal,
    )
    page = compose(chosen.name, sheet, json.loads(chosen.data.read_text()))
    chosen.out.write_bytes(engine.render(page.html, created=page.created, pictures=page.pictures))


if __name__ == "__main__":
    main()
