"""Sessions and undisputed facts."""

from datetime import datetime, timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from mediation.agreements import forms, labels, rules
from mediation.agreements.models import MediationSession
from mediation.agreements.rules import Duty, Method, SessionStatus
from mediation.agreements.services import drafting, facts, sessions
from mediation.agreements.views.shared import arranged, assignment_of, bp, conducted, session_of
from mediation.assignment import services as assignments
from mediation.assignment.models import Assignment
from mediation.assignment.together import present as together
from mediation.disputes import services as disputes
from mediation.kernel import clock, states
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.scheduling import labels as booking_labels
from mediation.scheduling import rules as booking_rules
from mediation.scheduling import services as scheduling
from mediation.scheduling.rules import ResourceKind
from mediation.web import slots
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice
from mediation.web.slots import SlotForm
from mediation.web.templating import day


def _asked() -> MultiDict[str, str] | None:
    """A time and room in the address: from the free times of this page, or clicked on the board."""
    asked = MultiDict(request.args)
    try:
        start = datetime.fromisoformat(asked.get("at", ""))
    except ValueError:
        return asked or None
    asked["day"], asked["time"] = f"{start:%Y-%m-%d}", f"{start:%H:%M}"
    asked["resource_id"] = asked.get("resource", "")
    return asked


@bp.route("/assignments/<int:assignment_id>/sessions/new", methods=["GET", "POST"])
def plan(assignment_id: int) -> ResponseReturnValue:
    assignment = assignment_of(assignment_id)
    if not rules.may_arrange(actor(), assignment):
        abort(403)
    form = forms.PlanForm() if request.method == "POST" else forms.PlanForm(_asked())
    rooms = {r.id: r.name for r in scheduling.resources(actor(), (ResourceKind.ROOM, ResourceKind.VIDEO_ROOM))}
    form.resource_id.choices = [SelectChoice(i, name) for i, name in rooms.items()]
    if form.submitted():
        starts = clock.at(form.day.data or clock.today(), form.hour, form.minute)
        try:
            made = sessions.plan(
                actor(),
                assignment,
                starts_at=starts,
                ends_at=starts + timedelta(minutes=form.minutes.data or 0),
                resource_id=form.resource_id.data,
                method=Method(form.method.data),
                agreed_short_notice=form.agreed_short_notice.data,
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            _booked(assignment, starts)
            return redirect(_onward(made))
    free = scheduling.free_times(
        actor(),
        mediator_ids=together.mediator_ids(assignment),
        party_ids=[p.id for p in disputes.parties(assignment.dispute_id)],
        limit=6,
    )
    if request.method == "GET" and not request.args and free:
        # The first common time stands there already: one press books it.
        first = clock.local(free[0].span.starts_at)
        form.day.data, form.time.data, form.resource_id.data = first.date(), f"{first:%H:%M}", free[0].resource_id
    slots = [
        {
            "url": url_for(
                "agreements.plan",
                assignment_id=assignment_id,
                day=f"{clock.local(f.span.starts_at):%Y-%m-%d}",
                time=f"{clock.local(f.span.starts_at):%H:%M}",
                minutes=90,
                resource_id=f.resource_id,
                method=Method.ON_SITE.value,
            ),
            "taken": (form.day.data, form.time.data, form.resource_id.data)
            == (clock.local(f.span.starts_at).date(), f"{clock.local(f.span.starts_at):%H:%M}", f.resource_id),
            "starts_at": f.span.starts_at,
            "ends_at": f.span.ends_at,
            "room": rooms.get(f.resource_id, ""),
        }
        for f in free
    ]
    dispute = disputes.get(actor(), assignment.dispute_id)
    title = disputes.title(dispute) if dispute is not None else ""
    page = render_template("agreements/plan.html", form=form, dispute=dispute, title_of_dispute=title, slots=slots)
    return page, 422 if form.errors else 200


def _onward(made: MediationSession) -> str:
    """To the session for whoever conducts it; the registry goes back to the dispute."""
    if rules.may_conduct(actor(), made):
        return url_for("agreements.session", session_id=made.id)
    return url_for("disputes.dispute", dispute_id=made.dispute_id)


def _booked(assignment: Assignment, starts: datetime) -> None:
    """Said at once when the mediation would be over by then: only an extension makes room for it (S4 art. 27)."""
    flash(_("The session is booked; the notices to the parties are in the outbox."))
    limit = assignments.clock_of(assignment)
    if limit is not None and limit.is_running and clock.local(starts).date() > limit.final_on:
        flash(
            _("The session lies after the last day of the mediation, %(day)s: extend it before that day.", day=day(limit.final_on)),
            "warning",
        )  # fmt: skip


@bp.route("/sessions/<int:session_id>/place", methods=["GET", "POST"])
def place(session_id: int) -> ResponseReturnValue:
    """Another time and room for a session that has lost its own: one of the first free ones, or any other."""
    found = arranged(session_id)
    form = SlotForm()
    _offer(form, found)
    if form.submitted():
        picked = form.chosen()
        try:
            sessions.rebook(
                actor(),
                found,
                starts_at=picked.starts_at,
                ends_at=picked.ends_at,
                resource_id=picked.resource_id,
                agreed_short_notice=form.agreed_short_notice.data,
            )
        except DomainError as refused:
            form.refuse(refused)
            _offer(form, found)
        else:
            _booked(found.assignment, picked.starts_at)
            return redirect(_onward(found))
    page = render_template(
        "agreements/place.html",
        form=form,
        dispute=disputes.get(actor(), found.dispute_id),
        back=_onward(found),
    )
    return page, 422 if form.errors else 200


def _offer(form: SlotForm, found: MediationSession) -> None:
    rooms = scheduling.resources(actor(), (ResourceKind.ROOM, ResourceKind.VIDEO_ROOM))
    form.offer(sessions.free_times(actor(), found, limit=6), {r.id: r.name for r in rooms})


@bp.get("/sessions/<int:session_id>")
def session(session_id: int) -> ResponseReturnValue:
    return _session_page(session_of(session_id))


def _session_page(found: MediationSession, **given: Any) -> ResponseReturnValue:
    """The session's page; a form that was refused is shown again as it was typed."""
    opening = forms.OpeningForm(formdata=None)
    everybody = [SelectChoice(a.id, a.name) for a in found.attendances]
    opening.present.choices = opening.identity.choices = opening.authority.choices = everybody
    context = {
        "opening": opening,
        "minutes": forms.MinutesForm(formdata=None, obj=found),
        "note": forms.NoteForm(formdata=None),
        "fact": forms.FactForm(formdata=None),
        "cancelling": forms.ReasonForm(formdata=None),
    } | given
    booking = sessions.booking_of(found)
    lost = sessions.is_without_room(found, booking)
    again = []
    if lost and rules.may_conduct(actor(), found):
        names = {r.id: r.name for r in scheduling.resources(actor())}
        again = [
            (slots.key(free), slots.told(free, names), free.resource_id) for free in sessions.free_times(actor(), found)
        ]
    return render_template(
        "agreements/session.html",
        session=found,
        dispute=disputes.get(actor(), found.dispute_id),
        title_of_dispute=disputes.titles([found.dispute_id]).get(found.dispute_id, ""),
        booking=booking,
        may_move=booking is not None
        and found.status is SessionStatus.PLANNED
        and "move" in states.available(booking_rules.STEPS, actor(), booking),
        other_day=sessions.is_on_other_day(booking),
        lost=lost,
        booking_words=booking_labels.BOOKING_STATUS,
        again=again,
        notes=sessions.notes(actor(), found),
        facts=facts.of_assignment(found.assignment_id),
        agreements=drafting.of_dispute(found.dispute_id),
        may_conduct=rules.may_conduct(actor(), found),
        labels=labels,
        Status=SessionStatus,
        **context,
    )


@bp.post("/sessions/<int:session_id>/opening")
def open_session(session_id: int) -> ResponseReturnValue:
    found = session_of(session_id)
    form = forms.OpeningForm()
    everybody = [SelectChoice(a.id, a.name) for a in found.attendances]
    form.present.choices = form.identity.choices = form.authority.choices = everybody
    if form.submitted():
        checked, authorised = set(form.identity.data or ()), set(form.authority.data or ())
        present = {i: (i in checked, i in authorised) for i in form.present.data or ()}
        try:
            sessions.open_session(
                actor(),
                found,
                present=present,
                duties={Duty(d) for d in form.duties.data or ()},
                other_day=form.other_day.data or "",
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The session has begun. What you write is kept as you type."))
            return redirect(url_for("agreements.session", session_id=session_id))
    return _session_page(found, opening=form)


@bp.post("/sessions/<int:session_id>/minutes")
def write(session_id: int) -> ResponseReturnValue:
    found = session_of(session_id)
    form = forms.MinutesForm()
    if form.submitted():
        version = form.version.data or 0
        sessions.write(
            actor(), found, minutes=form.minutes.data or "", outcome=form.outcome.data or "", version=version
        )
        flash(_("The minutes are saved."))
        return redirect(url_for("agreements.session", session_id=session_id))
    return _session_page(found, minutes=form)


@bp.post("/sessions/<int:session_id>/notes")
def take_note(session_id: int) -> ResponseReturnValue:
    found = session_of(session_id)
    form = forms.NoteForm()
    if form.submitted():
        sessions.take_note(actor(), found, text=form.text.data or "")
        return redirect(url_for("agreements.session", session_id=session_id))
    return _session_page(found, note=form)


@bp.post("/sessions/<int:session_id>/closing")
def close(session_id: int) -> ResponseReturnValue:
    found = session_of(session_id)
    step = request.form.get("step", "")
    if step not in {"adjourn", "end"}:
        abort(400)
    sessions.close(actor(), found, step)
    flash(_("The session is closed; the record is being made."))
    if step == "adjourn":
        return redirect(url_for("agreements.plan", assignment_id=found.assignment_id))
    return redirect(url_for("disputes.dispute", dispute_id=found.dispute_id))


@bp.post("/sessions/<int:session_id>/cancellation")
def cancel(session_id: int) -> ResponseReturnValue:
    found = session_of(session_id)
    form = forms.ReasonForm()
    if form.submitted():
        sessions.cancel(actor(), found, reason=form.reason.data or "")
        flash(_("The session is cancelled, the room is free again, the parties will be told."))
        return redirect(url_for("disputes.dispute", dispute_id=found.dispute_id))
    return _session_page(found, cancelling=form)


@bp.route("/assignments/<int:assignment_id>/facts", methods=["GET", "POST"])
def undisputed(assignment_id: int) -> ResponseReturnValue:
    assignment = conducted(assignment_id)
    form = forms.FactForm()
    if form.submitted():
        try:
            facts.state(actor(), assignment, text=form.text.data or "", evidence=form.evidence.data or "")
        except DomainError as refused:
            form.refuse(refused)
        else:
            return redirect(url_for("agreements.undisputed", assignment_id=assignment_id))
    return render_template(
        "agreements/facts.html",
        form=form,
        assignment=assignment,
        dispute=disputes.get(actor(), assignment.dispute_id),
        facts=facts.of_assignment(assignment_id),
    )


@bp.post("/assignments/<int:assignment_id>/facts/confirmation")
def confirm_facts(assignment_id: int) -> ResponseReturnValue:
    facts.confirm_all(actor(), conducted(assignment_id))
    flash(_("The facts are recorded as confirmed by all parties; the record is being made."))
    return redirect(url_for("agreements.undisputed", assignment_id=assignment_id))


@bp.post("/assignments/<int:assignment_id>/facts/<int:fact_id>/withdrawal")
def withdraw_fact(assignment_id: int, fact_id: int) -> ResponseReturnValue:
    assignment = conducted(assignment_id)
    fact = facts.get(actor(), assignment, fact_id) or abort(404)
    facts.withdraw(actor(), assignment, fact)
    return redirect(url_for("agreements.undisputed", assignment_id=assignment_id))
