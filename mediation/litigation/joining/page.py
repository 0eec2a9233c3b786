"""What the case's page shows of parties who joined and of claims besides the suit, with the form of each next step."""

from typing import Any, TypeVar

from mediation.disputes import services as disputes
from mediation.disputes.models import Party
from mediation.disputes.rules import PartyRole
from mediation.kernel import clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.i18n import _
from mediation.litigation import rules as register
from mediation.litigation.joining import forms, keeping, labels, rules
from mediation.litigation.joining.effects import evidence_due
from mediation.litigation.joining.models import JoinedClaim
from mediation.litigation.models import LitigationCase
from mediation.notices.models import Service
from mediation.periods.models import Deadline
from mediation.web.fields import SelectChoice
from mediation.web.forms import BaseForm

F = TypeVar("F", bound=BaseForm)
NAMES = frozenset({"join_form", "claim_form", "one_claim"})


def join_form(case: LitigationCase, **kwargs: Any) -> forms.JoinForm:
    form = forms.JoinForm(**({"on": clock.today()} | kwargs))
    people = disputes.parties(case.dispute_id)
    form.applicant_id.choices = [SelectChoice(forms.NOBODY, _("—")), *(SelectChoice(p.id, p.name) for p in people)]
    return form


def claim_form(case: LitigationCase, **kwargs: Any) -> forms.ClaimForm:
    form = forms.ClaimForm(**({"on": clock.today()} | kwargs))
    form.party_id.choices = [SelectChoice(party.id, party.name) for party in _claimants(case)]
    return form


def _claimants(case: LitigationCase) -> list[Party]:
    return [party for party in disputes.parties(case.dispute_id) if party.role is not PartyRole.APPLICANT]


def form_of(claim: JoinedClaim, kind: type[F], **kwargs: Any) -> F:
    """A form of one claim: several stand on one page, so each has names of its own."""
    return kind(prefix=f"claim-{claim.id}-{kind.PREFIX}", **kwargs)


def context(actor: Actor, case: LitigationCase, given: dict[str, Any]) -> dict[str, Any]:
    """Who joined, what is claimed, and what may be done; a refused form comes back in its place."""
    is_open = case.status is not register.Status.CLOSED
    fresh: dict[str, Any] = {}
    if is_open and register.may_try(actor, case):
        fresh["join_form"] = join_form(case, formdata=None)
    if is_open and case.heard_on is None and register.may_entrust(actor, case) and _claimants(case):
        fresh["claim_form"] = claim_form(case, formdata=None)
    number, refused = given.get("one_claim", (0, None))
    lines = []
    for claim in keeping.claims(case):
        steps = set(states.available(rules.STEPS, actor, claim)) if is_open else set()
        own: dict[str, BaseForm] = {}
        if "join" in steps:
            own["decision"] = form_of(claim, forms.ClaimDecisionForm, formdata=None)
        if _owed(claim) and is_open and register.may_register(actor, case):
            own["payment"] = form_of(claim, forms.ClaimPaymentForm, formdata=None, on=clock.today())
        if "withdraw" in steps:
            own["withdrawal"] = form_of(claim, forms.ClaimWithdrawalForm, formdata=None)
        served, appeal_time = _ruled(claim)
        own |= _after_ruling(actor, claim, served, appeal_time)
        if claim.id == number and refused is not None:
            own[refused[0]] = refused[1]
        lines.append((claim, keeping.payment(claim), own, served, appeal_time))
    return {
        "joinders": keeping.joinders(case),
        "claim_lines": lines,
        "joining_labels": labels,
        "joining_forms": fresh | {name: form for name, form in given.items() if name != "one_claim"},
        "evidence_anew": evidence_due(case),
        "small_now": case.procedure is register.Procedure.SMALL,
    }


def _owed(claim: JoinedClaim) -> bool:
    return claim.paid_on is None and claim.status in {rules.ClaimStatus.BROUGHT, rules.ClaimStatus.JOINED}


def _ruled(claim: JoinedClaim) -> tuple[Service | None, Deadline | None]:
    """Whether the ruling that does not take it has reached the party, and the time to appeal."""
    return keeping.reached(claim) if claim.status in rules.NOT_TAKEN else (None, None)


def _after_ruling(
    actor: Actor, claim: JoinedClaim, served: Service | None, appeal_time: Deadline | None
) -> dict[str, BaseForm]:
    """The ruling reaches the party, the party appeals, the higher court answers; also when the suit is over."""
    if not register.may_entrust(actor, claim.case):
        return {}
    if claim.status is rules.ClaimStatus.APPEALED:
        return {"above": above_form(actor, claim, formdata=None)}
    if claim.status is not rules.ClaimStatus.REFUSED or claim.answered_on is not None:
        return {}
    if served is None:
        return {"service": service_form(claim, formdata=None)}
    if appeal_time is not None and appeal_time.is_running:
        return {"appeal": form_of(claim, forms.ClaimAppealForm, formdata=None, on=clock.today())}
    return {}


def above_form(actor: Actor, claim: JoinedClaim, **kwargs: Any) -> forms.ClaimAboveForm:
    """That the claim is to be taken is for the judge to record, who sets the time for evidence anew."""
    form = form_of(claim, forms.ClaimAboveForm, **({"on": clock.today()} | kwargs))
    if not register.may_try(actor, claim.case):
        form.answer.choices = [forms.UPHELD]
        del form.days
    return form


def service_form(claim: JoinedClaim, **kwargs: Any) -> forms.ClaimRulingServiceForm:
    party = disputes.party(claim.dispute_id, claim.party_id)
    told = {"on": clock.today(), "receiver": party.name if party is not None else ""}
    return form_of(claim, forms.ClaimRulingServiceForm, **(told | kwargs))
