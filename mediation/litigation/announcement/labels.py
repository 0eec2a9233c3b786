"""Every word shown for service by announcement."""

from typing import Any

from mediation.kernel.i18n import _l
from mediation.litigation.announcement.rules import AnnouncementStatus, Matter, Medium, Need, Obstacle

ANNOUNCEMENT_STATUS = {
    AnnouncementStatus.RUNNING: _l("Announced, thirty days run"),
    AnnouncementStatus.SERVED: _l("Served by announcement"),
    AnnouncementStatus.CALLED_OFF: _l("Announcement called off"),
}
TONE = {
    AnnouncementStatus.RUNNING: "active",
    AnnouncementStatus.SERVED: "done",
    AnnouncementStatus.CALLED_OFF: "neutral",
}
MATTER = {
    Matter.PLAINT: _l("Plaint copy and notice to respond"),
    Matter.RULING: _l("Ruling on jurisdiction"),
}
NEED = {
    Need.WHEREABOUTS: _l("Nobody knows where the party is"),
    Need.NO_OTHER_WAY: _l("No other way of service succeeded"),
}
MEDIUM = {
    Medium.POSTED: _l("Posted on the court's notice board and at the party's home"),
    Medium.NEWSPAPER: _l("Newspaper"),
    Medium.ONLINE: _l("Information network"),
}
OBSTACLE = {
    Obstacle.CLOSED: _l("The case is closed."),
    Obstacle.SUMMARY: _l("Nothing is served by announcement in summary procedure."),
    Obstacle.REACHED: _l("That paper has reached the party, or there is none."),
    Obstacle.PENDING: _l("This paper is announced for this party already."),
    Obstacle.NOT_THAT_DAY: _l("That day lies before the paper was issued or after today."),
    Obstacle.NO_COURSE: _l("Say what was tried and why nothing else is left."),
    Obstacle.NO_POINTS: _l("Say what the paper is about."),
    Obstacle.NO_OUTLET: _l("Name the newspaper, the web site or the address."),
    Obstacle.NO_PICTURES: _l("Posting at a home is photographed or filmed."),
    Obstacle.STILL_RUNS: _l("The thirty days are not over."),
    Obstacle.NOT_ON_FILE: _l("The file does not say why and how this paper was announced."),
}
REMEDY = {
    Obstacle.SUMMARY: _l("Convert the case to ordinary procedure first."),
    Obstacle.NOT_THAT_DAY: _l("The day of the last posting or printing counts."),
    Obstacle.NO_COURSE: _l("The file must say why and how it was announced."),
    Obstacle.NO_PICTURES: _l("Tick that the pictures are in the file, or choose where else it was published."),
    Obstacle.NOT_ON_FILE: _l(
        "Announce it under “Service by public announcement”; when the thirty days are over, record there that it is served."
    ),
    Obstacle.STILL_RUNS: _l("Record it when they are over; until then the party may still be reached otherwise."),
}
STEP = {
    "complete": _l("The thirty days are over: served"),
    "call_off": _l("The party was found; call it off"),
}
EVENTS: dict[str, Any] = {
    "announcement.publish": _l("A paper was announced publicly"),
    "announcement.complete": _l("The announced paper counts as served"),
    "announcement.call_off": _l("The announcement was called off"),
}
