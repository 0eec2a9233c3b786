"""The sums of each court, month by month: derived from the records, kept with them, and counted anew where they differ."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel.db import Base


class FigureSum(Base):
    """How many disputes of a court count for a measure in a month and counted for it before in another; and their days.

    The court stands in the key: two courts never wait for each other, and no row is the whole nation's.
    """

    __tablename__ = "figure_sum"
    __table_args__ = (
        sa.Index("ix_figure_sum_court", "court_id"),
        # What figures over all courts read: all of it stands in the index.
        sa.Index("ix_figure_sum_read", "measure", "last", "since", "first", "court_id", "n", "days"),
    )

    # In the order in which all courts are read: a measure, its months.
    measure: Mapped[int] = mapped_column(sa.SmallInteger, primary_key=True, autoincrement=False)
    # The month (20260300) of what happens; for what lasts the month of its end, or OPEN.
    last: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    # The same month; for what lasts the month of its beginning, while it lasts the day (20260302).
    first: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    # The month in which the same dispute counted before, or NEVER.
    since: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    court_id: Mapped[int] = mapped_column(sa.ForeignKey("court.id"), primary_key=True, autoincrement=False)
    n: Mapped[int]
    days: Mapped[int] = mapped_column(sa.BigInteger, default=0)
