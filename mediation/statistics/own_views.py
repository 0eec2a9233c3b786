"""Pages on which a mediator or an organisation reads the figures of the own cases, down to these cases."""

from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from mediation.disputes.labels import STATUS
from mediation.statistics import addresses, labels, listing, naming, own
from mediation.statistics.asking import Question
from mediation.statistics.blueprint import bp
from mediation.statistics.catalogue import Figure, Way, definition_on
from mediation.statistics.rules import Part, Span
from mediation.web import lists
from mediation.web.auth import actor


@bp.get("/statistics/own")
def own_figures() -> ResponseReturnValue:
    period = addresses.period()
    found = own.compared(actor(), period)
    return render_template(
        "statistics/own.html",
        period=period,
        span=addresses.span(),
        ahead=addresses.ahead(period),
        groups={name: [found[figure] for figure in figures] for name, figures in own.GROUPS.items()},
        crosses=period.crosses_regimes(),
        fewest=own.FEWEST_RATINGS,
        is_open=own.is_open,
        change=naming.change,
        counted=naming.counted,
        address=_address,
        labels=labels,
        Span=Span,
    )


def _address(question: Question) -> dict[str, Any]:
    return {
        "figure": question.figure.value, "way": question.way.value, "first": question.period.first, "last": question.period.last
    }  # fmt: skip


@bp.get("/statistics/own/<figure>/<part>")
def own_cases(figure: str, part: str) -> ResponseReturnValue:
    """Exactly the own cases behind one half of a figure."""
    if figure not in set(Figure) or part not in set(Part):
        abort(404)
    which, half, period = Figure(figure), Part(part), addresses.period()
    definition = definition_on(which, period.last)
    asked = request.args.get("way") or definition.natural.value
    if asked not in {way.value for way in definition.ways}:
        abort(400)
    question = own.question(which, period, Way(asked))
    rows = own.rows(actor(), question, half) or abort(404)
    page = lists.page(listing.cases(rows))
    return render_template(
        "statistics/own_cases.html",
        question=question,
        answer=own.answer(actor(), question),
        half=labels.PART[half][which],
        measured=rows.measure is not None and half is Part.NUMERATOR,
        page=page,
        openable=own.openable(actor(), [row[0] for row in page.rows]),
        status=STATUS,
        labels=labels,
    )
