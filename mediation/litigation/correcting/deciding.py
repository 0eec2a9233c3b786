"""The judge corrects a paper of the court by a ruling, which names the paper and goes to every party (CPL art. 157)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute, Party
from mediation.disputes.people import addressee
from mediation.disputes.rules import PartyRole
from mediation.documents import gallery
from mediation.documents import services as documents
from mediation.documents.models import Document
from mediation.kernel import audit, clock, dossier, errors
from mediation.kernel.actor import JUDGES, Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.litigation.bench.signing import signers
from mediation.litigation.correcting import labels, rules
from mediation.litigation.correcting.models import DocumentCorrection
from mediation.litigation.correcting.rules import Correcting, Mistake, Obstacle, Point
from mediation.litigation.services.reading import of_dispute
from mediation.litigation.services.serving import serve_document
from mediation.notices import services as notices
from mediation.notices.models import Service
from mediation.notices.rules import ServiceMethod

KIND, TITLE, TOLD = "correcting_ruling", "民事裁定书", "paper_corrected"
# The day a paper of the court bears, by the name its template has for it.
DAYS = ("ruled_on", "decided_on", "agreed_on", "on")


@dataclass(frozen=True)
class Bench:
    """Who decided what a paper says, as they sign, and in which matter."""

    judge_id: int | None
    signers: Sequence[tuple[str, str]]
    matter: str


_benches: dict[str, Callable[[Document], Bench | None]] = {}


def correctable(kinds: Iterable[str], bench: Callable[[Document], Bench | None]) -> None:
    """Told by each stage that issues rulings: these kinds of papers, and who decided on one of them."""
    _benches.update(dict.fromkeys(kinds, bench))


def _of_the_case(document: Document) -> Bench | None:
    case = of_dispute(document.dispute_id or 0)
    if case is None:
        return None
    people = disputes.parties(case.dispute_id)
    sides = (
        "、".join(p.name for p in people if p.role is role) for role in (PartyRole.APPLICANT, PartyRole.RESPONDENT)
    )
    matter = "原告{}与被告{}".format(*sides) + db.session.get_one(Dispute, case.dispute_id).cause.name + "一案"
    return Bench(case.judge_id, signers(case), matter)


correctable(
    (
        "civil_mediation_document", "withdrawal_ruling", "procedure_ruling", "jurisdiction_ruling", "preservation_ruling",
        "claim_ruling", "claim_withdrawal_ruling", "joinder_ruling",
    ),
    _of_the_case,
)  # fmt: skip


def papers(actor: Actor, dispute_id: int) -> list[Document]:
    """The papers of the dispute that the actor decided and may correct, in their latest versions."""
    if not actor.has(*JUDGES):
        return []
    return [one for one in documents.of_dispute(actor, dispute_id) if _may(actor, one)]


def _may(actor: Actor, document: Document) -> bool:
    bench = _bench(document)
    return bench is not None and rules.may_rule(actor, document.court_id, bench.judge_id)


def _bench(document: Document) -> Bench | None:
    found = _benches.get(document.kind)
    return found(document) if found is not None else None


def corrected(dispute_id: int) -> Sequence[DocumentCorrection]:
    """What was corrected so far, first to last."""
    return dossier.of(DocumentCorrection, dispute_id)


def get(dispute: Dispute, correction_id: int) -> DocumentCorrection | None:
    """One correction of this dispute."""
    return next((one for one in corrected(dispute.id) if one.id == correction_id), None)


def ruling(correction: DocumentCorrection) -> Document | None:
    """The ruling itself, as a paper."""
    return documents.latest(KIND, DocumentCorrection.__tablename__, correction.id)


def unserved(correction: DocumentCorrection) -> list[Party]:
    """The parties whom the ruling has not reached."""
    made = ruling(correction)
    reached = {service.party_id for service in notices.services_of(made.id)} if made is not None else set()
    return [party for party in disputes.parties(correction.dispute_id) if party.id not in reached]


def serve(
    actor: Actor, correction: DocumentCorrection, party: Party, *, method: ServiceMethod, on: date, receiver: str
) -> Service:
    """The ruling reached a party, who signs for it (CPL art. 87)."""
    if not rules.may_serve(actor, correction.court_id):
        raise NotPermitted("serve_correction", article="CPL art. 87")
    made = ruling(correction)
    if made is None or party not in unserved(correction):
        raise refuse(Obstacle.SERVED)
    return serve_document(
        actor, made, party, method=method, effective_on=on, receiver=receiver, issued_on=correction.ruled_on
    )


def _days(document_id: int) -> Sequence[date]:
    rows = sa.select(DocumentCorrection.ruled_on).where(DocumentCorrection.document_id == document_id)
    return db.session.scalars(rows.order_by(DocumentCorrection.id)).all()


documents.corrected_by(_days)


def paper(correction: DocumentCorrection) -> Document:
    """The paper that was corrected."""
    return db.session.get_one(Document, correction.document_id)


def rule(
    actor: Actor,
    document: Document,
    *,
    mistake: Mistake,
    points: Sequence[Point],
    reason: str,
    clerk_name: str,
    party_id: int | None = None,
    password: str,
) -> DocumentCorrection:
    """民事裁定书: how the passages of the paper read; every party is told and gets the ruling (S2 art. 245; S8 art. 13)."""
    bench = _bench(document)
    if bench is None or not rules.may_rule(actor, document.court_id, bench.judge_id):
        raise NotPermitted("correct_document", article=rules.ARTICLE)
    objector = disputes.party(document.dispute_id or 0, party_id) if party_id else None
    text = "".join(line.text for line in gallery.reading(document))
    facts = Correcting(
        document.kind, mistake, points, text, served=bool(notices.services_of(document.id)),
        objector=objector is not None, reason=reason, clerk=clerk_name,
    )  # fmt: skip
    for found in rules.obstacles(facts):
        raise refuse(found)
    accounts.reauthenticate(actor, password, purpose=f"document.correct/{document.id}")
    with transaction():
        made = DocumentCorrection(
            court_id=document.court_id, dispute_id=document.dispute_id, document_id=document.id, mistake=mistake,
            party_id=objector.id if objector is not None else None,
            points=[[point.wrong.strip(), point.right.strip()] for point in points], reason=reason.strip(),
            ruled_on=clock.today(), ruled_by_id=actor.id,
        )  # fmt: skip
        audit.record(actor, "rule", made, document=document.id, mistake=mistake)
        day = next((document.data[name] for name in DAYS if document.data.get(name)), None)
        documents.request(
            actor, kind=KIND, subject=made, dispute_id=document.dispute_id, title=TITLE, number=document.number, sealed=True,
            data={
                "matter": bench.matter, "number": document.number, "title": document.title,
                "made_on": day or clock.local(document.requested_at).date().isoformat(), "mistake": mistake.value,
                "objector": objector.name if objector is not None else "", "points": made.points, "reason": made.reason,
                "ruled_on": made.ruled_on.isoformat(), "bench": [list(one) for one in bench.signers], "clerk": clerk_name.strip(),
            },
        )  # fmt: skip
        for party in disputes.parties(made.dispute_id):
            notices.tell(
                actor, addressee(party), TOLD, subject=made, dispute_id=made.dispute_id,
                facts={"number": document.number},
            )  # fmt: skip
    return made


def refuse(obstacle: Obstacle) -> DomainError:
    """The refusal with its article and what remains possible."""
    return errors.refusal(obstacle, labels, rules)
