"""What the case's page shows of who tries the case, and the form that names them."""

from typing import Any

from mediation.kernel.actor import Actor
from mediation.litigation.bench import labels, naming, rules
from mediation.litigation.bench.forms import BenchForm
from mediation.litigation.bench.signing import signers
from mediation.litigation.models import LitigationCase
from mediation.litigation.rules import Procedure, Status
from mediation.litigation.services.reading import missing
from mediation.web.fields import SelectChoice


def bench_form(case: LitigationCase, **kwargs: Any) -> BenchForm:
    """The form with the judges who could be named."""
    form = BenchForm(**kwargs)
    form.judge_id.choices = [SelectChoice(user.id, user.name) for user in naming.candidates(case)]
    if form.judge_id.data is None and case.judge_id is not None:
        form.judge_id.data = case.judge_id
    return form


def context(actor: Actor, case: LitigationCase, *, bench: BenchForm | None = None) -> dict[str, Any]:
    """Who signs for the case, and whether others may be named."""
    may = rules.may_name(actor, case) and case.status is not Status.CLOSED
    return {
        "signers": signers(case),
        "titles": labels.TITLE,
        "by_panel": case.procedure is Procedure.ORDINARY_PANEL,
        "no_bench": [] if case.status is Status.CLOSED else missing(case),
        "panel_open": case.procedure is Procedure.ORDINARY_PANEL and not case.members,
        "may_name": may,
        "bench": bench or (bench_form(case, formdata=None) if may else None),
    }
