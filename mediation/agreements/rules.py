"""Sessions, minutes, facts, agreements and their performance (DOMAIN 2.6, 3.4, 3.6, 3.9)."""

import enum


class SessionStatus(enum.StrEnum):
    """A session from booking to end."""

    PLANNED = "planned"
    OPEN = "open"
    ADJOURNED = "adjourned"
    ENDED = "ended"
    CANCELLED = "cancelled"


class Method(enum.StrEnum):
    """How a session is held."""

    ON_SITE = "on_site"
    VIDEO = "video"
    PHONE = "phone"


class Duty(enum.StrEnum):
    """What must be told before the session starts (R2-24: S4 art. 14; S5 art. 17)."""

    RIGHTS_AND_DUTIES = "rights_and_duties"
    RULES = "rules"
    PROCEDURE = "procedure"
    EFFECT = "effect"
    CONFIRMATION = "confirmation"
    SHAM = "sham"
    ADDRESS = "address"


class AgreementStatus(enum.StrEnum):
    """From draft to effect."""

    DRAFT = "draft"
    SIGNING = "signing"
    EFFECTIVE = "effective"
    NOT_SIGNED = "not_signed"


class ClauseKind(enum.StrEnum):
    """Typed clauses: what they need is checked by the guard G1-G12."""

    PAY = "pay"
    INSTALMENTS = "instalments"
    DELIVER = "deliver"
    VACATE = "vacate"
    REPAIR = "repair"
    END_CONTRACT = "end_contract"
    APOLOGISE = "apologise"
    OTHER = "other"


class Signer(enum.StrEnum):
    """Who signs an agreement (S4 art. 24; S3 art. 29)."""

    PARTY = "party"
    AGENT = "agent"
    GUARANTOR = "guarantor"
    MEDIATOR = "mediator"
    ORGANISATION = "organisation"


class SignManner(enum.StrEnum):
    """How a signature was made."""

    HANDWRITTEN = "handwritten"
    FINGERPRINT = "fingerprint"
    SEAL = "seal"
    ELECTRONIC = "electronic"
