"""What the page of a confirmation shows of objections, with the form of each next step."""

from typing import Any

from mediation.confirmation import rules as machine
from mediation.confirmation.models import Confirmation
from mediation.confirmation.objections import forms, keeping, labels, rules
from mediation.confirmation.objections.models import ConfirmationObjection
from mediation.confirmation.objections.rules import ObjectionStatus, Objector
from mediation.confirmation.rules import Outcome
from mediation.disputes import services as disputes
from mediation.kernel import clock, states
from mediation.kernel.actor import Actor
from mediation.web.fields import SelectChoice


def object_form(found: Confirmation, **kwargs: Any) -> forms.ObjectForm:
    form = forms.ObjectForm(**({"raised_on": clock.today(), "who": forms.OUTSIDE} | kwargs))
    people = [SelectChoice(party.id, party.name) for party in disputes.parties(found.dispute_id)]
    form.who.choices = [SelectChoice(forms.OUTSIDE, labels.OBJECTOR[Objector.OUTSIDER]), *people]
    return form


def service_form(found: ConfirmationObjection, **kwargs: Any) -> forms.ObjectionServiceForm:
    form = forms.ObjectionServiceForm(**({"on": clock.today()} | kwargs))
    waiting = _unreached(found)
    form.who.choices = [SelectChoice(i, name) for i, name in waiting]
    if waiting and not form.receiver.data:
        form.receiver.data = waiting[0][1]
    return form


def _unreached(found: ConfirmationObjection) -> list[tuple[int, str]]:
    people = [(party.id, party.name) for party in keeping.unserved(found)]
    outside = found.objector is Objector.OUTSIDER and found.outsider_served_on is None
    return [(forms.OUTSIDE, found.name), *people] if outside else people


def context(actor: Actor, found: Confirmation) -> dict[str, Any]:
    """What was objected to and ruled, and what may be done."""
    known = keeping.of_confirmation(found.id) if found.outcome is Outcome.VALID else []
    waits = next((one for one in known if one.status is ObjectionStatus.RAISED), None)
    gone = any(one.status is ObjectionStatus.REVOKED for one in known)
    registers = machine.may_register(actor, found)
    to_serve = known[-1] if known and known[-1].ruled_on and machine.may_work(actor, found) else None
    if to_serve is not None and not _unreached(to_serve):
        to_serve = None
    return {
        "objections": [
            (o, keeping.number_of(o), keeping.clock_of(o), keeping.paper(o) if o.ruled_on else None) for o in known
        ],
        "objection_waits": waits,
        "objection_to_serve": to_serve,
        "objection_steps": set(states.available(rules.STEPS, actor, waits)) if waits else set(),
        "objection_labels": labels,
        "objecting": object_form(found, formdata=None)
        if registers and waits is None and not gone and found.outcome is Outcome.VALID
        else None,
        "objection_ruling": forms.ObjectionRulingForm(formdata=None) if waits else None,
        "objection_service": service_form(to_serve, formdata=None) if to_serve else None,
    }
