"""Disputes that belong together, shown to whoever hands one over, and given to the same mediator where that is lawful."""

import pytest
import sqlalchemy as sa

from mediation.assignment import services
from mediation.disputes import finding
from mediation.disputes.likeness import Relation
from mediation.intake import services as intake
from mediation.intake.rules import Answer
from mediation.intake.services import ConsentData
from mediation.kernel import audit, clock
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError
from mediation.roster import services as roster
from mediation.roster.models import Mediator
from tests import builders
from tests.traces import trail


def named(name: str) -> Mediator:
    return db.session.scalars(sa.select(Mediator).where(Mediator.name == name)).one()


@pytest.fixture
def pair(clerk, zhao):
    """One dispute with Zhao, who was not the suggested one, and another of the same parties."""
    first = builders.make_assignment(clerk, mediator="赵调解")
    other = builders.make_consented(clerk, claims="请求退还押金。")
    db.session.commit()
    return first, other


def test_the_same_parties_and_the_series_and_nobody_else(clerk):
    here = builders.make_dispute(clerk)
    again = builders.make_dispute(
        clerk, parties=[builders.a_landlord(role="applicant"), builders.a_tenant(role="respondent")]
    )
    stranger = builders.a_tenant(name="周某", id_no=builders.THIRD_ID, phone="13800000003")
    series = builders.make_dispute(clerk, parties=[stranger, builders.a_landlord()])
    builders.make_dispute(clerk, parties=[stranger, builders.a_landlord()], cause_code="4.10.138")
    builders.make_dispute(clerk, parties=[stranger, builders.a_company()])
    found = finding.related(clerk, here)
    assert [(one.id, one.relation) for one in found] == [
        (again.id, Relation.SAME_PARTIES),
        (series.id, Relation.SERIES),
    ]
    assert found[0].number == again.receipt_no
    assert found[0].title


def test_a_name_alone_makes_nothing_related(clerk):
    bare = {"id_type": None, "id_no": "", "phone": ""}
    here = builders.make_dispute(clerk, parties=[builders.a_tenant(**bare), builders.a_landlord(**bare)])
    builders.make_dispute(clerk, parties=[builders.a_tenant(**bare), builders.a_landlord(**bare)])
    assert finding.related(clerk, here) == []


def test_one_click_gives_it_to_the_same_mediator(client_for, clerk_li, pair, clerk, zhao):
    _first, other = pair
    browser = client_for(clerk_li)
    shown = browser.get(f"/disputes/{other.id}/mediator").soup.find(id="related")
    assert "赵调解" in shown.get_text()
    form = shown.find("form")
    sent = {field["name"]: field["value"] for field in form.find_all("input") if field["name"] != "csrf_token"}
    assert browser.post(form["action"], sent).location.endswith(f"/disputes/{other.id}")
    made = services.open_of(other.id)
    assert made.mediator_id == zhao.mediator_id
    (record,) = services.records_of(made)
    number = finding.related(clerk, other)[0].number
    assert record.reason == f"与{number}为相同当事人之间的纠纷，由同一调解员一并调解。"
    assert services.replayed(record).same
    assert "assignment.issue" in trail(other.id)
    # Twice is once.
    browser.post(form["action"], sent)
    assert len(services.of_dispute(other.id)) == 1


def test_load_leave_and_ties_are_asked_as_always(client_for, clerk_li, pair, clerk):
    first, other = pair
    zhao = named("赵调解")
    with transaction():
        zhao.max_open = 1
        audit.record(clerk, "edit", zhao)
    browser = client_for(clerk_li)
    shown = browser.get(f"/disputes/{other.id}/mediator").soup.find(id="related")
    assert shown.find("form") is None
    assert "第十二条" in shown.get_text()
    page = browser.post(f"/disputes/{other.id}/mediator/same", {"other_id": first.dispute_id}, status=409)
    assert "赵调解" not in page.errors()
    assert services.open_of(other.id) is None
    with transaction():
        zhao.max_open = 30
        audit.record(clerk, "edit", zhao)
    roster.take_leave(clerk, zhao, from_on=clock.today(), to_on=clock.today())
    with pytest.raises(DomainError):
        services.give_to_same(clerk, other, other_id=first.dispute_id)
    assert services.open_of(other.id) is None


def test_the_parties_own_choice_comes_first(client_for, clerk_li, pair, clerk):
    first, other = pair
    wang = named("王调解").id
    for party in builders.party_ids(other.id):
        intake.record_consent(clerk, other, ConsentData(party, Answer.AGREES, preferred_mediator_id=wang))
    assert client_for(clerk_li).get(f"/disputes/{other.id}/mediator").soup.find(id="related").find("form") is None
    with pytest.raises(DomainError):
        services.give_to_same(clerk, other, other_id=first.dispute_id)


def test_who_gave_it_back_does_not_mediate_it(clerk, zhao, pair):
    first, other = pair
    services.decline(zhao, first, reason="超出擅长领域")
    (one,) = services.siblings(clerk, other)
    assert one.mediator_id is None
    with pytest.raises(DomainError):
        services.give_to_same(clerk, other, other_id=first.dispute_id)


def test_only_a_related_dispute_counts(clerk, pair):
    stranger = builders.a_tenant(name="周某", id_no=builders.THIRD_ID, phone="13800000003")
    foreign = builders.make_consented(clerk, parties=[stranger, builders.a_company()])
    with pytest.raises(DomainError):
        services.give_to_same(clerk, foreign, other_id=pair[0].dispute_id)


@pytest.mark.parametrize(
    ("login", "status"), [("mediator_wang", 403), ("judge_wu", 403), ("clerk_of_other_court", 404)]
)
def test_nobody_else_hands_over(client_for, request, pair, login, status):
    browser = client_for(request.getfixturevalue(login))
    browser.post(f"/disputes/{pair[1].id}/mediator/same", {"other_id": pair[0].dispute_id}, status=status)
    assert services.open_of(pair[1].id) is None


def test_choosing_asks_a_bounded_number_of_questions(client_for, clerk_li, pair, clerk):
    """Twenty more of the series cost no more questions (ENGINEERING 3)."""
    from sqlalchemy import event

    heard: list[str] = []
    browser, url = client_for(clerk_li), f"/disputes/{pair[1].id}/mediator"
    browser.get(url)
    engine = db.session.get_bind()

    def hear(_connection, _cursor, statement, *_more) -> None:
        heard.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    try:
        browser.get(url)
        few = len(heard)
        for n in range(5):
            builders.make_assignment(clerk, builders.make_consented(clerk, claims=f"第{n}次"))
        db.session.commit()
        heard.clear()
        browser.get(url)
        assert len(heard) <= few + 1
    finally:
        event.remove(engine, "before_cursor_execute", hear)
