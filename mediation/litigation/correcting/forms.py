"""The form of a correction: shape only."""

from wtforms import PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from mediation.documents.paper import PaperForm
from mediation.kernel.i18n import _l
from mediation.litigation.correcting import labels
from mediation.litigation.correcting.rules import Mistake, Point, plain
from mediation.litigation.forms import ServedForm
from mediation.web.fields import options

NOBODY = 0
WRONG, RIGHT = _l("As the paper says it"), _l("As it is to read")
LONGEST = Length(max=1000)
ROWS = {"rows": 2}


class CorrectionForm(PaperForm):
    """Which paper, which passages, how they are to read, and what shows it."""

    PREFIX = "correction-"
    document_id = SelectField(_l("Paper"), coerce=int, choices=[], validators=[InputRequired()])
    mistake = RadioField(_l("What is wrong"), choices=options(labels.MISTAKE), default=Mistake.CLERICAL.value)
    party_id = SelectField(_l("Party who objects"), coerce=int, choices=[], default=NOBODY)
    wrong = TextAreaField(WRONG, validators=[InputRequired(), LONGEST], render_kw=ROWS)
    right = TextAreaField(RIGHT, validators=[LONGEST], render_kw=ROWS)
    wrong_2 = TextAreaField(WRONG, validators=[LONGEST], render_kw=ROWS)
    right_2 = TextAreaField(RIGHT, validators=[LONGEST], render_kw=ROWS)
    wrong_3 = TextAreaField(WRONG, validators=[LONGEST], render_kw=ROWS)
    right_3 = TextAreaField(RIGHT, validators=[LONGEST], render_kw=ROWS)
    reason = TextAreaField(_l("What shows the mistake"), validators=[InputRequired(), Length(max=2000)], render_kw=ROWS)
    clerk_name = StringField(_l("Clerk of the court who signs"), validators=[InputRequired(), Length(max=100)])
    password = PasswordField(_l("Your password, once more"), validators=[InputRequired(), Length(max=200)])

    def points(self) -> list[Point]:
        """The passages entered; a pair left empty is none."""
        pairs = ((self.wrong, self.right), (self.wrong_2, self.right_2), (self.wrong_3, self.right_3))
        typed = [Point((wrong.data or "").strip(), (right.data or "").strip()) for wrong, right in pairs]
        return [point for point in typed if plain(point.wrong + point.right)]


class CorrectionServiceForm(ServedForm):
    """How and when the ruling reached a party."""

    party_id = SelectField(_l("Party"), coerce=int, choices=[], validators=[InputRequired()])
