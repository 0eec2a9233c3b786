"""Service by announcement on the records and on the screen (CPL art. 95; S2 arts 138-140, 243)."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.documents import services as documents
from mediation.kernel.db import db
from mediation.kernel.errors import IllegalStep, NotPermitted
from mediation.litigation import services
from mediation.litigation.announcement import keeping, publishing
from mediation.litigation.announcement.models import Announcement
from mediation.litigation.announcement.rules import AnnouncementStatus, Matter, Medium, Need
from mediation.litigation.defence import keeping as defences
from mediation.litigation.defence import serving
from mediation.litigation.defence.rules import DefenceStatus
from mediation.litigation.jurisdiction import deciding
from mediation.litigation.jurisdiction import keeping as jurisdiction
from mediation.litigation.jurisdiction.rules import Answer, Origin
from mediation.litigation.rules import Manner, Procedure
from mediation.notices.rules import ServiceMethod
from mediation.periods.rules import DeadlineStatus
from mediation.periods.table import PeriodKey
from tests.litigation.test_defence import actions, refusal
from tests.litigation.test_procedure import FILED, on, track

SENT, PUBLISHED, UNTIL = date(2026, 3, 4), date(2026, 3, 11), date(2026, 4, 10)


@pytest.fixture
def case(clerk, judge, president_he):
    """Sent to the defendant, who is nowhere; the case is in the ordinary procedure."""
    made = track(clerk, judge, president_he.as_actor(), Procedure.SUMMARY)
    with on(SENT):
        serving.send(clerk, made, on=SENT)
        services.convert(judge, made, reason="被告下落不明，需要公告送达。", clerk_name="黎燚")
    db.session.commit()
    return made


def told(case, **over):
    return {
        "target": next((one.key for one in keeping.targets(case)), "1-1"), "need": Need.WHEREABOUTS,
        "course": "邮寄退回两次，居委会称去向不明。", "points": "请求退还押金。", "medium": Medium.ONLINE,
        "outlet": "人民法院公告网", "published_on": PUBLISHED,
    } | over  # fmt: skip


def published(clerk, case, **over):
    with on(PUBLISHED):
        return publishing.publish(clerk, case, **told(case, **over))


def test_the_thirty_days_run_the_trial_limit_stands_still_and_the_paper_says_why(clerk, case):
    before = services.limit_of(case).final_on
    made = published(clerk, case)
    limit = keeping.clock_of(made)
    assert (limit.key, limit.final_on, limit.is_running) == (PeriodKey.ANNOUNCEMENT_SERVICE, UNTIL, True)
    assert services.limit_of(case).is_suspended
    paper = documents.latest(publishing.PAPER, keeping.TYPE, made.id)
    assert (paper.data["until"], paper.data["matter"], paper.sealed) == ("2026-04-10", "plaint", True)
    with on(UNTIL):
        served = publishing.complete(clerk, made)
    one = defences.of_case(case)[0]
    assert (served.method, served.effective_on, served.published_on) == (ServiceMethod.ANNOUNCEMENT, UNTIL, PUBLISHED)
    assert (made.status, one.status, one.served_on) == (AnnouncementStatus.SERVED, DefenceStatus.SERVED, UNTIL)
    assert defences.time_to_answer(one).start_on == UNTIL
    assert keeping.clock_of(made).status is DeadlineStatus.MET
    # S2 art. 243: the days of the announcement are not counted.
    after = services.limit_of(case)
    assert not after.is_suspended
    assert (after.final_on - before).days >= (UNTIL - PUBLISHED).days
    assert {"announcement.publish", "announcement.complete"} <= set(actions(case))
    with on(UNTIL), pytest.raises(IllegalStep):
        publishing.complete(clerk, made)


def test_not_in_the_summary_procedure_not_for_a_mediation_document_not_twice(
    clerk, judge, mediator_wang, case, president_he
):
    with on(PUBLISHED):
        with pytest.raises(NotPermitted):
            publishing.publish(mediator_wang.as_actor(), case, **told(case))
        assert refusal(publishing.publish, clerk, case, **told(case, target="999-999")).field == "target"
        assert refusal(publishing.publish, clerk, case, **told(case, published_on=FILED)).article == "S2 art. 138"
        assert refusal(publishing.publish, clerk, case, **told(case, medium=Medium.POSTED)).field == "pictures"
        assert refusal(publishing.publish, clerk, case, **told(case, course=" ")).article == "CPL art. 95"
    published(clerk, case)
    with on(PUBLISHED):
        assert refusal(publishing.publish, clerk, case, **told(case)).field == "target"
    case.procedure = Procedure.SUMMARY
    with db.session.no_autoflush, on(PUBLISHED):
        assert refusal(publishing.publish, clerk, case, **told(case)).article == "S2 art. 140"
    db.session.expire_all()


def test_before_the_thirty_days_are_over_nothing_counts_as_served(clerk, case):
    made = published(clerk, case)
    with on(UNTIL - timedelta(days=1)):
        assert refusal(publishing.complete, clerk, made).article == "CPL art. 95"
    assert made.status is AnnouncementStatus.RUNNING


def test_found_again_it_is_called_off_and_the_limit_runs_on(clerk, case):
    made = published(clerk, case)
    with on(date(2026, 3, 20)):
        publishing.call_off(clerk, made)
    assert (made.status, keeping.clock_of(made).status) == (AnnouncementStatus.CALLED_OFF, DeadlineStatus.CANCELLED)
    assert not services.limit_of(case).is_suspended
    assert "announcement.call_off" in actions(case)
    with on(date(2026, 3, 20)):
        again = publishing.publish(clerk, case, **told(case, published_on=date(2026, 3, 20)))
    assert again.status is AnnouncementStatus.RUNNING


def test_who_is_reached_otherwise_needs_no_announcement_nor_a_closed_case(clerk, judge, case):
    made = published(clerk, case)
    with on(date(2026, 3, 16)):
        serving.serve(
            clerk, defences.of_case(case)[0], method=ServiceMethod.DIRECT, on=date(2026, 3, 16), receiver="本人"
        )
    assert made.status is AnnouncementStatus.CALLED_OFF
    assert not services.limit_of(case).is_suspended


def test_with_the_case_it_ends(clerk, judge, case):
    made = published(clerk, case)
    with on(date(2026, 3, 16)):
        services.close_case(judge, case, Manner.WITHDRAWN, clerk_name="黎燚")
    assert made.status is AnnouncementStatus.CALLED_OFF
    with on(date(2026, 3, 17)):
        assert refusal(publishing.publish, clerk, case, **told(case)).article == "CPL art. 95"


def test_a_ruling_on_jurisdiction_is_announced_with_the_right_to_appeal(clerk, judge, case):
    with on(SENT):
        raised = deciding.question(
            clerk,
            case,
            origin=Origin.PARTY,
            party_id=defences.defendants(case)[0].id,
            raised_on=SENT,
            reason="住所地不在本区。",
        )
        deciding.rule(judge, raised, Answer.REJECT, reasons="本院有管辖权。", fee_fen=5_000, clerk_name="黎燚")
    wanted = next(one for one in keeping.targets(case) if one.matter is Matter.RULING)
    made = published(clerk, case, target=wanted.key, points="驳回管辖权异议。")
    with on(UNTIL):
        publishing.complete(clerk, made)
    service, limit = jurisdiction.served(raised)[wanted.party.id]
    assert (service.effective_on, limit.start_on) == (UNTIL, UNTIL)
    paper = documents.latest(publishing.PAPER, keeping.TYPE, made.id)
    assert (paper.data["matter"], paper.data["final"]) == ("ruling", False)


def test_the_database_holds_what_the_law_says(clerk, case):
    made = published(clerk, case)
    db.session.commit()
    table = Announcement.__table__
    for wrong in ({"status": "served"}, {"medium": "residence"}, {"course": ""}, {"effective_on": PUBLISHED}):
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(sa.update(table).where(table.c.id == made.id).values(**wrong))


def test_nothing_is_announced_past_the_file(clerk, case):
    one = defences.of_case(case)[0]
    past = {"method": ServiceMethod.ANNOUNCEMENT, "on": UNTIL, "receiver": "公告送达", "published_on": PUBLISHED}
    with on(UNTIL):
        assert refusal(serving.serve, clerk, one, **past).article == "CPL art. 95"
    made = published(clerk, case)
    with on(UNTIL):
        assert refusal(serving.serve, clerk, one, **past).article == "CPL art. 95"
        publishing.complete(clerk, made)
    assert one.served_on == UNTIL


def test_a_form_of_service_offers_no_announcement_and_does_not_take_one(client_for, clerk_li, case):
    one = defences.of_case(case)[0]
    name = f"defence-{one.id}-method"
    typed = {name: "announcement", f"defence-{one.id}-on": "2026-04-10", f"defence-{one.id}-receiver": "公告送达"}
    with on(UNTIL):
        page = client_for(clerk_li).get(f"/cases/{case.id}")
        assert "announcement" not in {field["value"] for field in page.soup.find_all("input", attrs={"name": name})}
        page = client_for(clerk_li).post(f"/cases/{case.id}/defences/{one.id}/service", typed, status=422)
    assert page.errors()
    assert page.soup.select_one(".error-summary").find(string=lambda said: "95" in said or "九十五" in said)
    assert one.served_on is None


def test_on_the_page_from_the_announcement_to_the_service(client_for, clerk_li, judge_zhou, clerk, case):
    here, target = f"/cases/{case.id}", keeping.targets(case)[0].key
    typed = {
        "announce-target": target, "announce-need": "whereabouts", "announce-course": "邮寄退回两次。", "announce-points": "退还押金。",
        "announce-medium": "newspaper", "announce-outlet": "", "announce-published_on": "2026-03-11",
    }  # fmt: skip
    with on(PUBLISHED):
        counter = client_for(clerk_li)
        assert counter.get(here).soup.find(id="announcement")
        page = counter.post(f"{here}/announcements", typed, status=422)
        assert page.errors()
        assert "邮寄退回两次。" in page.text
        counter.post(f"{here}/announcements", typed | {"announce-outlet": "人民法院报"})
        made = db.session.scalars(sa.select(Announcement)).one()
        address = f"{here}/announcements/{made.id}"
        counter.post(f"{address}/service", {}, status=409)
        counter.post(f"{here}/announcements/{made.id + 9}/service", {}, status=404)
    with on(UNTIL):
        page = client_for(clerk_li).get(here).soup.find(id="announcement")
        assert "人民法院报" in page.get_text()
        client_for(clerk_li).post(f"{address}/service", {})
        client_for(clerk_li).post(f"{address}/service", {}, status=409)
        client_for(clerk_li).post(f"{address}/end", {}, status=409)
    assert made.status is AnnouncementStatus.SERVED


@pytest.mark.parametrize("act", ["announcements", "announcements/1/service", "announcements/1/end"])
def test_nobody_else_and_no_other_court(client_for, mediator_wang, president_he, clerk_of_other_court, case, act):
    for somebody in (mediator_wang, president_he):
        client_for(somebody).post(f"/cases/{case.id}/{act}", {}, status=403)
    client_for(clerk_of_other_court).post(f"/cases/{case.id}/{act}", {}, status=404)
