"""The court fonts: whole, of one height, TrueType, and enough for every name of the national lists."""

import importlib.util
import shutil

import pytest
from fontTools.ttLib import TTFont

from mediation.documents import engine, fontset

BODY = ("CourtLatin", "CourtFang", "CourtRare")
BLANKS = {0x20, 0xA0, 0x3000}


@pytest.fixture(scope="module")
def builder():
    spec = importlib.util.spec_from_file_location("fonts", fontset.ROOT / "scripts" / "fonts.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def characters(family: str) -> set[int]:
    with TTFont(fontset.FOLDER / f"{family}.ttf", lazy=True) as font:
        return set(font.getBestCmap())


def encodable(codec: str) -> set[int]:
    """All characters of the basic block and its extension A that a national codec can write."""
    found = set()
    for point in (*range(0x3400, 0x4DC0), *range(0x4E00, 0x9FA6)):
        try:
            chr(point).encode(codec)
        except UnicodeEncodeError:
            continue
        found.add(point)
    return found


@pytest.mark.parametrize("family", fontset.FAMILIES)
def test_each_font_is_truetype_of_one_height_and_has_the_blanks(family):
    with TTFont(fontset.FOLDER / f"{family}.ttf", lazy=True) as font:
        assert "glyf" in font
        assert "CFF " not in font
        assert (font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap) == (880, -120, 0)
        assert font["head"].unitsPerEm == 1000
        assert set(font.getBestCmap()) >= BLANKS


@pytest.mark.parametrize(("codec", "count"), [("gb2312", 6763), ("gbk", 20902)])
def test_the_body_writes_every_character_of_the_national_standards(codec, count):
    wanted = encodable(codec)
    assert len(wanted) == count
    assert wanted <= set().union(*map(characters, BODY))


def test_the_body_writes_rare_names_of_the_table_of_standard_characters():
    held = set().union(*map(characters, BODY))
    assert {ord(name) for name in "㛃䶮𬭎𫍯𬀩𬶮𬬩㐆㸆𬤝𬍛𬘓𬴊𫟹𬜬珺玥睿勍翀昪煊璟曈旸燊琍玮㑇"} <= held


@pytest.mark.parametrize("family", ["CourtTitle", "CourtHei", "CourtSong"])
def test_titles_and_tables_write_the_basic_set_and_marks(family):
    assert encodable("gb2312") <= characters(family)
    assert {ord(mark) for mark in "—…·《》（）【】□■√"} <= characters(family)


def test_both_licences_stand_beside_the_fonts():
    assert "GNU" in (fontset.FOLDER / "LICENCE-Fandol.txt").read_text()
    assert "SIL OPEN FONT LICENSE" in (fontset.FOLDER / "LICENCE-NotoSerifSC.txt").read_text().upper()


def test_the_builder_finds_nothing_to_do(builder):
    assert builder.faults() == []


def test_the_builder_notices_a_missing_and_a_damaged_font(builder, tmp_path, monkeypatch):
    for family in fontset.FAMILIES:
        shutil.copy(fontset.FOLDER / f"{family}.ttf", tmp_path)
    (tmp_path / "CourtSong.ttf").unlink()
    (tmp_path / "CourtHei.ttf").write_bytes(b"not a font")
    shutil.copy(fontset.FOLDER / "CourtLatin.ttf", tmp_path / "CourtFang.ttf")
    monkeypatch.setattr(builder, "TARGET", tmp_path)
    found = "\n".join(builder.faults())
    assert "CourtSong.ttf is missing" in found
    assert "CourtHei.ttf cannot be read" in found
    assert "CourtFang.ttf holds 97 characters instead of 10179" in found


def test_a_machine_without_fonts_is_told_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(fontset, "FOLDER", tmp_path)
    (tmp_path / "x.otf").touch()
    first, second = engine.problems()
    assert "scripts/fonts.py" in first
    assert all(family in first for family in fontset.FAMILIES)
    assert "x.otf" in second


def test_a_machine_without_the_fast_library_refuses_to_start(monkeypatch):
    monkeypatch.setattr(engine.pdf_fonts, "harfbuzz_subset", None)
    engine._tools.cache_clear()
    try:
        with pytest.raises(engine.EngineNotReady, match="libharfbuzz-subset0"):
            engine.warm()
    finally:
        monkeypatch.undo()
        engine._tools.cache_clear()
    engine.warm()
