"""What proves that a notice reached its addressee, and from which day that counts. Pure (CPL 87-91; R4-15, R4-16)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mediation.notices.rules import (
    BY_MACHINE,
    DEEMED_BY_RETURN,
    UNSENT,
    Basis,
    Channel,
    NoticeStatus,
    Obstacle,
    Problem,
    ReturnCause,
    SlipOutcome,
    Taker,
)

ARTICLE = {
    Basis.SIGNED: "CPL arts 87, 88, 91",
    Basis.LEFT: "CPL art. 89",
    Basis.RETURNED: "S11 art. 11",
    Basis.ELECTRONIC: "CPL art. 90; S2 art. 135",
    Basis.ARRIVED: "CPL art. 90; S2 art. 135",
    Basis.TOLD: "",
    Basis.NO_CONSENT: "CPL art. 90; S2 art. 136",
    Basis.NO_SLIP: "CPL art. 87",
    Basis.CAME_BACK: "S11 art. 11",
    Basis.NOT_ARRIVED: "CPL art. 90",
    Basis.NOT_OUT: "",
}
_BY_SLIP = {SlipOutcome.SIGNED: Basis.SIGNED, SlipOutcome.LEFT: Basis.LEFT, SlipOutcome.RETURNED: Basis.RETURNED}


@dataclass(frozen=True)
class Proof:
    """The basis, and the day of service where there is one."""

    basis: Basis
    day: date | None = None

    @property
    def article(self) -> str:
        """Where the law says so."""
        return ARTICLE[self.basis]


def slip_obstacles(
    outcome: SlipOutcome,
    *,
    procedural: bool,
    receiver: str = "",
    taker: Taker | None = None,
    witness: str = "",
    photographed: bool = False,
    tracking: str = "",
    cause: ReturnCause | None = None,
    in_future: bool = False,
    before_issue: bool = False,
    before_sending: bool = False,
) -> list[Obstacle]:
    """What speaks against recording this slip."""
    signed, left, returned = (outcome is one for one in (SlipOutcome.SIGNED, SlipOutcome.LEFT, SlipOutcome.RETURNED))
    asked = {
        # CPL art. 89 and S2 art. 130 are about litigation documents; whoever will not mediate has only declined.
        Obstacle.NO_LITIGATION_DOCUMENT: left and not procedural,
        Obstacle.NO_RECEIVER: signed and not (receiver and taker),
        Obstacle.NO_WITNESS: left and not (witness or photographed),
        Obstacle.NO_TRACKING: returned and not tracking,
        Obstacle.NO_CAUSE: returned and cause is None,
        Obstacle.FUTURE: in_future,
        Obstacle.BEFORE_ISSUE: before_issue,
        Obstacle.BEFORE_SENDING: before_sending and not before_issue,
    }
    return [obstacle for obstacle, stands in asked.items() if stands]


def slip_counts(outcome: SlipOutcome, *, procedural: bool, cause: ReturnCause | None) -> bool:
    """Whether the day of the slip is the day of service (CPL arts 87-89; S11 art. 11)."""
    if outcome is SlipOutcome.RETURNED:
        return procedural and cause in DEEMED_BY_RETURN
    return True


def prove(
    channel: Channel,
    status: NoticeStatus,
    *,
    sent_on: date | None,
    electronic_agreed: bool,
    problem: Problem | None = None,
    slip: tuple[SlipOutcome, date] | None = None,
    came_back: bool = False,
    arrived_on: date | None = None,
) -> Proof:
    """The proof of one notice, from what is known of it. `slip` is one whose day counts.

    `arrived_on`: the day on which, as the addressee has proved, it reached the addressee's own system (S2 art. 135).
    """
    if slip is not None:
        return Proof(_BY_SLIP[slip[0]], slip[1])
    if sent_on is None or status in UNSENT:
        if came_back:
            return Proof(Basis.CAME_BACK)
        return Proof(Basis.NOT_ARRIVED if problem is Problem.NOT_DELIVERED else Basis.NOT_OUT)
    if channel in BY_MACHINE:
        if not electronic_agreed:
            return Proof(Basis.NO_CONSENT)
        return Proof(Basis.ARRIVED, arrived_on) if arrived_on is not None else Proof(Basis.ELECTRONIC, sent_on)
    return Proof(Basis.NO_SLIP if channel is Channel.PAPER else Basis.TOLD)


def day_obstacle(on: date, *, today: date, not_before: date, out: bool) -> Obstacle | None:
    """Whether something can have been handed over, or have arrived, on that day: not to come, nor before it went out."""
    if on > today:
        return Obstacle.FUTURE
    if on < not_before:
        return Obstacle.BEFORE_SENDING if out else Obstacle.BEFORE_WRITING
    return None


def earliest(proofs: Iterable[Proof]) -> date | None:
    """Over several channels the first day counts that is one of service (R4-15: S6 art. 31)."""
    return min((proof.day for proof in proofs if proof.day is not None), default=None)
