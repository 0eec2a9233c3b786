"""The page on which an appraisal before filing is applied for."""

from flask import flash
from flask.typing import ResponseReturnValue

from mediation.assignment.appraisal import services
from mediation.assignment.appraisal.forms import AppraisalForm
from mediation.assignment.blueprint import assignment_of, bp, page_of, party_options, to_dispute
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.web.auth import actor


@bp.route("/assignments/<int:assignment_id>/appraisal", methods=["GET", "POST"])
def appraisal(assignment_id: int) -> ResponseReturnValue:
    """The application as whoever mediates, or the counter, takes it down."""
    found = assignment_of(assignment_id)
    services.require(actor(), found)
    form = AppraisalForm()
    form.applicant_id.choices = form.consenting.choices = form.prepaid_by_id.choices = party_options(found.dispute_id)
    if form.submitted():
        try:
            services.apply(actor(), found, form.told)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The application is on paper; the mediation pauses once the court has agreed to it."), "done")
            return to_dispute(found.dispute_id)
    return page_of("appraisal", found, form=form)
