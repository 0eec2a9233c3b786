"""Every kind of tie between a mediator and a dispute, what it means, and whether consent helps."""

import pytest

from mediation.assignment import conflicts
from mediation.assignment.conflicts import Candidate, Found, Past, Person
from mediation.assignment.rules import CheckResult, Finding
from mediation.assignment.ties.rules import Known, TieKind
from mediation.disputes.rules import Capacity
from mediation.kernel import law

WANG = Candidate(
    name="王调解",
    person_key="h1:wang",
    phone_key="h1:phone",
    address="历下区解放路1号2单元301室",
    employer="山东明德律师事务所",
    organisation="历下区人民调解委员会",
)
NOBODY_KNOWN = Past()


def found(*people: Person, past: Past = NOBODY_KNOWN, candidate: Candidate = WANG) -> list[Finding]:
    return [tie.finding for tie in conflicts.check(candidate, people, past)]


def test_strangers_have_no_tie():
    party = Person("刘某", "h1:liu", "h1:other", ("历下区泉城路9号", "外地"), "某公司")
    agent = Person("陈某", "h1:chen", "h1:else", firm="山东正大律师事务所", is_agent=True)
    company = Person("济南某商贸有限公司", "h1:company", is_organisation=True)
    assert found(party, agent, company) == []
    assert conflicts.result([]) is CheckResult.CLEAR


TIES = [
    (Person("刘某", person_key="h1:wang"), Finding.SAME_PERSON),
    (Person("刘某", person_key="h1:wang", is_agent=True), Finding.SAME_PERSON),
    (Person("刘某", phone_key="h1:phone"), Finding.SAME_PHONE),
    (Person("刘某", phone_key="h1:phone", is_agent=True), Finding.SAME_PHONE),
    (Person("刘某", addresses=("历下区解放路1号2单元301室",)), Finding.SAME_ADDRESS),
    (Person("刘某", addresses=("", "历下区 解放路１号2单元301室")), Finding.SAME_ADDRESS),
    (Person("刘某", employer="山东明德律师事务所"), Finding.SAME_EMPLOYER),
    (Person("山东明德律师事务所", is_organisation=True), Finding.SAME_EMPLOYER),
    (Person("历下区人民调解委员会", is_organisation=True), Finding.SAME_EMPLOYER),
    (Person("陈某", firm="山东明德律师事务所", is_agent=True), Finding.SAME_FIRM),
    (Person("王某", addresses=("历下区解放路1号2单元302室",)), Finding.SAME_SURNAME),
]


@pytest.mark.parametrize(("person", "finding"), TIES)
def test_each_tie_is_found_with_its_name(person, finding):
    assert conflicts.check(WANG, [person], NOBODY_KNOWN) == [Found(finding, person.name)]


NO_TIES = [
    Person("王某", addresses=("历下区泉城路9号",)),
    Person("刘某", addresses=("历下区解放路1号2单元302室",)),
    Person("王氏商贸", addresses=("历下区解放路1号2单元302室",), is_organisation=True),
    Person("刘某", person_key="", phone_key="", addresses=("",), employer=""),
]


@pytest.mark.parametrize("person", NO_TIES)
def test_what_is_no_tie(person):
    assert found(person) == []


def test_empty_data_never_agrees_with_empty_data():
    assert found(Person("刘某"), candidate=Candidate(name="")) == []


@pytest.mark.parametrize("capacity", Capacity)
def test_an_earlier_part_in_the_same_dispute(capacity):
    barred = {Capacity.JUDGED, Capacity.CONFIRMED, Capacity.GUIDED, Capacity.AGENT}
    past = Past(capacities=frozenset({capacity}))
    assert found(past=past) == ([Finding.ALREADY_TOOK_PART] if capacity in barred else [])


def test_a_former_agent_of_a_party():
    past = Past(represented=("刘某",))
    assert conflicts.check(WANG, [Person("刘某")], past) == [Found(Finding.FORMER_AGENT, "刘某")]


# --- the ledger -------------------------------------------------------------------------------------------------------

AGENT_OF_FIRM = Person("陈某", "h1:chen", firm="山东正大律师事务所", is_agent=True)
KNOWN_LIU = Known(1, TieKind.KIN, "h1:liu", "刘某")
NAMED_LIU = Known(2, TieKind.CLIENT, "", "刘某")
LEDGER = [
    (KNOWN_LIU, Person("刘某", "h1:liu"), {}, Finding.RELATIVE),
    # The number decides, whatever the name is now; and another number is another person.
    (KNOWN_LIU, Person("刘某某", "h1:liu"), {}, Finding.RELATIVE),
    (KNOWN_LIU, Person("刘某", "h1:another"), {}, None),
    # The name alone is a question, until somebody answers it.
    (KNOWN_LIU, Person("刘某"), {}, Finding.SAME_NAME),
    (NAMED_LIU, Person("刘某", "h1:liu"), {}, Finding.SAME_NAME),
    (NAMED_LIU, Person("刘某", "h1:liu"), {(2, "刘某"): False}, None),
    (NAMED_LIU, Person("刘某", "h1:liu"), {(2, "刘某"): True}, Finding.CLIENT),
    (NAMED_LIU, Person("刘某", "h1:liu"), {(9, "刘某"): True}, Finding.SAME_NAME),
    (NAMED_LIU, Person("汪某"), {}, None),
    # The same law firm bars when it acts, and only while it lasts; for a party it is a tie like others.
    (Known(3, TieKind.FIRM, "h1:chen", "陈某"), AGENT_OF_FIRM, {}, Finding.SAME_FIRM),
    (Known(3, TieKind.FIRM, "h1:chen", "陈某", ended=True), AGENT_OF_FIRM, {}, Finding.OTHER_TIE),
    (Known(3, TieKind.FIRM, "h1:liu", "刘某"), Person("刘某", "h1:liu"), {}, Finding.SAME_EMPLOYER),
    (Known(4, TieKind.FIRM, "h1:code", "山东正大律师事务所"), AGENT_OF_FIRM, {}, Finding.SAME_NAME),
    (
        Known(4, TieKind.FIRM, "h1:code", "山东正大律师事务所"),
        AGENT_OF_FIRM,
        {(4, "山东正大律师事务所"): True},
        Finding.SAME_FIRM,
    ),
    (Known(5, TieKind.FORMER_AGENCY, "h1:liu", "刘某"), Person("刘某", "h1:liu"), {}, Finding.FORMER_AGENT),
    (Known(5, TieKind.ACCOUNT, "h1:liu", "刘某"), Person("刘某", "h1:liu"), {}, Finding.SAME_ACCOUNT),
    (Known(5, TieKind.EMPLOYER, "h1:liu", "刘某", ended=True), Person("刘某", "h1:liu"), {}, Finding.OTHER_TIE),
]


@pytest.mark.parametrize(("known", "person", "verdicts", "finding"), LEDGER)
def test_what_the_ledger_says_about_somebody(known, person, verdicts, finding):
    assert found(person, past=Past(ledger=(known,), verdicts=verdicts)) == ([finding] if finding else [])


def test_the_entry_stands_beside_what_was_found():
    (tie,) = conflicts.check(WANG, [Person("刘某", "h1:liu")], Past(ledger=(KNOWN_LIU,)))
    assert tie.as_data()["tie"] == KNOWN_LIU.tie_id


def test_the_firm_on_the_list_bars_as_well_as_the_employer():
    lawyer = Candidate(name="王调解", employer="某大学", firm="山东正大律师事务所")
    assert found(AGENT_OF_FIRM, candidate=lawyer) == [Finding.SAME_FIRM]


def test_a_name_that_is_not_cleared_cannot_be_waived():
    assert not conflicts.covered([Finding.SAME_NAME], [Finding.SAME_NAME])
    assert conflicts.result([Finding.SAME_NAME, Finding.RELATIVE]) is CheckResult.TO_CLEAR


MEANING = {
    Finding.SAME_PERSON: CheckResult.BLOCKED,
    Finding.SAME_FIRM: CheckResult.BLOCKED,
    Finding.ALREADY_TOOK_PART: CheckResult.BLOCKED,
    Finding.SAME_PHONE: CheckResult.WAIVABLE,
    Finding.SAME_ADDRESS: CheckResult.WAIVABLE,
    Finding.SAME_EMPLOYER: CheckResult.WAIVABLE,
    Finding.SAME_ACCOUNT: CheckResult.WAIVABLE,
    Finding.FORMER_AGENT: CheckResult.WAIVABLE,
    Finding.CLIENT: CheckResult.WAIVABLE,
    Finding.RELATIVE: CheckResult.WAIVABLE,
    Finding.INTEREST: CheckResult.WAIVABLE,
    Finding.OTHER_TIE: CheckResult.WAIVABLE,
    Finding.SAME_SURNAME: CheckResult.WARNING,
    Finding.SAME_NAME: CheckResult.TO_CLEAR,
}


@pytest.mark.parametrize("finding", Finding)
def test_what_each_finding_means(finding):
    assert conflicts.result([finding]) is MEANING[finding]
    assert law.cite(conflicts.FINDING_ARTICLE[finding])


def test_the_gravest_finding_decides_and_stands_first():
    past = Past(capacities=frozenset({Capacity.JUDGED}), represented=("刘某",))
    people = [Person("王某", addresses=("历下区解放路1号2单元302室",)), Person("刘某", phone_key="h1:phone")]
    kinds = found(*people, past=past)
    assert kinds[0] is Finding.ALREADY_TOOK_PART
    assert kinds[-1] is Finding.SAME_SURNAME
    assert conflicts.result(kinds) is CheckResult.BLOCKED
    assert conflicts.result(kinds[1:]) is CheckResult.WAIVABLE


def test_parties_waive_only_what_they_were_told():
    assert conflicts.covered([Finding.SAME_PHONE], [Finding.SAME_PHONE])
    assert conflicts.covered([Finding.SAME_PHONE, Finding.SAME_SURNAME], [Finding.SAME_PHONE])
    assert not conflicts.covered([Finding.SAME_PHONE, Finding.RELATIVE], [Finding.SAME_PHONE])
    assert not conflicts.covered([Finding.ALREADY_TOOK_PART], [Finding.ALREADY_TOOK_PART])
    assert conflicts.covered([], [])


def test_what_is_kept_with_the_check():
    assert Found(Finding.RELATIVE, "刘某").as_data() == {
        "finding": "relative",
        "name": "刘某",
        "article": "S4 art. 15(1); S5 art. 13(1)",
    }
