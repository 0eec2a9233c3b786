"""The page that says why a period ends on its day, and the same as data."""

from datetime import date
from types import SimpleNamespace

import pytest

from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.periods import labels, lengthening, rules, services, table
from mediation.periods.calendar import Holiday, Kind
from mediation.periods.table import Cause, PeriodKey
from tests import builders

K, D = table.PeriodKey, date.fromisoformat
TASK = SimpleNamespace(__tablename__="assignment", id=17)


@pytest.fixture
def deadline(clerk_li):
    actor = clerk_li.as_actor()
    found = services.open_deadline(actor, K.MEDIATION_PRE, subject=TASK, dispute_id=None, start=D("2026-01-16"))
    services.exclude(actor, found, D("2026-01-20"), D("2026-01-25"))
    services.extend(actor, found, 30, agreed_on=D("2026-02-20"), note="双方签字")
    db.session.commit()
    return found


def test_the_page_says_why(client_for, clerk_li, deadline):
    page = client_for(clerk_li).get(f"/deadlines/{deadline.id}")
    for words in (
        "诉前调解期限", "调解员签收材料", "2026年1月16日", "30日", "《关于人民法院特邀调解的规定》第二十七条", "调解期限为30日",
        "鉴定", "2026年1月20日", "双方签字", "最后一日",
    ):  # fmt: skip
        assert words in page.text, words
    assert page.soup.select("details.why .why-text")


def test_rest_days_are_named(client_for, clerk_li):
    found = services.open_deadline(
        clerk_li.as_actor(), K.CONFIRM_APPLY, subject=TASK, dispute_id=None, start=D("2026-01-20")
    )
    page = client_for(clerk_li).get(f"/deadlines/{found.id}")
    assert page.soup.select_one("#why").get_text().count("春节") == 5
    assert "2026年2月24日" in page.text


@pytest.mark.parametrize("key", list(K))
def test_every_period_has_a_page_in_both_languages(client_for, clerk_li, key):
    moment = rules.cut_off(D("2026-12-09"))
    found = services.open_deadline(clerk_li.as_actor(), key, subject=TASK, dispute_id=None, start=moment)
    browser = client_for(clerk_li)
    assert "计算依据" in browser.get(f"/deadlines/{found.id}").text
    with browser.client.session_transaction() as session:
        session["locale"] = "en"
    assert "Why this day" in browser.get(f"/deadlines/{found.id}").text


def test_the_same_as_data(client_for, clerk_li, deadline):
    data = client_for(clerk_li).get(f"/deadlines/{deadline.id}.json").response.get_json()
    assert data["final"] == deadline.final_on.isoformat()
    assert [step["kind"] for step in data["derivation"]][:3] == ["start", "length", "excluded"]
    assert data["history"][0]["reason"] == "exclude"
    assert any("三十日" in (place["text"] or "") for place in data["articles"])


def test_provisional_is_said(client_for, clerk_li):
    found = services.open_deadline(
        clerk_li.as_actor(), K.MEDIATION_PRE, subject=TASK, dispute_id=None, start=D("2026-12-10")
    )
    assert "暂定" in client_for(clerk_li).get(f"/deadlines/{found.id}").text


@pytest.mark.parametrize("path", ["/deadlines/{}", "/deadlines/{}.json"])
def test_who_may_look(client_for, deadline, path, request):
    url = path.format(deadline.id)
    for name, status in (("clerk_of_other_court", 404), ("mediator_zhao", 404), ("sysadmin", 403)):
        client_for(request.getfixturevalue(name)).get(url, status=status)
    client_for(None).get(url, status=401)
    client_for(request.getfixturevalue("judge_chen")).get(url)
    client_for(request.getfixturevalue("clerk_li")).get(path.format(999_999), status=404)


def test_every_enum_has_its_words():
    for words, members in (
        (labels.PERIOD_KEY, table.PeriodKey),
        (labels.TRIGGER, table.Trigger),
        (labels.UNIT, table.Unit),
        (labels.CAUSE, table.Cause),
        (labels.APPROVER, table.Approver),
        (labels.BASIS, table.Basis),
        (labels.DEADLINE_STATUS, rules.DeadlineStatus),
        (labels.URGENCY, rules.Urgency),
        (labels.KIND, Kind),
        (labels.HOLIDAY, Holiday),
        (labels.REFUSAL, lengthening.Refusal),
        (labels.FAULT, rules.Fault),
    ):
        assert set(words) == set(members)


def test_the_timeline_names_the_period_and_its_last_day(app, client_for, clerk_li):
    actor = clerk_li.as_actor()
    dispute = builders.make_dispute(actor)
    deadline = services.open_deadline(
        actor, PeriodKey.MEDIATION_PRE, subject=dispute, dispute_id=dispute.id, start=clock.today()
    )
    services.suspend(actor, deadline, clock.today(), Cause.APPRAISAL)
    services.resume(actor, deadline, clock.today())
    services.restart(actor, deadline, clock.today())
    services.cancel(actor, deadline)
    db.session.commit()
    told = client_for(clerk_li).get(f"/disputes/{dispute.id}?timeline=all").soup.find(id="timeline").get_text()
    for words in (
        "期限开始计算：诉前调解期限",
        "期限中止计算：诉前调解期限",
        "期限恢复计算",
        "期限重新计算",
        "期限不再适用",
    ):
        assert words in told, words


def test_while_it_stands_still_no_month_is_said_to_be_counted_in_full(client_for, clerk_li):
    actor = clerk_li.as_actor()
    dispute = builders.make_dispute(actor)
    deadline = services.open_deadline(
        actor, PeriodKey.TRIAL_ORDINARY, subject=dispute, dispute_id=dispute.id, start=clock.today()
    )
    db.session.commit()
    here = f"/deadlines/{deadline.id}"
    assert "每日均计入期限" in client_for(clerk_li).get(here).text
    services.suspend(actor, deadline, clock.today(), Cause.APPRAISAL)
    db.session.commit()
    page = client_for(clerk_li).get(here).text
    assert "每日均计入期限" not in page
    assert "恢复时另行扣除" in page
