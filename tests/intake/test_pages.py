"""Intake on the screen: one sitting on the dispute's own page."""

from collections.abc import Callable

import pytest

from mediation.accounts.models import User
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.rules import Status
from mediation.intake import services
from mediation.intake.rules import Answer, ScreeningResult
from tests import builders
from tests.page import Browser, Page

Open = Callable[[User | None], Browser]


def address(dispute: Dispute, step: str = "") -> str:
    return f"/disputes/{dispute.id}{step}"


def first_button(page: Page) -> str:
    """The words of the primary step."""
    found = page.soup.select_one(".steps .btn-primary")
    return found.get_text(strip=True) if found else ""


def answers(dispute: Dispute, *given: str, **more: str) -> dict[str, str]:
    sent = dict(more)
    for party, answer in zip(disputes.parties(dispute.id), given, strict=False):
        sent |= {f"party{party.id}-answer": answer, f"party{party.id}-manner": "signed"}
        sent |= {f"party{party.id}-preferred_mediator_id": "0"}
    return sent


def test_one_sitting_on_the_disputes_page(client_for: Open, clerk_li: User) -> None:
    dispute = builders.make_dispute(clerk_li.as_actor())
    browser = client_for(clerk_li)
    assert first_button(browser.get(address(dispute))) == "确认适宜调解"
    # One click confirms a clean screening, one hands the notice to both, one form takes both answers.
    assert browser.post(address(dispute, "/screening")).location == address(dispute)
    assert first_button(browser.get(address(dispute))) == "向各方当事人告知并引导"
    assert browser.post(address(dispute, "/guidance")).location == address(dispute)
    page = browser.get(address(dispute))
    assert page.soup.find(id="intake-answers") is not None
    browser.post(address(dispute, "/consents"), answers(dispute, "agrees", "agrees"))
    assert services.all_agree(dispute.id)
    assert "可以选择" in browser.get(address(dispute)).text


def test_after_a_refusal_filing_comes_first(client_for: Open, clerk_li: User) -> None:
    dispute = builders.make_guided(clerk_li.as_actor())
    browser = client_for(clerk_li)
    browser.post(address(dispute, "/consents"), answers(dispute, "agrees", "refuses"))
    page = browser.get(address(dispute))
    assert first_button(page) == "登记立案"
    browser.post(address(dispute, "/filing"))
    assert dispute.status is Status.FILED


def test_filing_without_a_complaint_takes_it_in(client_for: Open, clerk_li: User) -> None:
    dispute = builders.make_dispute(clerk_li.as_actor(), has_complaint=False)
    browser = client_for(clerk_li)
    browser.get(address(dispute, "/filing"))
    assert browser.post(address(dispute, "/filing"), status=422).errors()
    browser.post(address(dispute, "/filing"), {"hand_in": "y"})
    assert dispute.status is Status.FILED


def test_what_the_clerk_saw_else(client_for: Open, clerk_li: User) -> None:
    dispute = builders.make_dispute(clerk_li.as_actor())
    browser = client_for(clerk_li)
    browser.get(address(dispute, "/screening"))
    browser.post(address(dispute, "/screening"), {"exclusions": ["X06"], "flags": ["violence"]})
    latest = services.screening_of(dispute.id)
    assert latest is not None
    assert latest.result is ScreeningResult.WRONG_COURT
    page = browser.get(address(dispute))
    assert first_button(page) == "退回并释明"
    browser.get(address(dispute, "/return"))
    sent = {"advice": "competent_court", "note": "由市中区人民法院管辖"}
    refused = browser.post(address(dispute, "/return"), sent, status=422)
    assert refused.field("note") == "由市中区人民法院管辖"
    assert refused.errors()
    browser.post(address(dispute, "/return"), sent | {"complaint_taken_back": "y"})
    assert dispute.status is Status.RETURNED


def test_the_triage_officer_needs_a_reason(client_for: Open, clerk_li: User, triage_sun: User) -> None:
    dispute = builders.make_screened(clerk_li.as_actor())
    browser = client_for(triage_sun)
    assert browser.post(address(dispute, "/screening"), {"result": "not_suitable"}, status=422).errors()
    browser.post(address(dispute, "/screening"), {"result": "not_suitable", "reason": "需要鉴定"})
    assert first_button(browser.get(address(dispute))) == "登记立案"


def test_correction_asked_and_received(client_for: Open, clerk_li: User) -> None:
    dispute = builders.make_dispute(clerk_li.as_actor())
    browser = client_for(clerk_li)
    browser.get(address(dispute, "/correction"))
    assert browser.post(address(dispute, "/correction"), {"missing": ""}, status=422).errors()
    browser.post(address(dispute, "/correction"), {"missing": "租赁合同"})
    assert first_button(browser.get(address(dispute))) == "登记补正材料"
    wrong = browser.post(address(dispute, "/correction/receipt"), {"corrected_on": "20200101"}, status=422)
    assert wrong.errors()
    browser.post(address(dispute, "/correction/receipt"), {"corrected_on": "今天"})
    assert first_button(browser.get(address(dispute))) == "确认适宜调解"
    browser.post(address(dispute, "/correction"), {"missing": "又缺"}, status=409)


def test_an_oral_answer_without_minutes_stays_on_the_form(client_for: Open, clerk_li: User) -> None:
    dispute = builders.make_guided(clerk_li.as_actor())
    browser = client_for(clerk_li)
    party = disputes.parties(dispute.id)[0]
    sent = answers(dispute, "agrees") | {f"party{party.id}-manner": "oral"}
    page = browser.post(address(dispute, "/consents"), sent, status=422)
    assert page.errors()
    assert page.soup.find("input", attrs={"name": f"party{party.id}-answer", "value": "agrees", "checked": True})
    assert browser.post(address(dispute, "/consents"), answers(dispute), status=422).errors()


def test_withdrawing_consent(client_for: Open, clerk_li: User) -> None:
    dispute = builders.make_consented(clerk_li.as_actor())
    browser = client_for(clerk_li)
    browser.get(address(dispute, "/consents/withdrawal"))
    assert browser.post(address(dispute, "/consents/withdrawal"), {"manner": "signed"}, status=422).errors()
    who = disputes.parties(dispute.id)[1].id
    browser.post(address(dispute, "/consents/withdrawal"), {"party_id": str(who), "manner": "signed"})
    assert services.consents(dispute.id)[who].answer is Answer.REFUSES


STEPS = ["/screening", "/correction", "/correction/receipt", "/return", "/consents", "/consents/withdrawal", "/filing"]


@pytest.mark.parametrize("step", STEPS)
def test_another_court_sees_nothing(client_for: Open, clerk_li: User, clerk_of_other_court: User, step: str) -> None:
    dispute = builders.make_dispute(clerk_li.as_actor())
    client_for(clerk_of_other_court).get(address(dispute, step), status=404)


@pytest.mark.parametrize("step", [*STEPS, "/guidance"])
def test_a_judge_does_not_work_at_the_counter(client_for: Open, clerk_li: User, judge_chen: User, step: str) -> None:
    dispute = builders.make_dispute(clerk_li.as_actor())
    client_for(judge_chen).post(address(dispute, step), status=403)


def test_the_wrong_state_is_told_with_its_article(client_for: Open, clerk_li: User) -> None:
    dispute = builders.make_dispute(clerk_li.as_actor())
    page = client_for(clerk_li).post(address(dispute, "/guidance"), status=409)
    assert "尚未进行适宜性甄别" in page.text
    assert "民事诉讼法" in page.text


def test_the_work_list_names_the_counters_next_step(client_for: Open, clerk_li: User) -> None:
    dispute = builders.make_screened(clerk_li.as_actor())
    page = client_for(clerk_li).get("/disputes")
    assert "向各方当事人告知并引导" in page.text
    assert page.soup.find("a", href=address(dispute)) is not None
