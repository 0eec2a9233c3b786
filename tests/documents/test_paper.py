"""A character no court font holds is found where it was typed; whatever a paper can show is let through."""

import importlib
import pkgutil

import pytest
from wtforms import SelectField

import mediation
from mediation.disputes import services as disputes
from mediation.documents import paper
from mediation.documents.paper import PaperForm, Place, unwritable
from mediation.web.forms import BaseForm, written_fields
from tests import builders


def test_each_is_named_with_the_line_and_the_place_where_it_stands():
    assert list(unwritable("甲方\r\n乙方😀付款\n𰻝面")) == [Place("😀", 2, 3), Place("𰻝", 3, 1)]


@pytest.mark.parametrize("text", ["", "王䶮𠅤㛃", "1.50㎡，20℃±1；“甲”—①·…", "a b\tc\n d", "　全角空格"])
def test_what_a_paper_can_show_is_let_through(text):
    assert not list(unwritable(text))


@pytest.mark.parametrize("hidden", ["\x00", "\x1b", "\u200b", "\u202e", "\u2066", "\ufeff", "\ud83d", "\U000e0041"])
def test_what_nobody_would_see_is_found_too(hidden):
    assert paper.HIDDEN.match(hidden)
    assert list(unwritable(f"甲{hidden}乙")) == [Place(hidden, 1, 2)]


def test_a_machine_without_the_fonts_of_the_court_refuses_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(paper.fontset, "FOLDER", tmp_path)
    paper.written.cache_clear()
    try:
        assert not list(unwritable("😀"))
    finally:
        paper.written.cache_clear()


# ---- where it is typed ----------------------------------------------------------------------------------------------

# Rare, and in no font of this court.
RARE = "\U00031350"


@pytest.fixture
def dispute(clerk_li):
    return builders.make_dispute(clerk_li.as_actor())


def matter(browser, dispute, **over):
    told = {
        "cause": dispute.cause.name,
        "cause_code": dispute.cause_code,
        "claims": "退还租金",
        "facts": "租房",
        "street_id": "",
        "amount": "",
        "evidence": "",
    }
    return {"version": browser.get(f"/disputes/{dispute.id}/edit").field("version")} | told | over


def test_facts_that_no_paper_can_show_are_refused_by_character_line_and_place_and_kept(client_for, clerk_li, dispute):
    browser = client_for(clerk_li)
    sent = matter(browser, dispute, facts="双方签订租赁合同。\n灯泡坏了😀，无人修理。")
    page = browser.post(f"/disputes/{dispute.id}/edit", sent, status=422)
    assert "😀（U+1F600）" in page.text
    assert "第2行第5个字" in page.text.replace(" ", "")
    assert page.field("facts").replace("\r\n", "\n") == "双方签订租赁合同。\n灯泡坏了😀，无人修理。"


def test_direction_marks_are_taken_out_and_said(client_for, clerk_li, dispute):
    browser = client_for(clerk_li)
    sent = matter(browser, dispute, facts="支付\u202e元0001\u202c租金。\x0b另退押金。", claims="退还\xa0租金")
    browser.post(f"/disputes/{dispute.id}/edit", sent)
    found = disputes.get(clerk_li.as_actor(), dispute.id)
    assert (found.facts, found.claims) == ("支付元0001租金。\n另退押金。", "退还 租金")
    page = browser.get(f"/disputes/{dispute.id}")
    assert "U+202C" in page.text
    assert "U+202E" in page.text
    assert "U+202E" not in browser.get(f"/disputes/{dispute.id}").text


def test_a_rare_character_of_a_name_is_taken_and_said_but_no_picture_is_a_name(client_for, clerk_li, dispute):
    browser = client_for(clerk_li)
    party = disputes.parties(dispute.id)[0]
    url = f"/disputes/{dispute.id}/parties/{party.id}"
    sent = browser.get(url).as_shown()
    page = browser.post(url, sent | {"name": ["刘😀"]}, status=422)
    assert "U+1F600" in page.text
    assert page.field("name") == "刘😀"
    browser.post(url, sent | {"name": [f"刘{RARE}"]})
    assert disputes.parties(dispute.id)[0].name == f"刘{RARE}"
    assert "U+31350" in browser.get(f"/disputes/{dispute.id}").text


# Whose words never reach a paper of the court: looked for, booked, counted, signed in, read in the house alone.
ELSEWHERE = {
    "accounts", "api", "exports", "notices", "periods", "public", "reminders", "scheduling", "statistics", "supervision", "trail",
    "web", "roster", "exchange", "cli",
}  # fmt: skip
NOT_ON_PAPER = {
    "NoteForm": "for its author alone",
    "PlanForm": "a room and a time",
    "CodeForm": "a code",
    "VerifyForm": "a code",
    "ScanForm": "a file",
    "FindForm": "what is looked for",
    "WeightsForm": "numbers",
    "HearingForm": "a room and a time",
    "TrackForm": "a tribunal",
    "CheckForm": "a code",
    "RateForm": "read in the house",
}


def _forms():
    for module in pkgutil.walk_packages(mediation.__path__, "mediation."):
        if module.name.split(".")[1] not in ELSEWHERE and "form" in module.name.rsplit(".", 1)[-1]:
            importlib.import_module(module.name)
    waiting = [BaseForm]
    while waiting:
        found = waiting.pop()
        waiting += found.__subclasses__()
        if found.__module__.startswith("mediation.") and found.__module__.split(".")[1] not in ELSEWHERE:
            yield found


def test_every_form_whose_words_go_to_paper_looks_at_them(app):
    with app.test_request_context():
        unlooked = {
            form.__name__
            for form in _forms()
            if not issubclass(form, PaperForm)
            and form.__name__ not in NOT_ON_PAPER
            and any(not isinstance(field, SelectField) for field in written_fields(form(meta={"csrf": False})))
        }
    assert unlooked == set()
