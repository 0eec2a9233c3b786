"""What may go wrong in the court's own terms. `web.errors` turns each into a page, once."""

from typing import Any


class DomainError(Exception):
    """The law or the state of the case forbids it (409). Says why, under which article, and what remains possible."""

    def __init__(self, message: Any, *, article: str = "", remedy: Any = "", field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.article = article
        self.remedy = remedy
        self.field = field


def refusal(obstacle: Any, words: Any, law: Any, *, field: str | None = None, message: Any = None) -> DomainError:
    """What stands in the way, under which article, what remains possible, and beside which field it is said.

    `words` are the capability's labels (OBSTACLE, REMEDY), `law` its rules (OBSTACLE_ARTICLE, and FIELD where none is named);
    `message` says the same more exactly.
    """
    return DomainError(
        words.OBSTACLE[obstacle] if message is None else message,
        article=law.OBSTACLE_ARTICLE[obstacle],
        remedy=words.REMEDY.get(obstacle, ""),
        field=law.FIELD.get(obstacle, "") if field is None else field,
    )


class IllegalStep(DomainError):
    """The step exists but not from the present state (409). Keeps the record, so that the page can say who moved it."""

    def __init__(self, step: str, status: str, *, article: str = "", subject: Any = None) -> None:
        super().__init__(f"{step} from {status}", article=article)
        self.step = step
        self.status = status
        self.subject = subject


class Stale(DomainError):
    """Somebody else changed the record since the page was opened (409)."""

    def __init__(self, message: Any, *, remedy: Any = "", subject: Any = None) -> None:
        super().__init__(message, remedy=remedy)
        self.subject = subject


class Unreadable(DomainError):
    """What an address asks for cannot be: a day that is none, a period that ends before it begins (400)."""


class NotPermitted(Exception):
    """In scope, but not for this actor (403)."""

    def __init__(self, step: str, *, article: str = "") -> None:
        super().__init__(step)
        self.step = step
        self.article = article
