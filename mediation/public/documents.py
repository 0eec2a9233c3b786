"""温馨提示公示稿 on paper (DOMAIN 5.3-27, 8.5): what the board in the hall will say, for whoever releases it."""

from collections.abc import Sequence

from mediation.accounts import services as accounts
from mediation.documents import services as store
from mediation.documents.models import Document
from mediation.documents.rules import Folder
from mediation.kernel.actor import Actor
from mediation.public.models import BoardDraft
from mediation.public.rules import Backlog

KIND, TITLE = "board_draft", "温馨提示（公示稿）"


def board_draft(actor: Actor, draft: BoardDraft, lengths: Sequence[int]) -> Document:
    """The words of the board with the figure as counted; inside the court until it is released."""
    court = accounts.court(draft.court_id)
    backlog = Backlog(draft.pending)
    return store.request(
        actor,
        kind=KIND,
        subject=draft,
        dispute_id=None,
        title=TITLE,
        folder=Folder.COURT_ONLY,
        data={
            "court": court.name,
            "centre": court.centre_name,
            "phone": court.phone or "",
            "address": court.address or "",
            "counted_on": draft.counted_on.isoformat(),
            "pending": draft.pending,
            "shown": backlog.tens or draft.pending,
            "more": backlog.is_more and backlog.tens > 0,
            "lengths": list(lengths),
            "drafted_by": actor.name,
            "drafted_at": draft.drafted_at.isoformat(),
        },
    )


def paper_of(draft: BoardDraft) -> Document | None:
    """The paper of a draft."""
    return store.latest(KIND, BoardDraft.__tablename__, draft.id)
