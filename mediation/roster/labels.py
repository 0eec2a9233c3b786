"""Every word shown for the enums of the roster."""

from mediation.kernel.i18n import _l
from mediation.roster.rules import Category, FeeMode, Ground, Language, Obstacle, OrganisationKind, Region, RosterStatus

ORGANISATION_KIND = {
    OrganisationKind.PEOPLES_COMMITTEE: _l("People's mediation committee"),
    OrganisationKind.ADMINISTRATIVE: _l("Administrative mediation body"),
    OrganisationKind.COMMERCIAL: _l("Commercial mediation organisation"),
    OrganisationKind.INDUSTRY: _l("Industry mediation body"),
    OrganisationKind.NOTARY: _l("Notary office"),
    OrganisationKind.GOVERNANCE_CENTRE: _l("Public order governance centre"),
}

FEE_MODE = {
    FeeMode.FREE: _l("Free of charge"),
    FeeMode.MARKET: _l("Charges by its published tariff"),
}

CATEGORY = {
    Category.RESIDENT_PEOPLES: _l("Resident people's mediator"),
    Category.RESIDENT_INVITED: _l("Resident invited mediator"),
    Category.INVITED: _l("Invited mediator"),
    Category.COURT: _l("Full-time mediator of the court"),
}

ROSTER_STATUS = {
    RosterStatus.CANDIDATE: _l("Candidate"),
    RosterStatus.ACTIVE: _l("On the list"),
    RosterStatus.SUSPENDED: _l("Suspended"),
    RosterStatus.REMOVED: _l("Removed from the list"),
    RosterStatus.EXPIRED: _l("Term ended"),
}

STATUS_TONE = {
    RosterStatus.CANDIDATE: "neutral",
    RosterStatus.ACTIVE: "done",
    RosterStatus.SUSPENDED: "soon",
    RosterStatus.REMOVED: "overdue",
    RosterStatus.EXPIRED: "neutral",
}

OBSTACLE = {
    Obstacle.NOT_ACTIVE: _l("Is not on the list at present."),
    Obstacle.CERTIFICATE_EXPIRED: _l("The certificate has expired."),
    Obstacle.ON_LEAVE: _l("Is on leave that day."),
    Obstacle.FULL: _l("Has as many open disputes as agreed."),
    Obstacle.ORGANISATION_NOT_ACTIVE: _l("The organisation is not on the list at present."),
    Obstacle.OTHER_REGION: _l("May mediate only disputes with a party from the own country or region."),
    Obstacle.OUT_OF_SCOPE: _l("The organisation does not accept disputes of this cause."),
}

LANGUAGE = {
    Language.MANDARIN: _l("Standard Chinese"),
    Language.SHANDONG: _l("Shandong dialect"),
    Language.CANTONESE: _l("Cantonese"),
    Language.ENGLISH: _l("English"),
    Language.JAPANESE: _l("Japanese"),
    Language.KOREAN: _l("Korean"),
    Language.RUSSIAN: _l("Russian"),
    Language.SIGN: _l("Sign language"),
}

REGION = {
    Region.MAINLAND: _l("Mainland"),
    Region.FOREIGN: _l("Foreign country"),
    Region.HK: _l("Hong Kong"),
    Region.MACAO: _l("Macao"),
    Region.TAIWAN: _l("Taiwan"),
}

WEEKDAY = (
    _l("Monday"),
    _l("Tuesday"),
    _l("Wednesday"),
    _l("Thursday"),
    _l("Friday"),
    _l("Saturday"),
    _l("Sunday"),
)

LEAVE_ORDER = _l("The last day lies before the first.")
LEAVE_PAST = _l("Leave is entered from today on.")
LEAVE_LONG = _l("Leave is entered for at most a year at a time.")
LEAVE_OVERLAPS = _l("Leave is entered for some of these days already.")
LEAVE_OVER = _l("These days have passed: the leave stays on record.")
HOURS_ORDER = _l("The end lies before the beginning.")
HOURS_OVERLAP = _l("These hours overlap.")

GROUND = {
    Ground.FORCED: _l("Forced a party to mediate"),
    Ground.ILLEGAL: _l("Mediated against the law"),
    Ground.GIFTS: _l("Accepted a request, money or property"),
    Ground.LEAK: _l("Disclosed the mediation or the agreement"),
    Ground.ETHICS: _l("Other breach of a mediator's ethics"),
    Ground.DECLINES: _l("Repeatedly declined disputes without good reason"),
    Ground.COMPLAINT_EXAMINED: _l("A complaint is being or has been examined"),
    Ground.LEAVE: _l("Leave, illness or return from it"),
    Ground.OWN_WISH: _l("At the mediator's own wish"),
    Ground.EVALUATION: _l("Result of the periodic evaluation"),
}

STEP = {
    "suspend": _l("Suspend"),
    "remove": _l("Remove from the list"),
    "reactivate": _l("Put back on the list"),
}

# What the step means, in one sentence, before it is taken.
STEP_SENTENCE = {
    "suspend": _l("Suspend: until put back on the list, no new dispute can be given to this mediator."),
    "remove": _l("Remove: this mediator leaves the court's list and can no longer be given a dispute."),
    "reactivate": _l("Put back: from now on disputes can be given to this mediator again."),
}

GROUND_DOES_NOT_CARRY = _l("This ground does not carry the step chosen.")
REASON_MISSING = _l("Give the reason: it is written into the performance file.")

EVENTS = {
    "mediator.create": _l("Entered on the list of mediators"),
    "mediator.suspend": _l("Suspended from the list"),
    "mediator.remove": _l("Removed from the list"),
    "mediator.reactivate": _l("Put back on the list"),
    "leave.take": _l("Leave entered"),
    "leave.cancel": _l("Leave taken back"),
    "mediator.hours": _l("Weekly hours set"),
    "organisation.create": _l("Entered on the list of organisations"),
    "street.create": _l("Street entered"),
}
