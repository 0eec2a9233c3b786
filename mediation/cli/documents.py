"""Producing what is waiting, and checking that the archive is whole."""

import os
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click
from flask import Flask

from mediation.cli.refusing import Group, Refused
from mediation.documents import composing, sealkeys, services, verification, workshop
from mediation.documents import specimen as specimens
from mediation.documents.rules import Status, Verdict
from mediation.kernel.db import db

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

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
@click.option("--alone", is_flag=True, help="Ask only what the files prove by their own signature, not the archive.")
def verify(folder: Path | None, *, alone: bool) -> None:
    """Compare every archived document with the digests in the trail; or every file in FOLDER with the archive."""
    if alone and folder is None:
        raise Refused("Name the folder whose files are to prove themselves.")
    faults = _archive() if folder is None else _folder(folder, alone=alone)
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


def _folder(folder: Path, *, alone: bool) -> int:
    faults = 0
    for path in sorted(folder.rglob("*.pdf")):
        content = path.read_bytes()
        if alone:
            faults += _by_signature(path.relative_to(folder), content)
            continue
        found = verification.of_file(content)
        what = found.verdict.value if found.alteration is None else f"{found.verdict.value} ({found.alteration.value})"
        named = "" if found.document is None else f": {found.document.title}{found.document.number}"
        click.echo(f"{path.relative_to(folder)} {what}{named}")
        faults += found.verdict is not Verdict.GENUINE
    return faults


def _by_signature(name: Path, content: bytes) -> int:
    found = verification.by_signature(content)
    if found.signature is None:
        click.echo(f"{name} has no signature of a known court")
    else:
        at = "" if found.signature.at is None else f", {found.signature.at.isoformat()}"
        click.echo(f"{name} {found.signature.state}: {found.signature.owner}{at}")
    return found.verdict is not Verdict.SIGNED


@commands.command("seal")
@click.argument("code")
@click.option(
    "--certificate", required=True, type=FILE, help="The seal's certificate, then those above it, the root last."
)
@click.option("--revocation", required=True, type=FILE, help="The lists of revoked certificates, one after the other.")
@click.option("--key", type=FILE, help="The private key; without it the key lies on the token.")
def seal(code: str, certificate: Path, revocation: Path, key: Path | None) -> None:
    """Set up or renew the electronic seal of the court CODE, after trying it on a specimen."""
    place = workshop.seals()
    trying = replace(place, folder=place.folder / ".trying")
    shutil.rmtree(trying.folder, ignore_errors=True)
    target = trying.folder / code
    try:
        target.mkdir(parents=True)
        parts = {sealkeys.CERTIFICATE: certificate, sealkeys.REVOCATION: revocation, sealkeys.KEY: key}
        for name, source in parts.items():
            if source is not None:
                _copy(source, target / name)
        owner, until, lists = _tried(trying, code)
        for name, source in parts.items():
            final = place.folder / code / name
            final.parent.mkdir(parents=True, exist_ok=True)
            if source is not None:
                (target / name).replace(final)
            else:
                final.unlink(missing_ok=True)
    except sealkeys.Unusable as problem:
        raise Refused(f"This seal cannot be used ({problem}); nothing was changed.") from problem
    finally:
        shutil.rmtree(trying.folder, ignore_errors=True)
    click.echo(
        f"{code} seals as {owner} until {until:%Y-%m-%d}; its lists of revoked certificates reach to {lists:%Y-%m-%d}."
    )


def _copy(source: Path, target: Path) -> None:
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(source.read_bytes())


def _tried(place: sealkeys.Place, code: str) -> tuple[str, datetime, datetime]:
    """Sign a specimen and examine it; Unusable when it does not hold."""
    from mediation.documents import signing  # noqa: PLC0415  only this command of the group signs by itself

    found = sealkeys.read(place, code)
    page = composing.compose("specimen", specimens.SHEET, specimens.DATA)
    signed = signing.sign(workshop.typeset_here(page, specimens.DATA), found, court=specimens.SHEET.court)
    seen = signing.examine(signed, sealkeys.roots(place))
    if seen is None or not seen.holds or found.lists_until is None:
        raise sealkeys.Unusable(
            sealkeys.Fault.UNREADABLE, "the signature does not hold" if seen is None else seen.state
        )
    return found.owner, found.expires, found.lists_until


@commands.command("specimen")
@click.argument("target", type=click.Path(dir_okay=False, writable=True, path_type=Path))
def specimen(target: Path) -> None:
    """Typeset an invented mediation document into TARGET, to look at fonts, page and seal on paper."""
    page = composing.compose("specimen", specimens.SHEET, specimens.DATA)
    target.write_bytes(workshop.typeset_here(page, specimens.DATA))
    click.echo(f"{target} is written")


def init_app(app: Flask) -> None:
    app.cli.add_command(commands)
