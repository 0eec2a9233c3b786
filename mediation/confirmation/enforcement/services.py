"""The packet: application for enforcement, title, agreement, proof of service, put together for one creditor (R3-83)."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pypdf
import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.agreements import documents as agreements
from mediation.agreements.labels import NOT_EFFECTIVE
from mediation.agreements.models import Agreement
from mediation.agreements.rules import MONEY
from mediation.agreements.services import drafting, performance
from mediation.agreements.services.sources import Settlement, Source, clauses
from mediation.confirmation.enforcement import labels, rules
from mediation.confirmation.enforcement.rules import Claim, Facts, Obstacle, Title
from mediation.confirmation.models import Confirmation
from mediation.confirmation.objections.keeping import overturned
from mediation.confirmation.objections.rules import ObjectionStatus
from mediation.confirmation.rules import BEFORE_RULING, Outcome, Status
from mediation.confirmation.services import reading
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute, Party
from mediation.documents import services as store
from mediation.documents import workshop
from mediation.documents.models import Document
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted, refusal
from mediation.litigation import services as litigation
from mediation.notices import services as notices
from mediation.periods import services as periods
from mediation.periods.rules import DeadlineStatus
from mediation.periods.table import PeriodKey
from mediation.periods.telling import derivation
from mediation.web.templating import day

KIND, APPLICATION = "enforcement_application", "强制执行申请书"
# What the creditor brings along, beside what the file holds (S2 art. 460 leaves the court at the property open).
TO_BRING = ("申请执行人的身份证明（自然人：身份证件复印件；法人：营业执照、法定代表人身份证明书）", "委托代理人申请的，授权委托书及代理人身份证明", "被执行人的财产线索")  # fmt: skip

# What is told of a mediation only.
MEDIATED = ("centre", "dispute", "kind", "mediator", "organisation", "accepted_on", "agreement_number", "effective_on")


@dataclass(frozen=True)
class Standing:
    """How things stand with an agreement that is not performed."""

    obstacle: Obstacle | None
    title: Title | None = None
    document: Document | None = None
    in_force_on: date | None = None
    claims: Sequence[Claim] = ()
    until: date | None = None
    until_why: str = ""
    apply_until: date | None = None

    @property
    def refusal(self) -> DomainError | None:
        """The obstacle in words, with its article and what remains possible."""
        if self.obstacle is None:
            return None
        remedy = str(labels.REMEDY[self.obstacle])
        return DomainError(
            labels.OBSTACLE[self.obstacle],
            article=rules.OBSTACLE_ARTICLE[self.obstacle],
            remedy=remedy % {"day": day(self.apply_until)} if "%(" in remedy else remedy,
        )


# --- how things stand ------------------------------------------------------------------------------------------------


def standing(source: Source) -> Standing:
    """Whether the agreement can be enforced, for whom, and until when."""
    today = clock.today()
    confirmations = _confirmations(source) if isinstance(source, Agreement) else ()
    title, document, in_force_on = _title(source, confirmations)
    facts = Facts(title=title, in_force=in_force_on is not None)
    if isinstance(source, Agreement):
        instead = _instead_of(confirmations) if title is Title.RULING else None
        facts = replace(
            facts,
            before_the_court=any(c.status in BEFORE_RULING for c in confirmations),
            apply_until=reading.last_day(source),
            sued=litigation.of_dispute(source.dispute_id) is not None,
            revoked=instead is ObjectionStatus.REVOKED,
            altered=instead is ObjectionStatus.ALTERED,
        )
    found = rules.obstacle(facts, today)
    claims = rules.claims(performance.dues(source), today)
    if found is None and not claims:
        found = Obstacle.NOTHING_OVERDUE
    until, why = _until(source, in_force_on) if in_force_on else (None, "")
    return Standing(found, title, document, in_force_on, claims, until, why, facts.apply_until)


def _instead_of(confirmations: Sequence[Confirmation]) -> ObjectionStatus | None:
    """Whether the ruling was revoked or altered on an objection."""
    for one in confirmations:
        if one.outcome is Outcome.VALID:
            found = overturned(one.id)
            return found.status if found is not None else None
    return None


def _confirmations(agreement: Agreement) -> Sequence[Confirmation]:
    found = sa.select(Confirmation).where(Confirmation.agreement_id == agreement.id).order_by(Confirmation.id.desc())
    return db.session.scalars(found).all()


def _title(source: Source, confirmations: Sequence[Confirmation]) -> tuple[Title | None, Document | None, date | None]:
    """The ruling once served on all; after filing, the court's mediation document once it binds (CPL arts 100, 206)."""
    if isinstance(source, Settlement):
        return Title.MEDIATION_DOCUMENT, source.document, source.effective_on
    for one in confirmations:
        if one.outcome is Outcome.VALID and one.ruling_document_id:
            served = notices.services_of(one.ruling_document_id)
            on = max(s.effective_on for s in served) if one.status is Status.SERVED and served else None
            return Title.RULING, db.session.get_one(Document, one.ruling_document_id), on
    case = litigation.of_dispute(source.dispute_id)
    document = litigation.mediation_document(case) if case is not None else None
    if case is None or document is None:
        return None, None, None
    return Title.MEDIATION_DOCUMENT, document, case.closed_on


def _until(source: Source, in_force_on: date) -> tuple[date, str]:
    """The last day of the two years: the court's own deadline where one runs, otherwise reckoned (CPL art. 250)."""
    for running in periods.of_dispute(source.dispute_id, running_only=True):
        if running.key is PeriodKey.ENFORCE_APPLY and running.status is DeadlineStatus.OPEN:
            return running.final_on, ""
    start = rules.counts_from(drafting.due_days(source), in_force_on)
    computed = periods.compute(PeriodKey.ENFORCE_APPLY, start, court_id=source.court_id)
    return computed.final, derivation(computed)


# --- putting the packet together -------------------------------------------------------------------------------------


def make(actor: Actor, source: Source, creditor_id: int) -> Document:
    """Write the application of one creditor from the ledger as it stands today; made again, it is the next version."""
    if not rules.may_pack(actor, source):
        raise NotPermitted("pack", article="CPL art. 247")
    if source.effective_on is None:
        raise DomainError(NOT_EFFECTIVE, article="CPL art. 247")
    now = standing(source)
    if now.refusal is not None:
        raise now.refusal
    claim = next((claim for claim in now.claims if claim.creditor_id == creditor_id), None)
    if claim is None:
        raise refusal(Obstacle.NOT_CREDITOR, labels, rules, field="")
    creditor = next(p for p in disputes.parties(source.dispute_id) if p.id == creditor_id)
    return store.request(
        actor,
        kind=KIND,
        subject=creditor,
        dispute_id=source.dispute_id,
        title=APPLICATION,
        party=creditor.name,
        data=_data(source, now, claim, creditor) | {"enclosures": [d.called for d in _papers(actor, source, now)]},
    )


def _data(source: Source, now: Standing, claim: Claim, creditor: Party) -> dict[str, Any]:
    parties = {party.id: party for party in disputes.parties(source.dispute_id)}
    rows = clauses(source)
    named = {clause.id: clause for clause in rows}
    about = {due.clause_id for due in claim.dues}
    money = [due for due in claim.dues if due.kind in MONEY]
    other = [due for due in claim.dues if due.kind not in MONEY]
    document = now.document
    return _origin(source) | {
        "applicant": agreements.head("申请执行人", creditor),
        "respondents": [line for number in claim.debtor_ids for line in agreements.head("被执行人", parties[number])],
        "by_ruling": now.title is Title.RULING,
        "title_number": document.number if document else "",
        "title_name": document.title if document else "",
        "in_force_on": now.in_force_on.isoformat() if now.in_force_on else "",
        "open_fen": sum(due.open_fen for due in money),
        "late": [_late(due) for due in money],
        "acts": [agreements.sentences(source.dispute_id, [named[due.clause_id]])[0] for due in other],
        "paid": [
            [f"第{named[act.clause_id].position}项", agreements.day(act.on), _yuan(act.amount_fen), act.evidence]
            for act in performance.acts(source, rows)
            if act.clause_id in about
        ],
        "interest_from": min((due.due_on for due in money if due.due_on), default=clock.today()).isoformat(),
        "until": now.until.isoformat() if now.until else "",
        "until_why": now.until_why,
        "to_bring": list(TO_BRING),
        "made_on": clock.today().isoformat(),
    }


def _origin(source: Source) -> dict[str, Any]:
    """How the parties came to agree: in mediation, or before the court in the case itself."""
    if isinstance(source, Settlement):
        dispute = db.session.get_one(Dispute, source.dispute_id)
        return dict.fromkeys(MEDIATED, "") | {
            "court": accounts.court(source.court_id).name,
            "cause": dispute.cause.name,
            "parties": agreements.party_lines(source.dispute_id, filed=True),
            "in_court": True,
            "agreed_on": source.case.agreed_on.isoformat() if source.case.agreed_on else "",
        }
    return agreements.common(source.dispute_id, source.assignment) | {
        "in_court": False,
        "agreed_on": "",
        "agreement_number": source.number,
        "effective_on": source.effective_on.isoformat() if source.effective_on else "",
    }


def _yuan(fen: int | None) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}" if fen else "—"


def _late(due: Any) -> list[str]:
    part = f"第{due.position}项" + (f"第{due.instalment}期" if due.instalment else "")
    last = agreements.day(due.due_on) if due.due_on else ""
    return [part, last, _yuan(due.amount_fen), _yuan(due.paid_fen), _yuan(due.open_fen)]


def _papers(actor: Actor, source: Source, now: Standing) -> list[Document]:
    """Title, agreement, record of the signatures, and what proves that the title was served: as they lie in the file."""
    found = store.of_dispute(actor, source.dispute_id)
    served = {s.id for s in notices.services_of(now.document.id)} if now.document else set()
    agreement = source if isinstance(source, Agreement) else None
    record = [d for d in found if agreement and d.kind == "signing_record" and d.subject_id == agreement.id]
    proofs = [d for d in found if d.kind == "service_receipt" and d.subject_id in served]
    signed = [d for d in found if agreement and d.id == agreement.document_id]
    return [*([now.document] if now.document else []), *signed, *record, *proofs]


def application(creditor_id: int) -> Document | None:
    """The creditor's application as it was made last."""
    return store.latest(KIND, "party", creditor_id)


def papers(actor: Actor, source: Source, creditor_id: int) -> list[Document]:
    """The whole packet in order, the application first; empty before it was made."""
    first = application(creditor_id)
    if first is None or first.dispute_id != source.dispute_id:
        return []
    return [first, *_papers(actor, source, standing(source))]


# --- handing it out --------------------------------------------------------------------------------------------------


def packet(actor: Actor, source: Source, creditor_id: int) -> bytes:
    """Every file as it was archived, seals and all, and one file to print from."""
    if not rules.may_pack(actor, source):
        raise NotPermitted("pack", article="CPL art. 247")
    documents = papers(actor, source, creditor_id)
    contents = [store.open_file(actor, document).content for document in documents]
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, (document, content) in enumerate(zip(documents, contents, strict=True), 1):
            archive.writestr(f"{place:02d} {_file_name(document)}.pdf", content)
        archive.writestr("打印合集.pdf", workshop.aside(joined, contents))
    return written.getvalue()


def _file_name(document: Document) -> str:
    return "".join(sign for sign in f"{document.called}{document.number}" if sign not in '\\/:*?"<>|')


def print_file(actor: Actor, source: Source, creditor_id: int) -> bytes:
    """All papers in one file."""
    if not rules.may_pack(actor, source):
        raise NotPermitted("pack", article="CPL art. 247")
    contents = [store.open_file(actor, document).content for document in papers(actor, source, creditor_id)]
    return workshop.aside(joined, contents)


def joined(contents: list[bytes]) -> bytes:
    """Runs in the worker: one file in which every paper begins on a front page, printed on both sides or not."""
    whole = pypdf.PdfWriter()
    for content in contents:
        reader = pypdf.PdfReader(io.BytesIO(content))
        for page in reader.pages:
            whole.add_page(page)
        if len(reader.pages) % 2:
            whole.add_blank_page()
    written = io.BytesIO()
    whole.write(written)
    return written.getvalue()
