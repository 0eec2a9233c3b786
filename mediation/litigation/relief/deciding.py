"""A missed time: restoring it is asked for, granted to a new last day, refused or taken back (CPL art. 86)."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.people import addressee
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted, refusal
from mediation.litigation import telling
from mediation.litigation.defence.models import Defence
from mediation.litigation.relief import labels, rules
from mediation.litigation.relief.models import TimeRelief
from mediation.litigation.relief.rules import STEPS, Asking, Hindrance, Obstacle, ReliefStatus
from mediation.litigation.services.reading import number_of, of_dispute
from mediation.notices import services as notices
from mediation.notices.models import Service
from mediation.periods import restoring
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.rules import DeadlineStatus
from mediation.periods.table import PeriodKey
from mediation.web.templating import day

TYPE = TimeRelief.__tablename__
RESTORED, NOT_RESTORED = "time_restored", "time_not_restored"


def applications(dispute_id: int) -> Sequence[TimeRelief]:
    """What was asked for in a dispute, first to last."""
    return db.session.scalars(
        sa.select(TimeRelief).where(TimeRelief.dispute_id == dispute_id).order_by(TimeRelief.id)
    ).all()


def get(dispute: Dispute, relief_id: int) -> TimeRelief | None:
    """One of this dispute."""
    return next((one for one in applications(dispute.id) if one.id == relief_id), None)


def missed(dispute_id: int) -> list[Deadline]:
    """The times of parties that are over and that a good reason could restore, last first."""
    known = [d for d in periods.of_dispute(dispute_id) if d.key in rules.RESTORABLE]
    again = {(d.subject_type, d.subject_id, d.key): d.id for d in known if d.is_running}
    over = [
        d
        for d in known
        if d.final_on < clock.today()
        and d.status is not DeadlineStatus.MET
        and again.get((d.subject_type, d.subject_id, d.key), d.id) == d.id
    ]
    return over[::-1]


def pending(dispute_id: int) -> set[int]:
    """The times about which an application waits for the decision."""
    return {one.deadline_id for one in applications(dispute_id) if one.status is ReliefStatus.ASKED}


def clock_of(found: TimeRelief) -> Deadline | None:
    """The ten days in which it had to be asked for."""
    return next((d for d in periods.of_subject(TYPE, found.id) if d.key is PeriodKey.OBSTACLE_RELIEF), None)


def ask(
    actor: Actor,
    dispute: Dispute,
    *,
    deadline_id: int,
    party_id: int,
    hindrance: Hindrance,
    reason: str,
    ended_on: date,
    asked_on: date,
) -> TimeRelief:
    """A party applies within ten days after what kept it has ended; whoever decides is told."""
    if not rules.may_record(actor, dispute):
        raise NotPermitted("ask_time_relief", article=rules.ARTICLE)
    limit = next((d for d in missed(dispute.id) if d.id == deadline_id), None)
    party = disputes.party(dispute.id, party_id)
    if limit is None or party is None:
        raise refuse(Obstacle.NOT_RESTORABLE)
    until = periods.compute(PeriodKey.OBSTACLE_RELIEF, ended_on, court_id=dispute.court_id).final
    waits = limit.id in pending(dispute.id)
    of_another = whose(limit) not in {None, party.id}
    asked = Asking(limit.key, limit.final_on, ended_on, asked_on, until, clock.today(), reason, waits, of_another)
    for found in rules.asking(asked):
        raise refuse(found, until)
    case = of_dispute(dispute.id)
    with transaction():
        made = TimeRelief(
            court_id=dispute.court_id, dispute_id=dispute.id, case_id=case.id if case is not None else None, case=case,
            deadline_id=limit.id, key=limit.key, party_id=party.id, hindrance=hindrance, reason=reason.strip(),
            missed_on=limit.final_on, ended_on=ended_on, asked_on=asked_on, recorded_by_id=actor.id,
        )  # fmt: skip
        audit.record(actor, "ask", made, key=limit.key, party=party.id, on=asked_on)
        periods.open_deadline(
            actor, PeriodKey.OBSTACLE_RELIEF, subject=made, dispute_id=dispute.id, start=ended_on, note=party.name
        )
        periods.meet(actor, made, PeriodKey.OBSTACLE_RELIEF, asked_on)
        telling.in_house(actor, _deciders(actor, made), made, "relief.asked", labels.ASKED, made.missed_on)
    return made


def whose(limit: Deadline) -> int | None:
    """The party for whom alone a time ran: who was served with the plaint copy, or with the ruling."""
    found: Defence | Service | None = None
    if limit.subject_type == Defence.__tablename__:
        found = db.session.get(Defence, limit.subject_id)
    elif limit.subject_type == Service.__tablename__:
        found = db.session.get(Service, limit.subject_id)
    return found.party_id if found is not None else None


def _deciders(actor: Actor, made: TimeRelief) -> list[User]:
    if made.key in rules.CONFIRMING:
        found = accounts.holding(made.court_id, Role.CONFIRMATION_JUDGE)
    elif made.judge_id is not None:
        found = accounts.open_accounts(User.id == made.judge_id)
    else:
        found = accounts.holding(made.court_id, Role.GUIDING_JUDGE)
    return [user for user in found if user.id != actor.id]


def decide(actor: Actor, relief: TimeRelief, *, granted: bool, until: date | None = None, note: str = "") -> None:
    """Granted, the time runs again to a new last day, the old one kept beside it; refused, the party is told why."""
    step = "grant" if granted else "refuse"
    states.check(STEPS, step, actor, relief)
    for found in rules.deciding(granted=granted, until=until, today=clock.today(), note=note):
        raise refuse(found)
    with transaction():
        with db.session.no_autoflush:
            relief.decided_on, relief.decided_by_id, relief.note = clock.today(), actor.id, note.strip()
            relief.until = until if granted else None
            audit.advance(STEPS, step, actor, relief, until=relief.until)
        if relief.until is not None:
            limit = db.session.get_one(Deadline, relief.deadline_id)
            restoring.restore(actor, limit, relief.until, source=rules.ARTICLE, note=relief.reason)
        _tell(actor, relief)


def _tell(actor: Actor, relief: TimeRelief) -> None:
    party = disputes.party(relief.dispute_id, relief.party_id)
    if party is None:
        return
    number = number_of(relief.case) if relief.case else db.session.get_one(Dispute, relief.dispute_id).receipt_no
    kind, told = (RESTORED, {"until": day(relief.until)}) if relief.until else (NOT_RESTORED, {"reason": relief.note})
    facts = {"number": number, **told}
    notices.tell(actor, addressee(party), kind, subject=relief, dispute_id=relief.dispute_id, facts=facts)


def withdraw(actor: Actor, relief: TimeRelief) -> None:
    """The party takes it back."""
    states.check(STEPS, "withdraw", actor, relief)
    with transaction():
        audit.advance(STEPS, "withdraw", actor, relief)


def refuse(obstacle: Obstacle, until: date | None = None) -> DomainError:
    """The refusal with its article and what remains possible; lateness names the computed day."""
    late = obstacle is Obstacle.TOO_LATE and until is not None
    return refusal(obstacle, labels, rules, message=str(labels.TOO_LATE_AFTER) % {"day": day(until)} if late else None)
