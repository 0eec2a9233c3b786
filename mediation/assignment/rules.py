"""Handing a dispute to a mediator: machine M (DOMAIN 3.2), choice and conflicts (2.4, 2.5)."""

import enum


class Status(enum.StrEnum):
    """Machine M."""

    ISSUED = "issued"
    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    IN_SESSION = "in_session"
    SUSPENDED = "suspended"
    AGREED = "agreed"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    DECLINED = "declined"


OPEN = frozenset({Status.ISSUED, Status.ACCEPTED, Status.SCHEDULED, Status.IN_SESSION, Status.SUSPENDED})


class Kind(enum.StrEnum):
    """委派 before filing, 委托 after it, 引导 outside the court."""

    DELEGATED = "delegated"
    ENTRUSTED = "entrusted"
    REFERRED = "referred"


class Choice(enum.StrEnum):
    """How the mediator was found (S4 art. 12)."""

    JOINT = "joint"
    DESIGNATED = "designated"


class EndCode(enum.StrEnum):
    """R3-33, termination cause codes (S4 art. 26; S5 art. 25)."""

    AGREEMENT = "01"
    SETTLED = "02"
    UNREACHABLE = "03"
    UNWILLING = "04"
    DIVERGENCE = "05"
    EXPIRED = "06"
    UNSIGNED = "07"
    OTHER = "08"


class Finding(enum.StrEnum):
    """What a conflict check may find (R2-16 ... R2-22)."""

    SAME_PERSON = "same_person"
    SAME_PHONE = "same_phone"
    SAME_ADDRESS = "same_address"
    SAME_EMPLOYER = "same_employer"
    FORMER_AGENT = "former_agent"
    RELATIVE = "relative"
    INTEREST = "interest"
    OTHER_TIE = "other_tie"
    ALREADY_TOOK_PART = "already_took_part"
    SAME_SURNAME = "same_surname"


class CheckResult(enum.StrEnum):
    """CLEAR and WARNING may go on; WAIVABLE only when both parties agree (S4 art. 15); BLOCKED never."""

    CLEAR = "clear"
    WARNING = "warning"
    WAIVABLE = "waivable"
    BLOCKED = "blocked"


class SuspensionReason(enum.StrEnum):
    """R3-27. Only an appraisal is deducted from the period (S5 art. 26)."""

    APPRAISAL = "appraisal"
    SHAM = "sham"
    RECUSAL = "recusal"
    OTHER = "other"
