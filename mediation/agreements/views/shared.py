"""The blueprint, and how its pages find their record: out of scope is 404, not permitted is 403."""

from flask import Blueprint, abort, url_for

from mediation.agreements import rules
from mediation.agreements.models import Agreement, MediationSession
from mediation.agreements.services import drafting, sessions
from mediation.agreements.services.sources import Settlement, Source, settled
from mediation.assignment import services as assignments
from mediation.assignment.models import Assignment
from mediation.assignment.together import present as together
from mediation.litigation import services as litigation
from mediation.litigation.models import LitigationCase
from mediation.web.auth import actor

bp = Blueprint("agreements", __name__)


def assignment_of(assignment_id: int) -> Assignment:
    found = assignments.get(actor(), assignment_id)
    return found if found is not None else abort(404)


def session_of(session_id: int) -> MediationSession:
    found = _session(session_id)
    if not rules.may_read_mediation(actor(), found, together.mediator_ids(found.assignment)):
        abort(403)
    return found


def arranged(session_id: int) -> MediationSession:
    """A session whose time and room this reader may fix; what is said in it is none of the registry's business."""
    found = _session(session_id)
    if not rules.may_arrange(actor(), found):
        abort(403)
    return found


def _session(session_id: int) -> MediationSession:
    found = sessions.get(actor(), session_id)
    return found if found is not None else abort(404)


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


def case_of(case_id: int) -> LitigationCase:
    found = litigation.get(actor(), case_id)
    return found if found is not None else abort(404)


def settlement_of(case_id: int) -> Settlement:
    """What a case was settled for, once the court's document binds."""
    found = case_of(case_id)
    if not rules.may_read_settlement(actor(), found.court_id):
        abort(403)
    source = settled(found)
    return source if source is not None and source.in_force else abort(404)


def source_of(agreement_id: int, case_id: int) -> Source:
    """The one that the address names: an agreement, or a case settled before the court."""
    return settlement_of(case_id) if case_id else agreement_of(agreement_id)


def ledger_url(source: Source) -> str:
    """Where the ledger is read."""
    if isinstance(source, Settlement):
        return url_for("agreements.court_ledger", case_id=source.case.id)
    return url_for("agreements.agreement", agreement_id=source.id, _anchor="ledger")
