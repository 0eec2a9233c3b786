"""The president's page: figures with their definition, their counts, last period, and the cases behind them."""

from typing import Any

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.disputes.labels import STATUS
from mediation.kernel.actor import COURT, Role
from mediation.kernel.errors import Unreadable
from mediation.kernel.i18n import _, _l
from mediation.roster.conduct import counting
from mediation.statistics import (
    addresses,
    figure_views,
    labels,
    naming,
    own,
    own_views,
    picture_views,
    pictures,
    rules,
    services,
    settling_views,
)
from mediation.statistics.alerts import services as alerts
from mediation.statistics.alerts import views as alert_views
from mediation.statistics.blueprint import bp
from mediation.statistics.catalogue import FIGURE_OF, Figure
from mediation.statistics.reports import views as report_views
from mediation.statistics.rules import Indicator, Part, Span
from mediation.web import lists
from mediation.web.auth import actor
from mediation.web.registry import NavItem, Registry

__all__ = ["bp", "contribute", "figure_views", "own_views", "picture_views", "settling_views"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def contribute(registry: Registry) -> None:
    registry.nav.append(NavItem(_l("Figures"), "statistics.figures", COURT, icon="chart", rank=80))
    mediation = frozenset({Role.MEDIATOR, Role.ORGANISATION})
    registry.nav.append(NavItem(_l("Own figures"), "statistics.own_figures", mediation, icon="chart", rank=80))
    registry.homes.append((Role.PRESIDENT, "statistics.figures"))
    registry.events.update(labels.EVENTS)
    alert_views.contribute(registry)
    report_views.contribute(registry)
    counting.counted_by(own.of_year, lambda figure: labels.NAME[Figure(figure)])


@bp.errorhandler(Unreadable)
def cannot_be(refused: Unreadable) -> ResponseReturnValue:
    """What is wrong with a period, beside the field it was typed into; everything else that was asked for is kept."""
    # A list that is taken along is asked for by a button: its address is nobody's typing.
    again = request.path if request.method == "GET" else url_for(".figures")
    return render_template("statistics/period.html", refused=refused, again=again), 400


@bp.get("/statistics")
def figures() -> ResponseReturnValue:
    period = addresses.period()
    sheet = services.sheet(actor(), period)
    return render_template(
        "statistics/figures.html",
        period=period,
        before=period.before(),
        span=addresses.span(),
        ahead=addresses.ahead(period),
        now=sheet.now,
        then=sheet.then,
        headline=rules.HEADLINE,
        further=rules.FURTHER,
        counting=rules.COUNTING,
        rows=tuple((m["month"], m["handed_out"], m["ended"], m["succeeded"], m["rate"]) for m in sheet.months),
        chart=_chart(sheet.months),
        pending=sheet.pending,
        rooms=sheet.rooms,
        beyond=alert_views.shown(list(alerts.standing(actor()))),
        sentence=alerts.sentence,
        labels=labels,
        figure_of=FIGURE_OF,
        counted=naming.counted,
        Span=Span,
    )


def _chart(months: list[dict[str, Any]]) -> dict[str, Any]:
    """What the chart script draws: the same numbers as the table under it."""
    rows = [(_("Handed out"), "handed_out"), (_("Ended"), "ended"), (_("Succeeded"), "succeeded")]
    return pictures.with_breaks(
        {
            "kind": "line",
            "labels": [f"{m['month'].first:%Y-%m}" for m in months],
            "series": [{"name": name, "values": [m[key] for m in months]} for name, key in rows],
            "unit": _("disputes"),
        }
    )


def _asked(indicator: str, part: str) -> tuple[Indicator, Part]:
    if indicator not in set(Indicator) or part not in set(Part):
        abort(404)
    return Indicator(indicator), Part(part)


@bp.get("/statistics/<indicator>/<part>")
def cases(indicator: str, part: str) -> ResponseReturnValue:
    which, half = _asked(indicator, part)
    period = addresses.period()
    rate = services.rates(actor(), period, (which,))[which]
    page = lists.page(services.cases(actor(), which, half, period))
    return render_template(
        "statistics/cases.html",
        indicator=which,
        figure=FIGURE_OF[which][0],
        part=half,
        period=period,
        rate=rate,
        page=page,
        labels=labels,
        status=STATUS,
        counting=rules.COUNTING,
        sheet=url_for(
            "statistics.spreadsheet", indicator=which.value, part=half.value, first=period.first, last=period.last
        ),
    )


@bp.post("/statistics/<indicator>/<part>/spreadsheet")
def spreadsheet(indicator: str, part: str) -> ResponseReturnValue:
    which, half = _asked(indicator, part)
    period = addresses.period()
    head = [_("Case or receipt number"), _("Cause"), _("Received on"), _("State")]
    body = services.workbook(actor(), which, half, period, head=head, status=lambda s: str(STATUS[s]))
    name = f"{which.value}-{half.value}-{period.first:%Y%m%d}-{period.last:%Y%m%d}.xlsx"
    return Response(body, mimetype=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
