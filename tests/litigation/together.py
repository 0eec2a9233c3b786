"""Parties who come to the court together and want to be heard at once (CPL art. 161; S2 arts 266, 275)."""

from mediation.kernel import clock
from mediation.litigation.bench import naming
from mediation.litigation.defence import keeping, serving
from mediation.notices.rules import ServiceMethod


def named(clerk, case, judge):
    """The registry names who tries the case (CPL art. 131)."""
    naming.name(clerk, case, judge_id=judge.id)
    return case


def panel(clerk, case, judge):
    """The panel is completed: two more judges beside the presiding one (CPL art. 40)."""
    naming.name(clerk, case, judge_id=judge.id, judges=["程法官", "董法官"])
    return case


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
