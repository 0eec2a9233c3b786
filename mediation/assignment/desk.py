"""What the pages of assignment gather for a reader: the mediator's desk, the facts before accepting, the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from mediation.assignment import rules, services
from mediation.assignment.models import Assignment, ContactAttempt
from mediation.assignment.obstacles import extension_cap, unreachable_parties
from mediation.assignment.rules import Status
from mediation.assignment.together import joining
from mediation.assignment.together.models import CoMediator
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute, Party
from mediation.intake.rules import Answer
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.kernel.i18n import _, _l
from mediation.periods.models import Deadline
from mediation.periods.rules import Computed, PeriodRule, rule_for
from mediation.periods.services import compute
from mediation.roster import services as roster
from mediation.roster.models import Mediator, Organisation
from mediation.roster.rules import RosterStatus
from mediation.scheduling import services as scheduling
from mediation.scheduling.models import Booking
from mediation.scheduling.rules import BookingStatus, ClaimantKind
from mediation.web.fields import options
from mediation.web.templating import day

__all__ = [
    "ANSWERS",
    "at",
    "cap",
    "day",
    "facts",
    "log",
    "members",
    "naming",
    "number",
    "of",
    "organisations",
    "waiting",
]

# A later stage owns sessions and agreements; what this desk must do about them is read from their tables by name.
_AGREEMENT = sa.table(
    "agreement", sa.column("id"), sa.column("dispute_id"), sa.column("assignment_id"), sa.column("status")
)
_SESSION = sa.table(
    "mediation_session", sa.column("id"), sa.column("dispute_id"), sa.column("assignment_id"), sa.column("status"),
    sa.column("booking_id"),
)  # fmt: skip

# What a party may say when asked whether to mediate; nothing is chosen when the talk was about something else.
ANSWERS = options(
    {
        "": _l("Not asked, or no answer yet"),
        Answer.AGREES: _l("The party agrees to mediation"),
        Answer.REFUSES: _l("The party refuses mediation"),
    }
)


def number(text: str | None) -> int | None:
    """A hidden number of a form; None when it is empty or none."""
    return int(text) if text and text.isdecimal() else None


def at(on: date, clock_time: time) -> datetime:
    """The moment of a day and a time at the court."""
    return clock.at(on, clock_time.hour, clock_time.minute)


@dataclass(frozen=True)
class Row:
    """One assignment as a line of the desk."""

    assignment: Assignment
    dispute: Dispute
    title: str
    deadline: Deadline | None
    mediator: str
    organisation: str
    # The session that is fixed or under way, where there is one.
    session_id: int | None = None
    # Accepted, and no session is fixed yet: a time is what comes next for whoever presides.
    needs_time: bool = False


@dataclass(frozen=True)
class Desk:
    """The home of a mediator or an organisation."""

    waiting: Sequence[Row]
    running: Sequence[Row]
    # What is fixed for today, in words, with the session where it is one.
    sessions: Sequence[tuple[Booking, str, int | None]]
    # Sessions whose room was released or whose meeting was called off: each needs a time again.
    homeless: Sequence[tuple[int, str]]
    signing: Sequence[tuple[int, str]]
    ended: Sequence[Row]
    load: Sequence[tuple[Mediator, int]]
    # Where the reader is asked to mediate beside somebody else.
    together: Sequence[tuple[CoMediator, str]]


def of(who: Actor) -> Desk:
    """Everything due at this desk, most urgent first."""
    rows = _rows(who, services.mine(who))
    running = [row for row in rows if row.assignment.status is not Status.ISSUED]
    done = services.mine(who, frozenset(Status) - rules.OPEN - {Status.DECLINED})
    return Desk(
        _to_answer(who, rows),
        running,
        _today(who),
        _homeless(rows),
        _signing(rows),
        _rows(who, done[-10:])[::-1],
        _load(who),
        _together(who),
    )


def waiting(who: Actor) -> list[Row]:
    """What waits to be accepted at this desk, most urgent first."""
    return _to_answer(who, _rows(who, services.mine(who, {Status.ISSUED})))


def _to_answer(who: Actor, rows: Sequence[Row]) -> list[Row]:
    # What is handed to somebody else, beside whom the reader is asked to mediate, is not the reader's to accept.
    mine = [r for r in rows if who.mediator_id is None or r.assignment.mediator_id in {None, who.mediator_id}]
    return [row for row in mine if row.assignment.status is Status.ISSUED]


def _together(who: Actor) -> list[tuple[CoMediator, str]]:
    asked = joining.waiting(who)
    titles = disputes.titles([dispute.id for _co, dispute in asked])
    return [(co, titles.get(dispute.id, dispute.receipt_no)) for co, dispute in asked]


def _rows(who: Actor, found: Sequence[tuple[Assignment, Dispute]]) -> list[Row]:
    running = services.clocks([a for a, _d in found])
    names = services.holder_names([a for a, _d in found])
    titles = disputes.titles([d.id for _a, d in found])
    fixed = _fixed([a.id for a, _d in found if a.status in rules.RUNNING])
    rows = [
        Row(
            a, d, titles.get(d.id, d.receipt_no), running.get(a.id), *names[a.id], fixed.get(a.id),
            a.status is Status.ACCEPTED and a.id not in fixed and rules.may_mediate(who, a),
        )
        for a, d in found
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.deadline.final_on if row.deadline else date.max, row.assignment.id))


def _fixed(assignment_ids: Sequence[int]) -> dict[int, int]:
    """The session of each of these mediations that is planned with its room, or open."""
    of_ = _SESSION.c
    stands = sa.or_(of_.status == "open", Booking.status == BookingStatus.BOOKED)
    rows = (
        sa.select(of_.assignment_id, of_.id)
        .outerjoin(Booking, Booking.id == of_.booking_id)
        .where(of_.assignment_id.in_(assignment_ids), of_.status.in_(("planned", "open")), stands)
        .order_by(of_.id.desc())
    )
    return {row[0]: row[1] for row in db.session.execute(rows)} if assignment_ids else {}


def _today(who: Actor) -> list[tuple[Booking, str, int | None]]:
    if who.mediator_id is None:
        return []
    start = clock.at(clock.today())
    booked = scheduling.of_person(
        who, ClaimantKind.MEDIATOR, who.mediator_id, since=start, until=start + timedelta(days=1)
    )
    titles = disputes.titles([b.dispute_id for b in booked if b.dispute_id])
    rooms = {r.id: r.name for r in scheduling.resources(who, in_use=False)}
    held = sa.select(_SESSION.c.booking_id, _SESSION.c.id).where(_SESSION.c.booking_id.in_([b.id for b in booked]))
    sessions = {row[0]: row[1] for row in db.session.execute(held)} if booked else {}
    return [
        (
            b,
            " · ".join(filter(None, (titles.get(b.dispute_id or 0), rooms.get(b.resource_id or 0)))),
            sessions.get(b.id),
        )
        for b in booked
    ]


def _homeless(rows: Sequence[Row]) -> list[tuple[int, str]]:
    """Planned sessions of this desk without a room, with the titles of their disputes."""
    titles = {row.assignment.id: row.title for row in rows}
    of_ = _SESSION.c
    wanted = (
        sa.select(of_.id, of_.assignment_id)
        .join(Booking, Booking.id == of_.booking_id)
        .where(of_.assignment_id.in_(titles), of_.status == "planned", Booking.status != BookingStatus.BOOKED)
    )
    return [(row[0], titles[row[1]]) for row in db.session.execute(wanted.order_by(of_.id))]


def _signing(rows: Sequence[Row]) -> list[tuple[int, str]]:
    """Disputes of this desk whose agreement waits for signatures."""
    titles = {row.assignment.id: (row.dispute.id, row.title) for row in rows}
    of_ = _AGREEMENT.c
    wanted = sa.select(of_.assignment_id).where(of_.assignment_id.in_(titles), of_.status == "signing")
    return [titles[found] for found in db.session.scalars(wanted.order_by(of_.id))]


def _load(who: Actor) -> list[tuple[Mediator, int]]:
    """An organisation sees how much its mediators carry."""
    if who.organisation_id is None or who.mediator_id is not None:
        return []
    organisation = roster.get_organisation(who, who.organisation_id)
    if organisation is None:
        return []
    loads = roster.loads(who.court_id)
    return [(m, loads.get(m.id, 0)) for m in roster.members(who, organisation)]


def organisations(who: Actor) -> list[Organisation]:
    """The organisations to which a dispute may be handed; they appoint the mediator."""
    return [o for o in roster.organisations(who) if o.status is RosterStatus.ACTIVE]


@dataclass(frozen=True)
class Naming:
    """What an organisation sees when it names the member who mediates."""

    suggestion: services.Suggestion
    members: Sequence[services.Candidate]
    related: Sequence[services.Sibling]

    @property
    def options(self) -> list[Any]:
        """The members to choose from, each with what speaks for or against."""
        return options({c.mediator.id: self._called(c) for c in self.members})

    def _called(self, member: services.Candidate) -> str:
        facts = []
        if member is self.suggestion.first:
            facts.append(_("suggested"))
        if any(one.mediator_id == member.mediator.id for one in self.related):
            facts.append(_("mediates a related dispute"))
        if not member.may_be_chosen:
            facts.append(_("has a tie to disclose"))
        return " · ".join([member.mediator.name, *facts])


def naming(who: Actor, assignment: Assignment) -> Naming:
    """The members by the same points and draw as everywhere, and the related disputes this organisation may see."""
    suggestion = services.suggest_member(who, assignment)
    dispute = services.dispute_of(assignment)
    return Naming(suggestion, services.nameable(suggestion), services.siblings(who, dispute))


def members(who: Actor) -> dict[int, str]:
    """Whom this organisation may name for several disputes at once; empty for a mediator."""
    if who.organisation_id is None or who.mediator_id is not None:
        return {}
    return _free(who, who.organisation_id)


def _free(who: Actor, organisation_id: int) -> dict[int, str]:
    organisation = roster.get_organisation(who, organisation_id)
    found = roster.members(who, organisation) if organisation else []
    return {m.id: m.name for m in found if not roster.assignable(m, clock.today())}


@dataclass(frozen=True)
class BeforeAccepting:
    """What somebody reads before accepting: who, what about, how long."""

    parties: Sequence[Party]
    rule: PeriodRule
    computed: Computed


def facts(assignment: Assignment) -> BeforeAccepting:
    """Parties, and the period as it would run from today."""
    key = services.key_of(assignment)
    today = clock.today()
    return BeforeAccepting(disputes.parties(assignment.dispute_id), rule_for(key, today), compute(key, today))


@dataclass(frozen=True)
class Log:
    """The contact log, and whether it already proves that somebody cannot be reached."""

    attempts: Sequence[ContactAttempt]
    names: Mapping[int, str]
    unreachable: Sequence[str]


def log(assignment: Assignment) -> Log:
    """Every attempt with the party's name."""
    tried = services.attempts(assignment)
    names = {party.id: party.name for party in disputes.parties(assignment.dispute_id)}
    return Log(tried, names, [names[p] for p in sorted(unreachable_parties(tried)) if p in names])


def cap(assignment: Assignment) -> int | None:
    """Days of extension the law allows in all; None without a cap."""
    began = assignment.accepted_on or clock.today()
    return extension_cap(services.key_of(assignment), began)
