"""Screening, guidance, consent and the choice of the route (DOMAIN 3.1, 3.5)."""

import enum


class ScreeningResult(enum.StrEnum):
    """R3-03."""

    SUITABLE = "suitable"
    NOT_SUITABLE = "not_suitable"
    OUT_OF_SCOPE = "out_of_scope"
    WRONG_COURT = "wrong_court"


class Answer(enum.StrEnum):
    """A party's answer to the question whether to mediate."""

    AGREES = "agrees"
    REFUSES = "refuses"
    SILENT = "silent"


class Manner(enum.StrEnum):
    """How something was declared or handed over."""

    SIGNED = "signed"
    ORAL = "oral"
    ONLINE = "online"
    POSTED = "posted"
