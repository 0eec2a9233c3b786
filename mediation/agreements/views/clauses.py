"""One clause on the screen: of an agreement that is drafted, or of what is settled before the court."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.agreements import forms, labels, rules
from mediation.agreements.guard import ClauseFacts
from mediation.agreements.models import Clause
from mediation.agreements.rules import ClauseKind
from mediation.agreements.services import drafting
from mediation.agreements.services.sources import Settlement, Source, being_written, clauses
from mediation.agreements.views.shared import agreement_of, bp, case_of
from mediation.disputes import services as disputes
from mediation.kernel.i18n import _
from mediation.litigation import services as litigation
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice

OF_AGREEMENT, OF_CASE = "/agreements/<int:agreement_id>/clauses", "/cases/<int:case_id>/mediation-document/clauses"
BOTH = ["GET", "POST"]


def _draft(agreement_id: int, case_id: int) -> Source:
    """What is drafted, for whoever may write it."""
    if case_id:
        case = case_of(case_id)
        litigation.may_draw_up(actor(), case)
        return being_written(case)
    found = agreement_of(agreement_id)
    if not rules.may_conduct(actor(), found):
        abort(403)
    return found


def _place(source: Source) -> dict[str, Any]:
    return {"case_id": source.case.id} if isinstance(source, Settlement) else {"agreement_id": source.id}


def _back(source: Source) -> str:
    if isinstance(source, Settlement):
        return url_for("agreements.court_document", case_id=source.case.id)
    return url_for("agreements.agreement", agreement_id=source.id)


@bp.route(f"{OF_CASE}/new/<kind>", methods=BOTH)
@bp.route(f"{OF_AGREEMENT}/new/<kind>", methods=BOTH)
def new_clause(kind: str, agreement_id: int = 0, case_id: int = 0) -> ResponseReturnValue:
    if kind not in set(ClauseKind):
        abort(404)
    return _clause_page(_draft(agreement_id, case_id), ClauseKind(kind), None)


@bp.route(f"{OF_CASE}/<int:clause_id>", methods=BOTH)
@bp.route(f"{OF_AGREEMENT}/<int:clause_id>", methods=BOTH)
def clause(clause_id: int, agreement_id: int = 0, case_id: int = 0) -> ResponseReturnValue:
    source = _draft(agreement_id, case_id)
    row = next((c for c in clauses(source) if c.id == clause_id), None) or abort(404)
    return _clause_page(source, row.kind, row)


@bp.post(f"{OF_CASE}/<int:clause_id>/removal")
@bp.post(f"{OF_AGREEMENT}/<int:clause_id>/removal")
def remove_clause(clause_id: int, agreement_id: int = 0, case_id: int = 0) -> ResponseReturnValue:
    source = _draft(agreement_id, case_id)
    row = next((c for c in clauses(source) if c.id == clause_id), None) or abort(404)
    drafting.remove_clause(actor(), source, row)
    return redirect(_back(source))


def _clause_page(source: Source, kind: ClauseKind, row: Clause | None) -> ResponseReturnValue:
    form = forms.ClauseForm(obj=row)
    people = [SelectChoice(p.id, p.name) for p in disputes.parties(source.dispute_id)]
    form.debtor_id.choices = form.creditor_id.choices = [SelectChoice(0, "—"), *people]
    if request.method == "GET" and kind is ClauseKind.INSTALMENTS:
        while len(form.instalments.entries) < forms.INSTALMENT_ROWS:
            form.instalments.append_entry()
    if form.submitted():
        position = row.position if row else 0
        drafting.write_clause(actor(), source, _facts(form, kind, position), clause_id=row.id if row else None)
        flash(_("The clause is in the draft."))
        return redirect(_back(source))
    removal = url_for("agreements.remove_clause", clause_id=row.id, **_place(source)) if row else ""
    return render_template(
        "agreements/clause.html",
        form=form,
        back=_back(source),
        removal=removal,
        kind=kind,
        fields=forms.FIELDS[kind],
        labels=labels,
    )


def _facts(form: forms.ClauseForm, kind: ClauseKind, position: int) -> ClauseFacts:
    wanted = forms.FIELDS[kind]
    value = {name: form[name].data for name in wanted if name != "instalments"}
    rows = form.instalments.data if "instalments" in wanted else []
    return ClauseFacts(
        position=position,
        kind=kind,
        debtor_id=value.get("debtor_id") or None,
        creditor_id=value.get("creditor_id") or None,
        amount_fen=value.get("amount_fen"),
        due_on=value.get("due_on"),
        account=value.get("account") or "",
        method=value.get("method") or "",
        place=value.get("place") or "",
        condition=value.get("condition") or "",
        text=value.get("text") or "",
        interest_permille=value.get("interest_permille"),
        instalments=tuple((r["amount_fen"], r["due_on"]) for r in rows if r["amount_fen"] and r["due_on"]),
    )
