"""The court fee of a civil case (S10 arts 13, 15, 16): dated brackets, counted step by step, halved at most once."""

import enum
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

YUAN = 100
WAN = 10_000 * YUAN


class FeeKind(enum.StrEnum):
    """What the claim is about decides which line of the tariff applies (S10 art. 13)."""

    PROPERTY = "property"
    LABOUR = "labour"
    DIVORCE = "divorce"
    PERSONALITY = "personality"
    OTHER = "other"
    INTELLECTUAL = "intellectual"


class Halving(enum.StrEnum):
    """Why the fee is halved; several reasons halve it once (S10 arts 15, 16, 18; S2 art. 206)."""

    SUMMARY = "summary"
    MEDIATED = "mediated"
    WITHDRAWN = "withdrawn"
    JOINED = "joined"


@dataclass(frozen=True)
class Bracket:
    """From the end of the one before up to this amount, in hundredths of a per cent; no end for the last."""

    up_to: int | None
    rate: int


@dataclass(frozen=True)
class Line:
    """One kind of claim: a fixed part (between two amounts where the province decides) and brackets above it."""

    kind: FeeKind
    least: int
    most: int
    brackets: tuple[Bracket, ...] = ()


@dataclass(frozen=True)
class Tariff:
    """The measures of the State Council, from the day they came into force."""

    valid_from: date
    lines: tuple[Line, ...]


PROPERTY = (
    Bracket(1 * WAN, 0),
    Bracket(10 * WAN, 250),
    Bracket(20 * WAN, 200),
    Bracket(50 * WAN, 150),
    Bracket(100 * WAN, 100),
    Bracket(200 * WAN, 90),
    Bracket(500 * WAN, 80),
    Bracket(1000 * WAN, 70),
    Bracket(2000 * WAN, 60),
    Bracket(None, 50),
)

# R3-65, S10 art. 13: in force since 2007-04-01.
TARIFFS = (
    Tariff(
        date(2007, 4, 1),
        (
            Line(FeeKind.PROPERTY, 50 * YUAN, 50 * YUAN, PROPERTY),
            Line(FeeKind.LABOUR, 10 * YUAN, 10 * YUAN),
            Line(FeeKind.DIVORCE, 50 * YUAN, 300 * YUAN, (Bracket(20 * WAN, 0), Bracket(None, 50))),
            Line(
                FeeKind.PERSONALITY,
                100 * YUAN,
                500 * YUAN,
                (Bracket(5 * WAN, 0), Bracket(10 * WAN, 100), Bracket(None, 50)),
            ),
            Line(FeeKind.OTHER, 50 * YUAN, 100 * YUAN),
            # S10 art. 13(3): this where nothing in money is in dispute; with an amount, as a property case.
            Line(FeeKind.INTELLECTUAL, 500 * YUAN, 1_000 * YUAN),
        ),
    ),
)


@dataclass(frozen=True)
class ApplicationTariff:
    """The fee of an application for preservation: a fixed part, brackets above it, and never more than so much."""

    valid_from: date
    fixed: int
    brackets: tuple[Bracket, ...]
    most: int


# S10 art. 14(2): on the value that is really preserved.
PRESERVATION = (
    ApplicationTariff(
        date(2007, 4, 1), 30 * YUAN, (Bracket(1_000 * YUAN, 0), Bracket(10 * WAN, 100), Bracket(None, 50)), 5_000 * YUAN
    ),
)


class OutsideTariff(ValueError):
    """A fixed part that the tariff does not allow, or a day before it was in force."""


@dataclass(frozen=True)
class Part:
    """One step of the counting: this much of the claim at this rate makes this much."""

    portion_fen: int
    rate: int
    fee_fen: int


@dataclass(frozen=True)
class Fee:
    """The whole fee, and how it comes about."""

    kind: FeeKind
    fixed_fen: int
    parts: tuple[Part, ...]

    @property
    def total_fen(self) -> int:
        """The full fee, before halving."""
        return self.fixed_fen + sum(part.fee_fen for part in self.parts)


def line_of(kind: FeeKind, on: date) -> Line:
    """The line of the tariff in force on the day of filing."""
    for tariff in sorted(TARIFFS, key=lambda t: t.valid_from, reverse=True):
        if tariff.valid_from <= on:
            return next(line for line in tariff.lines if line.kind is kind)
    raise OutsideTariff(on.isoformat())


def line_for(kind: FeeKind, amount_fen: int, on: date) -> Line:
    """The line by which a claim is counted: an intellectual property case with an amount is a property case (S10 art. 13(3))."""
    as_property = kind is FeeKind.INTELLECTUAL and amount_fen > 0
    return line_of(FeeKind.PROPERTY if as_property else kind, on)


def fee(kind: FeeKind, amount_fen: int, on: date, *, fixed_fen: int | None = None) -> Fee:
    """The fee for a claim; the fixed part is the least of its range unless the province's amount is given."""
    line = line_for(kind, amount_fen, on)
    fixed = line.least if fixed_fen is None else fixed_fen
    if not line.least <= fixed <= line.most or amount_fen < 0:
        raise OutsideTariff(f"{kind.value}: {fixed}")
    return Fee(kind, fixed, tuple(_parts(line.brackets, amount_fen)))


def _parts(brackets: Sequence[Bracket], amount_fen: int) -> Iterator[Part]:
    floor = 0
    for bracket in brackets:
        top = amount_fen if bracket.up_to is None else min(amount_fen, bracket.up_to)
        if top > floor and bracket.rate:
            yield Part(top - floor, bracket.rate, rounded(top - floor, bracket.rate))
        floor = max(floor, top)


def preservation_fee(amount_fen: int, on: date) -> int:
    """What an application for preservation costs; nothing of value is the fixed part alone (S10 art. 14(2))."""
    if amount_fen < 0:
        raise OutsideTariff(str(amount_fen))
    tariff = next(
        (t for t in sorted(PRESERVATION, key=lambda t: t.valid_from, reverse=True) if t.valid_from <= on), None
    )
    if tariff is None:
        raise OutsideTariff(on.isoformat())
    return min(tariff.fixed + sum(part.fee_fen for part in _parts(tariff.brackets, amount_fen)), tariff.most)


def rounded(portion_fen: int, rate: int) -> int:
    """Hundredths of a per cent of an amount, to the nearest fen."""
    return (portion_fen * rate + 5_000) // 10_000


def due(total_fen: int, reasons: Collection[Halving]) -> int:
    """R3-63: halved when there is any reason, and never twice."""
    return (total_fen + 1) // 2 if reasons else total_fen
