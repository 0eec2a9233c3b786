"""The plaint copy sent and served, the answer received and passed on, and the times that both sides or the judge decide on."""

from datetime import date

from mediation.disputes import services as disputes
from mediation.disputes.models import Party
from mediation.documents import services as documents
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.litigation import documents as papers
from mediation.litigation import rules as register
from mediation.litigation.announcement import keeping as announcements
from mediation.litigation.defence import keeping, rules
from mediation.litigation.defence.keeping import refuse
from mediation.litigation.defence.models import Defence
from mediation.litigation.defence.rules import STEPS, Obstacle
from mediation.litigation.joining.models import JoinedClaim
from mediation.litigation.models import LitigationCase
from mediation.litigation.services.issuing import issue
from mediation.litigation.services.reading import dispute_of, judge_of
from mediation.litigation.services.serving import serve_document
from mediation.notices.models import Service
from mediation.notices.rules import ServiceMethod
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey

NOTICE = "notice_to_respond"
WITH_PLAINT, WITH_CLAIM = "同时送达起诉状副本。", "同时送达反诉状（第三人诉讼请求）副本。"


def send(actor: Actor, case: LitigationCase, *, on: date) -> list[Defence]:
    """The plaint copy and the notice to respond leave the court for every defendant who has none yet (CPL arts 128, 129)."""
    if not register.may_entrust(actor, case):
        raise NotPermitted("send_plaint", article="CPL art. 128")
    to = keeping.copies(case)
    against = [Obstacle.CLOSED] if case.status is register.Status.CLOSED else []
    against += [] if to else [Obstacle.ALL_SENT]
    for found in against + rules.between(case.filed_on, on, clock.today()):
        raise refuse(found)
    with transaction():
        sent = [_send(actor, case, claim, party, on) for claim, party in to]
        periods.meet(actor, case, PeriodKey.SERVE_COMPLAINT, on)
    return sent


def _send(actor: Actor, case: LitigationCase, claim: JoinedClaim | None, party: Party, on: date) -> Defence:
    dispute = dispute_of(case)
    found = Defence(
        court_id=case.court_id,
        dispute_id=case.dispute_id,
        case_id=case.id,
        case=case,
        party_id=party.id,
        claim_id=claim.id if claim else None,
        sent_on=on,
        recorded_by_id=actor.id,
    )
    audit.record(actor, "send", found, party=party.id, claim=found.claim_id, on=on)
    issue(
        actor,
        case,
        kind=NOTICE,
        subject=found,
        title=papers.NOTICE_TO_RESPOND,
        party=party.name,
        data=papers.notice_to_respond(
            case, dispute, disputes.parties(dispute.id), party=party, sent_on=on, judge=judge_of(case), claim=claim
        ),
    )
    return found


def serve(
    actor: Actor,
    found: Defence,
    *,
    method: ServiceMethod,
    on: date,
    receiver: str,
    days: int | None = None,
    published_on: date | None = None,
    note: str = "",
) -> Service:
    """The plaint copy reached the defendant on this proved day; from it the time to answer runs (CPL art. 128).

    With the defendant's consent it is shorter in the summary and the small claims procedure (S2 arts 266, 275).
    """
    states.check(STEPS, "serve", actor, found)
    case, party = found.case, disputes.party(found.dispute_id, found.party_id)
    _check(found, found.sent_on, on)
    for against in rules.shortening(case.procedure, days):
        raise refuse(against)
    document = documents.latest(NOTICE, keeping.TYPE, found.id)
    if document is None or party is None:
        raise refuse(Obstacle.NOT_SERVED)
    announcements.check(case, document, party, method)
    with transaction():
        served = serve_document(
            actor, document, party, method=method, effective_on=on, receiver=receiver, issued_on=found.sent_on,
            note=(WITH_CLAIM if found.claim_id else WITH_PLAINT) + note.strip(), published_on=published_on, summary=case.procedure in register.SUMMARY,
        )  # fmt: skip
        with db.session.no_autoflush:
            found.served_on = on
            audit.advance(STEPS, "serve", actor, found, party=found.party_id, on=on, method=method, days=days)
        announcements.reached(actor, case)
        periods.open_deadline(
            actor, PeriodKey.DEFENCE, subject=found, dispute_id=found.dispute_id, start=on, length=days
        )
    return served


def receive(actor: Actor, found: Defence, *, on: date) -> None:
    """被告提交答辩状; within five days its copy goes to the plaintiff (CPL art. 128)."""
    states.check(STEPS, "receive", actor, found)
    _check(found, found.served_on or found.sent_on, on)
    with transaction():
        with db.session.no_autoflush:
            found.received_on = on
            audit.advance(STEPS, "receive", actor, found, party=found.party_id, on=on)
        periods.meet(actor, found, PeriodKey.DEFENCE, on)
        periods.open_deadline(actor, PeriodKey.FORWARD_DEFENCE, subject=found, dispute_id=found.dispute_id, start=on)


def pass_on(actor: Actor, found: Defence, *, on: date) -> None:
    """The copy of the statement of defence was sent to the plaintiff."""
    states.check(STEPS, "pass_on", actor, found)
    _check(found, found.received_on or found.sent_on, on)
    with transaction():
        with db.session.no_autoflush:
            found.passed_on = on
            audit.advance(STEPS, "pass_on", actor, found, party=found.party_id, on=on)
        periods.meet(actor, found, PeriodKey.FORWARD_DEFENCE, on)


def _check(found: Defence, first: date, on: date) -> None:
    """Nothing more in a closed case, and no day that cannot be right."""
    if found.case.status is register.Status.CLOSED:
        raise refuse(Obstacle.CLOSED)
    for against in rules.between(first, on, clock.today()):
        raise refuse(against)


def waive(actor: Actor, case: LitigationCase, *, on: date) -> None:
    """Both sides declare that they need no time for evidence or defence: the case may be heard at once (S2 arts 266, 275)."""
    if not register.may_entrust(actor, case):
        raise NotPermitted("waive_periods", article="S2 arts 266, 275")
    is_open = case.status is not register.Status.CLOSED
    for against in rules.waiving(case.procedure, is_open=is_open) + rules.between(case.filed_on, on, clock.today()):
        raise refuse(against)
    with transaction():
        case.waived_on = on
        audit.record(actor, "waive_periods", case, on=on)
