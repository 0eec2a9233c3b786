"""Whether this process can take work, and why not: for the log and for `doctor`, never for strangers."""

import shutil
import tempfile
from pathlib import Path

import sqlalchemy as sa

from mediation.kernel.db import db

LEAST_FREE = 0.05


def faults() -> list[str]:
    """Everything that keeps this process from working."""
    return [*database_faults(), *disk_faults()]


def database_faults() -> list[str]:
    """Whether the database answers."""
    try:
        db.session.execute(sa.select(1))
    except sa.exc.SQLAlchemyError as error:
        db.session.rollback()
        return [f"the database does not answer ({type(error).__name__})"]
    return []


def disk_faults() -> list[str]:
    """Each place the system writes to whose disk is nearly full."""
    found = []
    for folder in _written_to():
        usage = shutil.disk_usage(folder)
        if usage.free / usage.total < LEAST_FREE:
            free = 100 * usage.free / usage.total
            found.append(f"{free:.1f} % of the disk of {folder} is free; {100 * LEAST_FREE:.0f} % are needed")
    return found


def _written_to() -> set[Path]:
    """Where the system writes: beside the database of a file, and temporary files."""
    folders = {Path(tempfile.gettempdir())}
    url = db.session.get_bind().engine.url
    if url.get_backend_name() == "sqlite" and url.database:
        folders.add(Path(url.database).parent)
    return {folder for folder in folders if folder.is_dir()}
