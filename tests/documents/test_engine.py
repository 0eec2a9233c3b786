"""The typesetter's promises, read back from the PDF by other programs."""

import dataclasses
import datetime as dt
import json
import re
import subprocess
import sys

import page as pdf_validator
import pikepdf
import pytest
import zxingcpp
from PIL import Image

from mediation.documents import composing, engine, fontset, marks, specimen

CREATED = dt.datetime(2026, 3, 2, 9, 5, tzinfo=composing.BEIJING)


def blank(text: str) -> str:
    return re.sub(r"\s", "", text)


def typeset(body: str, **options) -> bytes:
    html = f'<!doctype html><html lang="zh-CN"><title>试</title><body>{body}</body></html>'
    return engine.render(html, created=CREATED, **options)


def text_of(path, *options: str) -> str:
    return subprocess.run(["pdftotext", *options, path, "-"], capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def written() -> bytes:
    page = composing.compose("specimen", specimen.SHEET, specimen.DATA)
    return engine.render(page.html, created=page.created, pictures=page.pictures, facts=specimen.DATA)


@pytest.fixture(scope="module")
def path(written, tmp_path_factory):
    found = tmp_path_factory.mktemp("documents") / "specimen.pdf"
    found.write_bytes(written)
    return found


def source_text() -> str:
    """What the specimen says, in the order in which it is read."""
    data, sheet = specimen.DATA, specimen.SHEET
    numerals = "一二三四五"
    parts = [sheet.court, sheet.title, sheet.number]
    parts += [f"{role}：{description}" for role, description in data["parties"]]
    parts += data["paragraphs"]
    parts += [f"{numerals[place]}、{clause}" for place, clause in enumerate(data["clauses"])]
    parts += [data["plan"]["caption"], *data["plan"]["head"], *(cell for row in data["plan"]["rows"] for cell in row)]
    parts += [data["conclusion"], *data["judges"][0], "二〇二六年六月十八日", *data["clerks"][0]]
    parts.append("本件与原本核对无异")
    return blank("".join(parts))


def test_the_text_reads_back_whole_and_in_order(path):
    # The page number and the verification code stand in the margin, below the type area of 37 + 225 mm.
    box = ["-x", "0", "-y", "0", "-W", "595", "-H", str(int(262 / 25.4 * 72) + 2)]
    assert blank(text_of(path, "-raw", *box)) == source_text()


@pytest.mark.parametrize("name", ["㛃", "䶮", "𬭎", "𫍯", "𬀩", "喆", "淼", "犇", "彧", "祎", "堃", "燚"])
def test_rare_names_are_written(name, tmp_path):
    target = tmp_path / "name.pdf"
    target.write_bytes(typeset(f"<p>当事人{name}到庭。</p>"))
    assert f"当事人{name}到庭。" in text_of(target)


@pytest.mark.parametrize("part", ["<h1>{}</h1>", "<h2>{}</h2>", "<table><tr><th>{}</th></tr></table>", "<p>{}</p>"])
def test_every_part_of_the_page_writes_years_and_rare_names(part, tmp_path):
    target = tmp_path / "part.pdf"
    target.write_bytes(typeset(part.format("二〇二六年吴𬭎—《协议》A1")))
    assert "二〇二六年吴𬭎—《协议》A1" in text_of(target)


def test_every_font_is_a_court_font_and_embedded(path):
    lines = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert {line.split()[0].split("+")[1] for line in lines} == set(fontset.FAMILIES)
    assert all(re.search(r"CID TrueType\s+Identity-H\s+yes yes yes", line) for line in lines)


def test_the_file_is_sound(path):
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_the_file_meets_the_archive_and_accessibility_standards(written, profile):
    report = pdf_validator.validate_pdf_bytes(written, profile=profile)
    assert report.is_compliant, [failure.message for failure in report.failures]


def test_the_file_tells_what_it_is(path):
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == "zh-CN"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.docinfo.Title) == "江州市云溪区人民法院民事调解书（2026）江0102民初3187号"
        assert str(pdf.docinfo.Author) == specimen.SHEET.court
        assert str(pdf.docinfo.CreationDate).startswith("D:20260618")
        facts = json.loads(pdf.attachments[engine.FACTS].get_file().read_bytes())
    assert facts == specimen.DATA


def test_the_same_input_gives_the_same_bytes_in_another_process(written):
    code = (
        "import hashlib; from mediation.documents import composing, engine, specimen;"
        "p = composing.compose('specimen', specimen.SHEET, specimen.DATA);"
        "b = engine.render(p.html, created=p.created, pictures=p.pictures, facts=specimen.DATA);"
        "import sys; sys.stdout.buffer.write(b)"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=fontset.ROOT)
    assert other.stdout == written


def test_another_fact_gives_another_file(written):
    page = composing.compose("specimen", specimen.SHEET, specimen.DATA)
    other = engine.render(page.html, created=page.created, pictures=page.pictures, facts={"amount": 1})
    assert other != written


@pytest.mark.parametrize("character", ["𰻝", "\U0010fffd", "😀"])
def test_a_character_no_font_holds_is_refused_by_name(character):
    with pytest.raises(engine.MissingGlyph) as refused:
        typeset(f"<p>当事人{character}到庭。</p>")
    assert refused.value.characters == (character,)
    assert f"U+{ord(character):04X}" in str(refused.value)


def test_a_character_missing_in_the_seal_is_refused_too():
    with pytest.raises(engine.MissingGlyph) as refused:
        marks.seal("𰻝县人民法院")
    assert refused.value.characters == ("𰻝",)


# --- the page: A4, 156 x 225 mm, 22 lines of 28 characters ------------------------------------------------------


def words(path, number: int) -> list[tuple[float, float, float, float, str]]:
    """Each printed word of a page with its box in points."""
    html = text_of(path, "-bbox", "-f", str(number), "-l", str(number))
    found = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', html)
    return [(*map(float, place), text) for *place, text in found]


def test_a_full_page_has_22_lines_of_28_characters(tmp_path):
    target = tmp_path / "grid.pdf"
    target.write_bytes(typeset("<p style='text-indent:0'>" + "法" * 28 * 22 * 2 + "</p>"))
    pages = text_of(target).split("\f")
    for page in pages[:2]:
        lines = re.findall("法+", page)
        assert [len(line) for line in lines] == [28] * 22
    assert not blank(pages[2])


def test_the_type_area_is_156_by_225_mm(tmp_path):
    target = tmp_path / "area.pdf"
    target.write_bytes(typeset("<p style='text-indent:0'>" + "法" * 28 * 22 + "</p>"))
    with pikepdf.open(target) as pdf:
        box = [float(edge) for edge in pdf.pages[0].MediaBox]
    assert (round(box[2] / 72 * 25.4), round(box[3] / 72 * 25.4)) == (210, 297)
    body = [word for word in words(target, 1) if "法" in word[4]]
    left, right = min(word[0] for word in body), max(word[2] for word in body)
    assert left / 72 * 25.4 == pytest.approx(28, abs=0.3)
    assert (right - left) / 72 * 25.4 == pytest.approx(156, abs=0.3)


def test_lines_end_evenly(path):
    full = [word for word in words(path, 2) if word[2] - word[0] > 200]
    edge = (210 - 26) / 25.4 * 72
    ends = [word[2] for word in full if word[2] > edge - 20]
    assert len(ends) >= 8
    # A full-width mark at the line's end keeps its own white: half of such a character is allowed.
    assert sum(abs(end - edge) < 1 for end in ends) >= 0.8 * len(ends)


def test_page_numbers_stand_at_the_outer_edge(path):
    with pikepdf.open(path) as pdf:
        count = len(pdf.pages)
    assert count == 3
    for number in range(1, count + 1):
        footer = [word for word in words(path, number) if word[1] > 262 / 25.4 * 72 and word[4] == str(number)]
        assert len(footer) == 1
        assert (footer[0][0] > 300) == (number % 2 == 1)


def middle(word) -> float:
    return (word[1] + word[3]) / 2


@pytest.mark.parametrize("filler", range(24))
def test_the_close_never_stands_alone_on_a_page(filler, tmp_path):
    data = {**specimen.DATA, "parties": [], "paragraphs": ["本院查明。"] * filler, "clauses": []}
    page = composing.compose("specimen", specimen.SHEET, data)
    target = tmp_path / "close.pdf"
    target.write_bytes(engine.render(page.html, created=page.created, pictures=page.pictures))
    last = next(text for text in reversed(text_of(target).split("\f")) if text.strip())
    assert all(part in blank(last) for part in ["审判员", "二〇二六年六月十八日", "书记员", "本院予以确认"])


def red_rows(path, number: int, tmp_path) -> tuple[float, float]:
    """Upper and lower edge of the seal on a page, in points."""
    subprocess.run(
        ["pdftoppm", "-r", "72", "-f", str(number), "-l", str(number), "-png", path, tmp_path / "p"], check=True
    )
    with Image.open(next(tmp_path.glob("p*.png"))) as image:
        rows = [
            y
            for y in range(image.height)
            if any(
                r > 150 and g < 110 and b < 110 for r, g, b in (image.getpixel((x, y))[:3] for x in range(image.width))
            )
        ]
    return min(rows), max(rows)


def test_the_seal_lies_on_the_date_and_on_no_name(path, tmp_path):
    top, bottom = red_rows(path, 3, tmp_path)
    on_page = words(path, 3)
    judge = next(word for word in on_page if "欧阳祎" in word[4])
    clerk = next(word for word in on_page if "书" in word[4] and word[1] > judge[1])
    date = next(word for word in on_page if "二〇二六" in word[4])
    assert bottom - top == pytest.approx(42 / 25.4 * 72, abs=3)
    assert top < middle(date) < bottom
    # The boxes of words are as high as the font's line; the characters stand within 8 points of the middle.
    assert middle(judge) + 8 < top
    assert bottom < middle(clerk) - 8


def test_a_sheet_without_seal_has_none(tmp_path):
    sheet = dataclasses.replace(specimen.SHEET, sealed=False)
    page = composing.compose("specimen", sheet, specimen.DATA)
    assert "印章" not in page.html
    assert len(page.pictures) == 1


@pytest.mark.parametrize("resolution", [100, 200])
def test_the_code_on_every_page_leads_to_the_verification_page(path, tmp_path, resolution):
    subprocess.run(["pdftoppm", "-r", str(resolution), "-png", path, tmp_path / "p"], check=True)
    for image_path in sorted(tmp_path.glob("p*.png")):
        with Image.open(image_path) as image:
            assert [code.text for code in zxingcpp.read_barcodes(image)] == [specimen.SHEET.address]
    assert specimen.SHEET.code in text_of(path)


def test_a_draft_says_that_it_is_one(tmp_path):
    sheet = dataclasses.replace(specimen.SHEET, code="", address="", sealed=False)
    page = composing.compose("specimen", sheet, specimen.DATA)
    target = tmp_path / "draft.pdf"
    target.write_bytes(engine.render(page.html, created=page.created, pictures=page.pictures))
    assert text_of(target).count("未签发") == 3


def test_a_picture_that_cannot_be_read_is_refused():
    broken = "data:image/png;base64,AAAA"
    with pytest.raises(engine.Unprintable, match="image"):
        typeset(f'<img src="{broken}" alt="坏">', pictures=[broken])


def test_the_machine_is_ready():
    assert engine.problems() == []
