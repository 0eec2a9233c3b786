"""What stands in a report, counted part by part: figures with their comparisons, charts with their tables, definitions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from mediation.kernel import clock
from mediation.kernel.i18n import CHINESE, force_locale
from mediation.statistics import apart, asking, keeping, labels, naming, pictures, rules, services
from mediation.statistics.asking import Answer, Question
from mediation.statistics.catalogue import DEFINITIONS, Figure, Unit, definition_on
from mediation.statistics.pictures import Picture
from mediation.statistics.rules import Period

FIGURES = tuple(dict.fromkeys(d.figure for d in DEFINITIONS))
AT_ONCE = 12
CHUNKS = tuple(FIGURES[first : first + AT_ONCE] for first in range(0, len(FIGURES), AT_ONCE))
PICTURES = ("months", "causes", "hours", "flow")
STEPS = len(CHUNKS) + len(PICTURES)
# Levels of causes that stand in the table on paper.
LEVELS = 2


@dataclass(frozen=True)
class Asked:
    """One report: of which court, over which days, for whom."""

    court_id: int
    period: Period
    outward: bool

    @property
    def least(self) -> int:
        """R7-13: below which a count is not told; 0 inside the court."""
        return rules.SMALL if self.outward else 0


def parts(asked: Asked) -> Iterable[Callable[[dict[str, Any]], None]]:
    """The steps, each of which adds to what is printed."""
    for chunk in CHUNKS:
        yield lambda data, chunk=chunk: _figures(asked, chunk, data)  # type: ignore[misc]
    for name in PICTURES:
        yield lambda data, name=name: _chart(asked, name, data)  # type: ignore[misc]


def begun(asked: Asked) -> dict[str, Any]:
    """What is printed before anything is counted."""
    period, today = asked.period, clock.today()
    return {
        "first": period.first.isoformat(), "last": period.last.isoformat(), "counted_to": min(period.last, today).isoformat(),
        "made_on": today.isoformat(), "outward": asked.outward, "least": rules.SMALL, "crosses": _crosses(period),
        "figures": [], "definitions": [], "charts": [], "tables": [],
    }  # fmt: skip


def _crosses(period: Period) -> bool:
    return period.crosses_regimes() or apart.last_year(period).first < rules.REGIME_CHANGE <= period.last


# ---- figures ----------------------------------------------------------------------------------------------------------


def _figures(asked: Asked, chunk: tuple[Figure, ...], data: dict[str, Any]) -> None:
    period = asked.period
    periods = (period, period.before(), apart.last_year(period))
    questions = [
        Question(figure, definition_on(figure, period.last).natural, each) for figure in chunk for each in periods
    ]
    found = iter(asking.answers(asked.court_id, questions))
    with force_locale(CHINESE):
        for _figure in chunk:
            now, before, year = next(found), next(found), next(found)
            data["figures"].append(_row(asked, now, before, year))
            data["definitions"].append(_definition(now))


def _row(asked: Asked, now: Answer, before: Answer, year: Answer) -> list[str]:
    name = f"{labels.NAME[now.question.figure]}"
    return [
        name, now.definition.name, _counts(now, asked.least), _value(now, asked.least), _value(before, asked.least),
        _value(year, asked.least),
    ]  # fmt: skip


def is_small(answer: Answer, least: int) -> bool:
    """R7-13: one of the counts, or what is left between them, is below the bound. Days, points and people are no cases."""
    if not least or answer.definition.unit not in {Unit.PERCENT, Unit.NUMBER}:
        return (
            bool(least) and answer.definition.unit in {Unit.DAYS, Unit.SCORE} and 0 < (answer.denominator or 0) < least
        )
    counts = [answer.numerator]
    if answer.denominator is not None:
        counts += [answer.denominator, answer.denominator - answer.numerator]
    return answer.question.figure is not Figure.I22 and any(0 < count < least for count in counts)


def _value(answer: Answer, least: int) -> str:
    return f"<{least}" if is_small(answer, least) and answer.denominator is None else (
        "—" if is_small(answer, least) else answer.text
    )  # fmt: skip


def _counts(answer: Answer, least: int) -> str:
    if is_small(answer, least):
        return f"<{least}"
    return str(answer.numerator) if answer.denominator is None else f"{answer.numerator} / {answer.denominator}"


def _definition(answer: Answer) -> list[str]:
    figure, definition = answer.question.figure, answer.definition
    read = "".join(f"{labels.POINT[point]}{labels.READING[reading]}。" for point, reading in naming.bearing(answer))
    changed = "期间内口径有变化，按期末口径计算。" if answer.changed else ""
    said = f"{labels.MEANING[figure]}{labels.WAY[answer.question.way]}；{labels.PENDING[definition.pending]}{read}{changed}"
    return [definition.name, str(labels.NAME[figure]), said, definition.valid_from.isoformat()]


# ---- charts -----------------------------------------------------------------------------------------------------------


def _chart(asked: Asked, name: str, data: dict[str, Any]) -> None:
    with force_locale(CHINESE):
        picture = (
            _months(asked) if name == "months" else pictures.BY_NAME[name](asked.court_id, asked.period, asked.least)
        )
    data["charts"].append(picture.spec)
    data["tables"].append({"title": picture.title, "head": list(picture.head), "rows": _printed(name, picture)})


def _months(asked: Asked) -> Picture:
    months = services.last_months(min(asked.period.last, clock.today()))
    rows = services.by_month(asked.court_id, keeping.of(asked.court_id), months)
    return pictures.months(rows, asked.least)


def _printed(name: str, picture: Picture) -> list[list[str]]:
    rows = picture.rows if name != "causes" else [row[:3] for row in picture.rows if row[0] <= LEVELS]
    return [[str(cell) for cell in row] for row in rows]
