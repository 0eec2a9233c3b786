"""A bundle of documents: who may have one made, how large it is, what its files are called, where a page is left blank."""

import enum
import re
from collections.abc import Iterable, Sequence

from mediation.documents.rules import Status
from mediation.kernel.actor import REGISTRY, Actor


class Form(enum.StrEnum):
    """As what the documents are handed out."""

    ZIP = "zip"
    PRINT = "print"


class Obstacle(enum.StrEnum):
    """Why no bundle is made, or not handed out."""

    NOTHING = "nothing"
    TOO_MANY = "too_many"
    NOT_YET = "not_yet"
    NONE_LEFT = "none_left"


# All papers of a busy day; and how many are produced in one part, so that each part ends within seconds.
MOST, AT_A_GO = 1000, 20
# One stack of paper: no printer takes more at once, and putting it together takes seconds.
STACK = 100
# Signs that some file system does not allow in a name, and how long a name may be.
FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
LONGEST_NAME = 80


def may_bundle(actor: Actor) -> bool:
    """The registry prints and hands out the court's papers."""
    return actor.has(*REGISTRY)


def waiting(states: Iterable[Status]) -> int:
    """How many of the documents are still to be produced."""
    return sum(state is Status.PENDING for state in states)


def file_name(position: int, called: str, number: str) -> str:
    """The name of a document in the archive, in the order of the bundle: 003 送达回证（刘某）（2026）鲁0102民初1号.pdf."""
    told = FORBIDDEN.sub("", f"{called}{number}").strip(" .")[:LONGEST_NAME]
    return f"{position:03d} {told}.pdf"


def stacks(number: int) -> Sequence[tuple[int, int]]:
    """From which to which document each stack reaches, counted from one."""
    return [(first, min(first + STACK - 1, number)) for first in range(1, number + 1, STACK)]


def blanks(pages: Sequence[int]) -> Sequence[bool]:
    """After which documents a page is left blank, so that on both sides of the paper each begins on a fresh sheet."""
    return [count % 2 == 1 for count in pages[:-1]] + [False] * bool(pages)
