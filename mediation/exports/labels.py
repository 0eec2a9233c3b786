"""Words of the whole court taken along: the columns and what their codes mean, those of the pages."""

from typing import Any

from mediation.assignment import labels as assignment
from mediation.confirmation import labels as confirmation
from mediation.disputes import labels as disputes
from mediation.exports.rules import Format, Kind
from mediation.kernel.i18n import _l
from mediation.litigation import labels as litigation

FORMAT = {
    Format.XLSX: _l("Spreadsheet (XLSX), to read and sort"),
    Format.PARQUET: _l("Parquet, for programs that count"),
}
KIND = {
    Kind.TEXT: _l("Words"),
    Kind.CODE: _l("Code with its word"),
    Kind.NUMBER: _l("Whole number"),
    Kind.MONEY: _l("Amount in yuan"),
    Kind.DAY: _l("Date"),
    Kind.MOMENT: _l("Date and time of day"),
    Kind.TRUTH: _l("Yes or no"),
}
COLUMN = {
    "receipt_no": _l("Receipt number"),
    "case_numbers": _l("Case numbers"),
    "source": _l("How it came"),
    "received_at": _l("Received at"),
    "cause_version": _l("Edition of the causes"),
    "cause_code": _l("Code of the cause"),
    "cause": _l("Cause"),
    "amount": _l("Amount in yuan"),
    "street": _l("Street or community"),
    "has_complaint": _l("With a complaint"),
    "applicants": _l("Applicants"),
    "respondents": _l("Respondents"),
    "third_parties": _l("Third parties"),
    "organisations": _l("Parties that are organisations"),
    "route": _l("Route"),
    "status": _l("State"),
    "closed_at": _l("Closed at"),
    "closing": _l("Why closed"),
    "mediations": _l("Times handed over for mediation"),
    "mediation_kind": _l("Last mediation: kind"),
    "mediation_body": _l("Last mediation: organisation"),
    "mediator": _l("Last mediation: number of the mediator in the list"),
    "mediation_status": _l("Last mediation: state"),
    "issued_on": _l("Handed over on"),
    "accepted_on": _l("Accepted on"),
    "ended_on": _l("Ended on"),
    "final_on": _l("Last day as it stood at the end"),
    "excluded_days": _l("Days left out of the period"),
    "sessions_held": _l("Sessions held"),
    "end_code": _l("How it ended"),
    "mediated": _l("Settled after mediation work"),
    "effective_on": _l("Agreement in effect on"),
    "applied_on": _l("Confirmation applied for on"),
    "confirmation_accepted_on": _l("Confirmation accepted on"),
    "decided_on": _l("Confirmation decided on"),
    "outcome": _l("How the court decided"),
    "filed_on": _l("Filed on"),
    "procedure": _l("Procedure"),
    "fast_track": _l("On the fast track"),
    "heard_on": _l("Heard on"),
    "case_closed_on": _l("Case closed on"),
    "manner": _l("How the case was closed"),
}
CODES: dict[str, dict[Any, Any]] = {
    "source": disputes.SOURCE,
    "route": disputes.ROUTE,
    "status": disputes.STATUS,
    "closing": disputes.CLOSING,
    "mediation_kind": assignment.KIND,
    "mediation_status": assignment.STATUS,
    "end_code": assignment.END_CODE,
    "outcome": confirmation.OUTCOME,
    "procedure": litigation.PROCEDURE,
    "manner": litigation.MANNER,
}
EVENTS = {"export.court": _l("All disputes of the court were taken along as a file")}
YES, NO = _l("yes"), _l("no")
SHEET = _l("Disputes %(number)s")
BUSY = _l("As many files of the whole court as this server writes at once are being fetched.")
WAIT = _l("Fetch it again when one of them is through.")
