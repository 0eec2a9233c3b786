"""Times of the demonstration that came to something else than a meeting: held, waited for, let go of, given free; and who is off the list."""

from datetime import date, timedelta

import sqlalchemy as sa

from mediation.agreements.rules import Method
from mediation.agreements.services import sessions
from mediation.assignment import services as assignments
from mediation.assignment.rules import Choice, Finding
from mediation.assignment.services import batches
from mediation.assignment.ties.models import Recusal
from mediation.assignment.ties.recusing import Application
from mediation.assignment.ties.rules import Decision
from mediation.cli.fining import FiningStory
from mediation.cli.stories import who, working_day
from mediation.disputes.models import Dispute, Party
from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.roster import services as roster
from mediation.roster.models import Mediator
from mediation.roster.rules import Ground
from mediation.scheduling import services as scheduling
from mediation.scheduling.models import Booking, Wish
from mediation.scheduling.rules import Purpose, ResourceKind, Span
from mediation.scheduling.services import doors, waiting
from mediation.scheduling.services.people import gathered

# The mediator who is away for the time that somebody waits for.
AWAY = "mediator10"
SUSPENDED, REMOVED = "演示名册调解员壬", "演示名册调解员丑"
REASSURED_DAYS, LONG_WAIT = 12, 40


class TimeStory(FiningStory):
    """A time is looked for, and what becomes of it."""

    # ---- held --------------------------------------------------------------------------------------------------------

    def held(self) -> None:
        """The parties are being asked whether the time suits them."""
        self.accepted()
        actor = self.mediator
        with self.at(17):
            everyone = [p.id for p in self.parties]
            people = gathered(mediator_ids=(actor.mediator_id or 0,), party_ids=everyone)
            free = scheduling.free_times(actor, mediator_ids=people.mediators, party_ids=everyone, limit=1)[0]
            scheduling.hold(
                actor, dispute_id=self.dispute.id, purpose=Purpose.SESSION, starts_at=free.span.starts_at,
                ends_at=free.span.ends_at, lasting=_shorter(free.span), people=people, resource_id=free.resource_id,
                note="正在征询被申请人意见。",
            )  # fmt: skip

    def released(self) -> None:
        """Nobody came: after the wait the counter gave the room free, and another day was found."""
        self.planned()
        with self.after(45):
            booking = scheduling.get(who("clerk"), self.session.booking_id or 0)
            if booking is None:
                raise RuntimeError("the booking is gone")
            doors.release(who("clerk"), booking)
            sessions.cancel(self.mediator, self.session, reason="双方当事人均未到场，场地已释放，另行约定时间。")

    # ---- a tie comes to light ----------------------------------------------------------------------------------------

    def _objected_to(self) -> Recusal:
        """The applicant says that the mediator is close to the other side; the work pauses (S4 art. 15)."""
        self.accepted()
        self.later(1)
        with self.at(10):
            told = Application(self.parties[0].id, Finding.OTHER_TIE, "该调解员与被申请人系多年同事。")
            return assignments.apply(who("clerk"), self.assignment, told)

    def objected_to(self) -> None:
        self._objected_to()

    def recused(self) -> None:
        """The mediator withdraws, and the dispute waits for another."""
        self._decided(Decision.UPHOLD, "申请理由成立，可能影响公正调解。")

    def not_recused(self) -> None:
        self._decided(Decision.DISMISS, "经核实双方仅在同一系统工作，无其他关系。")

    def _decided(self, decision: Decision, reason: str) -> None:
        recusal = self._objected_to()
        self.later(1)
        with self.at(15):
            assignments.decide(who("guide"), recusal, decision, reason=reason)

    def tie_accepted(self) -> None:
        """All parties know of the tie, and want to go on with this mediator."""
        recusal = self._objected_to()
        self.later(1)
        with self.at(15):
            check = assignments.latest_check(self.dispute.id, recusal.mediator_id)
            if check is None:
                raise RuntimeError("nothing was checked")
            assignments.waive(who("clerk"), check, party_ids=[p.id for p in self.parties])

    def moot(self) -> None:
        """The application was withdrawn before anybody decided."""
        self._objected_to()
        with self.at(16):
            assignments.withdraw(who("clerk"), self.assignment, settled=False, reason="申请人不再主张。")

    # ---- waited for --------------------------------------------------------------------------------------------------

    def _wish(self, first: date, last: date) -> Wish:
        actor = self.mediator
        with self.at(16):
            people = gathered(mediator_ids=(actor.mediator_id or 0,), party_ids=[p.id for p in self.parties])
            wished = waiting.Wished(
                self.dispute.id, Purpose.SESSION, people, 90, first, last, deadline_on=self.day + timedelta(days=30)
            )
            return waiting.wish(actor, wished)

    def waiting_for_time(self) -> None:
        """The mediator is away in those days; whoever waits is told when a time becomes free."""
        self.login = AWAY
        self.accepted()
        first = clock.local(self.now).date() + timedelta(days=4)
        with self.at(16):
            person = roster.get_mediator(self.mediator, self.mediator.mediator_id or 0)
            away = person is not None and not roster.absences(person.court_id, [person.id], first, first)
            if person is not None and away:
                roster.take_leave(
                    self.mediator, person, from_on=first, to_on=first + timedelta(days=10), reason="外出培训"
                )
        self.wish = self._wish(first, first + timedelta(days=6))

    def waits_no_longer(self) -> None:
        self.waiting_for_time()
        with self.at(17):
            waiting.withdraw(self.mediator, self.wish)

    def offered(self) -> None:
        """A time was free at once, and is kept until the next working day."""
        self.accepted()
        start = working_day(self.day, 1)
        self.wish = self._wish(start, start + timedelta(days=14))

    @property
    def kept(self) -> Booking:
        """What is held for the wish."""
        return db.session.get_one(Booking, self.wish.booking_id or 0)

    def offer_declined(self) -> None:
        self.offered()
        with self.at(17):
            waiting.drop(self.mediator, self.kept, "申请人当日出差。")

    def offer_lapsed(self) -> None:
        """Nobody took it up in time."""
        self.offered()
        self.later(2)
        with self.at(10):
            waiting.expire_holds(self.dispute.court_id)

    def offer_taken(self) -> None:
        self.offered()
        with self.at(17):
            kept = self.kept
            sessions.plan(
                self.mediator, self.assignment, starts_at=kept.starts_at, ends_at=kept.ends_at,
                resource_id=kept.resource_id, method=Method.ON_SITE,
            )  # fmt: skip


def _shorter(span: Span) -> timedelta:
    """A hold of three days, and never longer than to the time itself."""
    return min(timedelta(days=3), span.starts_at - clock.now())


def decide_lists(today: date) -> None:
    """Decisions of the president about who stands on the list, weeks ago (S4 art. 28)."""
    for name, step, ground, days, reason in (
        (SUSPENDED, "suspend", Ground.COMPLAINT_EXAMINED, REASSURED_DAYS, "收到当事人投诉，正在核查。"),
        (REMOVED, "remove", Ground.OWN_WISH, LONG_WAIT, "本人因身体原因申请退出名册。"),
    ):
        person = db.session.scalars(sa.select(Mediator).where(Mediator.name == name)).one()
        with clock.pretend(clock.at(working_day(today, -days), 15)):
            roster.decide(who("president"), person, step, ground=ground, reason=reason)


def close_a_room(today: date) -> None:
    """One room is out of service for an afternoon."""
    place = scheduling.resources(who("clerk"), (ResourceKind.ROOM,))[-1]
    day = working_day(today, 8)
    scheduling.book(
        who("clerk"), purpose=Purpose.BLOCKED, resource_id=place.id, starts_at=clock.at(day, 14), ends_at=clock.at(day, 17),
        note="空调检修",
    )  # fmt: skip


def hand_over_together(creditor: str) -> None:
    """Three disputes of one creditor handed over at once: one done, one refused because it went another way, one to come."""
    clerk = who("clerk")
    its = sa.select(Party.dispute_id).where(Party.name == creditor)
    found = db.session.scalars(sa.select(Dispute).where(Dispute.id.in_(its)).order_by(Dispute.id)).all()
    waiting_ids = {one.id for one in batches.together(clerk, found[0]).disputes}
    first, second, third = [one for one in found if one.id in waiting_ids][:3]
    body = who("committee").organisation_id
    batch = batches.hand_over_together(clerk, first, dispute_ids=[first.id, second.id, third.id], organisation_id=body)
    batches.go_on(clerk, batch, most=1)
    assignments.issue(clerk, second, choice=Choice.DESIGNATED, organisation_id=body)
    batches.go_on(clerk, batch, most=1)
