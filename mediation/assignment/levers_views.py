"""The levers of the choice: which hold and held, how evenly work is spread, and a trial of others on past choices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from mediation.assignment import labels, rules, services
from mediation.assignment.blueprint import bp
from mediation.assignment.choice import WEIGHED, Levers
from mediation.assignment.forms import SetLeversForm, WeightsForm
from mediation.assignment.models import LeverSet
from mediation.assignment.services import levers as lever_sets
from mediation.kernel import clock
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.web.auth import actor

# What is looked at unless other days are asked for: the last three months.
LOOK_BACK = timedelta(days=92)


@dataclass(frozen=True)
class Version:
    """One decision on the levers, as a line of the history."""

    kept: LeverSet
    by: str
    changed: Sequence[tuple[Any, int, int]]


def _versions() -> list[Version]:
    made = lever_sets.history(actor())
    names = lever_sets.setters(made)
    before = [*(lever_sets.of(one) for one in made), lever_sets.SHIPPED][1:]
    words = {part.value: labels.PART_NAME[part] for part in WEIGHED} | labels.LEVER
    return [
        Version(
            one,
            names.get(one.set_by_id, ""),
            [
                (words[name], getattr(old, name), getattr(one, name))
                for name in lever_sets.NAMES
                if getattr(old, name) != getattr(one, name)
            ],
        )
        for one, old in zip(made, before, strict=True)
    ]


@bp.get("/mediators/levers")
def levers() -> ResponseReturnValue:
    """What holds today, how evenly work is spread, and every earlier decision."""
    today = clock.today()
    number, now = lever_sets.on(actor().court_id, today)
    return render_template(
        "assignment/levers.html",
        number=number,
        now=now,
        weighed=WEIGHED,
        fairness=services.fair(actor(), today - LOOK_BACK, today),
        since=today - LOOK_BACK,
        today=today,
        versions=_versions(),
        may_set=rules.may_set_levers(actor()),
        labels=labels,
    )


def _asked(now: Levers) -> WeightsForm:
    """The weights in the address; those of the last decision over the last three months when there are none."""
    return WeightsForm(formdata=MultiDict(_as_typed(now) | request.args.to_dict()))


def _as_typed(weights: Levers) -> dict[str, str]:
    """Weights over the last three months, as the form sends them."""
    today = clock.today()
    told = {name: str(getattr(weights, name)) for name in lever_sets.NAMES}
    return told | {"since": (today - LOOK_BACK).isoformat(), "until": today.isoformat()}


@bp.get("/mediators/levers/trial")
def try_levers() -> ResponseReturnValue:
    """What a past period would have looked like by other levers: a thought that is kept nowhere."""
    number, now = lever_sets.latest(actor())
    form = _asked(now)
    tried = None
    if form.validate():
        try:
            tried = services.experiment(actor(), form.levers, *form.period)
        except DomainError as refused:
            form.refuse(refused)
    decision = SetLeversForm(formdata=None, valid_from=clock.today(), number=number)
    return _trial_page(form, tried, decision)


def _trial_page(form: WeightsForm, tried: services.Experiment | None, decision: SetLeversForm) -> ResponseReturnValue:
    fits = not form.errors
    if fits and not decision.weights.data:
        decision.weights.data = "-".join(str(getattr(form.levers, name)) for name in lever_sets.NAMES)
    page = render_template(
        "assignment/levers_trial.html",
        form=form,
        tried=tried,
        decision=decision if rules.may_set_levers(actor()) and fits else None,
        weighed=WEIGHED,
        shipped=lever_sets.SHIPPED,
        labels=labels,
    )
    return page, 422 if form.errors or decision.errors else 200


@bp.post("/mediators/levers")
def set_levers() -> ResponseReturnValue:
    """The president decides; the reason and every changed weight stand in the trail."""
    form = SetLeversForm()
    try:
        weights = form.levers
        seen = int(form.number.data or "")
    except ValueError:
        abort(400)
    if form.submitted():
        try:
            made = lever_sets.set_levers(
                actor(),
                weights,
                valid_from=form.valid_from.data or clock.today(),
                reason=form.reason.data or "",
                seen=seen,
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("Version %(number)s of the levers is set.", number=made.number), "done")
            return redirect(url_for(".levers"))
    asked = WeightsForm(formdata=MultiDict(_as_typed(weights)))
    if not asked.validate():
        abort(400)
    tried = services.experiment(actor(), weights, *asked.period)
    return _trial_page(asked, tried, form)
