"""Every word of the reports on the screen; what stands on the paper itself is written in its template."""

from mediation.kernel.i18n import _l
from mediation.statistics.reports.rules import Obstacle, ReportSpan, ReportStatus

REPORT_SPAN = {
    ReportSpan.MONTH: _l("The month"),
    ReportSpan.QUARTER: _l("Quarter"),
    ReportSpan.YEAR: _l("Year"),
}
REPORT_STATUS = {
    ReportStatus.ASKED: _l("being prepared"),
    ReportStatus.COUNTED: _l("ready"),
    ReportStatus.FAILED: _l("could not be prepared"),
}
TONE = {ReportStatus.ASKED: "active", ReportStatus.COUNTED: "done", ReportStatus.FAILED: "overdue"}
OBSTACLE = {
    Obstacle.NOT_BEGUN: _l("This period has not begun yet: nothing of it can be counted."),
    Obstacle.NO_COURT_YET: _l("The centre was not open yet in this period."),
    Obstacle.UNDER_WAY: _l("This report is being prepared already; it appears in the list below."),
    Obstacle.NO_MAIL: _l(
        "This installation sends no e-mail yet: leave the address empty, and the report is kept here; the system administrator sets up e-mail."
    ),
}
READY = _l("The report from %(first)s to %(last)s is ready.")
EVENTS = {
    "figure_report.ask": _l("A report of the figures was asked for"),
    "figure_report.count": _l("A report of the figures was prepared"),
    "figure_report.fail": _l("A report of the figures could not be prepared"),
    "figure_report.again": _l("A report of the figures is prepared anew"),
    "figure_report.mail": _l("A report of the figures was sent by e-mail"),
    "report_plan.settle": _l("It was settled which reports are prepared by themselves"),
}
