"""Forms of the roster: shape only."""

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from mediation.kernel.i18n import _l
from mediation.roster import labels
from mediation.web.fields import options
from mediation.web.forms import BaseForm


class StandingForm(BaseForm):
    """A decision about a place on the list."""

    step = RadioField(_l("Decision"), validators=[InputRequired()])
    ground = SelectField(_l("Ground"), choices=options(labels.GROUND))
    reason = TextAreaField(
        _l("Reason"),
        description=_l("What was found, by whom, on which day. It stays in the performance file."),
        validators=[InputRequired(), Length(max=2000)],
    )
