"""What a mediation after filing does to the trial limit (R3-48, R3-52; S4 art. 27; S12 point 3; S2 art. 243)."""

from datetime import date, timedelta

import pytest

from mediation.assignment import services as assignments
from mediation.assignment.rules import EndCode, SuspensionReason
from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.litigation import services as litigation
from mediation.litigation.rules import Procedure
from mediation.litigation.tariff import FeeKind
from mediation.periods import choices
from mediation.periods.switches import Switch
from mediation.periods.table import Cause, PeriodKey
from tests import builders

FILED = date(2026, 3, 2)
LIMIT = date(2026, 6, 2)
BASE = date(2026, 3, 9)


def on(day):
    return clock.pretend(clock.at(day, 10))


@pytest.fixture
def mediator(mediator_wang):
    return mediator_wang.as_actor()


@pytest.fixture
def entrusted(clerk, mediator):
    """Filed and signed for on 2 March 2026: seven days to 9 March; summary procedure to 2 June."""
    with on(FILED):
        return builders.entrusted_assignment(clerk, mediator)


def limit_of(assignment):
    return litigation.limit_of(litigation.of_dispute(assignment.dispute_id))


def extend(mediator, assignment, until, day=date(2026, 3, 6)):
    with on(day):
        everybody = builders.party_ids(assignment.dispute_id)
        assignments.extend(mediator, assignment, until=until, agreed_by=everybody, reason="核对票据")


def end(mediator, assignment, day):
    with on(day):
        assignments.end(mediator, assignment, EndCode.UNWILLING, reason="一方不愿调解")


def left_out(assignment):
    return [(p.cause, p.after, p.through) for p in limit_of(assignment).pauses]


def test_the_first_days_run_inside_the_limit(mediator, entrusted):
    assert assignments.clock_of(entrusted).final_on == BASE
    end(mediator, entrusted, date(2026, 3, 8))
    assert (limit_of(entrusted).final_on, left_out(entrusted)) == (LIMIT, [])


def test_the_agreed_extension_is_left_out_while_it_runs_and_stands_in_the_reasons(
    client_for, clerk_li, mediator, entrusted
):
    extend(mediator, entrusted, date(2026, 3, 31))
    assert left_out(entrusted) == [(Cause.EXTENDED_MEDIATION, BASE, date(2026, 3, 31))]
    # 2 June and twenty-two days.
    assert limit_of(entrusted).final_on == date(2026, 6, 24)
    db.session.commit()
    why = client_for(clerk_li).get(f"/deadlines/{limit_of(entrusted).id}").soup.find(id="why").get_text()
    assert "22" in why
    assert "延长" in why


def test_ended_earlier_only_the_days_it_took_are_left_out(mediator, entrusted):
    extend(mediator, entrusted, date(2026, 3, 31))
    end(mediator, entrusted, date(2026, 3, 19))
    assert left_out(entrusted) == [(Cause.EXTENDED_MEDIATION, BASE, date(2026, 3, 19))]
    assert limit_of(entrusted).final_on == LIMIT + timedelta(days=10)


def test_ended_in_its_own_time_it_costs_the_trial_nothing(mediator, entrusted):
    extend(mediator, entrusted, date(2026, 3, 31))
    end(mediator, entrusted, date(2026, 3, 7))
    assert limit_of(entrusted).final_on == LIMIT


def test_what_ran_past_the_extension_is_counted_again(mediator, entrusted):
    extend(mediator, entrusted, date(2026, 3, 31))
    end(mediator, entrusted, date(2026, 4, 10))
    assert limit_of(entrusted).final_on == date(2026, 6, 24)


def test_another_mediator_ends_the_first_ones_extension(clerk, mediator, entrusted):
    extend(mediator, entrusted, date(2026, 3, 31))
    with on(date(2026, 3, 12)):
        assignments.replace(clerk, entrusted, reason="调解员住院")
    assert left_out(entrusted) == [(Cause.EXTENDED_MEDIATION, BASE, date(2026, 3, 12))]
    assert limit_of(entrusted).final_on == LIMIT + timedelta(days=3)


def test_an_appraisal_stops_the_trial_limit_too(mediator, entrusted):
    with on(date(2026, 3, 4)):
        assignments.suspend(mediator, entrusted, reason=SuspensionReason.APPRAISAL)
    assert limit_of(entrusted).is_suspended
    with on(date(2026, 3, 14)):
        assignments.resume(mediator, entrusted)
    kept = limit_of(entrusted)
    assert (kept.is_suspended, kept.final_on) == (False, LIMIT + timedelta(days=10))
    with on(date(2026, 3, 15)):
        assignments.suspend(mediator, entrusted, reason=SuspensionReason.APPRAISAL)
    end(mediator, entrusted, date(2026, 3, 20))
    assert not limit_of(entrusted).is_suspended


def test_no_other_pause_stops_it(mediator, entrusted):
    with on(date(2026, 3, 4)):
        assignments.suspend(mediator, entrusted, reason=SuspensionReason.SHAM)
    assert not limit_of(entrusted).is_suspended


def test_where_the_court_reads_it_so_all_of_the_mediation_is_left_out(clerk, mediator, sysadmin):
    """U03: S12 point 3 read with S2 art. 243."""
    with on(FILED - timedelta(days=1)):
        choices.decide(
            sysadmin.as_actor(), Switch.DEDUCT_INITIAL_MEDIATION, value=True, valid_from=FILED, reason="审委会决定"
        )
    with on(FILED):
        made = builders.entrusted_assignment(clerk, mediator)
    assert limit_of(made).is_suspended
    extend(mediator, made, date(2026, 3, 31))
    end(mediator, made, date(2026, 3, 22))
    kept = limit_of(made)
    assert kept.final_on == LIMIT + timedelta(days=20), "from 2 March to 22 March, counted once"
    assert [s["name"] for s in kept.basis["derivation"] if s["kind"] == "excluded"] == [
        "prior_mediation,extended_mediation"
    ]


def test_what_was_left_out_stays_left_out_under_another_procedure(clerk, mediator, entrusted):
    """S2 arts 243, 258: the new limit runs from the filing day too."""
    extend(mediator, entrusted, date(2026, 3, 31))
    end(mediator, entrusted, date(2026, 3, 19))
    case, old = litigation.of_dispute(entrusted.dispute_id), limit_of(entrusted)
    with on(date(2026, 3, 23)):
        litigation.issue_fee_notice(clerk, case, kind=FeeKind.PROPERTY, received_on=clock.today())
        litigation.record_payment(clerk, case)
        litigation.to_ordinary(clerk, case)
    assert case.procedure is Procedure.ORDINARY_SOLE
    new = limit_of(entrusted)
    assert (new.key, new.start_on, old.is_running) == (PeriodKey.TRIAL_ORDINARY, FILED, False)
    assert left_out(entrusted) == [(Cause.EXTENDED_MEDIATION, BASE, date(2026, 3, 19))]
    # 2 September and ten days: 12 September is a Saturday.
    assert (new.raw_on, new.final_on) == (date(2026, 9, 12), date(2026, 9, 14))


def test_before_filing_there_is_no_trial_limit(clerk, mediator):
    with on(FILED):
        made = builders.accepted_assignment(clerk, mediator)
    extend(mediator, made, date(2026, 5, 20), day=date(2026, 3, 20))
    assert litigation.of_dispute(made.dispute_id) is None
