"""Channels of notice, the outbox, and ways of service (CPL 87-95; R4-13, R4-15, R4-16)."""

import enum
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mediation.kernel.actor import CASEWORK, COURT, REGISTRY, Actor, Role
from mediation.kernel.states import Step


class Channel(enum.StrEnum):
    """How a notice reaches somebody."""

    IN_APP = "in_app"
    SMS = "sms"
    PHONE = "phone"
    PAPER = "paper"
    E_MAIL = "e_mail"


class NoticeStatus(enum.StrEnum):
    """Where a notice stands in the outbox."""

    QUEUED = "queued"
    SENT = "sent"
    HANDED_OVER = "handed_over"
    FAILED = "failed"
    DEAD = "dead"
    SUPERSEDED = "superseded"


class Fallback(enum.StrEnum):
    """Why a notice goes by phone or on paper although a faster channel was wanted."""

    NOT_CONFIGURED = "not_configured"
    LANDLINE = "landline"
    NO_PHONE = "no_phone"
    NO_ADDRESS = "no_address"
    NOT_OPEN = "not_open"


class Problem(enum.StrEnum):
    """Why a message did not go out, or did not arrive."""

    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    FAULTY = "faulty"
    GARBLED = "garbled"
    REFUSED = "refused"
    BAD_ADDRESS = "bad_address"
    NOT_CONFIGURED = "not_configured"
    NOT_DELIVERED = "not_delivered"
    NOT_REACHED = "not_reached"


class ServiceMethod(enum.StrEnum):
    """How a document was served (CPL 88-95)."""

    DIRECT = "direct"
    LEFT = "left"
    ELECTRONIC = "electronic"
    POST = "post"
    ENTRUSTED = "entrusted"
    ANNOUNCEMENT = "announcement"


class ReturnCause(enum.StrEnum):
    """Why a letter came back (S11 art. 11); only the first four make the day of return the day of service."""

    WRONG_ADDRESS = "wrong_address"
    ADDRESS_CHANGED = "address_changed"
    NO_ADDRESS_GIVEN = "no_address_given"
    REFUSED_TO_SIGN = "refused_to_sign"
    OTHER = "other"


class SlipOutcome(enum.StrEnum):
    """What the slip that came back says."""

    SIGNED = "signed"
    LEFT = "left"
    RETURNED = "returned"


class Taker(enum.StrEnum):
    """Who may sign for somebody (CPL art. 88; S2 arts 130, 132)."""

    SELF = "self"
    FAMILY = "family"
    OFFICER = "officer"
    AGENT = "agent"
    DESIGNATED = "designated"


class Basis(enum.StrEnum):
    """What proves that a notice reached its addressee, or why nothing does yet."""

    SIGNED = "signed"
    LEFT = "left"
    RETURNED = "returned"
    ELECTRONIC = "electronic"
    ARRIVED = "arrived"
    TOLD = "told"
    NO_CONSENT = "no_consent"
    NO_SLIP = "no_slip"
    CAME_BACK = "came_back"
    NOT_ARRIVED = "not_arrived"
    NOT_OUT = "not_out"


class Obstacle(enum.StrEnum):
    """Why a service cannot be recorded."""

    NOT_LEFT = "not_left"
    NO_CONSENT_TO_ELECTRONIC = "no_consent_to_electronic"
    FUTURE = "future"
    BEFORE_ISSUE = "before_issue"
    BEFORE_WRITING = "before_writing"
    BEFORE_SENDING = "before_sending"
    NOT_ELECTRONIC = "not_electronic"
    NOT_OUT_YET = "not_out_yet"
    NOT_ANNOUNCED = "not_announced"
    NOT_ANNOUNCED_IN_SUMMARY = "not_announced_in_summary"
    NO_PUBLICATION = "no_publication"
    ANNOUNCED_TOO_SHORT = "announced_too_short"
    RETURNED_TO_THE_COURT = "returned_to_the_court"
    NO_LITIGATION_DOCUMENT = "no_litigation_document"
    NO_RECEIVER = "no_receiver"
    NO_WITNESS = "no_witness"
    NO_TRACKING = "no_tracking"
    NO_CAUSE = "no_cause"


def may_deliver(actor: Actor, notice: "InCourt") -> bool:
    """The registry hands notices out; the mediator those of the own disputes."""
    return notice.court_id == actor.court_id and actor.has(*REGISTRY, Role.MEDIATOR, Role.ORGANISATION)


def may_serve(actor: Actor) -> bool:
    """Court documents are served by the court (CPL 87)."""
    return actor.has(*(COURT - {Role.PRESIDENT}))


def is_machine(actor: Actor, notice: Any) -> bool:
    """Only the worker itself, which acts as nobody, reports what the machine did."""
    return actor.id == 0 and notice.court_id == actor.court_id


def may_supersede(actor: Actor, notice: Any) -> bool:
    """Whoever may move or cancel what was told; that is decided there."""
    return bool(notice.court_id == actor.court_id) and (actor.has(*CASEWORK) or actor.id == 0)


class InCourt:
    """What these rules read."""

    court_id: int


S = NoticeStatus
WAITING = frozenset({S.QUEUED, S.FAILED})
UNSENT = WAITING | {S.DEAD}
STEPS = (
    Step("send", UNSENT, S.SENT, may_deliver, "R3-24", "S4 art. 14"),
    Step("hand_over", UNSENT, S.HANDED_OVER, may_deliver, "R3-24", "S4 art. 14"),
    Step("fail", WAITING, S.FAILED, may_deliver, "R3-24", "S4 art. 14"),
    Step("again", frozenset({S.DEAD, S.FAILED}), S.QUEUED, may_deliver, "R3-24", "S4 art. 14"),
    Step("otherwise", UNSENT, S.QUEUED, may_deliver, "R3-24", "S4 art. 14"),
)
# What the returned slip of a printed notice does: it was handed over after all, or it came back (CPL 87-91).
SLIP = (
    Step("slip", WAITING | {S.HANDED_OVER}, S.HANDED_OVER, may_deliver, "R4-16", "CPL art. 87"),
    Step("come_back", WAITING | {S.HANDED_OVER}, S.FAILED, may_deliver, "R4-16", "S11 art. 11"),
)
MACHINE = (
    Step("deliver", UNSENT, S.SENT, is_machine, "R3-24", "S4 art. 14"),
    Step("put_off", WAITING, S.FAILED, is_machine, "R3-24", "S4 art. 14"),
    Step("give_up", WAITING | {S.SENT}, S.DEAD, is_machine, "R3-24", "S4 art. 14"),
)
SUPERSEDE = (Step("supersede", UNSENT, S.SUPERSEDED, may_supersede, "R3-24", "S4 art. 14"),)

# ---- the worker (ENGINEERING 7) -----------------------------------------------------------------------------------

# How long after each failed attempt the next one is made; when the list is used up the message is a dead letter.
PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240))
MOST_ATTEMPTS = len(PAUSES) + 1
# How long one worker may hold a message. Longer than any time-out that the settings allow.
LEASE = timedelta(minutes=5)
# A worker looks every few seconds; silence for longer means that none runs.
SILENCE = timedelta(minutes=10)
# What has been due for longer than this waits for a worker that is too slow, or none.
STALE = timedelta(minutes=15)
# What the machine sends by itself; everything else is somebody's task.
BY_MACHINE = frozenset({Channel.SMS, Channel.E_MAIL})
# What anybody on the way may read: neither amounts nor clauses (S4 arts 2, 28; S2 art. 146).
OPEN_CHANNELS = BY_MACHINE
SECRECY = "S4 art. 2; S2 art. 146"
# Trying again with the same address changes nothing.
LASTING = frozenset({Problem.BAD_ADDRESS, Problem.REFUSED, Problem.NOT_CONFIGURED, Problem.NOT_DELIVERED})


def pause(attempts: int, problem: Problem) -> timedelta | None:
    """How long to wait after this many attempts; None when the message is a dead letter now."""
    if problem in LASTING or attempts >= MOST_ATTEMPTS:
        return None
    return PAUSES[attempts - 1]


# ---- the channel of a notice --------------------------------------------------------------------------------------

MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")


def mobile(phone: str) -> str:
    """The mobile number in what was written, as gateways want it; empty when it is none."""
    found = MOBILE.fullmatch(re.sub(r"[\s()-]", "", phone))
    return found.group(1) if found else ""


def route(
    *, phone: str, e_mail: str, postal: str, configured: Collection[Channel]
) -> tuple[Channel, str, Fallback | None]:
    """The channel of a notice to a party, the address, and why it is none of the fast ones."""
    if Channel.SMS in configured and mobile(phone):
        return Channel.SMS, mobile(phone), None
    if Channel.E_MAIL in configured and e_mail:
        return Channel.E_MAIL, e_mail, None
    if phone:
        return Channel.PHONE, phone, Fallback.NOT_CONFIGURED if mobile(phone) else Fallback.LANDLINE
    return Channel.PAPER, postal, Fallback.NO_PHONE if postal else Fallback.NO_ADDRESS


# ---- service ------------------------------------------------------------------------------------------------------


METHOD_ARTICLE = {
    ServiceMethod.DIRECT: "CPL art. 88",
    ServiceMethod.LEFT: "CPL art. 89",
    ServiceMethod.ELECTRONIC: "CPL art. 90; S2 art. 135",
    ServiceMethod.POST: "CPL art. 91; S11 art. 11",
    ServiceMethod.ENTRUSTED: "CPL art. 91",
    ServiceMethod.ANNOUNCEMENT: "CPL art. 95",
}
OBSTACLE_ARTICLE = {
    Obstacle.NOT_LEFT: "S2 art. 133",
    Obstacle.NO_CONSENT_TO_ELECTRONIC: "CPL art. 90",
    Obstacle.FUTURE: "",
    Obstacle.BEFORE_ISSUE: "",
    Obstacle.BEFORE_WRITING: "CPL art. 87",
    Obstacle.BEFORE_SENDING: "CPL art. 87",
    Obstacle.NOT_ELECTRONIC: "CPL art. 90; S2 art. 135",
    Obstacle.NOT_OUT_YET: "CPL art. 87",
    Obstacle.NOT_ANNOUNCED: "CPL art. 100; S2 art. 133",
    Obstacle.NOT_ANNOUNCED_IN_SUMMARY: "S2 art. 140",
    Obstacle.NO_PUBLICATION: "S2 art. 138",
    Obstacle.ANNOUNCED_TOO_SHORT: "CPL art. 95",
    Obstacle.RETURNED_TO_THE_COURT: "S11 art. 11",
    Obstacle.NO_LITIGATION_DOCUMENT: "S5 art. 25",
    Obstacle.NO_RECEIVER: "CPL arts 87, 88",
    Obstacle.NO_WITNESS: "CPL art. 89",
    Obstacle.NO_TRACKING: "S11 art. 11",
    Obstacle.NO_CAUSE: "S11 art. 11",
}
# 调解书 binds by the parties' own signature: it is neither left behind nor announced, nor served by coming back
# (CPL art. 100; S2 art. 133).
IN_PERSON = frozenset({"civil_mediation_document"})
DEEMED_BY_RETURN = frozenset(ReturnCause) - {ReturnCause.OTHER}
# R4-13: thirty days from the publication, and it counts as served (CPL art. 95; S2 art. 138).
ANNOUNCED_FOR = timedelta(days=30)
FAILURES_BEFORE_SUBSTITUTES = 3
SUBSTITUTES = (ServiceMethod.LEFT, ServiceMethod.POST, ServiceMethod.ANNOUNCEMENT)


def announced(published_on: date) -> date:
    """The day on which what was announced counts as served."""
    return published_on + ANNOUNCED_FOR


@dataclass(frozen=True)
class Way:
    """A lawful next way to serve somebody who could not be reached, or why it is none here."""

    method: ServiceMethod
    article: str
    against: Obstacle | None = None


def next_ways(failures: int, *, procedural: bool, in_person: bool = False, summary: bool = False) -> list[Way]:
    """What the law offers after three failed attempts: leaving, post, announcement. Before that, try again."""
    if failures < FAILURES_BEFORE_SUBSTITUTES:
        return []
    return [Way(m, METHOD_ARTICLE[m], _against(m, procedural, in_person, summary)) for m in SUBSTITUTES]


def _against(method: ServiceMethod, procedural: bool, in_person: bool, summary: bool) -> Obstacle | None:
    if method is ServiceMethod.POST:
        return None
    if not procedural:
        return Obstacle.NO_LITIGATION_DOCUMENT
    if method is ServiceMethod.LEFT:
        return Obstacle.NOT_LEFT if in_person else None
    if in_person:
        return Obstacle.NOT_ANNOUNCED
    return Obstacle.NOT_ANNOUNCED_IN_SUMMARY if summary else None


def service_obstacles(
    kind: str,
    method: ServiceMethod,
    *,
    electronic_agreed: bool,
    in_future: bool,
    before_issue: bool = False,
    summary: bool = False,
    published_on: date | None = None,
    effective_on: date | None = None,
    returned: ReturnCause | None = None,
) -> list[Obstacle]:
    """What speaks against recording this service."""
    announcement = method is ServiceMethod.ANNOUNCEMENT
    too_short = published_on is not None and effective_on is not None and effective_on < announced(published_on)
    asked = {
        Obstacle.NOT_LEFT: kind in IN_PERSON and (method is ServiceMethod.LEFT or returned is not None),
        Obstacle.NO_CONSENT_TO_ELECTRONIC: method is ServiceMethod.ELECTRONIC and not electronic_agreed,
        Obstacle.NOT_ANNOUNCED: announcement and kind in IN_PERSON,
        Obstacle.NOT_ANNOUNCED_IN_SUMMARY: announcement and summary,
        Obstacle.NO_PUBLICATION: announcement and published_on is None,
        Obstacle.ANNOUNCED_TOO_SHORT: announcement and too_short,
        Obstacle.RETURNED_TO_THE_COURT: returned is not None and returned not in DEEMED_BY_RETURN,
        Obstacle.FUTURE: in_future,
        Obstacle.BEFORE_ISSUE: before_issue,
    }
    return [obstacle for obstacle, stands in asked.items() if stands]
