"""A refused booking carries times that are free instead, so that a page can offer them (DESIGN 8)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mediation.kernel.db import db, read_only
from mediation.kernel.errors import DomainError
from mediation.scheduling.rules import Free, Obstacle


@dataclass(frozen=True)
class Instead:
    """Times that all could have, and the same in words."""

    free: Sequence[Free] = ()
    words: Any = ""


class NotBookable(DomainError):
    """The time or the place cannot be had; says which times all could have, never whose meeting stands there.

    Those times are looked for when somebody asks for them: by then the refused booking has let go of everything it
    waited for, and nobody else waits while they are found.
    """

    def __init__(
        self,
        obstacle: Obstacle,
        message: Any,
        *,
        article: str = "",
        remedy: Any = "",
        look: Callable[[], Instead] | None = None,
    ) -> None:
        self.obstacle = obstacle
        self._words, self._look = remedy, look
        super().__init__(message, article=article, remedy=remedy)

    @cached_property
    def _instead(self) -> Instead:
        if self._look is None:
            return Instead(words=self._words)
        if db.session().in_transaction():
            return self._look()
        try:
            with read_only():
                return self._look()
        finally:
            db.session.rollback()

    @property
    def free(self) -> Sequence[Free]:
        """The next times that all could have."""
        return self._instead.free

    @property
    def remedy(self) -> Any:
        """What remains possible, in words."""
        return self._instead.words

    @remedy.setter
    def remedy(self, words: Any) -> None:
        self._words = words
