"""Finding a time for a dispute: what parties said, the first common times and why not earlier, holding, waiting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.opening import opened
from mediation.kernel import clock, states
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.scheduling import door_views, labels, rules, services
from mediation.scheduling.blueprint import bp
from mediation.scheduling.finding_forms import KINDS, MEETINGS, AskForm, HoldForm, SayForm, WishForm
from mediation.scheduling.models import Booking, Wish
from mediation.scheduling.rules import DayPart, Needs, Passed, Purpose, ResourceKind
from mediation.scheduling.services import finding, saying, waiting
from mediation.scheduling.services.hours import day_of
from mediation.scheduling.services.naming import people_names
from mediation.scheduling.services.people import People, gathered, judges_of, mediators_of
from mediation.scheduling.services.waiting import Wished
from mediation.web import slots
from mediation.web.auth import actor
from mediation.web.templating import registry


@dataclass(frozen=True)
class Reason:
    """Beginnings that fell out for the same reasons, one after the other on one day."""

    first: Passed
    last: Passed
    words: str


@dataclass
class Forms:
    """The forms of the page; a refused one is shown as it was typed."""

    ask: AskForm
    hold: HoldForm
    wish: WishForm
    say: SayForm


def _dispute(dispute_id: int) -> Dispute:
    return opened(dispute_id)


def _forms(dispute: Dispute, sent: str = "") -> Forms:
    """The question comes from the address, whichever of the other forms was sent."""
    parties = {p.id: p.name for p in disputes.parties(dispute.id)}
    usual = next((p for p in MEETINGS if rules.may_plan(actor(), dispute.court_id, p)), Purpose.SESSION)
    kind = KINDS.get(usual, ResourceKind.ROOM)
    ask = AskForm(request.args or None, purpose=usual, kind=kind, parties=list(parties))
    ask.choices_from(judges_of(dispute.court_id), parties)
    made = {
        name: made() if name == sent else made(formdata=None)
        for name, made in (("hold", HoldForm), ("wish", WishForm), ("say", SayForm))
    }
    made["say"].party.choices = list(parties.items())
    return Forms(ask, **made)


def _people(dispute: Dispute, ask: AskForm) -> People:
    purpose = Purpose(ask.purpose.data)
    judges = (ask.judge.data,) if ask.judge.data else ()
    return gathered(
        mediator_ids=mediators_of(dispute.id) if purpose is Purpose.SESSION else (),
        judge_ids=judges if purpose is not Purpose.SESSION else (),
        party_ids=ask.parties.data or (),
    )


def _asked(dispute: Dispute, ask: AskForm) -> finding.Ask:
    since = ask.since.data
    asked = finding.asking(
        actor(),
        length=timedelta(minutes=ask.minutes.data),
        kinds=(ResourceKind(ask.kind.data),),
        needs=Needs(ask.seats.data or 0, ask.equipment.data or ""),
        since=clock.at(since) if since else None,
        dispute_id=dispute.id,
    )
    people = _people(dispute, ask)
    return replace(asked, people=people, off_duty=finding.agrees_by_acting(actor(), people))


@bp.get("/disputes/<int:dispute_id>/times")
def find_time(dispute_id: int) -> ResponseReturnValue:
    """The first times that all who must be there and a fitting room have in common."""
    dispute = _dispute(dispute_id)
    return _page(dispute, _forms(dispute))


def _page(dispute: Dispute, forms: Forms) -> ResponseReturnValue:
    fits = not request.args or forms.ask.validate()
    search = finding.search(_asked(dispute, forms.ask)) if fits else None
    rooms = {r.id: r.name for r in services.resources(actor())}
    if search is not None:
        times = [common.free for common in search.found]
        forms.hold.slot.choices = [(slots.key(free), slots.told(free, rooms)) for free in times]
        if times and request.method == "GET":
            forms.hold.slot.data = slots.key(times[0])
    purpose = Purpose(forms.ask.purpose.data) if fits else Purpose.SESSION
    page = render_template(
        "scheduling/times.html",
        dispute=dispute,
        title=disputes.title(dispute),
        forms=forms,
        search=search,
        reasons=_reasons(search) if search else [],
        told=[slots.told(common.free, rooms) for common in search.found] if search else [],
        said=saying.of_parties(dispute.id),
        parties={p.id: p.name for p in disputes.parties(dispute.id)},
        mediators=_mediator_names(dispute) if purpose is Purpose.SESSION else [],
        may_plan=rules.may_plan(actor(), dispute.court_id, purpose) and dispute.closed_at is None,
        may_say=rules.may_say(actor(), dispute.court_id) and dispute.closed_at is None,
        here=request.args.to_dict(flat=False),
        last_said=clock.today() + saying.AHEAD,
        words=labels,
    )
    wrong = any(form.errors for form in (forms.ask, forms.hold, forms.wish, forms.say))
    return page, 422 if wrong else 200


def _mediator_names(dispute: Dispute) -> list[str]:
    people = People(mediators=mediators_of(dispute.id))
    return list(people_names(people.keys).values())


def _reasons(search: finding.Search) -> list[list[Reason]]:
    """For each common time what was passed over before it; last what came after all of them."""
    lists = [*(common.before for common in search.found), search.rest]
    who = {(bar.kind, bar.key) for found in lists for passed in found for bar in passed.bars if bar.key}
    names = people_names(who)
    return [list(_grouped(found, names)) for found in lists]


def _grouped(found: Sequence[Passed], names: Mapping[Any, str]) -> Any:
    def same(passed: Passed) -> tuple[Any, ...]:
        return (day_of(passed.span.starts_at), *((bar.why, bar.kind, bar.key) for bar in passed.bars))

    for _key, run in groupby(found, same):
        rows = list(run)
        words = dict.fromkeys(_against(bar, names) for bar in rows[0].bars)
        yield Reason(rows[0], rows[-1], _("; ").join(words))


def _against(bar: rules.Bar, names: Mapping[Any, str]) -> str:
    name = names.get((bar.kind, bar.key), "")
    words = str(labels.WHY[bar.why])
    return _("%(name)s: %(reason)s", name=name, reason=words) if name else words


@bp.post("/disputes/<int:dispute_id>/holds")
def hold_time(dispute_id: int) -> ResponseReturnValue:
    """Keep a time while the parties are asked."""
    dispute = _planned_by(dispute_id)
    forms = _forms(dispute, "hold")
    picked = forms.hold.chosen()
    if (not request.args or forms.ask.validate()) and forms.hold.submitted():
        if picked is None:
            forms.hold.slot.errors = [_("Choose one of the times.")]
            return _page(dispute, forms)
        try:
            held = services.hold(
                actor(), dispute_id=dispute.id, purpose=Purpose(forms.ask.purpose.data), starts_at=picked.starts_at,
                ends_at=picked.ends_at, lasting=forms.hold.length, people=_people(dispute, forms.ask),
                resource_id=picked.resource_id, note=forms.hold.note.data or "",
            )  # fmt: skip
        except DomainError as refused:
            forms.hold.refuse(refused)
        else:
            flash(_("The time is held. Nobody else can take it until then."))
            return redirect(url_for(".waiting_list", _anchor=f"hold-{held.id}"))
    return _page(dispute, forms)


def _planned_by(dispute_id: int) -> Dispute:
    """A dispute whose meetings this reader may plan, each for the own kind of meeting (DOMAIN 2.2)."""
    dispute, purpose = _dispute(dispute_id), request.args.get("purpose", "")
    known = {p.value: p for p in MEETINGS}
    wanted = [known[purpose]] if purpose in known else list(MEETINGS)
    if not any(rules.may_plan(actor(), dispute.court_id, one) for one in wanted):
        abort(403)
    return dispute


@bp.post("/disputes/<int:dispute_id>/wishes")
def wait_for_time(dispute_id: int) -> ResponseReturnValue:
    """Wait until a time becomes free."""
    dispute = _planned_by(dispute_id)
    forms = _forms(dispute, "wish")
    if (not request.args or forms.ask.validate()) and forms.wish.submitted():
        ask = forms.ask
        wished = Wished(
            dispute.id, Purpose(ask.purpose.data), _people(dispute, ask), ask.minutes.data, forms.wish.first_day.given,
            forms.wish.last_day.given, forms.wish.deadline_on.data, ResourceKind(ask.kind.data),
            Needs(ask.seats.data or 0, ask.equipment.data or ""),
        )  # fmt: skip
        try:
            waiting.wish(actor(), wished)
        except DomainError as refused:
            forms.wish.refuse(refused)
        else:
            flash(_("The dispute is on the waiting list; you are told when a time becomes free."))
            return redirect(url_for(".waiting_list"))
    return _page(dispute, forms)


@bp.post("/disputes/<int:dispute_id>/unavailable")
def say(dispute_id: int) -> ResponseReturnValue:
    """Take down days on which a party cannot come."""
    dispute = _dispute(dispute_id)
    forms = _forms(dispute, "say")
    if forms.say.submitted():
        form = forms.say
        party = disputes.party(dispute.id, form.party.data) or abort(404)
        try:
            saying.say(
                actor(), party, first_day=form.first_day.given, last_day=form.last_day.given,
                part=DayPart(form.part.data), note=form.note.data or "",
            )  # fmt: skip
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("Taken down; no meeting is offered on these days."))
            return redirect(url_for(".find_time", dispute_id=dispute.id, **_here()))
    return _page(dispute, forms)


def _here() -> dict[str, Any]:
    return request.args.to_dict(flat=False)


@bp.post("/disputes/<int:dispute_id>/unavailable/<int:said_id>/withdrawal")
def take_back(dispute_id: int, said_id: int) -> ResponseReturnValue:
    """The party can come after all."""
    dispute = _dispute(dispute_id)
    saying.take_back(actor(), saying.get_said(dispute.id, said_id) or abort(404))
    return redirect(url_for(".find_time", dispute_id=dispute.id, **_here()))


# ---- held times and the waiting list -------------------------------------------------------------------------------


@bp.get("/schedule/waiting")
def waiting_list() -> ResponseReturnValue:
    """What is held while parties are asked, and who waits for a time."""
    held, wishes = waiting.held_by(actor()), waiting.wishes(actor())
    ids = sorted({b.dispute_id for b in held if b.dispute_id} | {w.dispute_id for w in wishes})
    return render_template(
        "scheduling/waiting.html",
        held=[(b, _query(b), states.available(rules.STEPS, actor(), b)) for b in held],
        wishes=[(w, states.available(rules.WISH_STEPS, actor(), w)) for w in wishes],
        titles=disputes.titles(ids),
        numbers=services.numbers(ids),
        may_plan=any(rules.may_plan(actor(), actor().court_id, p) for p in MEETINGS),
        may_fix={offer.dispute_id for find in registry().meetings for offer in find(actor(), "")},
        tools=door_views.tools(actor(), clock.today()),
        words=labels,
    )


def _query(held: Booking) -> dict[str, Any]:
    """The way to fix what is held: the same time, room and length, for the same dispute."""
    minutes = int((held.ends_at - held.starts_at).total_seconds()) // 60
    return slots.query(held.starts_at, held.resource_id) | {"minutes": minutes, "dispute": held.dispute_id}


def _held(booking_id: int) -> Booking:
    found = services.get(actor(), booking_id)
    if found is None or found.dispute_id is None or not disputes.sees(actor(), found.dispute_id):
        abort(404)
    return found


@bp.post("/bookings/<int:booking_id>/hold-end")
def drop_hold(booking_id: int) -> ResponseReturnValue:
    """Let go of a held time."""
    waiting.drop(actor(), _held(booking_id))
    flash(_("The time is free again."))
    return redirect(url_for(".waiting_list"))


@bp.post("/wishes/<int:wish_id>/withdrawal")
def withdraw_wish(wish_id: int) -> ResponseReturnValue:
    """Wait no longer."""
    waiting.withdraw(actor(), _wish(wish_id))
    flash(_("The dispute is off the waiting list."))
    return redirect(url_for(".waiting_list"))


def _wish(wish_id: int) -> Wish:
    found = waiting.get_wish(actor(), wish_id)
    if found is None or not disputes.sees(actor(), found.dispute_id):
        abort(404)
    return found
