"""The words of the table of periods: which periods there are, what starts them, what they do not count, who extends them."""

import enum


class PeriodKey(enum.StrEnum):
    FILING_DECISION = "FILING_DECISION"
    ONLINE_JOINT_CHOICE = "ONLINE_JOINT_CHOICE"
    ONLINE_DESIGNATE = "ONLINE_DESIGNATE"
    MEDIATOR_ACCEPT = "MEDIATOR_ACCEPT"
    CONTACT_RESPONDENT = "CONTACT_RESPONDENT"
    MEDIATION_PRE = "MEDIATION_PRE"
    MEDIATION_OUT = "MEDIATION_OUT"
    MEDIATION_POST_ORD = "MEDIATION_POST_ORD"
    MEDIATION_POST_SUM = "MEDIATION_POST_SUM"
    TRANSFER_BACK = "TRANSFER_BACK"
    FEE_PAYMENT = "FEE_PAYMENT"
    CONFIRM_APPLY = "CONFIRM_APPLY"
    CONFIRM_ACCEPT = "CONFIRM_ACCEPT"
    CONFIRM_DECIDE_TARGET = "CONFIRM_DECIDE_TARGET"
    CONFIRM_DECIDE_STAT = "CONFIRM_DECIDE_STAT"
    CONFIRM_OBJECT_PARTY = "CONFIRM_OBJECT_PARTY"
    CONFIRM_OBJECT_OTHER = "CONFIRM_OBJECT_OTHER"
    RULING_APPEAL = "RULING_APPEAL"
    ENFORCE_APPLY = "ENFORCE_APPLY"
    PRESERVE_RULING = "PRESERVE_RULING"
    PRESERVE_SUE_BY = "PRESERVE_SUE_BY"
    PRESERVE_DEPOSIT = "PRESERVE_DEPOSIT"
    PRESERVE_MOVABLE = "PRESERVE_MOVABLE"
    PRESERVE_OTHER = "PRESERVE_OTHER"
    SERVE_COMPLAINT = "SERVE_COMPLAINT"
    DEFENCE = "DEFENCE"
    FORWARD_DEFENCE = "FORWARD_DEFENCE"
    ORDINARY_EVIDENCE = "ORDINARY_EVIDENCE"
    SUMMARY_EVIDENCE = "SUMMARY_EVIDENCE"
    SMALL_EVIDENCE = "SMALL_EVIDENCE"
    TRIAL_SMALL = "TRIAL_SMALL"
    TRIAL_SUMMARY = "TRIAL_SUMMARY"
    TRIAL_ORDINARY = "TRIAL_ORDINARY"
    CLAIM_FEE = "CLAIM_FEE"
    FINE_REVIEW = "FINE_REVIEW"
    RECUSAL_DECIDE = "RECUSAL_DECIDE"
    RECUSAL_REVIEW = "RECUSAL_REVIEW"
    ANNOUNCEMENT_SERVICE = "ANNOUNCEMENT_SERVICE"
    OBSTACLE_RELIEF = "OBSTACLE_RELIEF"
    HOTLINE_REPLY = "HOTLINE_REPLY"


class Unit(enum.StrEnum):
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"


class Trigger(enum.StrEnum):
    """The event whose day is not counted (CPL art. 85)."""

    COMPLAINT_RECEIVED = "complaint_received"
    CONSENT_ONLINE = "consent_online"
    APPLICATION_RECEIVED = "application_received"
    ASSIGNMENT_RECEIVED = "assignment_received"
    ASSIGNMENT_ACCEPTED = "assignment_accepted"
    MATERIAL_SIGNED_FOR = "material_signed_for"
    MEDIATION_FAILED = "mediation_failed"
    FEE_NOTICE_RECEIVED = "fee_notice_received"
    AGREEMENT_EFFECTIVE = "agreement_effective"
    CONFIRMATION_ACCEPTED = "confirmation_accepted"
    RULING_RECEIVED = "ruling_received"
    HARM_KNOWN = "harm_known"
    PERFORMANCE_DUE = "performance_due"
    PRESERVATION_APPLIED = "preservation_applied"
    PRESERVATION_TAKEN = "preservation_taken"
    CASE_FILED = "case_filed"
    COMPLAINT_SERVED = "complaint_served"
    DEFENCE_RECEIVED = "defence_received"
    EVIDENCE_PERIOD_SET = "evidence_period_set"
    COUNTERCLAIM_BROUGHT = "counterclaim_brought"
    FINE_RECEIVED = "fine_received"
    RECUSAL_APPLIED = "recusal_applied"
    RECONSIDERATION_APPLIED = "reconsideration_applied"
    ANNOUNCEMENT_PUBLISHED = "announcement_published"
    OBSTACLE_ENDED = "obstacle_ended"
    WORK_ORDER_RECEIVED = "work_order_received"


class Cause(enum.StrEnum):
    """Time that is not counted in a period."""

    APPRAISAL = "appraisal"
    ANNOUNCEMENT = "announcement"
    SETTLEMENT = "settlement"
    JURISDICTION = "jurisdiction"
    EXTENDED_MEDIATION = "extended_mediation"
    PRIOR_MEDIATION = "prior_mediation"
    CONSENTED_MEDIATION = "consented_mediation"


class Approver(enum.StrEnum):
    PARTIES = "parties"
    PRESIDENT = "president"
    COURT = "court"


class Basis(enum.StrEnum):
    """How firm the ground is: the law's own words, local practice, or a rule of this court's house."""

    LAW = "law"
    PRACTICE = "practice"
    HOUSE = "house"


class Besides(enum.StrEnum):
    """What else the law says about a period, which is neither time left out nor an extension."""

    AS_LIMITATION = "as_limitation"
    RELIEF_ASKED = "relief_asked"
    LONGER_BY_STATUTE = "longer_by_statute"
