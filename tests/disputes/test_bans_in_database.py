"""R2-19 (S4 art. 16) and R2-20 hold in the database itself: rows written with SQL, past every service."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from mediation.disputes.models import BANNED
from mediation.disputes.rules import BANS, Capacity
from mediation.kernel.db import db
from tests.builders import make_dispute
from tests.conftest import actor_of

INSERT = sa.text(
    "INSERT INTO participation (court_id, dispute_id, capacity, user_id, mediator_id, person_key, since) "
    "VALUES (:court, :dispute, :capacity, :user, :mediator, :key, CURRENT_TIMESTAMP)"
)
BARRED = sorted(BANS[Capacity.MEDIATED])
FREE = sorted(set(Capacity) - BANS[Capacity.MEDIATED] - {Capacity.MEDIATED})
PERSONS = [
    ({"mediator": "mediator"}, {"mediator": "mediator"}),
    ({"user": "user"}, {"user": "user"}),
    ({"key": "h1:somebody"}, {"key": "h1:somebody"}),
    ({"mediator": "mediator", "key": "h1:somebody"}, {"user": "user", "key": "h1:somebody"}),
]


@pytest.fixture
def write(clerk_li, mediator_wang):
    """Write a row of who took part, with SQL alone."""
    dispute = make_dispute(actor_of(clerk_li))
    ids = {"mediator": mediator_wang.mediator_id, "user": mediator_wang.id}

    def insert(capacity: Capacity, *, dispute_id: int | None = None, **who: str) -> None:
        row = {"user": None, "mediator": None, "key": ""} | {k: ids.get(v, v) for k, v in who.items()}
        with db.session.begin_nested():
            db.session.execute(
                INSERT,
                row | {"court": dispute.court_id, "dispute": dispute_id or dispute.id, "capacity": capacity.value},
            )

    return insert


@pytest.mark.parametrize("capacity", BARRED)
@pytest.mark.parametrize(("as_mediator", "as_other"), PERSONS)
def test_who_mediated_takes_no_barred_part_and_who_took_one_does_not_mediate(write, capacity, as_mediator, as_other):
    write(Capacity.MEDIATED, **as_mediator)
    with pytest.raises(DBAPIError, match=BANNED):
        write(capacity, **as_other)


@pytest.mark.parametrize("capacity", BARRED)
@pytest.mark.parametrize(("as_mediator", "as_other"), PERSONS)
def test_the_other_way_round(write, capacity, as_mediator, as_other):
    write(capacity, **as_other)
    with pytest.raises(DBAPIError, match=BANNED):
        write(Capacity.MEDIATED, **as_mediator)


@pytest.mark.parametrize("capacity", FREE)
def test_other_parts_stay_possible(write, capacity):
    write(Capacity.MEDIATED, mediator="mediator")
    write(capacity, mediator="mediator")


def test_another_person_and_another_dispute_are_free(write, clerk_li):
    write(Capacity.MEDIATED, mediator="mediator", key="h1:somebody")
    write(Capacity.WITNESS, key="h1:somebody else")
    write(Capacity.WITNESS, key="h1:somebody", dispute_id=make_dispute(actor_of(clerk_li)).id)


def test_two_unknown_numbers_are_not_the_same_person(write, clerk_li):
    write(Capacity.MEDIATED, mediator="mediator")
    with db.session.begin_nested():
        write(Capacity.ASSESSOR, user="user", key="")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE participation SET capacity = 'diverted'",
        "UPDATE participation SET dispute_id = dispute_id + 1",
        "UPDATE participation SET mediator_id = NULL, person_key = 'h1:nobody'",
        "DELETE FROM participation",
    ],
)
def test_the_ban_is_not_lifted_by_rewriting_what_was(write, statement):
    write(Capacity.MEDIATED, mediator="mediator")
    with pytest.raises(DBAPIError), db.session.begin_nested():
        db.session.execute(sa.text(statement))


def test_whoever_left_is_barred_all_the_same(write):
    write(Capacity.MEDIATED, mediator="mediator")
    db.session.execute(sa.text("UPDATE participation SET until = CURRENT_TIMESTAMP"))
    with pytest.raises(DBAPIError, match=BANNED):
        write(Capacity.ASSESSOR, mediator="mediator")
