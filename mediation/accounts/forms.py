"""Forms of accounts: shape only."""

from typing import Any

from wtforms import IntegerField, PasswordField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import EqualTo, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from mediation.accounts import labels
from mediation.accounts.rules import LoginFault
from mediation.kernel.i18n import _l
from mediation.web.fields import DayField, options, resident_birth
from mediation.web.forms import BaseForm

NAME = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
PRESENT, FRESH = {"autocomplete": "current-password"}, {"autocomplete": "new-password"}


class SignInForm(BaseForm):
    login = StringField(_l("Sign-in name"), validators=[InputRequired(), Length(max=64)], render_kw=NAME)
    password = PasswordField(_l("Password"), validators=[InputRequired(), Length(max=200)], render_kw=PRESENT)


class PasswordForm(BaseForm):
    old = PasswordField(_l("Present password"), validators=[InputRequired(), Length(max=200)], render_kw=PRESENT)
    new = PasswordField(
        _l("New password"),
        description=_l("12 characters or more, of three kinds: small letters, capital letters, digits, other signs."),
        validators=[InputRequired(), Length(max=128)],
        render_kw=FRESH,
    )
    again = PasswordField(
        _l("New password once more"),
        validators=[InputRequired(), EqualTo("new", message=_l("The two entries differ."))],
        render_kw=FRESH,
    )


class AccountForm(BaseForm):
    """What the system administrator writes down of an account."""

    version = IntegerField(widget=HiddenInput(), default=0)
    name = StringField(_l("Full name"), validators=[InputRequired(), Length(max=50)], render_kw={"autocomplete": "off"})
    holder = SelectField(
        _l("Belongs to"),
        description=_l(
            "Mediators and organisations of the court's list see the disputes given to them, and no others."
        ),
        choices=[],
    )
    id_no = StringField(
        _l("Identity number"),
        description=_l(
            "Of a judge or clerk: so that nobody mediates, confirms and appears as a party in one dispute. "
            "Only a keyed digest is kept; the number cannot be read back."
        ),
        validators=[Optional(), Length(max=18)],
        render_kw={"autocomplete": "off"},
    )
    expires_on = DayField(
        _l("Valid until"),
        description=_l("For people from outside: the day on which their engagement ends. Empty: no last day."),
        validators=[Optional()],
    )

    def validate_id_no(self, field: StringField) -> None:
        """A resident identity number with its check digit."""
        resident_birth(field.data or "")


class NewAccountForm(AccountForm):
    login = StringField(
        _l("Sign-in name"),
        description=labels.LOGIN_FAULT[LoginFault.SHAPE],
        validators=[InputRequired(), Length(max=32)],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )


class RolesForm(BaseForm):
    """Which roles an account holds, why, and once more who decides it."""

    version = IntegerField(widget=HiddenInput(), default=0)
    roles = SelectMultipleField(
        _l("Roles"),
        choices=[],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=True,
    )
    reason = TextAreaField(
        _l("Reason"),
        description=_l("For example the decision by which the person was appointed. It stands in the trail."),
        validators=[InputRequired(), Length(max=200)],
        render_kw={"rows": 2},
    )
    password = PasswordField(_l("Your password"), validators=[InputRequired(), Length(max=200)], render_kw=PRESENT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles.choices = options(labels.ROLE)


class StandingForm(BaseForm):
    """Why an account is closed or opened again."""

    PREFIX = "standing"
    reason = StringField(_l("Reason"), validators=[InputRequired(), Length(max=200)], render_kw={"autocomplete": "off"})
