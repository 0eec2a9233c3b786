"""An appraisal before filing: taken down by whoever mediates or the counter, put on paper for the court's answer."""

import pytest
import sqlalchemy as sa

from mediation.assignment import services as assignments
from mediation.assignment.appraisal.models import AppraisalApplication
from mediation.disputes import services as disputes
from mediation.documents import services as store
from mediation.kernel.db import db
from tests import builders
from tests.documents.reading import paper


@pytest.fixture
def told(accepted):
    """Everything a form needs; the landlord consents to what the tenant asks for."""
    tenant, landlord = disputes.parties(accepted.dispute_id)[:2]
    return {
        "applicant_id": str(tenant.id), "consenting": [str(landlord.id)], "group": "property",
        "matter": "浴霸损坏的原因。", "facts": "双方各执一词。", "materials": "照片五张。", "institution": "",
        "prepaid_by_id": str(tenant.id),
    }  # fmt: skip


def made(accepted):
    return db.session.scalar(sa.select(AppraisalApplication).where(AppraisalApplication.assignment_id == accepted.id))


@pytest.mark.parametrize("login", ["mediator_wang", "clerk_li"])
def test_it_is_applied_for_and_put_on_paper(login, request, client_for, accepted, told):
    browser = client_for(request.getfixturevalue(login))
    url = f"/assignments/{accepted.id}/appraisal"
    assert browser.get(f"/disputes/{accepted.dispute_id}").soup.select(f"a[href='{url}']")
    browser.get(url)
    browser.post(url, told)
    row = made(accepted)
    assert (row.matter, row.consented_by) == ("浴霸损坏的原因。", [int(told["consenting"][0])])
    text = paper(store.latest("appraisal_application", "appraisal_application", row.id))
    for words in (
        "诉前鉴定申请书",
        "财产损害赔偿纠纷",
        "浴霸损坏的原因。",
        "由人民法院依法确定",
        "经人民法院同意后启动",
        "同意鉴定",
    ):
        assert words in text


@pytest.mark.parametrize("name", ["applicant_id", "group", "matter", "facts", "materials", "prepaid_by_id"])
def test_what_is_missing_is_said_beside_the_field(name, client_for, mediator_wang, accepted, told):
    page = client_for(mediator_wang).post(f"/assignments/{accepted.id}/appraisal", told | {name: " "}, status=422)
    assert page.errors()
    assert made(accepted) is None


def test_without_the_consent_of_the_others_nothing_is_applied_for(client_for, mediator_wang, accepted, told):
    url = f"/assignments/{accepted.id}/appraisal"
    page = client_for(mediator_wang).post(url, told | {"consenting": []}, status=422)
    assert any("须经其他各方当事人同意" in words for words in page.errors())
    assert made(accepted) is None


def test_after_filing_it_is_the_court_s_and_nobody_else_s(client_for, clerk_li, mediator_wang, judge_chen, accepted):
    after = builders.entrusted_assignment(clerk_li.as_actor(), mediator_wang.as_actor())
    page = client_for(mediator_wang).get(f"/assignments/{after.id}/appraisal", status=409)
    assert "第七十九条" in page.text
    client_for(judge_chen).get(f"/assignments/{accepted.id}/appraisal", status=403)


def test_the_pause_is_reached_from_its_own_page_and_names_the_application(client_for, mediator_wang, accepted):
    page = client_for(mediator_wang).get(f"/assignments/{accepted.id}/suspension")
    assert page.soup.select(f"a[href='/assignments/{accepted.id}/appraisal']")
    assert assignments.suspensions(accepted) == []
