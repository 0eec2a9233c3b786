"""When a paper of the court may be announced, and when it counts as served (CPL art. 95; S2 arts 133, 138-140)."""

import enum
from dataclasses import dataclass
from datetime import date

from mediation.kernel.states import Step
from mediation.litigation import rules as register

ARTICLE = "CPL art. 95; S2 arts 138-140"


class AnnouncementStatus(enum.StrEnum):
    """How far an announcement has come."""

    RUNNING = "running"
    SERVED = "served"
    CALLED_OFF = "called_off"


class Matter(enum.StrEnum):
    """What is announced: each has its own duties of telling (S2 art. 139)."""

    PLAINT = "plaint"
    RULING = "ruling"


class Need(enum.StrEnum):
    """Why nothing else is left (CPL art. 95)."""

    WHEREABOUTS = "whereabouts"
    NO_OTHER_WAY = "no_other_way"


class Medium(enum.StrEnum):
    """Where it is published: posted on the court's notice board and at the party's home, or in the media (S2 art. 138)."""

    POSTED = "posted"
    NEWSPAPER = "newspaper"
    ONLINE = "online"


class Obstacle(enum.StrEnum):
    """Why it cannot be done like this."""

    CLOSED = "closed"
    SUMMARY = "summary"
    REACHED = "reached"
    PENDING = "pending"
    NOT_THAT_DAY = "not_that_day"
    NO_COURSE = "no_course"
    NO_POINTS = "no_points"
    NO_OUTLET = "no_outlet"
    NO_PICTURES = "no_pictures"
    STILL_RUNS = "still_runs"
    NOT_ON_FILE = "not_on_file"


OBSTACLE_ARTICLE = {
    Obstacle.CLOSED: "CPL art. 95",
    Obstacle.SUMMARY: "S2 art. 140",
    Obstacle.REACHED: "CPL art. 95",
    Obstacle.PENDING: "CPL art. 95",
    Obstacle.NOT_THAT_DAY: "S2 art. 138",
    Obstacle.NO_COURSE: "CPL art. 95",
    Obstacle.NO_POINTS: "S2 art. 139",
    Obstacle.NO_OUTLET: "S2 art. 138",
    Obstacle.NO_PICTURES: "S2 art. 138",
    Obstacle.STILL_RUNS: "CPL art. 95",
    Obstacle.NOT_ON_FILE: "CPL art. 95",
}
FIELD = {
    Obstacle.REACHED: "target",
    Obstacle.PENDING: "target",
    Obstacle.NOT_THAT_DAY: "published_on",
    Obstacle.NO_COURSE: "course",
    Obstacle.NO_POINTS: "points",
    Obstacle.NO_OUTLET: "outlet",
    Obstacle.NO_PICTURES: "pictures",
    Obstacle.NOT_ON_FILE: "method",
}

A = AnnouncementStatus
STEPS: tuple[Step, ...] = (
    Step("complete", {A.RUNNING}, A.SERVED, register.may_entrust, "R4-13", "CPL art. 95"),
    Step("call_off", {A.RUNNING}, A.CALLED_OFF, register.may_entrust, "R4-13", "CPL art. 95"),
)


@dataclass(frozen=True)
class Publishing:
    """An announcement as it is recorded, beside what stands."""

    is_open: bool
    summary: bool
    reached: bool
    pending: bool
    issued_on: date
    published_on: date
    today: date
    medium: Medium
    course: str
    points: str
    outlet: str
    pictures: bool


def publishing(asked: Publishing) -> list[Obstacle]:
    """Everything that stands in its way. The file keeps why and how (CPL art. 95); posted at a home, pictures of it (S2 art. 138)."""
    found = {
        Obstacle.CLOSED: not asked.is_open,
        Obstacle.SUMMARY: asked.summary,
        Obstacle.REACHED: asked.reached,
        Obstacle.PENDING: asked.pending,
        # The last posting or printing counts (S2 art. 138); a paper is not published before it is written.
        Obstacle.NOT_THAT_DAY: not asked.issued_on <= asked.published_on <= asked.today,
        Obstacle.NO_COURSE: not asked.course.strip(),
        Obstacle.NO_POINTS: not asked.points.strip(),
        Obstacle.NO_OUTLET: not asked.outlet.strip(),
        Obstacle.NO_PICTURES: asked.medium is Medium.POSTED and not asked.pictures,
    }
    return [obstacle for obstacle, stands in found.items() if stands]


def completing(until: date, today: date, *, is_open: bool, summary: bool) -> list[Obstacle]:
    """When the thirty days have passed it counts as served, as long as the procedure still allows it."""
    found = {Obstacle.CLOSED: not is_open, Obstacle.SUMMARY: summary, Obstacle.STILL_RUNS: today < until}
    return [obstacle for obstacle, stands in found.items() if stands]


def serving(*, announced: bool, summary: bool, on_file: bool) -> list[Obstacle]:
    """Nothing is served by announcement past the file, which says why and how (CPL art. 95)."""
    if not announced or on_file:
        return []
    return [Obstacle.SUMMARY if summary else Obstacle.NOT_ON_FILE]
