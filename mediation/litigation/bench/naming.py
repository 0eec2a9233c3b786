"""The bench is named, and the parties are told who it is within three days: at once (CPL arts 40, 44, 131)."""

import re
from collections.abc import Sequence

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.disputes import services as disputes
from mediation.disputes.rules import Capacity
from mediation.kernel import audit
from mediation.kernel.actor import TRIAL, Actor, Role
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted, refusal
from mediation.litigation.bench import labels, rules, telling
from mediation.litigation.bench.rules import Naming, Obstacle
from mediation.litigation.models import LitigationCase
from mediation.litigation.recusal.keeping import apart
from mediation.litigation.rules import Status
from mediation.litigation.services.filing import mediator_user
from mediation.litigation.services.reading import dispute_of
from mediation.litigation.services.track import drop_hearing


def names(text: str) -> tuple[str, ...]:
    """The names in a line, however they are set apart."""
    return tuple(name for name in (one.strip() for one in re.split(r"[、，,;；\s]+", text)) if name)


def candidates(case: LitigationCase) -> Sequence[User]:
    """Who could try the case: the court's judges who neither mediated the dispute nor stand apart from it."""
    away = apart(case.dispute_id) | {mediator_user(case.dispute_id), case.mediator_user_id}
    wanted = {Role.FAST_TRACK_JUDGE} if case.status is Status.FAST_TRACK else TRIAL
    found = accounts.holding(case.court_id, *wanted)
    return sorted((user for user in found if user.id not in away), key=lambda user: (user.name, user.id))


def name(
    actor: Actor,
    case: LitigationCase,
    *,
    judge_id: int,
    judges: Sequence[str] = (),
    assessors: Sequence[str] = (),
    reason: str = "",
) -> User:
    """One judge, or a panel with its presiding judge; the parties are told who it is and may ask for a recusal."""
    if not rules.may_name(actor, case):
        raise NotPermitted("name_bench", article="CPL arts 44, 131")
    judge = db.session.get(User, judge_id)
    if judge is None or judge.court_id != case.court_id:
        raise refuse(Obstacle.NOT_A_JUDGE)
    members = _members(judges, assessors)
    mediated_by = mediator_user(case.dispute_id) or case.mediator_user_id
    naming = Naming(
        case.status,
        case.procedure,
        judge.roles,
        judge.name,
        mediated=mediated_by == judge.id,
        apart=judge.id in apart(case.dispute_id),
        judges=tuple(judges),
        assessors=tuple(assessors),
        before=case.judge_id is not None,
        same=case.judge_id == judge.id and case.members == members,
        # A panel that has only its presiding judge is completed, not changed.
        reason=reason or ("-" if case.judge_id == judge.id and not case.members else ""),
    )
    for found in rules.obstacles(naming):
        raise refuse(found)
    with transaction():
        before, case.judge_id, case.members = case.judge_id, judge.id, members
        case.mediator_user_id = mediated_by
        audit.record(
            actor, "name_bench", case, before=before, after=judge.id, members=[m["name"] for m in members], reason=reason.strip()
        )  # fmt: skip
        if before != judge.id:
            disputes.participate(
                actor, dispute_of(case), Capacity.JUDGED, user_id=judge.id, person_key=judge.person_key
            )
            # The hearing was fixed in the diary of who tried the case before.
            drop_hearing(actor, case, reason.strip() or "name_bench")
        telling.tell(actor, case)
    return judge


def _members(judges: Sequence[str], assessors: Sequence[str]) -> list[dict[str, str]]:
    return [{"name": one, "title": labels.JUDGE} for one in judges] + [
        {"name": one, "title": labels.ASSESSOR} for one in assessors
    ]


def refuse(obstacle: Obstacle) -> DomainError:
    """The refusal with its article and what remains possible."""
    return refusal(obstacle, labels, rules)
