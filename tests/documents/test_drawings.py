"""Drawings that were drawn before: the same bytes, whatever was drawn in between, and nothing kept that is a page's own."""

import base64
import datetime as dt
import io
import re

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from mediation.documents import engine, marks
from tests.documents import pictures

# Loaded by the engine, under the court fonts alone.
drawings = engine.drawings
CREATED = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)


def svg(inside: str) -> str:
    told = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{inside}</svg>'
    return f"data:image/svg+xml;base64,{base64.b64encode(told.encode()).decode()}"


def page(*images: str, before: str = "") -> bytes:
    shown = "".join(f'<p><img src="{image}" alt="图" style="width:40mm;height:40mm"></p>' for image in images)
    html = f'<!doctype html><html lang="zh-CN"><title>试</title>{before}{shown}'
    return engine.render(html, created=CREATED, pictures=images)


@pytest.fixture(autouse=True)
def forgotten():
    engine.warm()
    drawings._known.clear()
    yield
    drawings._known.clear()


SEAL = marks.seal("江州市云溪区人民法院")
PLAIN = svg('<circle r="40" cx="50" cy="50" fill="none" stroke="#c8102e" stroke-width="4"/>')


def test_drawn_again_gives_the_same_bytes():
    first = page(SEAL, PLAIN)
    assert len(drawings._known) == 2
    assert page(SEAL, PLAIN) == first


def test_what_other_pages_held_leaves_no_mark():
    alone = page(PLAIN)
    drawings._known.clear()
    page(PLAIN, before='<p style="opacity:.5;color:#c8102e">半透明</p><p style="color:rgb(200 16 46 / 30%)">淡</p>')
    assert page(PLAIN) == alone


@pytest.mark.parametrize(
    "inside",
    [
        '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/>'
        '</linearGradient></defs><rect width="90" height="90" fill="url(#g)"/>',
        '<g opacity=".5"><rect width="50" height="50" fill="red"/></g>',
    ],
    ids=["gradient", "group"],
)
def test_what_needs_resources_of_its_page_is_drawn_anew_and_stays_whole(inside, tmp_path):
    image = svg(inside)
    first = page(image)
    assert drawings._known == {}
    assert page(image) == first


def test_the_seal_is_whole_on_every_later_page(tmp_path):
    page(SEAL)
    once = page(SEAL, SEAL)
    with pikepdf.open(io.BytesIO(once)) as pdf:
        for one in pdf.pages:
            strokes = one.Contents.read_bytes().decode("latin-1")
            states = set(re.findall(r"/([Aa][\d.]+) gs", strokes))
            assert states <= {str(name)[1:] for name in one.Resources.ExtGState}
    drawn = pictures.draw(once, 1)
    assert drawn.getextrema()[0] < 128


def test_not_more_are_kept_than_are_needed():
    for number in range(drawings.MOST + 5):
        page(svg(f'<circle r="{number + 1}"/>'))
    assert len(drawings._known) == drawings.MOST


@pytest.mark.parametrize("number", range(12))
def test_any_address_can_be_read_from_its_square_code(number):
    letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    told = "-".join(
        "".join(letters[(number * 7 + place * (number + 3) + group) % 32] for place in range(4)) for group in range(4)
    )
    address = f"https://sutiao.lixia.court.example/verify/{told}"
    picture = pictures.opened(base64.b64decode(marks.code(address).partition(",")[2]))
    for wide in (90, 120, 333):
        drawn = Image.new("L", (wide + 40, wide + 40), 255)
        drawn.paste(picture.resize((wide, wide)), (20, 20))
        assert [code.text for code in zxingcpp.read_barcodes(drawn)] == [address]
