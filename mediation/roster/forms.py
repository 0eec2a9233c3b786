"""Forms of the roster: shape only."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from mediation.kernel.i18n import _l
from mediation.roster import labels
from mediation.roster.rules import Category, FeeMode, Language, OrganisationKind, Region
from mediation.roster.services.availability import Hours
from mediation.web.fields import DayField, PhoneField, check_uscc, options, resident_birth
from mediation.web.forms import BaseForm

PROSE = Length(max=2000)
OFF = {"autocomplete": "off"}


class ManyField(SelectMultipleField):
    """Several of a list, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class StandingForm(BaseForm):
    """A decision about a place on the list."""

    step = RadioField(_l("Decision"), validators=[InputRequired()])
    ground = SelectField(_l("Ground"), choices=options(labels.GROUND))
    reason = TextAreaField(
        _l("Reason"),
        description=_l("What was found, by whom, on which day. It stays in the performance file."),
        validators=[InputRequired(), Length(max=2000)],
    )


# ---- bodies -------------------------------------------------------------------------------------------------------


class StreetForm(BaseForm):
    """A street of the district, or a community below one."""

    name = StringField(_l("Name"), validators=[InputRequired(), Length(max=50)], render_kw=OFF)
    parent_id = SelectField(_l("Belongs to"), coerce=int, choices=[])


class OrganisationForm(BaseForm):
    """What the list says of a body."""

    name = StringField(_l("Name"), validators=[InputRequired(), Length(max=100)], render_kw=OFF)
    kind = SelectField(_l("Kind"), coerce=OrganisationKind, choices=options(labels.ORGANISATION_KIND))
    credit_code = StringField(
        _l("Unified social credit code"),
        description=_l("18 characters; empty when the body has none."),
        validators=[Optional()],
        render_kw=OFF,
    )
    street_id = SelectField(_l("Stands for"), coerce=int, choices=[])
    address = StringField(_l("Address"), validators=[Length(max=200)], render_kw=OFF)
    phone = PhoneField(_l("Telephone"), validators=[Optional()], render_kw={"inputmode": "tel"})
    scope = TextAreaField(
        _l("Disputes it accepts"), description=_l("In words, as the public list shows it."), validators=[PROSE]
    )
    accepted_causes = TextAreaField(
        _l("Only disputes of these causes"),
        description=_l(
            "Names or codes as in the list of causes, one a line; a group of causes covers all below it. "
            "Empty: disputes of every cause."
        ),
        validators=[Length(max=2000)],
        render_kw={"data-cause-picker": "", "rows": 4},
    )
    fee_mode = RadioField(_l("Fee"), coerce=FeeMode, choices=options(labels.FEE_MODE), default=FeeMode.FREE)
    tariff = TextAreaField(
        _l("Published tariff"),
        description=_l("As published; parties read it before they choose."),
        validators=[Optional(), PROSE],
    )
    agreement_on = DayField(_l("Agreement signed on"), validators=[Optional()])
    agreement_until = DayField(_l("Agreement runs until"), validators=[Optional()])
    listed_by = StringField(
        _l("On the list of a higher court"),
        description=_l("The name of that court; empty when on the own list."),
        validators=[Length(max=100)],
        render_kw=OFF,
    )
    consented_on = DayField(_l("Consents to serve here since"), validators=[Optional()])

    def validate_credit_code(self, field: StringField) -> None:
        check_uscc((field.data or "").upper())

    def told(self) -> dict[str, Any]:
        return {
            "name": self.name.data or "",
            "kind": self.kind.data,
            "credit_code": (self.credit_code.data or "").upper(),
            "street_id": self.street_id.data or None,
            "address": self.address.data or "",
            "phone": self.phone.data or "",
            "scope": self.scope.data or "",
            "accepted_causes": self.accepted_causes.data or "",
            "fee_mode": self.fee_mode.data,
            "tariff": self.tariff.data or "",
            "agreement_on": self.agreement_on.data,
            "agreement_until": self.agreement_until.data,
            "listed_by": self.listed_by.data or "",
            "consented_on": self.consented_on.data,
        }


class AgreementForm(BaseForm):
    """Another term of the agreement with a body."""

    PREFIX = "agreement-"

    signed_on = DayField(_l("Agreement signed on"), validators=[InputRequired()])
    until = DayField(_l("Runs until"), validators=[InputRequired()])


class SealForm(BaseForm):
    """The picture of a body's seal."""

    PREFIX = "seal-"

    seal = FileField(
        _l("Picture of the seal"),
        description=_l("A square PNG of 300 to 2000 pixels, 512 kB at most."),
        validators=[FileRequired(_l("Choose a picture first."))],
        render_kw={"accept": "image/png,.png"},
    )


# ---- mediators ----------------------------------------------------------------------------------------------------


class MediatorForm(BaseForm):
    """What the list says of a mediator."""

    name = StringField(_l("Full name"), validators=[InputRequired(), Length(max=50)], render_kw=OFF)
    id_no = StringField(
        _l("Resident identity number"),
        description=_l("Kept as a keyed digest that recognises ties; it is never shown again."),
        validators=[Optional()],
        render_kw=OFF,
    )
    category = SelectField(_l("Category"), coerce=Category, choices=options(labels.CATEGORY))
    organisation_id = SelectField(_l("Organisation"), coerce=int, choices=[])
    street_id = SelectField(_l("Stands for"), coerce=int, choices=[])
    profession = StringField(_l("Profession"), validators=[Length(max=100)], render_kw=OFF)
    employer = StringField(_l("Employer"), validators=[Length(max=100)], render_kw=OFF)
    firm = StringField(
        _l("Law firm"),
        description=_l("For lawyers: disputes in which the firm acts are not given to them."),
        validators=[Length(max=100)],
        render_kw=OFF,
    )
    phone = PhoneField(_l("Telephone"), validators=[Optional()], render_kw={"inputmode": "tel"})
    address = StringField(_l("Address"), validators=[Length(max=200)], render_kw=OFF)
    languages = ManyField(_l("Languages"), coerce=Language, choices=options(labels.LANGUAGE))
    foreign_region = SelectField(
        _l("Comes from"),
        description=_l("Mediators from elsewhere mediate disputes with a party from there only."),
        coerce=Region,
        choices=options(labels.REGION),
    )
    introduction = TextAreaField(_l("Introduction"), validators=[PROSE])
    max_open = IntegerField(
        _l("Open disputes at most"), validators=[InputRequired(), NumberRange(min=1, max=500)], default=30
    )

    listed_by = StringField(
        _l("On the list of a higher court"),
        description=_l("The name of that court; empty when on the own list."),
        validators=[Length(max=100)],
        render_kw=OFF,
    )
    consented_on = DayField(_l("Consents to serve here since"), validators=[Optional()])

    def validate_id_no(self, field: StringField) -> None:
        resident_birth(field.data or "")

    def told(self) -> dict[str, Any]:
        return {
            "name": self.name.data or "",
            "category": self.category.data,
            "organisation_id": self.organisation_id.data or None,
            "street_id": self.street_id.data or None,
            "profession": self.profession.data or "",
            "employer": self.employer.data or "",
            "firm": self.firm.data or "",
            "phone": self.phone.data or "",
            "address": self.address.data or "",
            "languages": [str(one) for one in self.languages.data or []],
            "foreign_region": self.foreign_region.data,
            "introduction": self.introduction.data or "",
            "max_open": self.max_open.data,
            "listed_by": self.listed_by.data or "",
            "consented_on": self.consented_on.data,
        }


class NewMediatorForm(MediatorForm):
    """The same, with the certificate that is issued."""

    certificate_no = StringField(_l("Certificate number"), validators=[InputRequired(), Length(max=64)], render_kw=OFF)
    certificate_expires_on = DayField(_l("Certificate valid until"), validators=[InputRequired()])


class CertificateForm(BaseForm):
    """A certificate that runs on."""

    until = DayField(_l("Valid until"), validators=[InputRequired()])


class TrainingForm(BaseForm):
    """Training attended."""

    held_on = DayField(_l("Held on"), validators=[InputRequired()])
    hours = IntegerField(_l("Hours"), validators=[InputRequired(), NumberRange(min=1, max=200)])
    subject = StringField(_l("Subject"), validators=[InputRequired(), Length(max=100)], render_kw=OFF)
    organiser = StringField(_l("Held by"), validators=[Length(max=100)], render_kw=OFF)


class DemandsForm(BaseForm):
    """What the court asks of everybody on its list, from a day on."""

    valid_from = DayField(_l("From"), validators=[InputRequired()])
    entry_hours = IntegerField(
        _l("Hours of training before entry"), validators=[InputRequired(), NumberRange(min=0, max=400)]
    )
    yearly_hours = IntegerField(
        _l("Hours of training in each year"), validators=[InputRequired(), NumberRange(min=0, max=400)]
    )
    warn_days = IntegerField(
        _l("Days of warning before a certificate ends"), validators=[InputRequired(), NumberRange(min=1, max=365)]
    )
    hearing_days = IntegerField(
        _l("Days to answer before a sanction is decided"), validators=[InputRequired(), NumberRange(min=1, max=60)]
    )
    source = StringField(
        _l("Decided by"),
        description=_l("The court's own rule or decision, with its number."),
        validators=[InputRequired(), Length(max=150)],
        render_kw=OFF,
    )


class StrengthForm(BaseForm):
    """One more cause."""

    cause = StringField(
        _l("Cause"),
        description=_l("Its name as in the list of causes, or its code; a group of causes covers all below it."),
        validators=[InputRequired(), Length(max=100)],
        render_kw=OFF,
    )


# ---- the mediator's own -------------------------------------------------------------------------------------------


class ProfileForm(BaseForm):
    """What mediators say of themselves."""

    PREFIX = "profile-"

    phone = PhoneField(_l("Telephone"), validators=[InputRequired()], render_kw={"inputmode": "tel"})
    address = StringField(_l("Address"), validators=[Length(max=200)], render_kw=OFF)
    languages = ManyField(_l("Languages"), coerce=Language, choices=options(labels.LANGUAGE))
    introduction = TextAreaField(
        _l("Introduction"), description=_l("Parties read it when they choose."), validators=[PROSE]
    )


class LeaveForm(BaseForm):
    """Days of leave, both included."""

    PREFIX = "leave-"

    from_on = DayField(_l("First day"), validators=[InputRequired()])
    to_on = DayField(_l("Last day"), validators=[InputRequired()])
    reason = StringField(_l("Reason"), validators=[Length(max=100)], render_kw=OFF)


# The names of the fields of a weekday's two stretches.
STRETCHES = (("from", "to"), ("again", "until"))
WORKING = range(5)


def _clock(label: Any) -> TimeField:
    return TimeField(label, validators=[Optional()])


def _clocks(label: Any) -> tuple[TimeField, TimeField, TimeField, TimeField]:
    return _clock(label), _clock(_l("until")), _clock(_l("and from")), _clock(_l("until"))


class WeekForm(BaseForm):
    """From when to when on each weekday, before and after noon; nothing at all means all hours of the court."""

    PREFIX = "week-"

    # The hours that stood there when the page was opened.
    seen = HiddenField()
    # The same on every working day of the week, in one step.
    from_all, to_all, again_all, until_all = _clocks(_l("Monday to Friday, from"))
    from_0, to_0, again_0, until_0 = _clocks(_l("Monday, from"))
    from_1, to_1, again_1, until_1 = _clocks(_l("Tuesday, from"))
    from_2, to_2, again_2, until_2 = _clocks(_l("Wednesday, from"))
    from_3, to_3, again_3, until_3 = _clocks(_l("Thursday, from"))
    from_4, to_4, again_4, until_4 = _clocks(_l("Friday, from"))
    from_5, to_5, again_5, until_5 = _clocks(_l("Saturday, from"))
    from_6, to_6, again_6, until_6 = _clocks(_l("Sunday, from"))

    @property
    def days(self) -> list[list[tuple[Any, Any]]]:
        """The two stretches of each weekday, each with its two fields."""
        return [self._stretches(day) for day in range(7)]

    @property
    def alike(self) -> list[tuple[Any, Any]]:
        """The two stretches that hold from Monday to Friday, when either is filled."""
        return self._stretches("all")

    def _stretches(self, day: int | str) -> list[tuple[Any, Any]]:
        return [(self[f"{a}_{day}"], self[f"{b}_{day}"]) for a, b in STRETCHES]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        fits = super().validate(*args, **kwargs)
        for start, end in (stretch for day in [self.alike, *self.days] for stretch in day):
            if (start.data is None) is not (end.data is None):
                end.errors = [*end.errors, labels.HOURS_HALF]
                fits = False
        return fits

    def place_of(self, field: str) -> str:
        """Where a refusal of a weekday's hours is said: beside the fields in which they were typed."""
        day = field.removeprefix("day_")
        typed_once = day.isdigit() and int(day) in WORKING and any(start.data for start, _end in self.alike)
        return "to_all" if typed_once else field.replace("day_", "to_")

    @property
    def told(self) -> list[Hours]:
        same = self.alike if any(start.data and end.data for start, end in self.alike) else None
        return [
            Hours(day, start.data, end.data)
            for day, stretches in enumerate(
                same if same and day in WORKING else own for day, own in enumerate(self.days)
            )
            for start, end in stretches
            if start.data and end.data
        ]
