"""The court's lists (S4 arts 5-10): reading them, entering, being away, decisions about a place on them."""

from mediation.roster.services.availability import (
    absences,
    away_on,
    cancel_leave,
    hours_on,
    leave_of,
    set_hours,
    take_leave,
    weekly_hours,
)
from mediation.roster.services.entering import create_mediator, create_organisation, create_street
from mediation.roster.services.reading import (
    assignable,
    cause_names,
    get_mediator,
    get_organisation,
    history,
    list_active,
    listed,
    loads,
    members,
    name_of,
    organisations,
    streets,
)
from mediation.roster.services.standing import decide

__all__ = [
    "absences",
    "assignable",
    "away_on",
    "cancel_leave",
    "cause_names",
    "create_mediator",
    "create_organisation",
    "create_street",
    "decide",
    "get_mediator",
    "get_organisation",
    "history",
    "hours_on",
    "leave_of",
    "list_active",
    "listed",
    "loads",
    "members",
    "name_of",
    "organisations",
    "set_hours",
    "streets",
    "take_leave",
    "weekly_hours",
]
