"""Cases of the demonstration that another party joins, or in which more is claimed than the suit (CPL arts 54, 59, 143)."""

from mediation.cli.cases import CaseStory
from mediation.cli.stories import CLERK, PASSWORD, who
from mediation.litigation import services as litigation
from mediation.litigation.correcting import deciding as correcting
from mediation.litigation.correcting.rules import Mistake, Point
from mediation.litigation.joining import claiming, keeping, letting_in, refusal
from mediation.litigation.joining.models import JoinedClaim
from mediation.litigation.joining.rules import Link, Origin, Place
from mediation.litigation.rules import Manner
from mediation.notices.rules import ServiceMethod


class JoiningStory(CaseStory):
    """Counterclaims in every state, and a third party."""

    def claim_brought(self) -> JoinedClaim:
        """The defendant brings a counterclaim; the judge has not decided (S2 art. 232)."""
        self.in_defence()
        self.later(1)
        with self.at(10):
            return claiming.bring(
                who("clerk"), self.case, party_id=self.parties[1].id, on=self.day,
                claims="判令反诉被告支付房屋修缮费用人民币2,600.00元。", grounds="房屋交还时墙面、地板多处损坏。", amount_fen=260_000,
            )  # fmt: skip

    def claim_joined(self) -> JoinedClaim:
        """Tried with the suit: half of the fee paid, a new time for evidence; no small claim any more (CPL art. 166)."""
        claim = self.claim_brought()
        with self.at(15):
            claiming.decide(who("fasttrack"), claim, link=Link.SAME_RELATION, days=10)
            claiming.pay(who("clerk"), claim, on=self.day)
        return claim

    def claim_refused(self, reason: str = "所称费用发生于另一处房屋，与本案无关。") -> None:
        claim = self.claim_brought()
        with self.at(15):
            claiming.decide(who("fasttrack"), claim, link=Link.NONE, reason=reason, clerk_name=CLERK)

    def ruling_corrected(self) -> None:
        """A slip in the ruling is put right by another (CPL art. 157)."""
        self.claim_refused("所称费用发生于另一处方屋，与本案无关。")
        self.later(1)
        with self.at(9):
            judge = who("fasttrack")
            correcting.rule(
                judge, correcting.papers(judge, self.dispute.id)[-1], mistake=Mistake.CLERICAL,
                points=[Point("另一处方屋", "另一处房屋")], reason="裁定书将“房屋”误写为“方屋”。", clerk_name=CLERK,
                password=PASSWORD,
            )  # fmt: skip
        self.later(1)
        with self.at(10):
            made = correcting.corrected(self.dispute.id)[-1]
            for party in self.parties:
                correcting.serve(
                    who("clerk"), made, party, method=ServiceMethod.DIRECT, on=self.day, receiver=party.name
                )

    def claim_appealed(self) -> None:
        """The defendant appeals because the counterclaim was not taken (CPL art. 171)."""
        self.claim_refused()
        claim = keeping.claims(self.case)[-1]
        self.later(1)
        with self.at(9):
            refusal.serve(who("clerk"), claim, method=ServiceMethod.DIRECT, on=self.day, receiver=self.parties[1].name)
        self.later(3)
        with self.at(10):
            refusal.appeal(who("clerk"), claim, on=self.day)

    def claim_withdrawn(self) -> None:
        claim = self.claim_joined()
        self.later(1)
        with self.at(10):
            claiming.withdraw(who("fasttrack"), claim, clerk_name=CLERK)

    def claim_dropped(self) -> None:
        """The suit is withdrawn before the judge has decided on the counterclaim."""
        self.claim_brought()
        self.later(1)
        with self.at(10):
            litigation.close_case(
                who("fasttrack"), self.case, Manner.WITHDRAWN, note="原告申请撤诉。", clerk_name=CLERK
            )

    def third_party(self) -> None:
        """The court gives notice to a third party whom the result concerns (CPL art. 59)."""
        self.in_defence()
        self.later(1)
        newcomer = letting_in.Newcomer(
            Place.THIRD_WITHOUT_CLAIM, "演示历下安居托管服务部", domicile="济南市历下区演示路18号"
        )
        with self.at(10):
            letting_in.decide(
                who("fasttrack"), self.case, newcomer, origin=Origin.COURT, on=self.day, granted=True, days=7,
                reason="案涉房屋由其代管，案件处理结果同其有法律上的利害关系。",
            )  # fmt: skip
