"""The whole court as a file, from the command line."""

from pathlib import Path

import click
from flask import Flask

from mediation.cli.installation import only_court
from mediation.cli.refusing import Command, Refused
from mediation.exports import services
from mediation.exports.rules import Format
from mediation.kernel.actor import system


@click.command("export-court", cls=Command)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--format", "form", type=click.Choice([f.value for f in Format]), help="Without it, what the file's name ends in."
)
@click.option("--court", help="The court's code, where several are installed.")
def export_court(file: Path, form: str | None, court: str | None) -> None:
    """Write every dispute of a court with its facts into FILE (.xlsx or .parquet); an existing file is not overwritten."""
    said = form or file.suffix.removeprefix(".")
    if said not in set(Format):
        raise Refused(f"{file.name} ends in neither .xlsx nor .parquet: name the format with --format.")
    pieces = services.take_all(system(only_court(court).id), Format(said))
    # Under its name only when it is whole.
    coming = file.with_name(f"{file.name}.part")
    try:
        with file.open("xb"), coming.open("wb") as out:
            for piece in pieces:
                out.write(piece)
        coming.replace(file)
    except FileExistsError as error:
        raise Refused(f"{file} is there already: name another file.") from error
    except BaseException:
        file.unlink(missing_ok=True)
        coming.unlink(missing_ok=True)
        raise
    finally:
        pieces.close()
    click.echo(f"{file}: {file.stat().st_size:,} bytes")


def init_app(app: Flask) -> None:
    """Make the command known."""
    app.cli.add_command(export_court)
