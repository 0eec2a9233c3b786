"""Every word shown for special panels."""

from mediation.kernel.i18n import _l
from mediation.roster.panels.rules import PanelFault

PANEL_FAULT = {
    PanelFault.CLOSED: _l("The panel has been closed."),
    PanelFault.NOT_LISTED: _l("Is not on the court's list, and so on no panel of it."),
    PanelFault.ALREADY: _l("Stands on this panel already."),
    PanelFault.TRAINING: _l("Has not attended the hours of training that the panel asks for."),
    PanelFault.FIELD: _l("Is not strong in any cause of the panel."),
    PanelFault.NOT_ACCEPTED: _l("Accepts disputes of none of the panel's causes."),
}
REMEDY = {
    PanelFault.CLOSED: _l("Set up a panel anew, or give the dispute to anybody on the list."),
    PanelFault.NOT_LISTED: _l("The president decides on the place on the list first."),
    PanelFault.TRAINING: _l("Enter the training attended first."),
    PanelFault.NOT_ACCEPTED: _l("Change the causes the body accepts first."),
    PanelFault.FIELD: _l("State the cause among those the mediator is strong in first."),
}

NAME_TAKEN = _l("The court has a panel of this name already.")
NO_CAUSE = _l("Name at least one cause, or group of causes, for which the panel is.")
NO_REASON = _l("Give the reason why the place ends.")

EVENTS = {
    "panel.set": _l("Special panel set up"),
    "panel.change": _l("Conditions of a special panel changed"),
    "panel.close": _l("Special panel closed"),
    "panel_place.enter": _l("Entered on a special panel"),
    "panel_place.leave": _l("Left a special panel"),
}
