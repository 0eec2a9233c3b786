"""Hostile pages: whatever they ask for, no file is opened and no connection made."""

import base64
import contextlib
import datetime as dt
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import weasyprint
from PIL import Image

from mediation.documents import engine

CREATED = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
PLAIN = '<!doctype html><html lang="zh-CN"><title>试</title><p>{}</p>'
COLOURS = str(Path(weasyprint.__file__).parent / "pdf" / "sRGB2014.icc")  # the profile every PDF/A file carries
SECRET = "the secret of the file"


def data_svg(inside: str) -> str:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{inside}</svg>'
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


VECTORS = {
    "image": '<img src="{url}">',
    "image in upper case": '<img src="{shout}">',
    "image from several": '<img srcset="{url} 2x" src="{url}">',
    "embedded file": '<embed src="{url}">',
    "object": '<object data="{url}"></object>',
    "attachment in the head": '<link rel="attachment" href="{url}">',
    "attachment by anchor": '<a rel="attachment" href="{url}">x</a>',
    "style sheet": '<link rel="stylesheet" href="{url}">',
    "imported style": "<style>@import '{url}';</style>",
    "imported style by url": "<style>@import url({url});</style>",
    "font": "<style>@font-face{{font-family:x;src:url({url})}}p{{font-family:x}}</style><p>x</p>",
    "background": '<p style="background:url({url})">x</p>',
    "background set": '<p style="background-image:image-set(url({url}) 1x), url({url})">x</p>',
    "list mark": '<ul><li style="list-style-image:url({url})">x</li></ul>',
    "content": "<style>p::before{{content:url({url})}}</style><p>x</p>",
    "page background": "<style>@page{{background:url({url})}}</style><p>x</p>",
    "page margin": "<style>@page{{@top-left{{content:url({url})}}}}</style><p>x</p>",
    "border": '<p style="border:5px solid;border-image:url({url}) 30">x</p>',
    "mask": '<p style="mask-image:url({url})">x</p>',
    "colour profile": "<style>@color-profile --x{{src:url({url})}}p{{color:color(--x 1 0 0)}}</style><p>x</p>",
    "base address": '<base href="{url}"><img src="x.png">',
    "inline drawing": '<svg><image href="{url}" width="9" height="9"/></svg>',
    "inline drawing, old spelling": '<svg><image xlink:href="{url}" width="9" height="9"/></svg>',
    "inline drawing by reference": '<svg><use href="{url}#a"/></svg>',
    "inline drawing with style": "<svg><style>@import '{url}';</style><rect width='9' height='9'/></svg>",
    "counter symbol": "<style>@counter-style x{{system:cyclic;symbols:url({url})}}li{{list-style:x}}</style><li>x</li>",
}
HANDED_IN = {
    "image in the picture": '<image href="{url}" width="9" height="9"/>',
    "old image in the picture": '<image xlink:href="{url}" width="9" height="9"/>',
    "reference in the picture": '<use href="{url}#a"/>',
    "style in the picture": "<style>@import url({url});</style><rect width='9' height='9'/>",
    "pattern in the picture": "<rect width='9' height='9' style='fill:url({url}#a)'/>",
}


class Witness:
    """Notes every file opened and every connection made while it watches; audit hooks cannot be taken back."""

    def __init__(self) -> None:
        self.watching = False
        self.seen: list[str] = []
        sys.addaudithook(self.note)

    def note(self, event: str, arguments: tuple) -> None:
        if self.watching and event in {"open", "socket.connect", "socket.getaddrinfo", "urllib.Request"}:
            if event == "urllib.Request" and str(arguments[0]).startswith("data:"):
                return
            if str(arguments[0]) == COLOURS:
                return
            self.seen.append(f"{event} {arguments[:2]}")


@pytest.fixture(scope="module")
def witness():
    # What is loaded once per process is loaded before: fonts, and the readers of picture formats.
    engine.render(PLAIN.format("预热"), created=CREATED)
    Image.init()
    picture = data_svg('<image href="file:///nowhere" width="9" height="9"/>')
    with contextlib.suppress(engine.ForbiddenResource, engine.Unprintable):
        engine.render(
            f'<html lang="zh-CN"><title>试</title><img src="{picture}" alt="x">', created=CREATED, pictures=[picture]
        )
    return Witness()


@pytest.fixture(scope="module")
def server():
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_arguments):
            """Stay quiet."""

    found = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{found.server_port}/x", asked
    found.shutdown()
    found.server_close()


@pytest.fixture(scope="module")
def secret(tmp_path_factory):
    path = tmp_path_factory.mktemp("secret") / "secret.txt"
    path.write_text(SECRET)
    return path.as_uri()


def watch(witness, html: str, **options) -> bytes | None:
    witness.seen.clear()
    witness.watching = True
    try:
        return engine.render(html, created=CREATED, **options)
    except (engine.ForbiddenResource, engine.Unprintable):
        return None
    finally:
        witness.watching = False


def spell(pattern: str, url: str) -> str:
    return pattern.format(url=url, shout=url.replace("file:", "FILE:").replace("http:", "HTTP:"))


@pytest.mark.parametrize("kind", list(VECTORS))
@pytest.mark.parametrize("scheme", ["file", "http"])
def test_a_page_opens_nothing(kind, scheme, witness, server, secret):
    url = secret if scheme == "file" else server[0]
    written = watch(witness, f'<html lang="zh-CN"><title>试</title>{spell(VECTORS[kind], url)}<p>正文</p>')
    assert witness.seen == []
    assert server[1] == []
    assert written is None or SECRET.encode() not in written


@pytest.mark.parametrize("kind", list(HANDED_IN))
@pytest.mark.parametrize("scheme", ["file", "http"])
def test_a_picture_handed_in_opens_nothing(kind, scheme, witness, server, secret):
    picture = data_svg(spell(HANDED_IN[kind], secret if scheme == "file" else server[0]))
    watch(witness, f'<html lang="zh-CN"><title>试</title><img src="{picture}" alt="x"><p>正文</p>', pictures=[picture])
    assert witness.seen == []
    assert server[1] == []


@pytest.mark.parametrize(
    "url",
    [
        data_svg("<rect width='9' height='9'/>"),
        "data:text/css,p{color:red}",
        "ftp://127.0.0.1/x",
        "gopher://127.0.0.1/x",
        "//127.0.0.1/x",
        "jar:file:///etc/passwd",
    ],
)
def test_what_was_not_handed_in_is_refused(url, witness):
    html = (
        f'<html lang="zh-CN"><title>试</title><link rel="stylesheet" href="{url}"><img src="{url}" alt="x"><p>正文</p>'
    )
    written = watch(witness, html)
    assert witness.seen == []
    # An address without a scheme is dropped by the typesetter itself; everything else stops the document.
    assert written is None or url.startswith("//")


def test_a_style_handed_in_as_a_picture_is_refused(witness):
    url = "data:text/css,p{color:red}"
    assert (
        watch(
            witness,
            f'<html lang="zh-CN"><title>试</title><link rel="stylesheet" href="{url}"><p>正文</p>',
            pictures=[url],
        )
        is None
    )


def test_the_witness_sees(witness, tmp_path):
    """Without this the tests above could pass by watching nothing."""
    path = tmp_path / "x"
    path.write_text("x")
    witness.seen.clear()
    witness.watching = True
    path.read_text()
    witness.watching = False
    assert len(witness.seen) == 1
