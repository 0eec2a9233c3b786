"""Picking a time and a room: the next free times as radio buttons, or any other time typed by hand.

Works with whatever finds the free times; a page hands them in with `offer` and reads the answer with `chosen`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from flask import request
from wtforms import BooleanField, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import Optional

from mediation.kernel import clock
from mediation.kernel.i18n import _, _l
from mediation.web.fields import DayField
from mediation.web.forms import BaseForm
from mediation.web.templating import clocktime, moment

LENGTHS = (30, 60, 90, 120, 150, 180)
USUAL = 90
TIME = re.compile(r"([01]?\d|2[0-3])[:：.]?([0-5]\d)")
OTHER = ""


class Timed(Protocol):
    """A beginning and an end."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


class FreeTime(Protocol):
    """A time that all could have, with the room that is free then (0: none wanted)."""

    @property
    def span(self) -> Timed: ...
    @property
    def resource_id(self) -> int: ...


@dataclass(frozen=True)
class Chosen:
    """The time and the room somebody picked."""

    starts_at: datetime
    ends_at: datetime
    resource_id: int | None


class SlotForm(BaseForm):
    """The fields of a picked time; pages add their own."""

    slot = RadioField(_l("Free for all who take part"), choices=[], validate_choice=False, default=OTHER)
    day = DayField(_l("Day"), validators=[Optional()])
    at = StringField(_l("Begin"), render_kw={"placeholder": "09:00", "autocomplete": "off", "size": 6})
    minutes = SelectField(_l("Length"), coerce=int, choices=[], default=USUAL)
    resource_id = SelectField(_l("Room"), coerce=int, choices=[])
    agreed_short_notice = BooleanField(_l("All who take part agree to less than one day of notice"))

    def offer(self, free: Iterable[FreeTime], rooms: Mapping[int, str]) -> None:
        """Show these free times and rooms; a time in the address is filled in by hand."""
        self.minutes.choices = [(n, _("%(minutes)s minutes", minutes=n)) for n in LENGTHS]
        self.resource_id.choices = list(rooms.items())
        choices = [(key(f), told(f, rooms)) for f in free] + [(OTHER, _("Another time"))]
        self.slot.choices = choices
        if request.method == "GET":
            self._prefill(rooms, first=choices[0][0])

    def _prefill(self, rooms: Mapping[int, str], *, first: str) -> None:
        wanted = request.args.get("resource", 0, type=int)
        if wanted in rooms:
            self.resource_id.data = wanted
        if (length := request.args.get("minutes", 0, type=int)) in LENGTHS:
            self.minutes.data = length
        try:
            start = datetime.fromisoformat(request.args.get("at", ""))
        except ValueError:
            self.slot.data = first
        else:
            self.slot.data, self.day.data, self.at.data = OTHER, start.date(), f"{start:%H:%M}"

    def validate_at(self, field: StringField) -> None:
        """A time typed by hand needs its day, and reads like one."""
        if self.slot.data != OTHER:
            return
        if self.day.data is None and not self.day.errors:
            raise ValidationError(_("Choose a free time, or write the day and the time."))
        if not reads_as_time(field.data or ""):
            raise ValidationError(_("Write the time like 09:00."))

    def validate_slot(self, field: RadioField) -> None:
        """A picked time may have been taken meanwhile, but it is always a time."""
        if field.data and parsed(field.data) is None:
            raise ValidationError(_("Choose a free time, or write the day and the time."))

    def chosen(self) -> Chosen:
        """The picked time; call after the form was found valid."""
        picked = parsed(self.slot.data or "")
        if picked is not None:
            return picked
        start = at(self.day.data or clock.today(), self.at.data or "")
        return Chosen(start, start + timedelta(minutes=self.minutes.data), self.resource_id.data or None)


def reads_as_time(text: str) -> bool:
    """Whether a time typed by hand is one: 9:00, 09：00, 0900."""
    return TIME.fullmatch(text) is not None


def at(day: date, text: str) -> datetime:
    """The moment of a time typed by hand; ValueError when it is none."""
    found = TIME.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return clock.at(day, int(found[1]), int(found[2]))


def key(free: FreeTime) -> str:
    """A free time as a radio button carries it."""
    return f"{free.span.starts_at.isoformat()}/{free.span.ends_at.isoformat()}/{free.resource_id}"


def told(free: FreeTime, rooms: Mapping[int, str]) -> str:
    """A free time in words, with its room."""
    time = f"{moment(free.span.starts_at)}–{clocktime(free.span.ends_at)}"
    return _("%(time)s, %(room)s", time=time, room=rooms[free.resource_id]) if free.resource_id in rooms else time


def parsed(text: str) -> Chosen | None:
    """A time and room as the radio buttons carry them; None when it is none."""
    try:
        start, end, room = text.split("/")
        starts_at, ends_at, number = datetime.fromisoformat(start), datetime.fromisoformat(end), int(room)
    except ValueError:
        return None
    if starts_at.tzinfo is None or ends_at.tzinfo is None:
        return None
    return Chosen(starts_at, ends_at, number or None)


def query(starts_at: datetime, resource_id: int | None = None) -> dict[str, Any]:
    """How an address carries a time and a room to a page with this form."""
    at = f"{clock.local(starts_at):%Y-%m-%dT%H:%M}"
    return {"at": at, "resource": resource_id} if resource_id else {"at": at}
