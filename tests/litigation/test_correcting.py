"""A mistake in a paper of the court is put right by a ruling; the paper stays as it was (CPL art. 157; S2 art. 245; S8 art. 13)."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from mediation.disputes import services as disputes
from mediation.documents import gallery
from mediation.documents import services as documents
from mediation.kernel import audit
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.litigation import services
from mediation.litigation.correcting import deciding
from mediation.litigation.correcting.models import DocumentCorrection
from mediation.litigation.correcting.rules import Mistake, Point
from mediation.litigation.joining import claiming, keeping
from mediation.litigation.joining.rules import Link
from mediation.litigation.rules import Effect
from mediation.notices.models import Notice
from mediation.notices.rules import ServiceMethod
from tests.litigation.test_defence import refusal
from tests.litigation.test_joining import DAY, bring, case  # noqa: F401 the case with its times
from tests.litigation.test_procedure import on
from tests.world import PASSWORD

WRONG, RIGHT = "与本按无关", "与本案无关"
TOLD = {
    "mistake": Mistake.CLERICAL, "points": [Point(WRONG, RIGHT)], "reason": "“案”字误写。", "clerk_name": "黎燚",
    "password": PASSWORD,
}  # fmt: skip


@pytest.fixture
def paper(clerk, judge, case):  # noqa: F811 the fixture
    claim = bring(clerk, case)
    with on(DAY):
        claiming.decide(judge, claim, link=Link.NONE, reason=f"所称费用{WRONG}。", clerk_name="黎燚")
    return keeping.ruling(claim)


def correct(judge, paper, **over):
    with on(DAY):
        return deciding.rule(judge, paper, **(TOLD | over))


def test_the_ruling_names_the_paper_and_the_passage_and_everybody_is_told(judge, paper):
    assert deciding.papers(judge, paper.dispute_id) == [paper]
    made = correct(judge, paper)
    ruling = documents.latest("correcting_ruling", "document_correction", made.id)
    text = "".join(line.text for line in gallery.reading(ruling))
    for said in (f"“{WRONG}”补正为“{RIGHT}”", paper.number, "第一百五十七条第一款第七项", "二百四十五条", "黎燚"):
        assert said in text
    assert (ruling.sealed, ruling.number) == (True, paper.number)
    rows = sa.select(Notice).where(Notice.kind == deciding.TOLD, Notice.dispute_id == paper.dispute_id)
    told = {notice.party_id for notice in db.session.scalars(rows)}
    assert told == {party.id for party in disputes.parties(paper.dispute_id)}
    assert list(documents.corrected_on(paper.id)) == [DAY]
    assert "document_correction.rule" in {entry.action for entry in audit.of_dispute(paper.dispute_id)}
    assert WRONG in "".join(line.text for line in gallery.reading(paper)), "the paper itself stays"


def test_a_second_slip_has_a_ruling_of_its_own(judge, paper):
    first, second = correct(judge, paper), correct(judge, paper, points=[Point("所称费用", "所称的费用")])
    assert deciding.corrected(paper.dispute_id) == [first, second]
    kinds = [one.kind for one in documents.of_dispute(judge, paper.dispute_id)]
    assert kinds.count("correcting_ruling") == 2
    assert deciding.papers(judge, paper.dispute_id) == [paper]


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"points": [Point("不在文书里", RIGHT)]}, "wrong"), ({"points": []}, "wrong"),
        ({"points": [Point(WRONG, WRONG)]}, "right"), ({"reason": " "}, "reason"), ({"clerk_name": " "}, "clerk_name"),
        ({"mistake": Mistake.UNLIKE_AGREEMENT}, "mistake"), ({"password": "wrong"}, "password"),
    ],
)  # fmt: skip
def test_refused_it_leaves_nothing(judge, paper, over, field):
    with pytest.raises(DomainError) as refused:
        correct(judge, paper, **over)
    assert refused.value.field == field
    assert deciding.corrected(paper.dispute_id) == []


def test_only_the_judge_who_decided_corrects_what_is_a_ruling(clerk, judge, judge_wu, president_he, paper):
    for somebody in (clerk, judge_wu.as_actor(), president_he.as_actor()):
        assert deciding.papers(somebody, paper.dispute_id) == []
        with pytest.raises(NotPermitted):
            correct(somebody, paper)
    receipt = next(one for one in documents.of_dispute(judge, paper.dispute_id) if one.kind == "filing_notice")
    with pytest.raises(NotPermitted):
        correct(judge, receipt)


def test_a_mediation_document_unlike_the_agreement_on_a_partys_objection(clerk, judge, case):  # noqa: F811 the fixture
    with on(DAY):
        made = services.issue_mediation_document(
            judge, case, agreed_on=DAY, clauses=["被告于2026年4月1日前支付一万元。"], effect=Effect.ON_RECEIPT, fee_fen=0,
            fee_bearer="被告", clerk_name="黎燚",
        )  # fmt: skip
        told = {"mistake": Mistake.UNLIKE_AGREEMENT, "points": [Point("一万元", "一万二千元")]}
        assert refusal(deciding.rule, judge, made, **(TOLD | told)).field == "document_id", "nobody has received it"
        party = disputes.parties(case.dispute_id)[0]
        services.serve(clerk, case, party, method=ServiceMethod.DIRECT, effective_on=DAY, receiver=party.name)
        assert refusal(deciding.rule, judge, made, **(TOLD | told)).field == "party_id"
    one = correct(judge, made, party_id=disputes.parties(case.dispute_id)[0].id, **told)
    text = "".join(
        line.text for line in gallery.reading(documents.latest("correcting_ruling", "document_correction", one.id))
    )
    assert "第十三条" in text
    assert "提出异议" in text


def test_the_database_keeps_it_as_it_is(judge, paper):
    made = correct(judge, paper)
    db.session.flush()
    rows = DocumentCorrection.__table__
    with pytest.raises(DatabaseError), db.session.begin_nested():
        db.session.execute(sa.update(rows).where(rows.c.id == made.id).values(reason="别的"))


def test_on_the_page(client_for, clerk_li, judge_zhou, judge_wu, president_he, clerk_of_other_court, judge, paper):
    here = f"/disputes/{paper.dispute_id}/corrections"
    told = {
        "correction-document_id": paper.id, "correction-mistake": "clerical", "correction-wrong": "不在文书里",
        "correction-right": RIGHT, "correction-reason": "误写。", "correction-clerk_name": "黎燚", "correction-password": PASSWORD,
    }  # fmt: skip
    with on(DAY):
        bench = client_for(judge_zhou)
        assert bench.get(f"/disputes/{paper.dispute_id}").soup.find("a", href=here)
        assert not client_for(judge_wu).get(f"/disputes/{paper.dispute_id}").soup.find("a", href=here)
        assert client_for(clerk_li).get(here).soup.find(class_="nothing")
        client_for(clerk_li).post(here, told, status=403)
        client_for(clerk_of_other_court).get(here, status=404)
        assert client_for(judge_wu).get(here).soup.find(class_="nothing")
        client_for(judge_wu).post(here, told, status=403)
        page = bench.post(here, told, status=422)
        assert page.field("correction-wrong") == "不在文书里"
        assert page.errors()
        bench.post(here, told | {"correction-wrong": WRONG})
        shown = bench.get(here)
        assert (shown.soup.find("del").get_text(), shown.soup.find("ins").get_text()) == (WRONG, RIGHT)
        at, counter = f"{here}/{deciding.corrected(paper.dispute_id)[0].id}/service", client_for(clerk_li)
        assert counter.get(f"/disputes/{paper.dispute_id}").soup.find("a", href=here)
        pre, party = at.split("/")[-2], disputes.parties(paper.dispute_id)[0]
        served = {
            f"served-{pre}-party_id": party.id, f"served-{pre}-method": "direct", f"served-{pre}-on": "今天",
            f"served-{pre}-receiver": "本人",
        }  # fmt: skip
        client_for(president_he).post(at, served, status=403)
        client_for(clerk_of_other_court).post(at, served, status=404)
        counter.post(at.replace(f"/{pre}/", "/99/"), served, status=404)
        assert counter.post(at, served | {f"served-{pre}-on": "后天"}, status=422).errors()
        counter.post(at, served)
        assert counter.post(at, served, status=422).errors(), "it has reached this party"
        documents.produce(paper.id)
        assert "补正" in client_for(None).get(f"/verify/{paper.code}").text
