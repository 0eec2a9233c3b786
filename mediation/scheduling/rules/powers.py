"""Who may book, change, keep the rooms and the doors; the table of a booking's steps."""

from typing import Protocol

from mediation.kernel.actor import COURT, JUDGES, REGISTRY, Actor, Role
from mediation.kernel.states import Step
from mediation.scheduling.rules.kinds import BookingStatus, ClaimantKind, FeedDetail, Purpose, WishStatus


class Facts(Protocol):
    """What these rules read of a booking."""

    @property
    def court_id(self) -> int: ...
    @property
    def booked_by_id(self) -> int: ...
    @property
    def purpose(self) -> Purpose: ...


def may_book(actor: Actor, court_id: int) -> bool:
    """The registry, the judges, and the mediators of the court; the president decides elsewhere."""
    wanted = REGISTRY | JUDGES | {Role.MEDIATOR, Role.ORGANISATION}
    return actor.court_id == court_id and not actor.roles.isdisjoint(wanted)


def may_plan(actor: Actor, court_id: int, purpose: Purpose) -> bool:
    """Who looks for, holds and waits for times: the clerk for all, mediators and judges for what they conduct.

    DOMAIN 2.2: the other roles read.
    """
    if actor.court_id != court_id or purpose is Purpose.BLOCKED:
        return False
    conducting = {Role.MEDIATOR} if purpose is Purpose.SESSION else JUDGES
    return actor.has(Role.CLERK, *conducting)


def may_say(actor: Actor, court_id: int) -> bool:
    """Whoever speaks with the parties about times takes down when they cannot come."""
    return actor.court_id == court_id and actor.has(Role.CLERK, Role.MEDIATOR, *JUDGES)


def may_take_up(actor: Actor, booking: Facts) -> bool:
    """A time held for a dispute becomes its meeting through whoever fixes that meeting."""
    return booking.purpose is not Purpose.BLOCKED and may_book(actor, booking.court_id)


def may_block(actor: Actor, court_id: int) -> bool:
    """The registry keeps the rooms: maintenance, inspections, other use."""
    return actor.court_id == court_id and actor.has(*REGISTRY)


def may_change(actor: Actor, booking: Facts) -> bool:
    """Who booked, the registry, and for hearings and questionings the judges."""
    if actor.court_id != booking.court_id:
        return False
    if booking.purpose is Purpose.BLOCKED:
        return actor.has(*REGISTRY)
    own = booking.booked_by_id == actor.id and may_book(actor, booking.court_id)
    bench = booking.purpose in {Purpose.HEARING, Purpose.QUESTIONING} and actor.has(*JUDGES)
    return own or bench or actor.has(*REGISTRY)


def may_hand_on(actor: Actor, booking: Facts) -> bool:
    """A session goes on with another mediator: the registry, and whoever mediates now; whose it is, its stage knows."""
    own = actor.has(*REGISTRY, Role.MEDIATOR, Role.ORGANISATION)
    return actor.court_id == booking.court_id and booking.purpose is Purpose.SESSION and own


def may_release(actor: Actor, booking: Facts) -> bool:
    """The registry keeps the doors, and gives a room free again in which nobody waits."""
    return actor.court_id == booking.court_id and booking.purpose is not Purpose.BLOCKED and actor.has(*REGISTRY)


def may_see_board(actor: Actor) -> bool:
    """Everybody who works on disputes sees which times are taken; for what and for whom is another question."""
    return actor.has(*COURT, Role.MEDIATOR, Role.ORGANISATION)


def may_settle_hours(actor: Actor, court_id: int) -> bool:
    """The court's hours bind everybody: the president settles them."""
    return actor.court_id == court_id and actor.has(Role.PRESIDENT)


def may_keep_duty(actor: Actor, court_id: int) -> bool:
    """The registry plans who is on duty."""
    return actor.court_id == court_id and actor.has(*REGISTRY)


def may_keep_rooms(actor: Actor, court_id: int) -> bool:
    """The registry keeps the list of rooms: which there are, and from when on each is used."""
    return actor.court_id == court_id and actor.has(*REGISTRY)


class InCourt(Protocol):
    """Whatever belongs to a court."""

    @property
    def court_id(self) -> int: ...


def follows_by_itself(actor: Actor, subject: InCourt) -> bool:
    """What time or another act brings about: nobody does it by hand."""
    return actor.id == 0 and actor.court_id == subject.court_id


def may_let_go(actor: Actor, booking: Facts) -> bool:
    """Whoever may change it; and it follows by itself where the dispute's meeting is fixed at another time."""
    return may_change(actor, booking) or follows_by_itself(actor, booking)


class WishFacts(Protocol):
    """What these rules read of a wish."""

    @property
    def court_id(self) -> int: ...
    @property
    def wished_by_id(self) -> int: ...


def may_withdraw(actor: Actor, wish: WishFacts) -> bool:
    """Who wished, and the registry."""
    own = wish.wished_by_id == actor.id and may_book(actor, wish.court_id)
    return own or (actor.court_id == wish.court_id and actor.has(*REGISTRY))


B, W = BookingStatus, WishStatus
STEPS: tuple[Step, ...] = (
    Step("confirm", {B.HELD}, B.BOOKED, may_take_up, "R3-24", "S4 art. 14"),
    Step("drop", {B.HELD}, B.DROPPED, may_let_go, "R3-24", "S4 art. 14"),
    Step("expire", {B.HELD}, B.EXPIRED, follows_by_itself, "R3-24", "S4 art. 14"),
    Step("move", {B.BOOKED}, B.BOOKED, may_change, "R3-24", "S4 art. 14"),
    Step("hand_on", {B.BOOKED}, B.BOOKED, may_hand_on, "R2-15", "S4 arts 13, 14"),
    Step("cancel", {B.BOOKED}, B.CANCELLED, may_change, "R3-26", "S4 art. 14"),
    Step("release", {B.BOOKED}, B.RELEASED, may_release, "R3-25", "S4 art. 14"),
)
WISH_STEPS: tuple[Step, ...] = (
    Step("offer", {W.WAITING}, W.OFFERED, follows_by_itself, "R3-24", "S4 art. 14"),
    Step("fulfil", {W.WAITING, W.OFFERED}, W.FULFILLED, follows_by_itself, "R3-24", "S4 art. 14"),
    Step("decline", {W.OFFERED}, W.DECLINED, follows_by_itself, "R3-24", "S4 art. 14"),
    Step("lapse", {W.WAITING, W.OFFERED}, W.LAPSED, follows_by_itself, "R3-24", "S4 art. 14"),
    Step("withdraw", {W.WAITING}, W.WITHDRAWN, may_withdraw, "R3-24", "S4 art. 14"),
)


# A program on a telephone or at a door reads these without signing in: a room's says no more than a number.
DETAILS = {
    ClaimantKind.MEDIATOR: (FeedDetail.BUSY, FeedDetail.NUMBER, FeedDetail.FULL),
    ClaimantKind.JUDGE: (FeedDetail.BUSY, FeedDetail.NUMBER, FeedDetail.FULL),
    ClaimantKind.RESOURCE: (FeedDetail.BUSY, FeedDetail.NUMBER),
}
FEED_PAST_DAYS = 60


def may_subscribe(actor: Actor, kind: ClaimantKind, key: str) -> bool:
    """Mediators and judges to their own calendar, the registry to those of the rooms."""
    if kind is ClaimantKind.MEDIATOR:
        return actor.has(Role.MEDIATOR) and actor.mediator_id is not None and key == str(actor.mediator_id)
    if kind is ClaimantKind.JUDGE:
        return actor.has(*JUDGES) and key == str(actor.id)
    return kind is ClaimantKind.RESOURCE and actor.has(*REGISTRY)


def own_calendar(actor: Actor) -> tuple[ClaimantKind, str] | None:
    """Whose calendar somebody's own is; the registry, the president and organisations have none."""
    if actor.has(Role.MEDIATOR) and actor.mediator_id is not None:
        return ClaimantKind.MEDIATOR, str(actor.mediator_id)
    return (ClaimantKind.JUDGE, str(actor.id)) if actor.has(*JUDGES) else None
