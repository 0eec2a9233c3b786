"""What stands in the way of handing over, accepting, ending and extending."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from mediation.assignment import obstacles
from mediation.assignment.obstacles import EndFacts, ExtensionFacts, IssueFacts
from mediation.assignment.rules import EndCode, Obstacle, Status
from mediation.disputes.rules import Route
from mediation.litigation.rules import Procedure
from mediation.notices.rules import Channel
from mediation.periods.rules import PeriodKey

READY = {
    Route.A: IssueFacts(route=Route.A, already_open=False, somebody_refuses=False, filed=False, procedure=None),
    Route.B: IssueFacts(
        route=Route.B, already_open=False, somebody_refuses=False, filed=True, procedure=Procedure.SUMMARY
    ),
    Route.C: IssueFacts(route=Route.C, already_open=False, somebody_refuses=False, filed=False, procedure=None),
}


@pytest.mark.parametrize("route", Route)
def test_a_ready_dispute_meets_no_obstacle(route):
    assert obstacles.issue_obstacles(READY[route]) == []


ISSUE = [
    ({"already_open": True}, Obstacle.ALREADY_OPEN),
    ({"somebody_refuses": True}, Obstacle.PARTY_REFUSED),
    ({"route": None}, Obstacle.NO_ROUTE),
]


@pytest.mark.parametrize(("over", "obstacle"), ISSUE)
@pytest.mark.parametrize("route", Route)
def test_each_thing_that_lacks_is_named(route, over, obstacle):
    assert obstacles.issue_obstacles(replace(READY[route], **over)) == [obstacle]


def test_after_filing_means_after_filing():
    assert obstacles.issue_obstacles(replace(READY[Route.B], filed=False)) == [Obstacle.NOT_FILED]
    assert obstacles.issue_obstacles(replace(READY[Route.B], procedure=None)) == [Obstacle.NO_PROCEDURE]


@dataclass
class Tried:
    party_id: int
    channel: Channel
    reached: bool = False


PHONE, SMS, PAPER = Channel.PHONE, Channel.SMS, Channel.PAPER


ATTEMPTS = [
    ([], set()),
    ([(1, PHONE), (1, SMS)], set()),
    ([(1, PHONE), (1, PHONE), (1, PHONE)], set()),
    ([(1, PHONE), (1, PHONE), (1, SMS)], {1}),
    ([(1, PHONE), (1, SMS), (1, PAPER)], {1}),
    ([(1, PHONE), (1, PHONE), (2, SMS)], set()),
    ([(1, PHONE), (1, SMS), (1, SMS), (2, SMS), (2, PHONE), (2, PAPER)], {1, 2}),
]


@pytest.mark.parametrize(("tried", "unreachable"), ATTEMPTS)
def test_three_attempts_on_two_channels_prove_that_somebody_cannot_be_reached(tried, unreachable):
    assert obstacles.unreachable_parties([Tried(*t) for t in tried]) == unreachable


def test_whoever_answered_once_can_be_reached():
    tried = [Tried(1, PHONE), Tried(1, SMS), Tried(1, PAPER), Tried(1, PHONE, reached=True)]
    assert obstacles.unreachable_parties(tried) == set()


FINE = EndFacts(
    status=Status.IN_SESSION,
    reason="双方分歧较大",
    unreachable=True,
    sessions_held=True,
    final_on=date(2026, 3, 2),
    today=date(2026, 3, 3),
)


@pytest.mark.parametrize("code", EndCode)
def test_an_end_with_everything_needed(code):
    assert obstacles.end_obstacles(code, FINE) == []


ENDS = [
    (EndCode.UNREACHABLE, {"unreachable": False}, [Obstacle.TOO_FEW_ATTEMPTS]),
    (EndCode.UNREACHABLE, {"reason": " "}, [Obstacle.NO_REASON]),
    (EndCode.UNWILLING, {"reason": ""}, [Obstacle.NO_REASON]),
    (EndCode.DIVERGENCE, {"reason": ""}, [Obstacle.NO_REASON]),
    (EndCode.DIVERGENCE, {"sessions_held": False}, [Obstacle.NO_SESSION]),
    (EndCode.UNSIGNED, {"sessions_held": False}, [Obstacle.NO_SESSION]),
    (EndCode.UNSIGNED, {"reason": ""}, [Obstacle.NO_REASON]),
    (EndCode.OTHER, {"reason": ""}, [Obstacle.NO_REASON]),
    (EndCode.EXPIRED, {"today": date(2026, 3, 2)}, [Obstacle.PERIOD_RUNNING]),
    (EndCode.EXPIRED, {"final_on": None}, [Obstacle.PERIOD_RUNNING]),
    (EndCode.SETTLED, {"reason": "", "sessions_held": False, "unreachable": False}, []),
    (EndCode.AGREEMENT, {"reason": ""}, []),
]


@pytest.mark.parametrize(("code", "over", "found"), ENDS)
def test_what_each_code_needs(code, over, found):
    assert obstacles.end_obstacles(code, replace(FINE, **over)) == found


EXTEND = ExtensionFacts(
    key=PeriodKey.MEDIATION_PRE,
    began_on=date(2026, 1, 16),
    final_on=date(2026, 2, 24),
    until=date(2026, 3, 26),
    agreed_on=date(2026, 2, 24),
    all_agree=True,
    already_days=0,
    times=0,
    today=date(2026, 2, 24),
)


def test_before_filing_the_parties_may_extend_again_and_again():
    assert obstacles.extension_obstacles(EXTEND) == []
    assert obstacles.extension_obstacles(replace(EXTEND, already_days=300, times=5)) == []
    assert obstacles.latest_extension(EXTEND) is None


ENTRUSTED = [PeriodKey.MEDIATION_POST_SUM, PeriodKey.MEDIATION_POST_ORD]


@pytest.mark.parametrize("key", ENTRUSTED)
def test_after_filing_once_and_at_most_thirty_days(key):
    after = replace(EXTEND, key=key)
    assert obstacles.extension_obstacles(after) == []
    assert obstacles.latest_extension(after) == date(2026, 3, 26)
    assert obstacles.extension_obstacles(replace(after, until=date(2026, 3, 27))) == [Obstacle.BEYOND_CAP]
    assert obstacles.extension_obstacles(replace(after, times=1, already_days=5)) == [Obstacle.ONCE_ONLY]
    assert obstacles.latest_extension(replace(after, times=1, already_days=30)) == after.final_on


@pytest.mark.parametrize("key", ENTRUSTED)
def test_before_2025_no_cap_stood_after_filing_either(key):
    old = ExtensionFacts(
        key=key,
        began_on=date(2024, 6, 3),
        final_on=date(2024, 6, 18),
        until=date(2024, 9, 30),
        agreed_on=date(2024, 6, 18),
        all_agree=True,
        already_days=20,
        times=2,
        today=date(2024, 6, 18),
    )
    assert obstacles.extension_obstacles(old) == []


EXTENSIONS = [
    ({"all_agree": False}, Obstacle.NOT_ALL_AGREE),
    ({"agreed_on": date(2026, 2, 25), "today": date(2026, 2, 25)}, Obstacle.EXPIRED),
    ({"agreed_on": date(2026, 2, 24), "today": date(2026, 2, 23)}, Obstacle.FUTURE),
    ({"until": date(2026, 2, 24)}, Obstacle.NOT_LATER),
]


@pytest.mark.parametrize(("over", "obstacle"), EXTENSIONS)
@pytest.mark.parametrize("key", [PeriodKey.MEDIATION_PRE, PeriodKey.MEDIATION_OUT, *ENTRUSTED])
def test_an_extension_needs_all_before_the_end(key, over, obstacle):
    assert obstacles.extension_obstacles(replace(EXTEND, key=key, **over)) == [obstacle]


ACCEPT = [
    ({}, []),
    ({"on": date(2026, 3, 5)}, [Obstacle.FUTURE]),
    ({"on": date(2026, 3, 1)}, [Obstacle.BEFORE_ISSUE]),
    ({"appointed": False}, [Obstacle.NOBODY]),
]


@pytest.mark.parametrize(("over", "found"), ACCEPT)
def test_the_day_of_signing_lies_between_issue_and_today(over, found):
    facts = {"on": date(2026, 3, 4), "issued_on": date(2026, 3, 2), "today": date(2026, 3, 4), "appointed": True}
    assert obstacles.accept_obstacles(**(facts | over)) == found
