"""Forms of accounts: shape only."""

from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from mediation.kernel.i18n import _l
from mediation.web.forms import BaseForm


class SignInForm(BaseForm):
    login = StringField(_l("Sign-in name"), validators=[InputRequired(), Length(max=64)])
    password = PasswordField(_l("Password"), validators=[InputRequired(), Length(max=200)])


class PasswordForm(BaseForm):
    old = PasswordField(_l("Present password"), validators=[InputRequired(), Length(max=200)])
    new = PasswordField(
        _l("New password"),
        description=_l("12 characters or more, of three kinds: small letters, capital letters, digits, other signs."),
        validators=[InputRequired(), Length(max=128)],
    )
    again = PasswordField(
        _l("New password once more"),
        validators=[InputRequired(), EqualTo("new", message=_l("The two entries differ."))],
    )
