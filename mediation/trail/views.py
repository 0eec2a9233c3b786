"""The audit administrator's pages."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel import audit, clock, sheets
from mediation.kernel.actor import Actor, Role
from mediation.kernel.audit import AuditEvent
from mediation.kernel.i18n import _, _l
from mediation.trail import labels, rules, services
from mediation.trail.rules import Format
from mediation.trail.services import Filter
from mediation.web.auth import actor
from mediation.web.fields import parse_day
from mediation.web.forms import strip
from mediation.web.registry import Hit, NavItem, Registry
from mediation.web.templating import moment, registry

bp = Blueprint("trail", __name__)
AUDITOR = frozenset({Role.AUDIT_ADMIN})


def contribute(shared: Registry) -> None:
    shared.nav.append(NavItem(_l("Trail"), "trail.entries", AUDITOR, icon="trail", rank=10))
    shared.homes.append((Role.AUDIT_ADMIN, "trail.entries"))
    shared.searches.append(_hits)
    shared.events.update(labels.EVENTS)


def _hits(who: Actor, query: str) -> list[Hit]:
    """For the audit administrator the search leads to somebody's entries, or to those of a dispute."""
    if not rules.may_read(who):
        return []
    by_person, by_number = Filter(person=query), Filter(number=query)
    found = []
    if services.entries(who, by_person).rows:
        found.append(Hit(_("Entries of %(person)s", person=query), url_for("trail.entries", person=query)))
    if services.entries(who, by_number).rows:
        found.append(Hit(_("Entries of the dispute %(number)s", number=query), url_for("trail.entries", number=query)))
    return found


def _asked() -> tuple[Filter, list[str]]:
    """The filter in the address, and what in it could not be read."""
    told, wrong = {name: strip(value) for name, value in request.values.items()}, []
    days: dict[str, date | None] = {}
    for name in ("first", "last"):
        text = told.get(name, "")
        try:
            days[name] = parse_day(text) if text else None
        except ValueError as error:
            wrong.append(str(error))
            days[name] = None
    number = told.get("subject_id", "")
    return (
        Filter(
            person=told.get("person", "")[:50],
            action=told.get("action", "")[:64],
            subject=told.get("subject", "")[:64],
            subject_id=int(number) if number.isdecimal() and len(number) < 10 else None,  # noqa: PLR2004 fits an integer
            number=told.get("number", "")[:60],
            **days,
        ),
        wrong,
    )


@bp.get("/trail")
def entries() -> ResponseReturnValue:
    asked, wrong = _asked()
    before, after = request.args.get("before", type=int), request.args.get("after", type=int)
    found = services.entries(actor(), asked, before=before, after=after)
    check, last = services.last_check(actor()), audit.head_of(actor().court_id)
    told = asked.told()
    return render_template(
        "trail/entries.html",
        rows=_told(found.rows),
        found=found,
        asked=asked,
        told=told,
        wrong=wrong,
        check=check,
        last=last,
        since=last - max(check.through, check.number) if check else last,
        actions=_actions(),
        url=lambda **where: url_for(".entries", **_address(told | where)),
        labels=labels,
        Format=Format,
    )


def _address(told: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) for name, value in told.items()}


def _actions() -> list[tuple[str, list[tuple[str, str]]]]:
    """All that can be written down, by what it is about, in words."""
    kinds: dict[str, list[tuple[str, str]]] = {}
    for action in registry().events:
        kind = action.split(".")[0]
        kinds.setdefault(str(labels.SUBJECT.get(kind, kind)), []).append((action, title(action)))
    return [(kind, sorted(found, key=lambda one: one[1])) for kind, found in sorted(kinds.items())]


def title(action: str) -> str:
    """What an action is called where no facts of it are at hand."""
    if action in labels.TITLE:
        return str(labels.TITLE[action])
    try:
        return registry().words(action, {})
    except (KeyError, ValueError):
        return str(labels.SUBJECT.get(action.split(".", maxsplit=1)[0], action))


def _words(row: AuditEvent) -> str:
    """The entry's sentence; an old entry, written with other facts than today's sentence needs, gets the name of the act."""
    try:
        return registry().words(row.action, rules.readable(row.subject_type, row.facts))
    except (KeyError, ValueError, TypeError):
        return title(row.action)


def _told(rows: Sequence[AuditEvent]) -> list[dict[str, Any]]:
    """Entries in words. What a dispute is about is not the audit administrator's to read."""
    numbers, logins = services.numbers(actor(), rows), services.logins(actor(), rows)
    return [
        {
            "seq": row.seq,
            "at": row.at,
            "who": row.actor_name if row.actor_id else _("System"),
            "login": logins.get(row.actor_id, ""),
            "text": _words(row),
            "action": row.action,
            "subject": str(labels.SUBJECT.get(row.subject_type, row.subject_type)),
            "subject_type": row.subject_type,
            "subject_id": row.subject_id,
            "subject_name": logins.get(row.subject_id, "") if row.subject_type == "user" else "",
            "number": numbers.get(row.dispute_id or 0, ""),
            "address": row.address,
            "request": row.request_id,
            "digest": row.mac,
        }
        for row in rows
    ]


@bp.post("/trail/verify")
def verify() -> ResponseReturnValue:
    check = services.verify(actor())
    if check.faults:
        flash(_("The trail is not whole. What was found stands below."), "error")
    else:
        flash(_("The trail is whole from entry 1 to entry %(seq)s.", seq=check.through), "success")
    return redirect(url_for(".entries"))


@bp.post("/trail/file")
def file() -> ResponseReturnValue:
    asked, _wrong = _asked()
    wanted = request.form.get("format", "")
    form = Format(wanted) if wanted in set(Format) else Format.XLSX
    too_many = _("More than %(most)s entries fit. Narrow the days and take them along in parts.", most=rules.MOST_ROWS)
    rows = _told(services.take_along(actor(), asked, form, too_many=too_many))
    head = [
        _("Entry"), _("Time"), _("Person"), _("Sign-in name"), _("What happened"), _("About"), _("Number of the record"),
        _("Dispute"), _("Network address"), _("Request"), _("Digest"),
    ]  # fmt: skip
    names = ("seq", "at", "who", "login", "text", "subject", "subject_id", "number", "address", "request", "digest")
    lines = [[moment(row["at"]) if name == "at" else row[name] for name in names] for row in rows]
    if form is Format.CSV:
        body, kind = sheets.comma_separated(head, lines), sheets.CSV
    else:
        body, kind = sheets.workbook(_("Trail"), head, lines), sheets.XLSX
    name = f"trail-{clock.today():%Y%m%d}.{form.value}"
    return Response(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
