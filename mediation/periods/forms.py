"""How a court's decision on an open point of counting is entered."""

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from mediation.kernel.i18n import _l
from mediation.periods import labels
from mediation.web.fields import DayField, options
from mediation.web.forms import BaseForm


class CountingForm(BaseForm):
    """One point, from a day on, and who decided it."""

    switch = SelectField(_l("Point"), choices=options(labels.SWITCH), validators=[InputRequired()])
    value = RadioField(
        _l("From then on"),
        choices=options({"yes": _l("it is so"), "no": _l("it is not so")}),
        validators=[InputRequired()],
    )
    valid_from = DayField(
        _l("For periods that begin on or after"),
        description=_l("Today or later. Periods that run already keep how they were counted."),
        validators=[InputRequired()],
    )
    reason = TextAreaField(
        _l("Decision and reason"),
        description=_l("Who decided it, when, under which number. It is kept in the trail."),
        validators=[InputRequired(), Length(max=500)],
    )
