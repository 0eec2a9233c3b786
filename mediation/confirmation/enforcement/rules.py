"""Whether there is a title that can be enforced, what is overdue under it, and who may have the packet put together."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mediation.agreements.ledger import Due, Standing
from mediation.agreements.rules import ClauseKind
from mediation.confirmation.rules import InCourt
from mediation.kernel.actor import REGISTRY, Actor


class Title(enum.StrEnum):
    """What the court enforces (CPL art. 247)."""

    RULING = "ruling"
    MEDIATION_DOCUMENT = "mediation_document"


class Obstacle(enum.StrEnum):
    """Why there is no packet to put together."""

    MAY_STILL_CONFIRM = "may_still_confirm"
    BEFORE_THE_COURT = "before_the_court"
    NO_TITLE = "no_title"
    REVOKED = "revoked"
    ALTERED = "altered"
    NOT_IN_FORCE = "not_in_force"
    NOTHING_OVERDUE = "nothing_overdue"
    NOT_CREDITOR = "not_creditor"


OBSTACLE_ARTICLE = {
    Obstacle.MAY_STILL_CONFIRM: "CPL arts 205, 206",
    Obstacle.BEFORE_THE_COURT: "CPL art. 206",
    Obstacle.NO_TITLE: "CPL art. 206; S3 art. 32",
    Obstacle.REVOKED: "S2 art. 372; CPL art. 206",
    Obstacle.ALTERED: "S2 art. 372",
    Obstacle.NOT_IN_FORCE: "CPL art. 247",
    Obstacle.NOTHING_OVERDUE: "CPL art. 247",
    Obstacle.NOT_CREDITOR: "CPL art. 247",
}
LAW = {Title.RULING: "CPL arts 206, 247, 250; S2 art. 460", Title.MEDIATION_DOCUMENT: "CPL arts 100, 247, 250"}


def may_pack(actor: Actor, subject: InCourt) -> bool:
    """The registry of the court puts the packet together for the creditor; the title lies in its file."""
    return subject.court_id == actor.court_id and actor.has(*REGISTRY)


@dataclass(frozen=True)
class Facts:
    """What is known of the title, in words the rules read."""

    title: Title | None = None
    in_force: bool = False
    before_the_court: bool = False
    apply_until: date | None = None
    sued: bool = False
    # A new ruling took the place of the confirmation (S2 art. 372).
    revoked: bool = False
    altered: bool = False


def obstacle(facts: Facts, today: date) -> Obstacle | None:
    """An agreement alone is not enforced: it is confirmed in time, or sued upon (CPL arts 205, 206; S3 art. 32)."""
    if facts.revoked or facts.altered:
        return Obstacle.REVOKED if facts.revoked else Obstacle.ALTERED
    if facts.title is not None:
        return None if facts.in_force else Obstacle.NOT_IN_FORCE
    if facts.before_the_court:
        return Obstacle.BEFORE_THE_COURT
    in_time = facts.apply_until is not None and today <= facts.apply_until
    return Obstacle.MAY_STILL_CONFIRM if in_time and not facts.sued else Obstacle.NO_TITLE


# A contract that ends on a day needs nobody to end it: there is nothing to enforce.
BY_ITSELF = frozenset({ClauseKind.END_CONTRACT})


@dataclass(frozen=True)
class Claim:
    """What one creditor may ask for: the overdue performances, what was paid on them, from whom."""

    creditor_id: int
    dues: Sequence[Due]

    @property
    def debtor_ids(self) -> list[int]:
        """Who has not performed, each once."""
        return sorted({due.debtor_id for due in self.dues if due.debtor_id is not None})

    @property
    def open_fen(self) -> int:
        """The money that is still owed and late."""
        return sum(due.open_fen for due in self.dues if due.amount_fen is not None)


def claims(dues: Iterable[Due], today: date) -> list[Claim]:
    """What is overdue, by creditor: nobody asks for what is owed to another, or not due yet."""
    late: dict[int, list[Due]] = {}
    for due in dues:
        if due.kind in BY_ITSELF:
            continue
        if due.standing(today) is Standing.OVERDUE and due.creditor_id is not None:
            late.setdefault(due.creditor_id, []).append(due)
    return [Claim(creditor, late[creditor]) for creditor in sorted(late)]


def counts_from(days: Sequence[date], in_force_on: date) -> date:
    """The two years run from the last day of performance, of instalments the last one; none fixed: from effect (CPL 250)."""
    return max(days) if days else in_force_on
