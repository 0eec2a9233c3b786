"""What the catalogue of figures says of a mediator's year. The figures are a later stage's to know; it says so here."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """One figure of a mediator: by which definition, both counts, and the value as it is written."""

    figure: str
    version: int
    way: str
    numerator: int
    denominator: int | None
    text: str


Count = Callable[[int, int, int], Sequence[Line]]
Name = Callable[[str], Any]


def _none(_court_id: int, _mediator_id: int, _year: int) -> Sequence[Line]:
    return ()


@dataclass
class _Counted:
    count: Count = _none
    name: Name = str


_counted = _Counted()


def counted_by(count: Count, name: Name) -> None:
    """Told by `statistics`, a later stage: the figures of a mediator's year, and how each is called."""
    _counted.count, _counted.name = count, name


def of_year(court_id: int, mediator_id: int, year: int) -> list[dict[str, Any]]:
    """The figures of a mediator's year, as an evaluation keeps them."""
    return [asdict(line) for line in _counted.count(court_id, mediator_id, year)]


def name(figure: str) -> str:
    """How a figure is called, in the reader's language."""
    return str(_counted.name(figure))
