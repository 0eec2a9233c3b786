"""The notice board: what it may say, and who releases its figure (DOMAIN 3.11, 8.5)."""

import enum
from dataclasses import dataclass

from mediation.kernel.actor import REGISTRY, Actor


@dataclass(frozen=True)
class Backlog:
    """A figure as people in the hall read it: floored to tens, never rounded up."""

    pending: int

    @property
    def tens(self) -> int:
        """The full tens in the figure."""
        return self.pending // 10 * 10

    @property
    def is_more(self) -> bool:
        """Whether there are more than the full tens: then the board says so (多)."""
        return self.pending > self.tens


def may_release(actor: Actor) -> bool:
    """The figure is public only after the registry released it."""
    return actor.has(*REGISTRY)


class Obstacle(enum.StrEnum):
    """Why a draft is not released."""

    REPLACED = "replaced"


def obstacle(draft_id: int, latest_id: int) -> Obstacle | None:
    """Only the last draft is released: whoever had a later one made has counted anew."""
    return Obstacle.REPLACED if draft_id != latest_id else None
