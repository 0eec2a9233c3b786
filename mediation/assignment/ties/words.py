"""Word of a tie and of the decision on it, to everybody whom it concerns inside the house."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.assignment.models import Assignment
from mediation.assignment.services import telling
from mediation.assignment.ties.models import Recusal
from mediation.assignment.ties.rules import RecusalStatus
from mediation.assignment.together import present
from mediation.disputes.models import Dispute
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db
from mediation.kernel.i18n import _l

RAISED = _l("%(title)s: a tie of the mediator has come to light, or recusal was applied for. Decide on it by %(day)s.")
PAUSED = _l("%(title)s: a tie has come to light, or recusal was applied for. Do nothing in it before it is decided.")
NAME = _l("%(title)s: somebody bears the name of a person with whom the mediator has a tie. Find out who it is.")
DECIDED = {
    RecusalStatus.CONSENTED: _l("%(title)s: all parties agreed to the mediator. The mediation goes on."),
    RecusalStatus.DISMISSED: _l("%(title)s: no ground for recusal was found. The mediation goes on."),
    RecusalStatus.UPHELD: _l("%(title)s: the mediator withdraws. Choose another one."),
}


def raised(actor: Actor, dispute: Dispute, assignment: Assignment, until: date) -> None:
    """Those who may decide learn of the day; the mediator learns to pause."""
    telling.to_clerk(actor, dispute, assignment, "recusal.raised", RAISED, day=until)
    telling.to_guides(actor, dispute, assignment, "recusal.raised", RAISED, day=until)
    telling.tell(actor, _body(assignment), dispute, assignment, "recusal.raised", RAISED, day=until)
    telling.tell(actor, _mediators(assignment), dispute, assignment, "recusal.paused", PAUSED)


def deciders(recusal: Recusal) -> Sequence[User]:
    """Who may decide: the clerk who handed the dispute over (else the registry), the guiding judges, the organisation.

    Not the mediator whom it is about (S4 art. 15).
    """
    assignment = db.session.get_one(Assignment, recusal.assignment_id)
    found = [
        *(accounts.open_accounts(User.id == assignment.issued_by_id) or accounts.holding(recusal.court_id, Role.CLERK)),
        *accounts.holding(recusal.court_id, Role.GUIDING_JUDGE),
    ]
    if recusal.organisation_id is not None:
        others = sa.or_(User.mediator_id.is_(None), User.mediator_id != recusal.mediator_id)
        found += accounts.open_accounts(User.organisation_id == recusal.organisation_id, others)
    return list({user.id: user for user in found}.values())


def decided(actor: Actor, dispute: Dispute, assignment: Assignment, recusal: Recusal) -> None:
    """How it was decided."""
    text = DECIDED[recusal.status]
    telling.to_clerk(actor, dispute, assignment, "recusal.decided", text)
    telling.tell(actor, _body(assignment), dispute, assignment, "recusal.decided", text)
    telling.tell(actor, _mediators(assignment), dispute, assignment, "recusal.decided", text)


def _mediators(assignment: Assignment) -> Sequence[User]:
    """Everybody who mediates the dispute, alone or together."""
    ids = present.asked_ids(assignment) | ({assignment.mediator_id} if assignment.mediator_id is not None else set())
    return accounts.open_accounts(User.mediator_id.in_(ids))


def _body(assignment: Assignment) -> Sequence[User]:
    """The people who act for the organisation, which may decide about its member."""
    if assignment.organisation_id is None or assignment.mediator_id is None:
        return []
    others = sa.or_(User.mediator_id.is_(None), User.mediator_id != assignment.mediator_id)
    return accounts.open_accounts(User.organisation_id == assignment.organisation_id, others)
