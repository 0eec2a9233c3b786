"""I18: what parties said of mediations that were over, and how many of those asked said something."""

import sqlalchemy as sa

from mediation.assignment.models import Assignment
from mediation.assignment.rating.models import Rating, RatingInvitation
from mediation.statistics.facts import Frame, Rows


def ratings(f: Frame) -> Rows:
    """Ratings by the day on which they were given, each with its points."""
    r, a = f.of(Rating), f.of(Assignment)
    where = (r.c.court_id == f.court_id, f.within(r.c.rated_on))
    return Rows(r.join(a, a.c.id == r.c.assignment_id), where, r.c.id, r.c.dispute_id, r.c.score, mediation=a)


def asked(f: Frame) -> Rows:
    """Parties asked, by the day of the first asking."""
    i, a = f.of(RatingInvitation), f.of(Assignment)
    where = (i.c.court_id == f.court_id, f.within(i.c.asked_on))
    return Rows(i.join(a, a.c.id == i.c.assignment_id), where, i.c.id, i.c.dispute_id, mediation=a)


def answered(f: Frame, rows: Rows) -> Rows:
    """Of these, those that have rated so far."""
    r, i = f.of(Rating), f.of(RatingInvitation)
    said = sa.exists().where(
        i.c.id == rows.unit, r.c.assignment_id == i.c.assignment_id, r.c.party_id == i.c.party_id, f.so_far(r.c.rated_on)
    )  # fmt: skip
    return rows.that(said)
