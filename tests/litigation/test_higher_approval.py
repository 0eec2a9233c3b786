"""Still more time than the president may approve: the higher court's approval with its paper (CPL art. 152)."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.litigation import services
from mediation.litigation.limits import above, asking
from mediation.litigation.limits.models import LimitApproval
from mediation.litigation.rules import Manner
from mediation.litigation.tariff import FeeKind
from tests.builders import make_dispute
from tests.litigation import together

FILED = date(2026, 3, 2)
PAPER = {"authority": "济南市中级人民法院", "number": "（2027）鲁01延1号"}


def on(day):
    return clock.pretend(clock.at(day, 10))


@pytest.fixture
def guide(judge_wu):
    return judge_wu.as_actor()


@pytest.fixture
def case(clerk, judge_wu):
    """In the trial division: six months from the filing, to 2 September 2026."""
    with on(FILED):
        made = services.file_case(clerk, make_dispute(clerk))
        services.issue_fee_notice(clerk, made, kind=FeeKind.PROPERTY, received_on=clock.today())
        services.record_payment(clerk, made)
        services.to_ordinary(clerk, made)
        together.named(clerk, made, judge_wu.as_actor())
    db.session.commit()
    return made


@pytest.fixture
def used_up(case, guide, president_he):
    """The president has approved all six months: the limit ends on 2 March 2027."""
    with on(date(2026, 8, 20)):
        asked = asking.ask(guide, case, months=6, reason="须等待鉴定意见。")
        asking.grant(president_he.as_actor(), asked)
    db.session.commit()
    return case


def record(actor, case, *, today=date(2027, 2, 26), **over):
    with on(today):
        told = PAPER | {"approved_on": date(2027, 2, 25), "until": date(2027, 6, 2)} | over
        return above.record(actor, case, **told)


def test_the_limit_moves_to_the_approved_day_and_the_paper_is_kept(clerk, used_up):
    assert above.is_next(used_up)
    recorded = record(clerk, used_up)
    limit = services.limit_of(used_up)
    assert limit.final_on == recorded.final_on == date(2027, 6, 2)
    assert recorded.former_final_on == date(2027, 3, 2)
    assert asking.months_left(limit) == 0
    last = limit.extensions[-1]
    assert (last.source, last.note) == ("CPL art. 152", "济南市中级人民法院　（2027）鲁01延1号")
    db.session.commit()
    assert {"limit_approval.record", "deadline.extend"} <= {e.action for e in audit.of_dispute(used_up.dispute_id)}
    # Still more may be approved, each time from where the limit stands.
    again = record(clerk, used_up, number="（2027）鲁01延9号", until=date(2027, 9, 2))
    assert (again.former_final_on, again.final_on) == (date(2027, 6, 2), date(2027, 9, 2))
    assert [one.id for one in above.of_case(used_up.id)] == [recorded.id, again.id]


def test_a_rest_day_moves_on(clerk, used_up):
    assert record(clerk, used_up, until=date(2027, 6, 5)).final_on == date(2027, 6, 7)


def test_the_president_comes_first(clerk, case):
    assert not above.is_next(case)
    with pytest.raises(DomainError) as refused:
        record(clerk, case, today=date(2026, 8, 20), approved_on=date(2026, 8, 19), until=date(2027, 9, 2))
    assert refused.value.article == "CPL art. 152"
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"number": " "}, "number"),
        ({"approved_on": date(2027, 2, 27)}, "approved_on"),
        ({"today": date(2027, 3, 9), "approved_on": date(2027, 3, 3)}, "approved_on"),
        ({"until": date(2027, 3, 2)}, "until"),
    ],
)
def test_what_is_refused(clerk, used_up, over, field):
    with pytest.raises(DomainError) as refused:
        record(clerk, used_up, **over)
    assert (refused.value.article, refused.value.field) == ("CPL art. 152", field)
    assert services.limit_of(used_up).final_on == date(2027, 3, 2)


def test_given_in_time_it_may_be_recorded_after_the_limit(clerk, used_up):
    assert record(clerk, used_up, today=date(2027, 3, 9)).final_on == date(2027, 6, 2)


def test_who_may_not_and_what_is_closed(guide, mediator_wang, president_he, used_up):
    for somebody in (mediator_wang, president_he):
        with pytest.raises(NotPermitted):
            record(somebody.as_actor(), used_up)
    with on(date(2027, 2, 26)):
        services.close_case(guide, used_up, Manner.WITHDRAWN, clerk_name="黎燚")
    with pytest.raises(IllegalStep):
        record(guide, used_up)


def test_the_database_keeps_no_approval_without_its_paper(clerk, used_up):
    recorded = record(clerk, used_up)
    table = LimitApproval.__table__
    with pytest.raises(IntegrityError, match="has_paper"), db.session.begin_nested():
        db.session.execute(sa.update(table).where(table.c.id == recorded.id).values(number=""))


def test_on_the_page(client_for, clerk_li, president_he, used_up):
    here = f"/cases/{used_up.id}/higher-approval"
    with on(date(2027, 2, 26)):
        counter = client_for(clerk_li)
        sent = {"above-authority": "济南市中级人民法院", "above-number": "", "above-approved_on": "2027-02-25",
                "above-until": "2027-06-02"}  # fmt: skip
        page = counter.post(here, sent, status=422)
        assert page.errors()
        assert page.field("above-authority") == "济南市中级人民法院"
        client_for(president_he).post(here, sent, status=403)
        counter.post(here, sent | {"above-number": "（2027）鲁01延1号"})
        shown = counter.get(f"/cases/{used_up.id}").soup.find(id="more-time").get_text()
    assert "（2027）鲁01延1号" in shown
    assert "2027年6月2日" in shown
