"""The notice board in the hall (温馨提示)."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel import clock
from mediation.kernel.audit import Audited
from mediation.kernel.db import Base, CourtId, Pk


class BoardRelease(Audited, Base):
    """A backlog figure as counted on a day, shown only after a clerk of the court released it (DOMAIN 3.11)."""

    __tablename__ = "board_release"

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    counted_on: Mapped[date]
    pending: Mapped[int]
    released_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    released_at: Mapped[datetime] = mapped_column(default=clock.now)
