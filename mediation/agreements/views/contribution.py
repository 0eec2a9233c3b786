"""What the stage of agreements adds to the dispute's page: next steps, panels, words of the timeline."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from flask import url_for

from mediation.agreements import labels, ledger, rules
from mediation.agreements.models import (
    Agreement,
    Attendance,
    Clause,
    Instalment,
    MediationSession,
    Performance,
    Signature,
    TransferPacket,
)
from mediation.agreements.rules import AgreementStatus, SessionStatus
from mediation.agreements.services import drafting, failure, performance, sessions, taking_over
from mediation.agreements.services.sources import Source, clauses, settled
from mediation.agreements.turns.labels import EVENTS as TURN_EVENTS
from mediation.agreements.views.shared import ledger_url
from mediation.assignment import services as assignments
from mediation.assignment.models import Assignment
from mediation.assignment.rules import Status as AssignmentStatus
from mediation.assignment.together import present as together
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.rules import Status as DisputeStatus
from mediation.kernel import clock
from mediation.kernel.actor import REGISTRY, Actor, Role
from mediation.kernel.i18n import _l
from mediation.litigation import services as litigation
from mediation.litigation.rules import Manner
from mediation.scheduling import services as scheduling
from mediation.web.registry import Offer, Panel, Registry


def contribute(registry: Registry) -> None:
    registry.offers.append(offers)
    registry.dossier |= {
        MediationSession,
        Attendance,
        Agreement,
        Clause,
        Instalment,
        Signature,
        Performance,
        TransferPacket,
    }
    registry.panels.append(panels)
    registry.after_choice.append(_to_take_over)
    registry.another_mediator.append(_taking_over)
    registry.meetings.append(meetings)
    registry.events.update(labels.EVENTS | TURN_EVENTS)
    # Whether a private talk took place is nobody's business but its author's (R2-29).
    registry.quiet.add("caucus_note.write")
    registry.subjects["agreement"] = lambda actor, i: _url(
        "agreements.agreement", drafting.get(actor, i), "agreement_id"
    )
    registry.subjects["mediation_session"] = lambda actor, i: _url(
        "agreements.session", sessions.get(actor, i), "session_id"
    )


def _taking_over(actor: Actor, dispute_ids: Collection[int]) -> dict[int, Offer]:
    """Sessions fixed with a former mediator that somebody else could take over now."""
    found = taking_over.left_over(dispute_ids)
    may = {a.dispute_id for a in assignments.open_ones(found) if rules.may_arrange(actor, a)}
    return {i: _take_over(session) for i, session in found.items() if i in may}


def _take_over(session: MediationSession) -> Offer:
    label = _l("Session fixed with the former mediator: keep or move it")
    return Offer(label, url_for("agreements.take_over", session_id=session.id), primary=True, rank=3)


def _to_take_over(actor: Actor, dispute_id: int) -> str | None:
    offer = _taking_over(actor, [dispute_id]).get(dispute_id)
    return offer.url if offer else None


def _url(endpoint: str, found: Agreement | MediationSession | None, name: str) -> str | None:
    values: dict[str, Any] = {name: found.id if found is not None else 0}
    return url_for(endpoint, **values) if found is not None else None


def _last(dispute_id: int) -> Assignment | None:
    return next(iter(assignments.of_dispute(dispute_id)), None)


def offers(actor: Actor, dispute: Dispute) -> Iterable[Offer]:
    """The next steps around sessions and agreements."""
    assignment = assignments.open_of(dispute.id)
    planned = [s for s in sessions.of_dispute(dispute.id) if s.status is SessionStatus.PLANNED]
    if assignment is not None and planned:
        yield from _taking_over(actor, [dispute.id]).values()
    if assignment is not None and rules.may_conduct(actor, assignment):
        yield from _while_open(actor, dispute, assignment)
    elif assignment is not None and rules.may_arrange(actor, assignment):
        yield from _time_and_room(dispute, assignment)
    made = drafting.effective_of(dispute.id)
    if made is not None and dispute.status is DisputeStatus.AGREED and rules.may_record_performance(actor, made):
        yield from _after_agreement(made)
    yield from _packet(actor, dispute)


def meetings(actor: Actor, query: str) -> Iterable[Offer]:
    """Mediation sessions that a free time on the board could be for."""
    if not actor.has(Role.MEDIATOR, Role.ORGANISATION, *REGISTRY):
        return
    waiting = [
        *((s.dispute_id, url_for("agreements.place", session_id=s.id)) for s in sessions.without_room(actor)),
        *(
            (a.dispute_id, url_for("agreements.plan", assignment_id=a.id)) for a in sessions.without_session(actor)
        ),
    ]  # fmt: skip
    ids = [dispute_id for dispute_id, _url_ in waiting]
    titles, numbers = disputes.titles(ids), scheduling.numbers(ids)
    for dispute_id, url in waiting:
        name = f"{numbers.get(dispute_id, '')}　{titles.get(dispute_id, '')}"
        yield Offer(name, url + (f"?{query}" if query else ""), rank=50, dispute_id=dispute_id)


AGAIN = _l("Without a room: book the session again")


def _current(held: Iterable[MediationSession], assignment: Assignment) -> MediationSession | None:
    under_way = {SessionStatus.PLANNED, SessionStatus.OPEN}
    return next((s for s in held if s.assignment_id == assignment.id and s.status in under_way), None)


def _first_session(assignment: Assignment, *, primary: bool) -> Offer:
    running = assignment.status in sessions.RUNNING
    return Offer(
        _l("Book a session"), url_for("agreements.plan", assignment_id=assignment.id), enabled=running,
        reason="" if running else labels.NOT_RUNNING, article="S4 art. 14", primary=primary, rank=30,
    )  # fmt: skip


def _time_and_room(dispute: Dispute, assignment: Assignment) -> Iterator[Offer]:
    """For the registry: a session that needs its time and room."""
    held = sessions.of_dispute(dispute.id)
    current = _current(held, assignment)
    if current is None and not any(s.status is SessionStatus.ENDED for s in held):
        yield _first_session(assignment, primary=False)
    elif current is not None and sessions.is_without_room(current, sessions.booking_of(current)):
        yield Offer(AGAIN, url_for("agreements.place", session_id=current.id), primary=True, rank=30)


def _while_open(actor: Actor, dispute: Dispute, assignment: Assignment) -> Iterator[Offer]:
    running = assignment.status in sessions.RUNNING
    reason = "" if running else labels.NOT_RUNNING
    here: dict[str, Any] = {"assignment_id": assignment.id}
    held = sessions.of_dispute(dispute.id)
    current = _current(held, assignment)
    if current is not None:
        label = _l("Go to the session") if current.status is SessionStatus.OPEN else _l("Begin the session")
        if sessions.is_without_room(current, sessions.booking_of(current)):
            label = AGAIN
        yield Offer(label, url_for("agreements.session", session_id=current.id), primary=True, rank=30)
    elif not any(s.status is SessionStatus.ENDED for s in held):
        yield _first_session(assignment, primary=True)
    yield from _agreement_offers(dispute, assignment, running=running, reason=reason, held=bool(held))
    url = url_for("agreements.report_failure", **here)
    yield Offer(_l("No agreement: report"), url, enabled=running, reason=reason, article="S4 art. 26", rank=60)


def _agreement_offers(
    dispute: Dispute, assignment: Assignment, *, running: bool, reason: str, held: bool
) -> Iterator[Offer]:
    draft = next(
        (a for a in drafting.of_dispute(dispute.id) if a.status in {AgreementStatus.DRAFT, AgreementStatus.SIGNING}),
        None,
    )
    if draft is not None:
        label = _l("Record the signatures") if draft.status is AgreementStatus.SIGNING else _l("Finish the agreement")
        yield Offer(label, url_for("agreements.agreement", agreement_id=draft.id), primary=True, rank=31)
        return
    open_now = running and assignment.status is AssignmentStatus.IN_SESSION
    yield Offer(
        _l("Draft the agreement"),
        url_for("agreements.new_agreement", assignment_id=assignment.id),
        enabled=open_now,
        reason="" if open_now else reason or labels.SESSION_FIRST,
        article="S4 art. 24",
        primary=held,
        rank=32,
    )


def _after_agreement(made: Agreement) -> Iterator[Offer]:
    done = performance.is_performed(made)
    url = url_for("agreements.agreement", agreement_id=made.id)
    if not done:
        yield Offer(_l("Record a performance"), url, article="S3 art. 31", rank=55)
        return
    closing = url_for("agreements.close_performed", agreement_id=made.id)
    yield Offer(_l("Close: performed"), closing, method="post", article="S5 art. 20", rank=56)


def _packet(actor: Actor, dispute: Dispute) -> Iterator[Offer]:
    ended = _last(dispute.id)
    packet = failure.packet_of(ended.id) if ended is not None else None
    if packet is None or packet.received_at is not None or not actor.has(Role.CLERK, Role.TRIAGE):
        return
    url = url_for("agreements.receive_packet", assignment_id=packet.assignment_id)
    yield Offer(_l("Receive the material"), url, method="post", article="S5 art. 21", rank=20)


def _ledger(made: Sequence[Agreement]) -> Iterator[Panel]:
    """How far the agreement in effect has been performed (S3 art. 31)."""
    effective = next((a for a in made if a.status is AgreementStatus.EFFECTIVE), None)
    if effective is not None:
        yield _ledger_of(effective)


def _court_ledger(actor: Actor, dispute: Dispute) -> Iterator[Panel]:
    """How far the court's own document has been performed, where it says more than an agreement that has its own ledger."""
    case = litigation.of_dispute(dispute.id)
    if case is None or case.manner is not Manner.MEDIATION_DOCUMENT:
        return
    source = settled(case) if rules.may_read_settlement(actor, dispute.court_id) else None
    if source is not None and clauses(source):
        yield _ledger_of(source)


def _ledger_of(source: Source) -> Panel:
    today, dues = clock.today(), performance.dues(source)
    ahead = [due for due in dues if not due.done and due.due_on is not None and due.due_on >= today]
    context = {
        "url": ledger_url(source),
        "total": ledger.total(dues, today),
        "next": min(ahead, key=lambda due: due.due_on or today, default=None),
        "labels": labels,
    }
    return Panel(_l("Performance"), "agreements/_panel_ledger.html", context, side="aside", rank=36)


def panels(actor: Actor, dispute: Dispute) -> Iterable[Panel]:
    """Sessions and agreements, as far as this reader may see them."""
    yield from _court_ledger(actor, dispute)
    assignment = _last(dispute.id)
    if assignment is None:
        return
    held = sessions.of_dispute(dispute.id)
    if held:
        booked = [(s, sessions.booking_of(s)) for s in held]
        rows = [(s, booking, sessions.is_without_room(s, booking)) for s, booking in booked]
        may_open = rules.may_read_mediation(actor, assignment, together.mediator_ids(assignment))
        yield Panel(
            _l("Sessions"),
            "agreements/_panel_sessions.html",
            {"rows": rows, "may_open": may_open, "labels": labels},
            side="aside",
            rank=30,
        )
    made = drafting.of_dispute(dispute.id)
    if made and rules.may_read_agreement(actor, assignment, together.mediator_ids(assignment)):
        yield Panel(
            _l("Agreement"),
            "agreements/_panel_agreements.html",
            {"rows": made, "labels": labels, "Status": AgreementStatus},
            side="aside",
            rank=35,
        )
        yield from _ledger(made)
    packet = failure.packet_of(assignment.id)
    if packet is not None and actor.has(Role.CLERK, Role.TRIAGE, Role.FAST_TRACK_JUDGE, Role.GUIDING_JUDGE):
        yield Panel(
            _l("Material handed over"), "agreements/_panel_packet.html", {"packet": packet}, side="aside", rank=36
        )
