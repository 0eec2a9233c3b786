"""The guard G1-G12, rule by rule, without a database."""

from dataclasses import replace
from datetime import date

import pytest

from mediation.agreements import guard, labels
from mediation.agreements.guard import AgreementFacts, ClauseFacts, Objection, examine, lpr
from mediation.agreements.rules import ClauseKind
from mediation.kernel import law

TODAY = date(2026, 3, 2)
LATER = date(2026, 3, 31)
TENANT, LANDLORD = 1, 2

GOOD = {
    ClauseKind.PAY: {"amount_fen": 120_000, "due_on": LATER, "account": "刘某，某银行，6222"},
    ClauseKind.INSTALMENTS: {
        "amount_fen": 120_000,
        "account": "刘某，某银行，6222",
        "instalments": ((60_000, date(2026, 4, 1)), (60_000, date(2026, 5, 1))),
    },
    ClauseKind.DELIVER: {"text": "房门钥匙两把", "due_on": LATER, "place": "某小区1号楼"},
    ClauseKind.VACATE: {"place": "某小区1号楼101室", "due_on": LATER},
    ClauseKind.REPAIR: {"text": "卫生间浴霸", "due_on": LATER},
    ClauseKind.END_CONTRACT: {"text": "房屋租赁合同", "due_on": LATER},
    ClauseKind.APOLOGISE: {"method": "书面", "due_on": LATER},
    ClauseKind.OTHER: {"text": "水电费由租户结清"},
}


def clause(kind: ClauseKind = ClauseKind.PAY, **over: object) -> ClauseFacts:
    sides = {"debtor_id": LANDLORD, "creditor_id": TENANT}
    return ClauseFacts(position=1, kind=kind, **(sides | GOOD[kind] | over))


def agreement(*clauses: ClauseFacts, **over: object) -> AgreementFacts:
    base = {
        "party_ids": frozenset({TENANT, LANDLORD}),
        "clauses": clauses or (clause(),),
        "facts": "双方签订房屋租赁合同，因灯泡和浴霸维修发生争议。",
        "drafted_on": TODAY,
    }
    return AgreementFacts(**(base | over))


def said(facts: AgreementFacts) -> set[Objection]:
    return {found.objection for found in examine(facts)}


@pytest.mark.parametrize("kind", list(ClauseKind))
def test_a_complete_clause_of_each_kind_passes(kind):
    assert said(agreement(clause(kind))) == set()


@pytest.mark.parametrize(
    ("kind", "field", "objection"),
    [
        (ClauseKind.PAY, "amount_fen", Objection.AMOUNT_MISSING),
        (ClauseKind.PAY, "due_on", Objection.DUE_MISSING),
        (ClauseKind.PAY, "account", Objection.ACCOUNT_MISSING),
        (ClauseKind.INSTALMENTS, "amount_fen", Objection.AMOUNT_MISSING),
        (ClauseKind.INSTALMENTS, "account", Objection.ACCOUNT_MISSING),
        (ClauseKind.DELIVER, "text", Objection.OBJECT_MISSING),
        (ClauseKind.DELIVER, "place", Objection.PLACE_MISSING),
        (ClauseKind.DELIVER, "due_on", Objection.DUE_MISSING),
        (ClauseKind.VACATE, "place", Objection.PLACE_MISSING),
        (ClauseKind.VACATE, "due_on", Objection.DUE_MISSING),
        (ClauseKind.REPAIR, "text", Objection.OBJECT_MISSING),
        (ClauseKind.REPAIR, "due_on", Objection.DUE_MISSING),
        (ClauseKind.END_CONTRACT, "text", Objection.OBJECT_MISSING),
        (ClauseKind.END_CONTRACT, "due_on", Objection.DUE_MISSING),
        (ClauseKind.APOLOGISE, "method", Objection.METHOD_MISSING),
        (ClauseKind.APOLOGISE, "due_on", Objection.DUE_MISSING),
        (ClauseKind.OTHER, "text", Objection.OBJECT_MISSING),
    ],
)
def test_what_a_clause_needs(kind, field, objection):
    empty = None if field in {"amount_fen", "due_on"} else ""
    assert said(agreement(clause(kind, **{field: empty}))) == {objection}


def test_money_may_be_paid_by_another_way_than_an_account():
    assert said(agreement(clause(account="", method="现金，当面点清"))) == set()


@pytest.mark.parametrize("kind", sorted(set(ClauseKind) - guard.WITHOUT_SIDES))
def test_an_obligation_has_two_sides(kind):
    assert Objection.PARTY_MISSING in said(agreement(clause(kind, debtor_id=None)))
    assert Objection.PARTY_MISSING in said(agreement(clause(kind, creditor_id=None)))


def test_sides_are_two_parties_of_this_dispute():
    assert said(agreement(clause(creditor_id=LANDLORD))) == {Objection.SAME_PARTY}
    assert said(agreement(clause(creditor_id=99))) == {Objection.STRANGER}


def test_instalments_add_up_in_order_and_lie_ahead():
    first, second = date(2026, 4, 1), date(2026, 5, 1)
    short = clause(ClauseKind.INSTALMENTS, instalments=((60_000, first), (50_000, second)))
    assert said(agreement(short)) == {Objection.INSTALMENTS_SUM}
    turned = clause(ClauseKind.INSTALMENTS, instalments=((60_000, second), (60_000, first)))
    assert said(agreement(turned)) == {Objection.INSTALMENTS_ORDER}
    past = clause(ClauseKind.INSTALMENTS, instalments=((60_000, date(2026, 3, 1)), (60_000, first)))
    assert said(agreement(past)) == {Objection.DUE_PAST}
    one = clause(ClauseKind.INSTALMENTS, instalments=((120_000, first),))
    assert said(agreement(one)) == {Objection.INSTALMENTS_MISSING}


def test_a_date_in_the_past_is_refused_and_today_is_not():
    assert said(agreement(clause(due_on=date(2026, 3, 1)))) == {Objection.DUE_PAST}
    assert said(agreement(clause(due_on=TODAY))) == set()


@pytest.mark.parametrize("word", guard.VAGUE_WORDS)
def test_vague_words_are_refused_and_named(word):
    found = [f for f in examine(agreement(clause(condition=f"房东{word}退还"))) if f.objection is Objection.VAGUE]
    assert word in {f.words for f in found}
    assert all(f.blocks and f.position == 1 for f in found)


def test_court_made_documents_do_not_send_back_to_judgment():
    text = "如一方不履行本协议，另一方可以请求人民法院裁判"
    assert Objection.NEW_JUDGMENT in said(agreement(breach=text, court_made=True, costs="各半负担"))
    assert Objection.NEW_JUDGMENT not in said(agreement(breach=text))


def test_a_guarantee_names_who_gives_it():
    text = clause(ClauseKind.OTHER, text="由保证人承担连带责任")
    assert said(agreement(text)) == {Objection.GUARANTOR_MISSING}
    assert said(agreement(text, guarantor="张某")) == set()


def test_after_filing_somebody_bears_the_fee():
    assert said(agreement(court_made=True)) == {Objection.COSTS_MISSING}


def test_what_cannot_be_confirmed_is_not_planned_for_confirmation():
    assert said(agreement(confirmable=False)) == {Objection.NOT_CONFIRMABLE}
    assert said(agreement(confirmable=False, confirmation_planned=False)) == set()
    title = clause(ClauseKind.OTHER, text="房屋所有权归甲方所有")
    assert said(agreement(title)) == {Objection.TITLE}
    assert said(agreement(title, confirmation_planned=False)) == set()


def test_warnings_do_not_block():
    found = examine(agreement(clause(ClauseKind.OTHER, text="由第三方代为保管钥匙")))
    assert {f.objection for f in found} == {Objection.THIRD_PARTY}
    assert not any(f.blocks for f in found)


def test_interest_on_private_loans_is_measured_against_four_times_the_lpr():
    high = clause(interest_permille=121)
    assert said(agreement(high, private_loan=True)) == {Objection.INTEREST}
    assert said(agreement(clause(interest_permille=120), private_loan=True)) == set()
    assert said(agreement(high)) == set()


def test_the_lpr_is_that_of_the_day():
    assert lpr(date(2024, 7, 21)) == 34.5
    assert lpr(date(2024, 7, 22)) == 33.5
    assert lpr(date(2010, 1, 1)) == 42.5
    assert [day for day, _ in guard.LPR] == sorted(day for day, _ in guard.LPR)


def test_the_whole_is_examined_too():
    assert Objection.NO_CLAUSE in said(replace(agreement(), clauses=()))
    assert said(agreement(facts="租房")) == {Objection.FACTS_MISSING}
    assert said(agreement(unauthorised_agents=("孙律师",))) == {Objection.NO_SPECIAL_AUTHORITY}


@pytest.mark.parametrize("objection", list(Objection))
def test_each_objection_has_words_and_an_article_of_the_law(objection):
    assert str(labels.OBJECTION[objection])
    assert law.cite(guard.ARTICLE[objection])
