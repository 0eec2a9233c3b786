"""What became of a dispute, day by day, before any of it is written: plain values, no database."""

from dataclasses import dataclass, field
from datetime import date

from mediation.assignment.rules import EndCode, Kind, Status
from mediation.confirmation.rules import Outcome
from mediation.disputes.rules import Closing, Route, Source
from mediation.litigation.rules import Manner, Procedure

ENDED_WELL = frozenset({EndCode.AGREEMENT, EndCode.SETTLED})


@dataclass
class Mediation:
    """One handing-over and its end."""

    kind: Kind
    issued: date
    accepted: date
    ended: date
    code: EndCode
    procedure: Procedure | None = None
    # Which mediator of the list, by place.
    mediator: int = 0
    video: bool = False
    # None: no meeting came about.
    met: date | None = None
    # Code 02 without mediation work: taken back (R7-06).
    withdrawn: bool = False

    @property
    def failed(self) -> bool:
        """No agreement came about, and the applicant has not taken the matter back (R7-06)."""
        return self.code not in ENDED_WELL

    @property
    def status(self) -> Status:
        """Where the mediation stands at its end."""
        if self.code is EndCode.SETTLED:
            return Status.WITHDRAWN
        return Status.FAILED if self.failed else Status.AGREED


@dataclass
class Confirming:
    """An application for judicial confirmation and the ruling."""

    applied: date
    accepted: date
    decided: date
    outcome: Outcome


@dataclass
class Agreed:
    """An agreement: what is due when, and when it was performed."""

    effective: date
    due: date
    performed: date
    confirming: Confirming | None = None


@dataclass
class Case:
    """A filed case: handed to a track, heard, closed."""

    filed: date
    closed: date
    manner: Manner
    procedure: Procedure = Procedure.SUMMARY
    fast: bool = False
    tracked: date | None = None
    heard: date | None = None

    def waits_on(self, day: date) -> bool:
        """R3-11: on a track and not heard on the evening of a day."""
        on_track = self.tracked is not None and self.tracked <= day < self.closed
        return on_track and (self.heard is None or self.heard > day)


@dataclass
class Course:
    """One dispute from the counter to its end."""

    received: date
    closed: date
    closing: Closing
    source: Source
    # Which cause and which street, by place in their tables.
    cause: int
    street: int
    route: Route | None = None
    mediation: Mediation | None = None
    agreed: Agreed | None = None
    case: Case | None = None
    address: bool = True
    amount_fen: int = 0
    people: tuple[int, int] = field(default=(0, 0))
