"""The morning's day sheets on paper: one page for each room, so that the day survives an outage.

The page for the room names no party: it lies open in the room and carries the square code everybody scans. The
registry's own list does, and says that it is not to be put up.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from mediation.documents import composing, engine, marks
from mediation.documents.fontset import MissingGlyph
from mediation.kernel import clock
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.scheduling.models import Resource
from mediation.scheduling.rules import ClaimantKind, Purpose
from mediation.scheduling.services.doors import Visit

TEMPLATE = "documents/sheets/day_sheet.html"
# Court papers are written in Chinese, whoever prints them.
PURPOSE = {Purpose.SESSION: "调解", Purpose.HEARING: "庭审", Purpose.QUESTIONING: "询问", Purpose.BLOCKED: "停用"}
WEEKDAYS = "一二三四五六日"
BLANK_LINES = 4


def printed(
    court: str,
    day: date,
    rooms: Sequence[Resource],
    visits: Sequence[Visit],
    *,
    inside: bool,
    address: Callable[[Resource], str],
) -> bytes:
    """The PDF of a day: for the rooms, or the registry's list with everybody expected."""
    created = clock.now().replace(microsecond=0)
    pages = [_page(room, [v for v in visits if v.booking.resource_id == room.id]) for room in rooms]
    squares = {} if inside else {room.id: marks.code(address(room)) for room in rooms}
    html = (
        composing.environment()
        .get_template(TEMPLATE)
        .render(
            court=court,
            day=day,
            weekday=WEEKDAYS[day.weekday()],
            pages=pages,
            squares=squares,
            inside=inside,
            blank_lines=BLANK_LINES,
            created=created,
        )
    )
    try:
        return engine.render(html, created=created, pictures=sorted(set(squares.values())))
    except MissingGlyph as absent:
        raise DomainError(_("A character cannot be printed: %(problem)s", problem=str(absent))) from absent


def _page(room: Resource, visits: Sequence[Visit]) -> dict[str, Any]:
    return {"room": room, "lines": [_line(visit) for visit in visits]}


def _line(visit: Visit) -> dict[str, Any]:
    staff = [p.name for p in visit.expected if p.kind is not ClaimantKind.PARTY]
    return {
        "time": f"{_clock(visit.booking.starts_at)}—{_clock(visit.booking.ends_at)}",
        "number": visit.number,
        "kind": PURPOSE.get(visit.booking.purpose, ""),
        "staff": "、".join(staff),
        "parties": [p.name for p in visit.expected if p.kind is ClaimantKind.PARTY],
    }


def _clock(moment: datetime) -> str:
    return f"{clock.local(moment):%H:%M}"
