"""Names, stacks and blank pages of a bundle."""

import pytest

from mediation.documents.bundles import labels, rules
from mediation.documents.bundles.rules import Form, Obstacle
from mediation.documents.rules import Status
from mediation.kernel.actor import Actor, Role


def test_every_word_is_there():
    assert set(labels.FORM) == set(Form)
    assert set(labels.OBSTACLE) == set(labels.REMEDY) == set(Obstacle)


@pytest.mark.parametrize("role", list(Role))
def test_only_the_registry(role):
    assert rules.may_bundle(Actor(1, 1, frozenset({role}), "x")) == (role in {Role.CLERK, Role.TRIAGE})


@pytest.mark.parametrize(
    ("called", "number", "name"),
    [
        ("送达回证（刘某）", "（2026）鲁0102民初1号", "007 送达回证（刘某）（2026）鲁0102民初1号.pdf"),
        ('甲/乙:丙*?"<>|\\丁', "", "007 甲乙丙丁.pdf"),
        ("../../etc/passwd", "\n", "007 etcpasswd.pdf"),
        ("长" * 200, "", f"007 {'长' * 80}.pdf"),
    ],
)
def test_the_name_of_a_file(called, number, name):
    assert rules.file_name(7, called, number) == name


def test_stacks():
    assert rules.stacks(0) == []
    assert rules.stacks(1) == [(1, 1)]
    assert rules.stacks(100) == [(1, 100)]
    assert rules.stacks(205) == [(1, 100), (101, 200), (201, 205)]


@pytest.mark.parametrize(
    ("pages", "blank"),
    [([], []), ([1], [False]), ([3, 2, 1], [True, False, False]), ([1, 1, 2], [True, True, False])],
)
def test_blank_pages(pages, blank):
    assert list(rules.blanks(pages)) == blank


def test_waiting():
    assert rules.waiting([Status.PENDING, Status.READY, Status.FAILED, Status.PENDING]) == 2
