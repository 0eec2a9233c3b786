"""The sums of each court, month by month: derived from the records, kept with them, and counted anew where they differ."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel.db import Base


class FigureSum(Base):
    """How many disputes of a court count for a measure in a month, or a year, and counted for it before; and their days.

    The court stands in the key: two courts never wait for each other, and no row is the whole nation's. It is no key to
    the court's own row: there is no sum without records of the court, and every act would look that row up once more.
    """

    __tablename__ = "figure_sum"
    __table_args__ = (
        # What figures over all courts read, a measure and its months: all of it stands in the index.
        sa.Index("ix_figure_sum_read", "measure", "last", "first", "since", "court_id", "n", "days"),
    )

    # In the order in which an act adds and one court is compared: all of a court lies together.
    court_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    measure: Mapped[int] = mapped_column(sa.SmallInteger, primary_key=True, autoincrement=False)
    # The month (20260300), or the year (20260000), of what happens; for what lasts the month of its end, or OPEN.
    last: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    # The same; for what lasts the month of its beginning, while it lasts the day (20260302).
    first: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    # The month in which the same dispute counted before, or NEVER.
    since: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int]
    days: Mapped[int] = mapped_column(default=0)
