"""Cases of the demonstration in which evidence came late by intent, and the fine for it (CPL arts 68, 118, 119)."""

from mediation.cli.joining import JoiningStory
from mediation.cli.stories import CLERK, who
from mediation.litigation import services as litigation
from mediation.litigation.evidence import deciding as evidence
from mediation.litigation.evidence.rules import Cause
from mediation.litigation.fines import deciding
from mediation.litigation.fines.models import EvidenceFine
from mediation.litigation.fines.rules import Review
from mediation.litigation.rules import Manner
from mediation.notices.rules import ServiceMethod


class FiningStory(JoiningStory):
    """A fine in every state."""

    def fine_proposed(self) -> EvidenceFine:
        self.in_defence()
        self.later(7)
        with self.at(10):
            late = evidence.decide_late(
                who("fasttrack"), self.case, party_id=self.parties[1].id, what="房屋交接单原件", on=self.day,
                reason="一直由本人保管，未予提交。", cause=Cause.INTENT, basic=True,
            )  # fmt: skip
            return deciding.propose(
                who("fasttrack"), self.case, late, amount_fen=200_000, reason="自始持有该证据而不提交，致使诉讼迟延。"
            )

    def fine_not_approved(self) -> None:
        fine = self.fine_proposed()
        with self.at(15):
            deciding.decide(who("president"), fine, approved=False, note="情节较轻，予以训诫即可。")

    def fine_dropped(self) -> None:
        self.fine_proposed()
        with self.at(15):
            litigation.close_case(
                who("fasttrack"), self.case, Manner.WITHDRAWN, note="原告申请撤诉。", clerk_name=CLERK
            )

    def fine_ordered(self) -> EvidenceFine:
        """Approved and served; the three days run (S2 art. 185)."""
        fine = self.fine_proposed()
        with self.at(15):
            deciding.decide(who("president"), fine, approved=True)
        with self.at(16):
            deciding.serve(who("clerk"), fine, method=ServiceMethod.DIRECT, on=self.day, receiver="本人")
        return fine

    def fine_changed(self) -> None:
        """Reconsidered: the intermediate court makes it half (S2 art. 186)."""
        fine = self.fine_ordered()
        self.later(1)
        with self.at(10):
            deciding.ask_review(who("clerk"), fine, on=self.day, reason="家庭困难，数额过高。")
        self.later(3)
        number = f"（{self.day.year}）鲁01司惩复{self.n}号"
        with self.at(10):
            deciding.answer_review(
                who("clerk"), fine, review=Review.CHANGED, number=number, on=self.day, amount_fen=100_000
            )
