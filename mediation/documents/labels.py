"""Every word shown for a document's state, folder and faults."""

from mediation.documents.rules import Failure, Folder, Status
from mediation.kernel.i18n import _l

STATUS = {
    Status.PENDING: _l("Being produced"),
    Status.READY: _l("Produced"),
    Status.FAILED: _l("Could not be produced"),
}
FOLDER = {
    Folder.COURT_TRANSFERABLE: _l("May go to the court file"),
    Folder.MEDIATION_CONFIDENTIAL: _l("Confidential to the mediation"),
}
FAILURE = {
    Failure.GLYPH: _l("The court fonts cannot write a character of it"),
    Failure.CONTENT: _l("It contains something that may not be printed"),
    Failure.TEMPLATE: _l("Something it must say is missing"),
    Failure.LIMIT: _l("It took too much time or memory"),
    Failure.ENGINE: _l("The typesetter failed"),
}
STEP = {"produce": _l("Produce"), "fail": _l("Mark as not produced")}
EVENT = {
    "document.request": _l("A document was asked for: %(title)s"),
    "document.produce": _l("A document was produced and archived"),
    "document.fail": _l("A document could not be produced"),
    "document.read": _l("A confidential document was opened"),
}
NOT_PRODUCED = _l("The document has been asked for but is not produced yet.")
PRODUCE_AGAIN = _l("Try again in a few minutes; the registry can have it produced again.")
