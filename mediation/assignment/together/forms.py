"""Forms about mediators who work together: shape only."""

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from mediation.assignment.forms import ManyField
from mediation.assignment.together import labels
from mediation.assignment.together.rules import ChairBy
from mediation.documents.paper import PaperForm
from mediation.kernel.i18n import _l
from mediation.web.fields import options

PROSE = Length(max=2000)


class JoinForm(PaperForm):
    """Whom to ask, and why more than one is needed."""

    mediator_id = SelectField(_l("Who is asked"), coerce=int, validators=[InputRequired()])
    why = RadioField(_l("Why more than one"), choices=options(labels.CO_REASON), validators=[InputRequired()])
    reason = TextAreaField(_l("Reason, in your words"), validators=[InputRequired(), PROSE])


class PresideForm(PaperForm):
    """Who presides from now on, and who decided so."""

    PREFIX = "chair-"

    co_id = RadioField(_l("Who presides"), coerce=int, validators=[InputRequired()])
    by = RadioField(_l("Who decides"), choices=options(labels.CHAIR_BY), default=ChairBy.COURT.value)
    party_ids = ManyField(_l("These parties chose together"), coerce=int, validators=[Optional()])


class LeaveForm(PaperForm):
    """Why somebody does not, or no longer, mediate beside."""

    reason = TextAreaField(_l("Reason"), validators=[InputRequired(), PROSE])
