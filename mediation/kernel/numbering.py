"""Numbers without gaps: taken in the same transaction as the record that carries them (R6-03)."""

from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel.db import Base, db


class NumberCounter(Base):
    """The last number given, per court, series and year."""

    __tablename__ = "number_counter"

    court_id: Mapped[int] = mapped_column(sa.ForeignKey("court.id"), primary_key=True)
    series: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


def take(court_id: int, series: str, year: int) -> int:
    """The next number of the series. Rolled back with the transaction, so that none is ever lost."""
    named = {"court_id": court_id, "series": series, "year": year, "last": 1}
    taken: int = db.session.execute(_taking(db.engine.dialect.name), named).scalar_one()
    return taken


@lru_cache(maxsize=2)
def _taking(dialect: str) -> sa.Executable:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    counter: Any = NumberCounter.__table__
    return (
        insert(counter)
        .on_conflict_do_update(index_elements=["court_id", "series", "year"], set_={"last": counter.c.last + 1})
        .returning(counter.c.last)
    )
