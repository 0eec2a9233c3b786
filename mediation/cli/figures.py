"""Figures from the command line: both counts, the value, and the definition by which they were counted."""

import json
from datetime import date
from typing import Any

import click
from flask import Flask

from mediation.cli.installation import NO_COURT, only_court
from mediation.cli.refusing import Command, Group, Refused
from mediation.kernel import clock
from mediation.kernel.actor import system
from mediation.kernel.db import read_only
from mediation.kernel.i18n import ENGLISH, force_locale
from mediation.public.rules import Backlog
from mediation.statistics import freezing, labels, naming
from mediation.statistics import services as statistics
from mediation.statistics.asking import Answer, Question, answers
from mediation.statistics.catalogue import Figure, Unit, Way, definition_on
from mediation.statistics.rules import Period, month_of
from mediation.statistics.sums import services as sums


def _figures(_context: click.Context, _parameter: click.Parameter, names: tuple[str, ...]) -> list[Figure]:
    wanted: list[Figure] = []
    for name in names:
        found = naming.figures_of(name)
        if not found:
            raise click.BadParameter(f"{name} is no figure of the catalogue; known are {', '.join(Figure)}")
        wanted += [figure for figure in found if figure not in wanted]
    return wanted


def _day(_context: click.Context, parameter: click.Parameter, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text} is no date; write it like 2026-03-31") from error


@click.command("stats", cls=Command)
@click.argument("figures", metavar="ID...", nargs=-1, required=True, callback=_figures)
@click.option("--from", "first", callback=_day, help="First day; without it the first of the year.")
@click.option("--to", "last", callback=_day, help="Last day; without it the day as of which is asked, or today.")
@click.option("--as-of", "as_of", callback=_day, help="Count what was known on the evening of this day.")
@click.option(
    "--way", type=click.Choice([w.value for w in Way]), help="How to count; without it, the figure's own way."
)
@click.option("--court", help="The court's code, where several are installed.")
@click.option("--all-courts", is_flag=True, help="Over all courts of this installation, each by its own readings.")
@click.option("--json", "as_json", is_flag=True, help="Print data.")
def stats(
    figures: list[Figure],
    first: date | None,
    last: date | None,
    as_of: date | None,
    way: str | None,
    court: str | None,
    all_courts: bool,
    as_json: bool,
) -> None:
    """Print the figures ID of the catalogue (I01 ... I24): numerator, denominator, value, version of the definition."""
    today = clock.today()
    if as_of is not None and as_of > today:
        raise click.UsageError(f"--as-of {as_of} lies in the future: nothing is known of it yet.")
    if all_courts and court is not None:
        raise click.UsageError("Name one court with --court, or all with --all-courts.")
    ends = last or as_of or today
    with read_only():
        home = None if all_courts else only_court(court)
        opened = home.opened_on if home else sums.opened_on()
        if opened is None:
            raise Refused(NO_COURT)
        asked = [_question(figure, Way(way) if way else None, opened, first, ends, as_of) for figure in figures]
        found = answers(home.id, asked) if home else sums.answers(asked)
    if as_json:
        whose = {"court": home.code} if home else {"court": None, "all_courts": True}
        click.echo(json.dumps([whose | _data(one) for one in found], ensure_ascii=False, indent=2))
        return
    with force_locale(ENGLISH):
        for one in found:
            click.echo(_told(one))


def _question(
    figure: Figure, way: Way | None, opened: date, first: date | None, last: date, as_of: date | None
) -> Question:
    definition = definition_on(figure, last)
    way = way or definition.natural
    if way not in definition.ways:
        allowed = ", ".join(w.value for w in definition.ways)
        raise click.UsageError(f"{figure.value} is not counted by {way.value}; it is by {allowed}.")
    if way is Way.CUMULATIVE:
        if first is not None:
            raise click.UsageError(f"Cumulative figures begin with the centre, on {opened}: leave out --from.")
        first = opened
    begins = first or date(last.year, 1, 1)
    if last < begins:
        raise click.UsageError(f"The period ends on {last}, before it begins on {begins}.")
    if begins > clock.today():
        raise click.UsageError(f"The period begins on {begins}, which lies in the future: nothing has happened yet.")
    if as_of is not None and as_of < begins:
        raise click.UsageError(f"--as-of {as_of} lies before the period begins on {begins}: nothing was known of it.")
    return Question(figure, way, Period(begins, last), as_of)


def _told(one: Answer) -> str:
    question, unit = one.question, ""
    counts = "" if one.denominator is None else f"{one.numerator} / {one.denominator} = "
    if one.definition.unit in {Unit.DAYS, Unit.PER_10_000, Unit.SCORE} and one.number is not None:
        unit = f" {labels.UNIT[one.definition.unit]}"
    known = f", as of {question.as_of}" if question.as_of else ""
    lines = [
        f"{one.definition.name}  {labels.NAME[question.figure]}",
        f"  {counts}{one.text}{unit}",
        f"  {question.way.value}, {question.period.first} to {question.period.last}{known}",
    ]
    if question.until < question.period.last:
        lines.append(f"  counted to {question.until}")
    if one.changed:
        lines.append("  another definition or reading held at the beginning of this period")
    return "\n".join(lines)


def _data(one: Answer) -> dict[str, Any]:
    question, definition = one.question, one.definition
    return {
        "id": question.figure.value,
        "way": question.way.value,
        "from": question.period.first.isoformat(),
        "to": question.period.last.isoformat(),
        "as_of": question.as_of.isoformat() if question.as_of else None,
        "counted_to": question.until.isoformat(),
        "numerator": one.numerator,
        "denominator": one.denominator,
        "value": None if one.number is None else float(one.number),
        "text": one.text,
        "unit": definition.unit.value,
        "definition": definition.name,
        "version": definition.version,
        "valid_from": definition.valid_from.isoformat(),
        "readings": naming.readings_of(one),
        "changed_within": one.changed,
    }


@click.command("backlog", cls=Command)
@click.option("--as-of", "as_of", callback=_day, help="Count what was known on the evening of this day.")
@click.option("--court", help="The court's code, where several are installed.")
def backlog(as_of: date | None, court: str | None) -> None:
    """Print how many filed cases wait for a hearing (R3-11), and as the board in the hall says it."""
    day = as_of or clock.today()
    if day > clock.today():
        raise click.UsageError(f"--as-of {day} lies in the future: nothing is known of it yet.")
    with read_only():
        waiting = Backlog(statistics.pending_hearing_on(only_court(court).id, day))
    said = f"{waiting.tens}多" if waiting.is_more and waiting.tens else str(waiting.pending)
    click.echo(f"{day}  {waiting.pending} cases wait for a hearing; on the board: {said}件")


snapshot = Group("snapshot", help="The figures of each month, frozen when it is over.")


def _month(_context: click.Context, _parameter: click.Parameter, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise click.BadParameter(f"{text} is no month; write it like 2026-03") from error


@snapshot.command("take")
@click.option("--month", callback=_month, help="The month, like 2026-03; without it, every month that is due.")
@click.option("--court", help="The court's code, where several are installed.")
def take(month: date | None, court: str | None) -> None:
    """Freeze the figures of a month that is over, as they are known now."""
    home = only_court(court)
    if month is None:
        click.echo(f"{freezing.take_due(system(home.id))} months frozen.")
        return
    if month_of(month).last >= clock.today():
        raise Refused(f"{month:%Y-%m} is not over: its figures are frozen when it is.")
    if month < month_of(home.opened_on).first:
        raise Refused(f"The centre opened on {home.opened_on}: there is nothing to freeze of {month:%Y-%m}.")
    if freezing.get_of(home.id, month) is not None:
        raise Refused(f"{month:%Y-%m} is frozen already, and stays as it is.")
    made = freezing.take(system(home.id), month)
    click.echo(f"{month:%Y-%m}  {len(made.figures)} figures  {made.digest}")


@snapshot.command("verify")
@click.option("--court", help="The court's code, where several are installed.")
def verify(court: str | None) -> None:
    """Count every frozen month again as it was known, and name what would be another figure today."""
    home, good = only_court(court), True
    for frozen in freezing.all_of(home.id):
        genuine = freezing.is_genuine(frozen)
        good = good and genuine
        changed = [d.entry.figure.value for d in freezing.differences(frozen)]
        since = f"; others today: {', '.join(changed)}" if changed else ""
        click.echo(f"{frozen.month:%Y-%m}  {'genuine' if genuine else 'NOT AS IT WAS FROZEN'}{since}")
    if not good:
        raise SystemExit(1)


def init_app(app: Flask) -> None:
    """Make the commands known."""
    app.cli.add_command(stats)
    app.cli.add_command(backlog)
    app.cli.add_command(snapshot)
