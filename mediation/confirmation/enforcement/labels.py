"""Every word shown for enforcement."""

from typing import Any

from mediation.confirmation.enforcement.rules import Obstacle, Title
from mediation.kernel.i18n import _l

TITLE = {
    Title.RULING: _l("Ruling that confirmed the agreement"),
    Title.MEDIATION_DOCUMENT: _l("Mediation document of the court"),
}
OBSTACLE: dict[Obstacle, Any] = {
    Obstacle.MAY_STILL_CONFIRM: _l("The agreement was not confirmed: it binds the parties, but cannot be enforced."),
    Obstacle.BEFORE_THE_COURT: _l(
        "The application for confirmation has not been decided; until then nothing can be enforced."
    ),
    Obstacle.NO_TITLE: _l("The agreement was not confirmed in time: it binds the parties, but cannot be enforced."),
    Obstacle.REVOKED: _l("The confirmation was revoked on an objection; there is nothing left to enforce."),
    Obstacle.ALTERED: _l("The confirmation was altered on an objection; it is enforced as the new ruling says."),
    Obstacle.NOT_IN_FORCE: _l("The document has not taken effect: it has not been served on all parties."),
    Obstacle.NOTHING_OVERDUE: _l("Nothing is overdue under this agreement."),
    Obstacle.NOT_CREDITOR: _l("Nothing that is overdue is owed to this party."),
}
REMEDY: dict[Obstacle, Any] = {
    Obstacle.MAY_STILL_CONFIRM: _l(
        "All parties may apply together for confirmation until %(day)s; whoever does not want to wait may sue on the agreement."
    ),
    Obstacle.BEFORE_THE_COURT: _l("Wait for the ruling; if the application is dismissed, mediate again or sue."),
    Obstacle.NO_TITLE: _l("Sue on the agreement, or agree anew and apply for confirmation within 30 days."),
    Obstacle.REVOKED: _l("Mediate anew, or sue."),
    Obstacle.ALTERED: _l("Write the application from the new ruling, which lies in the file."),
    Obstacle.NOT_IN_FORCE: _l("Serve it on all parties first and record the service."),
    Obstacle.NOTHING_OVERDUE: _l(
        "Record performances in the ledger; the packet can be made from the day after a last day."
    ),
    Obstacle.NOT_CREDITOR: _l("Choose the party to whom something overdue is owed."),
}
