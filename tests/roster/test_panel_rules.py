"""Special panels without a database: who sets one up, who fills it, and who may stand on it (S4 art. 9; S5 art. 28)."""

from dataclasses import dataclass, field, replace

import pytest

from mediation.kernel.actor import Actor, Role
from mediation.roster.panels import labels, rules
from mediation.roster.panels.rules import Applicant, PanelFault
from mediation.roster.rules import RosterStatus, may_enter
from tests.builders import TENANCY


@dataclass
class Panel:
    causes: list[str] = field(default_factory=lambda: [TENANCY])
    entry_hours: int = 16
    needs_field: bool = True


FIT = Applicant(RosterStatus.ACTIVE, 16, (TENANCY,))


@pytest.mark.parametrize("role", list(Role))
def test_the_president_sets_a_panel_up_and_the_keepers_of_the_list_fill_it(role):
    actor = Actor(5, 1, frozenset({role}))
    assert rules.may_set(actor) is (role is Role.PRESIDENT)
    assert rules.may_fill(actor) is may_enter(actor)


def test_the_installation_itself_sets_up_the_first_panels():
    assert rules.may_set(Actor(0, 1, frozenset()))


def test_a_panel_is_for_its_causes_alone():
    assert rules.is_for([TENANCY], TENANCY)
    assert not rules.is_for([], TENANCY)


@pytest.mark.parametrize("status", list(RosterStatus))
def test_only_who_stands_on_the_list_stands_on_a_part_of_it(status):
    found = rules.faults(Panel(), replace(FIT, status=status))
    assert found == ([] if status in rules.ON_A_LIST else [PanelFault.NOT_LISTED])


@pytest.mark.parametrize(
    ("panel", "person", "found"),
    [
        (Panel(), FIT, []),
        (Panel(), replace(FIT, hours=15), [PanelFault.TRAINING]),
        (Panel(), replace(FIT, fields=()), [PanelFault.FIELD]),
        (Panel(), replace(FIT, fields=("",)), [PanelFault.FIELD]),
        (Panel(needs_field=False, entry_hours=0), Applicant(RosterStatus.ACTIVE, 0, ()), []),
    ],
)
def test_the_conditions_of_the_panel_are_asked_one_by_one(panel, person, found):
    assert rules.faults(panel, person) == found


@pytest.mark.parametrize("status", list(RosterStatus))
def test_a_body_stands_on_the_list_too(status):
    found = rules.body_faults(Panel(), status, [])
    assert found == ([] if status in rules.ON_A_LIST else [PanelFault.NOT_LISTED])


@pytest.mark.parametrize(
    ("accepts", "found"),
    [((), []), ((TENANCY,), []), (("10",), [PanelFault.NOT_ACCEPTED]), (("",), [PanelFault.NOT_ACCEPTED])],
)
def test_a_body_that_names_what_it_accepts_names_a_cause_of_the_panel(accepts, found):
    assert rules.body_faults(Panel(), RosterStatus.ACTIVE, accepts) == found


def test_every_fault_has_an_article_and_words():
    assert set(rules.FAULT_ARTICLE) == set(PanelFault) == set(labels.PANEL_FAULT)
