"""Names and definitions of the indicators: what is divided by what, counted how."""

from mediation.kernel.i18n import _l
from mediation.statistics.rules import Counting, Indicator, Part, Span

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
NUMERATOR = {
    Indicator.I01: _l("handed out"),
    Indicator.I02: _l("handed out"),
    Indicator.I03A: _l("succeeded"),
    Indicator.I03A_COHORT: _l("succeeded"),
    Indicator.I03B: _l("succeeded"),
    Indicator.I04: _l("succeeded"),
    Indicator.I05: _l("succeeded"),
    Indicator.I07: _l("mediated or fast track"),
    Indicator.I09: _l("applications"),
    Indicator.I10: _l("valid"),
    Indicator.I13: _l("overdue"),
    Indicator.I14: _l("filed"),
}
DENOMINATOR = {
    Indicator.I01: _l("received"),
    Indicator.I02: _l("received"),
    Indicator.I03A: _l("handed out"),
    Indicator.I03A_COHORT: _l("handed out"),
    Indicator.I03B: _l("ended"),
    Indicator.I04: _l("ended"),
    Indicator.I05: _l("filed"),
    Indicator.I07: _l("filed"),
    Indicator.I09: _l("agreements"),
    Indicator.I10: _l("decided"),
    Indicator.I13: _l("ended or running"),
    Indicator.I14: _l("ended without agreement"),
}
PART = {Part.NUMERATOR: NUMERATOR, Part.DENOMINATOR: DENOMINATOR}
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
EVENTS = {"statistics.export": _l("A list of cases was taken along as a spreadsheet")}

ROOMS = _l("Use of the rooms")
ROOMS_DEFINITION = _l(
    "Minutes booked in rooms and tribunals, divided by the minutes they could be had: the court's hours on working days, without the time out of service."
)
