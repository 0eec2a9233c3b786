"""Which mediator to suggest, so that anybody can work it out again: who may be chosen, the points, the draw.

The court or the organisation designates only when the parties do not choose together (S4 art. 12); a suggestion binds
nobody. Hard filters come first. Then each part is worth whole points from 0 to 100, weighed by the levers the court has
set. Among those within the margin of the best the lot decides. Only whole numbers are used, so that every machine
arrives at the same result.
"""

import enum
import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mediation.assignment import conflicts
from mediation.assignment.rules import Finding
from mediation.roster import rules as roster
from mediation.roster.rules import Reach, Region, RosterStatus

# Counted up whenever the same facts could give another result than before, or another reason.
# 2: of somebody who had the dispute before, that is the first reason, and not a part in which he happens to stand behind.
ALGORITHM = 2
EARLIER_TOLD = 2
FULL_POINTS = 100


class Part(enum.StrEnum):
    """What the points are made of; neither the lot nor an earlier turn in the same dispute is worth any."""

    STRENGTH = "strength"
    LOAD = "load"
    REST = "rest"
    DISTANCE = "distance"
    LANGUAGE = "language"
    SUCCESS = "success"
    LOT = "lot"
    EARLIER = "earlier"


MOST_WEIGHT, LONGEST_REST, WIDEST_MARGIN = 10, 365, 500
WEIGHED = (Part.STRENGTH, Part.LOAD, Part.REST, Part.DISTANCE, Part.LANGUAGE, Part.SUCCESS)


class Strength(enum.IntEnum):
    """How close the mediator's field is to the cause of the dispute."""

    NONE = 0
    GROUP = 1
    CAUSE = 2
    # On the special panel for such disputes: as good as strong in the very cause (S4 art. 9).
    PANEL = 3


@dataclass(frozen=True)
class Levers:
    """How much each part weighs in this court: nothing to ten times. Success weighs nothing unless the court says so."""

    strength: int = 4
    load: int = 3
    rest: int = 1
    distance: int = 1
    language: int = 2
    success: int = 0
    # Nobody waits longer for a case than this counts.
    rest_days: int = 90
    # Who stands no further than this behind the best takes part in the draw.
    margin: int = 20

    def __post_init__(self) -> None:
        """No lever is outside what the court may set; ValueError otherwise."""
        weights = [self.weight(part) for part in WEIGHED]
        if not (
            all(0 <= one <= MOST_WEIGHT for one in weights)
            and 1 <= self.rest_days <= LONGEST_REST
            and 0 <= self.margin <= WIDEST_MARGIN
        ):
            raise ValueError(f"levers out of range: {self}")

    def weight(self, part: Part) -> int:
        """How often the points of a part count."""
        return int(getattr(self, part.value))

    @property
    def most(self) -> int:
        """The most points anybody can have."""
        return sum(self.weight(part) for part in WEIGHED) * FULL_POINTS

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that weigh something, the weightiest first."""
        return tuple(sorted((p for p in WEIGHED if self.weight(p)), key=lambda p: (-self.weight(p), WEIGHED.index(p))))


@dataclass(frozen=True)
class Panel:
    """A special panel for disputes of this cause; from one that binds, the court designates members only (S4 art. 9)."""

    id: int
    name: str
    binds: bool = False


@dataclass(frozen=True)
class Case:
    """The dispute as the choice sees it."""

    cause_code: str
    on: date
    seed: str
    street_id: int | None = None
    # What the parties want to speak, beside the common language.
    languages: tuple[str, ...] = ()
    # Where parties from outside the mainland come from (S5 art. 6).
    regions: tuple[Region, ...] = ()
    panels: tuple[Panel, ...] = ()

    @property
    def reach(self) -> Reach:
        """What the rules of the list read of it."""
        return Reach(self.cause_code, frozenset(self.regions))


@dataclass(frozen=True)
class Body:
    """The organisation under which a mediator is listed."""

    status: RosterStatus
    # Empty: every cause.
    accepted_causes: tuple[str, ...] = ()
    # Whose list, when it is a higher court's, and the consent to serve here (S4 art. 5; S5 art. 27).
    listed_by: str = ""
    consented_on: date | None = None


@dataclass(frozen=True)
class Standing:
    """A mediator as the choice sees them on that day."""

    mediator_id: int
    status: RosterStatus
    certificate_expires_on: date
    max_open: int
    open_cases: int
    organisation: Body | None = None
    away: bool = False
    foreign_region: Region = Region.MAINLAND
    fields: tuple[str, ...] = ()
    last_issued_on: date | None = None
    street_id: int | None = None
    languages: tuple[str, ...] = ()
    agreed: int = 0
    ended: int = 0
    ties: tuple[Finding, ...] = ()
    # All parties agreed to this mediator, knowing the ties.
    waived: bool = False
    # Had this very dispute and gave it back, or was replaced: comes after everybody else (S5 arts 12, 14).
    earlier: bool = False
    # On which of the special panels for this dispute.
    panels: tuple[int, ...] = ()
    # All parties named this mediator: their choice is from the whole list (S4 art. 12).
    named: bool = False
    listed_by: str = ""
    consented_on: date | None = None
    court_id: int = 0


@dataclass(frozen=True)
class Score:
    """The points of one mediator who may be chosen, part by part, already weighed."""

    mediator_id: int
    points: tuple[tuple[Part, int], ...]
    total: int
    lot: str = ""

    @property
    def drawn(self) -> bool:
        """Whether this mediator took part in the draw."""
        return bool(self.lot)

    def of(self, part: Part) -> int:
        """The weighed points of one part."""
        return dict(self.points).get(part, 0)


@dataclass(frozen=True)
class Barred:
    """A mediator who may not be suggested: the first reason, from the list or from the check for ties."""

    mediator_id: int
    reason: roster.Obstacle | Finding

    @property
    def article(self) -> str:
        """Under which article."""
        if isinstance(self.reason, roster.Obstacle):
            return roster.OBSTACLE_ARTICLE[self.reason]
        return conflicts.FINDING_ARTICLE[self.reason]


@dataclass(frozen=True)
class Outcome:
    """Everybody on the list: the suggested one first, the others in order, then who may not be suggested."""

    scores: tuple[Score, ...]
    barred: tuple[Barred, ...]

    @property
    def suggested(self) -> int | None:
        """Whom the court would designate; nobody when nobody passes: never somebody who is excluded."""
        return self.scores[0].mediator_id if self.scores else None


# --- who may be chosen ------------------------------------------------------------------------------------------------


def bars(standing: Standing, case: Case) -> list[roster.Obstacle | Finding]:
    """Everything that stands against suggesting a mediator: the list and the leave first, then ties, the gravest first."""
    found: list[roster.Obstacle | Finding] = list(
        roster.obstacles(
            standing,
            case.on,
            load=standing.open_cases,
            away=standing.away,
            organisation=standing.organisation,
            dispute=case.reach,
            off_panel=is_off_panel(standing, case),
        )
    )
    stops = conflicts.BLOCKING | conflicts.TO_CLEAR | (frozenset() if standing.waived else conflicts.WAIVABLE)
    return found + [tie for tie in standing.ties if tie in stops]


def is_off_panel(standing: Standing, case: Case) -> bool:
    """Whether a special panel binds the court in this dispute and this mediator is on none such (S4 art. 9)."""
    binding = {panel.id for panel in case.panels if panel.binds}
    return bool(binding) and not standing.named and not binding & set(standing.panels)


# --- the points -------------------------------------------------------------------------------------------------------


def strength(fields: Iterable[str], cause_code: str) -> Strength:
    """The cause itself, or the group it belongs to by the beginning of its code."""
    found = Strength.NONE
    for field in fields:
        if field == cause_code:
            return Strength.CAUSE
        if field and cause_code.startswith(f"{field}."):
            found = Strength.GROUP
    return found


def field(standing: Standing, case: Case) -> Strength:
    """How close the mediator is to the cause: by the special panel, or by what the list says."""
    on = {panel.id for panel in case.panels} & set(standing.panels)
    return Strength.PANEL if on else strength(standing.fields, case.cause_code)


def waited(standing: Standing, on: date) -> int | None:
    """Days since the last case; None when there was none. A case of tomorrow, by a wrong clock, is one of today."""
    return None if standing.last_issued_on is None else max((on - standing.last_issued_on).days, 0)


def raw(part: Part, standing: Standing, case: Case, levers: Levers) -> int:
    """What one part is worth before it is weighed: 0 to 100."""
    if part is Part.STRENGTH:
        return FULL_POINTS * min(field(standing, case), Strength.CAUSE) // Strength.CAUSE
    if part is Part.LOAD:
        free = max(standing.max_open - standing.open_cases, 0)
        return FULL_POINTS * free // max(standing.max_open, 1)
    if part is Part.REST:
        days = waited(standing, case.on)
        return FULL_POINTS if days is None else FULL_POINTS * min(days, levers.rest_days) // levers.rest_days
    if part is Part.DISTANCE:
        return _near(standing.street_id, case.street_id)
    if part is Part.LANGUAGE:
        wanted = set(case.languages)
        return FULL_POINTS * len(wanted & set(standing.languages)) // len(wanted) if wanted else 0
    # One success and one failure are added, so that a single case says little and none at all says one half.
    return FULL_POINTS * (standing.agreed + 1) // (standing.ended + 2)


def _near(home: int | None, place: int | None) -> int:
    """The same street before the same district before elsewhere; a dispute without a street is near to nobody."""
    if place is None or home is None:
        return 0
    return FULL_POINTS if home == place else FULL_POINTS // 2


def score(standing: Standing, case: Case, levers: Levers) -> Score:
    """The points of one mediator by these levers."""
    points = tuple((part, levers.weight(part) * raw(part, standing, case, levers)) for part in levers.parts)
    return Score(standing.mediator_id, points, sum(worth for _part, worth in points))


# --- the draw ---------------------------------------------------------------------------------------------------------


def seed(receipt_no: str, on: date, counter: int) -> str:
    """The published rule: the receipt number, the day, and how many times this dispute is being handed over."""
    return f"{receipt_no}/{on.isoformat()}/{counter}"


def lot(of_seed: str, mediator_id: int) -> str:
    """Decides among the best; anybody who knows the seed can draw it again."""
    return hashlib.sha256(f"{of_seed}:{mediator_id}".encode()).hexdigest()[:16]


def decide(standings: Iterable[Standing], case: Case, levers: Levers) -> Outcome:
    """Filters, points, draw: the smallest lot among the best comes first."""
    able, barred = [], []
    for standing in standings:
        found = bars(standing, case)
        if found:
            barred.append(Barred(standing.mediator_id, found[0]))
        else:
            able.append(standing)
    fresh = [score(one, case, levers) for one in able if not one.earlier]
    again = [score(one, case, levers) for one in able if one.earlier]
    scores = [*_ordered(fresh, case, levers), *_ordered(again, case, levers, draw=not fresh)]
    barred.sort(key=lambda one: one.mediator_id)
    return Outcome(tuple(scores), tuple(barred))


def _ordered(scores: Sequence[Score], case: Case, levers: Levers, *, draw: bool = True) -> list[Score]:
    """The best in the order of their lots, then the others by their points."""
    least = max((one.total for one in scores), default=0) - levers.margin
    near = [
        Score(one.mediator_id, one.points, one.total, lot(case.seed, one.mediator_id))
        for one in scores
        if draw and one.total >= least
    ]
    far = [one for one in scores if not draw or one.total < least]
    near.sort(key=lambda one: (one.lot, one.mediator_id))
    far.sort(key=lambda one: (-one.total, one.mediator_id))
    return [*near, *far]


def why_after(first: Score, other: Score, *, earlier: Collection[int] = (), algorithm: int = ALGORITHM) -> Part:
    """The first reason why another was not suggested: an earlier turn, the lot, or the weightiest part he stands behind in.

    `earlier` are those who had the dispute before: they come after everybody else, whatever their points (S5 arts 12, 14).
    """
    behind = other.mediator_id in earlier and first.mediator_id not in earlier
    if behind and algorithm >= EARLIER_TOLD:
        return Part.EARLIER
    if other.drawn:
        return Part.LOT
    return next((part for part, worth in first.points if other.of(part) < worth), Part.EARLIER)


def had_before(standings: Iterable[Standing]) -> frozenset[int]:
    """Who of them had this dispute and gave it back, or was replaced."""
    return frozenset(one.mediator_id for one in standings if one.earlier)


def counted(barred: Sequence[Barred]) -> list[tuple[roster.Obstacle | Finding, int]]:
    """How many fell out for which first reason, the commonest first."""
    numbers: dict[roster.Obstacle | Finding, int] = {}
    for one in barred:
        numbers[one.reason] = numbers.get(one.reason, 0) + 1
    return sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0].value))
