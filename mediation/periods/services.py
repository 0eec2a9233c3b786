"""Deadlines: opened, met, suspended, lengthened, counted again; every change in the trail, every old value kept."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from mediation.kernel import audit, clock, dossier
from mediation.kernel.actor import COURT, Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError
from mediation.periods import labels, lengthening, rules
from mediation.periods.calendar import OutOfRange
from mediation.periods.choices import switches
from mediation.periods.derivation import Computed, Interval, Lengthening
from mediation.periods.holidays import calendar, load_calendar
from mediation.periods.importing import import_notice
from mediation.periods.models import Deadline, DeadlineExtension, DeadlinePause
from mediation.periods.recounting import recompute_open
from mediation.periods.rights import waits
from mediation.periods.rules import DeadlineStatus, Fault
from mediation.periods.table import Cause, PeriodKey, PeriodRule, Unit

__all__ = [
    "calendar",
    "cancel",
    "compute",
    "correct_exclusion",
    "current",
    "due",
    "end_exclusion",
    "exclude",
    "extend",
    "get",
    "if_extended",
    "import_notice",
    "load_calendar",
    "meet",
    "of_dispute",
    "of_subject",
    "open_deadline",
    "overdue_of",
    "recompute_open",
    "restart",
    "resume",
    "succeed",
    "suspend",
    "switches",
]


def get(actor: Actor, deadline_id: int) -> Deadline | None:
    """A deadline of the actor's own court."""
    own = sa.select(Deadline).where(Deadline.id == deadline_id, Deadline.court_id == actor.court_id)
    return db.session.scalar(own)


def current(subject_type: str, subject_id: int, key: PeriodKey) -> Deadline | None:
    """The running period of this kind for a record; None when none runs."""
    if dossier.beside(Deadline, subject_type, subject_id) is not None:
        return next((d for d in of_subject(subject_type, subject_id) if d.key is key and d.is_running), None)
    wanted = sa.select(Deadline).where(Deadline.subject_type == subject_type, Deadline.subject_id == subject_id)
    return db.session.scalar(wanted.where(Deadline.key == key, Deadline.status.in_(rules.RUNNING)))


def last(subject_type: str, subject_id: int, key: PeriodKey) -> Deadline | None:
    """The record's period of this kind that ends last, running or over; None when none was opened."""
    own = [deadline for deadline in of_subject(subject_type, subject_id) if deadline.key is key]
    return own[-1] if own else None


def of_subject(subject_type: str, subject_id: int) -> Sequence[Deadline]:
    kept = dossier.beside(Deadline, subject_type, subject_id)
    if kept is not None:
        return _soonest(d for d in kept if (d.subject_type, d.subject_id) == (subject_type, subject_id))
    wanted = sa.select(Deadline).where(Deadline.subject_type == subject_type, Deadline.subject_id == subject_id)
    return db.session.scalars(wanted.order_by(Deadline.final_on, Deadline.id)).all()


def of_dispute(dispute_id: int, *, running_only: bool = False) -> Sequence[Deadline]:
    """The dispute's periods, the one that ends first on top."""
    return _soonest(d for d in dossier.of(Deadline, dispute_id) if d.is_running or not running_only)


def _soonest(deadlines: Iterable[Deadline]) -> list[Deadline]:
    return sorted(deadlines, key=lambda deadline: (deadline.final_on, deadline.id))


def due(actor: Actor, *, until: date | None = None, keys: Iterable[PeriodKey] = ()) -> sa.Select[Any]:
    """The running periods of the court, most urgent first: for work lists, which page through them."""
    wanted = sa.select(Deadline).where(
        Deadline.court_id == actor.court_id, Deadline.status == DeadlineStatus.OPEN, waits(Deadline, clock.today())
    )
    if not actor.has(*COURT) and actor.id:
        wanted = wanted.where(sa.false())
    if until is not None:
        wanted = wanted.where(Deadline.final_on <= until)
    if keys := tuple(keys):
        wanted = wanted.where(Deadline.key.in_(keys))
    return wanted.order_by(Deadline.final_on, Deadline.id)


def overdue_of(court_id: int, today: date, keys: Iterable[PeriodKey] = ()) -> Sequence[Deadline]:
    """Periods (of these keys, or all) that ended without being met, for the daily run (R3-34); rights that were not used among them."""
    named = [Deadline.key.in_(wanted)] if (wanted := tuple(keys)) else []
    rows = sa.select(Deadline).where(Deadline.court_id == court_id, Deadline.status == DeadlineStatus.OPEN, *named)
    rows = rows.where(Deadline.final_on < today).order_by(Deadline.final_on, Deadline.id)
    return db.session.scalars(rows).all()


def compute(
    key: PeriodKey,
    start: date | datetime,
    *,
    excluded: Iterable[Interval] = (),
    extensions: Sequence[Lengthening] = (),
    length: int | None = None,
    court_id: int | None = None,
) -> Computed:
    """Count a period on the court's calendar without keeping it: what would the last day be."""
    day = rules.day_of(start) if isinstance(start, datetime) else start
    try:
        rule = rules.rule_for(key, day)
    except rules.NoRule as error:
        raise _fault(Fault.NOT_IN_FORCE) from error
    return _count(rule, start, excluded, extensions, length, court_id)


def _count(
    rule: PeriodRule,
    start: date | datetime,
    excluded: Iterable[Interval],
    extensions: Sequence[Lengthening],
    length: int | None,
    court_id: int | None,
) -> Computed:
    day = rules.day_of(start) if isinstance(start, datetime) else start
    own = switches(court_id, day)
    try:
        return rules.compute(rule, start, calendar(), excluded, extensions=extensions, length=length, switches=own)
    except OutOfRange as error:
        raise _fault(Fault.OUT_OF_RANGE, article="S31 art. 7") from error
    except rules.WrongLength as error:
        raise _fault(Fault.WRONG_LENGTH, article=rule.source) from error
    except rules.WrongStart as error:
        raise _fault(Fault.NEEDS_TIME, article=rule.source) from error


def _fault(fault: Fault, *, article: str = "") -> DomainError:
    return DomainError(labels.FAULT[fault], article=article, remedy=labels.FAULT_REMEDY.get(fault, ""))


def open_deadline(
    actor: Actor,
    key: PeriodKey,
    *,
    subject: Any,
    dispute_id: int | None,
    start: date | datetime,
    length: int | None = None,
    note: str = "",
) -> Deadline:
    """Start a period on the event's day; one of each kind runs for a record at a time."""
    with transaction():
        computed = compute(key, start, length=length, court_id=actor.court_id)
        kind: str = subject.__tablename__
        if current(kind, subject.id, key) is not None:
            raise _fault(Fault.ALREADY_RUNNING, article=computed.rule.source)
        deadline = Deadline(
            court_id=actor.court_id,
            dispute_id=dispute_id,
            subject_type=kind,
            subject_id=subject.id,
            key=key,
            start_at=start if isinstance(start, datetime) else None,
            length=length or computed.rule.length,
            note=note,
            pauses=[],
            extensions=[],
            history=[],
        )
        _write(deadline, computed)
        audit.record(actor, "open", deadline, key=key, start=deadline.start_on, final=deadline.final_on)
    return deadline


def _write(deadline: Deadline, computed: Computed) -> None:
    deadline.start_on = computed.start
    deadline.article = computed.rule.source
    deadline.raw_on = computed.raw
    deadline.final_on = computed.final
    deadline.final_at = computed.moment
    deadline.provisional = computed.provisional
    deadline.basis = computed.as_data()


def _again(deadline: Deadline, further: Sequence[Lengthening] = ()) -> Computed:
    """Count a kept deadline with all that has happened to it, and what may happen yet."""
    excluded = [Interval(p.after, p.through, (p.cause.value,)) for p in deadline.pauses if p.through is not None]
    lengthened = [Lengthening(e.by, e.unit, e.until, e.source) for e in deadline.extensions] + list(further)
    length = deadline.length if deadline.rule.set_by_court else None
    return _count(
        deadline.rule, deadline.start_at or deadline.start_on, excluded, lengthened, length, deadline.court_id
    )


def _recount(deadline: Deadline, reason: str) -> bool:
    """Count again and keep what was said before; false when nothing moved."""
    computed = _again(deadline)
    if deadline.basis == computed.as_data():
        return False
    _remember(deadline, reason)
    _write(deadline, computed)
    return True


def _remember(deadline: Deadline, reason: str) -> None:
    said = {
        "at": clock.now().isoformat(),
        "reason": reason,
        "raw": deadline.raw_on.isoformat(),
        "final": deadline.final_on.isoformat(),
        "provisional": deadline.provisional,
    }
    deadline.history = [*deadline.history, said]


def meet(actor: Actor, subject: Any, key: PeriodKey, on: date | None = None) -> Deadline | None:
    """What the period asked for was done; None when no such period runs."""
    found = current(subject.__tablename__, subject.id, key)
    if found is None:
        return None
    with transaction():
        _end(actor, "meet", found, on or clock.today(), final=found.final_on)
    return found


def _end(actor: Actor, step: str, deadline: Deadline, on: date, **facts: Any) -> None:
    # The day and the status belong to one change: nothing may be written between them.
    with db.session.no_autoflush:
        deadline.ended_on = on
        audit.advance(rules.STEPS, step, actor, deadline, key=deadline.key, on=on, **facts)


def cancel(actor: Actor, deadline: Deadline, reason: str = "") -> None:
    """The period no longer matters: the matter ended otherwise."""
    with transaction():
        _end(actor, "cancel", deadline, clock.today(), reason=reason)


def restart(actor: Actor, deadline: Deadline, start: date, reason: str = "restart") -> None:
    """The event happened again (a complaint corrected, S2 art. 126): the period runs anew from that day."""
    with transaction():
        before, computed = deadline.final_on, compute(deadline.key, start, court_id=deadline.court_id)
        _remember(deadline, reason)
        _write(deadline, computed)
        audit.record(actor, "restart", deadline, key=deadline.key, start=start, before=before, final=deadline.final_on)


def suspend(actor: Actor, deadline: Deadline, on: date, cause: Cause) -> None:
    """Time stops counting from the day after; only for causes the law leaves out of this period."""
    with transaction():
        _pause(actor, deadline, on, None, cause)
        audit.advance(rules.STEPS, "suspend", actor, deadline, key=deadline.key, on=on, cause=cause)


def resume(actor: Actor, deadline: Deadline, on: date) -> None:
    """The cause has ended on this day; the days left run from the day after."""
    with transaction():
        for pause in deadline.pauses:
            if pause.through is None:
                pause.through = max(on, pause.after)
                audit.record(actor, "end", pause, through=pause.through)
        before = deadline.final_on
        _recount(deadline, "resume")
        audit.advance(
            rules.STEPS,
            "resume",
            actor,
            deadline,
            key=deadline.key,
            on=on,
            final_before=before,
            final=deadline.final_on,
        )


end_exclusion = resume


def exclude(
    actor: Actor, deadline: Deadline, after: date, until: date | None, *, cause: Cause = Cause.APPRAISAL
) -> None:
    """Leave a stretch of time out of the period (R4-12); without its end yet, the period is suspended."""
    if until is None:
        suspend(actor, deadline, after, cause)
        return
    with transaction():
        _pause(actor, deadline, after, until, cause)
        before = deadline.final_on
        _recount(deadline, "exclude")
        audit.record(
            actor, "exclude", deadline, key=deadline.key, cause=cause, after=after, until=until, before=before,
            final=deadline.final_on,
        )  # fmt: skip


def correct_exclusion(actor: Actor, deadline: Deadline, pause: DeadlinePause, until: date) -> None:
    """A stretch that was left out in advance ended on another day than expected."""
    with transaction():
        pause.through = max(until, pause.after)
        audit.record(actor, "end", pause, through=pause.through)
        before = deadline.final_on
        if _recount(deadline, "exclude"):
            audit.record(
                actor, "exclude", deadline, key=deadline.key, cause=pause.cause, after=pause.after, until=pause.through,
                before=before, final=deadline.final_on,
            )  # fmt: skip


def succeed(actor: Actor, old: Deadline, key: PeriodKey, *, subject: Any, reason: str) -> Deadline:
    """Another period takes the place of this one from the same day; what was left out of the one, is out of the other."""
    with transaction():
        cancel(actor, old, reason)
        new = open_deadline(
            actor, key, subject=subject, dispute_id=old.dispute_id, start=old.start_at or old.start_on, note=old.note
        )
        own = switches(new.court_id, new.start_on)
        for pause in sorted(old.pauses, key=lambda one: one.through is None):
            if rules.may_exclude(new.rule, pause.cause, own):
                exclude(actor, new, pause.after, pause.through, cause=pause.cause)
            if pause.through is None:
                pause.through = max(clock.today(), pause.after)
                audit.record(actor, "end", pause, through=pause.through)
    return new


def if_extended(deadline: Deadline, by: int) -> date:
    """What the last day would be, were the period lengthened by so much."""
    unit = deadline.rule.extension.unit if deadline.rule.extension else Unit.DAYS
    return _again(deadline, [Lengthening(by, unit)]).final


def _pause(actor: Actor, deadline: Deadline, after: date, until: date | None, cause: Cause) -> None:
    if not rules.may_exclude(deadline.rule, cause, switches(deadline.court_id, deadline.start_on)):
        raise _fault(Fault.NOT_DEDUCTED, article=deadline.rule.source)
    if after < deadline.start_on or (until is not None and until < after):
        raise _fault(Fault.BEFORE_START, article=deadline.rule.deduct_source)
    pause = DeadlinePause(deadline_id=deadline.id, cause=cause, after=after, through=until)
    audit.record(actor, "add", pause, deadline=deadline.id, cause=cause, after=after, through=until)
    db.session.refresh(deadline, ["pauses"])


def extend(
    actor: Actor, deadline: Deadline, until_or_by: date | int, *, agreed_on: date | None = None, note: str = ""
) -> None:
    """Lengthen a period: all parties agreed, or the president approved, before it ended (R3-29)."""
    rule, agreed = deadline.rule, agreed_on or clock.today()
    unit = rule.extension.unit if rule.extension else Unit.DAYS
    until = until_or_by if isinstance(until_or_by, date) else None
    by = 0 if isinstance(until_or_by, date) else until_or_by
    new = Lengthening(by, unit, until, rule.extension.source if rule.extension else "")
    already = sum(extension.amount for extension in deadline.extensions)
    current = _again(deadline)
    if refusal := lengthening.extension_refused(rule, current, new, agreed_on=agreed, already=already):
        article = rule.extension.source if rule.extension else rule.source
        raise DomainError(labels.REFUSAL[refusal], article=article, remedy=labels.REMEDY.get(refusal, ""))
    _lengthen(actor, deadline, new, lengthening.amount(rule, current, new, already), agreed, note)


def extend_from_above(
    actor: Actor, deadline: Deadline, until: date, *, approved_on: date, source: str, note: str
) -> None:
    """What is beyond this court's own power was approved by a higher court, to a named day (CPL art. 152).

    It uses up nothing of what this court may approve. Whether it may be asked for is decided by whoever records it.
    """
    if until <= deadline.final_on:
        refusal = lengthening.Refusal.NOT_LATER
        raise DomainError(labels.REFUSAL[refusal], article=source, remedy=labels.REMEDY.get(refusal, ""))
    _lengthen(actor, deadline, Lengthening(0, Unit.DAYS, until, source), 0, approved_on, note)


def _lengthen(actor: Actor, deadline: Deadline, new: Lengthening, amount: int, agreed_on: date, note: str) -> None:
    with transaction():
        extension = DeadlineExtension(
            deadline_id=deadline.id, by=new.by, unit=new.unit, until=new.until, amount=amount, agreed_on=agreed_on,
            source=new.source, note=note,
        )  # fmt: skip
        audit.record(actor, "add", extension, deadline=deadline.id, by=new.by, until=new.until, agreed_on=agreed_on)
        db.session.refresh(deadline, ["extensions"])
        before = deadline.final_on
        _recount(deadline, "extend")
        audit.record(
            actor, "extend", deadline, key=deadline.key, before=before, final=deadline.final_on, by=new.by,
            until=new.until,
        )  # fmt: skip
