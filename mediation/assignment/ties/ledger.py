"""Keeping the ledger of ties: disclosed by the mediator, told by a party, found in the records (R2-17, R2-22)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from mediation.assignment.ties import labels, rules
from mediation.assignment.ties.models import Tie, TieVerdict
from mediation.assignment.ties.rules import Known, Obstacle, TieKind, TieSource, Verdicts
from mediation.disputes import identity
from mediation.disputes.labels import ID_FAULT
from mediation.disputes.models import Agent, Dispute, Party
from mediation.disputes.people import id_key
from mediation.disputes.rules import IdType, PartyKind
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.roster.models import Mediator


@dataclass(frozen=True)
class TieData:
    """A tie as it was told; of the number only its keyed hash is kept."""

    kind: TieKind
    other_name: str
    id_no: str = ""
    is_organisation: bool = False
    about: str = ""
    since: date | None = None
    until: date | None = None


def refused(obstacle: Obstacle, *, field: str = "") -> DomainError:
    """The refusal with its article and what remains possible."""
    return DomainError(
        labels.OBSTACLE[obstacle],
        article=rules.OBSTACLE_ARTICLE[obstacle],
        remedy=labels.REMEDY.get(obstacle, ""),
        field=field,
    )


FIELD = {
    Obstacle.NO_ONE: "other_name",
    Obstacle.OWN_NUMBER: "id_no",
    Obstacle.FUTURE_DAY: "since",
    Obstacle.UNTIL_BEFORE_SINCE: "until",
    Obstacle.KNOWN_ALREADY: "other_name",
}


# --- reading ----------------------------------------------------------------------------------------------------------


def of_mediator(mediator_id: int) -> Sequence[Tie]:
    """Every entry about one mediator, the latest first."""
    return db.session.scalars(sa.select(Tie).where(Tie.mediator_id == mediator_id).order_by(Tie.id.desc())).all()


def get(actor: Actor, tie_id: int) -> Tie | None:
    """An entry that the actor may read."""
    tie = db.session.scalar(sa.select(Tie).where(Tie.id == tie_id, Tie.court_id == actor.court_id))
    if tie is None or not rules.may_read_ties(actor, db.session.get_one(Mediator, tie.mediator_id)):
        return None
    return tie


def known(mediator_ids: Sequence[int]) -> dict[int, tuple[Known, ...]]:
    """The ledgers of several mediators in one question: what stands in them today and still counts."""
    rows = sa.select(Tie).where(Tie.mediator_id.in_(mediator_ids), Tie.struck_on.is_(None)).order_by(Tie.id)
    found: dict[int, list[Known]] = {}
    today = clock.today()
    for tie in db.session.scalars(rows):
        ended = tie.until is not None and tie.until < today
        if not (ended and tie.kind in rules.OVER_WHEN_ENDED):
            one = Known(tie.id, tie.kind, tie.other_key, tie.other_name, ended)
            found.setdefault(tie.mediator_id, []).append(one)
    return {mediator_id: tuple(entries) for mediator_id, entries in found.items()}


def verdicts(dispute_id: int) -> Verdicts:
    """What was found out about people of the same name in this dispute."""
    rows = sa.select(TieVerdict).where(TieVerdict.dispute_id == dispute_id)
    return {(one.tie_id, one.name): one.is_same for one in db.session.scalars(rows)}


# --- writing ----------------------------------------------------------------------------------------------------------


def key_of(data: TieData) -> str:
    """The key of the number; refused when the number cannot be one (DOMAIN 6.2)."""
    if not data.id_no.strip():
        return ""
    kind = IdType.USCC if data.is_organisation else IdType.RESIDENT
    party = PartyKind.ORGANISATION if data.is_organisation else PartyKind.NATURAL
    number = identity.normal(data.id_no)
    wrong = identity.fault(kind, number, today=clock.today(), kind=party)
    if wrong is not None:
        raise DomainError(ID_FAULT[wrong], field="id_no")
    return id_key(kind, number)


def record(
    actor: Actor,
    mediator: Mediator,
    data: TieData,
    *,
    source: TieSource,
    dispute: Dispute | None = None,
    told_by_id: int | None = None,
    key: str = "",
) -> Tie:
    """A tie is disclosed by the mediator, or told to the registry (S5 art. 13)."""
    if not rules.may_record_tie(actor, mediator):
        raise NotPermitted("record_tie", article=rules.TIE_ARTICLE[data.kind])
    other_key = key or key_of(data)
    for obstacle in rules.tie_obstacles(
        other_key=other_key, other_name=data.other_name, own_key=mediator.person_key, since=data.since,
        until=data.until, today=clock.today(),
    ):  # fmt: skip
        raise refused(obstacle, field=FIELD[obstacle])
    if _standing(mediator.id, data.kind, other_key, data.other_name.strip()) is not None:
        raise refused(Obstacle.KNOWN_ALREADY, field=FIELD[Obstacle.KNOWN_ALREADY])
    with transaction():
        return _write(actor, mediator, data, other_key, source, dispute, told_by_id)


def _write(
    actor: Actor,
    mediator: Mediator,
    data: TieData,
    key: str,
    source: TieSource,
    dispute: Dispute | None,
    told_by_id: int | None = None,
) -> Tie:
    tie = Tie(
        court_id=mediator.court_id,
        mediator_id=mediator.id,
        kind=data.kind,
        other_key=key,
        other_name=data.other_name.strip(),
        is_organisation=data.is_organisation,
        about=data.about.strip(),
        since=data.since,
        until=data.until,
        source=source,
        dispute_id=dispute.id if dispute else None,
        told_by_id=told_by_id,
        recorded_by_id=actor.id,
    )
    facts: dict[str, Any] = {"mediator": mediator.id, "kind": data.kind, "source": source}
    audit.record(actor, "record", tie, by_identity=bool(key), **facts)
    return tie


def _standing(mediator_id: int, kind: TieKind, key: str, name: str) -> Tie | None:
    same = Tie.other_key == key if key else sa.and_(Tie.other_key == "", Tie.other_name == name)
    rows = sa.select(Tie).where(
        Tie.mediator_id == mediator_id, Tie.kind == kind, Tie.struck_on.is_(None), Tie.until.is_(None), same
    )
    return db.session.scalar(rows.limit(1))


def learn(
    actor: Actor,
    dispute: Dispute,
    mediator: Mediator,
    kind: TieKind,
    *,
    key: str,
    name: str,
    is_organisation: bool = False,
) -> None:
    """Keep a tie that the records show, once."""
    if _standing(mediator.id, kind, key, name) is None:
        data = TieData(kind, name, is_organisation=is_organisation)
        _write(actor, mediator, data, key, TieSource.FOUND, dispute)


def end(actor: Actor, tie: Tie, *, on: date) -> None:
    """The tie is over from that day on; that it was, stays."""
    mediator = db.session.get_one(Mediator, tie.mediator_id)
    if not rules.may_record_tie(actor, mediator):
        raise NotPermitted("end_tie", article=tie.article)
    _require_standing(tie)
    for obstacle in rules.tie_obstacles(
        other_key=tie.other_key, other_name=tie.other_name, own_key="", since=tie.since, until=on, today=clock.today()
    ):
        raise refused(obstacle, field="on")
    with transaction():
        tie.until = on
        audit.record(actor, "end", tie, mediator=tie.mediator_id, on=on)


def strike(actor: Actor, tie: Tie, *, reason: str) -> None:
    """The entry was wrong: struck out with a reason, still to be read, no longer counted."""
    mediator = db.session.get_one(Mediator, tie.mediator_id)
    if not rules.may_settle_tie(actor, mediator):
        raise NotPermitted("strike_tie", article=tie.article)
    if tie.struck_on is not None:
        raise refused(Obstacle.STRUCK)
    if not reason.strip():
        raise refused(Obstacle.NO_WORDS, field="reason")
    with transaction():
        tie.struck_on, tie.struck_reason = clock.today(), reason.strip()
        audit.record(actor, "strike", tie, mediator=tie.mediator_id, reason=tie.struck_reason)


def _require_standing(tie: Tie) -> None:
    if tie.struck_on is not None:
        raise refused(Obstacle.STRUCK)
    if tie.until is not None:
        raise refused(Obstacle.ENDED_ALREADY)


def answer(actor: Actor, dispute: Dispute, tie: Tie, *, name: str, is_same: bool, reason: str) -> TieVerdict:
    """Whether somebody of this dispute who bears the entry's name is the same person: asked once, kept with the reason."""
    mediator = db.session.get_one(Mediator, tie.mediator_id)
    if not rules.may_settle_tie(actor, mediator):
        raise NotPermitted("answer", article="S4 art. 15")
    if tie.struck_on is not None:
        raise refused(Obstacle.STRUCK)
    if name != tie.other_name or name not in _names(dispute.id):
        raise refused(Obstacle.NOT_NAMED_SO)
    if not reason.strip():
        raise refused(Obstacle.NO_WORDS, field="reason")
    if (tie.id, name) in verdicts(dispute.id):
        raise refused(Obstacle.KNOWN_ALREADY)
    with transaction():
        made = TieVerdict(
            court_id=dispute.court_id,
            tie_id=tie.id,
            dispute_id=dispute.id,
            name=name,
            is_same=is_same,
            reason=reason.strip(),
            decided_by_id=actor.id,
        )
        audit.record(actor, "answer", made, tie=tie.id, mediator=mediator.id, same=is_same, reason=made.reason)
    return made


def _names(dispute_id: int) -> set[str]:
    """Everybody in a dispute by name: parties, agents, and the firms for which these act."""
    parties = sa.select(Party.name).where(Party.dispute_id == dispute_id)
    agents = sa.select(Agent.name, Agent.firm).where(Agent.dispute_id == dispute_id)
    return set(db.session.scalars(parties)) | {text for row in db.session.execute(agents) for text in row if text}
