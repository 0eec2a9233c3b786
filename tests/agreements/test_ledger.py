"""The agreement as a ledger: pure rules, then the page, the panel and the daily reminders."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from mediation.accounts.models import User
from mediation.agreements import ledger
from mediation.agreements.guard import ClauseFacts
from mediation.agreements.ledger import REMIND, Standing
from mediation.agreements.models import Agreement
from mediation.agreements.rules import ClauseKind, SignManner
from mediation.agreements.services import drafting, performance, signing
from mediation.disputes import services as disputes
from mediation.kernel import clock
from mediation.kernel.actor import Actor, system
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db, transaction
from mediation.notices.models import Notice
from mediation.notices.rules import Channel
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.rules import DeadlineStatus
from mediation.periods.table import PeriodKey
from mediation.reminders import dues
from tests import builders
from tests.page import Browser

TODAY = date(2026, 3, 2)


@dataclass
class Part:
    id: int
    position: int
    amount_fen: int
    due_on: date


@dataclass
class Clause:
    id: int = 1
    position: int = 1
    kind: ClauseKind = ClauseKind.PAY
    debtor_id: int | None = 7
    creditor_id: int | None = 8
    amount_fen: int | None = 1000
    due_on: date | None = TODAY
    performed_on: date | None = None
    instalments: Sequence[Part] = field(default_factory=list)


@dataclass
class Act:
    clause_id: int
    amount_fen: int | None


def by_instalments(*parts: tuple[int, date]) -> Clause:
    made = [Part(10 + n, n + 1, amount, due) for n, (amount, due) in enumerate(parts)]
    return Clause(
        kind=ClauseKind.INSTALMENTS, amount_fen=sum(p.amount_fen for p in made), due_on=None, instalments=made
    )


@pytest.mark.parametrize(
    ("due_on", "standing"),
    [
        (TODAY - timedelta(days=1), Standing.OVERDUE),
        (TODAY, Standing.SOON),
        (TODAY + REMIND, Standing.SOON),
        (TODAY + REMIND + timedelta(days=1), Standing.OPEN),
        (None, Standing.OPEN),
    ],
)
def test_late_from_the_day_after_the_last_day(due_on: date | None, standing: Standing) -> None:
    [due] = ledger.dues([Clause(due_on=due_on)], [])
    assert due.standing(TODAY) is standing
    [done] = ledger.dues([Clause(due_on=due_on, performed_on=TODAY)], [Act(1, 1000)])
    assert done.standing(TODAY) is Standing.DONE


def test_a_part_payment_goes_to_the_instalment_that_falls_due_first() -> None:
    """Civil Code art. 560, also where the instalments are not written down in the order of their days."""
    clause = by_instalments((500, TODAY + timedelta(days=30)), (300, TODAY - timedelta(days=5)), (200, TODAY))
    later, first, second = ledger.dues([clause], [Act(1, 350)])
    assert [(d.instalment, d.paid_fen, d.open_fen, d.done) for d in (first, second, later)] == [
        (2, 300, 0, True), (3, 50, 150, False), (1, 0, 500, False),
    ]  # fmt: skip
    assert [d.record_id for d in (later, first, second)] == [10, 11, 12]


def test_the_sums_count_money_only_and_what_is_late() -> None:
    clauses = [
        Clause(id=1, amount_fen=1000, due_on=TODAY - timedelta(days=1)),
        Clause(id=2, kind=ClauseKind.VACATE, amount_fen=None, due_on=TODAY - timedelta(days=1)),
        Clause(id=3, amount_fen=400, due_on=TODAY + timedelta(days=1)),
        Clause(id=4, kind=ClauseKind.DELIVER, amount_fen=None, due_on=None, performed_on=TODAY),
    ]
    found = ledger.total(ledger.dues(clauses, [Act(1, 250), Act(4, None)]), TODAY)
    assert (found.amount_fen, found.paid_fen, found.open_fen) == (1400, 250, 1150)
    assert (found.overdue, found.overdue_fen, found.left) == (2, 750, 3)


@given(
    parts=st.lists(st.tuples(st.integers(1, 10**9), st.integers(0, 2000)), min_size=1, max_size=24),
    shares=st.lists(st.integers(1, 100), max_size=6),
)
def test_nothing_paid_is_lost_and_no_later_instalment_is_paid_before_an_earlier(
    parts: list[tuple[int, int]], shares: list[int]
) -> None:
    clause = by_instalments(*((amount, TODAY + timedelta(days=days)) for amount, days in parts))
    whole = clause.amount_fen or 0
    acts = [Act(1, max(1, whole * share // 1000)) for share in shares]
    paid = min(whole, sum(act.amount_fen or 0 for act in acts))
    found = ledger.dues([clause], [Act(1, paid)] if paid else [])
    assert sum(due.paid_fen for due in found) == paid
    assert sum(due.open_fen for due in found) == whole - paid
    ordered = sorted(found, key=lambda due: (due.due_on, due.instalment))
    open_seen = False
    for due in ordered:
        assert not (open_seen and due.paid_fen)
        open_seen = open_seen or not due.done


# ---- in the house ---------------------------------------------------------------------------------------------------

PAYS = 2  # the second clause of the builders' agreement: 1,200 yuan in fourteen days; the first ends the lease


@pytest.fixture
def agreed(clerk_li: User, mediator_wang: User) -> Agreement:
    return builders.signed_agreement(clerk_li.as_actor(), mediator_wang.as_actor())


def in_days(days: int) -> AbstractContextManager[None]:
    return clock.pretend(clock.now() + timedelta(days=days))


def pay(actor: Actor, agreement: Agreement, fen: int) -> None:
    clause = next(c for c in drafting.clauses(agreement) if c.position == PAYS)
    performance.record(actor, agreement, clause, on=clock.today(), amount_fen=fen, evidence="银行回单")


def told(kind: str) -> Sequence[Notice]:
    return db.session.scalars(sa.select(Notice).where(Notice.kind == kind).order_by(Notice.id)).all()


def test_the_page_shows_what_is_due_what_was_paid_and_what_is_late(
    agreed: Agreement, clerk_li: User, mediator_wang: User, client_for: Callable[[User | None], Browser]
) -> None:
    pay(mediator_wang.as_actor(), agreed, 20_000)
    page = client_for(clerk_li).get(f"/agreements/{agreed.id}")
    rows = [" ".join(row.get_text(" ").split()) for row in page.soup.select("#ledger tbody tr")]
    assert len(rows) == PAYS
    assert "1,000.00 元" in rows[1]
    assert "未到期" in rows[1]
    assert "已付 200.00 元，共 1,200.00 元" in page.text
    with in_days(15):
        text = client_for(clerk_li).get(f"/agreements/{agreed.id}").text
        assert "2 项逾期" in text
        assert "其中逾期 1,000.00 元" in text


@pytest.mark.parametrize("locale", ["zh_Hans_CN", "en"])
def test_the_dispute_says_what_comes_next(
    agreed: Agreement, clerk_li: User, client_for: Callable[[User | None], Browser], locale: str
) -> None:
    browser = client_for(clerk_li)
    browser.post("/preferences", {"locale": locale})
    page = browser.get(f"/disputes/{agreed.dispute_id}")
    [link] = page.soup.select("a[href$='#ledger']")
    assert link["href"] == f"/agreements/{agreed.id}#ledger"
    assert ("履行" if locale != "en" else "Performance") in page.text


def test_before_it_is_in_effect_there_is_no_ledger(
    clerk_li: User, mediator_wang: User, client_for: Callable[[User | None], Browser]
) -> None:
    assignment = builders.accepted_assignment(clerk_li.as_actor(), mediator_wang.as_actor())
    builders.open_session(mediator_wang.as_actor(), assignment)
    draft = builders.drafted_agreement(mediator_wang.as_actor(), assignment)
    assert not client_for(mediator_wang).get(f"/agreements/{draft.id}").soup.select("#ledger")


def test_the_debtor_is_reminded_once_without_amount_or_clause(agreed: Agreement) -> None:
    actor = system(agreed.court_id)
    assert dues.remind(actor) == {"performances_soon": 0, "performances_late": 0}
    with in_days(11):
        assert dues.remind(actor)["performances_soon"] == PAYS
        assert dues.remind(actor) == {"performances_soon": 0, "performances_late": 0}
    notices = told("performance_due")
    landlord = disputes.parties(agreed.dispute_id)[1]
    assert {notice.party_id for notice in notices} == {landlord.id}
    assert {notice.channel for notice in notices} <= {Channel.SMS, Channel.PHONE, Channel.PAPER}
    for notice in notices:
        assert agreed.number in notice.text
        assert "元" not in notice.text.replace("元旦", "")
    event = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "notice.enqueue")).all()[-1]
    assert event.actor_id == 0


def test_what_was_not_done_is_told_once_to_who_mediated_and_to_the_clerk(
    agreed: Agreement, clerk_li: User, mediator_wang: User
) -> None:
    actor = system(agreed.court_id)
    pay(mediator_wang.as_actor(), agreed, 120_000)
    with in_days(15):
        assert dues.remind(actor) == {"performances_soon": 0, "performances_late": 1}
        assert dues.remind(actor)["performances_late"] == 0
    notices = told("performance.late")
    assert {notice.user_id for notice in notices} == {clerk_li.id, mediator_wang.id}
    assert all(notice.channel is Channel.IN_APP and "起诉" in notice.text for notice in notices)


def test_each_instalment_is_reminded_of_by_itself(clerk_li: User, mediator_wang: User) -> None:
    clerk, mediator = clerk_li.as_actor(), mediator_wang.as_actor()
    assignment = builders.accepted_assignment(clerk, mediator)
    builders.open_session(mediator, assignment)
    made = builders.drafted_agreement(mediator, assignment)
    tenant, landlord = disputes.parties(assignment.dispute_id)[:2]
    first, second = clock.today() + timedelta(days=20), clock.today() + timedelta(days=50)
    parts = ClauseFacts(
        0, ClauseKind.INSTALMENTS, landlord.id, tenant.id, amount_fen=90_000, account="刘某，某银行，6222",
        instalments=((30_000, first), (60_000, second)),
    )  # fmt: skip
    drafting.write_clause(mediator, made, parts)
    drafting.put_up(mediator, made)
    for signature in signing.wanted(made):
        signing.sign(mediator, made, signature, manner=SignManner.HANDWRITTEN, at=clock.now())
    for days, soon in ((18, 1), (48, 1)):
        with in_days(days):
            assert dues.remind(system(made.court_id))["performances_soon"] == soon
    kinds = [notice.subject_type for notice in told("performance_due")]
    assert kinds == ["instalment", "instalment"]


def test_who_is_not_of_the_dispute_sees_no_ledger(
    agreed: Agreement, mediator_zhao: User, client_for: Callable[[User | None], Browser]
) -> None:
    client_for(mediator_zhao).get(f"/agreements/{agreed.id}", status=404)


def test_full_performance_ends_the_two_years_for_enforcement(agreed: Agreement, mediator_wang: User) -> None:
    """CPL art. 250: nothing is left to enforce."""
    actor = mediator_wang.as_actor()
    with transaction():
        running = periods.open_deadline(
            system(agreed.court_id), PeriodKey.ENFORCE_APPLY, subject=agreed, dispute_id=agreed.dispute_id,
            start=clock.today(),
        )  # fmt: skip
    pay(actor, agreed, 120_000)
    assert db.session.get_one(Deadline, running.id).status is DeadlineStatus.OPEN
    ends = next(c for c in drafting.clauses(agreed) if c.position == 1)
    performance.record(actor, agreed, ends, on=clock.today(), amount_fen=None, evidence="双方到场确认")
    assert db.session.get_one(Deadline, running.id).status is DeadlineStatus.CANCELLED
