"""Forms about restoring a missed time: shape only."""

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from mediation.documents.paper import PaperForm
from mediation.kernel.i18n import _l
from mediation.litigation.relief import labels
from mediation.litigation.relief.rules import Hindrance
from mediation.web.fields import DayField, SelectChoice, options

YES, NO = "yes", "no"


class ReliefForm(PaperForm):
    """Which time, of whom, what kept the party and until when."""

    PREFIX = "relief-"
    deadline_id = SelectField(_l("Which time was missed"), coerce=int, choices=[], validators=[InputRequired()])
    party_id = SelectField(_l("Party"), coerce=int, choices=[], validators=[InputRequired()])
    hindrance = RadioField(_l("What kept the party"), choices=options(labels.HINDRANCE), default=Hindrance.OTHER.value)
    reason = TextAreaField(
        _l("What happened, and what shows it"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 3}
    )
    ended_on = DayField(_l("The obstacle ended on"), validators=[InputRequired()])
    asked_on = DayField(_l("Application received on"), validators=[InputRequired()])


class ReliefDecisionForm(PaperForm):
    """The court's answer."""

    PREFIX = "relief-decision-"
    answer = RadioField(
        _l("Decision"),
        choices=[SelectChoice(YES, _l("Restore the time")), SelectChoice(NO, _l("Do not restore it"))],
        validators=[InputRequired()],
    )
    until = DayField(_l("New last day"), validators=[Optional()])
    note = TextAreaField(_l("Reason"), validators=[Length(max=2000)], render_kw={"rows": 2})
