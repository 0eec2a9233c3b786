"""The dispute's own words: parties, identifiers, machine D (DOMAIN 3.1)."""

import enum


class Status(enum.StrEnum):
    """Machine D: where a dispute stands."""

    RECEIVED = "received"
    SCREENED = "screened"
    GUIDED = "guided"
    CONSENT_ASKED = "consent_asked"
    IN_MEDIATION = "in_mediation"
    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    FILED = "filed"
    CLOSED = "closed"
    RETURNED = "returned"


class Route(enum.StrEnum):
    """R0-01: A pre-filing delegation, B filing first then entrusted mediation, C guidance outside the court."""

    A = "A"
    B = "B"
    C = "C"


class Source(enum.StrEnum):
    """How the dispute reached the court."""

    WINDOW = "window"
    ONLINE = "online"
    MAIL = "mail"
    GOVERNANCE_CENTRE = "governance_centre"
    HOTLINE = "hotline"
    COMMITTEE = "committee"


class PartyRole(enum.StrEnum):
    """Before filing 申请人 / 被申请人, after it 原告 / 被告 / 第三人."""

    APPLICANT = "applicant"
    RESPONDENT = "respondent"
    THIRD = "third"


class PartyKind(enum.StrEnum):
    """A natural person or an organisation."""

    NATURAL = "natural"
    ORGANISATION = "organisation"


class IdType(enum.StrEnum):
    """Identity documents (DOMAIN 6.2)."""

    RESIDENT = "resident"
    USCC = "uscc"
    PASSPORT = "passport"
    FOREIGN_PASSPORT = "foreign_passport"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    HMT_RESIDENCE = "hmt_residence"
    FOREIGNER_CARD = "foreigner_card"


class Sex(enum.StrEnum):
    """As it stands in the identity document."""

    MALE = "male"
    FEMALE = "female"


class AgentKind(enum.StrEnum):
    """Who may represent (CPL 61)."""

    LAWYER = "lawyer"
    LEGAL_WORKER = "legal_worker"
    RELATIVE = "relative"
    EMPLOYEE = "employee"
    RECOMMENDED = "recommended"
    STATUTORY = "statutory"


class Authority(enum.StrEnum):
    """General authority cannot settle (CPL 62); 全权代理 alone is general (S2 art. 89)."""

    GENERAL = "general"
    SPECIAL = "special"


class Capacity(enum.StrEnum):
    """In which capacity somebody took part: the basis of the bans R2-19, R2-20 and of the separation of duties."""

    DIVERTED = "diverted"
    MEDIATED = "mediated"
    ORGANISED = "organised"
    GUIDED = "guided"
    JUDGED = "judged"
    CONFIRMED = "confirmed"
    AGENT = "agent"


class NumberStatus(enum.StrEnum):
    """A number is never used again; a cancelled registration keeps it (R6-03)."""

    VALID = "valid"
    VOID = "void"


class Closing(enum.StrEnum):
    """Why a dispute is closed."""

    PERFORMED = "performed"
    CONFIRMED = "confirmed"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    LITIGATION_ENDED = "litigation_ended"
    RETURNED = "returned"
