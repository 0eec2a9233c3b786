"""When the court may designate, and when the parties choose (S4 art. 12; S5 art. 10)."""

from datetime import date

from mediation.assignment.rules import Choice
from mediation.assignment.services.suggesting import Suggestion
from mediation.assignment.together import labels, rules
from mediation.assignment.together.rules import ChoiceFacts, Obstacle
from mediation.disputes.models import Dispute
from mediation.intake import services as intake
from mediation.intake.rules import Answer
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.errors import DomainError
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.rules import PeriodKey

KEYS = (PeriodKey.ONLINE_JOINT_CHOICE, PeriodKey.ONLINE_DESIGNATE)


def refused(obstacle: Obstacle, *, field: str = "") -> DomainError:
    """The refusal with its article and what remains possible."""
    return DomainError(
        labels.OBSTACLE[obstacle],
        article=rules.OBSTACLE_ARTICLE[obstacle],
        remedy=labels.REMEDY.get(obstacle, ""),
        field=field,
    )


def clocks(dispute: Dispute) -> list[Deadline]:
    """The periods for joint choice and designation that run."""
    return [d for key in KEYS if (d := periods.current(Dispute.__tablename__, dispute.id, key)) is not None]


def facts(dispute: Dispute, suggestion: Suggestion, on: date) -> ChoiceFacts:
    """What decides whether the court may designate on that day."""
    running = periods.current(Dispute.__tablename__, dispute.id, PeriodKey.ONLINE_JOINT_CHOICE)
    agreed = [c for c in intake.consents(dispute.id).values() if c.answer is Answer.AGREES]
    return ChoiceFacts(
        joint_id=suggestion.joint_id,
        joint_may_be_chosen=suggestion.joint is not None,
        all_named=len(agreed) > 1 and all(c.preferred_mediator_id for c in agreed),
        choose_until=running.final_on if running else None,
        on=on,
    )


def obstacle(dispute: Dispute, suggestion: Suggestion, mediator_id: int | None, on: date) -> Obstacle | None:
    """Why the court may not designate this mediator, or an organisation, on that day."""
    return rules.designation_obstacle(facts(dispute, suggestion, on), mediator_id)


def stands_against(dispute: Dispute, suggestion: Suggestion) -> DomainError | None:
    """Why the court may not designate today: in words, with article and remedy; None when it may."""
    found = obstacle(dispute, suggestion, None, clock.today())
    return refused(found) if found is not None else None


def require_designable(
    dispute: Dispute, suggestion: Suggestion, choice: Choice, mediator_id: int | None, on: date
) -> None:
    """The parties' own choice comes first."""
    found = obstacle(dispute, suggestion, mediator_id, on) if choice is Choice.DESIGNATED else None
    if found is not None:
        raise refused(found)


def done(actor: Actor, dispute: Dispute, on: date) -> None:
    """A mediator was found: neither period runs any longer."""
    for deadline in clocks(dispute):
        periods.meet(actor, dispute, deadline.key, max(on, deadline.start_on))
