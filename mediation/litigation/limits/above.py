"""Still more time than the president may approve: the higher court's approval, with its paper (CPL art. 152)."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.litigation.limits import asking, labels, rules
from mediation.litigation.limits.models import LimitApproval
from mediation.litigation.limits.rules import ABOVE, Approval, Obstacle
from mediation.litigation.models import LitigationCase
from mediation.litigation.services.reading import limit_of
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey


def of_case(case_id: int) -> Sequence[LimitApproval]:
    """What higher courts approved in a case, first to last."""
    rows = sa.select(LimitApproval).where(LimitApproval.case_id == case_id)
    return db.session.scalars(rows.order_by(LimitApproval.id)).all()


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


def record(
    actor: Actor, case: LitigationCase, *, authority: str, number: str, approved_on: date, until: date
) -> LimitApproval:
    """The limit ends on the approved day; its old last day and the paper are kept."""
    may_record(actor, case)
    limit = limit_of(case)
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
    return recorded


def _refusal(obstacle: Obstacle) -> DomainError:
    return DomainError(
        labels.OBSTACLE[obstacle],
        article=ABOVE,
        remedy=labels.REMEDY.get(obstacle, ""),
        field=rules.FIELD.get(obstacle, ""),
    )
