"""The screening engine: each exclusion, each flag, each result, without a database."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from mediation.disputes.rules import IdType, PartyKind, PartyRole
from mediation.intake import screening
from mediation.intake.rules import ScreeningResult
from mediation.intake.screening import Basis, DisputeFacts, Effect, Flag, PartyFacts, screen
from mediation.intake.suitability import Exclusion
from mediation.kernel import law

DAY = date(2026, 3, 2)
TENANCY = "4.10.116.2"
TENANT = PartyFacts(PartyRole.APPLICANT, id_type=IdType.RESIDENT, birth_date=date(1990, 1, 1), phone_key="h1:a")
LANDLORD = PartyFacts(PartyRole.RESPONDENT, id_type=IdType.RESIDENT, birth_date=date(1970, 1, 1), phone_key="h1:b")
FACTS = DisputeFacts(TENANCY, DAY, (TENANT, LANDLORD))


def test_the_tenancy_dispute_is_clean() -> None:
    found = screen(FACTS)
    assert found.clean
    assert found.result is ScreeningResult.SUITABLE


RESULTS = {
    Exclusion.SPECIAL_PROCEDURE: ScreeningResult.NOT_SUITABLE,
    Exclusion.STATUS_RELATION: ScreeningResult.NOT_SUITABLE,
    Exclusion.BY_NATURE: ScreeningResult.NOT_SUITABLE,
    Exclusion.REFUSED: ScreeningResult.NOT_SUITABLE,
    Exclusion.NOT_CIVIL: ScreeningResult.OUT_OF_SCOPE,
    Exclusion.OTHER_COURT: ScreeningResult.WRONG_COURT,
    Exclusion.ARBITRATION_FIRST: ScreeningResult.SUITABLE,
    Exclusion.SHAM: ScreeningResult.NOT_SUITABLE,
    Exclusion.PRESERVATION: ScreeningResult.SUITABLE,
}


@pytest.mark.parametrize("code", list(Exclusion))
def test_each_exclusion_has_its_result_and_article(code: Exclusion) -> None:
    found = screen(FACTS, exclusions=[code])
    assert [(f.code, f.basis) for f in found.findings] == [(code, Basis.PERSON)]
    assert found.result is RESULTS[code]
    assert not found.clean
    assert law.cite(found.findings[0].article)


@pytest.mark.parametrize(("one", "other"), list(product(Exclusion, Exclusion)))
def test_two_exclusions_together(one: Exclusion, other: Exclusion) -> None:
    order = [
        ScreeningResult.OUT_OF_SCOPE, ScreeningResult.WRONG_COURT, ScreeningResult.NOT_SUITABLE, ScreeningResult.SUITABLE,
    ]  # fmt: skip
    assert screen(FACTS, exclusions=[one, other]).result is min(RESULTS[one], RESULTS[other], key=order.index)


def test_a_cause_speaks_for_itself() -> None:
    found = screen(replace(FACTS, cause_code="2.2.17"), exclusions=[Exclusion.STATUS_RELATION])
    assert [(f.code, f.basis) for f in found.findings] == [(Exclusion.STATUS_RELATION, Basis.CAUSE)]


def test_labour_goes_to_arbitration_first_but_may_be_mediated_outside() -> None:
    wages = replace(FACTS, cause_code="7.19.205.5")
    found = screen(wages)
    assert [f.effect for f in found.findings] == [Effect.OUTSIDE_ONLY]
    assert found.result is ScreeningResult.SUITABLE
    assert screening.outside_only(f.code for f in found.findings)
    assert screen(replace(wages, arbitration_done=True)).clean


def test_arbitration_done_clears_nothing_else() -> None:
    assert screen(replace(FACTS, cause_code="2.2.17", arbitration_done=True)).findings


FLAGGED = {
    Flag.MASS: replace(FACTS, parties=(TENANT,) * 9 + (LANDLORD,)),
    Flag.MINOR: replace(FACTS, parties=(TENANT, replace(LANDLORD, birth_date=date(2008, 3, 3)))),
    Flag.FOREIGN: replace(FACTS, parties=(TENANT, replace(LANDLORD, id_type=IdType.FOREIGN_PASSPORT))),
    Flag.HMT: replace(FACTS, parties=(replace(TENANT, id_type=IdType.TAIWAN_PERMIT), LANDLORD)),
    Flag.FAILED_BEFORE: replace(FACTS, failed_on=DAY - timedelta(days=90)),
    Flag.SHAM_HINT: replace(FACTS, cause_code="4.10.108.3"),
    Flag.SAME_CONTACT: replace(FACTS, parties=(TENANT, replace(LANDLORD, phone_key="h1:a"))),
    Flag.CARE: replace(FACTS, cause_code="12.59.512"),
}


@pytest.mark.parametrize(("flag", "facts"), list(FLAGGED.items()))
def test_each_flag_the_facts_raise(flag: Flag, facts: DisputeFacts) -> None:
    found = screen(facts)
    assert found.flags == (flag,)
    assert found.result is ScreeningResult.SUITABLE
    assert not found.clean


def test_every_flag_is_raised_by_the_facts_or_ticked() -> None:
    assert set(Flag) == set(FLAGGED) | set(screening.TICKED_FLAGS)


@pytest.mark.parametrize("flag", screening.TICKED_FLAGS)
def test_each_flag_a_person_ticks(flag: Flag) -> None:
    assert screen(FACTS, flags=[flag]).flags == (flag,)


@pytest.mark.parametrize("flag", list(Flag))
def test_articles_of_flags_are_real(flag: Flag) -> None:
    if screening.FLAG_ARTICLE[flag]:
        assert law.cite(screening.FLAG_ARTICLE[flag])


@pytest.mark.parametrize(
    ("id_type", "flag"),
    [
        (IdType.FOREIGN_PASSPORT, Flag.FOREIGN), (IdType.FOREIGNER_CARD, Flag.FOREIGN), (IdType.HK_MACAO_PERMIT, Flag.HMT),
        (IdType.TAIWAN_PERMIT, Flag.HMT), (IdType.HMT_RESIDENCE, Flag.HMT), (IdType.RESIDENT, None), (IdType.USCC, None),
        (IdType.PASSPORT, None), (None, None),
    ],
)  # fmt: skip
def test_every_identity_document(id_type: IdType | None, flag: Flag | None) -> None:
    found = screen(replace(FACTS, parties=(replace(TENANT, id_type=id_type), LANDLORD)))
    assert found.flags == ((flag,) if flag else ())


def test_the_edges_of_the_flags() -> None:
    assert screen(replace(FACTS, parties=(TENANT,) * 8 + (LANDLORD,))).clean
    assert screen(replace(FACTS, failed_on=DAY - timedelta(days=91))).clean
    eighteen_today = replace(LANDLORD, birth_date=date(2008, 3, 2))
    assert screen(replace(FACTS, parties=(TENANT, eighteen_today))).clean
    child = replace(LANDLORD, birth_date=date(2015, 1, 1))
    assert screen(replace(FACTS, parties=(TENANT, replace(child, has_statutory_agent=True)))).clean
    company = PartyFacts(PartyRole.RESPONDENT, PartyKind.ORGANISATION, IdType.USCC)
    assert screen(replace(FACTS, parties=(TENANT, company))).clean


def test_same_contact_means_opposite_sides_and_something_given() -> None:
    couple = replace(TENANT, phone_key="h1:a", domicile="东关大街1号")
    assert screen(replace(FACTS, parties=(TENANT, couple, LANDLORD))).clean
    blank = replace(LANDLORD, phone_key="")
    assert screen(replace(FACTS, parties=(replace(TENANT, phone_key=""), blank))).clean
    neighbour = replace(LANDLORD, domicile="东关大街1号")
    assert screen(replace(FACTS, parties=(couple, neighbour))).flags == (Flag.SAME_CONTACT,)


def test_a_protection_order_tells_of_violence() -> None:
    found = screen(replace(FACTS, cause_code="11.51.481"))
    assert found.flags == (Flag.VIOLENCE,)
    assert found.result is ScreeningResult.NOT_SUITABLE


def test_a_private_loan_of_the_older_list() -> None:
    loan = replace(FACTS, cause_version="2020", cause_code="4.10.103.3", cause_name="民间借贷纠纷")
    assert screen(loan).flags == (Flag.SHAM_HINT,)


def test_ages_count_full_years() -> None:
    assert screening.age(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert screening.age(date(2008, 2, 29), date(2026, 3, 1)) == 18
