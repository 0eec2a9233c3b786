"""Setting bounds on figures, looking each day whether one is crossed, and telling it once for each period."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from mediation.accounts import services as accounts
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor, Role, system
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.kernel.i18n import CHINESE, force_locale
from mediation.notices import channels
from mediation.notices import services as notices
from mediation.notices.rules import Channel
from mediation.statistics import apart, asking, naming
from mediation.statistics import labels as words
from mediation.statistics import rules as figures
from mediation.statistics.alerts import labels, rules
from mediation.statistics.alerts.models import AlertFinding, FigureAlert
from mediation.statistics.alerts.rules import Direction, Measure, Obstacle, Window
from mediation.statistics.asking import Answer, Question
from mediation.statistics.catalogue import Figure, Readings, Way, definition_on
from mediation.statistics.rules import Part, Period

KIND = "statistics.alert"
# Core, not the mapped class: that it was looked at is no act that the trail tells of.
_looked = sa.table("figure_alert", sa.column("id"), sa.column("looked_on", sa.Date))


@dataclass(frozen=True)
class Wanted:
    """A bound as it is typed; without a way the figure is counted as usual."""

    figure: Figure
    window: Window
    measure: Measure
    direction: Direction
    limit: Decimal
    way: Way | None = None
    least: int = 0
    e_mail: str = ""


# ---- reads ------------------------------------------------------------------------------------------------------------


def all_of(actor: Actor) -> Sequence[FigureAlert]:
    """The bounds that are set in this court, by figure."""
    _may_read(actor)
    return db.session.scalars(_live(actor.court_id).order_by(FigureAlert.figure, FigureAlert.id)).all()


def get(actor: Actor, alert_id: int) -> FigureAlert | None:
    """One bound that is set in this court."""
    _may_read(actor)
    return db.session.scalar(_live(actor.court_id).where(FigureAlert.id == alert_id))


def _live(court_id: int) -> sa.Select[FigureAlert]:
    return sa.select(FigureAlert).where(FigureAlert.court_id == court_id, FigureAlert.removed_at.is_(None))


def standing(actor: Actor) -> Sequence[AlertFinding]:
    """The figures that lay beyond their bounds when they were last looked at."""
    _may_read(actor)
    rows = (
        sa.select(AlertFinding)
        .join(FigureAlert, FigureAlert.id == AlertFinding.alert_id)
        .options(contains_eager(AlertFinding.alert))
        .where(
            AlertFinding.court_id == actor.court_id,
            FigureAlert.removed_at.is_(None),
            AlertFinding.edition == FigureAlert.edition,
            AlertFinding.known_on == FigureAlert.looked_on,
        )
        .order_by(AlertFinding.id)
    )
    return db.session.scalars(rows).all()


def past(actor: Actor, *, limit: int = 50) -> Sequence[AlertFinding]:
    """What was found on earlier evenings, the latest first, of bounds removed since then too."""
    _may_read(actor)
    rows = (
        sa.select(AlertFinding)
        .join(FigureAlert, FigureAlert.id == AlertFinding.alert_id)
        .options(contains_eager(AlertFinding.alert))
        .where(AlertFinding.court_id == actor.court_id)
        .order_by(AlertFinding.known_on.desc(), AlertFinding.id.desc())
        .limit(limit)
    )
    return db.session.scalars(rows).all()


def answer_of(finding: AlertFinding) -> Answer:
    """What was counted, as any other figure: with its question, so that the same cases open."""
    question = Question(
        finding.alert.figure, finding.alert.way, Period(finding.first_on, finding.last_on), finding.known_on
    )
    definition = replace(definition_on(finding.alert.figure, finding.last_on), version=finding.version)
    return Answer(question, definition, Readings(), finding.numerator, finding.denominator)


def former_of(finding: AlertFinding) -> str:
    """The value it was compared with, as it is written; empty where the value itself is bounded."""
    if finding.then_numerator is None:
        return ""
    unit = definition_on(finding.alert.figure, finding.last_on).unit
    return asking.written(unit, finding.then_numerator, finding.then_denominator)


# ---- setting ----------------------------------------------------------------------------------------------------------


def create(actor: Actor, wanted: Wanted) -> FigureAlert:
    """Set a bound; whether it is crossed by now is looked at at once."""
    _may_set(actor)
    with transaction():
        kept = sa.select(sa.func.count()).select_from(_live(actor.court_id).subquery())
        if (db.session.scalar(kept) or 0) >= rules.MOST_ALERTS:
            raise DomainError(labels.OBSTACLE[Obstacle.TOO_MANY])
        values = _checked(actor.court_id, wanted)
        made = FigureAlert(court_id=actor.court_id, made_by_id=actor.id, **values)
        audit.record(actor, "create", made, **values)
        db.session.flush()
        _look(system(actor.court_id), [made])
    return made


def change(actor: Actor, alert: FigureAlert, wanted: Wanted) -> None:
    """Set it otherwise; what was found by the former bound stays as it was found."""
    _may_set(actor)
    with transaction():
        values = _checked(actor.court_id, wanted, but=alert.id)
        before = {name: getattr(alert, name) for name in values}
        for name, value in values.items():
            setattr(alert, name, value)
        alert.edition, alert.looked_on = alert.edition + 1, None
        audit.record(actor, "change", alert, before=before, **values)
        db.session.flush()
        _look(system(actor.court_id), [alert])


def remove(actor: Actor, alert: FigureAlert) -> None:
    """Take a bound away; what was found by it stays."""
    _may_set(actor)
    with transaction():
        alert.removed_at = clock.now()
        audit.record(actor, "remove", alert, figure=alert.figure, hundredths=alert.hundredths)


def _checked(court_id: int, wanted: Wanted, but: int = 0) -> dict[str, Any]:
    """The columns of a bound that can be set; the refusal names the field."""
    definition = definition_on(wanted.figure, clock.today())
    way = wanted.way or definition.natural
    if way not in definition.ways or way is Way.CUMULATIVE:
        raise DomainError(labels.OBSTACLE[Obstacle.NO_WAY], field="way")
    if found := rules.obstacle(definition.unit, wanted.measure, wanted.limit):
        raise DomainError(labels.OBSTACLE[found], field="limit")
    if wanted.e_mail and Channel.E_MAIL not in channels.configured():
        raise DomainError(labels.OBSTACLE[Obstacle.NO_MAIL], field="e_mail")
    told = asdict(wanted) | {"way": way, "hundredths": int(wanted.limit * 100)}
    del told["limit"]
    same = ("figure", "way", "window", "measure", "direction", "hundredths")
    there = _live(court_id).where(
        FigureAlert.id != but, *(getattr(FigureAlert, name) == told[name] for name in same)
    )  # fmt: skip
    if db.session.scalar(there.limit(1)) is not None:
        raise DomainError(labels.OBSTACLE[Obstacle.THERE_ALREADY], field="limit")
    return told


def _may_set(actor: Actor) -> None:
    if not rules.may_set(actor):
        raise NotPermitted("alert")


def _may_read(actor: Actor) -> None:
    if not figures.may_read(actor):
        raise NotPermitted("read")


# ---- looking ----------------------------------------------------------------------------------------------------------


def look(actor: Actor) -> int:
    """The daily run: count each bounded figure as known last evening; how many newly lie beyond. Run twice, it tells once."""
    with transaction():
        found = _look(actor, db.session.scalars(_live(actor.court_id).order_by(FigureAlert.id)).all())
        for finding, answer, former in found:
            _tell(actor, finding, answer, former)
    return len(found)


def _look(actor: Actor, alerts: Sequence[FigureAlert]) -> list[tuple[AlertFinding, Answer, Answer | None]]:
    """Count them, keep what lies beyond, and give back what did not in the same period before."""
    evening = clock.today() - timedelta(days=1)
    due = [alert for alert in alerts if alert.looked_on != evening]
    news = []
    for alert, now, then in _counted(actor.court_id, due, evening):
        if alert.bound.is_crossed(now.number, then.number if then else None, _cases(now)):
            is_new = not _was_told(alert, now.question.period)
            finding = _kept(actor, alert, now, then)
            if is_new:
                news.append((finding, now, then))
    if due:
        ids = [alert.id for alert in due]
        db.session.execute(sa.update(_looked).where(_looked.c.id.in_(ids)).values(looked_on=evening))
        for alert in due:
            db.session.expire(alert, ["looked_on"])
    return news


def _counted(
    court_id: int, alerts: Sequence[FigureAlert], evening: date
) -> Iterable[tuple[FigureAlert, Answer, Answer | None]]:
    asked = [(alert, *questions(alert, evening)) for alert in alerts]
    wanted = [question for _alert, now, then in asked for question in (now, then) if question is not None]
    found = iter(asking.answers(court_id, wanted))
    for alert, _now, then in asked:
        yield alert, next(found), next(found) if then is not None else None


def questions(alert: FigureAlert, evening: date) -> tuple[Question, Question | None]:
    """What is asked: the figure as known that evening, and the one it is compared with, known the same evening."""
    now = Question(alert.figure, alert.way, rules.period(alert.window, evening), evening)
    if alert.measure is Measure.VALUE:
        return now, None
    before = now.period.before() if alert.measure is Measure.BEFORE else apart.last_year(now.period)
    return now, replace(now, period=before)


def _cases(answer: Answer) -> int:
    return answer.numerator if answer.denominator is None else answer.denominator


def _was_told(alert: FigureAlert, period: Period) -> bool:
    """Whether this edition of the bound was found crossed in the same period before."""
    rows = sa.select(AlertFinding.id).where(
        AlertFinding.alert_id == alert.id, AlertFinding.edition == alert.edition, AlertFinding.first_on == period.first
    )
    return db.session.scalar(rows.limit(1)) is not None


def _kept(actor: Actor, alert: FigureAlert, now: Answer, then: Answer | None) -> AlertFinding:
    period = now.question.period
    made = AlertFinding(
        court_id=actor.court_id, alert=alert, edition=alert.edition, first_on=period.first, last_on=period.last,
        known_on=now.question.as_of, version=now.definition.version, numerator=now.numerator, denominator=now.denominator,
        then_first_on=then.question.period.first if then else None,
        then_last_on=then.question.period.last if then else None,
        then_numerator=then.numerator if then else None, then_denominator=then.denominator if then else None,
    )  # fmt: skip
    audit.record(
        actor, "find", made, alert=alert.id, figure=alert.figure, numerator=now.numerator, denominator=now.denominator,
        first=period.first, last=period.last, hundredths=alert.hundredths,
    )  # fmt: skip
    return made


# ---- telling ----------------------------------------------------------------------------------------------------------


def sentence(alert: FigureAlert) -> str:
    """The bound in words, in the reader's language."""
    unit = definition_on(alert.figure, clock.today()).unit
    pattern = labels.LIMIT_OF_VALUE if alert.measure is Measure.VALUE else labels.LIMIT_OF_CHANGE
    limit = str(pattern[unit]) % {"limit": f"{alert.limit:f}"} if unit in pattern else f"{alert.limit:f}"
    return str(labels.SENTENCE[alert.measure, alert.direction]) % {"limit": limit}


def counts(answer: Answer) -> str:
    """Both counts with their words."""
    figure = answer.question.figure
    above = naming.counted(figure, Part.NUMERATOR, answer.numerator)
    if answer.denominator is None:
        return above
    return f"{above} / {naming.counted(figure, Part.DENOMINATOR, answer.denominator)}"


def _tell(actor: Actor, finding: AlertFinding, answer: Answer, former: Answer | None) -> None:
    alert, period = finding.alert, answer.question.period
    value = answer.text if former is None else f"{former.text} → {answer.text}"
    facts = {
        "figure": lambda: f"{words.NAME[alert.figure]} {answer.definition.name}", "value": value,
        "counts": lambda: counts(answer), "first": period.first, "last": period.last, "bound": lambda: sentence(alert),
    }  # fmt: skip
    readers = accounts.holding(actor.court_id, Role.PRESIDENT)
    notices.tell_users(actor, readers, KIND, labels.TOLD, subject=finding, facts=facts)
    if alert.e_mail and Channel.E_MAIL in channels.configured():
        with force_locale(CHINESE):
            shown = {name: notices.shown(fact) for name, fact in facts.items()}
            text = str(labels.TOLD) % shown
        notices.enqueue(
            actor, subject=finding, dispute_id=None, kind=KIND, text=text,
            recipient=accounts.court(actor.court_id).name, channel=Channel.E_MAIL, address=alert.e_mail,
        )  # fmt: skip
