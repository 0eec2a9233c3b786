"""The database itself keeps mediation and adjudication apart, whoever writes to it (R2-20; CPL art. 47)."""

import pytest
import sqlalchemy as sa

from mediation.confirmation import services as confirmations
from mediation.confirmation.rules import Material, Outcome, Status
from mediation.confirmation.services import Applicant
from mediation.disputes import services as disputes
from mediation.kernel.db import db
from tests import builders, world


@pytest.fixture
def applied(clerk_li, mediator_wang):
    clerk = clerk_li.as_actor()
    made = builders.signed_agreement(clerk, mediator_wang.as_actor())
    everyone = [Applicant(p.id) for p in disputes.parties(made.dispute_id)]
    return confirmations.apply(
        clerk, disputes.get(clerk, made.dispute_id), applicants=everyone, materials=list(Material)
    )


def write(confirmation, **values):
    """As somebody with a database client would."""
    wanted = ", ".join(f"{name} = :{name}" for name in values)
    with db.session.begin_nested():
        statement = sa.text(f"UPDATE confirmation SET {wanted} WHERE id = :id")  # noqa: S608 names of the test's own
        db.session.execute(statement, values | {"id": confirmation.id})


@pytest.mark.parametrize(
    "case",
    [
        "judge_diverted", "judge_mediated", "another_rules", "no_day", "valid_without_judge", "dismissed_without_judge",
        "outcome_without_judge", "served_undecided",
    ],
)  # fmt: skip
def test_each_check_of_the_row(applied, judge_chen, judge_wu, case):
    values = {
        "judge_diverted": {"judge_id": applied.diverted_by_id},
        "judge_mediated": {"judge_id": applied.mediator_user_id},
        "another_rules": {
            "judge_id": judge_chen.id,
            "ruled_by_id": judge_wu.id,
            "decided_on": "2026-03-31",
            "outcome": "valid",
        },
        "no_day": {"judge_id": judge_chen.id, "ruled_by_id": judge_chen.id, "outcome": "valid"},
        "valid_without_judge": {"status": "valid"},
        "dismissed_without_judge": {"status": "dismissed"},
        "outcome_without_judge": {"outcome": "valid"},
        "served_undecided": {"status": "served"},
    }[case]
    assert None not in values.values()
    with pytest.raises(sa.exc.IntegrityError):
        write(applied, **values)


def test_what_the_judge_may_is_allowed(applied, judge_chen):
    write(
        applied,
        judge_id=judge_chen.id,
        ruled_by_id=judge_chen.id,
        decided_on="2026-03-31",
        outcome="valid",
        status="valid",
    )
    db.session.expire_all()
    assert (applied.status, applied.outcome) == (Status.VALID, Outcome.VALID)


def test_a_wrong_password_does_not_use_up_the_form(client_for, applied, judge_chen):
    """The same page sent again with the right password is carried out, not taken for a second press."""
    browser, here = client_for(judge_chen), f"/confirmations/{applied.id}"
    browser.post(f"{here}/acceptance")
    told = {"withdrawal-reason": "双方自愿撤回申请", "withdrawal-once": "one press of the button"}
    wrong = browser.post(f"{here}/withdrawal", told | {"withdrawal-password": "wrong"}, status=422)
    assert wrong.field("withdrawal-reason") == "双方自愿撤回申请"
    browser.post(f"{here}/withdrawal", told | {"withdrawal-password": world.PASSWORD})
    assert confirmations.of_dispute(applied.dispute_id)[0].status is Status.WITHDRAWN
