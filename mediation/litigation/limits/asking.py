"""The judge asks for more time, the president grants or refuses it; what was asked for falls away with its limit."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.kernel import audit, clock, dossier, states
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.litigation import rules as register
from mediation.litigation import telling
from mediation.litigation.limits import labels, rules
from mediation.litigation.limits.models import LimitExtension
from mediation.litigation.limits.rules import STEPS, Obstacle, RequestStatus, Wish
from mediation.litigation.models import LitigationCase
from mediation.litigation.services.reading import check_bench, limit_of
from mediation.periods import services as periods
from mediation.periods.models import Deadline


def get(actor: Actor, request_id: int) -> LimitExtension | None:
    """An application in the president's own court."""
    own = sa.select(LimitExtension).where(LimitExtension.id == request_id, LimitExtension.court_id == actor.court_id)
    return db.session.scalar(own) if actor.has(Role.PRESIDENT) else None


def of_case(case_id: int) -> Sequence[LimitExtension]:
    """What was asked for in a case, first to last."""
    rows = sa.select(LimitExtension).where(LimitExtension.case_id == case_id)
    return dossier.once(
        ("limit extensions", case_id), lambda: db.session.scalars(rows.order_by(LimitExtension.id)).all()
    )


def waiting(actor: Actor) -> Sequence[LimitExtension]:
    """What waits for the president of this court, first asked first."""
    return db.session.scalars(_waiting(sa.select(LimitExtension), actor).order_by(LimitExtension.id)).all()


def count_waiting(actor: Actor) -> sa.Select[Any]:
    """How much waits for the president."""
    return _waiting(sa.select(sa.func.count(LimitExtension.id)), actor)


def _waiting(wanted: sa.Select[Any], actor: Actor) -> sa.Select[Any]:
    return wanted.where(LimitExtension.court_id == actor.court_id, LimitExtension.status == RequestStatus.ASKED)


def months_left(limit: Deadline | None) -> int:
    """How many months the president may still approve."""
    rule = limit.rule.extension if limit is not None else None
    if limit is None or rule is None or rule.most is None:
        return 0
    return rule.most - sum(extension.amount for extension in limit.extensions)


def article_of(limit: Deadline | None) -> str:
    """Where the law speaks of lengthening this limit."""
    return limit.rule.extension.source if limit is not None and limit.rule.extension else rules.ARTICLE


def wish(case: LitigationCase, *, months: int, reason: str = "") -> Wish:
    """What decides whether the limit of the case may be lengthened."""
    limit = limit_of(case)
    left = months_left(limit)
    fits = limit is not None and 1 <= months <= left
    return Wish(
        months=months,
        left=left,
        after_expiry=bool(limit and limit.rule.extension and limit.rule.extension.after_expiry),
        final_on=limit.final_on if limit else None,
        would_end=periods.if_extended(limit, months) if limit and fits else None,
        today=clock.today(),
        reason=reason,
        pending=pending(case) is not None,
    )


def pending(case: LitigationCase) -> LimitExtension | None:
    """The application that waits, if there is one."""
    return next((asked for asked in of_case(case.id) if asked.status is RequestStatus.ASKED), None)


def standing(case: LitigationCase) -> list[Obstacle]:
    """What stands in the way before anybody fills in the form."""
    return [found for found in rules.obstacles(wish(case, months=1, reason="-")) if found is not Obstacle.TOO_LONG]


def refusal(case: LitigationCase, obstacle: Obstacle) -> DomainError:
    """The refusal with the article of this very limit, and what remains possible."""
    return DomainError(
        labels.OBSTACLE[obstacle],
        article=article_of(limit_of(case)),
        remedy=labels.REMEDY.get(obstacle, ""),
        field=rules.FIELD.get(obstacle, ""),
    )


def may_be_asked(actor: Actor, case: LitigationCase) -> None:
    """Refuse whoever may not ask, and a case that is not under trial."""
    if not register.may_judge(actor, case):
        raise NotPermitted("ask_more_time", article=rules.ARTICLE)
    if case.status not in rules.ON_TRIAL:
        raise IllegalStep("ask_more_time", case.status, article=rules.ARTICLE)
    check_bench(case)


def ask(actor: Actor, case: LitigationCase, *, months: int, reason: str) -> LimitExtension:
    """The judge asks the president for more time, with what is special about the case."""
    may_be_asked(actor, case)
    for found in rules.obstacles(wish(case, months=months, reason=reason)):
        raise refusal(case, found)
    limit = limit_of(case)
    if limit is None:
        raise refusal(case, Obstacle.NO_LIMIT)
    with transaction():
        asked = LimitExtension(
            court_id=case.court_id,
            dispute_id=case.dispute_id,
            case_id=case.id,
            deadline_id=limit.id,
            requested_by_id=actor.id,
            months=months,
            reason=reason.strip(),
            former_final_on=limit.final_on,
        )
        audit.record(actor, "ask", asked, months=months, final=limit.final_on)
        presidents = accounts.holding(case.court_id, Role.PRESIDENT)
        telling.in_house(actor, presidents, asked, "litigation.more_time", labels.ASKED, limit.final_on)
    return asked


def grant(actor: Actor, asked: LimitExtension, *, note: str = "") -> None:
    """The president approves: the limit ends later, and its old last day is kept."""
    states.check(STEPS, "grant", actor, asked)
    case = db.session.get_one(LitigationCase, asked.case_id)
    limit = limit_of(case)
    if limit is None or limit.id != asked.deadline_id:
        raise refusal(case, Obstacle.NO_LIMIT)
    for found in rules.in_the_way(wish(case, months=asked.months)):
        raise refusal(case, found)
    with transaction():
        periods.extend(actor, limit, asked.months, note=asked.reason)
        with db.session.no_autoflush:
            asked.final_on = limit.final_on
            _decide(actor, asked, "grant", note)
        telling.in_house(actor, _judge(asked), asked, "litigation.more_time_granted", labels.GRANTED, limit.final_on)


def refuse(actor: Actor, asked: LimitExtension, *, note: str) -> None:
    """The president refuses, with the reason; the limit stays as it is."""
    states.check(STEPS, "refuse", actor, asked)
    if not note.strip():
        raise DomainError(labels.SAY_WHY, article=rules.ARTICLE, field="note")
    with transaction():
        with db.session.no_autoflush:
            _decide(actor, asked, "refuse", note)
        limit = db.session.get_one(Deadline, asked.deadline_id)
        telling.in_house(actor, _judge(asked), asked, "litigation.more_time_refused", labels.REFUSED, limit.final_on)


def drop(actor: Actor, case: LitigationCase) -> None:
    """The limit has ended, by closing or by another procedure: what was asked for it falls away."""
    asked = pending(case)
    if asked is not None:
        audit.advance(STEPS, "drop", actor, asked)


def _decide(actor: Actor, asked: LimitExtension, step: str, note: str) -> None:
    asked.decided_by_id, asked.decided_at, asked.note = actor.id, clock.now(), note.strip()
    audit.advance(STEPS, step, actor, asked, months=asked.months, final=asked.final_on)


def _judge(asked: LimitExtension) -> Sequence[User]:
    return [db.session.get_one(User, asked.requested_by_id)]
