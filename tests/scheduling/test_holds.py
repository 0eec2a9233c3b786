"""Times held while the parties are asked, and the waiting list that is served when time becomes free."""

from datetime import timedelta

import pytest

from mediation.accounts import services as accounts
from mediation.kernel import audit, clock
from mediation.kernel.actor import system
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.kernel.i18n import force_locale
from mediation.notices.models import Notice
from mediation.scheduling import services
from mediation.scheduling.errors import NotBookable
from mediation.scheduling.models import Booking, Claim
from mediation.scheduling.rules import BookingStatus, Needs, Obstacle, Purpose, ResourceKind, WishStatus
from mediation.scheduling.services import waiting
from mediation.scheduling.services.people import People, gathered
from mediation.scheduling.services.waiting import Wished
from mediation.web.templating import moment
from tests import builders
from tests.scheduling.when import at, working_day
from tests.traces import told

DAY = working_day(3)
HOUR = timedelta(hours=1)


@pytest.fixture
def clerk(clerk_li):
    return clerk_li.as_actor()


@pytest.fixture
def rooms(clerk):
    return services.resources(clerk, (ResourceKind.ROOM,))


@pytest.fixture
def dispute(clerk):
    return builders.make_dispute(clerk)


def everybody(dispute) -> People:
    return gathered(party_ids=builders.party_ids(dispute.id))


def hold(actor, dispute, room, start="09:00", end="10:00", *, lasting=2 * HOUR, people=None):
    return services.hold(
        actor, dispute_id=dispute.id, purpose=Purpose.SESSION, starts_at=at(DAY, start), ends_at=at(DAY, end),
        lasting=lasting, people=people or everybody(dispute), resource_id=room.id,
    )  # fmt: skip


def fix(actor, dispute, room, start="09:00", end="10:00", **over):
    return services.book(
        actor, purpose=Purpose.SESSION, dispute_id=dispute.id, resource_id=room.id, starts_at=at(DAY, start),
        ends_at=at(DAY, end), **({"party_ids": builders.party_ids(dispute.id)} | over),
    )  # fmt: skip


def block(actor, room, start="08:00", end="18:00", day=DAY):
    return services.book(
        actor, purpose=Purpose.BLOCKED, resource_id=room.id, starts_at=at(day, start), ends_at=at(day, end), note="维修"
    )


def test_a_hold_occupies_like_a_booking(clerk, rooms, dispute):
    hold(clerk, dispute, rooms[0])
    with pytest.raises(NotBookable) as refused:
        block(clerk, rooms[0], "09:30", "09:45")
    assert refused.value.obstacle is Obstacle.TAKEN
    assert [b.status for b in services.on_day(clerk, DAY)] == [BookingStatus.HELD]
    free = services.free_times(clerk, resource_id=rooms[0].id, since=at(DAY, "00:00"), until=DAY, length=HOUR, limit=99)
    assert at(DAY, "09:00") not in {f.span.starts_at for f in free if f.resource_id == rooms[0].id}


def test_an_expired_hold_stands_in_nobodys_way(clerk, rooms, dispute):
    held = hold(clerk, dispute, rooms[0], lasting=HOUR)
    with clock.pretend(clock.now() + HOUR):
        assert not services.on_day(clerk, DAY)
        free = services.free_times(clerk, resource_id=rooms[0].id, since=at(DAY, "08:00"), length=HOUR, limit=1)
        assert (free[0].span.starts_at, free[0].resource_id) == (at(DAY, "09:00"), rooms[0].id)
        block(clerk, rooms[0], "09:00", "10:00")
    assert held.status is BookingStatus.EXPIRED
    assert not any(c.live for c in held.claims)
    assert "booking.expire" in {e.action for e in audit.of_dispute(dispute.id)}
    assert list(audit.verify()) == []


def test_the_hold_becomes_the_meeting_and_the_others_are_let_go(clerk, rooms, dispute, mediator_wang):
    kept, other = hold(clerk, dispute, rooms[0]), hold(clerk, dispute, rooms[1], "14:00", "15:00")
    meeting = fix(mediator_wang.as_actor(), dispute, rooms[0])
    assert meeting.id == kept.id
    assert (kept.status, other.status) == (BookingStatus.BOOKED, BookingStatus.DROPPED)
    block(clerk, rooms[1], "14:00", "15:00")


def test_a_meeting_at_another_time_takes_the_place_of_its_holds(clerk, rooms, dispute):
    held = hold(clerk, dispute, rooms[0])
    meeting = fix(clerk, dispute, rooms[0], "15:00", "16:00")
    assert (held.status, meeting.status) == (BookingStatus.DROPPED, BookingStatus.BOOKED)


def test_an_expired_hold_cannot_be_taken_up(clerk, rooms, dispute):
    held = hold(clerk, dispute, rooms[0], lasting=HOUR)
    with clock.pretend(clock.now() + HOUR):
        meeting = fix(clerk, dispute, rooms[0])
    assert meeting.id != held.id
    assert held.status is BookingStatus.EXPIRED


@pytest.mark.parametrize("lasting", [timedelta(), timedelta(minutes=4), timedelta(days=8), timedelta(days=-1)])
def test_how_long_a_time_may_be_held(clerk, rooms, dispute, lasting):
    with pytest.raises(DomainError):
        hold(clerk, dispute, rooms[0], lasting=lasting)


def test_who_holds_and_lets_go(clerk, rooms, dispute, president_he, clerk_of_other_court, mediator_zhao, judge_chen):
    for stranger in (president_he, clerk_of_other_court):
        with pytest.raises(NotPermitted):
            hold(stranger.as_actor(), dispute, rooms[0])
    held = hold(clerk, dispute, rooms[0])
    for stranger in (president_he, clerk_of_other_court, mediator_zhao, judge_chen):
        with pytest.raises(NotPermitted):
            waiting.drop(stranger.as_actor(), held)
    waiting.drop(clerk, held, "当事人来不了")
    assert held.status is BookingStatus.DROPPED
    with pytest.raises(IllegalStep):
        waiting.drop(clerk, held)
    with pytest.raises(IllegalStep):
        services.cancel(clerk, held, "x")


def wished(dispute, **over) -> Wished:
    asked = {"dispute_id": dispute.id, "purpose": Purpose.SESSION, "people": everybody(dispute), "minutes": 60,
            "first_day": DAY, "last_day": DAY}  # fmt: skip
    return Wished(**(asked | over))


@pytest.fixture
def full(clerk, rooms):
    """Every room of the day is taken."""
    return [block(clerk, room) for room in rooms]


def test_a_wish_is_offered_the_time_that_becomes_free(clerk, clerk_li, full, dispute):
    wish = waiting.wish(clerk, wished(dispute))
    assert wish.status is WishStatus.WAITING
    services.cancel(clerk, full[1], "修好了")
    assert wish.status is WishStatus.OFFERED
    held = db.session.get_one(Booking, wish.booking_id)
    assert (held.status, held.resource_id, held.starts_at) == (
        BookingStatus.HELD,
        full[1].resource_id,
        at(DAY, "09:00"),
    )
    (word,) = told("time_offered")
    assert word.user_id == clerk_li.id
    assert word.text.startswith(f"您排队等候的时间已空出：{moment(held.starts_at)}，{held.resource.name}。已为您暂留至")
    fix(clerk, dispute, held.resource)
    assert (held.status, wish.status) == (BookingStatus.BOOKED, WishStatus.FULFILLED)


def test_an_offer_is_told_in_the_language_of_whoever_waits(clerk, clerk_li, dispute, full):
    accounts.prefer(clerk, locale="en")
    wish = waiting.wish(clerk, wished(dispute))
    services.cancel(clerk, full[1], "修好了")
    held = db.session.get_one(Booking, wish.booking_id)
    (word,) = told("time_offered")
    with force_locale("en"):
        when, until = moment(held.starts_at), moment(held.held_until)
    assert word.text == (
        f"The time you wait for has become free: {when}, {held.resource.name}. "
        f"It is held for you until {until}: confirm it or let it go before then."
    )


def test_the_deadline_comes_first_and_then_who_asked_first(clerk, full):
    made = []
    for n, deadline in enumerate([None, DAY, None, DAY - timedelta(days=1)]):
        people = [
            builders.a_tenant(name=f"甲{n}", id_no="", id_type=None, phone=f"1390000000{n}"),
            builders.a_landlord(name=f"乙{n}", id_no="", id_type=None, phone=f"1390000001{n}"),
        ]
        dispute = builders.make_dispute(clerk, parties=people)
        made.append(waiting.wish(clerk, wished(dispute, minutes=180, deadline_on=deadline)))
    assert [w.id for w in waiting.wishes(clerk)] == [made[3].id, made[1].id, made[0].id, made[2].id]
    services.cancel(clerk, full[0], "修好了")  # one morning and one afternoon
    assert [w.status for w in made] == [
        WishStatus.WAITING, WishStatus.OFFERED, WishStatus.WAITING, WishStatus.OFFERED
    ]  # fmt: skip


def test_a_free_time_is_offered_at_once(clerk, dispute):
    assert waiting.wish(clerk, wished(dispute)).status is WishStatus.OFFERED


def test_what_does_not_fit_is_not_offered(clerk, full, dispute):
    seats = waiting.wish(clerk, wished(dispute, needs=Needs(seats=99)))
    services.cancel(clerk, full[0], "修好了")
    assert seats.status is WishStatus.WAITING
    with pytest.raises(DomainError):
        waiting.wish(clerk, wished(dispute))
    waiting.withdraw(clerk, seats)
    assert waiting.wish(clerk, wished(dispute)).status is WishStatus.OFFERED


def test_an_offer_nobody_takes_lapses_and_goes_to_the_next(clerk, rooms, full, dispute):
    first = waiting.wish(clerk, wished(dispute, minutes=180, last_day=DAY))
    people = [
        builders.a_tenant(name="丙", id_no="", id_type=None),
        builders.a_landlord(name="丁", id_no="", id_type=None),
    ]
    second = waiting.wish(clerk, wished(builders.make_dispute(clerk, parties=people), minutes=180))
    services.cancel(clerk, full[0], "修好了")
    block(clerk, rooms[0], "13:00", "18:00") if second.status is WishStatus.WAITING else None
    held = db.session.get_one(Booking, first.booking_id)
    with clock.pretend(held.held_until):
        assert waiting.expire_holds(clerk.court_id) >= 1
    assert (first.status, held.status) == (WishStatus.LAPSED, BookingStatus.EXPIRED)


def test_declining_ends_the_wish_and_serves_the_next(clerk, full, dispute):
    first = waiting.wish(clerk, wished(dispute))
    services.cancel(clerk, full[0], "修好了")
    waiting.drop(clerk, db.session.get_one(Booking, first.booking_id), "另有安排")
    assert first.status is WishStatus.DECLINED


@pytest.mark.parametrize(
    "over", [{"last_day": DAY - timedelta(days=30)}, {"minutes": 7}, {"last_day": DAY + timedelta(days=400)}]
)
def test_wishes_that_cannot_be(clerk, dispute, over):
    with pytest.raises(DomainError):
        waiting.wish(clerk, wished(dispute, **over))


def test_a_closed_period_lapses(clerk, full, dispute):
    wish = waiting.wish(clerk, wished(dispute))
    with clock.pretend(at(DAY + timedelta(days=1), "09:00")):
        waiting.serve(clerk.court_id)
    assert wish.status is WishStatus.LAPSED


def test_who_withdraws(clerk, full, dispute, mediator_zhao, president_he):
    wish = waiting.wish(clerk, wished(dispute))
    for stranger in (mediator_zhao, president_he):
        with pytest.raises(NotPermitted):
            waiting.withdraw(stranger.as_actor(), wish)
    assert waiting.get_wish(system(0), wish.id) is None


def test_everybody_is_told_of_another_time_and_of_none(clerk, rooms, dispute, mediator_wang):
    meeting = fix(clerk, dispute, rooms[0], mediator_ids=[mediator_wang.mediator_id])
    services.move(clerk, meeting, at(DAY, "14:00"), at(DAY, "15:00"), rooms[1].id)
    moved = told("meeting_moved")
    assert len(moved) == 3
    assert all("14:00" in n.text and rooms[1].name in n.text and "租" not in n.text for n in moved)
    services.cancel(clerk, meeting, "撤回申请")
    assert db.session.scalar(db.select(db.func.count(Notice.id)).where(Notice.kind == "meeting_cancelled")) == 3
    assert all(not c.live for c in db.session.scalars(db.select(Claim)))


@pytest.mark.parametrize("command", ["daily", "worker --once"])
def test_what_nobody_took_up_ends_by_itself_and_the_next_is_offered_it(fresh_app, command):
    clerk = builders.someone("clerk_li").as_actor()
    first, second = builders.make_dispute(clerk), builders.make_dispute(clerk)
    rooms = services.resources(clerk, (ResourceKind.ROOM,))
    for room in rooms[1:]:
        block(clerk, room)
    block(clerk, rooms[0], "10:20", "18:00")
    held = hold(clerk, first, rooms[0], "09:00", "10:00", lasting=HOUR, people=People())
    wish = waiting.wish(clerk, Wished(second.id, Purpose.SESSION, People(), 60, DAY, DAY))
    assert wish.status is WishStatus.WAITING
    held_id, wish_id = held.id, wish.id
    with clock.pretend(clock.now() + HOUR):
        # The command commits by itself, in a context of its own.
        db.session.remove()
        done = fresh_app.test_cli_runner().invoke(args=command.split())
        assert done.exit_code == 0, done.output
        assert db.session.get_one(Booking, held_id).status is BookingStatus.EXPIRED
        offered = waiting.get_wish(clerk, wish_id)
        assert offered.status is WishStatus.OFFERED
        again = fresh_app.test_cli_runner().invoke(args=command.split())
        assert again.exit_code == 0
    assert db.session.get_one(Booking, offered.booking_id).status is BookingStatus.HELD
    assert list(audit.verify()) == []
