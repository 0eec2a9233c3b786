"""The court's hours, duty of the resident mediators, and rooms out of service every week."""

from datetime import date, time
from typing import Any

from wtforms import (
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from mediation.kernel import clock
from mediation.kernel.i18n import _, _l
from mediation.roster.labels import WEEKDAY
from mediation.scheduling import rules
from mediation.web.fields import DayField, SelectChoice
from mediation.web.forms import BaseForm
from mediation.web.slots import TIME


class ClockField(StringField):
    """A time of day as people type it: 9:00, 09：00, 0900."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("render_kw", {"placeholder": "09:00", "autocomplete": "off", "size": 6})
        super().__init__(label, validators or [InputRequired()], **kwargs)

    def pre_validate(self, form: Any) -> None:
        """It reads like one."""
        if self.data and TIME.fullmatch(self.data) is None:
            raise ValidationError(_("Write the time like 09:00."))

    @property
    def moment(self) -> time:
        """The time; call after the form was found valid."""
        found = TIME.fullmatch(self.data or "")
        return time(int(found[1]), int(found[2])) if found else time()


class GivenDay(DayField):
    """A day that must be given."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, [InputRequired()], **kwargs)

    @property
    def given(self) -> date:
        """The day; call after the form was found valid."""
        return self.data or clock.today()


class ChecksField(SelectMultipleField):
    """Several of a few, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PatternForm(BaseForm):
    """Weekdays of every n-th week between two days; pages add what falls on them."""

    weekdays = ChecksField(
        _l("Weekdays"), coerce=int, choices=[SelectChoice(n, word) for n, word in enumerate(WEEKDAY)],
        validators=[InputRequired()],
    )  # fmt: skip
    every = IntegerField(
        _l("Every so many weeks"), default=1, validators=[InputRequired(), NumberRange(1, rules.MOST_WEEKS)]
    )
    first_day = GivenDay(_l("First day"))
    last_day = GivenDay(_l("Last day"))

    def pattern(self) -> rules.Weekly:
        """The days; call after the form was found valid."""
        return rules.Weekly(
            frozenset(self.weekdays.data or ()), self.first_day.given, self.last_day.given, self.every.data or 1
        )


class HoursForm(BaseForm):
    """The court's hours from a day on."""

    since = GivenDay(_l("From this day on"))
    opens = ClockField(_l("Opens in the morning"))
    noon = ClockField(_l("Closes at noon"))
    again = ClockField(_l("Opens in the afternoon"))
    closes = ClockField(_l("Closes in the evening"))
    reason = StringField(_l("Reason"), validators=[InputRequired(), Length(max=200)])


class ShiftForm(PatternForm):
    """Duty of a resident mediator, week after week."""

    mediator_id = SelectField(_l("Mediator"), coerce=int, choices=[])
    starts = ClockField(_l("Begin"))
    ends = ClockField(_l("End"))


class OneDayForm(BaseForm):
    """One day on which a duty is otherwise."""

    PREFIX = "other-"

    day = GivenDay(_l("Day"))
    extra = RadioField(
        _l("On that day"),
        choices=[SelectChoice("no", _l("no duty")), SelectChoice("yes", _l("duty is made up"))],
        validators=[InputRequired()],
    )
    reason = StringField(_l("Reason"), validators=[InputRequired(), Length(max=200)])


class EndForm(BaseForm):
    """No duty after this day."""

    PREFIX = "end-"

    last_day = GivenDay(_l("Last day of duty"))


class WeeklyBlockForm(PatternForm):
    """A room out of service week after week."""

    resource_id = SelectField(_l("Room"), coerce=int, choices=[])
    begins = ClockField(_l("Begin"))
    ends = ClockField(_l("End"))
    note = StringField(_l("Reason"), validators=[InputRequired(), Length(max=300)])


class SeriesEndForm(BaseForm):
    """No more of a weekly blocking from this day on."""

    PREFIX = "series-"

    reason = TextAreaField(_l("Why does it end"), validators=[InputRequired(), Length(max=300)])
