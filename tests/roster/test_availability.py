"""Leave and weekly hours, as others ask for them."""

from datetime import date, time, timedelta

import pytest

from mediation.accounts.models import User
from mediation.kernel import clock
from mediation.kernel.db import transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.roster import services as roster
from mediation.roster.models import Mediator
from mediation.roster.rules import Obstacle
from mediation.roster.services.availability import Hours

MORNING, AFTERNOON = (time(9), time(12)), (time(13, 30), time(17))


def of(user: User) -> Mediator:
    found = roster.get_mediator(user.as_actor(), user.mediator_id or 0)
    assert found is not None
    return found


def test_leave_is_on_both_its_days_and_bars_from_new_disputes(mediator_wang: User, mediator_zhao: User) -> None:
    wang, zhao, today = of(mediator_wang), of(mediator_zhao), clock.today()
    both = [wang.id, zhao.id]
    roster.take_leave(mediator_wang.as_actor(), wang, from_on=today, to_on=today + timedelta(days=2), reason="探亲")
    for days, away in [(-1, set()), (0, {wang.id}), (2, {wang.id}), (3, set())]:
        assert roster.away_on(wang.court_id, both, today + timedelta(days=days)) == away
    assert roster.away_on(wang.court_id, [], today) == set()
    assert roster.away_on(wang.court_id + 1, both, today) == set()
    assert roster.assignable(wang, today) == [Obstacle.ON_LEAVE]
    assert roster.assignable(wang, today + timedelta(days=3)) == []
    assert roster.assignable(wang, today, away=False) == []


def test_absences_that_touch_a_span(mediator_wang: User) -> None:
    wang, actor, today = of(mediator_wang), mediator_wang.as_actor(), clock.today()
    first = roster.take_leave(actor, wang, from_on=today + timedelta(days=1), to_on=today + timedelta(days=2))
    second = roster.take_leave(actor, wang, from_on=today + timedelta(days=5), to_on=today + timedelta(days=9))

    def found(a: int, b: int) -> list[int]:
        span = roster.absences(wang.court_id, [wang.id], today + timedelta(days=a), today + timedelta(days=b))
        return [one.id for one in span]

    assert found(0, 0) == []
    assert found(2, 4) == [first.id]
    assert found(2, 5) == [first.id, second.id]
    assert found(9, 30) == [second.id]
    assert found(10, 30) == []
    assert [one.id for one in roster.leave_of(wang)] == [first.id, second.id]


@pytest.mark.parametrize(
    ("a", "b", "field"), [(2, 1, "to_on"), (-1, 1, "from_on"), (1, 400, "to_on"), (4, 6, "from_on"), (5, 5, "from_on")]
)
def test_leave_that_cannot_be(mediator_wang: User, a: int, b: int, field: str) -> None:
    wang, actor, today = of(mediator_wang), mediator_wang.as_actor(), clock.today()
    roster.take_leave(actor, wang, from_on=today + timedelta(days=5), to_on=today + timedelta(days=6))
    with pytest.raises(DomainError) as refused:
        roster.take_leave(actor, wang, from_on=today + timedelta(days=a), to_on=today + timedelta(days=b))
    assert refused.value.field == field


def test_leave_is_taken_back(mediator_wang: User) -> None:
    wang, actor, today = of(mediator_wang), mediator_wang.as_actor(), clock.today()
    begun = roster.take_leave(actor, wang, from_on=today, to_on=today + timedelta(days=3))
    roster.cancel_leave(actor, wang, begun)
    assert roster.away_on(wang.court_id, [wang.id], today) == set()
    with transaction():
        later = roster.take_leave(actor, wang, from_on=today, to_on=today + timedelta(days=3))
        later.from_on = today - timedelta(days=2)
    roster.cancel_leave(actor, wang, later)
    assert roster.away_on(wang.court_id, [wang.id], today) == set()
    assert roster.away_on(wang.court_id, [wang.id], today - timedelta(days=1)) == {wang.id}
    with pytest.raises(DomainError):
        roster.cancel_leave(actor, wang, later)


@pytest.mark.parametrize(
    ("login", "may"),
    [
        ("mediator_wang", True), ("organisation_user", True), ("clerk_li", True), ("triage_sun", True),
        ("president_he", True), ("mediator_zhao", False), ("judge_chen", False), ("sysadmin", False),
        ("clerk_of_other_court", False),
    ],
)  # fmt: skip
def test_who_enters_leave_and_hours(mediator_wang: User, login: str, may: bool, request: pytest.FixtureRequest) -> None:
    wang, actor = of(mediator_wang), request.getfixturevalue(login).as_actor()
    tomorrow = clock.today() + timedelta(days=1)
    if may:
        leave = roster.take_leave(actor, wang, from_on=tomorrow, to_on=tomorrow)
        roster.set_hours(actor, wang, [Hours(0, *MORNING)])
        roster.cancel_leave(actor, wang, leave)
        return
    with pytest.raises(NotPermitted):
        roster.take_leave(actor, wang, from_on=tomorrow, to_on=tomorrow)
    with pytest.raises(NotPermitted):
        roster.set_hours(actor, wang, [])


def test_hours_of_the_week(mediator_wang: User, mediator_zhao: User) -> None:
    wang, zhao = of(mediator_wang), of(mediator_zhao)
    monday, tuesday = date(2026, 11, 30), date(2026, 12, 1)
    both = [wang.id, zhao.id]
    assert roster.hours_on(wang.court_id, both, monday) == {wang.id: None, zhao.id: None}
    roster.set_hours(mediator_wang.as_actor(), wang, [Hours(0, *AFTERNOON), Hours(0, *MORNING), Hours(3, *MORNING)])
    assert roster.hours_on(wang.court_id, both, monday) == {wang.id: [MORNING, AFTERNOON], zhao.id: None}
    assert roster.hours_on(wang.court_id, both, tuesday) == {wang.id: [], zhao.id: None}
    assert roster.hours_on(wang.court_id, [], monday) == {}
    assert [h.weekday for h in roster.weekly_hours(wang)] == [0, 0, 3]
    roster.set_hours(mediator_wang.as_actor(), wang, [])
    assert roster.hours_on(wang.court_id, both, tuesday) == {wang.id: None, zhao.id: None}
    newest = roster.history(wang)[0]
    assert (newest.action, newest.facts["hours"]) == ("mediator.hours", [])


@pytest.mark.parametrize(
    "hours", [[Hours(1, time(10), time(9))], [Hours(1, time(9), time(12)), Hours(1, time(11), time(13))]]
)
def test_hours_that_cannot_be(mediator_wang: User, hours: list[Hours]) -> None:
    with pytest.raises(DomainError) as refused:
        roster.set_hours(mediator_wang.as_actor(), of(mediator_wang), hours)
    assert refused.value.field == "day_1"
