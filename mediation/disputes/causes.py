"""The official list of causes of action: loaded once, found by name, pinyin or initials (DOMAIN 6.3)."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from pypinyin import Style, lazy_pinyin
from sqlalchemy.orm import aliased

from mediation.disputes import rules
from mediation.disputes.models import Cause
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _

FILE = Path(__file__).parent / "data" / "causes_2025.csv"
SHOWN = 12
# Part 11 and 12 of the list are for special and other procedures, not for disputes between two sides.
NOT_DISPUTES = ("11", "12")
SPECIFIC = 3


@dataclass(frozen=True)
class Choice:
    """A cause as the picker shows it."""

    code: str
    name: str
    path: str


def load_causes() -> int:
    """Put the list of causes into the database, with pinyin and initials for typing; how many were new."""
    with FILE.open(encoding="utf-8", newline="") as file, transaction():
        known = {(version, code) for version, code in db.session.execute(sa.select(Cause.version, Cause.code))}
        fresh = [_cause(row) for row in csv.DictReader(file) if (row["version"], row["code"]) not in known]
        db.session.add_all(fresh)
    return len(fresh)


def _cause(row: dict[str, str]) -> Cause:
    name = row["name"]
    return Cause(
        version=row["version"],
        code=row["code"],
        level=int(row["level"]),
        number=row["number"],
        name=name,
        parent_code=row["parent_code"],
        pinyin="".join(lazy_pinyin(name, errors="ignore")),
        initials="".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors="ignore"))[:100],
    )


def version_for(day: date) -> str:
    """The version to choose from on a day: the one in force, or the one loaded when the older list is not at hand."""
    wanted = rules.cause_version(day)
    loaded = db.session.scalars(sa.select(Cause.version).distinct()).all()
    return wanted if wanted in loaded or not loaded else max(loaded)


def is_substitute(version: str, day: date) -> bool:
    """Whether a cause was chosen from another list than the one in force that day: said beside it."""
    return version != rules.cause_version(day)


def find(code: str, day: date) -> Cause:
    """The cause of this code in the list for that day."""
    found = _of(code, day)
    if found is None:
        raise DomainError(_("Choose a cause from the official list."), article="S1 art. 124", field="cause")
    return found


def _of(code: str, day: date) -> Cause | None:
    """As in `version_for`, without asking which lists are loaded where the one in force names the cause."""
    # The session forgets what nobody holds, and one form asks for its cause several times.
    session, key = db.session(), (rules.cause_version(day), code)
    held: dict[tuple[str, str], Cause] = session.info.setdefault("causes", {})
    known = held.get(key)
    if known is not None and known in session:
        return known
    found = session.get(Cause, key) or session.get(Cause, (version_for(day), code))
    if found is not None:
        held[key] = found
    return found


def search(text: str, day: date, *, limit: int = SHOWN) -> list[Choice]:
    """Causes that fit what was typed: by name, pinyin or initials; the best and the most specific ones first."""
    # What cannot be printed stands in no name of a cause, and PostgreSQL refuses some of it.
    typed = "".join(sign for sign in text if sign.isprintable() and not sign.isspace()).lower()
    if not typed:
        return []
    parent = aliased(Cause)
    fit = sa.case(
        (Cause.name == typed, 0),
        (Cause.name.startswith(typed, autoescape=True), 1),
        (Cause.initials.startswith(typed, autoescape=True), 1),
        (Cause.pinyin.startswith(typed, autoescape=True), 2),
        (Cause.name.contains(typed, autoescape=True), 3),
        (Cause.initials.contains(typed, autoescape=True), 4),
        (Cause.pinyin.contains(typed, autoescape=True), 5),
        else_=9,
    )
    special = sa.case(*((Cause.code.startswith(f"{part}."), 1) for part in NOT_DISPUTES), else_=0)
    general = sa.case((Cause.level >= SPECIFIC, 0), else_=1)
    wanted = (
        sa.select(Cause.code, Cause.name, parent.name)
        .join(parent, sa.and_(parent.version == Cause.version, parent.code == Cause.parent_code), isouter=True)
        .where(Cause.version == version_for(day), fit < 9)  # noqa: PLR2004 the last of the ranks above
        .order_by(general, special, fit, sa.func.length(Cause.name), Cause.code)
        .limit(limit)
    )
    return [Choice(code, name, above or "") for code, name, above in db.session.execute(wanted)]


def resolve(text: str, code: str, day: date) -> tuple[Choice | None, Sequence[Choice]]:
    """What was meant: the cause of the code when it carries the typed name, else the one that fits; or the choices."""
    by_code = _of(code, day) if code else None
    if by_code is not None and by_code.name == text.strip():
        return Choice(by_code.code, by_code.name, ""), ()
    found = search(text, day)
    exact = [choice for choice in found if choice.name == text.strip()]
    if len(exact) == 1:
        return exact[0], ()
    if len(found) == 1:
        return found[0], ()
    return None, found
