"""The past of the demonstration court, loaded: part by part, and written down in the trail as taken over."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta

import sqlalchemy as sa

from mediation.accounts.models import Court, User
from mediation.cli.history import bulk
from mediation.cli.history.chronicle import OPENED, TOLD, Chronicle
from mediation.cli.history.course import Course
from mediation.cli.history.rows import EVENING, TABLES, People, Writer, days_of
from mediation.cli.history.workdays import Workdays
from mediation.disputes.models import Cause, Participation
from mediation.kernel import audit, clock
from mediation.kernel.actor import system
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db, transaction
from mediation.periods import services as periods
from mediation.public.models import BoardRelease
from mediation.roster.models import Mediator, Street
from mediation.scheduling.models import Resource
from mediation.scheduling.rules import ResourceKind
from mediation.statistics import services as statistics
from mediation.statistics.sums import services as sums

BATCH = 2_000
ENTRIES = 4_000
# Of a thousand disputes of a district court in a city, so many of each cause: ours, in the order in which courts say
# they come (contracts of money, marriage, property management, traffic, sale, work).
CAUSES = (
    ("民间借贷纠纷", 122), ("离婚纠纷", 84), ("物业服务合同纠纷", 118), ("买卖合同纠纷", 92), ("机动车交通事故责任纠纷", 88),
    ("金融借款合同纠纷", 74), ("信用卡纠纷", 58), ("房屋租赁合同纠纷", 56), ("劳务合同纠纷", 38), ("追索劳动报酬纠纷", 34),
    ("装饰装修合同纠纷", 24), ("信息网络买卖合同纠纷", 22), ("教育培训合同纠纷", 24), ("追偿权纠纷", 20), ("承揽合同纠纷", 16),
    ("房屋买卖合同纠纷", 24), ("生命权、身体权、健康权纠纷", 22), ("相邻关系纠纷", 18), ("法定继承纠纷", 16), ("抚养费纠纷", 12),
    ("离婚后财产纠纷", 8), ("医疗损害责任纠纷", 12), ("财产损失保险合同纠纷", 14), ("供用热力合同纠纷", 10), ("赡养费纠纷", 5),
    ("饲养动物损害责任纠纷", 4),
)  # fmt: skip


def load(court: Court, *, progress: Callable[[int, int], object] = lambda _done, _all: None) -> int:
    """Write the court's past, the oldest dispute first; how many disputes it has."""
    people = _people(court.id)
    today = clock.today()
    calendar = periods.calendar()
    chronicle = Chronicle(
        Workdays(calendar, OPENED, today + timedelta(days=400)), causes=len(CAUSES), weights=[n for _name, n in CAUSES],
        streets=len(people.streets), mediators=len(people.mediators), today=today,
    )  # fmt: skip
    courses = chronicle.courses()
    writer, ids = Writer(court.id, court.code, people, calendar), list[int]()
    # Whoever may not act twice in a dispute is looked for by the database at each row: that table keeps its own.
    quick = [table for table in writer.tables if table is not bulk.table_of(Participation)]
    with transaction(), bulk.without_indexes(quick):
        for first in range(0, len(courses), BATCH):
            ids += writer.write(courses[first : first + BATCH])
            progress(len(ids), len(courses))
        writer.numbers.keep()
    _tell(court.id, courses, ids)
    _board(court.id, people.clerk)
    bulk.settle([*(bulk.table_of(model) for model in TABLES), bulk.table_of(AuditEvent)])
    # Only now does the planner know what lies there.
    sums.settle([court.id])
    return len(ids)


def _people(court_id: int) -> People:
    users = dict(db.session.execute(sa.select(User.login, User.id).where(User.court_id == court_id)).all())
    lists = sa.select(Mediator.id, Mediator.organisation_id).where(Mediator.court_id == court_id).order_by(Mediator.id)
    rows = db.session.execute(sa.select(Cause.version, Cause.code, Cause.name).order_by(Cause.version, Cause.level))
    codes = {name: (version, code) for version, code, name in rows}
    tribunals = sa.select(Resource.id).where(Resource.court_id == court_id, Resource.kind == ResourceKind.TRIBUNAL)
    streets = sa.select(Street.id).where(Street.court_id == court_id).order_by(Street.id)
    return People(
        clerk=users["clerk"], judge=users["fasttrack"], confirming=users["judge"],
        mediators=[(one, body) for one, body in db.session.execute(lists)],
        tribunals=list(db.session.scalars(tribunals.order_by(Resource.id))),
        streets=[*db.session.scalars(streets), None], causes=[codes[name] for name, _n in CAUSES],
    )  # fmt: skip


def _tell(court_id: int, courses: list[Course], ids: list[int]) -> None:
    """The trail: for each dispute one entry on the evening of its end, and for each evening what the day brought.

    Nothing is told that nobody did: the entries say that closed disputes were taken over, with the days of their acts.
    """
    daily: dict[date, Counter[str]] = defaultdict(Counter)
    ended: dict[date, list[int]] = defaultdict(list)
    for place, course in enumerate(courses):
        for name, day in days_of(course):
            daily[day][name] += 1
        ended[course.closed].append(place)
    actor, told = system(court_id), 0
    for day in sorted(daily):
        with clock.pretend(clock.at(day, EVENING)):
            for place in ended[day]:
                facts = dict(days_of(courses[place]))
                audit.note(
                    actor, "dispute.take_over", subject_type="dispute", subject_id=ids[place], dispute_id=ids[place], **facts
                )  # fmt: skip
            audit.note(actor, "court.take_over", subject_type="court", subject_id=court_id, day=day, **daily[day])
        told += len(ended[day]) + 1
        if told > ENTRIES:
            db.session.commit()
            told = 0
    db.session.commit()


def _board(court_id: int, clerk: int) -> None:
    """The figure that stood on the board in the hall on the day of the story (DOMAIN 3.11)."""
    waiting = statistics.pending_hearing_on(court_id, TOLD)
    with clock.pretend(clock.at(TOLD, EVENING)), transaction():
        release = BoardRelease(court_id=court_id, counted_on=TOLD, pending=waiting, released_by_id=clerk)
        audit.record(system(court_id), "release", release, pending=waiting)
