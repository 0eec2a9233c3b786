"""Word to people inside the house: through the outbox, in each reader's own language, never with content of the case."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.assignment.models import Assignment
from mediation.assignment.rules import Kind
from mediation.assignment.services.reading import accounts_behind
from mediation.disputes.models import Dispute
from mediation.disputes.services import title
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db
from mediation.kernel.i18n import _l
from mediation.notices import services as notices
from mediation.periods.models import Deadline

OFFERED = _l("%(title)s has been handed to you. Answer by %(day)s.")
APPOINTED = _l("%(title)s: your organisation has appointed you to mediate. The period that runs now ends on %(day)s.")
REAPPOINTED = _l("%(title)s: the organisation has appointed another member; the period runs on.")
ACCEPTED = _l("%(title)s: the mediator has accepted. The period ends on %(day)s.")
DECLINED = _l("%(title)s: not accepted. Choose another mediator.")
LAPSED = _l("%(title)s: no answer within three working days. Choose another mediator.")
TAKEN_BACK = _l("%(title)s: another mediator is chosen; this dispute is no longer with you.")
SHAM = _l("%(title)s: suspended because sham mediation is suspected. Examine it and decide.")
LONG = _l("%(title)s: extended until %(day)s, more than sixty days in all.")
OVERDUE = _l("%(title)s: the mediation period ended on %(day)s. End the mediation or record what was agreed.")
TASK_ASK = _l("%(title)s: the mediation period ended on %(day)s. Ask the applicant whether the case is to be filed.")
TASK_TRIAL = _l(
    "%(title)s: the mediation period ended on %(day)s. Take the case over into trial on the next working day."
)


def tell(
    actor: Actor, users: Iterable[User], dispute: Dispute, assignment: Assignment, kind: str, words: Any, **facts: Any
) -> None:
    """Put one message for each of these people into the outbox."""
    called = {"title": lambda: title(dispute)}
    notices.tell_users(actor, users, kind, words, subject=assignment, dispute_id=dispute.id, facts=called | facts)


def offered(actor: Actor, dispute: Dispute, assignment: Assignment, until: date) -> None:
    """Whoever is to answer learns of it."""
    tell(actor, accounts_behind(assignment), dispute, assignment, "assignment.offered", OFFERED, day=until)


def taken_back(actor: Actor, dispute: Dispute, assignment: Assignment) -> None:
    """Whoever mediated learns that somebody else does from now on (S4 arts 15, 16)."""
    tell(actor, accounts_behind(assignment), dispute, assignment, "assignment.taken_back", TAKEN_BACK)


def appointed(actor: Actor, dispute: Dispute, assignment: Assignment, deadline: Deadline | None) -> None:
    """The member whom the organisation named learns of it."""
    until = deadline.final_on if deadline else assignment.issued_on
    tell(actor, accounts_behind(assignment), dispute, assignment, "assignment.appointed", APPOINTED, day=until)


def to_clerk(actor: Actor, dispute: Dispute, assignment: Assignment, kind: str, words: Any, **facts: Any) -> None:
    """Whoever handed the dispute over learns how it goes on."""
    clerk = db.session.get(User, assignment.issued_by_id)
    tell(actor, [clerk] if clerk else [], dispute, assignment, kind, words, **facts)


def to_guides(actor: Actor, dispute: Dispute, assignment: Assignment, kind: str, words: Any, **facts: Any) -> None:
    """The guiding judges of the court learn what is theirs to watch."""
    tell(actor, accounts.holding(dispute.court_id, Role.GUIDING_JUDGE), dispute, assignment, kind, words, **facts)


def overdue(actor: Actor, dispute: Dispute, assignment: Assignment, final_on: date) -> None:
    """R3-34: the mediator, the clerk and the guiding judge are told; the clerk gets the task that follows."""
    task = TASK_TRIAL if assignment.kind is Kind.ENTRUSTED else TASK_ASK
    tell(actor, accounts_behind(assignment), dispute, assignment, "assignment.overdue", OVERDUE, day=final_on)
    to_clerk(actor, dispute, assignment, "assignment.task", task, day=final_on)
    to_guides(actor, dispute, assignment, "assignment.overdue", OVERDUE, day=final_on)
