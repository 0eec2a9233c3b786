"""What confirmation adds to shared pages: next steps, panel, places, words of the timeline."""

from collections.abc import Iterable
from typing import Any

from flask import url_for

from mediation.accounts.models import User
from mediation.confirmation import labels, rules, services
from mediation.confirmation.enforcement.rules import may_pack
from mediation.confirmation.models import Confirmation
from mediation.confirmation.objections import labels as objection_labels
from mediation.confirmation.objections.models import ConfirmationObjection
from mediation.confirmation.rules import Obstacle, Outcome, Status
from mediation.confirmation.services import reading
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.rules import Status as DisputeStatus
from mediation.documents.models import Document
from mediation.kernel.actor import COURT, Actor, Role
from mediation.kernel.db import db
from mediation.kernel.i18n import _l
from mediation.litigation.correcting import deciding as correcting
from mediation.web.registry import NavItem, Offer, Panel, Registry

WORK = frozenset({Role.CONFIRMATION_JUDGE, Role.CLERK, Role.TRIAGE})


def _bench(document: Document) -> correcting.Bench | None:
    """The judge to whom the application fell decides; so does whoever ruled on an objection (CPL art. 205; S2 art. 372)."""
    model: Any = ConfirmationObjection if document.kind == "confirmation_objection_ruling" else Confirmation
    found = db.session.get(model, document.subject_id)
    if found is None or found.judge_id is None:
        return None
    names = "、".join(party.name for party in disputes.parties(found.dispute_id))
    judge = db.session.get_one(User, found.judge_id)
    return correcting.Bench(judge.id, [("审判员", judge.name)], f"{names}申请司法确认调解协议一案")


correcting.correctable(
    ("ruling_valid", "ruling_dismissed", "ruling_withdrawn", "ruling_not_accepted", "confirmation_objection_ruling"),
    _bench,
)


def contribute(registry: Registry) -> None:
    registry.nav += [
        NavItem(_l("Confirmations"), "confirmation.work", WORK, icon="gavel", rank=40, count=services.work_count),
        NavItem(
            _l("Extensions to approve"), "confirmation.extensions", frozenset({Role.PRESIDENT}), icon="clock", rank=85
        ),
    ]
    registry.homes.append((Role.CONFIRMATION_JUDGE, "confirmation.work"))
    registry.offers.append(offers)
    registry.dossier.add(Confirmation)
    registry.panels.append(panels)
    registry.events.update(labels.EVENTS | objection_labels.EVENTS)
    registry.subjects["confirmation_objection"] = _objection_url
    registry.subjects["confirmation"] = lambda actor, i: _url(services.get(actor, i))


def _url(found: Confirmation | None) -> str | None:
    return url_for("confirmation.confirmation", confirmation_id=found.id) if found is not None else None


def _objection_url(actor: Actor, objection_id: int) -> str | None:
    found = db.session.get(ConfirmationObjection, objection_id) if actor.has(*COURT) else None
    return _url(services.get(actor, found.confirmation_id)) if found is not None else None


def can_be_enforced(made: Confirmation) -> bool:
    """Ruled valid and served on all: whether something is overdue, the packet's own page says (CPL arts 206, 247)."""
    return made.outcome is Outcome.VALID and made.status is Status.SERVED


def offers(actor: Actor, dispute: Dispute) -> Iterable[Offer]:
    """Apply together; then go to the application."""
    made = next(iter(services.of_dispute(dispute.id)), None)
    running = made is not None and made.status in rules.BEFORE_RULING | rules.DECIDED
    if made is not None and running and actor.has(*WORK):
        yield Offer(_l("Go to the confirmation"), _url(made) or "", primary=True, rank=15)
    if made is not None and can_be_enforced(made) and may_pack(actor, made):
        at = url_for("confirmation.enforcement", agreement_id=made.agreement_id)
        yield Offer(_l("Apply for enforcement"), at, rank=17)
    if running or not rules.may_register(actor, dispute):
        return
    if dispute.status not in {DisputeStatus.AGREED, DisputeStatus.CLOSED}:
        return
    against = services.apply_obstacles(dispute, excluded=reading.exclusion_of(dispute) is not None)
    # Who applies is told on the form itself.
    standing = [found for found in against if found not in {Obstacle.NOT_JOINT, Obstacle.NO_AUTHORITY}]
    yield Offer(
        _l("Apply for confirmation"),
        url_for("confirmation.apply", dispute_id=dispute.id),
        enabled=not standing,
        reason=labels.OBSTACLE[standing[0]] if standing else "",
        article=rules.OBSTACLE_ARTICLE[standing[0]] if standing else "",
        primary=not standing and dispute.status is DisputeStatus.AGREED,
        rank=16,
    )


def panels(actor: Actor, dispute: Dispute) -> Iterable[Panel]:
    """Where the application stands; mediators see the state, not the file (DOMAIN 2.2)."""
    made = services.of_dispute(dispute.id)
    if made:
        rows = [(c, _url(c) if actor.has(*COURT) else None) for c in made]
        yield Panel(
            _l("Judicial confirmation"),
            "confirmation/_panel.html",
            {"rows": rows, "labels": labels},
            side="aside",
            rank=40,
        )
