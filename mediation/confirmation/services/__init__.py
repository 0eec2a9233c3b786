"""Judicial confirmation, from the joint application to the served ruling: the verbs of the capability."""

from mediation.confirmation.services.applying import (
    Applicant,
    accept,
    apply,
    not_accept,
    order_materials,
    receive_materials,
)
from mediation.confirmation.services.examining import (
    examine,
    order_supplement,
    plan_questioning,
    question,
    supplied,
    times_for_questioning,
)
from mediation.confirmation.services.extending import approve, pending_extensions, refuse_extension, request_extension
from mediation.confirmation.services.reading import (
    apply_obstacles,
    get,
    last_day,
    of_dispute,
    stands_in_the_way,
    work,
    work_count,
)
from mediation.confirmation.services.ruling import deem_withdrawn, dismiss, dismiss_excluded, rule_valid, withdraw
from mediation.confirmation.services.serving import serve

__all__ = [
    "Applicant", "accept", "apply", "apply_obstacles", "approve", "deem_withdrawn", "dismiss", "dismiss_excluded",
    "examine", "get", "last_day", "not_accept", "of_dispute", "order_materials", "order_supplement",
    "pending_extensions", "plan_questioning", "question", "receive_materials", "refuse_extension",
    "request_extension", "rule_valid", "serve", "stands_in_the_way", "supplied", "times_for_questioning", "withdraw",
    "work", "work_count",
]  # fmt: skip
