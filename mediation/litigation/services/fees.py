"""The court fee: demanded after mediation failed, paid, relieved, or the suit is treated as withdrawn."""

from datetime import date, datetime

from mediation.disputes import services as disputes
from mediation.disputes.rules import PartyRole
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.kernel.i18n import _
from mediation.litigation import documents as papers
from mediation.litigation import rules, tariff, telling
from mediation.litigation.models import FeeNotice, LitigationCase
from mediation.litigation.rules import Obstacle
from mediation.litigation.services.filing import resume_trial
from mediation.litigation.services.issuing import issue
from mediation.litigation.services.reading import (
    check,
    demanded,
    dispute_of,
    notice_of,
    refuse,
    supplement_due,
)
from mediation.litigation.tariff import Fee, FeeKind, Halving
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.table import PeriodKey

RELIEF_REFUSED = "relief_refused"


def count(kind: FeeKind, amount_fen: int, on: date, fixed_fen: int | None) -> Fee:
    """The fee by the tariff in force on the filing day."""
    try:
        return tariff.fee(kind, amount_fen, on, fixed_fen=fixed_fen)
    except tariff.OutsideTariff as error:
        line = tariff.line_for(kind, amount_fen, on)
        raise DomainError(
            _(
                "The fixed part lies between %(least)s and %(most)s yuan.",
                least=line.least // 100,
                most=line.most // 100,
            ),
            article="S10 art. 13",
            field="fixed_fen",
        ) from error


def issue_fee_notice(
    actor: Actor,
    case: LitigationCase,
    *,
    kind: FeeKind,
    received_on: date,
    amount_fen: int | None = None,
    fixed_fen: int | None = None,
) -> FeeNotice:
    """Demand the fee; seven days run from the day after the plaintiff received the notice (S10 art. 22)."""
    if received_on > clock.today():
        raise refuse(Obstacle.NOT_YET)
    dispute = dispute_of(case)
    amount = (dispute.amount_fen or 0) if amount_fen is None else amount_fen
    fee = count(kind, amount, case.filed_on, fixed_fen)
    reasons = [Halving.SUMMARY] if case.procedure in rules.SUMMARY else []
    with transaction():
        check(case, "demand_fee")
        resume_trial(actor, case)
        audit.advance(rules.STEPS, "demand_fee", actor, case)
        notice = FeeNotice(
            court_id=case.court_id,
            dispute_id=case.dispute_id,
            case_id=case.id,
            kind=kind,
            fixed_fen=fee.fixed_fen,
            claimed_fen=amount,
            tariff_fen=fee.total_fen,
            due_fen=tariff.due(fee.total_fen, reasons),
            halved_because=reasons[0].value if reasons else "",
            received_on=received_on,
        )
        audit.record(actor, "issue", notice, due_fen=notice.due_fen, received_on=received_on)
        deadline = periods.open_deadline(
            actor, PeriodKey.FEE_PAYMENT, subject=notice, dispute_id=case.dispute_id, start=received_on
        )
        _print(actor, case, notice, fee, deadline)
    return notice


def _print(actor: Actor, case: LitigationCase, notice: FeeNotice, fee: Fee, payment: Deadline) -> None:
    dispute = dispute_of(case)
    issue(
        actor,
        case,
        kind="fee_notice",
        subject=notice,
        title=papers.FEE_NOTICE,
        data=papers.fee_notice(case, dispute, disputes.parties(dispute.id), fee=fee, notice=notice, payment=payment),
    )


def demand_supplement(actor: Actor, case: LitigationCase, *, received_on: date) -> FeeNotice:
    """Ask for the other half: the case is tried by the ordinary procedure now (S2 art. 199); seven days run again."""
    if not rules.may_register(actor, case):
        raise NotPermitted("demand_supplement", article="S2 art. 199")
    paid, more = notice_of(case), supplement_due(case)
    if case.status is not rules.Status.ORDINARY or paid is None or not more:
        raise refuse(Obstacle.NO_SUPPLEMENT)
    if not case.filed_on <= received_on <= clock.today():
        raise refuse(Obstacle.NOT_YET, field="received_on")
    with transaction():
        notice = FeeNotice(
            court_id=case.court_id,
            dispute_id=case.dispute_id,
            case_id=case.id,
            supplement=True,
            credit_fen=paid.due_fen,
            kind=paid.kind,
            fixed_fen=paid.fixed_fen,
            claimed_fen=paid.claimed_fen,
            tariff_fen=paid.tariff_fen,
            due_fen=more,
            halved_because="",
            received_on=received_on,
        )
        audit.record(actor, "issue_supplement", notice, due_fen=more, received_on=received_on)
        deadline = periods.open_deadline(
            actor, PeriodKey.FEE_PAYMENT, subject=notice, dispute_id=case.dispute_id, start=received_on
        )
        fee = count(notice.kind, notice.claimed_fen, case.filed_on, notice.fixed_fen)
        _print(actor, case, notice, fee, deadline)
    return notice


def _notice(actor: Actor, case: LitigationCase, act: str) -> FeeNotice:
    if not rules.may_register(actor, case):
        raise NotPermitted(act, article="S10 art. 22")
    notice = demanded(case)
    waits = {rules.Status.ORDINARY} if notice is not None and notice.supplement else {rules.Status.FEE_NOTICE}
    if notice is None or case.status not in waits:
        raise DomainError(_("No court fee is demanded in this case at present."), article="S10 art. 22")
    return notice


def record_payment(actor: Actor, case: LitigationCase, *, at: datetime | None = None) -> None:
    """The plaintiff has paid. A payment after the last day is taken as long as the case was not closed."""
    notice = _notice(actor, case, "record_payment")
    moment = at or clock.now()
    if moment > clock.now():
        raise refuse(Obstacle.NOT_YET)
    if notice.settled:
        raise refuse(Obstacle.FEE_PAID)
    with transaction():
        notice.paid_at = moment
        audit.record(actor, "pay", notice, at=moment, due_fen=notice.due_fen)
        periods.meet(actor, notice, PeriodKey.FEE_PAYMENT, clock.local(moment).date())


def ask_relief(actor: Actor, case: LitigationCase, *, words: str, on: date | None = None) -> None:
    """The plaintiff applies for deferral, reduction or exemption (S10 arts 44-49)."""
    notice = _notice(actor, case, "ask_relief")
    if notice.settled:
        raise refuse(Obstacle.FEE_PAID)
    with transaction():
        notice.relief, notice.relief_asked_on = words, on or clock.today()
        notice.relief_decided_on = notice.relief_granted = None
        notice.relief_refused_because = ""
        audit.record(actor, "ask_relief", notice, on=notice.relief_asked_on)


def decide_relief(actor: Actor, case: LitigationCase, *, granted: bool, reason: str = "") -> None:
    """The court has decided on relief; refused, the reason goes to the plaintiff in writing (S10 art. 48), and the fee
    stays due (S2 art. 213)."""
    notice = _notice(actor, case, "decide_relief")
    if not notice.relief_open:
        raise DomainError(_("No application for relief is open."), article="S10 art. 44")
    if not granted and not reason.strip():
        raise DomainError(
            _("Say why relief is refused; the plaintiff is told in writing."), article="S10 art. 48", field="reason"
        )
    with transaction():
        notice.relief_decided_on, notice.relief_granted = clock.today(), granted
        notice.relief_refused_because = "" if granted else reason.strip()
        audit.record(actor, "grant_relief" if granted else "refuse_relief", notice, on=notice.relief_decided_on)
        if granted:
            periods.meet(actor, notice, PeriodKey.FEE_PAYMENT, clock.today())
        else:
            _tell_refused(actor, case, notice)


def _tell_refused(actor: Actor, case: LitigationCase, notice: FeeNotice) -> None:
    for party in disputes.parties(case.dispute_id):
        if party.role is PartyRole.APPLICANT:
            telling.party(actor, case, party, RELIEF_REFUSED, subject=notice, reason=notice.relief_refused_because)
