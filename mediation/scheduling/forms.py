"""Blocking a room, moving and cancelling a booking."""

from wtforms import SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from mediation.kernel.i18n import _, _l
from mediation.web.fields import DayField
from mediation.web.forms import BaseForm
from mediation.web.slots import SlotForm, reads_as_time

TIME = {"placeholder": "09:00", "autocomplete": "off", "size": 6}


class BlockForm(BaseForm):
    """Take a room out of service for a time."""

    resource_id = SelectField(_l("Room"), coerce=int, choices=[])
    day = DayField(_l("Day"), validators=[InputRequired()])
    begins = StringField(_l("Begin"), validators=[InputRequired()], render_kw=TIME)
    last_day = DayField(_l("Last day"), validators=[InputRequired()])
    ends = StringField(_l("End"), validators=[InputRequired()], render_kw=TIME)
    note = StringField(_l("Reason"), validators=[InputRequired(), Length(max=300)])

    def validate_begins(self, field: StringField) -> None:
        """A time of day."""
        if not reads_as_time(field.data or ""):
            raise ValidationError(_("Write the time like 09:00."))

    validate_ends = validate_begins


class MoveForm(SlotForm):
    """Another time or room for a booking."""


class CancelForm(BaseForm):
    """Free the time again."""

    reason = TextAreaField(_l("Why is it cancelled"), validators=[InputRequired(), Length(max=300)])
