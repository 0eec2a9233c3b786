"""Making the bytes of one document: what is needed is read in a short transaction, the rest is free of the database."""

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import jinja2
import sqlalchemy as sa
from flask import Flask, current_app

from mediation.documents import composing, sealkeys, workshop
from mediation.documents.composing import BEIJING, Sheet
from mediation.documents.fontset import MissingGlyph
from mediation.documents.models import Document, Letterhead
from mediation.documents.rules import Failure
from mediation.documents.sealkeys import Fault
from mediation.kernel.db import db

log = logging.getLogger("mediation.documents")


@dataclass(frozen=True)
class Job:
    """What is needed to typeset, read in one short transaction and then free of the database."""

    kind: str
    sheet: Sheet
    data: dict[str, Any]
    court_id: int
    court_code: str


@dataclass(frozen=True)
class Made:
    """What was produced, and under which seal."""

    content: bytes
    seal: str = ""


@dataclass(frozen=True)
class Refused:
    """Why nothing was produced."""

    failure: Failure
    detail: str


def court_code(court_id: int) -> str:
    """The court's code in case numbers: the name of the folder of its seal."""
    # `accounts` is a later layer; the court is read as data.
    court = sa.table("court", sa.column("id"), sa.column("code")).c
    found: str = db.session.execute(sa.select(court.code).where(court.id == court_id)).scalar_one()
    return found


def job_of(document: Document) -> Job:
    """What a document that was asked for is made of."""
    head = db.session.get(Letterhead, document.letterhead_id) if document.letterhead_id else None
    sheet = Sheet(
        court=document.court_name,
        title=document.title,
        number=document.number,
        created=document.requested_at.astimezone(BEIJING).replace(microsecond=0),
        code=document.code,
        address=workshop.address(document.code),
        sealed=document.sealed,
        heading=head.heading if head else "",
        phrase=head.phrase if head else "",
        seal=head.seal if head else None,
    )
    return Job(document.kind, sheet, document.data, document.court_id, court_code(document.court_id))


# Which failure a problem is, the narrower first; whatever is named nowhere lies with the typesetter.
FAILURE_OF: tuple[tuple[type[Exception], Failure], ...] = (
    (MissingGlyph, Failure.GLYPH),
    (composing.TooLong, Failure.LENGTH),
    (workshop.TooMuch, Failure.LIMIT),
    (jinja2.TemplateError, Failure.TEMPLATE),
    (TypeError, Failure.TEMPLATE),
    (ValueError, Failure.CONTENT),
)


def typeset(job: Job, patience: float = workshop.PATIENCE) -> Made | Refused | None:
    """Compose, typeset and seal; what went wrong is an answer too. None: the workers had no time, it goes on waiting."""
    try:
        page = composing.compose(job.kind, job.sheet, job.data)
        here = workshop.mode() == "here"
        made = workshop.typeset_here(page, job.data) if here else workshop.typeset(page, job.data, patience=patience)
        return _sealed(job, made, patience)
    except workshop.Busy:
        log.warning("a document waits: the workers were busy")
        return None
    except Exception as problem:  # noqa: BLE001  the act that asked for it is done; it may be produced later
        return _refused(problem)


def typeset_all(jobs: Sequence[Job]) -> Iterator[Made | Refused | None]:
    """Several, in the order given; as many at once as there are workers, and without hurry."""
    if workshop.mode() == "here" or len(jobs) < 2:  # noqa: PLR2004  one alone has nobody beside it
        yield from map(typeset, jobs)
        return
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  its documented way

    def one(job: Job) -> Made | Refused | None:
        with app.app_context():
            return typeset(job, workshop.UNHURRIED)

    with ThreadPoolExecutor(workshop.WORKERS + 1) as waiting:
        yield from waiting.map(one, jobs)


def _refused(problem: Exception) -> Refused:
    failure = next((failure for kind, failure in FAILURE_OF if isinstance(problem, kind)), None)
    if failure is None:
        log.error("a document could not be produced", exc_info=problem)
        return Refused(Failure.ENGINE, f"{type(problem).__name__}: {problem}")
    return Refused(failure, problem.named if isinstance(problem, MissingGlyph) else str(problem))


FAILURE_OF_SEAL = {
    Fault.NOT_YET: Failure.SEAL_PERIOD,
    Fault.EXPIRED: Failure.SEAL_PERIOD,
    Fault.REVOKED: Failure.SEAL_REVOKED,
    Fault.NO_LIST: Failure.SEAL_LIST,
    Fault.OLD_LIST: Failure.SEAL_LIST,
}


def _sealed(job: Job, content: bytes, patience: float) -> Made | Refused:
    """What leaves the court under its seal is signed with it, once a seal was set up; nothing else is."""
    place = workshop.seals()
    if not job.sheet.sealed or not sealkeys.is_set_up(place, job.court_code):
        return Made(content)
    try:
        return Made(*workshop.aside(sign_with, (content, place, job.court_code, job.sheet.court), patience=patience))
    except sealkeys.Unusable as problem:
        return Refused(FAILURE_OF_SEAL.get(problem.fault, Failure.SEAL_KEY), str(problem))


def sign_with(given: tuple[bytes, sealkeys.Place, str, str]) -> tuple[bytes, str]:
    """Runs in the worker, where the key is kept: the signed file, and which seal it was."""
    from mediation.documents import signing  # noqa: PLC0415  only workers load the signing library

    content, place, code, court = given
    key = sealkeys.of_court(place, code)
    if key is None:
        raise sealkeys.Unusable(Fault.UNREADABLE, code)
    return signing.sign(content, key, court=court), key.fingerprint
