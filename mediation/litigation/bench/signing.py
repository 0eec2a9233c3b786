"""Who signs the papers of a case (CPL arts 40, 100, 157)."""

from mediation.accounts.models import User
from mediation.kernel.db import db
from mediation.litigation.bench import labels
from mediation.litigation.models import LitigationCase
from mediation.litigation.rules import Procedure


def signers(case: LitigationCase) -> list[tuple[str, str]]:
    """Who signs a paper of the case, each with the title, in the order of the paper."""
    if case.judge_id is None:
        return []
    panel = case.procedure is Procedure.ORDINARY_PANEL and bool(case.members)
    first = labels.PRESIDING if panel else labels.JUDGE
    others = [(one["title"], one["name"]) for one in case.members] if panel else []
    return [(first, db.session.get_one(User, case.judge_id).name), *others]
