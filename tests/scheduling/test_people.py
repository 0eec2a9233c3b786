"""One human being is one claimant, in whichever capacity, and comes only when to be had."""

from datetime import date, time, timedelta

import pytest

from mediation.disputes import people
from mediation.disputes import services as disputes
from mediation.disputes.rules import AgentKind, Authority
from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError
from mediation.roster import services as roster
from mediation.roster.models import Mediator
from mediation.roster.rules import Ground
from mediation.roster.services.availability import Hours
from mediation.scheduling import services
from mediation.scheduling.errors import NotBookable
from mediation.scheduling.rules import ClaimantKind, DayPart, Obstacle, Purpose, ResourceKind
from mediation.scheduling.services import saying
from tests import builders
from tests.scheduling.when import at, rest_day, working_day

DAY = working_day(3)


@pytest.fixture
def clerk(clerk_li):
    return clerk_li.as_actor()


@pytest.fixture
def rooms(clerk):
    return services.resources(clerk, (ResourceKind.ROOM,))


@pytest.fixture
def wang(app):
    return db.session.scalars(db.select(Mediator).where(Mediator.name == "王调解")).one()


def fix(actor, dispute, room, *, day=DAY, start="09:00", end="10:00", **over):
    present = {"party_ids": builders.party_ids(dispute.id)} | over
    return services.book(
        actor, purpose=Purpose.SESSION, dispute_id=dispute.id, resource_id=room.id,
        starts_at=at(day, start), ends_at=at(day, end), **present,
    )  # fmt: skip


def with_agent(clerk, dispute, **over):
    """An agent of the first party, entered as a clerk would."""
    told = {"kind": AgentKind.LAWYER, "name": "代某", "authority": Authority.GENERAL} | over
    return people.add_agent(clerk, disputes.parties(dispute.id)[0], people.AgentData(**told))


def refusal(act) -> NotBookable:
    with pytest.raises(NotBookable) as refused:
        act()
    return refused.value


def strangers():
    return [
        builders.a_tenant(name="甲某", id_no="110101199003070038", phone="13900000001"),
        builders.a_landlord(name="乙某", id_no="", id_type=None, phone="13900000002"),
    ]


def test_a_party_of_two_disputes_cannot_be_in_two_rooms(clerk, rooms):
    first, second = builders.make_dispute(clerk), builders.make_dispute(clerk)
    fix(clerk, first, rooms[0])
    assert refusal(lambda: fix(clerk, second, rooms[1])).obstacle is Obstacle.TAKEN


IDENTITY = {"id_no": "110101199003070038"}
LICENCE = {"licence_no": "13701201010123456"}


@pytest.mark.parametrize("known_by", [IDENTITY, LICENCE], ids=["identity number", "licence"])
def test_an_agent_of_two_disputes_cannot_be_in_two_rooms(clerk, rooms, known_by):
    first, second = builders.make_dispute(clerk), builders.make_dispute(clerk, parties=strangers())
    for dispute in (first, second):
        with_agent(clerk, dispute, **known_by)
    fix(clerk, first, rooms[0])
    assert refusal(lambda: fix(clerk, second, rooms[1])).obstacle is Obstacle.TAKEN


def test_a_party_here_and_an_agent_there_is_one_person(clerk, rooms):
    first, second = builders.make_dispute(clerk), builders.make_dispute(clerk, parties=strangers())
    with_agent(clerk, second, kind=AgentKind.RELATIVE, id_no=builders.TENANT_ID)
    fix(clerk, first, rooms[0])
    assert refusal(lambda: fix(clerk, second, rooms[1])).obstacle is Obstacle.TAKEN


def test_a_party_who_also_acts_for_the_other_is_there_once(clerk, rooms):
    dispute = builders.make_dispute(clerk)
    landlord = disputes.parties(dispute.id)[1]
    told = {
        "kind": AgentKind.RELATIVE,
        "name": "刘某",
        "authority": Authority.GENERAL,
        "id_no": builders.TENANT_ID,
    }
    people.add_agent(clerk, landlord, people.AgentData(**told))
    booking = fix(clerk, dispute, rooms[0])
    assert len({c.being for c in booking.claims}) == len(booking.claims) == 3


def test_a_company_can_send_people_to_two_rooms(clerk, rooms):
    both = [builders.a_tenant(id_no="", id_type=None), builders.a_company()]
    first, second = (builders.make_dispute(clerk, parties=both) for _ in "ab")
    fix(clerk, first, rooms[0])
    fix(clerk, second, rooms[1])


def test_a_judge_and_a_clerk_of_the_same_account_are_one(clerk, rooms, judge_chen):
    first, second = builders.make_dispute(clerk), builders.make_dispute(clerk, parties=strangers())
    fix(clerk, first, rooms[0], judge_ids=[judge_chen.id])
    assert refusal(lambda: fix(clerk, second, rooms[1], clerk_ids=[judge_chen.id])).obstacle is Obstacle.TAKEN


def test_several_mediators_sit_together_and_all_are_taken(clerk, rooms, wang, mediator_zhao):
    first, second = builders.make_dispute(clerk), builders.make_dispute(clerk, parties=strangers())
    booking = fix(clerk, first, rooms[0], mediator_ids=[wang.id, mediator_zhao.mediator_id])
    kinds = [c.claimant_kind for c in booking.claims]
    assert kinds.count(ClaimantKind.MEDIATOR) == 2
    refused = refusal(lambda: fix(clerk, second, rooms[1], mediator_ids=[mediator_zhao.mediator_id]))
    assert refused.obstacle is Obstacle.TAKEN


def test_leave_is_refused_with_the_name_and_no_time_is_offered(clerk, rooms, wang):
    roster.take_leave(clerk, wang, from_on=DAY, to_on=DAY)
    dispute = builders.make_dispute(clerk)
    refused = refusal(lambda: fix(clerk, dispute, rooms[0], mediator_ids=[wang.id]))
    assert refused.obstacle is Obstacle.ON_LEAVE
    assert "王调解" in str(refused.message)
    free = services.free_times(clerk, mediator_ids=[wang.id], since=at(DAY, "00:00"))
    assert clock.local(free[0].span.starts_at).date() == working_day(4)


def test_own_hours_of_the_week(clerk, rooms, wang):
    roster.set_hours(clerk, wang, [Hours(DAY.weekday(), time(14, 0), time(16, 0))])
    dispute = builders.make_dispute(clerk)
    assert refusal(lambda: fix(clerk, dispute, rooms[0], mediator_ids=[wang.id])).obstacle is Obstacle.OUTSIDE_OWN_HOURS
    free = services.free_times(clerk, mediator_ids=[wang.id], since=at(DAY, "00:00"), until=DAY, limit=9)
    assert [f"{clock.local(f.span.starts_at):%H:%M}" for f in free] == ["14:00", "14:30"]
    fix(clerk, dispute, rooms[0], mediator_ids=[wang.id], start="14:00", end="16:00")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"certificate_expires_on": DAY - timedelta(days=1)}, Obstacle.CERTIFICATE),
        (("suspend", Ground.LEAVE), Obstacle.NOT_ON_LIST),
        (("remove", Ground.OWN_WISH), Obstacle.NOT_ON_LIST),
        ({"certificate_expires_on": DAY}, None),
    ],
)
def test_the_list_and_the_certificate_count_on_the_day_itself(clerk, president_he, rooms, wang, change, expected):
    if isinstance(change, tuple):
        step, ground = change
        roster.decide(president_he.as_actor(), wang, step, ground=ground, reason="本人申请")
    else:
        for name, value in change.items():
            setattr(wang, name, value)
        audit.record(clerk, "edit", wang)
    dispute = builders.make_dispute(clerk)
    if expected is None:
        fix(clerk, dispute, rooms[0], mediator_ids=[wang.id])
        return
    assert refusal(lambda: fix(clerk, dispute, rooms[0], mediator_ids=[wang.id])).obstacle is expected


def test_what_a_party_said_holds_in_every_dispute_of_that_person(clerk, rooms):
    said, other = builders.make_dispute(clerk), builders.make_dispute(clerk)
    tenant = disputes.parties(said.id)[0]
    entry = saying.say(clerk, tenant, first_day=DAY, last_day=DAY, part=DayPart.MORNING, note="出差")
    refused = refusal(lambda: fix(clerk, other, rooms[0]))
    assert refused.obstacle is Obstacle.PARTY_UNAVAILABLE
    assert "出差" not in str(refused.message)
    fix(clerk, other, rooms[0], start="14:00", end="15:00")
    saying.take_back(clerk, entry)
    fix(clerk, said, rooms[1])


@pytest.mark.parametrize(("first", "last"), [(0, -1), (-5, -1), (0, 93)], ids=["turned round", "over", "too far ahead"])
def test_days_that_cannot_be_taken_down(clerk, first, last):
    party = disputes.parties(builders.make_dispute(clerk).id)[0]
    today = clock.today()
    with pytest.raises(DomainError):
        saying.say(clerk, party, first_day=today + timedelta(days=first), last_day=today + timedelta(days=last))


WRONG = {
    "over midnight": (DAY, "16:30", DAY + timedelta(days=1), "09:30", Obstacle.TOO_LONG),
    "zero length": (DAY, "09:00", DAY, "09:00", Obstacle.NOT_AFTER_START),
    "backwards": (DAY, "10:00", DAY, "09:00", Obstacle.NOT_AFTER_START),
    "on a holiday": (rest_day(), "09:00", rest_day(), "10:00", Obstacle.REST_DAY),
    "at noon": (DAY, "12:00", DAY, "13:00", Obstacle.OUTSIDE_HOURS),
    "long ago": (date(2019, 3, 1), "09:00", date(2019, 3, 1), "10:00", Obstacle.PAST),
    "beyond the calendar": (date(2149, 3, 3), "09:00", date(2149, 3, 3), "10:00", Obstacle.NO_CALENDAR),
}


@pytest.mark.parametrize("case", sorted(WRONG))
def test_times_that_cannot_be(clerk, rooms, case):
    first, start, last, end, expected = WRONG[case]
    dispute = builders.make_dispute(clerk)
    refused = refusal(
        lambda: services.book(
            clerk, purpose=Purpose.SESSION, dispute_id=dispute.id, resource_id=rooms[0].id,
            starts_at=at(first, start), ends_at=at(last, end),
        )
    )  # fmt: skip
    assert refused.obstacle is expected


def test_a_moment_without_a_zone_is_no_moment(clerk, rooms):
    dispute = builders.make_dispute(clerk)
    naive = at(DAY, "09:00").replace(tzinfo=None)
    with pytest.raises((TypeError, ValueError)):
        services.book(
            clerk, purpose=Purpose.SESSION, dispute_id=dispute.id, resource_id=rooms[0].id, starts_at=naive,
            ends_at=naive + timedelta(hours=1),
        )  # fmt: skip


def test_the_court_keeps_one_time_all_year():
    """No summer time: nine o'clock is the same moment of the day in every month."""
    offsets = {clock.local(at(date(2026, month, 1), "09:00")).utcoffset() for month in range(1, 13)}
    assert offsets == {timedelta(hours=8)}
