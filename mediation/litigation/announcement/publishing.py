"""An announcement published, its thirty days over, or called off because the party was found (CPL art. 95)."""

from datetime import date

from mediation.disputes import services as disputes
from mediation.documents import services as documents
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.litigation import documents as papers
from mediation.litigation import rules as register
from mediation.litigation.announcement import keeping, rules
from mediation.litigation.announcement.keeping import Target, refuse
from mediation.litigation.announcement.models import Announcement
from mediation.litigation.announcement.rules import STEPS, Matter, Medium, Need, Obstacle, Publishing
from mediation.litigation.defence import serving
from mediation.litigation.defence.models import Defence
from mediation.litigation.jurisdiction import deciding
from mediation.litigation.jurisdiction.models import JurisdictionObjection
from mediation.litigation.models import LitigationCase
from mediation.litigation.services.reading import dispute_of, limit_of, number_of
from mediation.notices.models import Service
from mediation.notices.rules import ServiceMethod
from mediation.periods import services as periods
from mediation.periods.table import Cause, PeriodKey

PAPER = "service_announcement"
RECEIVER = "公告送达"


def publish(
    actor: Actor,
    case: LitigationCase,
    *,
    target: str,
    need: Need,
    course: str,
    points: str,
    medium: Medium,
    published_on: date,
    outlet: str = "",
    pictures: bool = False,
) -> Announcement:
    """The paper was made public for a party whom nothing else reaches; its thirty days run, the trial limit stands still."""
    if not register.may_entrust(actor, case):
        raise NotPermitted("announce_service", article=rules.ARTICLE)
    found = next((one for one in keeping.targets(case) if one.key == target), None)
    again = found is not None and any(
        (one.document_id, one.party_id) == (found.paper.id, found.party.id) for one in keeping.running(case)
    )
    asked = Publishing(
        is_open=case.status is not register.Status.CLOSED,
        summary=case.procedure in register.SUMMARY,
        reached=found is None,
        pending=again,
        issued_on=found.issued_on if found is not None else case.filed_on,
        published_on=published_on,
        today=clock.today(),
        medium=medium,
        course=course,
        points=points,
        outlet=outlet,
        pictures=pictures,
    )
    for obstacle in rules.publishing(asked):
        raise refuse(obstacle)
    if found is None:  # said above; here for the reader, and for mypy
        raise refuse(Obstacle.REACHED)
    with transaction():
        made = Announcement(
            court_id=case.court_id, dispute_id=case.dispute_id, case_id=case.id, case=case, party_id=found.party.id,
            document_id=found.paper.id, matter=found.matter, need=need, course=course.strip(), points=points.strip(),
            medium=medium, outlet=outlet.strip(), pictures=pictures, published_on=published_on,
            recorded_by_id=actor.id,
        )  # fmt: skip
        audit.record(actor, "publish", made, party=made.party_id, matter=made.matter, medium=medium, on=published_on)
        periods.open_deadline(
            actor, PeriodKey.ANNOUNCEMENT_SERVICE, subject=made, dispute_id=case.dispute_id, start=published_on,
            note=found.party.name,
        )  # fmt: skip
        limit = limit_of(case)
        if limit is not None and not limit.is_suspended:
            periods.suspend(actor, limit, max(published_on, limit.start_on), Cause.ANNOUNCEMENT)
        _write(actor, made, found)
    return made


def _write(actor: Actor, made: Announcement, found: Target) -> None:
    limit = keeping.clock_of(made)
    documents.request(
        actor,
        kind=PAPER,
        subject=made,
        dispute_id=made.dispute_id,
        title=papers.ANNOUNCEMENT,
        number=number_of(made.case),
        sealed=True,
        party=found.party.name,
        data=papers.announcement(
            made.case, dispute_of(made.case), disputes.parties(made.dispute_id), party=found.party,
            paper=found.paper.title, matter=made.matter.value, need=made.need.value, points=made.points,
            published_on=made.published_on, until=limit.final_on if limit is not None else made.published_on,
            final=isinstance(found.of, JurisdictionObjection) and found.of.final,
        ),
    )  # fmt: skip


def complete(actor: Actor, made: Announcement) -> Service:
    """The thirty days have passed: the paper counts as served on their last day, and what runs from its service begins."""
    states.check(STEPS, "complete", actor, made)
    found, limit = keeping.target_of(made), keeping.clock_of(made)
    if found is None or limit is None:
        raise refuse(Obstacle.REACHED)
    against = rules.completing(
        limit.final_on,
        clock.today(),
        is_open=made.case.status is not register.Status.CLOSED,
        summary=made.case.procedure in register.SUMMARY,
    )
    for obstacle in against:
        raise refuse(obstacle)
    on = limit.final_on
    with transaction():
        with db.session.no_autoflush:
            made.effective_on = on
            audit.advance(STEPS, "complete", actor, made, party=made.party_id, on=on)
        periods.meet(actor, made, PeriodKey.ANNOUNCEMENT_SERVICE, on)
        served = _serve(actor, made, found, on)
        keeping.trial_goes_on(actor, made.case, on)
    return served


def _serve(actor: Actor, made: Announcement, found: Target, on: date) -> Service:
    if isinstance(found.of, Defence):
        return serving.serve(
            actor, found.of, method=ServiceMethod.ANNOUNCEMENT, on=on, receiver=RECEIVER, published_on=made.published_on
        )
    return deciding.serve(
        actor, found.of, found.party, method=ServiceMethod.ANNOUNCEMENT, on=on, receiver=RECEIVER,
        published_on=made.published_on,
    )  # fmt: skip


def call_off(actor: Actor, made: Announcement) -> None:
    """The party was found, or another way of service turned out to be open."""
    states.check(STEPS, "call_off", actor, made)
    with transaction():
        keeping.end(actor, made, "found")


def default_points(case: LitigationCase, matter: Matter) -> str:
    """What a plaint copy's announcement says of the claim, to be shortened by hand (S2 art. 139)."""
    return dispute_of(case).claims if matter is Matter.PLAINT else ""
