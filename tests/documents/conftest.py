"""A dispute with documents, seen through a scope of the tests' own."""

from collections.abc import Callable, Iterator

import pytest

from mediation.disputes import services as disputes
from mediation.disputes.models import Cause, Dispute
from mediation.disputes.rules import Capacity, Source
from mediation.documents import services, specimen
from mediation.documents.models import Document
from mediation.kernel import audit, clock
from mediation.kernel.db import db, transaction
from tests.conftest import actor_of


@pytest.fixture
def dispute(clerk_li) -> Dispute:
    actor = actor_of(clerk_li)
    with transaction():
        db.session.merge(Cause(version="test", code="1", level=1, name="测试案由"))
        found = Dispute(
            court_id=actor.court_id,
            receipt_no="SJ-2026-000001",
            source=Source.WINDOW,
            received_at=clock.now(),
            received_by_id=actor.id,
            cause_version="test",
            cause_code="1",
            claims="返还工程款",
            facts="双方签订合同",
        )
        audit.record(actor, "create", found)
    return found


@pytest.fixture
def scope(dispute, clerk_li, mediator_wang, organisation_user) -> None:
    """Mediator Wang and the organisation take part in the dispute; mediator Zhao does not."""
    actor = actor_of(clerk_li)
    disputes.participate(actor, dispute, Capacity.MEDIATED, mediator_id=mediator_wang.mediator_id)
    disputes.participate(actor, dispute, Capacity.ORGANISED, organisation_id=organisation_user.organisation_id)


@pytest.fixture
def here(app) -> Iterator[None]:
    """Produce at once, in this process."""
    app.config["DOCUMENTS"] = "here"
    yield
    app.config["DOCUMENTS"] = "later"


@pytest.fixture
def ask(dispute, clerk_li, scope) -> Callable[..., Document]:
    """Ask for the specimen about the dispute."""

    def request(actor=None, **over) -> Document:
        settings = {
            "kind": "specimen",
            "subject": dispute,
            "dispute_id": dispute.id,
            "title": "民事调解书",
            "number": "（2026）江0102民初3187号",
            "data": specimen.DATA,
            "sealed": True,
        }
        return services.request(actor or actor_of(clerk_li), **(settings | over))

    return request
