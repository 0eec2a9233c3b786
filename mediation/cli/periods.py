"""Counting a period from the command line, with every step of the reasoning."""

import json
from collections.abc import Iterable
from datetime import date, datetime

import click
import sqlalchemy as sa
from flask import Flask

from mediation.kernel import law
from mediation.kernel.db import db
from mediation.periods import rules, services
from mediation.periods.calendar import Calendar, OutOfRange, standard
from mediation.periods.derivation import Computed, Interval, Lengthening
from mediation.periods.table import PeriodKey, PeriodRule, Unit

WORDS = {
    Unit.HOURS: "小时",
    Unit.DAYS: "日",
    Unit.WORKING_DAYS: "个工作日",
    Unit.MONTHS: "个月",
    Unit.YEARS: "年",
}


def _key(_context: click.Context, _parameter: click.Parameter, value: str) -> PeriodKey:
    try:
        return PeriodKey(value.upper())
    except ValueError as error:
        raise click.BadParameter(f"{value} is no period; known are {', '.join(PeriodKey)}") from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text} is no date; write it like 2026-03-02") from error


def _start(_context: click.Context, _parameter: click.Parameter, value: str) -> date | datetime:
    if "T" not in value:
        return _day(value)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value} is no moment; write it like 2026-03-02T10:20") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=rules.SHANGHAI)


def _gaps(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> list[Interval]:
    return [_gap(value) for value in values]


def _gap(text: str) -> Interval:
    after, colon, through = text.partition(":")
    if not colon:
        raise click.BadParameter(f"{text}: write FROM:TO, like 2026-03-10:2026-04-08")
    gap = Interval(_day(after), _day(through))
    if gap.through < gap.after:
        raise click.BadParameter(f"{text} ends before it begins")
    return gap


def _calendar() -> Calendar:
    """The installation's calendar; the shipped notices where no database has been set up."""
    return services.calendar() if sa.inspect(db.engine).has_table("calendar_day") else standard()


@click.command("deadline")
@click.argument("key", callback=_key)
@click.argument("start", callback=_start)
@click.option("--exclude", "excluded", multiple=True, callback=_gaps, help="FROM:TO, left out after FROM through TO.")
@click.option("--extend", help="Extended by so many units, or to a date.")
@click.option("--json", "as_json", is_flag=True, help="Print data.")
def deadline(
    key: PeriodKey, start: date | datetime, excluded: list[Interval], extend: str | None, as_json: bool
) -> None:
    """Count the period KEY from the day (or moment) START, and say why it ends on its day."""
    try:
        found = _count(key, start, excluded, extend)
    except (rules.NoRule, rules.WrongStart, OutOfRange) as error:
        raise click.UsageError(str(error)) from error
    click.echo(json.dumps(found.as_data(), ensure_ascii=False, indent=2) if as_json else "\n".join(_told(found)))


def _count(key: PeriodKey, start: date | datetime, excluded: list[Interval], extend: str | None) -> Computed:
    rule = rules.rule_for(key, rules.day_of(start) if isinstance(start, datetime) else start)
    if excluded and not rule.deducts:
        raise click.UsageError(f"the law leaves no time out of {key.value} ({law.phrase(rule.source)})")
    calendar = _calendar()
    base = rules.compute(rule, start, calendar, excluded, switches=services.SWITCHES)
    if extend is None:
        return base
    longer = _lengthening(rule, extend)
    if refusal := rules.extension_refused(rule, base, longer, agreed_on=base.final):
        raise click.UsageError(f"{key.value} cannot be extended like this: {refusal.value}")
    return rules.compute(rule, start, calendar, excluded, extensions=[longer], switches=services.SWITCHES)


def _lengthening(rule: PeriodRule, text: str) -> Lengthening:
    unit = rule.extension.unit if rule.extension else Unit.DAYS
    return Lengthening(int(text), unit) if text.isdecimal() else Lengthening(unit=unit, until=_day(text))


def _told(found: Computed) -> Iterable[str]:
    yield f"{found.key.value}  raw {found.raw}  final {found.final}{'  provisional' if found.provisional else ''}"
    if found.moment:
        yield f"  at     {found.moment.isoformat(timespec='minutes')}"
    for step in found.steps:
        parts = [f"  {step.kind.value:9}{step.day}"]
        if step.unit:
            parts.append(f"{step.number} {WORDS[step.unit]}")
        elif step.number:
            parts.append(f"{step.number} {WORDS[Unit.DAYS]}")
        if step.until:
            parts.append(f"-> {step.until}")
        parts += filter(None, [step.name, law.phrase(step.source) if step.source else ""])
        yield "  ".join(parts)


def init_app(app: Flask) -> None:
    app.cli.add_command(deadline)
