"""Deliver otherwise; the court's own wording of a notice."""

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from mediation.kernel.i18n import _l
from mediation.notices import labels
from mediation.notices.rules import Channel
from mediation.web.fields import DayField, SelectChoice, options
from mediation.web.forms import BaseForm


class OtherwiseForm(BaseForm):
    """By phone or on paper instead."""

    channel = RadioField(
        _l("How"),
        choices=[SelectChoice(c.value, labels.CHANNEL[c]) for c in (Channel.PHONE, Channel.PAPER)],
        validators=[InputRequired()],
    )
    address = StringField(_l("Number or address"), validators=[InputRequired(), Length(max=300)])


class DeliveryForm(BaseForm):
    """Told, handed over or not reached; on which day it went out."""

    PREFIX = "delivery-"

    on = DayField(_l("On which day"), validators=[InputRequired()])


class DayForm(BaseForm):
    """Another day than the one on record, and what shows it."""

    PREFIX = "day-"

    on = DayField(_l("Day"), validators=[InputRequired()])
    remark = StringField(_l("What shows it"), validators=[InputRequired(), Length(max=200)])


class SlipForm(BaseForm):
    """What stands on the slip that came back."""

    outcome = RadioField(_l("What the slip says"), choices=options(labels.SLIP_OUTCOME), validators=[InputRequired()])
    on = DayField(_l("Day on the slip"), validators=[InputRequired()])
    receiver = StringField(_l("Who signed or refused"), validators=[Length(max=120)])
    taker = SelectField(_l("As what"), choices=[SelectChoice("", ""), *options(labels.TAKER)], default="")
    witness = StringField(_l("Witness, with office or workplace"), validators=[Length(max=120)])
    photographed = BooleanField(_l("How it was left was photographed or filmed"))
    tracking = StringField(_l("Mail number"), validators=[Length(max=64)])
    cause = SelectField(
        _l("Why it came back"), choices=[SelectChoice("", ""), *options(labels.RETURN_CAUSE)], default=""
    )
    remark = StringField(_l("Remark"), validators=[Length(max=300)])


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
