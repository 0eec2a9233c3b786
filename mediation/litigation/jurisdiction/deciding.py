"""Jurisdiction as it goes: questioned, ruled on, served, appealed against, in force; meanwhile the trial limit stands still (S2 art. 243)."""

from datetime import date

import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.disputes import services as disputes
from mediation.disputes.models import Party
from mediation.disputes.rules import PartyRole
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.litigation import documents as papers
from mediation.litigation import rules as register
from mediation.litigation.announcement import keeping as announcements
from mediation.litigation.bench.signing import signers
from mediation.litigation.defence import keeping as defences
from mediation.litigation.jurisdiction import keeping, labels, rules
from mediation.litigation.jurisdiction.keeping import refuse
from mediation.litigation.jurisdiction.models import JurisdictionObjection
from mediation.litigation.jurisdiction.rules import (
    STEPS,
    Answer,
    Appeal,
    JurisdictionStatus,
    Obstacle,
    Origin,
    Raising,
)
from mediation.litigation.models import LitigationCase
from mediation.litigation.services.issuing import issue
from mediation.litigation.services.reading import check_bench, check_signers, dispute_of, limit_of
from mediation.litigation.services.serving import serve_document
from mediation.notices import services as notices
from mediation.notices.models import Service
from mediation.notices.rules import ServiceMethod
from mediation.periods import services as periods
from mediation.periods.table import Cause, PeriodKey


def question(
    actor: Actor,
    case: LitigationCase,
    *,
    origin: Origin,
    party_id: int | None,
    raised_on: date,
    reason: str,
    court: str = "",
    mandatory: bool = False,
) -> JurisdictionObjection:
    """A defendant objects in time (CPL art. 130), or the court finds by itself that it has no jurisdiction (S2 art. 35)."""
    allowed = register.may_entrust if origin is Origin.PARTY else register.may_judge
    if not allowed(actor, case):
        raise NotPermitted("question_jurisdiction", article=rules.ARTICLE)
    if origin is Origin.COURT:
        check_bench(case)
    for found in rules.obstacles(_raising(case, origin, party_id, raised_on, reason, mandatory)):
        raise refuse(found)
    with transaction():
        objection = JurisdictionObjection(
            court_id=case.court_id,
            dispute_id=case.dispute_id,
            case_id=case.id,
            case=case,
            origin=origin,
            party_id=party_id if origin is Origin.PARTY else None,
            raised_on=raised_on,
            reason=reason.strip(),
            other_court=court.strip(),
            mandatory=mandatory,
            recorded_by_id=actor.id,
        )
        audit.record(actor, "raise", objection, origin=origin, party=objection.party_id, on=raised_on)
        limit = limit_of(case)
        # S2 art. 243: the time of examining what a party objects to is not counted; what the court asks itself is.
        if origin is Origin.PARTY and limit is not None and not limit.is_suspended:
            periods.suspend(actor, limit, raised_on, Cause.JURISDICTION)
        # S37 art. 55(1): and so does the time for evidence, until the objection is rejected for good.
        evidence = defences.evidence_time(case)
        if origin is Origin.PARTY and evidence is not None and not evidence.is_suspended:
            periods.suspend(actor, evidence, max(raised_on, evidence.start_on), Cause.JURISDICTION)
    return objection


def _raising(
    case: LitigationCase, origin: Origin, party_id: int | None, on: date, reason: str, mandatory: bool
) -> Raising:
    people = {party.id: party for party in disputes.parties(case.dispute_id)}
    party = people.get(party_id or 0)
    known = defences.of_case(case)
    own = next((one for one in known if one.party_id == party_id), None)
    answer = defences.time_to_answer(own) if own is not None else None
    limits = [defences.time_to_answer(one) for one in known]
    return Raising(
        origin,
        is_defendant=party is not None and party.role is PartyRole.RESPONDENT,
        raised_on=on,
        filed_on=case.filed_on,
        today=clock.today(),
        reason=reason,
        is_open=case.status is not register.Status.CLOSED,
        until=answer.final_on if answer is not None else None,
        earlier=[one.status for one in keeping.of_case(case)],
        answered=any(one.received_on is not None for one in known),
        defence_runs=not known or any(one is None or on <= one.final_on for one in limits),
        heard=case.heard_on is not None and case.heard_on <= on,
        mandatory=mandatory and origin is Origin.COURT,
    )


def rule(
    actor: Actor,
    objection: JurisdictionObjection,
    answer: Answer,
    *,
    reasons: str,
    court: str = "",
    fee_fen: int = 0,
    clerk_name: str,
) -> None:
    """The bench rules: to the court that has jurisdiction, or rejected, with its fee; 民事裁定书 (CPL arts 130, 157)."""
    step = "rule_transfer" if answer is Answer.TRANSFER else "reject"
    states.check(STEPS, step, actor, objection)
    check_signers(objection.case, clerk_name)
    for found in rules.ruling_obstacles(objection.origin, answer, reason=reasons, court=court, fee_fen=fee_fen):
        raise refuse(found, "reasons" if found is Obstacle.NO_REASON else "")
    case = objection.case
    with transaction():
        with db.session.no_autoflush:
            objection.ruled_by_id, objection.ruled_on, objection.reasons = actor.id, clock.today(), reasons.strip()
            # S2 art. 276; and what the court transfers by itself is no ruling on an objection (CPL arts 37, 157(2)).
            objection.final = case.procedure is register.Procedure.SMALL or objection.origin is Origin.COURT
            if answer is Answer.TRANSFER:
                objection.other_court = court.strip()
            else:
                objection.fee_fen = fee_fen
            audit.advance(STEPS, step, actor, objection, court=objection.other_court, fee_fen=objection.fee_fen)
        _write(actor, objection, answer, clerk_name)
        if objection.final:
            _settle(actor, objection, rules.outcome(objection.status, None), clock.today())


def _write(actor: Actor, objection: JurisdictionObjection, answer: Answer, clerk_name: str) -> None:
    case = objection.case
    objector = db.session.get(Party, objection.party_id) if objection.party_id else None
    issue(
        actor,
        case,
        kind=keeping.RULING,
        subject=objection,
        title=papers.JURISDICTION_RULING,
        data=papers.jurisdiction_ruling(
            case,
            dispute_of(case),
            disputes.parties(case.dispute_id),
            objector=objector.name if objector is not None else "",
            raised_on=objection.raised_on,
            reason=objection.reason,
            reasons=objection.reasons,
            court=objection.other_court if answer is Answer.TRANSFER else "",
            fee_fen=objection.fee_fen,
            final=objection.final,
            on=clock.today(),
            bench=signers(case),
            clerk=clerk_name,
        ),
    )


def serve(
    actor: Actor,
    objection: JurisdictionObjection,
    party: Party,
    *,
    method: ServiceMethod,
    on: date,
    receiver: str,
    published_on: date | None = None,
) -> Service:
    """The ruling reached one party, whose ten days to appeal begin (CPL art. 171; S2 art. 244)."""
    paper = keeping.ruling(objection)
    if paper is None:
        raise refuse(Obstacle.NOT_SERVED)
    announcements.check(objection.case, paper, party, method)
    with transaction():
        service = serve_document(
            actor, paper, party, method=method, effective_on=on, receiver=receiver, issued_on=objection.ruled_on,
            published_on=published_on, summary=objection.case.procedure in register.SUMMARY,
        )  # fmt: skip
        announcements.reached(actor, objection.case)
        if not objection.final:
            periods.open_deadline(
                actor,
                PeriodKey.RULING_APPEAL,
                subject=service,
                dispute_id=objection.dispute_id,
                start=on,
                note=party.name,
            )
    return service


def appeal(actor: Actor, objection: JurisdictionObjection, *, party_id: int, on: date) -> None:
    """A party appeals within the own ten days; the file goes to the higher court (CPL art. 171)."""
    states.check(STEPS, "appeal", actor, objection)
    service, limit = keeping.served(objection).get(party_id, (None, None))
    asked = Appeal(
        objection.final,
        service.effective_on if service is not None else None,
        limit.final_on if limit is not None else None,
        on,
        clock.today(),
    )
    for found in rules.appeal_obstacles(asked):
        raise refuse(found, "on" if found is Obstacle.NOT_THAT_DAY else "")
    with transaction():
        with db.session.no_autoflush:
            objection.appellant_id, objection.appealed_on = party_id, on
            audit.advance(STEPS, "appeal", actor, objection, party=party_id, on=on)
        keeping.end_clocks(actor, objection, "appeal")


def answered_above(
    actor: Actor,
    objection: JurisdictionObjection,
    answer: Answer,
    *,
    above: str,
    number: str,
    on: date,
    court: str = "",
) -> None:
    """The higher court has ruled; with its ruling the question is settled (CPL art. 182)."""
    step = rules.outcome(JurisdictionStatus.APPEALED, answer)
    states.check((ABOVE,), "record_above", actor, objection)
    if not (above.strip() and number.strip()):
        raise refuse(Obstacle.NO_PAPER)
    if objection.appealed_on is None or not objection.appealed_on <= on <= clock.today():
        raise refuse(Obstacle.NOT_THAT_DAY, "on")
    if answer is Answer.TRANSFER and not (court.strip() or objection.other_court):
        raise refuse(Obstacle.NO_COURT)
    with transaction():
        objection.above, objection.above_number = above.strip(), number.strip()
        if answer is Answer.TRANSFER and court.strip():
            objection.other_court = court.strip()
        _settle(actor, objection, step, on)


ABOVE = states.Step(
    "record_above", {JurisdictionStatus.APPEALED}, JurisdictionStatus.STAYS, register.may_entrust, "R3-46", rules.APPEAL
)


def take_effect(actor: Actor, objection: JurisdictionObjection) -> None:
    """Nobody appealed in time: the ruling is in force since the day after the last of the ten days (CPL art. 171)."""
    step = rules.outcome(objection.status, None)
    states.check(STEPS, step, actor, objection)
    if objection.status is JurisdictionStatus.APPEALED:
        raise refuse(Obstacle.NO_PAPER)
    for found in keeping.ripening(objection, clock.today()):
        raise refuse(found)
    with transaction():
        keeping.end_clocks(actor, objection, "ran_out")
        _settle(actor, objection, step, clock.today())


def ripen(actor: Actor) -> int:
    """The daily run: rulings on jurisdiction that nobody appealed against take effect. How many."""
    wanted = sa.select(JurisdictionObjection).where(
        JurisdictionObjection.court_id == actor.court_id, JurisdictionObjection.status.in_(rules.RULED)
    )
    ripe = [
        one
        for one in db.session.scalars(wanted.order_by(JurisdictionObjection.id))
        if not keeping.ripening(one, clock.today())
    ]
    with transaction():
        for one in ripe:
            take_effect(actor, one)
            _tell(actor, one)
    return len(ripe)


def drop(actor: Actor, objection: JurisdictionObjection) -> None:
    """The party took it back, or the court leaves its own question: the trial goes on."""
    with transaction():
        audit.advance(STEPS, "drop", actor, objection)
        keeping.end_clocks(actor, objection, "drop")
        _resume(actor, objection, clock.today())


def _settle(actor: Actor, objection: JurisdictionObjection, step: str, on: date) -> None:
    with db.session.no_autoflush:
        objection.effective_on = on
        audit.advance(STEPS, step, actor, objection, on=on, court=objection.other_court)
    _resume(actor, objection, on)


def _resume(actor: Actor, objection: JurisdictionObjection, on: date) -> None:
    for limit in (limit_of(objection.case), defences.evidence_time(objection.case)):
        if limit is None or not limit.is_suspended:
            continue
        if any(pause.through is None and pause.cause is Cause.JURISDICTION for pause in limit.pauses):
            periods.resume(actor, limit, on)


def _tell(actor: Actor, objection: JurisdictionObjection) -> None:
    judge = db.session.get(User, objection.judge_id) if objection.judge_id else None
    if judge is None:
        return
    facts = {
        "title": lambda: disputes.titles([objection.dispute_id])[objection.dispute_id],
        "day": objection.effective_on,
    }
    notices.tell_users(
        actor, [judge], "jurisdiction.settled", labels.SETTLED, subject=objection, dispute_id=objection.dispute_id,
        facts=facts,
    )  # fmt: skip
