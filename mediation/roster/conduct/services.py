"""Taking in and examining complaints, hearing and sanctioning, evaluating."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.notices import services as notices
from mediation.roster import rules as lists
from mediation.roster import services as roster
from mediation.roster import watching
from mediation.roster.conduct import counting, labels, rules, sheet
from mediation.roster.conduct.models import Complaint, Evaluation, Sanction
from mediation.roster.conduct.rules import ComplaintStatus, Figures, Result, SanctionKind, SanctionStatus
from mediation.roster.models import Mediator
from mediation.roster.rules import Ground, RosterStatus
from mediation.roster.services import telling

PLACE = "S4 art. 28; S5 art. 29"
DECEMBER = 12
# A later stage owns this table. It is read by name, because the list comes before it in a dispute's life.
_ASSIGNMENT = sa.table(
    "assignment", sa.column("mediator_id"), sa.column("status"),
    *(sa.column(name, sa.Date) for name in ("issued_on", "accepted_on", "ended_on", "final_on")),
)  # fmt: skip
_ENDED = ("agreed", "failed")


# ---- reads --------------------------------------------------------------------------------------------------------


def get_complaint(actor: Actor, complaint_id: int) -> Complaint | None:
    """One complaint of the actor's court."""
    mine = sa.select(Complaint).where(Complaint.court_id == actor.court_id, Complaint.id == complaint_id)
    return db.session.scalar(mine)


def get_sanction(actor: Actor, sanction_id: int) -> Sanction | None:
    """One sanction of the actor's court; for a mediator only one about themselves."""
    mine = sa.select(Sanction).where(Sanction.court_id == actor.court_id, Sanction.id == sanction_id)
    found = db.session.scalar(mine)
    if found is None or rules.may_read_conduct(actor, found) or found.mediator_id == actor.mediator_id:
        return found
    return None


def complaints_of(mediator: Mediator) -> Sequence[Complaint]:
    """Complaints about a mediator, the latest first."""
    rows = sa.select(Complaint).where(Complaint.mediator_id == mediator.id)
    return db.session.scalars(rows.order_by(Complaint.received_on.desc(), Complaint.id.desc())).all()


def sanctions_of(mediator: Mediator) -> Sequence[Sanction]:
    """Sanctions proposed or decided, the latest first."""
    rows = sa.select(Sanction).where(Sanction.mediator_id == mediator.id)
    return db.session.scalars(rows.order_by(Sanction.id.desc())).all()


def evaluations_of(mediator: Mediator) -> Sequence[Evaluation]:
    """Evaluations, the latest year first."""
    rows = sa.select(Evaluation).where(Evaluation.mediator_id == mediator.id)
    return db.session.scalars(rows.order_by(Evaluation.year.desc())).all()


def waiting(actor: Actor) -> tuple[list[Any], list[Any]]:
    """Complaints to be examined, and sanctions to be decided, with the mediators' names, the oldest first."""
    complaints = (
        sa.select(Complaint, Mediator.name)
        .join(Mediator, Complaint.mediator_id == Mediator.id)
        .where(Complaint.court_id == actor.court_id, Complaint.status == ComplaintStatus.RECEIVED)
        .order_by(Complaint.received_on, Complaint.id)
    )
    sanctions = (
        sa.select(Sanction, Mediator.name)
        .join(Mediator, Sanction.mediator_id == Mediator.id)
        .where(Sanction.court_id == actor.court_id, Sanction.status == SanctionStatus.PROPOSED)
        .order_by(Sanction.answer_until, Sanction.id)
    )
    return list(db.session.execute(complaints)), list(db.session.execute(sanctions))


def figures(court_id: int, year: int, mediator_ids: Sequence[int]) -> dict[int, Figures]:
    """What each of these did in a year, counted from the disputes, complaints, sanctions and trainings themselves."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    told: dict[int, dict[str, int]] = {one: asdict(Figures()) for one in mediator_ids}
    of = _ASSIGNMENT.c
    rows = sa.select(of.mediator_id, of.issued_on, of.accepted_on, of.ended_on, of.final_on, of.status).where(
        of.mediator_id.in_(mediator_ids), sa.or_(of.issued_on.between(first, last), of.ended_on.between(first, last))
    )
    for row in db.session.execute(rows):
        _count(told[row.mediator_id], row, first, last)
    founded = sa.select(Complaint.mediator_id).where(
        Complaint.court_id == court_id,
        Complaint.status == ComplaintStatus.FOUNDED,
        Complaint.received_on.between(first, last),
    )
    for mediator_id in db.session.scalars(founded):
        if mediator_id in told:
            told[mediator_id]["complaints"] += 1
    imposed = sa.select(Sanction.mediator_id).where(
        Sanction.court_id == court_id,
        Sanction.status == SanctionStatus.IMPOSED,
        Sanction.decided_on.between(first, last),
    )
    for mediator_id in db.session.scalars(imposed):
        if mediator_id in told:
            told[mediator_id]["sanctions"] += 1
    for mediator_id, hours in roster.hours_in(court_id, year).items():
        if mediator_id in told:
            told[mediator_id]["hours"] = hours
    return {one: Figures(**numbers) for one, numbers in told.items()}


def _count(told: dict[str, int], row: Any, first: date, last: date) -> None:
    if first <= row.issued_on <= last:
        told["handed"] += 1
    if row.ended_on is None or not first <= row.ended_on <= last:
        return
    if row.status == "declined":
        told["declined"] += 1
    if row.status in _ENDED:
        told["ended"] += 1
        told["agreed"] += row.status == "agreed"
        told["overdue"] += bool(row.final_on and row.ended_on > row.final_on)
        told["days"] += (row.ended_on - row.accepted_on).days if row.accepted_on else 0


# ---- complaints ---------------------------------------------------------------------------------------------------


def receive(
    actor: Actor,
    mediator: Mediator,
    *,
    received_on: date,
    complainant: str,
    ground: Ground,
    text: str,
    dispute_no: str = "",
) -> Complaint:
    """Take in a complaint; nothing is decided by it (S4 art. 28)."""
    if not rules.may_receive(actor, mediator):
        raise NotPermitted("receive_complaint", article=PLACE)
    if ground not in rules.COMPLAINT_GROUNDS:
        raise DomainError(labels.NOT_A_GROUND, article=PLACE, field="ground")
    if received_on > clock.today():
        raise DomainError(labels.RECEIVED_FUTURE, article=PLACE, field="received_on")
    with transaction():
        made = Complaint(
            court_id=mediator.court_id,
            mediator_id=mediator.id,
            received_on=received_on,
            complainant=complainant,
            dispute_no=dispute_no,
            ground=ground,
            text=text,
            received_by_id=actor.id,
        )
        audit.record(actor, "receive", made, mediator_id=mediator.id, ground=ground, received_on=received_on)
    return made


def examine(actor: Actor, complaint: Complaint, step: str, *, finding: str) -> None:
    """Find a complaint right or not right, with what the examination found."""
    states.check(rules.COMPLAINT_STEPS, step, actor, complaint)
    if not finding.strip():
        raise DomainError(labels.FINDING_MISSING, article=PLACE, field="finding")
    with transaction():
        complaint.finding, complaint.examined_on = finding.strip(), clock.today()
        complaint.examined_by_id = actor.id
        audit.advance(rules.COMPLAINT_STEPS, step, actor, complaint, mediator_id=complaint.mediator_id)


# ---- sanctions ----------------------------------------------------------------------------------------------------


def propose(
    actor: Actor,
    mediator: Mediator,
    *,
    kind: SanctionKind,
    ground: Ground,
    facts: str,
    complaint: Complaint | None = None,
) -> Sanction:
    """Tell the mediator what is held against them and what may follow; from now on the time to answer runs."""
    if not rules.may_sanction(actor, mediator):
        raise NotPermitted("propose_sanction", article=PLACE)
    if ground not in rules.COMPLAINT_GROUNDS:
        raise DomainError(labels.NOT_A_GROUND, article=PLACE, field="ground")
    if complaint is not None and (
        complaint.mediator_id != mediator.id or complaint.status is not ComplaintStatus.FOUNDED
    ):
        raise DomainError(labels.COMPLAINT_NOT_FOUNDED, article=PLACE, field="complaint_id")
    today = clock.today()
    with transaction():
        made = Sanction(
            court_id=mediator.court_id,
            mediator_id=mediator.id,
            complaint_id=complaint.id if complaint else None,
            kind=kind,
            ground=ground,
            facts=facts,
            proposed_on=today,
            proposed_by_id=actor.id,
            answer_until=rules.answer_until(today, roster.demands(mediator.court_id).hearing_days),
        )
        audit.record(actor, "propose", made, mediator_id=mediator.id, kind=kind, ground=ground, until=made.answer_until)
        _tell(actor, made, "sanction.proposed", labels.PROPOSED, day=made.answer_until)
    return made


def answer(actor: Actor, sanction: Sanction, text: str) -> None:
    """The right to be heard: what the mediator says to it, in their own words or as written down at the counter."""
    if not rules.may_answer(actor, sanction.mediator_id, sanction.court_id):
        raise NotPermitted("answer_sanction", article="S4 art. 10, 28")
    if sanction.status is not SanctionStatus.PROPOSED:
        raise DomainError(labels.ANSWERED_ALREADY, article="S4 art. 10, 28")
    if not text.strip():
        raise DomainError(labels.ANSWER_MISSING, article="S4 art. 10, 28", field="text")
    with transaction():
        sanction.answer = text.strip()
        sanction.answered_on = clock.today()
        audit.record(actor, "answer", sanction, mediator_id=sanction.mediator_id, own=actor.mediator_id is not None)


def impose(actor: Actor, sanction: Sanction, *, reason: str, until: date | None = None, reported_to: str = "") -> None:
    """Impose after hearing: a suspension or removal takes the mediator off the list in the same act."""
    states.check(rules.SANCTION_STEPS, "impose", actor, sanction)
    if not reason.strip():
        raise DomainError(labels.REASON_MISSING, article=PLACE, field="reason")
    today = clock.today()
    mediator = db.session.get_one(Mediator, sanction.mediator_id)
    found = rules.faults(
        sanction.kind,
        answered=sanction.answered_on is not None,
        answer_until=sanction.answer_until,
        on=today,
        until=until,
        reported_to=reported_to,
    )
    if found:
        where = {"no_last_day": "until", "last_day_past": "until", "not_reported": "reported_to"}
        raise DomainError(
            labels.SANCTION_FAULT[found[0]], article=rules.FAULT_ARTICLE[found[0]], field=where.get(found[0], "reason")
        )
    with transaction():
        sanction.reason, sanction.reported_to = reason.strip(), reported_to.strip()
        sanction.until = until if sanction.kind is SanctionKind.SUSPENSION else None
        sanction.decided_on, sanction.decided_by_id = today, actor.id
        audit.advance(
            rules.SANCTION_STEPS, "impose", actor, sanction, kind=sanction.kind, ground=sanction.ground,
            until=sanction.until, reported_to=sanction.reported_to,
        )  # fmt: skip
        step = {SanctionKind.SUSPENSION: "suspend", SanctionKind.REMOVAL: "remove"}.get(sanction.kind)
        if step:
            audit.advance(
                lists.STEPS, step, actor, mediator, ground=sanction.ground, reason=sanction.reason,
                article=lists.GROUND_ARTICLE[sanction.ground], sanction=sanction.id,
            )  # fmt: skip
            watching.changed(mediator)
        _tell(actor, sanction, "sanction.imposed", labels.IMPOSED, reason=sanction.reason)


def drop(actor: Actor, sanction: Sanction, *, reason: str) -> None:
    """After hearing, nothing is imposed."""
    states.check(rules.SANCTION_STEPS, "drop", actor, sanction)
    if not reason.strip():
        raise DomainError(labels.REASON_MISSING, article=PLACE, field="reason")
    with transaction():
        sanction.reason, sanction.decided_on, sanction.decided_by_id = reason.strip(), clock.today(), actor.id
        audit.advance(rules.SANCTION_STEPS, "drop", actor, sanction, mediator_id=sanction.mediator_id)
        _tell(actor, sanction, "sanction.dropped", labels.DROPPED)


def _tell(actor: Actor, sanction: Sanction, kind: str, words: Any, **facts: Any) -> None:
    mediator = db.session.get_one(Mediator, sanction.mediator_id)
    told = {"sanction": labels.SANCTION_KIND[sanction.kind]} | facts
    notices.tell_users(actor, telling.accounts_of(mediator), f"roster.{kind}", words, subject=sanction, facts=told)


def resume_due(actor: Actor) -> int:
    """Suspensions whose last day is over: the mediator is on the list again, unless suspended on another ground."""
    over = (
        sa.select(Sanction, Mediator)
        .join(Mediator, Sanction.mediator_id == Mediator.id)
        .where(
            Sanction.court_id == actor.court_id,
            Sanction.kind == SanctionKind.SUSPENSION,
            Sanction.status == SanctionStatus.IMPOSED,
            Sanction.until < clock.today(),
            Mediator.status == RosterStatus.SUSPENDED,
        )
        .order_by(Sanction.id)
    )
    done = 0
    with transaction():
        for sanction, mediator in db.session.execute(over).all():
            last = db.session.scalars(
                sa.select(AuditEvent)
                .where(
                    AuditEvent.subject_type == "mediator",
                    AuditEvent.subject_id == mediator.id,
                    AuditEvent.action == "mediator.suspend",
                )
                .order_by(AuditEvent.id.desc())
                .limit(1)
            ).first()
            if last is not None and last.facts.get("sanction") == sanction.id:
                audit.advance(
                    lists.STEPS, "resume", actor, mediator, ground=Ground.SERVED, reason="",
                    article=lists.GROUND_ARTICLE[Ground.SERVED], sanction=sanction.id,
                )  # fmt: skip
                watching.changed(mediator)
                done += 1
    return done


# ---- evaluations --------------------------------------------------------------------------------------------------


def evaluate(actor: Actor, mediator: Mediator, year: int, *, result: Result, text: str) -> Evaluation:
    """Evaluate a year once, on the figures of that moment; they are kept with the result (S4 art. 10)."""
    if not rules.may_sanction(actor, mediator):
        raise NotPermitted("evaluate", article="S4 art. 10")
    today = clock.today()
    if year > today.year or (year == today.year and today.month < DECEMBER):
        raise DomainError(labels.YEAR_NOT_OVER, article="S4 art. 10", field="result")
    if not text.strip():
        raise DomainError(labels.TEXT_MISSING, article="S4 art. 10", field="text")
    with transaction():
        db.session.execute(sa.select(Mediator.id).where(Mediator.id == mediator.id).with_for_update())
        known = sa.select(Evaluation.id).where(Evaluation.mediator_id == mediator.id, Evaluation.year == year)
        if db.session.scalar(known) is not None:
            raise DomainError(labels.EVALUATED, article="S4 art. 10")
        made = Evaluation(
            court_id=mediator.court_id,
            mediator_id=mediator.id,
            year=year,
            figures=figures_now(mediator, year),
            result=result,
            text=text.strip(),
            decided_on=today,
            decided_by_id=actor.id,
        )
        audit.record(actor, "decide", made, mediator_id=mediator.id, year=year, result=result)
        sheet.archive(actor, mediator, made)
        facts = {"year": year, "result": labels.RESULT[result]}
        readers = telling.accounts_of(mediator)
        notices.tell_users(actor, readers, "roster.evaluation", labels.EVALUATED_NOW, subject=made, facts=facts)
    return made


def as_kept(counted: Figures) -> dict[str, Any]:
    """The figures as an evaluation keeps them, in the order they are shown."""
    told = asdict(counted) | {"rate": counted.rate, "average_days": counted.average_days}
    return {name: told[name] for name in labels.FIGURE} | {"days": counted.days}


def figures_now(mediator: Mediator, year: int) -> dict[str, Any]:
    """The figures on which an evaluation would stand if it were decided now: the list's own, and the catalogue's."""
    counted = figures(mediator.court_id, year, [mediator.id])[mediator.id]
    return as_kept(counted) | {"catalogue": counting.of_year(mediator.court_id, mediator.id, year)}


def results(court_id: int, year: int) -> dict[int, Evaluation]:
    """The evaluations of a year by mediator."""
    rows = sa.select(Evaluation).where(Evaluation.court_id == court_id, Evaluation.year == year)
    return {one.mediator_id: one for one in db.session.scalars(rows)}


def who(user_id: int | None) -> str:
    """The name of whoever decided."""
    return db.session.scalar(sa.select(User.name).where(User.id == user_id)) or "" if user_id else ""
