"""Forms of sessions, agreements, signing, performance and failure: shape only; the law is in rules and guard."""

from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)  # fmt: skip
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from mediation.agreements import labels
from mediation.agreements.rules import ClauseKind, Duty, Method, SignManner
from mediation.assignment.labels import END_CODE
from mediation.assignment.rules import EndCode
from mediation.documents.paper import PaperForm
from mediation.kernel.i18n import _l
from mediation.litigation import labels as court
from mediation.litigation.rules import Effect
from mediation.web.fields import DayField, SelectChoice, YuanField, options
from mediation.web.forms import BaseForm

FAILURE_CODES = (
    EndCode.UNREACHABLE, EndCode.UNWILLING, EndCode.DIVERGENCE, EndCode.EXPIRED, EndCode.UNSIGNED, EndCode.OTHER,
)  # fmt: skip
INSTALMENT_ROWS = 6


class CheckList(SelectMultipleField):
    """A list of boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PlanForm(BaseForm):
    day = DayField(_l("Day"), validators=[InputRequired()])
    time = StringField(
        _l("Begins at"),
        default="09:00",
        validators=[InputRequired()],
        render_kw={"inputmode": "numeric", "placeholder": "09:00"},
    )
    minutes = IntegerField(_l("Length in minutes"), default=90, validators=[InputRequired(), NumberRange(15, 180)])
    resource_id = SelectField(_l("Room"), coerce=int, validators=[InputRequired()])
    method = RadioField(
        _l("Manner"), choices=[SelectChoice(m.value, labels.METHOD[m]) for m in Method], default=Method.ON_SITE.value
    )
    agreed_short_notice = BooleanField(_l("All parties agree to come on less than one day's notice"))

    def validate_time(self, field: StringField) -> None:
        parts = (field.data or "").replace("：", ":").split(":")
        if len(parts) != 2 or not all(p.isdecimal() for p in parts):  # noqa: PLR2004 hours and minutes
            raise ValidationError(_l("Write the time like 09:00 or 14:30."))
        hour, minute = map(int, parts)
        if hour > 23 or minute > 59:  # noqa: PLR2004 a clock's face
            raise ValidationError(_l("Write the time like 09:00 or 14:30."))
        self.hour, self.minute = hour, minute

    hour: int = 0
    minute: int = 0


class OpeningForm(PaperForm):
    present = CheckList(_l("Present"), coerce=int)
    identity = CheckList(_l("Identity checked"), coerce=int)
    authority = CheckList(_l("Authority of the agent checked"), coerce=int)
    duties = CheckList(
        _l("Told to all before the start"), choices=[SelectChoice(d.value, labels.DUTY[d]) for d in Duty]
    )
    other_day = TextAreaField(_l("Why everybody meets today"), validators=[Length(max=2000)], render_kw={"rows": 2})


class MinutesForm(PaperForm):
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    minutes = TextAreaField(
        _l("Minutes"),
        description=_l("What each side states, what is disputed, what is proposed. They never leave the mediation."),
        # What a document may be long (documents.rules.MOST_PAGES) holds of minutes too.
        validators=[Length(max=60_000)],
        render_kw={"rows": 14, "data-draft": "minutes"},
    )
    outcome = TextAreaField(_l("Result of this session"), validators=[Length(max=5000)], render_kw={"rows": 3})


class NoteForm(BaseForm):
    text = TextAreaField(
        _l("Private note"),
        description=_l("Only you will ever see it."),
        validators=[InputRequired(), Length(max=20_000)],
        render_kw={"rows": 3},
    )


class ReasonForm(PaperForm):
    reason = StringField(_l("Reason"), validators=[InputRequired(), Length(max=300)])


class FactForm(PaperForm):
    text = TextAreaField(_l("Fact"), validators=[InputRequired(), Length(max=4000)], render_kw={"rows": 3})
    evidence = StringField(_l("Shown by"), validators=[Length(max=500)])


class DraftForm(PaperForm):
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    facts = TextAreaField(
        _l("Main facts"), validators=[InputRequired(), Length(max=20_000)], render_kw={"rows": 5, "data-draft": "facts"}
    )
    issues = TextAreaField(_l("Issues in dispute"), validators=[Length(max=10_000)], render_kw={"rows": 3})
    breach = TextAreaField(_l("If it is not performed"), validators=[Length(max=5000)], render_kw={"rows": 2})
    costs = StringField(_l("Who bears the costs"), validators=[Length(max=500)])
    guarantor = StringField(_l("Guarantor"), validators=[Length(max=200)])
    nothing_else_disputed = BooleanField(_l("Nothing else is disputed between the parties"), default=True)
    confirmation_planned = BooleanField(_l("The parties plan to apply for judicial confirmation"), default=True)


class InstalmentForm(PlainForm):
    due_on = DayField(_l("By"), validators=[Optional()])
    amount_fen = YuanField(_l("Amount in yuan"), validators=[Optional()])


class ClauseForm(PaperForm):
    """One clause; the page shows the fields its kind needs."""

    debtor_id = SelectField(_l("Who owes it"), coerce=int, validators=[Optional()])
    creditor_id = SelectField(_l("To whom"), coerce=int, validators=[Optional()])
    amount_fen = YuanField(_l("Amount in yuan"), validators=[Optional()])
    due_on = DayField(_l("By"), validators=[Optional()])
    account = StringField(_l("Account"), description=_l("Holder, bank and number."), validators=[Length(max=200)])
    method = StringField(_l("In which way"), validators=[Length(max=200)])
    place = StringField(_l("Place"), validators=[Length(max=200)])
    text = TextAreaField(_l("What exactly"), validators=[Length(max=4000)], render_kw={"rows": 3})
    condition = StringField(_l("Condition"), validators=[Length(max=500)])
    interest_permille = IntegerField(_l("Interest in permille a year"), validators=[Optional(), NumberRange(0, 1000)])
    instalments = FieldList(FormField(InstalmentForm), _l("Instalments"), min_entries=0, max_entries=60)


FIELDS: dict[ClauseKind, tuple[str, ...]] = {
    ClauseKind.PAY: ("debtor_id", "creditor_id", "amount_fen", "due_on", "account", "method", "interest_permille", "condition"),
    ClauseKind.INSTALMENTS: ("debtor_id", "creditor_id", "amount_fen", "instalments", "account", "method", "interest_permille", "condition"),
    ClauseKind.DELIVER: ("debtor_id", "creditor_id", "text", "place", "due_on", "condition"),
    ClauseKind.VACATE: ("debtor_id", "creditor_id", "place", "due_on", "text", "condition"),
    ClauseKind.REPAIR: ("debtor_id", "creditor_id", "text", "place", "due_on", "condition"),
    ClauseKind.END_CONTRACT: ("debtor_id", "creditor_id", "text", "due_on"),
    ClauseKind.APOLOGISE: ("debtor_id", "creditor_id", "method", "due_on", "text"),
    ClauseKind.OTHER: ("debtor_id", "creditor_id", "text", "due_on", "condition"),
}  # fmt: skip


class SigningForm(PaperForm):
    """Who signs now; several at once, in the order of the document."""

    signers = CheckList(_l("Signs now"), coerce=int, validators=[InputRequired()])
    manner = RadioField(
        _l("Manner"),
        choices=[SelectChoice(m.value, labels.SIGN_MANNER[m]) for m in SignManner],
        default=SignManner.HANDWRITTEN.value,
    )
    agent = SelectField(_l("An agent signs for the party"), validators=[Optional()])


class RefusalForm(PaperForm):
    signature_id = SelectField(_l("Who refuses"), coerce=int, validators=[InputRequired()])
    reason = StringField(_l("Reason for refusing"), validators=[InputRequired(), Length(max=500)])


class PerformanceForm(PaperForm):
    on = DayField(_l("Performed on"), validators=[InputRequired()])
    amount_fen = YuanField(_l("Amount in yuan"), validators=[Optional()])
    evidence = TextAreaField(
        _l("How it is known"),
        description=_l("A receipt, a transfer voucher, or what the other side declared."),
        validators=[InputRequired(), Length(max=2000)],
        render_kw={"rows": 2},
    )


class FailureForm(PaperForm):
    code = RadioField(
        _l("Cause of ending"),
        choices=[SelectChoice(c.value, END_CODE[c]) for c in FAILURE_CODES],
        validators=[InputRequired()],
    )
    course = TextAreaField(
        _l("Basic course of the mediation"),
        description=_l("Dates and steps only: no offer, no concession."),
        validators=[InputRequired(), Length(max=10_000)],
        render_kw={"rows": 4, "data-draft": "course"},
    )
    reasons = TextAreaField(_l("Main reasons"), validators=[InputRequired(), Length(max=10_000)], render_kw={"rows": 3})
    cost_behaviour = TextAreaField(
        _l("Behaviour of a party that increased the other's cost"), validators=[Length(max=5000)], render_kw={"rows": 2}
    )
    alerts = TextAreaField(
        _l("What the court should be alert to"), validators=[Length(max=5000)], render_kw={"rows": 2}
    )
    material_returned = StringField(_l("Material handed back"), validators=[InputRequired(), Length(max=2000)])


class CourtDocumentForm(PaperForm):
    """What the court's mediation document says beside its clauses."""

    agreed_on = DayField(_l("The parties agreed on"), validators=[InputRequired()])
    how = RadioField(_l("How they came to agree"), choices=options(court.HOW), default=court.BY_COURT)
    organisation = StringField(_l("Who mediated for the court"), validators=[Length(max=200)])
    guarantors = StringField(_l("Guarantors, if any"), validators=[Length(max=400)])
    fee = YuanField(_l("Court fee that remains, in yuan"), validators=[InputRequired()])
    fee_bearer = StringField(_l("Borne by"), validators=[InputRequired(), Length(max=200)])
    effect = RadioField(_l("When it binds"), choices=options(court.EFFECT), default=Effect.ON_RECEIPT.value)
    clerk_name = StringField(_l("Clerk of the court who signs"), validators=[InputRequired(), Length(max=100)])
    password = PasswordField(_l("Your password, once more"), validators=[InputRequired(), Length(max=200)])
