"""Administrators see every document with invented facts, beside its rule and what it must say."""

import pytest

from mediation.documents import catalogue, gallery


def test_the_gallery_lists_every_document(client_for, sysadmin):
    page = client_for(sysadmin).get("/documents/gallery")
    links = {a["href"] for a in page.soup.select("main table a")}
    for entry in catalogue.ENTRIES:
        assert entry.title in page.text
        assert {f"/documents/gallery/{entry.kind}", f"/documents/gallery/{entry.kind}/specimen"} <= links


@pytest.mark.parametrize("entry", catalogue.ENTRIES, ids=[entry.kind for entry in catalogue.ENTRIES])
def test_each_specimen_says_what_it_must_under_the_court_s_own_name(entry, client_for, sysadmin):
    page = client_for(sysadmin).get(f"/documents/gallery/{entry.kind}")
    said = "".join("".join(p.text.split()) for p in page.soup.select(".specimen p"))
    missing = [duty for duty in entry.duties if "".join(duty.split()) not in said and duty != "本件与原本核对无异"]
    assert not missing
    shown = "".join(page.text.split())
    assert all("".join(duty.split()) in shown for duty in entry.duties)
    for real in ("历下", "Chen"):
        assert real not in said.replace("济南市历下区人民法院", "")


def test_the_specimen_is_printed_as_a_draft(client_for, sysadmin):
    answer = client_for(sysadmin).client.get("/documents/gallery/receipt/specimen")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("inline")


def test_a_draft_carries_no_code(court):
    sheet, _data = gallery.specimen(catalogue.OF["ruling_valid"], court.id)
    assert not sheet.code


def test_what_is_no_document_is_not_found(client_for, sysadmin):
    client_for(sysadmin).get("/documents/gallery/specimen", status=404)
    client_for(sysadmin).get("/documents/gallery/..%2F_layout/specimen", status=404)


@pytest.mark.parametrize("who", ["clerk_li", "judge_chen", "mediator_wang", "president_he", "auditor"])
def test_it_is_the_system_administrators(who, request, client_for):
    client_for(request.getfixturevalue(who)).get("/documents/gallery", status=403)
