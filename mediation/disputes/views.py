"""The work list, the page of one dispute, and the choice of causes."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.disputes import (
    causes,
    finding,
    hotline,
    labels,
    people_panel,
    people_views,
    register,
    rules,
    services,
    steps_views,
    taking_part,
    worklist,
)
from mediation.disputes.blueprint import bp
from mediation.disputes.models import AddressConfirmation, Agent, CaseNumber, Dispute, Participation, Party
from mediation.disputes.opening import opened
from mediation.disputes.rules import Filter, Status
from mediation.documents import services as documents
from mediation.kernel import audit, clock
from mediation.kernel.actor import COURT, REGISTRY, Actor, Role
from mediation.kernel.i18n import _, _l, locale
from mediation.periods import labels as period_labels
from mediation.periods import services as periods
from mediation.periods.table import COURT_ONLY
from mediation.roster import services as roster
from mediation.web import lists
from mediation.web.auth import actor
from mediation.web.registry import Hit, NavItem, Offer, Panel, Registry
from mediation.web.templating import registry

__all__ = ["bp", "contribute", "people_views", "register", "steps_views"]

PLACES = REGISTRY | {Role.GUIDING_JUDGE, Role.FAST_TRACK_JUDGE, Role.PRESIDENT}
TIMELINE = 40


@bp.get("/disputes")
def work_list() -> ResponseReturnValue:
    """What waits, most urgent first."""
    asked = request.args.get("show", "")
    chosen = Filter(asked) if asked in set(Filter) else Filter.OPEN
    sort = request.args.get("sort", "")
    page = worklist.page(actor(), chosen, sort)
    shown = _shown()
    return render_template(
        "disputes/work_list.html",
        page=page,
        lines=[(line, shown[line.status]) for line in page.rows],
        chosen=chosen,
        sort=sort,
        may_register=rules.may_register(actor()),
        filters=tuple((value.value, str(words)) for value, words in labels.FILTER.items()),
        address=request.full_path,
        labels=labels,
    )


@dataclass(frozen=True)
class Shown:
    """How a line of one status looks to a person: the words, and the step that is theirs to take."""

    label: str
    tone: str
    next: str
    before: str
    after: str

    def url(self, dispute_id: int) -> str:
        """Where the step is taken."""
        return f"{self.before}{dispute_id}{self.after}"


def _shown() -> dict[Status, Shown]:
    return _shown_to(registry(), actor().roles, locale(), request.script_root)


@lru_cache(maxsize=256)
def _shown_to(known: Registry, roles: frozenset[Role], _locale: str, _root: str) -> dict[Status, Shown]:
    steps = {Status(value): step for value, step in known.next_steps.items() if step.roles & roles}
    return {
        status: Shown(
            str(labels.STATUS[status]),
            labels.STATUS_TONE[status],
            str(steps[status].label if status in steps else labels.NEXT[status]),
            *lists.around(steps[status].endpoint if status in steps else "disputes.dispute"),
        )
        for status in Status
    }


@bp.get("/disputes/<int:dispute_id>")
def dispute(dispute_id: int) -> ResponseReturnValue:
    """One dispute, one page: where it is, how long is left, what may be done."""
    found = opened(dispute_id)
    whole = request.args.get("timeline") == "all"
    court = actor().has(*COURT)
    unseen = registry().quiet if court else registry().quiet | registry().sealed
    events = audit.of_dispute(found.id, limit=1000 if whole else TIMELINE + 1, without=unseen)
    deadlines = periods.of_dispute(found.id, running_only=True)
    if not court:
        # The other side must not learn of preservation before the measure (CPL art. 106).
        events = [event for event in events if json.loads(event.data).get("key") not in COURT_ONLY]
        deadlines = [deadline for deadline in deadlines if deadline.key not in COURT_ONLY]
    more = len(events) > TIMELINE
    return render_template(
        "disputes/dispute.html",
        dispute=found,
        title=services.title(found),
        stages=_stages(services.steps_taken(found, None if more else events), found.status),
        deadlines=deadlines,
        offers=sorted(_gather(registry().offers, found), key=lambda offer: (not offer.enabled, offer.rank)),
        panels=_rendered(found),
        timeline=[(told,) for told in _timeline(events if whole else events[:TIMELINE])],
        more=more and not whole,
        period_words=period_labels.PERIOD_KEY,
        labels=labels,
    )


def _rendered(found: Dispute) -> list[dict[str, Any]]:
    """Every capability's part of the page, each with its own names beside the dispute's."""
    shared: dict[str, Any] = {"dispute": found}
    current_app.update_template_context(shared)
    return [
        {
            "title": panel.title,
            "side": panel.side,
            "body": current_app.jinja_env.get_template(panel.template).make_module(shared | panel.context),
        }
        for panel in sorted(_gather(registry().panels, found), key=lambda panel: panel.rank)
    ]


def _gather(contributors: Iterable[Any], found: Dispute) -> list[Any]:
    return [item for contribute_to in contributors for item in contribute_to(actor(), found)]


def _stages(taken: Sequence[str], status: Status) -> list[dict[str, Any]]:
    way = rules.track(status, taken)
    return [{"label": labels.STATUS[status], "state": state} for status, state in way]


@dataclass(frozen=True)
class Told:
    """What one person did within one minute."""

    at: datetime
    who: str
    texts: tuple[str, ...]


def _timeline(events: Sequence[audit.Entry]) -> tuple[Told, ...]:
    """What happened, in words; what one person did within one minute stands together."""
    told: list[tuple[datetime, datetime, str, list[str]]] = []
    known, language = registry(), locale()
    for event in events:
        who = event.actor_name if event.actor_id else _("System")
        minute = event.at.replace(second=0, microsecond=0)
        if not told or told[-1][:1] + told[-1][2:3] != (minute, who):
            told.append((minute, event.at, who, []))
        text = _in_words(known, event.action, event.data, language)
        if text not in told[-1][3]:
            told[-1][3].append(text)
    return tuple(Told(at, who, tuple(texts)) for _minute, at, who, texts in told)


@lru_cache(maxsize=8192)
def _in_words(known: Registry, action: str, facts: str, _locale: str) -> str:
    """An entry never changes, and neither does what it says."""
    return known.words(action, json.loads(facts))


@bp.get("/causes")
def cause_choices() -> ResponseReturnValue:
    """Causes that fit what was typed, for the picker."""
    found = causes.search(request.args.get("q", "")[:40], clock.today())
    return {"causes": [{"code": one.code, "name": one.name, "path": one.path} for one in found]}


# ---- what this capability puts on shared pages -----------------------------------------------------------------


def _offers(who: Actor, found: Dispute) -> Iterable[Offer]:
    if rules.may_edit(who, found) and hotline.running(found) is not None:
        address = url_for("disputes.answer_hotline", dispute_id=found.id)
        yield Offer(_("Record the answer to the hotline"), address, article=hotline.ARTICLE, rank=75)
    if not rules.may_edit(who, found) or found.status == Status.CLOSED:
        return
    facts = services.facts(found)
    if found.status is not Status.RETURNED and not facts.case_filed:
        label = _("Record that the complaint was taken back") if facts.complaint_pending else _("Record the complaint")
        yield Offer(label, url_for("disputes.complaint", dispute_id=found.id), rank=80)
    if found.status in {Status.AGREED, Status.RETURNED}:
        yield Offer(labels.STEP["close"], url_for("disputes.closing", dispute_id=found.id), rank=70)
    if found.status in rules.OPEN:
        yield _withdrawal(found, facts)


def _withdrawal(found: Dispute, facts: rules.Facts) -> Offer:
    against = rules.obstacles("withdraw", facts)
    if not against and found.status is Status.FILED:
        against = [rules.Obstacle.CASE_PENDING]
    return Offer(
        labels.STEP["withdraw"],
        url_for("disputes.withdrawal", dispute_id=found.id),
        enabled=not against,
        reason=labels.OBSTACLE[against[0]] if against else "",
        article=rules.OBSTACLE_ARTICLE[against[0]] if against else "",
        rank=90,
    )


def _panels(who: Actor, found: Dispute) -> Iterable[Panel]:
    may_edit = rules.may_edit(who, found) and found.status is not Status.CLOSED
    people = services.parties(found.id)
    known = finding.times_known(who.court_id, [p.id_key for p in people], but=found.id) if may_edit else {}
    shown = [(people_panel.shown(person), known.get(person.id_key, 0)) for person in people]
    # Whom the court lets into a filed case stands on the page of the case.
    context = {"people": shown, "may_edit": may_edit, "may_add": may_edit and not services.is_filed(found)}
    yield Panel(_("People"), "disputes/_panel_people.html", context, side="aside", rank=10)
    streets = {street.id: street.name for street in roster.streets(who)} if found.street_id else {}
    matter = {
        "may_edit": may_edit,
        "labels": labels,
        "street": streets.get(found.street_id or 0, ""),
        "substitute": causes.is_substitute(found.cause_version, clock.local(found.received_at).date()),
    }
    yield Panel(_("The matter"), "disputes/_panel_matter.html", matter, rank=60)
    alike = finding.duplicates_of(who, found) if may_edit and found.status in rules.EARLY else []
    if alike:
        yield Panel(
            _("Probably the same dispute"), "disputes/_panel_alike.html", {"alike": alike, "labels": labels}, rank=5
        )


def _hits(who: Actor, query: str) -> Iterable[Hit]:
    for found in finding.search(who, query):
        detail = f"{found.number or found.receipt_no}　{labels.STATUS[found.status]}"
        yield Hit(found.title or found.receipt_no, url_for("disputes.dispute", dispute_id=found.id), detail)


def _address(who: Actor, dispute_id: int) -> str | None:
    return url_for("disputes.dispute", dispute_id=dispute_id) if services.sees(who, dispute_id) else None


def contribute(shared: Registry) -> None:
    """Places, homes, the search, the words of the timeline, and whose documents are whose."""
    documents.scope_by(services.ids)
    shared.nav.append(NavItem(_l("Disputes"), "disputes.work_list", PLACES, icon="list", rank=10))
    shared.homes += [(role, "disputes.work_list") for role in (Role.CLERK, Role.TRIAGE, Role.GUIDING_JUDGE)]
    shared.dossier |= {Party, Agent, AddressConfirmation, CaseNumber, Participation}
    shared.offers.append(_offers)
    shared.panels.append(_panels)
    shared.searches.append(_hits)
    shared.subjects["dispute"] = _address
    shared.open_work.append(taking_part.open_numbers)
    # The entry of the application or the ruling says the same.
    shared.quiet.add("dispute.note_confirmation")
    shared.events |= {action: words if callable(words) else _worded(words) for action, words in labels.EVENT.items()}


def _worded(words: Any) -> Any:
    return lambda facts: str(words) % facts if "%(" in str(words) else str(words)
