"""Handing out documents, producing them again, and telling anybody whether a paper is genuine."""

from collections.abc import Iterable
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.documents import gallery_views, labels, listing, scan_views, services, verification
from mediation.documents.blueprint import bp
from mediation.documents.bundles import views as bundle_views
from mediation.documents.bundles.rules import may_bundle
from mediation.documents.forms import VerifyForm
from mediation.documents.rules import Failure, Status, Verdict, may_read, may_retry, may_scan
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db
from mediation.kernel.i18n import _, _l
from mediation.web.auth import actor
from mediation.web.files import handed_out, opening
from mediation.web.registry import NavItem, Panel, Registry

__all__ = ["bp", "bundle_views", "contribute", "gallery_views", "scan_views"]


@bp.get("/documents/<int:document_id>")
def download(document_id: int) -> ResponseReturnValue:
    """The archived PDF under its Chinese name (RFC 6266). Opening a confidential one writes into the trail."""
    with opening():
        document = services.get(actor(), document_id) or abort(404)
        file = services.open_file(actor(), document)
    answer = Response(file.content, mimetype="application/pdf")
    name, plain = f"{document.called}{document.number}.pdf", f"document-{document.id}.pdf"
    return handed_out(answer, name, plain=plain, sha256=file.sha256)


@bp.post("/documents/<int:document_id>/production")
def retry(document_id: int) -> ResponseReturnValue:
    """The registry has a document produced again."""
    document = services.get(actor(), document_id) or abort(404)
    if services.retry(actor(), document) is Status.READY:
        flash(_("%(title)s has been produced.", title=document.title), "success")
    else:
        db.session.refresh(document)
        reason = f"{labels.FAILURE[document.failure]}" if document.failure else ""
        if document.failure is Failure.GLYPH:
            reason += document.failure_detail
        flash(_("%(title)s could not be produced. %(reason)s", title=document.title, reason=reason), "danger")
    target = url_for("disputes.dispute", dispute_id=document.dispute_id) if document.dispute_id else url_for("web.home")
    return redirect(target)


@bp.route("/verify", methods=["GET", "POST"], defaults={"code": ""})
@bp.get("/verify/<code>")
def verify(code: str) -> ResponseReturnValue:
    """Whoever holds a paper or a file may learn, without an account, whether it is what this court archived."""
    form = VerifyForm()
    code = (code or request.args.get("code", "")).strip()[:40]
    found = verification.of_code(code) if code else None
    if form.submitted():
        found = verification.of_file(form.file.data.read())
    page = render_template(
        "documents/pages/verify.html",
        code=code,
        form=form,
        found=found,
        verdicts=labels.VERDICT,
        alterations=labels.ALTERATION,
        corrected=services.corrected_on(found.document.id) if found and found.document else (),
        signature_words=labels.SIGNATURE[found.signature.state] if found and found.signature else "",
    )
    unknown = code and found is not None and found.verdict is Verdict.FOREIGN
    return page, 404 if unknown else 422 if form.errors else 200


def _panels(who: Actor, dispute: Any) -> Iterable[Panel]:
    found = listing.listed(who, dispute.id)
    if found:
        rows = [
            (
                document,
                str(labels.STATUS[document.status]),
                str(labels.FAILURE[document.failure]) if document.failure else "",
                may_read(who, document),
                may_retry(who, document),
            )
            for document in found
        ]
        scanning = dispute.id if any(may_scan(who, document) for document in found) else 0
        context = {"documents": rows, "scanning": scanning, "bundling": dispute.id if may_bundle(who) else 0}
        yield Panel(_("Documents"), "documents/pages/_panel.html", context, rank=80)


def _link(who: Actor, document_id: int) -> str | None:
    found = services.get(who, document_id)
    return url_for("documents.download", document_id=document_id) if found and may_read(who, found) else None


def contribute(registry: Registry) -> None:
    """Documents stand on the dispute's page and in its timeline."""
    bundle_views.contribute(registry)
    registry.panels.append(_panels)
    registry.nav.append(
        NavItem(
            _l("Documents of the court"),
            "documents.catalogue_page",
            frozenset({Role.SYSTEM_ADMIN}),
            icon="document",
            rank=40,
        )
    )
    registry.subjects["document"] = _link
    registry.quiet.add("document.produce")
    registry.sealed.add("document.request_inside")
    registry.events.update(
        {
            action: (lambda facts, words=words: str(words) % facts if "%(" in str(words) else str(words))
            for action, words in labels.EVENT.items()
        }
    )
