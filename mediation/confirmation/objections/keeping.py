"""What objections a confirmation has, how long each may still be raised, and what is left of the ruling."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from mediation.confirmation.models import Confirmation
from mediation.confirmation.objections import labels, rules
from mediation.confirmation.objections.models import ConfirmationObjection
from mediation.confirmation.objections.rules import ObjectionStatus, Obstacle
from mediation.disputes import services as disputes
from mediation.disputes.models import CaseNumber, Party
from mediation.documents import services as documents
from mediation.documents.models import Document
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, refusal
from mediation.notices import services as notices
from mediation.notices.models import Service
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.table import PeriodKey
from mediation.web.templating import day

TYPE = ConfirmationObjection.__tablename__
RULING = "confirmation_objection_ruling"


def of_confirmation(confirmation_id: int) -> Sequence[ConfirmationObjection]:
    """Every objection, first to last."""
    found = sa.select(ConfirmationObjection).where(ConfirmationObjection.confirmation_id == confirmation_id)
    return db.session.scalars(found.order_by(ConfirmationObjection.id)).all()


def get(confirmation: Confirmation, objection_id: int) -> ConfirmationObjection | None:
    """One of this confirmation."""
    return next((one for one in of_confirmation(confirmation.id) if one.id == objection_id), None)


def pending(confirmation_id: int) -> ConfirmationObjection | None:
    """The one that waits for a ruling."""
    return next((o for o in of_confirmation(confirmation_id) if o.status is ObjectionStatus.RAISED), None)


def overturned(confirmation_id: int) -> ConfirmationObjection | None:
    """The last by which the ruling was revoked or altered."""
    return next((o for o in reversed(of_confirmation(confirmation_id)) if o.status in rules.OVERTURNED), None)


def received(confirmation: Confirmation, party_id: int | None) -> tuple[Service | None, Deadline | None]:
    """When the ruling reached a party, and its fifteen days."""
    served = notices.services_of(confirmation.ruling_document_id) if confirmation.ruling_document_id else ()
    service = next((one for one in served if one.party_id == party_id), None)
    own = periods.of_subject("service", service.id) if service is not None else ()
    return service, next((one for one in own if one.key is PeriodKey.CONFIRM_OBJECT_PARTY), None)


def six_months(confirmation: Confirmation, known_on: date) -> date:
    """The last day for somebody outside who knew, or should have known, on this day."""
    return periods.compute(PeriodKey.CONFIRM_OBJECT_OTHER, known_on, court_id=confirmation.court_id).final


def clock_of(found: ConfirmationObjection) -> Deadline | None:
    """The six months of somebody outside, as they were counted."""
    return next((d for d in periods.of_subject(TYPE, found.id) if d.key is PeriodKey.CONFIRM_OBJECT_OTHER), None)


def number_of(found: ConfirmationObjection) -> str:
    """The number under which it is examined."""
    return db.session.get_one(CaseNumber, found.case_number_id).canonical


def paper(found: ConfirmationObjection) -> Document | None:
    """The ruling on it."""
    return documents.latest(RULING, TYPE, found.id)


def unserved(found: ConfirmationObjection) -> list[Party]:
    """The parties whom the ruling on the objection has not reached."""
    made = paper(found)
    reached = {one.party_id for one in notices.services_of(made.id)} if made is not None else set()
    return [party for party in disputes.parties(found.dispute_id) if party.id not in reached]


def waiting(actor: Actor) -> Sequence[ConfirmationObjection]:
    """Those that wait for a ruling of this court, first recorded first."""
    wanted = sa.select(ConfirmationObjection).where(
        ConfirmationObjection.court_id == actor.court_id, ConfirmationObjection.status == ObjectionStatus.RAISED
    )
    return db.session.scalars(wanted.order_by(ConfirmationObjection.id)).all()


def refuse(obstacle: Obstacle, *, until: date | None = None, field: str | None = None) -> DomainError:
    """The refusal with its article and what remains possible; lateness names the computed day."""
    late = until is not None and obstacle in labels.LATE_AFTER
    message = str(labels.LATE_AFTER[obstacle]) % {"day": day(until)} if late else None
    return refusal(obstacle, labels, rules, message=message, field=field)
