"""Supervision orders in the demonstration court: one in each state, for disputes that call for one."""

from datetime import timedelta

from mediation.cli.stories import who
from mediation.disputes.models import Dispute
from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.supervision import rules, services
from mediation.supervision.rules import Level, OrderStatus

REASON = "调解进展未及时登记，请说明已做的工作和下一步安排。"
ANSWER = "已与双方电话联系，约定本周内再次面谈。"
RESULT = "进展已补记，下一次调解时间已确定。"


def press() -> None:
    """Issued this morning; some answered, one closed, one made a key matter by the president."""
    found = [call for call in services.calls(who("triage")) if call.order_id is None]
    for number, (status, call) in enumerate(zip((*OrderStatus, OrderStatus.OPEN), found, strict=False)):
        leader = who("president") if number >= len(OrderStatus) else who("triage")
        dispute = db.session.get_one(Dispute, call.dispute_id)
        person = services.addressees(dispute)[0]
        order = services.issue(
            leader, dispute,
            level=Level.KEY if number >= len(OrderStatus) else Level.REMINDER,
            reason=REASON, addressee_id=person.id, due_on=clock.today() + timedelta(days=rules.USUAL_DAYS),
        )  # fmt: skip
        if status is not OrderStatus.OPEN:
            services.reply(person.as_actor(), order, text=ANSWER)
        if status is OrderStatus.CLOSED:
            services.close(leader, order, result=RESULT)
