"""A refused booking carries times that are free instead, so that a page can offer them (DESIGN 8)."""

from collections.abc import Sequence
from typing import Any

from mediation.kernel.errors import DomainError
from mediation.scheduling.rules import Free, Obstacle


class NotBookable(DomainError):
    """The time or the place cannot be had; says which times all could have, never whose meeting stands there."""

    def __init__(
        self, obstacle: Obstacle, message: Any, *, article: str = "", remedy: Any = "", free: Sequence[Free] = ()
    ) -> None:
        super().__init__(message, article=article, remedy=remedy)
        self.obstacle = obstacle
        self.free = tuple(free)
