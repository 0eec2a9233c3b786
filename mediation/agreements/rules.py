"""Sessions, minutes, facts, agreements and their performance (DOMAIN 2.6, 3.4, 3.6, 3.9)."""

import enum
from collections.abc import Collection, Sequence
from typing import Protocol

from mediation.assignment.rules import Kind
from mediation.kernel.actor import Actor, Role
from mediation.kernel.states import Step


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


# An agreement of more clauses nobody can survey, sign with understanding or enforce (S3 art. 29).
MOST_CLAUSES = 200


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


MONEY = frozenset({ClauseKind.PAY, ClauseKind.INSTALMENTS})


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


class SessionObstacle(enum.StrEnum):
    """What is still missing before a session may begin (R3-25)."""

    DUTIES = "duties"
    IDENTITY = "identity"
    NOBODY = "nobody"
    OTHER_DAY = "other_day"


SESSION_OBSTACLE_ARTICLE = {
    SessionObstacle.DUTIES: "S4 art. 14; S5 art. 17",
    SessionObstacle.IDENTITY: "S5 art. 17",
    SessionObstacle.NOBODY: "S4 art. 14",
    SessionObstacle.OTHER_DAY: "S4 art. 14",
}


class SignObstacle(enum.StrEnum):
    """Why somebody cannot sign, or not in this manner."""

    NO_SPECIAL_AUTHORITY = "no_special_authority"
    NOT_ELECTRONIC = "not_electronic"
    ALREADY = "already"
    SEAL_LAST = "seal_last"
    NOT_PRODUCED = "not_produced"


SIGN_OBSTACLE_ARTICLE = {
    SignObstacle.NO_SPECIAL_AUTHORITY: "CPL art. 62; S2 art. 89",
    # The law on electronic signatures excludes marriage, adoption and inheritance; S5 art. 19 does not say so: R5-05.
    SignObstacle.NOT_ELECTRONIC: "S36 art. 3",
    SignObstacle.ALREADY: "S4 art. 24",
    SignObstacle.SEAL_LAST: "S4 art. 24",
    SignObstacle.NOT_PRODUCED: "S4 art. 24",
}


class OralObstacle(enum.StrEnum):
    """Why an agreement cannot be left oral."""

    ENTRUSTED = "entrusted"
    NO_COMMITTEE = "no_committee"
    GUARANTOR = "guarantor"
    CONFIRMATION = "confirmation"


ORAL_OBSTACLE_ARTICLE = {
    # The court makes its own document of what is agreed after filing: it needs the text.
    OralObstacle.ENTRUSTED: "S4 art. 20",
    OralObstacle.NO_COMMITTEE: "S3 art. 28",
    OralObstacle.GUARANTOR: "Civil Code art. 685",
    OralObstacle.CONFIRMATION: "S2 art. 354",
}


def oral_obstacles(kind: Kind, *, committee: bool, guarantor: bool, confirmation: bool) -> list[OralObstacle]:
    """What stands in the way of an oral agreement (S3 art. 28; S4 art. 23): outside the court only a committee may record it."""
    found = []
    if kind is Kind.ENTRUSTED:
        found.append(OralObstacle.ENTRUSTED)
    if kind is Kind.REFERRED and not committee:
        found.append(OralObstacle.NO_COMMITTEE)
    if guarantor:
        found.append(OralObstacle.GUARANTOR)
    if confirmation:
        found.append(OralObstacle.CONFIRMATION)
    return found


def oral_is_signed(kind: Kind) -> bool:
    """What a court delegated binds once it is signed (S4 art. 24); before a committee the day it was agreed (S3 art. 30)."""
    return kind is Kind.DELEGATED


class Conducted(Protocol):
    """What the permissions read: whose mediation it is."""

    @property
    def court_id(self) -> int: ...
    @property
    def mediator_id(self) -> int | None: ...
    @property
    def organisation_id(self) -> int | None: ...


def may_conduct(actor: Actor, subject: Conducted) -> bool:
    """The mediator of this assignment conducts it; the organisation may for its own (S4 arts 14, 24)."""
    if subject.court_id != actor.court_id:
        return False
    if actor.has(Role.MEDIATOR) and actor.mediator_id is not None and actor.mediator_id == subject.mediator_id:
        return True
    own = actor.organisation_id is not None and actor.organisation_id == subject.organisation_id
    return actor.has(Role.ORGANISATION) and own


def may_arrange(actor: Actor, subject: Conducted) -> bool:
    """Time and room of a session: whoever conducts it, and the registry, which brings people and rooms together (DOMAIN 2.2)."""
    registry = actor.has(Role.CLERK, Role.TRIAGE) and subject.court_id == actor.court_id
    return registry or may_conduct(actor, subject)


def mediates_beside(actor: Actor, subject: Conducted, beside: Collection[int]) -> bool:
    """Mediates together with the one who presides: reads and signs; minutes and text are the other's to write (S4 art. 13)."""
    return actor.court_id == subject.court_id and actor.has(Role.MEDIATOR) and actor.mediator_id in beside


def may_read_mediation(actor: Actor, subject: Conducted, beside: Collection[int] = ()) -> bool:
    """Minutes stay with who mediates (R2-28, R2-29; S4 art. 22; S5 art. 18)."""
    return may_conduct(actor, subject) or mediates_beside(actor, subject, beside)


def may_read_agreement(actor: Actor, subject: Conducted, beside: Collection[int] = ()) -> bool:
    """The court's registry and judges read agreements; the president counts them (DOMAIN 2.2)."""
    court = actor.has(Role.CLERK, Role.TRIAGE, Role.GUIDING_JUDGE, Role.FAST_TRACK_JUDGE, Role.CONFIRMATION_JUDGE)
    return (court and subject.court_id == actor.court_id) or may_read_mediation(actor, subject, beside)


def may_read_settlement(actor: Actor, court_id: int) -> bool:
    """What a case was settled for stands in the court's file: its registry and the judges who try or guide (DOMAIN 2.2)."""
    court = actor.has(Role.CLERK, Role.TRIAGE, Role.GUIDING_JUDGE, Role.FAST_TRACK_JUDGE)
    return court and court_id == actor.court_id


def may_record_performance(actor: Actor, subject: Conducted) -> bool:
    """The mediator or committee follows performance (S3 art. 31); the registry records what parties report."""
    registry = actor.has(Role.CLERK, Role.TRIAGE) and subject.court_id == actor.court_id
    return registry or may_conduct(actor, subject)


SESSION_STEPS = (
    Step("open", {SessionStatus.PLANNED}, SessionStatus.OPEN, may_conduct, "R3-25", "S4 art. 14; S5 art. 17"),
    Step("adjourn", {SessionStatus.OPEN}, SessionStatus.ADJOURNED, may_conduct, "R3-26", "S4 art. 14"),
    Step("end", {SessionStatus.OPEN}, SessionStatus.ENDED, may_conduct, "R3-30", "S4 art. 14"),
    Step("rebook", {SessionStatus.PLANNED}, SessionStatus.PLANNED, may_arrange, "R3-24", "S4 art. 14"),
    Step("cancel", {SessionStatus.PLANNED}, SessionStatus.CANCELLED, may_conduct, "R3-24", "S4 art. 14"),
)

AGREEMENT_STEPS = (
    Step("put_up", {AgreementStatus.DRAFT}, AgreementStatus.SIGNING, may_conduct, "R3-30", "S4 art. 24"),
    Step("agree_orally", {AgreementStatus.DRAFT}, AgreementStatus.EFFECTIVE, may_conduct, "R3-30", "S3 arts 28, 30"),
    Step("reopen", {AgreementStatus.SIGNING}, AgreementStatus.DRAFT, may_conduct, "R3-30", "S4 art. 24"),
    Step("take_effect", {AgreementStatus.SIGNING}, AgreementStatus.EFFECTIVE, may_conduct, "R3-30", "S4 art. 24; S3 art. 29"),
    Step("leave_unsigned", {AgreementStatus.DRAFT, AgreementStatus.SIGNING}, AgreementStatus.NOT_SIGNED, may_conduct, "R3-31", "S4 art. 26"),
)  # fmt: skip


def session_obstacles(
    *, duties: set[Duty], present: int, unchecked: int, other_day: bool = False
) -> list[SessionObstacle]:
    """What is missing before the session may begin: everybody present identified, every duty told (R2-24).

    On another day than the parties were told, only with the reason why it is held then (`other_day`: none was given).
    """
    found = []
    if set(Duty) - duties:
        found.append(SessionObstacle.DUTIES)
    if present == 0:
        found.append(SessionObstacle.NOBODY)
    if unchecked:
        found.append(SessionObstacle.IDENTITY)
    if other_day:
        found.append(SessionObstacle.OTHER_DAY)
    return found


def wanted_signers(
    parties: list[tuple[int, str]],
    *,
    guarantor: str,
    mediators: Sequence[tuple[int | None, str]],
    organisation: str,
) -> list[tuple[Signer, int | None, str]]:
    """Whose signatures an agreement needs: all parties, a guarantor, who mediated, the organisation's seal (S4 art. 24).

    Who mediates together with others (S4 art. 13) is the mediator of this agreement like the one who presides: each signs.
    The number is that of the party, or of the mediator.
    """
    wanted: list[tuple[Signer, int | None, str]] = [(Signer.PARTY, party_id, name) for party_id, name in parties]
    if guarantor:
        wanted.append((Signer.GUARANTOR, None, guarantor))
    wanted += [(Signer.MEDIATOR, mediator_id, name) for mediator_id, name in mediators]
    if organisation:
        wanted.append((Signer.ORGANISATION, None, organisation))
    return wanted


def electronic_excluded(cause_code: str) -> bool:
    """Marriage, family and inheritance agreements are signed by hand (R5-05): part 2 of the cause tree."""
    return cause_code == "2" or cause_code.startswith("2.")
