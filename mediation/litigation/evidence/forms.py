"""Forms of more time for evidence and of late evidence: shape only."""

from wtforms import BooleanField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from mediation.documents.paper import PaperForm
from mediation.kernel.i18n import _l
from mediation.litigation.evidence import labels
from mediation.web.fields import DayField, SelectChoice, options

YES, NO = "yes", "no"
# The law sets no most; a typing mistake is caught all the same.
MOST_DAYS = 180


class EvidenceAskForm(PaperForm):
    """Who asks for more time, since when, and why."""

    PREFIX = "evidence-ask-"
    party_id = SelectField(_l("Party"), coerce=int, choices=[], validators=[InputRequired()])
    on = DayField(_l("Application received on"), validators=[InputRequired()])
    reason = TextAreaField(_l("Reason"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 2})


class EvidenceDecisionForm(PaperForm):
    """The judge's answer."""

    PREFIX = "evidence-decision-"
    answer = RadioField(
        _l("Decision"),
        choices=[SelectChoice(YES, _l("Give every party more time")), SelectChoice(NO, _l("Do not grant more time"))],
        validators=[InputRequired()],
    )
    days = IntegerField(_l("Days more"), validators=[Optional(), NumberRange(1, MOST_DAYS)])
    reason = TextAreaField(_l("Reason"), validators=[Length(max=2000)], render_kw={"rows": 2})


class LateEvidenceForm(PaperForm):
    """What came late, what the party said to it, and what the judge finds."""

    PREFIX = "late-"
    party_id = SelectField(_l("Party"), coerce=int, choices=[], validators=[InputRequired()])
    what = TextAreaField(_l("Evidence"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 2})
    on = DayField(_l("Given on"), validators=[InputRequired()])
    reason = TextAreaField(
        _l("What the party said, asked for the reason"),
        validators=[InputRequired(), Length(max=2000)],
        render_kw={"rows": 2},
    )
    cause = RadioField(_l("The judge finds"), choices=options(labels.CAUSE), validators=[InputRequired()])
    basic = BooleanField(_l("It concerns the basic facts of the case"))
