"""Preservation as it goes: each step in the trail, each period opened, met or ended with it (R3-60)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.disputes import services as disputes
from mediation.disputes.case_numbers import TypeCode
from mediation.disputes.models import Dispute
from mediation.disputes.rules import Status as DisputeStatus
from mediation.documents import services as library
from mediation.documents.rules import Folder
from mediation.kernel import audit, clock, dossier, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted, refusal
from mediation.litigation import documents as papers
from mediation.litigation.models import LitigationCase
from mediation.litigation.preservation import labels, rules
from mediation.litigation.preservation.models import Preservation
from mediation.litigation.preservation.rules import STEPS, LiftReason, Object, Obstacle, Status, Sued
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.rules import rule_for
from mediation.periods.table import PeriodKey

TYPE = Preservation.__tablename__
FIRST = TypeCode.FIRST_INSTANCE.value
RULING, SUE_BY = PeriodKey.PRESERVE_RULING, PeriodKey.PRESERVE_SUE_BY


@dataclass(frozen=True)
class Application:
    """What is applied for."""

    applicant_id: int
    against_id: int
    object: Object
    what: str
    security: str
    accepted_at: datetime
    amount_fen: int | None = None
    # In suit the 48 hours hold only for urgent cases (CPL art. 103).
    urgent: bool = True


def get(actor: Actor, number: int) -> Preservation | None:
    """One of the actor's own court."""
    found = db.session.get(Preservation, number)
    return found if found is not None and rules.may_see(actor, found) else None


def of_dispute(dispute_id: int) -> Sequence[Preservation]:
    """All of a dispute, the latest first."""
    return sorted(dossier.of(Preservation, dispute_id), key=lambda one: -one.id)


def clocks(found: Preservation) -> Sequence[Deadline]:
    """The periods that run or ran for it, the one that ends first on top."""
    return periods.of_subject(TYPE, found.id)


def term(found: Preservation) -> Deadline | None:
    """How long the measure itself may hold; none for an order to do or not to do something."""
    key = rules.TERM.get(found.object)
    return periods.current(TYPE, found.id, key) if key is not None else None


def running(found: Preservation) -> rules.Running:
    """How the thirty days stand today."""
    limit = periods.current(TYPE, found.id, SUE_BY)
    return rules.Running(found.in_suit, found.sued_on is not None, limit.final_on if limit else None, clock.today())


def refuse(obstacle: Obstacle, field: str = "") -> DomainError:
    """The refusal with its article and what remains possible."""
    return refusal(obstacle, labels, rules, field=field)


def may_apply(actor: Actor, dispute: Dispute) -> None:
    """Refuse whoever may not record it, and a dispute that is over."""
    if not rules.may_record(actor, dispute):
        raise NotPermitted("apply_preservation", article=rules.ARTICLE)
    if dispute.status is DisputeStatus.CLOSED:
        raise IllegalStep("apply_preservation", dispute.status, article=rules.ARTICLE, subject=dispute)


def is_in_suit(dispute: Dispute) -> bool:
    """Whether the case has been filed: then it is preservation in suit (CPL art. 103)."""
    case = sa.select(LitigationCase.id).where(LitigationCase.dispute_id == dispute.id)
    return db.session.scalar(case.limit(1)) is not None


def apply(actor: Actor, dispute: Dispute, asked: Application) -> Preservation:
    """The application is accepted, and the 48 hours run from the next full hour (CPL art. 104; S2 art. 125)."""
    may_apply(actor, dispute)
    in_suit = is_in_suit(dispute)
    if not in_suit and not asked.security.strip():
        raise refuse(Obstacle.NO_SECURITY, "security")
    if asked.applicant_id == asked.against_id:
        raise refuse(Obstacle.SAME_PARTY, "against_id")
    if asked.accepted_at > clock.now():
        raise refuse(Obstacle.IN_THE_FUTURE, "accepted_at")
    with transaction():
        found = Preservation(
            court_id=dispute.court_id,
            dispute_id=dispute.id,
            applicant_id=asked.applicant_id,
            against_id=asked.against_id,
            object=asked.object,
            what=asked.what.strip(),
            amount_fen=asked.amount_fen,
            security=asked.security.strip(),
            in_suit=in_suit,
            number="" if in_suit else _own_number(dispute, asked.accepted_at),
            accepted_at=asked.accepted_at,
            recorded_by_id=actor.id,
        )
        audit.record(
            actor,
            "apply",
            found,
            object=asked.object,
            in_suit=in_suit,
            at=asked.accepted_at.isoformat(),
            number=found.number,
        )
        if asked.urgent or not in_suit:
            periods.open_deadline(actor, RULING, subject=found, dispute_id=dispute.id, start=asked.accepted_at)
    return found


def _own_number(dispute: Dispute, at: datetime) -> str:
    """（2026）鲁0102财保8号: the next of its year, without gaps (DOMAIN 6.1)."""
    _court, _serial, number = disputes.take_number(dispute.court_id, TypeCode.PRESERVATION, clock.local(at).year)
    return number


def rule(actor: Actor, found: Preservation, *, granted: bool, at: datetime, note: str = "") -> None:
    """The judge rules; what is ordered is carried out at once (CPL art. 104)."""
    step = "order" if granted else "dismiss"
    states.check(STEPS, step, actor, found)
    if not granted and not note.strip():
        raise refuse(Obstacle.NO_REASON, "note")
    if at > clock.now():
        raise refuse(Obstacle.IN_THE_FUTURE, "at")
    if at < found.accepted_at:
        raise refuse(Obstacle.BEFORE, "at")
    with transaction():
        with db.session.no_autoflush:
            found.ruled_at, found.ruled_by_id, found.note = at, actor.id, note.strip()
            audit.advance(STEPS, step, actor, found, at=at.isoformat())
        periods.meet(actor, found, RULING, clock.local(at).date())
        _paper(actor, found, step, on=clock.local(at).date())


def _paper(actor: Actor, found: Preservation, turn: str, *, on: date, reason: str | None = None) -> None:
    """The ruling as a paper. Until the measure has been taken nobody outside the court reads of it (CPL art. 106)."""
    dispute = db.session.get_one(Dispute, found.dispute_id)
    key = rules.TERM.get(found.object)
    names = {row[0]: row[1] for row in db.session.execute(
        sa.select(User.id, User.name).where(User.id.in_((actor.id, found.recorded_by_id)))
    )}  # fmt: skip
    library.request(
        actor,
        kind="preservation_ruling",
        subject=found,
        dispute_id=dispute.id,
        title=papers.PRESERVATION_RULING,
        number=found.number or (given.canonical if (given := disputes.number_of(dispute, FIRST)) else dispute.receipt_no),
        folder=Folder.COURT_TRANSFERABLE if turn == "lift" else Folder.COURT_ONLY,
        sealed=True,
        data=papers.preservation_ruling(
            found, dispute, disputes.parties(dispute.id), turn=turn, on=on,
            reason=found.note if reason is None else reason, years=rule_for(key, on).length // 12 if key else 0,
            judge=names[actor.id], clerk=names[found.recorded_by_id],
        ),
    )  # fmt: skip


def withdraw(actor: Actor, found: Preservation) -> None:
    """The applicant took it back before anything was done."""
    with transaction():
        audit.advance(STEPS, "withdraw", actor, found)
        _end_clocks(actor, found, "withdraw")


def take(actor: Actor, found: Preservation, *, on: date, months: int | None = None) -> None:
    """The measure is taken: before suit thirty days to sue run from here, and the measure's own term (S2 art. 485)."""
    states.check(STEPS, "take", actor, found)
    if on > clock.today():
        raise refuse(Obstacle.IN_THE_FUTURE, "on")
    if found.ruled_at is not None and on < clock.local(found.ruled_at).date():
        raise refuse(Obstacle.BEFORE, "on")
    with transaction():
        with db.session.no_autoflush:
            found.taken_on = on
            found.in_suit = found.in_suit or is_in_suit(db.session.get_one(Dispute, found.dispute_id))
            audit.advance(STEPS, "take", actor, found, on=on)
        key = rules.TERM.get(found.object)
        if key is not None:
            periods.open_deadline(actor, key, subject=found, dispute_id=found.dispute_id, start=on, length=months)
        if not found.in_suit:
            periods.open_deadline(actor, SUE_BY, subject=found, dispute_id=found.dispute_id, start=on)


def renew(actor: Actor, found: Preservation, *, months: int) -> None:
    """续行: before the term is over, each time for no longer than the law allows at first (S2 art. 485)."""
    if not rules.may_record(actor, found):
        raise NotPermitted("renew", article="S2 art. 485")
    if found.status is not Status.TAKEN:
        raise IllegalStep("renew", found.status, article="S2 art. 485", subject=found)
    limit = term(found)
    if limit is None:
        raise refuse(Obstacle.NO_TERM, "months")
    with transaction():
        before = limit.final_on
        periods.extend(actor, limit, months)
        audit.record(actor, "renew", found, months=months, before=before, final=limit.final_on)


def sue(actor: Actor, found: Preservation, *, on: date, where: Sued) -> None:
    """The applicant sued, or applied for arbitration, in time: the measure holds on (CPL art. 104; S2 art. 160)."""
    if not rules.may_record(actor, found):
        raise NotPermitted("sue", article="CPL art. 104")
    if found.status is not Status.TAKEN or found.taken_on is None:
        raise IllegalStep("sue", found.status, article="CPL art. 104", subject=found)
    if against := rules.suing_obstacle(running(found), on, found.taken_on):
        raise refuse(against, "on")
    with transaction():
        _sued(actor, found, on, where)


def _sued(actor: Actor, found: Preservation, on: date, where: Sued) -> None:
    found.sued_on, found.sued = on, where
    audit.record(actor, "sue", found, on=on, where=where)
    periods.meet(actor, found, SUE_BY, on)


def filed(actor: Actor, dispute: Dispute, on: date) -> None:
    """The case is filed here: what was preserved before suit holds on, if the thirty days were not over."""
    for found in of_dispute(dispute.id):
        if found.status is not Status.TAKEN or found.taken_on is None:
            continue
        if rules.suing_obstacle(running(found), on, found.taken_on) is None:
            _sued(actor, found, on, Sued.HERE)


def lift(actor: Actor, found: Preservation, *, on: date, reason: LiftReason, note: str = "") -> None:
    """The judge lifts it (CPL arts 104, 107; S2 art. 166)."""
    states.check(STEPS, "lift", actor, found)
    if found.taken_on is not None and (against := rules.lifting_obstacle(running(found), reason, on, found.taken_on)):
        raise refuse(against, "on" if against in {Obstacle.IN_THE_FUTURE, Obstacle.BEFORE} else "reason")
    if reason is LiftReason.OTHER and not note.strip():
        raise refuse(Obstacle.NO_REASON, "note")
    with transaction():
        with db.session.no_autoflush:
            found.lifted_on, found.lift_reason, found.note = on, reason, note.strip() or found.note
            audit.advance(STEPS, "lift", actor, found, on=on, reason=reason)
        _paper(actor, found, "lift", on=on, reason=note.strip())
        _end_clocks(actor, found, "lift")


def _end_clocks(actor: Actor, found: Preservation, reason: str) -> None:
    for deadline in clocks(found):
        if deadline.is_running:
            periods.cancel(actor, deadline, reason)
