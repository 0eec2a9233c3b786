"""What mediators keep themselves: profile, leave, hours of the week. The registry keeps them in the same place."""

from collections import Counter

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel import clock
from mediation.kernel.errors import DomainError, NotPermitted, Stale
from mediation.kernel.i18n import _
from mediation.roster import labels, rules, services
from mediation.roster.blueprint import bp, mediator_of, page_of
from mediation.roster.conduct import labels as conduct_labels
from mediation.roster.conduct import services as conduct
from mediation.roster.forms import STRETCHES, LeaveForm, ProfileForm, WeekForm
from mediation.roster.models import Mediator
from mediation.web.auth import actor
from mediation.web.templating import moment

CONFLICT = 409


@bp.get("/roster/own")
def own() -> ResponseReturnValue:
    """A mediator's own profile; an organisation chooses one of its members."""
    if actor().mediator_id is not None:
        return redirect(url_for(".profile", mediator_id=actor().mediator_id))
    body = services.get_organisation(actor(), actor().organisation_id or 0) or abort(404)
    return render_template(
        "roster/own_members.html",
        organisation=body,
        members=services.members(actor(), body),
        loads=services.loads(actor().court_id),
        today=clock.today(),
        labels=labels,
    )


@bp.route("/roster/mediators/<int:mediator_id>/profile", methods=["GET", "POST"])
def profile(mediator_id: int) -> ResponseReturnValue:
    found = mediator_of(mediator_id)
    if not rules.may_keep(actor(), found):
        raise NotPermitted("profile", article="S4 art. 10")
    form = ProfileForm(obj=found)
    if form.submitted():
        services.keep_profile(
            actor(), found, phone=form.phone.data or "", address=form.address.data or "",
            introduction=form.introduction.data or "", languages=form.languages.data or [],
        )  # fmt: skip
        flash(_("Your profile is kept.") if rules.is_own(actor(), found) else _("The profile is kept."))
        return redirect(url_for(".profile", mediator_id=found.id))
    attended = services.trainings(found)
    return page_of(
        "profile",
        found,
        form=form,
        hours=services.hours_by_year(attended).get(clock.today().year, 0),
        demands=services.demands(found.court_id),
        today=clock.today(),
        sanctions=conduct.sanctions_of(found) if actor().mediator_id == found.id else (),
        evaluations=conduct.evaluations_of(found),
        conduct=conduct_labels,
    )


def _time_page(found: Mediator, leave_form: LeaveForm, week_form: WeekForm) -> tuple[str, int]:
    return page_of(
        "time",
        found,
        leave_form=leave_form,
        week_form=week_form,
        leaves=services.leave_of(found),
        hours=services.weekly_hours(found),
    )


def _week(found: Mediator) -> WeekForm:
    """The form as the week stands, both stretches of each day."""
    data: dict[str, object] = {"seen": services.hours_seen(found)}
    taken: Counter[int] = Counter()
    for row in services.weekly_hours(found):
        begins, ends = STRETCHES[taken[row.weekday]]
        data |= {f"{begins}_{row.weekday}": row.starts, f"{ends}_{row.weekday}": row.ends}
        taken[row.weekday] += 1
    return WeekForm(formdata=None, data=data)


@bp.get("/roster/mediators/<int:mediator_id>/time")
def time(mediator_id: int) -> ResponseReturnValue:
    found = mediator_of(mediator_id)
    return _time_page(found, LeaveForm(formdata=None), _week(found))


@bp.post("/roster/mediators/<int:mediator_id>/leave")
def take_leave(mediator_id: int) -> ResponseReturnValue:
    found = mediator_of(mediator_id)
    form = LeaveForm()
    if not rules.may_keep(actor(), found):
        raise NotPermitted("take_leave", article="S4 art. 10")
    if form.submitted():
        try:
            services.take_leave(
                actor(), found, from_on=form.from_on.data or clock.today(), to_on=form.to_on.data or clock.today(),
                reason=form.reason.data or "",
            )  # fmt: skip
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The leave is entered: on these days nothing is given and nothing planned."))
            return redirect(url_for(".time", mediator_id=found.id))
    return _time_page(found, form, _week(found))


@bp.post("/roster/mediators/<int:mediator_id>/leave/<int:leave_id>/cancel")
def cancel_leave(mediator_id: int, leave_id: int) -> ResponseReturnValue:
    found = mediator_of(mediator_id)
    leave = services.get_leave(found, leave_id) or abort(404)
    services.cancel_leave(actor(), found, leave)
    flash(_("The leave is taken back."))
    return redirect(url_for(".time", mediator_id=found.id))


@bp.post("/roster/mediators/<int:mediator_id>/hours")
def set_hours(mediator_id: int) -> ResponseReturnValue:
    found = mediator_of(mediator_id)
    form = WeekForm()
    if not rules.may_keep(actor(), found):
        raise NotPermitted("hours", article="S4 art. 10")
    if form.submitted():
        try:
            services.set_hours(actor(), found, form.told, seen=form.seen.data)
        except Stale as late:
            return _late(found, form, late)
        except DomainError as refused:
            refused.field = form.place_of(refused.field)
            form.refuse(refused)
        else:
            flash(_("The hours of the week are set."))
            return redirect(url_for(".time", mediator_id=found.id))
    return _time_page(found, LeaveForm(formdata=None), form)


def _late(found: Mediator, form: WeekForm, late: Stale) -> ResponseReturnValue:
    """Somebody was faster: what was typed stays, what stands there now is shown, and saving again puts it in its place."""
    last = services.last_set(found)
    said = str(late.message)
    if last is not None:
        said = _(
            "%(who)s has set other hours on %(moment)s, shown above, while this page was open. Save again to put yours in their place.",
            who=last.actor_name, moment=moment(last.at),
        )  # fmt: skip
    form.form_errors.append(said)
    form.seen.data = services.hours_seen(found)
    page, _status = _time_page(found, LeaveForm(formdata=None), form)
    return page, CONFLICT
