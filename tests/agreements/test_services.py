"""Sessions to performance, on a real database."""

from mediation.agreements.rules import AgreementStatus
from mediation.assignment.rules import Status as Mediation
from mediation.disputes.rules import Status
from mediation.kernel import audit, clock
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey
from tests import builders
from tests.builders import disputes


def test_all_sign_and_the_day_of_effect_is_computed(clerk_li, mediator_wang):
    made = builders.signed_agreement(clerk_li.as_actor(), mediator_wang.as_actor())
    assert made.status is AgreementStatus.EFFECTIVE
    assert made.effective_on == clock.today()
    assert made.assignment.status is Mediation.AGREED
    dispute = disputes.get(clerk_li.as_actor(), made.dispute_id)
    assert dispute.status is Status.AGREED
    deadline = periods.current("agreement", made.id, PeriodKey.CONFIRM_APPLY)
    assert deadline.start_on == made.effective_on
    assert list(audit.verify()) == []
