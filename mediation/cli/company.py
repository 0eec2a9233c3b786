"""Demonstration disputes in which more than one mediates, cases whose judge asks for more time, and objections of parties."""

from datetime import timedelta

from mediation.assignment.together import joining
from mediation.assignment.together.models import CoMediator
from mediation.assignment.together.rules import ChairBy, CoReason
from mediation.cli.stories import CLERK, who, working_day
from mediation.cli.times import TimeStory
from mediation.kernel import clock
from mediation.kernel.actor import system
from mediation.litigation import services as litigation
from mediation.litigation.jurisdiction import deciding as jurisdiction
from mediation.litigation.jurisdiction.models import JurisdictionObjection
from mediation.litigation.jurisdiction.rules import Answer as Ruled
from mediation.litigation.jurisdiction.rules import Origin
from mediation.litigation.limits import above, asking
from mediation.litigation.limits.models import HigherRequest, LimitExtension
from mediation.litigation.procedure import changing
from mediation.litigation.procedure.models import ProcedureObjection
from mediation.litigation.procedure.rules import Answer, Matter
from mediation.litigation.rules import Manner
from mediation.notices.rules import ServiceMethod

# Who is asked to join: nobody of the main stories.
BESIDE = "mediator12"


class CompanyStory(TimeStory):
    """Further mediators (S4 art. 13), and more time to try a case (CPL arts 152, 164, 168)."""

    # ---- together ----------------------------------------------------------------------------------------------------

    def _asked(self) -> CoMediator:
        self.accepted()
        with self.at(17):
            return joining.ask(
                who("clerk"), self.assignment, mediator_id=who(BESIDE).mediator_id or 0, why=CoReason.PROFESSIONAL,
                reason="涉及房屋质量问题，需要有专业知识的调解员共同调解。",
            )  # fmt: skip

    def joining_asked(self) -> None:
        self._asked()

    def _joined(self) -> CoMediator:
        found = self._asked()
        self.later(1)
        with self.at(9):
            joining.accept(who(BESIDE), found)
        return found

    def joined(self) -> None:
        self._joined()

    def joining_declined(self) -> None:
        found = self._asked()
        self.later(1)
        with self.at(9):
            joining.decline(who(BESIDE), found, reason="当日有其他调解，不能到场。")

    def joining_unanswered(self) -> None:
        """Three working days went by without an answer."""
        self._asked()
        self.later(5)
        with self.at(9):
            joining.expire_unanswered(system(self.dispute.court_id))

    def left(self) -> None:
        found = self._joined()
        with self.at(16):
            joining.leave(who("clerk"), found, reason="专业问题已经查明，不再需要。")

    def chaired(self) -> None:
        """All parties wish that the one who joined presides."""
        found = self._joined()
        with self.at(16):
            everyone = [p.id for p in self.parties]
            joining.preside(who("clerk"), self.assignment, found, by=ChairBy.PARTIES, party_ids=everyone)

    # ---- more time ---------------------------------------------------------------------------------------------------

    def _more_time(self) -> LimitExtension:
        self.on_fast_track()
        self.later(1)
        with self.at(10):
            return asking.ask(who("fasttrack"), self.case, months=1, reason="案情需要等待鉴定意见，无法在期限内审结。")

    def more_time_asked(self) -> None:
        self._more_time()

    def more_time_granted(self) -> None:
        asked = self._more_time()
        with self.at(16):
            asking.grant(who("president"), asked, note="情况属实。")

    def more_time_refused(self) -> None:
        asked = self._more_time()
        with self.at(16):
            asking.refuse(who("president"), asked, note="鉴定尚未启动，延长理由不成立。")

    def more_time_not_needed(self) -> None:
        """The claimant withdrew the suit; the application falls away with the limit."""
        self._more_time()
        self.later(1)
        with self.at(10):
            litigation.close_case(
                who("fasttrack"), self.case, Manner.WITHDRAWN, note="原告申请撤诉。", clerk_name=CLERK
            )

    def _asked_above(self) -> HigherRequest:
        """The president has approved all he may; the court asks the intermediate court (CPL art. 152)."""
        self.ordinary()
        self.later(2)
        with self.at(9):
            litigation.demand_supplement(who("clerk"), self.case, received_on=self.day)
        self._pay()
        limit = litigation.limit_of(self.case)
        self.day = (limit.final_on if limit else self.day) - timedelta(days=20)
        with self.at(10):
            asked = asking.ask(who("guide"), self.case, months=6, reason="房屋质量鉴定尚未完成。")
        with self.at(15):
            asking.grant(who("president"), asked, note="情况属实。")
        limit = litigation.limit_of(self.case)
        # Two weeks before the end; where that has not come yet, this week.
        lately = working_day(clock.local(self.now).date(), -4)
        self.day = min((limit.final_on if limit else self.day) - timedelta(days=14), lately)
        with self.at(9):
            return above.ask(
                who("guide"), self.case, authority="济南市中级人民法院", number=f"（{self.day.year}）鲁0102延请{self.n}号", asked_on=self.day,
                reason="房屋质量鉴定机构更换，鉴定意见尚未作出。",
            )  # fmt: skip

    def more_time_asked_above(self) -> None:
        self._asked_above()

    def more_time_above_not_needed(self) -> None:
        """The claimant withdrew the suit; the request fell away with the limit."""
        self._asked_above()
        self.later(2)
        with self.at(10):
            litigation.close_case(who("guide"), self.case, Manner.WITHDRAWN, note="原告申请撤诉。", clerk_name=CLERK)

    def more_time_above_in_vain(self) -> None:
        """The approval came when the suit had been withdrawn: kept, and nothing changes (CPL art. 152)."""
        self.more_time_above_not_needed()
        asked = above.requests_of(self.case.id)[-1]
        self.later(1)
        number = f"（{self.day.year}）鲁01延复{self.n}号"
        with self.at(15):
            above.note(who("clerk"), self.case, asked, approved=True, number=number, answered_on=self.day)

    def more_time_refused_above(self) -> None:
        asked = self._asked_above()
        self.later(2)
        with self.at(10):
            above.refuse(
                who("clerk"), self.case, asked, number=f"（{self.day.year}）鲁01延复{self.n}号", answered_on=self.day,
                note="鉴定迟延不属于特殊情况。",
            )  # fmt: skip

    def more_time_from_above(self) -> None:
        """The intermediate court approves three months more."""
        self._asked_above()
        self.later(2)
        with self.at(10):
            above.record(
                who("clerk"), self.case, authority="济南市中级人民法院", number=f"（{self.day.year}）鲁01延1号", approved_on=self.day,
                until=self.day + timedelta(days=100),
            )  # fmt: skip

    # ---- objections to the procedure and to the single judge ---------------------------------------------------------

    def _objected(self, matter: Matter, reason: str) -> ProcedureObjection:
        self.in_defence()
        self.later(1)
        with self.at(10):
            return changing.object_to(
                who("clerk"), self.case, party_id=self.parties[1].id, raised_on=self.day, reason=reason, matter=matter
            )

    def procedure_objected(self) -> None:
        self._objected(Matter.PROCEDURE, "案情复杂，需要鉴定，不宜适用现行程序。")

    def procedure_objection_upheld(self) -> None:
        """Into the ordinary procedure; the other half of the fee is asked for (S2 art. 199)."""
        found = self._objected(Matter.PROCEDURE, "双方对主要事实争议较大，需要鉴定。")
        with self.at(15):
            changing.decide(
                who("fasttrack"), found, Answer.ORDINARY, reason="本案须进行鉴定，异议成立。", clerk_name=CLERK
            )
        self.later(1)
        with self.at(9):
            litigation.demand_supplement(who("clerk"), self.case, received_on=self.day)

    def supplement_paid(self) -> None:
        self.procedure_objection_upheld()
        self._pay()

    def procedure_objection_rejected(self) -> None:
        found = self._objected(Matter.PROCEDURE, "认为案情复杂。")
        with self.at(15):
            changing.decide(
                who("fasttrack"),
                found,
                Answer.REJECT,
                reason="事实清楚，权利义务关系明确，争议不大。",
                clerk_name=CLERK,
            )

    # ---- objections to jurisdiction ----------------------------------------------------------------------------------

    def jurisdiction_questioned(self) -> JurisdictionObjection:
        """The defendant objects while there is time to answer (CPL art. 130)."""
        self.ordinary()
        self.later(1)
        with self.at(10):
            return jurisdiction.question(
                who("clerk"), self.case, origin=Origin.PARTY, party_id=self.parties[1].id, raised_on=self.day,
                reason="合同约定由被告住所地人民法院管辖。", court="济南市市中区人民法院",
            )  # fmt: skip

    def _ruled_on_jurisdiction(self, answer: Ruled) -> JurisdictionObjection:
        """Ruled, and served on the defendant."""
        found = self.jurisdiction_questioned()
        self.later(1)
        with self.at(10):
            jurisdiction.rule(
                who("guide"), found, answer, reasons="经审查，以合同履行地确定管辖。", court="济南市市中区人民法院",
                fee_fen=10_000, clerk_name=CLERK,
            )  # fmt: skip
        with self.at(11):
            jurisdiction.serve(
                who("clerk"), found, self.parties[1], method=ServiceMethod.DIRECT, on=self.day,
                receiver=self.parties[1].name,
            )  # fmt: skip
        return found

    def jurisdiction_rejected(self) -> None:
        self._ruled_on_jurisdiction(Ruled.REJECT)

    def jurisdiction_transfer_ruled(self) -> None:
        self._ruled_on_jurisdiction(Ruled.TRANSFER)

    def jurisdiction_appealed(self) -> JurisdictionObjection:
        """The defendant does not accept the rejection (CPL art. 171)."""
        found = self._ruled_on_jurisdiction(Ruled.REJECT)
        self.later(1)
        with self.at(10):
            jurisdiction.appeal(who("clerk"), found, party_id=self.parties[1].id, on=self.day)
        return found

    def jurisdiction_stays(self) -> None:
        self._above(Ruled.REJECT)

    def jurisdiction_away(self) -> None:
        """The higher court gives the case to another court; it is closed here."""
        self._above(Ruled.TRANSFER)
        with self.at(15):
            litigation.close_case(who("guide"), self.case, Manner.TRANSFERRED, note="移送济南市市中区人民法院。")

    def _above(self, answer: Ruled) -> None:
        found = self.jurisdiction_appealed()
        self.later(10)
        with self.at(10):
            jurisdiction.answered_above(
                who("clerk"), found, answer, above="济南市中级人民法院", number=f"（{self.day.year}）鲁01民辖终{self.n}号", on=self.day
            )  # fmt: skip

    def jurisdiction_dropped(self) -> None:
        """The defendant took the objection back."""
        found = self.jurisdiction_questioned()
        self.later(1)
        with self.at(10):
            jurisdiction.drop(who("clerk"), found)

    def bench_objected(self) -> None:
        """The single judge gives way to a panel (CPL art. 43)."""
        found = self._objected(Matter.BENCH, "本案属于新类型案件，不应由审判员一人独任审理。")
        with self.at(15):
            changing.decide(
                who("fasttrack"), found, Answer.PANEL, reason="属于新类型案件，异议成立。", clerk_name=CLERK
            )

    def objection_moot(self) -> None:
        """The suit was withdrawn before anybody decided."""
        self._objected(Matter.BENCH, "请求组成合议庭审理。")
        with self.at(16):
            litigation.close_case(
                who("fasttrack"), self.case, Manner.WITHDRAWN, note="原告申请撤诉。", clerk_name=CLERK
            )
