"""The registry records a joint application at the counter (R3-70, R3-71)."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.confirmation import forms, services
from mediation.confirmation.blueprint import bp
from mediation.confirmation.rules import Form, Material
from mediation.confirmation.services import Applicant, reading
from mediation.disputes import services as disputes
from mediation.kernel import clock
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice


@bp.route("/disputes/<int:dispute_id>/confirmation", methods=["GET", "POST"])
def apply(dispute_id: int) -> ResponseReturnValue:
    """Both parties stand at the counter: one form, prefilled (R3-70)."""
    dispute = disputes.get(actor(), dispute_id) or abort(404)
    agreement = reading.agreement_of(dispute.id)
    people = disputes.parties(dispute.id)
    form = forms.ApplyForm(
        received_on=clock.today(),
        applicants=[str(p.id) for p in people],
        materials=[
            m.value
            for m in (Material.APPLICATION, Material.AGREEMENT, Material.PRESIDED, Material.IDENTITY, Material.CONTACT)
        ],
    )
    agents = [(p, a) for p in people for a in p.agents if a.ended_on is None]
    form.applicants.choices = [
        *(SelectChoice(str(p.id), p.name) for p in people),
        *(SelectChoice(f"{p.id}/{a.id}", _("%(agent)s for %(party)s", agent=a.name, party=p.name)) for p, a in agents),
    ]
    if form.submitted():
        try:
            made = services.apply(
                actor(),
                dispute,
                applicants=_applicants(form.applicants.data or []),
                form=Form(form.form.data),
                received_on=form.received_on.data,
                posted_on=form.posted_on.data,
                materials=[Material(m) for m in form.materials.data or ()],
                title_concerned=form.title_concerned.data,
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The application is registered; the judge decides on acceptance within three days."))
            return redirect(url_for("confirmation.confirmation", confirmation_id=made.id))
    until = services.last_day(agreement) if agreement is not None else None
    return render_template("confirmation/apply.html", form=form, dispute=dispute, agreement=agreement, until=until)


def _applicants(chosen: list[str]) -> list[Applicant]:
    """An agent ticked beside a party stands for that party."""
    found: dict[int, int | None] = {}
    for value in chosen:
        party, _slash, agent = value.partition("/")
        if agent or int(party) not in found:
            found[int(party)] = int(agent) if agent else None
    return [Applicant(party, agent) for party, agent in found.items()]
