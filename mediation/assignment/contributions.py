"""What assignment puts on shared pages: next steps, a panel, places, and the timeline's words."""

from collections.abc import Collection, Iterable
from typing import Any

from flask import url_for

from mediation.assignment import labels, rules, services
from mediation.assignment.appraisal import labels as appraisal_labels
from mediation.assignment.appraisal import rules as appraisal
from mediation.assignment.batching import CHOOSING
from mediation.assignment.models import Assignment, ConflictCheck, ContactAttempt, Extension, Suspension
from mediation.assignment.obstacles import extension_cap
from mediation.assignment.rating import checking
from mediation.assignment.rating import labels as rating_labels
from mediation.assignment.rules import STEPS, Choice, EndCode, Obstacle, Status, SuspensionReason
from mediation.assignment.ties import labels as tie_labels
from mediation.assignment.ties import pending
from mediation.assignment.ties import rules as tie_rules
from mediation.assignment.ties.models import Recusal
from mediation.assignment.ties.rules import Obstacle as Barrier
from mediation.assignment.together import labels as together_labels
from mediation.assignment.together import present
from mediation.assignment.together import rules as together_rules
from mediation.assignment.together.models import CoMediator, ReplacementRequest
from mediation.assignment.together.rules import CoStatus, ReplacementOutcome
from mediation.disputes import watching
from mediation.disputes.models import Dispute
from mediation.kernel import clock
from mediation.kernel.actor import REGISTRY, Actor, Role
from mediation.kernel.i18n import _, _l
from mediation.kernel.states import available
from mediation.periods.models import Deadline
from mediation.roster.models import Mediator, Organisation
from mediation.web.allow import MEDIATION
from mediation.web.registry import NavItem, Offer, Panel, Registry


def contribute(registry: Registry) -> None:
    registry.nav.append(
        NavItem(_l("My mediations"), "assignment.home", MEDIATION, icon="inbox", rank=5, count=services.count_waiting)
    )
    registry.nav.append(
        NavItem(
            _l("Choice of mediators"),
            "assignment.levers",
            frozenset({Role.PRESIDENT}),
            icon="settings",
            rank=55,
            seldom=True,
        )
    )
    registry.nav.append(NavItem(_l("Ties"), "assignment.own_ties", MEDIATION, icon="people", rank=30))
    registry.nav.append(
        NavItem(
            _l("Recusal"), "assignment.recusals", REGISTRY | {Role.GUIDING_JUDGE, Role.ORGANISATION}, icon="shield",
            rank=35, seldom=True, count=pending.waiting,
        )
    )  # fmt: skip
    registry.nav.append(
        NavItem(
            _l("Ratings"), "assignment.ratings", REGISTRY, icon="people", rank=36, seldom=True, count=checking.waiting
        )
    )
    registry.homes += [(Role.MEDIATOR, "assignment.home"), (Role.ORGANISATION, "assignment.home")]
    watching.watch_by(services.look_again)
    registry.offers.append(offers)
    registry.dossier |= {
        Assignment,
        ConflictCheck,
        ContactAttempt,
        Extension,
        Suspension,
        Mediator,
        Organisation,
        Recusal,
        ReplacementRequest,
        CoMediator,
    }
    registry.another_mediator.append(_another)
    registry.panels.append(panels)
    registry.events |= EVENTS | rating_labels.EVENTS
    registry.subjects["assignment"] = _address


def _address(who: Actor, assignment_id: int) -> str | None:
    found = services.get(who, assignment_id)
    return url_for("disputes.dispute", dispute_id=found.dispute_id) if found else None


# --- next steps -----------------------------------------------------------------------------------------------------


def offers(who: Actor, dispute: Dispute) -> Iterable[Offer]:
    """The next lawful steps; what is not lawful now stands there with its reason and article."""
    found = services.open_of(dispute.id)
    if found is None:
        yield from _to_choose(who, dispute)
        return
    possible = set(available(STEPS, who, found))
    if found.status is Status.ISSUED:
        yield from _to_answer(who, found, possible)
    else:
        yield from _running(who, found, possible)
    yield from _recusal(who, found)
    yield from _together(who, found)
    if "replace" in possible:
        yield Offer(_("Replace the mediator"), _url("replacement", found), rank=70)
    if found.mediator_id is not None and rules.may_appoint(who, found):
        yield _offer(_("Name another member"), "another_member", found, services.against_another(found))


def _another(who: Actor, dispute_ids: Collection[int]) -> dict[int, Offer]:
    """Where somebody else can mediate these disputes from now on, by the court or the organisation (S4 arts 12, 13)."""
    found = {}
    for one in services.open_ones(dispute_ids):
        if "replace" in available(STEPS, who, one):
            found[one.dispute_id] = Offer(_("Replace the mediator"), _url("replacement", one))
        elif rules.may_appoint(who, one) and services.against_another(one) is None:
            found[one.dispute_id] = Offer(_("Name another member"), _url("another_member", one))
    return found


def _recusal(who: Actor, found: Assignment) -> Iterable[Offer]:
    """What is to be decided about the mediator; or that a party may apply (S4 art. 15)."""
    due = pending.open_ones(found)
    for recusal in due:
        if tie_rules.may_decide(who, recusal):
            page = url_for("assignment.recusal", recusal_id=recusal.id)
            yield Offer(_("Decide on recusal"), page, primary=True, rank=5)
    if found.mediator_id is None or not rules.may_issue(who, found):
        return
    page = url_for("assignment.apply_recusal", assignment_id=found.id)
    if due:
        reason, article = (
            tie_labels.OBSTACLE[Barrier.PENDING_ALREADY],
            tie_rules.OBSTACLE_ARTICLE[Barrier.PENDING_ALREADY],
        )
        yield Offer(_("A party applies for recusal"), page, enabled=False, reason=reason, article=article, rank=90)
    else:
        yield Offer(_("A party applies for recusal"), page, rank=62)


def _together(who: Actor, found: Assignment) -> Iterable[Offer]:
    """A further mediator to be asked; or, for the one who was asked, to be answered (S4 art. 13)."""
    for co in present.active(found):
        if co.status is CoStatus.ASKED and rules.may_mediate(who, co):
            page = url_for("assignment.co_mediator", co_id=co.id)
            yield Offer(_("Accept or decline to mediate together"), page, primary=True, rank=8)
    if found.mediator_id is not None and together_rules.may_add(who, found):
        yield Offer(_("A further mediator"), _url("join", found), rank=68)


def _url(noun: str, assignment: Assignment) -> str:
    return url_for(f"assignment.{noun}", assignment_id=assignment.id)


def _to_choose(who: Actor, dispute: Dispute) -> Iterable[Offer]:
    if not rules.may_issue(who, dispute) or dispute.status not in CHOOSING:
        return
    stands = services.hindrances(dispute)
    yield Offer(
        _("Choose the mediator"),
        url_for("assignment.choose", dispute_id=dispute.id),
        enabled=not stands,
        reason=stands[0].reason if stands else "",
        article=stands[0].article if stands else "",
        primary=not stands,
        rank=20,
    )


def _to_answer(actor: Actor, found: Assignment, possible: set[str]) -> Iterable[Offer]:
    if "accept" in possible:
        yield Offer(_("Accept or decline"), _url("acceptance", found), primary=True, rank=10)
    if "lapse" in possible:
        deadline = services.clock_of(found)
        late = deadline is not None and clock.today() > deadline.final_on
        yield _offer(
            _("Back to choice: no answer"), "lapse", found, None if late else Obstacle.STILL_TIME, method="post"
        )
    # A party says so to the court, which writes it down.
    if "refuse" in possible and actor.has(*REGISTRY) and found.choice is Choice.DESIGNATED:
        yield Offer(_("A party rejects the mediator"), _url("rejection", found), rank=60)
    if "withdraw" in possible:
        yield Offer(_("Settled or withdrawn"), _url("end", found), rank=65)


def _offer(label: str, noun: str, found: Assignment, obstacle: Obstacle | None, *, method: str = "get") -> Offer:
    if obstacle is None:
        return Offer(label, _url(noun, found), method=method, rank=50)
    return Offer(
        label, _url(noun, found), method=method, enabled=False, reason=labels.OBSTACLE[obstacle],
        article=rules.OBSTACLE_ARTICLE[obstacle], rank=90,
    )  # fmt: skip


def _running(who: Actor, found: Assignment, possible: set[str]) -> Iterable[Offer]:
    if not rules.may_mediate_or_register(who, found):
        return
    deadline = services.clock_of(found)
    yield Offer(_("Contact log"), _url("contacts", found), rank=30)
    if found.mediator_id is not None and (rules.may_issue(who, found) or who.mediator_id == found.mediator_id):
        # A tie may come to light during the mediation; it is disclosed then (S5 art. 13).
        page = url_for("assignment.disclosure", dispute_id=found.dispute_id, mediator_id=found.mediator_id)
        yield Offer(_("Disclosure and consent"), page, rank=58)
    if appraisal.obstacle(found.kind, found.status) is None:
        yield Offer(_("Apply for an appraisal"), _url("appraisal", found), rank=54)
    if "suspend" in possible:
        yield Offer(_("Suspend the mediation"), _url("suspension", found), rank=55)
    if found.status is Status.SUSPENDED:
        yield _going_on(found)
    yield _offer(_("Extend the period"), "extension", found, _no_extension(found, deadline))
    yield Offer(_("End without agreement"), _url("end", found), rank=60)


def _going_on(found: Assignment) -> Offer:
    """Back to work; not before recusal is decided (CPL art. 48)."""
    words = _("Go on with the mediation")
    if not pending.open_ones(found):
        return Offer(words, _url("resumption", found), primary=True, rank=10)
    return Offer(
        words, _url("resumption", found), enabled=False, reason=tie_labels.OBSTACLE[Barrier.RECUSAL_OPEN],
        article=tie_rules.OBSTACLE_ARTICLE[Barrier.RECUSAL_OPEN], rank=90,
    )  # fmt: skip


def _no_extension(found: Assignment, deadline: Deadline | None) -> Obstacle | None:
    """Why no extension is possible any more, before anybody fills in the form."""
    if deadline is None or clock.today() > deadline.final_on:
        return Obstacle.EXPIRED
    cap = extension_cap(deadline.key, deadline.start_on)
    return Obstacle.ONCE_ONLY if cap is not None and services.extensions(found) else None


# --- on the dispute's page ------------------------------------------------------------------------------------------


def panels(who: Actor, dispute: Dispute) -> Iterable[Panel]:
    """Who mediates, on which clock, and what happened so far."""
    every = services.of_dispute(dispute.id)
    if not every:
        return
    latest = every[0]
    check = services.latest_check(dispute.id, latest.mediator_id) if latest.mediator_id else None
    names_of = services.mediator_names([co.mediator_id for co in present.every(latest)])
    context = {
        "assignment": latest,
        "holder": services.holder_names(every),
        "deadline": services.clock_of(latest) if latest.status in rules.OPEN else None,
        "earlier": every[1:],
        "check": check,
        "attempts": services.attempts(latest),
        "suspensions": services.suspensions(latest),
        "extensions": services.extensions(latest),
        "beside": [(co, names_of.get(co.mediator_id, "")) for co in present.every(latest)],
        "together_labels": together_labels,
        "recusals": pending.of_dispute(dispute.id),
        "tie_labels": tie_labels,
        "labels": labels,
    }
    yield Panel(_("Mediation"), "assignment/_panel.html", context, side="aside", rank=20)


# --- the timeline ---------------------------------------------------------------------------------------------------


def _with_code(facts: dict[str, Any]) -> str:
    return _("Mediation ended: %(code)s.", code=labels.END_CODE[EndCode(facts["code"])])


def _suspended(facts: dict[str, Any]) -> str:
    return _("Mediation suspended: %(cause)s.", cause=labels.SUSPENSION_REASON[SuspensionReason(facts["reason"])])


def _checked(facts: dict[str, Any]) -> str:
    return _("Conflict check: %(result)s.", result=labels.CHECK_RESULT[rules.CheckResult(facts["result"])])


def _contacted(facts: dict[str, Any]) -> str:
    return _("A party was reached.") if facts["reached"] else _("A party was tried and not reached.")


def _found(facts: dict[str, Any]) -> str:
    if facts["reason"]:
        return _("Somebody else than suggested: %(reason)s", reason=facts["reason"])
    if facts["choice"] == Choice.JOINT:
        return _("Chosen by the parties together; the suggestion is kept beside it.")
    if facts["chosen"] is None:
        return _("Left to an organisation; the suggestion is kept beside it.")
    return _("Suggested by points and draw; kept so that it can be replayed.")


def _requested(facts: dict[str, Any]) -> str:
    outcome = together_labels.REPLACEMENT_OUTCOME[ReplacementOutcome(facts["outcome"])]
    return _("A party asked for another mediator: %(outcome)s.", outcome=outcome)


EVENTS: dict[str, Any] = {
    "assignment.issue": _l("Handed over to be mediated."),
    "assignment.accept": _l("The mediator accepted; the period began."),
    "assignment.appoint": _l("The organisation appointed the mediator."),
    "assignment.decline": _l("The mediator did not accept; back to choice."),
    "assignment.lapse": _l("No answer in three working days; back to choice."),
    "assignment.replace": _l("The mediator was replaced; back to choice."),
    "assignment.refuse": _with_code,
    "assignment.schedule": _l("A session was set."),
    "assignment.open": _l("A session was opened."),
    "assignment.adjourn": _l("The session was adjourned."),
    "assignment.suspend": _suspended,
    "assignment.resume": _l("The mediation goes on."),
    "assignment.resume_scheduled": _l("The mediation goes on."),
    "assignment.resume_accepted": _l("The mediation goes on."),
    "assignment.agree": _with_code,
    "assignment.fail": _with_code,
    "assignment.withdraw": _with_code,
    "assignment.overdue": _l("The mediation period is over; everybody concerned was told."),
    "assignment.in_time_again": _l("The mediation is in time again."),
    "assignment.reappoint": _l("The organisation appointed another member."),
    "choice_record.issue": _found,
    "choice_record.appoint": _found,
    "choice_record.reappoint": _found,
    "batch.make": _l("Several disputes were put together to be handled at once."),
    "lever_set.set": _l("The levers of the choice of mediators were set."),
    "conflict_check.check": _checked,
    "conflict_check.disclose": _l("The mediator disclosed a tie, or that there is none."),
    "conflict_check.waive": _l("All parties agreed to the mediator, knowing the tie."),
    "tie.record": _l("A tie of a mediator was entered in the ledger."),
    "tie.end": _l("A tie of a mediator has ended."),
    "tie.strike": _l("A tie was struck out of the ledger."),
    "replacement_request.decide": _requested,
    "co_mediator.ask": _l("A further mediator was asked to mediate together."),
    "co_mediator.accept": _l("The further mediator accepted."),
    "co_mediator.decline": _l("The further mediator did not accept."),
    "co_mediator.lapse": _l("The further mediator did not answer in three working days."),
    "co_mediator.leave": _l("The further mediator no longer takes part."),
    "co_mediator.preside": _l("A further mediator was named to preside."),
    "co_mediator.step_back": _l("The mediator who presided mediates on beside."),
    "assignment.preside": _l("Another mediator presides from now on."),
    "recusal.raise": _l("A tie of the mediator came to light, or recusal was applied for; the mediation pauses."),
    "recusal.widen": _l("A further tie came to light before the decision on recusal."),
    "recusal.uphold": _l("Recusal was granted: the mediator withdraws."),
    "recusal.dismiss": _l("Recusal was refused: the mediation goes on."),
    "recusal.consent": _l("All parties agreed to the mediator; recusal needs no decision."),
    "recusal.drop": _l("The mediation ended before recusal was decided."),
    "conflict_check.set_aside": _l("What the check found was held to be no ground for recusal."),
    "tie_verdict.answer": _l(
        "Found out whether somebody of the same name is the person with whom the mediator has a tie."
    ),
    "contact_attempt.contact": _contacted,
    "appraisal_application.apply": appraisal_labels.EVENT,
    "suspension.begin": _l("A pause began."),
    "suspension.end": _l("A pause ended."),
    "extension.agree": _l("All parties extended the mediation period."),
}
