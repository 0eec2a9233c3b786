"""Preservation in the demonstration court: in one dispute the thirty days to sue run beside the mediation."""

from contextlib import AbstractContextManager
from datetime import date, timedelta

import sqlalchemy as sa

from mediation.cli.stories import who
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.rules import PartyRole
from mediation.disputes.rules import Status as Mediating
from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.litigation.preservation import keeping
from mediation.litigation.preservation.rules import LiftReason, Object, Status

LATEST = 23  # so many days ago, so that the warnings before the last day are near


# How each ends: one stands in each state, the one whose thirty days run first; and one of each kind of object is held.
ENDS = (
    (Status.TAKEN, Object.DEPOSIT), (Status.LIFTED, Object.DEPOSIT), (Status.DISMISSED, Object.DEPOSIT),
    (Status.WITHDRAWN, Object.DEPOSIT), (Status.ORDERED, Object.DEPOSIT), (Status.APPLIED, Object.DEPOSIT),
    (Status.TAKEN, Object.MOVABLE), (Status.TAKEN, Object.OTHER_RIGHT),
)  # fmt: skip
WHAT = {
    Object.DEPOSIT: "被申请人在演示银行演示支行开立的存款账户",
    Object.MOVABLE: "被申请人名下的演示牌号小型汽车一辆",
    Object.OTHER_RIGHT: "被申请人持有的演示公司股权",
}
NEW = frozenset({Status.ORDERED, Status.APPLIED})


def preserve(today: date) -> None:
    """Asked for in disputes that are being mediated; the latest two are of this morning."""
    begun = sa.select(Dispute).where(Dispute.status == Mediating.IN_MEDIATION, Dispute.received_at < clock.at(today))
    found = [
        d for d in db.session.scalars(begun.order_by(Dispute.received_at, Dispute.id)) if not keeping.is_in_suit(d)
    ]
    for number, (end, held) in enumerate(ENDS if found else ()):
        dispute = found[number % len(found)]
        received = clock.local(dispute.received_at).date()
        day = today if end in NEW else max(received + timedelta(days=1), today - timedelta(days=LATEST))
        _tell(dispute, end, held, day)


def _tell(dispute: Dispute, end: Status, held: Object, day: date) -> None:
    """One application, as far as it went."""
    with _at(day, 8):
        one = keeping.apply(who("clerk"), dispute, _application(dispute, held))
        if end is Status.WITHDRAWN:
            keeping.withdraw(who("clerk"), one)
    if end in {Status.WITHDRAWN, Status.APPLIED}:
        return
    with _at(day, 15):
        granted = end is not Status.DISMISSED
        note = "" if granted else "未说明不立即申请保全将造成难以弥补的损害。"
        keeping.rule(who("guide"), one, granted=granted, at=clock.now(), note=note)
        if end in {Status.TAKEN, Status.LIFTED}:
            keeping.take(who("clerk"), one, on=clock.today())
        if end is Status.LIFTED:
            keeping.lift(who("guide"), one, on=clock.today(), reason=LiftReason.SECURITY, note="被申请人提供银行保函。")


def _at(day: date, hour: int) -> AbstractContextManager[None]:
    return clock.pretend(min(clock.at(day, hour, 20), clock.now()))


def _application(dispute: Dispute, held: Object) -> keeping.Application:
    people = disputes.parties(dispute.id)
    applicant = next(party for party in people if party.role is PartyRole.APPLICANT)
    against = next(party for party in people if party.role is PartyRole.RESPONDENT)
    return keeping.Application(
        applicant.id, against.id, held, WHAT[held], "演示担保公司出具的保函",
        clock.now(), dispute.amount_fen,
    )  # fmt: skip
