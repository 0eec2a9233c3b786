"""A replacing mediator takes over the session fixed with the former one, or it is put to another time (S4 arts 13, 14)."""

import pytest

from mediation.agreements.models import MediationSession
from mediation.agreements.services import sessions, taking_over
from mediation.assignment import services as assignments
from mediation.assignment.rules import Choice, Status
from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.notices.models import Notice
from mediation.roster import services as roster
from mediation.roster.models import Mediator
from mediation.scheduling import services as scheduling
from mediation.scheduling.errors import NotBookable
from mediation.scheduling.rules import ClaimantKind, FeedDetail, Purpose
from mediation.scheduling.services import feeds, hindrances
from mediation.scheduling.services.hours import day_of
from tests import builders


@pytest.fixture
def clerk(clerk_li):
    return clerk_li.as_actor()


@pytest.fixture
def zhao(mediator_zhao):
    return mediator_zhao.as_actor()


@pytest.fixture
def session(clerk, mediator_wang) -> MediationSession:
    """Fixed with Wang, who was then replaced."""
    assignment = builders.accepted_assignment(clerk, mediator_wang.as_actor())
    made = builders.planned_session(mediator_wang.as_actor(), assignment)
    assignments.replace(clerk, assignment, reason="当事人申请更换，理由正当")
    db.session.commit()
    return made


@pytest.fixture
def replaced(clerk, zhao, session):
    """Zhao mediates now, and has not answered yet."""
    made = assignments.issue(
        clerk, assignments.dispute_of(session.assignment), choice=Choice.DESIGNATED, mediator_id=zhao.mediator_id,
        reason="熟悉情况",
    )  # fmt: skip
    db.session.commit()
    return made


def again(session) -> MediationSession:
    return db.session.get_one(MediationSession, session.id)


def told(kind: str, booking) -> list[Notice]:
    rows = db.select(Notice).where(
        Notice.kind == kind, Notice.subject_type == "booking", Notice.subject_id == booking.id
    )
    return list(db.session.scalars(rows))


def mediators(booking) -> set[str]:
    return {c.claimant_key for c in booking.claims if c.live and c.claimant_kind is ClaimantKind.MEDIATOR}


def busy(clerk, zhao, booking):
    """Zhao sits in another session at this very time."""
    other = builders.make_consented(clerk, parties=[builders.a_tenant(id_no=builders.THIRD_ID, name="周某", phone="13800000003"), builders.a_company()])  # fmt: skip
    rooms = [r.id for r in scheduling.resources(clerk) if r.id != booking.resource_id]
    return scheduling.book(
        clerk, purpose=Purpose.SESSION, starts_at=booking.starts_at, ends_at=booking.ends_at, resource_id=rooms[0],
        dispute_id=other.id, mediator_ids=(zhao.mediator_id,), agreed_off_duty=True,
    )  # fmt: skip


def test_handing_over_leads_to_the_session_and_one_click_keeps_its_time(
    client_for, clerk_li, mediator_zhao, session, zhao
):
    browser, booking = client_for(clerk_li), sessions.booking_of(session)
    before, revision = booking.starts_at, booking.revision
    page = browser.post(f"/disputes/{session.dispute_id}/mediators/{zhao.mediator_id}/choice", {"reason": "熟悉情况"})
    assert page.location.endswith(f"/sessions/{session.id}/taking-over")
    shown = browser.get(page.location)
    assert "赵调解" in shown.soup.find(id="fixed").get_text()
    # It is in question until somebody has chosen, and the list of such meetings leads here.
    assert hindrances.of_booking(booking.id)
    assert browser.get("/schedule/hindered").soup.select(f'a[href="/sessions/{session.id}/taking-over"]')
    form = shown.soup.find(id="fixed").find("form")
    sent = {f["name"]: f["value"] for f in form.find_all("input") if f["name"] != "csrf_token"}
    browser.post(form["action"], sent)
    booking = sessions.booking_of(again(session))
    assert (booking.starts_at, booking.revision) == (before, revision + 1)
    assert mediators(booking) == {str(zhao.mediator_id)}
    assert not hindrances.of_booking(booking.id)
    assert again(session).assignment.mediator_id == zhao.mediator_id
    live = [n for n in told("meeting_other_mediator", booking) if n.superseded_at is None]
    parties = builders.party_ids(session.dispute_id)
    assert len([n for n in live if n.user_id is None]) == len(parties)
    assert [n.user_id for n in live if n.user_id] == [mediator_zhao.id]
    assert all(n.superseded_at for n in told("meeting_unsettled", booking))
    actions = [e.action for e in audit.of_dispute(session.dispute_id)]
    assert {"booking.hand_on", "mediation_session.hand_on"} <= set(actions)
    assert list(audit.verify()) == []
    # Twice is once; from elsewhere there is nothing left to take over.
    browser.post(form["action"], {**sent, "once": "another"}, status=409)


def test_who_accepts_has_the_session_and_begins_it(client_for, mediator_zhao, clerk, zhao, session, replaced):
    taking_over.keep(clerk, session)
    assignments.accept(zhao, replaced)
    assert replaced.status is Status.SCHEDULED
    links = (
        client_for(mediator_zhao)
        .get(f"/disputes/{session.dispute_id}")
        .soup.select(f'a[href="/sessions/{session.id}"]')
    )
    assert links


def test_the_new_mediator_may_choose_too_once_it_is_accepted(client_for, mediator_zhao, zhao, session, replaced):
    assignments.accept(zhao, replaced)
    assert replaced.status is Status.ACCEPTED
    browser = client_for(mediator_zhao)
    assert browser.get(f"/disputes/{session.dispute_id}").soup.select(f'a[href="/sessions/{session.id}/taking-over"]')
    browser.post(f"/sessions/{session.id}/taking-over", {"how": "keep"})
    assert replaced.status is Status.SCHEDULED


def test_who_is_elsewhere_then_cannot_and_other_times_are_proposed(
    client_for, clerk_li, clerk, zhao, session, replaced
):
    booking = sessions.booking_of(session)
    busy(clerk, zhao, booking)
    browser = client_for(clerk_li)
    page = browser.get(f"/sessions/{session.id}/taking-over")
    assert page.soup.find(id="fixed").find("form") is None
    assert "另有安排" in page.soup.find(id="fixed").get_text()
    refused = browser.post(f"/sessions/{session.id}/taking-over", {"how": "keep"}, status=422)
    assert refused.errors()
    assert mediators(sessions.booking_of(again(session))) != {str(zhao.mediator_id)}
    slot = page.soup.select_one('#other input[name="slot"]')["value"]
    former = booking.starts_at
    browser.post(
        f"/sessions/{session.id}/taking-over", {"slot": slot, "minutes": "90", "resource_id": booking.resource_id}
    )
    booking = sessions.booking_of(again(session))
    assert booking.starts_at != former
    assert mediators(booking) == {str(zhao.mediator_id)}
    assert told("meeting_moved", booking)
    assert not told("meeting_other_mediator", booking)


def test_the_database_refuses_whatever_came_between(clerk, zhao, session, replaced):
    booking = sessions.booking_of(session)
    assert taking_over.against(clerk, session) is None
    busy(clerk, zhao, booking)
    with pytest.raises(NotBookable):
        taking_over.keep(clerk, session)
    assert again(session).assignment_id != replaced.id
    assert booking.revision == 0


def test_leave_stands_against_it_with_its_reason(clerk, zhao, session, replaced):
    booking, mediator = sessions.booking_of(session), db.session.get_one(Mediator, zhao.mediator_id)
    day = day_of(booking.starts_at)
    roster.take_leave(clerk, mediator, from_on=day, to_on=day)
    assert taking_over.against(clerk, session).article
    with pytest.raises(NotBookable):
        taking_over.keep(clerk, session)


def test_short_notice_is_no_hindrance_for_a_time_that_stays(clerk, zhao, session, replaced):
    booking = sessions.booking_of(session)
    with clock.pretend(booking.starts_at.replace(hour=0, minute=5)):
        taking_over.keep(clerk, again(session))
    assert again(session).assignment_id == replaced.id


def test_a_calendar_takes_it_from_one_and_gives_it_to_the_other(clerk, mediator_wang, mediator_zhao, session, replaced):
    def entry(user):
        actor = user.as_actor()
        _feed, token = feeds.make_feed(
            actor, kind=ClaimantKind.MEDIATOR, key=str(actor.mediator_id), detail=FeedDetail.BUSY, name="x"
        )
        return {one.uid: one for one in feeds.subscription(token).entries}

    (before,) = entry(mediator_wang).values()
    taking_over.keep(clerk, session)
    gone, here = entry(mediator_wang)[before.uid], entry(mediator_zhao)[before.uid]
    assert (before.off, gone.off, here.off) == (False, True, False)
    assert before.revision < gone.revision == here.revision
    assert here.starts_at == before.starts_at


def test_whoever_then_declines_puts_it_in_question_again(clerk, zhao, session, replaced):
    taking_over.keep(clerk, session)
    booking = sessions.booking_of(session)
    assert not hindrances.of_booking(booking.id)
    assignments.decline(zhao, replaced, reason="超出擅长领域")
    assert [h.mediator_id for h in hindrances.of_booking(booking.id)] == [zhao.mediator_id]


def test_nothing_to_take_over(clerk, mediator_wang, session):
    """Nobody mediates yet; and what is over is over."""
    with pytest.raises(DomainError) as refused:
        taking_over.keep(clerk, session)
    assert refused.value.article == "S4 arts 13, 14"


def test_what_is_past_is_not_taken_over(clerk, session, replaced):
    with clock.pretend(sessions.booking_of(session).starts_at.replace(hour=23)), pytest.raises(DomainError):
        taking_over.keep(clerk, again(session))


@pytest.mark.parametrize(
    ("login", "status"),
    [("mediator_wang", 404), ("judge_wu", 403), ("clerk_of_other_court", 404), ("president_he", 403)],
)
def test_nobody_else(client_for, request, session, replaced, login, status):
    browser = client_for(request.getfixturevalue(login))
    page = browser._send(
        "post", f"/sessions/{session.id}/taking-over", data={"how": "keep", "csrf_token": browser.token()}
    )
    assert page.status in {status, 404}
    assert again(session).assignment_id != replaced.id


def test_the_service_refuses_whoever_may_not(mediator_wang, session, replaced):
    with pytest.raises(NotPermitted):
        taking_over.keep(mediator_wang.as_actor(), session)


# --- the organisation names another member ----------------------------------------------------------------------------


@pytest.fixture
def reappointed(clerk, zhao, mediator_wang, organisation_user) -> MediationSession:
    """Fixed with Wang, whom the organisation had named; now it names Zhao, and the same mediation goes on."""
    body = organisation_user.as_actor()
    with db.session.no_autoflush:
        member = db.session.get_one(Mediator, zhao.mediator_id)
        member.organisation_id = body.organisation_id
        audit.record(clerk, "edit", member)
    dispute = builders.make_consented(clerk)
    offered = assignments.issue(
        clerk, dispute, choice=Choice.DESIGNATED, organisation_id=body.organisation_id
    )  # fmt: skip
    assignments.accept(body, offered, mediator_id=mediator_wang.mediator_id)
    made = builders.planned_session(mediator_wang.as_actor(), offered)
    assignments.reappoint(body, offered, mediator_id=zhao.mediator_id, reason="原调解员突发疾病。")
    db.session.commit()
    return made


def test_another_member_keeps_the_time_as_a_replacing_mediator_does(client_for, organisation_user, reappointed, zhao):
    booking = sessions.booking_of(reappointed)
    before = booking.starts_at
    assert hindrances.of_booking(booking.id)
    assert told("meeting_unsettled", booking)
    browser = client_for(organisation_user)
    page = f"/sessions/{reappointed.id}/taking-over"
    assert browser.get(f"/disputes/{reappointed.dispute_id}").soup.select(f'a[href="{page}"]')
    shown = browser.get(page).soup.find(id="fixed").get_text()
    assert "王调解" in shown
    assert "赵调解" in shown
    browser.post(page, {"how": "keep"})
    booking = sessions.booking_of(again(reappointed))
    assert (booking.starts_at, mediators(booking)) == (before, {str(zhao.mediator_id)})
    assert not hindrances.of_booking(booking.id)
    assert again(reappointed).assignment.status is Status.SCHEDULED
    assert taking_over.heir(again(reappointed)) is None
    assert len([n for n in told("meeting_other_mediator", booking) if n.user_id is None]) == len(
        builders.party_ids(reappointed.dispute_id)
    )
    browser.post(page, {"how": "keep"}, status=409)
    assert list(audit.verify()) == []


def test_another_member_who_is_elsewhere_then_has_other_times(client_for, organisation_user, clerk, zhao, reappointed):
    booking = sessions.booking_of(reappointed)
    busy(clerk, zhao, booking)
    browser = client_for(organisation_user)
    page = browser.get(f"/sessions/{reappointed.id}/taking-over")
    assert page.soup.find(id="fixed").find("form") is None
    slot = page.soup.select_one('#other input[name="slot"]')["value"]
    former = booking.starts_at
    browser.post(
        f"/sessions/{reappointed.id}/taking-over", {"slot": slot, "minutes": "90", "resource_id": booking.resource_id}
    )
    booking = sessions.booking_of(again(reappointed))
    assert booking.starts_at != former
    assert mediators(booking) == {str(zhao.mediator_id)}


def test_naming_the_member_leads_on_to_the_session(
    client_for, organisation_user, clerk, zhao, mediator_wang, reappointed
):
    """And back again: each time the session is asked about."""
    browser = client_for(organisation_user)
    browser.post(f"/sessions/{reappointed.id}/taking-over", {"how": "keep"})
    sent = {"mediator_id": mediator_wang.mediator_id, "reason": "原调解员康复。"}
    page = browser.post(f"/assignments/{reappointed.assignment_id}/member", sent)
    assert page.location.endswith(f"/sessions/{reappointed.id}/taking-over")
