"""What was settled of each room: on which days the court uses it."""

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from mediation.kernel.db import db
from mediation.scheduling.models import ResourceUse
from mediation.scheduling.rules import Uses


def uses_of(court_id: int) -> Mapping[int, Uses]:
    """What was settled of each room, in the order of the days; rooms of which nothing was are not among them."""
    rows = sa.select(ResourceUse.resource_id, ResourceUse.since, ResourceUse.in_use).where(
        ResourceUse.court_id == court_id
    )
    found: dict[int, list[tuple[date, bool]]] = {}
    for resource_id, since, in_use in db.session.execute(rows.order_by(ResourceUse.since)):
        found.setdefault(resource_id, []).append((since, in_use))
    return found
