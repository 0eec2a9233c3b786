"""The page of one application for confirmation: agreement, check-list, draft ruling, and the form of each next step."""

from typing import Any

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.confirmation import documents, forms, labels, rules, services
from mediation.confirmation.enforcement.rules import may_pack
from mediation.confirmation.models import Confirmation
from mediation.confirmation.objections import page as objections
from mediation.confirmation.rules import Ground, Question, Status
from mediation.confirmation.services import extending, reading
from mediation.disputes import services as disputes
from mediation.disputes.opening import opened
from mediation.documents import services as store
from mediation.kernel import clock, states
from mediation.notices import services as notices
from mediation.periods import services as periods
from mediation.periods.labels import PERIOD_KEY
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice


def confirmation_or_404(confirmation_id: int) -> Confirmation:
    """The application in the reader's court; everything else is not found."""
    found = services.get(actor(), confirmation_id)
    return found if found is not None else abort(404)


def here(confirmation: Confirmation) -> ResponseReturnValue:
    """Back to its page after a step."""
    return redirect(url_for("confirmation.confirmation", confirmation_id=confirmation.id))


def page_of(found: Confirmation, **given: Any) -> ResponseReturnValue:
    """Agreement left, check-list right, the draft ruling below; a refused form comes back as it was typed."""
    who = actor()
    dispute = opened(found.dispute_id)
    agreement = reading.agreement_of(found.dispute_id) or abort(404)
    people = disputes.parties(found.dispute_id)
    context = {
        "materials": materials_form(found),
        "exclusion": forms.ExclusionForm(formdata=None),
        "questioning": questioning_form(found, formdata=None),
        "checklist": checklist_form(found, formdata=None),
        "ruling": forms.RulingForm(formdata=None),
        "due": forms.DueForm(formdata=None, what=found.supplement),
        "withdrawal": forms.ReasonedRulingForm(formdata=None),
        "lapse": forms.LapseForm(formdata=None),
        "extension": forms.ExtensionForm(formdata=None),
        "serving": serve_form(found, formdata=None),
    }
    context |= objections.context(who, found) | given
    signed = store.get(who, agreement.document_id) if agreement.document_id else None
    served = notices.services_of(found.ruling_document_id) if found.ruling_document_id else []
    return render_template(
        "confirmation/confirmation.html",
        confirmation=found,
        agreement=agreement,
        dispute=dispute,
        title=disputes.title(dispute),
        number=documents.number_of(found),
        clauses=documents.clause_texts(agreement),
        signed=signed,
        ruled=store.get(who, found.ruling_document_id) if found.ruling_document_id else None,
        draft=documents.ruling_data(found) if found.status is Status.EXAMINED else None,
        steps=states.available(rules.STEPS, who, found),
        against={s.name: services.stands_in_the_way(who, found, s.name) for s in rules.STEPS},
        missing=reading.missing(found),
        period_words=PERIOD_KEY,
        records=reading.questionings(found),
        booking=reading.booking_of(found),
        extensions=extending.of_confirmation(found.id),
        served=served,
        names={p.id: p.name for p in people},
        deadlines=[d for d in periods.of_subject("confirmation", found.id) if d.ended_on is None],
        may_judge=rules.may_judge(who, found),
        may_work=rules.may_work(who, found),
        may_pack=may_pack(who, found),
        labels=labels,
        rules=rules,
        Status=Status,
        Question=Question,
        Ground=Ground,
        **context,
    )


def materials_form(found: Confirmation) -> forms.MaterialsForm:
    return forms.MaterialsForm(formdata=None, materials=list(found.materials), title_concerned=found.title_concerned)


def questioning_form(found: Confirmation, **kwargs: Any) -> forms.QuestioningForm:
    usual = {f"answer_{q.value}": text for q, text in documents.USUAL_ANSWER.items()}
    people = disputes.parties(found.dispute_id)
    form = forms.QuestioningForm(**(usual | {"present": [p.id for p in people]} | kwargs))
    form.present.choices = [SelectChoice(p.id, p.name) for p in people]
    return form


def checklist_form(found: Confirmation, **kwargs: Any) -> forms.ChecklistForm:
    known = {f"ground_{ground}": finding for ground, finding in found.checklist.items()}
    return forms.ChecklistForm(**({"reason": found.reason} | known | kwargs))


def serve_form(found: Confirmation, **kwargs: Any) -> forms.ServeForm:
    form = forms.ServeForm(**({"effective_on": clock.today()} | kwargs))
    done = {s.party_id for s in notices.services_of(found.ruling_document_id)} if found.ruling_document_id else set()
    people = [p for p in disputes.parties(found.dispute_id) if p.id not in done]
    form.party_id.choices = [SelectChoice(p.id, p.name) for p in people]
    if people and not form.receiver.data:
        form.receiver.data = people[0].name
    return form
