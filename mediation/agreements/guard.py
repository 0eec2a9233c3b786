"""The guard before signature (DOMAIN 3.6, G1-G12): objections as data, each with its article.

A file beside `rules` because the guard is a rule-book of its own: pure, and read by nobody but drafting and its tests.
"""

import enum
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from mediation.agreements.rules import ClauseKind


class Objection(enum.StrEnum):
    """What speaks against an agreement as drafted."""

    NO_CLAUSE = "no_clause"
    PARTY_MISSING = "party_missing"
    SAME_PARTY = "same_party"
    STRANGER = "stranger"
    FACTS_MISSING = "facts_missing"
    AMOUNT_MISSING = "amount_missing"
    DUE_MISSING = "due_missing"
    DUE_PAST = "due_past"
    ACCOUNT_MISSING = "account_missing"
    PLACE_MISSING = "place_missing"
    OBJECT_MISSING = "object_missing"
    METHOD_MISSING = "method_missing"
    INSTALMENTS_MISSING = "instalments_missing"
    INSTALMENTS_SUM = "instalments_sum"
    INSTALMENTS_ORDER = "instalments_order"
    VAGUE = "vague"
    NEW_JUDGMENT = "new_judgment"
    GUARANTOR_MISSING = "guarantor_missing"
    COSTS_MISSING = "costs_missing"
    NOT_CONFIRMABLE = "not_confirmable"
    TITLE = "title"
    THIRD_PARTY = "third_party"
    INTEREST = "interest"
    NO_SPECIAL_AUTHORITY = "no_special_authority"


ARTICLE = {
    Objection.NO_CLAUSE: "S4 art. 24",
    Objection.PARTY_MISSING: "S4 art. 24",
    Objection.SAME_PARTY: "S4 art. 24",
    Objection.STRANGER: "S4 art. 24",
    Objection.FACTS_MISSING: "S4 art. 24; S3 art. 29",
    Objection.AMOUNT_MISSING: "S3 art. 29",
    Objection.DUE_MISSING: "S3 art. 29",
    Objection.DUE_PAST: "S3 art. 29",
    Objection.ACCOUNT_MISSING: "S3 art. 29",
    Objection.PLACE_MISSING: "S3 art. 29",
    Objection.OBJECT_MISSING: "S3 art. 29",
    Objection.METHOD_MISSING: "S3 art. 29",
    Objection.INSTALMENTS_MISSING: "S3 art. 29",
    Objection.INSTALMENTS_SUM: "S2 art. 358",
    Objection.INSTALMENTS_ORDER: "S2 art. 358",
    Objection.VAGUE: "S2 art. 358",
    Objection.NEW_JUDGMENT: "S8 art. 8",
    Objection.GUARANTOR_MISSING: "S8 art. 9",
    Objection.COSTS_MISSING: "S10 art. 31",
    Objection.NOT_CONFIRMABLE: "S2 art. 355",
    Objection.TITLE: "S2 art. 355",
    Objection.THIRD_PARTY: "S2 art. 358",
    Objection.INTEREST: "S2 art. 358",
    Objection.NO_SPECIAL_AUTHORITY: "CPL art. 62; S2 art. 89",
}
WARNINGS = frozenset({Objection.THIRD_PARTY, Objection.INTEREST})

# G4: words after which nobody can enforce a clause (S2 art. 358 item 5: content not clear).
VAGUE_WORDS = (
    "尽快", "尽早", "及时", "适当", "合理期限", "合理时间", "有条件时", "有钱时", "有能力时", "视情况", "酌情", "左右", "大约",
    "大概", "若干", "一段时间", "近期", "近日", "日后", "另行协商", "协商解决", "争取", "尽量", "力争", "待定", "择日", "相应的",
    "as soon as possible",
)  # fmt: skip
# G5: a clause that sends the parties back to the court for judgment.
NEW_JUDGMENT = re.compile(r"不履行.{0,20}(请求|申请|由)(人民)?法院.{0,6}(裁判|判决|审理)")
# G9: clauses that decide status or title, which no confirmation covers (S2 art. 355).
TITLE = re.compile(
    r"(所有权|产权|物权|著作权|专利权|商标权).{0,8}(归|属于|确认)|确认.{0,12}(所有权|产权|婚姻关系|亲子关系|收养关系)"
)
GUARANTEE = re.compile(r"担保|保证人|连带保证")
THIRD = re.compile(r"案外人|第三方|他人")

# One-year LPR in permille of a year, by day of publication. Later publications are added here (G11: four times).
LPR = (
    (date(2019, 8, 20), 42.5), (date(2019, 9, 20), 42.0), (date(2019, 11, 20), 41.5), (date(2020, 2, 20), 40.5),
    (date(2020, 4, 20), 38.5), (date(2021, 12, 20), 38.0), (date(2022, 1, 20), 37.0), (date(2022, 8, 22), 36.5),
    (date(2023, 6, 20), 35.5), (date(2023, 8, 21), 34.5), (date(2024, 7, 22), 33.5), (date(2024, 10, 21), 31.0),
    (date(2025, 5, 20), 30.0),
)  # fmt: skip


@dataclass(frozen=True)
class ClauseFacts:
    """A clause as the guard reads it."""

    position: int
    kind: ClauseKind
    debtor_id: int | None = None
    creditor_id: int | None = None
    amount_fen: int | None = None
    due_on: date | None = None
    account: str = ""
    method: str = ""
    place: str = ""
    condition: str = ""
    text: str = ""
    interest_permille: int | None = None
    instalments: tuple[tuple[int, date], ...] = ()


@dataclass(frozen=True)
class AgreementFacts:
    """An agreement as the guard reads it."""

    party_ids: frozenset[int]
    clauses: Sequence[ClauseFacts]
    facts: str
    costs: str = ""
    breach: str = ""
    guarantor: str = ""
    court_made: bool = False
    confirmation_planned: bool = True
    confirmable: bool = True
    private_loan: bool = False
    unauthorised_agents: tuple[str, ...] = ()
    drafted_on: date = field(default_factory=lambda: date.min)


@dataclass(frozen=True)
class Found:
    """One objection: where (clause number, or the whole) and the words that caused it."""

    objection: Objection
    position: int | None = None
    words: str = ""

    @property
    def blocks(self) -> bool:
        """Warnings may be signed over, everything else not."""
        return self.objection not in WARNINGS


def examine(agreement: AgreementFacts) -> list[Found]:
    """Every objection to the draft, in the order a reader meets them."""
    found = list(_whole(agreement))
    for clause in agreement.clauses:
        found += [Found(o, clause.position, words) for o, words in _clause(clause, agreement)]
    return found


def lpr(on: date) -> float:
    """The one-year LPR in force on a day, in permille a year."""
    return max((day, rate) for day, rate in LPR if day <= max(on, LPR[0][0]))[1]


def _whole(a: AgreementFacts) -> Iterator[Found]:
    if not a.clauses:
        yield Found(Objection.NO_CLAUSE)
    if len(a.facts.strip()) < 10:  # noqa: PLR2004 a sentence has at least ten characters
        yield Found(Objection.FACTS_MISSING)
    if a.court_made and not a.costs.strip():
        yield Found(Objection.COSTS_MISSING)
    if a.confirmation_planned and not a.confirmable:
        yield Found(Objection.NOT_CONFIRMABLE)
    everything = " ".join([a.breach, *(f"{c.text} {c.condition}" for c in a.clauses)])
    if a.court_made and (match := NEW_JUDGMENT.search(everything)):
        yield Found(Objection.NEW_JUDGMENT, words=match[0])
    if GUARANTEE.search(everything) and not a.guarantor.strip():
        yield Found(Objection.GUARANTOR_MISSING)
    for name in a.unauthorised_agents:
        yield Found(Objection.NO_SPECIAL_AUTHORITY, words=name)


NEEDS: dict[ClauseKind, tuple[Objection, ...]] = {
    ClauseKind.PAY: (Objection.AMOUNT_MISSING, Objection.DUE_MISSING, Objection.ACCOUNT_MISSING),
    ClauseKind.INSTALMENTS: (Objection.AMOUNT_MISSING, Objection.INSTALMENTS_MISSING, Objection.ACCOUNT_MISSING),
    ClauseKind.DELIVER: (Objection.OBJECT_MISSING, Objection.DUE_MISSING, Objection.PLACE_MISSING),
    ClauseKind.VACATE: (Objection.PLACE_MISSING, Objection.DUE_MISSING),
    ClauseKind.REPAIR: (Objection.OBJECT_MISSING, Objection.DUE_MISSING),
    ClauseKind.END_CONTRACT: (Objection.OBJECT_MISSING, Objection.DUE_MISSING),
    ClauseKind.APOLOGISE: (Objection.METHOD_MISSING, Objection.DUE_MISSING),
    ClauseKind.OTHER: (Objection.OBJECT_MISSING,),
}
# Ending a contract binds both sides, and another term may bind nobody in particular.
WITHOUT_SIDES = frozenset({ClauseKind.END_CONTRACT, ClauseKind.OTHER})


def _missing(c: ClauseFacts) -> dict[Objection, bool]:
    return {
        Objection.AMOUNT_MISSING: not c.amount_fen,
        Objection.DUE_MISSING: c.due_on is None,
        Objection.ACCOUNT_MISSING: not (c.account.strip() or c.method.strip()),
        Objection.PLACE_MISSING: not c.place.strip(),
        Objection.OBJECT_MISSING: not c.text.strip(),
        Objection.METHOD_MISSING: not c.method.strip(),
        Objection.INSTALMENTS_MISSING: len(c.instalments) < 2,  # noqa: PLR2004 one part is no plan
    }


def _clause(c: ClauseFacts, a: AgreementFacts) -> Iterator[tuple[Objection, str]]:
    yield from ((o, "") for o in _sides(c, a))
    missing = _missing(c)
    yield from ((need, "") for need in NEEDS[c.kind] if missing[need])
    if c.due_on is not None and c.due_on < a.drafted_on:
        yield Objection.DUE_PAST, c.due_on.isoformat()
    yield from ((o, "") for o in _instalments(c, a))
    yield from _words(c, a)
    if a.private_loan and c.interest_permille is not None and c.interest_permille > 4 * lpr(a.drafted_on):
        yield Objection.INTEREST, f"{c.interest_permille / 10:.1f} %"


def _sides(c: ClauseFacts, a: AgreementFacts) -> Iterator[Objection]:
    if c.kind not in WITHOUT_SIDES and (c.debtor_id is None or c.creditor_id is None):
        yield Objection.PARTY_MISSING
    if c.debtor_id is not None and c.debtor_id == c.creditor_id:
        yield Objection.SAME_PARTY
    if {c.debtor_id, c.creditor_id} - {None} - a.party_ids:
        yield Objection.STRANGER


def _instalments(c: ClauseFacts, a: AgreementFacts) -> Iterator[Objection]:
    if c.kind is not ClauseKind.INSTALMENTS or not c.instalments:
        return
    days = [day for _, day in c.instalments]
    if c.amount_fen and sum(fen for fen, _ in c.instalments) != c.amount_fen:
        yield Objection.INSTALMENTS_SUM
    if any(later <= earlier for earlier, later in itertools.pairwise(days)):
        yield Objection.INSTALMENTS_ORDER
    if days[0] < a.drafted_on:
        yield Objection.DUE_PAST


def _words(c: ClauseFacts, a: AgreementFacts) -> Iterator[tuple[Objection, str]]:
    text = " ".join((c.text, c.condition, c.method, c.place))
    for word in VAGUE_WORDS:
        if word in text:
            yield Objection.VAGUE, word
    if a.confirmation_planned and (match := TITLE.search(text)):
        yield Objection.TITLE, match[0]
    if match := THIRD.search(text):
        yield Objection.THIRD_PARTY, match[0]
