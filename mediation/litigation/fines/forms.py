"""Forms of a fine for late evidence: shape only."""

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from mediation.documents.paper import PaperForm
from mediation.kernel.i18n import _l
from mediation.litigation.fines import labels
from mediation.litigation.forms import ServedForm
from mediation.web.fields import DayField, SelectChoice, YuanField, options

YES, NO = "yes", "no"


class ProposalForm(PaperForm):
    amount = YuanField(_l("Fine, in yuan"), validators=[InputRequired()])
    reason = TextAreaField(
        _l("Why so much: fault, delay, amount in dispute"),
        validators=[InputRequired(), Length(max=2000)],
        render_kw={"rows": 2},
    )


class ApprovalForm(PaperForm):
    answer = RadioField(
        _l("Decision"),
        choices=[SelectChoice(YES, _l("Approve the fine")), SelectChoice(NO, _l("Do not approve it"))],
        validators=[InputRequired()],
    )
    reason = TextAreaField(_l("Reason, for a refusal"), validators=[Length(max=2000)], render_kw={"rows": 2})


class FineServiceForm(ServedForm):
    """How and when the decision reached whoever is fined."""


class ReviewForm(PaperForm):
    on = DayField(_l("Applied on"), validators=[InputRequired()])
    reason = TextAreaField(_l("Reason"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 2})


class ReviewedForm(PaperForm):
    review = RadioField(
        _l("What the higher court answered"), choices=options(labels.REVIEW), validators=[InputRequired()]
    )
    number = StringField(_l("Number of the answer"), validators=[InputRequired(), Length(max=100)])
    on = DayField(_l("Answered on"), validators=[InputRequired()])
    amount = YuanField(_l("Fine as changed, in yuan"), validators=[Optional()])
