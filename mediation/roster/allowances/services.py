"""Setting allowances, counting a month, releasing it once, and the sheet for the cashier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from mediation.accounts.models import Court
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.kernel.sheets import workbook
from mediation.roster import services as roster
from mediation.roster.allowances import labels, rules
from mediation.roster.allowances.models import Allowance, AllowanceRule
from mediation.roster.allowances.rules import Ended, Line, Outcome, Rule
from mediation.roster.models import Mediator
from mediation.roster.rules import Category

PLACE = "S4 art. 29"
DECEMBER = 12
# Later stages own these tables. They are read by name, because the list comes before them in a dispute's life.
_ASSIGNMENT = sa.table(
    "assignment", sa.column("id"), sa.column("court_id"), sa.column("mediator_id"), sa.column("dispute_id"),
    sa.column("status"), sa.column("ended_on", sa.Date),
)  # fmt: skip
_DISPUTE = sa.table("dispute", sa.column("id"), sa.column("receipt_no"), sa.column("cause_code"))
# Ended without mediation: nobody missed work for these.
_UNMEDIATED = ("declined",)


@dataclass(frozen=True)
class Month:
    """One month of the calendar."""

    year: int
    month: int

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> "Month":
        return Month(self.year + 1, 1) if self.month == DECEMBER else Month(self.year, self.month + 1)

    @property
    def before(self) -> "Month":
        return Month.of(self.first - timedelta(days=1))

    @staticmethod
    def of(day: date) -> "Month":
        return Month(day.year, day.month)


@dataclass(frozen=True)
class Sheet:
    """A month: each ended mediation with its rule, whose it is, and what has been released of it."""

    month: Month
    lines: Sequence[Line]
    names: dict[int, str]
    released: dict[int, int]

    @property
    def total_fen(self) -> int:
        return sum(self.amount(line) for line in self.lines)

    @property
    def released_fen(self) -> int:
        return sum(self.released.values())

    @property
    def by_mediator(self) -> list[tuple[str, int, int]]:
        """Name, number of mediations, amount; the highest amount first."""
        found: dict[int, list[int]] = {}
        for line in self.lines:
            numbers = found.setdefault(line.ended.mediator_id, [0, 0])
            numbers[0] += 1
            numbers[1] += self.amount(line)
        rows = [(self.names[one], n, fen) for one, (n, fen) in found.items()]
        return sorted(rows, key=lambda row: (-row[2], row[0]))

    def amount(self, line: Line) -> int:
        """What was released stands, also when a rule should say otherwise by now."""
        return self.released.get(line.ended.assignment_id, line.amount_fen)

    @property
    def open(self) -> list[Line]:
        """What a rule pays for and nobody has released."""
        return [line for line in self.lines if line.rule and line.ended.assignment_id not in self.released]


# ---- reads --------------------------------------------------------------------------------------------------------


def rule_rows(court_id: int) -> Sequence[AllowanceRule]:
    """All rules of a court, the latest first."""
    rows = sa.select(AllowanceRule).where(AllowanceRule.court_id == court_id)
    return db.session.scalars(rows.order_by(AllowanceRule.valid_from.desc(), AllowanceRule.id.desc())).all()


def sheet(actor: Actor, month: Month) -> Sheet:
    """A month as it stands now."""
    if not rules.may_read(actor):
        raise NotPermitted("read_allowances", article=PLACE)
    known = [
        Rule(r.id, r.valid_from, r.cause_code, r.outcome, r.amount_fen, r.source) for r in rule_rows(actor.court_id)
    ]
    of, about = _ASSIGNMENT.c, _DISPUTE.c
    rows = (
        sa.select(of.id, of.mediator_id, about.receipt_no, about.cause_code, of.status, of.ended_on, Mediator.name)
        .join_from(_ASSIGNMENT, _DISPUTE, of.dispute_id == about.id)
        .join(Mediator, of.mediator_id == Mediator.id)
        .where(
            of.court_id == actor.court_id,
            of.ended_on.between(month.first, month.last),
            of.status.not_in(_UNMEDIATED),
            # People hired full-time by the court have their wages.
            Mediator.category != Category.COURT,
        )
        .order_by(of.ended_on, of.id)
    )
    found = db.session.execute(rows).all()
    ended = [
        Ended(r.id, r.mediator_id, r.receipt_no, r.cause_code, rules.OUTCOMES.get(r.status, Outcome.OTHER), r.ended_on)
        for r in found
    ]
    released = sa.select(Allowance.assignment_id, Allowance.amount_fen).where(
        Allowance.court_id == actor.court_id, Allowance.ended_on.between(month.first, month.last)
    )
    return Sheet(
        month,
        rules.lines(known, ended),
        {r.mediator_id: r.name for r in found},
        {row[0]: row[1] for row in db.session.execute(released)},
    )


def file(actor: Actor, month: Month, head: Sequence[str], outcome: dict[Outcome, str]) -> bytes:
    """The month as a spreadsheet for the cashier: text only, no cell a program would run."""
    told = sheet(actor, month)
    causes = roster.cause_names({line.ended.cause_code for line in told.lines})
    rows = [
        (
            told.names[line.ended.mediator_id],
            line.ended.dispute_no,
            causes.get(line.ended.cause_code, line.ended.cause_code),
            outcome[line.ended.outcome],
            line.ended.ended_on.isoformat(),
            f"{told.amount(line) / 100:.2f}",
            line.rule.source if line.rule else "",
        )
        for line in told.lines
    ]
    return workbook(f"{month.year}-{month.month:02d}", head, rows)


# ---- use cases ----------------------------------------------------------------------------------------------------


def set_rule(
    actor: Actor, *, valid_from: date, cause: str, outcome: Outcome, amount_fen: int, source: str
) -> AllowanceRule:
    """So much from a day on (S4 art. 29); what ended before keeps the rule of its day."""
    if not (rules.may_set(actor) or actor.id == 0):
        raise NotPermitted("set_allowance", article=PLACE)
    if actor.id and valid_from < clock.today():
        raise DomainError(labels.RULE_PAST, article=PLACE, field="valid_from")
    code = roster.cause_code(cause) if cause else ""
    if cause and not code:
        raise DomainError(labels.UNKNOWN_CAUSE, article=PLACE, field="cause")
    with transaction():
        made = AllowanceRule(
            court_id=actor.court_id,
            valid_from=valid_from,
            cause_code=code,
            outcome=outcome,
            amount_fen=amount_fen,
            source=source,
            set_by_id=actor.id,
        )
        audit.record(actor, "set", made, valid_from=valid_from, cause=code, outcome=outcome, amount_fen=amount_fen)
    return made


def release(actor: Actor, month: Month) -> int:
    """Release a month that is over: each mediation once, at the amount of its day; how many were released."""
    if not rules.may_set(actor):
        raise NotPermitted("release_allowances", article=PLACE)
    if month.last >= clock.today():
        raise DomainError(labels.MONTH_RUNS, article=PLACE)
    with transaction():
        # Two people releasing at once wait for each other; the second finds nothing left.
        db.session.execute(sa.select(Court.id).where(Court.id == actor.court_id).with_for_update(key_share=True))
        waiting = sheet(actor, month).open
        if not waiting:
            raise DomainError(labels.NOTHING_TO_RELEASE, article=PLACE)
        for line in waiting:
            if line.rule is not None:
                made = Allowance(
                    court_id=actor.court_id,
                    assignment_id=line.ended.assignment_id,
                    mediator_id=line.ended.mediator_id,
                    ended_on=line.ended.ended_on,
                    rule_id=line.rule.id,
                    amount_fen=line.amount_fen,
                    released_by_id=actor.id,
                )
                audit.record(
                    actor, "release", made, assignment=line.ended.assignment_id, rule=line.rule.id,
                    amount_fen=line.amount_fen,
                )  # fmt: skip
    return len(waiting)
