"""More time for the trial: the judge asks on the page of the case, the president decides on a list (R3-48)."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.litigation import forms, services
from mediation.litigation.blueprint import bp, case_of, here
from mediation.litigation.case_page import judge_name, page_of
from mediation.litigation.services import extending
from mediation.periods.labels import PERIOD_KEY
from mediation.web.auth import actor
from mediation.web.templating import day as shown


@bp.post("/cases/<int:case_id>/extension")
def ask_extension(case_id: int) -> ResponseReturnValue:
    """The judge of the case asks for more time."""
    found = case_of(case_id)
    form = forms.TrialExtensionForm()
    if form.submitted():
        try:
            extending.ask(actor(), found, months=form.months.data or 0, reason=form.reason.data or "")
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The request is with the president."), "done")
            return here(found)
    return page_of(found, extension=form)


@bp.get("/cases/extensions")
def extensions() -> ResponseReturnValue:
    """What waits for the president, with the limit as it stands and as it would be."""
    rows = [
        (asked, case, services.number_of(case), judge_name(case), services.limit_of(case))
        for asked, case in extending.to_decide(actor())
    ]
    return render_template("litigation/extensions.html", rows=rows, period_words=PERIOD_KEY)


@bp.post("/cases/extensions/<int:extension_id>")
def decide_extension(extension_id: int) -> ResponseReturnValue:
    """The president extends, or does not."""
    asked = extending.get(actor(), extension_id) or abort(404)
    form = forms.DecideExtensionForm()
    if not form.submitted():
        abort(400)
    if form.answer.data == "grant":
        limit = extending.grant(actor(), asked, note=form.note.data or "")
        flash(
            _(
                "Extended; the limit now ends on %(day)s, and its old last day is kept.",
                day=shown(limit.final_on),
            ),
            "done",
        )
    else:
        extending.deny(actor(), asked, note=form.note.data or "")
        flash(_("Not extended; the judge has been told."), "done")
    return redirect(url_for("litigation.extensions"))
