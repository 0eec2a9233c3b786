"""What the ordinary procedure costs more than the summary one (S2 art. 199; S10 arts 16, 22)."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.documents import making
from mediation.documents import services as documents
from mediation.documents.composing import compose
from mediation.kernel import audit
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.litigation import services
from mediation.litigation.models import FeeNotice
from mediation.litigation.rules import Manner, Procedure, Status
from mediation.litigation.tariff import FeeKind
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey
from tests.builders import make_dispute
from tests.litigation.test_procedure import FILED, LATER, REASON, again, on, track

ASKED, LAST, OVER = date(2026, 3, 11), date(2026, 3, 18), date(2026, 3, 19)


@pytest.fixture
def summary(clerk, judge, president_he):
    return track(clerk, judge, president_he.as_actor(), Procedure.SUMMARY)


@pytest.fixture
def converted(judge, summary):
    with on(LATER):
        services.convert(judge, summary, reason=REASON, clerk_name="黎燚")
    db.session.commit()
    return summary


def asked(clerk, case):
    with on(ASKED):
        return services.demand_supplement(clerk, case, received_on=ASKED)


def actions(case):
    db.session.commit()
    return {event.action for event in audit.of_dispute(case.dispute_id)}


def test_the_difference_is_asked_for_with_its_seven_days(clerk, converted):
    paid = services.notice_of(converted)
    assert services.supplement_due(converted) == paid.tariff_fen - paid.due_fen > 0
    assert services.next_step(converted) == "demand_supplement"
    more = asked(clerk, converted)
    assert (more.supplement, more.credit_fen, more.due_fen) == (True, paid.due_fen, paid.tariff_fen - paid.due_fen)
    seven = periods.current("fee_notice", more.id, PeriodKey.FEE_PAYMENT)
    assert (seven.start_on, seven.final_on) == (ASKED, LAST)
    assert "199" in seven.article
    paper = documents.latest("fee_notice", "fee_notice", more.id)
    job = making.job_of(paper)
    text = compose(job.kind, job.sheet, job.data).html
    assert "应补交" in text
    assert "第一百九十九条" in text
    assert "退还一半" in text
    # The notice of the summary procedure stays as it is.
    assert services.notice_of(converted).id == paid.id
    assert services.next_step(converted) == "pay"
    assert "fee_notice.issue_supplement" in actions(converted)


def test_paid_the_case_goes_on_and_costs_the_whole_fee(clerk, judge, converted):
    more = asked(clerk, converted)
    with on(LAST):
        services.record_payment(clerk, converted)
        assert more.settled
        assert services.next_step(converted) == "close"
        with pytest.raises(DomainError) as refused:
            services.close_case(judge, converted, Manner.DEEMED_WITHDRAWN, clerk_name="黎燚")
    assert refused.value.article == "S10 art. 22"
    assert services.final_fee(converted, Manner.JUDGMENT) == more.tariff_fen
    assert services.final_fee(converted, Manner.MEDIATION_DOCUMENT) == (more.tariff_fen + 1) // 2


def test_unpaid_the_suit_counts_as_withdrawn_and_half_goes_back(clerk, judge, converted):
    more = asked(clerk, converted)
    with on(LAST), pytest.raises(DomainError) as early:
        services.close_case(judge, converted, Manner.DEEMED_WITHDRAWN, clerk_name="黎燚")
    assert early.value.article
    collected = services.notice_of(converted).due_fen
    with on(OVER):
        services.close_case(judge, converted, Manner.DEEMED_WITHDRAWN, clerk_name="黎燚")
    assert (converted.status, converted.manner) == (Status.CLOSED, Manner.DEEMED_WITHDRAWN)
    assert services.final_fee(converted, Manner.DEEMED_WITHDRAWN) == (collected + 1) // 2
    paper = documents.latest("withdrawal_ruling", "litigation_case", converted.id)
    job = making.job_of(paper)
    text = compose(job.kind, job.sheet, job.data).html
    assert "第一百九十九条" in text
    assert "退还一半" in text
    assert "申请" not in text
    assert periods.current("fee_notice", more.id, PeriodKey.FEE_PAYMENT) is None


def test_relief_from_the_supplement_keeps_the_suit_alive(clerk, judge, converted):
    more = asked(clerk, converted)
    with on(LAST):
        services.ask_relief(clerk, converted, words="申请缓交", on=LAST)
    with on(OVER):
        with pytest.raises(DomainError):
            services.close_case(judge, converted, Manner.DEEMED_WITHDRAWN, clerk_name="黎燚")
        services.decide_relief(clerk, converted, granted=True)
    assert more.settled
    assert services.next_step(converted) == "close"


def test_asked_for_once_by_the_registry_and_only_after_a_conversion(clerk, judge, summary):
    def refusal(**over):
        with on(ASKED), pytest.raises(DomainError) as refused:
            services.demand_supplement(clerk, summary, **({"received_on": ASKED} | over))
        return refused.value

    assert refusal().article == "S2 art. 199"
    with on(LATER):
        services.convert(judge, summary, reason=REASON, clerk_name="黎燚")
    with on(ASKED), pytest.raises(NotPermitted):
        services.demand_supplement(judge, summary, received_on=ASKED)
    assert refusal(received_on=OVER).field == "received_on"
    asked(clerk, summary)
    assert refusal().article == "S2 art. 199"


def test_sent_to_the_division_from_the_start_the_rest_is_due_too(clerk):
    """The notice is halved while the case stands as a summary one."""
    with on(FILED):
        case = services.file_case(clerk, make_dispute(clerk))
        notice = services.issue_fee_notice(clerk, case, kind=FeeKind.PROPERTY, received_on=FILED)
        services.record_payment(clerk, case)
        assert services.supplement_due(case) == 0
        services.to_ordinary(clerk, case)
    assert services.supplement_due(case) == notice.tariff_fen - notice.due_fen


def test_the_database_keeps_one_of_each_and_its_sum(clerk, converted):
    more = asked(clerk, converted)
    db.session.flush()
    table = FeeNotice.__table__
    for wrong in ({"supplement": False}, {"due_fen": more.due_fen - 1}):
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(sa.update(table).where(table.c.id == more.id).values(**wrong))


def test_on_the_page(client_for, clerk_li, judge_zhou, clerk_of_other_court, converted):
    here, url = f"/cases/{converted.id}", f"/cases/{converted.id}/fee-supplement"
    counter = client_for(clerk_li)
    more = f"{services.supplement_due(converted) / 100:,.2f}"
    assert more in counter.get(here).soup.find(id="fee").get_text()
    client_for(judge_zhou).post(url, {"supplement-received_on": "今天"}, status=403)
    client_for(clerk_of_other_court).post(url, {"supplement-received_on": "今天"}, status=404)
    assert counter.post(url, {"supplement-received_on": ""}, status=422).errors()
    counter.post(url, {"supplement-received_on": "今天"})
    assert more in counter.get(here).soup.find(id="fee-paper").get_text()
    counter.post(url, {"supplement-received_on": "今天"}, status=422)
    counter.post(f"{here}/payment", {"payment-on": "今天"})
    assert services.supplement_of(again(converted)).settled
