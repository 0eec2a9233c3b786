"""What a party may do or leave: when it has run out nobody is late, the right was not used. The court waits for nothing."""

from typing import Any

import sqlalchemy as sa

from mediation.periods.table import PeriodKey

RIGHTS = frozenset(
    {
        PeriodKey.CONFIRM_APPLY,  # CPL art. 205
        PeriodKey.CONFIRM_OBJECT_PARTY,  # S2 art. 372
        PeriodKey.CONFIRM_OBJECT_OTHER,  # S2 art. 372
        PeriodKey.RULING_APPEAL,  # CPL art. 171
        PeriodKey.ENFORCE_APPLY,  # CPL art. 250
        PeriodKey.DEFENCE,  # CPL art. 128: not to answer does not hinder the trial
        # S2 arts 99, 101: what comes later is heard about, nobody waits for it
        PeriodKey.ORDINARY_EVIDENCE,
        PeriodKey.SUMMARY_EVIDENCE,
        PeriodKey.SMALL_EVIDENCE,
        PeriodKey.FINE_REVIEW,  # CPL art. 119; S2 art. 185
        PeriodKey.OBSTACLE_RELIEF,  # CPL art. 86
    }
)


def waits(deadline: Any, today: Any) -> sa.ColumnElement[bool]:
    """Of these periods, those in which somebody is still waited for."""
    return sa.or_(deadline.final_on >= today, deadline.key.not_in(RIGHTS))
