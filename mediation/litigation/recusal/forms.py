"""Forms of recusal: shape only."""

from wtforms import PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from mediation.documents.paper import PaperForm
from mediation.kernel.i18n import _l
from mediation.litigation.recusal import labels
from mediation.litigation.recusal.rules import Function, Origin
from mediation.web.fields import DayField, options


class RaiseForm(PaperForm):
    """Who is to withdraw, who says so, and why."""

    person = SelectField(_l("Who is to withdraw"), choices=[])
    origin = RadioField(_l("Brought up by"), choices=[], validators=[InputRequired()])
    party_id = SelectField(_l("Applying party"), coerce=int, choices=[])
    ground = RadioField(_l("Ground"), choices=options(labels.GROUND), validators=[InputRequired()])
    statement = TextAreaField(
        _l("The reason, in the words of who applies"),
        validators=[InputRequired(), Length(max=2000)],
        render_kw={"rows": 4},
    )
    on = DayField(_l("Applied for on"), validators=[InputRequired()])

    def whom(self) -> tuple[Function, int]:
        """The function and the account chosen."""
        function, number = str(self.person.data).split(":", 1)
        return Function(function), int(number)

    def by(self) -> Origin:
        """Who brings it up."""
        return Origin(self.origin.data)


class DecideForm(PaperForm):
    """The decision with its reasons."""

    answer = RadioField(_l("Decision"), choices=options(labels.ANSWER), validators=[InputRequired()])
    reason = TextAreaField(_l("Reasons"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 4})
    minutes = StringField(_l("Number of the committee's minutes"), validators=[Length(max=60)])
    password = PasswordField(_l("Your password, once more"), validators=[InputRequired(), Length(max=200)])


class ReviewForm(PaperForm):
    PREFIX = "review-"
    statement = TextAreaField(
        _l("Why the decision is not accepted"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 3}
    )
    on = DayField(_l("Applied for on"), validators=[InputRequired()])


class SuccessorForm(PaperForm):
    PREFIX = "successor-"
    successor_id = SelectField(_l("Successor"), coerce=int, choices=[])
