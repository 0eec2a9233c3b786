"""The blueprint, and how its pages find their record: out of scope is 404, not permitted is 403."""

from flask import Blueprint, abort

from mediation.agreements import rules
from mediation.agreements.models import Agreement, MediationSession
from mediation.agreements.services import drafting, sessions
from mediation.assignment import services as assignments
from mediation.assignment.models import Assignment
from mediation.assignment.together import present as together
from mediation.web.auth import actor

bp = Blueprint("agreements", __name__)


def assignment_of(assignment_id: int) -> Assignment:
    found = assignments.get(actor(), assignment_id)
    return found if found is not None else abort(404)


def session_of(session_id: int) -> MediationSession:
    found = sessions.get(actor(), session_id)
    if found is None:
        abort(404)
    if not rules.may_read_mediation(actor(), found, together.mediator_ids(found.assignment)):
        abort(403)
    return found


def agreement_of(agreement_id: int) -> Agreement:
    found = drafting.get(actor(), agreement_id)
    if found is None:
        abort(404)
    if not rules.may_read_agreement(actor(), found, together.mediator_ids(found.assignment)):
        abort(403)
    return found


def conducted(assignment_id: int) -> Assignment:
    found = assignment_of(assignment_id)
    if not rules.may_conduct(actor(), found):
        abort(403)
    return found
