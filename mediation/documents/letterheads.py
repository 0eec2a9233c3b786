"""Head, seal and standing phrase of the court's papers: each version from a day on, none ever changed.

A document keeps the version of the day it was asked for, so that nothing already issued looks different later.
"""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from PIL import Image

from mediation.documents import labels
from mediation.documents.models import Letterhead
from mediation.documents.rules import may_set_letterhead
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted

# Printed 42 mm wide: 300 pixels are 180 to the inch; more than 2000 only make every document heavier.
LEAST, MOST = 300, 2000
BYTES_AT_MOST = 512 * 1024
SQUARE = 0.03
# The typesetter lets Pillow read pictures that are cut off; a seal is whole.
END = b"IEND\xaeB`\x82"


def of_court(court_id: int) -> Sequence[Letterhead]:
    """All versions, the latest first."""
    rows = sa.select(Letterhead).where(Letterhead.court_id == court_id)
    return db.session.scalars(rows.order_by(Letterhead.valid_from.desc(), Letterhead.id.desc())).all()


def id_on(court_id: int, day: date) -> int | None:
    """The version in force on a day; of two from the same day the later made."""
    found: int | None = db.session.scalar(in_force(court_id, day))
    return found


def in_force(court_id: Any, day: Any) -> sa.Select[int]:
    """The question for it; court and day may be places to be filled in."""
    rows = sa.select(Letterhead.id).where(Letterhead.court_id == court_id, Letterhead.valid_from <= day)
    return rows.order_by(Letterhead.valid_from.desc(), Letterhead.id.desc()).limit(1)


def on(court_id: int, day: date) -> Letterhead | None:
    """The version in force on a day."""
    found = id_on(court_id, day)
    return None if found is None else db.session.get(Letterhead, found)


def get(actor: Actor, letterhead_id: int) -> Letterhead | None:
    """One version of the actor's own court."""
    found = db.session.get(Letterhead, letterhead_id)
    return found if found is not None and found.court_id == actor.court_id else None


def make(actor: Actor, *, valid_from: date, heading: str, phrase: str, seal: bytes | None) -> Letterhead:
    """A new version from a day on; without a new picture the seal in force then stays."""
    if not may_set_letterhead(actor):
        raise NotPermitted("make")
    if valid_from < clock.today():
        raise DomainError(labels.NOT_BEFORE_TODAY, field="valid_from")
    before = on(actor.court_id, valid_from)
    picture = checked(seal) if seal else before.seal if before else None
    with transaction():
        made = Letterhead(
            court_id=actor.court_id,
            valid_from=valid_from,
            heading=heading,
            phrase=phrase,
            seal=picture,
            made_by_id=actor.id,
        )
        audit.record(actor, "make", made, valid_from=valid_from, heading=heading, phrase=phrase, new_seal=bool(seal))
    return made


def checked(content: bytes) -> bytes:
    """A square PNG of a useful size, written anew so that nothing but the picture is kept."""
    if len(content) > BYTES_AT_MOST:
        raise DomainError(labels.SEAL_TOO_HEAVY, field="seal")
    if END not in content:
        raise DomainError(labels.SEAL_NO_PNG, field="seal")
    try:
        with Image.open(io.BytesIO(content), formats=("PNG",)) as picture:
            width, height = picture.size
            if min(width, height) < LEAST or max(width, height) > MOST:
                raise DomainError(labels.SEAL_SIZE, field="seal")
            if abs(width - height) > SQUARE * max(width, height):
                raise DomainError(labels.SEAL_NOT_SQUARE, field="seal")
            out = io.BytesIO()
            picture.convert("RGBA").save(out, "PNG", optimize=True)
    except (OSError, SyntaxError, ValueError) as problem:
        raise DomainError(labels.SEAL_NO_PNG, field="seal") from problem
    return out.getvalue()
