"""More time to try a case on the screen: the judge asks on the case's page, the president decides on a list of its own."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.accounts.models import User
from mediation.disputes import services as disputes
from mediation.kernel import clock, states
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.litigation import forms, labels, services
from mediation.litigation.blueprint import bp, case_of
from mediation.litigation.case_page import more_time_form, sent
from mediation.litigation.limits import above, asking, rules
from mediation.litigation.limits import labels as limit_labels
from mediation.litigation.limits.models import LimitExtension
from mediation.litigation.models import LitigationCase
from mediation.periods.models import Deadline
from mediation.web.auth import actor


@bp.post("/cases/<int:case_id>/more-time")
def ask_more_time(case_id: int) -> ResponseReturnValue:
    """The judge of the case asks."""
    found = case_of(case_id)
    asking.may_be_asked(actor(), found)
    form = more_time_form(found)
    return sent(
        found,
        form,
        lambda: asking.ask(actor(), found, months=form.months.data or 0, reason=form.reason.data or ""),
        _("The president has been asked; until the decision the limit stays as it is."),
        more_time=form,
    )


@bp.post("/cases/<int:case_id>/higher-approval")
def record_approval(case_id: int) -> ResponseReturnValue:
    """A higher court has approved more time than the president may."""
    found = case_of(case_id)
    above.may_record(actor(), found)
    form = forms.ApprovalForm()
    return sent(
        found,
        form,
        lambda: above.record(
            actor(),
            found,
            authority=form.authority.data or "",
            number=form.number.data or "",
            approved_on=form.approved_on.data or clock.today(),
            until=form.until.data or clock.today(),
        ),
        _("The approval is recorded; the old last day is kept beside the new one."),
        approval=form,
    )


@bp.post("/cases/<int:case_id>/higher-request")
def ask_above(case_id: int) -> ResponseReturnValue:
    """The court asks a higher court for more time than the president may approve."""
    found = case_of(case_id)
    above.may_ask(actor(), found)
    form = forms.AskAboveForm()
    return sent(
        found,
        form,
        lambda: above.ask(
            actor(),
            found,
            authority=form.authority.data or "",
            number=form.number.data or "",
            asked_on=form.asked_on.data or clock.today(),
            reason=form.reason.data or "",
        ),
        _("The request is recorded; until the answer the limit runs on."),
        ask_above=form,
    )


@bp.post("/cases/<int:case_id>/higher-request/<int:request_id>/refused")
def refused_above(case_id: int, request_id: int) -> ResponseReturnValue:
    """The higher court has refused."""
    found = case_of(case_id)
    asked = above.request_in(found, request_id) or abort(404)
    above.may_refuse(actor(), found, asked)
    form = forms.RefusedAboveForm()
    return sent(
        found,
        form,
        lambda: above.refuse(
            actor(),
            found,
            asked,
            number=form.number.data or "",
            answered_on=form.answered_on.data or clock.today(),
            note=form.note.data or "",
        ),
        _("The refusal is recorded; the limit stays as it is."),
        refused_above=form,
    )


@bp.post("/cases/<int:case_id>/higher-request/<int:request_id>/noted")
def noted_above(case_id: int, request_id: int) -> ResponseReturnValue:
    """The higher court's answer came after the request had fallen away."""
    found = case_of(case_id)
    asked = above.request_in(found, request_id) or abort(404)
    above.may_note(actor(), found, asked)
    form = forms.NotedAboveForm()

    def act() -> None:
        above.note(
            actor(), found, asked, approved=form.answer.data == forms.GRANT, number=form.number.data or "",
            answered_on=form.answered_on.data or clock.today(), note=form.note.data or "",
        )  # fmt: skip

    return sent(found, form, act, _("The answer is kept with the request; nothing changes."), noted_above=form)


@bp.get("/cases/more-time")
def more_time() -> ResponseReturnValue:
    """What waits for the president."""
    asked = asking.waiting(actor())
    cases = [db.session.get_one(LitigationCase, one.case_id) for one in asked]
    titles = disputes.titles([one.dispute_id for one in asked])
    rows = [
        (one, case, services.number_of(case), titles[one.dispute_id]) for one, case in zip(asked, cases, strict=True)
    ]
    return render_template("litigation/more_time.html", rows=rows, labels=labels, limit=services.limit_of)


@bp.route("/cases/more-time/<int:request_id>", methods=["GET", "POST"])
def decide_more_time(request_id: int) -> ResponseReturnValue:
    """The president reads why, sees what follows, and decides."""
    asked = asking.get(actor(), request_id) or abort(404)
    case = db.session.get_one(LitigationCase, asked.case_id)
    states.check(rules.STEPS, "refuse", actor(), asked)
    form = forms.MoreTimeDecisionForm()
    if form.submitted():
        try:
            _decide(asked, form)
        except DomainError as refused:
            form.refuse(refused)
        else:
            return redirect(url_for("litigation.more_time"))
    wish = asking.wish(case, months=asked.months)
    page = render_template(
        "litigation/more_time_decision.html",
        asked=asked,
        case=case,
        number=services.number_of(case),
        title=disputes.titles([case.dispute_id])[case.dispute_id],
        judge=db.session.get_one(User, asked.requested_by_id).name,
        deadline=db.session.get_one(Deadline, asked.deadline_id),
        wish=wish,
        against=rules.in_the_way(wish),
        article=asking.article_of(services.limit_of(case)),
        form=form,
        labels=labels,
        limit_labels=limit_labels,
    )
    return page, 422 if form.errors else 200


def _decide(asked: LimitExtension, form: forms.MoreTimeDecisionForm) -> None:
    if form.answer.data == forms.GRANT:
        asking.grant(actor(), asked, note=form.note.data or "")
        flash(_("More time is approved; the old last day is kept beside the new one."))
    else:
        asking.refuse(actor(), asked, note=form.note.data or "")
        flash(_("More time is refused; the judge has been told."))
