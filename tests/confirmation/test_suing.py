"""An agreement the court did not confirm does not bind it: the parties may sue (CPL art. 206; S3 art. 32)."""

import pytest

from mediation.confirmation import services as confirmations
from mediation.confirmation.rules import Material
from mediation.confirmation.services import Applicant
from mediation.disputes import rules
from mediation.disputes import services as disputes
from mediation.disputes.rules import Confirming, Obstacle, Status
from mediation.intake import services as intake
from mediation.kernel.errors import DomainError
from mediation.litigation.rules import Status as CaseStatus
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey
from tests import builders
from tests.world import PASSWORD

PAPERS = (Material.APPLICATION, Material.AGREEMENT, Material.PRESIDED, Material.IDENTITY, Material.CONTACT)


@pytest.fixture
def clerk(clerk_li):
    return clerk_li.as_actor()


@pytest.fixture
def agreed(clerk):
    """A dispute with an agreement in effect."""
    return disputes.get(
        clerk, builders.signed_agreement(clerk, builders.someone("mediator_wang").as_actor()).dispute_id
    )


@pytest.fixture
def applied(clerk, agreed):
    """Before the court for confirmation."""
    everyone = [Applicant(p.id) for p in disputes.parties(agreed.id)]
    return confirmations.apply(clerk, agreed, applicants=everyone, materials=PAPERS)


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("confirming", [None, *Confirming])
def test_who_agreed_may_sue_unless_the_court_confirms(status, confirming):
    facts = rules.Facts(status=status, complaint_pending=True, confirming=confirming)
    found = rules.obstacles("file", facts)
    assert found == ([] if confirming is None else [rules.WHILE_CONFIRMING[confirming]])
    file = next(step for step in rules.STEPS if step.name == "file")
    assert (status in file.sources) is (
        status
        in {
            Status.RECEIVED, Status.SCREENED, Status.GUIDED, Status.CONSENT_ASKED, Status.NOT_AGREED, Status.AGREED,
        }
    )  # fmt: skip


def test_an_agreement_that_is_not_kept_is_sued_upon(clerk, agreed):
    case = intake.file_now(clerk, agreed, hand_in=True)
    assert agreed.status is Status.FILED
    assert case.status is CaseStatus.FILED
    assert PeriodKey.CONFIRM_APPLY not in {d.key for d in periods.of_dispute(agreed.id, running_only=True)}
    assert case.mediator_user_id == builders.someone("mediator_wang").id, "who mediated never tries it"


def test_while_the_court_examines_the_agreement_nobody_sues(clerk, agreed, applied):
    with pytest.raises(DomainError) as refused:
        intake.file_now(clerk, agreed, hand_in=True)
    assert refused.value.article == "S2 art. 357"
    assert disputes.obstacles(agreed, "file")[-1] is Obstacle.CONFIRMATION_PENDING
    assert agreed.status is Status.AGREED


def test_after_a_withdrawn_application_the_parties_sue(clerk, agreed, applied):
    judge = builders.someone("judge_chen").as_actor()
    confirmations.withdraw(judge, applied, reason="双方另行协商", password=PASSWORD)
    intake.file_now(clerk, agreed, hand_in=True)
    assert agreed.status is Status.FILED


def test_the_page_offers_the_suit_with_its_article(client_for, clerk_li, agreed):
    page = client_for(clerk_li).get(f"/disputes/{agreed.id}")
    offer = page.soup.select_one(f'.steps a[href="/disputes/{agreed.id}/filing"]')
    assert "第二百零六条" in offer.parent.text
    form = client_for(clerk_li).get(f"/disputes/{agreed.id}/filing")
    assert "均可就协议的内容或者履行提起诉讼" in form.text


def test_the_page_says_why_nobody_sues_during_confirmation(client_for, clerk_li, agreed, applied):
    page = client_for(clerk_li).get(f"/disputes/{agreed.id}")
    assert not page.soup.select(f'.steps a[href="/disputes/{agreed.id}/filing"]')
    (blocked,) = [li for li in page.soup.select(".step-blocked") if "改为起诉" in li.text]
    assert "司法确认审查" in blocked.text


def test_what_was_sued_on_is_not_confirmed_any_more(client_for, clerk, clerk_li, agreed):
    intake.file_now(clerk, agreed, hand_in=True)
    everyone = [Applicant(p.id) for p in disputes.parties(agreed.id)]
    with pytest.raises(DomainError) as refused:
        confirmations.apply(clerk, agreed, applicants=everyone, materials=PAPERS)
    assert refused.value.article == "S4 art. 19; S4 art. 20"
    assert not confirmations.of_dispute(agreed.id)
    sent = {"applicants": [str(p.party_id) for p in everyone], "form": "written", "received_on": "今天"}
    page = client_for(clerk_li).post(f"/disputes/{agreed.id}/confirmation", sent, status=422)
    assert "调解书" in page.text
    assert not confirmations.of_dispute(agreed.id)
