"""Rooms, tribunals and bookings (DOMAIN 3.10)."""

import enum


class ResourceKind(enum.StrEnum):
    """What can be booked beside people."""

    ROOM = "room"
    TRIBUNAL = "tribunal"
    VIDEO_ROOM = "video_room"


class Purpose(enum.StrEnum):
    """What a booking is for; shown without names to people who may not know them."""

    SESSION = "session"
    HEARING = "hearing"
    QUESTIONING = "questioning"
    BLOCKED = "blocked"


class BookingStatus(enum.StrEnum):
    """A cancelled booking frees its time and stays as history."""

    BOOKED = "booked"
    CANCELLED = "cancelled"


class ClaimantKind(enum.StrEnum):
    """Whom or what a booking occupies."""

    RESOURCE = "resource"
    MEDIATOR = "mediator"
    JUDGE = "judge"
    PARTY = "party"
