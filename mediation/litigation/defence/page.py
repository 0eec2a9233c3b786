"""What the case's page shows of the plaint copy and the defence, with the form of each next step."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from mediation.disputes.models import Party
from mediation.kernel import clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.litigation import rules as register
from mediation.litigation.defence import forms, keeping, labels, rules
from mediation.litigation.defence.models import Defence
from mediation.litigation.jurisdiction import keeping as jurisdiction
from mediation.litigation.models import LitigationCase
from mediation.periods.rules import rule_for
from mediation.web.fields import SelectChoice
from mediation.web.forms import BaseForm

F = TypeVar("F", bound=BaseForm)
FORMS: Mapping[str, type[BaseForm]] = {
    "serve": forms.PlaintServiceForm,
    "receive": forms.StatementForm,
    "pass_on": forms.PassingForm,
}


def form_of(found: Defence, kind: type[F], **kwargs: Any) -> F:
    """A form of one defendant: several stand on one page, so each has names of its own."""
    return kind(prefix=f"defence-{found.id}-", **kwargs)


def _step_form(found: Defence, step: str) -> BaseForm:
    kind = FORMS[step]
    if kind is forms.PlaintServiceForm:
        party = db.session.get_one(Party, found.party_id)
        return form_of(found, kind, formdata=None, on=clock.today(), receiver=party.name)
    return form_of(found, kind, formdata=None, on=clock.today())


def evidence_service_form(left: Sequence[Party], **kwargs: Any) -> forms.EvidenceServiceForm:
    """The form with the parties whom the notice about the evidence has not reached."""
    form = forms.EvidenceServiceForm(**({"on": clock.today()} | kwargs))
    form.party_id.choices = [SelectChoice(party.id, party.name) for party in left]
    if left and not form.receiver.data:
        form.receiver.data = left[0].name
    return form


def context(
    actor: Actor, case: LitigationCase, *, defence_form: tuple[int, BaseForm] | None = None, **given: BaseForm
) -> dict[str, Any]:
    """The rows of the sheet and what may be done; a refused form comes back in its place."""
    is_open, entrust = case.status is not register.Status.CLOSED, register.may_entrust(actor, case)
    lines = []
    for found in keeping.of_case(case):
        step = next(iter(states.available(rules.STEPS, actor, found)), "") if is_open else ""
        form = _step_form(found, step) if step else None
        if defence_form is not None and defence_form[0] == found.id:
            form = defence_form[1]
        lines.append((found, keeping.time_to_answer(found), step, form))
    fresh: dict[str, BaseForm] = {
        "sending": forms.SendForm(formdata=None, on=clock.today()),
        "waiving": forms.WaiverForm(formdata=None, on=clock.today()),
        "evidence": forms.EvidenceForm(
            formdata=None, on=clock.today(), days=rule_for(rules.EVIDENCE[case.procedure], clock.today()).length
        ),
    }
    notice = keeping.evidence_notice(case)
    if notice is not None and notice.left and is_open and entrust:
        fresh["evidence_serving"] = evidence_service_form(notice.left, formdata=None)
    return {
        "evidence_notice": notice,
        "evidence_serving": None,
        "defences": lines,
        "unsent_to": keeping.unsent(case) if is_open else [],
        "may_send": entrust and is_open,
        "may_waive": entrust and case.waived_on is None and case.heard_on is None
        and not rules.waiving(case.procedure, is_open=is_open),
        "may_set_evidence": register.may_try(actor, case)
        and not rules.setting_evidence(case.status, heard=case.heard_on is not None)
        and keeping.evidence_time(case) is None and jurisdiction.pending(case) is None,
        "evidence_times": keeping.evidence_of(case),
        "hearing_waits": keeping.hearing_obstacles(case, clock.today(), held=True) if is_open and case.heard_on is None else [],
        "defence_labels": labels,
        "defence_articles": rules.OBSTACLE_ARTICLE,
        **fresh,
        **given,
    }  # fmt: skip
