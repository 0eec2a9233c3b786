"""The points the law leaves open: decided by a court from a day on, with a reason, never reaching back."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from mediation.kernel import clock
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.periods import choices, services
from mediation.periods.models import CountingChoice
from mediation.periods.switches import DEFAULTS, Choice, Switch, in_force
from mediation.periods.table import Cause, PeriodKey
from tests import world

K, D = PeriodKey, date.fromisoformat
TASK = SimpleNamespace(__tablename__="assignment", id=17)
WHY = "审判委员会2026年第3次会议决定"


def decide(person, switch: Switch, value: bool, **over):
    told = {"value": value, "valid_from": clock.today(), "reason": WHY} | over
    return choices.decide(person.as_actor(), switch, **told)


def written(court_id: int, switch: Switch, value: bool, valid_from: str) -> None:
    """As if it had been decided then."""
    db.session.execute(
        sa.insert(CountingChoice.__table__).values(
            court_id=court_id, switch=switch, value=value, valid_from=D(valid_from), reason=WHY, decided_by="x",
            decided_at=clock.now(),
        )
    )  # fmt: skip


def test_the_later_decision_counts_from_its_day_on():
    held = [
        Choice(Switch.ROLL_MEDIATION_PERIOD, False, D("2026-03-01")),
        Choice(Switch.ROLL_MEDIATION_PERIOD, True, D("2026-05-01")),
        Choice(Switch.DEDUCT_INITIAL_MEDIATION, True, D("2026-05-01")),
        Choice(Switch.DEDUCT_INITIAL_MEDIATION, False, D("2026-05-01")),
    ]
    assert in_force(held, D("2026-02-28")) == DEFAULTS
    assert not in_force(held, D("2026-04-30")).roll_mediation_period
    assert in_force(held, D("2026-05-01")) == DEFAULTS
    assert all(DEFAULTS.on(switch) is (switch is not Switch.DEDUCT_INITIAL_MEDIATION) for switch in Switch)


def test_periods_are_counted_as_the_court_has_decided(clerk_li, clerk_of_other_court):
    clerk, other = clerk_li.as_actor(), clerk_of_other_court.as_actor()
    written(clerk.court_id, Switch.ROLL_MEDIATION_PERIOD, False, "2026-01-10")
    written(clerk.court_id, Switch.EXTENSION_FROM_ROLLED, False, "2026-01-10")
    start = D("2026-01-16")
    own = services.open_deadline(clerk, K.MEDIATION_PRE, subject=TASK, dispute_id=None, start=start)
    assert own.final_on == D("2026-02-15")
    assert services.compute(K.MEDIATION_PRE, start, court_id=other.court_id).final == D("2026-02-24")
    assert services.compute(K.MEDIATION_PRE, D("2026-01-09"), court_id=clerk.court_id).final == D("2026-02-09")
    services.extend(clerk, own, 30, agreed_on=D("2026-02-10"))
    assert own.final_on == D("2026-03-17")
    assert not services.recompute_open()


def test_a_decision_is_written_with_its_reason(sysadmin):
    made = decide(sysadmin, Switch.MAKEUP_DAYS_ARE_WORKING, False)
    db.session.commit()
    entry = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert entry.action == "counting_choice.decide"
    assert entry.facts["reason"] == WHY
    assert (entry.facts["before"], entry.facts["after"]) == (True, False)
    assert choices.history(world.court().id) == [made]
    assert not services.switches(made.court_id, clock.today()).makeup_days_are_working


def test_what_cannot_be_decided(sysadmin):
    for over, field in (
        ({"valid_from": clock.today() - timedelta(days=1)}, "valid_from"),
        ({"reason": "  "}, "reason"),
        ({"value": True}, "value"),
    ):
        with pytest.raises(DomainError) as refused:
            decide(sysadmin, Switch.ROLL_MEDIATION_PERIOD, **({"value": False} | over))
        assert refused.value.field == field


@pytest.mark.parametrize("name", ["secadmin", "auditor", "president_he", "clerk_li", "judge_chen"])
def test_nobody_else_decides(app, name, request):
    with pytest.raises(NotPermitted):
        decide(request.getfixturevalue(name), Switch.ROLL_MEDIATION_PERIOD, False)


def test_what_was_decided_is_never_changed(sysadmin):
    made = decide(sysadmin, Switch.ROLL_MEDIATION_PERIOD, False)
    table = CountingChoice.__table__
    with pytest.raises(sa.exc.DatabaseError), db.session.begin_nested():
        db.session.execute(sa.update(table).where(table.c.id == made.id).values(value=True))


def test_the_first_part_of_mediation_is_left_out_of_the_trial_limit_only_where_the_court_decided_so(clerk_li):
    clerk = clerk_li.as_actor()
    before = services.open_deadline(clerk, K.TRIAL_SUMMARY, subject=TASK, dispute_id=None, start=D("2026-03-02"))
    with pytest.raises(DomainError):
        services.exclude(clerk, before, D("2026-03-10"), D("2026-03-17"), cause=Cause.PRIOR_MEDIATION)
    services.cancel(clerk, before)
    written(clerk.court_id, Switch.DEDUCT_INITIAL_MEDIATION, True, "2026-03-01")
    after = services.open_deadline(clerk, K.TRIAL_SUMMARY, subject=TASK, dispute_id=None, start=D("2026-03-02"))
    services.exclude(clerk, after, D("2026-03-10"), D("2026-03-17"), cause=Cause.PRIOR_MEDIATION)
    assert after.final_on == D("2026-06-09")
    conf = services.open_deadline(clerk, K.CONFIRM_APPLY, subject=TASK, dispute_id=None, start=D("2026-03-02"))
    with pytest.raises(DomainError):
        services.exclude(clerk, conf, D("2026-03-10"), D("2026-03-17"), cause=Cause.PRIOR_MEDIATION)
