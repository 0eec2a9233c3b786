"""What intake shows on a dispute's page: the next lawful steps, the short forms, what is known so far."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import url_for

from mediation.disputes import labels as dispute_labels
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.rules import PartyRole, Route, Status
from mediation.intake import facts, labels, rules, screening
from mediation.intake.forms import OverrideForm, ScreeningForm
from mediation.intake.forms import answers_form as make_answers_form
from mediation.intake.rules import Answer, Next, Obstacle, RouteFacts
from mediation.intake.screening import Flag
from mediation.intake.suitability import Exclusion, of_cause
from mediation.kernel.actor import REGISTRY, Actor
from mediation.roster import services as roster
from mediation.web.fields import options
from mediation.web.registry import NextStep, Offer, Panel

AT_COUNTER = rules.BEFORE_ROUTE
ANSWERING = frozenset({Status.GUIDED, Status.CONSENT_ASKED})


# The one button of a line in the work list: at the counter the short forms stand on the dispute's own page.
NEXT_STEPS = {
    Status.RECEIVED: NextStep(labels.NEXT[Next.SCREEN], "disputes.dispute", REGISTRY),
    Status.SCREENED: NextStep(labels.NEXT[Next.GUIDE], "disputes.dispute", REGISTRY),
    Status.GUIDED: NextStep(labels.NEXT[Next.ASK], "disputes.dispute", REGISTRY),
    Status.CONSENT_ASKED: NextStep(labels.CHOOSE_ROUTE, "disputes.dispute", REGISTRY),
    Status.NOT_AGREED: NextStep(labels.NEXT[Next.FILE], "disputes.dispute", REGISTRY),
}


# ---- offers -------------------------------------------------------------------------------------------------------


def offers(actor: Actor, dispute: Dispute) -> Iterable[Offer]:
    """The next steps at the counter; what is not lawful now says why."""
    if not rules.may_work(actor, dispute):
        return []
    known = facts.route_facts(dispute)
    correction = facts.correction_of(dispute.id)
    waiting = correction is not None and correction.corrected_on is None
    first = rules.next_step(known, correction_open=waiting)
    return [
        *_correction(dispute, first, given=correction is not None, waiting=waiting),
        *_screening(dispute, first),
        *_guidance(dispute, known, first),
        *_asking(dispute, known, first),
        *_filing(dispute, known, first),
    ]


def _url(endpoint: str, dispute: Dispute, anchor: str | None = None) -> str:
    return url_for(endpoint, dispute_id=dispute.id, _anchor=anchor)


def _offer(label: Any, url: str, obstacles: list[Obstacle], **more: Any) -> Offer:
    """An offer that is not lawful now stays on the page, greyed, with the reason and the article."""
    if not obstacles:
        return Offer(label, url, **more)
    first = obstacles[0]
    more |= {"primary": False, "article": rules.OBSTACLE_ARTICLE[first]}
    return Offer(label, url, enabled=False, reason=labels.OBSTACLE[first], **more)


def _correction(dispute: Dispute, first: Next, *, given: bool, waiting: bool) -> Iterator[Offer]:
    if dispute.status not in AT_COUNTER:
        return
    if waiting:
        url = _url("intake.receive_correction", dispute)
        yield Offer(labels.NEXT[Next.CORRECT], url, primary=first is Next.CORRECT, rank=10)
    elif dispute.status is Status.RECEIVED:
        blocked = [Obstacle.CORRECTED_ONCE] if given else []
        yield _offer(labels.ASK_CORRECTION, _url("intake.ask_correction", dispute), blocked, rank=40)


def _screening(dispute: Dispute, first: Next) -> Iterator[Offer]:
    if dispute.status is not Status.RECEIVED:
        return
    found = screening.screen(facts.screening_facts(dispute))
    if found.clean:
        url = _url("intake.screen", dispute)
        yield Offer(labels.CONFIRM_SUITABLE, url, method="post", primary=first is Next.SCREEN, rank=10)
    else:
        url = _url("disputes.dispute", dispute, "intake-screening")
        yield Offer(labels.NEXT[Next.SCREEN], url, primary=first is Next.SCREEN, rank=10)


def _guidance(dispute: Dispute, known: RouteFacts, first: Next) -> Iterator[Offer]:
    if dispute.status is Status.SCREENED and first is Next.RETURN:
        yield Offer(labels.NEXT[Next.RETURN], _url("intake.return_", dispute), primary=True, rank=10)
    elif dispute.status in {Status.RECEIVED, Status.SCREENED, Status.NOT_AGREED}:
        blocked = [Obstacle.NOT_SCREENED] if known.result is None else []
        if known.result is not None and known.result is not rules.ScreeningResult.SUITABLE:
            blocked = [Obstacle.UNSUITABLE]
        url = _url("intake.guide", dispute)
        yield _offer(labels.NEXT[Next.GUIDE], url, blocked, method="post", primary=first is Next.GUIDE, rank=20)


def _asking(dispute: Dispute, known: RouteFacts, first: Next) -> Iterator[Offer]:
    if dispute.status in ANSWERING:
        url = _url("disputes.dispute", dispute, "intake-answers")
        yield Offer(labels.NEXT[Next.ASK], url, primary=first is Next.ASK, rank=15 if first is Next.ASK else 50)
    if dispute.status in {Status.CONSENT_ASKED, Status.IN_MEDIATION}:
        agreed = any(given.answer is Answer.AGREES for given in known.answers)
        blocked = [] if agreed else [Obstacle.NO_AGREEMENT_TO_WITHDRAW]
        yield _offer(labels.WITHDRAW, _url("intake.withdraw_consent", dispute), blocked, rank=60)


def _filing(dispute: Dispute, known: RouteFacts, first: Next) -> Iterator[Offer]:
    """Always there until the case is filed or the matter is over: nothing at the counter hides it (R0-04)."""
    if dispute.status not in AT_COUNTER | {Status.IN_MEDIATION, Status.AGREED} or dispute.route is Route.B:
        return
    primary, blocked = first is Next.FILE, rules.filing_obstacles(dispute.status, dispute.confirming)
    if dispute.status is Status.AGREED:
        # Never at one click: whoever sues gives up what the agreement could still become.
        yield _offer(labels.SUE, _url("intake.file", dispute), blocked, article="CPL art. 206; S3 art. 32", rank=70)
        return
    method = "post" if known.complaint_pending else "get"
    label = labels.NEXT[Next.FILE] if known.complaint_pending else labels.FILE_AFTER_COMPLAINT
    yield _offer(label, _url("intake.file", dispute), blocked, method=method, primary=primary, rank=30)


# ---- panels -------------------------------------------------------------------------------------------------------


def panels(actor: Actor, dispute: Dispute) -> Iterable[Panel]:
    """The short forms of the present step for who may work at it; what is known so far for who sees the dispute."""
    if rules.may_work(actor, dispute):
        if dispute.status is Status.RECEIVED:
            yield _panel(
                labels.PANEL_SCREENING, "screening", form=screening_form(actor, dispute), **screening_context(dispute)
            )
        if dispute.status in ANSWERING:
            complete = all(given.answer is not None for given in facts.answers(dispute))
            rank = 20 if complete else 10
            yield _panel(
                labels.PANEL_ANSWERS, "answers", rank=rank, form=answers_form(actor, dispute), complete=complete
            )
        if dispute.status is Status.CONSENT_ASKED:
            yield _panel(labels.PANEL_ROUTES, "routes", rank=15, ways=ways(dispute))
    if rules.may_work(actor, dispute) or dispute.status is not Status.RECEIVED:
        yield _panel(labels.PANEL_KNOWN, "known", side="aside", rank=30, **known_context(dispute))


def _panel(title: Any, name: str, *, side: str = "main", rank: int = 10, **context: Any) -> Panel:
    return Panel(title, f"intake/_panel_{name}.html", {"labels": labels, **context}, side=side, rank=rank)


def screening_form(actor: Actor, dispute: Dispute) -> ScreeningForm:
    """The clerk's form, or the triage officer's; asking about arbitration only where it has to come first."""
    form = OverrideForm() if rules.may_override(actor, dispute) else ScreeningForm()
    cause = of_cause(dispute.cause_code, version=dispute.cause_version, name=dispute.cause.name)
    if cause.exclusion is not Exclusion.ARBITRATION_FIRST:
        form.arbitration_done.data = False
    return form


def screening_context(dispute: Dispute) -> dict[str, Any]:
    """What the facts alone say, in words."""
    found = screening.screen(facts.screening_facts(dispute))
    cause = of_cause(dispute.cause_code, version=dispute.cause_version, name=dispute.cause.name)
    return {
        "screened": found,
        "cause": cause,
        "asks_arbitration": cause.exclusion is Exclusion.ARBITRATION_FIRST,
        "flag_articles": screening.FLAG_ARTICLE,
    }


def answers_form(actor: Actor, dispute: Dispute) -> Any:
    """The form for the answers of all parties, one part each."""
    parties = [
        (
            party.id,
            f"{dispute_labels.PARTY_ROLE[party.role]}  {party.name}",
            party.role is PartyRole.APPLICANT and _outside_open(dispute),
        )
        for party in disputes.parties(dispute.id)
    ]
    return make_answers_form(parties, {m.id: m.name for m in roster.list_active(actor)})


def _outside_open(dispute: Dispute) -> bool:
    return Route.C in facts.routes_enabled(dispute.court_id, facts.received_on(dispute))


def parts(form: Any) -> list[tuple[str, Any]]:
    """The parts of the answers form by name."""
    return [(field.name, field) for field in form if field.name.startswith("party")]


def agreed_choices(dispute: Dispute) -> list[Any]:
    """Who has agreed and may withdraw it."""
    agreed = {party_id for party_id, consent in facts.consents(dispute.id).items() if consent.answer is Answer.AGREES}
    return options({party.id: party.name for party in disputes.parties(dispute.id) if party.id in agreed})


def ways(dispute: Dispute) -> list[dict[str, Any]]:
    """Each route with what stands against it (DOMAIN 3.0)."""
    known = facts.route_facts(dispute)
    return [
        {
            "route": route,
            "name": dispute_labels.ROUTE[route],
            "obstacles": [
                (labels.OBSTACLE[one], rules.OBSTACLE_ARTICLE[one], labels.REMEDY.get(one, ""))
                for one in rules.obstacles(route, known)
            ],
        }
        for route in Route
    ]


def known_context(dispute: Dispute) -> dict[str, Any]:
    """Screening, answers and limitation as they stand."""
    latest = facts.screening_of(dispute.id)
    given = facts.consents(dispute.id)
    guided = facts.guidances(dispute.id)
    cause = of_cause(dispute.cause_code, version=dispute.cause_version, name=dispute.cause.name)
    return {
        "screening": latest,
        "findings": [Exclusion(finding["code"]) for finding in latest.findings] if latest else [],
        "flags": [Flag(flag) for flag in latest.flags] if latest else [],
        "confirmation": labels.CONFIRMABLE[cause.confirmation],
        "correction": facts.correction_of(dispute.id),
        "asked": [(party, guided.get(party.id), given.get(party.id)) for party in disputes.parties(dispute.id)],
        "limitation": [
            (labels.INTERRUPTION[kind], day, rules.INTERRUPTION_ARTICLE[kind])
            for kind, day in facts.limitation(dispute)
        ],
    }
