"""What the case's page shows of more time for evidence and of late evidence, with the form of each next step."""

from typing import Any

from mediation.disputes import services as disputes
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.litigation import rules as register
from mediation.litigation.defence import keeping as defences
from mediation.litigation.evidence import forms, keeping, labels
from mediation.litigation.models import LitigationCase
from mediation.web.fields import SelectChoice
from mediation.web.forms import BaseForm

NAMES = frozenset({"evidence_ask", "evidence_decision", "late_evidence"})


def _parties(case: LitigationCase) -> list[SelectChoice]:
    return [SelectChoice(party.id, party.name) for party in disputes.parties(case.dispute_id)]


def ask_form(case: LitigationCase, **kwargs: Any) -> forms.EvidenceAskForm:
    form = forms.EvidenceAskForm(**({"on": clock.today()} | kwargs))
    form.party_id.choices = _parties(case)
    return form


def late_form(case: LitigationCase, **kwargs: Any) -> forms.LateEvidenceForm:
    form = forms.LateEvidenceForm(**({"on": clock.today()} | kwargs))
    form.party_id.choices = _parties(case)
    return form


def context(actor: Actor, case: LitigationCase, given: dict[str, BaseForm]) -> dict[str, Any]:
    """What was asked and decided, and what may be done; a refused form comes back in its place."""
    waits, known = keeping.pending(case), defences.evidence_of(case)
    limit, is_open = defences.evidence_time(case), case.status is not register.Status.CLOSED
    judges = register.may_try(actor, case)
    over = bool(known) and waits is None and max(one.final_on for one in known) < clock.today()
    fresh: dict[str, BaseForm] = {}
    if is_open and limit is not None and waits is None and register.may_entrust(actor, case):
        fresh["evidence_ask"] = ask_form(case, formdata=None)
    if waits is not None and judges:
        fresh["evidence_decision"] = forms.EvidenceDecisionForm(formdata=None)
    if is_open and judges and over:
        fresh["late_evidence"] = late_form(case, formdata=None)
    return {
        "evidence_requests": keeping.of_case(case),
        "evidence_waits": waits,
        "late_ones": keeping.late(case),
        "evidence_labels": labels,
        "evidence_forms": fresh | given,
    }
