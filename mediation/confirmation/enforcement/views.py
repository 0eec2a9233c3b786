"""The page of the packet, and its files."""

from collections.abc import Callable
from typing import Any

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.agreements.services import drafting
from mediation.agreements.services.sources import Settlement, Source, settled
from mediation.confirmation.blueprint import bp
from mediation.confirmation.enforcement import labels, rules, services
from mediation.disputes import services as disputes
from mediation.disputes.opening import opened
from mediation.kernel.actor import Actor
from mediation.kernel.i18n import _
from mediation.litigation import services as litigation
from mediation.web.auth import actor
from mediation.web.files import handed_out, opening

OF_AGREEMENT, OF_CASE = "/agreements/<int:agreement_id>/enforcement", "/cases/<int:case_id>/enforcement"


def _source(agreement_id: int, case_id: int) -> Source:
    """An agreement in effect, or a document of the court that binds: whatever the address names."""
    if case_id:
        case = litigation.get(actor(), case_id) or abort(404)
        found: Source | None = settled(case)
    else:
        found = drafting.get(actor(), agreement_id)
    if found is None:
        abort(404)
    if not rules.may_pack(actor(), found):
        abort(403)
    return found if found.effective_on is not None else abort(404)


def _place(source: Source) -> dict[str, Any]:
    return {"case_id": source.case.id} if isinstance(source, Settlement) else {"agreement_id": source.id}


@bp.get(OF_CASE)
@bp.get(OF_AGREEMENT)
def enforcement(agreement_id: int = 0, case_id: int = 0) -> ResponseReturnValue:
    """What is overdue, whether it can be enforced, and the packet of each creditor."""
    found = _source(agreement_id, case_id)
    dispute = opened(found.dispute_id)
    now = services.standing(found)
    names = {party.id: party.name for party in disputes.parties(dispute.id)}
    made = {claim.creditor_id: services.papers(actor(), found, claim.creditor_id) for claim in now.claims}
    place = _place(found)
    of_case = isinstance(found, Settlement)
    return render_template(
        "confirmation/enforcement.html",
        source=found,
        place=place,
        ledger=url_for("agreements.court_ledger" if of_case else "agreements.agreement", _anchor="ledger", **place),
        title=disputes.title(dispute),
        standing=now,
        refusal=now.refusal,
        names=names,
        made=made,
        labels=labels,
        law=rules.LAW[now.title] if now.title else "",
        to_bring=services.TO_BRING,
    )


@bp.post(f"{OF_CASE}/<int:creditor_id>")
@bp.post(f"{OF_AGREEMENT}/<int:creditor_id>")
def make_enforcement(creditor_id: int, agreement_id: int = 0, case_id: int = 0) -> ResponseReturnValue:
    """One click: the application is written from the ledger as it stands."""
    found = _source(agreement_id, case_id)
    services.make(actor(), found, creditor_id)
    flash(_("The application for enforcement is written; the packet can be taken along."))
    return redirect(url_for(".enforcement", **_place(found)))


@bp.get(f"{OF_CASE}/<int:creditor_id>/packet.zip")
@bp.get(f"{OF_AGREEMENT}/<int:creditor_id>/packet.zip")
def enforcement_packet(creditor_id: int, agreement_id: int = 0, case_id: int = 0) -> ResponseReturnValue:
    content = _file(services.packet, _source(agreement_id, case_id), creditor_id)
    return handed_out(Response(content, mimetype="application/zip"), "强制执行申请材料.zip", plain="packet.zip")


@bp.get(f"{OF_CASE}/<int:creditor_id>/print.pdf")
@bp.get(f"{OF_AGREEMENT}/<int:creditor_id>/print.pdf")
def enforcement_print(creditor_id: int, agreement_id: int = 0, case_id: int = 0) -> ResponseReturnValue:
    content = _file(services.print_file, _source(agreement_id, case_id), creditor_id)
    return handed_out(Response(content, mimetype="application/pdf"), "强制执行申请材料.pdf", plain="packet.pdf")


def _file(make: Callable[[Actor, Source, int], bytes], found: Source, creditor_id: int) -> bytes:
    """As with any document: what still waits to be produced is produced for its first reader."""
    with opening():
        if not services.papers(actor(), found, creditor_id):
            abort(404)
        return make(actor(), found, creditor_id)
