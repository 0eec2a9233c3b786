"""What the audit administrator sees of an entry: numbers and steps, never what a dispute is about."""

from datetime import date

import pytest

from mediation.kernel.actor import Role
from mediation.trail import rules
from tests.everybody import allowed


def test_only_the_audit_administrator_reads_the_trail():
    assert allowed(rules.may_read) == {Role.AUDIT_ADMIN}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, True), (True, True), (17, True), ("in_mediation", True), ("2026-03-02", True),
        ("2026-03-02T09:30:00+00:00", True), ("张三", False), ("Zhang San", False), ("a" * 41, False), (date.max, False),
        (1.5, False), ([1], False),
    ],
)  # fmt: skip
def test_what_is_a_code(value, code):
    assert rules.is_code(value) is code


def test_names_and_words_are_hidden_and_codes_stay():
    facts = {"name": "张三", "reason": "家庭困难", "before": "guided", "amount": 100, "party": 3}
    assert rules.readable("dispute", facts) == facts | {"name": rules.HIDDEN, "reason": rules.HIDDEN}
    assert rules.readable("user", facts) == facts
