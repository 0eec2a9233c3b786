"""The page of the packet, and its files."""

from collections.abc import Callable

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.agreements.models import Agreement
from mediation.agreements.rules import AgreementStatus
from mediation.agreements.services import drafting, performance
from mediation.confirmation.blueprint import bp
from mediation.confirmation.enforcement import labels, rules, services
from mediation.disputes import services as disputes
from mediation.kernel.actor import Actor
from mediation.kernel.i18n import _
from mediation.web.auth import actor
from mediation.web.files import handed_out, opening


def _agreement(agreement_id: int) -> Agreement:
    found = drafting.get(actor(), agreement_id) or abort(404)
    if not rules.may_pack(actor(), found):
        abort(403)
    return found if found.status is AgreementStatus.EFFECTIVE else abort(404)


@bp.get("/agreements/<int:agreement_id>/enforcement")
def enforcement(agreement_id: int) -> ResponseReturnValue:
    """What is overdue, whether it can be enforced, and the packet of each creditor."""
    found = _agreement(agreement_id)
    now = services.standing(found)
    names = {party.id: party.name for party in disputes.parties(found.dispute_id)}
    made = {claim.creditor_id: services.papers(actor(), found, claim.creditor_id) for claim in now.claims}
    return render_template(
        "confirmation/enforcement.html",
        agreement=found,
        title=disputes.title(disputes.get(actor(), found.dispute_id) or abort(404)),
        standing=now,
        refusal=now.refusal,
        names=names,
        made=made,
        acts=performance.of_agreement(found),
        labels=labels,
        law=rules.LAW,
        to_bring=services.TO_BRING,
    )


@bp.post("/agreements/<int:agreement_id>/enforcement/<int:creditor_id>")
def make_enforcement(agreement_id: int, creditor_id: int) -> ResponseReturnValue:
    """One click: the application is written from the ledger as it stands."""
    services.make(actor(), _agreement(agreement_id), creditor_id)
    flash(_("The application for enforcement is written; the packet can be taken along."))
    return redirect(url_for(".enforcement", agreement_id=agreement_id))


@bp.get("/agreements/<int:agreement_id>/enforcement/<int:creditor_id>/packet.zip")
def enforcement_packet(agreement_id: int, creditor_id: int) -> ResponseReturnValue:
    content = _file(services.packet, agreement_id, creditor_id)
    return handed_out(Response(content, mimetype="application/zip"), "强制执行申请材料.zip", plain="packet.zip")


@bp.get("/agreements/<int:agreement_id>/enforcement/<int:creditor_id>/print.pdf")
def enforcement_print(agreement_id: int, creditor_id: int) -> ResponseReturnValue:
    content = _file(services.print_file, agreement_id, creditor_id)
    return handed_out(Response(content, mimetype="application/pdf"), "强制执行申请材料.pdf", plain="packet.pdf")


def _file(make: Callable[[Actor, Agreement, int], bytes], agreement_id: int, creditor_id: int) -> bytes:
    """As with any document: what still waits to be produced is produced for its first reader."""
    with opening():
        found = _agreement(agreement_id)
        if not services.papers(actor(), found, creditor_id):
            abort(404)
        return make(actor(), found, creditor_id)
