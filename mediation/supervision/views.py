"""Supervision orders on the screen: what calls for one, the open ones, and one order with its answers."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.opening import opened
from mediation.kernel import clock, states
from mediation.kernel.actor import Actor, Role
from mediation.kernel.i18n import _, _l
from mediation.supervision import forms, labels, rules, services
from mediation.supervision.models import SupervisionOrder
from mediation.supervision.rules import Level, OrderStatus
from mediation.web.auth import actor
from mediation.web.forms import BaseForm
from mediation.web.registry import NavItem, Offer, Registry

bp = Blueprint("supervision", __name__)
PLACES = rules.LEADERS | {Role.CLERK, Role.MEDIATOR, Role.ORGANISATION}


def contribute(registry: Registry) -> None:
    """The place in the left column, the step on a dispute's page, and the words of the timeline."""
    registry.nav.append(
        NavItem(
            _l("Supervision orders"), "supervision.orders", PLACES, icon="flag", rank=58, count=services.count_waiting
        )
    )
    registry.dossier.add(SupervisionOrder)
    registry.offers.append(_offers)
    registry.events.update(labels.EVENTS)
    registry.quiet.add("supervision_reply.write")
    registry.subjects["supervision_order"] = _address


def _address(who: Actor, order_id: int) -> str | None:
    return url_for("supervision.order", order_id=order_id) if services.get(who, order_id) else None


def _offers(who: Actor, found: Dispute) -> Iterable[Offer]:
    order = services.open_for(found.id)
    if order is not None:
        if rules.may_see(who, order):
            waits = order.status is OrderStatus.OPEN and rules.may_reply(who, order)
            label = _("Answer the supervision order") if waits else _("See the supervision order")
            yield Offer(label, url_for("supervision.order", order_id=order.id), primary=waits, rank=5 if waits else 85)
    elif rules.may_lead(who, found) and found.status in rules.SUPERVISED:
        address = url_for("supervision.issue", dispute_id=found.id)
        yield Offer(_("Issue a supervision order"), address, article=rules.ARTICLE, rank=86)


@bp.get("/supervision")
def orders() -> ResponseReturnValue:
    """What calls for an order, and the orders themselves."""
    closed = request.args.get("show") == "closed"
    found = services.listed(actor(), closed=closed)
    return render_template(
        "supervision/list.html",
        orders=found,
        titles=disputes.titles([order.dispute_id for order in found]),
        calls=services.calls(actor()) if actor().roles & rules.LEADERS and not closed else None,
        closed=closed,
        today=clock.today(),
        labels=labels,
        rules=rules,
    )


@bp.route("/disputes/<int:dispute_id>/supervision", methods=["GET", "POST"])
def issue(dispute_id: int) -> ResponseReturnValue:
    """A new order for a dispute."""
    dispute = opened(dispute_id)
    if request.method == "GET":
        services.may_issue(actor(), dispute)
    form = forms.OrderForm(level=Level.REMINDER.value, due_on=clock.today() + timedelta(days=rules.USUAL_DAYS))
    form.addressee_id.choices = [(user.id, user.name) for user in services.addressees(dispute)]
    form.level.choices = [
        (level.value, words) for level, words in labels.LEVEL.items() if not rules.level_obstacles(level, actor().roles)
    ]
    made: list[SupervisionOrder] = []
    if form.taken(
        lambda: made.append(
            services.issue(
                actor(), dispute, level=Level(form.level.data), reason=form.reason.data or "",
                addressee_id=form.addressee_id.data, due_on=form.due_on.data or clock.today(),
            )
        )
    ):  # fmt: skip
        flash(_("The order is issued; whom it is addressed to was told."))
        return redirect(url_for(".order", order_id=made[0].id))
    title = disputes.titles([dispute.id])[dispute.id]
    page = render_template("supervision/new.html", form=form, dispute=dispute, title=title, article=rules.ARTICLE)
    return page, 422 if form.errors else 200


@bp.get("/supervision/<int:order_id>")
def order(order_id: int) -> ResponseReturnValue:
    """One order, its answers, and what may be done with it."""
    return _page(_found(order_id))


def _found(order_id: int) -> SupervisionOrder:
    return services.get(actor(), order_id) or abort(404)


def _page(found: SupervisionOrder, sent: BaseForm | None = None) -> ResponseReturnValue:
    steps = states.available(rules.STEPS, actor(), found)
    soon = clock.today() + timedelta(days=rules.USUAL_DAYS)
    higher = [level for level in rules.higher(found.level) if not rules.level_obstacles(level, actor().roles)]
    shown: dict[str, BaseForm] = {
        "reply": forms.ReplyForm(formdata=None),
        "ask_again": forms.AgainForm(formdata=None, due_on=soon),
        "raise": forms.RaiseForm(formdata=None, due_on=soon),
        "close": forms.CloseForm(formdata=None),
    }
    shown = {name: sent if type(sent) is type(form) else form for name, form in shown.items()}
    shown["raise"].level.choices = [(level.value, labels.LEVEL[level]) for level in higher]
    page = render_template(
        "supervision/order.html",
        order=found,
        title=disputes.titles([found.dispute_id])[found.dispute_id],
        replies=services.replies(found),
        forms={step: shown[step] for step in steps if step != "raise" or higher},
        late=found.status is OrderStatus.OPEN and found.due_on < clock.today(),
        labels=labels,
        rules=rules,
    )
    return page, 422 if sent is not None else 200


def _sent(
    order_id: int, step: str, form: BaseForm, act: Callable[[SupervisionOrder], None], said: str
) -> ResponseReturnValue:
    found = _found(order_id)
    states.check(rules.STEPS, step, actor(), found)
    if not form.taken(lambda: act(found)):
        return _page(found, form)
    flash(said)
    return redirect(url_for(".order", order_id=order_id))


@bp.post("/supervision/<int:order_id>/reply")
def reply(order_id: int) -> ResponseReturnValue:
    form = forms.ReplyForm()
    return _sent(
        order_id, "reply", form,
        lambda found: services.reply(actor(), found, text=form.text.data or ""),
        _("The answer is sent."),
    )  # fmt: skip


@bp.post("/supervision/<int:order_id>/ask-again")
def ask_again(order_id: int) -> ResponseReturnValue:
    form = forms.AgainForm()
    return _sent(
        order_id, "ask_again", form,
        lambda found: services.ask_again(actor(), found, due_on=form.due_on.data or clock.today()),
        _("Another answer is asked for."),
    )  # fmt: skip


@bp.post("/supervision/<int:order_id>/raise")
def raise_level(order_id: int) -> ResponseReturnValue:
    form = forms.RaiseForm()
    return _sent(
        order_id, "raise", form,
        lambda found: services.raise_level(
            actor(), found, level=Level(form.level.data), due_on=form.due_on.data or clock.today()
        ),
        _("The level is raised."),
    )  # fmt: skip


@bp.post("/supervision/<int:order_id>/close")
def close(order_id: int) -> ResponseReturnValue:
    form = forms.CloseForm()
    return _sent(
        order_id, "close", form,
        lambda found: services.close(actor(), found, result=form.result.data or ""),
        _("The order is closed."),
    )  # fmt: skip
