"""Names and definitions of the indicators: what is divided by what, counted how."""

from mediation.kernel.i18n import _l
from mediation.statistics.catalogue import (
    Day,
    Dimension,
    Figure,
    Pending,
    Point,
    Reading,
    Standing,
    Unit,
    Way,
)  # fmt: skip
from mediation.statistics.rules import Counting, Indicator, Part, Span, Step

INDICATOR = {
    Indicator.I01: _l("Diversion rate before filing"),
    Indicator.I02: _l("Diversion rate in all"),
    Indicator.I03A: _l("Success rate, of those handed out"),
    Indicator.I03A_COHORT: _l("Success rate, of the same disputes"),
    Indicator.I03B: _l("Success rate, of those ended"),
    Indicator.I04: _l("Success rate of prior mediation after filing"),
    Indicator.I05: _l("Successful prior mediation, of cases filed"),
    Indicator.I07: _l("Post-filing mediation and fast track, of cases filed"),
    Indicator.I09: _l("Applications for confirmation, of agreements"),
    Indicator.I10: _l("Confirmed, of applications decided"),
    Indicator.I13: _l("Overdue mediations"),
    Indicator.I14: _l("Failed mediations that were filed"),
}
DEFINITION = {
    Indicator.I01: _l(
        "Disputes handed to a mediator before or outside filing in the period (day of the letter), divided by disputes received in the period that belong before this court."
    ),
    Indicator.I02: _l(
        "Disputes handed to a mediator before or after filing in the period, divided by disputes received in the period that belong before this court."
    ),
    Indicator.I03A: _l(
        "Mediations before filing that succeeded in the period, divided by disputes handed out in the period; those still pending stand in the denominator."
    ),
    Indicator.I03A_COHORT: _l("Of the disputes handed out in the period, those that had succeeded by its end."),
    Indicator.I03B: _l(
        "Mediations before filing that succeeded in the period, divided by all that ended in the period; pending ones do not count."
    ),
    Indicator.I04: _l(
        "Entrusted mediations after filing that succeeded in the period, divided by all that ended in the period."
    ),
    Indicator.I05: _l(
        "Entrusted mediations after filing that succeeded in the period, divided by first-instance civil cases filed in the period."
    ),
    Indicator.I07: _l(
        "Entrusted mediations that succeeded and fast-track cases closed in the period, divided by litigation cases filed in the period."
    ),
    Indicator.I09: _l(
        "Joint applications for judicial confirmation received in the period, divided by agreements before or outside filing that took effect in the period."
    ),
    Indicator.I10: _l(
        "Agreements ruled valid in the period, divided by applications decided in the period (valid, dismissed or not accepted); withdrawals do not count."
    ),
    Indicator.I13: _l(
        "Mediations that ended after their last day or are past it at the end of the period, divided by those ended in the period and those still running."
    ),
    Indicator.I14: _l(
        "Of the mediations before filing that ended without agreement in the period, those filed by its end."
    ),
}
COUNTING = {
    Counting.FLOW: _l("Counted by events in the period"),
    Counting.COHORT: _l("Counted by what became of the same disputes"),
    Counting.STOCK: _l("Counted as of the end of the period"),
}
SPAN = {
    Span.MONTH: _l("This month"),
    Span.QUARTER: _l("This quarter"),
    Span.YEAR: _l("This year"),
    Span.ALL: _l("Since the centre opened"),
    Span.FREE: _l("Chosen period"),
}
EVENTS = {
    "statistics.export": _l("A list of cases was taken along as a spreadsheet"),
    "snapshot.take": _l("The figures of a month were frozen"),
    "figure_reading.settle": _l("An open point of counting was settled"),
    "population.tell": _l("A population was told"),
}

ROOMS = _l("Use of the rooms")
ROOMS_DEFINITION = _l(
    "Minutes booked in rooms and tribunals, divided by the minutes they could be had: the court's hours on working days, without the time out of service."
)

# ---- the whole catalogue ----------------------------------------------------------------------------------------------

NAME = {
    Figure.I01: _l("Diversion rate before filing"),
    Figure.I02: _l("Diversion rate in all"),
    Figure.I03A: _l("Success rate, of those handed out"),
    Figure.I03B: _l("Success rate, of those ended"),
    Figure.I03C: _l("Success rate, of those ended and not withdrawn"),
    Figure.I04: _l("Success rate of prior mediation after filing"),
    Figure.I05: _l("Successful prior mediation, of cases filed"),
    Figure.I06: _l("Settled before filing, of all disputes brought to court"),
    Figure.I07: _l("Post-filing mediation and fast track, of cases filed"),
    Figure.I08A: _l("Handed to the fast track, of cases filed"),
    Figure.I08B: _l("Mean length of a fast-track case"),
    Figure.I09: _l("Applications for confirmation, of agreements"),
    Figure.I09B: _l("Applications for confirmation, of agreements not performed at signing"),
    Figure.I10: _l("Confirmed, of applications decided"),
    Figure.I10B: _l("Mean length of a confirmation"),
    Figure.I11: _l("Performed of their own accord"),
    Figure.I12A: _l("Mean length of a mediation before filing"),
    Figure.I12B: _l("Mean length of a mediation after filing"),
    Figure.I13: _l("Overdue mediations"),
    Figure.I14: _l("Failed mediations that were filed"),
    Figure.I15: _l("Mediated or withdrawn, of cases closed"),
    Figure.I16A: _l("Accepted in time"),
    Figure.I16B: _l("Ended in time"),
    Figure.I17: _l("Mediated on line"),
    Figure.I18A: _l("How satisfied the parties are"),
    Figure.I18B: _l("Parties that rated, of those asked"),
    Figure.I19: _l("Cases filed for 10,000 people, floating population included"),
    Figure.I20: _l("Cases filed for 10,000 residents"),
    Figure.I21A: _l("Mediations handed out"),
    Figure.I21B: _l("Mediations accepted"),
    Figure.I21C: _l("Mediations not taken up"),
    Figure.I21D: _l("Mediations ended"),
    Figure.I21E: _l("Mediations that succeeded"),
    Figure.I21F: _l("Mean length of a mediation"),
    Figure.I21G: _l("Mediations overdue"),
    Figure.I21H: _l("Mediations running at the end"),
    Figure.I22: _l("Use of the rooms"),
    Figure.I23A: _l("Complaints about mediators"),
    Figure.I23B: _l("Suspicions of sham mediation"),
    Figure.I24: _l("Address for service confirmed"),
}
MEANING = {
    Figure.I01: DEFINITION[Indicator.I01],
    Figure.I02: DEFINITION[Indicator.I02],
    Figure.I03A: DEFINITION[Indicator.I03A],
    Figure.I03B: DEFINITION[Indicator.I03B],
    Figure.I03C: _l(
        "Mediations before filing that succeeded in the period, divided by those that ended in the period without the withdrawn; pending ones do not count."
    ),
    Figure.I04: DEFINITION[Indicator.I04],
    Figure.I05: DEFINITION[Indicator.I05],
    Figure.I06: _l(
        "Mediations before filing that succeeded in the period, divided by these and the first-instance civil cases filed in the period, each dispute once."
    ),
    Figure.I07: DEFINITION[Indicator.I07],
    Figure.I08A: _l("Cases handed to the fast track in the period, divided by litigation cases filed in the period."),
    Figure.I08B: _l(
        "Days from filing to closing of the fast-track cases closed in the period, without the days left out of the trial limit, divided by their number."
    ),
    Figure.I09: DEFINITION[Indicator.I09],
    Figure.I09B: _l(
        "Joint applications for judicial confirmation received in the period, divided by agreements that took effect in the period; both only where something was still to be performed at signing."
    ),
    Figure.I10: DEFINITION[Indicator.I10],
    Figure.I10B: _l(
        "Days from acceptance of the application to the ruling, for rulings made in the period (valid or dismissed), divided by their number."
    ),
    Figure.I11: _l(
        "Agreements performed in full by their last day, divided by the agreements whose last day lies in the period; what is not due yet does not count."
    ),
    Figure.I12A: _l(
        "Days from acceptance to the end of the mediations before filing that ended in the period, the first day not counted and the days of an appraisal left out, divided by their number."
    ),
    Figure.I12B: _l(
        "Days from acceptance to the end of the mediations after filing that ended in the period, the first day not counted and the days of an appraisal left out, divided by their number."
    ),
    Figure.I13: DEFINITION[Indicator.I13],
    Figure.I14: DEFINITION[Indicator.I14],
    Figure.I15: _l(
        "Cases closed in the period by a mediation document or a withdrawal, divided by all cases closed in the period; a case deemed withdrawn counts as closed otherwise."
    ),
    Figure.I16A: _l(
        "Of the mediations handed out in the period, those the mediator accepted within three working days; the unanswered stand in the denominator."
    ),
    Figure.I16B: _l("Of the mediations that ended in the period, those that ended by their last day."),
    Figure.I17: _l("Of the mediations that ended in the period, those with at least one session held by video."),
    Figure.I19: _l(
        "First-instance civil cases filed in the period for 10,000 people of the district: residents and the registered floating population, as told for the last day."
    ),
    Figure.I20: _l(
        "First-instance civil cases filed in the period for 10,000 residents, as told for the last day; for a street, the disputes that arose there and its residents."
    ),
    Figure.I21A: _l("Mediations handed out in the period, by the day of the letter, taken up or not."),
    Figure.I21B: _l("Mediations accepted in the period."),
    Figure.I21C: _l("Mediations that went back in the period because the mediator declined or did not answer."),
    Figure.I21D: _l("Mediations that ended in the period."),
    Figure.I21E: _l("Mediations that ended with success in the period."),
    Figure.I21F: _l(
        "Days from acceptance to the end of all mediations that ended in the period, the days of an appraisal left out, divided by their number."
    ),
    Figure.I21G: _l("Mediations that ended after their last day in the period, or are past it at its end."),
    Figure.I21H: _l("Mediations accepted and not ended at the end of the period."),
    Figure.I22: ROOMS_DEFINITION,
    Figure.I23A: _l("Complaints about mediators received in the period."),
    Figure.I18A: _l(
        "The mean of the ratings from 1 to 5 given in the period by parties whose mediation was over; each party rates a mediation once."
    ),
    Figure.I18B: _l(
        "Of the parties asked in the period to rate a mediation that was over, those that had rated it so far."
    ),
    Figure.I23B: _l(
        "Disputes in whose mediation a suspicion of sham mediation was reported to the court in the period."
    ),
    Figure.I24: _l(
        "Of the disputes closed in the period, those in which a party had signed the confirmation of the address for service."
    ),
}
ABOVE = {
    Figure.I01: _l("handed out"), Figure.I02: _l("handed out"), Figure.I03A: _l("succeeded"), Figure.I03B: _l("succeeded"),
    Figure.I03C: _l("succeeded"), Figure.I04: _l("succeeded"), Figure.I05: _l("succeeded"), Figure.I06: _l("succeeded"),
    Figure.I07: _l("mediated or fast track"), Figure.I08A: _l("handed to the fast track"), Figure.I08B: _l("days"),
    Figure.I09: _l("applications"), Figure.I09B: _l("applications"), Figure.I10: _l("valid"), Figure.I10B: _l("days"),
    Figure.I11: _l("performed"), Figure.I12A: _l("days"), Figure.I12B: _l("days"), Figure.I13: _l("overdue"),
    Figure.I14: _l("filed"), Figure.I15: _l("mediated or withdrawn"), Figure.I16A: _l("accepted in time"),
    Figure.I16B: _l("ended in time"), Figure.I17: _l("on line"), Figure.I18A: _l("points"), Figure.I18B: _l("rated"), Figure.I19: _l("filed"), Figure.I20: _l("filed"),
    Figure.I21A: _l("handed out"), Figure.I21B: _l("accepted"), Figure.I21C: _l("not taken up"), Figure.I21D: _l("ended"),
    Figure.I21E: _l("succeeded"), Figure.I21F: _l("days"), Figure.I21G: _l("overdue"), Figure.I21H: _l("running"),
    Figure.I22: _l("minutes booked"), Figure.I23A: _l("complaints"), Figure.I23B: _l("suspicions"),
    Figure.I24: _l("address confirmed"),
}  # fmt: skip
BELOW = {
    Figure.I01: _l("received"), Figure.I02: _l("received"), Figure.I03A: _l("handed out"), Figure.I03B: _l("ended"),
    Figure.I03C: _l("ended, not withdrawn"), Figure.I04: _l("ended"), Figure.I05: _l("filed"),
    Figure.I06: _l("succeeded or filed"), Figure.I07: _l("filed"), Figure.I08A: _l("filed"), Figure.I08B: _l("cases"),
    Figure.I09: _l("agreements"), Figure.I09B: _l("agreements"), Figure.I10: _l("decided"), Figure.I10B: _l("rulings"),
    Figure.I11: _l("due"), Figure.I12A: _l("ended"), Figure.I12B: _l("ended"), Figure.I13: _l("ended or running"),
    Figure.I14: _l("ended without agreement"), Figure.I15: _l("cases closed"), Figure.I16A: _l("handed out"),
    Figure.I16B: _l("ended"), Figure.I17: _l("ended"), Figure.I18A: _l("ratings"), Figure.I18B: _l("asked"), Figure.I19: _l("people"), Figure.I20: _l("residents"),
    Figure.I21F: _l("ended"), Figure.I22: _l("minutes to be had"), Figure.I24: _l("closed"),
}  # fmt: skip
PART = {Part.NUMERATOR: ABOVE, Part.DENOMINATOR: BELOW}
# Cases are counted with a measure word; what these halves count has its own.
COUNTED = _l("%(number)s %(what)s")
BY_ITSELF = frozenset({
    *((figure, Part.NUMERATOR) for figure in (Figure.I08B, Figure.I10B, Figure.I12A, Figure.I12B, Figure.I21F)),
    *((figure, part) for figure in (Figure.I18A, Figure.I18B, Figure.I22) for part in Part),
    (Figure.I19, Part.DENOMINATOR), (Figure.I20, Part.DENOMINATOR),
})  # fmt: skip
# How a figure differs from another period's.
CHANGE = dict.fromkeys(Unit, _l("change %(change)s")) | {
    Unit.PERCENT: _l("%(change)s points"),
    Unit.DAYS: _l("%(change)s days"),
}
UNIT = {
    Unit.PERCENT: _l("per cent"),
    Unit.DAYS: _l("days"),
    Unit.PER_10_000: _l("for 10,000 people"),
    Unit.NUMBER: _l("in number"),
    Unit.SCORE: _l("of 5 points"),
}
WAY = {
    Way.FLOW: _l("Counted by events in the period"),
    Way.COHORT: _l("Counted by what became of the same disputes"),
    Way.CUMULATIVE: _l("Counted since the centre opened"),
}
DAY = {
    Day.RECEIVED: _l("day of receipt"),
    Day.HANDED_OUT: _l("day of the letter to the mediator"),
    Day.ACCEPTED: _l("day of acceptance by the mediator"),
    Day.ENDED: _l("day on which the mediation ended"),
    Day.FILED: _l("day of filing"),
    Day.FAST_TRACK: _l("day of the handing to the fast track"),
    Day.CASE_CLOSED: _l("day on which the case was closed"),
    Day.EFFECTIVE: _l("day on which the agreement took effect"),
    Day.APPLIED: _l("day of the application"),
    Day.DECIDED: _l("day of the decision"),
    Day.DUE: _l("last day of performance"),
    Day.CLOSED: _l("day on which the dispute was closed"),
    Day.POPULATION: _l("population told for the last day"),
    Day.BOOKED: _l("time of the booking"),
    Day.COMPLAINED: _l("day of the complaint"),
    Day.SUSPECTED: _l("day of the report to the court"),
    Day.ASKED: _l("day of the asking"),
    Day.RATED: _l("day of the rating"),
}
PENDING = {
    Pending.IN_DENOMINATOR: _l("Pending ones stand in the denominator."),
    Pending.LEFT_OUT: _l("Pending ones do not count."),
    Pending.INCLUDED: _l("Running ones count."),
    Pending.NONE: _l("Nothing is pending here."),
}
STANDING = {
    Standing.STORY: _l("Formula of the figures the court has published"),
    Standing.PUBLISHED: _l("Figure published by the Supreme Court"),
    Standing.INFERRED: _l("Name published; the formula is inferred"),
    Standing.PRACTICE: _l("Practice of courts; no text of the Supreme Court"),
    Standing.OURS: _l("Defined by this product"),
}
DIMENSION = {
    Dimension.CAUSE_1: _l("Cause, part"),
    Dimension.CAUSE_2: _l("Cause, chapter"),
    Dimension.CAUSE_3: _l("Cause, third level"),
    Dimension.CAUSE_4: _l("Cause, fourth level"),
    Dimension.ROUTE: _l("Route"),
    Dimension.SOURCE: _l("Source"),
    Dimension.STREET: _l("Street"),
    Dimension.COMMUNITY: _l("Community"),
    Dimension.ORGANISATION: _l("Mediation body"),
    Dimension.MEDIATOR: _l("Mediator"),
    Dimension.ROOM: _l("Room"),
    Dimension.TRIBUNAL: _l("Tribunal"),
}
POINT = {
    Point.WITHDRAWAL: _l("Does a withdrawal count as success?"),
    Point.FAST_TRACK: _l("What is a case of the fast track in the share of post-filing mediation and fast track?"),
    Point.NOT_ACCEPTED: _l("Do applications not accepted stand among those decided?"),
}
READING = {
    Reading.MEDIATED: _l("Yes, after mediation work"),
    Reading.ALWAYS: _l("Yes, always"),
    Reading.NEVER: _l("No"),
    Reading.CLOSED: _l("Closed by it"),
    Reading.HANDED_OVER: _l("Handed to it"),
    Reading.COUNTED: _l("They do"),
    Reading.LEFT_OUT: _l("They do not"),
}

GROUP = {
    "work": _l("The work"),
    "outcome": _l("How it ended"),
    "time": _l("How long it took"),
    "afterwards": _l("What became of the agreements"),
    "ratings": _l("What the parties say"),
}

STEP = {
    Step.DAY: _l("By day"),
    Step.WEEK: _l("By week"),
    Step.MONTH: _l("By month"),
    Step.QUARTER: _l("By quarter"),
    Step.YEAR: _l("By year"),
}
NO_ANSWER = _l("This is no answer to that point.")
READING_PAST = _l("A point is read otherwise from today or a later day on; figures of the past stay as they were read.")
NO_STREET = _l("There is no such street in this district.")

# ---- charts -----------------------------------------------------------------------------------------------------------

PICTURE = {
    "months": _l("How many were handed out, ended and succeeded, month by month?"),
    "causes": _l("Which causes do disputes come from?"),
    "hours": _l("When do disputes reach the court?"),
    "flow": _l("What became of the disputes received?"),
}
PICTURE_HEAD = {
    "months": (_l("Month"), _l("Handed out"), _l("Ended"), _l("Succeeded"), _l("Of those ended")),
    "causes": (_l("Level"), _l("Cause"), _l("Disputes received")),
    "flow": (_l("Stage"), _l("From"), _l("To"), _l("Disputes received")),
}
OTHERS = _l("others")
ALL_DISPUTES = _l("All disputes received")
DISPUTES = _l("disputes")
BREAK = _l("2025: mediation after filing")
NO_ROUTE = _l("no way chosen yet")
WEEKDAY = (_l("Mon"), _l("Tue"), _l("Wed"), _l("Thu"), _l("Fri"), _l("Sat"), _l("Sun"))
WEEKDAY_HEAD = _l("Weekday")
STAGE = (_l("Which way it went"), _l("How the mediation ended"), _l("What followed"))
OUTCOME = {
    "settled": _l("settled"),
    "failed": _l("without agreement"),
    "withdrawn": _l("withdrawn without mediation"),
    "running": _l("in mediation"),
    "none": _l("not mediated"),
}
AFTER = {
    "filed": _l("filed as a case"),
    "confirmation": _l("application for confirmation"),
    "closed": _l("closed"),
    "open": _l("still open"),
}
