"""How a case ends: in another manner, by a mediation document, withdrawn, treated as withdrawn, or decided."""

from collections.abc import Sequence
from datetime import date

from mediation.disputes import services as disputes
from mediation.disputes.rules import Closing
from mediation.documents import services as documents
from mediation.documents.models import Document
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import transaction
from mediation.kernel.errors import IllegalStep, NotPermitted
from mediation.litigation import documents as papers
from mediation.litigation import rules, tariff
from mediation.litigation.announcement import keeping as announcements
from mediation.litigation.bench.signing import signers
from mediation.litigation.defence import keeping as defence
from mediation.litigation.fines import keeping as fines
from mediation.litigation.joining import keeping as joining
from mediation.litigation.jurisdiction import keeping as jurisdiction
from mediation.litigation.limits import above, asking
from mediation.litigation.models import LitigationCase
from mediation.litigation.procedure import keeping
from mediation.litigation.rules import Effect, Manner, Obstacle
from mediation.litigation.services.filing import resume_trial
from mediation.litigation.services.issuing import issue
from mediation.litigation.services.reading import (
    MEDIATION_DOCUMENT,
    check,
    check_bench,
    check_signers,
    dispute_of,
    limit_of,
    notice_of,
    refuse,
    supplement_of,
)  # fmt: skip
from mediation.litigation.services.track import drop_hearing
from mediation.litigation.tariff import Halving
from mediation.notices import services as notices
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey

HALVED_BY = {
    Manner.MEDIATION_DOCUMENT: Halving.MEDIATED,
    Manner.WITHDRAWN: Halving.WITHDRAWN,
    Manner.DEEMED_WITHDRAWN: Halving.WITHDRAWN,
}


def final_fee(case: LitigationCase, manner: Manner) -> int | None:
    """What the fee comes to in the end, halved at most once (R3-63); None when none was ever demanded."""
    notice = notice_of(case)
    if notice is None:
        return None
    supplement = supplement_of(case)
    if manner is Manner.DEEMED_WITHDRAWN and supplement is not None and not supplement.settled:
        # S2 art. 199: the supplement was not paid; half of what was collected goes back.
        return (notice.due_fen + 1) // 2
    # S10 art. 16: by the ordinary procedure the whole fee is due.
    summary = case.procedure in rules.SUMMARY
    reasons = {Halving(notice.halved_because)} if notice.halved_because and summary else set()
    if manner in HALVED_BY:
        reasons.add(HALVED_BY[manner])
    return tariff.due(notice.tariff_fen, reasons)


def mediation_document(case: LitigationCase) -> Document | None:
    """The latest mediation document issued in the case."""
    return documents.latest(MEDIATION_DOCUMENT, "litigation_case", case.id)


def unserved_document(case: LitigationCase) -> Document | None:
    """The mediation document that nobody has received yet: it may still be corrected (R5-03; CPL art. 157)."""
    document = mediation_document(case)
    return document if document is not None and not notices.services_of(document.id) else None


def may_draw_up(actor: Actor, case: LitigationCase) -> None:
    """Refuse whoever may not write the mediation document of a case, and everybody once it is over (CPL arts 97, 100)."""
    if not rules.may_judge(actor, case):
        raise NotPermitted("issue_mediation_document", article="CPL art. 100")
    if case.status is rules.Status.CLOSED:
        raise IllegalStep("issue_mediation_document", case.status, article="CPL art. 100")
    check_bench(case)


def issue_mediation_document(
    actor: Actor,
    case: LitigationCase,
    *,
    agreed_on: date,
    clauses: Sequence[str],
    effect: Effect,
    fee_fen: int,
    fee_bearer: str,
    how: str = "court",
    organisation: str = "",
    guarantors: Sequence[str] = (),
    clerk_name: str,
) -> Document:
    """Draw up the 民事调解书 (CPL 100). Binding at once if the parties agreed so, the case is closed; else on service.

    `how` says who brought the agreement about: `court`, `parties` or `entrusted` (then with the organisation).
    """
    may_draw_up(actor, case)
    check_signers(case, clerk_name)
    if not clauses:
        raise refuse(Obstacle.NO_AGREEMENT)
    if agreed_on > clock.today():
        raise refuse(Obstacle.NOT_YET)
    dispute = dispute_of(case)
    with transaction():
        case.agreed_on, case.effect = agreed_on, effect
        audit.record(actor, "issue_mediation_document", case, agreed_on=agreed_on, effect=effect, fee_fen=fee_fen)
        document = issue(
            actor,
            case,
            kind=MEDIATION_DOCUMENT,
            subject=case,
            title=papers.MEDIATION_DOCUMENT,
            data=papers.civil_mediation_document(
                case,
                dispute,
                disputes.parties(dispute.id),
                clauses=clauses,
                effect=effect,
                agreed_on=agreed_on,
                how=how,
                organisation=organisation,
                guarantors=guarantors,
                fee_fen=fee_fen,
                fee_bearer=fee_bearer,
                bench=signers(case),
                clerk=clerk_name,
                replaces=unserved_document(case),
            ),
        )
        if effect is Effect.ON_AGREEMENT:
            close_case(actor, case, Manner.MEDIATION_DOCUMENT)
    return document


def close_case(
    actor: Actor, case: LitigationCase, manner: Manner, on: date | None = None, note: str = "", *, clerk_name: str = ""
) -> None:
    """Close the case in one of the manners of R3-41 ... R3-45; the dispute is over with it."""
    step, day = rules.closing_step(manner), on or clock.today()
    withdrawn = manner in {Manner.WITHDRAWN, Manner.DEEMED_WITHDRAWN}
    if not case.filed_on <= day <= clock.today():
        raise refuse(Obstacle.NOT_YET)
    with transaction():
        check(case, step)
        if withdrawn:
            check_signers(case, clerk_name)
        resume_trial(actor, case)
        # S10 art. 24: what was paid goes with the file to the court that has jurisdiction.
        fee = final_fee(case, manner) if manner is not Manner.TRANSFERRED else None
        case.closed_on, case.manner, case.closing_note = day, manner, note
        audit.advance(rules.STEPS, step, actor, case, manner=manner, on=day, fee_fen=fee)
        _end_deadlines(actor, case, day)
        drop_hearing(actor, case, manner.value)
        if withdrawn:
            _rule_withdrawal(actor, case, day, fee, clerk_name, manner)
        disputes.close(actor, dispute_of(case), Closing.LITIGATION_ENDED, manner=manner)


def _end_deadlines(actor: Actor, case: LitigationCase, on: date) -> None:
    limit = limit_of(case)
    asking.drop(actor, case)
    above.drop(actor, case)
    keeping.drop(actor, case)
    jurisdiction.drop(actor, case)
    announcements.drop(actor, case)
    defence.closed(actor, case)
    joining.drop(actor, case)
    fines.drop(actor, case)
    if limit is not None:
        periods.meet(actor, case, limit.key, on)
    for notice in (notice_of(case), supplement_of(case)):
        payment = periods.current("fee_notice", notice.id, PeriodKey.FEE_PAYMENT) if notice else None
        if payment is not None:
            periods.cancel(actor, payment, "close")


def _rule_withdrawal(
    actor: Actor, case: LitigationCase, on: date, fee: int | None, clerk_name: str, manner: Manner
) -> None:
    """民事裁定书: the withdrawal is allowed (CPL art. 148), or the unpaid suit counts as withdrawn (S2 arts 199, 213)."""
    unpaid = None
    if manner is Manner.DEEMED_WITHDRAWN:
        unpaid = supplement_of(case) or notice_of(case)
    dispute = dispute_of(case)
    issue(
        actor,
        case,
        kind="withdrawal_ruling",
        subject=case,
        title=papers.WITHDRAWAL_RULING,
        data=papers.withdrawal_ruling(
            case,
            dispute,
            disputes.parties(dispute.id),
            on=on,
            fee_fen=fee,
            bench=signers(case),
            clerk=clerk_name,
            unpaid=unpaid,
        ),
    )
