"""The calendar: finding common times, the board of a full week, two hundred people who want one room at once.

Each figure stands beside a floor of the same moment: reading the same rows with one statement, a bare Flask page,
two hundred inserts of which the database refuses all but one. The ratios hold on any machine.
"""

import argparse
import random
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.cli.history import bulk
from mediation.disputes.models import Dispute
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import Base, db
from mediation.roster.models import Mediator
from mediation.roster.rules import Category
from mediation.scheduling import services
from mediation.scheduling.errors import NotBookable
from mediation.scheduling.models import Booking, Claim, Resource
from mediation.scheduling.rules import BookingStatus, ClaimantKind, Purpose, ResourceKind
from mediation.scheduling.services import finding
from mediation.scheduling.services.hours import days_of
from mediation.scheduling.services.people import People
from scripts import catalogue
from tests import builders, cluster, world
from tests.conftest import make_app
from tests.crowd import own_connections

ROOMS, PEOPLE, BOOKINGS, AT_ONCE = 20, 60, 5_000, 200
STORMERS = 40
OVERLAPS = (
    "SELECT count(*) FROM claim a JOIN claim b ON a.id < b.id AND a.court_id = b.court_id AND a.being = b.being "
    "WHERE a.live AND b.live AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at"
)
LENGTHS = (30, 60, 90)
# Numbers that no sequence of the database reaches meanwhile.
FIRST = 1_000_000
ROUNDS = 7


def fill(clerk: Actor) -> tuple[list[int], list[int]]:
    """Twenty rooms, sixty mediators and five thousand meetings that do not overlap, as the guard of the table sees."""
    for n in range(ROOMS):
        services.add_resource(clerk, kind=ResourceKind.ROOM, code=f"B{n:02}", name=f"第{n + 1}室", turnaround_minutes=0)
    for n in range(PEOPLE):
        one = Mediator(
            court_id=clerk.court_id, name=f"调解员{n}", category=Category.RESIDENT_PEOPLES, certificate_no=f"B-{n}",
            certificate_expires_on=date(2030, 1, 1), phone=f"139000{n:05}",
        )  # fmt: skip
        audit.record(clerk, "create", one)
    db.session.commit()
    rooms = list(db.session.scalars(sa.select(Resource.id).where(Resource.code.like("B%"))))
    people = list(db.session.scalars(sa.select(Mediator.id).where(Mediator.certificate_no.like("B-%"))))
    dispute_id = builders.make_dispute(clerk).id
    _meetings(clerk, rooms, people, dispute_id)
    return rooms, people


def _meetings(clerk: Actor, rooms: list[int], people: list[int], dispute_id: int) -> None:
    chance = random.Random(20261128)  # noqa: S311 the same every time
    bookings, claims, number = [], [], 0
    for starts_at, length in _times(clerk.court_id):
        free = chance.sample(people, len(people))
        for room in rooms:
            if chance.random() < 1 / 8:
                continue
            number += 1
            if number > BOOKINGS:
                break
            ends_at = starts_at + timedelta(minutes=length)
            bookings.append({
                "id": FIRST + number, "court_id": clerk.court_id, "dispute_id": dispute_id, "resource_id": room,
                "purpose": Purpose.SESSION, "starts_at": starts_at, "ends_at": ends_at, "status": BookingStatus.BOOKED,
                "booked_by_id": clerk.id, "booked_at": clock.now(), "changed_at": clock.now(),
            })  # fmt: skip
            for kind, who in ((ClaimantKind.RESOURCE, room), (ClaimantKind.MEDIATOR, free.pop())):
                claims.append({
                    "court_id": clerk.court_id, "booking_id": FIRST + number, "claimant_kind": kind, "claimant_key": str(who),
                    "being": f"{kind.value}:{who}", "starts_at": starts_at, "ends_at": ends_at, "live": True,
                })  # fmt: skip
    for model, rows in ((Booking, bookings[:BOOKINGS]), (Claim, claims[: 2 * BOOKINGS])):
        batches = iter(rows)
        while batch := list(islice(batches, 1000)):
            bulk.put({bulk.table_of(model): batch})
    db.session.commit()


def _times(court_id: int) -> list[tuple[datetime, int]]:
    """One after the other through the days of the court."""
    days, found = days_of(court_id), []
    for day, halves in days.open(clock.today() + timedelta(days=1), clock.today() + timedelta(days=120)):
        for opens, closes in halves:
            at, end = clock.at(day, opens.hour, opens.minute), clock.at(day, closes.hour, closes.minute)
            while at < end:
                length = min(LENGTHS[len(found) % 3], int((end - at).total_seconds()) // 60)
                found.append((at, length))
                at += timedelta(minutes=length)
    return found


def middle(act: Callable[[], object], before: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of the middle round, and its ratio to the floor of the same round."""
    taken = []
    for _n in range(ROUNDS):
        started = time.perf_counter()
        before()
        between = time.perf_counter()
        act()
        ended = time.perf_counter()
        taken.append((1000 * (ended - between), (ended - between) / (between - started)))
    return statistics.median(t for t, _r in taken), statistics.median(r for _t, r in taken)


def find(clerk: Actor, people: list[int]) -> None:
    """Three people and any of twenty rooms, until the first three times; the floor reads the same claims and no more."""
    chance = random.Random(7)  # noqa: S311

    def ask() -> finding.Search:
        asked = finding.asking(clerk, length=timedelta(minutes=90))
        chosen = People(mediators=tuple(chance.sample(people, 3)))
        found = finding.search(replace(asked, people=chosen))
        db.session.rollback()
        return found

    def floor() -> None:
        rows = sa.select(Claim.being, Claim.starts_at, Claim.ends_at).where(
            Claim.court_id == clerk.court_id, Claim.live, Claim.ends_at > clock.now()
        )
        assert len(db.session.execute(rows).all()) >= BOOKINGS
        db.session.rollback()

    found = ask()
    assert found.found, "no common time at all"
    passed = len(found.found[0].before)
    taken, ratio = middle(ask, floor)
    say("find a time", taken, ratio, f"all claims read once; {passed} times passed over, each with its reason")


def board(app: Flask, clerk: Actor) -> None:
    """The week with the most meetings, through the whole application; the floor is a page that only says who asks."""
    week = _open_days(clerk, 14, 40)[0]
    client, user = app.test_client(), db.session.get_one(User, clerk.id)
    token = accounts.open_session(user, address="127.0.0.1")
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    db.session.remove()

    def page(path: str) -> bytes:
        answer = client.get(path)
        assert answer.status_code == 200, answer.status
        return answer.get_data()

    shown = page(f"/schedule/week?day={week}").count(b"data-booking=")
    taken, ratio = middle(lambda: page(f"/schedule/week?day={week}"), lambda: page("/password"))
    say("board of a full week", taken, ratio, f"a page that only asks for a password; {shown} meetings")
    taken, ratio = middle(lambda: page(f"/schedule?day={week}"), lambda: page("/password"))
    say("board of a full day", taken, ratio, "the same")


def race(app: Flask, clerk: Actor, room: int) -> None:
    """Two hundred want one room at once; the floor are as many inserts past all rules, of which one succeeds."""
    days = _open_days(clerk, 150, 250)
    rounds = []
    with own_connections():
        for one, other in zip(days[:10:2], days[1:10:2], strict=False):
            floor, ends = _at_once(app, lambda on=one: _insert(clerk, room, on))
            assert ends == {"one": 1, "refused": AT_ONCE - 1}, list(ends.items())[:3]
            taken, ends = _at_once(app, lambda on=other: _book(clerk, room, on))
            assert ends == {"one": 1, "refused": AT_ONCE - 1}, list(ends.items())[:3]
            rounds.append((taken / floor, taken))
    rounds.sort()
    ratio, taken = rounds[len(rounds) // 2]
    say("200 for one room", 1000 * taken, ratio, "200 bare inserts; one has it, 199 are told why and what is free")


def _open_days(clerk: Actor, first: int, last: int) -> list[date]:
    """The days from so many days ahead to so many on which the court is open; holds no connection afterwards."""
    today = clock.today()
    open_days = days_of(clerk.court_id).open(today + timedelta(days=first), today + timedelta(days=last))
    found = [day for day, _halves in open_days]
    db.session.remove()
    return found


def _at_once(app: Flask, act: Callable[[], str]) -> tuple[float, Counter]:
    ends: Counter = Counter()
    gate = threading.Barrier(AT_ONCE + 1)

    def one() -> None:
        with app.app_context():
            gate.wait()
            try:
                ends[act()] += 1
            except Exception as error:  # noqa: BLE001 counted, so that it is seen
                ends[f"{type(error).__name__}: {error}"[:200]] += 1
            finally:
                db.session.remove()

    threads = [threading.Thread(target=one) for _n in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    gate.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - started, ends


def storm(app: Flask, clerk: Actor, rooms: list[int], people: list[int], number: int) -> None:
    """So many attempts at random rooms, people and times, forty at a time, through the application's own pool.

    Afterwards nothing overlaps, everything acknowledged stands, and the trail tells of each booking once.
    """
    days = _open_days(clerk, 1, 300)
    ends: Counter = Counter()
    acknowledged: list[int] = []
    waited: list[float] = []

    def attempt(chance: random.Random) -> str:
        starts_at = clock.at(chance.choice(days), chance.randrange(9, 17), chance.choice((0, 15, 30, 45)))
        try:
            booking = services.book(
                clerk, purpose=Purpose.BLOCKED, resource_id=chance.choice(rooms), starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=chance.choice(LENGTHS)), note="x",
                mediator_ids=chance.sample(people, 2),
            )  # fmt: skip
        except NotBookable as refused:
            return refused.obstacle.value if refused.free else "nothing offered"
        acknowledged.append(booking.id)
        return "booked"

    def one(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311
        for _n in range(number // STORMERS):
            with app.app_context():
                begun = time.perf_counter()
                try:
                    ends[attempt(chance)] += 1
                except Exception as error:  # noqa: BLE001 counted, so that it is seen
                    ends[f"{type(error).__name__}: {error}"[:200]] += 1
                finally:
                    db.session.remove()
                waited.append(time.perf_counter() - begun)

    threads = [threading.Thread(target=one, args=(seed,)) for seed in range(STORMERS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - started
    overlaps = db.session.scalar(sa.text(OVERLAPS))
    faults = list(audit.verify())
    lost = _lost(acknowledged)
    waited.sort()
    print(
        f"  {number:,} bookings at random    {number / taken:>6.0f} /s in {taken:.0f} s; waited {waited[len(waited) // 2]:.2f} s "
        f"in the middle, {waited[-1]:.2f} s at most; {dict(ends)}; overlaps {overlaps}, lost {lost}, faults of the trail {len(faults)}"
    )
    assert set(ends) <= {"booked", "taken"}, list(ends.items())[:3]
    assert not overlaps
    assert not lost
    assert not faults
    db.session.remove()


def _lost(acknowledged: list[int]) -> int:
    """How many of those who were told that they have the room have none, or are told of otherwise than once."""
    booking = Booking.__table__.c
    event = audit.AuditEvent.__table__.c
    stand = set(db.session.scalars(sa.select(booking.id).where(booking.status == BookingStatus.BOOKED)))
    told = Counter(db.session.scalars(sa.select(event.subject_id).where(event.action == "booking.book")))
    live = set(db.session.scalars(sa.select(Claim.booking_id).where(Claim.live)))
    return sum(i not in stand or i not in live or told[i] != 1 for i in acknowledged)


def _insert(clerk: Actor, room: int, day: date) -> str:
    row = {
        "court_id": clerk.court_id, "booking_id": FIRST + 1, "claimant_kind": ClaimantKind.RESOURCE, "claimant_key": str(room),
        "being": f"resource:{room}", "starts_at": clock.at(day, 9), "ends_at": clock.at(day, 10), "live": True,
    }  # fmt: skip
    try:
        db.session.execute(sa.insert(Claim.__table__), row)
        db.session.commit()
    except DBAPIError:
        db.session.rollback()
        return "refused"
    return "one"


def _book(clerk: Actor, room: int, day: date) -> str:
    try:
        services.book(
            clerk,
            purpose=Purpose.BLOCKED,
            resource_id=room,
            starts_at=clock.at(day, 9),
            ends_at=clock.at(day, 10),
            note="x",
        )
    except NotBookable as refused:
        return "refused" if refused.free else "nothing offered"
    return "one"


def say(what: str, taken: float, ratio: float, floor: str) -> None:
    print(f"  {what:<24}{taken:>10.1f} ms{ratio:>8.1f} x   {floor}")


def calendar(url: str, name: str, storming: int) -> None:
    app = make_app(url)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        world.prepare()
        clerk = builders.someone("clerk_li").as_actor()
        rooms, people = fill(clerk)
        booked = db.session.scalar(sa.select(sa.func.count()).select_from(Booking))
        disputes = db.session.scalar(sa.select(sa.func.count()).select_from(Dispute))
        print(
            f"\n{name}: {len(rooms)} rooms, {len(people)} people, {booked:,} bookings of {disputes} dispute, x = its floor"
        )
        db.session.rollback()
        find(clerk, people)
        board(app, clerk)
        race(app, clerk, rooms[0])
        if storming:
            storm(app, clerk, rooms, people, storming)
        db.session.remove()
        db.engine.dispose()


def main(only: str | None = None, storming: int = 0) -> None:
    catalogue.compile_stale()
    if only in {None, "sqlite"}:
        with tempfile.TemporaryDirectory() as folder:
            calendar(f"sqlite:///{Path(folder) / 'bench.sqlite'}", "SQLite", storming)
    if only in {None, "postgresql"}:
        calendar(cluster.url("bench_calendar"), "PostgreSQL", storming)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--storm", type=int, default=0, help="so many bookings at random, many at a time")
    options.add_argument("--only", choices=("sqlite", "postgresql"))
    told = options.parse_args()
    main(told.only, told.storm)
