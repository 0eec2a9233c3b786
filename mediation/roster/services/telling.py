"""Word to mediators, their organisations and the court about a place on the list, in each reader's own language."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.kernel.actor import Actor
from mediation.kernel.db import Base
from mediation.kernel.i18n import _l, force_locale
from mediation.notices import services as notices
from mediation.notices.rules import Channel
from mediation.roster.models import Mediator
from mediation.web.templating import day

CERTIFICATE_SOON = _l(
    "The certificate of %(name)s ends on %(day)s. Without a renewal no dispute can be given after it."
)
CERTIFICATE_OUT = _l(
    "The certificate of %(name)s ended on %(day)s; no dispute can be given any more. What is open stays until it is "
    "handed over."
)


def tell(actor: Actor, users: Iterable[User], subject: Base, kind: str, words: Any, **facts: Any) -> None:
    """Put one message for each of these people into the outbox, in the use case's own transaction."""
    for user in {user.id: user for user in users}.values():
        with force_locale(user.locale):
            text = str(words) % {n: day(v) if isinstance(v, date) else str(v) for n, v in facts.items()}
        notices.enqueue(
            actor, subject=subject, dispute_id=None, kind=f"roster.{kind}", text=text, recipient=user.name,
            channel=Channel.IN_APP, user_id=user.id,
        )  # fmt: skip


def accounts_of(mediator: Mediator) -> Sequence[User]:
    """The open accounts of a mediator."""
    return accounts.open_accounts(User.mediator_id == mediator.id)
