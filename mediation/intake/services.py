"""From the counter to the chosen route: correct, screen, return, guide, ask, choose, file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute, Party
from mediation.disputes.rules import Status
from mediation.documents.models import Document
from mediation.intake import choice_periods, labels, rules, screening
from mediation.intake import documents as papers
from mediation.intake.facts import (
    all_agree,
    answers,
    complaint_pending,
    consents,
    correction_of,
    guidances,
    limitation,
    regime,
    route_facts,
    route_obstacles,
    routes_enabled,
    screening_facts,
    screening_of,
)
from mediation.intake.models import Consent, Correction, Guidance, RegimeRule, Screening
from mediation.intake.rules import Advice, Answer, Manner, Obstacle, ScreeningResult
from mediation.intake.screening import Flag, Screened
from mediation.intake.suitability import Exclusion, confirmable
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import transaction
from mediation.kernel.errors import DomainError, NotPermitted, refusal
from mediation.litigation import services as litigation
from mediation.litigation.models import LitigationCase
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey

__all__ = [
    "ConsentData", "all_agree", "answers", "ask_correction", "assess", "complaint_pending", "confirmable", "consents",
    "correction_of", "file_now", "guidances", "guide", "install_regime", "limitation", "receive_correction",
    "record_consent", "record_consents", "regime", "return_", "route_facts", "route_obstacles", "routes_enabled",
    "screen", "screening_of", "withdraw_consent",
]  # fmt: skip


def refuse(obstacle: Obstacle, *, field: str = "") -> NoReturn:
    """The law forbids it now: say why, under which article, and what remains possible."""
    raise refusal(obstacle, labels, rules, field=field)


def _permit(actor: Actor, dispute: Dispute, step: str) -> None:
    if not rules.may_work(actor, dispute):
        raise NotPermitted(step, article="CPL art. 126")


def install_regime(actor: Actor, preset: str) -> Sequence[RegimeRule]:
    """Put one of the presets into the court's regime table: named at installation, never assumed (R0-02)."""
    with transaction():
        rows = [
            RegimeRule(court_id=actor.court_id, route=one.route, valid_from=one.valid_from, valid_to=one.valid_to)
            for one in rules.REGIMES[preset]
        ]
        for row in rows:
            audit.record(actor, "create", row, preset=preset, route=row.route)
    return rows


# ---- correction (R3-02) -------------------------------------------------------------------------------------------


def ask_correction(actor: Actor, dispute: Dispute, *, missing: str, on: date | None = None) -> Correction:
    """Tell once, in writing, everything that is missing; the seven days begin when it has come (S2 art. 126)."""
    _permit(actor, dispute, "ask_correction")
    if correction_of(dispute.id) is not None:
        refuse(Obstacle.CORRECTED_ONCE)
    day = on or clock.today()
    with transaction():
        disputes.move(actor, dispute, "ask_correction")
        correction = Correction(court_id=dispute.court_id, dispute_id=dispute.id, missing=missing, asked_on=day)
        audit.record(actor, "ask", correction, on=day)
        deadline = periods.current("dispute", dispute.id, PeriodKey.FILING_DECISION)
        if deadline is not None:
            periods.cancel(actor, deadline, "correction_asked")
        papers.request_correction(actor, dispute, correction)
    return correction


def receive_correction(actor: Actor, dispute: Dispute, *, on: date | None = None) -> Correction:
    """What was missing has come: the period runs from the day after (S2 art. 126)."""
    _permit(actor, dispute, "receive_correction")
    found = correction_of(dispute.id)
    if found is None or found.corrected_on is not None:
        refuse(Obstacle.NO_OPEN_CORRECTION)
    day = on or clock.today()
    if day < found.asked_on:
        raise DomainError(labels.CORRECTED_BEFORE_ASKED, article="S2 art. 126", field="corrected_on")
    with transaction():
        found.corrected_on = day
        audit.record(actor, "receive", found, on=day)
        if complaint_pending(dispute) and dispute.status in rules.BEFORE_ROUTE:
            key = PeriodKey.FILING_DECISION
            if periods.current("dispute", dispute.id, key) is None:
                periods.open_deadline(actor, key, subject=dispute, dispute_id=dispute.id, start=day)
    return found


# ---- screening (R3-03, R3-04) --------------------------------------------------------------------------------------


def assess(
    dispute: Dispute,
    *,
    exclusions: Collection[Exclusion] = (),
    flags: Collection[Flag] = (),
    arbitration_done: bool = False,
) -> Screened:
    """What the facts say together with what a person saw; writes nothing."""
    facts = screening_facts(dispute, arbitration_done=arbitration_done)
    return screening.screen(facts, exclusions=exclusions, flags=flags)


def screen(
    actor: Actor,
    dispute: Dispute,
    *,
    exclusions: Collection[Exclusion] = (),
    flags: Collection[Flag] = (),
    arbitration_done: bool = False,
    result: ScreeningResult | None = None,
    reason: str = "",
) -> Screening:
    """Record the screening. A result other than the rules' own is the triage officer's, with a reason (A2)."""
    _permit(actor, dispute, "screen")
    found = assess(dispute, exclusions=exclusions, flags=flags, arbitration_done=arbitration_done)
    decided = result or found.result
    overridden = decided is not found.result
    if overridden and not rules.may_override(actor, dispute):
        raise NotPermitted("override", article="S15")
    if overridden and not reason.strip():
        refuse(Obstacle.REASON_MISSING, field="reason")
    if dispute.status is not Status.RECEIVED and not rules.may_override(actor, dispute):
        raise NotPermitted("override", article="S15")
    if dispute.status not in rules.BEFORE_ROUTE:
        refuse(Obstacle.OVER)
    with transaction():
        row = Screening(
            court_id=dispute.court_id,
            dispute_id=dispute.id,
            result=decided,
            findings=[{"code": finding.code.value, "basis": finding.basis.value} for finding in found.findings],
            flags=[flag.value for flag in found.flags],
            reason=reason.strip(),
            decided_by_id=actor.id,
        )
        facts = {"result": decided, "by_rules": found.result, "overridden": overridden, "reason": reason.strip()}
        audit.record(actor, "record", row, findings=row.findings, flags=row.flags, **facts)
        if dispute.status is Status.RECEIVED:
            disputes.move(actor, dispute, "screen", result=decided)
    return row


def return_(
    actor: Actor, dispute: Dispute, *, advice: Advice, note: str = "", complaint_taken_back: bool = False
) -> None:
    """Send the applicant to the right door, with advice; a pending complaint is never returned unasked (CPL art. 126)."""
    _permit(actor, dispute, "return_")
    latest = screening_of(dispute.id)
    if latest is None or latest.result not in {ScreeningResult.OUT_OF_SCOPE, ScreeningResult.WRONG_COURT}:
        refuse(Obstacle.NO_FINDING)
    if complaint_pending(dispute) and not complaint_taken_back:
        refuse(Obstacle.COMPLAINT_PENDING, field="complaint_taken_back")
    with transaction():
        if complaint_pending(dispute):
            disputes.withdraw_complaint(actor, dispute, reason="returned")
        disputes.move(actor, dispute, "return_", advice=advice, article=rules.ADVICE_ARTICLE[advice], note=note)


# ---- guidance (R3-05) ----------------------------------------------------------------------------------------------


def guide(actor: Actor, dispute: Dispute, *, manner: Manner = Manner.SIGNED) -> Sequence[Guidance]:
    """Hand every party the risk notice and guidance, and the form on which to answer."""
    _permit(actor, dispute, "guide")
    latest = screening_of(dispute.id)
    if latest is None:
        refuse(Obstacle.NOT_SCREENED)
    elif latest.result is not ScreeningResult.SUITABLE:
        refuse(Obstacle.UNSUITABLE)
    had = guidances(dispute.id)
    with transaction():
        disputes.move(actor, dispute, "guide")
        given = [_hand_over(actor, party, manner) for party in disputes.parties(dispute.id) if party.id not in had]
        for guidance, party in given:
            papers.request_guidance(actor, dispute, party, guidance)
            papers.request_consent_form(actor, dispute, party)
    return [guidance for guidance, _party in given]


def _hand_over(actor: Actor, party: Party, manner: Manner) -> tuple[Guidance, Party]:
    guidance = Guidance(court_id=party.court_id, dispute_id=party.dispute_id, party_id=party.id, manner=manner)
    audit.record(actor, "hand_over", guidance, party=party.id, manner=manner)
    return guidance, party


# ---- consent (R3-06 … R3-09) ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ConsentData:
    """A party's answer as it was given."""

    party_id: int
    answer: Answer
    manner: Manner = Manner.SIGNED
    minutes: str = ""
    chooses_outside: bool = False
    preferred_mediator_id: int | None = None
    accepts_electronic_service: bool = False
    accepts_recording: bool = False
    answered_on: date | None = None


def record_consents(actor: Actor, dispute: Dispute, given: Sequence[ConsentData]) -> list[Consent]:
    """Record what the parties answered; the latest answer of each counts."""
    if not rules.may_record_consent(actor, dispute):
        raise NotPermitted("record_consent", article="S4 art. 11")
    for obstacle in rules.asking_obstacles(dispute.status):
        refuse(obstacle)
    with transaction():
        if dispute.status is Status.GUIDED:
            disputes.move(actor, dispute, "ask_consent")
        recorded = [_record(actor, dispute, one) for one in given]
        if dispute.status is not Status.IN_MEDIATION:
            roles = {party.id: party.role for party in disputes.parties(dispute.id)}
            choice_periods.follow(actor, dispute, consents(dispute.id), roles)
        return recorded


def record_consent(actor: Actor, dispute: Dispute, given: ConsentData) -> Consent:
    """Record one party's answer."""
    return record_consents(actor, dispute, [given])[0]


def _record(actor: Actor, dispute: Dispute, given: ConsentData) -> Consent:
    party = disputes.party(dispute.id, given.party_id)
    if party is None:
        raise DomainError(labels.NOT_A_PARTY, article="S4 art. 11")
    if given.manner is Manner.ORAL and not given.minutes.strip():
        refuse(Obstacle.MINUTES_MISSING)
    before = consents(dispute.id).get(party.id)
    consent = Consent(
        court_id=dispute.court_id,
        dispute_id=dispute.id,
        party_id=party.id,
        answer=given.answer,
        manner=given.manner,
        minutes=given.minutes.strip(),
        chooses_outside=given.chooses_outside,
        preferred_mediator_id=given.preferred_mediator_id,
        accepts_electronic_service=given.accepts_electronic_service,
        accepts_recording=given.accepts_recording,
        answered_on=given.answered_on or clock.today(),
        recorded_by_id=actor.id,
    )
    facts = {"party": party.id, "answer": given.answer, "manner": given.manner, "on": consent.answered_on}
    audit.record(actor, "record", consent, before=before.answer if before else None, **facts)
    _paper(actor, dispute, party, consent)
    return consent


def _paper(actor: Actor, dispute: Dispute, party: Party, consent: Consent) -> Document | None:
    if consent.answer is Answer.SILENT:
        return None
    if consent.answer is Answer.REFUSES:
        return papers.request_refusal(actor, dispute, party, consent)
    return papers.request_consent(actor, dispute, party, consent)


def withdraw_consent(
    actor: Actor, dispute: Dispute, party_id: int, *, manner: Manner = Manner.SIGNED, minutes: str = ""
) -> Consent:
    """A party no longer wants to mediate: its refusal counts from now on, and the filing period runs on (R3-08)."""
    latest = consents(dispute.id).get(party_id)
    if latest is None or latest.answer is not Answer.AGREES:
        refuse(Obstacle.NO_AGREEMENT_TO_WITHDRAW)
    with transaction():
        withdrawn = record_consent(
            actor, dispute, ConsentData(party_id, Answer.REFUSES, manner=manner, minutes=minutes)
        )
        deadline = periods.current("dispute", dispute.id, PeriodKey.FILING_DECISION)
        if deadline is not None and deadline.is_suspended:
            periods.resume(actor, deadline, clock.today())
    return withdrawn


# ---- filing (R3-07, R3-12) -----------------------------------------------------------------------------------------


def file_now(actor: Actor, dispute: Dispute, *, hand_in: bool = False) -> LitigationCase:
    """Register the case. With `hand_in` the applicant hands in the complaint, or states it orally, at this moment."""
    _permit(actor, dispute, "file")
    for obstacle in rules.filing_obstacles(dispute.status, dispute.confirming):
        refuse(obstacle)
    if not complaint_pending(dispute) and not hand_in:
        refuse(Obstacle.NO_COMPLAINT, field="hand_in")
    with transaction():
        if not complaint_pending(dispute):
            disputes.hand_in_complaint(actor, dispute)
        return litigation.file_case(actor, dispute)
