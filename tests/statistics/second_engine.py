"""A second engine: every figure again, from the raw tables in memory, without the database and without our queries."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import sqlalchemy as sa

from mediation.kernel import clock, known
from mediation.kernel.db import Base, db
from mediation.statistics import asking
from mediation.statistics.asking import Answer, Question
from mediation.statistics.catalogue import DEFINITIONS, Figure

TABLES = (
    "dispute", "screening", "assignment", "suspension", "deadline", "deadline_pause", "mediation_session", "agreement",
    "clause", "instalment", "rating", "rating_invitation", "confirmation", "litigation_case", "address_confirmation", "complaint",
)  # fmt: skip
BEFORE, AFTER, ALL = ["delegated", "referred"], ["entrusted"], ["delegated", "referred", "entrusted"]
MEDIATION = ["MEDIATION_PRE", "MEDIATION_OUT", "MEDIATION_POST_ORD", "MEDIATION_POST_SUM"]
TRIAL = ["TRIAL_SMALL", "TRIAL_SUMMARY", "TRIAL_ORDINARY"]


def export(moment: datetime | None = None) -> dict[str, pl.DataFrame]:
    """The raw tables: as they stand, or the states that held at a moment."""
    if moment is None:
        return {name: _frame(Base.metadata.tables[name]) for name in TABLES}
    kept = {k.live.name: k.states for k in known.KEPT.values()}
    return {
        name: _frame(kept[name]).filter(
            (pl.col("known_from") < moment) & (pl.col("known_until").is_null() | (pl.col("known_until") >= moment))
        )
        for name in TABLES
    }


def _frame(table: sa.Table) -> pl.DataFrame:
    kinds = {c.name: _kind(c) for c in table.columns if _kind(c) is not None}
    rows = db.session.execute(sa.select(*(table.c[name] for name in kinds))).mappings().all()
    return pl.DataFrame([[_plain(row[name]) for name in kinds] for row in rows], schema=kinds, orient="row")


def _kind(column: sa.Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, sa.Boolean):
        return pl.Boolean
    if isinstance(kind, sa.Integer):
        return pl.Int64
    if isinstance(kind, sa.Date):
        return pl.Date
    if isinstance(kind, sa.Enum | sa.String):
        return pl.String
    if isinstance(kind, sa.types.TypeDecorator):
        return pl.Datetime(time_zone="UTC")
    return None


def _plain(value: Any) -> Any:
    return str(value.value) if hasattr(value, "value") else value


@dataclass
class Engine:
    """The figures of one court over one period, counted to one day."""

    raw: dict[str, pl.DataFrame]
    court: int
    first: date
    last: date
    until: date
    withdrawal: str = "mediated"
    fast_track: str = "closed"
    not_accepted: str = "counted"

    def __post_init__(self) -> None:
        of_court = {
            name: frame.filter(pl.col("court_id") == self.court) if "court_id" in frame.columns else frame
            for name, frame in self.raw.items()
        }
        self.dispute = of_court["dispute"].with_columns(
            pl.col("received_at", "closed_at").dt.convert_time_zone("Asia/Shanghai").dt.date()
        )
        away = of_court["screening"].filter(pl.col("result").is_in(["out_of_scope", "wrong_court"]))["dispute_id"]
        self.ours = self.dispute.filter(~pl.col("id").is_in(away.to_list()))
        self.a = of_court["assignment"]
        self.taken = self.a.filter(~(pl.col("ended_on").is_not_null() & pl.col("end_code").is_null()))
        self.case = of_court["litigation_case"]
        self.t = of_court

    # --- helpers -----------------------------------------------------------------------------------------------

    def in_period(self, column: str) -> pl.Expr:
        return pl.col(column).is_between(self.first, min(self.last, self.until)).fill_null(False)

    def by_now(self, column: str) -> pl.Expr:
        return (pl.col(column) <= self.until).fill_null(False)

    def out(self, kinds: list[str]) -> pl.DataFrame:
        return self.taken.filter(pl.col("kind").is_in(kinds) & self.in_period("issued_on"))

    def over(self, kinds: list[str], cohort: bool) -> pl.DataFrame:
        if cohort:
            return self.out(kinds).filter(pl.col("end_code").is_not_null() & self.by_now("ended_on"))
        return self.taken.filter(
            pl.col("kind").is_in(kinds) & pl.col("end_code").is_not_null() & self.in_period("ended_on")
        )

    def won(self, frame: pl.DataFrame) -> pl.DataFrame:
        settled = pl.col("end_code") == "02"
        extra = {"mediated": settled & pl.col("mediated"), "always": settled, "never": pl.lit(value=False)}
        return frame.filter((pl.col("end_code") == "01") | extra[self.withdrawal])

    def running(self) -> pl.Expr:
        still = pl.col("ended_on").is_null() | (pl.col("ended_on") > self.until)
        return self.by_now("accepted_on") & still

    def filed(self) -> pl.DataFrame:
        return self.case.filter(self.in_period("filed_on"))

    @staticmethod
    def n(frame: pl.DataFrame, column: str = "dispute_id") -> int:
        return frame[column].n_unique()

    # --- the figures: (numerator, denominator) -------------------------------------------------------------------

    def figure(self, name: str, way: str) -> tuple[int, int | None]:
        cohort = way == "cohort" or (way == "cumulative" and name in {"I14", "I16a"})
        return getattr(self, name.lower())(cohort)

    def _diverted(self, kinds: list[str], cohort: bool) -> tuple[int, int]:
        came = self.ours.filter(self.in_period("received_at"))
        if not cohort:
            return self.n(self.out(kinds)), came.height
        handed = self.taken.filter(pl.col("kind").is_in(kinds) & self.by_now("issued_on"))["dispute_id"].to_list()
        return came.filter(pl.col("id").is_in(handed)).height, came.height

    def i01(self, cohort: bool) -> tuple[int, int]:
        return self._diverted(BEFORE, cohort)

    def i02(self, cohort: bool) -> tuple[int, int]:
        return self._diverted(ALL, cohort)

    def i03a(self, cohort: bool) -> tuple[int, int]:
        return self.n(self.won(self.over(BEFORE, cohort))), self.n(self.out(BEFORE))

    def i03b(self, cohort: bool) -> tuple[int, int]:
        over = self.over(BEFORE, cohort)
        return self.n(self.won(over)), self.n(over)

    def i03c(self, cohort: bool) -> tuple[int, int]:
        over = self.over(BEFORE, cohort)
        kept = over if self.withdrawal == "always" else over.filter((pl.col("end_code") != "02") | pl.col("mediated"))
        return self.n(self.won(over)), self.n(kept)

    def i04(self, cohort: bool) -> tuple[int, int]:
        over = self.over(AFTER, cohort)
        return self.n(self.won(over)), self.n(over)

    def _won_after_filing(self) -> list[int]:
        over = self.taken.filter(
            pl.col("kind").is_in(AFTER) & pl.col("end_code").is_not_null() & self.by_now("ended_on")
        )
        return self.won(over)["dispute_id"].to_list()

    def i05(self, cohort: bool) -> tuple[int, int]:
        if cohort:
            return self.filed().filter(pl.col("dispute_id").is_in(self._won_after_filing())).height, self.filed().height
        return self.n(self.won(self.over(AFTER, False))), self.filed().height

    def i06(self, _cohort: bool) -> tuple[int, int]:
        won = set(self.won(self.over(BEFORE, False))["dispute_id"])
        return len(won), len(won | set(self.filed()["dispute_id"]))

    def i07(self, cohort: bool) -> tuple[int, int]:
        day = "fast_track_on" if self.fast_track == "handed_over" else "closed_on"
        cases = self.filed() if cohort else self.case
        quick = cases.filter(self.by_now(day) if cohort else self.in_period(day))
        if self.fast_track == "closed":
            quick = quick.filter(pl.col("fast_track"))
        won = self._won_after_filing() if cohort else self.won(self.over(AFTER, False))["dispute_id"].to_list()
        if cohort:
            won = [d for d in won if d in set(self.filed()["dispute_id"])]
        return len(set(won) | set(quick["dispute_id"])), self.filed().height

    def i08a(self, cohort: bool) -> tuple[int, int]:
        on = (
            self.filed().filter(self.by_now("fast_track_on"))
            if cohort
            else self.case.filter(self.in_period("fast_track_on"))
        )
        return on.height, self.filed().height

    def i08b(self, cohort: bool) -> tuple[int, int]:
        cases = (
            self.filed().filter(self.by_now("closed_on")) if cohort else self.case.filter(self.in_period("closed_on"))
        )
        total = count = 0
        limits = self.t["deadline"].filter((pl.col("subject_type") == "litigation_case") & pl.col("key").is_in(TRIAL))
        for case in cases.filter(pl.col("fast_track")).iter_rows(named=True):
            mine = limits.filter(pl.col("subject_id") == case["id"])["id"].to_list()
            left_out = 0
            for pause in self.t["deadline_pause"].iter_rows(named=True):
                if pause["deadline_id"] in mine and pause["through"] and pause["after"] < case["closed_on"]:
                    left_out += (min(pause["through"], case["closed_on"]) - pause["after"]).days
            total, count = total + (case["closed_on"] - case["filed_on"]).days - left_out, count + 1
        return total, count

    def _agreements(self) -> pl.DataFrame:
        kinds = self.t["assignment"].select(pl.col("id").alias("assignment_id"), "kind")
        return self.t["agreement"].filter(pl.col("effective_on").is_not_null()).join(kinds, on="assignment_id")

    def _applications(self, cohort: bool, unperformed: bool) -> tuple[int, int]:
        every = self._agreements()
        agreed = every.filter(pl.col("kind").is_in(BEFORE) & self.in_period("effective_on"))
        asked = (
            self.t["confirmation"]
            .join(
                self.t["agreement"].select(pl.col("id").alias("agreement_id"), "assignment_id", "effective_on"),
                on="agreement_id",
            )
            .join(self.t["assignment"].select(pl.col("id").alias("assignment_id")), on="assignment_id")
        )
        open_ones = {
            agreement["id"]
            for agreement in self.t["agreement"].iter_rows(named=True)
            if self._left_to_do(agreement["id"], agreement["effective_on"])
        }
        if cohort:
            made = agreed.filter(pl.col("id").is_in(asked.filter(self.by_now("applied_on"))["agreement_id"].to_list()))
        else:
            made = asked.filter(self.in_period("applied_on")).with_columns(pl.col("agreement_id").alias("id"))
        if unperformed:
            made, agreed = (f.filter(pl.col("id").is_in(list(open_ones))) for f in (made, agreed))
        return self.n(made), self.n(agreed)

    def _left_to_do(self, agreement: int, effective: date | None) -> bool:
        days = self.t["clause"].filter(pl.col("agreement_id") == agreement)["performed_on"].to_list()
        return not days or any(day is None or (effective is not None and day > effective) for day in days)

    def i09(self, cohort: bool) -> tuple[int, int]:
        return self._applications(cohort, unperformed=False)

    def i09b(self, cohort: bool) -> tuple[int, int]:
        return self._applications(cohort, unperformed=True)

    def _decided(self, cohort: bool) -> pl.DataFrame:
        outcomes = ["valid", "dismissed"] + (["not_accepted"] if self.not_accepted == "counted" else [])
        day = self.in_period("applied_on") & self.by_now("decided_on") if cohort else self.in_period("decided_on")
        return self.t["confirmation"].filter(pl.col("outcome").is_in(outcomes) & day)

    def i10(self, cohort: bool) -> tuple[int, int]:
        decided = self._decided(cohort)
        return self.n(decided.filter(pl.col("outcome") == "valid")), self.n(decided)

    def i10b(self, cohort: bool) -> tuple[int, int]:
        ruled = self._decided(cohort).filter(
            pl.col("outcome").is_in(["valid", "dismissed"]) & pl.col("accepted_on").is_not_null()
        )
        return sum((r["decided_on"] - r["accepted_on"]).days for r in ruled.iter_rows(named=True)), ruled.height

    def i11(self, cohort: bool) -> tuple[int, int]:
        due, kept = set(), set()
        rates: dict[int, list[date]] = {}
        for one in self.t["instalment"].iter_rows(named=True):
            rates.setdefault(one["clause_id"], []).append(one["due_on"])
        for agreement in self._agreements().iter_rows(named=True):
            clauses = self.t["clause"].filter(pl.col("agreement_id") == agreement["id"]).to_dicts()
            if not clauses:
                continue
            days = [max(rates[c["id"]]) if c["id"] in rates else c["due_on"] for c in clauses]
            last = max((d for d in days if d is not None), default=agreement["effective_on"])
            begins = agreement["effective_on"] if cohort else last
            if not self.first <= begins <= min(self.last, self.until) or last > self.until:
                continue
            due.add(agreement["dispute_id"])
            performed = [c["performed_on"] for c in clauses]
            if all(d is not None and d <= last and d <= self.until for d in performed):
                kept.add(agreement["dispute_id"])
        return len(kept), len(due)

    def _days(self, kinds: list[str], cohort: bool) -> tuple[int, int]:
        rows = self.over(kinds, cohort).filter(pl.col("accepted_on").is_not_null())
        days = [(r["ended_on"] - r["accepted_on"]).days - r["excluded_days"] for r in rows.iter_rows(named=True)]
        return sum(days), len(days)

    def i12a(self, cohort: bool) -> tuple[int, int]:
        return self._days(BEFORE, cohort)

    def i12b(self, cohort: bool) -> tuple[int, int]:
        return self._days(AFTER, cohort)

    def _late(self, rows: pl.DataFrame) -> pl.DataFrame:
        gone = (
            self.t["deadline"]
            .filter(
                (pl.col("subject_type") == "assignment")
                & pl.col("key").is_in(MEDIATION)
                & (pl.col("final_on") < self.until)
            )["subject_id"]
            .to_list()
        )
        past = self.running() & ((pl.col("final_on") < self.until).fill_null(False) | pl.col("id").is_in(gone))
        after = (
            pl.col("end_code").is_not_null()
            & self.by_now("ended_on")
            & (pl.col("ended_on") > pl.col("final_on")).fill_null(False)
        )
        return rows.filter(past | after)

    def _judged(self) -> pl.DataFrame:
        return self.taken.filter((pl.col("end_code").is_not_null() & self.in_period("ended_on")) | self.running())

    def i13(self, cohort: bool) -> tuple[int, int]:
        rows = self.taken.filter(self.in_period("accepted_on")) if cohort else self._judged()
        return self.n(self._late(rows)), self.n(rows)

    def i14(self, _cohort: bool) -> tuple[int, int]:
        failed = self.over(BEFORE, False).filter(pl.col("end_code").is_in(["03", "04", "05", "06", "07"]))
        filed = self.case.filter(self.by_now("filed_on"))["dispute_id"].to_list()
        return self.n(failed.filter(pl.col("dispute_id").is_in(filed))), self.n(failed)

    def i15(self, cohort: bool) -> tuple[int, int]:
        over = (
            self.filed().filter(self.by_now("closed_on")) if cohort else self.case.filter(self.in_period("closed_on"))
        )
        return over.filter(pl.col("manner").is_in(["mediation_document", "withdrawn"])).height, over.height

    def i16a(self, _cohort: bool) -> tuple[int, int]:
        limit = self.t["deadline"].filter(
            (pl.col("subject_type") == "assignment") & (pl.col("key") == "MEDIATOR_ACCEPT")
        )
        issued = self.a.filter(self.in_period("issued_on"))
        in_time = 0
        for one in issued.iter_rows(named=True):
            days = limit.filter(pl.col("subject_id") == one["id"])["final_on"].to_list()
            accepted = one["accepted_on"]
            in_time += accepted is not None and accepted <= self.until and any(accepted <= d for d in days)
        return in_time, issued.height

    def i16b(self, cohort: bool) -> tuple[int, int]:
        dated = self.over(ALL, cohort).filter(pl.col("final_on").is_not_null())
        return dated.filter(pl.col("ended_on") <= pl.col("final_on")).height, dated.height

    def i17(self, cohort: bool) -> tuple[int, int]:
        end = clock.at(self.until + timedelta(days=1))
        seen = self.t["mediation_session"].filter(
            (pl.col("method") == "video") & (pl.col("started_at") < end).fill_null(False)
        )
        over = self.over(ALL, cohort)
        return self.n(over.filter(pl.col("id").is_in(seen["assignment_id"].to_list()))), self.n(over)

    def i18a(self, _cohort: bool) -> tuple[int, int]:
        rows = self.t["rating"].filter(self.in_period("rated_on"))
        return int(rows["score"].sum()), rows.height

    def i18b(self, _cohort: bool) -> tuple[int, int]:
        asked = self.t["rating_invitation"].filter(self.in_period("asked_on"))
        said = self.t["rating"].filter(self.by_now("rated_on")).select("assignment_id", "party_id")
        return asked.join(said, on=["assignment_id", "party_id"], how="semi").height, asked.height

    def i21a(self, _cohort: bool) -> tuple[int, None]:
        return self.a.filter(self.in_period("issued_on")).height, None

    def i21b(self, _cohort: bool) -> tuple[int, None]:
        return self.a.filter(self.in_period("accepted_on")).height, None

    def i21c(self, _cohort: bool) -> tuple[int, None]:
        return self.a.filter(pl.col("end_code").is_null() & self.in_period("ended_on")).height, None

    def i21d(self, _cohort: bool) -> tuple[int, None]:
        return self.over(ALL, False).height, None

    def i21e(self, _cohort: bool) -> tuple[int, None]:
        return self.won(self.over(ALL, False)).height, None

    def i21f(self, cohort: bool) -> tuple[int, int]:
        return self._days(ALL, cohort)

    def i21g(self, _cohort: bool) -> tuple[int, None]:
        return self._late(self._judged()).height, None

    def i21h(self, _cohort: bool) -> tuple[int, None]:
        return self.taken.filter(self.running()).height, None

    def i23a(self, _cohort: bool) -> tuple[int, None]:
        return self.t["complaint"].filter(self.in_period("received_on")).height, None

    def i23b(self, _cohort: bool) -> tuple[int, None]:
        sham = self.t["suspension"].filter((pl.col("reason") == "sham") & self.in_period("began_on"))
        return self.n(self.a.filter(pl.col("id").is_in(sham["assignment_id"].to_list()))), None

    def i24(self, _cohort: bool) -> tuple[int, int]:
        closed = self.dispute.filter(self.in_period("closed_at"))
        signed = self.t["address_confirmation"].filter(~pl.col("refused") & self.by_now("confirmed_on"))
        return closed.filter(pl.col("id").is_in(signed["dispute_id"].to_list())).height, closed.height


# ---- beside one another -----------------------------------------------------------------------------------------------

# Counted from people and from minutes: tested by themselves.
ELSEWHERE = {Figure.I19, Figure.I20, Figure.I22}


def compare(raw, question: Question, found: Answer) -> str:
    """Empty where both engines say the same."""
    expected = raw.figure(question.figure.value, question.way.value)
    if expected == (found.numerator, found.denominator):
        return ""
    counts = f"{found.numerator} / {found.denominator}"
    return f"{question.figure.value} {question.way.value} {question.period}: {expected} in memory, {counts} in the database"


def engine_for(court_id: int, raw, question: Question, found: Answer) -> Engine:
    """Asked the same question, read the same way."""
    read, period = found.readings, question.period
    return Engine(
        raw, court_id, period.first, period.last, question.until,
        withdrawal=read.withdrawal.value, fast_track=read.fast_track.value, not_accepted=read.not_accepted.value,
    )  # fmt: skip


def both(court_id: int, raw, periods, **asked) -> list[str]:
    """All figures, all ways; what the engines do not agree on."""
    questions = [
        Question(definition.figure, way, period, **asked)
        for definition in DEFINITIONS
        if definition.figure not in ELSEWHERE
        for way in definition.ways
        for period in periods
    ]
    found = asking.answers(court_id, questions)
    engines = {q.period: engine_for(court_id, raw, q, a) for q, a in zip(questions, found, strict=True)}
    return [said for q, a in zip(questions, found, strict=True) if (said := compare(engines[q.period], q, a))]
