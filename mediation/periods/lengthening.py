"""What the law allows when a period is lengthened: in time, later than before, and by so much in all (R3-29, R3-48)."""

import enum
from datetime import date, timedelta

from mediation.periods.derivation import Computed, Lengthening
from mediation.periods.rules import months_between
from mediation.periods.table import PeriodRule, Unit


class Refusal(enum.StrEnum):
    """Why a period may not be lengthened."""

    NOT_EXTENDABLE = "not_extendable"
    EXPIRED = "expired"
    BEYOND_CAP = "beyond_cap"
    NOT_LATER = "not_later"
    TOO_LONG = "too_long"


def extension_refused(
    rule: PeriodRule, current: Computed, new: Lengthening, *, agreed_on: date, already: int = 0
) -> Refusal | None:
    """An extension is agreed before expiry (R3-29) and stays within what the law allows in all."""
    if rule.extension is None:
        return Refusal.NOT_EXTENDABLE
    if agreed_on > current.final and not rule.extension.after_expiry:
        return Refusal.EXPIRED
    if (new.until is not None and new.until <= current.final) or (new.until is None and new.by <= 0):
        return Refusal.NOT_LATER
    if new.until is None and new.unit is not rule.extension.unit:
        return Refusal.BEYOND_CAP
    most, each = rule.extension.most, rule.extension.each
    if each is not None and amount(rule, current, new, already) > each:
        return Refusal.TOO_LONG
    return Refusal.BEYOND_CAP if most is not None and already + amount(rule, current, new, already) > most else None


def amount(rule: PeriodRule, current: Computed, new: Lengthening, already: int = 0) -> int:
    """How much of what the law allows in all an extension takes up, in the unit in which the law counts it."""
    if new.until is None:
        return new.by
    if rule.extension is None or rule.extension.unit is Unit.DAYS:
        return (new.until - current.final).days
    # "Four months in all" runs from filing (S2 art. 258): a month that is begun is used.
    counted = new.until - timedelta(days=current.excluded_days)
    return max(months_between(current.start, counted) - rule.length - already, 1)
