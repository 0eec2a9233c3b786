"""A signer's turn on a screen: to whom it may be given, how the person is known, what a drawn signature must be."""

import enum
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from mediation.agreements.rules import Conducted, Signer, electronic_excluded, may_conduct
from mediation.kernel.actor import REGISTRY, Actor
from mediation.kernel.states import Step


class Place(enum.StrEnum):
    """Where the signer holds the screen."""

    TABLET = "tablet"
    LINK = "link"


class TurnStatus(enum.StrEnum):
    """One signer's turn."""

    ISSUED = "issued"
    OPENED = "opened"
    SIGNED = "signed"
    REFUSED = "refused"
    PAPER = "paper"
    REVOKED = "revoked"
    EXPIRED = "expired"


class Check(enum.StrEnum):
    """How it is known who signs (S5 art. 17; S36 art. 13)."""

    DOCUMENT = "document"
    ACCOUNT = "account"
    CODE_IN_PERSON = "code_in_person"
    CODE_BY_SMS = "code_by_sms"


class Obstacle(enum.StrEnum):
    """Why nobody can sign this on a screen, or not now."""

    PERSONAL_STATUS = "personal_status"
    SUPPLY = "supply"
    NO_HAND = "no_hand"
    NOT_ONESELF = "not_oneself"
    SIGNED = "signed"
    NOT_SIGNING = "not_signing"
    RUNNING = "running"
    NO_MESSAGE = "no_message"
    NOT_PRODUCED = "not_produced"
    NOT_THE_SAME = "not_the_same"
    OVER = "over"
    WRONG_CODE = "wrong_code"
    CODE_SPENT = "code_spent"
    CODE_OVER = "code_over"


LAW = "S36 arts 13, 14"
OBSTACLE_ARTICLE = {
    Obstacle.PERSONAL_STATUS: "S36 art. 3",
    Obstacle.SUPPLY: "S36 art. 3",
    Obstacle.NO_HAND: "S4 art. 24",
    Obstacle.NOT_ONESELF: "S36 art. 13",
    Obstacle.SIGNED: "S4 art. 24",
    Obstacle.NOT_SIGNING: "S4 art. 24",
    Obstacle.RUNNING: "S36 art. 13",
    Obstacle.NO_MESSAGE: "S36 art. 13",
    Obstacle.NOT_PRODUCED: "S36 art. 13",
    Obstacle.NOT_THE_SAME: "S36 art. 13",
    Obstacle.OVER: "S36 art. 13",
    Obstacle.WRONG_CODE: "S36 art. 13",
    Obstacle.CODE_SPENT: "S36 art. 13",
    Obstacle.CODE_OVER: "S36 art. 13",
}

CHECKS: dict[Place, tuple[Check, ...]] = {
    Place.TABLET: (Check.DOCUMENT, Check.ACCOUNT),
    Place.LINK: (Check.CODE_IN_PERSON, Check.CODE_BY_SMS),
}
LIVING = frozenset({TurnStatus.ISSUED, TurnStatus.OPENED})

# The house's own measures, no periods of the law: none is set for how long a link may live.
LIFE = {Place.TABLET: timedelta(hours=2), Place.LINK: timedelta(days=3)}
CODE_LIFE = timedelta(minutes=15)
CODE_DIGITS = 6
MOST_TRIES = 5
REMIND = timedelta(days=1)

# S36 art. 3 (2): stopping the supply of water, heat or gas to the public.
STOPS_SUPPLY = re.compile(r"(停止|中止|中断|停)(供应?)?(用?)(自来水|热水|水|热|暖|燃气|天然气|煤气|气)")


def excluded(cause_code: str, texts: Iterable[str]) -> Obstacle | None:
    """What may not be signed electronically: marriage, adoption, inheritance; stopping public supply (S36 art. 3)."""
    if electronic_excluded(cause_code):
        return Obstacle.PERSONAL_STATUS
    if any(STOPS_SUPPLY.search(text) for text in texts):
        return Obstacle.SUPPLY
    return None


class Turn(Protocol):
    """What the rules read of a turn."""

    @property
    def court_id(self) -> int: ...


def may_give(actor: Actor, subject: Conducted) -> bool:
    """Who conducts the mediation gives turns, and the registry of the court at its counter (S4 art. 24)."""
    return (subject.court_id == actor.court_id and actor.has(*REGISTRY)) or may_conduct(actor, subject)


def _signs(actor: Actor, turn: Turn) -> bool:
    """On the tablet the step is written under who stands beside it; at a link nobody of the house is there."""
    return turn.court_id == actor.court_id


def _by_time(actor: Actor, turn: Turn) -> bool:
    return actor.id == 0 and turn.court_id == actor.court_id


S = TurnStatus
STEPS = (
    Step("identify", {S.ISSUED}, S.OPENED, _signs, "R5-05", "S36 art. 13"),
    Step("sign", {S.OPENED}, S.SIGNED, _signs, "R5-05", "S36 arts 13, 14"),
    Step("refuse", {S.OPENED}, S.REFUSED, _signs, "R3-31", "S4 art. 26"),
    Step("take_paper", {S.OPENED}, S.PAPER, _signs, "R5-05", "S36 art. 3"),
    Step("revoke", LIVING, S.REVOKED, _signs, "R5-05", "S36 art. 13"),
    Step("expire", LIVING, S.EXPIRED, _by_time, "R5-05", "S36 art. 13"),
)


def who_signs(signer: Signer, *, own: bool) -> Obstacle | None:
    """An organisation has no hand; a mediator signs in the own session, so that nobody else can (S36 art. 13)."""
    if signer is Signer.ORGANISATION:
        return Obstacle.NO_HAND
    if signer is Signer.MEDIATOR and not own:
        return Obstacle.NOT_ONESELF
    return None


# ---- what was drawn -------------------------------------------------------------------------------------------------

WIDTH, HEIGHT = 1000, 400
MOST_STROKES, MOST_POINTS = 200, 6000
# Shorter than this is a slip of the finger, no name.
SHORTEST = 150
# x, y, and the milliseconds since the first point.
PARTS = 3
DAY = 24 * 3_600_000

Strokes = list[list[list[int]]]


@dataclass(frozen=True)
class Drawn:
    """A drawn signature that was found to be one."""

    strokes: Strokes


def read_strokes(given: Any) -> Drawn | None:
    """The strokes a browser sent: points inside the field with their time, long enough to be a name; otherwise None."""
    if not isinstance(given, list) or not 0 < len(given) <= MOST_STROKES:
        return None
    if not all(isinstance(stroke, list) and stroke for stroke in given):
        return None
    points = [point for stroke in given for point in stroke]
    if len(points) > MOST_POINTS or not all(_is_point(point) for point in points):
        return None
    return Drawn(given) if _length(given) >= SHORTEST else None


def _is_point(point: Any) -> bool:
    if not isinstance(point, list) or len(point) != PARTS or not all(type(part) is int for part in point):
        return False
    x, y, moment = point
    return 0 <= int(x) <= WIDTH and 0 <= int(y) <= HEIGHT and 0 <= int(moment) <= DAY


def _length(strokes: Sequence[Sequence[Sequence[int]]]) -> int:
    return sum(
        abs(after[0] - before[0]) + abs(after[1] - before[1])
        for stroke in strokes
        for before, after in itertools.pairwise(stroke)
    )
