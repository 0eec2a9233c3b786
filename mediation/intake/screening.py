"""Screening (R3-03): what the facts alone say about a dispute, what a person adds, and what follows from both."""

import enum
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mediation.disputes.rules import IdType, PartyKind, PartyRole
from mediation.intake.rules import ScreeningResult
from mediation.intake.suitability import VERSION, Exclusion, Mediation, of_cause

MANY = 10  # persons: reported as a mass dispute (DOMAIN 3.5)
AGAIN = timedelta(days=90)
ADULT = 18  # CC art. 17
PRIVATE_LOAN = "4.10.108.3"
PRIVATE_LOAN_NAME = "民间借贷纠纷"
PROTECTION_ORDER = "11.51"

FOREIGN_IDS = frozenset({IdType.FOREIGN_PASSPORT, IdType.FOREIGNER_CARD})
HMT_IDS = frozenset({IdType.HK_MACAO_PERMIT, IdType.TAIWAN_PERMIT, IdType.HMT_RESIDENCE})


class Effect(enum.StrEnum):
    """What an exclusion does to the dispute's way."""

    NO_MEDIATION = "no_mediation"
    NOT_CIVIL = "not_civil"
    OTHER_COURT = "other_court"
    OUTSIDE_ONLY = "outside_only"
    IN_PARALLEL = "in_parallel"


EFFECT: dict[Exclusion, Effect] = {
    Exclusion.SPECIAL_PROCEDURE: Effect.NO_MEDIATION,
    Exclusion.STATUS_RELATION: Effect.NO_MEDIATION,
    Exclusion.BY_NATURE: Effect.NO_MEDIATION,
    Exclusion.REFUSED: Effect.NO_MEDIATION,
    Exclusion.NOT_CIVIL: Effect.NOT_CIVIL,
    Exclusion.OTHER_COURT: Effect.OTHER_COURT,
    # Labour arbitration first: a committee may mediate meanwhile, the court may not yet be sued.
    Exclusion.ARBITRATION_FIRST: Effect.OUTSIDE_ONLY,
    Exclusion.SHAM: Effect.NO_MEDIATION,
    # Preservation goes ahead beside the mediation and never waits for it (CPL art. 104).
    Exclusion.PRESERVATION: Effect.IN_PARALLEL,
}

EXCLUSION_ARTICLE: dict[Exclusion, str] = {
    Exclusion.SPECIAL_PROCEDURE: "S2 art. 143",
    Exclusion.STATUS_RELATION: "S2 art. 143",
    Exclusion.BY_NATURE: "S2 art. 143",
    Exclusion.REFUSED: "CPL art. 125; S3 art. 17; S25 art. 22",
    Exclusion.NOT_CIVIL: "CPL art. 127",
    Exclusion.OTHER_COURT: "CPL art. 127(4); S5 art. 9(2)",
    Exclusion.ARBITRATION_FIRST: "CPL art. 127(3)",
    Exclusion.SHAM: "CPL art. 115; S2 art. 144; S5 art. 23",
    Exclusion.PRESERVATION: "CPL art. 104",
}


class Flag(enum.StrEnum):
    """What does not stand against mediation but must be looked after (DOMAIN 3.5)."""

    UNREACHABLE = "unreachable"
    MASS = "mass"
    VIOLENCE = "violence"
    MINOR = "minor"
    INCAPACITATED = "incapacitated"
    FOREIGN = "foreign"
    HMT = "hmt"
    FAILED_BEFORE = "failed_before"
    SHAM_HINT = "sham_hint"
    SAME_CONTACT = "same_contact"
    CARE = "care"


FLAG_ARTICLE: dict[Flag, str] = {
    Flag.UNREACHABLE: "S4 art. 26",
    Flag.MASS: "CPL art. 56",
    Flag.VIOLENCE: "S3 art. 25",
    Flag.MINOR: "CPL art. 60",
    Flag.INCAPACITATED: "CPL art. 60",
    Flag.FOREIGN: "S5 art. 6",
    Flag.HMT: "S5 art. 6",
    Flag.FAILED_BEFORE: "",
    Flag.SHAM_HINT: "S2 art. 144; S5 art. 23",
    Flag.SAME_CONTACT: "CPL art. 115; S2 art. 144",
    Flag.CARE: "S2 art. 143",
}

# What only a person can see: the rest follows from the facts.
TICKED_EXCLUSIONS = (
    Exclusion.BY_NATURE,
    Exclusion.REFUSED,
    Exclusion.NOT_CIVIL,
    Exclusion.OTHER_COURT,
    Exclusion.SHAM,
    Exclusion.PRESERVATION,
)
TICKED_FLAGS = (Flag.UNREACHABLE, Flag.VIOLENCE, Flag.INCAPACITATED)


class Basis(enum.StrEnum):
    """What an exclusion rests on."""

    CAUSE = "cause"
    PERSON = "person"


@dataclass(frozen=True)
class PartyFacts:
    """What screening reads of a party."""

    role: PartyRole
    kind: PartyKind = PartyKind.NATURAL
    id_type: IdType | None = None
    birth_date: date | None = None
    has_statutory_agent: bool = False
    phone_key: str = ""
    domicile: str = ""


@dataclass(frozen=True)
class DisputeFacts:
    """What screening reads of a dispute, as it stands on a day."""

    cause_code: str
    on: date
    parties: tuple[PartyFacts, ...] = ()
    cause_version: str = VERSION
    cause_name: str = ""
    # The last day of an earlier mediation of the same dispute that failed.
    failed_on: date | None = None
    # The labour arbitration's award, or its refusal to accept, was produced; or the law does not ask for it.
    arbitration_done: bool = False


@dataclass(frozen=True)
class Finding:
    """One exclusion and what it rests on."""

    code: Exclusion
    basis: Basis

    @property
    def effect(self) -> Effect:
        return EFFECT[self.code]

    @property
    def article(self) -> str:
        return EXCLUSION_ARTICLE[self.code]


@dataclass(frozen=True)
class Screened:
    """Everything found, and the result that follows."""

    findings: tuple[Finding, ...]
    flags: tuple[Flag, ...]

    @property
    def result(self) -> ScreeningResult:
        return result_of(finding.code for finding in self.findings)

    @property
    def clean(self) -> bool:
        """Nothing found: the clerk confirms with one click."""
        return not self.findings and not self.flags


def result_of(codes: Iterable[Exclusion]) -> ScreeningResult:
    """Return comes before filing: who is at the wrong door is shown the right one first (CPL art. 127)."""
    effects = {EFFECT[code] for code in codes}
    if Effect.NOT_CIVIL in effects:
        return ScreeningResult.OUT_OF_SCOPE
    if Effect.OTHER_COURT in effects:
        return ScreeningResult.WRONG_COURT
    if Effect.NO_MEDIATION in effects:
        return ScreeningResult.NOT_SUITABLE
    return ScreeningResult.SUITABLE


def outside_only(codes: Iterable[Exclusion]) -> bool:
    """Only a body outside the court may mediate meanwhile (X07)."""
    return any(EFFECT[code] is Effect.OUTSIDE_ONLY for code in codes)


def screen(facts: DisputeFacts, *, exclusions: Collection[Exclusion] = (), flags: Collection[Flag] = ()) -> Screened:
    """What the facts say, together with what the clerk ticked."""
    found = {code: Finding(code, Basis.PERSON) for code in exclusions}
    by_cause = _cause_exclusion(facts)
    if by_cause is not None:
        found[by_cause] = Finding(by_cause, Basis.CAUSE)
    seen = _automatic_flags(facts) | set(flags)
    return Screened(
        tuple(found[code] for code in Exclusion if code in found),
        tuple(flag for flag in Flag if flag in seen),
    )


def _cause_exclusion(facts: DisputeFacts) -> Exclusion | None:
    found = of_cause(facts.cause_code, version=facts.cause_version, name=facts.cause_name).exclusion
    if found is Exclusion.ARBITRATION_FIRST and facts.arbitration_done:
        return None
    return found


def _automatic_flags(facts: DisputeFacts) -> set[Flag]:
    checks = {
        Flag.MASS: len(facts.parties) >= MANY,
        Flag.MINOR: any(_needs_guardian(party, facts.on) for party in facts.parties),
        Flag.FOREIGN: any(party.id_type in FOREIGN_IDS for party in facts.parties),
        Flag.HMT: any(party.id_type in HMT_IDS for party in facts.parties),
        Flag.FAILED_BEFORE: failed_recently(facts.failed_on, facts.on),
        Flag.SHAM_HINT: _is_private_loan(facts),
        Flag.SAME_CONTACT: _share_contact(facts.parties),
        Flag.VIOLENCE: facts.cause_version == VERSION and f"{facts.cause_code}.".startswith(f"{PROTECTION_ORDER}."),
        Flag.CARE: _cause_asks_care(facts),
    }
    return {flag for flag, applies in checks.items() if applies}


def failed_recently(failed_on: date | None, on: date) -> bool:
    """An earlier mediation of the same dispute failed within 90 days."""
    return failed_on is not None and on - failed_on <= AGAIN


def age(born: date, on: date) -> int:
    """Full years lived."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _needs_guardian(party: PartyFacts, on: date) -> bool:
    # CPL art. 60: who cannot conduct proceedings is represented by the guardian.
    return party.birth_date is not None and age(party.birth_date, on) < ADULT and not party.has_statutory_agent


def _is_private_loan(facts: DisputeFacts) -> bool:
    if facts.cause_version != VERSION:
        return facts.cause_name == PRIVATE_LOAN_NAME
    return facts.cause_code == PRIVATE_LOAN


def _cause_asks_care(facts: DisputeFacts) -> bool:
    row = of_cause(facts.cause_code, version=facts.cause_version, name=facts.cause_name)
    return row.mediation is Mediation.CARE and row.exclusion is None


def _share_contact(parties: tuple[PartyFacts, ...]) -> bool:
    """Both sides give the same phone or domicile: together with a quick agreement a sign of sham (S2 art. 144)."""
    one = [party for party in parties if party.role is PartyRole.APPLICANT]
    other = [party for party in parties if party.role is PartyRole.RESPONDENT]
    return any(
        (a.phone_key and a.phone_key == b.phone_key) or (a.domicile and a.domicile == b.domicile)
        for a in one
        for b in other
    )
