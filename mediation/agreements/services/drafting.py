"""Drafting an agreement from typed clauses, under the eye of the guard G1-G12."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from mediation.agreements import documents, guard, labels, rules
from mediation.agreements.guard import AgreementFacts, ClauseFacts, Found
from mediation.agreements.models import Agreement, Clause, Instalment, Signature
from mediation.agreements.rules import AGREEMENT_STEPS, AgreementStatus, ClauseKind, Signer
from mediation.agreements.services.sources import Settlement, Source
from mediation.agreements.services.sources import clauses as clauses
from mediation.assignment.models import Assignment
from mediation.assignment.rules import Kind
from mediation.assignment.together import present as together
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.rules import Authority
from mediation.intake.suitability import Confirmable, confirmable
from mediation.kernel import audit, clock, dossier, numbering
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted, Stale
from mediation.litigation import services as litigation
from mediation.roster.models import Mediator, Organisation

PRIVATE_LOAN = "民间借贷纠纷"


@dataclass(frozen=True)
class Draft:
    """What the mediator typed for the agreement as a whole."""

    facts: str
    issues: str = ""
    costs: str = ""
    breach: str = ""
    guarantor: str = ""
    nothing_else_disputed: bool = True
    confirmation_planned: bool = True


def get(actor: Actor, agreement_id: int) -> Agreement | None:
    """An agreement of a dispute the actor may see."""
    found = (
        sa.select(Agreement)
        .join(Dispute, Dispute.id == Agreement.dispute_id)
        .where(Agreement.id == agreement_id, disputes.visible(actor))
        .options(selectinload(Agreement.clauses).selectinload(Clause.instalments), selectinload(Agreement.signatures))
    )
    return db.session.scalar(found.execution_options(populate_existing=True))


def of_dispute(dispute_id: int) -> Sequence[Agreement]:
    """The agreements of a dispute, last first."""
    return dossier.of(Agreement, dispute_id)[::-1]


def effective_of(dispute_id: int) -> Agreement | None:
    """The agreement in effect, if there is one."""
    return next((a for a in of_dispute(dispute_id) if a.status is AgreementStatus.EFFECTIVE), None)


def start(actor: Actor, assignment: Assignment, draft: Draft) -> Agreement:
    """Begin an agreement; its number is taken gap-free from the form series (R5-01)."""
    if not rules.may_conduct(actor, assignment):
        raise NotPermitted("draft", article="S4 art. 24")
    year = clock.today().year
    with transaction():
        serial = numbering.take(assignment.court_id, "agreement", year)
        agreement = Agreement(
            court_id=assignment.court_id,
            dispute_id=assignment.dispute_id,
            assignment=assignment,
            number=f"调解协议-{year}-{serial:06d}",
            **vars(draft),
        )
        audit.record(actor, "draft", agreement, number=agreement.number)
    return agreement


def edit(actor: Actor, agreement: Agreement, draft: Draft, *, version: int) -> None:
    """Change the general part of a draft; somebody else's change in between is shown, not overwritten."""
    _editable(actor, agreement)
    if agreement.version != version:
        raise Stale(labels.STALE_DRAFT, remedy=agreement.facts, subject=agreement)
    with transaction():
        for name, value in vars(draft).items():
            setattr(agreement, name, value)
        audit.record(actor, "edit", agreement)


def write_clause(actor: Actor, source: Source, clause: ClauseFacts, *, clause_id: int | None = None) -> Clause:
    """Add a clause, or replace one, in the draft of an agreement or of the court's own document."""
    _editable(actor, source)
    with transaction():
        rows = clauses(source)
        row = next((c for c in rows if c.id == clause_id), None)
        if row is None:
            if len(rows) >= rules.MOST_CLAUSES:
                raise DomainError(labels.TOO_MANY_CLAUSES, article="S3 art. 29", remedy=labels.FEWER_CLAUSES)
            last = max((c.position for c in rows), default=0)
            row = Clause(
                court_id=source.court_id,
                dispute_id=source.dispute_id,
                agreement_id=None if isinstance(source, Settlement) else source.id,
                case_id=source.case.id if isinstance(source, Settlement) else None,
                position=last + 1,
                kind=clause.kind,
            )
        for name in (
            "kind", "debtor_id", "creditor_id", "amount_fen", "due_on", "account", "method", "place", "condition", "text",
            "interest_permille",
        ):  # fmt: skip
            setattr(row, name, getattr(clause, name))
        row.instalments = [
            Instalment(position=n, amount_fen=fen, due_on=day) for n, (fen, day) in enumerate(clause.instalments, 1)
        ]
        audit.record(actor, "write", row, kind=clause.kind)
    return row


def remove_clause(actor: Actor, source: Source, clause: Clause) -> None:
    """Take a clause out of the draft; the others move up."""
    _editable(actor, source)
    with transaction():
        audit.record(actor, "remove", clause, kind=clause.kind, position=clause.position)
        db.session.delete(clause)
        db.session.flush()
        for position, other in enumerate(clauses(source), 1):
            if other.position != position:
                other.position = position
                audit.record(actor, "write", other)


def _editable(actor: Actor, agreement: Source) -> None:
    if isinstance(agreement, Settlement):
        litigation.may_draw_up(actor, agreement.case)
        return
    if not rules.may_conduct(actor, agreement):
        raise NotPermitted("edit", article="S4 art. 24")
    if agreement.status is not AgreementStatus.DRAFT:
        raise DomainError(labels.NOT_DRAFT, article="S4 art. 24", remedy=labels.REOPEN_FIRST)


def objections(agreement: Agreement) -> list[Found]:
    """What the guard says of the agreement as it stands."""
    dispute = db.session.get_one(Dispute, agreement.dispute_id)
    parties = disputes.parties(dispute.id)
    return guard.examine(
        AgreementFacts(
            party_ids=frozenset(p.id for p in parties),
            clauses=[facts_of(c) for c in clauses(agreement)],
            facts=agreement.facts,
            costs=agreement.costs,
            breach=agreement.breach,
            guarantor=agreement.guarantor,
            court_made=agreement.assignment.kind is Kind.ENTRUSTED,
            confirmation_planned=agreement.confirmation_planned,
            confirmable=confirmable(dispute.cause_code) is not Confirmable.NO,
            private_loan=dispute.cause.name == PRIVATE_LOAN,
            drafted_on=clock.today(),
        )
    )


def facts_of(clause: Clause) -> ClauseFacts:
    """The clause as the guard and the documents read it."""
    return ClauseFacts(
        position=clause.position,
        kind=clause.kind,
        debtor_id=clause.debtor_id,
        creditor_id=clause.creditor_id,
        amount_fen=clause.amount_fen,
        due_on=clause.due_on,
        account=clause.account,
        method=clause.method,
        place=clause.place,
        condition=clause.condition,
        text=clause.text,
        interest_permille=clause.interest_permille,
        instalments=tuple((i.amount_fen, i.due_on) for i in clause.instalments),
    )


def require_unobjected(agreement: Agreement) -> None:
    """Refuse what the guard objects to."""
    blocking = [f for f in objections(agreement) if f.blocks]
    if blocking:
        first = blocking[0]
        raise DomainError(
            labels.OBJECTION[first.objection], article=guard.ARTICLE[first.objection], remedy=labels.MEND_CLAUSES
        )


def put_up(actor: Actor, agreement: Agreement, *, oral: bool = False) -> None:
    """Close the draft and put it up for signature: the guard must have no objection; the text becomes a document.

    Left oral, it is the mediator's record of it that is signed (S4 arts 23, 24).
    """
    require_unobjected(agreement)
    parties = disputes.parties(agreement.dispute_id)
    _mediator, organisation = conductor(agreement.assignment)
    signers = rules.wanted_signers(
        [(p.id, p.name) for p in parties],
        guarantor=agreement.guarantor,
        mediators=who_mediates(agreement.assignment) or [(None, organisation.name if organisation else "")],
        organisation=organisation.name if organisation else "",
    )
    with transaction():
        audit.advance(AGREEMENT_STEPS, "put_up", actor, agreement)
        for signer, number, name in signers:
            wanted = Signature(
                court_id=agreement.court_id,
                dispute_id=agreement.dispute_id,
                agreement_id=agreement.id,
                signer=signer,
                party_id=number if signer is Signer.PARTY else None,
                mediator_id=number if signer is Signer.MEDIATOR else None,
                name=name,
            )
            audit.record(actor, "want", wanted, signer=signer)
        agreement.oral = oral
        paper = documents.oral_agreement if oral else documents.agreement
        agreement.document_id = paper(actor, agreement, clauses(agreement)).id


def who_mediates(assignment: Assignment) -> list[tuple[int | None, str]]:
    """Everybody who mediates, the one who presides first (S4 art. 13)."""
    ids = together.mediator_ids(assignment)
    rows = sa.select(Mediator.id, Mediator.name).where(Mediator.id.in_(ids))
    known = {row[0]: row[1] for row in db.session.execute(rows)}
    return [(one, known[one]) for one in ids]


def conductor(assignment: Assignment) -> tuple[Mediator | None, Organisation | None]:
    """The mediator and the organisation of an assignment."""
    mediator = db.session.get(Mediator, assignment.mediator_id) if assignment.mediator_id else None
    organisation = db.session.get(Organisation, assignment.organisation_id) if assignment.organisation_id else None
    return mediator, organisation


def reopen(actor: Actor, agreement: Agreement) -> None:
    """Take an unsigned agreement back to draft; what was signed by anybody stays as it is."""
    signatures = db.session.scalars(sa.select(Signature).where(Signature.agreement_id == agreement.id)).all()
    if any(s.signed_at for s in signatures):
        raise DomainError(labels.ALREADY_SIGNED, article="S4 art. 24", remedy=labels.MAKE_NEW)
    with transaction():
        for signature in signatures:
            audit.record(actor, "drop", signature)
            db.session.delete(signature)
        agreement.oral = False
        audit.advance(AGREEMENT_STEPS, "reopen", actor, agreement)


def authorised(dispute_id: int, party_id: int | None) -> list[str]:
    """Agents of a party who may settle for it: with special authority (CPL 62)."""
    agents = [agent for party in disputes.parties(dispute_id) if party.id == party_id for agent in party.agents]
    return [agent.name for agent in agents if agent.authority is Authority.SPECIAL]


def due_days(source: Source) -> list[date]:
    """Every day on which something of an agreement, or of a document of the court, falls due."""
    rows = clauses(source)
    days = [c.due_on for c in rows if c.due_on and c.kind is not ClauseKind.INSTALMENTS]
    return sorted(days + [i.due_on for c in rows for i in c.instalments])
