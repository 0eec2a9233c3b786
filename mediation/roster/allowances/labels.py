"""Every word shown for allowances."""

from mediation.kernel.i18n import _l
from mediation.roster.allowances.rules import Outcome

OUTCOME = {
    Outcome.AGREED: _l("Agreement reached"),
    Outcome.FAILED: _l("Mediation failed"),
    Outcome.OTHER: _l("Ended otherwise"),
}

RULE_PAST = _l("A rule holds from today on or later; what ended before keeps the rule of its day.")
UNKNOWN_CAUSE = _l("The list of causes has no such cause; leave it empty for every cause.")
MONTH_RUNS = _l("A month is released once it is over.")
NOTHING_TO_RELEASE = _l("Everything of this month that a rule pays for has been released already.")

EVENTS = {
    "allowance_rule.set": _l("Allowance set"),
    "allowance.release": _l("Allowance released"),
}
