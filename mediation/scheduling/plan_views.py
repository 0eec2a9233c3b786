"""What is settled ahead: the court's hours, duty of the resident mediators, rooms out of service every week."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel import clock
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _, _n
from mediation.roster.labels import WEEKDAY
from mediation.scheduling import door_views, labels, rules, services
from mediation.scheduling.blueprint import bp
from mediation.scheduling.models import Booking, DutyShift
from mediation.scheduling.plan_forms import EndForm, HoursForm, OneDayForm, SeriesEndForm, ShiftForm, WeeklyBlockForm
from mediation.scheduling.rules import Purpose
from mediation.scheduling.services import duty, hours
from mediation.web.auth import actor

WEEK = timedelta(days=7)


# ---- the court's hours ---------------------------------------------------------------------------------------------


@bp.get("/schedule/hours")
def court_hours() -> ResponseReturnValue:
    """From when on the court is open at which hours, and the meetings these hours no longer cover."""
    # As they are now: whoever settles others changes what differs.
    (opens, noon), (again, closes) = hours.days_of(actor().court_id).halves(clock.today())
    now = {"opens": opens, "noon": noon, "again": again, "closes": closes}
    return _hours_page(HoursForm(formdata=None, **{name: f"{at:%H:%M}" for name, at in now.items()}))


@bp.post("/schedule/hours")
def settle_hours() -> ResponseReturnValue:
    """Settle hours from a day to come on."""
    form = HoursForm()
    if form.submitted():
        try:
            outside = hours.settle_hours(
                actor(), since=form.since.given, opens=form.opens.moment, noon=form.noon.moment,
                again=form.again.moment, closes=form.closes.moment, reason=form.reason.data or "",
            )  # fmt: skip
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_n(
                "The hours are settled; %(num)s meeting lies outside them.",
                "The hours are settled; %(num)s meetings lie outside them.",
                len(outside),
            ))  # fmt: skip
            return redirect(url_for(".court_hours"))
    return _hours_page(form), 422


def _hours_page(form: HoursForm) -> str:
    days, today = hours.days_of(actor().court_id), clock.today()
    outside = hours.outside_hours(actor())
    return render_template(
        "scheduling/hours.html",
        form=form if rules.may_settle_hours(actor(), actor().court_id) else None,
        settled=hours.settled_hours(actor()),
        now=days.halves(today),
        today=today,
        usual=rules.OPENING,
        last=days.last,
        provisional=days.is_provisional(days.last),
        outside=outside,
        numbers=services.numbers({b.dispute_id for b in outside if b.dispute_id}),
        tools=door_views.tools(actor(), today),
        words=labels,
    )


# ---- duty ----------------------------------------------------------------------------------------------------------


@bp.get("/schedule/duty")
def duty_plan() -> ResponseReturnValue:
    """Who is on duty this week, and the shifts in force."""
    return _duty_page(_shift_form(fresh=True))


def _shift_form(*, fresh: bool = False) -> ShiftForm:
    form = ShiftForm(formdata=None) if fresh else ShiftForm()
    form.mediator_id.choices = [(m.id, m.name) for m in duty.residents(actor())]
    return form


def _duty_page(form: ShiftForm) -> str:
    days, asked = hours.days_of(actor().court_id), door_views.asked_day("week", clock.today())
    if not clock.today().year - 1 <= asked.year <= days.last.year:
        abort(404)
    first = asked - timedelta(days=asked.weekday())
    last = first + WEEK - timedelta(days=1)
    shifts = duty.shifts(actor().court_id)
    return render_template(
        "scheduling/duty.html",
        form=form if rules.may_keep_duty(actor(), actor().court_id) else None,
        week=duty.week_of(actor().court_id, first, last, days),
        works=days.works,
        first=first,
        last=last,
        previous=first - WEEK,
        following=first + WEEK,
        today=clock.today(),
        shifts=shifts,
        names=duty.names_of(shifts),
        weekdays=WEEKDAY,
        tools=door_views.tools(actor(), clock.today()),
    )


@bp.post("/schedule/duty")
def plan_duty() -> ResponseReturnValue:
    """Plan a resident mediator's duty."""
    form = _shift_form()
    if form.submitted():
        pattern = form.pattern()
        try:
            duty.plan_shift(
                actor(), mediator_id=form.mediator_id.data, weekdays=pattern.weekdays, every=pattern.every,
                starts=form.starts.moment, ends=form.ends.moment, first_day=pattern.first, last_day=pattern.last,
            )  # fmt: skip
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The duty is planned."))
            return redirect(url_for(".duty_plan"))
    return _duty_page(form), 422


def _shift(shift_id: int) -> DutyShift:
    return duty.shift(actor(), shift_id) or abort(404)


@bp.get("/schedule/duty/<int:shift_id>")
def duty_shift(shift_id: int) -> ResponseReturnValue:
    """One duty, the days on which it is otherwise, and its end."""
    return _shift_page(_shift(shift_id), OneDayForm(formdata=None), EndForm(formdata=None))


@bp.post("/schedule/duty/<int:shift_id>/days")
def change_duty(shift_id: int) -> ResponseReturnValue:
    """One day otherwise: left out, or made up."""
    found, form = _shift(shift_id), OneDayForm()
    if form.submitted():
        try:
            duty.change_day(
                actor(), found, day=form.day.given, extra=form.extra.data == "yes", reason=form.reason.data or ""
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The duty is changed for that day."))
            return redirect(url_for(".duty_shift", shift_id=found.id))
    return _shift_page(found, form, EndForm(formdata=None)), 422


@bp.post("/schedule/duty/<int:shift_id>/end")
def end_duty(shift_id: int) -> ResponseReturnValue:
    """No duty after a day."""
    found, form = _shift(shift_id), EndForm()
    if form.submitted():
        try:
            duty.end_shift(actor(), found, last_day=form.last_day.given)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The duty ends on that day."))
            return redirect(url_for(".duty_plan"))
    return _shift_page(found, OneDayForm(formdata=None), form), 422


def _shift_page(found: DutyShift, other: OneDayForm, ending: EndForm) -> str:
    return render_template(
        "scheduling/duty_shift.html",
        shift=found,
        name=duty.names_of([found]).get(found.mediator_id, ""),
        other=other,
        ending=ending,
        may_change=rules.may_keep_duty(actor(), found.court_id) and found.last_day >= clock.today(),
        weekdays=WEEKDAY,
    )


# ---- rooms out of service ------------------------------------------------------------------------------------------


@bp.get("/schedule/blockings")
def blockings() -> ResponseReturnValue:
    """Which rooms are out of service in the time to come, once or week after week."""
    return _blockings_page(_weekly_form(fresh=True))


def _weekly_form(*, fresh: bool = False) -> WeeklyBlockForm:
    form = WeeklyBlockForm(formdata=None) if fresh else WeeklyBlockForm()
    form.resource_id.choices = [(r.id, r.name) for r in services.resources(actor())]
    return form


def _blockings_page(form: WeeklyBlockForm) -> str:
    found = services.blockings(actor())
    series: dict[str, list[Booking]] = {}
    for one in found:
        series.setdefault(one.series or f"#{one.id}", []).append(one)
    return render_template(
        "scheduling/blockings.html",
        form=form if rules.may_block(actor(), actor().court_id) else None,
        series=list(series.values()),
        tools=door_views.tools(actor(), clock.today()),
    )


@bp.post("/schedule/blockings")
def block_weekly() -> ResponseReturnValue:
    """Take a room out of service week after week."""
    form = _weekly_form()
    if form.submitted():
        try:
            made = services.block_weekly(
                actor(), resource_id=form.resource_id.data, pattern=form.pattern(), begins=form.begins.moment,
                ends=form.ends.moment, note=form.note.data or "",
            )  # fmt: skip
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_n(
                "The room is out of service on %(num)s day.", "The room is out of service on %(num)s days.", len(made)
            ))  # fmt: skip
            return redirect(url_for(".blockings"))
    return _blockings_page(form), 422


@bp.route("/bookings/<int:booking_id>/series-end", methods=["GET", "POST"])
def end_series(booking_id: int) -> ResponseReturnValue:
    """End a weekly blocking from this day on."""
    found = services.get(actor(), booking_id)
    if found is None or found.purpose is not Purpose.BLOCKED:
        abort(404)
    form = SeriesEndForm()
    if form.submitted():
        number = services.end_series(actor(), found, form.reason.data or "")
        flash(_n("%(num)s day is free again.", "%(num)s days are free again.", number))
        return redirect(url_for(".blockings"))
    page = render_template(
        "scheduling/series_end.html", form=form, booking=found, number=services.left_of_series(found)
    )
    return page, 422 if request.method == "POST" else 200
