"""Another judge takes an application over from one who has withdrawn (CPL arts 47-49)."""

import sqlalchemy as sa

from mediation.confirmation import rules
from mediation.confirmation.models import Confirmation
from mediation.confirmation.obstacles import OF_BAR
from mediation.confirmation.services import reading
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.rules import Capacity
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.i18n import _
from mediation.litigation.recusal import deciding
from mediation.litigation.recusal.models import BenchRecusal
from mediation.scheduling import services as scheduling


def succeed(actor: Actor, recusal: BenchRecusal, successor_id: int) -> None:
    """The successor gets the applications of the dispute that wait for who withdrew; a questioning is called anew."""
    with transaction():
        judge = deciding.succeed(actor, recusal, successor_id)
        mine = sa.select(Confirmation).where(
            Confirmation.dispute_id == recusal.dispute_id,
            Confirmation.judge_id == recusal.person_id,
            Confirmation.status.in_(rules.BEFORE_RULING),
        )
        for found in db.session.scalars(mine.order_by(Confirmation.id)).all():
            for bar in rules.bars(
                judge.id, diverted_by_id=found.diverted_by_id, mediator_user_id=found.mediator_user_id
            ):
                reading.refuse(OF_BAR[bar], field="successor_id")
            found.judge_id = judge.id
            audit.record(actor, "name_judge", found, before=recusal.person_id, after=judge.id)
            dispute = db.session.get_one(Dispute, found.dispute_id)
            disputes.participate(actor, dispute, Capacity.CONFIRMED, user_id=judge.id, person_key=judge.person_key)
            _cancel_questioning(actor, found)


def _cancel_questioning(actor: Actor, found: Confirmation) -> None:
    """The time was booked for who withdrew; the parties are told and called anew."""
    booked = reading.booking_of(found)
    booking = scheduling.get(actor, booked.id) if booked is not None and booked.starts_at > clock.now() else None
    if booking is not None:
        scheduling.cancel(actor, booking, _("The judge has withdrawn; another time is fixed by the successor."))
