"""A court with forty thousand disputes, written in bulk: shapes and spread of a real register, no real people."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.agreements.models import Agreement
from mediation.assignment.models import Assignment
from mediation.cli.history import bulk
from mediation.disputes.models import CaseNumber, Cause, Dispute, Participation, Party
from mediation.disputes.people import phone_key
from mediation.kernel import clock, keys, known
from mediation.kernel.db import db
from mediation.litigation.models import LitigationCase
from mediation.periods.models import Deadline
from mediation.roster.models import Mediator
from mediation.scheduling.models import Resource

BATCH = 2000
MODELS = (Dispute, Party, CaseNumber, Assignment, Participation, Agreement, LitigationCase, Deadline)
TABLES = [model.__table__ for model in MODELS]
FIRST = date(2022, 1, 3)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
GIVEN = "安宁平和信诚明远清正文武德仁义礼智"


def load(court_id: int, number: int) -> int:
    """Write `number` disputes with parties, numbers, assignments, cases and deadlines; the id of one in mediation."""
    chance = random.Random(20260101)  # noqa: S311 the same court at each run
    clerk = db.session.scalar(sa.select(User.id).where(User.login == "clerk_li"))
    judge = db.session.scalar(sa.select(User.id).where(User.login == "judge_zhou"))
    mediators = db.session.scalars(sa.select(Mediator.id)).all()
    tribunal = db.session.scalar(sa.select(Resource.id).where(Resource.code == "TRIB-1"))
    causes = db.session.execute(sa.select(Cause.version, Cause.code).where(Cause.level >= 3)).all()
    start = bulk.next_id(Dispute.__table__)
    many = _Rows(court_id, clerk, judge, list(mediators), tribunal, causes, chance)
    for first in range(start, start + number, BATCH):
        many.write(range(first, min(first + BATCH, start + number)), total=number, start=start)
    # The planner has to know what lies there before what came past the session becomes known and the sums follow.
    bulk.settle(TABLES)
    known.catch_up()
    bulk.settle(TABLES)
    return start + number - 1


class _Rows:
    def __init__(
        self,
        court_id: int,
        clerk: Any,
        judge: Any,
        mediators: list[int],
        tribunal: Any,
        causes: Any,
        chance: random.Random,
    ) -> None:
        self.court_id, self.clerk, self.judge, self.tribunal = court_id, clerk, judge, tribunal
        self.mediators, self.causes, self.chance = mediators, causes, chance

    def write(self, ids: range, *, total: int, start: int) -> None:
        tables: dict[Any, list[dict[str, Any]]] = {table: [] for table in TABLES}
        for i in ids:
            day = FIRST + timedelta(days=(i - start) * 1700 // total)
            for model, row in self._one(i, day, ended=i < start + total - 1500):
                tables[model.__table__].append(row)
        bulk.put(tables)

    def _one(self, i: int, day: date, *, ended: bool) -> Iterator[tuple[Any, dict[str, Any]]]:
        own = {"court_id": self.court_id, "dispute_id": i}
        version, code = self.causes[i % len(self.causes)]
        outcome = self.chance.choice(("agreed", "failed", "failed", "withdrawn")) if ended else "accepted"
        status = {"accepted": "in_mediation", "agreed": "agreed", "failed": "filed", "withdrawn": "closed"}[outcome]
        closed = clock.at(day + timedelta(days=20)) if status == "closed" else None
        yield Dispute, {
            "id": i, "court_id": self.court_id, "receipt_no": f"SJ-B-{i:07d}", "source": "window", "received_at": clock.at(day, 9),
            "received_by_id": self.clerk, "cause_version": version, "cause_code": code, "has_complaint": False,
            "amount_fen": self.chance.randrange(10_000, 9_000_000), "claims": "请求支付款项", "facts": "双方因履行合同发生争议",
            "route": "A", "status": status, "closed_at": closed, "closing": "withdrawn" if closed else None,
        }  # fmt: skip
        for role in ("applicant", "respondent"):
            name = self.chance.choice(SURNAMES) + "".join(self.chance.choice(GIVEN) for _ in range(2))
            number = f"3701021980010{i % 100000:05d}"
            phone = f"{138 if role == 'applicant' else 136}{i % 100000000:08d}"
            yield Party, own | {
                "role": role, "kind": "natural", "name": name, "id_type": "resident", "id_no": number,
                "id_key": keys.keyed_hash("id", number), "id_tail": number[-4:], "phone": phone,
                "phone_key": phone_key(phone),
            }  # fmt: skip
        yield CaseNumber, own | {
            "id": i, "year": day.year, "court_code": "鲁0102", "type_code": "诉前调", "serial": 100_000 + i,
            "canonical": f"（{day.year}）鲁0102诉前调{100_000 + i}号", "given_at": clock.at(day, 10),
        }  # fmt: skip
        yield from self._mediation(i, own, day, outcome)

    def _mediation(self, i: int, own: dict[str, Any], day: date, outcome: str) -> Iterator[tuple[Any, dict[str, Any]]]:
        end = day + timedelta(days=self.chance.randrange(3, 33))
        last = day + timedelta(days=30)
        code = {"agreed": "01", "failed": "05", "withdrawn": "02"}.get(outcome)
        yield Participation, own | {
            "capacity": "mediated", "mediator_id": self.mediators[i % len(self.mediators)], "since": clock.at(day, 11),
        }  # fmt: skip
        yield Assignment, own | {
            "id": i, "kind": "delegated", "mediator_id": self.mediators[i % len(self.mediators)], "choice": "designated",
            "reasons": {}, "status": outcome, "issued_on": day, "issued_by_id": self.clerk, "accepted_on": day,
            "ended_on": end if code else None, "end_code": code, "final_on": last if code else None,
        }  # fmt: skip
        if not code:
            yield Deadline, own | {
                "subject_type": "assignment", "subject_id": i, "key": "MEDIATION_PRE", "start_on": day, "raw_on": last,
                "final_on": last, "length": 30, "provisional": False, "article": "S4 art. 27", "basis": {}, "history": [], "status": "open",
            }  # fmt: skip
        if outcome == "agreed":
            yield Agreement, own | {
                "assignment_id": i, "number": f"B-{i}", "facts": "双方因履行合同发生争议", "status": "effective", "effective_on": end,
            }  # fmt: skip
        if outcome == "failed":
            yield CaseNumber, own | {
                "id": 10_000_000 + i, "year": end.year, "court_code": "鲁0102", "type_code": "民初", "serial": 100_000 + i,
                "canonical": f"（{end.year}）鲁0102民初{100_000 + i}号", "given_at": clock.at(end, 10),
            }  # fmt: skip
            yield LitigationCase, own | {
                "case_number_id": 10_000_000 + i, "filed_on": end, "filed_by_id": self.clerk, "status": "fast_track",
                "fast_track": True, "tribunal_id": self.tribunal, "judge_id": self.judge, "fast_track_on": end,
            }  # fmt: skip
