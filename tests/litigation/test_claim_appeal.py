"""A counterclaim that is not taken: the ruling reaches the party, who appeals; the higher court rules (CPL arts 171, 182; S2 art. 330)."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.kernel import audit
from mediation.kernel.db import db
from mediation.kernel.errors import IllegalStep, NotPermitted
from mediation.litigation import services
from mediation.litigation.defence import keeping as defences
from mediation.litigation.joining import claiming, keeping
from mediation.litigation.joining import refusal as ruling
from mediation.litigation.joining.models import JoinedClaim
from mediation.litigation.joining.rules import ClaimStatus, Link
from mediation.litigation.rules import Manner
from mediation.notices.models import Notice
from mediation.notices.rules import ServiceMethod
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey
from tests.litigation.test_defence import refusal
from tests.litigation.test_joining import DAY, bring, case  # noqa: F401 the case with its times
from tests.litigation.test_procedure import on

SERVED, LAST, LATE, ANSWERED = date(2026, 3, 10), date(2026, 3, 20), date(2026, 3, 23), date(2026, 3, 27)
ABOVE = {"above": "样例市中级人民法院", "number": "（2026）样01民终7号", "on": ANSWERED}


@pytest.fixture
def claim(clerk, judge, case):  # noqa: F811 the fixture
    made = bring(clerk, case)
    with on(DAY):
        claiming.decide(judge, made, link=Link.NONE, reason="与本案无关。", clerk_name="黎燚")
    return made


def serve(clerk, claim, day=SERVED):
    with on(day):
        return ruling.serve(clerk, claim, method=ServiceMethod.DIRECT, on=day, receiver="汪某")


def appealed(clerk, claim):
    serve(clerk, claim)
    with on(LAST):
        ruling.appeal(clerk, claim, on=LAST)


def test_ten_days_run_from_the_service_and_end_with_the_appeal(clerk, claim):
    with on(SERVED):
        assert refusal(ruling.appeal, clerk, claim, on=SERVED).article == "CPL art. 171", "it has not been served"
    serve(clerk, claim)
    service, limit = keeping.reached(claim)
    assert (service.effective_on, limit.key, limit.final_on) == (SERVED, PeriodKey.RULING_APPEAL, LAST)
    with on(SERVED):
        assert refusal(ruling.serve, clerk, claim, method=ServiceMethod.DIRECT, on=SERVED, receiver="汪某").remedy == ""
        assert refusal(ruling.appeal, clerk, claim, on=DAY).field == "on", "before the service"
    with on(LAST):
        ruling.appeal(clerk, claim, on=LAST)
    assert (claim.status, claim.appealed_on, limit.ended_on) == (ClaimStatus.APPEALED, LAST, LAST)
    assert "joined_claim.appeal" in [entry.action for entry in audit.of_dispute(claim.dispute_id)]


def test_by_announcement_only_past_the_file(clerk, claim):
    """CPL art. 95: never in summary procedure, and with its reason in the file."""
    with on(SERVED):
        refused = refusal(ruling.serve, clerk, claim, method=ServiceMethod.ANNOUNCEMENT, on=SERVED, receiver="公告栏")
    assert refused.article
    assert keeping.reached(claim) == (None, None)


def test_too_late_is_refused_and_says_what_remains(clerk, claim):
    serve(clerk, claim)
    with on(LATE):
        refused = refusal(ruling.appeal, clerk, claim, on=LATE)
    assert (refused.article, refused.field) == ("CPL art. 171", "on")
    assert refused.remedy
    assert claim.status is ClaimStatus.REFUSED


def test_upheld_it_is_over_and_the_judge_is_told(clerk, judge, claim):
    appealed(clerk, claim)
    with on(ANSWERED):
        assert refusal(ruling.answered_above, clerk, claim, taken=False, **ABOVE | {"number": " "}).field == "number"
        assert refusal(ruling.answered_above, clerk, claim, taken=False, **ABOVE | {"on": DAY}).field == "on"
        ruling.answered_above(clerk, claim, taken=False, **ABOVE)
        again = refusal(ruling.appeal, clerk, claim, on=ANSWERED)
    assert (claim.status, claim.above_number) == (ClaimStatus.REFUSED, "（2026）样01民终7号")
    assert again.article == "CPL art. 182", "what the higher court ruled is final"
    told = db.session.scalars(sa.select(Notice).where(Notice.kind == "claim.answered_above")).one()
    assert told.user_id == judge.id


def test_set_aside_it_is_tried_with_the_suit(clerk, judge, claim):
    """S2 art. 330: this court has to take it; the plaintiff answers it, and evidence begins anew."""
    appealed(clerk, claim)
    with on(ANSWERED):
        with pytest.raises(NotPermitted):
            ruling.answered_above(clerk, claim, taken=True, days=10, **ABOVE)
        assert refusal(ruling.answered_above, judge, claim, taken=True, **ABOVE).field == "days"
        ruling.answered_above(judge, claim, taken=True, days=10, **ABOVE)
    assert claim.status is ClaimStatus.JOINED
    assert {party.id for party in keeping.answering(claim)} <= {one.id for one in defences.unsent(claim.case)}
    assert periods.current("litigation_case", claim.case_id, PeriodKey.SERVE_COMPLAINT) is not None
    assert defences.evidence_time(claim.case).start_on == ANSWERED


def test_the_suit_over_the_claim_becomes_a_case_of_its_own(clerk, judge, claim):
    appealed(clerk, claim)
    with on(LATE):
        services.close_case(judge, claim.case, Manner.WITHDRAWN, note="原告申请撤诉。", clerk_name="黎燚")
    with on(ANSWERED):
        refused = refusal(ruling.answered_above, judge, claim, taken=True, **ABOVE)
        assert refused.remedy
        ruling.answered_above(clerk, claim, taken=False, **ABOVE)
    assert claim.status is ClaimStatus.REFUSED


def test_in_the_wrong_state_or_by_the_wrong_person(clerk, judge, mediator_wang, case):  # noqa: F811 the fixture
    brought = bring(clerk, case)
    with on(DAY):
        for act in (ruling.appeal, ruling.answered_above):
            with pytest.raises(IllegalStep):
                act(
                    clerk,
                    brought,
                    on=DAY,
                    **({"taken": False, "above": "x", "number": "x"} if act is not ruling.appeal else {}),
                )
        with pytest.raises(IllegalStep):
            ruling.serve(clerk, brought, method=ServiceMethod.DIRECT, on=DAY, receiver="汪某")
        with pytest.raises(NotPermitted):
            ruling.serve(mediator_wang.as_actor(), brought, method=ServiceMethod.DIRECT, on=DAY, receiver="汪某")


@pytest.mark.parametrize("wrong", [{"status": "appealed"}, {"answered_on": DAY}])
def test_the_database_wants_the_day_and_the_paper(claim, wrong):
    db.session.commit()
    rows = JoinedClaim.__table__
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(sa.update(rows).where(rows.c.id == claim.id).values(**wrong))


def test_on_the_page(client_for, clerk_li, judge_zhou, mediator_wang, clerk_of_other_court, claim):
    pre, counter = f"claim-{claim.id}-", client_for(clerk_li)
    here = f"/cases/{claim.case_id}"
    at = f"{here}/claims/{claim.id}"
    received = {f"{pre}method": "direct", f"{pre}on": "今天", f"{pre}receiver": "汪某"}
    with on(SERVED):
        assert counter.get(here).soup.find("form", action=f"{at}/ruling-service")
        page = counter.post(f"{at}/ruling-service", received | {f"{pre}on": "昨天昨天"}, status=422)
        assert page.field(f"{pre}on") == "昨天昨天"
        for act in ("ruling-service", "appeal", "higher-ruling"):
            client_for(mediator_wang).post(f"{at}/{act}", {}, status=403)
            client_for(clerk_of_other_court).post(f"{at}/{act}", {}, status=404)
        counter.post(f"{at}/ruling-service", received)
        counter.post(f"{at}/higher-ruling", {}, status=409)
    with on(LAST):
        counter.post(f"{at}/appeal", {f"{pre}on": "今天"})
        counter.post(f"{at}/appeal", {f"{pre}on": "今天"}, status=409)
    with on(ANSWERED):
        offered = client_for(judge_zhou).get(here).soup.find("form", action=f"{at}/higher-ruling")
        assert {field["value"] for field in offered.select(f"[name={pre}answer]")} == {"yes", "no"}
        told = {f"{pre}answer": "no", f"{pre}above": "样例市中级人民法院", f"{pre}number": "", f"{pre}on": "今天"}
        assert counter.post(f"{at}/higher-ruling", told, status=422).field(f"{pre}above") == "样例市中级人民法院"
        counter.post(f"{at}/higher-ruling", told | {f"{pre}answer": "yes", f"{pre}number": "7"}, status=422)
        counter.post(f"{at}/higher-ruling", told | {f"{pre}number": "（2026）样01民终7号"})
        shown = counter.get(here).soup.find(id="joining").get_text()
    assert "（2026）样01民终7号" in shown
