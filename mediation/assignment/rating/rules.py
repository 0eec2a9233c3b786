"""A party rates a mediation that is over, once; a low rating is looked at by a clerk (DOMAIN 8.6; S4 art. 28; S5 art. 29)."""

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mediation.kernel.actor import REGISTRY, Actor
from mediation.kernel.states import Step

# So long an address is good.
GOOD_FOR = timedelta(hours=72)
# In the days after the end of a mediation the daily run asks.
ASK_WITHIN = timedelta(days=7)
LOWEST, HIGHEST = 1, 5
# From here down a clerk looks whether there is cause for complaint.
LOW = 2


class Aspect(enum.StrEnum):
    """What may be rated apart."""

    ATTITUDE = "attitude"
    EXPERTISE = "expertise"
    EFFICIENCY = "efficiency"
    FAIRNESS = "fairness"


class Check(enum.StrEnum):
    """Whether a rating is to be looked at, and what was found."""

    NOT_NEEDED = "not_needed"
    OPEN = "open"
    CLEARED = "cleared"
    COMPLAINT = "complaint"


class Obstacle(enum.StrEnum):
    """Why somebody is not asked, or cannot rate."""

    NOT_OVER = "not_over"
    ALREADY_RATED = "already_rated"
    NOT_A_PARTY = "not_a_party"


OBSTACLE_ARTICLE = {
    # S4 art. 28, S5 art. 29: who has a complaint meanwhile brings it to the court at any time.
    Obstacle.NOT_OVER: "S4 art. 28",
    Obstacle.ALREADY_RATED: "S4 art. 28",
    Obstacle.NOT_A_PARTY: "S4 art. 28",
}


def may_ask(actor: Actor, assignment: Any) -> bool:
    """The daily run asks; the registry hands an address over at the counter. Never the mediator."""
    return bool(actor.court_id == assignment.court_id) and (actor.id == 0 or actor.has(*REGISTRY))


def may_check(actor: Actor, rating: Any) -> bool:
    """The registry of the court: what a party wrote is no public word, and none for the mediator (R2-28)."""
    return bool(actor.court_id == rating.court_id) and actor.has(*REGISTRY)


STEPS = (
    Step("clear", {Check.OPEN}, Check.CLEARED, may_check, "DOMAIN 8.6", "S4 art. 28"),
    Step("complain", {Check.OPEN}, Check.COMPLAINT, may_check, "DOMAIN 8.6", "S4 art. 28; S5 art. 29"),
)


def check_of(score: int) -> Check:
    """Where a new rating begins."""
    return Check.OPEN if score <= LOW else Check.NOT_NEEDED


def is_over(assignment: Any) -> bool:
    """The mediation was taken up and has ended: nobody rates what still runs, nor what never began."""
    return assignment.end_code is not None and assignment.accepted_on is not None


@dataclass(frozen=True)
class Asked:
    """An address as it stands: whether it was used and until when it is good."""

    expires_at: datetime
    used_at: datetime | None

    def is_good(self, now: datetime) -> bool:
        """Unused, and not run out."""
        return self.used_at is None and now < self.expires_at
