"""Which rooms a court uses on which days: dated, so that a past period counts the rooms there were then (I22)."""

import enum
from collections.abc import Sequence
from datetime import date, timedelta

# From a day on: whether the room is in use, in the order of the days.
Uses = Sequence[tuple[date, bool]]


class RoomObstacle(enum.StrEnum):
    """Why a room cannot be entered or changed so."""

    CODE_TAKEN = "code_taken"
    NAME_TAKEN = "name_taken"
    BACKDATED = "backdated"
    ALREADY_SO = "already_so"
    TOO_FAR = "too_far"


LONGEST_AHEAD = timedelta(days=366)


def in_use_on(changes: Uses, day: date) -> bool:
    """What was settled last up to that day. Before the first entry the room was not there; without any it always was."""
    found = not changes
    for since, used in changes:
        if since <= day:
            found = used
    return found


def room_obstacle(changes: Uses, since: date, today: date, *, in_use: bool) -> RoomObstacle | None:
    """Whether a room can be taken into use, or out of it, from that day on: never backwards, figures are out already."""
    if since < today:
        return RoomObstacle.BACKDATED
    if since > today + LONGEST_AHEAD:
        return RoomObstacle.TOO_FAR
    return RoomObstacle.ALREADY_SO if in_use_on(changes, since) is in_use else None
