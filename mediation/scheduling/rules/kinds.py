"""What can be booked, for what, by whom it is occupied, and what may stand in the way."""

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
    """Held and booked times are taken; every other status frees its time and stays as history."""

    HELD = "held"
    BOOKED = "booked"
    CANCELLED = "cancelled"
    RELEASED = "released"
    DROPPED = "dropped"
    EXPIRED = "expired"


class ClaimantKind(enum.StrEnum):
    """Whom or what a booking occupies."""

    RESOURCE = "resource"
    MEDIATOR = "mediator"
    JUDGE = "judge"
    CLERK = "clerk"
    PARTY = "party"
    AGENT = "agent"


class WishStatus(enum.StrEnum):
    """A wish for a time that nobody could have yet, from the waiting list to a meeting or away from it."""

    WAITING = "waiting"
    OFFERED = "offered"
    FULFILLED = "fulfilled"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class DayPart(enum.StrEnum):
    """When a party cannot come."""

    WHOLE = "whole"
    MORNING = "morning"
    AFTERNOON = "afternoon"


class FeedDetail(enum.StrEnum):
    """How much a calendar subscription tells: the program that reads it may be anywhere."""

    BUSY = "busy"
    NUMBER = "number"
    FULL = "full"


class ArrivalManner(enum.StrEnum):
    """How an arrival became known."""

    DOOR = "door"
    COUNTER = "counter"
    SESSION = "session"


class Obstacle(enum.StrEnum):
    """Why a meeting cannot be at that time or place."""

    PAST = "past"
    NOT_AFTER_START = "not_after_start"
    TOO_LONG = "too_long"
    REST_DAY = "rest_day"
    OUTSIDE_HOURS = "outside_hours"
    SHORT_NOTICE = "short_notice"
    NO_PLACE = "no_place"
    OUT_OF_USE = "out_of_use"
    NOT_ON_LIST = "not_on_list"
    CERTIFICATE = "certificate"
    ON_LEAVE = "on_leave"
    OUTSIDE_OWN_HOURS = "outside_own_hours"
    OFF_DUTY = "off_duty"
    PARTY_UNAVAILABLE = "party_unavailable"
    NO_CALENDAR = "no_calendar"
    TAKEN = "taken"


OBSTACLE_ARTICLE = {
    Obstacle.PAST: "",
    Obstacle.NOT_AFTER_START: "",
    Obstacle.TOO_LONG: "",
    Obstacle.REST_DAY: "",
    Obstacle.OUTSIDE_HOURS: "",
    Obstacle.SHORT_NOTICE: "",
    # Mediation outside the court's places needs the court's approval, which is not given here.
    Obstacle.NO_PLACE: "S4 art. 14",
    Obstacle.OUT_OF_USE: "",
    Obstacle.NOT_ON_LIST: "S4 art. 10",
    Obstacle.CERTIFICATE: "S4 art. 5, 10",
    Obstacle.ON_LEAVE: "S4 art. 10",
    Obstacle.OUTSIDE_OWN_HOURS: "",
    Obstacle.OFF_DUTY: "",
    Obstacle.PARTY_UNAVAILABLE: "S4 art. 14",
    Obstacle.NO_CALENDAR: "",
    Obstacle.TAKEN: "",
}
