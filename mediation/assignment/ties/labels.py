"""Every word shown for ties and recusal."""

from typing import Any

from mediation.assignment.ties.rules import Decision, Match, Obstacle, Origin, RecusalStatus, TieKind, TieSource
from mediation.kernel.i18n import _l

TIE_KIND = {
    TieKind.KIN: _l("Close relative"),
    TieKind.INTEREST: _l("Common interest, or interest in this person's affairs"),
    TieKind.EMPLOYER: _l("Works or worked there, or together"),
    TieKind.FIRM: _l("Same law firm"),
    TieKind.CLIENT: _l("Client"),
    TieKind.FORMER_AGENCY: _l("Acted as this person's agent"),
    TieKind.PHONE: _l("Shared telephone"),
    TieKind.ADDRESS: _l("Shared address"),
    TieKind.ACCOUNT: _l("Shared account"),
    TieKind.OTHER: _l("Another tie that may affect fairness"),
}

TIE_SOURCE = {
    TieSource.DISCLOSED: _l("disclosed by the mediator"),
    TieSource.TOLD: _l("told by a party"),
    TieSource.FOUND: _l("found in the records"),
}

MATCH = {
    Match.NO: _l("Another person"),
    Match.NAME_ONLY: _l("Same name; not known whether the same person"),
    Match.YES: _l("The same person"),
}

ORIGIN = {
    Origin.PARTY: _l("A party applied for recusal"),
    Origin.MEDIATOR: _l("Disclosed by the mediator"),
    Origin.RECORDS: _l("Seen in the records"),
}

RECUSAL_STATUS = {
    RecusalStatus.OPEN: _l("To be decided"),
    RecusalStatus.CONSENTED: _l("All parties agreed to the mediator"),
    RecusalStatus.UPHELD: _l("The mediator withdraws"),
    RecusalStatus.DISMISSED: _l("No ground for recusal"),
    RecusalStatus.MOOT: _l("The mediation ended before a decision"),
}

RECUSAL_TONE = {
    RecusalStatus.OPEN: "soon",
    RecusalStatus.CONSENTED: "done",
    RecusalStatus.UPHELD: "neutral",
    RecusalStatus.DISMISSED: "done",
    RecusalStatus.MOOT: "neutral",
}

DECISION = {
    Decision.UPHOLD: _l("The mediator withdraws; another one is chosen"),
    Decision.DISMISS: _l("No ground for recusal; the mediation goes on with this mediator"),
}

OBSTACLE: dict[Obstacle, Any] = {
    Obstacle.NO_ONE: _l("Say with whom the tie is."),
    Obstacle.OWN_NUMBER: _l("This is the mediator's own number."),
    Obstacle.KNOWN_ALREADY: _l("This stands on record already."),
    Obstacle.UNTIL_BEFORE_SINCE: _l("The tie cannot end before it began."),
    Obstacle.FUTURE_DAY: _l("The day lies in the future."),
    Obstacle.STRUCK: _l("This entry has been struck out."),
    Obstacle.ENDED_ALREADY: _l("This tie has ended already."),
    Obstacle.NO_WORDS: _l("A reason must be given."),
    Obstacle.NOT_NAMED_SO: _l("Nobody of this dispute bears the name that stands in the ledger."),
    Obstacle.NOT_AT_WORK: _l("This mediator does not have the dispute at present."),
    Obstacle.RECUSAL_OPEN: _l("The mediation pauses until recusal has been decided."),
    Obstacle.PENDING_ALREADY: _l("A decision on this mediator's recusal is due already."),
    Obstacle.NOT_A_PARTY: _l("Only a party of this dispute may apply for recusal."),
    Obstacle.MUST_YIELD: _l("The law excludes this mediator; the application cannot be dismissed."),
}

REMEDY: dict[Obstacle, Any] = {
    Obstacle.KNOWN_ALREADY: _l("Read the entry below; end or strike it out when it is no longer true."),
    Obstacle.STRUCK: _l("Make a new entry."),
    Obstacle.NOT_AT_WORK: _l("Record the tie in the ledger; it is looked at whenever a mediator is chosen."),
    Obstacle.RECUSAL_OPEN: _l(
        "Decide on recusal first; a party may end the mediation at any time through the registry."
    ),
    Obstacle.PENDING_ALREADY: _l("Decide it, or record the consent of all parties."),
    Obstacle.MUST_YIELD: _l("Decide that the mediator withdraws; another one is chosen."),
}
