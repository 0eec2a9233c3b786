"""What is announced in a case, what still could be, and announcements that no longer matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mediation.disputes import services as disputes
from mediation.disputes.models import Party
from mediation.documents import services as documents
from mediation.documents.models import Document
from mediation.kernel import audit, clock, dossier
from mediation.kernel.actor import Actor
from mediation.kernel.errors import DomainError, refusal
from mediation.litigation.announcement import labels, rules
from mediation.litigation.announcement.models import Announcement
from mediation.litigation.announcement.rules import STEPS, AnnouncementStatus, Matter, Obstacle
from mediation.litigation.defence import keeping as defences
from mediation.litigation.defence.models import Defence
from mediation.litigation.jurisdiction import keeping as jurisdiction
from mediation.litigation.jurisdiction.models import JurisdictionObjection
from mediation.litigation.models import LitigationCase
from mediation.litigation.rules import SUMMARY
from mediation.litigation.services.reading import limit_of
from mediation.notices.rules import ServiceMethod
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.table import Cause, PeriodKey

TYPE = Announcement.__tablename__
NOTICE = "notice_to_respond"


@dataclass(frozen=True)
class Target:
    """A paper that has not reached a party."""

    matter: Matter
    paper: Document
    party: Party
    issued_on: date
    of: Defence | JurisdictionObjection

    @property
    def key(self) -> str:
        """Its place in a form."""
        return f"{self.paper.id}-{self.party.id}"


def of_case(case: LitigationCase) -> Sequence[Announcement]:
    """Every announcement of a case, first to last."""
    found = dossier.of(Announcement, case.dispute_id)
    return sorted((one for one in found if one.case_id == case.id), key=lambda one: one.id)


def get(case: LitigationCase, announcement_id: int) -> Announcement | None:
    """One of this case."""
    return next((one for one in of_case(case) if one.id == announcement_id), None)


def running(case: LitigationCase) -> list[Announcement]:
    """Those whose thirty days are not recorded as over."""
    return [one for one in of_case(case) if one.status is AnnouncementStatus.RUNNING]


def clock_of(found: Announcement) -> Deadline | None:
    """Its thirty days, running or over."""
    return periods.last(TYPE, found.id, PeriodKey.ANNOUNCEMENT_SERVICE)


def targets(case: LitigationCase) -> list[Target]:
    """The plaint copies and rulings that have not reached somebody; what binds by signature is not among them (S2 art. 133)."""
    people = {party.id: party for party in disputes.parties(case.dispute_id)}
    found = []
    for one in defences.of_case(case):
        paper = documents.latest(NOTICE, defences.TYPE, one.id)
        if one.served_on is None and paper is not None and one.party_id in people:
            found.append(Target(Matter.PLAINT, paper, people[one.party_id], one.sent_on, one))
    for ruled in jurisdiction.of_case(case):
        paper = jurisdiction.ruling(ruled)
        if paper is not None and ruled.ruled_on is not None:
            found += [Target(Matter.RULING, paper, p, ruled.ruled_on, ruled) for p in jurisdiction.unserved(ruled)]
    return found


def open_targets(case: LitigationCase) -> list[Target]:
    """Those that are not announced yet."""
    runs = {(one.document_id, one.party_id) for one in running(case)}
    return [one for one in targets(case) if (one.paper.id, one.party.id) not in runs]


def target_of(found: Announcement) -> Target | None:
    """What it announces; none when it has reached the party meanwhile."""
    key = (found.document_id, found.party_id)
    return next((one for one in targets(found.case) if (one.paper.id, one.party.id) == key), None)


def check(case: LitigationCase, paper: Document, party: Party, method: ServiceMethod) -> None:
    """A service by announcement is one whose thirty days the file shows to be over."""
    over = any(
        (one.document_id, one.party_id, one.status) == (paper.id, party.id, AnnouncementStatus.SERVED)
        for one in of_case(case)
    )
    announced, summary = method is ServiceMethod.ANNOUNCEMENT, case.procedure in SUMMARY
    for found in rules.serving(announced=announced, summary=summary, on_file=over):
        raise refuse(found)


def drop(actor: Actor, case: LitigationCase) -> None:
    """The case is over: nobody has to be reached any more."""
    for one in running(case):
        end(actor, one, "close")


def reached(actor: Actor, case: LitigationCase) -> None:
    """Whoever received the paper otherwise needs no announcement."""
    for one in running(case):
        if target_of(one) is None:
            end(actor, one, "reached")


def end(actor: Actor, found: Announcement, reason: str) -> None:
    """It is called off, its thirty days with it; the trial limit runs on."""
    audit.advance(STEPS, "call_off", actor, found, reason=reason)
    limit = periods.current(TYPE, found.id, PeriodKey.ANNOUNCEMENT_SERVICE)
    if limit is not None:
        periods.cancel(actor, limit, reason)
    trial_goes_on(actor, found.case, clock.today())


def trial_goes_on(actor: Actor, case: LitigationCase, on: date) -> None:
    """The time of an announcement is not counted in the trial limit (S2 art. 243); with the last of them it runs on."""
    limit = limit_of(case)
    if limit is None or not limit.is_suspended or running(case):
        return
    if any(pause.through is None and pause.cause is Cause.ANNOUNCEMENT for pause in limit.pauses):
        periods.resume(actor, limit, on)


def refuse(obstacle: Obstacle, field: str = "") -> DomainError:
    """The refusal with its article and what remains possible."""
    return refusal(obstacle, labels, rules, field=field or None)
