"""Use cases of the case register: filing, fee, fast track, closing; one function each, one transaction, one trail."""

from mediation.litigation.limits.leaving_out import (
    appraisal_began,
    appraisal_over,
    exclude_extended_mediation,
    mediation_began,
    mediation_over,
)
from mediation.litigation.services.closing import close_case, final_fee, issue_mediation_document, mediation_document
from mediation.litigation.services.fees import ask_relief, decide_relief, issue_fee_notice, record_payment
from mediation.litigation.services.filing import begin_prior_mediation, end_prior_mediation, file_case
from mediation.litigation.services.lists import Listed, hearings_on, listed, without_hearing, work
from mediation.litigation.services.reading import (
    fast_track_judges,
    get,
    limit_of,
    mediated_by,
    next_step,
    notice_of,
    number_of,
    obstacles,
    of_dispute,
    settled_clauses,
    situation,
    wage,
    wages,
)
from mediation.litigation.services.serving import serve, serve_document
from mediation.litigation.services.track import (
    convert,
    heard,
    hearing_of,
    record_wage,
    set_hearing,
    to_fast_track,
    to_ordinary,
)

__all__ = [
    "Listed",
    "appraisal_began",
    "appraisal_over",
    "ask_relief",
    "begin_prior_mediation",
    "close_case",
    "convert",
    "decide_relief",
    "end_prior_mediation",
    "exclude_extended_mediation",
    "fast_track_judges",
    "file_case",
    "final_fee",
    "get",
    "heard",
    "hearing_of",
    "hearings_on",
    "issue_fee_notice",
    "issue_mediation_document",
    "limit_of",
    "listed",
    "mediated_by",
    "mediation_began",
    "mediation_document",
    "mediation_over",
    "next_step",
    "notice_of",
    "number_of",
    "obstacles",
    "of_dispute",
    "record_payment",
    "record_wage",
    "serve",
    "serve_document",
    "set_hearing",
    "settled_clauses",
    "situation",
    "to_fast_track",
    "to_ordinary",
    "wage",
    "wages",
    "without_hearing",
    "work",
]
