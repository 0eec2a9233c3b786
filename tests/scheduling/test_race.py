"""Many people book at the same moment, each on a connection of their own: one has the room, the others a clear answer."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from mediation.accounts.models import User
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.scheduling import services
from mediation.scheduling.errors import NotBookable
from mediation.scheduling.models import Booking, Claim, Resource
from mediation.scheduling.rules import BookingStatus, Obstacle, Purpose
from tests.crowd import crowd
from tests.scheduling.when import at, working_day

ATTEMPTS = 200
OVERLAPS = """
SELECT count(*) FROM claim a JOIN claim b ON a.id < b.id AND a.court_id = b.court_id
AND a.claimant_kind = b.claimant_kind AND a.claimant_key = b.claimant_key
WHERE a.live AND b.live AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
"""


def how_it_ended(act: Callable[[], object]) -> object:
    """Booked, or what stood in the way and whether something else was offered."""
    try:
        act()
    except NotBookable as refused:
        # Looked for only now, when the refused booking holds nothing that others wait for.
        assert not db.session().in_transaction()
        found = refused.obstacle if refused.free else "nothing offered"
        assert not db.session().in_transaction()
        return found
    return "booked"


@pytest.fixture
def at_once(fresh_app: Flask) -> Iterator[Callable[[list], Counter]]:
    """Runs acts at once and counts how they ended."""
    with crowd(fresh_app) as run:
        yield lambda acts: run([partial(how_it_ended, act) for act in acts])


@pytest.fixture
def clerk(fresh_app: Flask) -> Actor:
    return db.session.scalars(sa.select(User).where(User.login == "clerk_li")).one().as_actor()


@pytest.fixture
def rooms(fresh_app: Flask, clerk: Actor) -> list[int]:
    return list(db.session.scalars(sa.select(Resource.id).where(Resource.court_id == clerk.court_id)))


def block(clerk: Actor, room: int, day: object, start: str, end: str, **over: object) -> None:
    services.book(
        clerk, purpose=Purpose.BLOCKED, resource_id=room, starts_at=at(day, start), ends_at=at(day, end), **over
    )


@pytest.mark.slow
def test_two_hundred_at_once_and_one_has_the_room(at_once, clerk, rooms):
    day, room = working_day(2), rooms[0]
    db.session.rollback()
    ends = at_once([lambda: block(clerk, room, day, "09:00", "10:30")] * ATTEMPTS)
    assert ends == {"booked": 1, Obstacle.TAKEN: ATTEMPTS - 1}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Booking)) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Claim).where(Claim.live)) == 1


@pytest.mark.slow
def test_random_bookings_and_moves_never_overlap(at_once, clerk, rooms):
    """Different rooms, lengths and judges, asked for in every order."""
    chance = random.Random(20260302)  # noqa: S311 the same every time
    days = [working_day(n) for n in (2, 3)]
    judges = list(db.session.scalars(sa.select(User.id).where(User.login.like("judge_%"))))
    db.session.rollback()

    def act() -> Callable[[], None]:
        room, day = chance.choice(rooms), chance.choice(days)
        hour, length = chance.randrange(9, 16), chance.choice((30, 60, 90))
        start, end = f"{hour}:00", f"{hour + length // 60}:{length % 60:02d}"
        people = chance.sample(judges, chance.randrange(1, len(judges) + 1))
        return lambda: block(clerk, room, day, start, end, judge_ids=people)

    ends = at_once([act() for _ in range(120)])
    assert set(ends) == {"booked", Obstacle.TAKEN}, ends

    booked = list(db.session.scalars(sa.select(Booking.id)))
    db.session.rollback()

    def moving(booking_id: int) -> Callable[[], None]:
        room, day, hour = chance.choice(rooms), chance.choice(days), chance.randrange(9, 16)

        def go() -> None:
            booking = services.get(clerk, booking_id)
            services.move(clerk, booking, at(day, f"{hour}:00"), at(day, f"{hour}:30"), room)

        return go

    moves = at_once([moving(i) for i in booked])
    assert set(moves) <= {"booked", Obstacle.TAKEN}, moves
    assert db.session.execute(sa.text(OVERLAPS)).scalar_one() == 0
    assert db.session.scalar(sa.select(sa.func.count()).where(Booking.status == BookingStatus.BOOKED)) == len(booked)
