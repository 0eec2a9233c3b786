"""A paper of the court about a filed case: under the number of the case, with the seal of the court."""

from collections.abc import Mapping
from typing import Any

from mediation.documents import services as documents
from mediation.documents.models import Document
from mediation.kernel.actor import Actor
from mediation.litigation.models import LitigationCase
from mediation.litigation.services.reading import number_of


def issue(
    actor: Actor, case: LitigationCase, *, kind: str, subject: Any, title: str, data: Mapping[str, Any], party: str = ""
) -> Document:
    """Ask for it inside the use case's transaction (CPL arts 100, 157); `party` for whom it is, where each has one."""
    return documents.request(
        actor,
        kind=kind,
        subject=subject,
        dispute_id=case.dispute_id,
        title=title,
        number=number_of(case),
        sealed=True,
        party=party,
        data=data,
    )
