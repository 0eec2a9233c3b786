"""The fast track: a tribunal, a judge, a hearing; and the way out of it."""

from collections.abc import Collection
from datetime import date, datetime

from mediation.accounts.models import User
from mediation.disputes import services as disputes
from mediation.disputes.rules import Capacity
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.kernel.i18n import _
from mediation.litigation import rules
from mediation.litigation.bench import telling
from mediation.litigation.defence import keeping as defence
from mediation.litigation.jurisdiction import keeping as jurisdiction
from mediation.litigation.limits import above, asking
from mediation.litigation.models import LitigationCase, YearlyWage
from mediation.litigation.procedure import keeping
from mediation.litigation.procedure.rules import Matter
from mediation.litigation.recusal.keeping import apart
from mediation.litigation.rules import Exclusion, Obstacle, Procedure, SmallExclusion, Track
from mediation.litigation.services import rulings
from mediation.litigation.services.filing import mediator_user
from mediation.litigation.services.reading import (
    check,
    check_bench,
    check_signers,
    dispute_of,
    limit_of,
    refuse,
    wage,
    wages,
)
from mediation.periods import services as periods
from mediation.scheduling import services as scheduling
from mediation.scheduling.models import Booking, Resource
from mediation.scheduling.rules import BookingStatus, Purpose, ResourceKind


def to_fast_track(
    actor: Actor,
    case: LitigationCase,
    *,
    tribunal_id: int,
    judge_id: int,
    procedure: Procedure = Procedure.SUMMARY,
    exclusions: Collection[Exclusion] = (),
    small_exclusions: Collection[SmallExclusion] = (),
    both_agree_small: bool = False,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    agreed_short_notice: bool = False,
) -> None:
    """Send a simple case to a fast-track tribunal and judge, with the hearing if a time is given (R3-46, R3-47)."""
    tribunal, judge = scheduling.resource(actor, tribunal_id), db.session.get(User, judge_id)
    if tribunal is None or judge is None or judge.court_id != case.court_id:
        raise refuse(Obstacle.NOT_A_TRIBUNAL if tribunal is None else Obstacle.NOT_A_FAST_TRACK_JUDGE)
    check(case, "to_fast_track")
    with transaction():
        mediated_by = mediator_user(case.dispute_id) or case.mediator_user_id
        track = _track(case, tribunal, judge, procedure, exclusions, small_exclusions, both_agree_small, mediated_by)
        for found in rules.track_obstacles(track):
            raise refuse(found)
        told = case.judge_id == judge.id
        case.tribunal_id, case.judge_id, case.mediator_user_id = tribunal.id, judge.id, mediated_by
        case.fast_track, case.fast_track_on = True, clock.today()
        audit.advance(
            rules.STEPS, "to_fast_track", actor, case, tribunal=tribunal.id, judge=judge.id, procedure=procedure,
            small=track.small, both_agree_small=both_agree_small,
        )  # fmt: skip
        disputes.participate(actor, dispute_of(case), Capacity.JUDGED, user_id=judge.id, person_key=judge.person_key)
        change_procedure(actor, case, procedure)
        if not told:
            # Sent to a judge, the case has its bench: within three days the parties know whom a recusal could be about.
            telling.tell(actor, case)
        if starts_at is not None and ends_at is not None:
            set_hearing(
                actor, case, starts_at=starts_at, ends_at=ends_at, agreed_short_notice=agreed_short_notice, permit=False
            )


def _track(
    case: LitigationCase,
    tribunal: Resource,
    judge: User,
    procedure: Procedure,
    exclusions: Collection[Exclusion],
    small_exclusions: Collection[SmallExclusion],
    agreed: bool,
    mediated_by: int | None,
) -> Track:
    measure = wage(case.court_id, case.filed_on)
    small = rules.small_claim(
        dispute_of(case).amount_fen, measure.amount_fen if measure else None, frozenset(small_exclusions)
    )
    return Track(
        procedure,
        small,
        both_agree_small=agreed,
        exclusions=frozenset(exclusions),
        judge_is_fast_track=Role.FAST_TRACK_JUDGE in judge.roles,
        judge_mediated=mediated_by == judge.id,
        judge_apart=judge.id in apart(case.dispute_id),
        is_tribunal=tribunal.kind is ResourceKind.TRIBUNAL,
    )


def change_procedure(actor: Actor, case: LitigationCase, procedure: Procedure) -> None:
    """Another procedure, another limit: it still runs from the day of filing (S2 art. 258)."""
    if procedure is case.procedure:
        return
    before, running = case.procedure, limit_of(case)
    case.procedure = procedure
    audit.record(actor, "change_procedure", case, before=before, after=procedure)
    defence.converted(actor, case)
    if rules.TRIAL_LIMIT[before] is rules.TRIAL_LIMIT[procedure]:
        return
    asking.drop(actor, case)
    above.drop(actor, case)
    if running is not None:
        # What S2 art. 243 left out of the old limit is left out of the new one; time the president approved is not kept.
        periods.succeed(actor, running, rules.TRIAL_LIMIT[procedure], subject=case, reason="change_procedure")
        return
    periods.open_deadline(
        actor, rules.TRIAL_LIMIT[procedure], subject=case, dispute_id=case.dispute_id, start=case.filed_on
    )


def to_ordinary(actor: Actor, case: LitigationCase, *, panel: bool = False) -> None:
    """Send a case that is not for the fast track to the trial division."""
    with transaction():
        check(case, "to_ordinary")
        audit.advance(rules.STEPS, "to_ordinary", actor, case, panel=panel)
        change_procedure(actor, case, Procedure.ORDINARY_PANEL if panel else Procedure.ORDINARY_SOLE)


def convert(
    actor: Actor,
    case: LitigationCase,
    *,
    reason: str,
    panel: bool = False,
    clerk_name: str,
    objection: rulings.Objection | None = None,
) -> None:
    """The judge finds the case unsuitable for the procedure and rules so before the limit ends (R3-49)."""
    before = case.procedure
    with transaction():
        check(case, "convert")
        check_signers(case, clerk_name)
        audit.advance(rules.STEPS, "convert", actor, case, reason=reason, panel=panel)
        case.fast_track = False
        change_procedure(actor, case, Procedure.ORDINARY_PANEL if panel else Procedure.ORDINARY_SOLE)
        keeping.drop(actor, case, tuple(Matter) if panel else {Matter.PROCEDURE})
        drop_hearing(actor, case, reason)
        rulings.convert(actor, case, reason, before=before, panel=panel, objection=objection, clerk_name=clerk_name)


def to_panel(
    actor: Actor,
    case: LitigationCase,
    *,
    reason: str,
    clerk_name: str,
    objection: rulings.Objection | None = None,
) -> None:
    """The judge finds that nobody should try this ordinary case alone and rules so (CPL art. 43)."""
    if not reason.strip():
        raise refuse(Obstacle.NO_REASON, field="reason")
    with transaction():
        check(case, "to_panel")
        check_signers(case, clerk_name)
        audit.advance(rules.STEPS, "to_panel", actor, case, reason=reason.strip())
        change_procedure(actor, case, Procedure.ORDINARY_PANEL)
        keeping.drop(actor, case, {Matter.BENCH})
        rulings.to_panel(actor, case, reason, objection, clerk_name)


def hearing_of(case: LitigationCase) -> Booking | None:
    """The hearing that stands in the diary."""
    booking = db.session.get(Booking, case.hearing_booking_id) if case.hearing_booking_id else None
    return booking if booking is not None and booking.status is BookingStatus.BOOKED else None


def set_hearing(
    actor: Actor,
    case: LitigationCase,
    *,
    starts_at: datetime,
    ends_at: datetime,
    tribunal_id: int | None = None,
    agreed_short_notice: bool = False,
    permit: bool = True,
) -> Booking:
    """Fix the hearing, or move it: tribunal, judge and parties cannot be elsewhere at that time."""
    if permit and not rules.may_entrust(actor, case):
        raise NotPermitted("set_hearing", article="CPL art. 139")
    if case.status is not rules.Status.FAST_TRACK or case.judge_id is None:
        raise DomainError(_("Hearings are fixed here for cases on the fast track."), article="CPL art. 160")
    jurisdiction.check_open(case)
    defence.check_hearing(case, clock.local(starts_at).date(), held=False)
    tribunal = tribunal_id or case.tribunal_id
    with transaction():
        booking = hearing_of(case)
        if booking is not None:
            scheduling.move(actor, booking, starts_at, ends_at, tribunal, agreed_short_notice=agreed_short_notice)
        else:
            booking = scheduling.book(
                actor,
                purpose=Purpose.HEARING,
                starts_at=starts_at,
                ends_at=ends_at,
                resource_id=tribunal,
                dispute_id=case.dispute_id,
                judge_ids=(case.judge_id,),
                party_ids=tuple(party.id for party in disputes.parties(case.dispute_id)),
                subject_type="litigation_case",
                subject_id=case.id,
                agreed_short_notice=agreed_short_notice,
            )
        case.hearing_booking_id, case.tribunal_id = booking.id, tribunal
        audit.record(actor, "set_hearing", case, starts_at=starts_at, ends_at=ends_at, tribunal=tribunal)
    return booking


def drop_hearing(actor: Actor, case: LitigationCase, reason: str) -> None:
    """The hearing that still lies ahead is no longer needed: its time becomes free."""
    booking = hearing_of(case)
    if booking is not None and booking.starts_at > clock.now():
        scheduling.cancel(actor, booking, reason)


def heard(actor: Actor, case: LitigationCase, *, on: date) -> None:
    """The hearing took place."""
    if not rules.may_judge(actor, case):
        raise NotPermitted("heard", article="CPL art. 160")
    check_bench(case)
    if case.status not in {rules.Status.FAST_TRACK, rules.Status.ORDINARY}:
        raise DomainError(_("Only a case under trial can be heard."), article="CPL art. 160")
    if not case.filed_on <= on <= clock.today():
        raise refuse(Obstacle.NOT_YET)
    jurisdiction.check_open(case, "on")
    defence.check_hearing(case, on, held=True, field="on")
    with transaction():
        case.heard_on = on
        audit.record(actor, "hear", case, on=on)
        defence.heard(actor, case, on)


def record_wage(actor: Actor, *, year: int, amount_fen: int, published_on: date, source: str) -> YearlyWage:
    """Enter the province's published yearly wage: without it nobody can tell what a small claim is."""
    if not rules.may_set_wage(actor, actor.court_id):
        raise NotPermitted("record_wage", article="CPL art. 165")
    if published_on > clock.today():
        raise refuse(Obstacle.NOT_YET, field="published_on")
    if amount_fen <= 0:
        raise refuse(Obstacle.NO_WAGE, field="amount")
    if any(known.year == year for known in wages(actor.court_id)):
        raise refuse(Obstacle.WAGE_KNOWN, field="year")
    with transaction():
        entered = YearlyWage(
            court_id=actor.court_id, year=year, amount_fen=amount_fen, published_on=published_on, source=source
        )
        audit.record(actor, "enter", entered, year=year, amount_fen=amount_fen, published_on=published_on)
    return entered
