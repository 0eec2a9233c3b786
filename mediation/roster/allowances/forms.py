"""The form of an allowance: shape only."""

from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from mediation.kernel.i18n import _l
from mediation.roster.allowances import labels
from mediation.roster.allowances.rules import Outcome
from mediation.web.fields import DayField, YuanField, options
from mediation.web.forms import BaseForm


class AllowanceForm(BaseForm):
    """So much from a day on."""

    valid_from = DayField(_l("From"), validators=[InputRequired()])
    cause = StringField(
        _l("Cause"),
        description=_l("Its name as in the list of causes, or its code; empty for every cause."),
        validators=[Optional(), Length(max=100)],
        render_kw={"autocomplete": "off"},
    )
    outcome = SelectField(_l("Outcome"), coerce=Outcome, choices=options(labels.OUTCOME))
    amount_fen = YuanField(_l("Amount for each dispute"), validators=[InputRequired()])
    source = StringField(
        _l("Decided by"),
        description=_l("The court's own rule or decision, with its number."),
        validators=[InputRequired(), Length(max=150)],
        render_kw={"autocomplete": "off"},
    )
