"""The form of the whole court taken along."""

from wtforms import PasswordField, RadioField
from wtforms.validators import InputRequired, Length

from mediation.exports import labels
from mediation.exports.rules import Format
from mediation.kernel.i18n import _l
from mediation.web.fields import options
from mediation.web.forms import BaseForm


class ExportForm(BaseForm):
    """Which file; and the password, for what leaves the house with it cannot be called back."""

    format = RadioField(_l("File"), coerce=Format, choices=options(labels.FORMAT), default=Format.XLSX)
    password = PasswordField(_l("Your password, once more"), validators=[InputRequired(), Length(max=200)])
