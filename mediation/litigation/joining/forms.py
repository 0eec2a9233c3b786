"""Forms of parties who join and of claims besides the suit: shape only."""

from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from mediation.disputes.labels import PARTY_KIND
from mediation.disputes.rules import PartyKind
from mediation.documents.paper import PaperForm
from mediation.kernel.i18n import _l
from mediation.litigation import labels as register_labels
from mediation.litigation.defence.forms import MOST_EVIDENCE
from mediation.litigation.forms import ServedForm, require_clerk
from mediation.litigation.joining import labels, rules
from mediation.litigation.joining.rules import Link
from mediation.litigation.tariff import FeeKind
from mediation.web.fields import DayField, PhoneField, SelectChoice, YuanField, options

YES, NO = "yes", "no"
NOBODY = 0
DAYS = _l("Days for evidence, set anew")
UPHELD = SelectChoice(NO, _l("Upheld: the claim is not taken"))


class JoinForm(PaperForm):
    """Who is to join, at whose wish, and what the judge decides."""

    PREFIX = "joining-"
    NAMES = frozenset({"name", "domicile", "representative"})
    place = RadioField(_l("Joins as"), choices=options(labels.PLACE), validators=[InputRequired()])
    origin = RadioField(_l("At whose wish"), choices=options(labels.ORIGIN), validators=[InputRequired()])
    applicant_id = SelectField(_l("Party who applies"), coerce=int, choices=[], default=NOBODY)
    kind = RadioField(_l("Kind of party"), choices=options(PARTY_KIND), default=PartyKind.NATURAL.value)
    name = StringField(_l("Name"), validators=[InputRequired(), Length(max=200)])
    id_no = StringField(_l("Identity number or credit code"), validators=[Length(max=40)])
    phone = PhoneField(_l("Phone"), validators=[Optional()])
    domicile = StringField(_l("Domicile"), validators=[Length(max=400)])
    representative = StringField(_l("Legal representative, of an organisation"), validators=[Length(max=100)])
    on = DayField(_l("Applied or found on"), validators=[InputRequired()])
    answer = RadioField(
        _l("Decision"),
        choices=[SelectChoice(YES, _l("Let it join")), SelectChoice(NO, _l("Reject the application"))],
        validators=[InputRequired()],
    )
    reason = TextAreaField(_l("Reason"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 2})
    days = IntegerField(DAYS, validators=[Optional(), NumberRange(1, MOST_EVIDENCE)])
    not_small = BooleanField(_l("With this party it is no small claim any more"))
    clerk_name = StringField(_l("Clerk of the court who signs"), validators=[Length(max=100)])

    def validate_clerk_name(self, field: StringField) -> None:
        if self.answer.data == NO:
            require_clerk(field)


class ClaimForm(PaperForm):
    """What a defendant or a third party claims."""

    PREFIX = "claim-"
    party_id = SelectField(_l("Brought by"), coerce=int, choices=[], validators=[InputRequired()])
    on = DayField(_l("Claim brought on"), validators=[InputRequired()])
    claims = TextAreaField(_l("What is claimed"), validators=[InputRequired(), Length(max=5000)], render_kw={"rows": 3})
    grounds = TextAreaField(_l("Facts and grounds"), validators=[Length(max=5000)], render_kw={"rows": 3})
    fee_kind = RadioField(
        _l("Kind of claim"), choices=options(register_labels.FEE_KIND), default=FeeKind.PROPERTY.value
    )
    amount = YuanField(_l("Amount the fee is counted from, in yuan"), validators=[Optional()])


class ClaimDecisionForm(PaperForm):
    """What the judge finds of it."""

    link = RadioField(_l("The judge finds"), choices=options(labels.LINK), validators=[InputRequired()])
    elsewhere = BooleanField(_l("It belongs to another court alone"))
    days = IntegerField(DAYS, validators=[Optional(), NumberRange(1, MOST_EVIDENCE)])
    reason = TextAreaField(_l("Reason"), validators=[Length(max=2000)], render_kw={"rows": 2})
    clerk_name = StringField(_l("Clerk of the court who signs"), validators=[Length(max=100)])

    def validate_clerk_name(self, field: StringField) -> None:
        if self.link.data and not rules.joins(Link(self.link.data), elsewhere=bool(self.elsewhere.data)):
            require_clerk(field)


class ClaimPaymentForm(PaperForm):
    on = DayField(_l("Paid on"), validators=[InputRequired()])


class ClaimWithdrawalForm(PaperForm):
    """Why it goes no further."""

    PREFIX = "end-"
    why = RadioField(
        _l("Why the claim ends"),
        choices=[
            SelectChoice(YES, _l("Whoever brought it withdraws it")),
            SelectChoice(NO, _l("The fee was not paid in time")),
        ],
        validators=[InputRequired()],
    )
    clerk_name = StringField(_l("Clerk of the court who signs"), validators=[InputRequired(), Length(max=100)])


class ClaimRulingServiceForm(ServedForm):
    """How and when the ruling reached whoever brought the claim."""


class ClaimAppealForm(PaperForm):
    on = DayField(_l("Appealed on"), validators=[InputRequired()])


class ClaimAboveForm(PaperForm):
    """What the higher court ruled."""

    answer = RadioField(
        _l("The higher court's ruling"),
        choices=[
            UPHELD,
            SelectChoice(YES, _l("Set aside: this court has to take the claim")),
        ],
        validators=[InputRequired()],
    )
    above = StringField(_l("Higher court"), validators=[InputRequired(), Length(max=200)])
    number = StringField(_l("Number of its ruling"), validators=[InputRequired(), Length(max=100)])
    on = DayField(_l("Ruled on"), validators=[InputRequired()])
    days = IntegerField(DAYS, validators=[Optional(), NumberRange(1, MOST_EVIDENCE)])
