"""What becomes of the demonstration's disputes once they are filed: fee, fast track, ordinary procedure, each manner of closing."""

from datetime import timedelta

from mediation.agreements.guard import ClauseFacts
from mediation.agreements.rules import ClauseKind
from mediation.agreements.services import drafting, settling
from mediation.agreements.services.sources import being_written
from mediation.assignment import services as assignments
from mediation.assignment.rules import Choice
from mediation.cli.outcomes import Outcome
from mediation.cli.stories import CLERK, who
from mediation.intake import services as intake
from mediation.kernel import clock
from mediation.litigation import services as litigation
from mediation.litigation.announcement import keeping as announcements
from mediation.litigation.announcement import publishing
from mediation.litigation.announcement.models import Announcement
from mediation.litigation.announcement.rules import Medium, Need
from mediation.litigation.bench import naming
from mediation.litigation.defence import evidence, serving
from mediation.litigation.defence import keeping as defences
from mediation.litigation.evidence import deciding
from mediation.litigation.evidence.models import EvidenceExtension
from mediation.litigation.evidence.rules import Cause
from mediation.litigation.relief import deciding as restoring
from mediation.litigation.relief.models import TimeRelief
from mediation.litigation.relief.rules import Hindrance
from mediation.litigation.rules import Effect, Manner, Procedure
from mediation.litigation.tariff import FeeKind
from mediation.notices.rules import ServiceMethod
from mediation.scheduling import services as scheduling
from mediation.scheduling.rules import ResourceKind

# Half of it is the limit below which a money claim is a small one (CPL art. 165).
WAGE_FEN, WAGE_SOURCE = 9_000_000, "演示用数字，非公布数据"


class CaseStory(Outcome):
    """A filed case, to its end."""

    # ---- mediated after filing ---------------------------------------------------------------------------------------

    def entrusted_in_ordinary(self) -> None:
        """To be tried in ordinary procedure: fifteen days for the mediation (S4 art. 27)."""
        self.answered()
        with self.at(13):
            self.case = intake.file_now(who("clerk"), self.dispute)
        with self.at(14):
            self.assignment = assignments.issue(
                who("clerk"), self.dispute, choice=Choice.DESIGNATED, mediator_id=self.mediator.mediator_id,
                procedure=Procedure.ORDINARY_SOLE, reason="该调解员曾联系双方当事人，熟悉纠纷情况。",
            )  # fmt: skip
        with self.at(16):
            assignments.accept(self.mediator, self.assignment)

    def settled_after_filing(self) -> None:
        """Agreed in the prior mediation; closed in another manner, without a document."""
        self.agreed()
        self.later(1)
        self._named("guide")
        with self.at(10):
            litigation.close_case(who("guide"), self.case, Manner.OTHER, note="当事人申请撤回起诉，协议即时履行。")

    def mediation_document(self) -> None:
        """Agreed in the prior mediation; the parties wanted the court's own document."""
        self.agreed()
        self.later(1)
        self._named("guide")
        with self.at(10):
            litigation.issue_mediation_document(
                who("guide"), self.case, agreed_on=self.day,
                clauses=litigation.settled_clauses(who("guide"), self.case) or ["双方按调解协议履行。"],
                effect=Effect.ON_AGREEMENT, fee_fen=2_500, fee_bearer="被告",
                clerk_name=CLERK, how="entrusted", organisation="历下区人民调解委员会",
            )  # fmt: skip

    def _named(self, judge: str) -> None:
        """The registry names who tries the case; the parties are told (CPL art. 131)."""
        with self.at(9):
            naming.name(who("clerk"), self.case, judge_id=who(judge).id)

    # ---- the fee -----------------------------------------------------------------------------------------------------

    def _demand(self) -> None:
        self.later(2)
        with self.at(9):
            litigation.issue_fee_notice(who("clerk"), self.case, kind=FeeKind.PROPERTY, received_on=self.day)
        with self.at(10):
            serving.send(who("clerk"), self.case, on=self.day)

    def fee_demanded(self) -> None:
        self.filed()
        self._demand()

    def fee_after_failure(self) -> None:
        """The prior mediation failed: only now the fee is demanded (S12 points 5, 6)."""
        self.failed_and_filed()
        self._demand()

    def relief_asked(self) -> None:
        self.fee_demanded()
        self.later(1)
        with self.at(10):
            litigation.ask_relief(who("clerk"), self.case, words="申请缓交诉讼费，附收入证明。")

    def fee_not_paid(self) -> None:
        self.fee_demanded()
        self.later(9)
        self._named("guide")
        with self.at(10):
            litigation.close_case(
                who("guide"), self.case, Manner.DEEMED_WITHDRAWN, note="逾期未交纳案件受理费。", clerk_name=CLERK
            )

    # ---- the track ---------------------------------------------------------------------------------------------------

    def _pay(self) -> None:
        self.later(1)
        with self.at(10):
            litigation.record_payment(who("clerk"), self.case)

    @property
    def _procedure(self) -> Procedure:
        return Procedure.SMALL if 2 * (self.dispute.amount_fen or 0) <= WAGE_FEN else Procedure.SUMMARY

    def on_fast_track(self) -> None:
        self.fee_demanded()
        self._pay()
        self._to_fast_track()

    def _to_fast_track(self) -> None:
        judge = who("fasttrack")
        with self.at(11):
            tribunal = scheduling.resources(who("triage"), (ResourceKind.TRIBUNAL,))[self.n % 3]
            litigation.to_fast_track(
                who("triage"), self.case, tribunal_id=tribunal.id, judge_id=judge.id, procedure=self._procedure
            )

    def _served(self) -> None:
        """The defendant signs for the plaint copy at the court."""
        names = {party.id: party.name for party in self.parties}
        with self.at(13):
            for one in defences.of_case(self.case):
                serving.serve(
                    who("clerk"), one, method=ServiceMethod.DIRECT, on=self.day, receiver=names[one.party_id]
                )  # fmt: skip

    def in_defence(self) -> None:
        """Served; the time to answer runs, and the judge has set the time for evidence."""
        self.on_fast_track()
        self._served()
        with self.at(14):
            evidence.set_evidence(who("fasttrack"), self.case, days=7, on=self.day)

    def evidence_time_asked(self) -> EvidenceExtension:
        """The defendant needs more time for evidence; the judge has not decided yet (S2 art. 100)."""
        self.in_defence()
        self.later(1)
        with self.at(10):
            return deciding.ask(
                who("clerk"),
                self.case,
                party_id=self.parties[1].id,
                on=self.day,
                reason="银行流水须向开户行调取，尚未取得。",
            )

    def evidence_time_granted(self) -> None:
        request = self.evidence_time_asked()
        with self.at(15):
            deciding.decide(who("fasttrack"), request, granted=True, days=5)

    def evidence_time_refused(self) -> None:
        """Refused; what came after the time was decided on as late evidence (S2 art. 102)."""
        request = self.evidence_time_asked()
        with self.at(15):
            deciding.decide(who("fasttrack"), request, granted=False, reason="该证据由申请人自行保管，无须延长。")
        self.later(14)
        with self.at(10):
            deciding.decide_late(
                who("fasttrack"), self.case, party_id=self.parties[1].id, what="微信聊天记录打印件三页", on=self.day,
                reason="手机送修，未能及时打印。", cause=Cause.CARELESS, basic=False,
            )  # fmt: skip

    def evidence_time_dropped(self) -> None:
        """The suit is withdrawn before the judge has decided."""
        self.evidence_time_asked()
        self.later(1)
        with self.at(10):
            litigation.close_case(
                who("fasttrack"), self.case, Manner.WITHDRAWN, note="原告申请撤诉。", clerk_name=CLERK
            )

    def defended(self) -> None:
        """The statement of defence came."""
        self.in_defence()
        self.later(3)
        with self.at(10):
            serving.receive(who("clerk"), defences.of_case(self.case)[0], on=self.day)

    def defence_passed_on(self) -> None:
        self.defended()
        self.later(1)
        with self.at(10):
            serving.pass_on(who("clerk"), defences.of_case(self.case)[0], on=self.day)

    def time_missed(self) -> TimeRelief:
        """The defendant lay in hospital while the time to answer ran out, and asks for it anew (CPL art. 86)."""
        self.on_fast_track()
        self._served()
        limit = defences.time_to_answer(defences.of_case(self.case)[0])
        if limit is None:
            raise RuntimeError(f"story {self.n}: no time to answer")
        self.day = min(limit.final_on + timedelta(days=1), clock.local(self.now).date())
        self.later(1)
        with self.at(10):
            return restoring.ask(
                who("clerk"), self.dispute, deadline_id=limit.id, party_id=self.parties[1].id, hindrance=Hindrance.OTHER,
                reason="因病住院治疗，附住院病历和出院小结。", ended_on=self.day, asked_on=self.day,
            )  # fmt: skip

    def time_restored(self) -> None:
        relief = self.time_missed()
        with self.at(15):
            restoring.decide(who("fasttrack"), relief, granted=True, until=self.day + timedelta(days=10))

    def time_not_restored(self) -> None:
        relief = self.time_missed()
        with self.at(15):
            restoring.decide(who("fasttrack"), relief, granted=False, note="住院期间可以委托他人提交答辩状。")

    def relief_taken_back(self) -> None:
        relief = self.time_missed()
        with self.at(15):
            restoring.withdraw(who("clerk"), relief)

    def to_be_heard(self) -> None:
        """A hearing is fixed: both sides came to the court and need no time for evidence or defence (S2 art. 266)."""
        self.on_fast_track()
        self._served()
        with self.at(13):
            serving.waive(who("fasttrack"), self.case, on=self.day)
        self._set_hearing()

    def _set_hearing(self) -> None:
        judge = who("fasttrack")
        with self.at(14):
            free = scheduling.free_times(
                judge, kinds=(ResourceKind.TRIBUNAL,), judge_ids=(judge.id,), party_ids=[p.id for p in self.parties],
                length=timedelta(minutes=60), resource_id=self.case.tribunal_id, limit=1,
            )[0]  # fmt: skip
            booking = litigation.set_hearing(
                judge, self.case, starts_at=free.span.starts_at, ends_at=free.span.ends_at, tribunal_id=free.resource_id
            )
        self.starts = booking.starts_at

    def heard(self) -> None:
        self.to_be_heard()
        self.day = clock.local(self.starts).date()
        if self.starts > self.now:
            raise RuntimeError(f"story {self.n} begins too late: its hearing would be in the future")
        with self.after(60):
            litigation.heard(who("fasttrack"), self.case, on=self.day)

    def judged(self) -> None:
        self.heard()
        with self.after(120):
            litigation.close_case(who("fasttrack"), self.case, Manner.JUDGMENT)

    def settled_in_court(self) -> None:
        """On the fast track the judge brings about a settlement, with a document that binds at once."""
        self.heard()
        with self.after(90):
            plaintiff, defendant = self.parties[:2]
            pay = ClauseFacts(
                0, ClauseKind.PAY, defendant.id, plaintiff.id, amount_fen=(self.dispute.amount_fen or 100_000) // 2,
                due_on=self.day + timedelta(days=30), account=f"{plaintiff.name}，演示银行，账号尾号0001",
            )  # fmt: skip
            drafting.write_clause(who("fasttrack"), being_written(self.case), pay)
            settling.draw_up(
                who("fasttrack"), self.case, agreed_on=self.day, effect=Effect.ON_AGREEMENT, fee_fen=2_500, fee_bearer="被告",
                clerk_name=CLERK,
            )  # fmt: skip

    def fast_and_withdrawn(self) -> None:
        self.on_fast_track()
        self.later(2)
        with self.at(10):
            litigation.close_case(
                who("fasttrack"), self.case, Manner.WITHDRAWN, note="原告申请撤诉。", clerk_name=CLERK
            )

    def converted(self) -> None:
        """Not so simple after all: from the fast track into the ordinary procedure."""
        self.to_be_heard()
        with self.at(16):
            litigation.convert(who("fasttrack"), self.case, reason="需要对工程质量进行鉴定。", clerk_name=CLERK)

    def ordinary(self) -> None:
        self.fee_demanded()
        self._pay()
        with self.at(11):
            litigation.to_ordinary(who("triage"), self.case)
        self._named("guide")
        self._served()
        with self.at(14):
            evidence.set_evidence(who("guide"), self.case, days=20, on=self.day)

    def announced(self) -> Announcement:
        """Nobody knows where the defendant is: the plaint copy is announced (CPL art. 95)."""
        self.fee_demanded()
        self._pay()
        with self.at(11):
            litigation.to_ordinary(who("triage"), self.case)
        self._named("guide")
        self.later(2)
        with self.at(15):
            return publishing.publish(
                who("clerk"), self.case, target=announcements.targets(self.case)[0].key, need=Need.WHEREABOUTS,
                course="按户籍地和经常居住地邮寄均因查无此人退回，所在居民委员会出具证明称其去向不明。",
                points=self.dispute.claims, medium=Medium.ONLINE, outlet="人民法院公告网", published_on=self.day,
            )  # fmt: skip

    def served_by_announcement(self) -> None:
        """The thirty days are over; the time to answer runs."""
        made = self.announced()
        limit = announcements.clock_of(made)
        self.day = limit.final_on if limit is not None else self.day
        self.later(1)
        with self.at(9):
            publishing.complete(who("clerk"), made)

    def announced_and_found(self) -> None:
        made = self.announced()
        self.later(3)
        with self.at(16):
            publishing.call_off(who("clerk"), made)

    def refused_by_ruling(self) -> None:
        """The suit is dismissed by ruling: the conditions for suing are not met."""
        self.filed()
        self.later(3)
        self._named("guide")
        with self.at(10):
            litigation.close_case(who("guide"), self.case, Manner.DISMISSED, note="同一纠纷已有生效裁判。")
