"""Forms of the plaint copy, the statement of defence and the time for evidence: shape only."""

from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from mediation.documents.paper import PaperForm
from mediation.kernel.i18n import _l
from mediation.notices.labels import SERVED_BY_HAND
from mediation.notices.rules import ServiceMethod
from mediation.web.fields import DayField, options

MOST_DAYS = 15
# The law sets no most in the ordinary procedure; a typing mistake is caught all the same.
MOST_EVIDENCE = 180


class SendForm(PaperForm):
    """When the plaint copy left the court."""

    PREFIX = "sending-"
    on = DayField(_l("Sent on"), validators=[InputRequired()])


class PlaintServiceForm(PaperForm):
    """How and when the plaint copy reached one defendant."""

    method = RadioField(_l("How it was served"), choices=options(SERVED_BY_HAND), default=ServiceMethod.DIRECT.value)
    on = DayField(_l("Served on"), validators=[InputRequired()])
    receiver = StringField(_l("Received by"), validators=[InputRequired(), Length(max=200)])
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


class EvidenceServiceForm(PaperForm):
    """How and when the notice about the evidence reached one party."""

    PREFIX = "evidence-serving-"
    party_id = SelectField(_l("Party"), coerce=int, choices=[], validators=[InputRequired()])
    method = RadioField(_l("How it was served"), choices=options(SERVED_BY_HAND), default=ServiceMethod.DIRECT.value)
    on = DayField(_l("Served on"), validators=[InputRequired()])
    receiver = StringField(_l("Received by"), validators=[InputRequired(), Length(max=200)])


class EvidenceForm(PaperForm):
    """The time for evidence."""

    PREFIX = "evidence-"
    days = IntegerField(_l("Days for evidence"), validators=[InputRequired(), NumberRange(1, MOST_EVIDENCE)])
    on = DayField(_l("Set on"), validators=[InputRequired()])
    agreed = BooleanField(_l("The parties agreed on it, and the court allows it"))
