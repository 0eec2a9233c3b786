"""Every word shown for the enums of scheduling."""

from mediation.kernel.i18n import _l
from mediation.scheduling.rules import (
    ArrivalManner,
    BookingStatus,
    ClaimantKind,
    DayPart,
    DutyObstacle,
    FeedDetail,
    HoursObstacle,
    Obstacle,
    Purpose,
    ResourceKind,
    RoomObstacle,
    StayObstacle,
    Why,
    WishStatus,
)  # fmt: skip

RESOURCE_KIND = {
    ResourceKind.ROOM: _l("Mediation room"),
    ResourceKind.TRIBUNAL: _l("Tribunal"),
    ResourceKind.VIDEO_ROOM: _l("Video room"),
}

PURPOSE = {
    Purpose.SESSION: _l("Mediation session"),
    Purpose.HEARING: _l("Hearing"),
    Purpose.QUESTIONING: _l("Questioning for confirmation"),
    Purpose.BLOCKED: _l("Not available"),
}

BOOKING_STATUS = {
    BookingStatus.BOOKED: _l("Booked"),
    BookingStatus.CANCELLED: _l("Cancelled"),
    BookingStatus.RELEASED: _l("Nobody came; room released"),
    BookingStatus.HELD: _l("Held"),
    BookingStatus.DROPPED: _l("Let go of"),
    BookingStatus.EXPIRED: _l("The time of holding is over"),
}

CLAIMANT_KIND = {
    ClaimantKind.RESOURCE: _l("Room"),
    ClaimantKind.MEDIATOR: _l("Mediator"),
    ClaimantKind.JUDGE: _l("Judge"),
    ClaimantKind.CLERK: _l("Court clerk"),
    ClaimantKind.PARTY: _l("Party"),
    ClaimantKind.AGENT: _l("Agent"),
}

STEP = {
    "confirm": _l("Fix the meeting"),
    "drop": _l("Let go of the time"),
    "expire": _l("The time of holding is over"),
    "move": _l("Move to another time"),
    "hand_on": _l("Hand over to another mediator"),
    "cancel": _l("Cancel the booking"),
    "release": _l("Release the room"),
}

FEED_DETAIL = {
    FeedDetail.BUSY: _l("Busy only"),
    FeedDetail.NUMBER: _l("Case number"),
    FeedDetail.FULL: _l("Everything"),
}

ARRIVAL_MANNER = {
    ArrivalManner.DOOR: _l("at the door"),
    ArrivalManner.COUNTER: _l("seen by the registry"),
    ArrivalManner.SESSION: _l("present when the session began"),
}

STAY_OBSTACLE = {
    StayObstacle.NOT_YET: _l("The time of waiting is not over yet."),
    StayObstacle.EVERYBODY_HERE: _l("Everybody has come."),
    StayObstacle.UNDER_WAY: _l("The session has begun."),
    StayObstacle.OVER: _l("The meeting's time is over."),
}

NOT_TODAY = _l("The meeting is not today.")
NOT_EXPECTED = _l("This person is not expected at this meeting.")

OBSTACLE = {
    Obstacle.PAST: _l("That time has passed."),
    Obstacle.NOT_AFTER_START: _l("A meeting ends after it begins."),
    Obstacle.TOO_LONG: _l("A meeting lasts at most 180 minutes."),
    Obstacle.REST_DAY: _l("The court does not work on that day."),
    Obstacle.OUTSIDE_HOURS: _l("Meetings are held from 9:00 to 12:00 and from 13:30 to 17:00."),
    Obstacle.SHORT_NOTICE: _l("A meeting is fixed at least one day ahead, unless all who take part agree to less."),
    Obstacle.NO_PLACE: _l("Choose a room: a meeting outside the court's rooms needs the court's approval."),
    Obstacle.OUT_OF_USE: _l("This room is not in use."),
    Obstacle.NOT_ON_LIST: _l("not on the court's list of mediators now, or suspended."),
    Obstacle.CERTIFICATE: _l("the certificate has expired on that day."),
    Obstacle.ON_LEAVE: _l("on leave on that day."),
    Obstacle.OUTSIDE_OWN_HOURS: _l("that time lies outside the hours of the week that were given."),
    Obstacle.OFF_DUTY: _l("not on duty at that time; a resident mediator comes outside duty only by agreement."),
    Obstacle.PARTY_UNAVAILABLE: _l("cannot come at that time, as was told to the court."),
    Obstacle.NO_CALENDAR: _l("There is no calendar for that year yet."),
    Obstacle.TAKEN: _l("The room, or somebody who must be there, is already taken at that time."),
}

REMEDY = {
    Obstacle.SHORT_NOTICE: _l("Choose a later day, or record that all agree to short notice."),
    Obstacle.NOT_ON_LIST: _l("Choose another time, or another mediator."),
    Obstacle.CERTIFICATE: _l("Choose an earlier day, or another mediator."),
    Obstacle.ON_LEAVE: _l("Choose another time, or another mediator."),
    Obstacle.OFF_DUTY: _l("Choose a time on duty, or record that the mediator agrees."),
    Obstacle.PARTY_UNAVAILABLE: _l("If the party can come after all, take the entry back first."),
}

WISH_STATUS = {
    WishStatus.WAITING: _l("Waiting"),
    WishStatus.OFFERED: _l("Offered a time"),
    WishStatus.FULFILLED: _l("Has a time"),
    WishStatus.DECLINED: _l("Did not take the time offered"),
    WishStatus.LAPSED: _l("Over without a time"),
    WishStatus.WITHDRAWN: _l("Withdrawn"),
}

WISH_STEP = {
    "offer": _l("Offer a time"),
    "fulfil": _l("Has a time"),
    "decline": _l("Decline the time"),
    "lapse": _l("Over without a time"),
    "withdraw": _l("Wait no longer"),
}

DAY_PART = {
    DayPart.WHOLE: _l("all day"),
    DayPart.MORNING: _l("in the morning"),
    DayPart.AFTERNOON: _l("in the afternoon"),
}

ROOM_OBSTACLE = {
    RoomObstacle.CODE_TAKEN: _l("Another room has this code."),
    RoomObstacle.NAME_TAKEN: _l("Another room has this name; on a notice nobody could tell them apart."),
    RoomObstacle.BACKDATED: _l(
        "A room is taken into use, or out of it, from today on: the use of days past is counted already."
    ),
    RoomObstacle.ALREADY_SO: _l("It is already so on that day."),
    RoomObstacle.TOO_FAR: _l("Choose a day within a year."),
}
ROOM_STALE = _l("Somebody else changed this room since you opened it.")

WHY = {
    Why.TOO_SOON: _l("less than a day ahead"),
    Why.BUSY: _l("has another meeting"),
    Why.ON_LEAVE: _l("on leave"),
    Why.NOT_ON_LIST: _l("not on the list now"),
    Why.CERTIFICATE: _l("certificate expired"),
    Why.OWN_HOURS: _l("outside the own hours"),
    Why.OFF_DUTY: _l("not on duty"),
    Why.UNAVAILABLE: _l("cannot come, as told to the court"),
    Why.NO_ROOM: _l("no fitting room is free"),
    Why.LEFT: _l("no longer mediates this dispute"),
    Why.ROOM_GONE: _l("not in use on that day"),
    Why.REST_DAY: _l("the court does not work on that day any more, by a holiday notice"),
}

HOURS_OBSTACLE = {
    HoursObstacle.ORDER: _l("The four times follow one another, between 6:00 and 22:00."),
    HoursObstacle.QUARTERS: _l("Hours begin and end on a quarter of an hour."),
    HoursObstacle.BACKDATED: _l("Hours are settled for days to come, from tomorrow on."),
}

DUTY_OBSTACLE = {
    DutyObstacle.NOT_RESIDENT: _l("Duty is planned for mediators who sit at the court and are on its list."),
    DutyObstacle.ORDER: _l("The end comes after the beginning."),
    DutyObstacle.NO_DAY: _l("None of these weekdays lies between the two days."),
    DutyObstacle.TOO_LONG: _l("Plan for a year at most."),
    DutyObstacle.PAST: _l("The first day is today or later, the last not before it."),
    DutyObstacle.NO_WORKING_DAY: _l("Choose a working day, today or later."),
    DutyObstacle.ALREADY_SO: _l("The plan already says so for that day."),
    DutyObstacle.LATER_END: _l("Choose a day before the planned end, not earlier than yesterday."),
}

HOLD_LENGTH = _l("A time is held for five minutes at least, for seven days at most, and not beyond the meeting itself.")
HOLD_GONE = _l("This time is no longer held.")
ALREADY_WAITING = _l("This dispute is on the waiting list already.")
WISH_PERIOD = _l("The period lies ahead, and ends within a year.")
NO_SERIES = _l("This is not part of a weekly blocking.")
SAID_ORDER = _l("The last day is not before the first, and not over yet.")
SAID_FAR = _l("Take down the days of the next three months; ask again later for those after.")

MEDIATOR_ELSEWHERE = _l("The new mediator has another meeting at this time.")
