"""Forms of the plaint copy, the statement of defence and the time for evidence: shape only."""

from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from mediation.documents.paper import PaperForm
from mediation.kernel.i18n import _l
from mediation.litigation.forms import ServedForm
from mediation.web.fields import DayField

MOST_DAYS = 15
# The law sets no most in the ordinary procedure; a typing mistake is caught all the same.
MOST_EVIDENCE = 180


class SendForm(PaperForm):
    """When the plaint copy left the court."""

    PREFIX = "sending-"
    on = DayField(_l("Sent on"), validators=[InputRequired()])


class PlaintServiceForm(ServedForm):
    """How and when the plaint copy reached one defendant."""

    days = IntegerField(_l("Days to answer, if fewer were agreed"), validators=[Optional(), NumberRange(1, MOST_DAYS)])
    note = StringField(_l("For the receipt"), validators=[Length(max=300)])


class StatementForm(PaperForm):
    """When the statement of defence came."""

    on = DayField(_l("Statement of defence received on"), validators=[InputRequired()])


class PassingForm(PaperForm):
    """When its copy went to the plaintiff."""

    on = DayField(_l("Copy sent to the plaintiff on"), validators=[InputRequired()])


class WaiverForm(PaperForm):
    """Both sides do without these times."""

    PREFIX = "waiver-"
    on = DayField(_l("Declared on"), validators=[InputRequired()])


class EvidenceServiceForm(ServedForm):
    """How and when the notice about the evidence reached one party."""

    PREFIX = "evidence-serving-"
    party_id = SelectField(_l("Party"), coerce=int, choices=[], validators=[InputRequired()])


class EvidenceForm(PaperForm):
    """The time for evidence."""

    PREFIX = "evidence-"
    days = IntegerField(_l("Days for evidence"), validators=[InputRequired(), NumberRange(1, MOST_EVIDENCE)])
    on = DayField(_l("Set on"), validators=[InputRequired()])
    agreed = BooleanField(_l("The parties agreed on it, and the court allows it"))
