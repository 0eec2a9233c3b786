"""The documents of a dispute as its page lists them."""

from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from mediation.documents import services
from mediation.documents.models import Document
from mediation.documents.rules import Failure, Folder, Status
from mediation.kernel.actor import Actor
from mediation.kernel.db import db


class Listed(NamedTuple):
    """A document as a list shows it."""

    id: int
    court_id: int
    folder: Folder
    status: Status
    title: str
    party: str
    number: str
    version: int
    requested_at: datetime
    failure: Failure | None
    failure_detail: str


def listed(actor: Actor, dispute_id: int) -> list[Listed]:
    """The dispute's documents, oldest first, each in its latest version."""
    return [Listed(*row) for row in db.session.execute(_listed_to(actor), {"dispute": dispute_id})]


@lru_cache(maxsize=1024)
def _listed_to(actor: Actor) -> sa.Select[Any]:
    columns: Any = Document
    return services.latest_of(actor).with_only_columns(*(getattr(columns, name) for name in Listed._fields))
