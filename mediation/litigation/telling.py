"""Who is told what of a filed case: its parties in the court's wording, its judge and others of the house in the system."""

from collections.abc import Iterable
from typing import Any

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.disputes import services as disputes
from mediation.disputes.models import Party
from mediation.disputes.people import addressee
from mediation.kernel.actor import Actor
from mediation.litigation.models import LitigationCase
from mediation.litigation.services.reading import number_of
from mediation.notices import services as notices


def parties(actor: Actor, case: LitigationCase, kind: str, **facts: str) -> None:
    """Every party of the case; what was told of this before holds no longer."""
    notices.supersede(actor, case, kind)
    for one in disputes.parties(case.dispute_id):
        party(actor, case, one, kind, subject=case, **facts)


def party(actor: Actor, case: LitigationCase, told: Party, kind: str, *, subject: Any, **facts: str) -> None:
    """One party, by the number of the case."""
    notices.tell(
        actor,
        addressee(told),
        kind,
        subject=subject,
        dispute_id=case.dispute_id,
        facts={"number": number_of(case), **facts},
    )


def in_house(actor: Actor, users: Iterable[User], subject: Any, kind: str, words: Any, day: Any) -> None:
    """People of the court: which dispute it is about, in each reader's language, and the day that matters."""
    facts = {"title": lambda: disputes.titles([subject.dispute_id])[subject.dispute_id], "day": day}
    notices.tell_users(actor, users, kind, words, subject=subject, dispute_id=subject.dispute_id, facts=facts)


def judge(actor: Actor, case: LitigationCase, subject: Any, kind: str, words: Any, day: Any) -> None:
    """Whoever tries the case, unless the act is the judge's own."""
    reader = accounts.open_accounts(User.id == case.judge_id, User.id != actor.id)
    in_house(actor, reader, subject, kind, words, day)
