"""How a last day was counted, in one short Chinese line for the court's documents; and the mark of a provisional year."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from mediation.kernel.i18n import CHINESE, force_locale
from mediation.periods import labels
from mediation.periods.derivation import Computed, StepKind
from mediation.periods.explaining import Line, lines
from mediation.periods.models import Deadline
from mediation.periods.table import Unit

# Documents are written in Chinese and never translated.
UNITS = {
    Unit.HOURS: "小时",
    Unit.DAYS: "日",
    Unit.WORKING_DAYS: "个工作日",
    Unit.MONTHS: "个月",
    Unit.YEARS: "年",
}


def derivation(counted: Deadline | Computed | None) -> str:
    """自2026年1月20日的次日起计算30日，2026年2月19日为休息日，顺延至2026年2月24日; empty where nothing runs."""
    if counted is None:
        return ""
    basis = counted.basis if isinstance(counted, Deadline) else counted.as_data()
    with force_locale(CHINESE):
        return "，".join(_parts(lines(basis), basis))


def _parts(told: list[Line], basis: dict[str, Any]) -> Iterator[str]:
    words = {
        StepKind.EXCLUDED: _excluded,
        StepKind.SKIPPED: _skipped,
        StepKind.ROLLED: _rolled,
        StepKind.EXTENDED: _extended,
    }
    start = told[0]
    length = next(line for line in told if line.kind is StepKind.LENGTH)
    yield f"自{_day(start.day)}的次{'时' if length.unit is Unit.HOURS else '日'}起计算{_amount(length)}"
    for line in told:
        if line.kind in words:
            yield words[line.kind](line)
    final = date.fromisoformat(basis["final"])
    before = told[-2] if told[-2].kind is not StepKind.RAW else told[-3]
    if before.kind is not StepKind.ROLLED and before.until != final:
        yield f"至{_day(final)}止"
    if basis["provisional"]:
        yield f"{final.year}年放假安排尚未公布，该日为暂定，公布后重新计算"


def _day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def _amount(line: Line) -> str:
    return f"{line.number}{UNITS[line.unit or Unit.DAYS]}"


def _excluded(line: Line) -> str:
    why = f"{labels.causes(line.name)}期间" if line.name else ""
    return f"扣除{why}{line.number}日"


def _skipped(line: Line) -> str:
    return f"其间休息日{len(line.rest_days)}日不计"


def _rolled(line: Line) -> str:
    first, last = line.rest_days[0][0], line.rest_days[-1][0]
    return f"{_day(first)}为法定休假日，顺延至{_day(date.fromordinal(last.toordinal() + 1))}"


def _extended(line: Line) -> str:
    return f"延长至{_day(line.until)}" if line.until else f"自{_day(line.day)}延长{_amount(line)}"
