"""Installing a court, its accounts, and looking whether everything is in order."""

import secrets
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import click
import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from config import ROOT
from mediation.accounts import rules as account_rules
from mediation.accounts import services as accounts
from mediation.accounts.models import Court, User
from mediation.cli.refusing import UPGRADE, Command, Group, Refused, meaning
from mediation.disputes.case_numbers import GRAMMAR
from mediation.disputes.causes import load_causes
from mediation.documents import engine, sealkeys, workshop
from mediation.intake import rules as intake_rules
from mediation.intake import services as intake
from mediation.kernel import audit, clock
from mediation.kernel.actor import Role, system
from mediation.kernel.db import db, transaction
from mediation.notices import health
from mediation.notices.rules import Channel
from mediation.periods import services as periods
from mediation.reminders import heartbeat
from mediation.web import readiness

SOON = timedelta(days=30)
SETTINGS = {
    Channel.SMS: "the text message gateway (MEDIATION_SMS_URL)",
    Channel.E_MAIL: "the mail server (MEDIATION_SMTP_HOST)",
}
MIGRATIONS = ROOT / "migrations"
NO_COURT = "No court is installed yet: run `flask --app wsgi init`."
LOGIN_SHAPE = "3 to 32 small Latin letters, digits, full stop, hyphen or underscore; a letter first."


def install(
    *, code: str, name: str, centre: str, preset: str, opened: date, address: str = "", phone: str = ""
) -> Court:
    """A court with its calendar, the official causes and its regime table. Refuses a court that is already there."""
    if db.session.scalar(sa.select(Court.id).where(Court.code == code)) is not None:
        raise Refused(f"The court {code} is installed already; nothing was changed.")
    if GRAMMAR.fullmatch(f"（2026）{code}民初1号") is None:
        raise Refused(f"{code!r} is no court's code as it stands in case numbers; one looks like 鲁0102.")
    if not name.strip() or not centre.strip():
        raise Refused("The court and its centre need names.")
    if opened > clock.today():
        raise Refused(f"{opened} lies in the future: name the day on which the centre opened.")
    periods.load_calendar()
    load_causes()
    with transaction():
        court = Court(code=code, name=name, centre_name=centre, opened_on=opened, address=address, phone=phone)
        db.session.add(court)
        db.session.flush()
        audit.record(system(court.id), "create", court, code=code, preset=preset)
        intake.install_regime(system(court.id), preset)
    return court


def only_court(code: str | None) -> Court:
    courts = {court.code: court for court in db.session.scalars(sa.select(Court).order_by(Court.code))}
    if not courts:
        raise Refused(NO_COURT)
    if code is None and len(courts) == 1:
        return next(iter(courts.values()))
    if code not in courts:
        said = f"There is no court {code}" if code else "Several courts are installed"
        raise Refused(f"{said}: name one of {', '.join(courts)} with --court.")
    return courts[code]


def _user(login: str) -> User:
    found = db.session.scalar(sa.select(User).where(User.login == login))
    if found is None:
        raise Refused(f"There is no account {login}: `user list` shows all.")
    return found


def new_password() -> str:
    """A first password of every kind of character, handed over in person and changed at the first sign-in."""
    return f"{secrets.token_urlsafe(12)}-Aa1"


user = Group("user", help="Accounts: open, list, close, a new password.")
trail = Group("audit", help="The tamper-evident trail.")


@user.command("add")
@click.argument("login")
@click.option("--name", required=True, help="The person's name.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([r.value for r in Role]),
    help="A role; may be repeated.",
)
@click.option("--court", help="The court's code, where several are installed.")
def add_user(login: str, name: str, roles: tuple[str, ...], court: str | None) -> None:
    """Open an account and print its first password, once."""
    home = only_court(court)
    if db.session.scalar(sa.select(User.id).where(User.login == login)) is not None:
        raise Refused(f"The account {login} is there already.")
    if account_rules.login_fault(login) is not None:
        raise Refused(f"{login!r} is no sign-in name: {LOGIN_SHAPE}")
    if not name.strip():
        raise Refused("The account needs the person's name.")
    password = new_password()
    accounts.create_user(system(home.id), login=login, name=name, roles={Role(r) for r in roles}, password=password)
    click.echo(f"{login}  {password}")


@user.command("list")
def list_users() -> None:
    """All accounts with their roles."""
    for one in db.session.scalars(sa.select(User).order_by(User.court_id, User.login)):
        state = "" if one.is_open(clock.today()) else "  closed"
        click.echo(f"{one.login}  {one.name}  {', '.join(sorted(one.roles))}{state}")


@user.command("password")
@click.argument("login")
def reset(login: str) -> None:
    """Set a new first password and print it, once; sessions of the account end."""
    found = _user(login)
    password = new_password()
    with transaction():
        accounts.set_password(system(found.court_id), found, password, by_hand=False)
        accounts.end_sessions(found.id, account_rules.SessionEnd.CHANGED)
    click.echo(f"{login}  {password}")


@user.command("disable")
@click.argument("login")
def disable(login: str) -> None:
    """Close an account; its sessions end at once."""
    found = _user(login)
    if found.disabled_at is not None:
        raise Refused(f"{login} is closed already.")
    with transaction():
        found.disabled_at = clock.now()
        audit.record(system(found.court_id), "disable", found)
        accounts.end_sessions(found.id, account_rules.SessionEnd.CHANGED)
    click.echo(f"{login} is closed.")


@trail.command("verify")
def verify() -> None:
    """Walk every chain; name what is wrong and exit with 1, or say that the trail is whole."""
    if db.session.scalar(sa.select(Court.id).limit(1)) is None:
        raise Refused(NO_COURT)
    faults = list(audit.verify())
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise SystemExit(1)
    click.echo("The trail is whole.")


@click.command("init", cls=Command)
@click.option("--court", "code", required=True, help="The court's code in case numbers, such as 鲁0102.")
@click.option("--name", required=True, help="The court's full name.")
@click.option("--centre", required=True, help="The name of its docking centre.")
@click.option(
    "--preset",
    required=True,
    type=click.Choice(sorted(intake_rules.REGIMES)),
    help="Which routes the court has enabled, and since when.",
)
@click.option("--opened", type=click.DateTime(["%Y-%m-%d"]), help="The day the centre opened; today when not given.")
def init(code: str, name: str, centre: str, preset: str, opened: datetime | None) -> None:
    """Install a court: calendar, causes, regime table. Open the first accounts with `user add` afterwards."""
    install(code=code, name=name, centre=centre, preset=preset, opened=opened.date() if opened else clock.today())
    click.echo(f"{name} is installed with the preset {preset}.")


@click.command("doctor", cls=Command)
def doctor() -> None:
    """Look what is missing on this machine; one line each with what to do. Exits with 1 when something is."""
    faults = [line for check in CHECKS for line in check()]
    for line in faults:
        click.echo(f"missing: {line}")
    if faults:
        raise SystemExit(1)
    click.echo("Everything is in order.")


def _typesetting() -> Iterator[str]:
    yield from (str(problem) for problem in engine.problems())


def _database() -> Iterator[str]:
    try:
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection)
            if context.get_current_revision() is None:
                yield f"the tables: {UPGRADE}"
                return
            if context.get_current_revision() not in ScriptDirectory(str(MIGRATIONS)).get_heads():
                yield f"the newest tables: {UPGRADE}"
        if db.session.scalar(sa.select(Court.id).limit(1)) is None:
            yield "a court: run `flask --app wsgi init`"
    except sa.exc.DatabaseError as error:
        yield f"a database in order. {meaning(error)}"


def _holidays() -> Iterator[str]:
    try:
        calendar = periods.calendar()
    except sa.exc.DatabaseError:
        db.session.rollback()
        return  # said above: there is no table to look into
    for year in (clock.today().year, clock.today().year + 1):
        if calendar.fact(date(year, 10, 1)).provisional:
            yield f"the holiday notice of {year}: import it with `flask --app wsgi holidays` as soon as it is published; until then deadlines in {year} are provisional"


def _disk() -> Iterator[str]:
    for fault in readiness.disk_faults():
        yield f"disk space: {fault}"


def _seals() -> Iterator[str]:
    place = workshop.seals()
    for code in sealkeys.codes(place):
        try:
            key = sealkeys.of_court(place, code)
            if key is not None:
                key.require_usable()
                key.require_usable(clock.now() + SOON)
        except sealkeys.Unusable as problem:
            yield f"a seal of {code} that holds for the next {SOON.days} days ({problem}): renew it with `flask --app wsgi documents seal`"


def _sending() -> Iterator[str]:
    for channel, problem in health.unreachable().items():
        yield f"{SETTINGS[channel]}: the server does not take up the connection ({problem}); look at its settings and the network"
    try:
        state = health.state()
    except sa.exc.DatabaseError:
        db.session.rollback()
        return  # said above
    if state.is_silent:
        last = f"last ended well at {state.ended_at:%Y-%m-%d %H:%M %Z}" if state.ended_at else "never ran"
        yield f"a running worker (it {last}): start `flask --app wsgi worker` and keep it running"
    if state.is_stale:
        yield f"sent notices: {state.due} are due, the oldest since {state.oldest_due:%Y-%m-%d %H:%M %Z}; look whether the worker runs and what the servers answer"
    if state.dead:
        yield f"an answer to {state.dead} dead letters: the registry decides on them in the outbox"


def _day() -> Iterator[str]:
    try:
        courts = db.session.execute(sa.select(Court.id, Court.code).order_by(Court.id)).all()
        states = [heartbeat.state(court_id, code) for court_id, code in courts]
    except sa.exc.DatabaseError:
        db.session.rollback()
        return  # said above
    for state in states:
        if state.is_silent:
            last = state.last and state.last.ended_at
            said = f"last ended at {clock.local(last):%Y-%m-%d %H:%M}" if last else "never ran"
            yield f"a daily run for {state.court_code} (it {said}): let the machine start `flask --app wsgi daily` each morning, and start it once now"
        elif state.last and state.last.failed:
            yield f"a whole daily run for {state.court_code} (not done: {', '.join(state.last.failed)}): run `flask --app wsgi daily` and look at what it says"


CHECKS: tuple[Callable[[], Iterator[str]], ...] = (_typesetting, _database, _holidays, _seals, _sending, _day, _disk)


def init_app(app: Flask) -> None:
    """Make the commands known."""
    for command in (user, trail, init, doctor):
        app.cli.add_command(command)
