"""What the case's page shows of jurisdiction, with the form of each next step."""

from typing import Any

from mediation.disputes import services as disputes
from mediation.kernel import clock, states
from mediation.kernel.actor import Actor
from mediation.litigation import rules as register
from mediation.litigation.defence import keeping as defences
from mediation.litigation.jurisdiction import forms, keeping, labels, rules
from mediation.litigation.jurisdiction.models import JurisdictionObjection
from mediation.litigation.jurisdiction.rules import JurisdictionStatus
from mediation.litigation.models import LitigationCase
from mediation.web.fields import SelectChoice
from mediation.web.forms import BaseForm

NAMES = frozenset(
    {"questioning", "jurisdiction_ruling", "jurisdiction_service", "jurisdiction_appeal", "jurisdiction_above"}
)


def question_form(case: LitigationCase, **kwargs: Any) -> forms.QuestionForm:
    """Any party may be chosen: whoever cannot object is refused with the article, not as a wrong choice."""
    form = forms.QuestionForm(**({"raised_on": clock.today()} | kwargs))
    people = sorted(disputes.parties(case.dispute_id), key=lambda one: (one not in defences.defendants(case), one.id))
    form.party_id.choices = [SelectChoice(party.id, party.name) for party in people]
    return form


def service_form(found: JurisdictionObjection, **kwargs: Any) -> forms.RulingServiceForm:
    form = forms.RulingServiceForm(**({"on": clock.today()} | kwargs))
    people = keeping.unserved(found)
    form.party_id.choices = [SelectChoice(party.id, party.name) for party in people]
    if people and not form.receiver.data:
        form.receiver.data = people[0].name
    return form


def appeal_form(found: JurisdictionObjection, **kwargs: Any) -> forms.AppealForm:
    form = forms.AppealForm(**({"on": clock.today()} | kwargs))
    form.party_id.choices = [SelectChoice(party.id, party.name) for party in disputes.parties(found.dispute_id)]
    return form


def context(actor: Actor, case: LitigationCase, given: dict[str, BaseForm]) -> dict[str, Any]:
    """What stands, whom the ruling reached, and what may be done; a refused form comes back in its place."""
    known, open_now = keeping.of_case(case), keeping.pending(case)
    is_open = case.status is not register.Status.CLOSED
    entrust, judges = register.may_entrust(actor, case), register.may_judge(actor, case)
    fresh: dict[str, BaseForm] = {}
    if is_open and open_now is None and (entrust or judges):
        fresh["questioning"] = question_form(case, formdata=None)
    if open_now is not None:
        fresh |= _next(open_now, entrust=entrust, judges=judges)
    to_serve = known[-1] if known and known[-1].ruled_on and entrust and keeping.unserved(known[-1]) else None
    if to_serve is not None:
        fresh["jurisdiction_service"] = service_form(to_serve, formdata=None)
    return {
        "jurisdiction": [(one, keeping.served(one) if one.ruled_on else {}) for one in known],
        "jurisdiction_open": open_now,
        "jurisdiction_to_serve": to_serve,
        "jurisdiction_waits": keeping.ripening(open_now, clock.today()) if open_now and open_now.status in rules.RULED else [],
        "jurisdiction_steps": set(states.available(rules.STEPS, actor, open_now)) if open_now else set(),
        "jurisdiction_accepted": _accepted(case) if is_open and not known else [],
        "jurisdiction_labels": labels,
        "jurisdiction_articles": rules.OBSTACLE_ARTICLE,
        "jurisdiction_forms": fresh | given,
        "may_question": bool(fresh.get("questioning")),
    }  # fmt: skip


def _next(found: JurisdictionObjection, *, entrust: bool, judges: bool) -> dict[str, BaseForm]:
    if found.status is JurisdictionStatus.RAISED:
        return {"jurisdiction_ruling": forms.RuleForm(formdata=None, court=found.other_court)} if judges else {}
    if found.status is JurisdictionStatus.APPEALED:
        above = forms.AboveForm(formdata=None, on=clock.today(), court=found.other_court)
        return {"jurisdiction_above": above} if entrust else {}
    if not entrust:
        return {}
    return {"jurisdiction_appeal": appeal_form(found, formdata=None)}


def _accepted(case: LitigationCase) -> list[int]:
    """The defendants who answered and did not object while they could: this court has jurisdiction (CPL art. 130(2))."""
    today, found = clock.today(), []
    for one in defences.of_case(case):
        answer = defences.time_to_answer(one)
        if one.received_on is not None and answer is not None and answer.final_on < today:
            found.append(one.party_id)
    return found
