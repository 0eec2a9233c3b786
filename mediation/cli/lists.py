"""What the demonstration court has to tell of its lists: agreements, training, a complaint, a sanction, allowances."""

from datetime import date, timedelta
from decimal import Decimal

from mediation.cli.stories import who
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import transaction
from mediation.roster import services as roster
from mediation.roster.allowances import services as allowances
from mediation.roster.allowances.rules import Outcome
from mediation.roster.allowances.services import Month
from mediation.roster.conduct import services as conduct
from mediation.roster.conduct.models import Complaint
from mediation.roster.conduct.rules import Result, SanctionKind
from mediation.roster.models import Mediator
from mediation.roster.panels import services as panels
from mediation.roster.rules import Demands, FeeMode, Ground, Language, OrganisationKind, RosterStatus
from mediation.statistics.alerts import services as alerts
from mediation.statistics.alerts.rules import Direction, Measure, Window
from mediation.statistics.alerts.services import Wanted
from mediation.statistics.catalogue import Figure
from mediation.statistics.reports import rules as reporting
from mediation.statistics.reports import services as reports
from mediation.statistics.reports.rules import ReportSpan

RULE = "演示法院院发〔2024〕1号"
LONG_AGO = date(2024, 1, 1)
COURSES = (("调解实务与司法确认", 8), ("民法典合同编", 8), ("在线调解规则", 4))


def prepare(actor: Actor) -> None:
    """Before the first dispute: what the court asks and pays, who has attended what, what the bodies are."""
    with transaction():
        roster.set_demands(actor, Demands(8, 16, 60, 5), valid_from=LONG_AGO, source=RULE)
        for outcome, fen in ((Outcome.AGREED, 30_000), (Outcome.FAILED, 10_000)):
            allowances.set_rule(actor, valid_from=LONG_AGO, cause="", outcome=outcome, amount_fen=fen, source=RULE)
        allowances.set_rule(
            actor, valid_from=LONG_AGO, cause="10.35", outcome=Outcome.AGREED, amount_fen=40_000, source=RULE
        )
        _bodies(actor)
        _panels(actor)
        for n, mediator in enumerate(roster.everybody(actor)):
            _attended(actor, mediator, n)


def _bodies(actor: Actor) -> None:
    """Where each stands, on what terms; one charges by a published tariff, one waits to be put on the list."""
    places = [one.id for one in roster.streets(actor)]
    bodies = roster.organisations(actor)
    for n, body in enumerate(bodies):
        told = {
            "name": body.name, "kind": body.kind, "fee_mode": body.fee_mode, "tariff": "",
            "scope": "民间纠纷、合同纠纷", "address": f"演示路{n + 1}号", "agreement_on": body.agreement_on,
            "agreement_until": clock.today() + timedelta(days=400 + 30 * n), "street_id": places[n % 3] if n > 3 else None,  # noqa: PLR2004
        }  # fmt: skip
        roster.edit_organisation(actor, body, told)
    roster.create_organisation(
        actor,
        name="演示商事调解中心",
        kind=OrganisationKind.COMMERCIAL,
        fee_mode=FeeMode.MARKET,
        tariff="标的额十万元以下每件五百元，超过部分按百分之零点五计收。",
        scope="商事合同纠纷",
        address="演示路88号",
        agreement_on=clock.today() - timedelta(days=90),
        agreement_until=clock.today() + timedelta(days=640),
    )
    roster.create_organisation(
        actor, name="演示候选调解组织", kind=OrganisationKind.INDUSTRY, scope="物业纠纷", status=RosterStatus.CANDIDATE
    )


def _panels(actor: Actor) -> None:
    """Two special panels: one open to whoever the court names, one to those who are strong in its causes."""
    told = {
        "conditions": "熟悉本领域纠纷，从事调解工作两年以上。",
        "entry_hours": 0,
        "is_binding": False,
        "source": RULE,
    }
    family = panels.set_up(actor, name="家事纠纷调解委员会", causes="2.2", needs_field=False, **told)
    housing = panels.set_up(
        actor,
        name="物业和房屋租赁纠纷调解委员会",
        causes="物业服务合同纠纷、房屋租赁合同纠纷",
        needs_field=True,
        **told,
    )
    people = roster.everybody(actor)
    chosen = [(family, mediator) for mediator in people[:4]]
    chosen += [(housing, mediator) for mediator in people if not panels.missing(housing, mediator)]
    for panel, mediator in chosen:
        panels.enter(actor, panel, mediator)


def _attended(actor: Actor, mediator: Mediator, n: int) -> None:
    year = clock.today().year
    for place, (subject, hours) in enumerate(COURSES[: 1 + n % len(COURSES)]):
        for at in (date(year - 1, 3 + place, 10), date(year, 1, 1)):
            if at <= clock.today():
                roster.add_training(
                    actor, mediator, held_on=at, hours=hours, subject=f"{subject}（{at.year}）", organiser="演示法院"
                )
    places = [one.id for one in roster.streets(actor)]
    languages = [Language.MANDARIN, Language.SHANDONG] if n % 2 else [Language.MANDARIN]
    languages += [Language.SIGN] if n == 1 else [Language.ENGLISH] if n % 5 == 0 else []
    told = {
        "languages": [str(one) for one in languages],
        "street_id": places[n % len(places)] if n % 3 == 0 else None,
        "introduction": "从事调解工作多年，熟悉本地情况。",
    }
    roster.edit_mediator(actor, mediator, told)


def tell() -> None:
    """After the disputes: leave, complaints examined, a sanction that waits for an answer, last year evaluated."""
    clerk, president, guide = (who(login) for login in ("clerk", "president", "guide"))
    people = roster.list_active(president)
    today = clock.today()
    first, second, third = people[-1], people[-2], people[-3]
    roster.take_leave(
        clerk, third, from_on=today + timedelta(days=40), to_on=today + timedelta(days=44), reason="年休假"
    )
    complaints = [
        conduct.receive(clerk, about, received_on=today, complainant=f"演示投诉人{n}", ground=ground, text=text)
        for n, (about, ground, text) in enumerate(
            (
                (first, Ground.FORCED, "称调解时催促签字。"),
                (second, Ground.ETHICS, "约定时间两次未到场。"),
                (third, Ground.LEAK, "称调解内容外传。"),
            ),
            1,
        )
    ]
    conduct.examine(guide, complaints[1], "find", finding="查阅预约记录，两次无故未到场，属实。")
    conduct.examine(guide, complaints[2], "reject", finding="询问双方当事人，未发现外传，不属实。")
    _sanctions(president, clerk, second, third, complaints[1])
    for n, mediator in enumerate(people[:6]):
        conduct.evaluate(
            president, mediator, today.year - 1, result=list(Result)[n % 3], text="按上年度数据和培训情况评定。"
        )
    _bounds(president)
    over = reporting.last_over(ReportSpan.MONTH, today)
    reports.ask(president, ReportSpan.MONTH, over, outward=False)
    month = Month.of(today).before
    if allowances.sheet(president, month).open:
        allowances.release(president, month)


def _bounds(president: Actor) -> None:
    """What the president wants to be told of: too much overdue, fewer mediations that succeed than a year ago."""
    overdue = Wanted(Figure.I13, Window.YEAR, Measure.VALUE, Direction.ABOVE, Decimal(2), least=20)
    alerts.create(president, overdue)
    alerts.create(
        president, Wanted(Figure.I03B, Window.QUARTER, Measure.YEAR_AGO, Direction.BELOW, Decimal(5), least=20)
    )


def _sanctions(president: Actor, clerk: Actor, second: Mediator, third: Mediator, founded: Complaint) -> None:
    """One imposed after an answer, one dropped after it, one that waits for the answer."""
    told = conduct.propose(
        president, second, kind=SanctionKind.WARNING, ground=Ground.ETHICS, facts="两次无故未到场。", complaint=founded
    )
    conduct.answer(clerk, told, "到窗口申辩：一次因病，未及时告知，今后注意。")
    conduct.impose(president, told, reason="未及时告知属实，予以警告。")
    told = conduct.propose(president, third, kind=SanctionKind.CORRECTION, ground=Ground.ETHICS, facts="记录填写不全。")
    conduct.answer(clerk, told, "到窗口申辩：记录已当日补齐。")
    conduct.drop(president, told, reason="已当日补齐，不再处理。")
    conduct.propose(
        president, third, kind=SanctionKind.CRITICISM, ground=Ground.DECLINES, facts="多次无正当理由不接受委派。"
    )
