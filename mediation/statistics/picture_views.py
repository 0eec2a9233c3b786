"""The page of charts: one question each, with the table of the same numbers, as a picture and as a spreadsheet."""

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from mediation.kernel import audit
from mediation.kernel.db import transaction
from mediation.kernel.sheets import XLSX, live_workbook
from mediation.statistics import addresses, keeping, labels, pictures, rules, services
from mediation.statistics.blueprint import bp
from mediation.statistics.pictures import Picture
from mediation.statistics.rules import Period, Span
from mediation.web.auth import actor


def _months(period: Period) -> Picture:
    court_id = actor().court_id
    rows = services.by_month(court_id, keeping.of(court_id), services.months_shown(period))
    return pictures.months(rows)


def _picture(name: str, period: Period) -> Picture:
    return _months(period) if name == "months" else pictures.BY_NAME[name](actor().court_id, period, 0)


@bp.get("/statistics/pictures")
def charts() -> ResponseReturnValue:
    services.may(actor())
    period = addresses.period()
    return render_template(
        "statistics/pictures.html",
        period=period,
        span=addresses.span(),
        ahead=addresses.ahead(period),
        pictures=[_picture(name, period) for name in labels.PICTURE],
        labels=labels,
        Span=Span,
    )


@bp.post("/statistics/pictures/<name>/spreadsheet")
def chart_sheet(name: str) -> ResponseReturnValue:
    """The table beside a chart, to take along; that is written down."""
    if not rules.may_export(actor()) or name not in labels.PICTURE:
        abort(404)
    period = addresses.period()
    picture = _picture(name, period)
    body = live_workbook([(name, [picture.head, *picture.rows])])
    with transaction():
        audit.note(
            actor(), "statistics.export", subject_type="statistics", indicator=name, first=period.first, last=period.last,
            rows=len(picture.rows),
        )  # fmt: skip
    file = f"{name}-{period.first:%Y%m%d}-{period.last:%Y%m%d}.xlsx"
    return Response(body, mimetype=XLSX, headers={"Content-Disposition": f'attachment; filename="{file}"'})
