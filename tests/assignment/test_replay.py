"""What is kept of a choice, replaying it, somebody else than suggested, and the levers; on a real database."""

import pytest
import sqlalchemy as sa

from mediation.assignment import services
from mediation.assignment.choice import Levers, Part
from mediation.assignment.models import LeverSet
from mediation.assignment.rules import Choice, Occasion, Status
from mediation.assignment.services import levers
from mediation.disputes import services as disputes
from mediation.intake import services as intake
from mediation.intake.rules import Answer
from mediation.intake.services import ConsentData
from mediation.kernel import audit, clock
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.roster import services as roster
from mediation.roster.models import Mediator
from mediation.roster.rules import Obstacle
from tests import builders


def mediator(name: str) -> Mediator:
    return db.session.scalars(sa.select(Mediator).where(Mediator.name == name)).one()


def change(who: Mediator, actor, **values) -> None:
    with transaction():
        with db.session.no_autoflush:
            for name, value in values.items():
                setattr(who, name, value)
        audit.record(actor, "edit", who)


def events(record) -> list[audit.AuditEvent]:
    rows = sa.select(audit.AuditEvent).where(
        audit.AuditEvent.subject_type == record.__tablename__, audit.AuditEvent.subject_id == record.id
    )
    return list(db.session.scalars(rows))


# --- kept and replayed ------------------------------------------------------------------------------------------------


def test_everything_is_kept_and_replays_to_the_same_whatever_happens_later(clerk, wang, zhao):
    assignment = builders.make_assignment(clerk)
    change(mediator("王调解"), clerk, max_open=1, languages=["en"])
    db.session.expire_all()
    (record,) = services.records_of(assignment)
    assert (record.occasion, record.levers, record.suggested_id, record.chosen_id, record.reason) == (
        Occasion.ISSUE, 0, wang.mediator_id, wang.mediator_id, "",
    )  # fmt: skip
    dispute = disputes.get(clerk, assignment.dispute_id)
    assert record.seed == f"{dispute.receipt_no}/{clock.today().isoformat()}/1"
    verdict = services.replayed(record)
    assert verdict.same
    assert not verdict.differences
    # The trail tells points, seed, lots, version and the first reason for everybody who was not chosen.
    facts = events(record)[0].facts
    assert facts["others"] == {str(zhao.mediator_id): Part.STRENGTH.value}
    assert facts["points"][str(wang.mediator_id)]["total"] == 200 + 300 + 100
    assert facts["points"][str(wang.mediator_id)]["lot"]
    assert (facts["seed"], facts["levers"], facts["digest"]) == (record.seed, 0, record.digest)
    assert list(audit.verify()) == []


def test_what_is_kept_can_be_neither_changed_nor_deleted(clerk):
    record = services.records_of(builders.make_assignment(clerk))[0]
    for statement in (
        sa.text("UPDATE choice_record SET seed = 'x' WHERE id = :id"),
        sa.text("DELETE FROM choice_record WHERE id = :id"),
    ):
        with pytest.raises(sa.exc.DatabaseError), db.session.begin_nested():
            db.session.execute(statement, {"id": record.id})


def test_no_name_and_no_number_of_a_person_is_kept(clerk):
    record = services.records_of(builders.make_assignment(clerk))[0]
    kept = str(record.inputs) + str(record.result)
    for word in ("王调解", "刘某", "汪某", "13800000011", builders.TENANT_ID):
        assert word not in kept


def test_facts_changed_past_the_trail_are_found(clerk):
    record = services.records_of(builders.make_assignment(clerk))[0]
    with db.session.no_autoflush:
        db.session.expunge(record)
        record.inputs["mediators"][0]["open_cases"] = 12
        verdict = services.replayed(record)
    assert not verdict.same
    assert not verdict.untouched


def test_the_counter_of_the_seed_counts_the_handing_over(clerk, wang):
    first = builders.make_assignment(clerk)
    services.decline(wang, first, reason="超出擅长领域")
    second = builders.make_assignment(clerk, services.dispute_of(first), mediator="赵调解")
    record = services.records_of(second)[0]
    assert record.seed.endswith("/2")
    # Who gave it back comes after everybody else.
    assert record.suggested_id == mediator("赵调解").id
    assert services.replayed(record).same


# --- somebody else than suggested -------------------------------------------------------------------------------------


def test_somebody_else_only_with_a_reason_which_is_kept(clerk, zhao):
    dispute = builders.make_consented(clerk)
    with pytest.raises(DomainError) as refused:
        services.issue(clerk, dispute, choice=Choice.DESIGNATED, mediator_id=zhao.mediator_id)
    assert (refused.value.article, refused.value.field) == ("S4 art. 12", "reason")
    assert services.open_of(dispute.id) is None
    made = services.issue(
        clerk, dispute, choice=Choice.DESIGNATED, mediator_id=zhao.mediator_id, reason=" 曾调解同一小区的纠纷。 "
    )
    record = services.records_of(made)[0]
    assert (record.reason, record.chosen_id) == ("曾调解同一小区的纠纷。", zhao.mediator_id)
    assert events(record)[0].facts["others"][str(mediator("王调解").id)] == "not_followed"
    assert services.replayed(record).same


def test_a_joint_choice_needs_no_reason(clerk, zhao):
    dispute = builders.make_consented(clerk)
    for party in disputes.parties(dispute.id):
        intake.record_consent(
            clerk, dispute, ConsentData(party.id, Answer.AGREES, preferred_mediator_id=zhao.mediator_id)
        )
    made = services.issue(clerk, dispute, choice=Choice.JOINT, mediator_id=zhao.mediator_id)
    assert services.records_of(made)[0].choice is Choice.JOINT


def test_no_reason_helps_against_a_filter(clerk, zhao):
    roster.take_leave(clerk, mediator("赵调解"), from_on=clock.today(), to_on=clock.today())
    dispute = builders.make_consented(clerk)
    with pytest.raises(DomainError) as refused:
        services.issue(clerk, dispute, choice=Choice.DESIGNATED, mediator_id=zhao.mediator_id, reason="熟悉")
    assert refused.value.article == "S4 art. 10"


def test_nobody_is_suggested_when_all_are_excluded(clerk):
    for name in ("王调解", "赵调解"):
        roster.take_leave(clerk, mediator(name), from_on=clock.today(), to_on=clock.today())
    dispute = builders.make_consented(clerk)
    suggestion = services.suggest(clerk, dispute)
    assert suggestion.first is None
    assert [c.first_reason for c in suggestion.candidates] == [Obstacle.ON_LEAVE] * 2
    assert [number for _words, _article, number in suggestion.fallen_out] == [2]


def test_street_and_language_of_the_dispute_count(clerk, zhao):
    street = roster.streets(clerk)[0]
    change(mediator("赵调解"), clerk, street_id=street.id, languages=["sign"])
    dispute = builders.make_consented(
        clerk, street_id=street.id, parties=[builders.a_tenant(language="sign"), builders.a_landlord()]
    )
    found = services.suggest(clerk, dispute).of(zhao.mediator_id)
    assert (found.score.of(Part.DISTANCE), found.score.of(Part.LANGUAGE)) == (100, 200)


# --- an organisation --------------------------------------------------------------------------------------------------


@pytest.fixture
def offered(clerk, body):
    """With the organisation, which has two members."""
    change(mediator("赵调解"), clerk, organisation_id=body.organisation_id)
    dispute = builders.make_consented(clerk)
    return services.issue(clerk, dispute, choice=Choice.DESIGNATED, organisation_id=body.organisation_id)


def test_an_organisation_appoints_whom_the_same_rule_suggests(offered, body, wang):
    suggestion = services.suggest_member(body, offered)
    assert suggestion.outcome.suggested == wang.mediator_id
    services.accept(body, offered, mediator_id=wang.mediator_id)
    first, second = services.records_of(offered)
    assert (first.chosen_id, second.occasion, second.chosen_id) == (None, Occasion.APPOINT, wang.mediator_id)
    assert services.replayed(first).same
    assert services.replayed(second).same


def test_another_member_than_suggested_needs_a_reason(offered, body, zhao):
    with pytest.raises(DomainError):
        services.accept(body, offered, mediator_id=zhao.mediator_id)
    services.accept(body, offered, mediator_id=zhao.mediator_id, reason="驻该社区，便于上门。")
    assert services.records_of(offered)[1].reason == "驻该社区，便于上门。"


def test_an_organisation_appoints_another_member_and_the_period_runs_on(offered, body, wang, zhao):
    deadline = services.accept(body, offered, mediator_id=wang.mediator_id)
    services.reappoint(body, offered, mediator_id=zhao.mediator_id, reason="原调解员突发疾病。")
    assert (offered.mediator_id, offered.status) == (zhao.mediator_id, Status.ACCEPTED)
    assert services.clock_of(offered).id == deadline.id
    assert disputes.get(wang, offered.dispute_id) is None
    assert disputes.get(zhao, offered.dispute_id) is not None
    record = services.records_of(offered)[-1]
    assert (record.occasion, record.reason) == (Occasion.REAPPOINT, "原调解员突发疾病。")
    assert services.replayed(record).same
    assert list(audit.verify()) == []


@pytest.mark.parametrize("problem", ["same", "reason", "stranger", "clerk", "begun", "court"])
def test_when_no_other_member_is_appointed(offered, body, wang, zhao, clerk, problem):
    services.accept(body, offered, mediator_id=wang.mediator_id)
    if problem == "begun":
        builders.open_session(wang, offered)
        with pytest.raises(DomainError) as refused:
            services.reappoint(body, offered, mediator_id=zhao.mediator_id, reason="病假")
        assert refused.value.article == "S4 art. 13"
        assert refused.value.remedy
    elif problem == "clerk":
        with pytest.raises(NotPermitted):
            services.reappoint(clerk, offered, mediator_id=zhao.mediator_id, reason="病假")
    elif problem == "stranger":
        change(mediator("赵调解"), clerk, organisation_id=None)
        with pytest.raises(DomainError):
            services.reappoint(body, offered, mediator_id=zhao.mediator_id, reason="病假")
    elif problem == "court":
        other = builders.make_consented(clerk, parties=[builders.a_company(role="applicant"), builders.a_landlord()])
        named = services.issue(clerk, other, choice=Choice.DESIGNATED, mediator_id=wang.mediator_id)
        assert named.organisation_id == body.organisation_id
        with pytest.raises(DomainError) as refused:
            services.reappoint(body, named, mediator_id=zhao.mediator_id, reason="病假")
        assert refused.value.article == "S4 arts 12, 13"
    else:
        chosen = wang.mediator_id if problem == "same" else zhao.mediator_id
        with pytest.raises(DomainError):
            services.reappoint(body, offered, mediator_id=chosen, reason="病假" if problem == "same" else " ")
    assert offered.mediator_id == wang.mediator_id


# --- the organisation's pages ---------------------------------------------------------------------------------------


def test_on_the_page_the_organisation_names_whom_it_wants_with_a_reason(
    client_for, organisation_user, offered, wang, zhao
):
    browser = client_for(organisation_user)
    url = f"/assignments/{offered.id}/acceptance"
    shown = browser.get(url)
    names = [option.get_text() for option in shown.soup.select("select[name=mediator_id] option")]
    assert names[0] == "王调解 · 推荐"
    sent = {"on": clock.today().isoformat(), "mediator_id": zhao.mediator_id}
    refused = browser.post(url, sent, status=422)
    assert refused.errors()
    assert refused.field("mediator_id") == str(zhao.mediator_id)
    browser.post(url, sent | {"reason": "驻该社区，便于上门。"})
    assert services.records_of(offered)[1].reason == "驻该社区，便于上门。"
    assert offered.mediator_id == zhao.mediator_id


def test_a_member_who_falls_out_is_shown_with_the_first_reason(client_for, organisation_user, clerk, offered):
    roster.take_leave(clerk, mediator("王调解"), from_on=clock.today(), to_on=clock.today())
    shown = client_for(organisation_user).get(f"/assignments/{offered.id}/acceptance")
    assert "王调解" in shown.soup.find(id="excluded").get_text()
    assert [o.get_text() for o in shown.soup.select("select[name=mediator_id] option")] == ["赵调解 · 推荐"]


@pytest.fixture
def again(clerk, body, offered, zhao):
    """The other dispute of the same parties is with Zhao already, and this one is with the organisation too."""
    services.accept(body, offered, mediator_id=zhao.mediator_id, reason="驻该社区")
    other = builders.make_consented(clerk, claims="请求退还押金。")
    return services.issue(clerk, other, choice=Choice.DESIGNATED, organisation_id=body.organisation_id)


def test_an_organisation_sees_related_disputes_and_who_mediates_them(
    client_for, organisation_user, body, clerk, offered, again, zhao
):
    unseen = builders.make_consented(clerk, claims="请求赔偿。")
    shown = client_for(organisation_user).get(f"/assignments/{again.id}/acceptance").soup
    related = shown.find(id="related").get_text()
    assert "赵调解" in related
    assert disputes.get(clerk, offered.dispute_id).receipt_no in related or "诉前调" in related
    assert unseen.receipt_no not in related
    assert "赵调解 · 正在办理关联纠纷" in [o.get_text() for o in shown.select("select[name=mediator_id] option")]
    # Who mediates the related dispute is named without writing the reason again, as by the registry.
    sent = {"on": clock.today().isoformat(), "mediator_id": zhao.mediator_id}
    client_for(organisation_user).post(f"/assignments/{again.id}/acceptance", sent)
    assert "由同一调解员一并调解" in services.records_of(again)[-1].reason


def test_naming_another_member_on_the_page(
    client_for, organisation_user, body, clerk_li, mediator_wang, offered, zhao, wang
):
    services.accept(body, offered, mediator_id=wang.mediator_id)
    browser = client_for(organisation_user)
    url = f"/assignments/{offered.id}/member"
    assert browser.get(f"/disputes/{offered.dispute_id}").soup.select(f'a[href="{url}"]')
    assert "王调解" in browser.get(url).soup.find(id="name").get_text()
    kept = browser.post(url, {"mediator_id": zhao.mediator_id, "reason": ""}, status=422)
    assert kept.field("mediator_id") == str(zhao.mediator_id)
    assert browser.post(url, {"mediator_id": zhao.mediator_id, "reason": "病假"}).location.endswith(
        f"/disputes/{offered.dispute_id}"
    )
    assert services.get(body, offered.id).mediator_id == zhao.mediator_id
    client_for(clerk_li).get(url, status=403)
    client_for(mediator_wang).get(url, status=403)
    browser.get("/assignments/999999/member", status=404)


def test_whom_the_court_designated_the_page_leaves_to_the_court(client_for, organisation_user, body, clerk, wang):
    dispute = builders.make_consented(clerk)
    named = services.issue(clerk, dispute, choice=Choice.DESIGNATED, mediator_id=wang.mediator_id)
    browser = client_for(organisation_user)
    assert "由双方当事人协商选定或者由法院指定" in browser.get(f"/disputes/{dispute.id}").text
    refused = browser.get(f"/assignments/{named.id}/member", status=409)
    assert "由法院更换并另行指定调解员" in refused.text


# --- levers -----------------------------------------------------------------------------------------------------------


def test_the_president_sets_levers_with_a_reason_from_a_day_on(clerk, president_he):
    president = president_he.as_actor()
    tomorrow = clock.today().replace(year=clock.today().year + 1)
    made = levers.set_levers(president, Levers(strength=0, load=9), valid_from=tomorrow, reason="均衡分案")
    assert made.number == 1
    assert levers.on(clerk.court_id, clock.today()) == (0, Levers())
    assert levers.on(clerk.court_id, tomorrow) == (1, Levers(strength=0, load=9))
    assert events(made)[0].facts["changed"] == {"strength": [4, 0], "load": [3, 9]}
    levers.set_levers(president, Levers(load=10), valid_from=clock.today(), reason="先行试用")
    record = services.records_of(builders.make_assignment(clerk))[0]
    assert record.levers == 2
    assert record.inputs["levers"]["load"] == 10
    assert [kept.number for kept in levers.history(president)] == [2, 1]


def test_levers_of_another_court_weigh_nothing_here(clerk, president_he, clerk_of_other_court):
    levers.set_levers(president_he.as_actor(), Levers(load=10), valid_from=clock.today(), reason="试")
    assert levers.on(clerk_of_other_court.court_id, clock.today()) == (0, Levers())


@pytest.mark.parametrize(
    ("over", "field"),
    [({"reason": "  "}, "reason"), ({"past": True}, "valid_from"), ({"same": True}, ""), ({"nothing": True}, "")],
)
def test_when_levers_are_refused(president_he, over, field):
    weights = Levers() if over.get("same") else Levers(load=10)
    if over.get("nothing"):
        weights = Levers(0, 0, 0, 0, 0, 0)
    day = clock.today().replace(year=clock.today().year - 1) if over.get("past") else clock.today()
    with pytest.raises(DomainError) as refused:
        levers.set_levers(president_he.as_actor(), weights, valid_from=day, reason=over.get("reason", "试"))
    assert refused.value.field == field
    assert db.session.scalar(sa.select(sa.func.count(LeverSet.id))) == 0


def test_nobody_but_the_president_sets_levers(clerk):
    with pytest.raises(NotPermitted):
        levers.set_levers(clerk, Levers(load=10), valid_from=clock.today(), reason="试")


@pytest.mark.parametrize("values", [{"load": 11}, {"rest_days": 0}, {"margin": 501}, {"strength": -1}])
def test_the_database_refuses_levers_out_of_bounds(president_he, values):
    """Neither made up as a value nor written past the services."""
    with pytest.raises(ValueError, match="out of range"):
        Levers(**values)
    levers.set_levers(president_he.as_actor(), Levers(load=9), valid_from=clock.today(), reason="试")
    kept = sa.select(*(c for c in LeverSet.__table__.c if c.name != "id"))
    told = dict(db.session.execute(kept).mappings().one()) | {"number": 2} | values
    with pytest.raises(sa.exc.IntegrityError):
        db.session.connection().execute(sa.insert(LeverSet.__table__), told)
    db.session.rollback()
