"""The agreement: draft, clauses, signatures."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.agreements import documents, forms, guard, labels, ledger, rules
from mediation.agreements.models import Agreement, Clause
from mediation.agreements.rules import AgreementStatus, SignManner
from mediation.agreements.services import drafting, oral, performance, signing
from mediation.agreements.services.drafting import Draft
from mediation.agreements.services.sources import Source
from mediation.agreements.turns import services as turns
from mediation.agreements.turns.rules import Check, Place
from mediation.agreements.views.shared import agreement_of, bp, conducted
from mediation.agreements.views.turns import given_page, turn_form, turns_of
from mediation.disputes import naming
from mediation.disputes import services as disputes
from mediation.disputes.opening import opened
from mediation.documents import services as store
from mediation.kernel import clock
from mediation.kernel.actor import REGISTRY
from mediation.kernel.db import transaction
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice


def _draft(form: forms.DraftForm) -> Draft:
    return Draft(
        facts=form.facts.data or "",
        issues=form.issues.data or "",
        costs=form.costs.data or "",
        breach=form.breach.data or "",
        guarantor=form.guarantor.data or "",
        nothing_else_disputed=form.nothing_else_disputed.data,
        confirmation_planned=form.confirmation_planned.data,
    )


@bp.route("/assignments/<int:assignment_id>/agreements/new", methods=["GET", "POST"])
def new_agreement(assignment_id: int) -> ResponseReturnValue:
    assignment = conducted(assignment_id)
    dispute = disputes.get(actor(), assignment.dispute_id) or abort(404)
    facts = naming.as_litigants(dispute.facts) if disputes.is_filed(dispute) else dispute.facts
    form = forms.DraftForm(facts=facts)
    if form.submitted():
        made = drafting.start(actor(), assignment, _draft(form))
        return redirect(url_for("agreements.agreement", agreement_id=made.id))
    return render_template("agreements/draft.html", form=form, dispute=dispute, agreement=None)


@bp.get("/agreements/<int:agreement_id>")
def agreement(agreement_id: int) -> ResponseReturnValue:
    return page(agreement_of(agreement_id))


def page(found: Agreement, **given: Any) -> ResponseReturnValue:
    dispute = opened(found.dispute_id)
    parties = disputes.parties(dispute.id)
    names = {p.id: p.name for p in parties}
    rows = drafting.clauses(found)
    objections = drafting.objections(found) if found.status is AgreementStatus.DRAFT else []
    signer = _signing_form(found, formdata=None)
    context = {"signing": signer, "refusal": _refusal_form(found, formdata=None)} | turns_of(found) | given
    return render_template(
        "agreements/agreement.html",
        agreement=found,
        dispute=dispute,
        clauses=list(zip(rows, [sentence_of(c, names) for c in rows], strict=True)),
        objections=objections,
        blocked=any(o.blocks for o in objections),
        oral_obstacles=oral.obstacles(found) if found.status is AgreementStatus.DRAFT else [],
        oral_signed=rules.oral_is_signed(found.assignment.kind),
        oral_article=rules.ORAL_OBSTACLE_ARTICLE,
        signatures=signing.wanted(found),
        performances=performance.acts(found, rows),
        ledger=ledger_of(found, names),
        document=store.get(actor(), found.document_id) if found.document_id else None,
        may_conduct=rules.may_conduct(actor(), found),
        may_perform=rules.may_record_performance(actor(), found),
        may_enforce=actor().has(*REGISTRY),
        labels=labels,
        article=guard.ARTICLE,
        Status=AgreementStatus,
        **context,
    )


def ledger_of(found: Source, names: dict[int, str]) -> dict[str, Any] | None:
    """What is due under an agreement in effect, or a document of the court that binds, as its table shows it; None before."""
    if found.effective_on is None:
        return None
    today, dues = clock.today(), performance.dues(found)
    return {
        "dues": [(due, due.standing(today), names.get(due.debtor_id or 0, "")) for due in dues],
        "total": ledger.total(dues, today),
    }


def sentence_of(clause: Clause, names: dict[int, str]) -> str:
    return documents.sentence(clause, dict(names))


@bp.route("/agreements/<int:agreement_id>/draft", methods=["GET", "POST"])
def edit(agreement_id: int) -> ResponseReturnValue:
    found = agreement_of(agreement_id)
    form = forms.DraftForm(obj=found)
    if form.submitted():
        drafting.edit(actor(), found, _draft(form), version=form.version.data or 0)
        flash(_("The draft is saved."))
        return redirect(url_for("agreements.agreement", agreement_id=agreement_id))
    dispute = disputes.get(actor(), found.dispute_id)
    return render_template("agreements/draft.html", form=form, dispute=dispute, agreement=found)


@bp.post("/agreements/<int:agreement_id>/signing")
def put_up(agreement_id: int) -> ResponseReturnValue:
    drafting.put_up(actor(), agreement_of(agreement_id))
    flash(_("The text is fixed; signatures can be recorded in any order."))
    return redirect(url_for("agreements.agreement", agreement_id=agreement_id))


@bp.post("/agreements/<int:agreement_id>/oral")
def agree_orally(agreement_id: int) -> ResponseReturnValue:
    found = agreement_of(agreement_id)
    oral.agree(actor(), found)
    if found.status is AgreementStatus.EFFECTIVE:
        flash(_("The oral agreement is recorded and in effect."))
    else:
        flash(_("The record of the oral agreement is fixed; it takes effect when it is signed."))
    return redirect(url_for("agreements.agreement", agreement_id=agreement_id))


@bp.post("/agreements/<int:agreement_id>/reopening")
def reopen(agreement_id: int) -> ResponseReturnValue:
    turns.reopen(actor(), agreement_of(agreement_id))
    return redirect(url_for("agreements.agreement", agreement_id=agreement_id))


def _signing_form(found: Agreement, **kwargs: Any) -> forms.SigningForm:
    waiting = [s for s in signing.wanted(found) if s.signed_at is None]
    form = forms.SigningForm(**kwargs)
    form.signers.choices = [SelectChoice(s.id, f"{labels.SIGNER[s.signer]}　{s.name}") for s in waiting]
    agents = [a.name for p in disputes.parties(found.dispute_id) for a in p.agents]
    form.agent.choices = [SelectChoice("", _("No, in person")), *[SelectChoice(name, name) for name in agents]]
    return form


def _refusal_form(found: Agreement, **kwargs: Any) -> forms.RefusalForm:
    form = forms.RefusalForm(**kwargs)
    waiting = [s for s in signing.wanted(found) if s.signed_at is None]
    form.signature_id.choices = [SelectChoice(s.id, s.name) for s in waiting]
    return form


@bp.post("/agreements/<int:agreement_id>/signatures")
def sign(agreement_id: int) -> ResponseReturnValue:
    found = agreement_of(agreement_id)
    form = _signing_form(found)
    if form.submitted():
        wanted = set(form.signers.data or ())
        try:
            with transaction():
                for signature in [s for s in signing.wanted(found) if s.id in wanted]:
                    signing.sign(
                        actor(),
                        found,
                        signature,
                        manner=SignManner(form.manner.data),
                        at=clock.now(),
                        agent_name=form.agent.data if signature.party_id else "",
                    )
        except DomainError as refused:
            form.refuse(refused)
            return page(agreement_of(agreement_id), signing=form)
        flash(_("The signatures are recorded."))
        return redirect(url_for("agreements.agreement", agreement_id=agreement_id))
    return page(found, signing=form)


@bp.post("/agreements/<int:agreement_id>/refusal")
def refuse(agreement_id: int) -> ResponseReturnValue:
    found = agreement_of(agreement_id)
    form = _refusal_form(found)
    if form.submitted():
        signature = signing.get(found, form.signature_id.data) or abort(404)
        signing.refuse(actor(), found, signature, reason=form.reason.data or "")
        flash(_("The refusal is recorded; the mediation can end with this cause, or go on."))
        return redirect(url_for("disputes.dispute", dispute_id=found.dispute_id))
    return page(found, refusal=form)


@bp.post("/agreements/<int:agreement_id>/turns")
def give_turn(agreement_id: int) -> ResponseReturnValue:
    """To the tablet page, or the one answer that shows a link."""
    found = agreement_of(agreement_id)
    form = turn_form(found)
    if not form.submitted():
        return page(found, turn_form=form)
    signature = signing.get(found, form.signer.data) or abort(404)
    try:
        given = turns.give(
            actor(),
            found,
            signature,
            check=Check(form.check.data),
            seen=form.seen.data or "",
            agent_name=(form.agent.data or "") if signature.party_id else "",
        )
    except DomainError as refused:
        form.refuse(refused)
        return page(agreement_of(agreement_id), turn_form=form)
    if given.turn.place is Place.TABLET:
        return redirect(url_for(".turn", agreement_id=agreement_id, turn_id=given.turn.id))
    return given_page(found, given.turn, given.token, given.code)
