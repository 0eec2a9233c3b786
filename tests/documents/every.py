"""Every document there is, asked for as it is in life: by the services, with invented people of rare names."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import sqlalchemy as sa

from mediation.agreements.guard import ClauseFacts
from mediation.agreements.rules import ClauseKind, SignManner
from mediation.agreements.services import drafting, facts, failure, oral, performance, sessions, settling, signing
from mediation.agreements.services.drafting import Draft
from mediation.agreements.services.sources import being_written, clauses
from mediation.agreements.services.sources import settled as settled_for
from mediation.agreements.turns import reading
from mediation.agreements.turns import services as turns
from mediation.agreements.turns.rules import Check, read_strokes
from mediation.assignment import services as assignments
from mediation.assignment.appraisal import services as appraisals
from mediation.assignment.appraisal.rules import AppraisalGroup
from mediation.assignment.rules import EndCode
from mediation.assignment.rules import Finding as Tie
from mediation.assignment.ties import pending
from mediation.assignment.ties.recusing import Application
from mediation.assignment.ties.rules import Decision
from mediation.confirmation import services as confirmations
from mediation.confirmation.documents import USUAL_ANSWER
from mediation.confirmation.enforcement import services as enforcement
from mediation.confirmation.objections import deciding as objecting
from mediation.confirmation.objections.rules import Ruled
from mediation.confirmation.rules import Exclusion, Finding, Form, Ground, Lapse, Material, Question
from mediation.confirmation.services import Applicant
from mediation.disputes import documents as receiving
from mediation.disputes import people
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.people import AddressData, AgentData
from mediation.disputes.rules import Authority
from mediation.documents import making, services
from mediation.documents.models import Document
from mediation.intake import services as intake
from mediation.intake.rules import Answer, Manner
from mediation.intake.services import ConsentData
from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.litigation import services as litigation
from mediation.litigation.announcement import keeping as announcing
from mediation.litigation.announcement import publishing
from mediation.litigation.announcement.rules import Matter, Medium, Need
from mediation.litigation.bench import naming
from mediation.litigation.correcting import deciding as correcting
from mediation.litigation.correcting.rules import Mistake, Point
from mediation.litigation.defence import keeping as defences
from mediation.litigation.defence import serving
from mediation.litigation.defence.evidence import set_evidence
from mediation.litigation.evidence import deciding as late_evidence
from mediation.litigation.evidence.rules import Cause
from mediation.litigation.fines import deciding as fining
from mediation.litigation.joining import claiming, letting_in
from mediation.litigation.joining.rules import Link, Place
from mediation.litigation.joining.rules import Origin as Joiner
from mediation.litigation.jurisdiction import deciding
from mediation.litigation.jurisdiction import rules as jurisdiction
from mediation.litigation.preservation import keeping
from mediation.litigation.preservation.rules import LiftReason, Object
from mediation.litigation.procedure import changing
from mediation.litigation.procedure.rules import Answer as Reply
from mediation.litigation.recusal import deciding as bench_recusal
from mediation.litigation.recusal.rules import Answer as Bench
from mediation.litigation.recusal.rules import Function
from mediation.litigation.recusal.rules import Ground as BenchGround
from mediation.litigation.recusal.rules import Origin as BenchOrigin
from mediation.litigation.rules import Effect
from mediation.litigation.rules import Manner as Ended
from mediation.litigation.tariff import FeeKind
from mediation.notices.rules import ServiceMethod
from mediation.public import services as board
from mediation.roster.conduct import services as conduct
from mediation.roster.conduct.rules import Result
from mediation.roster.models import Mediator
from mediation.scheduling import services as scheduling
from mediation.scheduling.rules import ResourceKind
from mediation.statistics.reports import services as reports
from mediation.statistics.reports.rules import ReportSpan
from mediation.statistics.rules import quarter_of
from mediation.supervision import services as supervision
from mediation.supervision.rules import Level
from tests import builders
from tests.builders import someone
from tests.world import PASSWORD

DRAWN = read_strokes([[[120, 80, 0], [420, 210, 90]], [[300, 60, 200], [310, 330, 380]]])
DAY = date(2026, 3, 2)
TENANT, COMPANY, LAWYER = "龚䶮", "济南𠅤和犇物业管理有限公司", "欧阳㛃"
CLAIMS = "请求解除房屋租赁合同；退还剩余租金人民币12,600.00元；退还押金人民币4,200.00元。"
STORY = (
    "申请人于2025年9月1日承租被申请人管理的房屋一套，租期一年，押一付三。入住后客厅灯泡、卫生间浴霸先后损坏，"
    "申请人自行更换灯泡，双方对浴霸维修费用由谁负担各执一词。申请人要求退租并退还剩余租金和押金，"
    "被申请人以租期未满为由拒绝。"
)
EVIDENCE = "房屋租赁合同复印件一份（原件已核对）\n转账记录打印件三页\n房屋设施照片五张\n微信聊天记录打印件六页"
MATERIALS = (
    Material.APPLICATION, Material.AGREEMENT, Material.PRESIDED, Material.IDENTITY, Material.CONTACT,
    Material.POWER_OF_ATTORNEY,
)  # fmt: skip
REASON = "第二项协议约定以他人名下车辆抵偿，车辆所有人未参加调解，亦未表示同意。"


@contextmanager
def on(day: date, hour: int = 9) -> Iterator[None]:
    """The court's clock stands at this hour of this day."""
    with clock.pretend(clock.at(day, hour)):
        yield


def who(login: str):
    return someone(login).as_actor()


def dispute(*, complaint: bool = True):
    """A tenant whose lawyer has special authority, against a company; both with rare characters in their names."""
    lawyer = AgentData(LAWYER, authority=Authority.SPECIAL, firm="山东样例律师事务所", licence_no="13701202600000001")
    tenant = builders.a_tenant(
        name=TENANT, ethnicity="汉族", domicile="济南市历下区样例路1号3号楼2单元1102室", agents=[lawyer]
    )
    company = builders.a_company(name=COMPANY, representative="陈犇", domicile="济南市市中区样例街2号8层")
    with on(DAY):
        return receiving.receive(
            who("clerk_li"), **builders_told(complaint), parties=[tenant, company]
        )  # fmt: skip


def builders_told(complaint: bool) -> dict:
    return {
        "source": builders.Source.WINDOW, "cause_code": builders.TENANCY, "claims": CLAIMS, "facts": STORY,
        "evidence": EVIDENCE, "amount_fen": 1_680_000, "has_complaint": complaint,
    }  # fmt: skip


def guided(*, complaint: bool = True):
    clerk, found = who("clerk_li"), dispute(complaint=complaint)
    with on(DAY, 10):
        intake.screen(clerk, found)
        intake.guide(clerk, found)
    return found


def confirm_addresses(found) -> None:
    clerk = who("clerk_li")
    tenant, company = disputes.parties(found.id)
    told = AddressData(
        address=tenant.domicile, postcode="250013", phone="13800000001", recipient=LAWYER, electronic=True,
        e_mail="gongyan@mail.example",
    )  # fmt: skip
    receiving.address_confirmation(clerk, tenant, people.confirm_address(clerk, tenant, told))
    refused = people.confirm_address(clerk, company, AddressData(refused=True))
    receiving.address_confirmation(clerk, company, refused)


def consented(*, complaint: bool = True, outside: bool = False):
    clerk, found = who("clerk_li"), guided(complaint=complaint)
    with on(DAY, 11):
        confirm_addresses(found)
        tenant, company = disputes.parties(found.id)
        given = [
            ConsentData(
                tenant.id, Answer.AGREES, chooses_outside=outside, accepts_electronic_service=True,
                accepts_recording=True,
            ),
            ConsentData(
                company.id, Answer.AGREES, manner=Manner.ORAL,
                minutes="陈犇到窗口陈述：公司同意由特邀调解员调解，希望尽快解决。",
            ),
        ]  # fmt: skip
        intake.record_consents(clerk, found, given)
    return found


def accepted(found=None):
    """Handed over, disclosed, taken on."""
    found, mediator = found or consented(), who("mediator_wang")
    with on(DAY, 14):
        assignment = builders.make_assignment(who("clerk_li"), found)
        assignments.accept(mediator, assignment)
    return assignment


def in_session(assignment):
    """The parties sit together, and what was said is taken down."""
    mediator = who("mediator_wang")
    with on(DAY, 15):
        session = builders.planned_session(mediator, assignment)
    starts = sessions.booking_of(session).starts_at
    with clock.pretend(starts):
        present = {a.id: (True, True) for a in session.attendances}
        sessions.open_session(mediator, session, present=present, duties=set(builders.Duty))
        sessions.write(
            mediator, session, version=session.version, outcome="各方达成调解协议，另行制作调解协议书。",
            minutes=(
                f"调解员：核对到场人员身份，宣布调解开始。\n{TENANT}：要求退租，退还剩余租金和押金。\n"
                "陈犇：浴霸系使用不当损坏，公司可以解除合同，但应当扣除维修费用。\n"
                "调解员：合同第六条约定设施自然损耗由出租人维修。双方可就退款数额协商。"
            ),
        )  # fmt: skip
    with clock.pretend(starts + timedelta(hours=1)):
        sessions.close(mediator, sessions.get(mediator, session.id), "end")
    return starts


def by_hand(made) -> None:
    """All of them on paper."""
    for signature in signing.wanted(made):
        signing.sign(who("mediator_wang"), made, signature, manner=SignManner.HANDWRITTEN, at=clock.now())


def on_a_screen(made) -> None:
    """The tenant's lawyer, the company and the mediator on the tablet; the committee's seal last, on paper."""
    mediator = who("mediator_wang")
    services._settle(made.document_id, services.system(made.court_id), making.Made(b"%PDF the agreement"))
    tenant, company, own, seal = signing.wanted(made)
    for signature, check, agent in (
        (tenant, Check.DOCUMENT, LAWYER),
        (company, Check.DOCUMENT, ""),
        (own, Check.ACCOUNT, ""),
    ):
        turn = turns.give(mediator, made, signature, check=check, seen="居民身份证002X", agent_name=agent).turn
        turns.sign(mediator, turn, DRAWN, read=reading.file_of(turn).sha256)
    signing.sign(mediator, made, seal, manner=SignManner.SEAL, at=clock.now())


def agreed(found=None, *, sign=by_hand):
    """Signed by all, the organisation's seal last."""
    made = drafted(found)
    with clock.pretend(after_the_session(made)):
        drafting.put_up(who("mediator_wang"), made)
        sign(made)
    return made


def agreed_orally() -> None:
    """Nobody wants it in writing: delegated by the court, the record is signed; before the committee it binds at once."""
    for outside in (False, True):
        made = drafted(consented(complaint=not outside, outside=outside), confirmation=False)
        with clock.pretend(after_the_session(made)):
            oral.agree(who("mediator_wang"), made)
            if not outside:
                by_hand(made)


def after_the_session(made):
    """The afternoon of the day on which the parties agreed."""
    session = sessions.of_dispute(made.dispute_id)[-1]
    return sessions.booking_of(session).starts_at + timedelta(hours=3)


def drafted(found=None, *, confirmation: bool = True):
    """What the parties agreed in the session, clause by clause."""
    assignment, mediator = accepted(found), who("mediator_wang")
    starts = in_session(assignment)
    tenant, company = disputes.parties(assignment.dispute_id)
    with clock.pretend(starts + timedelta(hours=2)):
        facts.state(
            mediator, assignment, text="双方于2025年9月1日签订房屋租赁合同，租期一年。", evidence="房屋租赁合同"
        )
        facts.state(mediator, assignment, text="申请人已支付租金至2026年5月31日。", evidence="转账记录")
        facts.confirm_all(mediator, assignment)
        made = drafting.start(
            mediator, assignment,
            Draft(
                facts=STORY, issues="浴霸维修费用的负担；剩余租金和押金的退还数额。", costs="各自负担已支出的费用。",
                breach="逾期支付的，按照未付款项以全国银行间同业拆借中心公布的一年期贷款市场报价利率计付逾期利息。",
                confirmation_planned=confirmation,
            ),
        )  # fmt: skip
        due = clock.today() + timedelta(days=14)
        account = f"户名{TENANT}，样例银行济南历下支行，账号6222000000000000000"
        for clause in (
            ClauseFacts(0, ClauseKind.END_CONTRACT, company.id, tenant.id, text="房屋租赁合同", due_on=due),
            ClauseFacts(0, ClauseKind.PAY, company.id, tenant.id, amount_fen=420_000, due_on=due, account=account),
            ClauseFacts(
                0, ClauseKind.INSTALMENTS, company.id, tenant.id, amount_fen=1_000_000, account=account,
                instalments=((500_000, due), (500_000, due + timedelta(days=31))),
            ),
        ):  # fmt: skip
            drafting.write_clause(mediator, made, clause)
    return made


def signed_on_a_screen() -> None:
    agreed(sign=on_a_screen)


def applied(*, posted: bool = False, form: Form = Form.WRITTEN, materials=MATERIALS, found=None):
    """The parties ask the court to confirm; the tenant through the lawyer."""
    made = agreed(found)
    parties = disputes.parties(made.dispute_id)
    lawyer = parties[0].agents[0].id
    everyone = [Applicant(parties[0].id, lawyer), Applicant(parties[1].id)]
    with on(made.effective_on + timedelta(days=3)):
        found = disputes.get(who("clerk_li"), made.dispute_id)
        return confirmations.apply(who("clerk_li"), found, applicants=everyone, form=form, materials=materials)


SAID = {
    Question.RECUSAL: "不申请回避。",
    Question.PRESIDED: "由调解组织指派的调解员主持，双方到场当面调解。",
    Question.PERFORMED: "尚未到履行期限。",
}


def questioned(confirmation):
    judge = who("judge_chen")
    with on(confirmation.applied_on, 14):
        confirmations.accept(judge, confirmation)
        answers = USUAL_ANSWER | SAID
        present = [p.id for p in disputes.parties(confirmation.dispute_id)]
        confirmations.question(judge, confirmation, present=present, answers=answers, note="双方核对笔录无误。")
    return confirmation


# ---- each line of life to its end ---------------------------------------------------------------------------------


def corrected() -> None:
    found = dispute()
    with on(DAY, 10):
        intake.ask_correction(
            who("clerk_li"), found, missing="被申请人的营业执照信息\n房屋租赁合同原件（核对后退还）\n证据目录一份"
        )


def refused() -> None:
    found = guided()
    tenant, company = disputes.parties(found.id)
    with on(DAY, 11):
        given = ConsentData(
            company.id, Answer.REFUSES, manner=Manner.ORAL, minutes="陈犇电话答复：公司不同意调解，请法院依法处理。"
        )
        intake.record_consents(who("clerk_li"), found, [ConsentData(tenant.id, Answer.AGREES), given])


def disclosed() -> None:
    found = consented()
    clerk, mediator = who("clerk_li"), who("mediator_wang")
    with on(DAY, 14):
        assignment = builders.make_assignment(clerk, found)
        wang = db.session.get_one(Mediator, assignment.mediator_id)
        check = assignments.disclose(
            mediator,
            found,
            wang,
            declared={Tie.OTHER_TIE},
            text="本人曾于2024年为该公司的业主作过法律咨询，与本纠纷无关。",
        )
        assignments.waive(clerk, check, party_ids=[p.id for p in disputes.parties(found.id)])


def recused() -> None:
    """One application is dismissed by the organisation, one disclosure upheld by the court."""
    clerk, mediator, body = who("clerk_li"), who("mediator_wang"), who("organisation_user")
    assignment = accepted()
    tenant = disputes.parties(assignment.dispute_id)[0]
    with on(DAY + timedelta(days=1), 16):
        told = Application(tenant.id, Tie.OTHER_TIE, f"{TENANT}称，调解员与物业公司经理犇某相识。")
        recusal = assignments.apply(clerk, assignment, told)
    with on(DAY + timedelta(days=2)):
        assignments.decide(body, recusal, Decision.DISMISS, reason="仅在小区公告栏上见过姓名，不影响公正调解。")
        wang = db.session.get_one(Mediator, assignment.mediator_id)
        dispute = assignments.dispute_of(assignment)
        assignments.disclose(mediator, dispute, wang, declared={Tie.RELATIVE}, text="公司经理陈犇系本人表弟。")
        (later,) = pending.open_ones(assignment)
        assignments.decide(clerk, later, Decision.UPHOLD, reason="调解员系一方当事人经理的近亲属。")


def extended() -> None:
    assignment = accepted()
    parties = [p.id for p in disputes.parties(assignment.dispute_id)]
    with on(DAY + timedelta(days=20)):
        until = assignments.final_on(assignment) + timedelta(days=20)
        assignments.extend(
            who("clerk_li"), assignment, until=until, agreed_by=parties, reason="等待设施维修费用的书面报价。"
        )


def failed() -> None:
    assignment = accepted()
    starts = in_session(assignment)
    with clock.pretend(starts + timedelta(hours=2)):
        _fail(assignment)


def _fail(assignment) -> None:
    failure.report(
        who("mediator_wang"), assignment, code=EndCode.DIVERGENCE,
        course="召开调解会议一次，双方到场，就退租和退款数额进行了协商。",
        reasons="双方对退款数额分歧较大，未能达成一致。", cost_behaviour="", alerts="申请人已另行租房，希望尽快处理。",
        material_returned="起诉状副本一份、证据材料一套",
    )  # fmt: skip


def outside() -> None:
    found = consented(complaint=False, outside=True)
    with on(DAY, 14):
        builders.make_assignment(who("clerk_li"), found)


def filed(*, agreed_to: bool = True):
    clerk, found = who("clerk_li"), guided()
    with on(DAY, 11):
        answer = Answer.AGREES if agreed_to else Answer.REFUSES
        given = [ConsentData(p.id, answer) for p in disputes.parties(found.id)]
        intake.record_consents(clerk, found, given)
    with on(DAY, 13):
        return intake.file_now(clerk, found)


def entrusted() -> None:
    """After filing: handed over by the court, without agreement, back to trial."""
    case = filed()
    found = disputes.get(who("clerk_li"), case.dispute_id)
    with on(DAY, 14):
        assignment = builders.make_assignment(who("clerk_li"), found)
        assignments.accept(who("mediator_wang"), assignment)
    starts = in_session(assignment)
    with clock.pretend(starts + timedelta(hours=2)):
        _fail(assignment)


def _fee(case) -> None:
    litigation.issue_fee_notice(who("clerk_li"), case, kind=FeeKind.PROPERTY, received_on=clock.today())
    litigation.record_payment(who("clerk_li"), case)


def settled(effect: Effect) -> None:
    """Filed, settled before the court, fixed in a mediation document."""
    case = filed(agreed_to=False)
    clerk = who("clerk_li")
    with on(DAY, 15):
        _fee(case)
        naming.name(clerk, case, judge_id=who("judge_zhou").id)
        litigation.issue_mediation_document(
            who("judge_zhou"), case, agreed_on=DAY, effect=effect, fee_fen=11_000, fee_bearer=f"被告{COMPANY}",
            clauses=[
                f"原告{TENANT}与被告{COMPANY}之间的房屋租赁合同于2026年3月16日解除",
                f"被告{COMPANY}于2026年3月16日前退还原告{TENANT}租金及押金共计人民币14,200.00元（大写：壹万肆仟贰佰元整）",
                f"原告{TENANT}自愿放弃其他诉讼请求",
            ],
            clerk_name="黎燚",
        )  # fmt: skip


def settled_and_late() -> None:
    """Settled before the court by typed clauses, binding at once; part was paid in time, and the rest is late."""
    case = filed(agreed_to=False)
    clerk, judge = who("clerk_li"), who("judge_zhou")
    tenant, company = disputes.parties(case.dispute_id)
    last = DAY + timedelta(days=14)
    owed = ClauseFacts(
        0, ClauseKind.PAY, company.id, tenant.id, amount_fen=1_420_000, due_on=last,
        account=f"户名{TENANT}，样例银行济南历下支行，账号6222000000000000000",
    )  # fmt: skip
    with on(DAY, 15):
        _fee(case)
        naming.name(clerk, case, judge_id=judge.id)
        drafting.write_clause(judge, being_written(case), owed)
        settling.draw_up(
            judge, case, agreed_on=DAY, effect=Effect.ON_AGREEMENT, fee_fen=11_000, fee_bearer=f"被告{COMPANY}", clerk_name="黎燚"
        )  # fmt: skip
    source = settled_for(case)
    [clause] = clauses(source)
    with on(last):
        performance.record(clerk, source, clause, on=last, amount_fen=400_000, evidence="转账凭证，双方确认。")
    with on(last + timedelta(days=20)):
        enforcement.make(clerk, source, tenant.id)


def pressed() -> None:
    """The mediator has not taken the dispute up: reminded, answered, and pressed for once more."""
    found = consented()
    with on(DAY, 14):
        builders.make_assignment(who("clerk_li"), found)
    leader, mediator = who("triage_sun"), who("mediator_wang")
    with on(DAY + timedelta(days=3)):
        order = supervision.issue(
            leader, found, level=Level.REMINDER, reason=f"{TENANT}一案已委派三日，尚未接受。", addressee_id=mediator.id,
            due_on=DAY + timedelta(days=5),
        )  # fmt: skip
    with on(DAY + timedelta(days=4)):
        supervision.reply(mediator, order, text=f"已与{COMPANY}电话联系，三月九日上午调解。")
        supervision.raise_level(leader, order, level=Level.SUPERVISION, due_on=DAY + timedelta(days=9))


def withdrawn_suit() -> None:
    case = filed(agreed_to=False)
    with on(DAY, 15):
        _fee(case)
        naming.name(who("clerk_li"), case, judge_id=who("judge_wu").id)
        litigation.close_case(who("judge_wu"), case, Ended.WITHDRAWN, clerk_name="黎燚")


def turned() -> None:
    """On the fast track: a party's objection rejected, another upheld, so that the ordinary procedure follows."""
    case, judge, clerk = filed(agreed_to=False), who("judge_zhou"), who("clerk_li")
    tenant, company = disputes.parties(case.dispute_id)[:2]
    with on(DAY, 15):
        _fee(case)
        tribunal = scheduling.resources(clerk, (ResourceKind.TRIBUNAL,))[0]
        litigation.to_fast_track(clerk, case, tribunal_id=tribunal.id, judge_id=judge.id)
        for one in serving.send(clerk, case, on=DAY):
            serving.serve(clerk, one, method=ServiceMethod.DIRECT, on=DAY, receiver=COMPANY)
        first = changing.object_to(clerk, case, party_id=tenant.id, raised_on=DAY, reason="标的额较大。")
        changing.decide(judge, first, Reply.REJECT, reason="事实清楚，争议不大。", clerk_name="黎燚")
        second = changing.object_to(clerk, case, party_id=company.id, raised_on=DAY, reason="损坏原因需要鉴定。")
        changing.decide(judge, second, Reply.ORDINARY, reason="本案须进行鉴定。", panel=True, clerk_name="黎燚")


def transferred() -> None:
    """Jurisdiction objected to and rejected; then the court itself finds that another court has it."""
    case, judge, clerk = filed(agreed_to=False), who("judge_zhou"), who("clerk_li")
    company = disputes.parties(case.dispute_id)[1]
    with on(DAY, 15):
        naming.name(clerk, case, judge_id=judge.id)
        first = deciding.question(
            clerk,
            case,
            origin=jurisdiction.Origin.PARTY,
            party_id=company.id,
            raised_on=DAY,
            reason="房屋不在本院辖区。",
        )
        deciding.rule(
            judge,
            first,
            jurisdiction.Answer.REJECT,
            reasons="案涉房屋位于本院辖区。",
            fee_fen=10_000,
            clerk_name="黎燚",
        )


def fined() -> None:
    """Evidence came late by intent: the fine, proposed by the judge and approved by the president."""
    case, judge, clerk = filed(agreed_to=False), who("judge_zhou"), who("clerk_li")
    company = disputes.parties(case.dispute_id)[1]
    with on(DAY, 15):
        _fee(case)
        tribunal = scheduling.resources(clerk, (ResourceKind.TRIBUNAL,))[0]
        litigation.to_fast_track(clerk, case, tribunal_id=tribunal.id, judge_id=judge.id)
        set_evidence(judge, case, days=1, on=case.filed_on)
    later = DAY + timedelta(days=12)
    with on(later, 15):
        late = late_evidence.decide_late(
            judge, case, party_id=company.id, what="房屋交接单原件", on=later, reason="一直由本公司保管", cause=Cause.INTENT,
            basic=True,
        )  # fmt: skip
        fine = fining.propose(
            judge, case, late, amount_fen=5_000_000, reason="该公司自始持有该证据而不提交，致使诉讼迟延。"
        )
        fining.decide(who("president_he"), fine, approved=True)


def announced() -> None:
    """Nobody reaches the defendant: the plaint copy and the ruling on jurisdiction are announced."""
    case, judge, clerk = filed(agreed_to=False), who("judge_zhou"), who("clerk_li")
    company = disputes.parties(case.dispute_id)[1]
    with on(DAY, 15):
        _fee(case)
        litigation.to_ordinary(clerk, case)
        naming.name(clerk, case, judge_id=judge.id)
        if not defences.of_case(case):
            serving.send(clerk, case, on=DAY)
        raised = deciding.question(
            clerk, case, origin=jurisdiction.Origin.PARTY, party_id=company.id, raised_on=DAY, reason="房屋不在本院辖区。"
        )  # fmt: skip
        rejected = jurisdiction.Answer.REJECT
        deciding.rule(judge, raised, rejected, reasons="案涉房屋位于本院辖区。", fee_fen=10_000, clerk_name="黎燚")
        for target in announcing.targets(case):
            if target.party.id == company.id:
                publishing.publish(
                    clerk, case, target=target.key, need=Need.WHEREABOUTS if target.matter is Matter.PLAINT else Need.NO_OTHER_WAY,
                    course="按登记住所邮寄两次均退回。", points=CLAIMS if target.matter is Matter.PLAINT else "驳回对管辖权提出的异议。",
                    medium=Medium.NEWSPAPER, outlet="人民法院报", published_on=DAY,
                )  # fmt: skip


def joined() -> None:
    """A counterclaim is taken and its copy sent, another is not; a third party and a co-defendant join."""
    case, judge, clerk = filed(agreed_to=False), who("judge_zhou"), who("clerk_li")
    company = disputes.parties(case.dispute_id)[1]
    with on(DAY, 15):
        _fee(case)
        tribunal = scheduling.resources(clerk, (ResourceKind.TRIBUNAL,))[0]
        litigation.to_fast_track(clerk, case, tribunal_id=tribunal.id, judge_id=judge.id)
        told = {"party_id": company.id, "on": DAY, "amount_fen": 260_000}
        taken = claiming.bring(clerk, case, claims="判令反诉被告支付房屋修缮费用人民币2,600.00元。", **told)
        apart = claiming.bring(clerk, case, claims="判令反诉被告归还借款人民币2,600.00元", **told)
        claiming.decide(judge, taken, link=Link.SAME_RELATION, days=10)
        claiming.decide(judge, apart, link=Link.NONE, reason="借款发生于租赁关系成立以前", clerk_name="黎燚")
        serving.send(clerk, case, on=DAY)
        withdrawn = claiming.bring(clerk, case, claims="判令反诉被告支付清洁费用人民币300.00元。", **told)
        claiming.decide(judge, withdrawn, link=Link.SAME_RELATION, days=10)
        claiming.pay(clerk, withdrawn, on=DAY)
        claiming.withdraw(judge, withdrawn, clerk_name="黎燚")
        for place, name, origin in (
            (Place.CO_DEFENDANT, "吴𬭎", Joiner.PARTY), (Place.THIRD_WITHOUT_CLAIM, "吴𬭎", Joiner.OWN),
            (Place.THIRD_WITH_CLAIM, "江州安居托管服务部", Joiner.OWN),
        ):  # fmt: skip
            letting_in.decide(
                judge, case, letting_in.Newcomer(place, name), origin=origin, on=DAY, granted=False, clerk_name="黎燚",
                applicant_id=company.id if origin is Joiner.PARTY else None, reason="其不是租赁合同的当事人，与本案没有利害关系",
            )  # fmt: skip
        for place, name in ((Place.THIRD_WITHOUT_CLAIM, "江州安居托管服务部"), (Place.CO_DEFENDANT, "林𬀩")):
            letting_in.decide(
                judge, case, letting_in.Newcomer(place, name), origin=Joiner.COURT, on=DAY, granted=True, days=10,
                reason="案涉房屋由其代管，案件处理结果同其有法律上的利害关系。",
            )  # fmt: skip
        paper = services.latest("claim_ruling", "joined_claim", apart.id)
        correcting.rule(
            judge, paper, mistake=Mistake.CLERICAL, points=[Point("借款发生于租赁关系成立以前", "借款发生于租赁关系成立之前")],
            reason="裁定书有误写之处", clerk_name="黎燚", password=PASSWORD,
        )  # fmt: skip
    with on(DAY + timedelta(days=10)):
        claiming.withdraw(judge, taken, unpaid=True, clerk_name="黎燚")


def stood_apart() -> None:
    """A judge whom a party does not want: dismissed, and upheld on review; a clerk who steps back; a judge who stays."""
    case, clerk, president, judge = filed(agreed_to=False), who("clerk_li"), who("president_he"), who("judge_zhou")
    tenant = disputes.parties(case.dispute_id)[0]
    found = dispute_of(case)
    with on(DAY, 15):
        _fee(case)
        tribunal = scheduling.resources(clerk, (ResourceKind.TRIBUNAL,))[0]
        litigation.to_fast_track(clerk, case, tribunal_id=tribunal.id, judge_id=judge.id)
        own = bench_recusal.Application(
            Function.CLERK, clerk.id, BenchOrigin.OWN, BenchGround.INTEREST, "本人亦住该小区。", on=DAY
        )
        first = bench_recusal.bring_up(clerk, found, own)
        bench_recusal.decide(judge, first, Bench.DISMISS, reason="同住一个小区，与本案没有利害关系。")
        asked = bench_recusal.Application(
            Function.TRIAL_JUDGE, judge.id, BenchOrigin.PARTY, BenchGround.OTHER_TIE,
            f"{TENANT}称，承办人与被告经理陈犇为同学。", on=DAY, party_id=tenant.id,
        )  # fmt: skip
        made = bench_recusal.bring_up(clerk, found, asked)
        bench_recusal.decide(president, made, Bench.DISMISS, reason="同校不同级，不足以影响公正审理。")
        bench_recusal.ask_review(clerk, made, statement="二人往来密切。", on=DAY)
        bench_recusal.decide(president, made, Bench.DISMISS, reason="复查后没有发现往来。")
        again = bench_recusal.bring_up(
            clerk, found, replace(asked, ground=BenchGround.GIFTS, statement="承办人接受吃请。")
        )
        bench_recusal.decide(president, again, Bench.UPHOLD, reason="经查属实。")


def preserved() -> None:
    """Before suit: ordered and taken, lifted for want of a suit; dismissed; an order not to act. In suit: against security."""
    clerk, judge = who("clerk_li"), who("judge_wu")
    before = guided()
    tenant, company = disputes.parties(before.id)[:2]
    told = {"applicant_id": tenant.id, "against_id": company.id, "security": "申请人名下存款人民币5,000.00元"}
    with on(DAY, 15):
        applications = [
            (Object.DEPOSIT, f"{COMPANY}在样例银行江州支行的存款", 1_680_000, True),
            (Object.CONDUCT, "不得更换申请人承租房屋的门锁", None, True),
            (Object.OTHER_RIGHT, f"{COMPANY}名下房屋一套", None, False),
        ]
        made = [
            keeping.apply(clerk, before, keeping.Application(
                object=kind, what=what, amount_fen=fen, accepted_at=clock.now(), **told
            ))
            for kind, what, fen, _granted in applications
        ]  # fmt: skip
        for one, (_kind, _what, _fen, granted) in zip(made, applications, strict=True):
            keeping.rule(
                judge, one, granted=granted, at=clock.now(), note="" if granted else "请求保全的房屋与本案无关。"
            )
        keeping.take(clerk, made[0], on=DAY)
    with on(DAY + timedelta(days=40)):
        keeping.lift(judge, made[0], on=clock.today(), reason=LiftReason.NOT_SUED)
    case = filed(agreed_to=False)
    found = dispute_of(case)
    tenant, company = disputes.parties(found.id)[:2]
    with on(DAY, 16):
        asked = keeping.Application(
            tenant.id, company.id, Object.MOVABLE, f"{COMPANY}名下小型客车一辆", "", accepted_at=clock.now()
        )
        one = keeping.apply(clerk, found, asked)
        keeping.rule(judge, one, granted=True, at=clock.now(), note="被申请人正在转移财产。")
        keeping.take(clerk, one, on=DAY)
        keeping.lift(judge, one, on=DAY, reason=LiftReason.SECURITY, note="被申请人提供现金担保。")


def dispute_of(case) -> Dispute:
    return db.session.get_one(Dispute, case.dispute_id)


def confirmed():
    """Examined and ruled valid, after papers were missing and something was in doubt."""
    confirmation = applied(materials=MATERIALS[:3])
    judge = who("judge_chen")
    with on(confirmation.applied_on, 10):
        confirmations.order_materials(judge, confirmation, due=clock.today() + timedelta(days=3))
        confirmations.receive_materials(who("clerk_li"), confirmation, MATERIALS, title_concerned=False)
    questioned(confirmation)
    with on(confirmation.applied_on, 15):
        confirmations.order_supplement(
            judge, confirmation, what="押金收据原件；浴霸维修报价单", due=clock.today() + timedelta(days=5)
        )
        confirmations.supplied(judge, confirmation)
        confirmations.examine(judge, confirmation, findings=dict.fromkeys(Ground, Finding.CLEAR))
        confirmations.rule_valid(judge, confirmation, password=PASSWORD)
    return confirmation


def served() -> None:
    """The ruling reaches both parties."""
    confirmation = confirmed()
    for party in disputes.parties(confirmation.dispute_id):
        with on(confirmation.applied_on, 16):
            confirmations.serve(
                who("clerk_li"),
                confirmation,
                party,
                method=ServiceMethod.DIRECT,
                effective_on=confirmation.applied_on,
                receiver=LAWYER if party.name == TENANT else "陈犇",
            )


def enforced() -> None:
    """Confirmed and served; part of one sum was paid, and the rest is late: the tenant asks for enforcement."""
    confirmation = confirmed()
    for party in disputes.parties(confirmation.dispute_id):
        with on(confirmation.applied_on, 16):
            confirmations.serve(
                who("clerk_li"), confirmation, party, method=ServiceMethod.DIRECT,
                effective_on=confirmation.applied_on, receiver=party.name,
            )  # fmt: skip
    made = drafting.get(who("clerk_li"), confirmation.agreement_id)
    part = drafting.clauses(made)[1]
    with on(made.effective_on + timedelta(days=10)):
        evidence = "转账凭证，双方确认。"
        performance.record(who("clerk_li"), made, part, on=clock.today(), amount_fen=100_000, evidence=evidence)
    with on(made.effective_on + timedelta(days=60)):
        enforcement.make(who("clerk_li"), made, part.creditor_id)


def objected() -> None:
    """Somebody outside objects to the confirmation: rejected, then altered, then revoked."""
    confirmation, judge, clerk = confirmed(), who("judge_chen"), who("clerk_li")
    with on(confirmation.applied_on, 16):
        for answer, altered in ((Ruled.REJECT, ""), (Ruled.ALTER, "确认调解协议除第二项外有效。"), (Ruled.REVOKE, "")):
            objection = objecting.object_to(
                clerk, confirmation, party_id=None, name="欧阳㛃", address="济南市历下区样例路9号", known_on=clock.today(),
                raised_on=clock.today(), reason="协议约定抵偿的车辆登记在异议人名下，异议人未同意。",
            )  # fmt: skip
            objecting.rule(
                judge, objection, answer, reasons="经审查，车辆登记情况属实。", altered=altered, password=PASSWORD
            )


def performed() -> None:
    """Every clause is kept."""
    made, mediator = agreed(), who("mediator_wang")
    with on(made.effective_on, 18):
        for clause in drafting.clauses(made):
            performance.record(
                mediator,
                made,
                clause,
                on=made.effective_on,
                amount_fen=clause.amount_fen,
                evidence="当场转账，双方确认" if clause.amount_fen else "双方当场交接房屋",
            )
        performance.close_performed(who("clerk_li"), made)


def dismissed() -> None:
    confirmation, judge = questioned(applied(form=Form.ORAL)), who("judge_chen")
    with on(confirmation.applied_on, 15):
        found = dict.fromkeys(Ground, Finding.CLEAR) | {Ground.HARMS_OTHERS: Finding.FOUND}
        confirmations.examine(judge, confirmation, findings=found, reason=REASON)
        confirmations.dismiss(judge, confirmation, password=PASSWORD)


def dismissed_as_excluded() -> None:
    confirmation = questioned(applied())
    with on(confirmation.applied_on, 15):
        confirmations.dismiss_excluded(
            who("judge_chen"), confirmation, exclusion=Exclusion.TITLE, reason="协议第一项系对房屋所有权的确认。",
            password=PASSWORD,
        )  # fmt: skip


def not_accepted() -> None:
    confirmation = applied()
    with on(confirmation.applied_on, 10):
        confirmations.not_accept(
            who("judge_chen"), confirmation, exclusion=Exclusion.WRONG_COURT, reason="本院既非邀请调解组织的人民法院。",
            password=PASSWORD,
        )  # fmt: skip


def withdrawn() -> None:
    confirmation = questioned(applied())
    with on(confirmation.applied_on, 15):
        confirmations.withdraw(
            who("judge_chen"), confirmation, reason="申请人陈述，款项已经当场付清。", password=PASSWORD
        )


def deemed_withdrawn() -> None:
    confirmation, judge = questioned(applied()), who("judge_chen")
    with on(confirmation.applied_on, 15):
        confirmations.order_supplement(judge, confirmation, what="押金收据原件", due=clock.today() + timedelta(days=3))
    with on(confirmation.applied_on + timedelta(days=5)):
        confirmations.deem_withdrawn(
            judge, confirmation, lapse=Lapse.NOT_SUPPLEMENTED, reason="经释明，当事人仍未提交。", password=PASSWORD
        )


def evaluated() -> None:
    """R2-04: the past year of a mediator, with a day in it on which everything is known."""
    mediator = db.session.get_one(Mediator, someone("mediator_wang").mediator_id)
    with on(date(2027, 1, 11)):
        conduct.evaluate(who("president_he"), mediator, 2026, result=Result.GOOD, text="程序规范，龚䶮一案的笔录完整。")


def reported() -> None:
    """A quarter on paper; inside the court, and for readers outside."""
    with on(date(2026, 4, 1)):
        for outward in (False, True):
            reports.ask(who("president_he"), ReportSpan.QUARTER, quarter_of(DAY), outward=outward)
        reports.work("a worker")


def appraised() -> None:
    """Why the bath heater broke is to be found out before the mediation goes on."""
    assignment = accepted()
    tenant, company = disputes.parties(assignment.dispute_id)
    told = appraisals.Application(
        tenant.id, [company.id], AppraisalGroup.PROPERTY, matter="卫生间浴霸损坏的原因；修复费用。",
        facts="浴霸于2025年11月起不能使用，双方对系自然损耗还是使用不当各执一词。",
        materials="房屋租赁合同；浴霸现状照片五张；维修报价单。", prepaid_by_id=tenant.id,
    )  # fmt: skip
    with on(DAY, 16):
        appraisals.apply(who("mediator_wang"), assignment, told)


def noticed() -> None:
    """The backlog on paper for the board in the hall."""
    with on(DAY):
        board.draft(who("clerk_li"))


LINES = (
    corrected, refused, disclosed, recused, extended, failed, outside, entrusted, withdrawn_suit, turned, transferred, announced, objected, served, joined, fined, performed, dismissed,
    dismissed_as_excluded, not_accepted, withdrawn, deemed_withdrawn, signed_on_a_screen, enforced,
    evaluated, reported, stood_apart, preserved, noticed, agreed_orally, appraised,
)  # fmt: skip


def live() -> list[Document]:
    """Let everything happen; what was asked for, in order."""
    for line in LINES:
        line()
    settled(Effect.ON_RECEIPT)
    settled_and_late()
    pressed()
    return list(db.session.scalars(sa.select(Document).order_by(Document.id)))
