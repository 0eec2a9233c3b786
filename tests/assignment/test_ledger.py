"""The ledger of ties: entered, ended, struck out, asked about; and what it means when a mediator is chosen."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from mediation.assignment import services
from mediation.assignment.rules import CheckResult, Finding
from mediation.assignment.ties import labels, ledger, rules
from mediation.assignment.ties.ledger import TieData
from mediation.assignment.ties.models import Tie
from mediation.assignment.ties.rules import Obstacle, TieKind, TieSource
from mediation.kernel import audit, clock, law
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.roster.models import Mediator
from tests import builders


@pytest.fixture
def listed(mediator_wang) -> Mediator:
    """王调解, strong in tenancy, member of the people's committee."""
    return db.session.get(Mediator, mediator_wang.mediator_id)


@pytest.fixture
def enter(mediator_wang, listed):
    """Enter a tie as the mediator does."""

    def made(kind: TieKind = TieKind.KIN, name: str = "刘某", **over) -> Tie:
        tie = ledger.record(mediator_wang.as_actor(), listed, TieData(kind, name, **over), source=TieSource.DISCLOSED)
        db.session.commit()
        return tie

    return made


KIN = {"kind": "kin", "other_name": "刘某", "id_no": builders.TENANT_ID, "about": "表兄"}


def trail() -> list[str]:
    return list(db.session.scalars(sa.select(audit.AuditEvent.action).order_by(audit.AuditEvent.id)))


def findings(actor, dispute, mediator) -> list[Finding]:
    return [tie.finding for tie in services.suggest(actor, dispute).of(mediator.id).ties]


# --- words and articles -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", TieKind)
def test_every_kind_has_its_article(kind):
    assert law.cite(rules.TIE_ARTICLE[kind])
    assert kind in rules.FINDING_OF


@pytest.mark.parametrize("obstacle", Obstacle)
def test_every_refusal_has_its_article(obstacle):
    assert law.cite(rules.OBSTACLE_ARTICLE[obstacle])
    assert labels.OBSTACLE[obstacle]


# --- what the ledger does -----------------------------------------------------------------------------------------------


def test_a_relative_known_by_number_is_found_under_any_name(clerk_li, listed, enter):
    clerk = clerk_li.as_actor()
    enter(id_no=builders.TENANT_ID, name="刘某（曾用名）")
    dispute = builders.make_consented(clerk)
    assert findings(clerk, dispute, listed) == [Finding.RELATIVE]
    with pytest.raises(DomainError) as refused:
        builders.make_assignment(clerk, dispute)
    assert refused.value.article == "S4 art. 15; S5 art. 13"


KINDS = {
    TieKind.KIN: Finding.RELATIVE, TieKind.INTEREST: Finding.INTEREST, TieKind.EMPLOYER: Finding.SAME_EMPLOYER,
    TieKind.FIRM: Finding.SAME_EMPLOYER, TieKind.CLIENT: Finding.CLIENT, TieKind.FORMER_AGENCY: Finding.FORMER_AGENT,
    TieKind.PHONE: Finding.SAME_PHONE, TieKind.ADDRESS: Finding.SAME_ADDRESS, TieKind.ACCOUNT: Finding.SAME_ACCOUNT,
    TieKind.OTHER: Finding.OTHER_TIE,
}  # fmt: skip


@pytest.mark.parametrize("kind", TieKind)
def test_every_kind_of_tie_is_found_at_assignment_and_kept(clerk_li, listed, enter, kind):
    """R2-16, R2-22 (S4 art. 15): each kind is found by identity when a mediator is chosen, refused, kept as checked."""
    clerk = clerk_li.as_actor()
    tie = enter(kind, id_no=builders.TENANT_ID)
    dispute = builders.make_consented(clerk)
    with pytest.raises(DomainError) as refused:
        builders.make_assignment(clerk, dispute)
    assert "S4 art. 15" in refused.value.article
    assert refused.value.remedy
    assert services.open_of(dispute.id) is None
    check = services.check_conflict(clerk, dispute, listed)
    (kept,) = check.findings
    assert (kept["finding"], kept["name"], kept["tie"]) == (KINDS[kind], "刘某", tie.id)
    assert (check.result, check.mediator_id, check.checked_by_id) == (CheckResult.WAIVABLE, listed.id, clerk.id)


def test_the_number_itself_is_nowhere_in_the_ledger(enter):
    tie = enter(id_no=builders.TENANT_ID)
    row = db.session.execute(sa.text("SELECT * FROM tie WHERE id = :id"), {"id": tie.id}).one()
    assert builders.TENANT_ID not in " ".join(map(str, row))


def test_equal_names_are_asked_about_and_never_decide(clerk_li, listed, enter):
    clerk = clerk_li.as_actor()
    tie = enter()
    dispute = builders.make_consented(clerk)
    assert findings(clerk, dispute, listed) == [Finding.SAME_NAME]
    with pytest.raises(DomainError) as refused:
        builders.make_assignment(clerk, dispute)
    assert refused.value.article == "S4 art. 15"
    ledger.answer(clerk, dispute, tie, name="刘某", is_same=False, reason="身份证号码不同")
    assert findings(clerk, dispute, listed) == []
    assert builders.make_assignment(clerk, dispute).mediator_id == listed.id


def test_the_same_person_after_all(clerk_li, listed, enter):
    clerk = clerk_li.as_actor()
    tie = enter()
    dispute = builders.make_consented(clerk)
    ledger.answer(clerk, dispute, tie, name="刘某", is_same=True, reason="调解员确认为其表兄")
    assert findings(clerk, dispute, listed) == [Finding.RELATIVE]
    with pytest.raises(DomainError) as refused:
        ledger.answer(clerk, dispute, tie, name="刘某", is_same=False, reason="改口")
    assert refused.value.message == labels.OBSTACLE[Obstacle.KNOWN_ALREADY]
    other = builders.make_consented(clerk)
    assert findings(clerk, other, listed) == [Finding.SAME_NAME], "asked again in each dispute"


def test_a_name_nobody_bears_is_not_answered(clerk_li, enter):
    tie = enter(name="周某")
    dispute = builders.make_consented(clerk_li.as_actor())
    with pytest.raises(DomainError):
        ledger.answer(clerk_li.as_actor(), dispute, tie, name="周某", is_same=False, reason="无")


def test_a_shared_telephone_is_remembered_under_the_person(clerk_li, listed):
    clerk = clerk_li.as_actor()
    parties = [builders.a_tenant(phone="13800000011"), builders.a_landlord()]
    dispute = builders.make_consented(clerk, parties=parties)
    check = services.check_conflict(clerk, dispute, listed)
    services.check_conflict(clerk, dispute, listed)
    assert check.result is CheckResult.WAIVABLE
    (tie,) = ledger.of_mediator(listed.id)
    assert (tie.kind, tie.source, tie.dispute_id) == (TieKind.PHONE, TieSource.FOUND, dispute.id)
    later = builders.make_consented(clerk)
    assert Finding.SAME_PHONE in findings(clerk, later, listed), "the same person with another number"


def test_what_ended_counts_by_its_kind(clerk_li, mediator_wang, listed, enter):
    clerk, dispute = clerk_li.as_actor(), builders.make_consented(clerk_li.as_actor())
    yesterday = clock.today() - timedelta(days=1)
    phone = enter(TieKind.PHONE, id_no=builders.TENANT_ID)
    ledger.end(mediator_wang.as_actor(), phone, on=yesterday)
    assert findings(clerk, dispute, listed) == []
    client = enter(TieKind.CLIENT, id_no=builders.TENANT_ID)
    ledger.end(mediator_wang.as_actor(), client, on=yesterday)
    assert findings(clerk, dispute, listed) == [Finding.CLIENT]
    with pytest.raises(DomainError):
        ledger.end(mediator_wang.as_actor(), client, on=yesterday)


def test_a_struck_entry_no_longer_counts_and_stays(clerk_li, mediator_wang, listed, enter):
    clerk, dispute = clerk_li.as_actor(), builders.make_consented(clerk_li.as_actor())
    tie = enter(id_no=builders.TENANT_ID)
    with pytest.raises(NotPermitted):
        ledger.strike(mediator_wang.as_actor(), tie, reason="不再想披露")
    ledger.strike(clerk, tie, reason="误登：系另一人")
    assert findings(clerk, dispute, listed) == []
    assert ledger.of_mediator(listed.id) == [tie]
    for act in (lambda: ledger.strike(clerk, tie, reason="再次"), lambda: ledger.end(clerk, tie, on=clock.today())):
        with pytest.raises(DomainError) as refused:
            act()
        assert refused.value.message == labels.OBSTACLE[Obstacle.STRUCK]


REFUSED = [
    ({"name": " "}, Obstacle.NO_ONE, "other_name"),
    ({"since": clock.today() + timedelta(days=2)}, Obstacle.FUTURE_DAY, "since"),
    (
        {"since": clock.today(), "until": clock.today() - timedelta(days=2)},
        Obstacle.UNTIL_BEFORE_SINCE,
        "until",
    ),
]


@pytest.mark.parametrize(("over", "obstacle", "field"), REFUSED)
def test_what_cannot_be_entered(enter, over, obstacle, field):
    with pytest.raises(DomainError) as refused:
        enter(**over)
    assert refused.value.message == labels.OBSTACLE[obstacle]
    assert refused.value.field == field


def test_a_wrong_number_and_the_same_entry_twice_are_refused(enter):
    with pytest.raises(DomainError) as refused:
        enter(id_no="370102199003071239")
    assert refused.value.field == "id_no"
    enter(id_no=builders.TENANT_ID)
    with pytest.raises(DomainError) as refused:
        enter(id_no=builders.TENANT_ID, name="刘某某")
    assert refused.value.message == labels.OBSTACLE[Obstacle.KNOWN_ALREADY]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tie SET other_key = 'h1:nobody'",
        "UPDATE tie SET kind = 'other'",
        "UPDATE tie SET mediator_id = mediator_id + 1",
        "UPDATE tie SET struck_on = CURRENT_DATE",
        "DELETE FROM tie",
    ],
)
def test_the_database_keeps_what_was_entered(enter, statement):
    enter()
    with pytest.raises(DBAPIError), db.session.begin_nested():
        db.session.execute(sa.text(statement))


# --- the pages ----------------------------------------------------------------------------------------------------------


def test_the_mediator_discloses_on_the_own_page(client_for, mediator_wang, listed):
    browser = client_for(mediator_wang)
    assert browser.get("/ties", status=302).location.endswith(f"/mediators/{listed.id}/ties")
    url = f"/mediators/{listed.id}/ties"
    kept = browser.post(url, KIN | {"id_no": "12"}, status=422)
    assert kept.field("about") == "表兄"
    assert kept.errors()
    browser.post(url, KIN)
    assert "刘某" in browser.get(url).soup.find(id="ties").get_text()
    assert "tie.record" in trail()
    (tie,) = ledger.of_mediator(listed.id)
    browser.get(f"/ties/{tie.id}")
    browser.post(f"/ties/{tie.id}/end", {"end-on": "明天"}, status=422)
    browser.post(f"/ties/{tie.id}/end", {"end-on": "今天"})
    assert "tie.end" in trail()
    browser.post(f"/ties/{tie.id}/end", {"end-on": "今天"}, status=409)


def test_the_organisation_keeps_the_ledgers_of_its_members(client_for, organisation_user, listed):
    browser = client_for(organisation_user)
    assert "王调解" in browser.get("/ties").text
    browser.post(f"/mediators/{listed.id}/ties", KIN)
    assert len(ledger.of_mediator(listed.id)) == 1


def test_the_registry_enters_strikes_and_answers(client_for, clerk_li, listed):
    browser = client_for(clerk_li)
    browser.post(f"/mediators/{listed.id}/ties", KIN | {"id_no": ""})
    (tie,) = ledger.of_mediator(listed.id)
    dispute = builders.make_consented(clerk_li.as_actor())
    page = browser.get(f"/disputes/{dispute.id}/mediators/{listed.id}/disclosure")
    assert page.soup.find("a", href=f"/disputes/{dispute.id}/ties/{tie.id}/answer")
    url = f"/disputes/{dispute.id}/ties/{tie.id}/answer"
    browser.get(url)
    kept = browser.post(url, {"reason": "号码不同"}, status=422)
    assert kept.field("reason") == "号码不同"
    browser.post(url, {"is_same": "no", "reason": "号码不同"})
    browser.post(url, {"is_same": "no", "reason": "号码不同"}, status=409)
    assert "tie_verdict.answer" in trail()
    browser.post(f"/ties/{tie.id}/striking", {"strike-reason": ""}, status=422)
    browser.post(f"/ties/{tie.id}/striking", {"strike-reason": "误登"})
    assert "误登" in browser.get(f"/ties/{tie.id}").text
    assert "tie.strike" in trail()


@pytest.mark.parametrize(
    ("who", "read", "write"),
    [
        ("mediator_wang", 200, 302),
        ("organisation_user", 200, 302),
        ("clerk_li", 200, 302),
        ("triage_sun", 200, 302),
        ("judge_wu", 200, 403),
        ("president_he", 200, 403),
        ("mediator_zhao", 404, 404),
        ("clerk_of_other_court", 404, 404),
        ("judge_zhou", 403, 403),
        ("auditor", 403, 403),
    ],
)
def test_who_reads_and_writes_a_ledger(request, client_for, listed, who, read, write):
    browser = client_for(request.getfixturevalue(who))
    url = f"/mediators/{listed.id}/ties"
    browser.get(url, status=read)
    browser.post(url, KIN, status=write)


@pytest.mark.parametrize(
    ("who", "read", "end", "strike"),
    [
        ("mediator_wang", 200, 302, 403),
        ("organisation_user", 200, 302, 403),
        ("clerk_li", 200, 302, 302),
        ("judge_wu", 200, 403, 403),
        ("mediator_zhao", 404, 404, 403),
        ("clerk_of_other_court", 404, 404, 404),
    ],
)
def test_who_changes_an_entry(request, client_for, enter, who, read, end, strike):
    browser, first, second = client_for(request.getfixturevalue(who)), enter(), enter(TieKind.CLIENT)
    browser.get(f"/ties/{first.id}", status=read)
    browser.post(f"/ties/{first.id}/end", {"end-on": "今天"}, status=end)
    browser.post(f"/ties/{second.id}/striking", {"strike-reason": "误登"}, status=strike)


@pytest.mark.parametrize(("who", "status"), [("mediator_wang", 403), ("judge_wu", 403), ("clerk_of_other_court", 404)])
def test_who_does_not_answer(request, client_for, clerk_li, enter, who, status):
    tie, dispute = enter(), builders.make_consented(clerk_li.as_actor())
    browser = client_for(request.getfixturevalue(who))
    url = f"/disputes/{dispute.id}/ties/{tie.id}/answer"
    browser.get(url, status=status)
    browser.post(url, {"is_same": "no", "reason": "号码不同"}, status=status)


def test_every_page_in_english(client_for, clerk_li, listed, enter):
    tie, dispute = enter(), builders.make_consented(clerk_li.as_actor())
    browser = client_for(clerk_li)
    with browser.client.session_transaction() as session:
        session["locale"] = "en"
    for url in (
        f"/mediators/{listed.id}/ties",
        f"/ties/{tie.id}",
        f"/disputes/{dispute.id}/ties/{tie.id}/answer",
        f"/disputes/{dispute.id}/mediators/{listed.id}/disclosure",
    ):
        browser.get(url)
