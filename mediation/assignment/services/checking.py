"""Conflicts of interest: looked for by the system, disclosed by the mediator, set aside only by all parties (R2-16 ...)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from mediation.accounts.models import User
from mediation.assignment import conflicts, documents, labels, rules
from mediation.assignment.conflicts import Candidate, Found, Past, Person
from mediation.assignment.models import Assignment, ConflictCheck
from mediation.assignment.rules import CheckResult, Finding, Obstacle
from mediation.assignment.services.reading import latest_check, open_of
from mediation.assignment.ties import ledger
from mediation.assignment.ties.rules import KIND_OF_FOUND, Known, Verdicts
from mediation.assignment.together import present
from mediation.disputes.models import AddressConfirmation, Agent, Dispute, Participation, Party
from mediation.disputes.rules import Capacity, PartyKind
from mediation.documents import services as library
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.roster.models import Mediator


def refuse(obstacle: Obstacle, *, field: str = "") -> DomainError:
    """The refusal with its article and what remains possible."""
    return DomainError(
        labels.OBSTACLE[obstacle],
        article=rules.OBSTACLE_ARTICLE[obstacle],
        remedy=labels.REMEDY.get(obstacle, ""),
        field=field,
    )


@dataclass(frozen=True)
class Background:
    """What is looked up once, however many mediators are compared with a dispute."""

    people: tuple[Person, ...]
    capacities: Mapping[int, frozenset[Capacity]]
    represented: Mapping[int, tuple[str, ...]]
    ledgers: Mapping[int, tuple[Known, ...]]
    verdicts: Verdicts
    accounts: Mapping[int, str]

    def check(self, mediator: Mediator) -> list[Found]:
        """Every tie of one mediator to this dispute."""
        past = Past(
            self.capacities.get(mediator.id, frozenset()),
            self.represented.get(mediator.id, ()),
            self.ledgers.get(mediator.id, ()),
            self.verdicts,
        )
        candidate = _candidate(mediator, mediator.person_key or self.accounts.get(mediator.id, ""))
        return conflicts.check(candidate, self.people, past)


def _candidate(mediator: Mediator, person_key: str) -> Candidate:
    return Candidate(
        name=mediator.name,
        person_key=person_key,
        phone_key=mediator.phone_key,
        address=mediator.address,
        employer=mediator.employer,
        firm=mediator.firm,
        organisation=mediator.organisation.name if mediator.organisation else "",
    )


def background(dispute: Dispute, mediators: Sequence[Mediator]) -> Background:
    """The people of the dispute, and what these mediators did before, in a fixed number of questions."""
    parties = _parties(dispute.id)
    accounts = _accounts(mediators)
    return Background(
        tuple(person for party in parties for person in _people(party)),
        _capacities(dispute.id, mediators, {user_id: of for user_id, of, _key in accounts}),
        _represented(dispute.id, parties, mediators),
        ledger.known([m.id for m in mediators]),
        ledger.verdicts(dispute.id),
        {of: key for _user_id, of, key in accounts},
    )


def _parties(dispute_id: int) -> Sequence[Party]:
    rows = sa.select(Party).where(Party.dispute_id == dispute_id).order_by(Party.id)
    rows = rows.options(selectinload(Party.agents), selectinload(Party.address))
    # An agent who joined a moment ago is looked at too, though the party was read before.
    return db.session.scalars(rows.execution_options(populate_existing=True)).all()


def _people(party: Party) -> list[Person]:
    confirmed: AddressConfirmation | None = party.address
    places = (party.domicile, party.residence, confirmed.address if confirmed else "")
    own = Person(
        name=party.name,
        person_key=party.id_key,
        phone_key=party.phone_key,
        addresses=tuple(filter(None, places)),
        employer=party.employer,
        is_organisation=party.kind is PartyKind.ORGANISATION,
    )
    agents = [Person(a.name, a.id_key, a.phone_key, firm=a.firm, is_agent=True) for a in party.agents]
    return [own, *agents]


def _accounts(mediators: Sequence[Mediator]) -> list[tuple[int, int, str]]:
    """The account of each mediator, and the key of the human being it belongs to."""
    rows = sa.select(User.id, User.mediator_id, User.person_key)
    found = db.session.execute(rows.where(User.mediator_id.in_([m.id for m in mediators])))
    return [(row[0], row[1], row[2]) for row in found if row[1] is not None]


def _capacities(
    dispute_id: int, mediators: Sequence[Mediator], accounts: Mapping[int, int]
) -> dict[int, frozenset[Capacity]]:
    """In which capacities each mediator, as a human being, already took part in this dispute (R2-19, R2-20)."""
    by_key = {m.person_key: m.id for m in mediators if m.person_key}
    found: dict[int, set[Capacity]] = {}
    for row in db.session.scalars(sa.select(Participation).where(Participation.dispute_id == dispute_id)):
        ids = {row.mediator_id, accounts.get(row.user_id or 0), by_key.get(row.person_key)}
        for mediator_id in ids - {None}:
            found.setdefault(int(mediator_id or 0), set()).add(row.capacity)
    return {mediator_id: frozenset(kinds) for mediator_id, kinds in found.items()}


def _represented(
    dispute_id: int, parties: Sequence[Party], mediators: Sequence[Mediator]
) -> dict[int, tuple[str, ...]]:
    """Which parties each mediator represented in other disputes, recognised by identity and never by name."""
    names = {party.id_key: party.name for party in parties if party.id_key}
    by_key = {m.person_key: m.id for m in mediators if m.person_key}
    rows = (
        sa.select(Agent.id_key, Party.id_key)
        .join(Party, Party.id == Agent.party_id)
        .where(Agent.dispute_id != dispute_id, Agent.id_key.in_(by_key), Party.id_key.in_(names))
        .distinct()
    )
    found: dict[int, set[str]] = {}
    for agent_key, party_key in db.session.execute(rows):
        found.setdefault(by_key[agent_key], set()).add(names[party_key])
    return {mediator_id: tuple(sorted(whom)) for mediator_id, whom in found.items()}


# --- the check as a record ------------------------------------------------------------------------------------------


def kinds(check: ConflictCheck) -> set[Finding]:
    """What a recorded check found."""
    return {Finding(tie["finding"]) for tie in check.findings}


def is_waived(check: ConflictCheck) -> bool:
    """Whether all parties agreed to this mediator, knowing what the check found."""
    return check.waived_on is not None


def is_settled(check: ConflictCheck) -> bool:
    """Whether what the check found stands in nobody's way: all parties agreed, or no ground for recusal was found."""
    return is_waived(check) or check.set_aside_on is not None


def check_conflict(actor: Actor, dispute: Dispute, mediator: Mediator) -> ConflictCheck:
    """Check now and keep the result. What the mediator disclosed stays found; a consent stays valid for what it covered."""
    before = latest_check(dispute.id, mediator.id)
    ties = background(dispute, [mediator]).check(mediator)
    found = [tie.as_data() for tie in ties]
    if before is not None:
        found += [tie for tie in before.findings if Finding(tie["finding"]) in conflicts.DECLARED and "tie" not in tie]
    with transaction():
        _learn(actor, dispute, mediator, ties)
        return _keep(actor, dispute, mediator, found, before)


def _keep(
    actor: Actor, dispute: Dispute, mediator: Mediator, found: list[dict[str, Any]], before: ConflictCheck | None
) -> ConflictCheck:
    now = {Finding(tie["finding"]) for tie in found}
    check = ConflictCheck(
        court_id=dispute.court_id,
        dispute_id=dispute.id,
        mediator_id=mediator.id,
        result=conflicts.result(now),
        findings=found,
        disclosed=before.disclosed if before else "",
        waived_by=[],
        checked_by_id=actor.id,
    )
    if before is not None and is_settled(before) and conflicts.covered(now, kinds(before)):
        check.waived_by, check.waived_on = before.waived_by, before.waived_on
        check.set_aside_on = before.set_aside_on
    with transaction():
        audit.record(actor, "check", check, mediator=mediator.id, result=check.result, findings=sorted(now))
    return check


def _learn(actor: Actor, dispute: Dispute, mediator: Mediator, ties: Sequence[Found]) -> None:
    """What the records show is kept in the ledger: the same person is recognised later, whatever the telephone then."""
    for tie in ties:
        if tie.key and tie.finding in KIND_OF_FOUND:
            ledger.learn(
                actor, dispute, mediator, KIND_OF_FOUND[tie.finding], key=tie.key, name=tie.name,
                is_organisation=tie.is_organisation,
            )  # fmt: skip


def stands_in_the_way(check: ConflictCheck) -> Obstacle | None:
    """What a check means for handing over and accepting."""
    if check.result is CheckResult.BLOCKED:
        return Obstacle.CONFLICT_BLOCKED
    if check.result is CheckResult.TO_CLEAR:
        return Obstacle.NAME_NOT_CLEARED
    if check.result is CheckResult.WAIVABLE and not is_settled(check):
        return Obstacle.CONFLICT_NOT_WAIVED
    return None


def require_free(actor: Actor, dispute: Dispute, mediator: Mediator) -> ConflictCheck:
    """Check again, at the moment it matters; refused when a tie stands in the way (R2-22)."""
    check = check_conflict(actor, dispute, mediator)
    obstacle = stands_in_the_way(check)
    if obstacle is not None:
        raise refuse(obstacle)
    return check


def disclose(
    actor: Actor, dispute: Dispute, mediator: Mediator, *, declared: Collection[Finding], text: str
) -> ConflictCheck:
    """The mediator discloses a tie, before accepting or during the mediation (S4 art. 15; S5 art. 13).

    A declaration of no tie is kept too. The statement becomes a document for the parties to read and sign.
    """
    if not _may_declare(actor, dispute, mediator):
        raise NotPermitted("disclose", article=conflicts.FINDING_ARTICLE[Finding.OTHER_TIE])
    if declared and not text.strip():
        raise refuse(Obstacle.NO_REASON, field="text")
    with transaction():
        automatic = [tie.as_data() for tie in background(dispute, [mediator]).check(mediator)]
        own = [Found(finding).as_data() for finding in conflicts.DECLARED if finding in declared]
        check = _keep(actor, dispute, mediator, automatic + own, latest_check(dispute.id, mediator.id))
        check.disclosed = text.strip()
        audit.record(actor, "disclose", check, mediator=mediator.id, declared=sorted(declared))
        _paper(actor, dispute, mediator, check)
    return check


def allege(actor: Actor, dispute: Dispute, mediator: Mediator, ground: Finding) -> ConflictCheck:
    """What a party says against the mediator stands in the check until it is decided."""
    before = latest_check(dispute.id, mediator.id)
    ties = background(dispute, [mediator]).check(mediator)
    found = [tie.as_data() for tie in ties]
    kept = before.findings if before else []
    found += [tie for tie in kept if Finding(tie["finding"]) in conflicts.DECLARED and "tie" not in tie]
    told = Found(ground).as_data()
    with transaction():
        check = _keep(actor, dispute, mediator, found if told in found else [*found, told], None)
        check.disclosed = before.disclosed if before else ""
    return check


def set_aside(actor: Actor, check: ConflictCheck) -> None:
    """No ground for recusal was found in it."""
    check.set_aside_on = clock.today()
    audit.record(actor, "set_aside", check, mediator=check.mediator_id)


def _may_declare(actor: Actor, dispute: Dispute, mediator: Mediator) -> bool:
    """The mediator for himself, the organisation for its own, the registry for what is handed in on paper."""
    if rules.may_issue(actor, dispute):
        return True
    assignment = open_of(dispute.id)
    return assignment is not None and (
        (assignment.mediator_id in {None, mediator.id} and rules.may_mediate(actor, assignment))
        or (mediator.id == actor.mediator_id and mediator.id in present.asked_ids(assignment))
    )


def waive(actor: Actor, check: ConflictCheck, *, party_ids: Collection[int], on: date | None = None) -> ConflictCheck:
    """All parties, told of the tie, agree to this mediator (S4 art. 15; S5 art. 13)."""
    dispute = db.session.get_one(Dispute, check.dispute_id)
    day = on or clock.today()
    if not rules.may_issue(actor, dispute):
        raise NotPermitted("waive", article=rules.OBSTACLE_ARTICLE[Obstacle.NOT_ALL_WAIVE])
    obstacle = _waiver_obstacle(check, party_ids, day)
    if obstacle is not None:
        raise refuse(obstacle)
    with transaction():
        check.waived_by, check.waived_on = sorted(party_ids), day
        audit.record(actor, "waive", check, mediator=check.mediator_id, parties=check.waived_by, on=day)
        _paper(actor, dispute, db.session.get_one(Mediator, check.mediator_id), check)
    return check


def _waiver_obstacle(check: ConflictCheck, party_ids: Collection[int], day: date) -> Obstacle | None:
    if check.result is CheckResult.BLOCKED:
        return Obstacle.NEVER_WAIVABLE
    if check.result is CheckResult.TO_CLEAR:
        return Obstacle.NAME_NOT_CLEARED
    if check.result is not CheckResult.WAIVABLE:
        return Obstacle.NOTHING_TO_WAIVE
    if day > clock.today():
        return Obstacle.FUTURE
    everybody = set(db.session.scalars(sa.select(Party.id).where(Party.dispute_id == check.dispute_id)))
    return None if everybody and everybody <= set(party_ids) else Obstacle.NOT_ALL_WAIVE


def _paper(actor: Actor, dispute: Dispute, mediator: Mediator, check: ConflictCheck) -> None:
    library.request(
        actor,
        kind="disclosure",
        subject=check,
        dispute_id=dispute.id,
        title="调解员承诺暨披露告知书",
        data=documents.disclosure(dispute, mediator, check, actor),
    )


def require_assigned(assignment: Assignment) -> Mediator:
    """The mediator of an assignment; refused while only the organisation is named."""
    if assignment.mediator_id is None:
        raise refuse(Obstacle.NOBODY)
    return db.session.get_one(Mediator, assignment.mediator_id)
