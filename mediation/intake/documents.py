"""What the papers of intake say: the snapshot each prints, taken when it is asked for."""

from typing import Any

from mediation.accounts import services as accounts
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute, Party
from mediation.disputes.rules import PartyKind, PartyRole, Route
from mediation.documents import services as documents
from mediation.documents.models import Document
from mediation.intake import facts
from mediation.intake.models import Consent, Correction, Guidance
from mediation.intake.rules import Answer, Manner
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey
from mediation.periods.telling import derivation
from mediation.roster import services as roster

# Court documents are Chinese; these are the words they print.
ROLE = {PartyRole.APPLICANT: "申请人", PartyRole.RESPONDENT: "被申请人", PartyRole.THIRD: "第三人"}
MANNER = {Manner.SIGNED: "书面", Manner.ORAL: "口头（记入笔录）", Manner.ONLINE: "在线", Manner.POSTED: "邮寄"}
TITLE = {"guidance": "诉讼风险告知书及调解引导书", "consent": "调解意愿确认书", "refusal": "不同意调解确认书"}
CORRECTION = "补正通知书"


def _common(dispute: Dispute) -> dict[str, Any]:
    court = accounts.court(dispute.court_id)
    return {
        "court": court.name,
        "centre": court.centre_name,
        "receipt_no": dispute.receipt_no,
        "cause": dispute.cause.name,
        "received_on": facts.received_on(dispute).isoformat(),
        "parties": [[ROLE[party.role], party.name] for party in disputes.parties(dispute.id)],
    }


def _party(party: Party) -> dict[str, Any]:
    return {
        "role": ROLE[party.role],
        "name": party.name,
        "is_person": party.kind is PartyKind.NATURAL,
        "representative": party.representative,
        "phone": party.phone,
        "domicile": party.domicile,
    }


def guidance_data(dispute: Dispute, party: Party, guidance: Guidance) -> dict[str, Any]:
    """诉讼风险告知书及调解引导书: options, risks, the free choice, the day the complaint came in (DOMAIN 5.4-2)."""
    enabled = facts.routes_enabled(dispute.court_id, facts.received_on(dispute))
    deadline = periods.current("dispute", dispute.id, PeriodKey.FILING_DECISION)
    submitted = dispute.complaint_submitted_at if facts.complaint_pending(dispute) else None
    return _common(dispute) | {
        "party": _party(party),
        "delegation": Route.A in enabled,
        "entrustment": Route.B in enabled,
        "outside": Route.C in enabled,
        "submitted_on": clock.local(submitted).date().isoformat() if submitted else "",
        "decide_by": deadline.final_on.isoformat() if deadline else "",
        "decide_by_why": derivation(deadline),
        "given_on": clock.local(guidance.given_at).date().isoformat(),
    }


def request_guidance(actor: Actor, dispute: Dispute, party: Party, guidance: Guidance) -> Document:
    """The notice a party is handed and signs for."""
    return _request(actor, "guidance", dispute, party, guidance, guidance_data(dispute, party, guidance))


def consent_data(dispute: Dispute, party: Party, consent: Consent | None) -> dict[str, Any]:
    """调解意愿确认书: blank to be signed, or as it was answered (DOMAIN 5.4-3)."""
    enabled = facts.routes_enabled(dispute.court_id, facts.received_on(dispute))
    data = _common(dispute) | {
        "party": _party(party),
        "delegation": Route.A in enabled,
        "entrustment": Route.B in enabled,
        "outside": Route.C in enabled and party.role is PartyRole.APPLICANT,
        "answered": consent is not None,
        "chosen": [],
        "mediator": "",
        "manner": "",
        "minutes": "",
        "answered_on": "",
    }
    return data if consent is None else data | _answer(dispute, consent)


def _answer(dispute: Dispute, consent: Consent) -> dict[str, Any]:
    chosen = {
        "agrees": consent.answer is Answer.AGREES,
        "court": consent.answer is Answer.AGREES and not consent.chooses_outside,
        "outside": consent.chooses_outside,
        "electronic": consent.accepts_electronic_service,
        "recording": consent.accepts_recording,
        "designated": consent.preferred_mediator_id is None,
        "online": consent.manner is Manner.ONLINE,
    }
    return {
        "chosen": [name for name, taken in chosen.items() if taken],
        "mediator": _mediator_name(dispute, consent),
        "manner": MANNER[consent.manner],
        "minutes": consent.minutes,
        "answered_on": consent.answered_on.isoformat(),
    }


def _mediator_name(dispute: Dispute, consent: Consent) -> str:
    if consent.preferred_mediator_id is None:
        return ""
    return roster.name_of(dispute.court_id, consent.preferred_mediator_id)


def request_consent_form(actor: Actor, dispute: Dispute, party: Party) -> Document:
    """The form, blank, to be printed and signed."""
    return _request(actor, "consent", dispute, party, party, consent_data(dispute, party, None))


def request_consent(actor: Actor, dispute: Dispute, party: Party, consent: Consent) -> Document:
    """The answered form: the next version of the blank one."""
    return _request(actor, "consent", dispute, party, party, consent_data(dispute, party, consent))


def request_refusal(actor: Actor, dispute: Dispute, party: Party, consent: Consent) -> Document:
    """不同意调解确认书 (S27 art. 4)."""
    deadline = periods.current("dispute", dispute.id, PeriodKey.FILING_DECISION)
    data = _common(dispute) | {
        "party": _party(party),
        "manner": MANNER[consent.manner],
        "minutes": consent.minutes,
        "answered_on": consent.answered_on.isoformat(),
        "decide_by": deadline.final_on.isoformat() if deadline else "",
        "decide_by_why": derivation(deadline),
    }
    return _request(actor, "refusal", dispute, party, party, data)


def request_correction(actor: Actor, dispute: Dispute, correction: Correction) -> Document:
    """补正通知书: everything missing, once (S2 art. 126)."""
    applicants = [p.name for p in disputes.parties(dispute.id) if p.role is PartyRole.APPLICANT]
    data = _common(dispute) | {
        "applicants": applicants,
        "missing": [line.strip() for line in correction.missing.splitlines() if line.strip()],
        "asked_on": correction.asked_on.isoformat(),
        "contact": accounts.court(dispute.court_id).phone,
    }
    return documents.request(
        actor,
        kind="correction",
        subject=correction,
        dispute_id=dispute.id,
        title=CORRECTION,
        data=data,
        number=dispute.receipt_no,
        sealed=True,
    )


def _request(actor: Actor, kind: str, dispute: Dispute, party: Party, subject: Any, data: dict[str, Any]) -> Document:
    return documents.request(
        actor,
        kind=kind,
        subject=subject,
        dispute_id=dispute.id,
        title=TITLE[kind],
        data=data,
        number=dispute.receipt_no,
        party=party.name,
    )
