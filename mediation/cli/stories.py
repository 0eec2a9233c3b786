"""The disputes of the demonstration court: each told step by step through the services a person would use."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.agreements.guard import ClauseFacts
from mediation.agreements.models import Agreement
from mediation.agreements.rules import ClauseKind, Duty, Method, SignManner
from mediation.agreements.services import drafting, failure, performance, sessions, signing
from mediation.agreements.services.drafting import Draft
from mediation.assignment import services as assignments
from mediation.assignment.models import Assignment
from mediation.assignment.rules import Choice, EndCode
from mediation.confirmation import services as confirmations
from mediation.confirmation.documents import USUAL_ANSWER
from mediation.confirmation.rules import Finding, Ground, Material, Question
from mediation.confirmation.services import Applicant
from mediation.disputes import documents as receiving
from mediation.disputes import services as disputes
from mediation.disputes.models import Cause, Dispute
from mediation.disputes.people import PartyData
from mediation.disputes.rules import IdType, PartyRole, Source
from mediation.intake import services as intake
from mediation.intake.rules import Answer
from mediation.intake.services import ConsentData
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.notices.rules import ServiceMethod
from mediation.periods import services as periods
from mediation.public import services as board
from mediation.scheduling import services as scheduling

PASSWORD = "Yanshi-2026-Lixia"  # noqa: S105 shown on the sign-in page of the demonstration, and valid nowhere else
NUMERALS = "甲乙丙丁戊己庚辛壬癸子丑"
CAUSES = (
    ("房屋租赁合同纠纷", "请求解除租赁合同，退还剩余租金。", "租赁房屋后，双方因灯泡、浴霸维修发生争执。", 120_000),
    ("民间借贷纠纷", "请求返还借款。", "双方签有借条，到期未还。", 3_000_000),
    ("物业服务合同纠纷", "请求支付物业服务费。", "业主以服务不到位为由拒交物业费。", 286_400),
    ("机动车交通事故责任纠纷", "请求赔偿修理费和误工费。", "车辆追尾，责任已经认定，赔偿数额未能协商一致。", 1_250_000),
    ("买卖合同纠纷", "请求支付货款。", "货物已经交付，货款逾期未付。", 4_860_000),
    ("劳务合同纠纷", "请求支付劳务报酬。", "装修劳务完成后，报酬一直未结清。", 950_000),
)  # fmt: skip


def _who(login: str) -> Actor:
    return db.session.scalars(sa.select(User).where(User.login == login)).one().as_actor()


def resident_number(serial: int) -> str:
    """A synthetic identity number with a right check digit, nobody's."""
    body = f"370102198{serial % 10}0{1 + serial % 9}{10 + serial % 18}{serial % 1000:03d}"
    total = sum(int(c) * w for c, w in zip(body, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return body + "10X98765432"[total % 11]


def _receive(n: int, *, complaint: bool) -> Dispute:
    name, claims, facts, fen = CAUSES[n % len(CAUSES)]
    cause = db.session.scalars(sa.select(Cause).where(Cause.name == name).order_by(Cause.code)).first()
    surnames = "刘汪张李王赵陈杨黄周吴徐孙马朱胡郭何高林"
    people = [
        PartyData(
            role=role, name=f"{surnames[(2 * n + k) % 20]}某{NUMERALS[n % 12]}", id_type=IdType.RESIDENT,
            id_no=resident_number(100 + 7 * n + 401 * k), phone=f"1380000{(2 * n + k):04d}", domicile=f"演示小区{n + 1}号楼{k + 1}单元",
        )
        for k, role in enumerate((PartyRole.APPLICANT, PartyRole.RESPONDENT))
    ]  # fmt: skip
    if n == 0:
        people = [PartyData(**(vars(people[0]) | {"name": "刘某"})), PartyData(**(vars(people[1]) | {"name": "汪某"}))]
    return receiving.receive(
        _who("clerk"), source=Source.WINDOW, cause_code=cause.code if cause else "", claims=claims, facts=facts,
        amount_fen=fen, has_complaint=complaint, evidence="合同\n付款记录", parties=people,
    )  # fmt: skip


class Story:
    """One dispute, step by step, each on the day it would happen."""

    def __init__(self, n: int, begun: date, *, complaint: bool) -> None:
        self.n, self.day = n, begun
        self.login = f"mediator{1 + n % 10}"
        with self.at(9):
            self.dispute = _receive(n, complaint=complaint)
        self.assignment: Assignment | None = None
        self.agreement: Agreement | None = None

    def at(self, hour: int) -> AbstractContextManager[None]:
        """The story's present day, at this hour."""
        return clock.pretend(clock.at(self.day, hour))

    def received(self) -> None:
        """It waits for the registry."""

    def screened(self) -> None:
        with self.at(10):
            intake.screen(_who("clerk"), self.dispute)

    def guided(self) -> None:
        self.screened()
        with self.at(10):
            intake.guide(_who("clerk"), self.dispute)

    def answered(self, answer: Answer = Answer.AGREES) -> None:
        self.guided()
        with self.at(11):
            given = [ConsentData(p.id, answer) for p in disputes.parties(self.dispute.id)]
            intake.record_consents(_who("clerk"), self.dispute, given)

    def filed(self) -> None:
        self.answered(Answer.REFUSES)
        with self.at(15):
            intake.file_now(_who("clerk"), self.dispute, hand_in=True)

    def handed_out(self) -> None:
        self.answered()
        with self.at(14):
            mediator_id = _who(self.login).mediator_id
            self.assignment = assignments.issue(
                _who("clerk"), self.dispute, choice=Choice.DESIGNATED, mediator_id=mediator_id
            )

    def accepted(self) -> Assignment:
        self.handed_out()
        if self.assignment is None:
            raise RuntimeError("nothing was handed out")
        with self.at(16):
            assignments.accept(_who(self.login), self.assignment)
        return self.assignment

    def planned(self) -> None:
        mine = self.accepted()
        actor = _who(self.login)
        parties = [p.id for p in disputes.parties(self.dispute.id)]
        with self.at(16):
            free = scheduling.free_times(actor, mediator_ids=(actor.mediator_id or 0,), party_ids=parties, limit=1)[0]
            made = sessions.plan(
                actor, mine, starts_at=free.span.starts_at, ends_at=free.span.ends_at, resource_id=free.resource_id, method=Method.ON_SITE
            )  # fmt: skip
        self.session_id, self.starts = made.id, free.span.starts_at

    def opened(self) -> None:
        self.planned()
        self.day = clock.local(self.starts).date()
        with clock.pretend(self.starts):
            found = sessions.get(_who(self.login), self.session_id)
            if found is None:
                raise RuntimeError("the session is gone")
            sessions.open_session(
                _who(self.login), found, present={a.id: (True, True) for a in found.attendances}, duties=set(Duty)
            )
            sessions.write(
                _who(self.login),
                found,
                minutes="双方陈述了意见，争议集中在数额和期限。",
                outcome="",
                version=found.version,
            )

    def drafted(self) -> Agreement:
        self.opened()
        actor = _who(self.login)
        first, second = disputes.parties(self.dispute.id)[:2]
        with clock.pretend(self.starts + timedelta(hours=1)):
            if self.assignment is None:
                raise RuntimeError("nothing was handed out")
            self.agreement = drafting.start(
                actor, self.assignment, Draft(facts=self.dispute.facts, issues="数额和履行期限。", costs="无费用。")
            )
            due = self.day + timedelta(days=20)
            pay = ClauseFacts(
                0,
                ClauseKind.PAY,
                second.id,
                first.id,
                amount_fen=(self.dispute.amount_fen or 100_000) // 2,
                due_on=due,
                account=f"{first.name}，演示银行，账号尾号0001",
            )
            if self.n % len(CAUSES) == 0:
                end = ClauseFacts(0, ClauseKind.END_CONTRACT, second.id, first.id, text="房屋租赁合同", due_on=due)
                drafting.write_clause(actor, self.agreement, end)
            drafting.write_clause(actor, self.agreement, pay)
        return self.agreement

    def in_signing(self) -> Agreement:
        made = self.drafted()
        with clock.pretend(self.starts + timedelta(hours=1)):
            drafting.put_up(_who(self.login), made)
        return made

    def agreed(self) -> Agreement:
        made = self.in_signing()
        with clock.pretend(self.starts + timedelta(hours=1, minutes=20)):
            for signature in signing.wanted(made):
                signing.sign(_who(self.login), made, signature, manner=SignManner.HANDWRITTEN, at=clock.now())
        return made

    def performed(self) -> None:
        made = self.agreed()
        with clock.pretend(self.starts + timedelta(hours=2)):
            for clause in drafting.clauses(made):
                performance.record(
                    _who(self.login),
                    made,
                    clause,
                    on=self.day,
                    amount_fen=clause.amount_fen,
                    evidence="当场转账，双方确认。",
                )
            performance.close_performed(_who("clerk"), made)

    def failed(self) -> None:
        self.opened()
        with clock.pretend(self.starts + timedelta(hours=1)):
            if self.assignment is not None:
                failure.report(
                    _who(self.login), self.assignment, code=EndCode.DIVERGENCE, course="召开一次调解会议，双方到场。",
                    reasons="数额分歧较大。", cost_behaviour="", alerts="", material_returned="申请材料一套",
                )  # fmt: skip

    def failed_and_filed(self) -> None:
        self.failed()
        with clock.pretend(self.starts + timedelta(hours=3)):
            intake.file_now(_who("clerk"), self.dispute, hand_in=True)

    def applied(self) -> None:
        self.agreed()
        self.day += timedelta(days=1)
        with self.at(9):
            everyone = [Applicant(p.id) for p in disputes.parties(self.dispute.id)]
            papers = (Material.APPLICATION, Material.AGREEMENT, Material.PRESIDED, Material.IDENTITY, Material.CONTACT)
            self.confirmation = confirmations.apply(_who("clerk"), self.dispute, applicants=everyone, materials=papers)

    def questioned(self) -> None:
        self.applied()
        judge = _who("judge")
        with self.at(10):
            confirmations.accept(judge, self.confirmation)
            answers = {q: USUAL_ANSWER.get(q, "已当庭核实。") for q in Question}
            confirmations.question(
                judge, self.confirmation, present=[p.id for p in disputes.parties(self.dispute.id)], answers=answers
            )

    def confirmed(self) -> None:
        self.questioned()
        judge = _who("judge")
        with self.at(11):
            confirmations.examine(judge, self.confirmation, findings=dict.fromkeys(Ground, Finding.CLEAR))
            confirmations.rule_valid(judge, self.confirmation, password=PASSWORD)

    def served(self) -> None:
        self.confirmed()
        with self.at(15):
            for party in disputes.parties(self.dispute.id):
                confirmations.serve(
                    _who("clerk"),
                    self.confirmation,
                    party,
                    method=ServiceMethod.DIRECT,
                    effective_on=self.day,
                    receiver=party.name,
                )


# How far each story goes, how many working weeks ago it began, and whether a complaint was handed in.
STORIES: tuple[tuple[Callable[[Story], object], int, bool], ...] = (
    (Story.agreed, 12, False), (Story.received, 1, True), (Story.received, 0, False), (Story.screened, 1, True),
    (Story.guided, 2, False), (Story.answered, 2, True), (Story.filed, 20, True), (Story.handed_out, 1, False),
    (Story.accepted, 25, False), (Story.accepted, 45, False), (Story.planned, 2, False), (Story.opened, 8, False),
    (Story.drafted, 9, False), (Story.in_signing, 10, False), (Story.agreed, 14, False), (Story.performed, 30, False),
    (Story.failed, 22, False), (Story.failed_and_filed, 28, True), (Story.applied, 11, False), (Story.questioned, 16, False),
    (Story.confirmed, 18, False), (Story.served, 26, False), (Story.served, 33, False), (Story.performed, 40, False),
    (Story.failed_and_filed, 50, True), (Story.agreed, 20, False),
)  # fmt: skip


def tell() -> int:
    """Let the disputes happen, each through the services a person would use."""
    today = clock.today()
    for n, (ending, days, complaint) in enumerate(STORIES):
        begun = today - timedelta(days=days)
        while periods_rest(begun):
            begun -= timedelta(days=1)
        ending(Story(n, begun, complaint=complaint))
    with clock.pretend(clock.at(today, 8)):
        board.release(_who("clerk"))
    return len(STORIES)


def periods_rest(day: date) -> bool:
    """Whether the court is closed on a day."""
    return periods.calendar().is_rest(day)
