"""How a mediation runs: accepted or not, contact, sessions, pauses, more time (R3-21 ... R3-29)."""

from collections.abc import Collection
from datetime import date, datetime

from mediation.assignment import documents, labels, obstacles, rules
from mediation.assignment.models import Assignment, ContactAttempt, Extension, Suspension
from mediation.assignment.obstacles import ExtensionFacts
from mediation.assignment.rules import STEPS, Kind, Obstacle, Status, SuspensionReason
from mediation.assignment.services import telling, trial_clock
from mediation.assignment.services.appointing import appoint
from mediation.assignment.services.checking import refuse, require_assigned, require_free
from mediation.assignment.services.reading import extensions, key_of, open_of, suspensions
from mediation.assignment.ties import pending
from mediation.assignment.together import present
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute, Party
from mediation.documents import services as library
from mediation.intake import services as intake
from mediation.intake.rules import Answer, Manner
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.notices.rules import Channel
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.rules import Cause, PeriodKey, may_exclude
from mediation.scheduling.services import handing_on, hindrances

TYPE = Assignment.__tablename__


def dispute_of(assignment: Assignment) -> Dispute:
    """The dispute that was handed over."""
    return db.session.get_one(Dispute, assignment.dispute_id)


# --- accepted or not ------------------------------------------------------------------------------------------------


def accept(
    actor: Actor,
    assignment: Assignment,
    *,
    on: date | None = None,
    mediator_id: int | None = None,
    reason: str = "",
) -> Deadline:
    """Sign for the material: the mediation period starts that day (R3-21). An organisation appoints its mediator here."""
    states.check(STEPS, "accept", actor, assignment)
    day = on or clock.today()
    appointed = assignment.mediator_id or mediator_id
    for obstacle in obstacles.accept_obstacles(
        on=day, issued_on=assignment.issued_on, today=clock.today(), appointed=appointed is not None
    ):
        raise refuse(obstacle, field="mediator_id" if obstacle is Obstacle.NOBODY else "on")
    dispute = dispute_of(assignment)
    with transaction():
        if assignment.mediator_id is None and mediator_id is not None:
            appoint(actor, dispute, assignment, mediator_id, reason=reason)
        require_free(actor, dispute, require_assigned(assignment))
        pending.require_none(assignment)
        assignment.accepted_on = day
        audit.advance(STEPS, "accept", actor, assignment, on=day, mediator=assignment.mediator_id)
        periods.meet(actor, assignment, PeriodKey.MEDIATOR_ACCEPT, day)
        deadline = periods.open_deadline(
            actor, key_of(assignment), subject=assignment, dispute_id=dispute.id, start=day
        )
        trial_clock.began(actor, assignment, day)
        if assignment.mediator_id is not None and handing_on.comes_to_one(dispute.id, assignment.mediator_id):
            # A session taken over from the former mediator before the answer (S4 arts 13, 14).
            audit.advance(STEPS, "schedule", actor, assignment)
        if assignment.kind is Kind.DELEGATED:
            # S5 art. 15: within three working days the mediator helps to ask the other side.
            periods.open_deadline(
                actor, PeriodKey.CONTACT_RESPONDENT, subject=assignment, dispute_id=dispute.id, start=day
            )
        telling.to_clerk(actor, dispute, assignment, "assignment.accepted", telling.ACCEPTED, day=deadline.final_on)
        if mediator_id is not None and mediator_id != actor.mediator_id:
            telling.appointed(actor, dispute, assignment, deadline)
    return deadline


def decline(actor: Actor, assignment: Assignment, *, reason: str) -> None:
    """Not accepted, with the reason in writing; another mediator is chosen (R3-22, S5 art. 12)."""
    states.check(STEPS, "decline", actor, assignment)
    if not reason.strip():
        raise refuse(Obstacle.NO_REASON, field="reason")
    with transaction():
        periods.meet(actor, assignment, PeriodKey.MEDIATOR_ACCEPT, clock.today())
        _leave(actor, assignment, "decline", reason=reason.strip())
        telling.to_clerk(actor, dispute_of(assignment), assignment, "assignment.declined", telling.DECLINED)


def lapse(actor: Actor, assignment: Assignment) -> None:
    """Three working days passed without an answer; another mediator is chosen (R3-22, S5 art. 12)."""
    states.check(STEPS, "lapse", actor, assignment)
    deadline = periods.current(TYPE, assignment.id, PeriodKey.MEDIATOR_ACCEPT)
    if deadline is not None and clock.today() <= deadline.final_on:
        raise refuse(Obstacle.STILL_TIME)
    with transaction():
        _leave(actor, assignment, "lapse", reason="")
        telling.to_clerk(actor, dispute_of(assignment), assignment, "assignment.lapsed", telling.LAPSED)


def replace(actor: Actor, assignment: Assignment, *, reason: str) -> None:
    """Another mediator on a party's request with good reason, or after a recusal (R2-15, R2-18)."""
    states.check(STEPS, "replace", actor, assignment)
    if not reason.strip():
        raise refuse(Obstacle.NO_REASON, field="reason")
    with transaction():
        _leave(actor, assignment, "replace", reason=reason.strip())
        telling.taken_back(actor, dispute_of(assignment), assignment)


def _leave(actor: Actor, assignment: Assignment, step: str, *, reason: str) -> None:
    """Back to choice: the clocks of this assignment stop, its mediator no longer sees the dispute."""
    stop_clocks(actor, assignment, step)
    close_pause(actor, assignment)
    pending.drop(actor, assignment)
    present.close(actor, assignment, step)
    assignment.declined_reason, assignment.ended_on = reason, clock.today()
    audit.advance(STEPS, step, actor, assignment, reason=reason)
    trial_clock.over(actor, assignment, clock.today())
    disputes.end_participation(actor, dispute_of(assignment))
    # Meetings fixed with the mediator who leaves are the registry's to rearrange (S4 arts 13, 14).
    if assignment.mediator_id is not None:
        hindrances.review(assignment.court_id, mediator_ids=[assignment.mediator_id])


def stop_clocks(actor: Actor, assignment: Assignment, reason: str) -> None:
    """No period of an assignment outlives it."""
    for deadline in periods.of_subject(TYPE, assignment.id):
        if deadline.is_running:
            periods.cancel(actor, deadline, reason)


def expire_unaccepted(actor: Actor) -> int:
    """The daily run: whatever was not answered in three working days goes back to choice. How many did."""
    late = periods.overdue_of(actor.court_id, clock.today(), (PeriodKey.MEDIATOR_ACCEPT,))
    found = [db.session.get(Assignment, d.subject_id) for d in late if d.subject_type == TYPE]
    lapsed = [a for a in found if a is not None and a.status is Status.ISSUED]
    for assignment in lapsed:
        lapse(actor, assignment)
    return len(lapsed)


# --- contact --------------------------------------------------------------------------------------------------------


def record_contact(
    actor: Actor,
    assignment: Assignment,
    *,
    party_id: int,
    channel: Channel,
    reached: bool,
    result: str,
    at: datetime | None = None,
    answer: Answer | None = None,
) -> ContactAttempt:
    """Write down an attempt to reach a party: when, how, with what result, and what was answered (R3-23, S5 art. 15)."""
    if not rules.may_mediate_or_register(actor, assignment):
        raise NotPermitted("record_contact", article="S5 art. 15")
    pending.require_free_hand(actor, assignment)
    if assignment.status not in rules.RUNNING:
        raise DomainError(labels.NOT_RUNNING, article="S5 art. 15")
    party = db.session.get(Party, party_id)
    if party is None or party.dispute_id != assignment.dispute_id:
        raise DomainError(labels.NOT_A_PARTY, field="party_id")
    moment = at or clock.now()
    if moment > clock.now():
        raise refuse(Obstacle.FUTURE, field="at")
    with transaction():
        attempt = ContactAttempt(
            court_id=assignment.court_id,
            dispute_id=assignment.dispute_id,
            assignment_id=assignment.id,
            party_id=party_id,
            channel=channel,
            reached=reached,
            result=result.strip(),
            at=moment,
        )
        audit.record(actor, "contact", attempt, party=party_id, channel=channel, reached=reached)
        day = clock.local(moment).date()
        if reached:
            periods.meet(actor, assignment, PeriodKey.CONTACT_RESPONDENT, day)
        if answer is not None:
            told = intake.ConsentData(party_id, answer, manner=Manner.ORAL, minutes=attempt.result, answered_on=day)
            intake.record_consent(actor, dispute_of(assignment), told)
    return attempt


# --- pauses ---------------------------------------------------------------------------------------------------------


def suspend(
    actor: Actor, assignment: Assignment, *, reason: SuspensionReason, note: str = "", on: date | None = None
) -> Suspension:
    """Pause the mediation (R3-27). Only an appraisal stops the clock (S5 art. 26); sham is reported (S4 art. 18)."""
    states.check(STEPS, "suspend", actor, assignment)
    day = _within(assignment, on)
    with transaction():
        pause = Suspension(
            court_id=assignment.court_id,
            dispute_id=assignment.dispute_id,
            assignment_id=assignment.id,
            reason=reason,
            note=note.strip(),
            resumes_to=assignment.status,
            began_on=day,
        )
        audit.record(actor, "begin", pause, reason=reason, on=day)
        audit.advance(STEPS, "suspend", actor, assignment, reason=reason, on=day)
        deadline = periods.current(TYPE, assignment.id, key_of(assignment))
        if deadline is not None and rules.is_deducted(reason) and may_exclude(deadline.rule, Cause.APPRAISAL):
            periods.suspend(actor, deadline, day, Cause.APPRAISAL)
            trial_clock.appraising(actor, assignment, day)
        _report(actor, assignment, reason)
    return pause


def _within(assignment: Assignment, on: date | None) -> date:
    day = on or clock.today()
    if day > clock.today():
        raise refuse(Obstacle.FUTURE, field="on")
    if assignment.accepted_on is not None and day < assignment.accepted_on:
        raise refuse(Obstacle.BEFORE_ISSUE, field="on")
    return day


def _report(actor: Actor, assignment: Assignment, reason: SuspensionReason) -> None:
    # Who decides on recusal by when is told where it was applied for.
    if reason is SuspensionReason.SHAM:
        dispute = dispute_of(assignment)
        telling.to_clerk(actor, dispute, assignment, "assignment.suspended", telling.SHAM)
        telling.to_guides(actor, dispute, assignment, "assignment.suspended", telling.SHAM)


def resume(actor: Actor, assignment: Assignment, *, on: date | None = None) -> None:
    """The cause has ended; the mediation stands where it stood (R3-28), and a stopped clock runs on."""
    pause = open_pause(assignment)
    step = rules.RESUME_STEP[pause.resumes_to] if pause else "resume"
    states.check(STEPS, step, actor, assignment)
    pending.require_none(assignment)
    day = _within(assignment, on)
    if pause is not None and day < pause.began_on:
        raise refuse(Obstacle.BEFORE_ISSUE, field="on")
    with transaction():
        close_pause(actor, assignment, day)
        deadline = periods.current(TYPE, assignment.id, key_of(assignment))
        if deadline is not None and deadline.is_suspended:
            periods.resume(actor, deadline, day)
            trial_clock.appraised(actor, assignment, day)
        audit.advance(STEPS, step, actor, assignment, on=day)


def open_pause(assignment: Assignment) -> Suspension | None:
    """The pause that has not ended yet."""
    return next((pause for pause in suspensions(assignment) if pause.ended_on is None), None)


def close_pause(actor: Actor, assignment: Assignment, on: date | None = None) -> None:
    """End whatever pause is open: its cause is gone, or the mediation itself is over."""
    pause = open_pause(assignment)
    if pause is not None:
        pause.ended_on = max(on or clock.today(), pause.began_on)
        audit.record(actor, "end", pause, on=pause.ended_on)


# --- more time ------------------------------------------------------------------------------------------------------


def extension_facts(
    assignment: Assignment, deadline: Deadline, *, until: date, agreed_on: date, agreed_by: Collection[int]
) -> ExtensionFacts:
    """What decides whether the period may be extended to this day."""
    earlier = extensions(assignment)
    everybody = {party.id for party in disputes.parties(assignment.dispute_id)}
    return ExtensionFacts(
        key=deadline.key,
        began_on=deadline.start_on,
        final_on=deadline.final_on,
        until=until,
        agreed_on=agreed_on,
        all_agree=bool(everybody) and everybody <= set(agreed_by),
        already_days=sum(e.days for e in earlier),
        times=len(earlier),
        today=clock.today(),
    )


def extend(
    actor: Actor,
    assignment: Assignment,
    *,
    until: date,
    agreed_by: Collection[int],
    agreed_on: date | None = None,
    reason: str = "",
    manner: str = "signed",
) -> Extension:
    """All parties agreed, before the period was over, to mediate longer (R3-29; S4 art. 27; S12 point 3)."""
    if not rules.may_mediate_or_register(actor, assignment):
        raise NotPermitted("extend", article="S4 art. 27")
    pending.require_free_hand(actor, assignment)
    deadline = periods.current(TYPE, assignment.id, key_of(assignment))
    if assignment.status not in rules.RUNNING or deadline is None:
        raise DomainError(labels.NOT_RUNNING, article="S4 art. 27")
    facts = extension_facts(
        assignment, deadline, until=until, agreed_on=agreed_on or clock.today(), agreed_by=agreed_by
    )
    for obstacle in obstacles.extension_obstacles(facts):
        raise _not_extended(obstacle, facts)
    with transaction():
        return _lengthen(actor, assignment, deadline, facts, agreed_by, reason.strip(), manner)


def _not_extended(obstacle: Obstacle, facts: ExtensionFacts) -> DomainError:
    """The refusal says the computed day and what remains (DESIGN 8)."""
    message, remedy = labels.OBSTACLE[obstacle], labels.REMEDY.get(obstacle, "")
    if obstacle is Obstacle.EXPIRED:
        message = labels.ended_on(facts.final_on)
    if obstacle is Obstacle.BEYOND_CAP:
        remedy = labels.latest_possible(obstacles.latest_extension(facts) or facts.final_on)
    field = {Obstacle.NOT_ALL_AGREE: "agreed_by", Obstacle.FUTURE: "agreed_on", Obstacle.EXPIRED: "agreed_on"}
    return DomainError(
        message, article=rules.OBSTACLE_ARTICLE[obstacle], remedy=remedy, field=field.get(obstacle, "until")
    )


def _lengthen(
    actor: Actor,
    assignment: Assignment,
    deadline: Deadline,
    facts: ExtensionFacts,
    agreed_by: Collection[int],
    reason: str,
    manner: str,
) -> Extension:
    raw_on = deadline.raw_on
    periods.extend(actor, deadline, facts.until, agreed_on=facts.agreed_on, note=reason)
    lengthened = Extension(
        court_id=assignment.court_id,
        dispute_id=assignment.dispute_id,
        assignment_id=assignment.id,
        agreed_on=facts.agreed_on,
        agreed_by=sorted(agreed_by),
        days=(facts.until - facts.final_on).days,
        former_final_on=facts.final_on,
        final_on=deadline.final_on,
        reason=reason,
        manner=manner,
    )
    trial_clock.extended(actor, assignment, after=facts.final_on, until=deadline.final_on)
    audit.record(actor, "agree", lengthened, before=facts.final_on, final=deadline.final_on, days=lengthened.days)
    dispute = dispute_of(assignment)
    kind, title = documents.EXTENSION
    library.request(
        actor,
        kind=kind,
        subject=lengthened,
        dispute_id=dispute.id,
        title=title,
        number=documents.number(dispute),
        data=documents.extension(dispute, assignment, lengthened, deadline, raw_on=raw_on),
    )
    if assignment.overdue_at is not None:
        assignment.overdue_at = None
        audit.record(actor, "in_time_again", assignment, final=deadline.final_on)
    if assignment.accepted_on is not None and rules.is_long(assignment.accepted_on, deadline.final_on):
        telling.to_guides(actor, dispute, assignment, "assignment.long", telling.LONG, day=deadline.final_on)
    return lengthened


__all__ = [
    "accept", "close_pause", "decline", "dispute_of", "expire_unaccepted", "extend", "extension_facts",
    "lapse", "open_of", "open_pause", "record_contact", "replace", "resume",
    "stop_clocks", "suspend",
]  # fmt: skip
