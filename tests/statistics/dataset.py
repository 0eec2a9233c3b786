"""The 17 cases of DOMAIN 7.4, written straight into the tables: dates as they stand there."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.agreements.models import Agreement, Clause
from mediation.assignment.models import Assignment
from mediation.confirmation.models import Confirmation
from mediation.disputes.models import CaseNumber, Cause, Dispute
from mediation.kernel import clock, known
from mediation.kernel.db import db
from mediation.litigation.models import LitigationCase
from mediation.roster.models import Mediator
from mediation.scheduling.models import Resource
from mediation.statistics.catalogue import Point, Reading
from mediation.statistics.models import FigureReading

# id, route, received, accepted, final day, closed, outcome, filed, confirmation (applied, accepted, decided, result), fast track closed
ROWS: list[tuple[Any, ...]] = [
    ("D00", "PRE", "2025-12-18", "2025-12-19", "2026-01-19", "2026-01-16", "SUCCESS", None, None, None),
    ("D01", "PRE", "2026-01-05", "2026-01-06", "2026-02-05", "2026-01-15", "SUCCESS", None, None, None),
    ("D02", "PRE", "2026-01-06", "2026-01-08", "2026-02-09", "2026-02-03", "SUCCESS", None, ("2026-02-05", "2026-02-06", "2026-02-11", "valid"), None),
    ("D03", "PRE", "2026-01-07", "2026-01-09", "2026-02-09", "2026-02-09", "FAIL", "2026-02-10", None, "2026-03-12"),
    ("D04", "PRE", "2026-01-12", "2026-01-13", "2026-03-16", "2026-03-06", "SUCCESS", None, ("2026-03-09", "2026-03-10", "2026-03-20", "dismissed"), None),
    ("D05", "PRE", "2026-01-16", "2026-01-16", "2026-02-24", "2026-02-26", "FAIL", "2026-03-02", None, None),
    ("D06", "PRE", "2026-02-02", "2026-02-03", "2026-03-05", "2026-02-12", "WITHDRAWN", None, None, None),
    ("D07", "PRE", "2026-02-09", "2026-02-10", "2026-03-12", "2026-03-11", "SUCCESS", None, ("2026-03-12", "2026-03-13", None, None), None),
    ("D08", "PRE", "2026-03-02", "2026-03-04", "2026-04-03", None, None, None, None, None),
    ("D09", "PRE", "2026-03-16", "2026-03-18", "2026-04-17", None, None, None, None, None),
    ("D10", "POST", "2026-01-08", "2026-01-12", "2026-01-19", "2026-01-19", "SUCCESS", "2026-01-09", None, None),
    ("D11", "POST", "2026-01-20", "2026-01-23", "2026-03-02", "2026-02-25", "SUCCESS", "2026-01-21", None, None),
    ("D12", "POST", "2026-02-03", "2026-02-05", "2026-02-24", "2026-02-24", "FAIL", "2026-02-04", None, None),
    ("D13", "POST", "2026-03-10", "2026-03-13", "2026-03-20", "2026-03-20", "FAIL", "2026-03-11", None, "2026-03-31"),
    ("D14", "DIRECT", "2026-01-13", None, None, None, None, "2026-01-14", None, "2026-02-10"),
    ("D15", "DIRECT", "2026-02-11", None, None, None, None, "2026-02-12", None, None),
    ("D16", "DIRECT", "2026-03-24", None, None, None, None, "2026-03-25", None, None),
]  # fmt: skip
# id: last day of performance, performed on, how the agreement was reached after filing.
DUE = {
    "D00": ("2026-01-16", "2026-01-16"),
    "D01": ("2026-01-15", "2026-01-15"),
    "D02": ("2026-02-28", "2026-02-27"),
    "D04": ("2026-04-15", None),
    "D07": ("2026-04-30", None),
    "D10": ("2026-01-19", "2026-01-19"),
    "D11": ("2026-03-20", None),
}
END = {
    "SUCCESS": ("agreed", "01", True),
    "FAIL": ("failed", "05", False),
    "WITHDRAWN": ("withdrawn", "02", False),
    None: ("accepted", None, False),
}


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def moment(text: str) -> datetime:
    return clock.at(date.fromisoformat(text), 9)


def put(model: type, **values: Any) -> int:
    """One row, past the services: the table's own constraints still hold."""
    table = model.__table__
    defaults = {
        c.name: c.default.arg
        for c in table.columns
        if c.default is not None and c.default.is_scalar and c.name not in values
    }
    return db.session.execute(sa.insert(table).values(**defaults, **values)).inserted_primary_key[0]


def any_mediator() -> int:
    """A mediator of the list."""
    return db.session.scalars(sa.select(Mediator.id).order_by(Mediator.id)).first()


def load(court_id: int) -> dict[str, int]:
    """All 17; their ids by name."""
    clerk = db.session.scalars(sa.select(User).where(User.login == "clerk_li")).one().id
    judge = db.session.scalars(sa.select(User).where(User.login == "judge_chen")).one().id
    trial = db.session.scalars(sa.select(User).where(User.login == "judge_zhou")).one().id
    mediator = any_mediator()
    tribunal = db.session.scalars(sa.select(Resource.id).where(Resource.code == "TRIB-1")).one()
    cause = db.session.scalars(sa.select(Cause).where(Cause.level == 3).limit(1)).first()
    if cause is None:
        put(Cause, version="2025", code="1.1.1", level=3, name="生命权、身体权、健康权纠纷")
        cause = db.session.get(Cause, ("2025", "1.1.1"))
    ids = {}
    for n, (name, route, received, accepted, final, closed, outcome, filed, conf, fast) in enumerate(ROWS):
        ids[name] = dispute = put(
            Dispute, court_id=court_id, receipt_no=f"R-{name}", source="window", received_at=moment(received),
            received_by_id=clerk, cause_version=cause.version, cause_code=cause.code, claims="诉讼请求", facts="事实与理由",
            status="received", version=1,
        )  # fmt: skip
        if accepted:
            status, code, mediated = END[outcome]
            assignment = put(
                Assignment, court_id=court_id, dispute_id=dispute, kind="delegated" if route == "PRE" else "entrusted",
                mediator_id=mediator, choice="designated", reasons={}, status=status, issued_on=day(accepted),
                issued_by_id=clerk, accepted_on=day(accepted), ended_on=day(closed), end_code=code, mediated=mediated,
                final_on=day(final), version=1, procedure="summary" if route == "POST" else None,
            )  # fmt: skip
            if outcome == "SUCCESS":
                agreement = put(
                    Agreement, court_id=court_id, dispute_id=dispute, assignment_id=assignment, number=name,
                    facts="事实", status="effective", effective_on=day(closed), version=1,
                )  # fmt: skip
                _clause(court_id, dispute, agreement, name)
                if conf:
                    _confirm(court_id, dispute, agreement, clerk, judge, conf)
        if filed:
            _file(court_id, dispute, n, clerk, trial, tribunal, filed, fast)
    return ids


def _clause(court_id: int, dispute: int, agreement: int, name: str) -> None:
    due, performed = DUE[name]
    put(
        Clause, court_id=court_id, dispute_id=dispute, agreement_id=agreement, position=1, kind="deliver",
        due_on=day(due), performed_on=day(performed),
    )  # fmt: skip


def _confirm(court_id: int, dispute: int, agreement: int, clerk: int, judge: int, conf: tuple[Any, ...]) -> None:
    applied, accepted, decided, result = conf
    ruled = (
        {"status": result, "outcome": result, "ruled_by_id": judge, "decided_on": day(decided)}
        if result
        else {"status": "accepted"}
    )
    put(
        Confirmation, court_id=court_id, dispute_id=dispute, agreement_id=agreement, applied_by=[], applied_on=day(applied),
        accepted_on=day(accepted), diverted_by_id=clerk, judge_id=judge, version=1, materials=[], checklist={}, grounds=[],
        **ruled,
    )  # fmt: skip


def _file(
    court_id: int, dispute: int, n: int, clerk: int, judge: int, tribunal: int, filed: str, fast: str | None
) -> None:
    number = put(
        CaseNumber, court_id=court_id, dispute_id=dispute, year=2026, court_code="鲁0102", type_code="民初",
        serial=90_000 + n, canonical=f"（2026）鲁0102民初{90_000 + n}号", given_at=moment(filed),
    )  # fmt: skip
    track = (
        {"fast_track": True, "tribunal_id": tribunal, "judge_id": judge, "fast_track_on": day(filed)} if fast else {}
    )
    put(
        LitigationCase, court_id=court_id, dispute_id=dispute, case_number_id=number, filed_on=day(filed), filed_by_id=clerk,
        status="closed" if fast else "filed", closed_on=day(fast), manner="judgment" if fast else None, version=1, **track,
    )  # fmt: skip


def settle(court_id: int, point: Point, reading: Reading, valid_from: date) -> None:
    """The court reads a point of counting so, from a day on."""
    put(
        FigureReading, court_id=court_id, point=point, reading=reading, valid_from=valid_from, reason="院务会决定",
        settled_by_id=0, settled_at=moment("2026-01-01"),
    )  # fmt: skip


# What a record did not yet say before a day it now names.
UNSAID: dict[type, dict[str, tuple[str, ...]]] = {
    Assignment: {"accepted_on": (), "ended_on": ("end_code", "mediated")},
    Agreement: {"effective_on": ()},
    Clause: {"performed_on": ()},
    Confirmation: {"applied_on": (), "accepted_on": (), "decided_on": ("outcome",)},
    LitigationCase: {"filed_on": (), "fast_track_on": (), "closed_on": ("manner",)},
    Dispute: {"received_at": ()},
}
BEGINS = {Assignment: "issued_on", Confirmation: "applied_on", LitigationCase: "filed_on", Agreement: "effective_on"}


def as_it_happened() -> None:
    """Let every record have been entered on the evenings of its own days: the states as they were known."""
    received = {d.id: clock.local(d.received_at).date() for d in db.session.scalars(sa.select(Dispute))}
    for model, events in UNSAID.items():
        kept = known.KEPT[model]
        for row in db.session.execute(sa.select(kept.live)).mappings():
            if row.get("court_id") is None or _known(kept, row["id"]):
                continue
            begins = row[BEGINS[model]] if model in BEGINS else received[row.get("dispute_id", row["id"])]
            _states(kept, row, begins, events)


def _known(kept: Any, number: int) -> bool:
    return db.session.scalar(sa.select(sa.exists().where(kept.states.c.id == number)))


def _states(kept: Any, row: Any, begins: date, events: dict[str, tuple[str, ...]]) -> None:
    def on(name: str) -> date | None:
        said = row[name]
        return clock.local(said).date() if isinstance(said, datetime) else said

    days = sorted({begins} | {d for name in events if (d := on(name)) is not None and d > begins})
    for n, when in enumerate(days):
        values = {c: row[c] for c in kept.columns}
        for name, others in events.items():
            if (d := on(name)) is not None and d > when:
                blank = {"mediated": False}
                values |= {name: None} | {other: blank.get(other) for other in others}
        until = clock.at(days[n + 1], 18) if n + 1 < len(days) else None
        db.session.connection().execute(
            sa.insert(kept.states).values(id=row["id"], known_from=clock.at(when, 18), known_until=until, **values)
        )
