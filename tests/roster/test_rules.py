"""Who may be given a dispute, and who decides about a place on the list: without a database."""

from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product

import pytest

from mediation.kernel import law, states
from mediation.kernel.actor import COURT, Actor, Role
from mediation.roster import rules
from mediation.roster.rules import Ground, Obstacle, Reach, Region, RosterStatus
from tests.everybody import allowed

DAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Person:
    id: int = 7
    court_id: int = 1
    organisation_id: int | None = 5
    status: RosterStatus = RosterStatus.ACTIVE
    certificate_expires_on: date = DAY
    max_open: int = 3
    foreign_region: Region = Region.MAINLAND
    listed_by: str = ""
    consented_on: date | None = None


@dataclass(frozen=True)
class Body:
    status: RosterStatus = RosterStatus.ACTIVE
    accepted_causes: list[str] = field(default_factory=list)
    listed_by: str = ""
    consented_on: date | None = None


@pytest.mark.parametrize(
    ("status", "expires", "load", "organisation", "away"),
    list(product(RosterStatus, [date(2026, 3, 1), DAY], [2, 3, 4], [None, *RosterStatus], [False, True])),
)
def test_who_may_be_given_a_dispute(
    status: RosterStatus, expires: date, load: int, organisation: RosterStatus | None, away: bool
) -> None:
    found = rules.obstacles(
        Person(status=status, certificate_expires_on=expires),
        DAY,
        load=load,
        away=away,
        organisation=None if organisation is None else Body(organisation),
    )
    assert set(found) == {
        obstacle
        for obstacle, stands in [
            (Obstacle.NOT_ACTIVE, status is not RosterStatus.ACTIVE),
            (Obstacle.CERTIFICATE_EXPIRED, expires < DAY),
            (Obstacle.ON_LEAVE, away),
            (Obstacle.FULL, load >= 3),
            (Obstacle.ORGANISATION_NOT_ACTIVE, organisation not in {None, RosterStatus.ACTIVE}),
        ]
        if stands
    }


TOGETHER = {("foreign", "foreign"), ("hk", "hk"), ("hk", "macao"), ("macao", "hk"), ("macao", "macao"), ("taiwan", "taiwan")}  # fmt: skip


@pytest.mark.parametrize(("mediator", "party"), list(product(Region, Region)))
def test_mediators_from_elsewhere_have_disputes_of_their_own(mediator: Region, party: Region) -> None:
    """S5 art. 6, each of its three paragraphs; who is from the mainland mediates everything."""
    found = rules.obstacles(
        Person(foreign_region=mediator), DAY, load=0, dispute=Reach("4.10", frozenset({Region.MAINLAND, party}))
    )
    may = mediator is Region.MAINLAND or (mediator.value, party.value) in TOGETHER
    assert found == ([] if may else [Obstacle.OTHER_REGION])


@pytest.mark.parametrize(
    ("accepted", "cause", "fits"),
    [
        ([], "4.10.116", True),
        (["4.10"], "4.10.116", True),
        (["4.10"], "4.10", True),
        (["4.1"], "4.10.116", False),
        (["10.35", "4"], "4.10.116.2", True),
        (["10.35"], "4.10.116", False),
    ],
)
def test_a_body_gets_the_disputes_it_accepts(accepted: list[str], cause: str, fits: bool) -> None:
    found = rules.obstacles(Person(), DAY, load=0, organisation=Body(accepted_causes=accepted), dispute=Reach(cause))
    assert found == ([] if fits else [Obstacle.OUT_OF_SCOPE])


def test_without_a_dispute_nothing_is_said_of_its_reach() -> None:
    body = Body(accepted_causes=["10.35"])
    assert rules.obstacles(Person(foreign_region=Region.HK), DAY, load=0, organisation=body) == []


@pytest.mark.parametrize(
    ("role", "court", "mediator", "organisation"), list(product(Role, [1, 2], [None, 7, 8], [None, 5, 6]))
)
def test_who_keeps_leave_hours_and_profile(
    role: Role, court: int, mediator: int | None, organisation: int | None
) -> None:
    actor = Actor(1, court, frozenset({role}), mediator_id=mediator, organisation_id=organisation)
    own = (role is Role.MEDIATOR and mediator == 7) or (role is Role.ORGANISATION and organisation == 5)
    assert rules.is_own(actor, Person()) == (court == 1 and own)
    keeps = own or role in {Role.CLERK, Role.TRIAGE, Role.PRESIDENT}
    assert rules.may_keep(actor, Person()) == (court == 1 and keeps)
    alone = Person(organisation_id=None)
    assert not rules.is_own(Actor(1, 1, frozenset({Role.ORGANISATION})), alone)


ALLOWED = {
    ("active", "suspend"), ("active", "remove"), ("suspended", "remove"), ("expired", "remove"),
    ("suspended", "reactivate"), ("expired", "reactivate"), ("candidate", "admit"),
}  # fmt: skip


@pytest.mark.parametrize(("status", "step"), list(product(RosterStatus, [s.name for s in rules.STEPS])))
def test_every_status_and_step(status: RosterStatus, step: str) -> None:
    president = Actor(1, 1, frozenset({Role.PRESIDENT}))
    assert (step in states.available(rules.STEPS, president, Person(status=status))) == ((status, step) in ALLOWED)


@pytest.mark.parametrize(("role", "court"), list(product(Role, [1, 2])))
def test_the_court_reads_and_the_president_decides(role: Role, court: int) -> None:
    actor = Actor(1, court, frozenset({role}))
    assert rules.may_read(actor, Person()) == (court == 1 and role in COURT)
    assert rules.may_decide(actor, Person()) == (court == 1 and role is Role.PRESIDENT)


def test_each_step_has_grounds_and_no_removal_rests_on_a_suspicion() -> None:
    assert set(rules.GROUNDS) == {step.name for step in rules.STEPS}
    assert set().union(*rules.GROUNDS.values()) == set(Ground)
    assert Ground.COMPLAINT_EXAMINED not in rules.GROUNDS["remove"]
    assert not rules.GROUNDS["reactivate"] & rules.MISCONDUCT


@pytest.mark.parametrize("article", [*rules.GROUND_ARTICLE.values(), *rules.OBSTACLE_ARTICLE.values()])
def test_articles_are_real(article: str) -> None:
    assert law.cite(article)
    assert set(rules.GROUND_ARTICLE) == set(Ground)
    assert set(rules.OBSTACLE_ARTICLE) == set(Obstacle)


def test_the_last_day_of_a_certificate_counts() -> None:
    assert rules.obstacles(Person(), DAY, load=0) == []
    assert rules.obstacles(replace(Person(), certificate_expires_on=date(2026, 3, 1)), DAY, load=0) != []


def test_who_enters_looks_and_sets_the_rules_of_the_list():
    registry = {Role.CLERK, Role.TRIAGE, Role.PRESIDENT}
    assert allowed(rules.may_enter) == {*registry, None}
    assert allowed(rules.may_set_rules) == {Role.PRESIDENT}

    def look(**own):
        return allowed(lambda who: rules.may_look(who, Person()), **own)

    assert look() == look(mediator_id=8, organisation_id=6) == set(COURT)
    assert look(mediator_id=7, organisation_id=5) == {*COURT, Role.MEDIATOR, Role.ORGANISATION}
    assert look(court_id=2, mediator_id=7, organisation_id=5) == set()


@pytest.mark.parametrize(
    ("expires", "hours", "entering", "found"),
    [
        (DAY, 8, True, []),
        (date(2026, 3, 1), 8, True, [rules.EntryFault.CERTIFICATE]),
        (DAY, 7, True, [rules.EntryFault.TRAINING]),
        (DAY, 0, False, []),
        (date(2026, 3, 1), 0, True, [rules.EntryFault.CERTIFICATE, rules.EntryFault.TRAINING]),
    ],
)
def test_what_is_missing_before_somebody_is_put_on_the_list(expires, hours, entering, found):
    demands = rules.Demands(entry_hours=8)
    person = Person(certificate_expires_on=expires)
    assert rules.entry_faults(person, DAY, hours=hours, demands=demands, entering=entering) == found


@pytest.mark.parametrize(
    ("since", "found"), [(None, [rules.EntryFault.CONSENT]), (DAY, []), (date(2026, 3, 3), [rules.EntryFault.CONSENT])]
)
def test_who_is_on_a_higher_courts_list_was_trained_there_and_consents_to_serve_here(since, found):
    """S4 art. 5; S5 art. 27."""
    person = Person(listed_by="中级法院", consented_on=since)
    assert rules.entry_faults(person, DAY, hours=0, demands=rules.Demands(entry_hours=8), entering=True) == found
    told = rules.obstacles(person, DAY, load=0)
    assert told == ([Obstacle.NO_CONSENT] if found else [])


@pytest.mark.parametrize(
    ("body", "off_panel", "found"),
    [
        (Body(), False, []),
        (Body(accepted_causes=["4"]), False, []),
        (Body(accepted_causes=["2.2"]), False, [Obstacle.OUT_OF_SCOPE]),
        (Body(status=RosterStatus.SUSPENDED), True, [Obstacle.ORGANISATION_NOT_ACTIVE, Obstacle.OFF_PANEL]),
        (Body(listed_by="某中级人民法院"), False, [Obstacle.NO_CONSENT]),
    ],
)
def test_what_stands_against_giving_a_body_a_dispute(body, off_panel, found):
    assert rules.body_obstacles(body, DAY, dispute=Reach("4.10.116"), off_panel=off_panel) == found
    assert rules.body_obstacles(Body(accepted_causes=["2.2"]), DAY) == []
