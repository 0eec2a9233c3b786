"""The lists as everybody may read them (S4 art. 8; S5 art. 5): no sign-in, no telephone numbers."""

from flask import abort, g, render_template, request
from flask.typing import ResponseReturnValue

from mediation.kernel.i18n import _
from mediation.roster import labels, services
from mediation.roster.blueprint import bp
from mediation.roster.panels import services as panels
from mediation.roster.rules import Language
from mediation.roster.services import published
from mediation.web import lists


@bp.get("/mediators")
def open_list() -> ResponseReturnValue:
    """The lists of the only court, or the choice between courts."""
    found = published.courts()
    if len(found) == 1:
        return _open(found[0].code)
    return render_template("roster/open_courts.html", courts=found)


@bp.get("/mediators/of/<code>")
def open_list_of(code: str) -> ResponseReturnValue:
    return _open(code)


def _open(code: str) -> ResponseReturnValue:
    court = next((one for one in published.courts() if one.code == code), None) or abort(404)
    g.court = court
    language = request.args.get("language", "")
    wanted = published.Wanted(
        street_id=request.args.get("street", 0, type=int) or 0,
        cause=request.args.get("cause", "")[:50].strip(),
        language=Language(language) if language in set(Language) else None,
        panel_id=request.args.get("panel", 0, type=int) or 0,
    )
    page = lists.page(published.mediators(court.id, wanted))
    streets = published.streets(court.id)
    special, bodies = panels.panels(court.id), published.bodies(court.id, wanted)
    return render_template(
        "roster/open.html",
        open_court=court,
        page=page,
        wanted=wanted,
        bodies=bodies,
        body_causes=services.cause_names({code for one in bodies for code in one.accepted_causes}),
        body_panels=panels.body_places(court.id) if special else {},
        causes=services.cause_names({s.cause_code for m in page.rows for s in m.strengths}),
        offered=published.causes(court.id),
        streets=streets,
        panels=special,
        panel_causes=services.cause_names({code for one in special for code in one.causes}),
        on_panels=panels.places(court.id) if special else {},
        places={one.id: one.name for one in streets},
        labels=labels,
        everywhere=_("The whole district"),
    )
