"""What stands in the way of handing over, accepting, ending and extending: the conditions beyond the state."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from mediation.assignment.rules import EndCode, Obstacle, Status
from mediation.disputes.rules import Route
from mediation.litigation.rules import Procedure
from mediation.notices.rules import Channel
from mediation.periods.rules import PeriodKey, rule_for


@dataclass(frozen=True)
class IssueFacts:
    """What decides, beside the rules of intake about the route, whether a dispute may be handed over now."""

    route: Route | None
    already_open: bool
    somebody_refuses: bool
    filed: bool
    procedure: Procedure | None


def issue_obstacles(facts: IssueFacts) -> list[Obstacle]:
    """Why this dispute may not be handed to anybody yet."""
    found = {
        Obstacle.NO_ROUTE: facts.route is None,
        Obstacle.ALREADY_OPEN: facts.already_open,
        # Also while another mediator is looked for: one refusal is enough (CPL art. 125).
        Obstacle.PARTY_REFUSED: facts.somebody_refuses,
        # S12 point 2: filing comes first; point 3: the procedure decides between fifteen and seven days.
        Obstacle.NOT_FILED: facts.route is Route.B and not facts.filed,
        Obstacle.NO_PROCEDURE: facts.route is Route.B and facts.filed and facts.procedure is None,
    }
    return [obstacle for obstacle, stands in found.items() if stands]


# R3-23: a house rule, so that "cannot be reached" is proved and not said.
LEAST_ATTEMPTS, LEAST_CHANNELS = 3, 2


class Attempt(Protocol):
    """What the rules read of an attempt to reach a party."""

    @property
    def party_id(self) -> int: ...
    @property
    def channel(self) -> Channel: ...
    @property
    def reached(self) -> bool: ...


def unreachable_parties(attempts: Iterable[Attempt]) -> set[int]:
    """The parties never reached in at least three attempts on at least two channels."""
    by_party: dict[int, list[Attempt]] = {}
    for attempt in attempts:
        by_party.setdefault(attempt.party_id, []).append(attempt)
    return {
        party
        for party, tried in by_party.items()
        if not any(a.reached for a in tried)
        and len(tried) >= LEAST_ATTEMPTS
        and len({a.channel for a in tried}) >= LEAST_CHANNELS
    }


@dataclass(frozen=True)
class EndFacts:
    """What decides whether a mediation may be ended with a certain code."""

    status: Status
    reason: str
    unreachable: bool
    sessions_held: bool
    final_on: date | None
    today: date


NEED_REASON = frozenset({EndCode.UNREACHABLE, EndCode.UNWILLING, EndCode.DIVERGENCE, EndCode.UNSIGNED, EndCode.OTHER})


def end_obstacles(code: EndCode, facts: EndFacts) -> list[Obstacle]:
    """Why the mediation may not be ended with this code (R3-33)."""
    found = []
    if code in NEED_REASON and not facts.reason.strip():
        found.append(Obstacle.NO_REASON)
    if code is EndCode.UNREACHABLE and not facts.unreachable:
        found.append(Obstacle.TOO_FEW_ATTEMPTS)
    if code is EndCode.EXPIRED and (facts.final_on is None or facts.today <= facts.final_on):
        found.append(Obstacle.PERIOD_RUNNING)
    if code in {EndCode.DIVERGENCE, EndCode.UNSIGNED} and not facts.sessions_held:
        found.append(Obstacle.NO_SESSION)
    return found


@dataclass(frozen=True)
class ExtensionFacts:
    """What decides whether the period may be extended."""

    key: PeriodKey
    began_on: date
    final_on: date
    until: date
    agreed_on: date
    all_agree: bool
    already_days: int
    times: int
    today: date


def extension_cap(key: PeriodKey, day: date) -> int | None:
    """Days of extension allowed in all; None where the law sets no cap (S4 art. 27; S12 point 3)."""
    extension = rule_for(key, day).extension
    return extension.most if extension else 0


def extension_obstacles(facts: ExtensionFacts) -> list[Obstacle]:
    """Why the period may not be extended: consent of all, before its last day is over, within the cap (R3-29)."""
    found = []
    if not facts.all_agree:
        found.append(Obstacle.NOT_ALL_AGREE)
    if facts.agreed_on > facts.today:
        found.append(Obstacle.FUTURE)
    if facts.agreed_on > facts.final_on:
        found.append(Obstacle.EXPIRED)
    if facts.until <= facts.final_on:
        found.append(Obstacle.NOT_LATER)
    cap = extension_cap(facts.key, facts.began_on)
    if cap is None:
        return found
    if facts.times:
        found.append(Obstacle.ONCE_ONLY)
    elif facts.already_days + (facts.until - facts.final_on).days > cap:
        found.append(Obstacle.BEYOND_CAP)
    return found


def latest_extension(facts: ExtensionFacts) -> date | None:
    """The last day to which the parties could still extend; None where there is no cap."""
    cap = extension_cap(facts.key, facts.began_on)
    return None if cap is None else facts.final_on + timedelta(days=max(cap - facts.already_days, 0))


def accept_obstacles(*, on: date, issued_on: date, today: date, appointed: bool) -> list[Obstacle]:
    """The day of signing for the material starts the period: neither before it was issued nor in the future."""
    checks: Sequence[tuple[Obstacle, bool]] = (
        (Obstacle.FUTURE, on > today),
        (Obstacle.BEFORE_ISSUE, on < issued_on),
        (Obstacle.NOBODY, not appointed),
    )
    return [obstacle for obstacle, applies in checks if applies]
