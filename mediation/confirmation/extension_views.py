"""The president approves or refuses more time to decide (S7 art. 5; CPL 187)."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.confirmation import documents, labels, services
from mediation.confirmation.blueprint import bp
from mediation.confirmation.services import extending
from mediation.kernel.i18n import _
from mediation.web.auth import actor


@bp.get("/confirmations/extensions")
def extensions() -> ResponseReturnValue:
    """What waits for the president's approval."""
    asked = services.pending_extensions(actor())
    rows = [(e, services.get(actor(), e.confirmation_id)) for e in asked]
    return render_template(
        "confirmation/extensions.html", rows=[(e, c, documents.number_of(c)) for e, c in rows if c], labels=labels
    )


@bp.post("/confirmations/extensions/<int:extension_id>")
def decide_extension(extension_id: int) -> ResponseReturnValue:
    asked = extending.get(actor(), extension_id) or abort(404)
    if request.form.get("answer") == "approve":
        services.approve(actor(), asked)
        flash(_("The extension is approved; the old last day is kept beside the new one."))
    else:
        services.refuse_extension(actor(), asked)
        flash(_("The extension is refused."))
    return redirect(url_for("confirmation.extensions"))
