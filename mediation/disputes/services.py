"""The dispute: received, moved on its way, numbered, closed. Who may see it, and who took part."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import set_committed_value

from mediation.accounts import services as accounts
from mediation.disputes import case_numbers, causes, clocks, hotline, people, rules
from mediation.disputes.models import CaseNumber, Dispute, NotDuplicate, Participation, Party
from mediation.disputes.numbers import is_filed, number_of
from mediation.disputes.people import (
    AddressData,
    AgentData,
    PartyData,
    add_agent,
    add_party,
    confirm_address,
    edit_agent,
    edit_party,
    end_agent,
    parties,
    party,
)
from mediation.disputes.rules import Closing, Confirming, NumberStatus, Obstacle, PartyRole, Source, Status
from mediation.disputes.taking_part import AT_WORK, end_participation, participate, refuse
from mediation.kernel import audit, clock, dossier, numbering, states
from mediation.kernel.actor import COURT, Actor, Role
from mediation.kernel.db import Base, UtcDateTime, db, reading, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.kernel.i18n import _

__all__ = [
    "AddressData", "AgentData", "PartyData", "add_agent", "add_party", "called", "close", "confirm_address", "create", "edit",
    "edit_agent", "edit_party", "end_agent", "end_participation", "facts", "get", "give_number",
    "hand_in_complaint", "ids", "is_filed", "move", "not_duplicates", "note_confirmation", "number_of", "obstacles", "open_file", "participate", "parties", "party", "sees", "steps_taken", "title",
    "titles", "visible", "void_number", "withdraw", "withdraw_complaint",
]  # fmt: skip


# ---- who sees it -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def visible(actor: Actor) -> sa.ColumnElement[bool]:
    """Which disputes exist for this actor: the court's own for the court, those taken part in for a mediator or an
    organisation, none for the three administrators."""
    own = Dispute.court_id == actor.court_id
    if actor.has(*COURT) or actor.id == 0:
        return own
    ways = []
    if actor.has(Role.MEDIATOR) and actor.mediator_id is not None:
        ways.append(Participation.mediator_id == actor.mediator_id)
    if actor.has(Role.ORGANISATION) and actor.organisation_id is not None:
        ways.append(Participation.organisation_id == actor.organisation_id)
    if not ways:
        return sa.false()
    part = sa.select(Participation.dispute_id).where(Participation.until.is_(None), sa.or_(*ways))
    return sa.and_(own, Dispute.id.in_(part), sa.or_(Dispute.closed_at.is_(None), Dispute.closed_at > _LATELY))


# Asked for when the question is put, so that the question itself can be kept.
_LATELY = sa.bindparam(
    "lately", callable_=lambda: clock.now() - rules.ACCESS_AFTER_CLOSING, type_=UtcDateTime(), unique=True
)


def get(actor: Actor, dispute_id: int) -> Dispute | None:
    """A dispute this actor may know of, with its parties and numbers."""
    kept = dossier.kept(Dispute, dispute_id)
    if kept:  # it was opened for this reader, or the page would not be made
        return kept[0]
    wanted = sa.select(Dispute).where(Dispute.id == dispute_id, visible(actor))
    return db.session.scalar(wanted.options(selectinload(Dispute.parties), selectinload(Dispute.numbers)))


def open_file(actor: Actor, dispute_id: int, models: Iterable[type[Base]]) -> Dispute | None:
    """The same for its page, or that of a record beside it, with all that these tables know of it."""
    if not reading.get() or dossier.kept(Dispute, dispute_id):
        return get(actor, dispute_id)
    dispute: Dispute | None = db.session.scalar(_seen_by(actor), {"dispute": dispute_id})
    if dispute is not None:
        dossier.gather(dispute, models)
    return dispute


@lru_cache(maxsize=1024)
def _seen_by(actor: Actor) -> sa.Select[Any]:
    return sa.select(Dispute).where(Dispute.id == sa.bindparam("dispute"), visible(actor))


def ids(actor: Actor) -> sa.Select[Any]:
    """The ids of all disputes this actor may know of: the scope of documents and other records that hang on them."""
    return sa.select(Dispute.id).where(visible(actor))


def sees(actor: Actor, dispute_id: int) -> bool:
    """Whether this dispute exists for the actor."""
    return db.session.scalar(ids(actor).where(Dispute.id == dispute_id)) is not None


def steps_taken(dispute: Dispute, trail: Sequence[audit.Entry] | None = None) -> list[str]:
    """The acts on the dispute itself, oldest first, from the trail; from all of it, newest first, where it was read."""
    if trail is not None:
        return [event.action.removeprefix("dispute.") for event in reversed(trail) if event.subject_type == "dispute"]
    return [action.removeprefix("dispute.") for action in audit.actions_on("dispute", dispute.id)]


def title(dispute: Dispute) -> str:
    """How the dispute is called: 刘某 诉 汪某."""
    kept = dossier.kept(Party, dispute.id)
    if kept is None:
        return titles([dispute.id]).get(dispute.id, dispute.receipt_no)
    sides = [p for p in sorted(kept, key=lambda p: (p.position, p.id)) if p.role is not PartyRole.THIRD]
    return called((dispute.id, p.role, p.name) for p in sides).get(dispute.id, dispute.receipt_no)


def titles(dispute_ids: Sequence[int]) -> dict[int, str]:
    """How disputes are called, for a whole list at once."""
    return called(db.session.execute(_SIDES, {"ids": dispute_ids}).all())


_party = Party.__table__.c
_SIDES = (
    sa.select(_party.dispute_id, _party.role, _party.name)
    .where(_party.dispute_id.in_(sa.bindparam("ids", expanding=True)), _party.role != PartyRole.THIRD)
    .order_by(_party.position, _party.id)
)


def called(rows: Iterable[Any]) -> dict[int, str]:
    """The same from rows of dispute, role and name, the first of each side first."""
    sides: dict[int, dict[PartyRole, list[str]]] = {}
    for dispute_id, role, name in rows:
        sides.setdefault(dispute_id, {}).setdefault(role, []).append(name)
    versus = _("%(applicant)s v. %(respondent)s")
    return {
        dispute_id: versus
        % {
            "applicant": _side(found.get(PartyRole.APPLICANT, [])),
            "respondent": _side(found.get(PartyRole.RESPONDENT, [])),
        }
        for dispute_id, found in sides.items()
    }


def _side(names: Sequence[str]) -> str:
    if not names:
        return "—"
    return _("%(name)s and others", name=names[0]) if len(names) > 1 else names[0]


# ---- received and corrected --------------------------------------------------------------------------------------


def create(
    actor: Actor,
    *,
    source: Source,
    cause_code: str,
    claims: str,
    facts: str,
    parties: Sequence[PartyData],
    evidence: str = "",
    amount_fen: int | None = None,
    has_complaint: bool = False,
    street_id: int | None = None,
    received_at: datetime | None = None,
    not_the_same_as: Sequence[int] = (),
) -> Dispute:
    """Receive a dispute: receipt number, parties, and with a complaint the seven days of CPL art. 126 (R3-01)."""
    if not rules.may_register(actor):
        raise NotPermitted("create", article="CPL art. 126")
    roles = {p.role for p in parties}
    if not {PartyRole.APPLICANT, PartyRole.RESPONDENT} <= roles:
        raise DomainError(_("A dispute has at least one applicant and one respondent."), article="CPL art. 122")
    at = received_at or clock.now()
    day = clock.local(at).date()
    cause = causes.find(cause_code, day)
    with transaction():
        dispute = Dispute(
            court_id=actor.court_id,
            receipt_no=_receipt_no(actor.court_id, day.year),
            source=source,
            received_at=at,
            received_by_id=actor.id,
            cause_version=cause.version,
            cause_code=cause.code,
            has_complaint=has_complaint,
            complaint_submitted_at=at if has_complaint else None,
            claims=claims,
            facts=facts,
            evidence=evidence,
            street_id=street_id,
        )
        set_committed_value(dispute, "cause", cause)
        _put_amount(dispute, amount_fen)
        audit.record(actor, "create", dispute, receipt_no=dispute.receipt_no, source=source, cause=cause.code)
        people.add_parties(actor, dispute, parties)
        if has_complaint:
            clocks.start(actor, dispute, day)
        if source is Source.HOTLINE:
            hotline.received(actor, dispute, day)
        not_duplicates(actor, dispute, not_the_same_as)
    return dispute


def _receipt_no(court_id: int, year: int) -> str:
    # R5-01: what carries no case number carries form code, year and six digits.
    return f"SJ-{year}-{numbering.take(court_id, 'receipt', year):06d}"


def _put_amount(dispute: Dispute, amount_fen: int | None) -> None:
    if not rules.amount_possible(amount_fen):
        raise DomainError(_("The amount is larger than a case can be."), field="amount")
    dispute.amount_fen = amount_fen


def edit(
    actor: Actor,
    dispute: Dispute,
    *,
    version: int,
    cause_code: str,
    claims: str,
    facts: str,
    evidence: str,
    amount_fen: int | None,
    street_id: int | None,
) -> None:
    """Correct what the dispute is about."""
    if not rules.may_edit(actor, dispute):
        raise NotPermitted("edit", article="CPL art. 126")
    cause = causes.find(cause_code, clock.local(dispute.received_at).date())
    with transaction():
        people.expect(dispute, version)
        before = {"cause": dispute.cause_code, "amount_fen": dispute.amount_fen, "street_id": dispute.street_id}
        with db.session.no_autoflush:
            dispute.cause_version, dispute.cause_code = cause.version, cause.code
            dispute.claims, dispute.facts, dispute.evidence = claims, facts, evidence
            dispute.street_id = street_id
            _put_amount(dispute, amount_fen)
        after = {"cause": cause.code, "amount_fen": amount_fen, "street_id": street_id}
        audit.record(actor, "edit", dispute, before=before, after=after)


def not_duplicates(actor: Actor, dispute: Dispute, others: Sequence[int]) -> None:
    """Remember that these looked alike and were found not to be the same."""
    with transaction():
        for other in sorted(set(others) - {dispute.id}):
            if db.session.scalar(sa.select(Dispute.id).where(Dispute.id == other, visible(actor))) is None:
                continue
            first, second = sorted((dispute.id, other))
            known = sa.select(NotDuplicate.id).where(NotDuplicate.dispute_id == first, NotDuplicate.other_id == second)
            if db.session.scalar(known) is not None:
                continue
            pair = NotDuplicate(court_id=dispute.court_id, dispute_id=first, other_id=second, decided_by_id=actor.id)
            audit.record(actor, "decide", pair, other=second)


# ---- the complaint -----------------------------------------------------------------------------------------------


def hand_in_complaint(actor: Actor, dispute: Dispute, *, at: datetime | None = None) -> None:
    """The applicant hands in the complaint: limitation is interrupted (S9 art. 10), the seven days begin (CPL 126)."""
    if not rules.may_edit(actor, dispute):
        raise NotPermitted("hand_in_complaint", article="CPL art. 126")
    if dispute.has_complaint and dispute.complaint_withdrawn_at is None:
        refuse(Obstacle.COMPLAINT_ALREADY_IN)
    with transaction():
        dispute.has_complaint = True
        dispute.complaint_submitted_at = at or clock.now()
        dispute.complaint_withdrawn_at = None
        audit.record(actor, "hand_in_complaint", dispute, at=dispute.complaint_submitted_at)
        clocks.start(actor, dispute, clock.local(dispute.complaint_submitted_at).date())


def withdraw_complaint(actor: Actor, dispute: Dispute, *, reason: str = "") -> None:
    """The applicant takes the complaint back in writing (R3-09); the day it was in stays on record."""
    if not rules.may_edit(actor, dispute):
        raise NotPermitted("withdraw_complaint", article="CPL art. 13")
    if not facts(dispute).complaint_pending:
        refuse(Obstacle.NO_COMPLAINT)
    with transaction():
        dispute.complaint_withdrawn_at = clock.now()
        audit.record(actor, "withdraw_complaint", dispute, reason=reason, submitted_at=dispute.complaint_submitted_at)
        clocks.stop(actor, dispute, "withdraw_complaint")


# ---- machine D ---------------------------------------------------------------------------------------------------


def facts(dispute: Dispute, closing: Closing | None = None) -> rules.Facts:
    """What the obstacles look at."""
    in_mediation = dispute.status is Status.IN_MEDIATION
    return rules.Facts(
        status=dispute.status,
        route=dispute.route,
        complaint_pending=dispute.has_complaint and dispute.complaint_withdrawn_at is None,
        case_filed=is_filed(dispute),
        mediator_at_work=in_mediation and _at_work(dispute.id),
        closing=closing,
        confirming=dispute.confirming,
    )


def _at_work(dispute_id: int) -> bool:
    return any(p.until is None and p.capacity in AT_WORK for p in dossier.of(Participation, dispute_id))


def obstacles(dispute: Dispute, step: str, closing: Closing | None = None) -> list[Obstacle]:
    """What stands in the way of a step, for the page that offers it."""
    return rules.obstacles(step, facts(dispute, closing))


def move(actor: Actor, dispute: Dispute, step: str, *, on: date | None = None, **told: Any) -> None:
    """Take a step of machine D. `told` goes into the trail: reasons, references, never sentences for people."""
    with transaction():
        states.check(rules.STEPS, step, actor, dispute)
        closing = Closing.WITHDRAWN if step == "withdraw" else told.get("closing")
        for obstacle in obstacles(dispute, step, closing):
            refuse(obstacle)
        with db.session.no_autoflush:
            dispute.route = rules.ROUTE_OF.get(step, dispute.route)
            if states.find(rules.STEPS, step).target is Status.CLOSED:
                dispute.closed_at, dispute.closing = clock.now(), closing
            audit.advance(rules.STEPS, step, actor, dispute, **told)
        clocks.after_step(actor, dispute, step, on or clock.today())


def close(actor: Actor, dispute: Dispute, closing: Closing, **told: Any) -> None:
    """The matter is over: performed, confirmed, settled, or ended in court (R3-13)."""
    move(actor, dispute, "close", closing=closing, **told)


def withdraw(actor: Actor, dispute: Dispute, *, reason: str, recorded: str = "written") -> None:
    """The applicant withdraws before filing (R3-14)."""
    move(actor, dispute, "withdraw", reason=reason, recorded=recorded)


def note_confirmation(actor: Actor, dispute: Dispute, standing: Confirming | None) -> None:
    """Whether the agreement is before the court or confirmed: as long as it is, nobody sues about it (CPL 206)."""
    with transaction():
        dispute.confirming = standing
        audit.record(actor, "note_confirmation", dispute, standing=standing)


# ---- numbers -----------------------------------------------------------------------------------------------------


def give_number(actor: Actor, dispute: Dispute, type_code: rules.TypeCode | str, on: date | None = None) -> CaseNumber:
    """The next number of its type and year, without gaps, in the transaction that needs it (R6-03)."""
    code = rules.TypeCode(type_code)
    with transaction():
        year = (on or clock.today()).year
        court_code, serial, canonical = take_number(dispute.court_id, code, year)
        number = CaseNumber(
            court_id=dispute.court_id,
            dispute_id=dispute.id,
            year=year,
            court_code=court_code,
            type_code=code.value,
            serial=serial,
            canonical=canonical,
        )
        audit.record(actor, "give", number, canonical=number.canonical)
    return number


def take_number(court_id: int, code: rules.TypeCode, year: int) -> tuple[str, int, str]:
    """Court code, serial and the whole number that is next: kept by whoever takes it, in the same transaction (R6-03)."""
    court_code = accounts.court(court_id).code
    serial = numbering.take(court_id, code.value, year)
    return court_code, serial, case_numbers.write(year, court_code, code.value, serial)


def void_number(actor: Actor, number: CaseNumber, *, reason: str) -> None:
    """A registration was cancelled: the number keeps its place and is never used again (R6-03)."""
    if not rules.may_edit(actor, number):
        raise NotPermitted("void_number", article="CPL art. 126")
    with transaction():
        number.status = NumberStatus.VOID
        audit.record(actor, "void", number, canonical=number.canonical, reason=reason)
