"""督办单 and 反馈单 on paper (DOMAIN 5.3-26, 8.1): what is pressed for, and what was answered. They stay inside the court."""

from typing import Any

from mediation.accounts import services as accounts
from mediation.assignment.documents import called
from mediation.disputes.models import Dispute
from mediation.documents import services as store
from mediation.documents.models import Document
from mediation.documents.rules import Folder
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.supervision.models import SupervisionOrder, SupervisionReply
from mediation.supervision.rules import Level

ORDER, REPLY = "督办单", "反馈单"
LEVEL_TEXT = {Level.REMINDER: "提醒", Level.SUPERVISION: "督办", Level.KEY: "重点督办"}


def _about(order: SupervisionOrder) -> dict[str, Any]:
    dispute = db.session.get_one(Dispute, order.dispute_id)
    court = accounts.court(order.court_id)
    return {
        "court": court.name,
        "centre": court.centre_name,
        "dispute": called(dispute),
        "cause": dispute.cause.name,
        "level": LEVEL_TEXT[order.level],
        "reason": order.reason,
        "issued_on": clock.local(order.issued_at).date().isoformat(),
        "due_on": order.due_on.isoformat(),
    }


def supervision_order(actor: Actor, order: SupervisionOrder, addressee: str) -> Document:
    """督办单: issued, and again as the next version when it is raised or another answer is wanted."""
    return store.request(
        actor,
        kind="supervision_order",
        subject=order,
        dispute_id=order.dispute_id,
        title=ORDER,
        folder=Folder.COURT_ONLY,
        sealed=True,
        data=_about(order) | {"addressee": addressee, "made_on": clock.today().isoformat()},
    )


def supervision_reply(actor: Actor, order: SupervisionOrder, reply: SupervisionReply) -> Document:
    """反馈单: the answer as it was written, by whom and when."""
    return store.request(
        actor,
        kind="supervision_reply",
        subject=reply,
        dispute_id=order.dispute_id,
        title=REPLY,
        folder=Folder.COURT_ONLY,
        data=_about(order) | {"text": reply.text, "by": actor.name, "at": reply.at.isoformat()},
    )
