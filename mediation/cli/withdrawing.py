"""Recusal in the demonstration court, in each state that it takes (CPL arts 48-50)."""

from datetime import date

import sqlalchemy as sa

from mediation.cli.stories import who
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.rules import PartyRole
from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.litigation.models import LitigationCase
from mediation.litigation.recusal import deciding
from mediation.litigation.recusal.models import BenchRecusal
from mediation.litigation.recusal.rules import Answer, Function, Ground, Origin
from mediation.litigation.rules import Status

# What is said against the judge, and what follows in the course of the morning.
APPLICATIONS: tuple[tuple[Ground, str, tuple[str, ...]], ...] = (
    (Ground.OTHER_TIE, "审判员与原告的代理人系大学同学，往来密切，可能影响公正审理。", ()),
    (Ground.INTEREST, "审判员在被告开发的小区购有住房，与本案有利害关系。", ("dismiss", "ask_review")),
    (Ground.EARLIER_PART, "审判员曾在本纠纷的调解中提供咨询。", ("uphold",)),
    (Ground.OTHER_TIE, "审判员与原告同住一个小区。", ("dismiss",)),
    (Ground.OTHER_TIE, "审判员与被告曾在同一单位工作。", ("dismiss", "ask_review", "confirm")),
    (Ground.GIFTS, "听说审判员与原告一同用餐。", ("withdraw",)),
)
REASON = "所述情形与本案争议无关，不属于民事诉讼法第四十七条规定的情形。"
UPHELD = "审判员确曾参与本纠纷的处理，应当回避。"
AGAIN = "申请人仍认为可能影响公正审理。"


def recuse(today: date) -> None:
    """Applied for this morning in the latest cases on the fast track that have not been heard."""
    wanted = sa.select(LitigationCase).where(
        LitigationCase.status == Status.FAST_TRACK,
        LitigationCase.heard_on.is_(None),
        LitigationCase.judge_id.is_not(None),
    )
    cases = db.session.scalars(wanted.order_by(LitigationCase.id.desc()).limit(len(APPLICATIONS))).all()
    for case, (ground, statement, after) in zip(cases, APPLICATIONS, strict=True):
        people = disputes.parties(case.dispute_id)
        party = next(one for one in people if one.role is PartyRole.RESPONDENT)
        dispute = db.session.get_one(Dispute, case.dispute_id)
        wish = deciding.Application(
            Function.TRIAL_JUDGE, case.judge_id or 0, Origin.PARTY, ground, statement, today, party.id
        )  # fmt: skip
        with clock.pretend(min(clock.at(today, 8, 40), clock.now())):
            found = deciding.bring_up(who("clerk"), dispute, wish)
        with clock.pretend(min(clock.at(today, 11, 30), clock.now())):
            for step in after:
                _take(step, found, today)


def _take(step: str, found: BenchRecusal, today: date) -> None:
    if step == "withdraw":
        deciding.withdraw(who("clerk"), found)
    elif step == "ask_review":
        deciding.ask_review(who("clerk"), found, statement=AGAIN, on=today)
    else:
        answer = Answer.UPHOLD if step == "uphold" else Answer.DISMISS
        deciding.decide(who("president"), found, answer, reason=UPHELD if step == "uphold" else REASON)
