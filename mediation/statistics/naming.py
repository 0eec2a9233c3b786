"""Figures by the names people write: I03 means all of its variants, i03A one of them; and their counts in words."""

from mediation.statistics import labels
from mediation.statistics.asking import Answer
from mediation.statistics.catalogue import BEARS_ON, Figure, Point, Reading
from mediation.statistics.rules import Part


def figures_of(name: str) -> list[Figure]:
    """The figures a name means: one, or all variants of a number; none where there is no such figure."""
    asked = name.strip().casefold()
    exact = [figure for figure in Figure if figure.value.casefold() == asked]
    return exact or [figure for figure in Figure if figure.value.casefold().rstrip("abcdefgh") == asked]


def bearing(answer: Answer) -> list[tuple[Point, Reading]]:
    """How the court reads the open points that bear on this figure."""
    figure = answer.question.figure
    return [(point, getattr(answer.readings, point.value)) for point in Point if figure in BEARS_ON[point]]


def readings_of(answer: Answer) -> dict[str, str]:
    """The same as data."""
    return {point.value: reading.value for point, reading in bearing(answer)}


def counted(figure: Figure, part: str, number: int) -> str:
    """One half of a figure: the number and what it counts."""
    half = Part(part)
    word = labels.PART[half][figure]
    if (figure, half) in labels.BY_ITSELF:
        return f"{number} {word}"
    return str(labels.COUNTED) % {"number": number, "what": word}


def change(answer: Answer, former: Answer) -> str:
    """How a figure differs from that of another period, with its unit; empty where one of them is no figure."""
    difference = answer.change(former)
    return str(labels.CHANGE[answer.definition.unit]) % {"change": difference} if difference else ""
