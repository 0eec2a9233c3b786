"""Parties who come to the court together and want to be heard at once (CPL art. 161; S2 arts 266, 275)."""

from mediation.kernel import clock
from mediation.litigation.defence import keeping, serving
from mediation.notices.rules import ServiceMethod


def served(actor, case, on=None):
    """The plaint copy handed to every defendant in court."""
    day = on or clock.today()
    if keeping.unsent(case):
        serving.send(actor, case, on=day)
    for one in keeping.of_case(case):
        if one.served_on is None:
            serving.serve(actor, one, method=ServiceMethod.DIRECT, on=day, receiver="本人")
    return keeping.of_case(case)


def at_once(actor, case, on=None):
    """Served in court, and both sides declare that they need no time for evidence or defence."""
    served(actor, case, on)
    serving.waive(actor, case, on=on or clock.today())
