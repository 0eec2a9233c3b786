"""More time for the trial: the judge of the case asks before the limit ends, the president decides (R3-48).

Small claims and summary procedure one month (CPL arts 164, 168; S2 art. 258: four months in all), ordinary procedure six
months (CPL art. 152); anything beyond is the higher court's to allow and is not offered here.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.kernel.i18n import _, _l, force_locale
from mediation.litigation import rules
from mediation.litigation.models import LitigationCase, TrialExtension
from mediation.litigation.rules import Obstacle
from mediation.litigation.services.reading import limit_of, number_of, refuse
from mediation.notices import services as notices
from mediation.notices.rules import Channel
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.web.templating import day as shown

GRANTED = _l("%(number)s: the president has extended the trial limit; it now ends on %(day)s.")
DENIED = _l("%(number)s: the president has not extended the trial limit.")


def of_case(case: LitigationCase) -> Sequence[TrialExtension]:
    """What was asked for, first to last."""
    wanted = sa.select(TrialExtension).where(TrialExtension.case_id == case.id)
    return db.session.scalars(wanted.order_by(TrialExtension.id)).all()


def waiting(actor: Actor) -> sa.Select[Any]:
    """What waits for the president of this court."""
    return sa.select(TrialExtension).where(
        TrialExtension.court_id == actor.court_id, TrialExtension.decided_at.is_(None)
    )


def to_decide(actor: Actor) -> Sequence[tuple[TrialExtension, LitigationCase]]:
    """The same with the cases, first asked first."""
    rows = waiting(actor).add_columns(LitigationCase).join(LitigationCase, LitigationCase.id == TrialExtension.case_id)
    return [(row[0], row[1]) for row in db.session.execute(rows.order_by(TrialExtension.id))]


def count_to_decide(actor: Actor) -> sa.Select[Any]:
    """How many wait for the president."""
    return waiting(actor).with_only_columns(sa.func.count(TrialExtension.id))


def get(actor: Actor, extension_id: int) -> TrialExtension | None:
    """A request of the president's own court."""
    if not actor.has(Role.PRESIDENT):
        return None
    wanted = sa.select(TrialExtension).where(TrialExtension.id == extension_id)
    return db.session.scalar(wanted.where(TrialExtension.court_id == actor.court_id))


def most_left(limit: Deadline) -> int:
    """How many months of extension the law still leaves to the president."""
    extension = limit.rule.extension
    most = extension.most if extension is not None and extension.most is not None else 0
    return max(most - sum(given.amount for given in limit.extensions), 0)


def article_of(limit: Deadline) -> str:
    """The article under which the president may extend this limit."""
    return limit.rule.extension.source if limit.rule.extension else limit.rule.source


def ask(actor: Actor, case: LitigationCase, *, months: int, reason: str) -> TrialExtension:
    """The judge of the case asks for more time, before the limit is over."""
    limit = limit_of(case)
    if not rules.may_try(actor, case):
        raise NotPermitted("ask_extension", article=article_of(limit) if limit else "CPL art. 164")
    if limit is None or limit.final_on < clock.today():
        raise refuse(Obstacle.LIMIT_OVER)
    if any(one.decided_at is None for one in of_case(case)):
        raise refuse(Obstacle.EXTENSION_PENDING)
    most = most_left(limit)
    if not most:
        raise DomainError(
            _("The president may extend this limit no further."), article=article_of(limit),
            remedy=_("Where the law allows more, the court above decides on the application of this court."),
        )  # fmt: skip
    if not 1 <= months <= most:
        raise DomainError(_("Between 1 and %(most)s months.", most=most), article=article_of(limit), field="months")
    with transaction():
        asked = TrialExtension(
            court_id=case.court_id, dispute_id=case.dispute_id, case_id=case.id, key=limit.key, months=months,
            reason=reason.strip(), requested_by_id=actor.id,
        )  # fmt: skip
        audit.record(actor, "ask", asked, case=case.id, key=limit.key, months=months)
    return asked


def grant(actor: Actor, asked: TrialExtension, *, note: str = "") -> Deadline:
    """The president extends: the limit ends later, its old day stays on record."""
    _case, limit = _open(actor, asked)
    if limit is None or limit.key is not asked.key:
        raise refuse(Obstacle.OTHER_LIMIT)
    with transaction():
        _decide(actor, asked, "grant", granted=True, note=note)
        periods.extend(actor, limit, asked.months, note=asked.reason)
        _tell(actor, asked, GRANTED, day=limit.final_on)
    return limit


def deny(actor: Actor, asked: TrialExtension, *, note: str = "") -> None:
    """The president does not extend: the limit stays as it is."""
    _open(actor, asked)
    with transaction():
        _decide(actor, asked, "deny", granted=False, note=note)
        _tell(actor, asked, DENIED)


def _open(actor: Actor, asked: TrialExtension) -> tuple[LitigationCase, Deadline | None]:
    if not rules.may_extend(actor, asked):
        raise NotPermitted("extend", article="CPL art. 164")
    if asked.decided_at is not None:
        raise refuse(Obstacle.EXTENSION_DECIDED)
    case = db.session.get_one(LitigationCase, asked.case_id)
    return case, limit_of(case)


def _decide(actor: Actor, asked: TrialExtension, step: str, *, granted: bool, note: str) -> None:
    with db.session.no_autoflush:
        asked.granted, asked.decided_by_id, asked.decided_at, asked.note = granted, actor.id, clock.now(), note.strip()
        audit.record(actor, step, asked, case=asked.case_id, key=asked.key, months=asked.months)


def _tell(actor: Actor, asked: TrialExtension, words: Any, **facts: date) -> None:
    """The judge learns what the president decided."""
    judge = db.session.get_one(User, asked.requested_by_id)
    case = db.session.get_one(LitigationCase, asked.case_id)
    with force_locale(judge.locale):
        text = str(words) % ({"number": number_of(case)} | {name: shown(value) for name, value in facts.items()})
    notices.enqueue(
        actor, subject=asked, dispute_id=asked.dispute_id, kind="trial_extension.decided", text=text,
        recipient=judge.name, channel=Channel.IN_APP, user_id=judge.id,
    )  # fmt: skip
