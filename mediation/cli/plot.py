"""Which disputes the demonstration court has, how far each has come, and how long ago it began."""

from collections.abc import Callable
from datetime import date, timedelta

import sqlalchemy as sa

from mediation.cli import rated
from mediation.cli.cases import WAGE_FEN, WAGE_SOURCE
from mediation.cli.daily import day_of
from mediation.cli.preserving import preserve
from mediation.cli.pressing import press
from mediation.cli.screens import ScreenStory, hand_out_links
from mediation.cli.stories import ESTATE, who, working_day
from mediation.cli.times import close_a_room, decide_lists, hand_over_together
from mediation.cli.withdrawing import recuse
from mediation.kernel import audit, clock
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db, transaction
from mediation.litigation import services as litigation
from mediation.notices import delivering, sending
from mediation.notices import services as notices
from mediation.notices.models import Notice
from mediation.notices.rules import WAITING, Channel
from mediation.public import services as board

S = ScreenStory
# How far each story goes, how many working days ago it began, and whether the complaint came with it (`filing`: the
# case is filed before it is mediated).
Told = tuple[Callable[[ScreenStory], object], int, str]
STORIES: tuple[Told, ...] = (
    # At the counter.
    (S.agreed, 9, ""), (S.received, 0, "complaint"), (S.received, 1, ""), (S.incomplete, 2, "complaint"), (S.screened, 1, "complaint"),
    (S.guided, 2, ""), (S.half_answered, 2, "complaint"), (S.answered, 2, "complaint"), (S.returned, 6, ""), (S.returned_and_closed, 8, ""),
    (S.unsuitable, 9, "complaint"), (S.filed, 4, "complaint"),
    # In mediation.
    (S.handed_out, 1, ""), (S.declined, 3, ""), (S.replaced, 3, ""), (S.referred, 1, ""), (S.appointed, 7, ""),
    (S.accepted, 19, ""), (S.accepted, 32, ""), (S.suspended, 8, ""), (S.suspected, 6, ""), (S.resumed, 14, ""),
    (S.extended, 24, ""), (S.planned, 1, ""), (S.planned_for_today, 2, ""), (S.planned_for_today, 2, ""), (S.called_off, 2, ""), (S.adjourned, 4, ""), (S.opened, 4, ""),
    # Agreed, or not.
    (S.drafted, 5, ""), (S.in_signing, 6, ""), (S.agreed, 12, ""), (S.partly_performed, 16, ""), (S.performed, 20, ""),
    (S.performed, 62, ""), (S.failed, 4, ""), (S.failed_and_filed, 34, "complaint"), (S.not_signed, 13, ""),
    (S.unreachable, 12, ""), (S.settled, 84, ""), (S.taken_back, 106, ""),
    # Before the court for confirmation.
    (S.applied, 4, ""), (S.called, 6, ""), (S.supplementing, 7, ""), (S.questioned, 9, ""), (S.confirmed, 10, ""), (S.served, 128, ""),
    (S.objected, 27, ""), (S.revoked, 36, ""), (S.altered, 40, ""), (S.upheld, 45, ""), (S.objection_taken_back, 33, ""),
    (S.dismissed, 12, ""), (S.dismissed_and_sued, 18, ""), (S.not_accepted, 9, ""), (S.withdrawn, 48, ""), (S.lapsed, 95, ""),
    # Filed.
    (S.accepted, 3, "filing"), (S.agreed, 6, "filing"), (S.settled_after_filing, 50, "filing"), (S.mediation_document, 74, "filing"),
    (S.fee_after_failure, 9, "filing"), (S.fee_demanded, 4, "complaint"), (S.relief_asked, 7, "complaint"),
    (S.fee_not_paid, 18, "complaint"), (S.on_fast_track, 6, "complaint"), (S.to_be_heard, 5, "complaint"), (S.to_be_heard, 4, "complaint"), (S.heard, 14, "complaint"),
    (S.judged, 40, "complaint"), (S.settled_in_court, 20, "complaint"), (S.fast_and_withdrawn, 15, "complaint"),
    (S.in_defence, 7, "complaint"), (S.defended, 8, "complaint"), (S.defence_passed_on, 12, "complaint"),
    (S.evidence_time_asked, 4, "complaint"), (S.evidence_time_granted, 5, "complaint"), (S.evidence_time_refused, 24, "complaint"),
    (S.evidence_time_dropped, 13, "complaint"),
    (S.time_missed, 27, "complaint"), (S.time_restored, 28, "complaint"), (S.time_not_restored, 31, "complaint"), (S.relief_taken_back, 33, "complaint"),
    (S.converted, 12, "complaint"), (S.ordinary, 11, "complaint"), (S.announced, 14, "complaint"), (S.served_by_announcement, 48, "complaint"),
    (S.announced_and_found, 16, "complaint"), (S.refused_by_ruling, 30, "complaint"),
    # One creditor with many disputes, to be handed over together; some wait with the committee already.
    *(((S.answered, 1, "estate"),) * 6), *(((S.handed_to_body, 1, "estate"),) * 3),
    # The year before, to compare with.
    (S.performed, 262, ""), (S.served, 266, ""), (S.taken_back, 268, ""), (S.mediation_document, 270, "filing"), (S.judged, 272, "complaint"),
    # Times held, waited for, let go of.
    (S.held, 0, ""), (S.released, 5, ""), (S.waiting_for_time, 3, ""), (S.waits_no_longer, 4, ""), (S.offered, 0, ""),
    (S.offer_declined, 2, ""), (S.offer_lapsed, 6, ""), (S.offer_taken, 2, ""),
    # A tie comes to light, and what becomes of it.
    (S.objected_to, 2, ""), (S.recused, 4, ""), (S.not_recused, 6, ""), (S.tie_accepted, 5, ""), (S.moot, 7, ""),
    # More than one mediates; more time to try a case.
    (S.joining_asked, 1, ""), (S.joined, 3, ""), (S.joining_declined, 4, ""), (S.joining_unanswered, 9, ""), (S.left, 5, ""),
    (S.chaired, 6, ""), (S.more_time_asked, 8, "complaint"), (S.more_time_granted, 10, "complaint"),
    (S.more_time_refused, 11, "complaint"), (S.more_time_not_needed, 13, "complaint"),
    # Objections to the procedure and to the single judge; what a higher court approved.
    (S.procedure_objected, 9, "complaint"), (S.procedure_objection_upheld, 10, "complaint"), (S.supplement_paid, 12, "complaint"),
    (S.procedure_objection_rejected, 11, "complaint"), (S.bench_objected, 12, "complaint"), (S.objection_moot, 10, "complaint"),
    (S.jurisdiction_questioned, 13, "complaint"), (S.jurisdiction_rejected, 14, "complaint"), (S.jurisdiction_dropped, 14, "complaint"),
    (S.jurisdiction_transfer_ruled, 15, "complaint"), (S.jurisdiction_appealed, 16, "complaint"),
    (S.jurisdiction_stays, 40, "complaint"), (S.jurisdiction_away, 42, "complaint"),
    (S.more_time_from_above, 275, "complaint"),
    # A year has about 250 working days: the limit of these two, twice six months, ends in the days to come.
    (S.more_time_asked_above, 239, "complaint"), (S.more_time_refused_above, 240, "complaint"),
    (S.more_time_above_not_needed, 278, "complaint"), (S.more_time_above_in_vain, 279, "complaint"),
    # More is claimed than the suit, or somebody joins.
    (S.claim_brought, 4, "complaint"), (S.claim_joined, 5, "complaint"), (S.claim_refused, 6, "complaint"),
    (S.ruling_corrected, 8, "complaint"),
    (S.claim_appealed, 10, "complaint"),
    (S.claim_withdrawn, 7, "complaint"), (S.claim_dropped, 8, "complaint"), (S.third_party, 5, "complaint"),
    (S.fine_proposed, 12, "complaint"), (S.fine_ordered, 12, "complaint"), (S.fine_not_approved, 13, "complaint"),
    (S.fine_dropped, 14, "complaint"), (S.fine_changed, 20, "complaint"),
    # Asked, and silent; three more of the creditor, being handed over together.
    (S.silent, 3, "complaint"), *(((S.answered, 1, "estate"),) * 3),
    # Both sides agreed on line: two working days to choose together, three for the court (S5 art. 10).
    (S.answered_online, 0, ""), (S.entrusted_in_ordinary, 5, "filing"),
    # Signed on a screen, or not.
    (S.in_signing, 4, ""), (S.signed_on_screens, 14, ""), (S.refused_on_screen, 15, ""),
    # Not put into writing.
    (S.agreed_orally, 7, ""),
)  # fmt: skip
READ_ON_PHONES = len(STORIES) - 4
READERS = ("clerk", "guide", "mediator1", "judge")  # who has read all messages until this morning
AT_THE_WINDOW = "诉讼服务大厅窗口领取"
STILL_WAITING = 2  # days a notice may lie in the outbox
LONG_AGO = timedelta(days=500)  # the yearly wage must be known when the first case is filed


def tell(after_each: Callable[[], object] = lambda: None) -> int:
    """Let the disputes happen, each through the services a person would use, oldest first; then the day begins."""
    today = clock.today()
    _wage(today - LONG_AGO)
    decide_lists(today)
    links = 0
    for n, (ending, days, opening) in sorted(enumerate(STORIES), key=lambda told: -told[1][1]):
        begun = working_day(working_day(today + timedelta(days=1), -1), -days)
        story = ScreenStory(
            n, begun, complaint=opening == "complaint", filing=opening == "filing", estate=opening == "estate"
        )
        ending(story)
        if n == READ_ON_PHONES:
            links = story.agreement.id
        if days > STILL_WAITING:
            _deliver(story.dispute.id, fails=ending is S.opened)
        after_each()
    preserve(today)
    recuse(today)
    with clock.pretend(min(clock.at(today, 8), clock.now())):
        for login in READERS:
            notices.mark_read(who(login))
        close_a_room(today)
        press()
        hand_out_links(links)
        hand_over_together(ESTATE)
        rated.tell(who("clerk").court_id)
        day_of(who("clerk").court_id)
        board.release(who("triage"), board.draft(who("clerk")))
    return len(STORIES)


def _wage(published: date) -> None:
    with clock.pretend(clock.at(published, 9)):
        litigation.record_wage(
            who("president"), year=published.year - 1, amount_fen=WAGE_FEN, published_on=published, source=WAGE_SOURCE
        )


def _deliver(dispute_id: int, *, fails: bool) -> None:
    """The counter has told the parties, by phone or at the window; one message did not reach its addressee."""
    last = db.session.scalar(sa.select(sa.func.max(AuditEvent.at)).where(AuditEvent.dispute_id == dispute_id))
    wanted = sa.select(Notice).where(
        Notice.dispute_id == dispute_id, Notice.status.in_(WAITING), Notice.channel != Channel.IN_APP
    )
    with clock.pretend(last or clock.now()):
        for place, notice in enumerate(db.session.scalars(wanted.order_by(Notice.id)).all()):
            # A call is proved by its record; a paper is handed over.
            step = "send"
            if notice.kind == "ruling":
                delivering.otherwise(who("clerk"), notice, Channel.PAPER, address=AT_THE_WINDOW)
                step = "hand_over"
            delivering.deliver(who("clerk"), notice, "fail" if fails and place == 0 else step)
            if fails and place == 1:
                _report_lost(notice)


def _report_lost(notice: Notice) -> None:
    """A message that went out and never arrived: what gateways report, and the registry decides on."""
    with transaction():
        notice.receipt_id, notice.channel = f"demonstration-{notice.id}", Channel.SMS
        audit.record(who("clerk"), "otherwise", notice, channel=Channel.SMS)
    sending.receipt(notice.receipt_id, arrived=False, at=clock.now())
