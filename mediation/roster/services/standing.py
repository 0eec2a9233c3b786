"""Decisions about a place on the list, and what the passing of time does to it."""

from datetime import date, timedelta

import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError
from mediation.notices import services as notices
from mediation.roster import labels, rules, watching
from mediation.roster.models import Mediator, Organisation
from mediation.roster.rules import EntryFault, Ground, RosterStatus
from mediation.roster.services import telling, training

PUT_ON = frozenset({"admit", "reactivate"})


def decide(actor: Actor, listed: Mediator | Organisation, step: str, *, ground: Ground, reason: str) -> None:
    """Put on, suspend, remove or put back, on a ground the law knows; the reason goes into the performance file."""
    if ground not in rules.GROUNDS[step]:
        raise DomainError(labels.GROUND_DOES_NOT_CARRY, article=rules.GROUND_ARTICLE[ground], field="ground")
    if not reason.strip():
        raise DomainError(labels.REASON_MISSING, article="S4 art. 10", field="reason")
    with transaction():
        article = rules.GROUND_ARTICLE[ground]
        faults = missing(listed, step) if rules.may_decide(actor, listed) else []
        audit.advance(rules.STEPS, step, actor, listed, ground=ground, article=article, reason=reason.strip())
        for fault in faults:
            raise DomainError(labels.ENTRY_FAULT[fault], article=rules.ENTRY_ARTICLE[fault], field="step")
        watching.changed(listed)


def missing(listed: Mediator | Organisation, step: str) -> list[EntryFault]:
    """What a mediator still lacks for being put on the list by this step."""
    if step not in PUT_ON:
        return []
    if isinstance(listed, Organisation):
        return [] if rules.serves_here(listed, clock.today()) else [EntryFault.CONSENT]
    hours = sum(one.hours for one in training.trainings(listed))
    return rules.entry_faults(
        listed,
        clock.today(),
        hours=hours,
        demands=training.demands(listed.court_id),
        entering=step == "admit",
    )


def run_day(actor: Actor) -> dict[str, int]:
    """Certificates that have run out leave the list; of those that soon will, mediator and registry are told once.

    So are an organisation and the registry of an agreement that is running out (S4 arts 5, 6).
    """
    today = clock.today()
    return {
        "certificates_out": _expire(actor, today),
        "certificates_soon": _warn(actor, today),
        "agreements_soon": _warn_of_agreements(actor, today),
    }


def _expire(actor: Actor, today: date) -> int:
    out = _certificates(actor).where(
        Mediator.status.in_((RosterStatus.ACTIVE, RosterStatus.SUSPENDED)), Mediator.certificate_expires_on < today
    )
    found = db.session.scalars(out).all()
    with transaction():
        for mediator in found:
            ground = Ground.CERTIFICATE
            audit.advance(
                rules.STEPS, "expire", actor, mediator, ground=ground, article=rules.GROUND_ARTICLE[ground], reason=""
            )
            _tell_all(actor, mediator, "certificate.out", telling.CERTIFICATE_OUT)
            watching.changed(mediator)
    return len(found)


def _warn(actor: Actor, today: date) -> int:
    until = today + timedelta(days=training.demands(actor.court_id, today).warn_days)
    soon = _certificates(actor).where(
        Mediator.status == RosterStatus.ACTIVE,
        Mediator.certificate_expires_on.between(today, until),
        sa.or_(Mediator.warned_for.is_(None), Mediator.warned_for != Mediator.certificate_expires_on),
    )
    found = db.session.scalars(soon).all()
    with transaction():
        for mediator in found:
            mediator.warned_for = mediator.certificate_expires_on
            audit.record(actor, "warn", mediator, until=mediator.certificate_expires_on)
            _tell_all(actor, mediator, "certificate.soon", telling.CERTIFICATE_SOON)
    return len(found)


def _warn_of_agreements(actor: Actor, today: date) -> int:
    until = today + timedelta(days=training.demands(actor.court_id, today).warn_days)
    soon = sa.select(Organisation).where(
        Organisation.court_id == actor.court_id,
        Organisation.status == RosterStatus.ACTIVE,
        Organisation.agreement_until.between(today, until),
        sa.or_(Organisation.warned_for.is_(None), Organisation.warned_for != Organisation.agreement_until),
    )
    found = db.session.scalars(soon.order_by(Organisation.id)).all()
    with transaction():
        for body in found:
            body.warned_for = body.agreement_until
            audit.record(actor, "warn", body, until=body.agreement_until)
            readers = [*telling.accounts_for(body), *accounts.holding(actor.court_id, Role.CLERK)]
            facts = {"name": body.name, "day": body.agreement_until}
            notices.tell_users(
                actor, readers, "roster.agreement.soon", telling.AGREEMENT_SOON, subject=body, facts=facts
            )
    return len(found)


def _certificates(actor: Actor) -> sa.Select[Mediator]:
    return sa.select(Mediator).where(Mediator.court_id == actor.court_id).order_by(Mediator.id)


def _tell_all(actor: Actor, mediator: Mediator, kind: str, words: object) -> None:
    readers = [*telling.accounts_of(mediator), *accounts.holding(actor.court_id, Role.CLERK)]
    facts = {"name": mediator.name, "day": mediator.certificate_expires_on}
    notices.tell_users(actor, readers, f"roster.{kind}", words, subject=mediator, facts=facts)
