"""Every word of the bounds on figures."""

from mediation.kernel.i18n import _l
from mediation.statistics.alerts.rules import Direction, Measure, Obstacle, Window
from mediation.statistics.catalogue import Unit

WINDOW = {
    Window.MONTH: _l("The running month, to the evening before"),
    Window.QUARTER: _l("The running quarter, to the evening before"),
    Window.YEAR: _l("The running year, to the evening before"),
    Window.LAST_MONTH: _l("The last month that is over"),
    Window.LAST_QUARTER: _l("The last quarter that is over"),
    Window.LAST_YEAR: _l("The last year that is over"),
}
MEASURE = {
    Measure.VALUE: _l("The value itself"),
    Measure.BEFORE: _l("The change against the period before"),
    Measure.YEAR_AGO: _l("The change against the same period last year"),
}
DIRECTION = {
    Direction.ABOVE: _l("above, or risen by more than"),
    Direction.BELOW: _l("below, or fallen by more than"),
}
SENTENCE = {
    (Measure.VALUE, Direction.ABOVE): _l("above %(limit)s"),
    (Measure.VALUE, Direction.BELOW): _l("below %(limit)s"),
    (Measure.BEFORE, Direction.ABOVE): _l("risen by more than %(limit)s against the period before"),
    (Measure.BEFORE, Direction.BELOW): _l("fallen by more than %(limit)s against the period before"),
    (Measure.YEAR_AGO, Direction.ABOVE): _l("risen by more than %(limit)s against the same period last year"),
    (Measure.YEAR_AGO, Direction.BELOW): _l("fallen by more than %(limit)s against the same period last year"),
}
# The number of a bound with its unit; counts of cases and values for 10,000 people stand alone.
LIMIT_OF_VALUE = {
    Unit.PERCENT: "%(limit)s %%",
    Unit.DAYS: _l("%(limit)s days"),
    Unit.SCORE: _l("%(limit)s points"),
}
LIMIT_OF_CHANGE = LIMIT_OF_VALUE | {Unit.PERCENT: _l("%(limit)s percentage points")}
OBSTACLE = {
    Obstacle.NO_WAY: _l("This figure is not counted that way; choose another, or leave it as usual."),
    Obstacle.NOT_A_SHARE: _l("A share lies between 0 and 100 per cent."),
    Obstacle.NOT_A_SCORE: _l("Ratings go from 1 to 5 points."),
    Obstacle.NEGATIVE: _l("Give a bound of 0 or more; whether it is a rise or a fall is chosen above."),
    Obstacle.TOO_HIGH: _l("No figure of a court is as high as that: look at the number again."),
    Obstacle.NO_CHANGE: _l("A change by more than nothing is told every day: give a bound above 0."),
    Obstacle.THERE_ALREADY: _l("The same bound is set already."),
    Obstacle.TOO_MANY: _l("A court keeps at most 100 bounds: remove one first."),
    Obstacle.NO_MAIL: _l(
        "This installation sends no e-mail yet: leave the address empty, and it is told in the system; the system administrator sets up e-mail."
    ),
}
TOLD = _l("%(figure)s is %(value)s (%(counts)s) from %(first)s to %(last)s: %(bound)s.")
EVENTS = {
    "figure_alert.create": _l("A bound was set on a figure"),
    "figure_alert.change": _l("The bound on a figure was changed"),
    "figure_alert.remove": _l("The bound on a figure was removed"),
    "alert_finding.find": _l("A figure was found beyond its bound"),
}
