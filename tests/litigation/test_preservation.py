"""Preservation from the application to its end: periods, warnings, what others see, and the pages (R3-60)."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from mediation.disputes import services as disputes
from mediation.disputes.rules import Capacity
from mediation.documents import services as library
from mediation.documents.models import Document
from mediation.documents.rules import Folder
from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.litigation import services as litigation
from mediation.litigation.bench import naming
from mediation.litigation.preservation import keeping
from mediation.litigation.preservation.models import Preservation
from mediation.litigation.preservation.rules import LiftReason, Object, Status, Sued
from mediation.notices.models import Notice
from mediation.periods import services as periods
from mediation.periods.rules import DeadlineStatus
from mediation.periods.table import PeriodKey
from mediation.reminders import services as reminders
from mediation.reminders.rules import Stage
from tests import builders

K = PeriodKey
MONDAY = date(2026, 3, 2)
SUE_BY = date(2026, 4, 1)


def at(day: date, hour: int = 9):
    return clock.pretend(clock.at(day, hour))


def application(dispute, **over):
    applicant, other = builders.party_ids(dispute.id)[:2]
    told = {
        "applicant_id": applicant, "against_id": other, "object": Object.DEPOSIT, "what": "济南某银行账户",
        "security": "保险公司保函", "accepted_at": clock.at(MONDAY, 10, 20), "amount_fen": 120000,
    }  # fmt: skip
    return keeping.Application(**(told | over))


@pytest.fixture
def dispute(clerk_li):
    with at(MONDAY, 8):
        return builders.make_dispute(clerk_li.as_actor())


@pytest.fixture
def applied(clerk_li, dispute):
    with at(MONDAY, 11):
        return keeping.apply(clerk_li.as_actor(), dispute, application(dispute))


@pytest.fixture
def ordered(judge_wu, applied):
    with at(MONDAY, 15):
        keeping.rule(judge_wu.as_actor(), applied, granted=True, at=clock.at(MONDAY, 14))
    return applied


@pytest.fixture
def taken(clerk_li, ordered):
    with at(MONDAY, 17):
        keeping.take(clerk_li.as_actor(), ordered, on=MONDAY)
    return ordered


def clock_of(found, key):
    return next(d for d in keeping.clocks(found) if d.key is key)


def last_action() -> str:
    return db.session.scalars(sa.select(audit.AuditEvent.action).order_by(audit.AuditEvent.id.desc())).first()


# --- the way of it ---------------------------------------------------------------------------------------------------


def test_the_ruling_is_due_in_48_hours_from_the_next_full_hour(applied):
    limit = clock_of(applied, K.PRESERVE_RULING)
    assert limit.final_at == clock.at(date(2026, 3, 4), 11)
    assert limit.is_running
    assert not applied.in_suit


def test_before_suit_it_has_a_number_of_its_own(clerk_li, ordered, dispute):
    assert ordered.number == "（2026）鲁0102财保1号"
    assert library.latest("preservation_ruling", "preservation", ordered.id).number == ordered.number
    with at(MONDAY, 18):
        second = keeping.apply(clerk_li.as_actor(), dispute, application(dispute, what="另一账户"))
    assert second.number == "（2026）鲁0102财保2号"


def test_whoever_mediates_does_not_read_of_it_by_its_number(client_for, clerk_li, mediator_wang):
    with at(MONDAY, 11):
        running = builders.accepted_assignment(clerk_li.as_actor(), mediator_wang.as_actor())
        dispute = disputes.get(clerk_li.as_actor(), running.dispute_id)
        found = keeping.apply(clerk_li.as_actor(), dispute, application(dispute, accepted_at=clock.now()))
    assert found.number in client_for(clerk_li).get(f"/preservations/{found.id}").text
    assert "财保" not in client_for(mediator_wang).get(f"/disputes/{dispute.id}?timeline=all").text


def test_from_the_measure_thirty_days_run_and_the_measures_own_year(taken):
    assert clock_of(taken, K.PRESERVE_RULING).status is DeadlineStatus.MET
    assert clock_of(taken, K.PRESERVE_SUE_BY).final_on == SUE_BY
    assert clock_of(taken, K.PRESERVE_DEPOSIT).final_on == date(2027, 3, 2)
    assert taken.status is Status.TAKEN


def test_mediation_does_not_stop_the_thirty_days(clerk_li, mediator_wang, taken, dispute):
    clerk = clerk_li.as_actor()
    with at(MONDAY + timedelta(days=1)):
        from mediation.intake import services as intake

        intake.screen(clerk, dispute)
    assert clock_of(taken, K.PRESERVE_SUE_BY).status is DeadlineStatus.OPEN
    with pytest.raises(DomainError):
        periods.suspend(clerk, clock_of(taken, K.PRESERVE_SUE_BY), MONDAY, periods.Cause.CONSENTED_MEDIATION)


def test_filing_here_keeps_the_measure(clerk_li, taken, dispute):
    with at(SUE_BY):
        litigation.file_case(clerk_li.as_actor(), dispute)
    assert (taken.sued, taken.sued_on) == (Sued.HERE, SUE_BY)
    assert clock_of(taken, K.PRESERVE_SUE_BY).status is DeadlineStatus.MET
    assert clock_of(taken, K.PRESERVE_DEPOSIT).is_running


def test_filing_too_late_does_not(clerk_li, judge_wu, taken, dispute):
    late = SUE_BY + timedelta(days=1)
    with at(late):
        litigation.file_case(clerk_li.as_actor(), dispute)
        assert taken.sued_on is None
        with pytest.raises(DomainError) as refused:
            keeping.sue(clerk_li.as_actor(), taken, on=late, where=Sued.OTHER_COURT)
        assert refused.value.article == "CPL art. 104"
        keeping.lift(judge_wu.as_actor(), taken, on=late, reason=LiftReason.NOT_SUED)
    assert not any(d.is_running for d in keeping.clocks(taken))
    assert last_action().startswith("deadline.cancel")


def test_a_suit_elsewhere_or_arbitration_keeps_it_too(clerk_li, taken):
    with at(SUE_BY + timedelta(days=3)):
        keeping.sue(clerk_li.as_actor(), taken, on=SUE_BY, where=Sued.ARBITRATION)
    assert clock_of(taken, K.PRESERVE_SUE_BY).status is DeadlineStatus.MET
    with pytest.raises(DomainError):
        keeping.sue(clerk_li.as_actor(), taken, on=SUE_BY, where=Sued.ARBITRATION)


def test_in_suit_no_thirty_days_run_and_security_is_the_courts_to_ask(clerk_li, judge_wu, dispute):
    clerk = clerk_li.as_actor()
    with at(MONDAY, 8):
        litigation.file_case(clerk, dispute)
    with at(MONDAY, 11):
        found = keeping.apply(clerk, dispute, application(dispute, security="", urgent=False, object=Object.CONDUCT))
        keeping.rule(judge_wu.as_actor(), found, granted=True, at=clock.now())
        keeping.take(clerk, found, on=MONDAY)
    assert found.in_suit
    assert list(keeping.clocks(found)) == []


def test_once_the_case_has_its_bench_no_other_judge_rules(client_for, clerk_li, judge_wu, judge_zhou, dispute):
    clerk = clerk_li.as_actor()
    with at(MONDAY, 8):
        case = litigation.file_case(clerk, dispute)
        naming.name(clerk, case, judge_id=judge_zhou.id)
    with at(MONDAY, 11):
        found = keeping.apply(clerk, dispute, application(dispute))
        with pytest.raises(NotPermitted) as refused:
            keeping.rule(judge_wu.as_actor(), found, granted=True, at=clock.now())
        assert refused.value.article == "CPL arts 103, 104"
        client_for(judge_wu).post(f"/preservations/{found.id}/ruling", {}, status=403)
        assert "ruling" not in client_for(judge_wu).get(f"/preservations/{found.id}").text
        keeping.rule(judge_zhou.as_actor(), found, granted=True, at=clock.now())
    assert found.ruled_by_id == judge_zhou.id


def test_filed_between_ruling_and_measure_no_thirty_days_run(clerk_li, ordered, dispute):
    with at(MONDAY, 16):
        litigation.file_case(clerk_li.as_actor(), dispute)
        keeping.take(clerk_li.as_actor(), ordered, on=MONDAY)
    assert ordered.in_suit
    assert {d.key for d in keeping.clocks(ordered)} == {K.PRESERVE_RULING, K.PRESERVE_DEPOSIT}


def test_renewed_before_the_term_is_over_and_not_after(clerk_li, taken):
    clerk = clerk_li.as_actor()
    with at(date(2027, 3, 2)):
        keeping.renew(clerk, taken, months=12)
        assert clock_of(taken, K.PRESERVE_DEPOSIT).final_on == date(2028, 3, 2)
        with pytest.raises(DomainError, match="单次"):
            keeping.renew(clerk, taken, months=13)
    with at(date(2028, 3, 3)), pytest.raises(DomainError, match="已经届满"):
        keeping.renew(clerk, taken, months=1)
    assert [e.amount for e in clock_of(taken, K.PRESERVE_DEPOSIT).extensions] == [12]


def test_the_court_may_hold_it_for_less(clerk_li, ordered):
    with at(MONDAY, 17):
        keeping.take(clerk_li.as_actor(), ordered, on=MONDAY, months=6)
    assert clock_of(ordered, K.PRESERVE_DEPOSIT).final_on == date(2026, 9, 2)


def test_withdrawn_before_anything_was_done(clerk_li, applied):
    keeping.withdraw(clerk_li.as_actor(), applied)
    assert applied.status is Status.WITHDRAWN
    assert not any(d.is_running for d in keeping.clocks(applied))
    with pytest.raises(IllegalStep):
        keeping.take(clerk_li.as_actor(), applied, on=MONDAY)


def test_what_is_refused(clerk_li, judge_wu, mediator_wang, dispute, applied):
    clerk, judge = clerk_li.as_actor(), judge_wu.as_actor()
    with at(MONDAY, 12):
        for over, field in (
            ({"security": " "}, "security"),
            ({"against_id": application(dispute).applicant_id}, "against_id"),
            ({"accepted_at": clock.at(MONDAY, 13)}, "accepted_at"),
        ):
            with pytest.raises(DomainError) as refused:
                keeping.apply(clerk, dispute, application(dispute, **over))
            assert (refused.value.field, bool(refused.value.article)) == (field, True)
        with pytest.raises(NotPermitted):
            keeping.rule(clerk, applied, granted=True, at=clock.now())
        for granted, moment, field in (
            (False, clock.now(), "note"),
            (True, clock.at(MONDAY, 9), "at"),
            (True, clock.at(MONDAY, 13), "at"),
        ):
            with pytest.raises(DomainError) as refused:
                keeping.rule(judge, applied, granted=granted, at=moment)
            assert refused.value.field == field
        with pytest.raises(NotPermitted):
            keeping.apply(mediator_wang.as_actor(), dispute, application(dispute))
        keeping.rule(judge, applied, granted=False, at=clock.now(), note="未说明紧急情况")
    assert applied.status is Status.DISMISSED


def test_the_database_keeps_it_too(dispute, applied):
    rows = sa.update(Preservation.__table__).where(Preservation.id == applied.id)
    db.session.commit()
    for wrong in (
        {"security": ""},
        {"against_id": applied.applicant_id},
        {"status": "taken"},
        {"lifted_on": MONDAY},
        {"amount_fen": 0},
    ):
        with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
            db.session.connection().execute(rows.values(**wrong))


# --- the daily run ---------------------------------------------------------------------------------------------------


def told(kind: str) -> list[Notice]:
    return list(db.session.scalars(sa.select(Notice).where(Notice.kind == kind).order_by(Notice.id)))


def test_ten_five_and_two_days_before_applicant_and_clerk_are_told_each_once(clerk_li, taken):
    actor = clerk_li.as_actor()
    counts = []
    for before in (11, 10, 9, 6, 5, 4, 3, 2, 1, 0):
        with at(SUE_BY - timedelta(days=before), 6):
            counts.append(reminders.remind(actor)[Stage.SOON])
            counts.append(reminders.remind(actor)[Stage.SOON])
    assert counts[::2] == [0, 1, 0, 0, 1, 0, 0, 1, 0, 0]
    assert set(counts[1::2]) == {0}
    to_party = told("sue_by")
    assert {n.party_id for n in to_party} == {taken.applicant_id}
    assert len(to_party) == 3
    assert [n.superseded_at is None for n in to_party] == [False, False, True]
    assert "2026年4月1日" in to_party[-1].text
    assert {n.user_id for n in told("deadline.soon") if n.subject_id == clock_of(taken, K.PRESERVE_SUE_BY).id} == {
        clerk_li.id
    }


def test_missed_days_lead_to_one_warning_and_after_the_last_day_the_court_is_told_to_lift(clerk_li, judge_wu, taken):
    actor = clerk_li.as_actor()
    with at(SUE_BY - timedelta(days=1), 6):
        assert reminders.remind(actor)[Stage.SOON] == 1
    with at(SUE_BY + timedelta(days=1), 6):
        assert reminders.remind(actor)[Stage.LATE] == 1
        assert reminders.remind(actor)[Stage.LATE] == 0
    late = [n for n in told("deadline.late") if n.subject_id == clock_of(taken, K.PRESERVE_SUE_BY).id]
    assert {clerk_li.id, judge_wu.id} <= {n.user_id for n in late}
    assert "应当解除保全" in late[0].text


def test_after_the_suit_nobody_is_warned(clerk_li, taken, dispute):
    with at(MONDAY + timedelta(days=2)):
        litigation.file_case(clerk_li.as_actor(), dispute)
    with at(SUE_BY - timedelta(days=2), 6):
        reminders.remind(clerk_li.as_actor())
    assert told("sue_by") == []


def test_thirty_days_before_the_term_ends_the_clerk_is_told(clerk_li, taken, dispute):
    with at(MONDAY + timedelta(days=2)):
        litigation.file_case(clerk_li.as_actor(), dispute)
    term = clock_of(taken, K.PRESERVE_DEPOSIT)
    with at(term.final_on - timedelta(days=30), 6):
        reminders.remind(clerk_li.as_actor())
    assert [n.user_id for n in told("deadline.soon") if n.subject_id == term.id] == [clerk_li.id]


# --- pages -----------------------------------------------------------------------------------------------------------


def typed(dispute, **over):
    applicant, other = builders.party_ids(dispute.id)[:2]
    told = {
        "applicant_id": applicant, "against_id": other, "object": "deposit", "what": "某银行账户", "amount": "1200",
        "security": "保函", "day": clock.today().isoformat(), "time": "00:01", "urgent": "y",
    }  # fmt: skip
    return told | over


def test_the_whole_way_on_the_screen(client_for, clerk_li, judge_wu, dispute):
    clerk, judge = client_for(clerk_li), client_for(judge_wu)
    assert "登记保全申请" in clerk.get(f"/disputes/{dispute.id}").text
    clerk.post(f"/disputes/{dispute.id}/preservation", typed(dispute), status=302)
    found = keeping.of_dispute(dispute.id)[0]
    url = f"/preservations/{found.id}"
    today = clock.today().isoformat()
    clerk.post(f"{url}/measure", {"taken-on": today}, status=409)
    judge.post(f"{url}/ruling", {"ruling-answer": "order", "ruling-day": today, "ruling-time": "00:02"}, status=302)
    clerk.post(f"{url}/measure", {"taken-on": today}, status=302)
    page = clerk.get(url)
    for words in ("诉前保全", "三十日内起诉或者申请仲裁", "立即立案", "续行保全", "调解不影响该期限"):
        assert words in page.text, words
    clerk.post(f"{url}/renewal", {"renewal-months": "13"}, status=422)
    clerk.post(f"{url}/renewal", {"renewal-months": "12"}, status=302)
    clerk.post(f"{url}/suit", {"suit-where": "arbitration", "suit-on": today}, status=302)
    assert "已申请仲裁" in clerk.get(url).text
    assert "立即立案" not in clerk.get(url).text
    judge.post(f"{url}/lifting", {"lifting-reason": "not_sued", "lifting-on": today}, status=422)
    judge.post(f"{url}/lifting", {"lifting-reason": "security", "lifting-on": today}, status=302)
    db.session.expire_all()
    assert found.status is Status.LIFTED
    assert "保全已解除" in clerk.get(f"/disputes/{dispute.id}?timeline=all").text


def test_a_suit_here_is_not_typed_in_but_filed(client_for, clerk_li, judge_wu, taken):
    url = f"/preservations/{taken.id}"
    with at(MONDAY + timedelta(days=3)):
        browser = client_for(clerk_li)
        assert "立即立案" in browser.get(url).text
        assert "立即立案" not in client_for(judge_wu).get(url).text
        browser.post(f"{url}/suit", {"suit-where": "here", "suit-on": "2026-03-05"}, status=422)


def test_what_was_typed_comes_back(client_for, clerk_li, dispute):
    url = f"/disputes/{dispute.id}/preservation"
    page = client_for(clerk_li).post(url, typed(dispute, security=""), status=422)
    assert "申请诉前保全应当提供担保" in page.text
    assert "某银行账户" in str(page.soup)


@pytest.mark.parametrize("path", ["", "/ruling", "/withdrawal", "/measure", "/renewal", "/suit", "/lifting"])
def test_who_is_kept_out(client_for, request, taken, path):
    url = f"/preservations/{taken.id}{path}"
    for login, status in (("clerk_of_other_court", 404), ("mediator_wang", 403), ("sysadmin", 403)):
        browser = client_for(request.getfixturevalue(login))
        if path:
            wanted = 403 if login == "clerk_of_other_court" and path in {"/ruling", "/lifting"} else status
            browser.post(url, {}, status=wanted)
        else:
            browser.get(url, status=status)


def test_the_registry_does_not_rule(client_for, clerk_li, applied):
    url = f"/preservations/{applied.id}"
    for path in ("/ruling", "/lifting"):
        client_for(clerk_li).post(url + path, {}, status=403)


def test_others_learn_of_it_only_when_it_has_been_taken(client_for, clerk_li, judge_wu, mediator_wang):
    clerk = clerk_li.as_actor()
    with at(MONDAY, 8):
        assignment = builders.accepted_assignment(clerk, mediator_wang.as_actor())
    from mediation.disputes.models import Dispute

    dispute = db.session.get_one(Dispute, assignment.dispute_id)
    with at(MONDAY, 11):
        found = keeping.apply(clerk, dispute, application(dispute))
    address = f"/disputes/{dispute.id}?timeline=all"
    mediator, registry = client_for(mediator_wang), client_for(clerk_li)
    assert "保全" in registry.get(address).text
    assert "保全" not in mediator.get(address).text
    mediator.get(f"/deadlines/{clock_of(found, K.PRESERVE_RULING).id}", status=404)
    mediator.get(f"/deadlines/{clock_of(found, K.PRESERVE_RULING).id}.json", status=404)
    with at(MONDAY, 15):
        keeping.rule(judge_wu.as_actor(), found, granted=True, at=clock.now())
        assert "保全" not in mediator.get(address).text
        keeping.take(clerk, found, on=MONDAY)
    text = mediator.get(address).text
    assert "调解不影响该期限" in text
    assert "已申请保全" not in text
    assert "已裁定保全" not in text


# --- the paper --------------------------------------------------------------------------------------------------------


def papers_of(found) -> list[Document]:
    rows = sa.select(Document).where(Document.subject_type == "preservation", Document.subject_id == found.id)
    return list(db.session.scalars(rows.order_by(Document.id)))


def test_the_ruling_is_a_paper_that_only_the_court_reads(
    client_for, judge_wu, mediator_wang, clerk_li, dispute, ordered
):
    (paper,) = papers_of(ordered)
    assert (paper.kind, paper.folder, paper.sealed) == ("preservation_ruling", Folder.COURT_ONLY, True)
    assert (paper.data["turn"], paper.data["years"], paper.data["in_suit"]) == ("order", 1, False)
    assert paper.data["judge"] == judge_wu.name
    assert paper.id in {one.id for one in library.of_dispute(clerk_li.as_actor(), dispute.id)}
    # Before it is taken, a mediator of the dispute learns neither that there is a paper nor of the act (CPL art. 106).
    disputes.participate(clerk_li.as_actor(), dispute, Capacity.MEDIATED, mediator_id=mediator_wang.mediator_id)
    db.session.commit()
    assert library.of_dispute(mediator_wang.as_actor(), dispute.id) == []
    assert library.get(mediator_wang.as_actor(), paper.id) is None
    page = client_for(mediator_wang).get(f"/disputes/{dispute.id}")
    assert "裁定" not in page.text
    assert "仅供法院" not in page.text
    client_for(mediator_wang).get(f"/documents/{paper.id}", status=404)


def test_dismissing_and_lifting_are_rulings_of_their_own(clerk_li, judge_wu, applied, dispute):
    with at(MONDAY, 15):
        keeping.rule(judge_wu.as_actor(), applied, granted=False, at=clock.at(MONDAY, 14), note="未提供有效担保")
        (paper,) = papers_of(applied)
        assert (paper.data["turn"], paper.data["reason"]) == ("dismiss", "未提供有效担保。")
        second = keeping.apply(
            clerk_li.as_actor(), dispute, application(dispute, object=Object.CONDUCT, amount_fen=None)
        )
        keeping.rule(judge_wu.as_actor(), second, granted=True, at=clock.at(MONDAY, 14))
        keeping.take(clerk_li.as_actor(), second, on=MONDAY)
        keeping.lift(judge_wu.as_actor(), second, on=MONDAY, reason=LiftReason.SECURITY)
    first, last = papers_of(second)
    assert (first.data["years"], last.data["turn"], last.data["lift_reason"]) == (0, "lift", "security")
    assert (last.version, last.folder) == (2, Folder.COURT_TRANSFERABLE)
