"""What the case's page shows of fines for late evidence, with the form of each next step."""

from typing import Any, TypeVar

from mediation.disputes.models import Party
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.litigation import rules as register
from mediation.litigation.evidence import keeping as evidence
from mediation.litigation.evidence.rules import Outcome
from mediation.litigation.fines import deciding, forms, keeping, labels, rules
from mediation.litigation.fines.models import EvidenceFine
from mediation.litigation.fines.rules import FineStatus
from mediation.litigation.models import LitigationCase
from mediation.web.forms import BaseForm

F = TypeVar("F", bound=BaseForm)
NAMES = frozenset({"fine_form"})


def form_of(late_id: int, kind: type[F], **kwargs: Any) -> F:
    """A form about one piece of late evidence: several stand on one page, so each has names of its own."""
    return kind(prefix=f"fine-{late_id}-", **kwargs)


def context(actor: Actor, case: LitigationCase, given: dict[str, Any]) -> dict[str, Any]:
    """For each piece of late evidence its fine, and the one step that comes next; a refused form comes back in its place."""
    fines = {one.late_id: one for one in keeping.of_case(case)}
    steps: dict[int, tuple[str, BaseForm]] = {}
    for late in evidence.late(case):
        if late.outcome is Outcome.FINED:
            step = _next(actor, case, fines.get(late.id), late.id)
            if step is not None:
                steps[late.id] = step
    steps |= {late_id: (name, form) for late_id, (name, form) in [given["fine_form"]]} if "fine_form" in given else {}
    return {"fines": fines, "fine_steps": steps, "fine_labels": labels}


def _next(actor: Actor, case: LitigationCase, fine: EvidenceFine | None, late_id: int) -> tuple[str, BaseForm] | None:
    if fine is None:
        may = register.may_try(actor, case) and case.status is not register.Status.CLOSED
        return ("propose", form_of(late_id, forms.ProposalForm, formdata=None)) if may else None
    if fine.status is FineStatus.PROPOSED and rules.may_approve(actor, fine):
        return "approve", form_of(late_id, forms.ApprovalForm, formdata=None)
    if fine.status is not FineStatus.ORDERED or not register.may_entrust(actor, case) or fine.review is not None:
        return None
    today = clock.today()
    if fine.served_on is None:
        receiver = db.session.get_one(Party, fine.party_id).name
        return "serve", form_of(late_id, forms.FineServiceForm, formdata=None, on=today, receiver=receiver)
    if fine.review_asked_on is None:
        still = not rules.asking(deciding.stands(fine), today)
        return ("review", form_of(late_id, forms.ReviewForm, formdata=None, on=today)) if still else None
    return "reviewed", form_of(late_id, forms.ReviewedForm, formdata=None, on=today)
