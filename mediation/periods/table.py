"""Every period the law sets for this work: how long, from what, who may extend it, and where it is written.

A period is data with dates: when the law changes, a new row begins and the old one ends; deadlines that began
under the old row keep it.
"""

from dataclasses import dataclass
from datetime import date

from mediation.periods.keys import Approver, Basis, Besides, Cause, PeriodKey, Trigger, Unit

__all__ = ["Approver", "Basis", "Besides", "Cause", "PeriodKey", "Trigger", "Unit"]


@dataclass(frozen=True)
class ExtensionRule:
    """Who may lengthen a period, and by how much in all; no ``most`` means the law sets no cap."""

    by: Approver
    source: str
    most: int | None = None
    unit: Unit = Unit.DAYS
    # It may still be allowed when the period has run out.
    after_expiry: bool = False
    # The most of one extension, where the law caps each and not their sum.
    each: int | None = None


@dataclass(frozen=True)
class PeriodRule:
    """One period as it stands between two dates."""

    key: PeriodKey
    length: int
    unit: Unit
    trigger: Trigger
    source: str
    rolls: bool = True
    deducts: frozenset[Cause] = frozenset()
    deduct_source: str = ""
    extension: ExtensionRule | None = None
    set_by_court: bool = False
    no_most: bool = False
    is_mediation: bool = False
    besides: Besides | None = None
    basis: Basis = Basis.LAW
    warn_days: int = 3
    # Where one warning is not enough: so many days before the last one, each told once.
    warn_at: tuple[int, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def warnings(self) -> tuple[int, ...]:
        """How many days before the last one those concerned are told."""
        return self.warn_at or (self.warn_days,)

    def in_force(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


S4_FROM = date(2016, 7, 1)
S5_FROM = date(2022, 1, 1)
S12_FROM = date(2025, 1, 1)
CPL_2021_FROM = date(2022, 1, 1)
BEFORE_S5 = date(2021, 12, 31)
BEFORE_CPL_2021 = date(2021, 12, 31)
BEFORE_S12 = date(2024, 12, 31)

# S2 art. 243; the agreed extension of mediation is not counted either (S4 art. 27; S12 point 3).
TRIAL = frozenset(Cause) - {Cause.PRIOR_MEDIATION, Cause.CONSENTED_MEDIATION}
BESIDES_SOURCE = {
    Besides.AS_LIMITATION: "CPL art. 250; Civil Code arts 194, 195",
    Besides.RELIEF_ASKED: "S10 arts 22, 48",
    Besides.LONGER_BY_STATUTE: "S28 art. 24",
}
TRIAL_SOURCE = "S2 art. 243; S4 art. 27; S12 point 3"
APPRAISAL = frozenset({Cause.APPRAISAL})
_EVIDENCE = {"set_by_court": True, "deducts": frozenset({Cause.JURISDICTION}), "deduct_source": "S37 art. 55",
             "extension": ExtensionRule(Approver.COURT, "S2 art. 100", after_expiry=True)}  # fmt: skip

K, U, T, B = PeriodKey, Unit, Trigger, Besides


def _days(key: PeriodKey, length: int, trigger: Trigger, source: str, **more: object) -> PeriodRule:
    return PeriodRule(key, length, U.DAYS, trigger, source, **more)  # type: ignore[arg-type]


def _working_days(key: PeriodKey, length: int, trigger: Trigger, source: str, **more: object) -> PeriodRule:
    # R4-09: counted on working days only, so the last day is never a rest day.
    return PeriodRule(key, length, U.WORKING_DAYS, trigger, source, rolls=False, **more)  # type: ignore[arg-type]


def _online(key: PeriodKey, length: int, trigger: Trigger, source: str) -> tuple[PeriodRule, ...]:
    """S5 sets this since 2022; this court keeps the same time for disputes before that."""
    return (
        _working_days(key, length, trigger, source, basis=Basis.HOUSE, valid_to=BEFORE_S5, warn_days=1),
        _working_days(key, length, trigger, source, valid_from=S5_FROM, warn_days=1),
    )


def _entrusted(key: PeriodKey, length: int, warn_days: int) -> tuple[PeriodRule, ...]:
    """Mediation after filing: the joint extension had no cap until S12 set thirty days."""
    # S5 art. 26 speaks of mediation before filing; after filing the appraisal is left out by analogy with S2 art. 243.
    common = {"deducts": APPRAISAL, "deduct_source": "S5 art. 26; S2 art. 243", "is_mediation": True}
    by_parties = ExtensionRule(Approver.PARTIES, "S4 art. 27")
    capped = ExtensionRule(Approver.PARTIES, "S12 point 3", most=30)
    start = T.MATERIAL_SIGNED_FOR
    return (
        _days(
            key,
            length,
            start,
            "S4 art. 27",
            extension=by_parties,
            warn_days=warn_days,
            valid_from=S4_FROM,
            valid_to=BEFORE_S12,
            **common,
        ),
        _days(
            key,
            length,
            start,
            "S12 point 3; S4 art. 27",
            extension=capped,
            warn_days=warn_days,
            valid_from=S12_FROM,
            **common,
        ),
    )


def _trial(key: PeriodKey, length: int, source: str, extension: ExtensionRule, **more: object) -> PeriodRule:
    return PeriodRule(
        key,
        length,
        U.MONTHS,
        T.CASE_FILED,
        source,
        deducts=TRIAL,
        deduct_source=TRIAL_SOURCE,
        extension=extension,
        warn_days=15,
        **more,  # type: ignore[arg-type]
    )


def _president(
    source: str, most: int | None = None, unit: Unit = U.DAYS, *, after_expiry: bool = False
) -> ExtensionRule:
    return ExtensionRule(Approver.PRESIDENT, source, most, unit, after_expiry)


def _summary_president(source: str, most: int) -> ExtensionRule:
    # S2 art. 258: the president may extend it "when the trial limit has run out"; S2 art. 281 brings small claims under it.
    return _president(source, most, U.MONTHS, after_expiry=True)


def _held(key: PeriodKey, months: int) -> PeriodRule:
    # S2 arts 156, 485: a measure ends on its day, rest day or not, unless it has been renewed before; each renewal is
    # no longer than the first term. The court may set less.
    renewal = ExtensionRule(Approver.COURT, "S2 art. 485", unit=U.MONTHS, each=months)
    return PeriodRule(
        key, months, U.MONTHS, T.PRESERVATION_TAKEN, "S2 arts 156, 485", rolls=False, extension=renewal, set_by_court=True,
        warn_days=30,
    )  # fmt: skip


# Before a measure has been taken only the court may know that it was asked for (CPL art. 106).
COURT_ONLY = frozenset({PeriodKey.PRESERVE_RULING})

MEDIATION = (
    _days(
        K.MEDIATION_PRE,
        30,
        T.MATERIAL_SIGNED_FOR,
        "S4 art. 27",
        extension=ExtensionRule(Approver.PARTIES, "S4 art. 27"),
        is_mediation=True,
        warn_days=5,
        valid_from=S4_FROM,
        valid_to=BEFORE_S5,
    ),
    _days(
        K.MEDIATION_PRE,
        30,
        T.MATERIAL_SIGNED_FOR,
        "S4 art. 27; S5 art. 24",
        deducts=APPRAISAL,
        deduct_source="S5 art. 26",
        extension=ExtensionRule(Approver.PARTIES, "S4 art. 27; S5 art. 24"),
        is_mediation=True,
        warn_days=5,
        valid_from=S5_FROM,
    ),
    # No statute limits mediation outside the court: thirty days is local practice.
    _days(
        K.MEDIATION_OUT,
        30,
        T.MATERIAL_SIGNED_FOR,
        "S3",
        extension=ExtensionRule(Approver.PARTIES, "S3"),
        is_mediation=True,
        basis=Basis.PRACTICE,
        warn_days=5,
    ),
    *_entrusted(K.MEDIATION_POST_ORD, 15, 3),
    *_entrusted(K.MEDIATION_POST_SUM, 7, 2),
    # S5 art. 15 says "at once"; the house gives it one working day.
    _working_days(K.TRANSFER_BACK, 1, T.MEDIATION_FAILED, "S5 art. 15", basis=Basis.HOUSE, warn_days=1),
)

INTAKE = (
    _days(
        K.FILING_DECISION,
        7,
        T.COMPLAINT_RECEIVED,
        "CPL art. 126; S2 arts 126, 208",
        deducts=frozenset({Cause.CONSENTED_MEDIATION}),
    ),
    *_online(K.ONLINE_JOINT_CHOICE, 2, T.CONSENT_ONLINE, "S5 art. 10"),
    *_online(K.ONLINE_DESIGNATE, 3, T.APPLICATION_RECEIVED, "S5 art. 10"),
    *_online(K.MEDIATOR_ACCEPT, 3, T.ASSIGNMENT_RECEIVED, "S5 art. 12"),
    *_online(K.CONTACT_RESPONDENT, 3, T.ASSIGNMENT_ACCEPTED, "S5 art. 15"),
    _days(K.RECUSAL_DECIDE, 3, T.RECUSAL_APPLIED, "CPL art. 50", warn_days=1),
    _days(K.RECUSAL_REVIEW, 3, T.RECONSIDERATION_APPLIED, "CPL art. 50", warn_days=1),
    _working_days(
        K.HOTLINE_REPLY, 5, T.WORK_ORDER_RECEIVED, "S28 art. 24", besides=Besides.LONGER_BY_STATUTE, warn_days=1
    ),
)

CONFIRMATION = (
    _days(K.CONFIRM_APPLY, 30, T.AGREEMENT_EFFECTIVE, "CPL art. 205", warn_days=5),
    _days(K.CONFIRM_ACCEPT, 3, T.APPLICATION_RECEIVED, "S7 art. 4", warn_days=1),
    _days(K.CONFIRM_DECIDE_TARGET, 15, T.CONFIRMATION_ACCEPTED, "S7 art. 5", extension=_president("S7 art. 5", 10)),
    _days(
        K.CONFIRM_DECIDE_STAT,
        30,
        T.CONFIRMATION_ACCEPTED,
        "CPL art. 187",
        extension=_president("CPL art. 187"),
        warn_days=5,
    ),
    _days(K.CONFIRM_OBJECT_PARTY, 15, T.RULING_RECEIVED, "S2 art. 372"),
    PeriodRule(K.CONFIRM_OBJECT_OTHER, 6, U.MONTHS, T.HARM_KNOWN, "S2 arts 372, 127", warn_days=15),
    PeriodRule(
        K.ENFORCE_APPLY, 2, U.YEARS, T.PERFORMANCE_DUE, "CPL art. 250", besides=Besides.AS_LIMITATION, warn_days=30
    ),
)

LITIGATION = (
    _days(K.FEE_PAYMENT, 7, T.FEE_NOTICE_RECEIVED, "S10 art. 22; S2 art. 199", besides=B.RELIEF_ASKED, warn_days=2),
    PeriodRule(K.PRESERVE_RULING, 48, U.HOURS, T.PRESERVATION_APPLIED, "CPL art. 104", rolls=False, warn_days=1),
    _days(K.PRESERVE_SUE_BY, 30, T.PRESERVATION_TAKEN, "CPL art. 104", warn_days=10, warn_at=(10, 5, 2)),
    _held(K.PRESERVE_DEPOSIT, 12),
    _held(K.PRESERVE_MOVABLE, 24),
    _held(K.PRESERVE_OTHER, 36),
    _days(K.SERVE_COMPLAINT, 5, T.CASE_FILED, "CPL art. 128", warn_days=2),
    # With the defendant's consent the court may set less in the summary and the small claims procedure.
    _days(K.DEFENCE, 15, T.COMPLAINT_SERVED, "CPL art. 128; S2 arts 266, 275", set_by_court=True),
    _days(K.FORWARD_DEFENCE, 5, T.DEFENCE_RECEIVED, "CPL art. 128", warn_days=2),
    _days(K.ORDINARY_EVIDENCE, 15, T.EVIDENCE_PERIOD_SET, "S2 art. 99", no_most=True, **_EVIDENCE),
    _days(K.SUMMARY_EVIDENCE, 15, T.EVIDENCE_PERIOD_SET, "S2 art. 266", **_EVIDENCE),
    _days(K.SMALL_EVIDENCE, 7, T.EVIDENCE_PERIOD_SET, "S2 art. 275", **_EVIDENCE),
    # From the day after a counterclaim is brought; the claim of a third party is demanded by notice (S10 art. 20).
    _days(K.CLAIM_FEE, 7, T.COUNTERCLAIM_BROUGHT, "S10 art. 22", warn_days=2),
    _days(K.FINE_REVIEW, 3, T.FINE_RECEIVED, "CPL art. 119; S2 art. 185", warn_days=1),
    # From the own receipt of each party.
    _days(K.RULING_APPEAL, 10, T.RULING_RECEIVED, "CPL arts 157, 171; S2 art. 244"),
    _days(K.ANNOUNCEMENT_SERVICE, 30, T.ANNOUNCEMENT_PUBLISHED, "CPL art. 95"),
    _days(K.OBSTACLE_RELIEF, 10, T.OBSTACLE_ENDED, "CPL art. 86"),
    # The CPL of 2021 gave small claims a limit of their own; before, they were summary cases of three months.
    _trial(K.TRIAL_SMALL, 3, "CPL art. 164", _summary_president("S2 art. 258", 3), valid_to=BEFORE_CPL_2021),
    _trial(
        K.TRIAL_SMALL,
        2,
        "CPL art. 168",
        _summary_president("CPL art. 168; S2 arts 258, 281", 1),
        valid_from=CPL_2021_FROM,
    ),
    # S2 art. 258 capped a summary case at six months in all until the CPL of 2021 allowed one month more.
    _trial(K.TRIAL_SUMMARY, 3, "CPL art. 164", _summary_president("S2 art. 258", 3), valid_to=BEFORE_CPL_2021),
    _trial(
        K.TRIAL_SUMMARY,
        3,
        "CPL art. 164; S2 art. 258",
        _summary_president("CPL art. 164; S2 art. 258", 1),
        valid_from=CPL_2021_FROM,
    ),
    _trial(K.TRIAL_ORDINARY, 6, "CPL art. 152", _president("CPL art. 152", 6, U.MONTHS)),
)

RULES = (*INTAKE, *MEDIATION, *CONFIRMATION, *LITIGATION)
