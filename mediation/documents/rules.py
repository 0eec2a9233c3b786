"""What may happen to a produced document: it is made once and never changed (R5-03)."""

import enum


class Folder(enum.StrEnum):
    """Two folders, so that confidential material can never slip into a transfer (DOMAIN 3.9)."""

    COURT_TRANSFERABLE = "court_transferable"
    MEDIATION_CONFIDENTIAL = "mediation_confidential"


class Status(enum.StrEnum):
    """A document is asked for in the use case's transaction and set right after it."""

    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"
