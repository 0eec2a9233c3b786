"""Under which numbers a dispute is kept, and whether it was ever filed."""

from mediation.disputes.models import CaseNumber, Dispute
from mediation.disputes.rules import NumberStatus, TypeCode
from mediation.kernel import dossier


def number_of(dispute: Dispute, type_code: TypeCode | str) -> CaseNumber | None:
    """The dispute's latest valid number of a type."""
    code = TypeCode(type_code).value
    numbers = dossier.of(CaseNumber, dispute.id)
    return next((n for n in reversed(numbers) if n.type_code == code and n.status is NumberStatus.VALID), None)


def is_filed(dispute: Dispute) -> bool:
    """Whether the dispute was ever registered as a case of first instance (CPL art. 126)."""
    return number_of(dispute, TypeCode.FIRST_INSTANCE) is not None
