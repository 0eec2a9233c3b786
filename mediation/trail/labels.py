"""Every word shown for the trail."""

from mediation.kernel.audit import FaultKind
from mediation.kernel.i18n import _l
from mediation.trail.rules import Format

FORMAT = {Format.XLSX: _l("Spreadsheet"), Format.CSV: _l("CSV file")}

FAULT = {
    FaultKind.MISSING: _l("Entry %(seq)s is missing."),
    FaultKind.NOT_FOLLOWING: _l(
        "Entry %(seq)s does not follow the one before it: something was put in, taken out or moved."
    ),
    FaultKind.CHANGED: _l("Entry %(seq)s is not as it was written: it was changed or forged."),
    FaultKind.CUT_OFF: _l("The end of the trail is missing: what stood after entry %(seq)s was cut off."),
    FaultKind.NO_HEAD: _l("The mark at the end of the trail is missing."),
    FaultKind.HEAD_CHANGED: _l("The mark at the end of the trail, at entry %(seq)s, was changed."),
}

EVENTS = {
    "trail.verify": _l("The trail was checked"),
    "resource.create": _l("A room or tribunal was entered"),
    "mediator.edit": _l("The entry of a mediator was corrected"),
    "regime_rule.end": _l("A route was ended"),
    "trail.export": _l("The trail was taken along as a file"),
}

# Actions whose sentence needs their facts, called by a name where there are none: in the list to choose from.
TITLE = {
    "access.denied": _l("An attempt without permission was refused"),
    "agent.add": _l("An agent was entered"),
    "agent.end": _l("An agent's authority ended"),
    "assignment.agree": _l("Mediation ended in agreement"),
    "assignment.fail": _l("Mediation failed"),
    "assignment.refuse": _l("A party refused to be mediated"),
    "assignment.suspend": _l("Mediation was suspended"),
    "assignment.withdraw": _l("The request for mediation was withdrawn"),
    "booking.book": _l("A meeting was fixed"),
    "booking.cancel": _l("A meeting was cancelled"),
    "booking.move": _l("A meeting was moved"),
    "case_number.give": _l("A case number was given"),
    "case_number.void": _l("A case number was declared void"),
    "conflict_check.check": _l("Conflicts of interest were looked for"),
    "consent.record": _l("A party's answer was recorded"),
    "contact_attempt.contact": _l("A party was contacted"),
    "dispute.create": _l("A dispute was received"),
    "document.fail": _l("A document could not be produced"),
    "document.produce": _l("A document was produced"),
    "document.read": _l("A document was read"),
    "document.request": _l("A document was asked for"),
    "litigation_case.change_procedure": _l("The procedure was changed"),
    "litigation_case.close_deemed_withdrawn": _l("Closed: treated as withdrawn"),
    "litigation_case.close_dismissed": _l("Closed: dismissed"),
    "litigation_case.close_judgment": _l("Closed: judgment"),
    "litigation_case.close_mediation_document": _l("Closed: mediation document"),
    "litigation_case.close_other": _l("Closed in another way"),
    "litigation_case.close_withdrawn": _l("Closed: withdrawn"),
    "party.add": _l("A party was entered"),
    "screening.record": _l("A screening was recorded"),
    "user.disable": _l("An account was closed"),
    "user.enable": _l("A closed account was opened again"),
    "user.set_roles": _l("Roles were given or taken"),
    "user.sign_in_failed": _l("An attempt to sign in failed"),
}

# What an entry is about; by the name of its table.
SUBJECT = {
    "access": _l("Access"),
    "address_confirmation": _l("Address for service"),
    "agent": _l("Agent"),
    "agreement": _l("Mediation agreement"),
    "assignment": _l("Assignment"),
    "board_release": _l("Notice board"),
    "booking": _l("Meeting"),
    "case_number": _l("Case number"),
    "caucus_note": _l("Private note"),
    "clause": _l("Clause"),
    "confirmation": _l("Judicial confirmation"),
    "conflict_check": _l("Conflict check"),
    "consent": _l("Consent"),
    "contact_attempt": _l("Contact"),
    "correction": _l("Correction"),
    "court": _l("Court"),
    "deadline": _l("Deadline"),
    "deadline_extension": _l("Extension of a deadline"),
    "deadline_pause": _l("Pause of a deadline"),
    "decision_extension": _l("Extension of a decision"),
    "dispute": _l("Dispute"),
    "document": _l("Court document"),
    "endpoint": _l("Page"),
    "extension": _l("Extension of mediation"),
    "failure_report": _l("Failure record"),
    "fee_notice": _l("Fee notice"),
    "guidance": _l("Guidance"),
    "litigation_case": _l("Filed case"),
    "mediation_session": _l("Meeting of a mediation"),
    "mediator": _l("Mediator"),
    "not_duplicate": _l("Likely duplicate"),
    "notice": _l("Letter or message"),
    "organisation": _l("Mediation organisation"),
    "participation": _l("Participation"),
    "party": _l("Party"),
    "performance": _l("Performance"),
    "questioning": _l("Questioning"),
    "regime_rule": _l("Regime of routes"),
    "resource": _l("Room or tribunal"),
    "screening": _l("Screening"),
    "service": _l("Service"),
    "signature": _l("Signature"),
    "statistics": _l("Statistics"),
    "street": _l("Street or community"),
    "suspension": _l("Suspension"),
    "trail": _l("Trail"),
    "transfer_packet": _l("Transfer packet"),
    "undisputed_fact": _l("Undisputed fact"),
    "user": _l("User account"),
    "yearly_wage": _l("Average wage"),
}
