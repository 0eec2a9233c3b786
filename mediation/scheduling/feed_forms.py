"""A calendar subscription."""

from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from mediation.kernel.i18n import _l
from mediation.scheduling.rules import FeedDetail
from mediation.web.forms import BaseForm


class FeedForm(BaseForm):
    """Whose calendar, how much of it, and for which device."""

    owner = SelectField(_l("Whose calendar"), choices=[])
    detail = RadioField(
        _l("How much it tells"),
        choices=[],
        default=FeedDetail.BUSY.value,
    )
    name = StringField(_l("For which device or program"), validators=[InputRequired(), Length(max=60)])
