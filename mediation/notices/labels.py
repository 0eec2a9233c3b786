"""Every word shown for the enums of notices."""

from mediation.kernel.i18n import _, _l
from mediation.notices.rules import (
    FAILURES_BEFORE_SUBSTITUTES,
    Basis,
    Channel,
    Fallback,
    NoticeStatus,
    Obstacle,
    Problem,
    ReturnCause,
    ServiceMethod,
    SlipOutcome,
    Taker,
)

CHANNEL = {
    Channel.IN_APP: _l("In the system"),
    Channel.SMS: _l("Text message"),
    Channel.PHONE: _l("Phone call"),
    Channel.PAPER: _l("On paper"),
    Channel.E_MAIL: _l("E-mail"),
}
NOTICE_STATUS = {
    NoticeStatus.QUEUED: _l("To be delivered"),
    NoticeStatus.SENT: _l("Told by phone or message"),
    NoticeStatus.HANDED_OVER: _l("Handed over"),
    NoticeStatus.FAILED: _l("Not reached"),
    NoticeStatus.DEAD: _l("Given up by the machine"),
    NoticeStatus.SUPERSEDED: _l("Superseded, not sent"),
}
STEP = {
    "send": _l("Told"),
    "hand_over": _l("Handed over"),
    "fail": _l("Not reached"),
    "again": _l("Try again"),
    "otherwise": _l("Deliver otherwise"),
}
FALLBACK = {
    Fallback.NOT_CONFIGURED: _l("No text message: no gateway is set up."),
    Fallback.LANDLINE: _l("No text message: the number is a landline."),
    Fallback.NO_PHONE: _l("No phone number is known."),
    Fallback.NO_ADDRESS: _l("Neither a number nor an address is known."),
    Fallback.NOT_OPEN: _l("Not over an open channel: the text would tell too much."),
}
PROBLEM = {
    Problem.UNREACHABLE: _l("The server could not be reached."),
    Problem.TIMED_OUT: _l("The server did not answer in time."),
    Problem.FAULTY: _l("The server reported a fault of its own."),
    Problem.GARBLED: _l("The server's answer could not be understood."),
    Problem.REFUSED: _l("The server refused the message."),
    Problem.BAD_ADDRESS: _l("The address does not exist."),
    Problem.NOT_CONFIGURED: _l("The channel is no longer set up."),
    Problem.NOT_DELIVERED: _l("It did not arrive on the addressee's device."),
    Problem.NOT_REACHED: _l("The addressee was not reached."),
}
SERVICE_METHOD = {
    ServiceMethod.DIRECT: _l("Direct service"),
    ServiceMethod.LEFT: _l("Service by leaving"),
    ServiceMethod.ELECTRONIC: _l("Electronic service"),
    ServiceMethod.POST: _l("Service by post"),
    ServiceMethod.ENTRUSTED: _l("Service through another court"),
    ServiceMethod.ANNOUNCEMENT: _l("By public announcement"),
}
# What a form of service offers. A paper is announced on the sheet of its own, which keeps why and how (CPL art. 95).
SERVED_BY_HAND = {m: word for m, word in SERVICE_METHOD.items() if m is not ServiceMethod.ANNOUNCEMENT}
RETURN_CAUSE = {
    ReturnCause.WRONG_ADDRESS: _l("The address the party gave or confirmed is wrong"),
    ReturnCause.ADDRESS_CHANGED: _l("The address changed and the court was not told"),
    ReturnCause.NO_ADDRESS_GIVEN: _l("The party refused to give an address"),
    ReturnCause.REFUSED_TO_SIGN: _l("The party or its recipient refused to sign for it"),
    ReturnCause.OTHER: _l("Another cause"),
}
SLIP_OUTCOME = {
    SlipOutcome.SIGNED: _l("Signed for"),
    SlipOutcome.LEFT: _l("Refused, and left at the home or seat"),
    SlipOutcome.RETURNED: _l("Came back to the court"),
}
TAKER = {
    Taker.SELF: _l("The addressee"),
    Taker.FAMILY: _l("Adult family member of the same household"),
    Taker.OFFICER: _l("Head of the organisation, or who takes in its mail"),
    Taker.AGENT: _l("Litigation agent"),
    Taker.DESIGNATED: _l("Recipient named to the court"),
}
BASIS = {
    Basis.SIGNED: _l("Signed for on the slip"),
    Basis.LEFT: _l("Left at the home or seat after a refusal"),
    Basis.RETURNED: _l("Came back; the day of return counts"),
    Basis.ELECTRONIC: _l("Sent electronically, as agreed to; the day of sending counts"),
    Basis.ARRIVED: _l("Sent electronically, as agreed to; the addressee has proved on which day it arrived"),
    Basis.TOLD: _l("Told; telling alone proves no service"),
    Basis.NO_CONSENT: _l("Sent, but electronic service was not agreed to: no proof of service"),
    Basis.NO_SLIP: _l("Handed over or posted; the slip is not back yet"),
    Basis.CAME_BACK: _l("Came back without having been served"),
    Basis.NOT_ARRIVED: _l("Did not arrive"),
    Basis.NOT_OUT: _l("Not out yet"),
}
OBSTACLE = {
    Obstacle.NO_RECEIVER: _l("The slip names who took it and as what."),
    Obstacle.NO_WITNESS: _l(
        "Leaving it needs a witness of the neighbourhood or workplace, or pictures of how it was left."
    ),
    Obstacle.NO_TRACKING: _l("A letter that came back has its mail number."),
    Obstacle.NO_CAUSE: _l("The slip says why the letter came back."),
    Obstacle.NOT_LEFT: _l("A mediation document is served on the person; it cannot be left behind."),
    Obstacle.NO_CONSENT_TO_ELECTRONIC: _l("The party has not agreed to electronic service."),
    Obstacle.FUTURE: _l("A document cannot have been served on a day still to come."),
    Obstacle.BEFORE_ISSUE: _l("A document cannot have been served before it was made."),
    Obstacle.BEFORE_WRITING: _l("It cannot have gone out before it was written."),
    Obstacle.BEFORE_SENDING: _l(
        "It cannot have arrived before it went out. Correct the day it went out first, if that is wrong."
    ),
    Obstacle.NOT_OUT_YET: _l("Only what somebody has handed over or told has a day to correct."),
    Obstacle.NOT_ELECTRONIC: _l(
        "Another day of arrival is proved only for what was sent electronically, with the addressee's consent."
    ),
    Obstacle.NOT_ANNOUNCED: _l("A mediation document binds by signature; it cannot be announced."),
    Obstacle.NOT_ANNOUNCED_IN_SUMMARY: _l("Nothing is served by announcement in summary procedure."),
    Obstacle.NO_PUBLICATION: _l("The day of publication is missing."),
    Obstacle.ANNOUNCED_TOO_SHORT: _l("What is announced counts as served thirty days after publication."),
    Obstacle.RETURNED_TO_THE_COURT: _l("A letter that came back for this cause has not been served."),
    Obstacle.NO_LITIGATION_DOCUMENT: _l(
        "An invitation to mediate is no litigation document; it is not served this way."
    ),
}
REMEDY = {
    Obstacle.NO_RECEIVER: _l("Write down the name and the relation that stand on the slip."),
    Obstacle.NO_WITNESS: _l("Name the witness, or record that it was photographed; otherwise note it as not reached."),
    Obstacle.NO_TRACKING: _l("Copy the number from the envelope or the slip."),
    Obstacle.NO_CAUSE: _l("Choose the cause; when the post gives none, choose another cause."),
    Obstacle.NOT_LEFT: _l("Serve it directly; if the party refuses to sign, the case goes to trial."),
    Obstacle.NO_CONSENT_TO_ELECTRONIC: _l(
        "Have the address confirmation signed with electronic service, or serve it on paper."
    ),
    Obstacle.NOT_ANNOUNCED: _l("Serve it directly; if the party refuses to sign, the case goes to trial."),
    Obstacle.NOT_ANNOUNCED_IN_SUMMARY: _l("Convert the case to ordinary procedure first."),
    Obstacle.RETURNED_TO_THE_COURT: _l("Find the right address and post it again, or serve it in another way."),
    Obstacle.NO_LITIGATION_DOCUMENT: _l("Write a letter, or end the mediation because the party cannot be reached."),
}
KIND = {
    "session": _l("Notice of a session"),
    "meeting_moved": _l("Meeting put to another time"),
    "meeting_cancelled": _l("Meeting cancelled"),
    "meeting_unsettled": _l("Meeting in question, a mediator cannot come"),
    "meeting_other_mediator": _l("Meeting with another mediator"),
    "meeting_room_gone": _l("Meeting in question, the room is out of use"),
    "meeting_rest_day": _l("Meeting in question, the day has become a day of rest"),
    "meeting_stands": _l("Meeting stands after all"),
    "performance_due": _l("Performance falls due"),
    "settlement_due": _l("Performance under the court's document falls due"),
    "rating": _l("Asked to rate the mediation"),
    "performance.late": _l("Performance overdue"),
    "time_offered": _l("A time became free"),
    "assignment": _l("New assignment"),
    "questioning": _l("Summons to questioning"),
    "sue_by": _l("Reminder to sue after preservation"),
    "hearing": _l("Notice of a hearing"),
    "room_released": _l("Room released, nobody came"),
    "overdue": _l("Time limit passed"),
    "ruling": _l("Ruling"),
    "signing": _l("Signing on a screen"),
    "signing_code": _l("Code for signing"),
    "signing_reminder": _l("Reminder to sign"),
    "bench_named": _l("Who tries the case"),
    "evidence_period": _l("Time for evidence"),
    "evidence_fine": _l("Fine for late evidence"),
    "evidence_reprimand": _l("Reprimand for late evidence"),
    "paper_corrected": _l("Correction of a paper"),
    "party_joined": _l("Another party in the case"),
    "joinder_refused": _l("Joinder of a party rejected"),
    "claim_fee": _l("Fee of a counterclaim"),
    "claim_joined": _l("Counterclaim tried with the suit"),
    "claim_refused": _l("Counterclaim not taken"),
    "relief_refused": _l("Relief from the fee refused"),
    "time_restored": _l("A missed time was restored"),
    "time_not_restored": _l("A missed time was not restored"),
    "evidence_refused": _l("More time for evidence refused"),
    "objection_ruled": _l("Ruling on an objection to a confirmation"),
    "bench_recusal": _l("Decision on an application for recusal"),
    "bench_recusal_review": _l("Decision on review of recusal"),
}
FACT = {
    "when": _l("Day and time"),
    "place": _l("Place"),
    "number": _l("Number of the document"),
    "link": _l("Address to open"),
    "bench": _l("Judge or members of the panel"),
    "until": _l("Last day"),
    "reason": _l("Reason given by the court"),
    "recipient": _l("Name of the addressee"),
}
NOT_CONFIGURED = _l("This channel is not set up here.")
CHOOSE_OTHER = _l("Deliver it by phone or on paper.")
BY_HAND_ONLY = _l("Choose phone or paper.")
NOT_YET_SUBSTITUTED = _l("Substituted ways of service come after three failed attempts.")
SLIP_ONLY_ON_PAPER = _l("Only what went on paper has a slip.")
SLIP_IS_THERE = _l("The slip of this notice is recorded already.")
TOO_LONG = _l("A notice may have at most 300 characters.")
BAD_PLACES = _l("Write each place as a name in braces, such as {when}.")
UNKNOWN_PLACE = _l("This kind of notice has no place “%(name)s”; it has: %(has)s.")
CLOSED_PLACE = _l("This place may be used on paper and by phone only.")
MISSING_PLACE = _l("The notice must name every place of its kind; missing: %(name)s.")
TELLS_TOO_MUCH = _l(
    "“%(found)s”: neither amounts nor clauses nor identity or account numbers may stand in a message that others could read."
)
ON_PAPER = _l("Leave it out here; the wording for paper and for phone calls may name it.")
NOT_BEFORE_TODAY = _l("The wording can only be used from today on or later.")


def attempts_left(failures: int) -> str:
    """What remains before a way of substituted service is open."""
    return _(
        "%(failed)s of %(needed)s attempts have failed so far: try again by phone, on paper or at another address first.",
        failed=failures,
        needed=FAILURES_BEFORE_SUBSTITUTES,
    )


EVENTS = {
    "notice.slip": _l("The slip of a notice came back"),
    "notice.come_back": _l("A notice came back"),
    "notice_slip.record": _l("A returned slip was recorded"),
    "notice.enqueue": _l("A notice was put into the outbox"),
    "notice.send": _l("A notice was delivered by phone or message"),
    "notice.hand_over": _l("A notice was handed over"),
    "notice.fail": _l("A notice did not reach its addressee"),
    "notice.read": _l("A notice was read"),
    "notice.again": _l("A notice is to be tried again"),
    "notice.otherwise": _l("A notice is to be delivered otherwise"),
    "notice.supersede": _l("A notice was superseded"),
    "notice.deliver": _l("A notice was sent"),
    "notice.put_off": _l("A notice could not be sent yet"),
    "notice.give_up": _l("A notice was given up by the machine"),
    "notice.sent_late": _l("A notice was on its way when it was taken back"),
    "notice.prove": _l("The addressee proved on which day a notice arrived"),
    "notice.redate": _l("The day on which a notice went out was corrected"),
    "notice.confirm": _l("The arrival of a notice was reported"),
    "notice_template.make": _l("The wording of a notice was changed"),
    "service.record": _l("A document was served"),
}
