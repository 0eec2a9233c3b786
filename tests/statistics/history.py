"""Random histories, straight into the tables: whatever the constraints allow, also what no court would do in a hurry."""

import random
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.agreements.models import Agreement, Clause, Instalment, MediationSession
from mediation.assignment.models import Assignment, Suspension
from mediation.assignment.rating.models import Rating, RatingInvitation
from mediation.confirmation.models import Confirmation
from mediation.disputes.models import AddressConfirmation, CaseNumber, Cause, Dispute, Party
from mediation.intake.models import Screening
from mediation.kernel import clock, known
from mediation.kernel.db import db
from mediation.litigation.models import LitigationCase
from mediation.periods.models import Deadline, DeadlinePause
from mediation.roster.conduct.models import Complaint
from mediation.roster.models import Mediator, Street
from mediation.scheduling.models import Resource
from tests.statistics.dataset import put

FIRST, DAYS = date(2025, 10, 1), 200
PRE, POST = ("MEDIATION_PRE", "MEDIATION_OUT"), ("MEDIATION_POST_ORD", "MEDIATION_POST_SUM")


class History:
    """One court's random past, made from a seed."""

    def __init__(self, court_id: int, seed: int, disputes: int) -> None:
        self.court, self.dice = court_id, random.Random(seed)  # noqa: S311 a past that can be made again
        users = dict(db.session.execute(sa.select(User.login, User.id)).all())
        self.clerk, self.judge, self.trial = users["clerk_li"], users["judge_chen"], users["judge_zhou"]
        self.mediators = db.session.scalars(sa.select(Mediator.id).where(Mediator.court_id == court_id)).all()
        self.streets = [None, *db.session.scalars(sa.select(Street.id).where(Street.court_id == court_id))]
        self.tribunals = db.session.scalars(
            sa.select(Resource.id).where(Resource.court_id == court_id, Resource.kind == "tribunal")
        ).all()
        self.causes = db.session.execute(sa.select(Cause.version, Cause.code).where(Cause.level >= 3).limit(40)).all()
        self.serial = seed * 1000
        for _ in range(disputes):
            self.one()
        for _ in range(disputes // 6):
            self.complaint()

    def maybe(self, chance: float) -> bool:
        return self.dice.random() < chance

    def day(self, since: date, most: int = 60) -> date:
        return since + timedelta(days=self.dice.randrange(most))

    def moment(self, day: date) -> datetime:
        return clock.at(day, self.dice.choice((0, 9, 17, 23)), self.dice.randrange(60))

    def one(self) -> None:
        """A dispute with whatever happens to it."""
        d = self.dice
        self.serial += 1
        received = self.day(FIRST, DAYS)
        closed = self.moment(self.day(received, 120)) if self.maybe(0.4) else None
        version, code = d.choice(self.causes)
        dispute = put(
            Dispute, court_id=self.court, receipt_no=f"H-{self.serial}", source=d.choice(("window", "online", "mail")),
            received_at=self.moment(received), received_by_id=self.clerk, cause_version=version, cause_code=code,
            claims="诉讼请求", facts="事实与理由", street_id=d.choice(self.streets), route=d.choice((None, "A", "B", "C")),
            status="closed" if closed else "received", closed_at=closed, version=1,
        )  # fmt: skip
        if self.maybe(0.3):
            result = d.choice(("suitable", "not_suitable", "out_of_scope", "wrong_court"))
            put(Screening, court_id=self.court, dispute_id=dispute, result=result, findings=[], flags=[],
                decided_by_id=self.clerk, decided_at=self.moment(received))  # fmt: skip
        if self.maybe(0.5):
            self.address(dispute, received)
        day = received
        for n in range(d.choice((0, 1, 1, 1, 2, 3))):
            ended = self.mediation(dispute, day, may_stay_open=n == 0)
            if ended is None:
                break
            day = ended
        if self.maybe(0.5):
            self.case(dispute, day)

    def address(self, dispute: int, since: date) -> None:
        party = put(
            Party,
            court_id=self.court,
            dispute_id=dispute,
            role="applicant",
            position=1,
            kind="natural",
            name="刘某",
            version=1,
        )
        put(AddressConfirmation, court_id=self.court, dispute_id=dispute, party_id=party, refused=self.maybe(0.3),
            confirmed_on=self.day(since, 90), version=1)  # fmt: skip

    def mediation(self, dispute: int, since: date, *, may_stay_open: bool) -> date | None:
        d = self.dice
        issued = self.day(since, 10)
        kind = d.choice(("delegated", "delegated", "referred", "entrusted"))
        accepted = self.day(issued, 6)
        state = d.choice(("open", "issued", "declined", "ended", "ended", "ended", "ended"))
        if state in {"open", "issued"} and not may_stay_open:
            state = "ended"
        ended = self.day(accepted, 70) if state in {"ended", "declined"} else None
        code = d.choice(("01", "01", "01", "02", "03", "04", "05", "06", "07", "08")) if state == "ended" else None
        status = {"open": "accepted", "issued": "issued", "declined": "declined"}.get(state) or {
            "01": "agreed", "02": "withdrawn"
        }.get(code, "failed")  # fmt: skip
        final = accepted + timedelta(days=d.choice((7, 15, 30, 60)))
        assignment = put(
            Assignment, court_id=self.court, dispute_id=dispute, kind=kind, mediator_id=d.choice(self.mediators),
            choice="designated", reasons={}, status=status, issued_on=issued, issued_by_id=self.clerk,
            accepted_on=accepted if state in {"open", "ended"} else None, ended_on=ended, end_code=code,
            mediated=code == "01" or (code == "02" and self.maybe(0.5)), version=1,
            final_on=final if state == "ended" or self.maybe(0.3) else None,
            procedure="summary" if kind == "entrusted" else None, excluded_days=d.choice((0, 0, 0, 5)),
        )  # fmt: skip
        self.deadline("assignment", assignment, dispute, "MEDIATOR_ACCEPT", issued, issued + timedelta(days=3))
        key = d.choice(POST if kind == "entrusted" else PRE)
        self.deadline("assignment", assignment, dispute, key, accepted, final)
        if self.maybe(0.5):
            self.session(dispute, assignment, accepted)
        if self.maybe(0.15):
            began = self.day(accepted, 20)
            put(Suspension, court_id=self.court, dispute_id=dispute, assignment_id=assignment, began_on=began,
                reason=d.choice(("appraisal", "sham", "other")), resumes_to="accepted", ended_on=began)  # fmt: skip
        if code and self.maybe(0.4):
            self.ratings(dispute, assignment, ended)
        if code == "01" or self.maybe(0.1):
            self.agreement(dispute, assignment, ended or self.day(accepted))
        return ended

    def ratings(self, dispute: int, assignment: int, ended: date) -> None:
        """Some parties are asked; some of them answer."""
        for role in ("applicant", "respondent"):
            party = put(Party, court_id=self.court, dispute_id=dispute, role=role, kind="natural", name="刘某")
            asked = self.day(ended, 10)
            own = {"court_id": self.court, "dispute_id": dispute, "assignment_id": assignment, "party_id": party}
            put(
                RatingInvitation, **own, digest=f"{assignment}-{party}", asked_on=asked, asked_at=self.moment(asked),
                expires_at=self.moment(asked) + timedelta(days=3),
            )  # fmt: skip
            if self.maybe(0.6):
                score = self.dice.choice((1, 2, 3, 4, 5, 5))
                put(
                    Rating,
                    **own,
                    score=score,
                    rated_on=self.day(asked, 3),
                    status="open" if score <= 2 else "not_needed",
                )

    def deadline(self, kind: str, subject: int, dispute: int, key: str, start: date, final: date) -> int:
        return put(
            Deadline, court_id=self.court, dispute_id=dispute, subject_type=kind, subject_id=subject, key=key, status="open",
            start_on=start, length=3, article="S5 art. 12", raw_on=final, final_on=final, provisional=False, basis={},
            history=[], opened_at=self.moment(start),
        )  # fmt: skip

    def session(self, dispute: int, assignment: int, since: date) -> None:
        begun = self.maybe(0.8)
        put(
            MediationSession, court_id=self.court, dispute_id=dispute, assignment_id=assignment, version=1,
            method=self.dice.choice(("on_site", "video", "phone")), status="ended" if begun else "planned",
            started_at=self.moment(self.day(since, 40)) if begun else None, duties=[],
        )  # fmt: skip

    def agreement(self, dispute: int, assignment: int, day: date) -> None:
        effective = day if self.maybe(0.8) else None
        agreement = put(
            Agreement, court_id=self.court, dispute_id=dispute, assignment_id=assignment, number=f"H{self.serial}", facts="事实",
            status="effective" if effective else "draft", effective_on=effective, version=1,
        )  # fmt: skip
        for position in range(self.dice.choice((0, 1, 1, 2, 3))):
            due = self.day(day, 90) if self.maybe(0.8) else None
            performed = self.day(day, 100) if self.maybe(0.6) else None
            clause = put(Clause, court_id=self.court, dispute_id=dispute, agreement_id=agreement, position=position,
                kind="deliver", due_on=due, performed_on=self.dice.choice((performed, performed and day)))  # fmt: skip
            for n in range(self.dice.choice((0, 0, 0, 2))):
                put(Instalment, clause_id=clause, position=n, amount_fen=100, due_on=self.day(day, 120))
        for _ in range(self.dice.choice((0, 0, 1, 1, 2))):
            self.confirmation(dispute, agreement, day)

    def confirmation(self, dispute: int, agreement: int, since: date) -> None:
        applied = self.day(since, 30)
        accepted = self.day(applied, 5) if self.maybe(0.8) else None
        outcome = self.dice.choice(("valid", "valid", "dismissed", "not_accepted", "withdrawn", None))
        ruled = {"ruled_by_id": self.judge, "decided_on": self.day(accepted or applied, 25)} if outcome else {}
        put(
            Confirmation, court_id=self.court, dispute_id=dispute, agreement_id=agreement, applied_by=[], applied_on=applied,
            accepted_on=accepted, diverted_by_id=self.clerk, judge_id=self.judge, version=1, materials=[], checklist={},
            grounds=[], status=outcome or "applied", outcome=outcome, **ruled,
        )  # fmt: skip

    def case(self, dispute: int, since: date) -> None:
        d = self.dice
        filed = self.day(since, 20)
        number = put(
            CaseNumber, court_id=self.court, dispute_id=dispute, year=2026, court_code="鲁0102", type_code="民初",
            serial=self.serial, canonical=f"（2026）鲁0102民初{self.serial}号", given_at=self.moment(filed),
        )  # fmt: skip
        closed = self.day(filed, 100) if self.maybe(0.6) else None
        fast = self.maybe(0.5)
        case = put(
            LitigationCase, court_id=self.court, dispute_id=dispute, case_number_id=number, filed_on=filed, version=1,
            filed_by_id=self.clerk, status="closed" if closed else "filed", closed_on=closed,
            manner=d.choice(("judgment", "mediation_document", "withdrawn", "deemed_withdrawn")) if closed else None,
            fast_track=fast, fast_track_on=self.day(filed, 20) if fast else None,
            tribunal_id=d.choice(self.tribunals) if fast else None, judge_id=self.trial if fast or closed else None,
        )  # fmt: skip
        limit = self.deadline("litigation_case", case, dispute, "TRIAL_SUMMARY", filed, filed + timedelta(days=90))
        for _ in range(d.choice((0, 0, 1, 2))):
            after = self.day(filed, 40)
            put(DeadlinePause, deadline_id=limit, cause="appraisal", after=after,
                through=self.day(after, 30) if self.maybe(0.8) else None)  # fmt: skip

    def complaint(self) -> None:
        put(
            Complaint, court_id=self.court, mediator_id=self.dice.choice(self.mediators), received_on=self.day(FIRST, DAYS),
            complainant="刘某", ground="ethics", text="未到场", status="received", received_by_id=0,
        )  # fmt: skip

    # --- what was known when -------------------------------------------------------------------------------------

    def known_in_pieces(self) -> None:
        """Give each record one to three states, the last of them as it stands; a dispute's records are known together."""
        moments: dict[Any, datetime] = {}
        for kept in known.KEPT.values():
            if "court_id" in kept.columns:
                whose = "id" if kept.live.name == "dispute" else "dispute_id" if "dispute_id" in kept.live.c else None
            else:
                whose = None
            for row in db.session.execute(sa.select(kept.live)).mappings():
                if row.get("court_id", self.court) != self.court or self._is_known(kept, row["id"]):
                    continue
                begins = moments.setdefault(
                    row[whose] if whose else None, self.moment(FIRST if not whose else self.day(FIRST, DAYS))
                )
                self._pieces(kept, row, begins)

    def _is_known(self, kept: Any, number: int) -> bool:
        return db.session.scalar(sa.select(sa.exists().where(kept.states.c.id == number)))

    def _pieces(self, kept: Any, row: Any, begins: datetime) -> None:
        number = self.dice.choice((1, 2, 3))
        ends = [begins + timedelta(days=self.dice.randrange(1, 60) * (n + 1)) for n in range(number)]
        for n in range(number):
            values = {c: row[c] for c in kept.columns}
            last = n == number - 1
            db.session.connection().execute(
                sa.insert(kept.states).values(
                    id=row["id"],
                    known_from=begins if n == 0 else sorted(ends)[n - 1],
                    known_until=None if last else sorted(ends)[n],
                    **(values if last else self._other(kept, values)),
                )
            )

    def _other(self, kept: Any, values: dict[str, Any]) -> dict[str, Any]:
        """The record as it may have been before: days not yet entered, or entered wrong."""
        changed = dict(values)
        for name, value in values.items():
            column = kept.states.c[name]
            if isinstance(value, date | datetime):
                if column.nullable and self.maybe(0.4):
                    changed[name] = None
                elif self.maybe(0.3):
                    changed[name] = value + timedelta(days=self.dice.randrange(-20, 20))
        if changed.get("ended_on", 1) is None:
            changed["end_code"] = None
        return changed
