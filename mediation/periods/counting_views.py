"""The page on which the system administrator enters how the court reads what the law leaves open."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel import clock
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.periods import choices, labels
from mediation.periods.blueprint import bp
from mediation.periods.forms import CountingForm
from mediation.periods.switches import Switch
from mediation.web.auth import actor


@bp.route("/counting", methods=["GET", "POST"])
def counting() -> ResponseReturnValue:
    """How the court counts today, what it decided and when, and the next decision."""
    form, who = CountingForm(), actor()
    if request.method == "GET":
        form.valid_from.data = clock.today()
    if form.submitted():
        try:
            choices.decide(
                who,
                Switch(form.switch.data),
                value=form.value.data == "yes",
                valid_from=form.valid_from.data or clock.today(),
                reason=form.reason.data or "",
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("The decision is entered."), "success")
            return redirect(url_for("periods.counting"))
    page = render_template(
        "periods/counting.html",
        form=form,
        now=choices.switches(who.court_id, clock.today()),
        made=choices.history(who.court_id),
        labels=labels,
        today=clock.today(),
    )
    return page, 422 if form.errors else 200
