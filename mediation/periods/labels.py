"""The words for periods, their triggers and causes, rest days, and refusals."""

from mediation.kernel.i18n import _, _l
from mediation.periods.calendar import Holiday, Kind
from mediation.periods.lengthening import Refusal
from mediation.periods.noticed import Flaw, Mistake
from mediation.periods.rules import DeadlineStatus, Fault, Urgency
from mediation.periods.strip import Mark
from mediation.periods.switches import Switch
from mediation.periods.table import BESIDES_SOURCE as BESIDES_SOURCE
from mediation.periods.table import Approver, Basis, Besides, Cause, PeriodKey, Trigger, Unit

PERIOD_KEY = {
    PeriodKey.FILING_DECISION: _l("Decision on filing"),
    PeriodKey.ONLINE_JOINT_CHOICE: _l("Joint choice of the mediator online"),
    PeriodKey.ONLINE_DESIGNATE: _l("Designation of the mediator online"),
    PeriodKey.MEDIATOR_ACCEPT: _l("Acceptance by the mediator"),
    PeriodKey.CONTACT_RESPONDENT: _l("Asking the other side"),
    PeriodKey.MEDIATION_PRE: _l("Mediation before filing"),
    PeriodKey.MEDIATION_OUT: _l("Mediation outside the court"),
    PeriodKey.MEDIATION_POST_ORD: _l("Entrusted mediation, ordinary procedure"),
    PeriodKey.MEDIATION_POST_SUM: _l("Entrusted mediation, summary procedure"),
    PeriodKey.TRANSFER_BACK: _l("Return of the material to the court"),
    PeriodKey.FEE_PAYMENT: _l("Payment of the case acceptance fee"),
    PeriodKey.CONFIRM_APPLY: _l("Application for judicial confirmation"),
    PeriodKey.CONFIRM_ACCEPT: _l("Decision on accepting the confirmation application"),
    PeriodKey.CONFIRM_DECIDE_TARGET: _l("Decision on confirmation (target)"),
    PeriodKey.CONFIRM_DECIDE_STAT: _l("Decision on confirmation (statutory limit)"),
    PeriodKey.CONFIRM_OBJECT_PARTY: _l("Objection of a party to the confirmation ruling"),
    PeriodKey.CONFIRM_OBJECT_OTHER: _l("Objection of an interested person to the confirmation ruling"),
    PeriodKey.RULING_APPEAL: _l("Appeal against a ruling"),
    PeriodKey.ENFORCE_APPLY: _l("Application for enforcement"),
    PeriodKey.PRESERVE_RULING: _l("Ruling on preservation before suit"),
    PeriodKey.PRESERVE_SUE_BY: _l("Suit after preservation"),
    PeriodKey.PRESERVE_DEPOSIT: _l("Freezing of a bank deposit"),
    PeriodKey.PRESERVE_MOVABLE: _l("Sealing or seizure of a movable"),
    PeriodKey.PRESERVE_OTHER: _l("Sealing of an immovable, freezing of another property right"),
    PeriodKey.SERVE_COMPLAINT: _l("Service of the complaint"),
    PeriodKey.DEFENCE: _l("Statement of defence"),
    PeriodKey.FORWARD_DEFENCE: _l("Copy of the statement of defence to the plaintiff"),
    PeriodKey.ORDINARY_EVIDENCE: _l("Evidence in ordinary procedure"),
    PeriodKey.SUMMARY_EVIDENCE: _l("Evidence in summary procedure"),
    PeriodKey.SMALL_EVIDENCE: _l("Evidence in small claims"),
    PeriodKey.TRIAL_SMALL: _l("Trial limit, small claims"),
    PeriodKey.TRIAL_SUMMARY: _l("Trial limit, summary procedure"),
    PeriodKey.TRIAL_ORDINARY: _l("Trial limit, ordinary procedure"),
    PeriodKey.CLAIM_FEE: _l("Payment of the fee of a counterclaim"),
    PeriodKey.FINE_REVIEW: _l("Reconsideration of a fine"),
    PeriodKey.RECUSAL_DECIDE: _l("Decision on recusal"),
    PeriodKey.RECUSAL_REVIEW: _l("Review of a recusal decision"),
    PeriodKey.ANNOUNCEMENT_SERVICE: _l("Service by announcement"),
    PeriodKey.OBSTACLE_RELIEF: _l("Application for relief after an obstacle"),
    PeriodKey.HOTLINE_REPLY: _l("Reply to a 12345 work order"),
}

TRIGGER = {
    Trigger.COMPLAINT_RECEIVED: _l("the complaint was received or completed"),
    Trigger.CONSENT_ONLINE: _l("both sides agreed to mediate online"),
    Trigger.APPLICATION_RECEIVED: _l("the application was received"),
    Trigger.ASSIGNMENT_RECEIVED: _l("the assignment was received"),
    Trigger.ASSIGNMENT_ACCEPTED: _l("the mediator accepted the assignment"),
    Trigger.MATERIAL_SIGNED_FOR: _l("the mediator signed for the material"),
    Trigger.MEDIATION_FAILED: _l("mediation ended without agreement"),
    Trigger.FEE_NOTICE_RECEIVED: _l("the fee notice was received"),
    Trigger.AGREEMENT_EFFECTIVE: _l("the mediation agreement took effect"),
    Trigger.CONFIRMATION_ACCEPTED: _l("the confirmation application was accepted"),
    Trigger.RULING_RECEIVED: _l("the ruling was received"),
    Trigger.HARM_KNOWN: _l("the harm became known"),
    Trigger.PERFORMANCE_DUE: _l("the last day of performance"),
    Trigger.PRESERVATION_APPLIED: _l("the preservation application was accepted"),
    Trigger.PRESERVATION_TAKEN: _l("the preservation measure was taken"),
    Trigger.CASE_FILED: _l("the case was filed"),
    Trigger.COMPLAINT_SERVED: _l("the complaint was served"),
    Trigger.DEFENCE_RECEIVED: _l("the statement of defence was received"),
    Trigger.EVIDENCE_PERIOD_SET: _l("the evidence period was set"),
    Trigger.COUNTERCLAIM_BROUGHT: _l("the counterclaim was brought"),
    Trigger.FINE_RECEIVED: _l("the decision on the fine was received"),
    Trigger.RECUSAL_APPLIED: _l("recusal was applied for"),
    Trigger.RECONSIDERATION_APPLIED: _l("reconsideration was applied for"),
    Trigger.ANNOUNCEMENT_PUBLISHED: _l("the announcement was published"),
    Trigger.OBSTACLE_ENDED: _l("the obstacle ended"),
    Trigger.WORK_ORDER_RECEIVED: _l("the work order was received"),
}

UNIT = {
    Unit.HOURS: _l("hours"),
    Unit.DAYS: _l("days"),
    Unit.WORKING_DAYS: _l("working days"),
    Unit.MONTHS: _l("months"),
    Unit.YEARS: _l("years"),
}

CAUSE = {
    Cause.APPRAISAL: _l("Appraisal"),
    Cause.ANNOUNCEMENT: _l("Service by announcement"),
    Cause.SETTLEMENT: _l("Settlement talks of the parties"),
    Cause.JURISDICTION: _l("Objection to jurisdiction"),
    Cause.EXTENDED_MEDIATION: _l("Agreed extension of mediation"),
    Cause.PRIOR_MEDIATION: _l("Prior mediation"),
    Cause.CONSENTED_MEDIATION: _l("Mediation with the applicant's consent"),
}


def causes(kept: str) -> str:
    """Why time was left out, as a derivation keeps it."""
    return _(", ").join(str(CAUSE[Cause(name)]) for name in kept.split(","))


APPROVER = {
    Approver.PARTIES: _l("all parties agree"),
    Approver.PRESIDENT: _l("the president approves"),
    Approver.COURT: _l("the court decides"),
}

BESIDES = {
    Besides.AS_LIMITATION: _l("It is suspended and interrupted as limitation is."),
    Besides.RELIEF_ASKED: _l(
        "Whoever has applied for relief from the fee is not treated as withdrawing until the decision, and gets a new time when it is refused."
    ),
    Besides.LONGER_BY_STATUTE: _l("Where another statute sets a longer time that one holds, and the citizen is told."),
}

BASIS = {
    Basis.LAW: _l("Set by law"),
    Basis.PRACTICE: _l("Local practice, no statute sets it"),
    Basis.HOUSE: _l("Rule of this court"),
}

DEADLINE_STATUS = {
    DeadlineStatus.OPEN: _l("Running"),
    DeadlineStatus.SUSPENDED: _l("Clock stopped"),
    DeadlineStatus.MET: _l("Met"),
    DeadlineStatus.CANCELLED: _l("No longer needed"),
}

URGENCY = {
    Urgency.CALM: _l("In time"),
    Urgency.SOON: _l("Due soon"),
    Urgency.TODAY: _l("Due today"),
    Urgency.OVERDUE: _l("Overdue"),
    Urgency.LAPSED: _l("Ran out, not used"),
}

KIND = {
    Kind.WORKDAY: _l("Working day"),
    Kind.WEEKEND: _l("Weekend"),
    Kind.HOLIDAY: _l("Holiday"),
    Kind.MAKEUP_WORKDAY: _l("Made-up working day"),
}

HOLIDAY = {
    Holiday.NEW_YEAR: _l("New Year"),
    Holiday.SPRING_FESTIVAL: _l("Spring Festival"),
    Holiday.QINGMING: _l("Qingming"),
    Holiday.LABOUR_DAY: _l("Labour Day"),
    Holiday.DRAGON_BOAT: _l("Dragon Boat Festival"),
    Holiday.MID_AUTUMN: _l("Mid-Autumn Festival"),
    Holiday.NATIONAL_DAY: _l("National Day"),
    Holiday.VICTORY_DAY: _l("Victory Day"),
}

# The name of a rest day as the derivation keeps it.
REST_DAY = {member.value: words for table in (KIND, HOLIDAY) for member, words in table.items()}

# What stands in a day of the picture, and what it means. A counted day is only its number.
MARK = {
    Mark.START: _l("start"),
    Mark.COUNTED: "",
    Mark.REST: _l("rest"),
    Mark.MADE_UP: _l("work"),
    Mark.LEFT_OUT: _l("out"),
    Mark.PASSED_OVER: _l("passed"),
    Mark.FORMER: _l("former"),
    Mark.MOVED: _l("moved"),
    Mark.LAST: _l("last"),
    Mark.OUTSIDE: "",
}
MARK_MEANS = {
    Mark.START: _l("The day of the event: not counted"),
    Mark.COUNTED: _l("Counted"),
    Mark.REST: _l("Rest day, counted like any other"),
    Mark.MADE_UP: _l("Weekend day on which work is made up"),
    Mark.LEFT_OUT: _l("Left out of the period"),
    Mark.PASSED_OVER: _l("Rest day passed over: only working days count"),
    Mark.FORMER: _l("Counted out on this day before it moved or was extended"),
    Mark.MOVED: _l("Rest day over which the last day moved on"),
    Mark.LAST: _l("The last day, still in time"),
    Mark.OUTSIDE: _l("Outside the period"),
}

# Derivations keep the trigger by its name.
TRIGGER_BY_NAME = {trigger.value: words for trigger, words in TRIGGER.items()}

REVISION = {
    "calendar": _l("A holiday notice was taken over"),
    "extend": _l("Extended"),
    "exclude": _l("Time was left out"),
    "resume": _l("Resumed after a suspension"),
    "restart": _l("Started anew"),
}

REFUSAL = {
    Refusal.NOT_EXTENDABLE: _l("The law does not allow this period to be extended."),
    Refusal.EXPIRED: _l("The period is over; an extension must be agreed before it ends."),
    Refusal.BEYOND_CAP: _l("The extension would go beyond what the law allows in all."),
    Refusal.TOO_LONG: _l("One extension may not be longer than the law allows each time."),
    Refusal.NOT_LATER: _l("The new last day must be later than the present one."),
}

REMEDY = {
    Refusal.EXPIRED: _l("End the mediation and go on with filing or trial; the parties may mediate again at any time."),
    Refusal.BEYOND_CAP: _l("Choose an earlier day."),
    Refusal.TOO_LONG: _l("Extend it for less; it may be extended again before it ends."),
    Refusal.NOT_LATER: _l("Choose a later day."),
}

FAULT = {
    Fault.NOT_IN_FORCE: _l("No such period was in force on that day."),
    Fault.OUT_OF_RANGE: _l("The day lies outside the holiday table, so the last day cannot be computed."),
    Fault.WRONG_LENGTH: _l("The law does not allow this length for the period."),
    Fault.NEEDS_TIME: _l("This period is counted in hours: the time of day is needed."),
    Fault.NOT_DEDUCTED: _l("The law does not leave this time out of the period."),
    Fault.BEFORE_START: _l("The time left out must begin within the period and end after it began."),
    Fault.ALREADY_RUNNING: _l("This period is already running."),
    Fault.BAD_NOTICE: _l("The notice must name holidays and made-up weekend days of one year."),
    Fault.OTHER_NOTICE: _l("A day of this notice already stands in the notice of another year."),
    Fault.REACHES_BACK: _l("A decision holds from today on or from a later day; it does not reach back."),
    Fault.NO_REASON: _l("Say who decided this, when and why."),
    Fault.SAME_AS_BEFORE: _l("It is already so on that day."),
}

FAULT_REMEDY = {
    Fault.OUT_OF_RANGE: _l("Check the date."),
    Fault.WRONG_LENGTH: _l("Choose a length that the article allows."),
    Fault.NOT_DEDUCTED: _l("Record the event in the file; the period goes on."),
}

SWITCH = {
    Switch.ROLL_MEDIATION_PERIOD: _l("The last day of a mediation period moves on over rest days"),
    Switch.MAKEUP_DAYS_ARE_WORKING: _l("A weekend day on which work is made up is a working day"),
    Switch.EXTENSION_FROM_ROLLED: _l("An extension runs from the last day as moved on"),
    Switch.DEDUCT_INITIAL_MEDIATION: _l("All of the mediation after filing is left out of the trial limit"),
}

# What follows when it is not so, and why the product ships it as it does.
SWITCH_OTHERWISE = {
    Switch.ROLL_MEDIATION_PERIOD: _l("Otherwise the mediation period ends on the day counted, rest day or not."),
    Switch.MAKEUP_DAYS_ARE_WORKING: _l("Otherwise such a Saturday or Sunday counts as a rest day."),
    Switch.EXTENSION_FROM_ROLLED: _l("Otherwise it runs from the day counted, before it moved on."),
    Switch.DEDUCT_INITIAL_MEDIATION: _l("Otherwise only its agreed extension is left out."),
}

SWITCH_SOURCE = {
    Switch.ROLL_MEDIATION_PERIOD: "CPL art. 85; S4 art. 27",
    Switch.MAKEUP_DAYS_ARE_WORKING: "CPL art. 85; S31 art. 7",
    Switch.EXTENSION_FROM_ROLLED: "S4 art. 27; S12 point 3",
    Switch.DEDUCT_INITIAL_MEDIATION: "S12 point 3; S2 art. 243",
}

_MISTAKE = {
    Mistake.EMPTY: _l("No day off was found in it."),
    Mistake.TOO_LONG: _l("It is too long for a holiday notice."),
    Mistake.NO_YEAR: _l("The year is not said: paste the title too, or fill in the year."),
    Mistake.OTHER_YEAR: _l(
        "It is about %(text)s, not about %(expected)s: correct the year, or paste the other notice."
    ),
    Mistake.NOT_UNDERSTOOD: _l("“%(text)s” is not understood."),
    Mistake.NO_FESTIVAL: _l("“%(text)s”: no festival of the yearly notice is named."),
    Mistake.NO_KIND: _l("“%(text)s” is neither a day off nor a day of work."),
    Mistake.NO_SUCH_DAY: _l("“%(text)s” is no day of the calendar."),
    Mistake.WRONG_WEEKDAY: _l("“%(text)s”: that day is %(expected)s."),
    Mistake.WRONG_COUNT: _l("“%(text)s”: the days named are %(expected)s."),
    Mistake.BACKWARDS: _l("“%(text)s” ends before it begins."),
    Mistake.TWICE: _l("%(text)s is named twice, the first time here: %(expected)s."),
    Mistake.WORK_ON_WORKDAY: _l("%(text)s is %(expected)s and no weekend: work cannot be made up on it."),
    Mistake.FAR_AWAY: _l("%(text)s lies outside the notice of %(expected)s."),
    Mistake.FESTIVAL_MISSING: _l("%(text)s is missing: the notice seems to be cut off."),
    Mistake.STATUTORY_DAY_MISSING: _l("%(text)s, a statutory day off (%(expected)s), is not among the days off."),
}

# As the notice writes them, and as the reader reads them.
_WEEKDAY = {
    "周一": _l("a Monday"),
    "周二": _l("a Tuesday"),
    "周三": _l("a Wednesday"),
    "周四": _l("a Thursday"),
    "周五": _l("a Friday"),
    "周六": _l("a Saturday"),
    "周日": _l("a Sunday"),
}


def mistake(flaw: Flaw) -> str:
    """What is wrong with the notice, at its line or cell."""
    expected = str(_WEEKDAY[flaw.expected]) if flaw.expected in _WEEKDAY else flaw.expected
    if flaw.mistake is Mistake.TWICE:
        expected = _place(flaw.expected)
    words = str(_MISTAKE[flaw.mistake]) % {"text": flaw.text, "expected": expected}
    return f"{_place(flaw.place)}{_(': ')}{words}" if flaw.place else words


def _place(place: str) -> str:
    return _("Line %(place)s", place=place) if place.isdecimal() else _("Cell %(place)s", place=place)
