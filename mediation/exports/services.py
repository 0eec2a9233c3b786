"""Taking the whole court along: allowed, written down, then read as of one moment and sent as it is read."""

import contextlib
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from typing import Any

from mediation.accounts.models import Court
from mediation.exports import facts, labels, rules
from mediation.exports.rules import Format
from mediation.exports.writing import Words, as_parquet, as_spreadsheet
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted

_turns = threading.BoundedSemaphore(rules.AT_ONCE)
WRITERS: dict[Format, Callable[[Any, Words], Iterator[bytes]]] = {
    Format.XLSX: as_spreadsheet,
    Format.PARQUET: as_parquet,
}


def words(court: Court) -> Words:
    """What the files say, in the language of whoever asks."""
    return Words(
        sheet=str(labels.SHEET),
        head={name: str(word) for name, word in labels.COLUMN.items()},
        codes={name: {code: str(word) for code, word in known.items()} for name, known in labels.CODES.items()},
        yes=str(labels.YES),
        no=str(labels.NO),
        about={"court": court.name, "court_code": court.code},
    )


def take_all(actor: Actor, form: Format) -> Generator[bytes, None, None]:
    """The file, piece by piece. That it was taken along stands in the trail before the first piece leaves.

    A file that was cut off lacks its table of contents: no program opens it, so nobody takes it for the whole.
    """
    if not rules.may_take_all(actor):
        raise NotPermitted("export")
    court = db.session.get_one(Court, actor.court_id)
    if not _turns.acquire(blocking=False):
        raise DomainError(labels.BUSY, remedy=labels.WAIT)
    pieces = _written(actor, form, words(court))
    try:
        # Up to here: read as of now, counted, noted.
        next(pieces)
    except BaseException:
        pieces.close()
        raise
    return pieces


def _written(actor: Actor, form: Format, said: Words) -> Generator[bytes, None, None]:
    try:
        with facts.one_moment() as connection:
            number = facts.size(connection, actor.court_id)
            moment = clock.now()
            with transaction():
                audit.note(actor, "export.court", subject_type="export", format=form, rows=number)
            about = {**said.about, "as_of": clock.local(moment).isoformat(), "rows": str(number)}
            yield b""
            with contextlib.closing(facts.of_court(connection, actor.court_id)) as parts:
                yield from WRITERS[form](parts, replace(said, about=about))
    finally:
        _turns.release()
