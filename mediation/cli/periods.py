"""Periods from the command line: counting one with its reasoning, taking over a holiday notice."""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click
import sqlalchemy as sa
from flask import Flask

from mediation.accounts.models import Court
from mediation.cli.refusing import Command
from mediation.kernel import law
from mediation.kernel.actor import system
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import ENGLISH, force_locale
from mediation.periods import labels, lengthening, rules, services
from mediation.periods.calendar import Calendar, Entry, Holiday, Kind, OutOfRange, standard
from mediation.periods.derivation import Computed, Interval, Lengthening
from mediation.periods.lengthening import Refusal
from mediation.periods.switches import DEFAULTS, Switch, Switches
from mediation.periods.table import PeriodKey, PeriodRule, Unit
from mediation.periods.telling import UNITS as WORDS


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


@dataclass(frozen=True)
class _Reading:
    """On which calendar, and as which court reads what the law leaves open, a period is counted."""

    calendar: Calendar
    switches: Switches = DEFAULTS
    court: str = ""

    @property
    def departures(self) -> list[str]:
        """Where the court reads it otherwise than the product is shipped."""
        return [f"{one.value} = {self.switches.on(one)}" for one in Switch if self.switches.on(one) != DEFAULTS.on(one)]


def _reading(code: str | None, day: date) -> _Reading:
    """The installation's calendar and court; the shipped notices and readings where no database has been set up."""
    if not sa.inspect(db.engine).has_table("calendar_day"):
        if code is not None:
            raise click.UsageError("no court is installed yet: leave out --court, or run `flask --app wsgi init`")
        return _Reading(standard())
    courts = db.session.execute(sa.select(Court.id, Court.code).order_by(Court.code)).all()
    meant = [court for court in courts if code in {None, court.code}]
    if code is not None and not meant:
        raise click.UsageError(f"{code} is no court here; known are {', '.join(c.code for c in courts)}")
    if len(meant) != 1:
        return _Reading(services.calendar())
    return _Reading(services.calendar(), services.switches(meant[0].id, day), meant[0].code)


@click.command("deadline", cls=Command)
@click.argument("key", callback=_key)
@click.argument("start", callback=_start)
@click.option("--exclude", "excluded", multiple=True, callback=_gaps, help="FROM:TO, left out after FROM through TO.")
@click.option("--extend", "extensions", multiple=True, help="Extended by so many units, or to a date; may be repeated.")
@click.option("--court", help="As this court reads what the law leaves open; needed only where several are installed.")
@click.option("--json", "as_json", is_flag=True, help="Print data.")
def deadline(
    key: PeriodKey,
    start: date | datetime,
    excluded: list[Interval],
    extensions: tuple[str, ...],
    court: str | None,
    as_json: bool,
) -> None:
    """Count the period KEY from the day (or moment) START, and say why it ends on its day."""
    day = rules.day_of(start) if isinstance(start, datetime) else start
    reading = _reading(court, day)
    try:
        found = _count(rules.rule_for(key, day), start, excluded, extensions, reading)
    except (rules.NoRule, rules.WrongStart, OutOfRange) as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        who = {"court": reading.court, "read_otherwise": reading.departures} if reading.court else {}
        click.echo(json.dumps(found.as_data() | who, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_told(found, reading)))


def _count(
    rule: PeriodRule, start: date | datetime, excluded: list[Interval], wanted: tuple[str, ...], reading: _Reading
) -> Computed:
    """The period with each extension in turn, as the parties or the president would give them (R3-29)."""
    if excluded and not rule.deducts:
        raise click.UsageError(f"the law leaves no time out of {rule.key.value} ({law.phrase(rule.source)})")
    given: list[Lengthening] = []

    def again() -> Computed:
        return rules.compute(rule, start, reading.calendar, excluded, extensions=given, switches=reading.switches)

    found, already = again(), 0
    for number, text in enumerate(wanted, 1):
        longer = _lengthening(rule, text)
        refusal = lengthening.extension_refused(rule, found, longer, agreed_on=found.final, already=already)
        if refusal is not None:
            raise click.UsageError(_refused(rule, longer, number, refusal))
        already += lengthening.amount(rule, found, longer, already)
        given.append(longer)
        found = again()
    return found


def _refused(rule: PeriodRule, longer: Lengthening, number: int, refusal: Refusal) -> str:
    """Which extension, why, by which article, and what would be allowed."""
    size = f"to {longer.until}" if longer.until else f"{longer.by} {longer.unit.value}"
    source = rule.extension.source if rule.extension else rule.source
    with force_locale(ENGLISH):
        said = [f"extension {number} ({size}) of {rule.key.value}: {labels.REFUSAL[refusal]} {law.phrase(source)}."]
        if rule.extension and rule.extension.most is not None:
            said.append(
                f"By law at most {rule.extension.most} {rule.extension.unit.value} in all, if {labels.APPROVER[rule.extension.by]}."
            )
        elif rule.extension and rule.extension.each is not None:
            said.append(f"By law at most {rule.extension.each} {rule.extension.unit.value} each time.")
    return " ".join(said)


def _lengthening(rule: PeriodRule, text: str) -> Lengthening:
    unit = rule.extension.unit if rule.extension else Unit.DAYS
    return Lengthening(int(text), unit) if text.isdecimal() else Lengthening(unit=unit, until=_day(text))


def _told(found: Computed, reading: _Reading) -> Iterable[str]:
    yield f"{found.key.value}  raw {found.raw}  final {found.final}{'  provisional' if found.provisional else ''}"
    if found.moment:
        yield f"  at     {found.moment.isoformat(timespec='minutes')}"
    for departure in reading.departures:
        yield f"  read    as {reading.court} reads the law: {departure}"
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
