"""The daily run: what time itself brings about. Safe to run twice, to miss a day, and to start on two machines at once."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import click
import sqlalchemy as sa
from flask import Flask

from mediation.accounts.models import Court
from mediation.agreements.turns import services as turns
from mediation.assignment import services as assignments
from mediation.assignment.rating import asking as rating
from mediation.assignment.together import joining
from mediation.cli.refusing import Command, Refused
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor, system
from mediation.kernel.audit import Fault
from mediation.kernel.db import db, transaction
from mediation.litigation.defence import keeping as defences
from mediation.litigation.jurisdiction import deciding as jurisdiction
from mediation.reminders import dues, heartbeat
from mediation.reminders import services as reminders
from mediation.reminders.rules import Stage
from mediation.roster import services as roster
from mediation.roster.conduct import services as conduct
from mediation.scheduling.services import hindrances, waiting
from mediation.statistics import freezing
from mediation.statistics.alerts import services as alerts
from mediation.statistics.reports import services as reports
from mediation.statistics.sums import services as sums
from mediation.supervision import services as supervision
from mediation.trail import services as trail
from mediation.trail.rules import SHOWN_FAULTS

# What a trail that cannot be written to any more does to an act: two entries of one number, or no end to write behind.
BROKEN = (sa.exc.IntegrityError, RuntimeError)


@dataclass(frozen=True)
class Act:
    """One thing the day brings: its counts, and the words for each."""

    run: Callable[[Actor], dict[str, int]]
    words: dict[str, str]


def _lapse(actor: Actor) -> dict[str, int]:
    return {"lapsed": assignments.expire_unaccepted(actor) + joining.expire_unanswered(actor)}


def _overdue(actor: Actor) -> dict[str, int]:
    return {"overdue": assignments.mark_overdue(actor)}


def _remind(actor: Actor) -> dict[str, int]:
    told = reminders.remind(actor)
    return {"ending_soon": told[Stage.SOON], "past": told[Stage.LATE]}


def _hold(actor: Actor) -> dict[str, int]:
    return {"freed": waiting.expire_holds(actor.court_id)}


def _defences(actor: Actor) -> dict[str, int]:
    return {"run_out": defences.run_out(actor)}


def _jurisdiction(actor: Actor) -> dict[str, int]:
    return {"in_force": jurisdiction.ripen(actor)}


def _freeze(actor: Actor) -> dict[str, int]:
    return {"frozen": freezing.take_due(actor)}


def _sums(actor: Actor) -> dict[str, int]:
    return {"sums_differ": sums.look(actor)}


def _alerts(actor: Actor) -> dict[str, int]:
    return {"beyond": alerts.look(actor)}


def _reports(actor: Actor) -> dict[str, int]:
    return {"reports": reports.ask_due(actor)}


def _lists(actor: Actor) -> dict[str, int]:
    return roster.run_day(actor) | {"resumed": conduct.resume_due(actor)}


def _turns(actor: Actor) -> dict[str, int]:
    return turns.run_day(actor)


def _meetings(actor: Actor) -> dict[str, int]:
    return {"hindered": hindrances.review(actor.court_id)}


ACTS = (
    # R3-24: a time held while the parties are asked is free again when nobody took it up.
    Act(_hold, {"freed": "{} held times nobody took up are free again"}),
    # R3-22: no answer from the mediator in three working days.
    Act(_lapse, {"lapsed": "{} assignments nobody accepted in time went back to be handed out again"}),
    # R3-34: nothing is ended by itself; the mediator, the clerk and the guiding judge are told.
    Act(_overdue, {"overdue": "{} mediations are newly past their last day; the task that follows was given"}),
    # R3-35.
    Act(
        _remind,
        {"ending_soon": "{} time limits end soon; who must act was told", "past": "{} time limits have passed unmet; who must act was told"},
    ),
    # S3 art. 31: the debtor is reminded of what falls due, who follows the agreement is told of what was not done.
    Act(
        dues.remind,
        {"performances_soon": "{} performances fall due soon; the debtor was reminded", "performances_late": "{} performances are overdue; who follows the agreement was told"},
    ),
    # S4 art. 28, DOMAIN 8.6: the parties of a mediation that is over are asked what they think of it.
    Act(rating.ask_due, {"asked_to_rate": "{} parties were asked to rate a mediation that is over"}),
    # R2-10: a certificate that has run out leaves the list on the day; of one that soon will, people are told once.
    Act(
        _lists,
        {"certificates_out": "{} mediators left the list because their certificate ran out", "certificates_soon": "{} certificates end soon; mediator and registry were told",
         "agreements_soon": "{} agreements with organisations end soon; organisation and registry were told",
         "resumed": "{} mediators whose suspension is over are on the list again"},
    ),
    # R2-10, S4 art. 14: meetings already fixed with somebody who cannot come any more.
    Act(_meetings, {"hindered": "{} fixed meetings are newly in question because a mediator cannot come; all were told"}),
    # R5-05: a personal link to sign lives for days; who has not used it is reminded once before it ends.
    Act(_turns, {"turns_over": "{} turns to sign on a screen ran out", "turns_reminded": "{} signers were reminded of their link"}),
    # CPL art. 128: silence does not stop the trial; nobody waits for what did not come in time.
    Act(_defences, {"run_out": "{} times to answer a plaint or to bring evidence ended"}),
    # CPL art. 171: a ruling on jurisdiction that nobody appealed against in ten days is in force.
    Act(_jurisdiction, {"in_force": "{} rulings on jurisdiction took effect"}),
    # R7-01: a month that is over is kept as it is known on the first day after it.
    Act(_freeze, {"frozen": "the figures of {} months that are over were frozen"}),
    # Figures over all courts are read from sums that follow every act; each night they are held against the records.
    Act(_sums, {"sums_differ": "{} sums for figures over all courts are not what the records say; the system administrators were told"}),
    # Bounds the president set on figures: told once for each period.
    Act(_alerts, {"beyond": "{} figures are newly beyond their bounds; the president was told"}),
    # DOMAIN 8.1: whoever pressed for a dispute hears that no answer came.
    Act(supervision.tell_late, {"orders_unanswered": "{} supervision orders were not answered in time; who issued them was told"}),
    # Reports the court wants of each month, quarter or year; the worker prepares them.
    Act(_reports, {"reports": "{} reports of periods that are over were asked for"}),
)  # fmt: skip


@dataclass
class Day:
    """What the day brought to one court, what could not be done, and whether its trail is whole."""

    done: dict[str, int]
    failed: list[str]
    faults: Sequence[Fault] = ()
    # False when what was found could not be written down where the audit administrator reads it.
    told: bool = True

    @property
    def is_good(self) -> bool:
        """Everything was done and the trail is whole."""
        return not self.failed and not self.faults and self.told


def _run(act: Act, court_id: int) -> dict[str, int]:
    with transaction():
        _take_turn(court_id)
        return act.run(system(court_id))


def day_of(court_id: int) -> Day:
    """The day of one court, each act in a transaction of its own, one machine at a time; last the trail is checked.

    What fails in one act keeps no other from being done. When it began and ended stays behind.
    """
    day, number = Day({}, []), heartbeat.begin(court_id)
    for act in ACTS:
        try:
            day.done |= _run(act, court_id)
        except BROKEN as error:
            db.session.rollback()
            day.failed += [f"{name} ({type(error).__name__})" for name in act.words]
    day.faults, day.told = _check(court_id)
    heartbeat.end(number, done=day.done, failed=day.failed, trail_whole=not day.faults)
    return day


def _check(court_id: int) -> tuple[Sequence[Fault], bool]:
    """Walk the court's chain. What is found stands on the audit administrator's page; if it can be written at all."""
    try:
        return trail.verify(system(court_id)).faults, True
    except BROKEN:
        db.session.rollback()
        found = list(islice(audit.verify(court_id), SHOWN_FAULTS))
        db.session.rollback()
        return found, False


def _take_turn(court_id: int) -> None:
    """Whoever comes second waits here, and then finds nothing left to do. SQLite lets one write at a time anyway."""
    row = sa.select(Court.id).where(Court.id == court_id)
    db.session.execute(row.with_for_update(key_share=True))


@click.command("daily", cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Say it for a machine to read.")
def daily(as_json: bool) -> None:
    """Free what was held in vain, take back what nobody accepted, report what is late, remind, check the trail. Once a day.

    Ends with status 1 when something could not be done or a trail is not whole; everything else is done nevertheless.
    """
    courts = db.session.execute(sa.select(Court.id, Court.code, Court.name).order_by(Court.id)).all()
    db.session.rollback()
    if not courts:
        raise Refused("No court is installed yet: run `flask --app wsgi init`.")
    told, good = [], True
    for court_id, code, name in courts:
        day = day_of(court_id)
        good = good and day.is_good
        told.append({"court": code, "name": name, "day": clock.today().isoformat()} | _data(day))
        if not as_json:
            _say(name, day)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    if not good:
        raise SystemExit(1)


def _data(day: Day) -> dict[str, Any]:
    faults = [{"kind": fault.kind.value, "entry": fault.seq} for fault in day.faults]
    return {"done": day.done, "failed": day.failed, "trail": {"whole": not faults, "faults": faults, "told": day.told}}


def _say(name: str, day: Day) -> None:
    words = {key: text for act in ACTS for key, text in act.words.items()}
    lines = [words[key].format(number) for key, number in day.done.items() if number]
    click.echo(f"{name}, {clock.today().isoformat()}: " + ("; ".join(lines) if lines else "nothing was due") + ".")
    for failed in day.failed:
        click.echo(f"{name}: {failed} could not be done.", err=True)
    for fault in day.faults:
        click.echo(f"The trail is not whole. {fault}.", err=True)
    if not day.told:
        click.echo(f"{name}: this could not be written into the trail; tell the audit administrator.", err=True)


def init_app(app: Flask) -> None:
    """Make the command known."""
    app.cli.add_command(daily)
