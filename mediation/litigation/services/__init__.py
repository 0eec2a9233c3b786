"""Use cases of the case register: filing, fee, fast track, closing; one function each, one transaction, one trail."""

from mediation.litigation.services.closing import close_case, issue_mediation_document, mediation_document
from mediation.litigation.services.fees import ask_relief, decide_relief, issue_fee_notice, record_payment
from mediation.litigation.services.filing import begin_prior_mediation, end_prior_mediation, file_case
from mediation.litigation.services.reading import (
    Listed,
    cases_of_judge,
    fast_track_judges,
    get,
    hearings_on,
    notice_of,
    obstacles,
    of_dispute,
    situation,
    wage,
)
from mediation.litigation.services.track import (
    convert,
    exclude_extended_mediation,
    heard,
    record_wage,
    set_hearing,
    to_fast_track,
    to_ordinary,
)

__all__ = [
    "Listed",
    "ask_relief",
    "begin_prior_mediation",
    "cases_of_judge",
    "close_case",
    "convert",
    "decide_relief",
    "end_prior_mediation",
    "exclude_extended_mediation",
    "fast_track_judges",
    "file_case",
    "get",
    "heard",
    "hearings_on",
    "issue_fee_notice",
    "issue_mediation_document",
    "mediation_document",
    "notice_of",
    "obstacles",
    "of_dispute",
    "record_payment",
    "record_wage",
    "set_hearing",
    "situation",
    "to_fast_track",
    "to_ordinary",
    "wage",
]
