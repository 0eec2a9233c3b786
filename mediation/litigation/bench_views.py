"""Who tries the case, on the screen: a judge or a panel is named, the parties are told (CPL arts 40, 44, 131)."""

from flask import abort
from flask.typing import ResponseReturnValue

from mediation.kernel.i18n import _
from mediation.litigation.bench import naming, rules
from mediation.litigation.bench.page import bench_form
from mediation.litigation.blueprint import bp, case_of
from mediation.litigation.case_page import sent
from mediation.web.auth import actor


@bp.post("/cases/<int:case_id>/bench")
def name_bench(case_id: int) -> ResponseReturnValue:
    """Name the judge of the case, or the panel."""
    found = case_of(case_id)
    if not rules.may_name(actor(), found):
        abort(403)
    form = bench_form(found)
    return sent(
        found,
        form,
        lambda: naming.name(
            actor(),
            found,
            judge_id=form.judge_id.data,
            judges=naming.names(form.judges.data or ""),
            assessors=naming.names(form.assessors.data or ""),
            reason=form.reason.data or "",
        ),
        _("The bench is named; the notices to the parties are in the outbox."),
        bench=form,
    )
