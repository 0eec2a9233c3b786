"""Every word shown for a bundle of documents."""

from mediation.documents.bundles.rules import Form, Obstacle
from mediation.kernel.i18n import _l

FORM = {
    Form.ZIP: _l("One archive (ZIP) with a file for each document"),
    Form.PRINT: _l("One file to print on both sides, each document from a fresh sheet"),
}
OBSTACLE = {
    Obstacle.NOTHING: _l("No document is ticked."),
    Obstacle.TOO_MANY: _l("One bundle holds at most 1,000 documents."),
    Obstacle.NOT_YET: _l("Not all documents of the bundle are produced yet."),
    Obstacle.NONE_LEFT: _l("None of these documents is yours to read any longer, or none could be produced."),
}
REMEDY = {
    Obstacle.NOTHING: _l("Tick at least one."),
    Obstacle.TOO_MANY: _l("Choose one kind of document, or make several bundles."),
    Obstacle.NOT_YET: _l("Wait until all are handled; the page says how many are missing."),
    Obstacle.NONE_LEFT: _l("Open the dispute: its page says what may be done about each document."),
}
EVENT = {
    "document_bundle.make": _l("Documents were asked for together: %(size)s"),
    "document_bundle.open": _l("Documents were handed out together: %(size)s"),
}
