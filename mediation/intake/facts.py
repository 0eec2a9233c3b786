"""What intake knows of a dispute: the regime of the day, the screening, the notices handed over, the latest answers."""

from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from mediation.disputes import services as disputes
from mediation.disputes.models import Agent, Dispute, Party
from mediation.disputes.rules import AgentKind, Route
from mediation.intake import rules, screening
from mediation.intake.models import Consent, Correction, Guidance, RegimeRule, Screening
from mediation.intake.rules import Given, Obstacle, RouteFacts
from mediation.intake.screening import DisputeFacts, PartyFacts
from mediation.intake.suitability import Exclusion
from mediation.kernel import clock, dossier
from mediation.kernel.db import db

# Assignments belong to a later stage; that an earlier mediation failed is read from their table by name.
_ASSIGNMENT = sa.table(
    "assignment", sa.column("dispute_id"), sa.column("kind"), sa.column("status"), sa.column("issued_on"),
    sa.column("accepted_on"), sa.column("ended_on"),
)  # fmt: skip
FAILED = ("failed", "refused")


def regime(court_id: int) -> Sequence[RegimeRule]:
    """The court's regime table, all of it."""
    kept = [rule for rule in dossier.mentioned(RegimeRule) if rule.court_id == court_id]
    if kept:
        return sorted(kept, key=lambda rule: (rule.route, rule.valid_from, rule.id))
    rows = sa.select(RegimeRule).where(RegimeRule.court_id == court_id)
    return db.session.scalars(rows.order_by(RegimeRule.route, RegimeRule.valid_from, RegimeRule.id)).all()


def routes_enabled(court_id: int, on: date) -> frozenset[Route]:
    """The routes the court's regime opens to what is received on that day (R0-02)."""
    return rules.enabled_on(regime(court_id), on)


def received_on(dispute: Dispute) -> date:
    """The day of receipt at the court."""
    return clock.local(dispute.received_at).date()


def complaint_pending(dispute: Dispute) -> bool:
    """A complaint was handed in and has not been taken back."""
    return dispute.has_complaint and dispute.complaint_withdrawn_at is None


def correction_of(dispute_id: int) -> Correction | None:
    """The one notice of what is missing."""
    return next(iter(dossier.of(Correction, dispute_id)), None)


def screening_of(dispute_id: int) -> Screening | None:
    """The screening that counts: the latest."""
    return next(reversed(dossier.of(Screening, dispute_id)), None)


def guidances(dispute_id: int) -> Mapping[int, Guidance]:
    """The notices handed over, by party."""
    return {found.party_id: found for found in dossier.of(Guidance, dispute_id)}


def consents(dispute_id: int) -> Mapping[int, Consent]:
    """The latest answer of each party who was asked."""
    return {found.party_id: found for found in dossier.of(Consent, dispute_id)}


def answers(dispute: Dispute) -> tuple[Given, ...]:
    """What each party has answered so far, for the rules."""
    latest = consents(dispute.id)
    return tuple(_given(party, latest.get(party.id)) for party in disputes.parties(dispute.id))


def _given(party: Party, latest: Consent | None) -> Given:
    if latest is None:
        return Given(party.role)
    return Given(party.role, latest.answer, latest.manner, latest.chooses_outside)


def all_agree(dispute_id: int) -> bool:
    """Every party's latest answer is yes."""
    latest = consents(dispute_id)
    asked = [_given(party, latest.get(party.id)) for party in disputes.parties(dispute_id)]
    return rules.all_agree(asked)


def codes_of(found: Screening) -> list[Exclusion]:
    """The exclusions of a screening that was recorded."""
    return [Exclusion(finding["code"]) for finding in found.findings]


def route_facts(dispute: Dispute) -> RouteFacts:
    """Everything the choice of the route looks at, as it stands now."""
    latest = screening_of(dispute.id)
    given = answers(dispute)
    return RouteFacts(
        enabled=routes_enabled(dispute.court_id, received_on(dispute)),
        result=latest.result if latest else None,
        outside_only=screening.outside_only(codes_of(latest)) if latest else False,
        guided=len(guidances(dispute.id)) >= len(given),
        complaint_pending=complaint_pending(dispute),
        answers=given,
        status=dispute.status,
    )


def route_obstacles(dispute: Dispute, route: Route) -> list[Obstacle]:
    """Why the dispute may not take this route now; nothing means that it is open."""
    return rules.obstacles(route, route_facts(dispute))


def screening_facts(dispute: Dispute, *, arbitration_done: bool = False) -> DisputeFacts:
    """What screening reads of a dispute."""
    everyone = disputes.parties(dispute.id)
    guarded = _with_guardian(dispute.id)
    return DisputeFacts(
        cause_code=dispute.cause_code,
        cause_version=dispute.cause_version,
        cause_name=dispute.cause.name,
        on=received_on(dispute),
        parties=tuple(
            PartyFacts(
                role=party.role,
                kind=party.kind,
                id_type=party.id_type,
                birth_date=party.birth_date,
                has_statutory_agent=party.id in guarded,
                phone_key=party.phone_key,
                domicile=party.domicile,
            )
            for party in everyone
        ),
        failed_on=failed_on(dispute, [party.id_key for party in everyone if party.id_key]),
        arbitration_done=arbitration_done,
    )


def _with_guardian(dispute_id: int) -> frozenset[int]:
    return frozenset(a.party_id for a in dossier.of(Agent, dispute_id) if a.kind is AgentKind.STATUTORY)


def failed_on(dispute: Dispute, keys: Sequence[str]) -> date | None:
    """The day on which a mediation between the same persons last failed, in this dispute or an earlier one."""
    same = sa.select(Party.dispute_id).where(Party.court_id == dispute.court_id, Party.id_key.in_(keys))
    same = same.group_by(Party.dispute_id).having(sa.func.count(sa.distinct(Party.id_key)) >= 2)  # noqa: PLR2004 both sides
    of = _ASSIGNMENT.c
    concerned = sa.or_(of.dispute_id == dispute.id, of.dispute_id.in_(same))
    ended = sa.select(sa.type_coerce(sa.func.max(of.ended_on), sa.Date)).where(concerned, of.status.in_(FAILED))
    return db.session.scalar(ended)


def referred_on(dispute_id: int) -> date | None:
    """The day on which the committee was asked (route C): interrupts limitation (S9 art. 12)."""
    kept = dossier.kept_in("assignment", dispute_id)
    if kept is not None:
        return min((a.accepted_on or a.issued_on for a in kept if a.kind == "referred"), default=None)
    of = _ASSIGNMENT.c
    asked = sa.func.min(sa.func.coalesce(of.accepted_on, of.issued_on))
    return db.session.scalar(
        sa.select(sa.type_coerce(asked, sa.Date)).where(of.dispute_id == dispute_id, of.kind == "referred")
    )


def limitation(dispute: Dispute) -> list[tuple[rules.Interruption, date]]:
    """What interrupted limitation, with the day (R3-61); a complaint taken back later still did."""
    submitted = dispute.complaint_submitted_at
    day = clock.local(submitted).date() if submitted else None
    return rules.interruptions(day, referred_on(dispute.id))
