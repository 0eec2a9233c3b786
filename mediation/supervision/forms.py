"""Forms of supervision orders: shape only."""

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from mediation.kernel.i18n import _l
from mediation.supervision import labels
from mediation.web.fields import DayField, options
from mediation.web.forms import BaseForm


class OrderForm(BaseForm):
    """A new order."""

    level = RadioField(_l("How urgently"), choices=options(labels.LEVEL), validators=[InputRequired()])
    addressee_id = SelectField(_l("Addressed to"), coerce=int, choices=[], validators=[InputRequired()])
    reason = TextAreaField(
        _l("Why, and what is expected"), validators=[InputRequired(), Length(max=1000)], render_kw={"rows": 3}
    )
    due_on = DayField(_l("Answer by"), validators=[InputRequired()])


class ReplyForm(BaseForm):
    """The answer."""

    PREFIX = "reply"
    text = TextAreaField(
        _l("What was done, and what comes next"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 4}
    )


class AgainForm(BaseForm):
    """Another answer by another day."""

    PREFIX = "again"
    due_on = DayField(_l("Answer by"), validators=[InputRequired()])


class RaiseForm(BaseForm):
    """A higher level."""

    PREFIX = "raise"
    level = RadioField(_l("How urgently"), choices=options(labels.LEVEL), validators=[InputRequired()])
    due_on = DayField(_l("Answer by"), validators=[InputRequired()])


class CloseForm(BaseForm):
    """What came of it."""

    PREFIX = "close"
    result = TextAreaField(
        _l("Result of the supervision"), validators=[InputRequired(), Length(max=1000)], render_kw={"rows": 2}
    )
