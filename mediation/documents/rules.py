"""A generated document: asked for, produced once, never changed (R5-03). Who may read it."""

import enum
from collections.abc import Iterable
from typing import Protocol

from mediation.kernel.actor import COURT, Actor, Role
from mediation.kernel.states import Step


class Status(enum.StrEnum):
    """Asked for in the use case's own transaction; produced afterwards."""

    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"


class Folder(enum.StrEnum):
    """R2-29: what the court may take over after a failed mediation, and what stays with the mediation."""

    COURT_TRANSFERABLE = "court_transferable"
    MEDIATION_CONFIDENTIAL = "mediation_confidential"
    # What nobody outside the court may learn before its time: a measure that is still to be taken (CPL art. 106).
    COURT_ONLY = "court_only"


class Failure(enum.StrEnum):
    """Why a document could not be produced."""

    GLYPH = "glyph"
    CONTENT = "content"
    TEMPLATE = "template"
    LIMIT = "limit"
    LENGTH = "length"
    ENGINE = "engine"
    SEAL_PERIOD = "seal_period"
    SEAL_REVOKED = "seal_revoked"
    SEAL_LIST = "seal_list"
    SEAL_KEY = "seal_key"


# What a document may be long: the longest of a court are some dozens of pages, and these are typeset within seconds.
MOST_PAGES = 120
# The most that fits a page: 22 lines of 28 characters; the closer lines of a form hold half as much again.
LINES, CHARACTERS = 33, 28


def least_pages(lines: Iterable[str]) -> int:
    """So many pages at least, before anything is typeset, for paragraphs and rows of these words."""
    taken = sum(max(1, -(-len(line) // CHARACTERS)) for line in lines)
    return -(-taken // LINES)


class Verdict(enum.StrEnum):
    """What the court says of a file or a code that somebody shows it."""

    GENUINE = "genuine"
    # Not in this archive, and yet under the whole and valid electronic seal of a court that this installation knows.
    SIGNED = "signed"
    SUPERSEDED = "superseded"
    ALTERED = "altered"
    FOREIGN = "foreign"


class Alteration(enum.StrEnum):
    """What was done to a file after it left the court."""

    APPENDED = "appended"
    CUT = "cut"
    PAGES = "pages"
    ATTACHMENT = "attachment"
    BYTES = "bytes"
    SAVED_AGAIN = "saved_again"


class Match(enum.StrEnum):
    """How it is known which document a scanned paper is."""

    CODE = "code"
    HAND = "hand"


class ScanObstacle(enum.StrEnum):
    """Why a scanned paper is not kept."""

    NO_SCAN = "no_scan"
    ELSEWHERE = "elsewhere"
    OTHER = "other"
    NOT_READ = "not_read"
    KEPT = "kept"


SCAN_ARTICLE = {
    ScanObstacle.NO_SCAN: "S32A art. 37",
    ScanObstacle.ELSEWHERE: "S4 art. 19",
    ScanObstacle.OTHER: "S4 art. 19",
    ScanObstacle.NOT_READ: "S4 art. 19",
    ScanObstacle.KEPT: "S4 art. 19",
}
# What a scanner or a telephone makes: the first bytes tell, not the name.
SCANS = {b"%PDF-": "application/pdf", b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}
LARGEST_SCAN = 10 * 1024 * 1024


def scan_kind(content: bytes) -> str:
    """What kind of scan these bytes are; empty when none."""
    if len(content) > LARGEST_SCAN:
        return ""
    return next((kind for head, kind in SCANS.items() if content.startswith(head)), "")


class Facts(Protocol):
    """What the rules read of a document."""

    @property
    def court_id(self) -> int: ...
    @property
    def folder(self) -> Folder: ...


# Minutes and offers are the mediator's and the organisation's; of them the court sees that they exist (S4 art. 28).
CONFIDENTIAL_READERS = (Role.MEDIATOR, Role.ORGANISATION)


def may_read(actor: Actor, document: Facts) -> bool:
    """Whether an actor in whose scope the document lies may open it."""
    if document.court_id != actor.court_id:
        return False
    if document.folder is Folder.MEDIATION_CONFIDENTIAL:
        return actor.has(*CONFIDENTIAL_READERS)
    if document.folder is Folder.COURT_ONLY:
        return actor.has(*COURT)
    return actor.has(*COURT, *CONFIDENTIAL_READERS)


def may_scan(actor: Actor, document: Facts) -> bool:
    """Who had a paper signed scans it back in: the registry, the mediator, the organisation; as far as they may read it."""
    return may_read(actor, document) and actor.has(Role.CLERK, Role.TRIAGE, *CONFIDENTIAL_READERS)


def may_retry(actor: Actor, document: Facts) -> bool:
    """The registry sees to it that what was asked for is produced."""
    return actor.has(Role.CLERK, Role.TRIAGE) and document.court_id == actor.court_id


def may_set_letterhead(actor: Actor) -> bool:
    """Head, seal and standing phrase of the court's papers are the system administrator's."""
    return actor.has(Role.SYSTEM_ADMIN)


def _is_system(actor: Actor, _document: Facts) -> bool:
    return actor.id == 0


STEPS: tuple[Step, ...] = (
    Step("produce", {Status.PENDING, Status.FAILED}, Status.READY, _is_system, "R5-03", "CPL art. 157"),
    Step("fail", {Status.PENDING, Status.FAILED}, Status.FAILED, _is_system, "R5-03", "CPL art. 157"),
)
