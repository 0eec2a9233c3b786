"""The daily reminders: one message for each reader and each last day, however often the run is repeated."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.assignment.models import Assignment
from mediation.assignment.services.reading import accounts_behind
from mediation.assignment.ties import words
from mediation.assignment.ties.models import Recusal
from mediation.confirmation.models import Confirmation
from mediation.disputes import people
from mediation.disputes.models import Dispute
from mediation.disputes.services import title
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db, transaction
from mediation.kernel.i18n import CHINESE, force_locale
from mediation.litigation.models import LitigationCase
from mediation.litigation.preservation.models import Preservation
from mediation.litigation.recusal import deciding
from mediation.litigation.recusal.models import BenchRecusal
from mediation.notices import services as notices
from mediation.periods.labels import PERIOD_KEY
from mediation.periods.models import Deadline
from mediation.periods.rules import DeadlineStatus
from mediation.reminders import labels, rules
from mediation.reminders.rules import Reader, Stage
from mediation.web.templating import day

# The kind of notice that tells the applicant until when to sue.
SUE_BY = "sue_by"


def remind(actor: Actor) -> dict[Stage, int]:
    """Tell of every period that is about to end or has ended, once for each last day. How many of each (R3-35)."""
    told = dict.fromkeys(Stage, 0)
    with transaction():
        for deadline in _untold(actor.court_id):
            at = rules.stage(deadline.final_on, clock.today(), deadline.rule.warn_days)
            meant = rules.readers(deadline.key, at)
            readers, to_party = _people(deadline, meant), Reader.APPLICANT in meant
            if at is None or not (readers or to_party) or not _is_new(deadline, at):
                continue
            _tell(actor, deadline, at, readers)
            if to_party:
                _tell_applicant(actor, deadline)
            told[at] += 1
    return told


def _untold(court_id: int) -> Sequence[Deadline]:
    """Running periods of whose last day, as it stands now, nobody has been told yet."""
    today = clock.today()
    late = sa.and_(Deadline.final_on < today, Deadline.told_late_for.is_distinct_from(Deadline.final_on))
    soon = sa.and_(
        Deadline.final_on.between(today, today + rules.LONGEST_WARNING),
        sa.or_(Deadline.told_soon_for.is_distinct_from(Deadline.final_on), Deadline.key.in_(rules.SEVERAL)),
    )
    wanted = sa.select(Deadline).where(
        Deadline.court_id == court_id,
        Deadline.status == DeadlineStatus.OPEN,
        Deadline.dispute_id.is_not(None),
        Deadline.key.in_(rules.WATCHED),
        sa.or_(late, soon),
    )
    return db.session.scalars(wanted.order_by(Deadline.final_on, Deadline.id)).all()


def _is_new(deadline: Deadline, at: Stage) -> bool:
    """Whether this very warning has not been told yet: of several the later ones too, each once (R3-60)."""
    if at is Stage.LATE:
        return True
    due = rules.warning(deadline.final_on, clock.today(), deadline.rule.warnings)
    if deadline.told_soon_for != deadline.final_on or deadline.told_soon_days is None:
        return due is not None
    return due is not None and due < deadline.told_soon_days


def _tell(actor: Actor, deadline: Deadline, at: Stage, readers: Iterable[User]) -> None:
    dispute = db.session.get_one(Dispute, deadline.dispute_id)
    words = labels.OWN_TEXT.get((deadline.key, at), labels.TEXT[at])
    facts = {"title": lambda: title(dispute), "period": PERIOD_KEY[deadline.key], "day": deadline.final_on}
    notices.tell_users(actor, readers, f"deadline.{at}", words, subject=deadline, dispute_id=dispute.id, facts=facts)
    if at is Stage.SOON:
        deadline.told_soon_for = deadline.final_on
        deadline.told_soon_days = rules.warning(deadline.final_on, clock.today(), deadline.rule.warnings)
    else:
        deadline.told_late_for = deadline.final_on
    audit.record(actor, "remind", deadline, key=deadline.key, stage=at, final=deadline.final_on)


def _tell_applicant(actor: Actor, deadline: Deadline) -> None:
    """Whoever had property preserved before suit is told until when to sue; the measure ends otherwise (CPL art. 104)."""
    found = _subject(deadline, Preservation)
    party = people.party(found.dispute_id, found.applicant_id) if found is not None else None
    if found is not None and party is not None:
        notices.supersede(actor, deadline, SUE_BY)
        with force_locale(CHINESE):
            facts = {"when": day(deadline.final_on)}
        notices.tell(actor, people.addressee(party), SUE_BY, subject=deadline, dispute_id=found.dispute_id, facts=facts)


# ---- who is meant -------------------------------------------------------------------------------------------------


def _people(deadline: Deadline, readers: Iterable[Reader]) -> list[User]:
    """The accounts behind the readers, each once; a place nobody fills is taken by all who hold the role."""
    found: dict[int, User] = {}
    for reader in readers:
        found |= {user.id: user for user in FINDING[reader](deadline)}
    return list(found.values())


def _assignees(deadline: Deadline) -> Sequence[User]:
    assignment = _subject(deadline, Assignment)
    return accounts_behind(assignment) if assignment is not None else ()


def _clerks(deadline: Deadline) -> Sequence[User]:
    """Who handed the dispute over, filed the case or received the dispute; otherwise the registry."""
    subject = _subject(deadline, Assignment) or _subject(deadline, LitigationCase)
    dispute = db.session.get_one(Dispute, deadline.dispute_id)
    if isinstance(subject, Assignment):
        person = subject.issued_by_id
    else:
        person = subject.filed_by_id if subject is not None else dispute.received_by_id
    return _open([person]) or accounts.holding(deadline.court_id, Role.CLERK)


def _guides(deadline: Deadline) -> Sequence[User]:
    return accounts.holding(deadline.court_id, Role.GUIDING_JUDGE)


def _judges(deadline: Deadline) -> Sequence[User]:
    """The judge of the application or the case; before one has it, all who could."""
    application = _subject(deadline, Confirmation)
    if application is not None:
        return _open([application.judge_id]) or accounts.holding(deadline.court_id, Role.CONFIRMATION_JUDGE)
    case = _subject(deadline, LitigationCase)
    judge = _open([case.judge_id]) if case is not None else ()
    return judge or _clerks(deadline)


def _deciders(deadline: Deadline) -> Sequence[User]:
    """Whoever may decide on this recusal, never the person whom it is about (S4 art. 15; CPL art. 49)."""
    bench = _subject(deadline, BenchRecusal)
    if bench is not None:
        return deciding.deciders(bench)
    recusal = _subject(deadline, Recusal)
    return words.deciders(recusal) if recusal is not None else ()


def _nobody(_deadline: Deadline) -> Sequence[User]:
    """A party has no account."""
    return ()


FINDING = {
    Reader.APPLICANT: _nobody,
    Reader.ASSIGNEE: _assignees,
    Reader.CLERK: _clerks,
    Reader.DECIDER: _deciders,
    Reader.GUIDES: _guides,
    Reader.JUDGE: _judges,
}


S = TypeVar("S", Assignment, BenchRecusal, Confirmation, LitigationCase, Preservation, Recusal)


def _subject(deadline: Deadline, kind: type[S]) -> S | None:
    return db.session.get(kind, deadline.subject_id) if deadline.subject_type == kind.__tablename__ else None


def _open(ids: Iterable[int | None]) -> Sequence[User]:
    return accounts.open_accounts(User.id.in_([i for i in ids if i]))
