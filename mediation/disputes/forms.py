"""Forms of the window: a whole dispute on one page, a party, an agent, an address, and the acts on a dispute."""

from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp
from wtforms.widgets import HiddenInput

from mediation.disputes import identity, labels
from mediation.disputes.rules import AgentKind, Authority, Closing, IdType, PartyKind, Source
from mediation.documents.paper import PaperForm
from mediation.kernel import clock
from mediation.kernel.i18n import _l
from mediation.roster.labels import LANGUAGE
from mediation.roster.rules import Language
from mediation.web.fields import DayField, SelectChoice, YuanField
from mediation.web.forms import BaseForm

LONG, LINE = Length(max=4000), Length(max=200)
NOTHING = SelectChoice("", "—")
E_MAIL = r"[^@\s]+@[^@\s]+\.[^@\s.]+$"
PARTIES_AT_MOST = 30
# Names of people, bodies and places: they are what they are, also where the court's fonts lack a character of them.
NAMES = frozenset(
    {
        "name", "representative", "domicile", "residence", "employer", "agent_name", "agent_firm", "address", "recipient", "pasted",
    }
)  # fmt: skip


def choices(words: dict[Any, Any], *, blank: bool = False) -> list[SelectChoice]:
    """The members of an enum with their words, in the order of the words."""
    return [NOTHING] * blank + [SelectChoice(member.value, text) for member, text in words.items()]


class TelField(StringField):
    """A phone as people write it, with country code or blanks."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = identity.normal_phone(self.data or "")

    def pre_validate(self, form: Any) -> None:
        if self.data and not identity.phone_possible(self.data):
            raise ValidationError(_l("Give a mobile number of 11 digits, or a landline with its area code."))


class Part(Form):
    """A part of a form that is repeated: no token of its own, the same care with what is typed."""

    class Meta:
        # Not derived: a form that is a part and a page's form at once could not order its two Metas.
        csrf = False
        bind_field = BaseForm.Meta.bind_field
        get_translations = BaseForm.Meta.get_translations


class PersonPart(Part):
    """A party, in the order people speak: the number first, it fills birth date and sex."""

    pasted = StringField(_l("Paste a line with name, phone and address"), [Length(max=500)])
    kind = SelectField(_l("Kind"), choices=choices(labels.PARTY_KIND), default=PartyKind.NATURAL.value)
    id_type = SelectField(_l("Identity document"), choices=choices(labels.ID_TYPE), default=IdType.RESIDENT.value)
    id_no = StringField(
        _l("Number of the document"), [Length(max=40)], render_kw={"data-resident": "", "autocomplete": "off"}
    )
    name = StringField(
        _l("Name of the person or organisation"),
        [DataRequired(message=_l("Write the name as it stands in the document.")), LINE],
    )
    phone = TelField(_l("Phone"), [Length(max=40)])
    domicile = StringField(_l("Domicile"), [Length(max=300)])
    representative = StringField(_l("Legal representative or principal"), [LINE])
    representative_title = StringField(_l("Position"), [Length(max=64)])
    nationality = StringField(_l("Nationality"), [Length(max=64)])
    birth_date = DayField(_l("Date of birth, if the number does not tell it"), [Optional()])
    sex = SelectField(_l("Sex, if the number does not tell it"), choices=choices(labels.SEX, blank=True))
    ethnicity = StringField(_l("Ethnicity"), [Length(max=64)])
    language = SelectField(
        _l("Wants to speak, when not standard Chinese"),
        choices=choices({one: words for one, words in LANGUAGE.items() if one is not Language.MANDARIN}, blank=True),
        default="",
    )
    occupation = StringField(_l("Occupation"), [LINE])
    employer = StringField(_l("Employer"), [LINE])
    residence = StringField(_l("Habitual residence"), [Length(max=300)])

    def split_pasted(self) -> None:
        """Spread a pasted line over the empty fields; what was typed by hand stays."""
        line = self.pasted.data or ""
        if not line:
            return
        found = identity.split_line(line)
        for field, key in (
            (self.name, "name"),
            (self.phone, "phone"),
            (self.id_no, "id_no"),
            (self.domicile, "address"),
        ):
            if not field.data and key in found:
                field.data, field.raw_data = found[key], [found[key]]
        self.pasted.data, self.pasted.raw_data = "", None
        self.follow_number()

    def follow_number(self) -> None:
        """A social credit code is an organisation's: nobody has to say it twice."""
        number = identity.normal(self.id_no.data or "")
        taken = self.id_type.data in {IdType.RESIDENT.value, IdType.USCC.value}
        resident = identity.fault(IdType.RESIDENT, number, today=clock.today()) is None
        if taken and not resident and number and identity.fault(IdType.USCC, number, today=clock.today()) is None:
            self.kind.data, self.id_type.data = PartyKind.ORGANISATION.value, IdType.USCC.value
        elif self.kind.data == PartyKind.ORGANISATION.value and not number:
            self.id_type.data = IdType.USCC.value

    def validate_id_no(self, field: StringField) -> None:
        number = identity.normal(field.data or "")
        if not number or self.id_type.data not in set(IdType) or self.kind.data not in set(PartyKind):
            return
        wrong = identity.fault(
            IdType(self.id_type.data), number, today=clock.today(), kind=PartyKind(self.kind.data or "natural")
        )
        if wrong is not None:
            raise ValidationError(labels.ID_FAULT[wrong])

    @property
    def is_blank(self) -> bool:
        """Nothing was typed into this one."""
        return not any((self.name.data, self.id_no.data, self.phone.data, self.domicile.data))


class AgentPart(Part):
    """Who acts for a party; the extent of the authority decides whether they may settle (CPL 62)."""

    agent_name = StringField(_l("Agent"), [LINE])
    agent_kind = SelectField(_l("Who the agent is"), choices=choices(labels.AGENT_KIND), default=AgentKind.LAWYER.value)
    agent_authority = SelectField(
        _l("Authority"),
        choices=choices(labels.AUTHORITY),
        default=Authority.GENERAL.value,
        description=_l("Only special authority allows the agent to settle; “full power” alone is general authority."),
    )
    agent_firm = StringField(_l("Firm or employer"), [LINE])
    agent_licence_no = StringField(_l("Licence number"), [Optional(), Length(max=64)])
    agent_id_no = StringField(_l("Identity number of the agent"), [Length(max=40)])
    agent_phone = TelField(_l("Phone of the agent"), [Length(max=40)])

    def validate_agent_id_no(self, field: StringField) -> None:
        number = identity.normal(field.data or "")
        wrong = identity.fault(IdType.RESIDENT, number, today=clock.today()) if number else None
        if wrong is not None:
            raise ValidationError(labels.ID_FAULT[wrong])

    def validate_agent_licence_no(self, field: StringField) -> None:
        if self.agent_kind.data == AgentKind.LAWYER.value and not identity.LAWYER_LICENCE.fullmatch(field.data or ""):
            raise ValidationError(_l("A lawyer's licence number has 17 digits and begins with 1."))


class PartyPart(PersonPart, AgentPart):
    """A party with an agent, as on the register page."""


class MatterPart:
    """What a dispute is about: shared by registering and correcting."""

    cause = StringField(
        _l("Cause"),
        [DataRequired(message=_l("Choose a cause from the official list."))],
        description=_l("Type part of the name, or the initials of its pinyin, for example fwzl."),
        render_kw={"data-cause-picker": "", "data-cause-target": "cause_code", "autocomplete": "off"},
    )
    # No HiddenField: the picker finds it by its id, and hidden fields of a form carry none.
    cause_code = StringField(widget=HiddenInput(), validators=[Length(max=32)])
    amount = YuanField(_l("Amount in yuan"))
    claims = TextAreaField(_l("Claims"), [DataRequired(message=_l("Write what the applicant asks for.")), LONG])
    facts = TextAreaField(_l("Facts and reasons"), [DataRequired(message=_l("Write what happened.")), LONG])
    evidence = TextAreaField(_l("Evidence, one item a line"), [LONG])
    street_id = SelectField(_l("Street"), coerce=str, choices=[NOTHING])


class RegisterForm(PaperForm, MatterPart):
    """A dispute, in the order people tell it."""

    NAMES = NAMES

    applicants = FieldList(FormField(PartyPart), _l("Applicants"), min_entries=1, max_entries=PARTIES_AT_MOST)
    respondents = FieldList(FormField(PartyPart), _l("Respondents"), min_entries=1, max_entries=PARTIES_AT_MOST)
    thirds = FieldList(FormField(PartyPart), _l("Third parties"), min_entries=0, max_entries=PARTIES_AT_MOST)
    has_complaint = BooleanField(
        _l("A complaint was handed in"),
        description=_l("Its receipt starts the seven days in which the court decides on filing."),
    )
    source = SelectField(_l("Source"), choices=choices(labels.SOURCE), default=Source.WINDOW.value)
    told_apart = HiddenField()

    @property
    def sides(self) -> tuple[Any, ...]:
        """The three lists of parties."""
        return self.applicants, self.respondents, self.thirds

    def drop_blank(self) -> None:
        """A further party that nobody filled in was not meant."""
        for side, least in zip(self.sides, (1, 1, 0), strict=True):
            filled = [entry for entry in side.entries if not entry.form.is_blank]
            side.entries = filled or side.entries[:least]


class MatterForm(PaperForm, MatterPart):
    """Correct what the dispute is about."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class PartyForm(PaperForm, PersonPart):
    """Correct a party."""

    NAMES = NAMES

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])


class NewPartyForm(PartyForm):
    """Another party joins."""

    role = SelectField(_l("Role"), choices=choices(labels.PARTY_ROLE))


class AgentForm(PaperForm, AgentPart):
    """Enter or correct an agent."""

    NAMES = NAMES

    agent_special_powers = TextAreaField(
        _l("Special powers"), [LONG], description=_l("For example: to admit, waive or change claims, to settle.")
    )
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def validate_agent_name(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError(_l("Write the name as it stands in the document."))


class AddressForm(PaperForm):
    """送达地址确认书."""

    NAMES = NAMES

    address = StringField(_l("Address"), [Length(max=300)])
    postcode = StringField(_l("Postcode"), [Optional(), Regexp(r"\d{6}$", message=_l("A postcode has six digits."))])
    recipient = StringField(_l("Recipient"), [LINE])
    phone = TelField(_l("Phone"), [Length(max=40)])
    electronic = BooleanField(_l("The party agrees to electronic service"))
    e_mail = StringField(
        _l("E-mail or other electronic address"),
        [Optional(), LINE, Regexp(E_MAIL, message=_l("This is no e-mail address."))],
    )
    refused = BooleanField(_l("The party refuses to confirm an address"))
    confirmed_on = DayField(_l("Confirmed on"), [Optional()])
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def validate_address(self, field: StringField) -> None:
        if not field.data and not self.refused.data:
            raise ValidationError(_l("Write the address, or record that the party refuses to confirm one."))

    def validate_e_mail(self, field: StringField) -> None:
        if self.electronic.data and not field.data and not self.phone.data:
            raise ValidationError(_l("Electronic service needs an e-mail address or a mobile phone."))


class ComplaintForm(PaperForm):
    """The complaint is handed in, or taken back."""

    reason = TextAreaField(_l("Note"), [LONG])


class WithdrawForm(PaperForm):
    """The applicant withdraws."""

    recorded = RadioField(
        _l("How it was declared"),
        choices=[SelectChoice("written", _l("In writing")), SelectChoice("oral", _l("Orally, recorded in minutes"))],
        default="written",
    )
    reason = TextAreaField(_l("Reason"), [DataRequired(message=_l("Write why the applicant withdraws.")), LONG])


class HotlineForm(PaperForm):
    """When the work order was answered."""

    on = DayField(_l("Answered on"), validators=[DataRequired()])


class CloseForm(PaperForm):
    """Why the dispute is over."""

    closing = RadioField(_l("Why the dispute is closed"), coerce=Closing, validators=[InputRequired()])
