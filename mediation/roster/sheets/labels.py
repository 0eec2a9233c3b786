"""Every word shown for the sheets of the roster."""

from mediation.kernel.i18n import _l
from mediation.roster.sheets.columns import SheetKind

SHEET_KIND = {
    SheetKind.BODIES: _l("Mediation organisations"),
    SheetKind.MEDIATORS: _l("Mediators"),
}
EVENTS = {"roster_import.take_in": _l("Sheet of the lists taken over")}
