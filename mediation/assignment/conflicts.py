"""Whether a mediator may mediate a dispute: ties to the people in it, earlier parts in it (DOMAIN 2.5).

Looks at values, never at a database. Identity numbers and phones come as keyed hashes: equality is all that matters.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from mediation.assignment.rules import CheckResult, Finding
from mediation.assignment.ties.rules import Known, Match, Verdicts, finding_of, match
from mediation.disputes.likeness import plain
from mediation.disputes.rules import Capacity

# R2-16, S4 art. 15: ties that bar, unless all parties agree to this mediator knowing them.
WAIVABLE = frozenset(
    {
        Finding.SAME_PHONE,
        Finding.SAME_ADDRESS,
        Finding.SAME_EMPLOYER,
        Finding.SAME_ACCOUNT,
        Finding.FORMER_AGENT,
        Finding.CLIENT,
        Finding.RELATIVE,
        Finding.INTEREST,
        Finding.OTHER_TIE,
    }
)
# R2-19 ... R2-21: nobody's consent helps. A party or agent is no third person; a law firm does not act and mediate.
BLOCKING = frozenset({Finding.SAME_PERSON, Finding.SAME_FIRM, Finding.ALREADY_TOOK_PART})
WARNING = frozenset({Finding.SAME_SURNAME})
# R2-22: a tie is kept with somebody of this name; whether it is the same person must be answered first.
TO_CLEAR = frozenset({Finding.SAME_NAME})
# What the mediator alone knows and must disclose (S4 art. 15; S5 art. 13).
DECLARED = (Finding.RELATIVE, Finding.INTEREST, Finding.OTHER_TIE)
# R2-19, R2-20: in whichever of these capacities somebody took part, that person does not mediate the same dispute.
BARRED = frozenset({Capacity.JUDGED, Capacity.CONFIRMED, Capacity.GUIDED, Capacity.AGENT})

FINDING_ARTICLE: dict[Finding, str] = {
    Finding.SAME_PERSON: "S4 art. 15; S5 art. 13",
    Finding.SAME_PHONE: "S4 art. 15",
    Finding.SAME_ADDRESS: "S4 art. 15",
    Finding.SAME_EMPLOYER: "S4 art. 15",
    Finding.SAME_FIRM: "S4 art. 16",
    Finding.SAME_ACCOUNT: "S4 art. 15(3)",
    Finding.FORMER_AGENT: "S4 art. 15",
    Finding.CLIENT: "S4 art. 15(3); S5 art. 13(3)",
    Finding.RELATIVE: "S4 art. 15(1); S5 art. 13(1)",
    Finding.INTEREST: "S4 art. 15(2); S5 art. 13(2)",
    Finding.OTHER_TIE: "S4 art. 15(3); S5 art. 13(3)",
    Finding.ALREADY_TOOK_PART: "S4 art. 16; CPL art. 47",
    Finding.SAME_SURNAME: "S4 art. 15",
    Finding.SAME_NAME: "S4 art. 15",
}


@dataclass(frozen=True)
class Person:
    """A party or an agent as the check sees them."""

    name: str
    person_key: str = ""
    phone_key: str = ""
    addresses: tuple[str, ...] = ()
    employer: str = ""
    firm: str = ""
    is_agent: bool = False
    is_organisation: bool = False


@dataclass(frozen=True)
class Candidate:
    """The mediator as the check sees them."""

    name: str
    person_key: str = ""
    phone_key: str = ""
    address: str = ""
    employer: str = ""
    firm: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class Past:
    """What earlier records say about the mediator."""

    # In this very dispute, by this person or this account.
    capacities: frozenset[Capacity] = frozenset()
    # Names of present parties for whom the mediator acted as agent in any dispute.
    represented: tuple[str, ...] = ()
    # The ledger of this mediator, and what was answered about people of the same name.
    ledger: tuple[Known, ...] = ()
    verdicts: Verdicts = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """One tie: what it is and with whom."""

    finding: Finding
    name: str = ""
    # The entry of the ledger behind it, and the key by which the person is recognised.
    tie_id: int = field(default=0, compare=False)
    key: str = field(default="", compare=False)
    is_organisation: bool = field(default=False, compare=False)

    def as_data(self) -> dict[str, Any]:
        """As it is kept with the check."""
        data = {"finding": self.finding.value, "name": self.name, "article": FINDING_ARTICLE[self.finding]}
        return data | ({"tie": self.tie_id} if self.tie_id else {})


def check(candidate: Candidate, people: Iterable[Person], past: Past) -> list[Found]:
    """Every tie between a mediator and the people of a dispute (R2-22), the gravest first."""
    everybody = tuple(people)
    found = [tie for person in everybody for tie in _ties(candidate, person)]
    found += [tie for person in everybody for tie in _kept(past, person)]
    if past.capacities & BARRED:
        found.append(Found(Finding.ALREADY_TOOK_PART))
    found += [Found(Finding.FORMER_AGENT, name) for name in past.represented]
    return sorted(dict.fromkeys(found), key=lambda tie: -_gravity(tie.finding))


def _kept(past: Past, person: Person) -> list[Found]:
    """What the ledger says about this person: recognised by identity; equal names alone are a question."""
    found = []
    for known in past.ledger:
        verdict = past.verdicts.get((known.tie_id, person.name))
        if known.other_name and known.other_name == person.firm:
            # A firm in a power of attorney has a name and no number: the same answer is asked for.
            verdict = past.verdicts.get((known.tie_id, person.firm))
            meets = match(known, "", person.firm, verdict=verdict)
            name = person.firm
        else:
            meets = match(known, person.person_key, person.name, verdict=verdict)
            name = person.name
        if meets is not Match.NO:
            finding = finding_of(known, of_agent=person.is_agent) if meets is Match.YES else Finding.SAME_NAME
            found.append(Found(finding, name, known.tie_id, person.person_key, person.is_organisation))
    return found


def _ties(candidate: Candidate, person: Person) -> list[Found]:
    if candidate.person_key and candidate.person_key == person.person_key:
        return [Found(Finding.SAME_PERSON, person.name)]
    checks = (
        (Finding.SAME_FIRM, person.is_agent and in_firm(candidate.employer, candidate.firm, person.firm)),
        (Finding.SAME_PHONE, bool(candidate.phone_key) and candidate.phone_key == person.phone_key),
        (Finding.SAME_ADDRESS, any(_same(candidate.address, address) for address in person.addresses)),
        (Finding.SAME_EMPLOYER, _same_employer(candidate, person)),
    )
    found = [
        Found(finding, person.name, key=person.person_key, is_organisation=person.is_organisation)
        for finding, applies in checks
        if applies
    ]
    if not found and _same_household(candidate, person):
        found.append(Found(Finding.SAME_SURNAME, person.name))
    return found


def in_firm(employer: str, firm: str, acting: str) -> bool:
    """Whether the firm that acts for a party is the mediator's own (R2-21)."""
    return _same(firm, acting) or _same(employer, acting)


def _same_employer(candidate: Candidate, person: Person) -> bool:
    """They work for the same employer, or one party is the employer or the mediation body itself."""
    if person.is_organisation:
        return _same(candidate.employer, person.name) or _same(candidate.organisation, person.name)
    return not person.firm and _same(candidate.employer, person.employer)


def _same_household(candidate: Candidate, person: Person) -> bool:
    # R2-22: the same surname in the same house is worth a question, not a bar.
    if person.is_organisation or not candidate.name or candidate.name[:1] != person.name[:1]:
        return False
    house = _house(candidate.address)
    return bool(house) and any(_house(address) == house for address in person.addresses)


def _same(one: str, other: str) -> bool:
    return bool(plain(one)) and plain(one) == plain(other)


def _house(address: str) -> str:
    """An address without the last door: 解放路1号2单元301室 and 解放路1号2单元302室 are one house."""
    return re.sub(r"\d+[室户]?$", "", plain(address))


def _gravity(finding: Finding) -> int:
    if finding in BLOCKING:
        return 3
    return 2 if finding in WAIVABLE or finding in TO_CLEAR else 1


def result(findings: Collection[Finding]) -> CheckResult:
    """What the findings together mean."""
    if BLOCKING.intersection(findings):
        return CheckResult.BLOCKED
    if TO_CLEAR.intersection(findings):
        return CheckResult.TO_CLEAR
    if WAIVABLE.intersection(findings):
        return CheckResult.WAIVABLE
    return CheckResult.WARNING if findings else CheckResult.CLEAR


def covered(findings: Collection[Finding], waived: Collection[Finding]) -> bool:
    """Whether an earlier consent of all parties covers everything that is found now: they waive only what they knew."""
    if BLOCKING.intersection(findings) or TO_CLEAR.intersection(findings):
        return False
    return WAIVABLE.intersection(findings) <= set(waived)
