"""The parties are told who tries the case, whoever named the bench (CPL arts 48, 131)."""

from mediation.kernel.actor import Actor
from mediation.litigation import telling
from mediation.litigation.bench.signing import signers
from mediation.litigation.models import LitigationCase

KIND = "bench_named"


def tell(actor: Actor, case: LitigationCase) -> None:
    """Every party learns who tries the case (CPL art. 131), and so whom a recusal could be about (CPL art. 48)."""
    who = "、".join(f"{title}{name}" for title, name in signers(case))
    telling.parties(actor, case, KIND, bench=who)
