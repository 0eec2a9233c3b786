"""Recusal in the demonstration court: one waits for the president, one dismissal is under review (CPL arts 48-50)."""

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
from mediation.litigation.recusal.rules import Answer, Function, Ground, Origin
from mediation.litigation.rules import Status

APPLICATIONS = (
    (Ground.OTHER_TIE, "审判员与原告的代理人系大学同学，往来密切，可能影响公正审理。"),
    (Ground.INTEREST, "审判员在被告开发的小区购有住房，与本案有利害关系。"),
)


def recuse(today: date) -> None:
    """Applied for this morning in the two latest cases on the fast track; about the older one it was decided at noon."""
    wanted = sa.select(LitigationCase).where(LitigationCase.status == Status.FAST_TRACK)
    cases = db.session.scalars(wanted.order_by(LitigationCase.id.desc()).limit(len(APPLICATIONS))).all()
    for number, (case, (ground, statement)) in enumerate(zip(cases, APPLICATIONS, strict=False)):
        people = disputes.parties(case.dispute_id)
        party = next(one for one in people if one.role is PartyRole.RESPONDENT)
        if case.judge_id is None:  # pragma: no cover a case on the fast track has its judge
            continue
        dispute = db.session.get_one(Dispute, case.dispute_id)
        wish = deciding.Application(
            Function.TRIAL_JUDGE, case.judge_id, Origin.PARTY, ground, statement, today, party.id
        )  # fmt: skip
        with clock.pretend(min(clock.at(today, 8, 40), clock.now())):
            found = deciding.bring_up(who("clerk"), dispute, wish)
        if number:
            reason = "所购住房与本案争议无关，不属于民事诉讼法第四十七条规定的情形。"
            with clock.pretend(min(clock.at(today, 11, 30), clock.now())):
                deciding.decide(who("president"), found, Answer.DISMISS, reason=reason)
                deciding.ask_review(who("clerk"), found, statement="该小区物业费与本案判决结果有关。", on=today)
