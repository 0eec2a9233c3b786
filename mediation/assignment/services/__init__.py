"""Handing a dispute to a mediator, and how it goes on: the use cases, by what they are about."""

from mediation.assignment.services.appointing import reappoint, suggest_member
from mediation.assignment.services.checking import (
    background,
    check_conflict,
    disclose,
    is_waived,
    kinds,
    refuse,
    stands_in_the_way,
    waive,
)
from mediation.assignment.services.choosing import (
    Hindrance,
    hindrances,
    issue,
    issue_facts,
    route_of,
)
from mediation.assignment.services.course import (
    accept,
    adjourned,
    decline,
    dispute_of,
    expire_unaccepted,
    extend,
    extension_facts,
    lapse,
    open_pause,
    record_contact,
    replace,
    resume,
    scheduled,
    session_opened,
    suspend,
)
from mediation.assignment.services.ending import end, end_facts, mark_overdue, overdue, reject_designation, withdraw
from mediation.assignment.services.reading import (
    account_of,
    attempts,
    clock_of,
    clocks,
    count_waiting,
    extensions,
    final_on,
    get,
    holder_names,
    joint_choice,
    key_of,
    latest_check,
    mediator_name,
    mine,
    of_dispute,
    open_of,
    scope,
    suspensions,
)
from mediation.assignment.services.recording import digests, records_of, replayed
from mediation.assignment.services.suggesting import Candidate, Suggestion, suggest

__all__ = [
    "Candidate", "Hindrance", "Suggestion", "accept", "account_of", "adjourned", "attempts", "background", "check_conflict",
    "clock_of", "clocks", "count_waiting", "decline", "digests", "disclose", "dispute_of", "end", "end_facts",
    "expire_unaccepted", "extend", "extension_facts", "extensions", "final_on", "get", "hindrances", "holder_names", "is_waived",
    "issue", "issue_facts", "joint_choice", "key_of", "kinds", "lapse", "latest_check", "mark_overdue",
    "mediator_name", "mine", "of_dispute", "open_of", "open_pause", "overdue", "reappoint", "record_contact", "records_of", "replayed", "refuse",
    "reject_designation", "replace", "resume", "route_of", "scheduled", "scope", "session_opened", "stands_in_the_way", "suggest", "suggest_member",
    "suspend", "suspensions", "waive", "withdraw",
]  # fmt: skip
