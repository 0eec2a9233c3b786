"""Finding a time for a dispute, holding it, waiting for one, and the days on which a party cannot come."""

from datetime import timedelta
from typing import Any

from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from mediation.kernel.i18n import _, _l
from mediation.scheduling import labels, rules
from mediation.scheduling.plan_forms import ChecksField, GivenDay
from mediation.scheduling.rules import DayPart, Purpose, ResourceKind
from mediation.web.fields import DayField, SelectChoice, options
from mediation.web.forms import BaseForm
from mediation.web.slots import Chosen, parsed

MEETINGS = (Purpose.SESSION, Purpose.HEARING, Purpose.QUESTIONING)
KINDS = {Purpose.SESSION: ResourceKind.ROOM, Purpose.HEARING: ResourceKind.TRIBUNAL}
MOST_SEATS = 500
# For how many hours a time may be held.
HOLDS = (2, 24, 48, 72, 168)


def lengths() -> list[tuple[int, str]]:
    """How long meetings may last."""
    return [(n, _("%(minutes)s minutes", minutes=n)) for n in rules.LENGTHS]


class AskForm(BaseForm):
    """What is looked for; it stands in the address, so that it can be kept and sent."""

    class Meta(BaseForm.Meta):
        csrf = False

    purpose = SelectField(_l("Purpose"), choices=options({p: labels.PURPOSE[p] for p in MEETINGS}))
    minutes = SelectField(_l("Length"), coerce=int, choices=[], default=90)
    kind = SelectField(_l("Kind of room"), choices=options(labels.RESOURCE_KIND))
    seats = IntegerField(_l("Seats at least"), default=0, validators=[Optional(), NumberRange(0, MOST_SEATS)])
    equipment = StringField(_l("Must have"), validators=[Length(max=40)])
    judge = SelectField(_l("Judge"), coerce=int, choices=[], default=0)
    parties = ChecksField(_l("Who comes"), coerce=int, choices=[], validators=[InputRequired()])
    since = DayField(_l("Not before"), validators=[Optional()])

    def choices_from(self, judges: dict[int, str], parties: dict[int, str]) -> None:
        """The judges of the court, and the parties of the dispute."""
        self.minutes.choices = lengths()
        self.judge.choices = [(0, _("none")), *judges.items()]
        self.parties.choices = [SelectChoice(i, name) for i, name in parties.items()]


class HoldForm(BaseForm):
    """Keep one of the times while the parties are asked."""

    PREFIX = "hold-"

    slot = RadioField(_l("Time"), choices=[], validate_choice=False, validators=[InputRequired()])
    lasting = SelectField(_l("Hold it for"), coerce=int, choices=[], default=24)
    note = StringField(_l("Note"), validators=[Length(max=300)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lasting.choices = [(n, in_words(n)) for n in HOLDS]

    def chosen(self) -> Chosen | None:
        """The time; None when it is none."""
        return parsed(self.slot.data or "")

    @property
    def length(self) -> timedelta:
        """For how long it is held."""
        return timedelta(hours=self.lasting.data)


def in_words(hours: int) -> str:
    """How long a time is held, in words."""
    days = hours // 24
    return _("%(number)s days", number=days) if days > 1 else _("%(number)s hours", number=hours)


class WishForm(BaseForm):
    """Wait for a time between two days."""

    PREFIX = "wish-"

    first_day = GivenDay(_l("Not before"))
    last_day = GivenDay(_l("Not after"))
    deadline_on = DayField(_l("Needed by (for the order of the list)"), validators=[Optional()])


class SayForm(BaseForm):
    """Days on which a party cannot come."""

    PREFIX = "say-"

    party = SelectField(_l("Party"), coerce=int, choices=[])
    first_day = GivenDay(_l("First day"))
    last_day = GivenDay(_l("Last day"))
    part = SelectField(_l("Part of the day"), choices=options(labels.DAY_PART), default=DayPart.WHOLE.value)
    note = StringField(_l("Note"), validators=[Length(max=200)])
