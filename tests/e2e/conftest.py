"""The demonstration court behind a real server, and a real Chromium in front of it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.person import Person

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=zh-CN",
]  # fmt: skip
AXE = ROOT / "mediation/static/vendor/axe.min.js"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration court on SQLite, made and served by the very commands of `make run`."""
    folder = tmp_path_factory.mktemp("court")
    port = _free_port()
    environment = os.environ | {
        "MEDIATION_MODE": "demonstration",
        "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite'}",
        "MEDIATION_SECRET_KEY": "for the journeys only 0123456789 abcdefghij",
        "MEDIATION_DOCUMENTS": "pool",
    }
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    subprocess.run([*flask, "db", "upgrade"], cwd=ROOT, env=environment, check=True, capture_output=True)
    # As `make run` does: what the past left is not typeset now; what the journeys ask for is.
    loading = environment | {"MEDIATION_DOCUMENTS": "later"}
    subprocess.run([*flask, "demo", "--no-history"], cwd=ROOT, env=loading, check=True, capture_output=True)
    log = (folder / "server.log").open("wb")
    gunicorn = [
        sys.executable,
        "-m",
        "gunicorn",
        "-k",
        "gthread",
        "-w",
        "1",
        "--threads",
        "4",
        "-b",
        f"127.0.0.1:{port}",
        "wsgi:app",
    ]
    server = subprocess.Popen(gunicorn, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(120):
        if server.poll() is not None:
            raise RuntimeError("the server ended at once")
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 our own address
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.25)
    raise RuntimeError("the server did not answer")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys."""
    path = next((p for p in CHROMIUM if Path(p).exists()), None)
    if path is None:
        pytest.fail("no Chromium on this machine: scripts/setup.sh test installs it")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def person(address: str, browser: Browser) -> Iterator[Callable[..., Person]]:
    """Somebody at a screen of their own: `person("clerk")`, `person("mediator", phone=True)`, `person("clerk", language="en")`."""
    opened = []

    def sit_down(login: str | None = None, *, phone: bool = False, language: str = "zh") -> Person:
        size = {"width": 390, "height": 844} if phone else {"width": 1366, "height": 768}
        context = browser.new_context(viewport=size, locale="zh-CN", accept_downloads=True)
        context.add_init_script(path=AXE)
        opened.append(context)
        page: Page = context.new_page()
        page.set_default_timeout(15_000)
        someone = Person(page, address)
        if language == "en":
            someone.open("/sign-in")
            someone.press("English")
        if login is not None:
            someone.sign_in(login)
        return someone

    yield sit_down
    for context in opened:
        context.close()
