"""The database itself refuses what overlaps: checked with plain SQL, without the service in front of it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.kernel.db import db
from mediation.scheduling.models import Booking, Claim
from mediation.scheduling.rules import BookingStatus, ClaimantKind, Purpose
from tests.scheduling.when import at, working_day

DAY = working_day(3)
SECOND = timedelta(microseconds=1)


@pytest.fixture
def booking_id(app, court, clerk_li) -> int:
    values = {
        "court_id": court.id,
        "purpose": Purpose.BLOCKED,
        "subject_type": "",
        "subject_id": 0,
        "starts_at": at(DAY, "09:00"),
        "ends_at": at(DAY, "10:00"),
        "status": BookingStatus.BOOKED,
        "booked_by_id": clerk_li.id,
        "booked_at": at(DAY, "08:00"),
        "cancelled_reason": "",
        "note": "",
        "series": "",
        "revision": 0,
        "changed_at": at(DAY, "08:00"),
    }
    return db.session.execute(
        sa.insert(Booking.__table__).values(**values).returning(Booking.__table__.c.id)
    ).scalar_one()


@pytest.fixture
def claim(court, booking_id):
    def insert(start: str, end: str, *, live: bool = True, **over: object) -> int:
        values = {
            "court_id": court.id,
            "booking_id": booking_id,
            "claimant_kind": ClaimantKind.RESOURCE,
            "claimant_key": "1",
            "being": "room:1",
            "starts_at": at(DAY, start),
            "ends_at": at(DAY, end),
            "live": live,
        }
        statement = sa.insert(Claim.__table__).values(**(values | over)).returning(Claim.__table__.c.id)
        with db.session.begin_nested():
            return db.session.execute(statement).scalar_one()

    return insert


def change(claim_id: int, **values: object) -> None:
    with db.session.begin_nested():
        db.session.execute(sa.update(Claim.__table__).where(Claim.__table__.c.id == claim_id).values(**values))


@pytest.mark.parametrize(
    ("start", "end"),
    [("09:00", "10:00"), ("09:30", "09:45"), ("08:00", "11:00"), ("08:00", "09:01"), ("09:59", "11:00")],
)
def test_an_overlap_is_refused(claim, start, end):
    claim("09:00", "10:00")
    with pytest.raises(IntegrityError, match="claim_no_overlap"):
        claim(start, end)


@pytest.mark.parametrize(("start", "end"), [("10:00", "11:00"), ("08:00", "09:00")])
def test_neighbours_touch(claim, start, end):
    claim("09:00", "10:00")
    claim(start, end)


def test_the_smallest_overlap_is_one(claim):
    claim("09:00", "10:00")
    claim("10:00", "11:00", starts_at=at(DAY, "10:00"))
    with pytest.raises(IntegrityError):
        claim("08:00", "09:00", ends_at=at(DAY, "09:00") + SECOND)


@pytest.mark.parametrize("other", [{"being": "room:2"}, {"being": "h1:somebody"}], ids=["another room", "a person"])
def test_others_are_free(claim, other):
    claim("09:00", "10:00")
    claim("09:00", "10:00", **other)


@pytest.mark.parametrize("kind", list(ClaimantKind))
def test_one_human_being_is_one_claimant_in_every_capacity(claim, kind):
    claim("09:00", "10:00", claimant_kind=ClaimantKind.PARTY, being="h1:somebody")
    with pytest.raises(IntegrityError, match="claim_no_overlap"):
        claim("09:30", "10:30", claimant_kind=kind, claimant_key="7", being="h1:somebody")


def test_another_court_counts_its_own_rooms(claim, clerk_of_other_court):
    claim("09:00", "10:00")
    claim("09:00", "10:00", court_id=clerk_of_other_court.court_id)


def test_a_cancelled_claim_occupies_nothing(claim):
    claim("09:00", "10:00", live=False)
    claim("09:00", "10:00")


def test_moving_onto_another_is_refused(claim):
    claim("09:00", "10:00")
    later = claim("10:00", "11:00")
    with pytest.raises(IntegrityError, match="claim_no_overlap"):
        change(later, starts_at=at(DAY, "09:30"))
    change(later, ends_at=at(DAY, "12:00"))
    change(later, starts_at=at(DAY, "10:30"))


def test_taking_a_cancellation_back_is_refused(claim):
    first = claim("09:00", "10:00")
    change(first, live=False)
    claim("09:30", "10:30")
    with pytest.raises(IntegrityError, match="claim_no_overlap"):
        change(first, live=True)


def test_becoming_somebody_else_is_refused(claim):
    claim("09:00", "10:00")
    other = claim("09:00", "10:00", being="room:2")
    with pytest.raises(IntegrityError, match="claim_no_overlap"):
        change(other, being="room:1")


def test_a_claim_that_ends_before_it_begins_is_refused(claim):
    with pytest.raises(IntegrityError, match="ends_after_start"):
        claim("10:00", "09:00")


def test_a_meeting_belongs_to_a_dispute(app, booking_id):
    with pytest.raises(IntegrityError, match="meeting_has_dispute"), db.session.begin_nested():
        db.session.execute(
            sa.update(Booking.__table__).where(Booking.__table__.c.id == booking_id).values(purpose=Purpose.SESSION)
        )
