"""Machine D: who may, where a dispute goes, in which capacities nobody appears together; without a database."""

from dataclasses import dataclass
from datetime import date
from itertools import product

import pytest

from mediation.disputes import rules
from mediation.disputes.rules import Capacity, Closing, Confirming, Facts, Obstacle, Status
from mediation.kernel.actor import Role
from tests.everybody import OTHER, OWN, allowed

REGISTRY = {Role.CLERK, Role.TRIAGE}
MEDIATE = {Role.MEDIATOR, Role.ORGANISATION}
JUDGES = {Role.GUIDING_JUDGE, Role.FAST_TRACK_JUDGE, Role.CONFIRMATION_JUDGE}


@dataclass(frozen=True)
class Dispute:
    court_id: int = OWN


WITH_DISPUTE = {
    rules.may_edit: REGISTRY,
    rules.may_entrust: REGISTRY | {Role.GUIDING_JUDGE, Role.FAST_TRACK_JUDGE},
    rules.may_report_result: REGISTRY | MEDIATE,
    rules.may_close: REGISTRY | MEDIATE | JUDGES,
}


@pytest.mark.parametrize("question", WITH_DISPUTE)
def test_who_may(question):
    assert allowed(lambda who: question(who, Dispute())) == WITH_DISPUTE[question]
    assert allowed(lambda who: question(who, Dispute()), court_id=OTHER) == set()


def test_who_receives_disputes():
    assert allowed(rules.may_register) == REGISTRY


def test_the_way_of_a_dispute():
    assert rules.track(Status.RECEIVED, []) == [
        (Status.RECEIVED, "current"), (Status.SCREENED, "todo"), (Status.GUIDED, "todo"),
        (Status.CONSENT_ASKED, "todo"), (Status.IN_MEDIATION, "todo"), (Status.AGREED, "todo"), (Status.CLOSED, "todo"),
    ]  # fmt: skip
    # A failed mediation and a trial stand where they were; what the table does not know is left out.
    assert rules.track(Status.FILED, ["screen", "guide", "unknown", "fail", "file"]) == [
        (Status.RECEIVED, "done"), (Status.SCREENED, "done"), (Status.GUIDED, "done"), (Status.NOT_AGREED, "done"),
        (Status.FILED, "current"), (Status.CLOSED, "todo"),
    ]  # fmt: skip
    assert rules.track(Status.CLOSED, ["screen"])[-1] == (Status.CLOSED, "current")


@pytest.mark.parametrize(
    ("step", "facts", "found"),
    [
        ("file", Facts(Status.SCREENED, complaint_pending=True), []),
        ("file", Facts(Status.SCREENED), [Obstacle.NO_COMPLAINT]),
        ("file", Facts(Status.SCREENED, case_filed=True), [Obstacle.ALREADY_FILED]),
        (
            "file",
            Facts(Status.AGREED, complaint_pending=True, confirming=Confirming.PENDING),
            [Obstacle.CONFIRMATION_PENDING],
        ),
        ("file", Facts(Status.AGREED, complaint_pending=True, confirming=Confirming.VALID), [Obstacle.CONFIRMED]),
        ("resume_trial", Facts(Status.NOT_AGREED, case_filed=True), []),
        ("resume_trial", Facts(Status.NOT_AGREED), [Obstacle.NEVER_FILED]),
        ("withdraw", Facts(Status.GUIDED), []),
        ("withdraw", Facts(Status.NOT_AGREED, case_filed=True), [Obstacle.CASE_PENDING]),
        ("withdraw", Facts(Status.IN_MEDIATION, mediator_at_work=True), [Obstacle.MEDIATION_UNDER_WAY]),
        ("screen", Facts(Status.RECEIVED), []),
    ],
)
def test_what_stands_in_the_way(step, facts, found):
    assert rules.obstacles(step, facts) == found


CLOSABLE = {
    Status.AGREED: {Closing.PERFORMED, Closing.CONFIRMED, Closing.SETTLED, Closing.LITIGATION_ENDED},
    Status.FILED: {Closing.LITIGATION_ENDED},
    Status.RETURNED: {Closing.RETURNED},
}


@pytest.mark.parametrize(("status", "closing"), list(product(Status, Closing)))
def test_for_which_reason_a_dispute_is_closed(status, closing):
    possible = closing in CLOSABLE.get(status, set())
    found = rules.obstacles("close", Facts(status, closing=closing))
    assert found == ([] if possible else [Obstacle.WRONG_CLOSING])


# R2-19, R2-20 and SECURITY 2.3.5, written down by hand.
NEVER_TOGETHER = {
    frozenset({Capacity.MEDIATED, later})
    for later in (
        Capacity.JUDGED, Capacity.CONFIRMED, Capacity.AGENT, Capacity.ASSESSOR, Capacity.WITNESS, Capacity.APPRAISER,
        Capacity.INTERPRETER,
    )
} | {frozenset({Capacity.DIVERTED, Capacity.CONFIRMED})}  # fmt: skip


@pytest.mark.parametrize(("one", "other"), list(product(Capacity, Capacity)))
def test_in_which_capacities_nobody_appears_together(one, other):
    assert rules.banned(one, [other]) is ({one, other} in NEVER_TOGETHER)
    assert not rules.banned(one, [])


@pytest.mark.parametrize(
    ("fen", "possible"), [(None, True), (0, True), (10**14, True), (10**14 + 1, False), (-1, False)]
)
def test_which_amounts_a_file_can_hold(fen, possible):
    assert rules.amount_possible(fen) is possible


def test_the_list_of_causes_of_the_day():
    assert rules.cause_version(date(2025, 12, 31)) == "2020"
    assert rules.cause_version(date(2026, 1, 1)) == "2025"
