"""Who is on the court's lists, and who may be given a dispute (S4 arts 5-10; S5 art. 5)."""

import enum


class OrganisationKind(enum.StrEnum):
    """What kind of body mediates (S4 art. 6)."""

    PEOPLES_COMMITTEE = "peoples_committee"
    ADMINISTRATIVE = "administrative"
    COMMERCIAL = "commercial"
    INDUSTRY = "industry"
    NOTARY = "notary"
    GOVERNANCE_CENTRE = "governance_centre"


class FeeMode(enum.StrEnum):
    """Whether the body charges (S3 art. 4; S23 art. 16): shown before the parties choose (R2-08)."""

    FREE = "free"
    MARKET = "market"


class Category(enum.StrEnum):
    """How a mediator stands to the court."""

    RESIDENT_PEOPLES = "resident_peoples"
    RESIDENT_INVITED = "resident_invited"
    INVITED = "invited"
    COURT = "court"


class RosterStatus(enum.StrEnum):
    """R2-10: only ACTIVE with a certificate that has not expired can be assigned."""

    CANDIDATE = "candidate"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    REMOVED = "removed"
    EXPIRED = "expired"
