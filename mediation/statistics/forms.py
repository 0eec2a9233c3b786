"""Forms of the figures: shape only."""

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from mediation.kernel.i18n import _l
from mediation.statistics import labels
from mediation.statistics.catalogue import Point, Reading
from mediation.web.fields import DayField, options
from mediation.web.forms import BaseForm

MOST_PEOPLE = 100_000_000


class ReadingForm(BaseForm):
    """How a point is read from a day on."""

    PREFIX = "reading-"

    point = SelectField(_l("Point"), coerce=Point, choices=options(labels.POINT))
    reading = SelectField(_l("How it is read"), coerce=Reading, choices=options(labels.READING))
    valid_from = DayField(_l("From"), validators=[InputRequired()])
    reason = TextAreaField(
        _l("Reason"),
        description=_l("Who decided it, with the number of the decision."),
        validators=[InputRequired(), Length(max=1000)],
    )


class PopulationForm(BaseForm):
    """How many people live in the district or a street."""

    PREFIX = "population-"

    street_id = SelectField(_l("District or street"), coerce=int, choices=[])
    valid_from = DayField(_l("From"), validators=[InputRequired()])
    resident = IntegerField(_l("Residents"), validators=[InputRequired(), NumberRange(min=0, max=MOST_PEOPLE)])
    floating = IntegerField(
        _l("Registered floating population"), validators=[InputRequired(), NumberRange(min=0, max=MOST_PEOPLE)]
    )
    source = StringField(
        _l("Told by"),
        description=_l("The bulletin or letter, with its date."),
        validators=[InputRequired(), Length(max=150)],
    )
