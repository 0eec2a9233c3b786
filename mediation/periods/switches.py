"""The points of counting that the law leaves open: each court decides them, from a day on (DOMAIN Appendix A)."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date


class Switch(enum.StrEnum):
    """One open point. Its value says which of two readings the court follows."""

    # U04: the mediation period is set by a judicial interpretation; read as a statutory period it rolls.
    ROLL_MEDIATION_PERIOD = "roll_mediation_period"
    # U04: a Saturday or Sunday on which work is made up is no rest day; practice, not the words of CPL art. 85.
    MAKEUP_DAYS_ARE_WORKING = "makeup_days_are_working"
    # U05: an agreed extension runs from the last day as rolled, or as counted.
    EXTENSION_FROM_ROLLED = "extension_from_rolled"
    # U03: only the agreed extension of mediation is left out of the trial limit (S12 point 3), or all of it.
    DEDUCT_INITIAL_MEDIATION = "deduct_initial_mediation"


@dataclass(frozen=True)
class Switches:
    """All of them as one court has them on one day; the defaults are those this product is shipped with."""

    roll_mediation_period: bool = True
    makeup_days_are_working: bool = True
    extension_from_rolled: bool = True
    deduct_initial_mediation: bool = False

    def on(self, switch: Switch) -> bool:
        return bool(getattr(self, switch.value))


DEFAULTS = Switches()


@dataclass(frozen=True)
class Choice:
    """What a court decided about one point, from a day on."""

    switch: Switch
    value: bool
    valid_from: date


def in_force(choices: Iterable[Choice], day: date) -> Switches:
    """The points as they stand for a period that begins on this day; of two decisions for one day the later counts."""
    held = sorted((c for c in choices if c.valid_from <= day), key=lambda choice: choice.valid_from)
    return replace(DEFAULTS, **{choice.switch.value: choice.value for choice in held})
