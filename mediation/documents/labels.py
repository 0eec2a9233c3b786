"""Every word shown for a document's state, folder and faults."""

from mediation.documents.rules import Alteration, Failure, Folder, Match, ScanObstacle, Status, Verdict
from mediation.kernel.i18n import _l

STATUS = {
    Status.PENDING: _l("Being produced"),
    Status.READY: _l("Produced"),
    Status.FAILED: _l("Could not be produced"),
}
FOLDER = {
    Folder.COURT_TRANSFERABLE: _l("May go to the court file"),
    Folder.MEDIATION_CONFIDENTIAL: _l("Confidential to the mediation"),
    Folder.COURT_ONLY: _l("For the court alone"),
}
MATCH = {Match.CODE: _l("recognised by its square code"), Match.HAND: _l("matched by hand")}
SCAN_OBSTACLE = {
    ScanObstacle.NO_SCAN: _l("This is no scan: a PDF, a JPEG or a PNG of at most 10 MB is one."),
    ScanObstacle.ELSEWHERE: _l("The square code belongs to no document of this dispute."),
    ScanObstacle.OTHER: _l("The square code names another document than the one that was chosen."),
    ScanObstacle.NOT_READ: _l("The square code could not be read."),
    ScanObstacle.KEPT: _l("This very scan is kept already."),
}
SCAN_REMEDY = {
    ScanObstacle.NO_SCAN: _l("Scan the paper again, or photograph it."),
    ScanObstacle.ELSEWHERE: _l("Look at the paper: scan it with the dispute it belongs to."),
    ScanObstacle.OTHER: _l("Leave the choice to the code, or look at the paper again."),
    ScanObstacle.NOT_READ: _l("Compare the paper with the documents and choose which one it is."),
    ScanObstacle.KEPT: _l("Nothing needs to be done."),
}
FAILURE = {
    Failure.GLYPH: _l("The court fonts cannot write a character of it:"),
    Failure.CONTENT: _l("It contains something that may not be printed"),
    Failure.TEMPLATE: _l("Something it must say is missing"),
    Failure.LENGTH: _l("It would have more pages than a document may have"),
    Failure.LIMIT: _l("It took too much time or memory"),
    Failure.ENGINE: _l("The typesetter failed"),
    Failure.SEAL_PERIOD: _l("The certificate of the electronic seal is not valid today; nothing is issued under it"),
    Failure.SEAL_REVOKED: _l("The certificate of the electronic seal has been revoked; nothing is issued under it"),
    Failure.SEAL_LIST: _l("The list of revoked certificates is missing or too old to prove that the seal holds"),
    Failure.SEAL_KEY: _l("The key of the electronic seal cannot be read or does not sign"),
}
VERDICT = {
    Verdict.GENUINE: _l("Genuine and complete"),
    Verdict.SIGNED: _l("Genuinely signed and complete, but not in this archive"),
    Verdict.SUPERSEDED: _l("Genuine, but superseded by a later version"),
    Verdict.ALTERED: _l("Altered: this is not the file the court archived"),
    Verdict.FOREIGN: _l("Not a document of this court"),
}
ALTERATION = {
    Alteration.APPENDED: _l("Something was appended after the end of the file."),
    Alteration.CUT: _l("The end of the file is missing."),
    Alteration.PAGES: _l("Pages were removed or added."),
    Alteration.ATTACHMENT: _l("The attached facts were exchanged or removed."),
    Alteration.BYTES: _l("Bytes inside the file were changed."),
    Alteration.SAVED_AGAIN: _l("The file was saved again by another program."),
}
SIGNATURE = {
    "holds": _l("The electronic seal is valid and covers every byte of the file."),
    "altered": _l("The electronic seal does not hold: what it covers was changed."),
    "partial": _l("The electronic seal does not cover the whole file: something was added after it."),
    "untrusted": _l("The electronic seal is not by a certificate this court knows to be valid when it was made."),
}
STEP = {"produce": _l("Produce"), "fail": _l("Mark as not produced")}
EVENT = {
    "document.request": _l("A document was asked for: %(title)s"),
    "document.request_inside": _l("A document for the court alone was asked for: %(title)s"),
    "document.produce": _l("A document was produced and archived"),
    "document.fail": _l("A document could not be produced"),
    "document.read": _l("A confidential document was opened"),
    "document_scan.keep": _l("A signed paper was scanned in: %(title)s"),
    "document_scan.read": _l("The scan of a confidential paper was opened"),
    "letterhead.make": _l("The letterhead was set from %(valid_from)s"),
}
NOT_PRODUCED = _l("The document has been asked for but is not produced yet.")
PRODUCE_AGAIN = _l("Try again in a few minutes; the registry can have it produced again.")
TOO_LONG = _l("The document would have more than %(most)s pages and is not made.")
SHORTER = _l(
    "Say it more shortly, or hand long text in as an enclosure. Nothing was stored; what you typed stands below."
)
NOT_BEFORE_TODAY = _l("The letterhead begins today or later: what was issued keeps its own.")
SEAL_TOO_HEAVY = _l("The picture of the seal is larger than 512 kB.")
SEAL_SIZE = _l("The picture of the seal measures between 300 and 2000 pixels each way.")
SEAL_NOT_SQUARE = _l("The picture of the seal must be square.")
SEAL_NO_PNG = _l("This is no PNG picture.")
