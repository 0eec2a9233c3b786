"""Who tries a case (CPL arts 40, 44, 131): one judge, or a panel; named by the registry, told to the parties, signing the papers."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.disputes import services as disputes
from mediation.documents import making
from mediation.documents import services as documents
from mediation.documents.composing import compose
from mediation.kernel import audit, clock
from mediation.kernel.actor import Role
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.litigation import services
from mediation.litigation.bench import naming, rules, telling
from mediation.litigation.bench.rules import Naming, Obstacle
from mediation.litigation.models import LitigationCase
from mediation.litigation.rules import Manner, Procedure, Status
from mediation.litigation.tariff import FeeKind
from mediation.notices.models import Notice
from mediation.scheduling import services as scheduling
from mediation.scheduling.rules import ResourceKind
from tests.builders import make_dispute
from tests.litigation import together

CLEAR = Naming(Status.FILED, Procedure.ORDINARY_SOLE, {Role.GUIDING_JUDGE}, "伍法官")
PANEL = replace(CLEAR, procedure=Procedure.ORDINARY_PANEL, judges=("程法官",), assessors=("董陪审员",))


@pytest.mark.parametrize(
    ("naming_", "over", "found"),
    [
        (CLEAR, {}, []),
        (PANEL, {}, []),
        (CLEAR, {"status": Status.CLOSED}, [Obstacle.CLOSED]),
        (CLEAR, {"roles": {Role.CLERK}}, [Obstacle.NOT_A_JUDGE]),
        (CLEAR, {"status": Status.FAST_TRACK}, [Obstacle.NOT_FAST_TRACK]),
        (CLEAR, {"status": Status.FAST_TRACK, "roles": {Role.FAST_TRACK_JUDGE}}, []),
        (CLEAR, {"mediated": True}, [Obstacle.JUDGE_MEDIATED]),
        (CLEAR, {"apart": True}, [Obstacle.JUDGE_APART]),
        (CLEAR, {"judges": ("程法官",)}, [Obstacle.NO_PANEL]),
        (PANEL, {"assessors": ()}, [Obstacle.NOT_ODD]),
        (PANEL, {"judges": (), "assessors": ()}, [Obstacle.NOT_ODD]),
        (PANEL, {"judges": ("伍法官",)}, [Obstacle.TWICE]),
        (CLEAR, {"before": True}, [Obstacle.NO_REASON]),
        (CLEAR, {"before": True, "reason": "原承办人长期病假"}, []),
        (CLEAR, {"same": True, "before": True, "reason": "调整"}, [Obstacle.NOT_ANOTHER]),
    ],
)
def test_who_may_be_named(naming_, over, found):
    assert rules.obstacles(replace(naming_, **over)) == found


def test_every_obstacle_cites_its_article():
    assert set(rules.OBSTACLE_ARTICLE) == set(Obstacle)


@pytest.fixture
def guide(judge_wu):
    return judge_wu.as_actor()


@pytest.fixture
def case(clerk):
    made = services.file_case(clerk, make_dispute(clerk))
    db.session.commit()
    return made


@pytest.fixture
def before_panel(clerk, case):
    services.issue_fee_notice(clerk, case, kind=FeeKind.PROPERTY, received_on=clock.today())
    services.record_payment(clerk, case)
    services.to_ordinary(clerk, case, panel=True)
    db.session.commit()
    return case


def told(case):
    rows = sa.select(Notice).where(Notice.subject_type == "litigation_case", Notice.subject_id == case.id)
    return [one for one in db.session.scalars(rows) if one.kind == telling.KIND and one.superseded_at is None]


def test_sent_to_the_fast_track_the_parties_learn_who_the_judge_is(clerk, judge, case, tribunal):
    services.issue_fee_notice(clerk, case, kind=FeeKind.PROPERTY, received_on=clock.today())
    services.record_payment(clerk, case)
    services.to_fast_track(clerk, case, tribunal_id=tribunal.id, judge_id=judge.id)
    notes = told(case)
    assert len(notes) == len(disputes.parties(case.dispute_id))
    assert all(f"审判员{judge.name}" in note.text and "申请回避" in note.text for note in notes)


def test_who_knows_the_judge_already_is_not_told_again(clerk, judge, case, tribunal):
    naming.name(clerk, case, judge_id=judge.id)
    before = [note.id for note in told(case)]
    services.issue_fee_notice(clerk, case, kind=FeeKind.PROPERTY, received_on=clock.today())
    services.record_payment(clerk, case)
    services.to_fast_track(clerk, case, tribunal_id=tribunal.id, judge_id=judge.id)
    assert [note.id for note in told(case)] == before


def test_the_judge_is_named_and_every_party_told_at_once(clerk, guide, case):
    naming.name(clerk, case, judge_id=guide.id)
    assert services.judge_of(case) == guide.name
    notes = told(case)
    assert len(notes) == len(disputes.parties(case.dispute_id))
    assert all(f"审判员{guide.name}" in note.text and services.number_of(case) in note.text for note in notes)
    db.session.commit()
    assert "litigation_case.name_bench" in {event.action for event in audit.of_dispute(case.dispute_id)}


def test_another_judge_needs_a_reason_and_the_parties_hear_of_it(clerk, guide, judge, case):
    together.named(clerk, case, guide)
    with pytest.raises(DomainError) as refused:
        naming.name(clerk, case, judge_id=judge.id)
    assert refused.value.field == "reason"
    naming.name(clerk, case, judge_id=judge.id, reason="原承办法官长期病假")
    assert case.judge_id == judge.id
    assert all(f"审判员{judge.name}" in note.text for note in told(case))
    with pytest.raises(NotPermitted):
        services.close_case(guide, case, Manner.WITHDRAWN, clerk_name="黎燚")


def test_who_names(clerk, guide, judge, president, mediator_wang, clerk_of_other_court, case):
    for somebody in (judge, mediator_wang.as_actor(), clerk_of_other_court.as_actor()):
        with pytest.raises(NotPermitted):
            naming.name(somebody, case, judge_id=guide.id)
    naming.name(president, case, judge_id=guide.id)
    assert case.judge_id == guide.id


def test_nobody_but_a_judge_of_this_court(clerk, clerk_of_other_court, president, case):
    for number in (clerk.id, president.id, clerk_of_other_court.as_actor().id, 0):
        with pytest.raises(DomainError) as refused:
            naming.name(clerk, case, judge_id=number)
        assert (refused.value.field, case.judge_id) == ("judge_id", None)


def test_a_panel_signs_with_all_its_members(clerk, guide, before_panel):
    with pytest.raises(DomainError) as refused:
        naming.name(clerk, before_panel, judge_id=guide.id, judges=["程法官"])
    assert refused.value.article == "CPL art. 40"
    naming.name(clerk, before_panel, judge_id=guide.id, judges=["程法官"], assessors=["董陪审员"])
    services.close_case(guide, before_panel, Manner.WITHDRAWN, clerk_name="黎燚")
    paper = documents.latest("withdrawal_ruling", "litigation_case", before_panel.id)
    wanted = [["审判长", guide.name], ["审判员", "程法官"], ["人民陪审员", "董陪审员"]]
    assert paper.data["bench"] == wanted
    job = making.job_of(paper)
    text = compose(job.kind, job.sheet, job.data).html
    assert all(title in text and name in text for title, name in wanted)


def test_a_panel_of_one_rules_on_nothing_until_it_is_complete(clerk, judge, case, tribunal):
    services.issue_fee_notice(clerk, case, kind=FeeKind.PROPERTY, received_on=clock.today())
    services.record_payment(clerk, case)
    services.to_fast_track(clerk, case, tribunal_id=tribunal.id, judge_id=judge.id)
    services.convert(judge, case, reason="案情复杂", panel=True, clerk_name="黎燚")
    with pytest.raises(DomainError) as alone:
        services.close_case(judge, case, Manner.WITHDRAWN, clerk_name="黎燚")
    assert (alone.value.article, bool(alone.value.remedy)) == ("CPL art. 40", True)
    # Completing it is no change of the judge and needs no reason.
    together.panel(clerk, case, judge)
    services.close_case(judge, case, Manner.WITHDRAWN, clerk_name="黎燚")
    assert case.status is Status.CLOSED


def test_the_database_closes_no_case_without_its_judge(case):
    table = LitigationCase.__table__
    bare = sa.update(table).where(table.c.id == case.id)
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(bare.values(status="closed", closed_on=clock.today(), manner="other"))


@pytest.fixture
def tribunal(clerk):
    return scheduling.resources(clerk, (ResourceKind.TRIBUNAL,))[0]


# --- on the screen --------------------------------------------------------------------------------------------------


def test_named_on_the_page(client_for, clerk_li, judge_wu, judge_zhou, clerk_of_other_court, case):
    here = f"/cases/{case.id}"
    client_for(clerk_of_other_court).post(f"{here}/bench", {}, status=404)
    client_for(judge_zhou).post(f"{here}/bench", {}, status=403)
    counter = client_for(clerk_li)
    assert counter.get(here).soup.find(id="bench")
    assert client_for(judge_wu).get(here).soup.find(id="closing") is None
    assert counter.post(f"{here}/bench", {"bench-judge_id": ""}, status=422).errors()
    page = counter.post(f"{here}/bench", {"bench-judge_id": judge_wu.id, "bench-judges": "程法官"}, status=422)
    assert page.errors()
    assert page.soup.find(attrs={"name": "bench-judge_id"}).find("option", selected=True)["value"] == str(judge_wu.id)
    counter.post(f"{here}/bench", {"bench-judge_id": judge_wu.id})
    db.session.expire_all()
    assert db.session.get_one(LitigationCase, case.id).judge_id == judge_wu.id
    assert client_for(judge_wu).get(here).soup.find(id="closing")
    assert counter.get(here).soup.find(id="closing") is None
    client_for(judge_wu).get(f"{here}/mediation-document")
    counter.get(f"{here}/mediation-document", status=403)


def test_without_a_judge_the_page_says_what_is_missing(client_for, judge_wu, case):
    page = client_for(judge_wu).get(f"/cases/{case.id}/mediation-document", status=409)
    assert page.soup.select(".error-article")
    client_for(judge_wu).post(f"/cases/{case.id}/closing", {"closing-manner": "withdrawn"}, status=409)
