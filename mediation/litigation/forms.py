"""Forms of the case register: shape only; the law is in rules and tariff."""

from typing import Any

from wtforms import (
    BooleanField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)  # fmt: skip
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from mediation.documents.paper import PaperForm
from mediation.kernel import clock
from mediation.kernel.i18n import _l
from mediation.litigation import labels
from mediation.litigation.obstacles import Obstacle
from mediation.litigation.procedure.rules import Answer
from mediation.litigation.rules import Manner, Procedure
from mediation.litigation.tariff import FeeKind
from mediation.notices.labels import SERVED_BY_HAND
from mediation.notices.rules import ServiceMethod
from mediation.web.fields import DayField, SelectChoice, YuanField, options
from mediation.web.slots import SlotForm

PASSWORD = _l("Your password, once more")
FIRST_YEAR = 2000
GRANT, REFUSE = "grant", "refuse"
ANSWERS = {GRANT: _l("Approve"), REFUSE: _l("Do not approve")}
TRACKS = (Procedure.SUMMARY, Procedure.SMALL)


class CheckList(SelectMultipleField):
    """A list of boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class FeeForm(PaperForm):
    """What the fee is counted from, and when the plaintiff had the notice."""

    PREFIX = "fee-"
    kind = RadioField(_l("Kind of claim"), choices=options(labels.FEE_KIND), default=FeeKind.PROPERTY.value)
    amount = YuanField(_l("Amount the fee is counted from, in yuan"), validators=[Optional()])
    fixed = YuanField(_l("Fixed part set by the province, in yuan"), validators=[Optional()])
    received_on = DayField(_l("The plaintiff received the notice on"), validators=[InputRequired()])


class SupplementForm(PaperForm):
    """When the plaintiff had the notice of the supplement."""

    PREFIX = "supplement-"
    received_on = DayField(_l("The plaintiff received the notice on"), validators=[InputRequired()])


class PaymentForm(PaperForm):
    PREFIX = "payment-"
    on = DayField(_l("Paid on"), validators=[InputRequired()])


class ReliefForm(PaperForm):
    PREFIX = "relief-"
    words = TextAreaField(
        _l("What is applied for, and why"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 2}
    )
    on = DayField(_l("Applied on"), validators=[InputRequired()])


class RefuseReliefForm(PaperForm):
    PREFIX = "no-relief-"
    reason = TextAreaField(
        _l("Why relief is refused"), validators=[InputRequired(), Length(max=150)], render_kw={"rows": 2}
    )


class HearingForm(SlotForm):
    """A time in a tribunal for the hearing."""

    resource_id = SelectField(_l("Tribunal"), coerce=int, choices=[])


class TrackForm(HearingForm):
    """Who tries the case, where, and by which procedure."""

    judge_id = SelectField(_l("Judge"), coerce=int, choices=[])
    procedure = RadioField(
        _l("Procedure"),
        choices=[SelectChoice(p.value, labels.PROCEDURE[p]) for p in TRACKS],
    )
    both_agree_small = BooleanField(_l("Both sides agree to the small claims procedure"))
    exclusions = CheckList(_l("What would exclude the summary procedure"), choices=options(labels.EXCLUSION))
    small_exclusions = CheckList(
        _l("What would exclude the small claims procedure"), choices=options(labels.SMALL_EXCLUSION)
    )
    later = BooleanField(_l("Fix the hearing later"))

    def validate_slot(self, field: RadioField) -> None:
        """No time is needed when the hearing is fixed later."""
        if not self.later.data:
            super().validate_slot(field)

    def validate_at(self, field: StringField) -> None:
        """As above."""
        if not self.later.data:
            super().validate_at(field)


def require_clerk(field: StringField) -> None:
    """A ruling goes out with the name of the clerk who signs it beside the judge (CPL art. 157)."""
    if not (field.data or "").strip():
        raise ValidationError(labels.OBSTACLE[Obstacle.NO_CLERK])


class ServedForm(PaperForm):
    """How and when a paper reached somebody, who signs for it (CPL art. 87)."""

    method = RadioField(_l("How it was served"), choices=options(SERVED_BY_HAND), default=ServiceMethod.DIRECT.value)
    on = DayField(_l("Served on"), validators=[InputRequired()])
    receiver = StringField(_l("Received by"), validators=[InputRequired(), Length(max=200)])


class HeardForm(PaperForm):
    PREFIX = "heard-"
    on = DayField(_l("Heard on"), validators=[InputRequired()])


class OrdinaryForm(PaperForm):
    PREFIX = "ordinary-"
    panel = BooleanField(_l("Before a panel"))


class ConversionForm(OrdinaryForm):
    """The judge's ruling to convert."""

    PREFIX = "conversion-"
    reason = TextAreaField(_l("Reason"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 2})
    clerk_name = StringField(_l("Clerk of the court who signs"), validators=[InputRequired(), Length(max=100)])
    password = PasswordField(PASSWORD, validators=[InputRequired(), Length(max=200)])


class PanelForm(PaperForm):
    """The judge's ruling that a panel goes on."""

    PREFIX = "panel-"
    reason = TextAreaField(_l("Reason"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 2})
    clerk_name = StringField(_l("Clerk of the court who signs"), validators=[InputRequired(), Length(max=100)])
    password = PasswordField(PASSWORD, validators=[InputRequired(), Length(max=200)])


class SummaryForm(PaperForm):
    """Small claims do not fit; the other rules of the summary procedure do."""

    PREFIX = "summary-"
    reason = TextAreaField(_l("Reason"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 2})


class ObjectionForm(PaperForm):
    """What a party holds against the procedure, or against the single judge."""

    PREFIX = "objection-"
    matter = RadioField(_l("Objection to"), choices=[], validators=[InputRequired()])
    party_id = SelectField(_l("Party who objects"), coerce=int, choices=[], validators=[InputRequired()])
    raised_on = DayField(_l("Raised on"), validators=[InputRequired()])
    reason = TextAreaField(
        _l("What the party says"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 2}
    )


class ObjectionDecisionForm(PaperForm):
    """The judge's answer."""

    PREFIX = "answer-"
    answer = RadioField(_l("Decision"), choices=[], validators=[InputRequired()])
    reason = TextAreaField(_l("Reason"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 2})
    panel = BooleanField(_l("Before a panel"))
    oral = BooleanField(_l("The rejection was ruled orally and stands in the record"))
    clerk_name = StringField(_l("Clerk of the court who signs"), validators=[Length(max=100)])
    password = PasswordField(PASSWORD, validators=[InputRequired(), Length(max=200)])

    def validate_clerk_name(self, field: StringField) -> None:
        oral = self.answer.data == Answer.REJECT.value and self.oral.data
        if self.answer.data != Answer.SUMMARY.value and not oral:
            require_clerk(field)


class MoreTimeForm(PaperForm):
    """What the judge asks the president for."""

    PREFIX = "more-time-"
    months = SelectField(_l("How much more time"), coerce=int, choices=[], validators=[InputRequired()])
    reason = TextAreaField(
        _l("What is special about this case"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 3}
    )


class MoreTimeDecisionForm(PaperForm):
    """What the president decides; a refusal says why."""

    answer = RadioField(_l("Decision"), choices=options(ANSWERS), validators=[InputRequired()])
    note = TextAreaField(_l("Reason, for a refusal"), validators=[Length(max=2000)], render_kw={"rows": 2})


class ApprovalForm(PaperForm):
    """The paper by which a higher court approves still more time."""

    PREFIX = "above-"
    authority = StringField(_l("Higher court"), validators=[InputRequired(), Length(max=200)])
    number = StringField(_l("Number of its approval"), validators=[InputRequired(), Length(max=100)])
    approved_on = DayField(_l("Approved on"), validators=[InputRequired()])
    until = DayField(_l("Limit extended to"), validators=[InputRequired()])


class AskAboveForm(PaperForm):
    """The letter by which this court asks a higher court for still more time."""

    PREFIX = "ask-above-"
    authority = StringField(_l("Higher court"), validators=[InputRequired(), Length(max=200)])
    number = StringField(_l("Number of the request"), validators=[InputRequired(), Length(max=100)])
    asked_on = DayField(_l("Sent on"), validators=[InputRequired()])
    reason = TextAreaField(
        _l("What is special about this case"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 3}
    )


class RefusedAboveForm(PaperForm):
    """The paper by which a higher court refuses still more time."""

    PREFIX = "refused-above-"
    number = StringField(_l("Number of the refusal"), validators=[InputRequired(), Length(max=100)])
    answered_on = DayField(_l("Refused on"), validators=[InputRequired()])
    note = TextAreaField(_l("Reason it gives"), validators=[Length(max=2000)], render_kw={"rows": 2})


class NotedAboveForm(PaperForm):
    """The paper of a higher court that came when its request had fallen away."""

    PREFIX = "noted-above-"
    answer = RadioField(_l("What the higher court answered"), choices=options(ANSWERS), validators=[InputRequired()])
    number = StringField(_l("Number of the answer"), validators=[InputRequired(), Length(max=100)])
    answered_on = DayField(_l("Answered on"), validators=[InputRequired()])
    note = TextAreaField(_l("For the file"), validators=[Length(max=2000)], render_kw={"rows": 2})


class ServeForm(PaperForm):
    PREFIX = "serving-"
    party_id = SelectField(_l("Party"), coerce=int, validators=[InputRequired()])
    method = RadioField(
        _l("How it was served"),
        choices=[SelectChoice(m.value, word) for m, word in SERVED_BY_HAND.items() if m is not ServiceMethod.LEFT],
        default=ServiceMethod.DIRECT.value,
    )
    effective_on = DayField(_l("Served on"), validators=[InputRequired()])
    receiver = StringField(_l("Received by"), validators=[InputRequired(), Length(max=200)])


class CloseForm(PaperForm):
    PREFIX = "closing-"
    manner = RadioField(_l("How the case ends"), choices=[], validators=[InputRequired()])
    on = DayField(_l("Closed on"), validators=[InputRequired()])
    clerk_name = StringField(_l("Clerk of the court who signs"), validators=[Length(max=100)])
    note = TextAreaField(_l("For the file"), validators=[Length(max=2000)], render_kw={"rows": 2})
    password = PasswordField(PASSWORD, validators=[InputRequired(), Length(max=200)])

    def validate_clerk_name(self, field: StringField) -> None:
        if self.manner.data in {Manner.WITHDRAWN.value, Manner.DEEMED_WITHDRAWN.value}:
            require_clerk(field)


class WageForm(PaperForm):
    """The published average yearly wage."""

    year = IntegerField(_l("Year the figure is about"), validators=[InputRequired(), NumberRange(FIRST_YEAR, 2100)])
    amount = YuanField(_l("Average yearly wage of employed persons, in yuan"), validators=[InputRequired()])
    published_on = DayField(_l("Published on"), validators=[InputRequired()])
    source = StringField(_l("Where it was published"), validators=[InputRequired(), Length(max=200)])

    def process(self, *args: Any, **kwargs: Any) -> None:
        """The figure of last year is what usually comes next."""
        kwargs.setdefault("year", clock.today().year - 1)
        super().process(*args, **kwargs)
