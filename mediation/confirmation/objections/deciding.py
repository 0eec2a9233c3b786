"""An objection is recorded, ruled on, served or taken back (S2 art. 372)."""

from datetime import date

from mediation.accounts import services as accounts
from mediation.confirmation import documents as papers
from mediation.confirmation import rules as machine
from mediation.confirmation.models import Confirmation
from mediation.confirmation.objections import keeping, labels, rules
from mediation.confirmation.objections.keeping import refuse
from mediation.confirmation.objections.models import ConfirmationObjection
from mediation.confirmation.objections.rules import STEPS, ObjectionStatus, Objector, Obstacle, Raising, Ruled
from mediation.confirmation.rules import Outcome
from mediation.disputes import services as disputes
from mediation.disputes.case_numbers import TypeCode
from mediation.disputes.models import Dispute, Party
from mediation.disputes.people import addressee
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.litigation import services as litigation
from mediation.notices import services as notices
from mediation.notices.rules import ServiceMethod
from mediation.notices.services import Addressee
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey

TOLD = "objection_ruled"


def object_to(
    actor: Actor,
    confirmation: Confirmation,
    *,
    party_id: int | None,
    raised_on: date,
    reason: str,
    name: str = "",
    phone: str = "",
    address: str = "",
    known_on: date | None = None,
) -> ConfirmationObjection:
    """A party within fifteen days of receipt, or somebody whose rights are harmed within six months of knowing it, objects."""
    if not machine.may_register(actor, confirmation):
        raise NotPermitted("object_to_confirmation", article=rules.ARTICLE)
    asked = _asked(confirmation, party_id, raised_on, reason, name, known_on)
    for found in rules.raising(asked):
        raise refuse(found, until=asked.until)
    outsider = asked.objector is Objector.OUTSIDER
    with transaction():
        dispute = db.session.get_one(Dispute, confirmation.dispute_id)
        number = disputes.give_number(actor, dispute, TypeCode.SPECIAL_REVIEW)
        made = ConfirmationObjection(
            court_id=confirmation.court_id, dispute_id=confirmation.dispute_id, confirmation_id=confirmation.id,
            case_number_id=number.id, objector=asked.objector, party_id=party_id, name=name.strip() if outsider else "",
            phone=phone.strip() if outsider else "", address=address.strip() if outsider else "",
            known_on=known_on if outsider else None, raised_on=raised_on, reason=reason.strip(),
            recorded_by_id=actor.id,
        )  # fmt: skip
        audit.record(actor, "raise", made, objector=made.objector, party=party_id, on=raised_on)
        _in_time(actor, confirmation, made)
        judges = [judge for judge in accounts.holding(made.court_id, Role.CONFIRMATION_JUDGE) if judge.id != actor.id]
        facts = {"title": lambda: disputes.titles([made.dispute_id])[made.dispute_id], "day": raised_on}
        notices.tell_users(
            actor,
            judges,
            "confirmation.objection",
            labels.RAISED,
            subject=made,
            dispute_id=made.dispute_id,
            facts=facts,
        )
    return made


def _asked(
    confirmation: Confirmation, party_id: int | None, on: date, reason: str, name: str, known_on: date | None
) -> Raising:
    service, limit = keeping.received(confirmation, party_id) if party_id else (None, None)
    until = limit.final_on if limit is not None else None
    if party_id is None and known_on is not None:
        until = keeping.six_months(confirmation, known_on)
    standing = keeping.overturned(confirmation.id)
    return Raising(
        Objector.PARTY if party_id else Objector.OUTSIDER,
        confirmation.decided_on if confirmation.outcome is Outcome.VALID else None,
        on,
        clock.today(),
        reason,
        received_on=service.effective_on if service is not None else None,
        known_on=known_on,
        until=until,
        name=name,
        pending=keeping.pending(confirmation.id) is not None,
        revoked=standing is not None and standing.status is ObjectionStatus.REVOKED,
    )


def _in_time(actor: Actor, confirmation: Confirmation, made: ConfirmationObjection) -> None:
    """The right was used: the fifteen days of the party, or the six months of who stands outside, are kept with their reasoning."""
    if made.known_on is None:
        service, _limit = keeping.received(confirmation, made.party_id)
        if service is not None:
            periods.meet(actor, service, PeriodKey.CONFIRM_OBJECT_PARTY, made.raised_on)
        return
    periods.open_deadline(
        actor, PeriodKey.CONFIRM_OBJECT_OTHER, subject=made, dispute_id=made.dispute_id, start=made.known_on,
        note=made.name,
    )  # fmt: skip
    periods.meet(actor, made, PeriodKey.CONFIRM_OBJECT_OTHER, made.raised_on)


def rule(
    actor: Actor, objection: ConfirmationObjection, answer: Ruled, *, reasons: str, altered: str, password: str
) -> None:
    """A new ruling revokes or alters the old one, or the objection is rejected by ruling (S2 art. 372)."""
    step = rules.STEP_OF[answer]
    states.check(STEPS, step, actor, objection)
    confirmation = db.session.get_one(Confirmation, objection.confirmation_id)
    bars = machine.bars(
        actor.id, diverted_by_id=confirmation.diverted_by_id, mediator_user_id=confirmation.mediator_user_id
    )
    for found in rules.ruling(answer, reasons=reasons, altered=altered, bars=bars):
        raise refuse(found)
    accounts.reauthenticate(actor, password, purpose=f"confirmation.objection/{objection.id}")
    with transaction():
        with db.session.no_autoflush:
            objection.ruled_by_id, objection.ruled_on, objection.reasons = actor.id, clock.today(), reasons.strip()
            objection.altered = altered.strip() if answer is Ruled.ALTER else ""
            audit.advance(STEPS, step, actor, objection, answer=answer)
        if answer is Ruled.REVOKE:
            _undo(actor, confirmation)
        papers.objection_ruling(
            actor, confirmation, objection, answer=answer.value, number=keeping.number_of(objection)
        )
        _tell(actor, objection)


def _undo(actor: Actor, confirmation: Confirmation) -> None:
    """Without the confirmation nothing is enforced, and nothing hinders a suit (CPL art. 206)."""
    disputes.note_confirmation(actor, db.session.get_one(Dispute, confirmation.dispute_id), None)
    limit = periods.current("confirmation", confirmation.id, PeriodKey.ENFORCE_APPLY)
    if limit is not None:
        periods.cancel(actor, limit, "revoke")


def _tell(actor: Actor, objection: ConfirmationObjection) -> None:
    told = [addressee(party) for party in disputes.parties(objection.dispute_id)]
    if objection.objector is Objector.OUTSIDER:
        told.append(Addressee(objection.name, phone=objection.phone, postal=objection.address))
    facts = {"number": keeping.number_of(objection)}
    for to in told:
        notices.tell(actor, to, TOLD, subject=objection, dispute_id=objection.dispute_id, facts=facts)


def serve(
    actor: Actor,
    objection: ConfirmationObjection,
    party: Party | None,
    *,
    method: ServiceMethod,
    on: date,
    receiver: str,
) -> None:
    """The ruling reached a party, or the person outside who objected (CPL art. 87)."""
    if not machine.may_register(actor, objection) and not rules.may_rule(actor, objection):
        raise NotPermitted("serve", article="CPL art. 87")
    made = keeping.paper(objection)
    if made is None or objection.ruled_on is None:
        raise refuse(Obstacle.NOT_RULED)
    if party is not None:
        litigation.serve_document(
            actor, made, party, method=method, effective_on=on, receiver=receiver, issued_on=objection.ruled_on
        )
        return
    if not objection.ruled_on <= on <= clock.today():
        raise refuse(Obstacle.NOT_THAT_DAY, field="on")
    with transaction():
        objection.outsider_served_on, objection.outsider_receiver = on, receiver.strip()
        audit.record(actor, "serve", objection, on=on, method=method)


def withdraw(actor: Actor, objection: ConfirmationObjection) -> None:
    """Whoever objected takes it back."""
    states.check(STEPS, "withdraw", actor, objection)
    with transaction():
        audit.advance(STEPS, "withdraw", actor, objection)
