"""The bounds on figures: what lies beyond one now, what is set, and what was found before."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel.errors import DomainError, NotPermitted
from mediation.kernel.i18n import _
from mediation.statistics import labels as words
from mediation.statistics import naming
from mediation.statistics import rules as figures
from mediation.statistics.alerts import labels, rules, services
from mediation.statistics.alerts.forms import AlertForm
from mediation.statistics.alerts.models import AlertFinding, FigureAlert
from mediation.statistics.asking import OF_PEOPLE, Answer
from mediation.statistics.blueprint import bp
from mediation.statistics.catalogue import Figure
from mediation.web.auth import actor
from mediation.web.registry import Registry


def contribute(registry: Registry) -> None:
    """The words of these acts, and the page behind what they are about."""
    registry.events.update(labels.EVENTS)
    for name in ("figure_alert", "alert_finding"):
        registry.subjects[name] = lambda who, _number: url_for("statistics.alerts") if figures.may_read(who) else None


def _address(answer: Answer) -> dict[str, Any]:
    question = answer.question
    return {
        "figure": question.figure.value, "way": question.way.value, "first": question.period.first,
        "last": question.period.last, "as_of": question.as_of,
    }  # fmt: skip


def shown(findings: list[AlertFinding]) -> list[dict[str, Any]]:
    """Findings with what a page says of them."""
    return [
        {
            "alert": one.alert,
            "answer": (answer := services.answer_of(one)),
            "former": services.former_of(one),
            "found_at": one.found_at,
            "address": _address(answer),
            "opens": answer.question.figure is not Figure.I22,
            "of_people": answer.question.figure in OF_PEOPLE,
        }
        for one in findings
    ]


def _page(form: AlertForm) -> ResponseReturnValue:
    page = render_template(
        "statistics/alerts/list.html",
        standing=shown(list(services.standing(actor()))),
        past=shown(list(services.past(actor()))),
        alerts=services.all_of(actor()),
        form=form,
        may_set=rules.may_set(actor()),
        sentence=services.sentence,
        labels=labels,
        words=words,
        counted=naming.counted,
    )
    return page, 422 if form.errors else 200


@bp.get("/statistics/alerts")
def alerts() -> ResponseReturnValue:
    return _page(AlertForm(formdata=None))


@bp.post("/statistics/alerts")
def set_alert() -> ResponseReturnValue:
    form = AlertForm()
    if form.submitted():
        try:
            services.create(actor(), form.told())
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The bound is set; the daily run looks at it every day."))
            return redirect(url_for(".alerts"))
    return _page(form)


def _alert(alert_id: int) -> FigureAlert:
    return services.get(actor(), alert_id) or abort(404)


@bp.route("/statistics/alerts/<int:alert_id>", methods=["GET", "POST"])
def alert(alert_id: int) -> ResponseReturnValue:
    """Set a bound otherwise."""
    found = _alert(alert_id)
    if not rules.may_set(actor()):
        raise NotPermitted("alert")
    form = AlertForm(obj=found)
    if form.submitted():
        try:
            services.change(actor(), found, form.told())
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The bound is changed."))
            return redirect(url_for(".alerts"))
    page = render_template(
        "statistics/alerts/change.html", alert=found, form=form, sentence=services.sentence, words=words
    )
    return page, 422 if form.errors else 200


@bp.post("/statistics/alerts/<int:alert_id>/removal")
def remove_alert(alert_id: int) -> ResponseReturnValue:
    services.remove(actor(), _alert(alert_id))
    flash(_("The bound is removed; what was found by it stays in the list."))
    return redirect(url_for(".alerts"))
