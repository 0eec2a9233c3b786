"""Every word shown for the enums of scheduling."""

from mediation.kernel.i18n import _l
from mediation.scheduling.rules import (
    ArrivalManner,
    BookingStatus,
    ClaimantKind,
    FeedDetail,
    Obstacle,
    Purpose,
    ResourceKind,
    StayObstacle,
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
}

CLAIMANT_KIND = {
    ClaimantKind.RESOURCE: _l("Room"),
    ClaimantKind.MEDIATOR: _l("Mediator"),
    ClaimantKind.JUDGE: _l("Judge"),
    ClaimantKind.PARTY: _l("Party"),
}

STEP = {
    "move": _l("Move to another time"),
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
    Obstacle.TAKEN: _l("The room, or somebody who must be there, is already taken at that time."),
}

REMEDY = {
    Obstacle.SHORT_NOTICE: _l("Choose a later day, or record that all agree to short notice."),
}
