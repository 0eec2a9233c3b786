"""What remains lawful when nobody on the list passes: never somebody who is excluded."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for

from mediation.assignment import conflicts
from mediation.assignment.rules import Finding
from mediation.assignment.services import Candidate, Suggestion
from mediation.disputes.models import Dispute
from mediation.kernel.i18n import _
from mediation.roster import services as roster
from mediation.roster.rules import Obstacle
from mediation.web.templating import day as shown


@dataclass(frozen=True)
class Way:
    """One lawful way on, with its article and where it is taken; no address where it is taken outside this page."""

    words: Any
    article: str
    label: Any = ""
    url: str = ""


def of(dispute: Dispute, suggestion: Suggestion) -> list[Way]:
    """Every way that is open in this situation, the nearest first."""
    found = [Way(_("Hand the dispute to an organisation below; it appoints one of its members."), "S4 art. 12")]
    found += [_waiver(dispute, c) for c in suggestion.candidates if _waivable(c)]
    back = _back(dispute, suggestion)
    if back is not None:
        found.append(Way(_("Wait: the first mediator returns from leave on %(day)s.", day=shown(back)), "S4 art. 10"))
    if any(_is(c, Obstacle.FULL) for c in suggestion.candidates):
        found.append(Way(_("Wait until a mediator with as many disputes as agreed has ended one."), "S5 art. 12"))
    return [
        *found,
        Way(
            _("The parties choose together among those who may mediate; record whom both name."), "S4 art. 12",
            _("Record the parties' answers"), url_for("intake.consents", dispute_id=dispute.id),
        ),
        Way(_("Widen the list: invite further mediators, or use the list of the higher court."), "S4 arts 5, 6"),
        Way(
            _("No mediation: the dispute goes to filing, which no lack of mediators may delay."), "CPL art. 126",
            _("File the case"), url_for("intake.file", dispute_id=dispute.id),
        ),
    ]  # fmt: skip


def _is(candidate: Candidate, reason: Obstacle | Finding) -> bool:
    return candidate.first_reason is reason


def _waivable(candidate: Candidate) -> bool:
    return isinstance(candidate.first_reason, Finding) and candidate.first_reason in conflicts.WAIVABLE


def _waiver(dispute: Dispute, candidate: Candidate) -> Way:
    return Way(
        _("All parties may agree to %(name)s, knowing the tie.", name=candidate.mediator.name),
        "S4 art. 15",
        _("Disclosure and consent"),
        url_for("assignment.disclosure", dispute_id=dispute.id, mediator_id=candidate.mediator.id),
    )


def _back(dispute: Dispute, suggestion: Suggestion) -> date | None:
    """The first day on which somebody who fell out for leave is back."""
    away = [c.mediator.id for c in suggestion.candidates if _is(c, Obstacle.ON_LEAVE)]
    on = suggestion.inputs.case.on
    ends = [leave.to_on for leave in roster.absences(dispute.court_id, away, on, on)]
    return min(ends) + timedelta(days=1) if ends else None
