"""Screening, guidance, consent and the choice of the route (DOMAIN 3.0, 3.1, 3.5)."""

import enum
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from mediation.disputes.rules import WHILE_CONFIRMING, Confirming, PartyRole, Route, Status
from mediation.kernel.actor import REGISTRY, Actor, Role


class ScreeningResult(enum.StrEnum):
    """R3-03."""

    SUITABLE = "suitable"
    NOT_SUITABLE = "not_suitable"
    OUT_OF_SCOPE = "out_of_scope"
    WRONG_COURT = "wrong_court"


class Answer(enum.StrEnum):
    """A party's answer to the question whether to mediate."""

    AGREES = "agrees"
    REFUSES = "refuses"
    SILENT = "silent"


class Manner(enum.StrEnum):
    """How something was declared or handed over."""

    SIGNED = "signed"
    ORAL = "oral"
    ONLINE = "online"
    POSTED = "posted"


class Advice(enum.StrEnum):
    """Where a returned dispute belongs (CPL art. 127; S5 art. 9)."""

    ADMINISTRATIVE_SUIT = "administrative_suit"
    ARBITRATION = "arbitration"
    OTHER_AUTHORITY = "other_authority"
    COMPETENT_COURT = "competent_court"
    RETRIAL = "retrial"
    NOT_YET = "not_yet"
    COME_TO_HALL = "come_to_hall"


ADVICE_ARTICLE: dict[Advice, str] = {
    Advice.ADMINISTRATIVE_SUIT: "CPL art. 127(1)",
    Advice.ARBITRATION: "CPL art. 127(2)",
    Advice.OTHER_AUTHORITY: "CPL art. 127(3)",
    Advice.COMPETENT_COURT: "CPL art. 127(4); S5 art. 9(2)",
    Advice.RETRIAL: "CPL art. 127(5)",
    Advice.NOT_YET: "CPL art. 127(6), 127(7)",
    Advice.COME_TO_HALL: "S5 art. 9(3)",
}


# ---- who may ----------------------------------------------------------------------------------------------------


class Scoped(Protocol):
    """What a permission looks at: the model fits, and so does a plain test double."""

    @property
    def court_id(self) -> int: ...


def may_work(actor: Actor, dispute: Scoped) -> bool:
    """Correct, guide, ask, choose the route, file: the registry of the court (DOMAIN 2.2)."""
    return actor.court_id == dispute.court_id and bool(actor.roles & REGISTRY)


def may_override(actor: Actor, dispute: Scoped) -> bool:
    """The triage officer may decide against the screening's result, with a reason (A2)."""
    return actor.court_id == dispute.court_id and actor.has(Role.TRIAGE)


class Moving(Scoped, Protocol):
    """A dispute with its state."""

    @property
    def status(self) -> Status: ...


def may_record_consent(actor: Actor, dispute: Moving) -> bool:
    """The registry asks; while a mediation runs the mediator asks for it (S5 art. 15)."""
    during = dispute.status is Status.IN_MEDIATION and actor.has(Role.MEDIATOR, Role.ORGANISATION)
    return actor.court_id == dispute.court_id and (during or bool(actor.roles & REGISTRY))


# ---- the law of the day -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Enabled:
    """One route, enabled from a day, until a day or until further notice."""

    route: Route
    valid_from: date
    valid_to: date | None = None


# S4 in force 2016-07-01 made delegation and entrustment; S3 in force 2011-01-01 the people's committees' mediation.
# The Opinions end delegation before filing for what is received after 2024-12-31 (S12).
REGIMES: Mapping[str, tuple[Enabled, ...]] = {
    "story-2019": (
        Enabled(Route.A, date(2016, 7, 1)),
        Enabled(Route.B, date(2016, 7, 1)),
        Enabled(Route.C, date(2011, 1, 1)),
    ),
    "opinions-2025": (
        Enabled(Route.A, date(2016, 7, 1), date(2024, 12, 31)),
        Enabled(Route.B, date(2016, 7, 1)),
        Enabled(Route.C, date(2011, 1, 1)),
    ),
}


class EnabledRow(Protocol):
    """A row of the regime table, from the preset or from the database."""

    @property
    def route(self) -> Route: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


def enabled_on(rows: Iterable[EnabledRow], day: date) -> frozenset[Route]:
    """The routes open to what is received on that day (R0-02)."""
    return frozenset(
        row.route for row in rows if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
    )


# ---- which way a dispute may go (3.0) ---------------------------------------------------------------------------


class Obstacle(enum.StrEnum):
    """Why a step of intake is not lawful now."""

    NOT_ENABLED = "not_enabled"
    NOT_SCREENED = "not_screened"
    UNSUITABLE = "unsuitable"
    ONLY_OUTSIDE = "only_outside"
    NOT_GUIDED = "not_guided"
    NOT_ASKED = "not_asked"
    REFUSED = "refused"
    OTHER_SIDE_SILENT = "other_side_silent"
    NO_COMPLAINT = "no_complaint"
    COMPLAINT_PENDING = "complaint_pending"
    NOT_OWN_CHOICE = "not_own_choice"
    IN_MEDIATION = "in_mediation"
    OVER = "over"
    CONFIRMATION_PENDING = "confirmation_pending"
    CONFIRMED = "confirmed"
    CORRECTION_OPEN = "correction_open"
    CORRECTED_ONCE = "corrected_once"
    NO_OPEN_CORRECTION = "no_open_correction"
    NO_FINDING = "no_finding"
    REASON_MISSING = "reason_missing"
    MINUTES_MISSING = "minutes_missing"
    NO_AGREEMENT_TO_WITHDRAW = "no_agreement_to_withdraw"


OBSTACLE_ARTICLE: dict[Obstacle, str] = {
    Obstacle.NOT_ENABLED: "S12",
    Obstacle.NOT_SCREENED: "CPL art. 125",
    Obstacle.UNSUITABLE: "S2 art. 143",
    Obstacle.ONLY_OUTSIDE: "CPL art. 127(3)",
    Obstacle.NOT_GUIDED: "S25 art. 29; S5 art. 7",
    Obstacle.NOT_ASKED: "S4 art. 11",
    Obstacle.REFUSED: "CPL art. 125",
    Obstacle.OTHER_SIDE_SILENT: "S5 art. 15",
    Obstacle.NO_COMPLAINT: "CPL art. 123",
    Obstacle.COMPLAINT_PENDING: "CPL art. 126",
    Obstacle.NOT_OWN_CHOICE: "S3 art. 17, 18",
    Obstacle.IN_MEDIATION: "S4 art. 26",
    Obstacle.OVER: "CPL art. 126",
    Obstacle.CONFIRMATION_PENDING: "S2 art. 357",
    Obstacle.CONFIRMED: "CPL art. 206",
    Obstacle.CORRECTION_OPEN: "S2 art. 126",
    Obstacle.CORRECTED_ONCE: "S35",
    Obstacle.NO_OPEN_CORRECTION: "S2 art. 126",
    Obstacle.NO_FINDING: "CPL art. 127",
    Obstacle.REASON_MISSING: "S15",
    Obstacle.MINUTES_MISSING: "S4 art. 11",
    Obstacle.NO_AGREEMENT_TO_WITHDRAW: "CPL art. 125",
}


@dataclass(frozen=True)
class Given:
    """A party's latest answer."""

    role: PartyRole
    answer: Answer | None = None
    manner: Manner | None = None
    chooses_outside: bool = False


@dataclass(frozen=True)
class RouteFacts:
    """What the choice of the route looks at."""

    enabled: frozenset[Route]
    result: ScreeningResult | None = ScreeningResult.SUITABLE
    outside_only: bool = False
    guided: bool = True
    complaint_pending: bool = True
    answers: tuple[Given, ...] = ()
    status: Status = Status.CONSENT_ASKED

    @property
    def applicants(self) -> tuple[Given, ...]:
        return tuple(given for given in self.answers if given.role is PartyRole.APPLICANT)

    @property
    def others(self) -> tuple[Given, ...]:
        return tuple(given for given in self.answers if given.role is not PartyRole.APPLICANT)


BEFORE_ROUTE = frozenset({Status.RECEIVED, Status.SCREENED, Status.GUIDED, Status.CONSENT_ASKED, Status.NOT_AGREED})


def refused(answers: Iterable[Given]) -> bool:
    """One refusal is enough: nobody is mediated against his will (CPL art. 125)."""
    return any(given.answer is Answer.REFUSES for given in answers)


def all_agree(answers: Collection[Given]) -> bool:
    """Every party has agreed."""
    return bool(answers) and all(given.answer is Answer.AGREES for given in answers)


def obstacles(route: Route, facts: RouteFacts) -> list[Obstacle]:
    """Why the dispute may not take this route now; nothing means that it is offered (3.0)."""
    early = _common(route, facts)
    if early:
        return early
    return {Route.A: _delegation, Route.B: _entrustment, Route.C: _guidance_outside}[route](facts)


def _common(route: Route, facts: RouteFacts) -> list[Obstacle]:
    if facts.status is Status.IN_MEDIATION:
        return [Obstacle.IN_MEDIATION]
    if facts.status not in BEFORE_ROUTE | {Status.FILED}:
        return [Obstacle.OVER]
    found = {
        Obstacle.NOT_ENABLED: route not in facts.enabled,
        Obstacle.NOT_SCREENED: facts.result is None,
        Obstacle.UNSUITABLE: facts.result not in {None, ScreeningResult.SUITABLE},
        Obstacle.ONLY_OUTSIDE: facts.outside_only and route is not Route.C,
        Obstacle.NOT_GUIDED: not facts.guided,
    }
    return [obstacle for obstacle, stands in found.items() if stands]


def _delegation(facts: RouteFacts) -> list[Obstacle]:
    """R3-08: the applicant agrees; the other side is asked by the court, or by the mediator within three working days."""
    if facts.status is Status.FILED:
        return [Obstacle.OVER]
    return _consent(facts)


def _consent(facts: RouteFacts) -> list[Obstacle]:
    if refused(facts.answers):
        return [Obstacle.REFUSED]
    return [] if all_agree(facts.applicants) else [Obstacle.NOT_ASKED]


def _entrustment(facts: RouteFacts) -> list[Obstacle]:
    """R3-10, S12 point 2: filed first, then entrusted when every party agrees."""
    found = _consent(facts)
    if found:
        return found
    if facts.status is Status.FILED:
        return [] if all_agree(facts.others) else [Obstacle.OTHER_SIDE_SILENT]
    return [] if facts.complaint_pending else [Obstacle.NO_COMPLAINT]


def _guidance_outside(facts: RouteFacts) -> list[Obstacle]:
    """R3-09: the applicant's own signed choice, and no complaint left waiting at the court."""
    if facts.status is Status.FILED:
        return [Obstacle.OVER]
    found = _consent_of_applicants(facts)
    if not found and not all(given.chooses_outside and given.manner in SIGNED for given in facts.applicants):
        found = [Obstacle.NOT_OWN_CHOICE]
    if facts.complaint_pending:
        found = [*found, Obstacle.COMPLAINT_PENDING]
    return found


SIGNED = frozenset({Manner.SIGNED, Manner.ONLINE})


def _consent_of_applicants(facts: RouteFacts) -> list[Obstacle]:
    if refused(facts.applicants):
        return [Obstacle.REFUSED]
    return [] if all_agree(facts.applicants) else [Obstacle.NOT_ASKED]


FILEABLE = BEFORE_ROUTE | {Status.AGREED}


def filing_obstacles(status: Status, confirming: Confirming | None = None) -> list[Obstacle]:
    """What stands against filing: only that it is done already, that a mediation must first be ended (R0-04), or that
    the agreement is before the court or confirmed by it (CPL 206).

    Neither an unsuitable dispute, nor a missing notice, nor a party's silence is on this list, and none may ever be.
    """
    if status is Status.IN_MEDIATION:
        return [Obstacle.IN_MEDIATION]
    if confirming is not None:
        return [Obstacle(WHILE_CONFIRMING[confirming].value)]
    return [] if status in FILEABLE else [Obstacle.OVER]


ASKABLE = frozenset({Status.GUIDED, Status.CONSENT_ASKED, Status.IN_MEDIATION, Status.FILED})


def asking_obstacles(status: Status) -> list[Obstacle]:
    """Who is asked has been told before what mediation means; after the end nobody is asked any more."""
    if status in ASKABLE:
        return []
    if status is Status.RECEIVED:
        return [Obstacle.NOT_SCREENED]
    return [Obstacle.NOT_GUIDED] if status in BEFORE_ROUTE else [Obstacle.OVER]


class Next(enum.StrEnum):
    """The step that comes first on the clerk's page."""

    CORRECT = "correct"
    SCREEN = "screen"
    RETURN = "return"
    GUIDE = "guide"
    ASK = "ask"
    FILE = "file"
    ROUTE_A = "route_a"
    ROUTE_C = "route_c"
    WAIT = "wait"
    NOTHING = "nothing"


def next_step(facts: RouteFacts, *, correction_open: bool = False) -> Next:
    """What to do next; a refusal, silence or an unsuitable dispute leads to filing and nowhere else (R0-04)."""
    if facts.status not in BEFORE_ROUTE:
        return Next.NOTHING
    if correction_open:
        return Next.CORRECT
    if facts.result is None:
        return Next.SCREEN
    if facts.result in {ScreeningResult.OUT_OF_SCOPE, ScreeningResult.WRONG_COURT}:
        return Next.RETURN
    if facts.result is ScreeningResult.NOT_SUITABLE or facts.status is Status.NOT_AGREED or refused(facts.answers):
        return Next.FILE
    return _after_screening(facts)


def _after_screening(facts: RouteFacts) -> Next:
    if not facts.guided:
        return Next.GUIDE
    if any(given.answer is None for given in facts.answers):
        return Next.ASK
    if not obstacles(Route.A, facts):
        return Next.ROUTE_A
    if not obstacles(Route.C, facts):
        return Next.ROUTE_C
    # S12 point 2, and silence: the complaint is registered; mediation may follow the filing.
    return Next.FILE


# ---- limitation -------------------------------------------------------------------------------------------------


class Interruption(enum.StrEnum):
    """What interrupted the limitation period (S9 arts 10, 12)."""

    COMPLAINT = "complaint"
    COMMITTEE = "committee"


INTERRUPTION_ARTICLE = {Interruption.COMPLAINT: "S9 art. 10", Interruption.COMMITTEE: "S9 art. 12"}


def interruptions(complaint_on: date | None, referred_on: date | None) -> list[tuple[Interruption, date]]:
    """The limitation facts of a dispute in order of time (R3-61)."""
    found = [(Interruption.COMPLAINT, complaint_on), (Interruption.COMMITTEE, referred_on)]
    return sorted(((kind, day) for kind, day in found if day is not None), key=lambda fact: fact[1])
