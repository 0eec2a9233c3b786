"""What the register tells of a case: its situation, its obstacles, what it waits for."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.disputes import naming
from mediation.disputes import services as disputes
from mediation.disputes.models import CaseNumber, Dispute, Participation
from mediation.disputes.rules import Capacity
from mediation.disputes.rules import Status as DisputeStatus
from mediation.documents import services as documents
from mediation.kernel import clock, dossier
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, refusal
from mediation.litigation import labels, rules
from mediation.litigation.joining import keeping as joining
from mediation.litigation.jurisdiction import keeping as jurisdiction
from mediation.litigation.models import FeeNotice, LitigationCase, YearlyWage
from mediation.litigation.procedure import keeping
from mediation.litigation.rules import Obstacle, Situation, Status
from mediation.litigation.tariff import Halving
from mediation.notices import services as notices
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.table import PeriodKey
from mediation.roster.models import Mediator, Organisation
from mediation.scheduling.models import Booking
from mediation.scheduling.rules import BookingStatus

MEDIATION_DOCUMENT = "civil_mediation_document"


def get(actor: Actor, case_id: int) -> LitigationCase | None:
    """A case of a dispute this actor may know of."""
    wanted = sa.select(LitigationCase).join(Dispute, Dispute.id == LitigationCase.dispute_id)
    return db.session.scalar(wanted.where(LitigationCase.id == case_id, disputes.visible(actor)))


def of_dispute(dispute_id: int) -> LitigationCase | None:
    """The case of a dispute, once it has been filed."""
    return next(iter(dossier.of(LitigationCase, dispute_id)), None)


def dispute_of(case: LitigationCase) -> Dispute:
    """The dispute a case is about."""
    return db.session.get_one(Dispute, case.dispute_id)


def number_of(case: LitigationCase) -> str:
    """（2026）鲁0102民初1号."""
    return db.session.get_one(CaseNumber, case.case_number_id).canonical


def judge_of(case: LitigationCase) -> str:
    """Who tries the case; empty when nobody has been named."""
    found = db.session.get(User, case.judge_id) if case.judge_id else None
    return found.name if found is not None else ""


def notice_of(case: LitigationCase) -> FeeNotice | None:
    """The case's fee notice, if one was issued."""
    return _fee_notice(case, supplement=False)


def supplement_of(case: LitigationCase) -> FeeNotice | None:
    """The notice of what the ordinary procedure costs more (S2 art. 199), if one was issued."""
    if case.procedure in rules.SUMMARY:
        return None
    return _fee_notice(case, supplement=True)


def _fee_notice(case: LitigationCase, *, supplement: bool) -> FeeNotice | None:
    kept = dossier.beside(FeeNotice, "litigation_case", case.id)
    if kept is not None:
        return next((one for one in kept if one.case_id == case.id and one.supplement is supplement), None)
    wanted = sa.select(FeeNotice).where(FeeNotice.case_id == case.id, FeeNotice.supplement.is_(supplement))
    return db.session.scalar(wanted)


def demanded(case: LitigationCase) -> FeeNotice | None:
    """The notice that was issued last."""
    return supplement_of(case) or notice_of(case)


def supplement_due(case: LitigationCase) -> int:
    """What has still to be asked for since the case is tried by the ordinary procedure; nothing when none was halved."""
    paid = notice_of(case)
    halved = paid is not None and paid.halved_because == Halving.SUMMARY and paid.paid_at is not None
    asked = case.procedure in rules.SUMMARY or supplement_of(case) is not None
    return paid.tariff_fen - paid.due_fen if paid is not None and halved and not asked else 0


def limit_of(case: LitigationCase) -> Deadline | None:
    """The running trial limit of the case's procedure."""
    return periods.current("litigation_case", case.id, rules.TRIAL_LIMIT[case.procedure])


def situation(case: LitigationCase) -> Situation:
    """What the obstacles look at."""
    notice, limit = demanded(case), limit_of(case)
    payment = periods.current("fee_notice", notice.id, PeriodKey.FEE_PAYMENT) if notice else None
    return Situation(
        mediating=case.status is Status.PRIOR_MEDIATION and dispute_of(case).status is DisputeStatus.IN_MEDIATION,
        agreed=case.agreed_on is not None,
        fee_settled=notice is not None and notice.settled,
        relief_open=notice is not None and notice.relief_open,
        pay_until=payment.final_on if payment else None,
        limit=limit.final_on if limit else None,
        heard=case.heard_on is not None,
        document=case.effect is not None,
        served=_served(case),
        small=case.procedure is rules.Procedure.SMALL,
        panel=case.procedure is rules.Procedure.ORDINARY_PANEL,
        judge=case.judge_id is not None,
        jurisdiction_open=jurisdiction.pending(case) is not None,
        away=jurisdiction.away(case) is not None,
        members=bool(case.members),
        objection_open=keeping.pending(case) is not None,
        claim_undecided=joining.undecided(case),
        claim_joined=bool(joining.joined(case)),
        today=clock.today(),
    )


def _served(case: LitigationCase) -> bool:
    """S2 art. 149: in force when the last party has signed; or at once where they agreed so (S2 art. 151)."""
    if case.effect is rules.Effect.ON_AGREEMENT:
        return True
    document = documents.latest(MEDIATION_DOCUMENT, "litigation_case", case.id)
    if document is None:
        return False
    reached = {service.party_id for service in notices.services_of(document.id)}
    return {party.id for party in disputes.parties(case.dispute_id)} <= reached


def obstacles(case: LitigationCase, step: str) -> list[Obstacle]:
    """What stands in the way of a step, for the page that offers it."""
    return rules.obstacles(step, situation(case))


def refuse(obstacle: Obstacle, field: str = "") -> DomainError:
    """The refusal with its article and what remains possible, beside its field if it is about one."""
    return refusal(obstacle, labels, rules, field=field)


def check_bench(case: LitigationCase) -> None:
    """Refuse what the bench decides while nobody, or not the whole panel, has been named (CPL arts 40, 157)."""
    for found in missing(case):
        raise refuse(found)


def check_signers(case: LitigationCase, clerk_name: str) -> None:
    """Refuse a paper of the court that its bench and the clerk sign while one of them has not been named (CPL arts 100, 157)."""
    check_bench(case)
    if not clerk_name.strip():
        raise refuse(Obstacle.NO_CLERK, "clerk_name")


def missing(case: LitigationCase) -> list[Obstacle]:
    """Who has still to be named before anything of the bench can be done."""
    if case.judge_id is None:
        return [Obstacle.NO_JUDGE]
    panel = case.procedure is rules.Procedure.ORDINARY_PANEL
    return [Obstacle.NO_PANEL] if panel and not case.members else []


def check(case: LitigationCase, step: str) -> None:
    """Refuse the step if anything stands in its way."""
    for found in obstacles(case, step):
        raise refuse(found)


def fast_track_judges(actor: Actor) -> Sequence[User]:
    """The judges of the fast track at the actor's court."""
    return sorted(accounts.holding(actor.court_id, Role.FAST_TRACK_JUDGE), key=lambda judge: (judge.name, judge.id))


def wage(court_id: int, on: date) -> YearlyWage | None:
    """The latest yearly wage published by a day (S2 art. 272); None until the court has entered one."""
    known = sa.select(YearlyWage).where(YearlyWage.court_id == court_id, YearlyWage.published_on <= on)
    return db.session.scalar(known.order_by(YearlyWage.year.desc()).limit(1))


def wages(court_id: int) -> Sequence[YearlyWage]:
    """Every yearly wage the court has entered, the latest first."""
    known = sa.select(YearlyWage).where(YearlyWage.court_id == court_id)
    return db.session.scalars(known.order_by(YearlyWage.year.desc())).all()


def settled_clauses(actor: Actor, case: LitigationCase) -> list[str]:
    """What the parties signed in mediation, clause by clause: the words the court's own document takes over."""
    signed = (d for d in documents.of_dispute(actor, case.dispute_id) if d.kind == "agreement")
    latest = max(signed, key=lambda d: d.id, default=None)
    return [naming.as_litigants(str(clause)) for clause in latest.data.get("clauses", [])] if latest is not None else []


def mediated_by(case: LitigationCase) -> str:
    """Who mediated the dispute, as the court's document names it: the organisation, else the person."""
    wanted = (
        sa.select(sa.func.coalesce(Organisation.name, Mediator.name))
        .select_from(Participation)
        .outerjoin(Mediator, Mediator.id == Participation.mediator_id)
        .outerjoin(
            Organisation, Organisation.id == sa.func.coalesce(Participation.organisation_id, Mediator.organisation_id)
        )
        .where(Participation.dispute_id == case.dispute_id, Participation.capacity == Capacity.MEDIATED)
        .order_by(Participation.id.desc())
    )
    return db.session.scalar(wanted.limit(1)) or ""


def next_step(case: LitigationCase) -> str:
    """What this case waits for, by its state and what is on record; empty when it is closed."""
    facts = situation(case)
    if case.status is Status.FILED:
        return "demand_fee"
    if case.status is Status.PRIOR_MEDIATION:
        return "close" if facts.agreed else "mediate"
    if case.status is Status.FEE_NOTICE:
        return "to_fast_track" if facts.fee_settled else "pay"
    if case.status is Status.FAST_TRACK and not facts.heard:
        return "hear" if _hearing_is_over(case) else "set_hearing"
    if case.status is Status.ORDINARY and (not facts.fee_settled or supplement_due(case)):
        return "demand_supplement" if facts.fee_settled else "pay"
    return "" if case.status is Status.CLOSED else "close"


def _hearing_is_over(case: LitigationCase) -> bool:
    booking = db.session.get(Booking, case.hearing_booking_id) if case.hearing_booking_id else None
    return booking is not None and booking.status is BookingStatus.BOOKED and booking.starts_at <= clock.now()
