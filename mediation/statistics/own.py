"""The figures of a mediator's, or an organisation's, own cases: by the same definitions, and beside nobody else's (R7-12)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.kernel.errors import NotPermitted
from mediation.roster.conduct.counting import Line
from mediation.statistics import apart, rules
from mediation.statistics.apart import Only
from mediation.statistics.asking import Answer, Question
from mediation.statistics.catalogue import Dimension, Figure, Way, definition_on
from mediation.statistics.facts import Rows
from mediation.statistics.rules import Part, Period

F = Figure
# What a mediator answers for, in the order in which the work goes.
WORK = (F.I21A, F.I21B, F.I21C, F.I21D, F.I21E, F.I21G, F.I21H)
OUTCOME = (F.I03A, F.I03B, F.I03C, F.I04, F.I14, F.I17)
TIME = (F.I21F, F.I12A, F.I12B, F.I13, F.I16A, F.I16B)
AFTERWARDS = (F.I09, F.I09B, F.I10, F.I10B, F.I11)
RATINGS = (F.I18A, F.I18B)
GROUPS: dict[str, tuple[Figure, ...]] = {
    "work": WORK, "outcome": OUTCOME, "time": TIME, "afterwards": AFTERWARDS, "ratings": RATINGS,
}  # fmt: skip
OWN = tuple(figure for group in GROUPS.values() for figure in group)
# Of fewer ratings the mean would tell what somebody said (DOMAIN 8.6: what a party says is nobody's to trace).
FEWEST_RATINGS = rules.SMALL


def line_of(actor: Actor) -> Only:
    """Whose cases are the actor's own: the mediator's, else the organisation's."""
    if not rules.may_read_own(actor):
        raise NotPermitted("read_own")
    if actor.mediator_id is not None:
        return Only(Dimension.MEDIATOR, str(actor.mediator_id))
    return Only(Dimension.ORGANISATION, str(actor.organisation_id))


def is_open(figure: Figure) -> bool:
    """Whether the cases behind a figure may be looked at: not who rated, and with how many points."""
    return figure not in RATINGS


def question(figure: Figure, period: Period, way: Way | None = None) -> Question:
    """One figure over a period, counted as it is by nature."""
    definition = definition_on(figure, period.last)
    return Question(figure, way or definition.natural, period)


def compared(actor: Actor, period: Period) -> dict[Figure, tuple[Answer, Answer, Answer]]:
    """Each figure of the own cases: now, in the period before, in the same period last year."""
    only, periods = line_of(actor), (period, period.before(), apart.last_year(period))
    asked = [question(figure, each) for figure in OWN for each in periods]
    found = iter([_kept_close(answer) for answer in apart.answers(actor.court_id, asked, only)])
    return {figure: (next(found), next(found), next(found)) for figure in OWN}


def answer(actor: Actor, asked: Question) -> Answer:
    """One figure of the own cases."""
    return _kept_close(apart.answers(actor.court_id, [asked], line_of(actor))[0])


def _kept_close(found: Answer) -> Answer:
    """A mean of a few ratings is not told to whom they are about."""
    if found.question.figure is Figure.I18A and (found.denominator or 0) < FEWEST_RATINGS:
        return replace(found, numerator=0, denominator=0)
    return found


def rows(actor: Actor, asked: Question, part: Part) -> Rows | None:
    """The rows one half counts, of the own cases alone; none where they are not to be looked at."""
    if asked.figure not in OWN or not is_open(asked.figure):
        return None
    return apart.rows_of(actor.court_id, asked, part, line_of(actor))


def of_year(court_id: int, mediator_id: int, year: int) -> Sequence[Line]:
    """R2-04: the figures of one mediator for the yearly evaluation; whoever evaluates reads the mean of few ratings too."""
    period = rules.year_of(date(year, 1, 1))
    only = Only(Dimension.MEDIATOR, str(mediator_id))
    found = apart.answers(court_id, [question(figure, period) for figure in OWN], only)
    return [
        Line(
            a.question.figure.value, a.definition.version, a.question.way.value, a.numerator, a.denominator, a.text
        )
        for a in found
    ]  # fmt: skip


def openable(actor: Actor, numbers: Sequence[int]) -> frozenset[int]:
    """Of these disputes those the actor may open: one that was handed back is counted, and open no longer."""
    mine = disputes.ids(actor).where(Dispute.id.in_(numbers))
    return frozenset(db.session.scalars(mine))
