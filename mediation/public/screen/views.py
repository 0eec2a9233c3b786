"""The screen in the hall, which renews itself; its pies also as data."""

from datetime import date
from typing import Any

from flask import abort, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from mediation.accounts import services as accounts
from mediation.accounts.models import Court
from mediation.kernel import clock
from mediation.public import services as board
from mediation.public.blueprint import bp
from mediation.public.screen import labels, services
from mediation.public.screen.rules import OTHER, Dimension, ProblemType, Slice
from mediation.supervision import services as supervision
from mediation.web.fields import FIRST_YEAR, LAST_YEAR


@bp.get("/screen")
def screen() -> ResponseReturnValue:
    """The screen of the only court."""
    return _screen(_only())


@bp.get("/screen/<code>")
def screen_of(code: str) -> ResponseReturnValue:
    """The screen of a court."""
    return _screen(_court(code))


@bp.get("/screen/pie")
def pie() -> ResponseReturnValue:
    """One pie of the only court as data (DOMAIN 8.4)."""
    return _pie(_only())


@bp.get("/screen/<code>/pie")
def pie_of(code: str) -> ResponseReturnValue:
    """One pie of a court as data."""
    return _pie(_court(code))


def _only() -> Court:
    return accounts.only_court() or abort(404)


def _court(code: str) -> Court:
    return next((one for one in board.courts() if one.code == code), None) or abort(404)


def _screen(court: Court) -> str:
    g.court = court
    day = clock.today()
    first = day.replace(month=1, day=1)
    pies = [_drawn(court, dimension, first, day) for dimension in Dimension]
    return render_template(
        "public/screen.html",
        first=first, today=services.today(court.id), rooms=services.rooms(court.id), orders=supervision.open_counts(court.id), pies=pies, now=clock.now(), near=services.NEAR,
    )  # fmt: skip


def _drawn(court: Court, dimension: Dimension, first: date, last: date) -> dict[str, Any]:
    names = _names(court, dimension)
    slices = services.pie(court.id, dimension, first, last)
    rows = [{"label": _label(names, one), "count": one.count, "percent": f"{one.percent:.1f}"} for one in slices]
    spec = {
        "kind": "pie",
        "labels": [row["label"] for row in rows],
        "series": [{"values": [one.count for one in slices]}],
    }
    shares = [row["percent"] for row in rows]
    return {"title": labels.DIMENSION[dimension], "rows": rows, "spec": spec | {"shares": shares}}


def _names(court: Court, dimension: Dimension) -> dict[str, Any]:
    if dimension is Dimension.TYPE:
        return {str(kind): labels.PROBLEM_TYPE[kind] for kind in ProblemType}
    other = {OTHER: labels.PROBLEM_TYPE[ProblemType.OTHER], services.NO_PLACE: labels.NO_PLACE}
    return services.places(court.id) | other


def _label(names: dict[str, Any], one: Slice) -> str:
    return str(names.get(one.key, one.key))


def _pie(court: Court) -> ResponseReturnValue:
    try:
        dimension = Dimension(request.args.get("dim", ""))
        last = _day("to", clock.today())
        first = _day("from", last.replace(month=1, day=1))
    except ValueError:
        return jsonify(error="dim=type|community, from and to as YYYY-MM-DD"), 400
    if last < first:
        return jsonify(error="to lies before from"), 400
    names = _names(court, dimension)
    slices = services.pie(court.id, dimension, first, last)
    return jsonify([
        {"key": one.key, "label": _label(names, one), "count": one.count, "percent": one.percent} for one in slices
    ])  # fmt: skip


def _day(name: str, usual: date) -> date:
    text = request.args.get(name, "")
    found = date.fromisoformat(text) if text else usual
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(name)
    return found
