"""Asking the parties of a mediation that is over, and taking what they say."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask import current_app

from mediation.assignment.models import Assignment
from mediation.assignment.rating import labels, rules
from mediation.assignment.rating.models import Rating, RatingInvitation
from mediation.assignment.rating.rules import Aspect, Obstacle
from mediation.disputes import people
from mediation.disputes.models import Party
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor, system
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.notices import services as notices

KIND = "rating"


def digest(token: str) -> str:
    """What is kept of an address."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _refused(found: Obstacle) -> DomainError:
    return DomainError(labels.OBSTACLE[found], article=rules.OBSTACLE_ARTICLE[found])


def ask(actor: Actor, assignment: Assignment, party: Party) -> str:
    """An address for one party, good once and for 72 hours; a former one stops working. It is told only now."""
    if not rules.may_ask(actor, assignment):
        raise NotPermitted("ask_rating", article="S4 art. 28")
    if party.dispute_id != assignment.dispute_id:
        raise _refused(Obstacle.NOT_A_PARTY)
    if not rules.is_over(assignment):
        raise _refused(Obstacle.NOT_OVER)
    token = secrets.token_urlsafe(32)
    with transaction():
        kept = _kept(assignment.id, party.id)
        if kept is not None and kept.used_at is not None:
            raise _refused(Obstacle.ALREADY_RATED)
        now = clock.now()
        made = kept or RatingInvitation(
            court_id=assignment.court_id, dispute_id=assignment.dispute_id, assignment_id=assignment.id, party_id=party.id
        )  # fmt: skip
        made.digest, made.asked_at, made.expires_at = digest(token), now, now + rules.GOOD_FOR
        audit.record(actor, "make", made, party_id=party.id, assignment_id=assignment.id)
    return token


def _kept(assignment_id: int, party_id: int) -> RatingInvitation | None:
    own = (RatingInvitation.assignment_id == assignment_id, RatingInvitation.party_id == party_id)
    return db.session.scalar(sa.select(RatingInvitation).where(*own).with_for_update())


def ask_due(actor: Actor) -> dict[str, int]:
    """The daily run: every party of a mediation that ended in the last week is asked once, by message.

    Without a public address of the court there is nothing a message could lead to; then the counter asks.
    """
    public: str = current_app.config["PUBLIC_URL"]
    if not public:
        return {"asked_to_rate": 0}
    done = 0
    for assignment, party in _due(actor.court_id):
        with transaction():
            token = ask(actor, assignment, party)
            facts = {"link": f"{public.rstrip('/')}/rate/{token}"}
            invitation = _kept(assignment.id, party.id)
            notices.tell(
                actor, people.addressee(party), KIND, subject=invitation, dispute_id=assignment.dispute_id, facts=facts
            )  # fmt: skip
        done += 1
    return {"asked_to_rate": done}


def _due(court_id: int) -> Iterable[tuple[Assignment, Party]]:
    asked = sa.exists().where(
        RatingInvitation.assignment_id == Assignment.id, RatingInvitation.party_id == Party.id
    )  # fmt: skip
    rows = (
        sa.select(Assignment, Party)
        .join(Party, Party.dispute_id == Assignment.dispute_id)
        .where(
            Assignment.court_id == court_id,
            Assignment.ended_on >= clock.today() - rules.ASK_WITHIN,
            Assignment.end_code.is_not(None),
            Assignment.accepted_on.is_not(None),
            Party.phone != "",
            ~asked,
        )
        .order_by(Assignment.id, Party.id)
        .options(sa.orm.joinedload(Party.address))
    )
    return [(row[0], row[1]) for row in db.session.execute(rows).unique()]


def invitation(token: str) -> RatingInvitation | None:
    """What an address leads to; none where it is unknown, used or run out, so that all three look alike."""
    found = db.session.scalar(sa.select(RatingInvitation).where(RatingInvitation.digest == digest(token)))
    if found is None or not rules.Asked(found.expires_at, found.used_at).is_good(clock.now()):
        return None
    return found


def rate(token: str, *, score: int, aspects: Mapping[Aspect, int | None], comment: str) -> Rating | None:
    """Take a rating by its address, which is used up with it; none where the address is no longer good."""
    with transaction():
        found = invitation(token)
        kept = _kept(found.assignment_id, found.party_id) if found is not None else None
        if kept is None or kept.used_at is not None:
            return None
        actor = system(kept.court_id)
        made = Rating(
            court_id=kept.court_id, dispute_id=kept.dispute_id, assignment_id=kept.assignment_id, party_id=kept.party_id,
            score=score, comment=comment, status=rules.check_of(score), **{a.value: aspects.get(a) for a in Aspect},
        )  # fmt: skip
        kept.used_at = clock.now()
        audit.record(actor, "rate", made, party_id=kept.party_id, score=score)
        audit.record(actor, "use", kept)
    return made


@dataclass(frozen=True)
class Standing:
    """One party of a mediation: asked, until when, rated."""

    party: Party
    asked: RatingInvitation | None
    rated: bool


def standings(assignment: Assignment) -> Sequence[Standing]:
    """How it stands with each party; what was said is not here."""
    asked = {
        one.party_id: one
        for one in db.session.scalars(
            sa.select(RatingInvitation).where(RatingInvitation.assignment_id == assignment.id)
        )
    }
    rows = people.parties(assignment.dispute_id)
    return [Standing(p, asked.get(p.id), p.id in asked and asked[p.id].used_at is not None) for p in rows]
