"""How the disputes of the demonstration end: agreement, performance, failure, confirmation by the court."""

from datetime import timedelta

from mediation.agreements.guard import ClauseFacts
from mediation.agreements.models import Agreement
from mediation.agreements.rules import ClauseKind, SignManner
from mediation.agreements.services import drafting, facts, failure, oral, performance, sessions, signing
from mediation.agreements.services.drafting import Draft
from mediation.assignment import services as assignments
from mediation.assignment.rules import EndCode
from mediation.cli.stories import CAUSES, PASSWORD, Story, who
from mediation.confirmation import services as confirmations
from mediation.confirmation.documents import USUAL_ANSWER
from mediation.confirmation.models import Confirmation
from mediation.confirmation.objections import deciding as objecting
from mediation.confirmation.objections.models import ConfirmationObjection
from mediation.confirmation.objections.rules import Ruled
from mediation.confirmation.rules import Exclusion, Finding, Ground, Lapse, Material, Question
from mediation.confirmation.services import Applicant
from mediation.intake import services as intake
from mediation.kernel import clock
from mediation.notices.rules import Channel, ServiceMethod
from mediation.periods.table import PeriodKey

PAPERS = (Material.APPLICATION, Material.AGREEMENT, Material.PRESIDED, Material.IDENTITY, Material.CONTACT)


class Outcome(Story):
    """A mediation comes to its end, and the agreement to the court."""

    agreement: Agreement
    confirmation: Confirmation

    # ---- the agreement -----------------------------------------------------------------------------------------------

    def drafted(self) -> None:
        self.opened()
        self._draft()

    def agreed_orally(self) -> None:
        """Before the committee; a small sum that nobody wants in writing."""
        self.appointed()
        self._plan()
        self._open()
        self._draft(confirmation=False)
        with self.after(60):
            oral.agree(self.mediator, self.agreement)
            sessions.close(self.mediator, self.session, "end")

    def _draft(self, *, confirmation: bool = True) -> None:
        first, second = self.parties[:2]
        with self.after(40):
            self.agreement = drafting.start(
                self.mediator,
                self.assignment,
                Draft(
                    facts=self.dispute.facts,
                    issues="数额和履行期限。",
                    costs="无费用。",
                    confirmation_planned=confirmation,
                ),
            )
            due = self.day + timedelta(days=20)
            pay = ClauseFacts(
                0, ClauseKind.PAY, second.id, first.id, amount_fen=(self.dispute.amount_fen or 100_000) // 2, due_on=due,
                account=f"{first.name}，演示银行，账号尾号0001",
            )  # fmt: skip
            if self.n % len(CAUSES) == 0:
                end = ClauseFacts(0, ClauseKind.END_CONTRACT, second.id, first.id, text="房屋租赁合同", due_on=due)
                drafting.write_clause(self.mediator, self.agreement, end)
            drafting.write_clause(self.mediator, self.agreement, pay)

    def in_signing(self) -> None:
        self.drafted()
        with self.after(60):
            drafting.put_up(self.mediator, self.agreement)

    def agreed(self) -> None:
        self.in_signing()
        with self.after(80):
            for signature in signing.wanted(self.agreement):
                signing.sign(
                    self.mediator, self.agreement, signature, manner=SignManner.HANDWRITTEN, at=clock.now()
                )  # fmt: skip
            sessions.close(self.mediator, self.session, "end")

    def partly_performed(self) -> None:
        self.agreed()
        clause = drafting.clauses(self.agreement)[-1]
        with self.after(120):
            performance.record(
                self.mediator, self.agreement, clause, on=self.day, amount_fen=(clause.amount_fen or 2) // 2,
                evidence="转账凭证，第一笔。",
            )  # fmt: skip

    def performed(self) -> None:
        self.agreed()
        with self.after(120):
            for clause in drafting.clauses(self.agreement):
                performance.record(
                    self.mediator, self.agreement, clause, on=self.day, amount_fen=clause.amount_fen,
                    evidence="当场转账，双方确认。",
                )  # fmt: skip
            performance.close_performed(who("clerk"), self.agreement)

    # ---- no agreement ------------------------------------------------------------------------------------------------

    def _report(self, code: EndCode, reasons: str) -> None:
        failure.report(
            self.mediator, self.assignment, code=code, course="通知双方，组织调解。", reasons=reasons, cost_behaviour="",
            alerts="", material_returned="申请材料一套",
        )  # fmt: skip

    def _handed_back(self) -> None:
        """The registry signs for the material."""
        packet = failure.packet_of(self.assignment.id)
        if packet is not None:
            failure.receive(who("clerk"), packet)

    def failed(self) -> None:
        self.opened()
        with self.after(70):
            facts.state(self.mediator, self.assignment, text="双方对合同的签订没有争议。", evidence="合同原件")
            facts.confirm_all(self.mediator, self.assignment)
            sessions.close(self.mediator, self.session, "end")
            self._report(EndCode.DIVERGENCE, "数额分歧较大。")

    def failed_and_filed(self) -> None:
        self.failed()
        with self.after(170):
            self._handed_back()
            if not self.filing:
                self.case = intake.file_now(who("clerk"), self.dispute, hand_in=True)

    def not_signed(self) -> None:
        """Put up for signing, but one party would not sign."""
        self.in_signing()
        with self.after(80):
            wanted = signing.wanted(self.agreement)
            signing.refuse(self.mediator, self.agreement, wanted[1], reason="需要再考虑付款期限。")
            sessions.close(self.mediator, self.session, "end")
            self._report(EndCode.UNSIGNED, "被申请人拒绝签字。")
            self._handed_back()

    def unreachable(self) -> None:
        """Three attempts on two channels, and nobody answered."""
        self.signed_for()
        for channel in (Channel.PHONE, Channel.SMS, Channel.PHONE):
            self.later(1)
            with self.at(10):
                assignments.record_contact(
                    self.mediator, self.assignment, party_id=self.parties[1].id, channel=channel, reached=False,
                    result="无人接听，未回复。",
                )  # fmt: skip
        with self.at(15):
            self._report(EndCode.UNREACHABLE, "多次联系被申请人未果。")
            self._handed_back()

    def settled(self) -> None:
        """They made peace by themselves; the application is withdrawn."""
        self.opened()
        with self.after(60):
            sessions.close(self.mediator, self.session, "end")
            assignments.withdraw(self.mediator, self.assignment, settled=True, mediated=True, reason="双方自行和解。")

    def taken_back(self) -> None:
        self.accepted()
        self.later(2)
        with self.at(10):
            assignments.withdraw(self.mediator, self.assignment, settled=False, reason="申请人不再主张。")

    # ---- confirmation by the court -----------------------------------------------------------------------------------

    def applied(self) -> None:
        self.agreed()
        self.later(1)
        with self.at(9):
            everyone = [Applicant(p.id) for p in self.parties]
            self.confirmation = confirmations.apply(who("clerk"), self.dispute, applicants=everyone, materials=PAPERS)

    def not_accepted(self) -> None:
        self.applied()
        with self.at(15):
            confirmations.not_accept(
                who("judge"), self.confirmation, exclusion=Exclusion.TITLE, reason="协议涉及房屋权属的确认。", password=PASSWORD
            )  # fmt: skip

    def withdrawn(self) -> None:
        self.applied()
        with self.at(15):
            confirmations.withdraw(who("judge"), self.confirmation, reason="双方申请撤回。", password=PASSWORD)

    def taken_on(self) -> None:
        self.applied()
        with self.at(10):
            confirmations.accept(who("judge"), self.confirmation)

    def called(self) -> None:
        """Accepted, and both parties called for one time."""
        self.taken_on()
        with self.at(11):
            free = confirmations.times_for_questioning(who("judge"), self.confirmation)[0]
            confirmations.plan_questioning(
                who("judge"), self.confirmation, starts_at=free.span.starts_at, resource_id=free.resource_id
            )
            confirmations.request_extension(
                who("judge"), self.confirmation, key=PeriodKey.CONFIRM_DECIDE_TARGET, days=10, reason="需要向调解组织核实情况。"
            )  # fmt: skip

    def supplementing(self) -> None:
        self.taken_on()
        with self.at(11):
            confirmations.order_supplement(
                who("judge"), self.confirmation, what="付款账户的证明", due=self.day + timedelta(days=7)
            )

    def lapsed(self) -> None:
        """Nothing was supplemented within the time set: treated as withdrawn."""
        self.supplementing()
        self.later(8)
        with self.at(10):
            confirmations.deem_withdrawn(
                who("judge"), self.confirmation, lapse=Lapse.NOT_SUPPLEMENTED, reason="逾期未补充材料。", password=PASSWORD
            )  # fmt: skip

    def questioned(self) -> None:
        self.taken_on()
        with self.at(14):
            answers = {q: USUAL_ANSWER.get(q, "已当庭核实。") for q in Question}
            confirmations.question(
                who("judge"), self.confirmation, present=[p.id for p in self.parties], answers=answers
            )

    def dismissed(self) -> None:
        self.questioned()
        with self.at(15):
            findings = dict.fromkeys(Ground, Finding.CLEAR) | {Ground.NOT_CLEAR: Finding.FOUND}
            confirmations.examine(who("judge"), self.confirmation, findings=findings, reason="付款期限约定不明确。")
            confirmations.dismiss(who("judge"), self.confirmation, password=PASSWORD)

    def dismissed_and_sued(self) -> None:
        """After the dismissal the parties may sue (CPL art. 206)."""
        self.dismissed()
        self.later(3)
        with self.at(10):
            self.case = intake.file_now(who("clerk"), self.dispute, hand_in=True)

    def confirmed(self) -> None:
        self.questioned()
        with self.at(15):
            confirmations.examine(who("judge"), self.confirmation, findings=dict.fromkeys(Ground, Finding.CLEAR))
            confirmations.rule_valid(who("judge"), self.confirmation, password=PASSWORD)

    def objected(
        self, reason: str = "协议约定抵偿的车辆登记在异议人名下，异议人未参加调解，亦未同意。"
    ) -> ConfirmationObjection:
        """Somebody outside the agreement holds that it harms the own rights (S2 art. 372)."""
        self.served()
        self.later(6)
        with self.at(10):
            return objecting.object_to(
                who("clerk"), self.confirmation, party_id=None, name="演示异议人", address="济南市历下区样例路9号",
                known_on=self.day, raised_on=self.day, reason=reason,
            )  # fmt: skip

    def _ruled(self, objection: ConfirmationObjection, answer: Ruled, reasons: str, altered: str = "") -> None:
        self.later(5)
        with self.at(15):
            objecting.rule(who("judge"), objection, answer, reasons=reasons, altered=altered, password=PASSWORD)

    def revoked(self) -> None:
        self._ruled(self.objected(), Ruled.REVOKE, "调解协议损害异议人的合法权益，异议成立。")

    def altered(self) -> None:
        self._ruled(self.objected(), Ruled.ALTER, "异议部分成立。", "确认调解协议除以车辆抵偿的约定外有效。")

    def upheld(self) -> None:
        self._ruled(self.objected(), Ruled.REJECT, "异议人未提交证据证明其权利，异议不成立。")

    def objection_taken_back(self) -> None:
        objection = self.objected()
        self.later(2)
        with self.at(11):
            objecting.withdraw(who("clerk"), objection)

    def served(self) -> None:
        self.confirmed()
        with self.at(16):
            for party in self.parties:
                confirmations.serve(
                    who("clerk"), self.confirmation, party, method=ServiceMethod.DIRECT, effective_on=self.day,
                    receiver=party.name,
                )  # fmt: skip
