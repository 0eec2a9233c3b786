"""A course as the records it leaves: the same tables as every day's work, and what was known of each on which evening."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from mediation.agreements.models import Agreement, Clause, MediationSession
from mediation.assignment.models import Assignment
from mediation.assignment.rules import Kind
from mediation.cli.history import bulk
from mediation.cli.history.course import Agreed, Case, Course, Mediation
from mediation.confirmation.models import Confirmation
from mediation.disputes.models import AddressConfirmation, CaseNumber, Dispute, Participation, Party
from mediation.kernel import clock, known
from mediation.kernel.db import Base, db
from mediation.kernel.numbering import NumberCounter
from mediation.litigation.models import LitigationCase
from mediation.litigation.rules import Procedure
from mediation.periods import rules
from mediation.periods.calendar import Calendar
from mediation.periods.models import Deadline
from mediation.periods.table import PeriodKey

TABLES: tuple[type[Base], ...] = (
    Dispute, Party, CaseNumber, AddressConfirmation, Assignment, Participation, Deadline, MediationSession, Agreement, Clause,
    Confirmation, LitigationCase,
)  # fmt: skip
LENGTH = {Kind.DELEGATED: PeriodKey.MEDIATION_PRE, Kind.REFERRED: PeriodKey.MEDIATION_OUT}
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
NUMERALS = "甲乙丙丁戊己庚辛壬癸子丑"
EVENING = 18
# On which evening what stood in a record otherwise than it stands now.
Steps = tuple[tuple[date, bulk.Row], ...]

# When people come: the hours of the counter, the busy ones more than once.
OPEN_AT = (8, 9, 9, 9, 10, 10, 10, 11, 11, 13, 14, 14, 14, 15, 15, 15, 16)


@lru_cache(maxsize=8192)
def _evening(day: date) -> datetime:
    return clock.at(day, EVENING)


@lru_cache(maxsize=8192)
def _hour(day: date, hour: int) -> datetime:
    return clock.at(day, hour)


class Counted:
    """Periods as the court's calendar counts them; it is asked for once, and not for each of some thousand days."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.found: dict[tuple[PeriodKey, date], tuple[dict[str, Any], date]] = {}

    def of(self, key: PeriodKey, start: date) -> tuple[dict[str, Any], date]:
        """A period begun on a day: the columns of its deadline, and its last day."""
        if (key, start) not in self.found:
            self.found[key, start] = self._count(key, start)
        return self.found[key, start]

    def _count(self, key: PeriodKey, start: date) -> tuple[dict[str, Any], date]:
        found = rules.compute(rules.rule_for(key, start), start, self.calendar)
        columns = {
            "key": key, "length": found.rule.length, "article": found.rule.source, "start_on": found.start, "raw_on": found.raw,
            "final_on": found.final, "final_at": found.moment, "provisional": found.provisional, "basis": found.as_data(),
        }  # fmt: skip
        return columns, found.final


@dataclass(frozen=True)
class People:
    """Who acts in the court's past, by their numbers."""

    clerk: int
    judge: int
    confirming: int
    mediators: list[tuple[int, int | None]]
    tribunals: list[int]
    streets: list[int | None]
    causes: list[tuple[str, str]]


class Numbers:
    """The numbers of each series and year, without gaps, in the order of the days (R6-03)."""

    def __init__(self, court_id: int) -> None:
        self.court_id = court_id
        kept = sa.select(NumberCounter.series, NumberCounter.year, NumberCounter.last)
        rows = db.session.execute(kept.where(NumberCounter.court_id == court_id))
        self.last = defaultdict(int, {(series, year): last for series, year, last in rows})

    def take(self, series: str, day: date) -> int:
        """The next number."""
        self.last[series, day.year] += 1
        return self.last[series, day.year]

    def keep(self) -> None:
        """Let today's numbers follow."""
        for (series, year), last in self.last.items():
            db.session.merge(NumberCounter(court_id=self.court_id, series=series, year=year, last=last))


class Writer:
    """Turns courses into rows and keeps the ids apart."""

    def __init__(self, court_id: int, court_code: str, people: People, calendar: Calendar) -> None:
        self.court_id, self.court_code, self.people = court_id, court_code, people
        self.counted = Counted(calendar)
        self.next = {model: bulk.next_id(bulk.table_of(model)) for model in TABLES}
        self.numbers = Numbers(court_id)
        states = [known.KEPT[model].states for model in TABLES if model in known.KEPT]
        self.tables = [*(bulk.table_of(model) for model in TABLES), *states]
        self.rows: dict[sa.Table, list[bulk.Row]] = {}

    def write(self, courses: list[Course]) -> list[int]:
        """Insert what these courses leave; the ids of their disputes."""
        self.rows = {table: [] for table in self.tables}
        ids = [self._dispute(course) for course in courses]
        bulk.put(self.rows)
        return ids

    def _add(self, model: type[Base], row: bulk.Row, *steps: tuple[date, bulk.Row]) -> int:
        """One record, and its states: on each day what stood in it otherwise than it stands now."""
        number = self.next[model]
        self.next[model] += 1
        row = {"id": number, "court_id": self.court_id} | row
        self.rows[bulk.table_of(model)].append(row)
        if steps:
            self._states(model, row, dict(steps))
        return number

    def _states(self, model: type[Base], row: bulk.Row, steps: dict[date, bulk.Row]) -> None:
        kept, days = known.KEPT[model], sorted(steps)
        usual = {
            c: row.get(c, False if c in {"mediated", "fast_track"} else 0 if c == "excluded_days" else None)
            for c in kept.columns
        }
        for place, day in enumerate(days):
            until = _evening(days[place + 1]) if place + 1 < len(days) else None
            said = usual | steps[day]
            self.rows[kept.states].append(said | {"id": row["id"], "known_from": _evening(day), "known_until": until})

    # ---- the dispute -------------------------------------------------------------------------------------------------

    def _dispute(self, course: Course) -> int:
        people, received = self.people, course.received
        version, code = people.causes[course.cause]
        serial = self.numbers.take("receipt", received)
        number = self._add(
            Dispute,
            {
                "receipt_no": f"SJ-{received.year}-{serial:06d}", "source": course.source, "received_at": _hour(received, OPEN_AT[serial * 7 % len(OPEN_AT)]),
                "received_by_id": people.clerk, "cause_version": version, "cause_code": code, "amount_fen": course.amount_fen,
                "claims": "请求依法处理双方纠纷。", "facts": "双方因履行发生争议，协商未成。", "street_id": people.streets[course.street],
                "route": course.route, "status": "closed", "closed_at": _hour(course.closed, 16), "closing": course.closing,
            },
            (received, {"closed_at": None}), (course.closed, {}),
        )  # fmt: skip
        own = {"dispute_id": number}
        parties = [
            self._party(own, role, course.people[place]) for place, role in enumerate(("applicant", "respondent"))
        ]
        if course.address:
            told = own | {"party_id": parties[0], "address": "演示地址", "refused": False, "confirmed_on": received}
            self._add(AddressConfirmation, told, (received, {}))
        if course.mediation:
            assignment = self._mediation(own, course.mediation)
            if course.agreed:
                self._agreement(own, assignment, course.agreed, parties, course.amount_fen)
        if course.case:
            self._case(own, course.case)
        return number

    def _party(self, own: bulk.Row, role: str, n: int) -> int:
        name = f"{SURNAMES[n % 20]}某{NUMERALS[n // 20]}"
        return self._add(Party, own | {"role": role, "kind": "natural", "name": name})

    def _number(self, own: bulk.Row, type_code: str, day: date) -> int:
        serial = self.numbers.take(type_code, day)
        canonical = f"（{day.year}）{self.court_code}{type_code}{serial}号"
        row = {"year": day.year, "court_code": self.court_code, "type_code": type_code, "serial": serial}
        return self._add(CaseNumber, own | row | {"canonical": canonical, "given_at": _hour(day, 10)})

    # ---- mediation ---------------------------------------------------------------------------------------------------

    def _mediation(self, own: bulk.Row, m: Mediation) -> int:
        if m.kind is not Kind.ENTRUSTED:
            self._number(own, "诉前调", m.issued)
        mediator, organisation = self.people.mediators[m.mediator]
        limit, final = self.counted.of(self._key(m), m.accepted)
        row = own | {
            "kind": m.kind, "mediator_id": mediator, "organisation_id": organisation, "choice": "designated", "reasons": {},
            "procedure": m.procedure, "status": m.status, "issued_on": m.issued, "issued_by_id": self.people.clerk,
            "accepted_on": m.accepted, "ended_on": m.ended, "end_code": m.code, "sessions_held": 1 if m.met else 0,
            "mediated": not m.failed and not m.withdrawn, "final_on": final,
        }  # fmt: skip
        not_over = _not_yet("ended_on", "end_code", "final_on") | {"mediated": False}
        number = self._add(
            Assignment, row, (m.issued, not_over | _not_yet("accepted_on")), (m.accepted, not_over), (m.ended, {})
        )  # fmt: skip
        since = {
            "capacity": "mediated",
            "mediator_id": mediator,
            "since": _hour(m.issued, 11),
            "until": _hour(m.ended, 17),
        }
        self._add(Participation, own | since)
        self._deadline(own, number, self.counted.of(PeriodKey.MEDIATOR_ACCEPT, m.issued)[0], m.accepted)
        self._deadline(own, number, limit, m.ended)
        if m.met:
            told: bulk.Row = {
                "assignment_id": number, "method": "video" if m.video else "on_site", "status": "ended", "duties": [],
                "started_at": _hour(m.met, 14), "ended_at": _hour(m.met, 15), "minutes": "", "outcome": "",
            }  # fmt: skip
            self._add(MediationSession, own | told, (m.met, {}))
        return number

    @staticmethod
    def _key(m: Mediation) -> PeriodKey:
        if m.kind is Kind.ENTRUSTED:
            return PeriodKey.MEDIATION_POST_SUM if m.procedure is Procedure.SUMMARY else PeriodKey.MEDIATION_POST_ORD
        return LENGTH[m.kind]

    def _deadline(self, own: bulk.Row, subject: int, counted: bulk.Row, met: date) -> None:
        row = own | counted | {"subject_type": "assignment", "subject_id": subject, "status": "met", "ended_on": met}
        begun = counted["start_on"]
        self._add(Deadline, row | {"history": [], "opened_at": _hour(begun, 11)}, (begun, {}))

    def _agreement(self, own: bulk.Row, assignment: int, a: Agreed, parties: list[int], fen: int) -> None:
        serial = self.numbers.take("agreement", a.effective)
        text = {
            "assignment_id": assignment, "number": f"调解协议-{a.effective.year}-{serial:06d}", "status": "effective",
            "facts": "双方对争议事实没有异议。", "effective_on": a.effective, "confirmation_planned": a.confirming is not None,
        }  # fmt: skip
        number = self._add(Agreement, own | text, (a.effective, {}))
        clause = own | {
            "agreement_id": number, "position": 1, "kind": "pay", "debtor_id": parties[1], "creditor_id": parties[0],
            "amount_fen": max(fen, 100), "due_on": a.due, "performed_on": a.performed,
        }  # fmt: skip
        self._add(Clause, clause, (a.effective, _not_yet("performed_on")), (a.performed, {}))
        if a.confirming:
            self._confirmation(own, number, a)

    def _confirmation(self, own: bulk.Row, agreement: int, a: Agreed) -> None:
        c = a.confirming
        if c is None:
            return
        row = own | {
            "agreement_id": agreement, "case_number_id": self._number(own, "民特", c.accepted), "applied_by": [],
            "applied_on": c.applied, "accepted_on": c.accepted, "decided_on": c.decided, "outcome": c.outcome, "status": "served",
            "materials": [], "checklist": {}, "grounds": [] if c.outcome == "valid" else ["not_clear"],
            "diverted_by_id": self.people.clerk, "judge_id": self.people.confirming, "ruled_by_id": self.people.confirming,
        }  # fmt: skip
        open_still = _not_yet("decided_on", "outcome")
        steps: Steps = ((c.applied, open_still | _not_yet("accepted_on")), (c.accepted, open_still), (c.decided, {}))
        self._add(Confirmation, row, *steps)

    # ---- the case ----------------------------------------------------------------------------------------------------

    def _case(self, own: bulk.Row, c: Case) -> None:
        tribunal = self.people.tribunals[own["dispute_id"] % len(self.people.tribunals)] if c.fast else None
        row = own | {
            "case_number_id": self._number(own, "民初", c.filed), "filed_on": c.filed, "filed_by_id": self.people.clerk,
            "status": "closed", "procedure": c.procedure, "fast_track": c.fast, "fast_track_on": c.tracked if c.fast else None,
            "tribunal_id": tribunal, "judge_id": self.people.judge, "heard_on": c.heard,
            "closed_on": c.closed, "manner": c.manner,
        }  # fmt: skip
        pending = _not_yet("closed_on", "manner")
        steps: list[tuple[date, bulk.Row]] = [
            (
                c.filed,
                pending
                | _not_yet("heard_on", "fast_track_on", "tribunal_id")
                | {"status": "filed", "fast_track": False},
            )
        ]
        track = {"status": "fast_track" if c.fast else "ordinary"}
        if c.tracked:
            steps.append((c.tracked, pending | track | _not_yet("heard_on")))
        if c.heard:
            steps.append((c.heard, pending | track))
        self._add(LitigationCase, row, *steps, (c.closed, {}))


def _not_yet(*names: str) -> bulk.Row:
    return dict.fromkeys(names)


def days_of(course: Course) -> Iterator[tuple[str, date]]:
    """What happened on which day, as the trail tells it."""
    yield "received", course.received
    if m := course.mediation:
        yield "handed_out", m.issued
        yield "ended", m.ended
    if course.case:
        yield "filed", course.case.filed
    if course.agreed and course.agreed.confirming:
        yield "ruled", course.agreed.confirming.decided
    yield "closed", course.closed
