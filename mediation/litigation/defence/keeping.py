"""How far each defendant has come, what a hearing waits for, and what ends with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mediation.disputes import services as disputes
from mediation.disputes.models import Party
from mediation.disputes.rules import PartyRole
from mediation.documents import services as documents
from mediation.documents.models import Document
from mediation.kernel import clock, dossier
from mediation.kernel.actor import Actor
from mediation.kernel.db import transaction
from mediation.kernel.errors import DomainError, refusal
from mediation.litigation.defence import labels, rules
from mediation.litigation.defence.models import Defence
from mediation.litigation.defence.rules import Obstacle, Side
from mediation.litigation.evidence import keeping as requests
from mediation.litigation.joining import keeping as joining
from mediation.litigation.joining.models import JoinedClaim
from mediation.litigation.models import LitigationCase
from mediation.litigation.rules import SUMMARY
from mediation.notices import services as notices
from mediation.notices.models import Service
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.table import PeriodKey

TYPE, EVIDENCE_NOTICE = Defence.__tablename__, "evidence_notice"


def of_case(case: LitigationCase) -> Sequence[Defence]:
    """Every defendant to whom the plaint copy was sent, in the order of sending."""
    found = dossier.of(Defence, case.dispute_id)
    return sorted((one for one in found if one.case_id == case.id), key=lambda one: one.id)


def get(case: LitigationCase, defence_id: int) -> Defence | None:
    """One defendant's of this case."""
    return next((one for one in of_case(case) if one.id == defence_id), None)


def defendants(case: LitigationCase) -> Sequence[Party]:
    """Who is sued."""
    return [party for party in disputes.parties(case.dispute_id) if party.role is PartyRole.RESPONDENT]


def to_answer(case: LitigationCase) -> Sequence[tuple[JoinedClaim | None, Party]]:
    """Who has to answer what: the defendants the plaint, and others the claims that are tried with it (CPL arts 128, 143)."""
    plaint: list[tuple[JoinedClaim | None, Party]] = [(None, party) for party in defendants(case)]
    return plaint + [(claim, party) for claim in joining.joined(case) for party in joining.answering(claim)]


def copies(case: LitigationCase) -> Sequence[tuple[JoinedClaim | None, Party]]:
    """Of these, to whom the copy has not been sent."""
    sent = {(one.claim_id, one.party_id) for one in of_case(case)}
    return [(claim, to) for claim, to in to_answer(case) if (claim.id if claim else None, to.id) not in sent]


def unsent(case: LitigationCase) -> Sequence[Party]:
    """The parties to whom a copy has not been sent."""
    return list(dict.fromkeys(party for _claim, party in copies(case)))


def time_to_answer(found: Defence) -> Deadline | None:
    """The time to answer, running or over; none before the service."""
    own = [one for one in periods.of_subject(TYPE, found.id) if one.key is PeriodKey.DEFENCE]
    return max(own, key=lambda one: one.id, default=None)


def evidence_of(case: LitigationCase) -> Sequence[Deadline]:
    """The time for evidence that the judge set, as often as it was set."""
    own = periods.of_subject("litigation_case", case.id)
    return [one for one in own if one.key in rules.EVIDENCE_KEYS]


def evidence_time(case: LitigationCase) -> Deadline | None:
    """The time for evidence that runs, or stands still."""
    return next((one for one in evidence_of(case) if one.is_running), None)


@dataclass(frozen=True)
class EvidenceNotice:
    """举证通知书 of a time for evidence, the services of it, and the parties whom it has not reached (S37 art. 50)."""

    paper: Document
    limit: Deadline
    served: Sequence[Service]
    left: Sequence[Party]


def evidence_notice(case: LitigationCase) -> EvidenceNotice | None:
    """That of the latest time for evidence."""
    limit = max(evidence_of(case), key=lambda one: one.id, default=None)
    paper = documents.latest(EVIDENCE_NOTICE, "deadline", limit.id) if limit is not None else None
    if limit is None or paper is None:
        return None
    served = notices.services_of(paper.id)
    reached = {one.party_id for one in served}
    left = [party for party in disputes.parties(case.dispute_id) if party.id not in reached]
    return EvidenceNotice(paper, limit, served, left)


def hearing_obstacles(case: LitigationCase, on: date, *, held: bool) -> list[Obstacle]:
    """What a hearing on this day still waits for."""
    reached = {(one.claim_id, one.party_id): one for one in of_case(case) if one.served_on is not None}
    sides = []
    for claim, party in to_answer(case):
        served = reached.get((claim.id if claim else None, party.id))
        answer = time_to_answer(served) if served is not None else None
        sides.append(Side(served is not None, answer.final_on if answer else None))
    return rules.hearing(case.procedure, on, sides, waived_on=case.waived_on, held=held)


def check_hearing(case: LitigationCase, on: date, *, held: bool, field: str = "") -> None:
    """Refuse a hearing on a day on which the defence may still come."""
    for found in hearing_obstacles(case, on, held=held):
        raise refuse(found, field)


def refuse(obstacle: Obstacle, field: str | None = None) -> DomainError:
    """The refusal with its article and what remains possible."""
    return refusal(obstacle, labels, rules, field=field)


def heard(actor: Actor, case: LitigationCase, on: date) -> None:
    """The hearing took place: nobody waits any longer for an answer or for evidence (CPL art. 128)."""
    for found in of_case(case):
        _cancel(actor, periods.current(TYPE, found.id, PeriodKey.DEFENCE), "heard")
    requests.drop(actor, case)
    for key in rules.EVIDENCE_KEYS:
        periods.meet(actor, case, key, on)


def converted(actor: Actor, case: LitigationCase) -> None:
    """In the ordinary procedure nobody has less than the fifteen days, and evidence its own time (CPL art. 128; S2 art. 99)."""
    if case.procedure in SUMMARY:
        return
    for key in rules.EVIDENCE_KEYS:
        running = periods.current("litigation_case", case.id, key)
        if key is not rules.EVIDENCE[case.procedure] and running is not None:
            requests.drop(actor, case)
            _cancel(actor, running, "change_procedure")
    for found in of_case(case):
        running = periods.current(TYPE, found.id, PeriodKey.DEFENCE)
        if running is not None and running.length < running.rule.length:
            _cancel(actor, running, "change_procedure")
            periods.open_deadline(
                actor, PeriodKey.DEFENCE, subject=found, dispute_id=found.dispute_id, start=running.start_on
            )


# What the law lets a party do or leave: when it is over, the court waits no longer.
PARTIES = (PeriodKey.DEFENCE, PeriodKey.FINE_REVIEW, *rules.EVIDENCE_KEYS)


def run_out(actor: Actor) -> int:
    """The daily run: a time to answer or to bring evidence is over, whether or not anything came (CPL art. 128). How many."""
    waits = requests.waiting_cases(actor.court_id)
    over = [
        one
        for one in periods.overdue_of(actor.court_id, clock.today(), PARTIES)
        if not (one.key in rules.EVIDENCE_KEYS and one.subject_id in waits)
    ]
    with transaction():
        for deadline in over:
            _cancel(actor, deadline, "ran_out")
    return len(over)


def closed(actor: Actor, case: LitigationCase) -> None:
    """The case is over: what was to be sent, answered or passed on no longer matters."""
    requests.drop(actor, case)
    for key in (PeriodKey.SERVE_COMPLAINT, *rules.EVIDENCE_KEYS):
        _cancel(actor, periods.current("litigation_case", case.id, key), "close")
    for found in of_case(case):
        for key in (PeriodKey.DEFENCE, PeriodKey.FORWARD_DEFENCE):
            _cancel(actor, periods.current(TYPE, found.id, key), "close")


def _cancel(actor: Actor, running: Deadline | None, reason: str) -> None:
    if running is not None:
        periods.cancel(actor, running, reason)


def filed(actor: Actor, case: LitigationCase) -> None:
    """Within five days of the filing the plaint copy goes to the defendants (CPL art. 128)."""
    periods.open_deadline(
        actor, PeriodKey.SERVE_COMPLAINT, subject=case, dispute_id=case.dispute_id, start=case.filed_on
    )
