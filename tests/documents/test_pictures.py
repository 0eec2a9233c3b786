"""The pages of four documents look as they were approved; no line moves unnoticed."""

import pytest
from PIL import Image, ImageChops

from tests.documents import pictures
from tests.documents.pictures import DRAWN, FOLDER, KINDS, compare, draw, small

PAGES = [(kind, name) for kind in KINDS for name in ("first", "signed")]


@pytest.fixture(scope="module")
def drawn():
    """Each page, drawn large; made when first asked for."""
    made: dict[str, bytes] = {}

    def page(kind: str, name: str, **program: str) -> Image.Image:
        content = made.get(kind) or made.setdefault(kind, pictures.pdf(kind))
        return draw(content, 1 if name == "first" else pictures.last_page(content), **program)

    return page


@pytest.mark.parametrize(("kind", "name"), PAGES)
def test_the_page_looks_as_it_was_approved(kind, name, drawn, tmp_path):
    approved = FOLDER / f"{kind}-{name}.png"
    now = small(drawn(kind, name))
    found = compare(now, pictures.opened(approved))
    if found:
        pictures.keep(now, tmp_path / approved.name)
        pytest.fail(
            f"{kind}, {name} page: {found}.\nNow {tmp_path / approved.name}, approved {approved}.\n"
            "Is the change meant? .venv/bin/python -m tests.documents.pictures renews what is approved."
        )


def test_nothing_else_is_kept_and_all_is_small():
    kept = {path.name: path.stat().st_size for path in FOLDER.iterdir()}
    assert set(kept) == {f"{kind}-{name}.png" for kind, name in PAGES}
    assert max(kept.values()) < 16_000


@pytest.mark.parametrize(("kind", "name"), PAGES)
def test_another_program_that_draws_letters_its_own_way_sees_the_same_page(kind, name, drawn):
    other = small(drawn(kind, name, program="pdftocairo"))
    assert compare(other, pictures.opened(FOLDER / f"{kind}-{name}.png")) is None


def lines_of(page: Image.Image) -> list[tuple[int, int]]:
    """From where to where each line of the type area reaches, in the large picture."""
    top, bottom = int(37 / 25.4 * DRAWN), int(262 / 25.4 * DRAWN)
    inked = [page.crop((0, row, page.width, row + 1)).getextrema()[0] < 128 for row in range(top, bottom)]
    found, began = [], None
    for row, ink in enumerate([*inked, False], top):
        if ink and began is None:
            began = row
        elif not ink and began is not None:
            found.append((began, row))
            began = None
    return [(start, end) for start, end in found if end - start > 2 / 25.4 * DRAWN]


@pytest.mark.parametrize(
    ("kind", "name"), [("agreement", "first"), ("ruling_valid", "first"), ("mediation_record", "signed")]
)
@pytest.mark.parametrize("program", ["pdftoppm", "pdftocairo"])
def test_each_line_that_is_gone_or_stands_half_a_millimetre_elsewhere_is_noticed(kind, name, program, drawn):
    approved, page = pictures.opened(FOLDER / f"{kind}-{name}.png"), drawn(kind, name, program=program)
    found = lines_of(page)
    assert len(found) > 5
    for start, end in found:
        line = page.crop((0, start, page.width, end))
        gone = page.copy()
        gone.paste(255, (0, start, page.width, end))
        assert compare(small(gone), approved), (start, end)
        for by in (round(0.5 / 25.4 * DRAWN), -round(0.5 / 25.4 * DRAWN)):
            moved = gone.copy()
            moved.paste(line, (0, start + by))
            assert compare(small(moved), approved), (start, end, by)
        aside = gone.copy()
        aside.paste(ImageChops.offset(line, round(1 / 25.4 * DRAWN), 0), (0, start))
        assert compare(small(aside), approved), (start, end)


def test_a_page_of_another_size_is_noticed_and_the_message_says_where():
    page = Image.new("L", (331, 468), 255)
    assert compare(page.resize((468, 331)), page)
    spot = page.copy()
    spot.paste(0, (100, 200, 140, 210))
    assert str(compare(spot, page)) == (
        "400 points are off by more than a shade, one by 255 of 255, "
        "between 127 and 133 mm from the top and 64 and 89 mm from the left"
    )
