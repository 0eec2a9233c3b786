"""The suggestion: what is known of every mediator of the list that day, and what follows from it. Writes nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from mediation.assignment import choice as ordering
from mediation.assignment import conflicts, labels, rules
from mediation.assignment.choice import Barred, Body, Case, Outcome, Score, Standing
from mediation.assignment.conflicts import Found
from mediation.assignment.models import Assignment, ConflictCheck
from mediation.assignment.replay import Inputs
from mediation.assignment.rules import CheckResult, Finding, Status
from mediation.assignment.services import levers
from mediation.assignment.services.checking import background, is_settled
from mediation.assignment.services.reading import joint_choice
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute, Party
from mediation.disputes.rules import IdType
from mediation.kernel import clock, dossier
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.roster import services as roster
from mediation.roster.models import Mediator, Street
from mediation.roster.panels import services as panels
from mediation.roster.panels.models import Panel as SpecialPanel
from mediation.roster.panels.rules import is_for
from mediation.roster.rules import Obstacle, Region, RosterStatus

# Candidates are not on the list yet, and who was removed is no longer.
ON_THE_LIST = (RosterStatus.ACTIVE, RosterStatus.SUSPENDED, RosterStatus.EXPIRED)
# What counts as ended with or without an agreement.
ENDED = (Status.AGREED, Status.FAILED, Status.REFUSED)


@dataclass(frozen=True)
class Candidate:
    """A mediator of the list as the pages show them: with points, or with the first reason why not."""

    mediator: Mediator
    standing: Standing
    score: Score | None
    result: CheckResult
    ties: tuple[Found, ...]
    case: Case
    # Why not first, or why not at all.
    reason: Any = ""
    article: str = ""
    first_reason: Obstacle | Finding | None = None

    @property
    def may_be_chosen(self) -> bool:
        """Nothing stands against this mediator."""
        return self.score is not None

    @property
    def waived(self) -> bool:
        """All parties agreed, knowing the tie."""
        return self.standing.waived

    @property
    def strength(self) -> Any:
        """How close the field is to the cause, in words."""
        return labels.STRENGTH[ordering.field(self.standing, self.case)]

    @property
    def waited(self) -> int | None:
        """Days since the last case; None when there was none."""
        return ordering.waited(self.standing, self.case.on)


@dataclass(frozen=True)
class Suggestion:
    """The whole list for one dispute: the suggested mediator first, then the others, then who may not be chosen."""

    inputs: Inputs
    # The version of the levers; 0 for those with which the product comes.
    version: int
    outcome: Outcome
    joint_id: int | None
    candidates: tuple[Candidate, ...]

    @property
    def seed(self) -> str:
        """From what the lot is drawn."""
        return self.inputs.case.seed

    @property
    def first(self) -> Candidate | None:
        """The one suggested; None when nobody may be chosen."""
        return next((c for c in self.candidates if c.score is not None), None)

    @property
    def named(self) -> Candidate | None:
        """Whom all parties named, as long as it is still their choice: who gave the dispute back or was replaced is not."""
        found = self.of(self.joint_id)
        return found if found is not None and not found.standing.earlier else None

    @property
    def joint(self) -> Candidate | None:
        """Whom the parties chose together and who may be chosen: comes before any designation (S4 art. 12)."""
        return self.named if self.named is not None and self.named.may_be_chosen else None

    def of(self, mediator_id: int | None) -> Candidate | None:
        """One mediator of the list."""
        return next((c for c in self.candidates if c.mediator.id == mediator_id), None)

    def others(self, joint: Candidate | None) -> list[Candidate]:
        """Everybody but the one whom the parties chose together."""
        return [c for c in self.candidates if c is not joint]

    @property
    def fallen_out(self) -> list[tuple[Any, str, int]]:
        """The first reasons in words with article, and how many fell out for each."""
        return [
            (labels.bar(reason), Barred(0, reason).article, number)
            for reason, number in ordering.counted(self.outcome.barred)
        ]


def suggest(
    actor: Actor,
    dispute: Dispute,
    *,
    on: date | None = None,
    organisation_id: int | None = None,
    without: int | None = None,
) -> Suggestion:
    """The list for a dispute: first who may be chosen at all, then points, then the draw. Nothing is written.

    For an organisation that appoints, its members only, without the one who is replaced.
    """
    day = on or clock.today()
    mediators = [m for m in listed(actor, organisation_id) if m.id != without]
    ties = _ties(dispute, mediators)
    version, weights = levers.on(dispute.court_id, day)
    joint = joint_choice(dispute.id)
    places = panels.places(dispute.court_id)
    case = _case(dispute, day, streets := _streets(dispute.court_id), _panels(dispute, places))
    standings = _standings(dispute, mediators, day, ties, streets)
    special = {panel.id for panel in case.panels}
    inputs = Inputs(
        case,
        tuple(
            replace(one, named=one.mediator_id == joint, panels=_on(places, one.mediator_id, special))
            for one in standings
        ),
        weights,
    )
    outcome = inputs.decided()
    return Suggestion(inputs, version, outcome, joint, _shown(inputs, outcome, mediators, ties))


def _panels(dispute: Dispute, places: Mapping[int, Sequence[SpecialPanel]]) -> tuple[ordering.Panel, ...]:
    """The special panels for this cause; one on which nobody of the list stands binds nobody (S4 art. 9).

    The whole list is asked, also where an organisation names a member: what binds the court binds it too.
    """
    found = {panel.id: panel for on in places.values() for panel in on if is_for(panel.causes, dispute.cause_code)}
    manned = panels.counts(dispute.court_id) if found else {}
    return tuple(
        ordering.Panel(panel.id, panel.name, binds=panel.is_binding and panel.id in manned)
        for panel in sorted(found.values(), key=lambda one: one.id)
    )


def _on(places: Mapping[int, Sequence[SpecialPanel]], mediator_id: int, wanted: Collection[int]) -> tuple[int, ...]:
    return tuple(sorted(panel.id for panel in places.get(mediator_id, ()) if panel.id in wanted))


def listed(actor: Actor, organisation_id: int | None = None) -> Sequence[Mediator]:
    """Everybody on the court's list, or an organisation's members on it."""
    wanted = roster.listed(actor).where(Mediator.status.in_(ON_THE_LIST))
    if organisation_id is not None:
        wanted = wanted.where(Mediator.organisation_id == organisation_id)
    return db.session.scalars(wanted).all()


# --- the dispute ------------------------------------------------------------------------------------------------------


def _case(dispute: Dispute, day: date, streets: Mapping[int, int], special: tuple[ordering.Panel, ...]) -> Case:
    parties = disputes.parties(dispute.id)
    counter = len(dossier.of(Assignment, dispute.id)) + 1
    return Case(
        cause_code=dispute.cause_code,
        on=day,
        seed=ordering.seed(dispute.receipt_no, day, counter),
        street_id=streets.get(dispute.street_id or 0),
        languages=tuple(sorted({party.language for party in parties if party.language})),
        regions=tuple(sorted({region for party in parties if (region := region_of(party)) is not None})),
        panels=special,
    )


def region_of(party: Party) -> Region | None:
    """Where a party from outside the mainland comes from, as far as the identity document tells; None for the mainland."""
    if party.id_type in {IdType.FOREIGN_PASSPORT, IdType.FOREIGNER_CARD}:
        return Region.FOREIGN
    if party.id_type is IdType.TAIWAN_PERMIT:
        return Region.TAIWAN
    if party.id_type is IdType.HK_MACAO_PERMIT:
        return Region.MACAO if party.id_no[:1].upper() == "M" else Region.HK
    if party.id_type is IdType.HMT_RESIDENCE:
        return {"82": Region.MACAO, "83": Region.TAIWAN}.get(party.id_no[:2], Region.HK)
    return None


def _streets(court_id: int) -> dict[int, int]:
    """Each street and community of the district, with the street it is or belongs to."""
    rows = sa.select(Street.id, sa.func.coalesce(Street.parent_id, Street.id)).where(Street.court_id == court_id)
    return {row[0]: row[1] for row in db.session.execute(rows)}


# --- the mediators ----------------------------------------------------------------------------------------------------


def _ties(dispute: Dispute, mediators: Sequence[Mediator]) -> dict[int, tuple[list[Found], bool]]:
    """What the system finds, what the mediator disclosed about this dispute earlier, and whether all agreed to it."""
    behind = background(dispute, mediators)
    latest: dict[int, ConflictCheck] = {c.mediator_id: c for c in dossier.of(ConflictCheck, dispute.id)}
    found = {}
    for mediator in mediators:
        ties = behind.check(mediator)
        check = latest.get(mediator.id)
        waived = False
        if check is not None:
            told = [Found(rules.Finding(tie["finding"])) for tie in check.findings]
            own = {rules.Finding(tie["finding"]) for tie in check.findings if "tie" not in tie}
            ties += [tie for tie in told if tie.finding in conflicts.DECLARED and tie.finding in own]
            known = {tie.finding for tie in told}
            waived = is_settled(check) and conflicts.covered({tie.finding for tie in ties}, known)
        found[mediator.id] = (ties, waived)
    return found


@dataclass(frozen=True)
class _History:
    """What earlier assignments say about a mediator."""

    last_issued_on: date | None = None
    agreed: int = 0
    ended: int = 0


def _histories(court_id: int) -> dict[int, _History]:
    agreed = sa.case((Assignment.status == Status.AGREED, 1), else_=0)
    ended = sa.case((Assignment.status.in_(ENDED), 1), else_=0)
    rows = (
        sa.select(Assignment.mediator_id, sa.func.max(Assignment.issued_on), sa.func.sum(agreed), sa.func.sum(ended))
        .where(Assignment.court_id == court_id, Assignment.mediator_id.is_not(None))
        .group_by(Assignment.mediator_id)
    )
    return {row[0]: _History(row[1], int(row[2]), int(row[3])) for row in db.session.execute(rows)}


def _standings(
    dispute: Dispute,
    mediators: Sequence[Mediator],
    day: date,
    ties: Mapping[int, tuple[list[Found], bool]],
    streets: Mapping[int, int],
) -> list[Standing]:
    loads = roster.loads(dispute.court_id)
    away = roster.away_on(dispute.court_id, [m.id for m in mediators], day)
    before = _histories(dispute.court_id)
    earlier = {a.mediator_id for a in dossier.of(Assignment, dispute.id) if a.status is Status.DECLINED}
    return [
        Standing(
            mediator_id=m.id,
            status=m.status,
            certificate_expires_on=m.certificate_expires_on,
            max_open=m.max_open,
            open_cases=loads.get(m.id, 0),
            organisation=_body(m),
            away=m.id in away,
            foreign_region=m.foreign_region,
            fields=tuple(s.cause_code for s in m.strengths),
            last_issued_on=before.get(m.id, _NOTHING).last_issued_on,
            street_id=streets.get(m.street_id or 0),
            languages=tuple(sorted(map(str, m.languages))),
            agreed=before.get(m.id, _NOTHING).agreed,
            ended=before.get(m.id, _NOTHING).ended,
            ties=tuple(tie.finding for tie in ties[m.id][0]),
            waived=ties[m.id][1],
            earlier=m.id in earlier,
            listed_by=m.listed_by,
            consented_on=m.consented_on,
        )
        for m in mediators
    ]


_NOTHING = _History()


def _body(mediator: Mediator) -> Body | None:
    body = mediator.organisation
    if body is None:
        return None
    return Body(body.status, tuple(sorted(map(str, body.accepted_causes))), body.listed_by, body.consented_on)


# --- as shown ---------------------------------------------------------------------------------------------------------


def _shown(
    inputs: Inputs,
    outcome: Outcome,
    mediators: Sequence[Mediator],
    ties: Mapping[int, tuple[list[Found], bool]],
) -> tuple[Candidate, ...]:
    by_id = {m.id: m for m in mediators}
    standing = {s.mediator_id: s for s in inputs.standings}

    def made(mediator_id: int, score: Score | None, reason: Any, barred: Barred | None = None) -> Candidate:
        found = ties[mediator_id][0]
        return Candidate(
            mediator=by_id[mediator_id],
            standing=standing[mediator_id],
            score=score,
            result=conflicts.result([tie.finding for tie in found]),
            ties=tuple(found),
            case=inputs.case,
            reason=reason,
            article=barred.article if barred else "",
            first_reason=barred.reason if barred else None,
        )

    first, earlier = (outcome.scores[0] if outcome.scores else None), ordering.had_before(inputs.standings)
    ranked = [
        made(
            s.mediator_id,
            s,
            "" if s is first or first is None else labels.PART[ordering.why_after(first, s, earlier=earlier)],
        )
        for s in outcome.scores
    ]
    rest = [made(b.mediator_id, None, labels.bar(b.reason), b) for b in outcome.barred]
    rest.sort(key=lambda c: (c.mediator.name, c.mediator.id))
    return (*ranked, *rest)
