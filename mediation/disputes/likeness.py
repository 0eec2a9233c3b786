"""When two disputes look like the same one: a question to whoever receives the second, never a refusal."""

import enum
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

DUPLICATE_WINDOW, ONE_DAY = timedelta(days=90), timedelta(days=1)


def plain(text: str) -> str:
    """An address or a name without blanks, width and punctuation, so that two spellings of one place or firm agree."""
    return re.sub(r"[\s,，。.、()（）\-－—]", "", unicodedata.normalize("NFKC", text)).lower()


class Likeness(enum.StrEnum):
    """How much two disputes look like the same one."""

    SAME_PARTIES = "same_parties"
    SAME_PARTIES_AND_CAUSE = "same_parties_and_cause"


@dataclass(frozen=True)
class Shape:
    """What is compared of a dispute: keys of persons (never names alone, R6-10), the cause, the day."""

    applicants: frozenset[str]
    respondents: frozenset[str]
    cause_code: str
    received_on: date


class Relation(enum.StrEnum):
    """How two disputes belong together, though each is its own."""

    SAME_PARTIES = "same_parties"
    # One person against many, or many against one, about the same thing.
    SERIES = "series"


def relation(new: Shape, old: Shape) -> Relation | None:
    """Whether the same people dispute with each other again, or one of them with others about the same cause."""
    if _same_parties(new, old):
        return Relation.SAME_PARTIES
    one_side = new.applicants & old.applicants or new.respondents & old.respondents
    return Relation.SERIES if one_side and new.cause_code == old.cause_code else None


def _same_parties(new: Shape, old: Shape) -> bool:
    straight = new.applicants & old.applicants and new.respondents & old.respondents
    crossed = new.applicants & old.respondents and new.respondents & old.applicants
    return bool(straight or crossed)


def alike(new: Shape, old: Shape) -> Likeness | None:
    """Whether two disputes have the same parties, on whichever side, within 90 days; and whether also the same cause."""
    if abs(new.received_on - old.received_on) > DUPLICATE_WINDOW:
        return None
    if not _same_parties(new, old):
        return None
    return Likeness.SAME_PARTIES_AND_CAUSE if new.cause_code == old.cause_code else Likeness.SAME_PARTIES
