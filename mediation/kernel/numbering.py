"""Numbers without gaps: taken in the same transaction as the record that carries them (R6-03)."""

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
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(NumberCounter)
        .values(court_id=court_id, series=series, year=year, last=1)
        .on_conflict_do_update(index_elements=["court_id", "series", "year"], set_={"last": NumberCounter.last + 1})
        .returning(NumberCounter.last)
    )
    taken: int = db.session.execute(statement).scalar_one()
    return taken
