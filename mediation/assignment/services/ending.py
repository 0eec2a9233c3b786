"""How a mediation ends: agreement, failure, refusal, withdrawal; and what an overdue one sets going (R3-23, R3-30 ...)."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from mediation.assignment import obstacles, rules
from mediation.assignment.models import Assignment
from mediation.assignment.obstacles import EndFacts
from mediation.assignment.rules import STEPS, EndCode, Kind, Obstacle, Outcome
from mediation.assignment.services import telling, trial_clock
from mediation.assignment.services.checking import refuse
from mediation.assignment.services.course import TYPE, close_pause, dispute_of, stop_clocks
from mediation.assignment.services.reading import attempts, key_of
from mediation.assignment.ties import pending
from mediation.assignment.together import present
from mediation.assignment.together.rules import CoStatus
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.rules import Closing
from mediation.intake import services as intake
from mediation.intake.rules import Answer, Manner
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.litigation import services as litigation
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.rules import PeriodKey


def end_facts(assignment: Assignment, reason: str) -> EndFacts:
    """What decides whether the mediation may be ended with a code."""
    deadline = _clock(assignment)
    return EndFacts(
        status=assignment.status,
        reason=reason,
        unreachable=bool(obstacles.unreachable_parties(attempts(assignment))),
        sessions_held=assignment.sessions_held > 0,
        final_on=deadline.final_on if deadline and not deadline.is_suspended else None,
        today=clock.today(),
    )


def _clock(assignment: Assignment) -> Deadline | None:
    return periods.current(TYPE, assignment.id, key_of(assignment))


def end(
    actor: Actor,
    assignment: Assignment,
    code: EndCode,
    *,
    reason: str = "",
    mediated: bool = False,
    settled: bool = True,
    on: date | None = None,
) -> None:
    """End the mediation with its cause (R3-33) and lead the dispute on: agreed, not agreed, or closed.

    For code 02, `settled` says whether the parties settled (or only withdrew), `mediated` whether after mediation work.
    """
    step = rules.end_step(code, assignment.status)
    states.check(STEPS, step, actor, assignment)
    for obstacle in obstacles.end_obstacles(code, end_facts(assignment, reason)):
        raise refuse(obstacle, field="reason" if obstacle is Obstacle.NO_REASON else "code")
    pending.require_free_hand(actor, assignment)
    day = on or clock.today()
    with transaction():
        pending.drop(actor, assignment)
        # Who mediated together did so; only who has not answered need not any more.
        present.close(actor, assignment, "end", statuses={CoStatus.ASKED})
        last, left_out = _settle(actor, assignment, day)
        assignment.final_on, assignment.excluded_days = last or assignment.final_on, left_out
        assignment.ended_on, assignment.end_code, assignment.end_reason = day, code, reason.strip()
        assignment.mediated = mediated or code is EndCode.AGREEMENT
        audit.advance(STEPS, step, actor, assignment, code=code, on=day, mediated=assignment.mediated)
        _lead_on(actor, dispute_of(assignment), assignment, code, settled=settled, day=day)


def _settle(actor: Actor, assignment: Assignment, day: date) -> tuple[date | None, int]:
    """The last day as it stood and the days left out; then no clock of the assignment runs any more."""
    close_pause(actor, assignment, day)
    deadline = _clock(assignment)
    last, left_out = None, 0
    if deadline is not None:
        if deadline.is_suspended:
            periods.resume(actor, deadline, max(day, deadline.start_on))
        last, left_out = deadline.final_on, int(deadline.basis.get("excluded_days", 0))
        periods.meet(actor, assignment, deadline.key, day)
    stop_clocks(actor, assignment, "end")
    trial_clock.over(actor, assignment, day)
    return last, left_out


def _lead_on(
    actor: Actor, dispute: Dispute, assignment: Assignment, code: EndCode, *, settled: bool, day: date
) -> None:
    outcome = rules.outcome(code, assignment.kind)
    if outcome is Outcome.NOT_AGREED:
        disputes.move(actor, dispute, "fail", on=day, code=code)
        # S5 art. 15: refusal and failure send the material back at once; the house gives one working day (R3-12).
        periods.open_deadline(actor, PeriodKey.TRANSFER_BACK, subject=assignment, dispute_id=dispute.id, start=day)
    elif outcome is Outcome.AGREED or settled:
        disputes.move(actor, dispute, "agree", on=day, code=code)
    if outcome is Outcome.CLOSED:
        _close(actor, dispute, assignment, settled=settled)
    _trial(actor, dispute, assignment, agreed=outcome is Outcome.AGREED)


def _close(actor: Actor, dispute: Dispute, assignment: Assignment, *, settled: bool) -> None:
    """Before filing nothing else is pending: a settlement or a withdrawal closes the dispute (R3-14)."""
    if settled:
        disputes.close(actor, dispute, Closing.SETTLED)
        return
    disputes.end_participation(actor, dispute)
    disputes.withdraw(actor, dispute, reason=assignment.end_reason)


def _trial(actor: Actor, dispute: Dispute, assignment: Assignment, *, agreed: bool) -> None:
    """After filing the case register learns how the mediation ended (R3-41 ... R3-44)."""
    case = litigation.of_dispute(dispute.id)
    if assignment.kind is Kind.ENTRUSTED and case is not None:
        litigation.end_prior_mediation(actor, case, agreed=agreed)


def withdraw(actor: Actor, assignment: Assignment, *, settled: bool, mediated: bool = False, reason: str = "") -> None:
    """The applicant withdraws, or the parties settled among themselves (R3-32)."""
    end(actor, assignment, EndCode.SETTLED, reason=reason, mediated=mediated, settled=settled)


def reject_designation(
    actor: Actor, assignment: Assignment, *, party_id: int, manner: Manner, minutes: str, on: date | None = None
) -> None:
    """A party does not accept the designated mediator: that counts as refusing mediation (R2-11, S4 art. 12)."""
    with transaction():
        answer = intake.ConsentData(
            party_id, Answer.REFUSES, manner=manner, minutes=minutes, answered_on=on or clock.today()
        )
        intake.record_consent(actor, dispute_of(assignment), answer)
        end(actor, assignment, EndCode.UNWILLING, reason=minutes)


# --- overdue --------------------------------------------------------------------------------------------------------


def overdue(court_id: int, today: date) -> Sequence[tuple[Assignment, Deadline]]:
    """Running mediations whose period is over."""
    rows = (
        sa.select(Assignment, Deadline)
        .join(Deadline, sa.and_(Deadline.subject_type == TYPE, Deadline.subject_id == Assignment.id))
        .where(
            Assignment.court_id == court_id,
            Assignment.status.in_(rules.RUNNING),
            Deadline.key.in_(rules.DURATION_KEYS),
            Deadline.status == "open",
            Deadline.final_on < today,
        )
        .order_by(Deadline.final_on, Assignment.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(rows)]


def mark_overdue(actor: Actor) -> int:
    """The daily run: mark what is overdue, tell everybody concerned, give the clerk the task that follows (R3-34).

    Nothing is ended by itself: a person decides within one working day.
    """
    late = [(a, d) for a, d in overdue(actor.court_id, clock.today()) if a.overdue_at is None]
    for assignment, deadline in late:
        with transaction():
            assignment.overdue_at = clock.now()
            audit.record(actor, "overdue", assignment, final=deadline.final_on)
            telling.overdue(actor, dispute_of(assignment), assignment, deadline.final_on)
    return len(late)
