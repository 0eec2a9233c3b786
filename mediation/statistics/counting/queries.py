"""The catalogue's queries: under each name and version the two halves, counted by events or by what became of a cohort."""

from collections.abc import Callable

from mediation.assignment.rules import Kind
from mediation.confirmation.rules import Outcome
from mediation.statistics.catalogue import Definition, Figure, Way
from mediation.statistics.counting import agreements, mediations, ratings, registers
from mediation.statistics.counting.mediations import AFTER_FILING, BEFORE_FILING, EVERY
from mediation.statistics.facts import Frame, Rows

# A count without a denominator has none; so has a figure whose denominator are people and not cases.
Halves = tuple[Rows, Rows | None]
Query = Callable[[Frame, bool], Halves]


def _diverted(*kinds: Kind) -> Query:
    def query(f: Frame, cohort: bool) -> Halves:
        came = registers.handed_out_of_received if cohort else mediations.handed_out
        return came(f, *kinds), registers.received(f)

    return query


def _of_handed_out(f: Frame, cohort: bool) -> Halves:
    out = mediations.handed_out(f, *BEFORE_FILING)
    over = mediations.ended_of(f, out) if cohort else mediations.ended(f, *BEFORE_FILING)
    return mediations.successful(f, over), out


def _of_ended(*kinds: Kind, withdrawn: bool = True) -> Query:
    def query(f: Frame, cohort: bool) -> Halves:
        over = mediations_ended(f, cohort, *kinds)
        counted = over if withdrawn else mediations.without_withdrawn(f, over)
        return mediations.successful(f, over), counted

    return query


def mediations_ended(f: Frame, cohort: bool, *kinds: Kind) -> Rows:
    """Ended in the period; or, of those handed out in it, ended so far."""
    if cohort:
        return mediations.ended_of(f, mediations.handed_out(f, *kinds))
    return mediations.ended(f, *kinds)


def _success_of_filed(f: Frame, cohort: bool) -> Halves:
    filed = registers.filed(f)
    if cohort:
        return filed.that(registers.with_success(f, filed)), filed
    return mediations.successful(f, mediations.ended(f, *AFTER_FILING)), filed


def _success_of_all_brought(f: Frame, _cohort: bool) -> Halves:
    success = mediations.successful(f, mediations.ended(f, *BEFORE_FILING))
    return success, registers.together(success, registers.filed(f))


def _seed_share(f: Frame, cohort: bool) -> Halves:
    filed = registers.filed(f)
    if cohort:
        quick = filed.that(registers.on_fast_track(f, filed))
        return registers.together(quick, filed.that(registers.with_success(f, filed))), filed
    success = mediations.successful(f, mediations.ended(f, *AFTER_FILING))
    return registers.together(success, registers.fast_track(f)), filed


def _fast_track_share(f: Frame, cohort: bool) -> Halves:
    filed, cases = registers.filed(f), registers.cases(f)
    day = registers.of_case(filed if cohort else cases, "fast_track_on")
    return (filed.that(f.so_far(day)) if cohort else cases.that(f.within(day))), filed


def _fast_track_days(f: Frame, cohort: bool) -> Halves:
    cases = registers.filed(f) if cohort else registers.closed_cases(f)
    quick = cases.that(registers.of_case(cases, "fast_track"), f.so_far(registers.of_case(cases, "closed_on")))
    return registers.duration(f, quick), quick


def _applications(*, unperformed: bool) -> Query:
    def query(f: Frame, cohort: bool) -> Halves:
        agreed, e = agreements.agreed(f)
        applied, c, of = agreements.applications(f)
        made = agreed.that(agreements.asked_for(f, e)) if cohort else applied.that(f.within(c.c.applied_on))
        if not unperformed:
            return made, agreed
        return made.that(agreements.left_to_do(f, e if cohort else of)), agreed.that(agreements.left_to_do(f, e))

    return query


def _confirmed(f: Frame, cohort: bool) -> Halves:
    decided, c = agreements.decided(f, applied_within=cohort)
    return decided.that(c.c.outcome == Outcome.VALID), decided


def _ruling_days(f: Frame, cohort: bool) -> Halves:
    rows = agreements.handled(f, applied_within=cohort)
    return rows, rows


def _performed(f: Frame, cohort: bool) -> Halves:
    due, kept = agreements.falling_due(f, effective_within=cohort)
    return kept, due


def _days(*kinds: Kind) -> Query:
    def query(f: Frame, cohort: bool) -> Halves:
        rows = mediations.length(mediations_ended(f, cohort, *kinds))
        return rows, rows

    return query


def _late(f: Frame, cohort: bool) -> Halves:
    if cohort:
        rows = mediations.mediations(f, *EVERY)
        rows = rows.that(f.within(mediations.of(rows, "accepted_on")))
    else:
        rows = mediations.ended_or_running(f, *EVERY)
    return mediations.late(f, rows), rows


def _failed_then_filed(f: Frame, _cohort: bool) -> Halves:
    failed = mediations.not_agreed(f)
    return mediations.filed_since(f, failed), failed


def _mediated_or_withdrawn(f: Frame, cohort: bool) -> Halves:
    filed = registers.filed(f)
    closed = filed.that(f.so_far(registers.of_case(filed, "closed_on"))) if cohort else registers.closed_cases(f)
    return registers.mediated_or_withdrawn(closed), closed


def _accepted_in_time(f: Frame, _cohort: bool) -> Halves:
    rows = mediations.mediations(f, *EVERY, declined=True)
    issued = mediations.each(rows.that(f.within(mediations.of(rows, "issued_on"))))
    return mediations.in_time_to_accept(f, issued), issued


def _ended_in_time(f: Frame, cohort: bool) -> Halves:
    rows = mediations.each(mediations_ended(f, cohort, *EVERY))
    dated = rows.that(mediations.of(rows, "final_on").is_not(None))
    return dated.that(mediations.of(rows, "ended_on") <= mediations.of(rows, "final_on")), dated


def _online(f: Frame, cohort: bool) -> Halves:
    rows = mediations_ended(f, cohort, *EVERY)
    return mediations.online(f, rows), rows


def _satisfied(f: Frame, _cohort: bool) -> Halves:
    rows = ratings.ratings(f)
    return rows, rows


def _answered(f: Frame, _cohort: bool) -> Halves:
    asked = ratings.asked(f)
    return ratings.answered(f, asked), asked


def _filed(f: Frame, _cohort: bool) -> Halves:
    return registers.filed(f), None


def _complaints(f: Frame, _cohort: bool) -> Halves:
    return registers.complaints(f), None


def _suspected(f: Frame, _cohort: bool) -> Halves:
    return mediations.suspected(f), None


def _with_address(f: Frame, _cohort: bool) -> Halves:
    closed = registers.closed(f)
    return registers.with_address(f, closed), closed


# ---- I21: the work of a mediator, an organisation, a street ------------------------------------------------------------


def _assigned(f: Frame, _cohort: bool) -> Halves:
    rows = mediations.mediations(f, *EVERY, declined=True)
    return mediations.each(rows.that(f.within(mediations.of(rows, "issued_on")))), None


def _accepted(f: Frame, _cohort: bool) -> Halves:
    rows = mediations.mediations(f, *EVERY, declined=True)
    return mediations.each(rows.that(f.within(mediations.of(rows, "accepted_on")))), None


def _declined(f: Frame, _cohort: bool) -> Halves:
    rows = mediations.mediations(f, *EVERY, declined=True)
    end = mediations.of(rows, "ended_on")
    return mediations.each(rows.that(f.within(end), mediations.of(rows, "end_code").is_(None))), None


def _ended(f: Frame, _cohort: bool) -> Halves:
    return mediations.each(mediations.ended(f, *EVERY)), None


def _succeeded(f: Frame, _cohort: bool) -> Halves:
    return mediations.each(mediations.successful(f, mediations.ended(f, *EVERY))), None


def _overdue(f: Frame, _cohort: bool) -> Halves:
    return mediations.each(mediations.late(f, mediations.ended_or_running(f, *EVERY))), None


def _open(f: Frame, _cohort: bool) -> Halves:
    rows = mediations.mediations(f, *EVERY)
    return mediations.each(rows.that(mediations.running(f, rows))), None


F = Figure
QUERIES: dict[tuple[Figure, int], Query] = {
    (F.I01, 1): _diverted(*BEFORE_FILING),
    (F.I02, 1): _diverted(*EVERY),
    (F.I03A, 1): _of_handed_out,
    (F.I03B, 1): _of_ended(*BEFORE_FILING),
    (F.I03C, 1): _of_ended(*BEFORE_FILING, withdrawn=False),
    (F.I04, 1): _of_ended(*AFTER_FILING),
    (F.I05, 1): _success_of_filed,
    (F.I06, 1): _success_of_all_brought,
    (F.I07, 1): _seed_share,
    (F.I08A, 1): _fast_track_share,
    (F.I08B, 1): _fast_track_days,
    (F.I09, 1): _applications(unperformed=False),
    (F.I09B, 1): _applications(unperformed=True),
    (F.I10, 1): _confirmed,
    (F.I10B, 1): _ruling_days,
    (F.I11, 1): _performed,
    (F.I12A, 1): _days(*BEFORE_FILING),
    (F.I12B, 1): _days(*AFTER_FILING),
    (F.I13, 1): _late,
    (F.I14, 1): _failed_then_filed,
    (F.I15, 1): _mediated_or_withdrawn,
    (F.I16A, 1): _accepted_in_time,
    (F.I16B, 1): _ended_in_time,
    (F.I17, 1): _online,
    (F.I18A, 1): _satisfied,
    (F.I18B, 1): _answered,
    (F.I19, 1): _filed,
    (F.I20, 1): _filed,
    (F.I21A, 1): _assigned,
    (F.I21B, 1): _accepted,
    (F.I21C, 1): _declined,
    (F.I21D, 1): _ended,
    (F.I21E, 1): _succeeded,
    (F.I21F, 1): _days(*EVERY),
    (F.I21G, 1): _overdue,
    (F.I21H, 1): _open,
    (F.I23A, 1): _complaints,
    (F.I23B, 1): _suspected,
    (F.I24, 1): _with_address,
}


def halves(definition: Definition, way: Way, frame: Frame) -> Halves:
    """Both halves of a figure; cumulative is its natural way over the whole life of the centre (R7-02)."""
    counted = definition.natural if way is Way.CUMULATIVE else way
    return QUERIES[definition.figure, definition.version](frame, counted is Way.COHORT)
