"""Recusal as it goes: brought up, decided within three days, reviewed once, taken back; and who comes after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute, Participation
from mediation.disputes.people import addressee
from mediation.disputes.rules import Capacity, Confirming
from mediation.documents import services as library
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import REGISTRY, Actor, Role
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import IllegalStep, NotPermitted
from mediation.litigation import documents as papers
from mediation.litigation.models import LitigationCase
from mediation.litigation.recusal import keeping, labels, rules
from mediation.litigation.recusal.models import BenchRecusal
from mediation.litigation.recusal.rules import STEPS, Answer, Decider, Function, Ground, Obstacle, Origin, RecusalStatus
from mediation.litigation.services.reading import number_of, of_dispute
from mediation.litigation.services.track import drop_hearing
from mediation.notices import services as notices
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.table import PeriodKey

TYPE = BenchRecusal.__tablename__
NEEDED = {
    Function.TRIAL_JUDGE: frozenset({Role.FAST_TRACK_JUDGE}),
    Function.CONFIRMATION_JUDGE: frozenset({Role.CONFIRMATION_JUDGE}),
    Function.CLERK: REGISTRY,
}


@dataclass(frozen=True)
class Application:
    """What is brought up, by whom, against whom."""

    function: Function
    person_id: int
    origin: Origin
    ground: Ground
    statement: str
    on: date
    party_id: int | None = None


def bench(dispute: Dispute) -> list[tuple[Function, User]]:
    """Who of the court works on the dispute: its judges, and the registry; not who has withdrawn already."""
    gone = {one.person_id for one in keeping.of_dispute(dispute.id) if one.status is RecusalStatus.UPHELD}
    return [(function, user) for function, user in _bench(dispute) if user.id not in gone]


def _bench(dispute: Dispute) -> Iterator[tuple[Function, User]]:
    case = of_dispute(dispute.id)
    if case is not None and case.judge_id is not None and case.closed_on is None:
        yield Function.TRIAL_JUDGE, db.session.get_one(User, case.judge_id)
    taking_part = sa.select(Participation.user_id).where(
        Participation.dispute_id == dispute.id,
        Participation.capacity == Capacity.CONFIRMED,
        Participation.until.is_(None),
    )
    confirming = sa.select(User).where(User.id.in_(taking_part))
    # Until the ruling on the agreement (CPL art. 206).
    pending = dispute.confirming is Confirming.PENDING
    for judge in () if not pending else db.session.scalars(confirming.order_by(User.id)):
        yield Function.CONFIRMATION_JUDGE, judge
    for clerk in sorted(accounts.holding(dispute.court_id, *REGISTRY), key=lambda user: (user.name, user.id)):
        yield Function.CLERK, clerk


def clock_of(recusal: BenchRecusal) -> Deadline | None:
    """Until when it is to be decided."""
    key = PeriodKey.RECUSAL_REVIEW if recusal.status is RecusalStatus.REVIEW else PeriodKey.RECUSAL_DECIDE
    return periods.current(TYPE, recusal.id, key)


def bring_up(actor: Actor, dispute: Dispute, asked: Application) -> BenchRecusal:
    """From this moment the person is suspended from the work, urgent measures excepted (CPL art. 48)."""
    if not rules.may_raise(actor, dispute.court_id, asked.origin, asked.person_id):
        raise NotPermitted("bring_up_recusal", article=rules.ARTICLE)
    people = bench(dispute)
    person = next((user for function, user in people if (function, user.id) == (asked.function, asked.person_id)), None)
    judge = next((user.id for function, user in people if function is not Function.CLERK), None)
    case = of_dispute(dispute.id)
    facts = rules.Raising(
        asked.origin,
        asked.function,
        is_here=person is not None,
        is_party=asked.party_id in {party.id for party in disputes.parties(dispute.id)},
        statement=asked.statement,
        on=asked.on,
        today=clock.today(),
        since=clock.local(dispute.received_at).date(),
        heard_on=case.heard_on if case is not None else None,
        pending=any(
            one.person_id == asked.person_id and one.status in rules.WAITING for one in keeping.of_dispute(dispute.id)
        ),
        has_judge=judge is not None,
    )
    for found in rules.obstacles(facts):
        raise keeping.refusal(found)
    if person is None:  # pragma: no cover NOT_HERE stands then
        raise keeping.refusal(Obstacle.NOT_HERE)
    decider = rules.decider(asked.function, person.roles)
    with transaction():
        keeping.forget()
        recusal = BenchRecusal(
            court_id=dispute.court_id,
            dispute_id=dispute.id,
            person_id=person.id,
            function=asked.function,
            origin=asked.origin,
            party_id=asked.party_id if asked.origin is Origin.PARTY else None,
            ground=asked.ground,
            statement=asked.statement.strip(),
            raised_on=asked.on,
            raised_by_id=actor.id,
            decider=decider,
            decider_id=judge if decider is Decider.PRESIDING else None,
        )
        audit.record(
            actor, "raise", recusal, person=person.id, function=asked.function, origin=asked.origin, party=recusal.party_id,
            ground=asked.ground, on=asked.on,
        )  # fmt: skip
        # CPL art. 50 sets the three days for what a party applies for; the house keeps them for the others too.
        limit = periods.open_deadline(
            actor, PeriodKey.RECUSAL_DECIDE, subject=recusal, dispute_id=dispute.id, start=asked.on
        )
        _tell(actor, [person], recusal, "raised", labels.RAISED)
        _tell(actor, deciders(recusal), recusal, "decide", labels.DECIDE, day=limit.final_on)
    return recusal


def deciders(recusal: BenchRecusal) -> Sequence[User]:
    """The accounts of those who decide, or who enter what the committee decided."""
    if recusal.decider is Decider.PRESIDING:
        return [db.session.get_one(User, recusal.decider_id)]
    roles = rules.PRESIDENTS if recusal.decider is Decider.PRESIDENT else rules.RECORDERS
    return [user for user in accounts.holding(recusal.court_id, *roles) if user.id != recusal.person_id]


def decide(actor: Actor, recusal: BenchRecusal, answer: Answer, *, reason: str, minutes: str = "") -> None:
    """At first, or on review: the person withdraws, or goes on (CPL arts 49, 50)."""
    step, on_review = rules.deciding_step(recusal.status, answer), recusal.status is RecusalStatus.REVIEW
    states.check(STEPS, step, actor, recusal)
    if not reason.strip():
        raise keeping.refusal(Obstacle.NO_WORDS)
    if recusal.decider is Decider.COMMITTEE and not minutes.strip():
        raise keeping.refusal(Obstacle.NO_MINUTES)
    with transaction():
        keeping.forget()
        with db.session.no_autoflush:
            recusal.decided_by_id, recusal.minutes = actor.id, minutes.strip()
            if on_review:
                recusal.reviewed_on, recusal.review_reason = clock.today(), reason.strip()
            else:
                recusal.decided_on, recusal.reason = clock.today(), reason.strip()
            audit.advance(STEPS, step, actor, recusal, person=recusal.person_id, minutes=recusal.minutes)
        periods.meet(actor, recusal, PeriodKey.RECUSAL_REVIEW if on_review else PeriodKey.RECUSAL_DECIDE)
        _paper(actor, recusal, review=on_review)
        person = db.session.get_one(User, recusal.person_id)
        _tell(actor, [person], recusal, "decided", labels.DECIDED, result=labels.RECUSAL_STATUS[recusal.status])
        _tell_applicant(actor, recusal, "bench_recusal_review" if on_review else "bench_recusal")


def _paper(actor: Actor, recusal: BenchRecusal, *, review: bool) -> None:
    """回避决定书; on review 复议决定书 (CPL art. 50)."""
    dispute = db.session.get_one(Dispute, recusal.dispute_id)
    party = disputes.party(dispute.id, recusal.party_id) if recusal.party_id else None
    case = of_dispute(dispute.id)
    library.request(
        actor,
        kind="bench_recusal_decision",
        subject=recusal,
        dispute_id=dispute.id,
        title=papers.REVIEW_DECISION if review else papers.RECUSAL_DECISION,
        number=number_of(case) if case is not None else dispute.receipt_no,
        sealed=True,
        data=papers.bench_recusal_decision(
            recusal, dispute, disputes.parties(dispute.id),
            person=db.session.get_one(User, recusal.person_id).name, applicant=party.name if party else "",
            review=review,
        ),
    )  # fmt: skip


def ask_review(actor: Actor, recusal: BenchRecusal, *, statement: str, on: date) -> None:
    """The applicant asks once; meanwhile the person goes on with the work (CPL art. 50)."""
    states.check(STEPS, "ask_review", actor, recusal)
    if recusal.origin is not Origin.PARTY:
        raise keeping.refusal(Obstacle.ONLY_PARTY)
    if not statement.strip():
        raise keeping.refusal(Obstacle.NO_WORDS)
    if recusal.decided_on is None or not recusal.decided_on <= on <= clock.today():
        raise keeping.refusal(Obstacle.NOT_THAT_DAY)
    with transaction():
        with db.session.no_autoflush:
            recusal.review_on, recusal.review_statement = on, statement.strip()
            audit.advance(STEPS, "ask_review", actor, recusal, on=on)
        limit = periods.open_deadline(
            actor, PeriodKey.RECUSAL_REVIEW, subject=recusal, dispute_id=recusal.dispute_id, start=on
        )
        _tell(actor, deciders(recusal), recusal, "review", labels.REVIEW, day=limit.final_on)


def withdraw(actor: Actor, recusal: BenchRecusal) -> None:
    """The applicant took it back: nothing is left to decide, and the person goes on."""
    states.check(STEPS, "withdraw", actor, recusal)
    if recusal.origin is not Origin.PARTY:
        raise keeping.refusal(Obstacle.ONLY_PARTY)
    with transaction():
        keeping.forget()
        audit.advance(STEPS, "withdraw", actor, recusal)
        for limit in periods.of_subject(TYPE, recusal.id):
            if limit.is_running:
                periods.cancel(actor, limit, "withdraw")


# --- who comes after -----------------------------------------------------------------------------------------------


def successors(recusal: BenchRecusal) -> list[User]:
    """Who has the same function and does not stand apart from the dispute."""
    away = keeping.apart(recusal.dispute_id)
    found = accounts.holding(recusal.court_id, *NEEDED[recusal.function])
    return sorted((user for user in found if user.id not in away), key=lambda user: (user.name, user.id))


def succeed(actor: Actor, recusal: BenchRecusal, successor_id: int) -> User:
    """Name who goes on with the work; a judge of the case takes it over with its register entry."""
    if not rules.may_name(actor, recusal):
        raise NotPermitted("succeed", article=rules.OBSTACLE_ARTICLE[Obstacle.OUT])
    if recusal.status is not RecusalStatus.UPHELD:
        raise IllegalStep("succeed", recusal.status, article="CPL art. 47", subject=recusal)
    if recusal.successor_id is not None:
        raise keeping.refusal(Obstacle.NAMED)
    successor = next((user for user in successors(recusal) if user.id == successor_id), None)
    if successor is None:
        raise keeping.refusal(Obstacle.NOT_A_SUCCESSOR)
    with transaction():
        recusal.successor_id = successor.id
        audit.record(actor, "succeed", recusal, before=recusal.person_id, after=successor.id)
        case = of_dispute(recusal.dispute_id)
        if recusal.function is Function.TRIAL_JUDGE and case is not None and case.judge_id == recusal.person_id:
            _take_over(actor, case, successor, str(recusal.id))
        _tell(actor, [successor], recusal, "succeed", labels.SUCCEED)
    return successor


def _take_over(actor: Actor, case: LitigationCase, successor: User, why: str) -> None:
    if case.mediator_user_id == successor.id:
        raise keeping.refusal(Obstacle.NOT_A_SUCCESSOR)
    before, case.judge_id = case.judge_id, successor.id
    audit.record(actor, "name_judge", case, before=before, after=successor.id)
    dispute = db.session.get_one(Dispute, case.dispute_id)
    disputes.participate(actor, dispute, Capacity.JUDGED, user_id=successor.id, person_key=successor.person_key)
    # The hearing was fixed in the diary of who withdrew; it is fixed anew with the successor.
    drop_hearing(actor, case, why)


def _tell(actor: Actor, users: Sequence[User], recusal: BenchRecusal, kind: str, words: Any, **facts: Any) -> None:
    told = {"title": lambda: disputes.titles([recusal.dispute_id])[recusal.dispute_id], **facts}
    notices.tell_users(
        actor, users, f"bench_recusal.{kind}", words, subject=recusal, dispute_id=recusal.dispute_id, facts=told
    )


def _tell_applicant(actor: Actor, recusal: BenchRecusal, kind: str) -> None:
    """The applicant learns of the decision, and of the one on review (CPL art. 50)."""
    party = disputes.party(recusal.dispute_id, recusal.party_id) if recusal.party_id else None
    if party is not None:
        notices.tell(actor, addressee(party), kind, subject=recusal, dispute_id=recusal.dispute_id, facts={})
