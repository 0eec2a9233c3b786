"""Who is told of which period, and when (R3-34, R3-35). No Flask, no database, no text for people."""

import enum
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from mediation.periods.table import RULES, PeriodKey


class Stage(enum.StrEnum):
    """Before the last day, or after it."""

    SOON = "soon"
    LATE = "late"


class Reader(enum.StrEnum):
    """Who is told."""

    ASSIGNEE = "assignee"
    CLERK = "clerk"
    GUIDES = "guides"
    JUDGE = "judge"
    # Who decides on a recusal: of a mediator (S4 art. 15), or of somebody of the court (CPL art. 49).
    DECIDER = "decider"
    # Not an account: the party whose act the law waits for, written to over the channels of parties.
    APPLICANT = "applicant"


K, R = PeriodKey, Reader
_MEDIATION = {Stage.SOON: (R.ASSIGNEE, R.CLERK)}
_RENEWED = {Stage.SOON: (R.CLERK,), Stage.LATE: (R.CLERK,)}
_JUDGE = {Stage.SOON: (R.JUDGE,), Stage.LATE: (R.JUDGE,)}

# What is missing at a stage is looked after elsewhere: an assignment nobody accepts lapses (R3-22), and a mediation
# past its last day sets its own task going (R3-34). What the law lets the parties do or leave is told to the court
# only where the court must act on it.
WATCHED: Mapping[PeriodKey, Mapping[Stage, tuple[Reader, ...]]] = {
    K.FILING_DECISION: {Stage.SOON: (R.CLERK,), Stage.LATE: (R.CLERK, R.GUIDES)},  # CPL art. 126
    K.HOTLINE_REPLY: {Stage.SOON: (R.CLERK,), Stage.LATE: (R.CLERK, R.GUIDES)},  # S28 art. 24
    K.MEDIATOR_ACCEPT: {Stage.SOON: (R.ASSIGNEE,)},  # S5 art. 12
    K.CONTACT_RESPONDENT: {Stage.SOON: (R.ASSIGNEE,), Stage.LATE: (R.ASSIGNEE, R.CLERK)},  # S5 art. 15
    K.MEDIATION_PRE: _MEDIATION,
    K.MEDIATION_OUT: _MEDIATION,
    K.MEDIATION_POST_ORD: _MEDIATION,
    K.MEDIATION_POST_SUM: _MEDIATION,
    K.TRANSFER_BACK: {Stage.SOON: (R.ASSIGNEE, R.CLERK), Stage.LATE: (R.ASSIGNEE, R.CLERK, R.GUIDES)},  # S5 art. 15
    K.CONFIRM_APPLY: {Stage.SOON: (R.CLERK,)},  # CPL art. 205
    K.CONFIRM_ACCEPT: _JUDGE,
    K.CONFIRM_DECIDE_TARGET: _JUDGE,
    K.CONFIRM_DECIDE_STAT: _JUDGE,
    # S10 art. 22; S2 art. 213: the registry looks after the payment, a judge rules.
    K.FEE_PAYMENT: {Stage.LATE: (R.CLERK, R.GUIDES)},
    K.CLAIM_FEE: {Stage.LATE: (R.CLERK, R.GUIDES)},
    # CPL art. 128: the court sends the plaint copy, and the statement of defence, within five days each.
    K.SERVE_COMPLAINT: {Stage.SOON: (R.CLERK,), Stage.LATE: (R.CLERK, R.GUIDES)},
    K.FORWARD_DEFENCE: {Stage.SOON: (R.CLERK,), Stage.LATE: (R.CLERK, R.GUIDES)},
    # CPL art. 95: when the thirty days are over, what was announced counts as served, and the registry records it.
    K.ANNOUNCEMENT_SERVICE: {Stage.LATE: (R.CLERK,)},
    # CPL art. 50: three days to decide on a recusal, and three on its review; meanwhile nobody goes on.
    K.RECUSAL_DECIDE: {Stage.SOON: (R.DECIDER,), Stage.LATE: (R.DECIDER,)},
    K.RECUSAL_REVIEW: {Stage.SOON: (R.DECIDER,), Stage.LATE: (R.DECIDER,)},
    # CPL art. 104: whoever had property preserved before suit must sue; after that the court must lift it.
    K.PRESERVE_RULING: {Stage.SOON: (R.GUIDES,), Stage.LATE: (R.GUIDES,)},
    K.PRESERVE_SUE_BY: {Stage.SOON: (R.APPLICANT, R.CLERK), Stage.LATE: (R.CLERK, R.GUIDES)},
    K.PRESERVE_DEPOSIT: _RENEWED,  # S2 art. 485
    K.PRESERVE_MOVABLE: _RENEWED,
    K.PRESERVE_OTHER: _RENEWED,
    K.TRIAL_SMALL: _JUDGE,
    K.TRIAL_SUMMARY: _JUDGE,
    K.TRIAL_ORDINARY: _JUDGE,
}
LONGEST_WARNING = timedelta(days=30)
# Told more than once before the last day.
SEVERAL = frozenset(rule.key for rule in RULES if rule.warn_at)


def stage(final_on: date, today: date, warn_days: int) -> Stage | None:
    """Where a running period stands today. A missed day is made up for: what is late by now is told as late."""
    if today > final_on:
        return Stage.LATE
    return Stage.SOON if (final_on - today).days <= warn_days else None


def warning(final_on: date, today: date, warnings: Sequence[int]) -> int | None:
    """Which of several warnings is due: the latest that has come; what was missed before it is told with it."""
    left = (final_on - today).days
    return min((days for days in warnings if 0 <= left <= days), default=None)


def readers(key: PeriodKey, at: Stage | None) -> tuple[Reader, ...]:
    """Who is to be told at this stage; nobody when the stage says nothing."""
    return WATCHED.get(key, {}).get(at, ()) if at is not None else ()
