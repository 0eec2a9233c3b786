"""Complaints, sanctions and evaluations on the screen."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.documents import services as store
from mediation.kernel import clock, states
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.kernel.i18n import _
from mediation.roster import labels as words
from mediation.roster import services as roster
from mediation.roster.blueprint import bp, mediator_of, page_of
from mediation.roster.conduct import counting, labels, rules, services, sheet
from mediation.roster.conduct.forms import (
    AnswerForm,
    ComplaintForm,
    DecideForm,
    EvaluationForm,
    ExamineForm,
    ProposeForm,
)
from mediation.roster.conduct.models import Sanction
from mediation.roster.models import Mediator
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice
from mediation.web.files import handed_out, opening
from mediation.web.registry import Registry

FIRST_YEAR = 2017


def contribute(registry: Registry) -> None:
    """The words of these acts, and the pages behind what they are about."""
    registry.events.update(labels.EVENTS)
    registry.subjects["complaint"] = lambda who, number: (
        url_for("roster.complaint", complaint_id=number)
        if (found := services.get_complaint(who, number)) and rules.may_read_conduct(who, found)
        else None
    )
    registry.subjects["sanction"] = lambda who, number: (
        url_for("roster.sanction", sanction_id=number) if services.get_sanction(who, number) else None
    )


def _readable(mediator_id: int) -> Mediator:
    """The performance file of a mediator, for those who may read it."""
    found = mediator_of(mediator_id)
    if not rules.may_read_conduct(actor(), found):
        raise NotPermitted("read_conduct", article="S4 art. 10")
    return found


@bp.get("/roster/conduct")
def conduct_list() -> ResponseReturnValue:
    """What waits: complaints to examine, sanctions to decide, mediators to evaluate."""
    year = _year(request.args.get("year", clock.today().year - 1, type=int))
    complaints, sanctions = services.waiting(actor())
    people = roster.everybody(actor())
    return render_template(
        "roster/conduct/list.html",
        complaints=complaints,
        sanctions=sanctions,
        people=people,
        figures=services.figures(actor().court_id, year, [one.id for one in people]),
        results=services.results(actor().court_id, year),
        year=year,
        years=range(clock.today().year, max(FIRST_YEAR, clock.today().year - 4) - 1, -1),
        labels=labels,
        words=words,
    )


def _year(asked: int) -> int:
    return asked if FIRST_YEAR <= asked <= clock.today().year else abort(404)


@bp.route("/roster/mediators/<int:mediator_id>/conduct", methods=["GET", "POST"])
def conduct(mediator_id: int) -> ResponseReturnValue:
    """The file of a mediator: complaints, sanctions, evaluations; a complaint is taken in here."""
    found = _readable(mediator_id)
    form = ComplaintForm()
    if request.method == "GET":
        form.received_on.data = clock.today()
    if form.submitted():
        try:
            made = services.receive(
                actor(), found, received_on=form.received_on.data or clock.today(),
                complainant=form.complainant.data or "", ground=form.ground.data, text=form.text.data or "",
                dispute_no=form.dispute_no.data or "",
            )  # fmt: skip
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The complaint is taken in; it is examined next."))
            return redirect(url_for(".complaint", complaint_id=made.id))
    return page_of(
        "conduct",
        found,
        form=form,
        complaints=services.complaints_of(found),
        sanctions=services.sanctions_of(found),
        evaluations=services.evaluations_of(found),
        may_sanction=rules.may_sanction(actor(), found),
        year=clock.today().year - 1,
        conduct=labels,
    )


@bp.route("/roster/complaints/<int:complaint_id>", methods=["GET", "POST"])
def complaint(complaint_id: int) -> ResponseReturnValue:
    found = services.get_complaint(actor(), complaint_id) or abort(404)
    mediator = _readable(found.mediator_id)
    form = ExamineForm()
    if request.method == "POST":
        states.check(rules.COMPLAINT_STEPS, "find", actor(), found)
    if form.submitted():
        try:
            services.examine(actor(), found, form.step.data, finding=form.finding.data or "")
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The examination is closed; the file keeps it."))
            return redirect(url_for(".complaint", complaint_id=found.id))
    page = render_template(
        "roster/conduct/complaint.html",
        complaint=found,
        mediator=mediator,
        form=form,
        may_examine=bool(states.available(rules.COMPLAINT_STEPS, actor(), found)),
        may_sanction=rules.may_sanction(actor(), found),
        examined_by=services.who(found.examined_by_id),
        labels=labels,
        words=words,
    )
    return page, 422 if form.errors else 200


@bp.route("/roster/mediators/<int:mediator_id>/sanctions/new", methods=["GET", "POST"])
def propose_sanction(mediator_id: int) -> ResponseReturnValue:
    """First the mediator is told, then the mediator answers, then it is decided."""
    found = mediator_of(mediator_id)
    form = ProposeForm()
    founded = [c for c in services.complaints_of(found) if c.status is rules.ComplaintStatus.FOUNDED]
    form.complaint_id.choices = [
        SelectChoice(0, _("none: found by the court itself")),
        *(SelectChoice(c.id, f"{c.received_on:%Y-%m-%d} {words.GROUND[c.ground]}") for c in founded),
    ]
    if request.method == "GET":
        form.complaint_id.data = request.args.get("complaint", 0, type=int) or 0
    if form.submitted():
        chosen = next((one for one in founded if one.id == form.complaint_id.data), None)
        try:
            made = services.propose(
                actor(), found, kind=form.kind.data, ground=form.ground.data, facts=form.facts.data or "", complaint=chosen
            )  # fmt: skip
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The mediator has been told and may answer."))
            return redirect(url_for(".sanction", sanction_id=made.id))
    page = render_template(
        "roster/conduct/propose.html", mediator=found, form=form, days=roster.demands(found.court_id).hearing_days
    )
    return page, 422 if form.errors else 200


def _sanction(sanction_id: int) -> Sanction:
    return services.get_sanction(actor(), sanction_id) or abort(404)


def _sanction_page(
    found: Sanction, answer_form: AnswerForm | None = None, decide_form: DecideForm | None = None
) -> ResponseReturnValue:
    answer_form = answer_form or AnswerForm(formdata=None)
    decide_form = decide_form or DecideForm(formdata=None)
    open_now = found.status is rules.SanctionStatus.PROPOSED
    page = render_template(
        "roster/conduct/sanction.html",
        sanction=found,
        mediator=roster.get_mediator(actor(), found.mediator_id) or abort(404),
        answer_form=answer_form,
        decide_form=decide_form,
        may_answer=open_now and rules.may_answer(actor(), found.mediator_id, found.court_id),
        may_decide=open_now and rules.may_sanction(actor(), found),
        may_read=rules.may_read_conduct(actor(), found),
        decided_by=services.who(found.decided_by_id),
        proposed_by=services.who(found.proposed_by_id),
        article=rules.SANCTION_ARTICLE[found.kind],
        labels=labels,
        words=words,
    )
    return page, 422 if answer_form.errors or decide_form.errors else 200


@bp.get("/roster/sanctions/<int:sanction_id>")
def sanction(sanction_id: int) -> ResponseReturnValue:
    return _sanction_page(_sanction(sanction_id))


@bp.post("/roster/sanctions/<int:sanction_id>/answer")
def answer_sanction(sanction_id: int) -> ResponseReturnValue:
    found, form = _sanction(sanction_id), AnswerForm()
    if not rules.may_answer(actor(), found.mediator_id, found.court_id):
        raise NotPermitted("answer_sanction", article="S4 art. 10, 28")
    if form.submitted():
        services.answer(actor(), found, form.text.data or "")
        flash(_("The answer is in the file and is weighed in the decision."))
        return redirect(url_for(".sanction", sanction_id=found.id))
    return _sanction_page(found, answer_form=form)


@bp.post("/roster/sanctions/<int:sanction_id>/decision")
def decide_sanction(sanction_id: int) -> ResponseReturnValue:
    found, form = _sanction(sanction_id), DecideForm()
    states.check(rules.SANCTION_STEPS, "impose", actor(), found)
    if form.submitted():
        try:
            if form.step.data == "impose":
                services.impose(
                    actor(), found, reason=form.reason.data or "", until=form.until.data,
                    reported_to=form.reported_to.data or "",
                )  # fmt: skip
            else:
                services.drop(actor(), found, reason=form.reason.data or "")
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("Decided; the mediator has been told."))
            return redirect(url_for(".sanction", sanction_id=found.id))
    return _sanction_page(found, decide_form=form)


@bp.route("/roster/mediators/<int:mediator_id>/evaluation/<int:year>", methods=["GET", "POST"])
def evaluation(mediator_id: int, year: int) -> ResponseReturnValue:
    """The figures of a year and the result; once decided it stands."""
    found, year = _readable(mediator_id), _year(year)
    decided = services.results(found.court_id, year).get(found.id)
    form = EvaluationForm()
    if request.method == "POST" and not rules.may_sanction(actor(), found):
        raise NotPermitted("evaluate", article="S4 art. 10")
    if form.submitted():
        try:
            services.evaluate(actor(), found, year, result=form.result.data, text=form.text.data or "")
        except DomainError as refused:
            if not refused.field:
                raise
            form.refuse(refused)
        else:
            flash(_("The evaluation stands in the performance file."))
            return redirect(url_for(".evaluation", mediator_id=found.id, year=year))
    figures = decided.figures if decided else services.figures_now(found, year)
    page = render_template(
        "roster/conduct/evaluation.html",
        mediator=found,
        year=year,
        decided=decided,
        figures=figures,
        catalogue=figures.get("catalogue", ()),
        name_of=counting.name,
        demands=roster.demands(found.court_id),
        decided_by=services.who(decided.decided_by_id if decided else None),
        form=form,
        may_decide=decided is None and rules.may_sanction(actor(), found),
        labels=labels,
    )
    return page, 422 if form.errors else 200


@bp.get("/roster/mediators/<int:mediator_id>/evaluation/<int:year>/sheet")
def evaluation_sheet(mediator_id: int, year: int) -> ResponseReturnValue:
    """The sheet on paper: as it was decided, and before that with the figures as they stand and the result open."""
    found, year = _readable(mediator_id), _year(year)
    decided = services.results(found.court_id, year).get(found.id)
    if decided is None:
        content = sheet.draft(found, year, services.figures_now(found, year))
    else:
        content = _archived(found.id, year)
    answer = Response(content, mimetype="application/pdf")
    name, plain = f"{sheet.TITLE}（{found.name}，{year}）.pdf", f"evaluation-{found.id}-{year}.pdf"
    return handed_out(answer, name, plain=plain)


def _archived(mediator_id: int, year: int) -> bytes:
    """What still waits to be produced is produced for the first reader, who therefore may write."""
    with opening():
        mediator = _readable(mediator_id)
        decided = services.results(mediator.court_id, year)[mediator_id]
        document = sheet.archived(decided) or abort(404)
        return store.open_file(actor(), document).content
