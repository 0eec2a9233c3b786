"""How a paper names the sides: 申请人 and 被申请人 before filing, 原告 and 被告 from filing on (CPL art. 122)."""

import re
from collections.abc import Mapping

from mediation.disputes.rules import PartyRole

BEFORE_FILING: Mapping[PartyRole, str] = {
    PartyRole.APPLICANT: "申请人",
    PartyRole.RESPONDENT: "被申请人",
    PartyRole.THIRD: "第三人",
}
AFTER_FILING: Mapping[PartyRole, str] = {
    PartyRole.APPLICANT: "原告",
    PartyRole.RESPONDENT: "被告",
    PartyRole.THIRD: "第三人",
}

# Not a side of the suit: who applied for retrial, enforcement, preservation, arbitration, an appraisal or insurance;
# nor 申请人民法院 and the like, where the word ends after 申请.
_SIDES = re.compile(
    r"(?<!再审)(?<!执行)(?<!保全)(?<!仲裁)(?<!鉴定)(?<!投保)(被?)申请人(?!民法院|民检察院|民调解|民政府|身安全|身损害|事仲裁|事争议)"
)


def sides(*, filed: bool) -> Mapping[PartyRole, str]:
    """The words for the sides as the matter stands."""
    return AFTER_FILING if filed else BEFORE_FILING


def as_litigants(text: str) -> str:
    """A text written before filing, with the sides named as the suit names them."""
    return _SIDES.sub(lambda found: "被告" if found[1] else "原告", text)
