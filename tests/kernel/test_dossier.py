"""What a page reads of a dispute at once is exactly what each table would have told alone."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from mediation.accounts.models import User
from mediation.confirmation.models import Confirmation
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute, Party
from mediation.kernel import dossier
from mediation.kernel.db import db, read_only
from mediation.periods.models import Deadline
from mediation.roster.models import Mediator
from mediation.web.registry import Registry
from tests import builders


@pytest.fixture
def agreed(clerk_li: User, mediator_wang: User) -> int:
    """A dispute of which almost every table knows something."""
    made = builders.signed_agreement(clerk_li.as_actor(), mediator_wang.as_actor()).dispute_id
    db.session.commit()
    db.session.expunge_all()
    return made


def columns(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in sa.inspect(type(row)).column_attrs}


def gathered(app: Flask, dispute_id: int) -> dossier.Dossier:
    registry: Registry = app.extensions["mediation"]
    dossier.gather(db.session.get_one(Dispute, dispute_id), registry.dossier)
    found: dossier.Dossier = db.session().info["dossier"]
    return found


def test_every_value_is_the_one_that_the_table_holds(app: Flask, agreed: int) -> None:
    found = gathered(app, agreed)
    read = {(model, row.id): columns(row) for model, rows in found.rows.items() for row in rows}
    db.session.expunge_all()
    alone = {
        (model, row.id): columns(row)
        for model in found.rows
        for row in db.session.scalars(sa.select(model))
        if (model, row.id) in read
    }
    assert read == alone
    assert len(read) > 15


def test_no_row_of_the_dispute_is_missing_and_none_of_another(app: Flask, agreed: int) -> None:
    other = builders.make_dispute(builders.someone("clerk_li").as_actor()).id
    db.session.commit()
    found = gathered(app, agreed)
    for model, rows in found.rows.items():
        if hasattr(model, "dispute_id") and model is not Dispute:
            wanted = sa.select(model).where(model.dispute_id == agreed)
            assert {row.id for row in rows} == {row.id for row in db.session.scalars(wanted)}, model
    assert dossier.kept(Party, other) is None


def test_relationships_are_set_as_they_would_be_loaded(app: Flask, agreed: int) -> None:
    def related(deadline: Deadline) -> tuple[list[int], list[int]]:
        return [pause.id for pause in deadline.pauses], [extension.id for extension in deadline.extensions]

    found = gathered(app, agreed)
    dispute = found.rows[Dispute][0]
    parties = [(party.id, [agent.id for agent in party.agents], party.address) for party in dispute.parties]
    deadlines = {deadline.id: related(deadline) for deadline in found.rows[Deadline]}
    assert found.rows[Mediator]
    db.session.expunge_all()
    alone = disputes.parties(agreed)
    assert parties == [(party.id, [agent.id for agent in party.agents], party.address) for party in alone]
    assert len(parties) == 2
    loaded = db.session.scalars(sa.select(Deadline).where(Deadline.dispute_id == agreed))
    assert deadlines == {deadline.id: related(deadline) for deadline in loaded}
    assert any(pauses for pauses, _extensions in deadlines.values())


def test_only_a_page_that_reads_finds_it(app: Flask, agreed: int) -> None:
    gathered(app, agreed)
    assert dossier.kept(Party, agreed) is None
    assert dossier.beside(Deadline, "dispute", agreed) is None
    with read_only():
        kept = dossier.kept(Party, agreed)
        assert kept is not None
        assert list(dossier.of(Party, agreed)) == kept
        assert dossier.kept(Party, agreed + 1) is None
        assert dossier.beside(Deadline, "dispute", agreed) is not None
        assert dossier.beside(Deadline, "dispute", agreed + 1) is None
        assert dossier.beside(Confirmation, "agreement", 10**9) is None


def test_the_sessions_own_object_is_kept(app: Flask, agreed: int) -> None:
    mine = db.session.scalars(sa.select(Party).where(Party.dispute_id == agreed).order_by(Party.id)).all()
    found = gathered(app, agreed)
    assert all(one is other for one, other in zip(mine, found.rows[Party], strict=True))
    assert not db.session.dirty
