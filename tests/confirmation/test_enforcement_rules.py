"""What can be enforced, for whom, from when (CPL arts 206, 247, 250); without a database."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from mediation.agreements.ledger import Due
from mediation.agreements.rules import ClauseKind
from mediation.confirmation.enforcement import labels, rules
from mediation.confirmation.enforcement.rules import Facts, Obstacle, Title
from mediation.kernel.actor import REGISTRY
from mediation.kernel.law import cite
from tests.everybody import OTHER, OWN, allowed

TODAY = date(2026, 4, 20)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (Facts(Title.RULING, in_force=True), None),
        (Facts(Title.MEDIATION_DOCUMENT, in_force=True), None),
        (Facts(Title.RULING), Obstacle.NOT_IN_FORCE),
        (Facts(before_the_court=True, apply_until=TODAY), Obstacle.BEFORE_THE_COURT),
        (Facts(apply_until=TODAY), Obstacle.MAY_STILL_CONFIRM),
        (Facts(apply_until=TODAY, sued=True), Obstacle.NO_TITLE),
        (Facts(apply_until=TODAY - timedelta(days=1)), Obstacle.NO_TITLE),
        (Facts(), Obstacle.NO_TITLE),
        (Facts(Title.RULING, in_force=True, revoked=True), Obstacle.REVOKED),
        (Facts(Title.RULING, in_force=True, altered=True), Obstacle.ALTERED),
    ],
)
def test_an_agreement_alone_is_not_enforced(facts, found):
    assert rules.obstacle(facts, TODAY) is found


def due(creditor, days, *, paid=0, done=False, kind=ClauseKind.PAY, debtor=1):
    return Due(1, 1, 0, 1, kind, debtor, creditor, 1000, TODAY + timedelta(days=days), paid, done)


def test_only_what_is_overdue_is_claimed_and_by_whom_it_is_owed():
    late, other = due(7, -1, paid=400), due(8, -30, debtor=2)
    ended = due(7, -9, kind=ClauseKind.END_CONTRACT)
    found = rules.claims([late, due(7, 0), due(7, -5, done=True), other, due(None, -1), ended], TODAY)
    assert [(claim.creditor_id, claim.dues) for claim in found] == [(7, [late]), (8, [other])]
    assert (found[0].open_fen, found[0].debtor_ids) == (600, [1])
    assert rules.claims([], TODAY) == []


def test_the_two_years_count_from_the_last_day_of_performance_or_from_effect():
    assert rules.counts_from([date(2026, 5, 1), date(2026, 8, 1)], TODAY) == date(2026, 8, 1)
    assert rules.counts_from([], TODAY) == TODAY


def test_every_refusal_has_article_words_and_what_remains():
    assert set(labels.OBSTACLE) == set(labels.REMEDY) == set(rules.OBSTACLE_ARTICLE) == set(Obstacle)
    assert all(cite(article) for article in [*rules.OBSTACLE_ARTICLE.values(), *rules.LAW.values()])
    assert set(labels.TITLE) == set(Title)


@dataclass
class Subject:
    """The agreement."""

    court_id: int = OWN
    mediator_id: int | None = None
    organisation_id: int | None = None


def test_the_registry_of_the_court_puts_it_together():
    assert allowed(lambda who: rules.may_pack(who, Subject())) == REGISTRY
    assert not allowed(lambda who: rules.may_pack(who, Subject(court_id=OTHER)))
