"""Whatever one can click to opens, and fits the screen of a phone in English, whose words are the longest (UI 6)."""

import re
from collections import deque

import pytest
from playwright.sync_api import Error
from werkzeug.exceptions import HTTPException

from tests.conftest import make_app

PHONE = 390
# What leaves the house as a file is opened by the tests of papers and calendars.
FILES = re.compile(r"/(file|download|print|specimen)(/|$)|\.(pdf|xlsx|ics|csv|zip|json|png|svg|parquet)$|/static/")
WIDER = """() => [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 30)).slice(0, 5)"""


@pytest.fixture(scope="module")
def kind(tmp_path_factory):
    """Which page stands behind an address: of each kind one is looked at."""
    house = make_app(f"sqlite:///{tmp_path_factory.mktemp('map') / 'map.sqlite'}").url_map.bind("127.0.0.1")

    def named(address):
        try:
            return house.match(address)[0]
        except HTTPException:
            return address

    return named


def reached(person, kind, seen):
    """Each kind of page not seen before, reached by following links from the first page, with the answer it gave."""
    seen.discard(kind("/"))
    ahead = deque(["/"])
    while ahead:
        address = ahead.popleft()
        if kind(address) in seen or FILES.search(address):
            continue
        seen.add(kind(address))
        try:
            answer = person.page.goto(person.address + address)
        except Error as told:
            if "Download is starting" in told.message:
                continue
            raise
        if "html" not in answer.headers["content-type"]:
            continue
        yield address, answer
        links = person.page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)")
        ours = (link.removeprefix(person.address) for link in links if link.startswith(person.address))
        ahead.extend(link.partition("#")[0].partition("?")[0] for link in ours)


def test_every_page_opens_and_fits_a_phone(person, kind):
    wrong, seen = [], set()
    for who in ("clerk", "president", "mediator1", "system", "security", "audit"):
        someone = person(who, phone=True, language="en")
        for address, answer in reached(someone, kind, seen):
            if answer.status >= 400:
                wrong.append(f"{who} {address}: {answer.status}")
            elif someone.page.evaluate("document.documentElement.scrollWidth") > PHONE:
                wrong.append(f"{who} {address} is wider than the screen: {someone.page.evaluate(WIDER)}")
            if someone.complaints:
                wrong.append(f"{who} {address}: {someone.complaints}")
                someone.complaints.clear()
    assert not wrong, "\n".join(wrong)
    assert len(seen) >= 100, sorted(seen)
