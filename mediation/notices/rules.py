"""Channels of notice and ways of service (CPL 87-95; R4-15, R4-16)."""

import enum
from typing import Any

from mediation.kernel.actor import COURT, REGISTRY, Actor, Role
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


class ServiceMethod(enum.StrEnum):
    """How a document was served (CPL 88-95)."""

    DIRECT = "direct"
    LEFT = "left"
    ELECTRONIC = "electronic"
    POST = "post"
    ENTRUSTED = "entrusted"
    ANNOUNCEMENT = "announcement"


METHOD_ARTICLE = {
    ServiceMethod.DIRECT: "CPL art. 88",
    ServiceMethod.LEFT: "CPL art. 89",
    ServiceMethod.ELECTRONIC: "CPL art. 90; S2 art. 135",
    ServiceMethod.POST: "CPL art. 91; S11 art. 11",
    ServiceMethod.ENTRUSTED: "CPL art. 91",
    ServiceMethod.ANNOUNCEMENT: "CPL art. 95",
}
# 调解书 goes to the person: it cannot be left behind (S2 art. 133).
NEVER_LEFT = frozenset({"civil_mediation_document"})


class Obstacle(enum.StrEnum):
    """Why a service cannot be recorded."""

    NOT_LEFT = "not_left"
    NO_CONSENT_TO_ELECTRONIC = "no_consent_to_electronic"
    FUTURE = "future"
    BEFORE_ISSUE = "before_issue"


OBSTACLE_ARTICLE = {
    Obstacle.NOT_LEFT: "S2 art. 133",
    Obstacle.NO_CONSENT_TO_ELECTRONIC: "CPL art. 90",
    Obstacle.FUTURE: "",
    Obstacle.BEFORE_ISSUE: "",
}


def may_deliver(actor: Actor, notice: "InCourt") -> bool:
    """The registry hands notices out; the mediator those of the own disputes."""
    return notice.court_id == actor.court_id and actor.has(*REGISTRY, Role.MEDIATOR, Role.ORGANISATION)


def may_serve(actor: Actor) -> bool:
    """Court documents are served by the court (CPL 87)."""
    return actor.has(*(COURT - {Role.PRESIDENT}))


def is_addressee(actor: Actor, notice: Any) -> bool:
    """Only who was told can have read it."""
    return bool(notice.user_id == actor.id)


class InCourt:
    """What these rules read."""

    court_id: int


WAITING = frozenset({NoticeStatus.QUEUED, NoticeStatus.FAILED})
STEPS = (
    Step("send", WAITING, NoticeStatus.SENT, may_deliver, "R3-24", "S4 art. 14"),
    Step("hand_over", WAITING, NoticeStatus.HANDED_OVER, may_deliver, "R3-24", "S4 art. 14"),
    Step("fail", frozenset({NoticeStatus.QUEUED}), NoticeStatus.FAILED, may_deliver, "R3-24", "S4 art. 14"),
)
READ = (Step("read", frozenset({NoticeStatus.QUEUED}), NoticeStatus.SENT, is_addressee, "R3-24", "S4 art. 14"),)


def service_obstacles(
    kind: str, method: ServiceMethod, *, electronic_agreed: bool, in_future: bool, before_issue: bool = False
) -> list[Obstacle]:
    """What speaks against recording this service."""
    found = []
    if method is ServiceMethod.LEFT and kind in NEVER_LEFT:
        found.append(Obstacle.NOT_LEFT)
    if method is ServiceMethod.ELECTRONIC and not electronic_agreed:
        found.append(Obstacle.NO_CONSENT_TO_ELECTRONIC)
    if in_future:
        found.append(Obstacle.FUTURE)
    if before_issue:
        found.append(Obstacle.BEFORE_ISSUE)
    return found
