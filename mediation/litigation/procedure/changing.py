"""A party objects to the procedure or to the single judge, who decides; and the judge's own finding on small claims."""

from datetime import date

from mediation.disputes import services as disputes
from mediation.disputes.models import Party
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted, refusal
from mediation.litigation import rules as register
from mediation.litigation.models import LitigationCase
from mediation.litigation.procedure import keeping, labels, rules
from mediation.litigation.procedure.models import ProcedureObjection
from mediation.litigation.procedure.rules import STEPS, Answer, Facts, Matter, Obstacle
from mediation.litigation.rules import Procedure
from mediation.litigation.services import rulings
from mediation.litigation.services.reading import check, check_bench, check_signers
from mediation.litigation.services.track import change_procedure, convert, to_panel


def get(case: LitigationCase, objection_id: int) -> ProcedureObjection | None:
    """An objection raised in this case."""
    return next((one for one in keeping.of_case(case) if one.id == objection_id), None)


def object_to(
    actor: Actor,
    case: LitigationCase,
    *,
    party_id: int | None,
    raised_on: date,
    reason: str,
    matter: Matter = Matter.PROCEDURE,
) -> ProcedureObjection:
    """Record that a party objects; the court must examine it (CPL arts 43, 169; S2 arts 269, 279)."""
    if not register.may_entrust(actor, case):
        raise NotPermitted("object_procedure", article=rules.ARTICLE[matter])
    facts = Facts(
        case.procedure,
        under_trial=case.status is register.Status.FAST_TRACK,
        is_party=party_id in {party.id for party in disputes.parties(case.dispute_id)},
        raised_on=raised_on,
        filed_on=case.filed_on,
        today=clock.today(),
        reason=reason,
        heard_on=case.heard_on,
        pending=keeping.pending(case) is not None,
        matter=matter,
        on_trial=case.status in {register.Status.FAST_TRACK, register.Status.ORDINARY},
    )
    for found in rules.obstacles(facts):
        raise _refusal(found)
    with transaction():
        objection = ProcedureObjection(
            court_id=case.court_id,
            dispute_id=case.dispute_id,
            case_id=case.id,
            case=case,
            party_id=party_id,
            procedure=case.procedure,
            matter=matter,
            raised_on=raised_on,
            reason=reason.strip(),
            recorded_by_id=actor.id,
        )
        audit.record(actor, "raise", objection, party=party_id, procedure=case.procedure, matter=matter, on=raised_on)
    return objection


def decide(
    actor: Actor,
    objection: ProcedureObjection,
    answer: Answer,
    *,
    reason: str,
    panel: bool = False,
    oral: bool = False,
    clerk_name: str = "",
) -> None:
    """Upheld, the case goes on in another procedure; rejected, a ruling says so, which may be given orally."""
    step = "reject" if answer is Answer.REJECT else "uphold"
    case = objection.case
    states.check(STEPS, step, actor, objection)
    check_bench(case)
    if answer not in rules.answers(case.procedure, objection.matter):
        bench = objection.matter is Matter.BENCH
        raise _refusal(Obstacle.NO_SUCH_ANSWER if bench or answer is Answer.PANEL else Obstacle.NOT_SMALL, "answer")
    if not reason.strip():
        raise _refusal(Obstacle.NO_REASON)
    with transaction():
        with db.session.no_autoflush:
            objection.decided_by_id, objection.decided_on, objection.note = actor.id, clock.today(), reason.strip()
            objection.oral = oral and answer is Answer.REJECT
            audit.advance(STEPS, step, actor, objection, answer=answer, oral=objection.oral)
        if answer is Answer.SUMMARY:
            to_summary(actor, case, reason=reason)
        elif answer is Answer.PANEL and case.status is register.Status.ORDINARY:
            to_panel(actor, case, reason=reason, clerk_name=clerk_name, objection=_told(objection))
        elif answer in {Answer.ORDINARY, Answer.PANEL}:
            # One judge alone tries a summary case (CPL art. 40; S2 art. 261): before a panel it is an ordinary one.
            convert(
                actor, case, reason=reason, panel=panel or answer is Answer.PANEL, clerk_name=clerk_name,
                objection=_told(objection),
            )  # fmt: skip
        elif not objection.oral:
            check_signers(case, clerk_name)
            rulings.reject(actor, case, reason, _told(objection), clerk_name)


def _told(objection: ProcedureObjection) -> rulings.Objection:
    """The objection as the ruling tells it."""
    objector = db.session.get_one(Party, objection.party_id).name
    bench = objection.matter is Matter.BENCH
    return rulings.Objection(objector, objection.raised_on, objection.reason, bench=bench)


def to_summary(actor: Actor, case: LitigationCase, *, reason: str) -> None:
    """A small claims case goes on by the other rules of the summary procedure; this needs no ruling (CPL art. 169)."""
    if not reason.strip():
        raise _refusal(Obstacle.NO_REASON)
    with transaction():
        check(case, "to_summary")
        audit.advance(register.STEPS, "to_summary", actor, case, reason=reason.strip())
        keeping.drop(actor, case, {Matter.PROCEDURE})
        change_procedure(actor, case, Procedure.SUMMARY)


def _refusal(obstacle: Obstacle, field: str = "") -> DomainError:
    return refusal(obstacle, labels, rules, field=field or None)
