"""The court's years, made from a seed: how many disputes came, what became of each, and the numbers of the story."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mediation.assignment.rules import EndCode, Kind
from mediation.cli.history.course import Agreed, Case, Confirming, Course, Mediation
from mediation.cli.history.workdays import Workdays
from mediation.confirmation.rules import Outcome
from mediation.disputes.rules import Closing, Route, Source
from mediation.litigation.rules import Manner, Procedure

OPENED, TOLD = date(2017, 6, 1), date(2019, 7, 8)
# From this day prior mediation happens in filed cases (DOMAIN 0.2).
REGIME_B = date(2025, 1, 1)
BACKLOG_CLEARED = date(2021, 6, 30)
A_YEAR = 3_700

SOURCES = (Source.WINDOW, Source.ONLINE, Source.MAIL, Source.GOVERNANCE_CENTRE, Source.HOTLINE, Source.COMMITTEE)
# Per hundred, before the platform was there and since.
BY_WINDOW, BY_PHONE = (82, 2, 6, 6, 2, 2), (52, 27, 4, 9, 4, 4)
PLATFORM = date(2018, 2, 1)
FAILED = (EndCode.UNREACHABLE, EndCode.UNWILLING, EndCode.DIVERGENCE, EndCode.EXPIRED, EndCode.UNSIGNED)
FAILED_PER_100 = (18, 34, 33, 13, 2)
JUDGED = (Manner.JUDGMENT, Manner.WITHDRAWN, Manner.MEDIATION_DOCUMENT, Manner.DEEMED_WITHDRAWN, Manner.DISMISSED)
JUDGED_PER_100 = (56, 22, 14, 5, 3)
QUICK = (Manner.MEDIATION_DOCUMENT, Manner.JUDGMENT, Manner.WITHDRAWN)
QUICK_PER_100 = (38, 36, 26)


@dataclass(frozen=True)
class Story:
    """What the newspaper told of 8 July 2019 (DOMAIN appendix C), and the filings its share implies (7.2)."""

    diverted: int = 6_785
    succeeded: int = 1_305
    quick: int = 2_859
    filed: int = 10_152
    waiting: int = 4_943


STORY = Story()
# How the quick ones divide, and how many of the filed came from a mediation that had failed: ours, the story is silent.
AFTER_MEDIATION, FROM_FAILURE = 655, 3_640


class Chronicle:
    """All courses, the story's exactly and the later years by chance; the same seed makes the same past."""

    def __init__(
        self, days: Workdays, *, causes: int, weights: Sequence[int], streets: int, mediators: int, today: date
    ) -> None:
        self.days, self.until = days, today - timedelta(days=1)
        self.causes, self.weights, self.streets, self.mediators = range(causes), weights, streets, mediators
        self.chance = random.Random(20170601)  # noqa: S311 a past that can be made again

    def courses(self) -> list[Course]:
        """Every dispute that is over, by the day on which it came."""
        found = [*self._story(), *(c for c in self._later() if c.closed <= self.until)]
        return sorted(found, key=lambda course: course.received)

    # ---- to the day of the story -------------------------------------------------------------------------------------

    def _story(self) -> Iterator[Course]:
        handed_out = self.days.drawn(self.chance, OPENED, TOLD, STORY.diverted, 1.7)
        diverted = [self._delegated(day) for day in handed_out]
        over = [course for course in diverted if self._mediation(course).ended <= TOLD]
        won = set(map(id, self.chance.sample(over, STORY.succeeded)))
        for course in diverted:
            wins = id(course) in won if self._mediation(course).ended <= TOLD else self._maybe(0.3)
            self._ends(course, wins=wins)
        yield from self._filings(diverted)

    def _filings(self, diverted: list[Course]) -> Iterator[Course]:
        lost = [c for c in diverted if self._mediation(c).failed]
        in_time = [c for c in lost if self.days.after(self._mediation(c).ended, 4) <= TOLD]
        suing = set(map(id, self.chance.sample(in_time, FROM_FAILURE)))
        filed: list[tuple[date, Course]] = []
        for course in lost:
            day = self.days.after(self._mediation(course).ended, self.chance.randrange(1, 5))
            if id(course) in suing:
                filed.append((day, course))
            elif day > TOLD and self._maybe(0.5):
                self._files(course, day, self._fate())
            else:
                self._gives_up(course)
        direct = self.days.drawn(self.chance, OPENED, TOLD, STORY.filed - FROM_FAILURE, 1.9)
        filed += [(day, self._comes(day, self.chance.randrange(5))) for day in direct]
        filed.sort(key=lambda one: one[0])
        self._cases(filed)
        yield from diverted
        yield from (course for _day, course in filed if id(course) not in suing)

    def _cases(self, filed: list[tuple[date, Course]]) -> None:
        """Which of the filed were over quickly, which had been heard, which waited on the evening of the day."""
        early = [one for one in filed if one[0] <= TOLD - timedelta(days=75)]
        quick = self.chance.sample(early, STORY.quick)
        direct = [c for _d, c in quick if c.mediation is None]
        mediated = set(map(id, self.chance.sample(direct, AFTER_MEDIATION)))
        chosen = {id(c) for _d, c in quick}
        for day, course in quick:
            self._files(course, day, self._entrusted if id(course) in mediated else self._fast)
        rest = [one for one in filed if id(one[1]) not in chosen]
        tracked = [one for one in rest if self.days.after(one[0], 12) <= TOLD]
        # Whoever came last waits longest; but not quite.
        order = sorted(tracked, key=lambda one: one[0].toordinal() + self.chance.gauss(0, 45), reverse=True)
        waiting = {id(c) for _d, c in order[: STORY.waiting]}
        for day, course in rest:
            if id(course) in waiting:
                self._files(course, day, self._waited)
            elif self.days.after(day, 12) <= TOLD:
                self._files(course, day, self._heard_before)
            else:
                self._files(course, day, self._not_yet_on_a_track)

    # ---- since then --------------------------------------------------------------------------------------------------

    def _later(self) -> Iterator[Course]:
        first = TOLD + timedelta(days=1)
        number = A_YEAR * (self.until - first).days // 365
        for day in self.days.drawn(self.chance, first, self.until, number, 1.15):
            yield self._old_way(day) if day < REGIME_B else self._new_way(day)

    def _old_way(self, day: date) -> Course:
        """Route A: delegated before filing; who refuses, files."""
        if not self._maybe(0.55):
            return self._files(self._comes(day, 0), self.days.after(day, self.chance.randrange(5)), self._fate())
        course = self._delegated(day)
        better = min((day - TOLD).days / 365 * 0.05, 0.25)
        self._ends(course, wins=self._maybe(0.33 + better))
        return self._loses(course)

    def _loses(self, course: Course) -> Course:
        mediation = self._mediation(course)
        if not mediation.failed:
            return course
        if self._maybe(0.72):
            return self._files(course, self.days.after(mediation.ended, self.chance.randrange(1, 5)), self._fate())
        return self._gives_up(course)

    def _new_way(self, day: date) -> Course:
        """Routes B and C: filed first and entrusted then, or shown the way out of the court."""
        if self._maybe(0.28):
            course = self._delegated(day, Kind.REFERRED)
            self._ends(course, wins=self._maybe(0.52))
            return self._loses(course)
        return self._files(self._comes(day, 0), self.days.after(day, self.chance.randrange(5)), self._fate(0.42))

    def _fate(self, entrusted: float = 0.1) -> Callable[[Course, date], Case]:
        draw = self.chance.random()
        if draw < entrusted:
            return self._entrusted
        return self._fast if draw < entrusted + 0.38 else self._ordinary

    # ---- one dispute -------------------------------------------------------------------------------------------------

    def _maybe(self, part: float) -> bool:
        return self.chance.random() < part

    @staticmethod
    def _mediation(course: Course) -> Mediation:
        if course.mediation is None:
            raise TypeError("not mediated")
        return course.mediation

    def _comes(self, day: date, before: int) -> Course:
        """A dispute at the counter, so many working days before a day."""
        received = max(self.days.on_or_after(day - timedelta(days=before)), OPENED)
        received = min(received, day)
        shares = BY_WINDOW if received < PLATFORM else BY_PHONE
        return Course(
            received=received, closed=received, closing=Closing.WITHDRAWN, source=self.chance.choices(SOURCES, shares)[0],
            cause=self.chance.choices(self.causes, self.weights)[0], street=self.chance.randrange(self.streets),
            address=self._maybe(0.82), amount_fen=100 * int(self.chance.lognormvariate(9.6, 1.3)),
            people=(self.chance.randrange(240), self.chance.randrange(240)),
        )  # fmt: skip

    def _delegated(self, day: date, kind: Kind = Kind.DELEGATED) -> Course:
        course = self._comes(day, self.chance.choice((0, 0, 1, 1, 2, 3)))
        course.route = Route.A if kind is Kind.DELEGATED else Route.C
        course.mediation = self._mediates(day, kind, longest=30)
        return course

    def _mediates(self, day: date, kind: Kind, *, longest: int) -> Mediation:
        accepted = self.days.after(day, self.chance.choices((0, 1, 2, 3, 4), (30, 40, 17, 11, 2))[0])
        length = round(self.chance.triangular(1, longest, longest * 0.7))
        late = self._maybe(0.03)
        ended = self.days.on_or_after(
            accepted + timedelta(days=longest + self.chance.randrange(4, 9) if late else length)
        )
        return Mediation(
            kind=kind, issued=day, accepted=accepted, ended=ended, code=EndCode.DIVERGENCE,
            mediator=self.chance.randrange(self.mediators), video=self._maybe(_by_video(day)),
        )  # fmt: skip

    def _ends(self, course: Course, *, wins: bool) -> None:
        mediation = self._mediation(course)
        if wins:
            mediation.code = EndCode.SETTLED if self._maybe(0.12) else EndCode.AGREEMENT
        elif self._maybe(0.1):
            mediation.code, mediation.withdrawn = EndCode.SETTLED, True
        else:
            mediation.code = self.chance.choices(FAILED, FAILED_PER_100)[0]
        if mediation.code not in {EndCode.UNREACHABLE, EndCode.UNWILLING}:
            mediation.met = self._between(mediation.accepted, mediation.ended)
        course.closed = mediation.ended
        if mediation.code is EndCode.SETTLED:
            course.closing = Closing.WITHDRAWN if mediation.withdrawn else Closing.SETTLED
        elif mediation.code is EndCode.AGREEMENT:
            self._agrees(course)

    def _agrees(self, course: Course) -> None:
        effective = self._mediation(course).ended
        due = self.days.on_or_after(effective + timedelta(days=self.chance.choice((0, 0, 7, 15, 30, 60))))
        agreed = course.agreed = Agreed(effective, due, self._performed(effective, due, 0.88))
        course.closing, course.closed = Closing.PERFORMED, agreed.performed
        if due > effective and self._maybe(0.45):
            applied = self.days.after(effective, self.chance.randrange(1, 12))
            accepted = self.days.after(applied, self.chance.randrange(3))
            decided = self.days.after(accepted, self.chance.randrange(2, 12))
            outcome = Outcome.VALID if self._maybe(0.96) else Outcome.DISMISSED
            agreed.confirming = Confirming(applied, accepted, decided, outcome)
            if outcome is Outcome.VALID:
                course.closing = Closing.CONFIRMED
            course.closed = max(course.closed, decided)

    def _performed(self, effective: date, due: date, kept: float) -> date:
        """In time, or late, when the creditor had asked again or the court was about to enforce it."""
        if self._maybe(kept):
            return self._between(effective, due)
        return self.days.on_or_after(due + timedelta(days=self.chance.randrange(3, 150)))

    def _gives_up(self, course: Course) -> Course:
        course.closing, course.closed = Closing.WITHDRAWN, self.days.after(self._mediation(course).ended, 10)
        return course

    def _files(self, course: Course, day: date, fate: Callable[[Course, date], Case]) -> Course:
        course.route = course.route or Route.B
        case = course.case = fate(course, day)
        course.closing, course.closed = Closing.LITIGATION_ENDED, case.closed
        if course.agreed:
            course.closed = max(course.closed, course.agreed.performed)
        return course

    def _between(self, first: date, last: date) -> date:
        found = self.days.on_or_after(first + timedelta(days=self.chance.randrange((last - first).days + 1)))
        return min(found, last)

    # ---- one case ----------------------------------------------------------------------------------------------------

    def _entrusted(self, course: Course, day: date) -> Case:
        """Mediated after filing; now and then without success, then tried."""
        if course.mediation is not None:
            return self._fast(course, day)
        short = self._maybe(0.7)
        issued = self.days.after(day, self.chance.randrange(1, 4))
        mediation = course.mediation = self._mediates(issued, Kind.ENTRUSTED, longest=7 if short else 15)
        mediation.procedure = Procedure.SUMMARY if short else Procedure.ORDINARY_SOLE
        mediation.met = self._between(mediation.accepted, mediation.ended)
        if day > TOLD and self._maybe(0.46):
            mediation.code = self.chance.choices(FAILED[1:4], FAILED_PER_100[1:4])[0]
            return self._ordinary(course, mediation.ended, filed=day)
        mediation.code = EndCode.AGREEMENT if self._maybe(0.6) else EndCode.SETTLED
        if mediation.code is EndCode.AGREEMENT:
            performed = self._performed(mediation.ended, mediation.ended, 0.9)
            course.agreed = Agreed(mediation.ended, mediation.ended, performed)
        manner = Manner.MEDIATION_DOCUMENT if mediation.code is EndCode.AGREEMENT else Manner.OTHER
        return Case(day, mediation.ended, manner, procedure=mediation.procedure)

    def _fast(self, _course: Course, day: date) -> Case:
        tracked = self.days.after(day, self.chance.randrange(3, 10))
        heard = self.days.after(tracked, self.chance.randrange(6, 16))
        closed = self.days.after(heard, self.chance.randrange(12))
        procedure = Procedure.SMALL if self._maybe(0.45) else Procedure.SUMMARY
        return Case(
            day,
            closed,
            self.chance.choices(QUICK, QUICK_PER_100)[0],
            procedure,
            fast=True,
            tracked=tracked,
            heard=heard,
        )

    def _ordinary(self, _course: Course, day: date, filed: date | None = None) -> Case:
        tracked = self.days.after(day, self.chance.randrange(6, 13))
        return self._tried(filed or day, tracked, self.days.after(tracked, self.chance.randrange(15, 75)))

    def _waited(self, _course: Course, day: date) -> Case:
        """One of those of whom the board spoke: on a track, heard only when the backlog was worked off."""
        tracked = self.days.after(day, self.chance.randrange(6, 13))
        return self._tried(
            day, tracked, self._within(max(TOLD + timedelta(days=2), tracked + timedelta(days=20)), BACKLOG_CLEARED)
        )

    def _heard_before(self, _course: Course, day: date) -> Case:
        tracked = self.days.after(day, self.chance.randrange(6, 13))
        return self._tried(day, tracked, self._within(tracked, min(TOLD, tracked + timedelta(days=150))))

    def _not_yet_on_a_track(self, _course: Course, day: date) -> Case:
        tracked = max(self.days.after(day, 13), self.days.after(TOLD, 1))
        return self._tried(day, tracked, self._within(tracked + timedelta(days=20), BACKLOG_CLEARED))

    def _within(self, first: date, last: date) -> date:
        return self.chance.choice(self.days.between(first, last) or [last])

    def _tried(self, filed: date, tracked: date, heard: date) -> Case:
        closed = self.days.after(heard, self.chance.randrange(2, 35))
        procedure = Procedure.ORDINARY_SOLE if self._maybe(0.3) else Procedure.SUMMARY
        return Case(
            filed, closed, self.chance.choices(JUDGED, JUDGED_PER_100)[0], procedure, tracked=tracked, heard=heard
        )


def _by_video(day: date) -> float:
    """How many meetings were held by video: few at first, many since 2020."""
    years = ((date(2018, 2, 1), 0.0), (date(2020, 2, 1), 0.06), (date(2021, 1, 1), 0.24))
    return next((part for until, part in years if day < until), 0.31)
