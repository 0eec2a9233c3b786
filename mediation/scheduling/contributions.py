"""What scheduling adds to shared pages: the board among the places, meetings on a dispute's page, words of the trail."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask import url_for

from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.rules import Status
from mediation.kernel.actor import CASEWORK, Actor
from mediation.kernel.db import db
from mediation.kernel.i18n import _, _l
from mediation.roster import watching
from mediation.scheduling import labels, rules, services
from mediation.scheduling.models import Booking, Claim, Resource
from mediation.scheduling.rules import BookingStatus, Purpose, Why
from mediation.scheduling.services import hindrances
from mediation.web.registry import NavItem, Offer, Panel, Registry
from mediation.web.templating import day, moment

# While a dispute is here, meetings are held for it.
MEETING = frozenset({Status.IN_MEDIATION, Status.AGREED, Status.FILED})


def contribute(shared: Registry) -> None:
    """The board among the places, the meetings on a dispute's page, the words of the timeline."""
    # The number beside the place: fixed meetings to which a mediator cannot come any more.
    shared.nav.append(
        NavItem(
            _l("Rooms and hearings"), "scheduling.schedule", CASEWORK, icon="calendar", rank=40,
            count=hindrances.waiting,
        )
    )  # fmt: skip
    watching.watch_by(_look_again)
    shared.dossier |= {Booking, Claim, Resource}
    shared.panels.append(_panels)
    shared.offers.append(_offers)
    shared.subjects["booking"] = _address
    shared.events |= {
        "booking.book": _booked,
        "booking.move": _moved,
        "booking.cancel": _cancelled,
        "booking.hand_on": _handed_on,
    }
    shared.events |= {
        "resource.add": _l("A room was added."),
        "resource.edit": _l("A room was changed."),
        "resource_use.settle": _use_settled,
    }
    shared.events |= {
        "booking.hold": _held,
        "booking.confirm": _booked,
        "booking.drop": _let_go,
        "booking.expire": _ran_out,
        "wish.wish": _wished,
        "wish.offer": _offered,
        "wish.fulfil": _l("The dispute left the waiting list with a time."),
        "wish.decline": _l("The time offered from the waiting list was not taken."),
        "wish.lapse": _l("The dispute left the waiting list without a time."),
        "wish.withdraw": _l("The dispute was taken off the waiting list."),
        "court_hours.settle": _settled,
        "duty_shift.plan": _planned,
        "duty_shift.end": _l("A duty was ended."),
        "duty_shift.change": _duty_changed,
        "unavailability.say": _said,
        "unavailability.take_back": _l("A party can come after all on days first excluded."),
        "booking.release": _released,
        "arrival.note": _arrived,
        "hindrance.find": _hindered,
        "hindrance.settle": _l("The meeting in question was seen to."),
        "calendar_feed.make": _l("A calendar subscription was made."),
        "calendar_feed.revoke": _l("A calendar subscription was revoked."),
        "door_rule.settle": _l("The rules of the doors were changed."),
    }


def _time(facts: dict[str, Any], name: str = "starts_at") -> str:
    return moment(datetime.fromisoformat(facts[name]))


def _date(facts: dict[str, Any], name: str) -> str:
    return day(date.fromisoformat(facts[name]))


def _booked(facts: dict[str, Any]) -> str:
    purpose = labels.PURPOSE[Purpose(facts["purpose"])]
    return _("%(purpose)s fixed for %(time)s.", purpose=purpose, time=_time(facts))


def _moved(facts: dict[str, Any]) -> str:
    return _("A meeting was moved from %(before)s to %(time)s.", before=_time(facts, "from"), time=_time(facts))


def _handed_on(facts: dict[str, Any]) -> str:
    if facts["from"] == facts["starts_at"]:
        return _("The meeting of %(time)s goes on with another mediator.", time=_time(facts))
    return _(
        "The meeting of %(before)s goes on with another mediator at %(time)s.",
        before=_time(facts, "from"),
        time=_time(facts),
    )


def _cancelled(facts: dict[str, Any]) -> str:
    return _("The meeting of %(time)s was cancelled: %(reason)s", time=_time(facts), reason=facts["reason"])


def _released(facts: dict[str, Any]) -> str:
    return _("The room of the meeting of %(time)s was released: not everybody came.", time=_time(facts))


def _look_again(court_id: int, mediator_id: int) -> None:
    hindrances.review(court_id, mediator_ids=[mediator_id])


def _use_settled(facts: dict[str, Any]) -> str:
    words = _("%(room)s in use from %(day)s.") if facts["in_use"] else _("%(room)s not in use from %(day)s.")
    return words % {"room": facts["name"], "day": _date(facts, "since")}


def _hindered(facts: dict[str, Any]) -> str:
    if facts["why"] == Why.ROOM_GONE:
        return _("The meeting of %(time)s is in question, its room is not in use on that day.", time=_time(facts))
    if facts["why"] == Why.REST_DAY:
        return _("The meeting of %(time)s is in question, its day has become a day of rest.", time=_time(facts))
    why = labels.WHY[Why(facts["why"])]
    return _("The meeting of %(time)s is in question, the mediator cannot come: %(why)s.", time=_time(facts), why=why)


def _held(facts: dict[str, Any]) -> str:
    until = moment(datetime.fromisoformat(facts["until"]))
    return _("%(time)s is held until %(until)s.", time=_time(facts), until=until)


def _let_go(facts: dict[str, Any]) -> str:
    return _("The time held on %(time)s was let go of.", time=_time(facts))


def _ran_out(facts: dict[str, Any]) -> str:
    return _("Nobody took up the time held on %(time)s; it is free again.", time=_time(facts))


def _wished(facts: dict[str, Any]) -> str:
    purpose = labels.PURPOSE[Purpose(facts["purpose"])]
    return _("Put on the waiting list: %(purpose)s, until %(last)s.", purpose=purpose, last=_date(facts, "last_day"))


def _offered(facts: dict[str, Any]) -> str:
    return _("A time became free and is held for this dispute: %(time)s.", time=_time(facts))


def _settled(facts: dict[str, Any]) -> str:
    return _(
        "From %(since)s on the court is open %(a)s–%(b)s and %(c)s–%(d)s: %(reason)s",
        since=_date(facts, "since"), a=facts["opens"], b=facts["noon"], c=facts["again"], d=facts["closes"],
        reason=facts["reason"],
    )  # fmt: skip


def _planned(facts: dict[str, Any]) -> str:
    return _(
        "Duty planned for %(name)s, %(first)s to %(last)s.",
        name=facts["name"], first=_date(facts, "first_day"), last=_date(facts, "last_day"),
    )  # fmt: skip


def _duty_changed(facts: dict[str, Any]) -> str:
    if facts["extra"]:
        return _("Duty made up on %(day)s: %(reason)s", day=_date(facts, "day"), reason=facts["reason"])
    return _("No duty on %(day)s: %(reason)s", day=_date(facts, "day"), reason=facts["reason"])


def _said(facts: dict[str, Any]) -> str:
    return _(
        "A party cannot come from %(first)s to %(last)s.",
        first=_date(facts, "first_day"),
        last=_date(facts, "last_day"),
    )


def _arrived(facts: dict[str, Any]) -> str:
    return _("Arrived: %(name)s, %(manner)s.", name=facts["name"], manner=labels.ARRIVAL_MANNER[facts["manner"]])


def _address(who: Actor, booking_id: int) -> str | None:
    booking = services.get(who, booking_id)
    return url_for("scheduling.booking", booking_id=booking_id) if booking and may_know(who, [booking]) else None


def _offers(who: Actor, dispute: Dispute) -> list[Offer]:
    """A time is looked for while the dispute is in hand."""
    plans = any(rules.may_plan(who, dispute.court_id, purpose) for purpose in Purpose)
    if dispute.status not in MEETING or not plans:
        return []
    return [Offer(_l("Find a time"), url_for("scheduling.find_time", dispute_id=dispute.id), rank=40)]


def _panels(who: Actor, dispute: Dispute) -> list[Panel]:
    bookings = services.of_dispute(dispute.id)
    if not bookings:
        return []
    context = {"bookings": bookings, "words": labels, "booked": BookingStatus.BOOKED}
    return [Panel(_l("Meetings"), "scheduling/_panel_meetings.html", context, side="aside", rank=20)]


def may_know(who: Actor, bookings: list[Booking]) -> set[int]:
    """Which of these bookings' disputes the reader may know of."""
    ids = {booking.dispute_id for booking in bookings if booking.dispute_id}
    if not ids:
        return set()
    return set(db.session.scalars(sa.select(Dispute.id).where(Dispute.id.in_(ids), disputes.visible(who))))
