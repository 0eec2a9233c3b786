"""The pages of the figures in the allow-table: the court's own, the president's, and what mediators read of themselves."""

from mediation.kernel.actor import COURT, Role

PRESIDENT = Role.PRESIDENT
MEDIATION = frozenset({Role.MEDIATOR, Role.ORGANISATION})

FIGURES: dict[str, frozenset[Role]] = {
    "statistics.figures": COURT,
    "statistics.cases": COURT,
    "statistics.spreadsheet": COURT,
    "statistics.all_figures": COURT,
    "statistics.figure": COURT,
    "statistics.figure_cases": COURT,
    "statistics.figure_sheet": COURT,
    "statistics.figure_chart_sheet": COURT,
    "statistics.months": COURT,
    "statistics.month": COURT,
    "statistics.charts": COURT,
    "statistics.chart_sheet": COURT,
    "statistics.reports": COURT,
    "statistics.ask_report": COURT,
    "statistics.report_again": COURT,
    "statistics.report_file": COURT,
    "statistics.settle_plan": frozenset({PRESIDENT}),
    "statistics.alerts": COURT,
    "statistics.set_alert": frozenset({PRESIDENT}),
    "statistics.alert": frozenset({PRESIDENT}),
    "statistics.remove_alert": frozenset({PRESIDENT}),
    "statistics.own_figures": MEDIATION,
    "statistics.own_cases": MEDIATION,
    "statistics.settings": COURT,
    "statistics.settle": frozenset({PRESIDENT}),
    "statistics.tell_population": frozenset({PRESIDENT}),
}
