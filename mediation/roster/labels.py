"""Every word shown for the enums of the roster."""

from typing import Any

from mediation.kernel.i18n import _l
from mediation.roster.rules import (
    Category,
    EntryFault,
    FeeMode,
    Ground,
    Language,
    Obstacle,
    OrganisationKind,
    Region,
    RosterStatus,
)

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
    Obstacle.NO_CONSENT: _l("Stands on a higher court's list and has not consented to serve at this court."),
    Obstacle.OFF_PANEL: _l("Is not on the special panel from which the court designates in such disputes."),
}

OTHER_BODY = _l("Choose another organisation, or a mediator of the list.")

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
HOURS_HALF = _l("Give both the beginning and the end, or neither.")
HOURS_ORDER = _l("The end lies before the beginning.")
HOURS_OVERLAP = _l("These hours overlap.")
HOURS_MANY = _l("A day has at most two stretches of hours.")
HOURS_STALE = _l("Somebody else has set other hours since this page was opened.")

ENTRY_KEPT = _l("The entry is kept.")
TAB_STANDING = _l("Place on the list")
TAB_CERTIFICATE = _l("Certificate")
TAB_TRAINING = _l("Training")
TAB_TIME = _l("Leave and hours")
TAB_STRENGTHS = _l("Strong in")
TAB_CONDUCT = _l("Performance file")
TAB_LOAD = _l("Open disputes")

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
    Ground.ENTRY: _l("Fulfils the conditions of entry"),
    Ground.CERTIFICATE: _l("The certificate has run out"),
    Ground.SERVED: _l("The time of the suspension is over"),
}

STEP = {
    "admit": _l("Put on the list"),
    "suspend": _l("Suspend"),
    "remove": _l("Remove from the list"),
    "reactivate": _l("Put back on the list"),
    "expire": _l("The certificate ran out"),
    "resume": _l("The suspension ended"),
}

# What the step means, in one sentence, before it is taken.
STEP_SENTENCE = {
    "admit": _l("Put on the list: from now on disputes can be given, and the public list shows the name."),
    "suspend": _l("Suspend: until put back on the list, no new dispute can be given to this mediator."),
    "remove": _l("Remove: this mediator leaves the court's list and can no longer be given a dispute."),
    "reactivate": _l("Put back: from now on disputes can be given to this mediator again."),
}

ENTRY_FAULT = {
    EntryFault.CERTIFICATE: _l("The certificate has run out: renew it first."),
    EntryFault.TRAINING: _l("The training before entry is not complete: enter the hours attended first."),
    EntryFault.CONSENT: _l("On a higher court's list: enter first since when there is consent to serve at this court."),
}

GROUND_DOES_NOT_CARRY = _l("This ground does not carry the step chosen.")
REASON_MISSING = _l("Give the reason: it is written into the performance file.")

STREET_KNOWN = _l("This street or community is entered already.")
NAME_TAKEN = _l("A body of this name is on the list already.")
NUMBER_TAKEN = _l("A certificate with this number is on the list already.")
TARIFF_MISSING = _l("Who charges publishes a tariff: write it down as published.")
TARIFF_UNWANTED = _l("Mediation by this kind of body is free of charge.")
AGREEMENT_ORDER = _l("The agreement ends after it was signed.")
RENEWAL_NOT_LATER = _l("A renewed term ends later than the present one.")
UNKNOWN_CAUSE = _l("The list of causes has no such cause: give its name as in the list, or its code.")
STRENGTH_KNOWN = _l("This cause is stated already.")
TRAINING_FUTURE = _l("Training is entered once it has taken place.")
TRAINING_TWICE = _l("This training is entered already.")
STATUS_HEADING = _l("Status")
NO_SUCH_PANEL = _l("The court has no such special panel.")
CONSENT_ALONE = _l("Consent is given by who stands on a higher court's list: name that court.")
CONSENT_FUTURE = _l("Consent is entered once it has been given.")
NO_SUCH_BODY = _l("No such body is on the list.")
RULE_PAST = _l("A rule holds from today on or later; what was decided under the former one stays.")

EVENTS = {
    "mediator.admit": _l("Put on the list"),
    "mediator.expire": _l("The certificate ran out: no longer on the list"),
    "mediator.resume": _l("The suspension ended: on the list again"),
    "mediator.edit": _l("Entry changed"),
    "mediator.profile": _l("Profile changed"),
    "mediator.strengths": _l("Strengths changed"),
    "mediator.renew": _l("Certificate renewed"),
    "mediator.warn": _l("Warned that the certificate ends soon"),
    "organisation.admit": _l("Put on the list of organisations"),
    "organisation.suspend": _l("Suspended from the list of organisations"),
    "organisation.remove": _l("Removed from the list of organisations"),
    "organisation.reactivate": _l("Put back on the list of organisations"),
    "organisation.edit": _l("Entry of the organisation changed"),
    "organisation.renew": _l("Agreement with the organisation renewed"),
    "organisation.seal": _l("Seal of the organisation put in"),
    "training.add": _l("Training entered"),
    "roster_rule.set": _l("Demands on mediators set"),
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


def unknown_cause(told: str) -> Any:
    """Which of the causes named is not in the list of causes."""
    return _l("The list of causes has no such cause: %(told)s.", told=told)
