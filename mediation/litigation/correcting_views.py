"""Correcting a paper of the court on the screen: from the dispute, by the judge who decided (CPL art. 157)."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.opening import opened
from mediation.documents.models import Document
from mediation.kernel import clock
from mediation.kernel.actor import JUDGES
from mediation.kernel.i18n import _
from mediation.litigation.blueprint import bp
from mediation.litigation.correcting import deciding, forms, labels
from mediation.litigation.correcting.models import DocumentCorrection
from mediation.litigation.correcting.rules import Mistake
from mediation.notices.rules import ServiceMethod
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice
from mediation.web.templating import day


@bp.route("/disputes/<int:dispute_id>/corrections", methods=["GET", "POST"])
def correct_document(dispute_id: int) -> ResponseReturnValue:
    """What was corrected so far, and the form of a further ruling."""
    dispute = opened(dispute_id)
    papers = _papers(dispute)
    form = _form(dispute, papers)

    def act() -> None:
        deciding.rule(
            actor(), papers[form.document_id.data], mistake=Mistake(form.mistake.data), points=form.points(),
            reason=form.reason.data or "", clerk_name=form.clerk_name.data or "", party_id=form.party_id.data,
            password=form.password.data or "",
        )  # fmt: skip

    if form.is_submitted() and not papers:
        abort(403)
    if form.taken(act):
        flash(_("The ruling is made; every party is told. Serve it on them."))
        return redirect(url_for("litigation.correct_document", dispute_id=dispute.id))
    return _page(dispute, form if papers else None)


@bp.post("/disputes/<int:dispute_id>/corrections/<int:correction_id>/service")
def serve_correction(dispute_id: int, correction_id: int) -> ResponseReturnValue:
    """The ruling reached a party (CPL art. 87)."""
    dispute = opened(dispute_id)
    one = deciding.get(dispute, correction_id) or abort(404)
    form = _service_form(one)

    def act() -> None:
        party = disputes.party(dispute.id, form.party_id.data) or abort(404)
        deciding.serve(
            actor(), one, party, method=ServiceMethod(form.method.data), on=form.on.data or clock.today(),
            receiver=form.receiver.data or "",
        )  # fmt: skip

    if form.taken(act):
        flash(_("The service is recorded."))
        return redirect(url_for("litigation.correct_document", dispute_id=dispute.id))
    papers = _papers(dispute)
    return _page(dispute, _form(dispute, papers, formdata=None) if papers else None, (one.id, form))


def _papers(dispute: Dispute) -> dict[int, Document]:
    return {paper.id: paper for paper in deciding.papers(actor(), dispute.id)}


def _form(dispute: Dispute, papers: dict[int, Document], **kwargs: Any) -> forms.CorrectionForm:
    form = forms.CorrectionForm(**kwargs)
    form.document_id.choices = [SelectChoice(paper.id, _called(paper)) for paper in papers.values()]
    people = (SelectChoice(party.id, party.name) for party in disputes.parties(dispute.id))
    form.party_id.choices = [SelectChoice(forms.NOBODY, _("—")), *people]
    return form


def _service_form(one: DocumentCorrection, **kwargs: Any) -> forms.CorrectionServiceForm:
    form = forms.CorrectionServiceForm(prefix=f"served-{one.id}-", on=clock.today(), **kwargs)
    form.party_id.choices = [SelectChoice(party.id, party.name) for party in deciding.unserved(one)]
    return form


def _page(
    dispute: Dispute, form: forms.CorrectionForm | None, refused: tuple[int, forms.CorrectionServiceForm] | None = None
) -> ResponseReturnValue:
    found = []
    for one in deciding.corrected(dispute.id):
        own = refused[1] if refused and refused[0] == one.id else _service_form(one, formdata=None)
        found.append((one, deciding.paper(one), own if own.party_id.choices or own.errors else None))
    page = render_template(
        "litigation/correction.html",
        dispute=dispute,
        title=disputes.title(dispute),
        form=form,
        found=found,
        called=_called,
        names={party.id: party.name for party in disputes.parties(dispute.id)},
        decides=actor().has(*JUDGES),
        labels=labels,
    )
    wrong = (form is not None and form.errors) or (refused is not None and refused[1].errors)
    return page, 422 if wrong else 200


def _called(paper: Document) -> str:
    made = clock.local(paper.requested_at).date()
    return "　".join(part for part in (paper.called, paper.number, str(day(made))) if part)
