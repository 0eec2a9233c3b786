"""Forms of objections to confirmation rulings: shape only."""

from wtforms import PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from mediation.confirmation.objections import labels
from mediation.documents.paper import PaperForm
from mediation.kernel.i18n import _l
from mediation.notices.labels import SERVED_BY_HAND
from mediation.notices.rules import ServiceMethod
from mediation.web.fields import DayField, options

OUTSIDE = 0


class ObjectForm(PaperForm):
    """Who objects, since when the person knew, and why."""

    PREFIX = "object-"
    who = SelectField(_l("Who objects"), coerce=int, choices=[])
    name = StringField(_l("Name of the person outside"), validators=[Length(max=200)])
    phone = StringField(_l("Telephone"), validators=[Length(max=40)])
    address = StringField(_l("Address"), validators=[Length(max=200)])
    known_on = DayField(_l("Knew of the harm on, or should have known"), validators=[Optional()])
    raised_on = DayField(_l("Objection received on"), validators=[InputRequired()])
    reason = TextAreaField(_l("Reason"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 3})


class ObjectionRulingForm(PaperForm):
    """What the court rules on it."""

    PREFIX = "objection-ruling-"
    answer = RadioField(_l("Decision"), choices=options(labels.RULED), validators=[InputRequired()])
    reasons = TextAreaField(
        _l("Reasons of the ruling"), validators=[InputRequired(), Length(max=5000)], render_kw={"rows": 3}
    )
    altered = TextAreaField(
        _l("What the confirmation says from now on"), validators=[Length(max=5000)], render_kw={"rows": 3}
    )
    password = PasswordField(_l("Your password, once more"), validators=[InputRequired(), Length(max=200)])


class ObjectionServiceForm(PaperForm):
    """How and when the ruling on it reached somebody."""

    PREFIX = "objection-service-"
    who = SelectField(_l("Served on whom"), coerce=int, choices=[])
    method = RadioField(_l("How it was served"), choices=options(SERVED_BY_HAND), default=ServiceMethod.DIRECT.value)
    on = DayField(_l("Served on"), validators=[InputRequired()])
    receiver = StringField(_l("Received by"), validators=[InputRequired(), Length(max=200)])
