"""The court's own wording of notices to parties: each version from a day on, none ever changed, each with a reason."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.notices import discretion, labels, rules, wording
from mediation.notices.models import NoticeTemplate
from mediation.notices.rules import Channel

T = NoticeTemplate


def may_word(actor: Actor) -> bool:
    """The system administrator keeps what the court's papers look like and how its notices are worded."""
    return actor.has(Role.SYSTEM_ADMIN)


def versions(court_id: int, kind: str, channel: Channel) -> Sequence[NoticeTemplate]:
    """Every version of one wording, the latest first."""
    rows = sa.select(T).where(T.court_id == court_id, T.kind == kind, T.channel == channel)
    return db.session.scalars(rows.order_by(T.valid_from.desc(), T.id.desc())).all()


def on(court_id: int, kind: str, channel: Channel, day: date) -> str:
    """The wording in force on a day; of two from the same day the later made, and the standard where there is none."""
    rows = sa.select(T.text).where(T.court_id == court_id, T.kind == kind, T.channel == channel, T.valid_from <= day)
    own = db.session.scalar(rows.order_by(T.valid_from.desc(), T.id.desc()).limit(1))
    return own or wording.KINDS[kind].standard


def in_force(court_id: int, day: date) -> dict[tuple[str, Channel], str]:
    """Every wording of the court's own that is in force on a day."""
    rows = sa.select(T.kind, T.channel, T.text).where(T.court_id == court_id, T.valid_from <= day)
    found = {(kind, channel): text for kind, channel, text in db.session.execute(rows.order_by(T.valid_from, T.id))}
    return {place: text for place, text in found.items() if text}


def written(court_id: int, kind: str, channel: Channel, facts: Mapping[str, str]) -> str:
    """A notice of this kind, with its facts, as the court words it today."""
    return wording.fill(on(court_id, kind, channel, clock.today()), facts)


def check(kind: str, channel: Channel, text: str) -> None:
    """Whether a wording may be used: only facts this kind has, and nothing that strangers must not read on the way."""
    if len(text) > wording.LONGEST:
        raise DomainError(labels.TOO_LONG, field="text")
    try:
        named = wording.named(text)
    except ValueError:
        raise DomainError(labels.BAD_PLACES, field="text") from None
    allowed = wording.KINDS[kind].allowed(channel)
    if unknown := named - allowed:
        if unknown <= wording.CLOSED_FACTS:
            raise DomainError(labels.CLOSED_PLACE, field="text", article=rules.SECRECY)
        raise DomainError(labels.UNKNOWN_PLACE % {"name": min(unknown), "has": _places(allowed)}, field="text")
    missing = wording.KINDS[kind].facts - named
    if text and missing:
        raise DomainError(labels.MISSING_PLACE % {"name": _places(missing)}, field="text")
    if channel in rules.OPEN_CHANNELS and (found := discretion.tells_too_much(text)):
        message = labels.TELLS_TOO_MUCH % {"found": found}
        raise DomainError(message, field="text", article=rules.SECRECY, remedy=labels.ON_PAPER)


def _places(names: Collection[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "—"


def example(kind: str, channel: Channel, text: str) -> str:
    """How a wording reads with invented facts."""
    check(kind, channel, text)
    return wording.fill(text or wording.KINDS[kind].standard, wording.KINDS[kind].example)


def make(actor: Actor, kind: str, channel: Channel, *, text: str, valid_from: date, reason: str) -> NoticeTemplate:
    """A new version from a day on; an empty text brings the standard wording back."""
    if not may_word(actor):
        raise NotPermitted("word")
    check(kind, channel, text)
    if valid_from < clock.today():
        raise DomainError(labels.NOT_BEFORE_TODAY, field="valid_from")
    told: dict[str, Any] = {"kind": kind, "channel": channel, "text": text, "valid_from": valid_from, "reason": reason}
    with transaction():
        made = NoticeTemplate(court_id=actor.court_id, made_by_id=actor.id, **told)
        audit.record(actor, "make", made, **told)
    return made
