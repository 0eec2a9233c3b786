"""What objections to jurisdiction a case has, whom its rulings reached, and what they stop."""

from collections.abc import Sequence
from datetime import date

from mediation.disputes import services as disputes
from mediation.disputes.models import Party
from mediation.documents import services as documents
from mediation.documents.models import Document
from mediation.kernel import audit, dossier
from mediation.kernel.actor import Actor
from mediation.kernel.errors import DomainError, refusal
from mediation.litigation.jurisdiction import labels, rules
from mediation.litigation.jurisdiction.models import JurisdictionObjection
from mediation.litigation.jurisdiction.rules import STEPS, JurisdictionStatus, Obstacle
from mediation.litigation.models import LitigationCase
from mediation.notices import services as notices
from mediation.notices.models import Service
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.table import PeriodKey

TYPE = JurisdictionObjection.__tablename__
RULING = "jurisdiction_ruling"


def of_case(case: LitigationCase) -> Sequence[JurisdictionObjection]:
    """Every question of jurisdiction in a case, first to last."""
    found = dossier.of(JurisdictionObjection, case.dispute_id)
    return sorted((one for one in found if one.case_id == case.id), key=lambda one: one.id)


def get(case: LitigationCase, objection_id: int) -> JurisdictionObjection | None:
    """One of this case."""
    return next((one for one in of_case(case) if one.id == objection_id), None)


def pending(case: LitigationCase) -> JurisdictionObjection | None:
    """The one that is not settled."""
    return next((one for one in of_case(case) if one.status in rules.OPEN), None)


def away(case: LitigationCase) -> JurisdictionObjection | None:
    """The one by whose ruling, in force, the case goes to another court."""
    return next((one for one in of_case(case) if one.status is JurisdictionStatus.AWAY), None)


def ruling(found: JurisdictionObjection) -> Document | None:
    """The ruling as a paper."""
    return documents.latest(RULING, TYPE, found.id)


def served(found: JurisdictionObjection) -> dict[int, tuple[Service, Deadline | None]]:
    """Whom the ruling reached, with the ten days of each (S2 art. 244)."""
    paper = ruling(found)
    reached = {}
    for one in notices.services_of(paper.id) if paper is not None else ():
        reached[one.party_id] = (one, periods.last("service", one.id, PeriodKey.RULING_APPEAL))
    return reached


def unserved(found: JurisdictionObjection) -> list[Party]:
    """The parties whom the ruling has not reached."""
    reached = served(found)
    return [party for party in disputes.parties(found.dispute_id) if party.id not in reached]


def appealable_until(found: JurisdictionObjection) -> date | None:
    """The last day of all; none while somebody has not been reached."""
    if unserved(found):
        return None
    return max((limit.final_on for _service, limit in served(found).values() if limit is not None), default=None)


def ripening(found: JurisdictionObjection, today: date) -> list[Obstacle]:
    """What the ruling still waits for before it is in force."""
    until = None if found.final else appealable_until(found)
    return rules.ripening(final=found.final, all_served=until is not None, until=until, today=today)


def check_open(case: LitigationCase, field: str = "") -> None:
    """Nothing is heard or decided while jurisdiction is not settled, or after it went to another court (CPL art. 130)."""
    if pending(case) is not None or away(case) is not None:
        raise refuse(Obstacle.OPEN, field)


def drop(actor: Actor, case: LitigationCase) -> None:
    """The case is over: nothing is left to decide about jurisdiction."""
    found = pending(case)
    if found is not None:
        audit.advance(STEPS, "drop", actor, found)
        end_clocks(actor, found, "drop")


def end_clocks(actor: Actor, found: JurisdictionObjection, reason: str) -> None:
    """Nobody's ten days matter any more."""
    for _service, limit in served(found).values():
        if limit is not None and limit.is_running:
            periods.cancel(actor, limit, reason)


def refuse(obstacle: Obstacle, field: str = "") -> DomainError:
    """The refusal with its article and what remains possible."""
    return refusal(obstacle, labels, rules, field=field or None)
