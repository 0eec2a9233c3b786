"""Many disputes handed over, or accepted, at once: what a batch is. Pure."""

import enum

from mediation.disputes.rules import Status as DisputeStatus

# Before the choice the dispute is at the counter; after the end nothing more is handed over.
CHOOSING = frozenset(
    {
        DisputeStatus.SCREENED,
        DisputeStatus.GUIDED,
        DisputeStatus.CONSENT_ASKED,
        DisputeStatus.FILED,
        DisputeStatus.IN_MEDIATION,
    }
)
# One page lists no more; a larger creditor is handed over in several batches.
MOST_DISPUTES = 200
# Done in one go, so that nobody waits long for an answer and a closed page loses nothing.
AT_A_GO = 10


class BatchKind(enum.StrEnum):
    """What is done with each dispute of the batch."""

    HAND_OVER = "hand_over"
    ACCEPT = "accept"


class ItemStatus(enum.StrEnum):
    """How far one dispute of a batch is. REFUSED keeps the article and the words of the refusal."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
