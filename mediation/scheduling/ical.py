"""A subscription as an iCalendar file (RFC 5545), in the words of its reader.

Times are written in UTC, so that no reader needs a table of time zones. Nothing depends on the moment of reading:
the same meetings give the same bytes, by which a program sees that nothing has changed.
"""

from datetime import timedelta

from icalendar import Calendar, Event, vDuration

from mediation.kernel.i18n import _
from mediation.scheduling import labels
from mediation.scheduling.services.feeds import Entry, Subscription

EVERY = timedelta(minutes=15)


def written(shown: Subscription, links: dict[int, str]) -> bytes:
    """The file; `links` leads from a booking to its page, for those who may open it."""
    name = _("Calendar of %(owner)s", owner=shown.owner)
    calendar = Calendar()
    calendar.add("prodid", "-//mediation//calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    calendar.add("refresh-interval", vDuration(EVERY), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(EVERY))
    for entry in shown.entries:
        calendar.add_component(_event(entry, links.get(entry.booking_id, "")))
    data: bytes = calendar.to_ical()
    return data


def _event(entry: Entry, link: str) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.revision)
    event.add("dtstamp", entry.changed_at)
    event.add("created", entry.booked_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", _summary(entry))
    event.add("status", "CANCELLED" if entry.off else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.off else "OPAQUE")
    event.add("class", "CONFIDENTIAL")
    if entry.place:
        event.add("location", entry.place)
    if entry.title and entry.number:
        event.add("description", entry.number)
    if link:
        event.add("url", link)
    return event


def _summary(entry: Entry) -> str:
    """What stands on the day: as much as the level of detail allows."""
    if entry.purpose is None:
        return _("Busy")
    kind = str(labels.PURPOSE[entry.purpose])
    name = entry.title or entry.number
    return _("%(kind)s: %(name)s", kind=kind, name=name) if name else kind
