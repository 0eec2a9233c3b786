"""The parties are told who tries the case, whoever named the bench (CPL arts 48, 131)."""

from mediation.disputes import services as disputes
from mediation.disputes.people import addressee
from mediation.kernel.actor import Actor
from mediation.litigation.bench.signing import signers
from mediation.litigation.models import LitigationCase
from mediation.litigation.services.reading import number_of
from mediation.notices import services as notices

KIND = "bench_named"


def tell(actor: Actor, case: LitigationCase) -> None:
    """Every party learns who tries the case (CPL art. 131), and so whom a recusal could be about (CPL art. 48)."""
    who = "、".join(f"{title}{name}" for title, name in signers(case))
    notices.supersede(actor, case, KIND)
    for party in disputes.parties(case.dispute_id):
        notices.tell(
            actor,
            addressee(party),
            KIND,
            subject=case,
            dispute_id=case.dispute_id,
            facts={"number": number_of(case), "bench": who},
        )
