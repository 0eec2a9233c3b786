"""Periods from the command line: counting one with its reasoning, taking over a holiday notice."""

import csv
import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import click
import sqlalchemy as sa
from flask import Flask

from mediation.accounts.models import Court
from mediation.kernel import law
from mediation.kernel.actor import system
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError
from mediation.periods import rules, services
from mediation.periods.calendar import Calendar, Entry, Holiday, Kind, OutOfRange, standard
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
    base = rules.compute(rule, start, calendar, excluded)
    if extend is None:
        return base
    longer = _lengthening(rule, extend)
    if refusal := rules.extension_refused(rule, base, longer, agreed_on=base.final):
        raise click.UsageError(f"{key.value} cannot be extended like this: {refusal.value}")
    return rules.compute(rule, start, calendar, excluded, extensions=[longer])


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


@click.command("holidays")
@click.argument("notice", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--year", type=int, required=True, help="The year the notice is about.")
@click.option("--document", required=True, help="Title and number of the notice.")
@click.option("--published", required=True, callback=lambda _c, _p, value: _day(value), help="Date of the notice.")
def holidays(notice: Path, year: int, document: str, published: date) -> None:
    """Take over a yearly holiday notice: a CSV file with day, kind (holiday or makeup_workday) and name."""
    try:
        with notice.open(encoding="utf-8-sig", newline="") as file:
            entries = [_entry(row, year, published) for row in csv.DictReader(file)]
        court_id = db.session.scalars(sa.select(Court.id).order_by(Court.id)).first() or 0
        moved = services.import_notice(system(court_id), entries, source_doc=document, published_on=published)
    except (KeyError, ValueError, DomainError) as error:
        raise click.UsageError(f"{notice.name} cannot be taken over: {error}") from error
    click.echo(f"{len(entries)} days of {year}; {moved} running periods counted again")


def _entry(row: dict[str, str], year: int, published: date) -> Entry:
    return Entry(date.fromisoformat(row["day"]), Kind(row["kind"]), Holiday(row["name"]), year, published)


def init_app(app: Flask) -> None:
    app.cli.add_command(deadline)
    app.cli.add_command(holidays)
