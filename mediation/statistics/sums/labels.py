"""Words for what is summed."""

from mediation.kernel.i18n import _l
from mediation.statistics.sums.rules import Measure

M = Measure
MEASURE = {
    M.RECEIVED: _l("Disputes received"),
    M.HANDED_OUT: _l("Handed to mediators before filing"),
    M.HANDED_OUT_ALL: _l("Handed to mediators, before and after filing"),
    M.ENDED_BEFORE: _l("Mediations before filing that ended"),
    M.ENDED_AFTER: _l("Mediations after filing that ended"),
    M.ENDED_ALL: _l("Mediations that ended"),
    M.ENDED_NOT_WITHDRAWN: _l("Mediations before filing that ended other than by withdrawal"),
    M.SUCCESS_BEFORE: _l("Successes before filing"),
    M.SUCCESS_AFTER: _l("Successes after filing"),
    M.FILED: _l("Cases filed"),
    M.QUICK: _l("Successes after filing and cases closed by the fast track"),
    M.BROUGHT: _l("Successes before filing and cases filed"),
    M.AGREED: _l("Agreements before filing that took effect"),
    M.APPLIED: _l("Applications for confirmation"),
    M.DECIDED: _l("Applications for confirmation decided"),
    M.CONFIRMED: _l("Agreements confirmed"),
    M.LENGTH_BEFORE: _l("Days of mediations before filing"),
    M.LENGTH_AFTER: _l("Days of mediations after filing"),
    M.ENDED_LATE: _l("Mediations that ended after their last day"),
    M.RUNNING: _l("Mediations that were running"),
    M.RUNNING_LATE: _l("Mediations that were running past their last day"),
}
DIFFERS = _l(
    "%(n)s sums for figures over all courts are not what the records say, the earliest of %(month)s. "
    "An operator can name them with the command sums check, and have them counted anew with sums check --rebuild."
)
