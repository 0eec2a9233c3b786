"""Producing what is waiting, and checking that the archive is whole."""

from pathlib import Path

import click
from flask import Flask

from mediation.cli.refusing import Group
from mediation.documents import composing, services, verification, workshop
from mediation.documents import specimen as specimens
from mediation.documents.rules import Status, Verdict
from mediation.kernel.db import db

commands = Group("documents", help="Court documents: produce what is waiting, check the archive.")


@commands.command("produce")
def produce() -> None:
    """Produce every document that was asked for and is not there yet."""
    done = failed = 0
    tried: set[int] = set()
    while batch := [document_id for document_id in services.waiting() if document_id not in tried]:
        tried.update(batch)
        for document_id in batch:
            db.session.rollback()
            if services.produce(document_id) is Status.READY:
                done += 1
            else:
                failed += 1
                click.echo(f"document {document_id} could not be produced")
    workshop.close()
    click.echo(f"{done} produced, {failed} not")
    if failed:
        raise SystemExit(1)


@commands.command("verify")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def verify(folder: Path | None) -> None:
    """Compare every archived document with the digests in the trail; or every file in FOLDER with the archive."""
    faults = _archive() if folder is None else _folder(folder)
    workshop.close()
    if faults:
        raise SystemExit(1)


def _archive() -> int:
    altered = services.altered()
    for document_id in altered:
        click.echo(f"document {document_id} is not what was archived")
    if not altered:
        click.echo("every archived document is as it was")
    return len(altered)


def _folder(folder: Path) -> int:
    faults = 0
    for path in sorted(folder.rglob("*.pdf")):
        found = verification.of_file(path.read_bytes())
        what = found.verdict.value if found.alteration is None else f"{found.verdict.value} ({found.alteration.value})"
        named = "" if found.document is None else f": {found.document.title}{found.document.number}"
        click.echo(f"{path.relative_to(folder)} {what}{named}")
        faults += found.verdict is not Verdict.GENUINE
    return faults


@commands.command("specimen")
@click.argument("target", type=click.Path(dir_okay=False, writable=True, path_type=Path))
def specimen(target: Path) -> None:
    """Typeset an invented mediation document into TARGET, to look at fonts, page and seal on paper."""
    page = composing.compose("specimen", specimens.SHEET, specimens.DATA)
    target.write_bytes(workshop.typeset_here(page, specimens.DATA))
    click.echo(f"{target} is written")


def init_app(app: Flask) -> None:
    app.cli.add_command(commands)
