"""Pictures of pages as they were approved: how they are taken, how far another one may differ, and how to renew them.

.venv/bin/python -m tests.documents.pictures        after a change that is meant; then look at what git shows

Pages are drawn large and made small, so that programs that draw letters differently come to the same picture. What is
left between two such programs is a shade; a line that stands half a millimetre elsewhere is black where it was white.
"""

import datetime as dt
import io
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pypdf
from PIL import Image, ImageChops

from mediation.documents import composing, engine, gallery
from mediation.documents.composing import BEIJING, Sheet

FOLDER = Path(__file__).parent / "approved"
# Of each the first page, and the last, on which it is signed.
KINDS = ("agreement", "ruling_valid", "civil_mediation_document", "mediation_record")
DRAWN, SMALL = 240, 6
MM = 25.4 / (DRAWN / SMALL)
GREYS = 16
# A point is a shade off up to here; so many points may be further off, and none by more than this.
SHADE, SOME, MOST = 72, 40, 100


def pdf(kind: str) -> bytes:
    """The specimen of the gallery on a sheet that is the same every day."""
    kept = json.loads((gallery.FOLDER / f"{kind}.json").read_text(encoding="utf-8"))
    code = "2345-6789-ABCD-EFGH"
    sheet = Sheet(
        court="江州市云溪区人民法院", title=kept["title"], number=kept["number"], sealed=kept["sealed"], code=code,
        created=dt.datetime(2026, 3, 2, 9, tzinfo=BEIJING), address=f"https://court.example/verify/{code}",
    )  # fmt: skip
    page = composing.compose(kind, sheet, kept["data"])
    return engine.render(page.html, created=page.created, pictures=page.pictures, facts=kept["data"])


def draw(content: bytes, page: int, *, program: str = "pdftoppm") -> Image.Image:
    """One page as it is drawn, large and grey."""
    size = ["-r", str(DRAWN), "-gray", "-png", "-f", str(page), "-l", str(page), "-singlefile"]
    # Only pdftocairo has to be told that it writes into a pipe.
    ends = ["-", "-"] if program == "pdftocairo" else ["-"]
    done = subprocess.run([program, *size, *ends], input=content, capture_output=True, check=True)
    return opened(done.stdout)


def opened(png: bytes | Path) -> Image.Image:
    with Image.open(io.BytesIO(png) if isinstance(png, bytes) else png) as picture:
        return picture.convert("L")


def small(drawn: Image.Image) -> Image.Image:
    """The picture that is kept: forty points to the inch, sixteen greys."""
    step = 255 // (GREYS - 1)
    return drawn.reduce(SMALL).point(lambda grey: (grey + step // 2) // step * step)


@dataclass(frozen=True)
class Difference:
    """Where two pictures of a page are not alike, in millimetres from the left and from the top."""

    points: int
    most: int
    box: tuple[int, int, int, int]

    def __str__(self) -> str:
        left, top, right, bottom = (round(edge * MM) for edge in self.box)
        return (
            f"{self.points} points are off by more than a shade, one by {self.most} of 255, "
            f"between {top} and {bottom} mm from the top and {left} and {right} mm from the left"
        )


def compare(now: Image.Image, approved: Image.Image) -> Difference | None:
    """None when they show the same page."""
    if now.size != approved.size:
        return Difference(now.width * now.height, 255, (0, 0, *now.size))
    apart = ImageChops.difference(now, approved)
    counted = apart.histogram()
    points, most = sum(counted[SHADE + 1 :]), max(grey for grey, number in enumerate(counted) if number)
    if points <= SOME and most <= MOST:
        return None
    box = apart.point(lambda grey: 255 if grey > SHADE else 0).getbbox()
    return Difference(points, most, box or (0, 0, *now.size))


def keep(picture: Image.Image, path: Path) -> None:
    """Write it as small as it gets."""
    picture.save(path, "PNG", optimize=True)


def last_page(content: bytes) -> int:
    """On it the document is signed."""
    return len(pypdf.PdfReader(io.BytesIO(content)).pages)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for kept in FOLDER.glob("*.png"):
        kept.unlink()
    for kind in KINDS:
        content = pdf(kind)
        for name, page in (("first", 1), ("signed", last_page(content))):
            path = FOLDER / f"{kind}-{name}.png"
            keep(small(draw(content, page)), path)
            print(f"{path.name}: page {page}, {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
