"""The sheet of a yearly evaluation (R2-04; S4 art. 10): on paper before the decision, archived with it."""

from datetime import date
from typing import Any

from mediation.documents import composing, letterheads, workshop
from mediation.documents import services as store
from mediation.documents.composing import BEIJING, Sheet
from mediation.documents.models import Document
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.i18n import CHINESE, force_locale
from mediation.roster import labels as words
from mediation.roster import services as roster
from mediation.roster.conduct import counting, labels
from mediation.roster.conduct.models import Evaluation
from mediation.roster.models import Mediator

KIND, TITLE = "evaluation_sheet", "特邀调解员年度业绩评估表"
# What the list itself knows; everything about the disputes stands in the figures of the catalogue.
OF_THE_LIST = ("complaints", "sanctions", "hours")


def _facts(
    mediator: Mediator, year: int, figures: dict[str, Any], *, result: str, text: str, decided_by: str, decided_on: date | None
) -> dict[str, Any]:  # fmt: skip
    with force_locale(CHINESE):
        return {
            "year": year,
            "mediator": mediator.name,
            "category": str(words.CATEGORY[mediator.category]),
            "organisation": mediator.organisation.name if mediator.organisation else "",
            "certificate": mediator.certificate_no,
            "certificate_until": mediator.certificate_expires_on.isoformat(),
            "figures": [
                [counting.name(one["figure"]), f"{one['figure']} v{one['version']}", _counts(one), one["text"]]
                for one in figures.get("catalogue", ())
            ],
            "kept": [[str(labels.FIGURE[name]), str(figures[name])] for name in OF_THE_LIST],
            "hours_asked": roster.demands(mediator.court_id).yearly_hours,
            "result": result,
            "results": [str(word) for word in labels.RESULT.values()],
            "text": text,
            "decided_by": decided_by,
            "decided_on": decided_on.isoformat() if decided_on else "",
        }


def _counts(line: dict[str, Any]) -> str:
    return str(line["numerator"]) if line["denominator"] is None else f"{line['numerator']} / {line['denominator']}"


def archive(actor: Actor, mediator: Mediator, decided: Evaluation) -> Document:
    """The sheet as it was decided, asked for in the same transaction."""
    with force_locale(CHINESE):
        result = str(labels.RESULT[decided.result])
    data = _facts(
        mediator, decided.year, decided.figures, result=result, text=decided.text, decided_by=actor.name,
        decided_on=decided.decided_on,
    )  # fmt: skip
    return store.request(
        actor, kind=KIND, subject=decided, dispute_id=None, title=TITLE, data=data, party=mediator.name
    )


def archived(decided: Evaluation) -> Document | None:
    """The sheet that belongs to a result."""
    return store.latest(KIND, Evaluation.__tablename__, decided.id)


def draft(mediator: Mediator, year: int, figures: dict[str, Any]) -> bytes:
    """The sheet before the decision: the figures filled in, result and grounds open, marked as a draft."""
    data = _facts(mediator, year, figures, result="", text="", decided_by="", decided_on=None)
    head = letterheads.on(mediator.court_id, clock.today())
    sheet = Sheet(
        court=store.court_name(mediator.court_id),
        title=TITLE,
        created=clock.now().astimezone(BEIJING).replace(microsecond=0),
        heading=head.heading if head else "",
    )
    page = composing.compose(KIND, sheet, data)
    return workshop.typeset(page, data) if workshop.mode() == "pool" else workshop.typeset_here(page, data)
