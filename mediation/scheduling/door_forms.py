"""At the door, and how a court settles its doors."""

from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from mediation.kernel.i18n import _l
from mediation.web.fields import DayField
from mediation.web.forms import BaseForm


class DoorForm(BaseForm):
    """Who has come says so by the telephone number the court knows."""

    phone = StringField(
        _l("Telephone number"),
        validators=[InputRequired(), Length(max=30)],
        render_kw={"inputmode": "tel", "autocomplete": "tel"},
    )


class DoorRuleForm(BaseForm):
    """How long a room waits, and what the hall shows."""

    wait_minutes = IntegerField(_l("Minutes a room waits"), validators=[InputRequired(), NumberRange(5, 180)])
    hall_shows_numbers = BooleanField(_l("The screen in the hall shows case numbers"))


class PeriodForm(BaseForm):
    """From when to when."""

    class Meta(BaseForm.Meta):
        csrf = False

    first = DayField(_l("First day"), validators=[InputRequired()])
    last = DayField(_l("Last day"), validators=[InputRequired()])
