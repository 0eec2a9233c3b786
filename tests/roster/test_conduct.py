"""Complaints examined, nobody sanctioned unheard, a suspension that ends by itself, the yearly evaluation."""

import re
import subprocess
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.documents.models import Document
from mediation.kernel import clock, law
from mediation.kernel.actor import system
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.notices.models import Notice
from mediation.roster import services as roster
from mediation.roster.conduct import rules, services
from mediation.roster.conduct.models import Complaint, Sanction
from mediation.roster.conduct.rules import ComplaintStatus, Result, SanctionFault, SanctionKind, SanctionStatus
from mediation.roster.models import Mediator
from mediation.roster.rules import Ground, RosterStatus
from tests import builders
from tests.page import Browser

Open = Callable[[User | None], Browser]
DAY = date(2026, 3, 2)
COMPLAINT = {"received_on": "2026-03-02", "complainant": "刘某", "ground": "forced", "text": "多次要求必须签字"}


def wang(user: User) -> Mediator:
    return roster.get_mediator(user.as_actor(), user.mediator_id)


def newest() -> AuditEvent:
    return db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).first()


def proposed(president: User, mediator: Mediator, kind: SanctionKind = SanctionKind.WARNING) -> Sanction:
    return services.propose(president.as_actor(), mediator, kind=kind, ground=Ground.FORCED, facts="强迫调解")


@pytest.mark.parametrize("kind", SanctionKind)
@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize("over", [False, True])
@pytest.mark.parametrize("until", [None, DAY, DAY + timedelta(days=1)])
@pytest.mark.parametrize("told", ["", "区司法局"])
def test_what_stands_against_a_sanction(
    kind: SanctionKind, answered: bool, over: bool, until: date | None, told: str
) -> None:
    found = rules.faults(
        kind,
        answered=answered,
        answer_until=DAY - timedelta(days=1) if over else DAY,
        on=DAY,
        until=until,
        reported_to=told,
    )
    suspension = kind is SanctionKind.SUSPENSION
    assert (SanctionFault.UNHEARD in found) == (not answered and not over)
    assert (SanctionFault.NO_LAST_DAY in found) == (suspension and until is None)
    assert (SanctionFault.LAST_DAY_PAST in found) == (suspension and until == DAY)
    assert (SanctionFault.NOT_REPORTED in found) == (kind is SanctionKind.REMOVAL and not told)


def test_articles_are_real() -> None:
    for article in (*rules.SANCTION_ARTICLE.values(), *rules.FAULT_ARTICLE.values()):
        assert law.cite(article)
    assert set(rules.SANCTION_ARTICLE) == set(SanctionKind)
    assert set(rules.FAULT_ARTICLE) == set(SanctionFault)


def test_a_complaint_is_taken_in_at_the_counter_and_examined_by_the_guiding_judge(
    client_for: Open, clerk_li: User, judge_wu: User, mediator_wang: User
) -> None:
    url = f"/roster/mediators/{mediator_wang.mediator_id}/conduct"
    clerk = client_for(clerk_li)
    clerk.get(url)
    page = clerk.post(url, COMPLAINT | {"text": ""}, status=422)
    assert page.field("complainant") == "刘某"
    clerk.post(url, COMPLAINT | {"received_on": str(clock.today() + timedelta(days=1))}, status=422)
    location = clerk.post(url, COMPLAINT).location
    found = db.session.scalars(sa.select(Complaint)).one()
    assert location == f"/roster/complaints/{found.id}"
    assert newest().action == "complaint.receive"
    assert "刘某" not in newest().data
    sent = {"step": "find", "finding": "录音证实"}
    clerk.get(location)
    clerk.post(location, sent, status=403)
    judge = client_for(judge_wu)
    assert judge.post(location, {"step": "find", "finding": ""}, status=422).errors()
    judge.post(location, sent)
    assert found.status is ComplaintStatus.FOUNDED
    assert newest().action == "complaint.find"
    judge.post(location, sent, status=409)
    judge.get("/roster/conduct")


@pytest.mark.parametrize("login", ["judge_chen", "mediator_wang", "organisation_user", "auditor"])
def test_who_has_no_business_with_the_file(
    client_for: Open, login: str, mediator_wang: User, request: pytest.FixtureRequest
) -> None:
    browser = client_for(request.getfixturevalue(login))
    browser.get(f"/roster/mediators/{mediator_wang.mediator_id}/conduct", status=403)
    browser.post(f"/roster/mediators/{mediator_wang.mediator_id}/conduct", COMPLAINT, status=403)
    browser.get("/roster/conduct", status=403)


def test_a_stranger_finds_no_file(
    client_for: Open, clerk_of_other_court: User, clerk_li: User, president_he: User, mediator_wang: User
) -> None:
    made = services.receive(
        clerk_li.as_actor(), wang(mediator_wang), received_on=DAY, complainant="刘某", ground=Ground.LEAK, text="泄露"
    )
    sanction = proposed(president_he, wang(mediator_wang))
    stranger = client_for(clerk_of_other_court)
    stranger.get(f"/roster/mediators/{mediator_wang.mediator_id}/conduct", status=404)
    stranger.get(f"/roster/complaints/{made.id}", status=404)
    stranger.get(f"/roster/sanctions/{sanction.id}", status=404)
    stranger.post(f"/roster/sanctions/{sanction.id}/answer", {"answer-text": "x"}, status=404)


def test_nobody_is_sanctioned_unheard(
    client_for: Open, president_he: User, mediator_wang: User, mediator_zhao: User
) -> None:
    president, own = client_for(president_he), client_for(mediator_wang)
    url = f"/roster/mediators/{mediator_wang.mediator_id}/sanctions/new"
    president.get(url)
    told = {"complaint_id": "0", "ground": "forced", "kind": "warning", "facts": ""}
    assert president.post(url, told, status=422).errors()
    location = president.post(url, told | {"facts": "强迫当事人签字"}).location
    sanction = db.session.scalars(sa.select(Sanction)).one()
    assert sanction.answer_until == clock.today() + timedelta(days=5)
    kinds = list(db.session.scalars(sa.select(Notice.kind).where(Notice.user_id == mediator_wang.id)))
    assert kinds == ["roster.sanction.proposed"]
    decide = f"{location}/decision"
    sent = {"decide-step": "impose", "decide-reason": "事实清楚"}
    page = president.post(decide, sent, status=422)
    assert page.field("decide-reason") == "事实清楚"
    assert sanction.status is SanctionStatus.PROPOSED
    client_for(mediator_zhao).get(location, status=404)
    client_for(mediator_zhao).post(f"{location}/answer", {"answer-text": "x"}, status=404)
    own.get(location)
    assert location in own.get(f"/roster/mediators/{mediator_wang.mediator_id}/profile").html
    assert own.post(f"{location}/answer", {"answer-text": ""}, status=422).errors()
    own.post(f"{location}/answer", {"answer-text": "我没有强迫任何人"})
    assert newest().action == "sanction.answer"
    own.post(decide, sent, status=403)
    president.post(decide, sent)
    assert sanction.status is SanctionStatus.IMPOSED
    assert wang(mediator_wang).status is RosterStatus.ACTIVE
    president.post(decide, sent, status=409)
    own.post(f"{location}/answer", {"answer-text": "再说一次"}, status=409)


def test_silence_until_the_last_day_is_no_obstacle(president_he: User, mediator_wang: User) -> None:
    sanction = proposed(president_he, wang(mediator_wang))
    with clock.pretend(clock.at(sanction.answer_until, 12)), pytest.raises(DomainError) as refused:
        services.impose(president_he.as_actor(), sanction, reason="逾期未申辩")
    assert refused.value.article
    with clock.pretend(clock.at(sanction.answer_until + timedelta(days=1), 12)):
        services.impose(president_he.as_actor(), sanction, reason="逾期未申辩")
    assert sanction.status is SanctionStatus.IMPOSED


def test_a_suspension_ends_by_itself_after_its_last_day(president_he: User, mediator_wang: User) -> None:
    actor, today = president_he.as_actor(), clock.today()
    sanction = proposed(president_he, wang(mediator_wang), SanctionKind.SUSPENSION)
    services.answer(mediator_wang.as_actor(), sanction, "接受")
    with pytest.raises(DomainError) as refused:
        services.impose(actor, sanction, reason="暂停")
    assert refused.value.field == "until"
    services.impose(actor, sanction, reason="暂停", until=today + timedelta(days=30))
    assert wang(mediator_wang).status is RosterStatus.SUSPENDED
    daily = system(actor.court_id)
    with clock.pretend(clock.at(today + timedelta(days=30), 8)):
        assert services.resume_due(daily) == 0
    with clock.pretend(clock.at(today + timedelta(days=31), 8)):
        assert services.resume_due(daily) == 1
        assert services.resume_due(daily) == 0
        assert wang(mediator_wang).status is RosterStatus.ACTIVE
        roster.decide(actor, wang(mediator_wang), "suspend", ground=Ground.LEAVE, reason="病假")
        assert services.resume_due(daily) == 0


def test_a_removal_is_told_to_the_authority_in_charge(president_he: User, mediator_wang: User) -> None:
    actor = president_he.as_actor()
    sanction = proposed(president_he, wang(mediator_wang), SanctionKind.REMOVAL)
    services.answer(mediator_wang.as_actor(), sanction, "不同意")
    with pytest.raises(DomainError) as refused:
        services.impose(actor, sanction, reason="收受财物")
    assert refused.value.field == "reported_to"
    services.impose(actor, sanction, reason="收受财物", reported_to="历下区司法局")
    assert wang(mediator_wang).status is RosterStatus.REMOVED
    assert newest().action in {"mediator.remove", "notice.enqueue"}


def test_after_hearing_nothing_may_follow(president_he: User, mediator_wang: User, clerk_li: User) -> None:
    sanction = proposed(president_he, wang(mediator_wang))
    services.answer(clerk_li.as_actor(), sanction, "窗口记录：当时并未强迫")
    with pytest.raises(NotPermitted), transaction():
        services.drop(clerk_li.as_actor(), sanction, reason="申辩成立")
    db.session.refresh(sanction)
    services.drop(president_he.as_actor(), sanction, reason="申辩成立")
    assert sanction.status is SanctionStatus.DROPPED
    with pytest.raises(IllegalStep):
        services.impose(president_he.as_actor(), sanction, reason="再议")


def test_only_a_founded_complaint_carries_a_sanction(president_he: User, mediator_wang: User) -> None:
    actor = president_he.as_actor()
    made = services.receive(
        actor, wang(mediator_wang), received_on=DAY, complainant="刘某", ground=Ground.GIFTS, text="收礼"
    )
    told = {"kind": SanctionKind.WARNING, "ground": Ground.GIFTS, "facts": "收礼", "complaint": made}
    with pytest.raises(DomainError):
        services.propose(actor, wang(mediator_wang), **told)
    services.examine(actor, made, "find", finding="属实")
    assert services.propose(actor, wang(mediator_wang), **told).complaint_id == made.id


def test_the_database_itself_refuses_an_unheard_sanction(president_he: User, mediator_wang: User) -> None:
    sanction = proposed(president_he, wang(mediator_wang))
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.execute(
            sa.text("UPDATE sanction SET status = 'imposed', reason = 'x', decided_on = proposed_on WHERE id = :id"),
            {"id": sanction.id},
        )


# --- evaluation ------------------------------------------------------------------------------------------------------


def test_the_mediator_reads_a_result_in_the_own_language(president_he: User, mediator_wang: User) -> None:
    accounts.prefer(mediator_wang.as_actor(), locale="en")
    year = clock.today().year - 1
    services.evaluate(president_he.as_actor(), wang(mediator_wang), year, result=Result.GOOD, text="完成较好")
    told = db.session.scalars(sa.select(Notice).where(Notice.user_id == mediator_wang.id)).one()
    assert (told.kind, told.dispute_id) == ("roster.evaluation", None)
    assert told.text.isascii()
    assert "good" in told.text.lower()


def test_figures_are_counted_from_the_disputes(clerk_li: User, mediator_wang: User) -> None:
    made = builders.signed_agreement(clerk_li.as_actor(), mediator_wang.as_actor())
    assert made.id
    year = clock.today().year
    found = services.figures(clerk_li.court_id, year, [mediator_wang.mediator_id])[mediator_wang.mediator_id]
    assert (found.handed, found.ended, found.agreed, found.rate) == (1, 1, 1, 100)
    assert found.average_days == 0
    before = services.figures(clerk_li.court_id, year - 1, [mediator_wang.mediator_id])[mediator_wang.mediator_id]
    assert (before.ended, before.rate, before.average_days) == (0, None, None)


def test_a_year_is_evaluated_once_with_its_figures(client_for: Open, president_he: User, mediator_wang: User) -> None:
    year = clock.today().year - 1
    url = f"/roster/mediators/{mediator_wang.mediator_id}/evaluation/{year}"
    browser = client_for(president_he)
    browser.get(url)
    assert browser.post(url, {"result": "good", "text": ""}, status=422).errors()
    browser.post(url, {"result": "good", "text": "完成较好"})
    kept = services.evaluations_of(wang(mediator_wang))[0]
    assert (kept.year, kept.result, kept.figures["ended"]) == (year, Result.GOOD, 0)
    assert "完成较好" in browser.get(url).text
    browser.post(url, {"result": "excellent", "text": "再评"}, status=409)
    browser.get(f"/roster/mediators/{mediator_wang.mediator_id}/evaluation/1900", status=404)
    assert browser.get(f"/roster/conduct?year={year}").text.count("王调解") == 1


def test_no_two_figures_of_the_evaluation_have_the_same_name(
    client_for: Open, president_he: User, mediator_wang: User
) -> None:
    # The list and the catalogue do not count the same: the withdrawn are among those ended of the catalogue alone.
    page = client_for(president_he).get(
        f"/roster/mediators/{mediator_wang.mediator_id}/evaluation/{clock.today().year}"
    )
    names = [
        one.get_text(" ", strip=True) for one in page.soup.select("main dt, main tbody th, main tbody td:first-child")
    ]
    assert len(names) > 10
    assert len(names) == len(set(names))


def test_the_clerk_reads_and_does_not_evaluate(client_for: Open, clerk_li: User, mediator_wang: User) -> None:
    url = f"/roster/mediators/{mediator_wang.mediator_id}/evaluation/{clock.today().year - 1}"
    client_for(clerk_li).get(url)
    client_for(clerk_li).post(url, {"result": "good", "text": "好"}, status=403)


def test_a_year_that_runs_is_not_evaluated_before_december(president_he: User, mediator_wang: User) -> None:
    actor = president_he.as_actor()
    with clock.pretend(clock.at(date(2026, 11, 30), 9)), pytest.raises(DomainError):
        services.evaluate(actor, wang(mediator_wang), 2026, result=Result.GOOD, text="好")
    with clock.pretend(clock.at(date(2026, 12, 1), 9)):
        assert services.evaluate(actor, wang(mediator_wang), 2026, result=Result.GOOD, text="好").year == 2026


def sheet_text(answer, tmp_path) -> str:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(answer.response.data)
    return re.sub(
        r"\s", "", subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    )


def test_the_sheet_is_printed_before_the_decision_and_archived_with_it(
    client_for: Open, president_he: User, clerk_li: User, mediator_wang: User, tmp_path
) -> None:
    year = clock.today().year - 1
    url = f"/roster/mediators/{mediator_wang.mediator_id}/evaluation/{year}"
    browser = client_for(president_he)
    assert browser.get(url).soup.select_one("#catalogue tbody tr") is not None
    draft = sheet_text(browser.get(f"{url}/sheet", status=200), tmp_path)
    assert "样稿未签发" in draft
    assert "■" not in draft
    assert db.session.scalar(sa.select(sa.func.count(Document.id)).where(Document.kind == "evaluation_sheet")) == 0
    browser.post(url, {"result": "good", "text": "程序规范，完成较好。"})
    decided = sheet_text(client_for(clerk_li).get(f"{url}/sheet", status=200), tmp_path)
    assert "■良好" in decided
    assert "程序规范" in decided
    assert "第十条" in decided
    kept = db.session.scalars(sa.select(Document).where(Document.kind == "evaluation_sheet")).one()
    assert (kept.subject_type, kept.party, kept.data["year"]) == ("evaluation", "王调解", year)
    names = {row[1] for row in kept.data["figures"]}
    assert {"I18a v1", "I18b v1", "I03b v1", "I13 v1"} <= names


def test_the_sheet_is_the_court_s(client_for: Open, mediator_wang: User, clerk_of_other_court: User) -> None:
    url = f"/roster/mediators/{mediator_wang.mediator_id}/evaluation/{clock.today().year - 1}/sheet"
    client_for(mediator_wang).get(url, status=403)
    client_for(clerk_of_other_court).get(url, status=404)
    client_for(None).get(url, status=401)
