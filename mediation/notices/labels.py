"""Every word shown for the enums of notices."""

from mediation.kernel.i18n import _l
from mediation.notices.rules import Channel, NoticeStatus, Obstacle, ServiceMethod

CHANNEL = {
    Channel.IN_APP: _l("In the system"),
    Channel.SMS: _l("Text message"),
    Channel.PHONE: _l("Phone call"),
    Channel.PAPER: _l("On paper"),
    Channel.E_MAIL: _l("E-mail"),
}
NOTICE_STATUS = {
    NoticeStatus.QUEUED: _l("To be delivered"),
    NoticeStatus.SENT: _l("Told by phone or message"),
    NoticeStatus.HANDED_OVER: _l("Handed over"),
    NoticeStatus.FAILED: _l("Not reached"),
}
STEP = {"send": _l("Told"), "hand_over": _l("Handed over"), "fail": _l("Not reached"), "read": _l("Read")}
SERVICE_METHOD = {
    ServiceMethod.DIRECT: _l("Direct service"),
    ServiceMethod.LEFT: _l("Service by leaving"),
    ServiceMethod.ELECTRONIC: _l("Electronic service"),
    ServiceMethod.POST: _l("Service by post"),
    ServiceMethod.ENTRUSTED: _l("Service through another court"),
    ServiceMethod.ANNOUNCEMENT: _l("By public announcement"),
}
OBSTACLE = {
    Obstacle.NOT_LEFT: _l("A mediation document is served on the person; it cannot be left behind."),
    Obstacle.NO_CONSENT_TO_ELECTRONIC: _l("The party has not agreed to electronic service."),
    Obstacle.FUTURE: _l("A document cannot have been served on a day still to come."),
    Obstacle.BEFORE_ISSUE: _l("A document cannot have been served before it was made."),
}
REMEDY = {
    Obstacle.NOT_LEFT: _l("Serve it directly; if the party refuses to sign, the case goes to trial."),
    Obstacle.NO_CONSENT_TO_ELECTRONIC: _l(
        "Have the address confirmation signed with electronic service, or serve it on paper."
    ),
}
KIND = {
    "session": _l("Notice of a session"),
    "session_cancelled": _l("Session cancelled"),
    "assignment": _l("New assignment"),
    "questioning": _l("Summons to questioning"),
    "hearing": _l("Notice of a hearing"),
    "room_released": _l("Room released, nobody came"),
    "overdue": _l("Time limit passed"),
    "ruling": _l("Ruling"),
}
EVENTS = {
    "notice.enqueue": _l("A notice was put into the outbox"),
    "notice.send": _l("A notice was delivered by phone or message"),
    "notice.hand_over": _l("A notice was handed over"),
    "notice.fail": _l("A notice did not reach its addressee"),
    "notice.read": _l("A notice was read"),
    "service.record": _l("A document was served"),
}
