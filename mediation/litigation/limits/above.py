"""Still more time than the president may approve: the higher court's approval, with its paper (CPL art. 152)."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from mediation.kernel import audit, clock, dossier, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.litigation import telling
from mediation.litigation.limits import asking, labels, rules
from mediation.litigation.limits.models import HigherRequest, LimitApproval
from mediation.litigation.limits.rules import ABOVE, HIGHER_STEPS, Approval, HigherStatus, Obstacle, Request
from mediation.litigation.models import LitigationCase
from mediation.litigation.services.reading import limit_of
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey

ANSWERED = "limit.answered_above"


def of_case(case_id: int) -> Sequence[LimitApproval]:
    """What higher courts approved in a case, first to last."""
    rows = sa.select(LimitApproval).where(LimitApproval.case_id == case_id)
    return dossier.once(("limit approvals", case_id), lambda: db.session.scalars(rows.order_by(LimitApproval.id)).all())


def requests_of(case_id: int) -> Sequence[HigherRequest]:
    """What higher courts were asked in a case, first to last."""
    rows = sa.select(HigherRequest).where(HigherRequest.case_id == case_id)
    return dossier.once(("higher requests", case_id), lambda: db.session.scalars(rows.order_by(HigherRequest.id)).all())


def request_in(case: LitigationCase, request_id: int) -> HigherRequest | None:
    """A request of this very case."""
    return next((asked for asked in requests_of(case.id) if asked.id == request_id), None)


def pending(case: LitigationCase) -> HigherRequest | None:
    """The request that waits for its answer, if there is one."""
    return next((asked for asked in requests_of(case.id) if asked.status is HigherStatus.ASKED), None)


def is_next(case: LitigationCase) -> bool:
    """Whether only a higher court can give more time: an ordinary case whose president has approved all he may."""
    limit = limit_of(case)
    return limit is not None and limit.key is PeriodKey.TRIAL_ORDINARY and asking.months_left(limit) < 1


def may_record(actor: Actor, case: LitigationCase) -> None:
    """Refuse whoever may not record it, and a case that is not under trial."""
    if not rules.may_record_approval(actor, case):
        raise NotPermitted("record_approval", article=ABOVE)
    if case.status not in rules.ON_TRIAL:
        raise IllegalStep("record_approval", case.status, article=ABOVE)


def may_ask(actor: Actor, case: LitigationCase) -> None:
    """Refuse whoever may not ask or note an answer, and a case that is not under trial."""
    if not rules.may_record_approval(actor, case):
        raise NotPermitted("ask_above", article=ABOVE)
    if case.status not in rules.ON_TRIAL:
        raise IllegalStep("ask_above", case.status, article=ABOVE)


def ask(
    actor: Actor, case: LitigationCase, *, authority: str, number: str, asked_on: date, reason: str
) -> HigherRequest:
    """The court asks the higher court for still more time, before the limit ends; the limit runs on meanwhile."""
    may_ask(actor, case)
    limit = limit_of(case)
    request = Request(
        ordinary=limit is not None and limit.key is PeriodKey.TRIAL_ORDINARY,
        left=asking.months_left(limit),
        filed_on=case.filed_on,
        final_on=limit.final_on if limit else None,
        today=clock.today(),
        number=number,
        authority=authority,
        asked_on=asked_on,
        reason=reason,
        pending=pending(case) is not None,
    )
    against = rules.request_obstacles(request)
    if limit is None or against:
        raise _refusal(against[0])
    with transaction():
        asked = HigherRequest(
            court_id=case.court_id,
            dispute_id=case.dispute_id,
            case_id=case.id,
            deadline_id=limit.id,
            authority=authority.strip(),
            number=number.strip(),
            asked_on=asked_on,
            reason=reason.strip(),
            former_final_on=limit.final_on,
            asked_by_id=actor.id,
        )
        audit.record(actor, "ask", asked, number=asked.number, asked_on=asked_on, final=limit.final_on)
    return asked


def may_refuse(actor: Actor, case: LitigationCase, asked: HigherRequest) -> None:
    """Refuse whoever may not note the answer, and a request that was answered or fell away."""
    if not rules.may_record_approval(actor, case):
        raise NotPermitted("refuse", article=ABOVE)
    states.check(HIGHER_STEPS, "refuse", actor, asked)


def refuse(
    actor: Actor, case: LitigationCase, asked: HigherRequest, *, number: str, answered_on: date, note: str = ""
) -> None:
    """The higher court refuses: its paper is noted, and the limit stays as it is."""
    may_refuse(actor, case, asked)
    against = rules.answer_obstacles(
        number=number, asked_on=asked.asked_on, answered_on=answered_on, today=clock.today()
    )
    if against:
        field = "answered_on" if against[0] is Obstacle.BEFORE_ASKED else ""
        raise _refusal(against[0], field=field)
    with transaction():
        _answer(actor, asked, "refuse", number=number, on=answered_on, note=note)
        telling.judge(actor, case, asked, ANSWERED, labels.REFUSED_ABOVE, asked.former_final_on)


def note(
    actor: Actor,
    case: LitigationCase,
    asked: HigherRequest,
    *,
    approved: bool,
    number: str,
    answered_on: date,
    note: str = "",
) -> None:
    """The answer came when the request had fallen away with the limit: the paper is kept, and nothing changes (CPL art. 152)."""
    may_note(actor, case, asked)
    against = rules.answer_obstacles(
        number=number, asked_on=asked.asked_on, answered_on=answered_on, today=clock.today()
    )
    if against:
        raise _refusal(against[0], field="answered_on" if against[0] is Obstacle.BEFORE_ASKED else "")
    with transaction(), db.session.no_autoflush:
        asked.approved_in_vain = approved
        _answer(actor, asked, "note", number=number, on=answered_on, note=note)


def may_note(actor: Actor, case: LitigationCase, asked: HigherRequest) -> None:
    """Refuse whoever may not note it, and a request that has not fallen away or has its answer."""
    if not rules.may_record_approval(actor, case):
        raise NotPermitted("note", article=ABOVE)
    states.check(HIGHER_STEPS, "note", actor, asked)


def drop(actor: Actor, case: LitigationCase) -> None:
    """The limit has ended, by closing or by another procedure: what was asked of the higher court falls away."""
    asked = pending(case)
    if asked is not None:
        audit.advance(HIGHER_STEPS, "drop", actor, asked)


def _answer(actor: Actor, asked: HigherRequest, step: str, *, number: str, on: date, note: str = "") -> None:
    with db.session.no_autoflush:
        asked.answer_number, asked.answered_on, asked.answer_by_id = number.strip(), on, actor.id
        asked.note = note.strip()
        audit.advance(HIGHER_STEPS, step, actor, asked, number=asked.answer_number, answered_on=on)


def record(
    actor: Actor, case: LitigationCase, *, authority: str, number: str, approved_on: date, until: date
) -> LimitApproval:
    """The limit ends on the approved day; its old last day and the paper are kept."""
    may_record(actor, case)
    limit, asked = limit_of(case), pending(case)
    approval = Approval(
        ordinary=limit is not None and limit.key is PeriodKey.TRIAL_ORDINARY,
        left=asking.months_left(limit),
        filed_on=case.filed_on,
        final_on=limit.final_on if limit else None,
        today=clock.today(),
        number=number,
        authority=authority,
        approved_on=approved_on,
        until=until,
        asked_on=asked.asked_on if asked else None,
    )
    against = rules.approval_obstacles(approval)
    if limit is None or against:
        raise _refusal(against[0])
    former = limit.final_on
    with transaction():
        note = f"{authority.strip()}　{number.strip()}"
        periods.extend_from_above(actor, limit, until, approved_on=approved_on, source=ABOVE, note=note)
        recorded = LimitApproval(
            court_id=case.court_id,
            dispute_id=case.dispute_id,
            case_id=case.id,
            deadline_id=limit.id,
            authority=authority.strip(),
            number=number.strip(),
            approved_on=approved_on,
            until=until,
            former_final_on=former,
            final_on=limit.final_on,
            recorded_by_id=actor.id,
        )
        audit.record(actor, "record", recorded, number=recorded.number, before=former, final=limit.final_on)
        if asked is not None:
            _answer(actor, asked, "approve", number=number, on=approved_on)
        telling.judge(actor, case, recorded, ANSWERED, labels.APPROVED_ABOVE, limit.final_on)
    return recorded


def _refusal(obstacle: Obstacle, *, field: str = "") -> DomainError:
    return DomainError(
        labels.OBSTACLE[obstacle],
        article=ABOVE,
        remedy=labels.REMEDY.get(obstacle, ""),
        field=field or rules.FIELD.get(obstacle, ""),
    )
