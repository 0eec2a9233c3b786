"""One signer's turn on a screen, and the evidence that stays of it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.agreements.turns.rules import Check, Place, TurnStatus
from mediation.kernel import clock
from mediation.kernel.audit import Stateful
from mediation.kernel.db import Base, CourtId, Name, Pk, Prose, Short, guard, never_changes

LIVES = sa.text("status IN ('issued', 'opened')")


class SigningTurn(Stateful, Base):
    """签署: who signs which document, where, how the person was known, and what was drawn.

    Of the link and of the code only digests are kept. What was signed never changes again.
    """

    __tablename__ = "signing_turn"
    __table_args__ = (
        sa.CheckConstraint("(place = 'link') = (token_digest IS NOT NULL)", name="a_link_has_its_secret"),
        sa.CheckConstraint(
            "status <> 'signed' OR (sha256 <> '' AND checked_at IS NOT NULL AND ended_at IS NOT NULL)",
            name="signed_is_proved",
        ),
        sa.CheckConstraint(
            "status NOT IN ('opened', 'refused', 'paper') OR checked_at IS NOT NULL", name="known_first"
        ),
        # One at a time for each signature that is wanted.
        sa.Index("ix_signing_turn_living", "signature_id", unique=True, sqlite_where=LIVES, postgresql_where=LIVES),
        sa.Index("ix_signing_turn_court", "court_id", "status", "expires_at"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("agreement.id"), index=True)
    # A signature that is wanted no longer is dropped when the text goes back to draft; what was given stays.
    signature_id: Mapped[int]
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"))
    place: Mapped[Place]
    name: Mapped[Name]
    agent: Mapped[bool] = mapped_column(default=False)
    status: Mapped[TurnStatus] = mapped_column(default=TurnStatus.ISSUED)
    issued_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    issued_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    token_digest: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    code_digest: Mapped[Short] = mapped_column(default="")
    code_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    # The browser in which the code was entered; no other is shown anything.
    device_digest: Mapped[Short] = mapped_column(default="")
    device: Mapped[Name] = mapped_column(default="")
    check: Mapped[Check]
    # What was looked at: the identity document with its last characters, or the telephone, masked.
    seen: Mapped[Name] = mapped_column(default="")
    checked_by: Mapped[Name] = mapped_column(default="")
    checked_at: Mapped[datetime | None]
    sha256: Mapped[Short] = mapped_column(default="")
    strokes: Mapped[list[Any]] = mapped_column(default=list)
    reason: Mapped[Prose] = mapped_column(default="")
    reminded_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


FIXED = [
    "id", "court_id", "dispute_id", "agreement_id", "signature_id", "document_id", "place", "name", "agent",
    "issued_by_id", "issued_at", "token_digest",
]  # fmt: skip
never_changes(SigningTurn.__table__, columns=FIXED)  # type: ignore[arg-type]
guard(
    SigningTurn.__table__,  # type: ignore[arg-type]
    sqlite=[
        "CREATE TRIGGER signing_turn_settled BEFORE UPDATE ON signing_turn WHEN OLD.status = 'signed' "
        "BEGIN SELECT RAISE(ABORT, 'signing_turn is never changed'); END"
    ],
    postgresql=[
        "CREATE TRIGGER signing_turn_settled BEFORE UPDATE ON signing_turn FOR EACH ROW WHEN (OLD.status = 'signed') "
        "EXECUTE FUNCTION signing_turn_refuse()"
    ],
)
