"""Judicial confirmation: machine C (DOMAIN 3.8)."""

import enum


class Status(enum.StrEnum):
    """Machine C."""

    APPLIED = "applied"
    NOT_ACCEPTED = "not_accepted"
    ACCEPTED = "accepted"
    SUPPLEMENT = "supplement"
    EXAMINED = "examined"
    VALID = "valid"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"
    DEEMED_WITHDRAWN = "deemed_withdrawn"
    SERVED = "served"


class Exclusion(enum.StrEnum):
    """Why an application is not accepted (S2 art. 355)."""

    OUT_OF_SCOPE = "out_of_scope"
    WRONG_COURT = "wrong_court"
    STATUS_RELATION = "status_relation"
    OTHER_PROCEDURE = "other_procedure"
    TITLE = "title"


class Ground(enum.StrEnum):
    """Why an application is dismissed (S2 art. 358)."""

    ILLEGAL = "illegal"
    HARMS_OTHERS = "harms_others"
    PUBLIC_ORDER = "public_order"
    NOT_VOLUNTARY = "not_voluntary"
    NOT_CLEAR = "not_clear"
    OTHER = "other"


class Form(enum.StrEnum):
    """How the parties applied (S2 art. 353)."""

    WRITTEN = "written"
    ORAL = "oral"
