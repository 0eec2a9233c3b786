"""The first common time, checked against a general solver of constraints that knows nothing of how ours looks."""

import random
from datetime import date, time, timedelta

import pytest
from constraint import Problem

from mediation.kernel import clock
from mediation.scheduling import rules
from mediation.scheduling.rules import Bar, Diary, Free, Needs, Passed, Place, Span, Why

FIRST = date(2026, 3, 2)
SUMMER = ((time(8, 30), time(11, 30)), (time(14, 0), time(18, 0)))


def random_spans(chance: random.Random, number: int) -> list[Span]:
    found = []
    for _ in range(number):
        start = clock.at(
            FIRST + timedelta(days=chance.randrange(4)), chance.randrange(8, 18), chance.choice((0, 10, 30))
        )
        found.append(Span(start, start + timedelta(minutes=chance.choice((20, 45, 90, 180, 600)))))
    return found


def by_solver(days, length, after, people, rooms):
    """All pairs of a beginning and a room that satisfy everything, as a problem of constraints."""
    problem = Problem()
    step, first = timedelta(minutes=30), clock.at(FIRST)
    problem.addVariable("start", [first + n * step for n in range(4 * 48)])
    problem.addVariable("room", range(len(rooms)))

    def apart(start, end, other):
        return end <= other.starts_at or other.ends_at <= start

    def opened(start):
        local, end = clock.local(start), clock.local(start + length)
        halves = dict(days).get(local.date(), ())
        return any(
            a <= local.time() and end.time() <= b and end.date() == local.date()
            and (local.hour * 60 + local.minute - a.hour * 60 - a.minute) % 30 == 0
            for a, b in halves
        )  # fmt: skip

    problem.addConstraint(lambda start: start > after, ["start"])
    problem.addConstraint(opened, ["start"])
    for person in people:
        problem.addConstraint(lambda start, p=person: all(apart(start, start + length, s) for s in p), ["start"])
    problem.addConstraint(
        lambda start, room: all(apart(start, start + length + timedelta(minutes=15), s) for s in rooms[room]),
        ["start", "room"],
    )
    return sorted((s["start"], s["room"]) for s in problem.getSolutions())


@pytest.mark.parametrize("seed", range(60))
def test_ours_and_the_solver_agree(seed):
    chance = random.Random(seed)  # noqa: S311 the same every time
    halves = chance.choice((rules.OPENING, SUMMER))
    days = [(FIRST + timedelta(days=n), halves) for n in range(4) if chance.random() < 0.8]
    length = timedelta(minutes=chance.choice(rules.LENGTHS))
    after = clock.at(FIRST, chance.randrange(24))
    people = [random_spans(chance, chance.randrange(7)) for _ in range(chance.randrange(5))]
    rooms = [random_spans(chance, chance.randrange(9)) for _ in range(chance.randrange(4))]
    bars = [Bar(Why.BUSY, Diary(spans)) for spans in people]
    places = [Place(n, 15, Diary(spans)) for n, spans in enumerate(rooms)]
    ours = rules.free_times(days, length=length, after=after, bars=bars, places=places)
    solved = by_solver(days, length, after, people, rooms) if rooms else []
    first_of_each = dict(reversed(solved))
    assert [(f.span.starts_at, f.resource_id) for f in ours] == sorted(first_of_each.items())


@pytest.mark.parametrize("seed", range(200))
def test_a_diary_knows_what_it_meets(seed):
    chance = random.Random(seed)  # noqa: S311 the same every time
    spans, [asked] = random_spans(chance, 12), random_spans(chance, 1)
    assert Diary(spans).meets(asked) == any(asked.overlaps(s) for s in spans)


def test_why_earlier_times_do_not_fit():
    morning = Span(clock.at(FIRST, 9), clock.at(FIRST, 10))
    leave = Bar(Why.ON_LEAVE, Diary([morning]), rules.ClaimantKind.MEDIATOR, "7")
    full = Place(1, 15, Diary([Span(clock.at(FIRST, 10), clock.at(FIRST, 11))]))
    walked = list(
        rules.walk(
            [(FIRST, rules.OPENING)], length=timedelta(minutes=60), after=clock.at(FIRST, 8), bars=[leave],
            places=[full],
        )
    )  # fmt: skip
    told = [[bar.why for bar in one.bars] if isinstance(one, Passed) else None for one in walked]
    assert told[:5] == [[Why.ON_LEAVE, Why.NO_ROOM], [Why.ON_LEAVE, Why.NO_ROOM], [Why.NO_ROOM], [Why.NO_ROOM], None]
    assert isinstance(walked[-1], Free)


@pytest.mark.parametrize(
    ("needs", "fits"),
    [
        (Needs(), True),
        (Needs(seats=8), True),
        (Needs(seats=9), False),
        (Needs(equipment="投影"), True),
        (Needs(equipment="同声传译"), False),
    ],
)
def test_what_a_room_must_have(needs, fits):
    assert needs.met_by(8, "投影、录音录像") is fits
