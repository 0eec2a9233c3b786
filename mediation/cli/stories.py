"""The disputes of the demonstration court, told step by step through the services a person would use: to the mediation."""

from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from stdnum.cn import uscc

from mediation.accounts.models import User
from mediation.agreements.models import MediationSession
from mediation.agreements.rules import Duty, Method
from mediation.agreements.services import sessions
from mediation.assignment import services as assignments
from mediation.assignment.models import Assignment
from mediation.assignment.rules import Choice, SuspensionReason
from mediation.cli import appraising
from mediation.disputes import documents as receiving
from mediation.disputes import hotline
from mediation.disputes import services as disputes
from mediation.disputes.models import Cause, Dispute, Party
from mediation.disputes.people import AgentData, PartyData
from mediation.disputes.rules import AgentKind, Authority, Closing, IdType, PartyKind, PartyRole, Source
from mediation.intake import services as intake
from mediation.intake.rules import Advice, Answer, ScreeningResult
from mediation.intake.services import ConsentData
from mediation.intake.suitability import Exclusion
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.litigation.models import LitigationCase
from mediation.notices.rules import Channel
from mediation.periods import services as periods
from mediation.roster.models import Street
from mediation.scheduling import services as scheduling

PASSWORD = "Yanshi-2026-Lixia"  # noqa: S105 shown on the sign-in page of the demonstration, and valid nowhere else
NUMERALS = "甲乙丙丁戊己庚辛壬癸子丑"
SURNAMES = "刘汪张李王赵陈杨黄周吴徐孙马朱胡郭何高林"
CAUSES = (
    ("房屋租赁合同纠纷", "请求解除租赁合同，退还剩余租金。", "租赁房屋后，双方因灯泡、浴霸维修发生争执。", 120_000),
    ("民间借贷纠纷", "请求返还借款。", "双方签有借条，到期未还。", 3_000_000),
    ("物业服务合同纠纷", "请求支付物业服务费。", "业主以服务不到位为由拒交物业费。", 286_400),
    ("机动车交通事故责任纠纷", "请求赔偿修理费和误工费。", "车辆追尾，责任已经认定，赔偿数额未能协商一致。", 1_250_000),
    ("买卖合同纠纷", "请求支付货款。", "货物已经交付，货款逾期未付。", 4_860_000),
    ("劳务合同纠纷", "请求支付劳务报酬。", "装修劳务完成后，报酬一直未结清。", 950_000),
    ("装饰装修合同纠纷", "请求返还多收的装修款并赔偿损失。", "房屋装修后墙面开裂，双方对质量和返工费用争执不下。", 6_800_000),
)  # fmt: skip
SOURCES = (Source.WINDOW, Source.ONLINE, Source.WINDOW, Source.GOVERNANCE_CENTRE, Source.MAIL, Source.HOTLINE)
CLERK = "演示书记员"
ESTATE = "演示家园物业管理有限公司"
BUSINESS = 2  # the cause that a company brings: the property service contract


def who(login: str) -> Actor:
    """One of the people of the demonstration, as an actor; looked up once, for they act thousands of times."""
    known: dict[str, Actor] = db.session().info.setdefault("people", {})
    if login not in known:
        known[login] = db.session.scalars(sa.select(User).where(User.login == login)).one().as_actor()
    return known[login]


def resident_number(serial: int) -> str:
    """A synthetic identity number with a right check digit, nobody's."""
    body = f"370102198{serial % 10}0{1 + serial % 9}{10 + serial % 18}{serial % 1000:03d}"
    total = sum(int(c) * w for c, w in zip(body, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return body + "10X98765432"[total % 11]


def working_day(day: date, steps: int) -> date:
    """So many working days of the court before (negative) or after a day."""
    calendar, way = periods.calendar(), timedelta(days=1 if steps > 0 else -1)
    for _step in range(abs(steps)):
        day += way
        while calendar.is_rest(day):
            day += way
    return day


def _person(n: int, place: int, role: PartyRole) -> PartyData:
    name = f"{SURNAMES[(2 * n + place) % 20]}某{NUMERALS[n % 12]}"
    if n == 0:
        name = ("刘某", "汪某")[place]
    return PartyData(
        role=role, name=name, id_type=IdType.RESIDENT, id_no=resident_number(100 + 7 * n + 401 * place),
        phone=f"1380000{(2 * n + place):04d}", domicile=f"演示小区{n + 1}号楼{place + 1}单元", agents=_agents(n, place),
    )  # fmt: skip


def _agents(n: int, place: int) -> list[AgentData]:
    if n % 5 or place or not n:
        return []
    return [
        AgentData(
            name=f"演示律师{NUMERALS[n % 12]}", kind=AgentKind.LAWYER, authority=Authority.SPECIAL, firm="演示律师事务所",
            licence_no=f"DEMO{n:04d}", phone=f"1370000{n:04d}", special_powers="代为承认、放弃、变更诉讼请求，进行和解，代为签收文书",
        )
    ]  # fmt: skip


def _company(n: int) -> PartyData:
    return PartyData(
        role=PartyRole.APPLICANT, name=f"演示物业服务有限公司第{NUMERALS[n % 12]}分公司", kind=PartyKind.ORGANISATION,
        phone=f"0531-0000{n:04d}", domicile=f"演示路{n + 10}号", representative=f"演示负责人{NUMERALS[n % 12]}",
        representative_title="负责人",
    )  # fmt: skip


def _estate() -> PartyData:
    """A creditor who brings many disputes, known by its credit code: a synthetic one with a right check character."""
    body = "91370102DEM000000"
    return PartyData(
        role=PartyRole.APPLICANT, name=ESTATE, kind=PartyKind.ORGANISATION, id_type=IdType.USCC,
        id_no=body + uscc.calc_check_digit(body), phone="0531-00000001", domicile="演示路1号",
        representative="演示负责人甲", representative_title="经理",
    )  # fmt: skip


def receive(n: int, *, complaint: bool, estate: bool = False) -> Dispute:
    """The n-th dispute comes in."""
    name, claims, facts, fen = CAUSES[BUSINESS if estate else n % len(CAUSES)]
    cause = db.session.scalars(sa.select(Cause).where(Cause.name == name).order_by(Cause.code)).first()
    streets = db.session.scalars(sa.select(Street.id).order_by(Street.id)).all()
    applicant = _company(n) if n % len(CAUSES) == BUSINESS else _person(n, 0, PartyRole.APPLICANT)
    if estate:
        applicant = _estate()
    dispute = receiving.receive(
        who("clerk"), source=SOURCES[n % len(SOURCES)], cause_code=cause.code if cause else "", claims=claims,
        facts=facts, amount_fen=fen, has_complaint=complaint, evidence="合同\n付款记录",
        street_id=streets[n % len(streets)] if streets else None,
        parties=[applicant, _person(n, 1, PartyRole.RESPONDENT)],
    )  # fmt: skip
    if dispute.source is Source.HOTLINE:
        hotline.reply(who("clerk"), dispute, on=clock.today())
    return dispute


class Story:
    """One dispute, step by step, each on the day it would happen."""

    assignment: Assignment
    session_id: int
    starts: datetime
    case: LitigationCase

    def __init__(
        self, n: int, begun: date, *, complaint: bool = False, filing: bool = False, estate: bool = False
    ) -> None:
        self.n, self.day, self.now = n, begun, clock.now()
        # The one mediator whose password is printed has the most to do.
        self.login = "mediator1" if n % 2 == 0 else f"mediator{2 + n // 2 % 9}"
        self.filing = filing
        with self.at(9):
            self.dispute = receive(n, complaint=complaint or filing, estate=estate)

    def at(self, hour: int) -> AbstractContextManager[None]:
        """The story's present day at this hour; never later than now."""
        return clock.pretend(min(clock.at(self.day, hour), self.now))

    def later(self, days: int) -> None:
        """So many working days go by; the story never runs ahead of today."""
        self.day = min(working_day(self.day, days), clock.local(self.now).date())

    @property
    def parties(self) -> list[Party]:
        return list(disputes.parties(self.dispute.id))

    @property
    def mediator(self) -> Actor:
        return who(self.login)

    @property
    def session(self) -> MediationSession:
        """The meeting, with who was asked to it."""
        found = sessions.get(self.mediator, self.session_id)
        if found is None:
            raise RuntimeError("the session is gone")
        return found

    # ---- at the counter ----------------------------------------------------------------------------------------------

    def received(self) -> None:
        """It waits for the registry."""

    def incomplete(self) -> None:
        with self.at(10):
            intake.ask_correction(who("clerk"), self.dispute, missing="被申请人的身份信息\n证据原件")

    def screened(self) -> None:
        with self.at(10):
            intake.screen(who("clerk"), self.dispute)

    def returned(self) -> None:
        """Another court has jurisdiction."""
        with self.at(10):
            intake.screen(who("clerk"), self.dispute, exclusions=[Exclusion.OTHER_COURT])
            intake.return_(who("clerk"), self.dispute, advice=Advice.COMPETENT_COURT, note="房屋不在本辖区。")

    def returned_and_closed(self) -> None:
        self.returned()
        with self.at(16):
            disputes.close(who("clerk"), self.dispute, Closing.RETURNED)

    def unsuitable(self) -> None:
        """The triage officer decides otherwise than the rules, with a reason; the case is filed."""
        with self.at(10):
            intake.screen(
                who("triage"),
                self.dispute,
                result=ScreeningResult.NOT_SUITABLE,
                reason="双方矛盾激化，申请人坚持起诉。",
            )
            self.case = intake.file_now(who("clerk"), self.dispute, hand_in=True)

    def guided(self) -> None:
        self.screened()
        with self.at(10):
            intake.guide(who("clerk"), self.dispute)

    def answered(self, answer: Answer = Answer.AGREES, *, outside: bool = False) -> None:
        self.guided()
        with self.at(11):
            given = [
                ConsentData(p.id, answer, chooses_outside=outside and p.role is PartyRole.APPLICANT)
                for p in self.parties
            ]
            intake.record_consents(who("clerk"), self.dispute, given)

    def half_answered(self) -> None:
        """One side agrees, the other has not said anything yet."""
        self.guided()
        with self.at(11):
            intake.record_consents(who("clerk"), self.dispute, [ConsentData(self.parties[0].id, Answer.AGREES)])

    def silent(self) -> None:
        """The other side was asked, and gave no answer; nothing is made of it but the way to the registry."""
        self.guided()
        with self.at(11):
            first, second = self.parties[:2]
            given = [ConsentData(first.id, Answer.AGREES), ConsentData(second.id, Answer.SILENT)]
            intake.record_consents(who("clerk"), self.dispute, given)

    def filed(self) -> None:
        """Mediation refused: the case is registered."""
        self.answered(Answer.REFUSES)
        with self.at(15):
            self.case = intake.file_now(who("clerk"), self.dispute, hand_in=True)

    # ---- handed over -------------------------------------------------------------------------------------------------

    def handed_out(self) -> None:
        """Delegated before filing; a story that begins with filing is entrusted after it."""
        self.answered()
        if self.filing:
            with self.at(13):
                self.case = intake.file_now(who("clerk"), self.dispute)
        with self.at(14):
            self._issue()

    def _issue(self) -> None:
        self.assignment = assignments.issue(
            who("clerk"), self.dispute, choice=Choice.DESIGNATED, mediator_id=self.mediator.mediator_id,
            reason="该调解员曾联系双方当事人，熟悉纠纷情况。",
        )  # fmt: skip

    def declined(self) -> None:
        self.handed_out()
        self.later(1)
        with self.at(10):
            assignments.decline(self.mediator, self.assignment, reason="近期在外地培训，不能按期调解。")

    def replaced(self) -> None:
        """Another mediator after the first one declined."""
        self.declined()
        self.login = "mediator1" if self.login != "mediator1" else "mediator2"
        with self.at(14):
            self._issue()

    def referred(self) -> None:
        """Outside the court, at the applicant's wish; the committee appoints one of its mediators."""
        self.answered(outside=True)
        body = who("committee")
        with self.at(14):
            self.assignment = assignments.issue(
                who("clerk"), self.dispute, choice=Choice.DESIGNATED, organisation_id=body.organisation_id
            )

    def handed_to_body(self) -> None:
        """Delegated to the committee, which has not appointed yet."""
        self.answered()
        body = who("committee").organisation_id
        with self.at(14):
            assignments.issue(who("clerk"), self.dispute, choice=Choice.DESIGNATED, organisation_id=body)

    def appointed(self) -> None:
        self.referred()
        self.login = "mediator1"
        with self.at(16):
            assignments.accept(
                who("committee"), self.assignment, mediator_id=self.mediator.mediator_id,
                reason="该调解员常驻本街道，便于上门调解。",
            )  # fmt: skip

    def signed_for(self) -> None:
        """The mediator has the material, and has not reached anybody yet."""
        self.handed_out()
        with self.at(16):
            assignments.accept(self.mediator, self.assignment)

    def accepted(self) -> None:
        self.signed_for()
        with self.at(16):
            assignments.record_contact(
                self.mediator, self.assignment, party_id=self.parties[1].id, channel=Channel.PHONE, reached=True,
                result="电话联系，愿意到场调解。",
            )  # fmt: skip

    def suspended(self, reason: SuspensionReason = SuspensionReason.APPRAISAL) -> None:
        self.accepted()
        self.later(2)
        with self.at(10):
            if reason is SuspensionReason.APPRAISAL:
                appraising.apply(self.mediator, self.assignment, self.parties)
            assignments.suspend(self.mediator, self.assignment, reason=reason, note="双方同意先行鉴定。")

    def suspected(self) -> None:
        """Suspended because the mediator suspects a sham."""
        self.suspended(SuspensionReason.SHAM)

    def resumed(self) -> None:
        self.suspended()
        self.later(6)
        with self.at(10):
            assignments.resume(self.mediator, self.assignment)

    def extended(self) -> None:
        """Everybody agreed, before the last day, to go on."""
        self.accepted()
        self.later(10)
        with self.at(10):
            last = periods.of_subject("assignment", self.assignment.id)[-1].final_on
            everyone = [p.id for p in self.parties]
            until = last + timedelta(days=15)
            assignments.extend(self.mediator, self.assignment, until=until, agreed_by=everyone, reason="等待维修报价。")

    # ---- sessions ----------------------------------------------------------------------------------------------------

    def planned(self) -> None:
        self.accepted()
        self._plan()

    def _plan(self, *, hour: int = 16) -> None:
        actor = self.mediator
        with self.at(hour):
            everyone = [p.id for p in self.parties]
            free = scheduling.free_times(actor, mediator_ids=(actor.mediator_id or 0,), party_ids=everyone, limit=1)[0]
            planned = sessions.plan(
                actor, self.assignment, starts_at=free.span.starts_at, ends_at=free.span.ends_at,
                resource_id=free.resource_id, method=Method.ON_SITE,
            )  # fmt: skip
        self.starts, self.session_id = free.span.starts_at, planned.id

    def planned_for_today(self) -> None:
        self.accepted()
        self.later(1)
        self._plan(hour=9)

    def called_off(self) -> None:
        self.planned()
        with self.at(17):
            sessions.cancel(self.mediator, self.session, reason="被申请人临时出差，申请改期。")

    def opened(self) -> None:
        self.planned()
        self._open()

    def _open(self) -> None:
        if self.starts > self.now:
            raise RuntimeError(f"story {self.n} begins too late: its meeting would be in the future")
        self.day = clock.local(self.starts).date()
        with clock.pretend(self.starts):
            session = self.session
            present = {a.id: (True, True) for a in session.attendances}
            sessions.open_session(self.mediator, session, present=present, duties=set(Duty))
            sessions.write(
                self.mediator, self.session, minutes="双方陈述了意见，争议集中在数额和期限。", outcome="",
                version=session.version,
            )  # fmt: skip

    def after(self, minutes: int) -> AbstractContextManager[None]:
        """So long after the meeting began; never later than now."""
        return clock.pretend(min(self.starts + timedelta(minutes=minutes), self.now))

    def adjourned(self) -> None:
        """One meeting without result, the next one is fixed."""
        self.opened()
        with self.after(80):
            sessions.close(self.mediator, self.session, "adjourn")
        self._plan()
