"""What the case register adds to shared pages: places, next steps, panel, meetings, words of the timeline."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flask import url_for

from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.rules import Status as DisputeStatus
from mediation.kernel.actor import COURT, JUDGES, REGISTRY, Actor, Role
from mediation.kernel.db import Base, db
from mediation.kernel.i18n import _l
from mediation.litigation import labels, rules, services
from mediation.litigation.announcement import labels as announcement_labels
from mediation.litigation.announcement.models import Announcement
from mediation.litigation.bench import labels as bench_labels
from mediation.litigation.correcting import deciding as correcting
from mediation.litigation.correcting import labels as correcting_labels
from mediation.litigation.correcting.models import DocumentCorrection
from mediation.litigation.defence import keeping as defences
from mediation.litigation.defence import labels as defence_labels
from mediation.litigation.defence.models import Defence
from mediation.litigation.evidence import labels as evidence_labels
from mediation.litigation.evidence.models import EvidenceExtension, LateEvidence
from mediation.litigation.fines import labels as fine_labels
from mediation.litigation.fines.models import EvidenceFine
from mediation.litigation.joining import labels as joining_labels
from mediation.litigation.joining.models import Joinder, JoinedClaim
from mediation.litigation.jurisdiction import labels as jurisdiction_labels
from mediation.litigation.jurisdiction.models import JurisdictionObjection
from mediation.litigation.limits import asking
from mediation.litigation.limits import labels as limit_labels
from mediation.litigation.limits.models import LimitExtension
from mediation.litigation.limits.rules import RequestStatus, may_decide
from mediation.litigation.models import FeeNotice, LitigationCase
from mediation.litigation.preservation import keeping
from mediation.litigation.preservation import labels as preservation_labels
from mediation.litigation.preservation.models import Preservation
from mediation.litigation.preservation.rules import Status as PreservationStatus
from mediation.litigation.preservation.rules import may_record
from mediation.litigation.procedure import labels as procedure_labels
from mediation.litigation.procedure.models import ProcedureObjection
from mediation.litigation.recusal import keeping as recusals
from mediation.litigation.recusal import labels as recusal_labels
from mediation.litigation.recusal.models import BenchRecusal
from mediation.litigation.relief import deciding as restoring
from mediation.litigation.relief import labels as relief_labels
from mediation.litigation.relief.models import TimeRelief
from mediation.litigation.relief.rules import may_record as may_restore
from mediation.litigation.rules import Obstacle, Status
from mediation.periods.labels import PERIOD_KEY
from mediation.web.registry import NavItem, NextStep, Offer, Panel, Registry

PLACES = REGISTRY | {Role.FAST_TRACK_JUDGE, Role.GUIDING_JUDGE}
# What a case waits for -> the place on its page, and the words of the button.
NEXT = {
    "demand_fee": ("fee", labels.STEP["demand_fee"]),
    "pay": ("fee", _l("Record the payment of the fee")),
    "demand_supplement": ("fee", _l("Demand the fee supplement")),
    "to_fast_track": ("track", labels.STEP["to_fast_track"]),
    "set_hearing": ("hearing", _l("Fix the hearing")),
    "hear": ("hearing", _l("Record the hearing")),
    "close": ("closing", _l("Close the case")),
}


# What hangs on a filed case and is read on its page.
ON_THE_CASE: tuple[type[Base], ...] = (
    ProcedureObjection, Defence, JurisdictionObjection, EvidenceExtension, LateEvidence, Announcement, Joinder, JoinedClaim,
    EvidenceFine,
)  # fmt: skip


def contribute(registry: Registry) -> None:
    registry.nav += [
        NavItem(_l("Cases filed"), "litigation.work", PLACES, icon="scales", rank=30),
        NavItem(_l("Court fees"), "litigation.fees", PLACES, icon="money", rank=32, seldom=True),
        NavItem(
            _l("Trial limits to extend"),
            "litigation.more_time",
            frozenset({Role.PRESIDENT}),
            icon="clock",
            rank=84,
            count=asking.count_waiting,
        ),
        NavItem(
            _l("Recusal: judges and clerks"),
            "litigation.recusals",
            JUDGES | REGISTRY | {Role.PRESIDENT},
            icon="gavel",
            rank=83,
            seldom=True,
            count=recusals.count_waiting,
        ),
        NavItem(_l("Yearly wage"), "litigation.wages", frozenset({Role.PRESIDENT}), icon="money", rank=86, seldom=True),
    ]
    registry.homes.append((Role.FAST_TRACK_JUDGE, "litigation.work"))
    registry.offers.append(offers)
    registry.dossier |= {DocumentCorrection, LitigationCase, FeeNotice, Preservation, BenchRecusal, *ON_THE_CASE}

    registry.panels.append(panels)
    registry.meetings.append(meetings)
    registry.events.update(labels.EVENTS | limit_labels.EVENTS | procedure_labels.EVENTS | preservation_labels.EVENTS)
    registry.events.update(jurisdiction_labels.EVENTS)
    registry.events.update(bench_labels.EVENTS)
    registry.events.update(defence_labels.EVENTS | evidence_labels.EVENTS | announcement_labels.EVENTS)
    registry.events.update(recusal_labels.EVENTS | relief_labels.EVENTS | joining_labels.EVENTS | fine_labels.EVENTS)
    registry.events.update(correcting_labels.EVENTS)
    registry.sealed |= preservation_labels.SEALED
    registry.subjects.update({model.__tablename__: _beside(model) for model in ON_THE_CASE})
    registry.subjects["limit_extension"] = _request_address
    registry.subjects["time_relief"] = _relief_address
    registry.subjects["document_correction"] = _correction_address
    registry.subjects["bench_recusal"] = _recusal_address
    registry.subjects["preservation"] = _preservation_address
    registry.subjects["litigation_case"] = _address
    registry.next_steps[DisputeStatus.FILED.value] = NextStep(
        _l("Go to the case"), "litigation.of_dispute", REGISTRY | JUDGES
    )


def _address(actor: Actor, case_id: int) -> str | None:
    found = services.get(actor, case_id) if actor.has(*COURT) else None
    return _url(found) if found is not None else None


def _beside(model: Any) -> Callable[[Actor, int], str | None]:
    """Where a record is read that the page of its case shows."""

    def address(actor: Actor, record_id: int) -> str | None:
        found = db.session.get(model, record_id) if actor.has(*COURT) else None
        return _address(actor, found.case_id) if found is not None else None

    return address


def _request_address(actor: Actor, request_id: int) -> str | None:
    """The application's page, for the president while it waits; else the page of its case."""
    asked = db.session.get(LimitExtension, request_id) if actor.has(*COURT) else None
    if asked is None:
        return None
    if asked.status is RequestStatus.ASKED and may_decide(actor, asked):
        return url_for("litigation.decide_more_time", request_id=asked.id)
    return _address(actor, asked.case_id)


def _relief_address(actor: Actor, relief_id: int) -> str | None:
    found = db.session.get(TimeRelief, relief_id) if actor.has(*COURT) else None
    return url_for("litigation.time_relief", dispute_id=found.dispute_id) if found is not None else None


def _correction_address(actor: Actor, correction_id: int) -> str | None:
    found = db.session.get(DocumentCorrection, correction_id) if actor.has(*COURT) else None
    return url_for("litigation.correct_document", dispute_id=found.dispute_id) if found is not None else None


def _recusal_address(actor: Actor, recusal_id: int) -> str | None:
    found = recusals.get(actor, recusal_id)
    return url_for("litigation.recusal", recusal_id=found.id) if found is not None else None


def _preservation_address(actor: Actor, preservation_id: int) -> str | None:
    found = keeping.get(actor, preservation_id)
    return url_for("litigation.preservation", preservation_id=found.id) if found is not None else None


def _url(case: LitigationCase, anchor: str | None = None) -> str:
    return url_for("litigation.case", case_id=case.id, _anchor=anchor)


def offers(actor: Actor, dispute: Dispute) -> Iterable[Offer]:
    """The one thing the filed case waits for, and the way to its page."""
    if may_record(actor, dispute) and dispute.status is not DisputeStatus.CLOSED:
        address = url_for("litigation.apply_preservation", dispute_id=dispute.id)
        yield Offer(_l("Record an application for preservation"), address, article="CPL arts 103, 104", rank=80)
    if actor.has(*COURT):
        address = url_for("litigation.bring_up_recusal", dispute_id=dispute.id)
        yield Offer(_l("Bring up the recusal of a judge or clerk"), address, article="CPL arts 47, 48", rank=82)
    if may_restore(actor, dispute) and restoring.missed(dispute.id):
        address = url_for("litigation.time_relief", dispute_id=dispute.id)
        yield Offer(_l("Restore a missed time"), address, article="CPL art. 86", rank=83)
    address = url_for("litigation.correct_document", dispute_id=dispute.id)
    if correcting.papers(actor, dispute.id):
        yield Offer(_l("Correct a paper of the court"), address, article="CPL art. 157; S2 art. 245", rank=84)
    if actor.has(*REGISTRY) and any(correcting.unserved(one) for one in correcting.corrected(dispute.id)):
        yield Offer(_l("Serve the correcting ruling"), address, article="CPL art. 87", rank=30)
    case = services.of_dispute(dispute.id) if actor.has(*COURT) else None
    if case is None:
        return
    if case.status is not Status.CLOSED and actor.has(*PLACES):
        yield from _next(case)
        if defences.unsent(case):
            yield Offer(
                _l("Send the plaint copy to the defendants"), _url(case, "defence"), article="CPL art. 128", rank=18
            )
    yield Offer(_l("Go to the case"), _url(case), rank=19)


def _next(case: LitigationCase) -> Iterator[Offer]:
    anchor, words = NEXT.get(services.next_step(case), ("", ""))
    if not anchor:
        return
    facts = services.situation(case)
    late = case.status is Status.FEE_NOTICE and not facts.fee_settled
    against = [] if not late else services.obstacles(case, rules.closing_step(rules.Manner.DEEMED_WITHDRAWN))
    yield Offer(words, _url(case, anchor), primary=True, rank=18)
    if late and Obstacle.RELIEF_OPEN in against:
        yield Offer(_l("Decide on relief from the fee"), _url(case, "fee"), rank=18)


def panels(actor: Actor, dispute: Dispute) -> Iterable[Panel]:
    """Where the case stands after filing, and what is preserved."""
    yield from _preserved(actor, dispute)
    recused = recusals.of_dispute(dispute.id) if actor.has(*COURT) else ()
    if recused:
        context: dict[str, Any] = {"found": recused, "names": recusals.names(recused), "labels": recusal_labels}
        yield Panel(_l("Recusal"), "litigation/_panel_recusal.html", context, side="aside", rank=21)
    case = services.of_dispute(dispute.id)
    if case is None:
        return
    context = {
        "case": case,
        "number": services.number_of(case),
        "url": _url(case) if actor.has(*COURT) else "",
        "limit": services.limit_of(case),
        "hearing": services.hearing_of(case),
        "notice": services.notice_of(case),
        "labels": labels,
    }
    yield Panel(_l("The case after filing"), "litigation/_panel.html", context, side="aside", rank=38)


def _preserved(actor: Actor, dispute: Dispute) -> Iterator[Panel]:
    """The court sees all of it; others what has been taken, for then the other side knows (CPL art. 106)."""
    court = actor.has(*COURT)
    shown = [one for one in keeping.of_dispute(dispute.id) if court or one.taken_on is not None]
    if shown:
        clocks = {one.id: [d for d in keeping.clocks(one) if d.is_running] for one in shown}
        context: dict[str, Any] = {
            "found": [(one, clocks[one.id]) for one in shown],
            "to_sue": {
                one.id
                for one in shown
                if one.status is PreservationStatus.TAKEN and any(d.key is keeping.SUE_BY for d in clocks[one.id])
            },
            "linked": court,
            "may_file": rules.may_file(actor, dispute.court_id),
            "period_words": PERIOD_KEY,
            "labels": preservation_labels,
        }
        yield Panel(_l("Preservation"), "litigation/_panel_preservation.html", context, side="aside", rank=20)


def meetings(actor: Actor, query: str) -> Iterable[Offer]:
    """Hearings that a free time on the board could be for."""
    if not actor.has(*PLACES):
        return
    waiting = services.without_hearing(actor)
    titles = disputes.titles([line.case.dispute_id for line in waiting])
    for line in waiting:
        url = url_for("litigation.hearing", case_id=line.case.id) + (f"?{query}" if query else "")
        name = f"{line.number}　{titles.get(line.case.dispute_id, '')}"
        yield Offer(name, url, rank=60, dispute_id=line.case.dispute_id)
