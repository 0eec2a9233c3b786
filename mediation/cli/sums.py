"""The sums from which figures over all courts are read: compared with the records, and counted anew."""

from collections.abc import Sequence

import click
import sqlalchemy as sa
from flask import Flask

from mediation.accounts.models import Court
from mediation.cli.installation import NO_COURT, only_court
from mediation.cli.refusing import Group, Refused
from mediation.kernel import known
from mediation.kernel.db import db, read_only, transaction
from mediation.kernel.i18n import ENGLISH, force_locale
from mediation.statistics.sums import labels, services
from mediation.statistics.sums.cells import PORTIONS

sums = Group("sums", help="The sums from which figures over all courts are read.")
# So many differences are printed; more are only counted.
SHOWN = 200


def _courts(code: str | None) -> dict[int, str]:
    if code is not None:
        home = only_court(code)
        return {home.id: home.code}
    found = dict(db.session.execute(sa.select(Court.id, Court.code).order_by(Court.id)).all())
    if not found:
        raise Refused(NO_COURT)
    return found


@sums.command("check")
@click.option("--court", help="Only of this court, by its code; without it of all.")
@click.option("--rebuild", is_flag=True, help="Count what differs anew from the records.")
def check(court: str | None, rebuild: bool) -> None:
    """Compare the sums with the records. Names each difference with court and month; status 1 when there is one."""
    with read_only():
        codes = _courts(court)
        found = list(services.differences(list(codes)))
    db.session.rollback()
    _print(found, codes)
    if not found:
        click.echo(f"{len(codes)} courts compared: the sums are those of the records.")
        return
    if not rebuild:
        click.echo("Count them anew with `sums check --rebuild`.", err=True)
        raise SystemExit(1)
    _rebuild(list(codes))
    click.echo(f"{len(found)} sums were counted anew.")


def _print(found: Sequence[services.Difference], codes: dict[int, str]) -> None:
    with force_locale(ENGLISH):
        for one in found[:SHOWN]:
            held = "too few" if one.n > 0 or (one.n == 0 and one.days > 0) else "too many"
            number = f"{abs(one.n)}" if one.n else f"{abs(one.days)} days"
            click.echo(f"{codes[one.court_id]}  {one.when}  {labels.MEASURE[one.measure]}: {number} {held}")
    if len(found) > SHOWN:
        click.echo(f"and {len(found) - SHOWN} more.")


@sums.command("rebuild")
@click.option("--court", help="Only of this court, by its code; without it of all.")
def rebuild(court: str | None) -> None:
    """Count the sums anew from the records, some measures at a time. Others may work meanwhile."""
    codes = _courts(court)
    click.echo(f"{_rebuild(list(codes))} sums of {len(codes)} courts were counted anew.")


def _rebuild(courts: Sequence[int]) -> int:
    """What came past the session becomes known first: from then on the sums follow its records too."""
    with transaction():
        known.catch_up()
    with click.progressbar(length=len(PORTIONS), label="Sums") as bar:
        return services.settle(courts, progress=lambda done, _all: bar.update(done - bar.pos))


def init_app(app: Flask) -> None:
    """Make the commands known."""
    app.cli.add_command(sums)
