"""What the parties of the demonstration said of mediations that were over, and what the registry did with it."""

import sqlalchemy as sa

from mediation.assignment.models import Assignment
from mediation.assignment.rating import asking, checking
from mediation.assignment.rating.models import Rating
from mediation.assignment.rating.rules import LOW, Aspect
from mediation.cli.stories import who
from mediation.disputes import people
from mediation.kernel.db import db
from mediation.roster.rules import Ground

SAID = (
    (5, "调解员很耐心，没一会就把事情理顺了。"), (4, ""), (5, "省时省力，不收费。"), (3, "时间安排可以再早一些。"),
    (2, "等候时间较长。"), (1, "认为调解员没有听完意见。"), (2, "约定的时间两次变更。"),
)  # fmt: skip
CLEARED, TAKEN_UP = 1, 2


def tell(court_id: int) -> None:
    """Seven parties have rated, one was asked and is silent; one low rating waits, one is cleared, one is a complaint."""
    clerk = who("clerk")
    over = sa.select(Assignment).where(
        Assignment.court_id == court_id, Assignment.end_code.is_not(None), Assignment.accepted_on.is_not(None)
    )
    # Those of today's disputes, not of the years before.
    found = db.session.scalars(over.order_by(Assignment.id.desc()).limit(len(SAID) + 1)).all()
    low: list[Rating] = []
    for place, assignment in enumerate(found):
        token = asking.ask(clerk, assignment, people.parties(assignment.dispute_id)[0])
        if place < len(SAID):
            score, comment = SAID[place]
            made = asking.rate(
                token,
                score=score,
                aspects={Aspect.ATTITUDE: score, Aspect.FAIRNESS: min(score + 1, 5)},
                comment=comment,
            )
            low += [made] if made is not None and score <= LOW else []
    checking.clear(clerk, low[CLEARED], note="已听取双方说明，调解员按程序分别听取了意见。")
    checking.complain(clerk, low[TAKEN_UP], ground=Ground.ETHICS, note="当事人称约定时间两次变更，未提前告知。")
