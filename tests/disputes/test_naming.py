"""The sides are named as the matter stands: applicant and respondent before filing, plaintiff and defendant after it."""

import pytest

from mediation.disputes import naming
from mediation.disputes.rules import PartyRole


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("申请人承租被申请人的房屋。", "原告承租被告的房屋。"),
        ("申请人自行更换灯泡，被申请人拒绝退款", "原告自行更换灯泡，被告拒绝退款"),
        ("申请人身份证号、申请人事后告知", "原告身份证号、原告事后告知"),
        ("双方申请人民法院确认", "双方申请人民法院确认"),
        ("向调解委员会申请人民调解", "向调解委员会申请人民调解"),
        ("申请人身安全保护令", "申请人身安全保护令"),
        ("财产保全申请人提供担保，再审申请人、执行申请人除外", "财产保全申请人提供担保，再审申请人、执行申请人除外"),
        ("原告刘某与第三人", "原告刘某与第三人"),
        ("", ""),
    ],
)
def test_a_text_of_intake_read_in_the_suit(before, after):
    assert naming.as_litigants(before) == after
    assert naming.as_litigants(after) == after


@pytest.mark.parametrize("filed", [False, True])
def test_every_side_has_its_word(filed):
    assert set(naming.sides(filed=filed)) == set(PartyRole)
