"""Replaying how mediators were found: from what was kept, on the command line."""

from collections.abc import Sequence

import click
import sqlalchemy as sa
from flask import Flask

from mediation.assignment import services
from mediation.assignment.choice import ALGORITHM
from mediation.assignment.models import ChoiceRecord
from mediation.cli.refusing import Group, Refused
from mediation.disputes import case_numbers
from mediation.disputes.models import CaseNumber, Dispute
from mediation.kernel.db import db

commands = Group("assignment", help="Assignments: replay how a mediator was found.")


@commands.command("replay")
@click.argument("number", required=False)
@click.option("--all", "everything", is_flag=True, help="Replay every choice that was kept.")
def replay(number: str | None, everything: bool) -> None:
    """Work a choice out again. NUMBER: of an assignment, a receipt, or a case, in any bracket style."""
    if everything is (number is not None):
        raise Refused("Name one number, or --all.")
    records = _records(number)
    if not records:
        raise Refused("No choice was kept under this number." if number else "No choice was kept yet.")
    told = services.digests(records)
    differing = sum(not _say(record, told.get(record.id, "")) for record in records)
    if everything:
        click.echo(f"{len(records)} replayed, {differing} differ")
    if differing:
        raise SystemExit(1)


def _records(number: str | None) -> Sequence[ChoiceRecord]:
    rows = sa.select(ChoiceRecord).order_by(ChoiceRecord.id)
    if number is None:
        return db.session.scalars(rows).all()
    if number.isdecimal():
        return db.session.scalars(rows.where(ChoiceRecord.assignment_id == int(number))).all()
    case = case_numbers.parse(number)
    names = [number, case.canonical] if case else [number]
    of = sa.select(Dispute.id).where(Dispute.receipt_no.in_(names))
    given = sa.select(CaseNumber.dispute_id).where(CaseNumber.canonical.in_(names))
    wanted = rows.where(sa.or_(ChoiceRecord.dispute_id.in_(of), ChoiceRecord.dispute_id.in_(given)))
    return db.session.scalars(wanted).all()


def _say(record: ChoiceRecord, digest: str) -> bool:
    verdict = services.replayed(record, digest)
    head = f"assignment {record.assignment_id}, {record.occasion.value} on {record.made_on.isoformat()}, seed {record.seed}: "
    if verdict.same:
        click.echo(f"{head}same result, mediator {record.suggested_id or 'nobody'} suggested")
        return True
    click.echo(f"{head}NOT the same result")
    if not verdict.untouched:
        click.echo("  the facts kept are not those whose digest stands in the trail")
    if verdict.other_algorithm:
        click.echo(f"  chosen by version {verdict.algorithm} of the rule, replayed by version {ALGORITHM}")
    for one in verdict.differences:
        who = f"mediator {one.mediator_id}, " if one.mediator_id else ""
        click.echo(f"  {who}{one.what}: kept {one.kept}, replayed {one.found}")
    return False


def init_app(app: Flask) -> None:
    app.cli.add_command(commands)
