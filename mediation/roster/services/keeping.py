"""Changing what the list says of a body or a mediator: entries, terms, seal, certificate, strengths, profile."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from mediation.documents import letterheads
from mediation.kernel import audit, clock, keys
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.roster import labels, rules, watching
from mediation.roster.models import Mediator, Organisation, OrganisationSeal, Strength
from mediation.roster.rules import FREE_KINDS, FeeMode, Language
from mediation.roster.services.reading import cause_names

SEPARATORS = re.compile(r"[、,，;；\n]+")
PLACE = "S4 art. 5, 10"
HIGHER_LIST = "S4 art. 5; S5 art. 27"


def require_enterer(actor: Actor, step: str) -> None:
    """The list is prepared by the registry and the president (DOMAIN 2.2)."""
    if not rules.may_enter(actor):
        raise NotPermitted(step, article=PLACE)


def edit_organisation(actor: Actor, organisation: Organisation, told: Mapping[str, Any]) -> None:
    """Correct or complete the entry of a body."""
    require_enterer(actor, "edit")
    check_organisation(actor.court_id, told, but=organisation.id)
    with transaction():
        changed = _take(organisation, told)
        if changed:
            audit.record(actor, "edit", organisation, changed=changed)
            _look_anew(organisation, changed)


def check_organisation(court_id: int, told: Mapping[str, Any], *, but: int = 0) -> None:
    """One name once; who charges says how much, who may not charge does not (S23 art. 16; S3 art. 4)."""
    same = sa.select(Organisation.id).where(
        Organisation.court_id == court_id, Organisation.name == told["name"], Organisation.id != but
    )
    if db.session.scalar(same) is not None:
        raise DomainError(labels.NAME_TAKEN, article="S4 art. 5", field="name")
    if told["fee_mode"] is FeeMode.MARKET:
        if told["kind"] in FREE_KINDS:
            raise DomainError(labels.TARIFF_UNWANTED, article="S3 art. 4", field="fee_mode")
        if not told["tariff"].strip():
            raise DomainError(labels.TARIFF_MISSING, article="S23 art. 16", field="tariff")
    check_borrowed(told)
    if told["agreement_until"] and (not told["agreement_on"] or told["agreement_until"] <= told["agreement_on"]):
        raise DomainError(labels.AGREEMENT_ORDER, article=PLACE, field="agreement_until")


def check_borrowed(told: Mapping[str, Any]) -> None:
    """Consent to serve here is that of somebody on a higher court's list, and has been given (S4 art. 5; S5 art. 27)."""
    on = told.get("consented_on")
    if on is not None and not told.get("listed_by"):
        raise DomainError(labels.CONSENT_ALONE, article=HIGHER_LIST, field="listed_by")
    if on is not None and on > clock.today():
        raise DomainError(labels.CONSENT_FUTURE, article=HIGHER_LIST, field="consented_on")


def renew_agreement(actor: Actor, organisation: Organisation, *, signed_on: date, until: date) -> None:
    """The agreement with a body goes on for another term; the former one stays in the trail."""
    require_enterer(actor, "renew")
    if until <= signed_on:
        raise DomainError(labels.AGREEMENT_ORDER, article=PLACE, field="until")
    if organisation.agreement_until is not None and until <= organisation.agreement_until:
        raise DomainError(labels.RENEWAL_NOT_LATER, article=PLACE, field="until")
    with transaction():
        former = {"on": organisation.agreement_on, "until": organisation.agreement_until}
        organisation.agreement_on, organisation.agreement_until = signed_on, until
        audit.record(actor, "renew", organisation, signed_on=signed_on, until=until, former=former)


def put_seal(actor: Actor, organisation: Organisation, content: bytes) -> None:
    """The picture of a body's seal: a PNG and nothing else, written anew."""
    require_enterer(actor, "seal")
    picture = letterheads.checked(content)
    with transaction():
        kept = db.session.get(OrganisationSeal, organisation.id)
        if kept is None:
            db.session.add(
                OrganisationSeal(organisation_id=organisation.id, court_id=organisation.court_id, picture=picture)
            )
        else:
            kept.picture = picture
        audit.record(actor, "seal", organisation, bytes=len(picture))


def seal_of(organisation: Organisation) -> bytes | None:
    """The picture of a body's seal, if there is one."""
    kept = db.session.get(OrganisationSeal, organisation.id)
    return kept.picture if kept is not None else None


def edit_mediator(actor: Actor, mediator: Mediator, told: Mapping[str, Any], *, id_no: str = "") -> None:
    """Correct or complete the entry of a mediator; an identity number is only ever replaced, never shown."""
    require_enterer(actor, "edit")
    check_borrowed(told)
    with transaction():
        changed = _take(mediator, told)
        if id_no:
            mediator.person_key = keys.keyed_hash("id", id_no)
            changed.append("id_no")
        if "phone" in changed:
            mediator.phone_key = keys.keyed_hash("phone", mediator.phone)
        if changed:
            audit.record(actor, "edit", mediator, changed=changed)
            _look_anew(mediator, changed)


def _look_anew(listed: Mediator | Organisation, changed: Collection[str]) -> None:
    """Consent withdrawn, or given: what was promised here is looked at anew."""
    if {"listed_by", "consented_on"} & set(changed):
        watching.changed(listed)


def renew_certificate(actor: Actor, mediator: Mediator, *, until: date) -> None:
    """The certificate runs on to a later day; whether somebody who had left the list returns is decided separately."""
    require_enterer(actor, "renew")
    if until <= mediator.certificate_expires_on:
        raise DomainError(labels.RENEWAL_NOT_LATER, article="S4 art. 5", field="until")
    with transaction():
        former = mediator.certificate_expires_on
        mediator.certificate_expires_on = until
        audit.record(actor, "renew", mediator, until=until, former=former)
        watching.changed(mediator)


def add_strength(actor: Actor, mediator: Mediator, told: str) -> str:
    """A cause the mediator is strong in, by its name or code in the list of causes; the code found."""
    require_enterer(actor, "strengths")
    code = cause_code(told)
    if not code:
        raise DomainError(labels.UNKNOWN_CAUSE, article="S5 art. 5", field="cause")
    if code in {one.cause_code for one in mediator.strengths}:
        raise DomainError(labels.STRENGTH_KNOWN, article="S5 art. 5", field="cause")
    with transaction():
        mediator.strengths.append(Strength(cause_code=code))
        audit.record(actor, "strengths", mediator, added=code)
    return code


def drop_strength(actor: Actor, mediator: Mediator, code: str) -> bool:
    """No longer stated; whether it had been."""
    require_enterer(actor, "strengths")
    found = next((one for one in mediator.strengths if one.cause_code == code), None)
    if found is None:
        return False
    with transaction():
        mediator.strengths.remove(found)
        audit.record(actor, "strengths", mediator, dropped=code)
    return True


def cause_code(told: str) -> str:
    """The code of a cause given by its code or its name; empty when the list has none such."""
    from_code = cause_names([told])
    if from_code:
        return told
    cause = sa.table("cause", sa.column("version"), sa.column("code"), sa.column("name"), sa.column("level"))
    rows = sa.select(cause.c.code).where(cause.c.name == told).order_by(cause.c.version.desc(), cause.c.level)
    return str(db.session.scalar(rows.limit(1)) or "")


def cause_codes(text: str, *, field: str, article: str) -> list[str]:
    """The codes of causes given by names or codes; refused with the first that the list of causes does not know."""
    told = [one.strip() for one in SEPARATORS.split(text) if one.strip()]
    found = [(one, cause_code(one)) for one in told]
    for one, code in found:
        if not code:
            raise DomainError(labels.unknown_cause(one), article=article, field=field)
    return list(dict.fromkeys(code for _one, code in found))


def keep_profile(
    actor: Actor, mediator: Mediator, *, phone: str, address: str, introduction: str, languages: Collection[Language]
) -> None:
    """What mediators keep themselves (DOMAIN 2.2: U own profile)."""
    if not rules.may_keep(actor, mediator):
        raise NotPermitted("profile", article=PLACE)
    told = {
        "phone": phone,
        "address": address,
        "introduction": introduction,
        "languages": [str(one) for one in dict.fromkeys(languages)],
    }
    with transaction():
        changed = _take(mediator, told)
        if "phone" in changed:
            mediator.phone_key = keys.keyed_hash("phone", phone)
        if changed:
            audit.record(actor, "profile", mediator, changed=changed)


def _take(subject: Mediator | Organisation, told: Mapping[str, Any]) -> list[str]:
    """Take over what differs; which facts those are."""
    changed = [name for name, value in told.items() if getattr(subject, name) != value]
    for name in changed:
        setattr(subject, name, told[name])
    return changed
