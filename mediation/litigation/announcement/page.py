"""What the case's page shows of announcements, with the form of each next step."""

from typing import Any

from mediation.kernel import clock, states
from mediation.kernel.actor import Actor
from mediation.litigation import rules as register
from mediation.litigation.announcement import forms, keeping, labels, publishing, rules
from mediation.litigation.models import LitigationCase
from mediation.web.fields import SelectChoice
from mediation.web.forms import BaseForm

NAMES = frozenset({"announcing"})


def announce_form(case: LitigationCase, **kwargs: Any) -> forms.AnnounceForm:
    """Each paper with each party whom it has not reached."""
    found = keeping.open_targets(case)
    points = publishing.default_points(case, found[0].matter) if found else ""
    form = forms.AnnounceForm(**({"published_on": clock.today(), "points": points} | kwargs))
    form.target.choices = [SelectChoice(one.key, f"{labels.MATTER[one.matter]}　{one.party.name}") for one in found]
    return form


def context(actor: Actor, case: LitigationCase, given: dict[str, BaseForm]) -> dict[str, Any]:
    """What runs and what may be announced; a refused form comes back in its place."""
    known = keeping.of_case(case)
    possible = case.status is not register.Status.CLOSED and case.procedure not in register.SUMMARY
    fresh: dict[str, BaseForm] = {}
    if possible and register.may_entrust(actor, case) and keeping.open_targets(case):
        fresh["announcing"] = announce_form(case, formdata=None)
    lines = []
    for one in known:
        limit = keeping.clock_of(one)
        over = limit is not None and limit.is_running and limit.final_on <= clock.today()
        lines.append((one, limit, set(states.available(rules.STEPS, actor, one)) if possible else set(), over))
    return {"announcements": lines, "announcement_labels": labels, "announcement_forms": fresh | given}
