"""Applying for an appraisal while a court's delegated mediation runs: voluntary, about something definite (S17 arts 2-4)."""

import enum
from collections.abc import Collection

from mediation.assignment.rules import Kind, Status


class AppraisalGroup(enum.StrEnum):
    """The disputes in which an appraisal before filing is possible (S17 art. 2)."""

    TRAFFIC = "traffic"
    MEDICAL = "medical"
    PROPERTY = "property"
    CONSTRUCTION = "construction"
    LABOUR_SERVICE = "labour_service"
    PRODUCT = "product"
    SALE = "sale"
    INJURY = "injury"
    OTHER = "other"


class Obstacle(enum.StrEnum):
    """Why no appraisal is applied for."""

    NOT_BEFORE_FILING = "not_before_filing"
    NOT_RUNNING = "not_running"
    NOT_ALL = "not_all"


OBSTACLE_ARTICLE = {
    # After filing the court that tries the case decides on an appraisal.
    Obstacle.NOT_BEFORE_FILING: "CPL art. 79",
    Obstacle.NOT_RUNNING: "S5 art. 26",
    Obstacle.NOT_ALL: "S17 arts 2-4",
}
FIELD = {Obstacle.NOT_ALL: "consenting"}
RUNNING = frozenset({Status.ACCEPTED, Status.SCHEDULED, Status.IN_SESSION, Status.SUSPENDED})


def obstacle(kind: Kind, status: Status) -> Obstacle | None:
    """Whether an appraisal may be applied for in this mediation at all."""
    if kind is not Kind.DELEGATED:
        return Obstacle.NOT_BEFORE_FILING
    return None if status in RUNNING else Obstacle.NOT_RUNNING


def is_agreed(applicant: int, consenting: Collection[int], everybody: Collection[int]) -> bool:
    """One side's application needs the consent of all the others (S17 arts 2-4)."""
    return set(everybody) <= {applicant, *consenting}
