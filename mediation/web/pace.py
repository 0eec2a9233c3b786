"""How often the same somebody may ask, counted in the database: for addresses that need no sign-in.

Secrets are long enough that guessing is hopeless at any pace; this keeps a mad program from taking the server's time,
however many processes and machines serve it. Who asks is kept as a digest, and only as long as it counts.
"""

import hashlib
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from mediation.kernel import clock
from mediation.kernel.db import Base, Short, aside, db, reading


class PaceCount(Base):
    """How often one of them has asked in one stretch of time."""

    __tablename__ = "pace_count"

    key: Mapped[Short] = mapped_column(primary_key=True)
    stretch: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)
    number: Mapped[int]
    # In seconds since 1970: afterwards it counts no longer.
    until: Mapped[int] = mapped_column(sa.BigInteger, index=True)


ONE_MORE = sa.text(
    "INSERT INTO pace_count (key, stretch, number, until) VALUES (:key, :stretch, 1, :until) "
    "ON CONFLICT (key, stretch) DO UPDATE SET number = pace_count.number + 1 RETURNING number"
)


@dataclass(frozen=True)
class Pace:
    """At most so many in so many seconds, for each key. `name` keeps the keys of different addresses apart."""

    name: str
    limit: int
    seconds: int

    def wait(self, key: str) -> int:
        """Count one more; 0 when it may pass, otherwise after how many seconds to come again."""
        now = clock.now().timestamp()
        stretch, gone = divmod(now, self.seconds)
        digest = hashlib.sha256(f"{self.name}|{key}".encode()).hexdigest()
        here = {"key": digest, "stretch": int(stretch)}
        before, lately = _counts(digest, int(stretch))
        if before * (1 - gone / self.seconds) + lately >= self.limit:
            return self._rest(before, lately, gone)
        with _counting() as session:
            lately = session.execute(ONE_MORE, here | {"until": int((stretch + 2) * self.seconds)}).scalar_one()
        if lately == 1:
            _forget(int(now))
        # Several at the same moment may have seen the same number before they counted.
        return 0 if lately <= self.limit else self._rest(before, lately, gone)

    def _rest(self, before: int, lately: int, gone: float) -> int:
        """When the share of what was before has become small enough."""
        if lately >= self.limit:
            return math.ceil(self.seconds - gone) + 1
        share = (self.limit - lately) / before
        return max(math.ceil(self.seconds * (1 - share) - gone), 0) + 1


def _counts(digest: str, stretch: int) -> tuple[int, int]:
    """In the stretch before this one, which counts the less the longer ago it ended, and in this one."""
    rows = sa.select(PaceCount.stretch, PaceCount.number).where(
        PaceCount.key == digest, PaceCount.stretch.in_((stretch - 1, stretch))
    )
    found = {row[0]: row[1] for row in db.session.execute(rows)}
    return found.get(stretch - 1, 0), found.get(stretch, 0)


def _forget(now: int) -> None:
    """What counts no longer."""
    with _counting() as session:
        session.execute(sa.delete(PaceCount.__table__).where(PaceCount.__table__.c.until < now))  # type: ignore[arg-type]


@contextmanager
def _counting() -> Iterator[Session]:
    """The request's own transaction, beside its use case; where the request only reads, a connection of its own."""
    if not reading.get():
        with aside():
            yield db.session()
        return
    token = reading.set(False)
    try:
        with Session(db.engine) as session, session.begin():
            yield session
    finally:
        reading.reset(token)
