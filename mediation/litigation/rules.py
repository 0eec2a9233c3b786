"""The case register after filing: machine L (DOMAIN 3.3)."""

import enum


class Status(enum.StrEnum):
    """Machine L."""

    FILED = "filed"
    PRIOR_MEDIATION = "prior_mediation"
    FEE_NOTICE = "fee_notice"
    FAST_TRACK = "fast_track"
    ORDINARY = "ordinary"
    CLOSED = "closed"


class Procedure(enum.StrEnum):
    """The statutory procedure; fast track is an organisational track beside it (R3-50)."""

    SMALL = "small"
    SUMMARY = "summary"
    ORDINARY_SOLE = "ordinary_sole"
    ORDINARY_PANEL = "ordinary_panel"


class Manner(enum.StrEnum):
    """How a case was closed (R3-41 ... R3-45)."""

    OTHER = "other"
    MEDIATION_DOCUMENT = "mediation_document"
    WITHDRAWN = "withdrawn"
    DEEMED_WITHDRAWN = "deemed_withdrawn"
    JUDGMENT = "judgment"
    DISMISSED = "dismissed"
