"""Somebody joins a filed case: by the court's own notice or on an application, which the judge examines (S2 arts 73, 74, 81)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mediation.disputes import people
from mediation.disputes import services as disputes
from mediation.disputes.models import Party
from mediation.disputes.rules import PartyKind
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import transaction
from mediation.kernel.errors import NotPermitted
from mediation.litigation import rules as register
from mediation.litigation import telling
from mediation.litigation import trial_papers as papers
from mediation.litigation.bench.signing import signers
from mediation.litigation.joining import rules
from mediation.litigation.joining.effects import evidence_anew, evidence_due, refuse, reopen, send_again
from mediation.litigation.joining.models import Joinder
from mediation.litigation.joining.rules import Joining, Origin, Place
from mediation.litigation.models import LitigationCase
from mediation.litigation.procedure.changing import to_summary
from mediation.litigation.rules import Procedure
from mediation.litigation.services.issuing import issue
from mediation.litigation.services.reading import check_signers, dispute_of

JOINED, REFUSED, NOTICE, RULING = "party_joined", "joinder_refused", "joinder_notice", "joinder_ruling"


@dataclass(frozen=True)
class Newcomer:
    """Who is to join, as far as it is known."""

    place: Place
    name: str
    kind: PartyKind = PartyKind.NATURAL
    id_no: str = ""
    phone: str = ""
    domicile: str = ""
    representative: str = ""


def decide(
    actor: Actor,
    case: LitigationCase,
    who: Newcomer,
    *,
    origin: Origin,
    on: date,
    granted: bool,
    reason: str,
    applicant_id: int | None = None,
    days: int | None = None,
    not_small: bool = False,
    clerk_name: str = "",
) -> Joinder:
    """Let in, the newcomer gets a notice in writing and the others are told; rejected, a ruling says why (S2 arts 73, 74)."""
    if not register.may_try(actor, case):
        raise NotPermitted("join_party", article=rules.JOINING)
    applicant = disputes.party(case.dispute_id, applicant_id) if applicant_id else None
    facts = Joining(
        case.status is not register.Status.CLOSED, who.place, origin, on, clock.today(), case.filed_on,
        granted=granted, name=who.name, applicant=applicant is not None, reason=reason, evidence=evidence_due(case), days=days,
    )  # fmt: skip
    for found in rules.joining(facts):
        raise refuse(found)
    if not granted:
        check_signers(case, clerk_name)
    with transaction():
        before = disputes.parties(case.dispute_id)
        party = _enter(actor, case, who) if granted else None
        joinder = Joinder(
            court_id=case.court_id, dispute_id=case.dispute_id, case_id=case.id, place=who.place, origin=origin,
            applicant_id=applicant.id if applicant is not None and origin is Origin.PARTY else None, name=who.name.strip(),
            asked_on=on, granted=granted, reason=reason.strip(), party_id=party.id if party else None,
            decided_on=clock.today(), decided_by_id=actor.id,
        )  # fmt: skip
        verb = "grant" if granted else "refuse"
        audit.record(actor, verb, joinder, place=who.place, origin=origin, party=joinder.party_id, on=on)
        if party is not None:
            _joined(actor, case, joinder, party, before, reason=reason, days=days, not_small=not_small)
        else:
            _rejected(actor, case, joinder, before, clerk_name)
            if applicant is not None:
                telling.party(actor, case, applicant, REFUSED, subject=joinder, reason=reason.strip())
    return joinder


def _rejected(actor: Actor, case: LitigationCase, joinder: Joinder, parties: Sequence[Party], clerk_name: str) -> None:
    """民事裁定书: an application that is not well founded is rejected (S2 art. 73)."""
    issue(
        actor,
        case,
        kind=RULING,
        subject=joinder,
        title=papers.RULING,
        data=papers.joinder_ruling(
            case, dispute_of(case), parties, joinder=joinder, bench=signers(case), clerk=clerk_name
        ),
    )


def _enter(actor: Actor, case: LitigationCase, who: Newcomer) -> Party:
    data = people.PartyData(
        role=rules.ROLE[who.place], name=who.name.strip(), kind=who.kind, id_no=who.id_no, phone=who.phone,
        domicile=who.domicile, representative=who.representative,
    )  # fmt: skip
    return people.join_by_decision(actor, dispute_of(case), data)


def _joined(
    actor: Actor,
    case: LitigationCase,
    joinder: Joinder,
    party: Party,
    before: Sequence[Party],
    *,
    reason: str,
    days: int | None,
    not_small: bool,
) -> None:
    """What changes for everybody: nobody has waived the newcomer's times, and what was heard without it is heard again."""
    reopen(actor, case, "joined", party=party.id)
    if not_small and case.procedure is Procedure.SMALL:
        to_summary(actor, case, reason=reason)
    for other in before:
        telling.party(actor, case, other, JOINED, subject=joinder)
    send_again(actor, case)
    issue(
        actor,
        case,
        kind=NOTICE,
        subject=joinder,
        title=papers.JOINDER_NOTICE,
        party=party.name,
        data=papers.joinder_notice(case, dispute_of(case), before, joinder=joinder, party=party, bench=signers(case)),
    )
    if days and evidence_due(case):
        evidence_anew(actor, case, days=days, newcomer=True)
