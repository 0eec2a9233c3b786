"""The rooms of a court: entering one, changing it, taking it into use and out of it."""

from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from mediation.kernel.i18n import _l
from mediation.scheduling import labels
from mediation.scheduling.plan_forms import GivenDay
from mediation.web.fields import SelectChoice, options
from mediation.web.forms import BaseForm

MOST_SEATS, LONGEST_AIRING = 300, 120


class RoomForm(BaseForm):
    """What a room is called and what it has."""

    seen = HiddenField()
    name = StringField(_l("Name at the door"), validators=[InputRequired(), Length(max=40)])
    capacity = IntegerField(_l("Seats"), default=8, validators=[InputRequired(), NumberRange(1, MOST_SEATS)])
    equipment = StringField(_l("Things that stand there"), validators=[Length(max=100)])
    turnaround_minutes = IntegerField(
        _l("Minutes for airing the room"), default=15, validators=[InputRequired(), NumberRange(0, LONGEST_AIRING)]
    )


class NewRoomForm(RoomForm):
    """A room that is not on the list yet."""

    kind = SelectField(_l("Kind"), choices=options(labels.RESOURCE_KIND), validators=[InputRequired()])
    code = StringField(_l("Code"), validators=[InputRequired(), Length(max=20)])
    since = GivenDay(_l("In use from"))


class UseForm(BaseForm):
    """From a day on, used or not."""

    PREFIX = "use-"

    in_use = RadioField(
        _l("From that day on"),
        choices=[SelectChoice("no", _l("not in use")), SelectChoice("yes", _l("in use"))],
        validators=[InputRequired()],
    )
    since = GivenDay(_l("Day"))
    reason = StringField(_l("Reason"), validators=[InputRequired(), Length(max=100)])
