"""The rulings about the procedure of a case: converted to the ordinary one, or an objection rejected (CPL art. 157)."""

from dataclasses import dataclass
from datetime import date

from mediation.disputes import services as disputes
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.litigation import documents as papers
from mediation.litigation.bench.signing import signers
from mediation.litigation.models import LitigationCase
from mediation.litigation.rules import Procedure
from mediation.litigation.services.issuing import issue
from mediation.litigation.services.reading import dispute_of, notice_of
from mediation.litigation.tariff import Halving


@dataclass(frozen=True)
class Objection:
    """What a party held against the procedure, as the ruling tells it."""

    objector: str
    raised_on: date
    reason: str
    # Against the single judge, not against the procedure (CPL art. 43).
    bench: bool = False


def convert(
    actor: Actor,
    case: LitigationCase,
    reason: str,
    *,
    before: Procedure,
    panel: bool,
    objection: Objection | None,
    clerk_name: str,
) -> None:
    """民事裁定书（转为普通程序）: CPL arts 169, 170; S2 arts 199, 258, 269."""
    notice = notice_of(case)
    halved = notice is not None and notice.halved_because == Halving.SUMMARY
    _request(actor, case, before, reason, objection, clerk_name, converted=True, panel=panel, fee_to_pay=halved)


def to_panel(actor: Actor, case: LitigationCase, reason: str, objection: Objection | None, clerk_name: str) -> None:
    """民事裁定书（转由合议庭审理）: CPL art. 43."""
    _request(
        actor, case, Procedure.ORDINARY_SOLE, reason, objection, clerk_name, converted=True, panel=True,
        fee_to_pay=False, bench=True,
    )  # fmt: skip


def reject(actor: Actor, case: LitigationCase, reason: str, objection: Objection, clerk_name: str) -> None:
    """民事裁定书（驳回异议）: CPL arts 43, 169; S2 arts 269, 279."""
    _request(actor, case, case.procedure, reason, objection, clerk_name, converted=False, panel=False, fee_to_pay=False)


def _request(
    actor: Actor,
    case: LitigationCase,
    before: Procedure,
    reason: str,
    objection: Objection | None,
    clerk_name: str,
    *,
    converted: bool,
    panel: bool,
    fee_to_pay: bool,
    bench: bool = False,
) -> None:
    dispute = dispute_of(case)
    issue(
        actor,
        case,
        kind="procedure_ruling",
        subject=case,
        title=papers.PROCEDURE_RULING,
        data=papers.procedure_ruling(
            case,
            dispute,
            disputes.parties(dispute.id),
            before=before,
            reason=reason.strip(),
            objection={
                "objector": objection.objector,
                "raised_on": objection.raised_on.isoformat(),
                "reason": objection.reason,
            }
            if objection
            else None,
            converted=converted,
            panel=panel,
            fee_to_pay=fee_to_pay,
            sole=bench or (objection is not None and objection.bench),
            on=clock.today(),
            bench=signers(case),
            clerk=clerk_name,
        ),
    )
