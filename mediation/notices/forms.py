"""Deliver otherwise; the court's own wording of a notice."""

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from mediation.kernel.i18n import _l
from mediation.notices import labels
from mediation.notices.rules import Channel
from mediation.web.fields import DayField, SelectChoice
from mediation.web.forms import BaseForm


class OtherwiseForm(BaseForm):
    """By phone or on paper instead."""

    channel = RadioField(
        _l("How"),
        choices=[SelectChoice(c.value, labels.CHANNEL[c]) for c in (Channel.PHONE, Channel.PAPER)],
        validators=[InputRequired()],
    )
    address = StringField(_l("Number or address"), validators=[InputRequired(), Length(max=300)])


class WordingForm(BaseForm):
    """A wording from a day on; empty brings the standard wording back."""

    valid_from = DayField(_l("In use from"), validators=[InputRequired()])
    text = TextAreaField(
        _l("Wording"),
        description=_l("Empty: the standard wording again."),
        validators=[Length(max=300)],
        render_kw={"rows": 4},
    )
    reason = StringField(_l("Reason for the change"), validators=[Length(max=300)])
