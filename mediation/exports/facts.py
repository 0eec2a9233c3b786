"""The facts of every dispute of a court as they stand at one moment, the oldest dispute first, part by part."""

from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from mediation.agreements.models import Agreement
from mediation.assignment.models import Assignment
from mediation.confirmation.models import Confirmation
from mediation.disputes.models import CaseNumber, Cause, Dispute, Party
from mediation.disputes.rules import PartyKind, PartyRole
from mediation.kernel.db import db, read_only
from mediation.litigation.models import LitigationCase
from mediation.roster.models import Organisation, Street

# So many disputes are held at once.
PART = 1_000
# Whoever stops fetching gives the connection back after so long (PostgreSQL then ends the transaction).
PATIENCE = "10min"

Facts = tuple[Any, ...]


@contextmanager
def one_moment() -> Iterator[sa.Connection]:
    """A connection of its own on which everything is read as of the same moment, whatever is written meanwhile."""
    with db.engine.connect() as connection:
        on_postgresql = connection.dialect.name == "postgresql"
        if on_postgresql:
            connection.execution_options(isolation_level="REPEATABLE READ")
        with read_only():
            transaction = connection.begin()
        try:
            if on_postgresql:
                connection.exec_driver_sql(f"SET LOCAL idle_in_transaction_session_timeout = '{PATIENCE}'")
            yield connection
        finally:
            transaction.rollback()


def of_court(connection: sa.Connection, court_id: int) -> Generator[Sequence[Facts], None, None]:
    """Parts of so many disputes, each with the facts that `rules.COLUMNS` names, in their order."""
    causes = {
        (version, code): name
        for version, code, name in connection.execute(sa.select(Cause.version, Cause.code, Cause.name))
    }
    streets = _names(connection, Street, court_id)
    bodies = _names(connection, Organisation, court_id)
    with connection.execute(_DISPUTES, {"court": court_id}, execution_options={"yield_per": PART}) as rows:
        for disputes in rows.partitions():
            ids = {"ids": [one.id for one in disputes]}
            parties, numbers = defaultdict[int, dict[Any, int]](dict), defaultdict[int, list[str]](list)
            for dispute, role, kind, count in connection.execute(_PARTIES, ids):
                parties[dispute][role, kind] = count
            for dispute, text in connection.execute(_NUMBERS, ids):
                numbers[dispute].append(text)
            mediations: dict[int, tuple[int, Any]] = {}
            for one in connection.execute(_MEDIATIONS, ids):
                mediations[one.dispute_id] = mediations.get(one.dispute_id, (0, None))[0] + 1, one
            agreed = _last_of(connection, _AGREEMENTS, ids)
            confirmed = _last_of(connection, _CONFIRMATIONS, ids)
            filed = _last_of(connection, _CASES, ids)
            yield [
                (
                    one.receipt_no, "; ".join(numbers[one.id]), one.source, one.received_at, one.cause_version,
                    one.cause_code, causes.get((one.cause_version, one.cause_code), ""), _yuan(one.amount_fen),
                    streets.get(one.street_id), one.has_complaint, *_sides(parties[one.id]), one.route, one.status,
                    one.closed_at, one.closing, *_mediation(mediations.get(one.id), bodies),
                    *agreed.get(one.id, (None,)), *confirmed.get(one.id, (None,) * 4), *filed.get(one.id, (None,) * 6),
                )
                for one in disputes
            ]  # fmt: skip


def size(connection: sa.Connection, court_id: int) -> int:
    """How many disputes there are to take along."""
    return connection.execute(
        sa.select(sa.func.count()).select_from(Dispute).where(Dispute.court_id == court_id)
    ).scalar_one()


def _names(connection: sa.Connection, model: Any, court_id: int) -> dict[int, str]:
    return {
        row.id: row.name
        for row in connection.execute(sa.select(model.id, model.name).where(model.court_id == court_id))
    }


def _yuan(fen: int | None) -> Decimal | None:
    return None if fen is None else Decimal(fen) / 100


def _sides(parties: dict[Any, int]) -> tuple[int, int, int, int]:
    def of(role: PartyRole) -> int:
        return sum(count for (one, _kind), count in parties.items() if one is role)

    bodies = sum(count for (_role, kind), count in parties.items() if kind is not PartyKind.NATURAL)
    return of(PartyRole.APPLICANT), of(PartyRole.RESPONDENT), of(PartyRole.THIRD), bodies


def _mediation(found: tuple[int, Any] | None, bodies: dict[int, str]) -> tuple[Any, ...]:
    if found is None:
        return (0, *(None,) * 12)
    times, one = found
    return (
        times, one.kind, bodies.get(one.organisation_id), one.mediator_id, one.status, one.issued_on, one.accepted_on,
        one.ended_on, one.final_on, one.excluded_days, one.sessions_held, one.end_code, one.mediated,
    )  # fmt: skip


def _last_of(connection: sa.Connection, question: Any, ids: dict[str, list[int]]) -> dict[int, tuple[Any, ...]]:
    """Of each dispute the last record: what follows its number in the row."""
    return {row[0]: tuple(row[1:]) for row in connection.execute(question, ids)}


_IDS = sa.bindparam("ids", expanding=True, type_=sa.Integer())
_DISPUTES = (
    sa.select(
        Dispute.id, Dispute.receipt_no, Dispute.source, Dispute.received_at, Dispute.cause_version, Dispute.cause_code,
        Dispute.amount_fen, Dispute.street_id, Dispute.has_complaint, Dispute.route, Dispute.status, Dispute.closed_at,
        Dispute.closing,
    )
    .where(Dispute.court_id == sa.bindparam("court"))
    .order_by(Dispute.id)
)  # fmt: skip
_PARTIES = (
    sa.select(Party.dispute_id, Party.role, Party.kind, sa.func.count())
    .where(Party.dispute_id.in_(_IDS))
    .group_by(Party.dispute_id, Party.role, Party.kind)
)
_NUMBERS = (
    sa.select(CaseNumber.dispute_id, CaseNumber.canonical)
    .where(CaseNumber.dispute_id.in_(_IDS))
    .order_by(CaseNumber.id)
)
_MEDIATIONS = (
    sa.select(
        Assignment.dispute_id, Assignment.kind, Assignment.organisation_id, Assignment.mediator_id, Assignment.status,
        Assignment.issued_on, Assignment.accepted_on, Assignment.ended_on, Assignment.final_on,
        Assignment.excluded_days, Assignment.sessions_held, Assignment.end_code, Assignment.mediated,
    )
    .where(Assignment.dispute_id.in_(_IDS))
    .order_by(Assignment.id)
)  # fmt: skip
_AGREEMENTS = (
    sa.select(Agreement.dispute_id, Agreement.effective_on).where(Agreement.dispute_id.in_(_IDS)).order_by(Agreement.id)
)
_CONFIRMATIONS = (
    sa.select(
        Confirmation.dispute_id, Confirmation.applied_on, Confirmation.accepted_on, Confirmation.decided_on,
        Confirmation.outcome,
    )
    .where(Confirmation.dispute_id.in_(_IDS))
    .order_by(Confirmation.id)
)  # fmt: skip
_CASES = (
    sa.select(
        LitigationCase.dispute_id, LitigationCase.filed_on, LitigationCase.procedure, LitigationCase.fast_track,
        LitigationCase.heard_on, LitigationCase.closed_on, LitigationCase.manner,
    )
    .where(LitigationCase.dispute_id.in_(_IDS))
    .order_by(LitigationCase.id)
)  # fmt: skip
