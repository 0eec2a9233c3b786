"""What an agreement obliges to, as a ledger: each performance with its last day, what was done of it, what is left.

Pure. Payments on a clause by instalments are reckoned towards the instalment that falls due first, unless the debtor
says otherwise, which the clerk then writes down as evidence (Civil Code art. 560).
"""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from mediation.agreements.rules import MONEY, ClauseKind

# Parties are reminded so many days before something falls due (S3 art. 31 leaves the day open).
REMIND = timedelta(days=3)


class Standing(enum.StrEnum):
    """Where one performance stands on a day."""

    DONE = "done"
    OVERDUE = "overdue"
    SOON = "soon"
    OPEN = "open"


class Part(Protocol):
    """One instalment."""

    id: int
    position: int
    amount_fen: int
    due_on: date


class Obligation(Protocol):
    """One clause."""

    id: int
    position: int
    kind: ClauseKind
    debtor_id: int | None
    creditor_id: int | None
    amount_fen: int | None
    due_on: date | None
    performed_on: date | None

    @property
    def instalments(self) -> Sequence[Part]: ...


class Act(Protocol):
    """Something that was performed."""

    clause_id: int
    amount_fen: int | None


@dataclass(frozen=True)
class Due:
    """One performance: a clause, or one of its instalments (`instalment` counts from 1, 0 where there are none)."""

    clause_id: int
    position: int
    instalment: int
    record_id: int
    kind: ClauseKind
    debtor_id: int | None
    creditor_id: int | None
    amount_fen: int | None
    due_on: date | None
    paid_fen: int
    done: bool

    @property
    def open_fen(self) -> int:
        """What is still to be paid."""
        return (self.amount_fen or 0) - self.paid_fen

    def standing(self, today: date) -> Standing:
        """Late from the day after the last day; nothing is late that has none."""
        if self.done:
            return Standing.DONE
        if self.due_on is None:
            return Standing.OPEN
        if self.due_on < today:
            return Standing.OVERDUE
        return Standing.SOON if self.due_on - today <= REMIND else Standing.OPEN


@dataclass(frozen=True)
class Total:
    """What the whole agreement comes to on a day, in fen."""

    amount_fen: int
    paid_fen: int
    overdue_fen: int
    overdue: int
    left: int

    @property
    def open_fen(self) -> int:
        """What is still to be paid."""
        return self.amount_fen - self.paid_fen


def dues(clauses: Iterable[Obligation], acts: Iterable[Act]) -> list[Due]:
    """Every performance of an agreement, in the order of its clauses."""
    paid: dict[int, int] = {}
    for act in acts:
        paid[act.clause_id] = paid.get(act.clause_id, 0) + (act.amount_fen or 0)
    return [due for clause in clauses for due in _of(clause, paid.get(clause.id, 0))]


def _of(clause: Obligation, paid: int) -> Iterable[Due]:
    about = (clause.kind, clause.debtor_id, clause.creditor_id)
    if clause.kind is not ClauseKind.INSTALMENTS:
        yield Due(
            clause.id, clause.position, 0, clause.id, *about, clause.amount_fen, clause.due_on,
            paid if clause.kind in MONEY else 0, clause.performed_on is not None,
        )  # fmt: skip
        return
    reckoned: dict[int, int] = {}
    for part in sorted(clause.instalments, key=lambda part: (part.due_on, part.position)):
        reckoned[part.id] = min(paid, part.amount_fen)
        paid -= reckoned[part.id]
    for number, part in enumerate(sorted(clause.instalments, key=lambda part: part.position), start=1):
        got = reckoned[part.id]
        yield Due(
            clause.id, clause.position, number, part.id, *about, part.amount_fen, part.due_on, got,
            got == part.amount_fen,
        )  # fmt: skip


def total(found: Sequence[Due], today: date) -> Total:
    """The sums of a ledger."""
    late = [due for due in found if due.standing(today) is Standing.OVERDUE]
    money = [due for due in found if due.amount_fen is not None and due.kind in MONEY]
    return Total(
        amount_fen=sum(due.amount_fen or 0 for due in money),
        paid_fen=sum(due.paid_fen for due in money),
        overdue_fen=sum(due.open_fen for due in late if due.kind in MONEY),
        overdue=len(late),
        left=sum(not due.done for due in found),
    )
