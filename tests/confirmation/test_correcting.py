"""A slip in a confirmation ruling is put right by the judge who gave it (CPL art. 157; S2 art. 245)."""

import pytest

from mediation.disputes import services as disputes
from mediation.documents import services as documents
from mediation.kernel.errors import NotPermitted
from mediation.litigation.correcting import deciding
from mediation.litigation.correcting.rules import Mistake, Point
from tests.confirmation.test_enforcement import agreement, confirm  # noqa: F401 the agreement in effect
from tests.world import PASSWORD


def test_the_confirming_judge_corrects_the_ruling_and_no_other(judge_chen, judge_zhou, agreement):  # noqa: F811 the fixture
    ruled = confirm(agreement, serve=False)
    judge = judge_chen.as_actor()
    paper = documents.latest("ruling_valid", "confirmation", ruled.id)
    assert deciding.papers(judge, ruled.dispute_id) == [paper]
    name = disputes.parties(ruled.dispute_id)[0].name
    told = {
        "mistake": Mistake.CLERICAL, "points": [Point(name, f"{name}（更正）")], "reason": "姓名误写。", "clerk_name": "黎燚",
        "password": PASSWORD,
    }  # fmt: skip
    with pytest.raises(NotPermitted):
        deciding.rule(judge_zhou.as_actor(), paper, **told)
    made = deciding.rule(judge, paper, **told)
    written = documents.latest("correcting_ruling", "document_correction", made.id)
    assert written.data["matter"].endswith("申请司法确认调解协议一案")
    assert written.data["bench"] == [["审判员", judge_chen.name]]
