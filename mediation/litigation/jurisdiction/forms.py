"""Forms about jurisdiction: shape only."""

from wtforms import BooleanField, PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from mediation.documents.paper import PaperForm
from mediation.kernel.i18n import _l
from mediation.litigation.forms import ServedForm
from mediation.litigation.jurisdiction import labels
from mediation.litigation.jurisdiction.rules import Answer, Origin
from mediation.web.fields import DayField, YuanField, options


class QuestionForm(PaperForm):
    """Who questions the jurisdiction of this court, and why."""

    PREFIX = "jurisdiction-"
    origin = RadioField(_l("Brought up by"), choices=options(labels.ORIGIN), default=Origin.PARTY.value)
    party_id = SelectField(_l("Defendant who objects"), coerce=int, choices=[])
    raised_on = DayField(_l("Raised on"), validators=[InputRequired()])
    reason = TextAreaField(_l("Reason"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 2})
    court = StringField(_l("Court that is said to have jurisdiction"), validators=[Length(max=200)])
    mandatory = BooleanField(_l("It is about level or exclusive jurisdiction"))


class RuleForm(PaperForm):
    """The ruling on jurisdiction."""

    PREFIX = "jurisdiction-ruling-"
    answer = RadioField(_l("Decision"), choices=options(labels.ANSWER), validators=[InputRequired()])
    reasons = TextAreaField(
        _l("Reasons of the ruling"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 3}
    )
    court = StringField(_l("Court that has jurisdiction"), validators=[Length(max=200)])
    fee = YuanField(_l("Fee of the objection that fails, in yuan"))
    clerk_name = StringField(_l("Clerk of the court who signs"), validators=[InputRequired(), Length(max=100)])
    password = PasswordField(_l("Your password, once more"), validators=[InputRequired(), Length(max=200)])


class RulingServiceForm(ServedForm):
    """How and when the ruling reached one party."""

    PREFIX = "jurisdiction-service-"
    party_id = SelectField(_l("Party"), coerce=int, choices=[], validators=[InputRequired()])


class AppealForm(PaperForm):
    """Who appeals against the ruling."""

    PREFIX = "jurisdiction-appeal-"
    party_id = SelectField(_l("Party who appeals"), coerce=int, choices=[], validators=[InputRequired()])
    on = DayField(_l("Appealed on"), validators=[InputRequired()])


class AboveForm(PaperForm):
    """What the higher court ruled."""

    PREFIX = "jurisdiction-above-"
    answer = RadioField(
        _l("The higher court's ruling"),
        choices=options({Answer.TRANSFER: labels.ANSWER[Answer.TRANSFER], Answer.REJECT: _l("The case stays here")}),
        validators=[InputRequired()],
    )
    above = StringField(_l("Higher court"), validators=[InputRequired(), Length(max=200)])
    number = StringField(_l("Number of its ruling"), validators=[InputRequired(), Length(max=100)])
    on = DayField(_l("Ruled on"), validators=[InputRequired()])
    court = StringField(_l("Court that has jurisdiction"), validators=[Length(max=200)])
