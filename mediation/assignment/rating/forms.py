"""What a party fills in, and what a clerk decides."""

from typing import Any

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from mediation.assignment.rating import labels
from mediation.assignment.rating.rules import Aspect
from mediation.kernel.i18n import _l
from mediation.roster import labels as roster_words
from mediation.roster.conduct.rules import COMPLAINT_GROUNDS
from mediation.web.fields import options
from mediation.web.forms import BaseForm

PROSE = Length(max=1000)
SCORES: dict[Any, Any] = {str(score): words for score, words in labels.SCORE.items()}


def _aspect(aspect: Aspect) -> RadioField:
    return RadioField(labels.ASPECT[aspect], choices=options(SCORES), validators=[Optional()])


class RateForm(BaseForm):
    """From one to five; the parts and the words are left to the party."""

    score = RadioField(
        _l("How satisfied are you with the mediation?"), choices=options(SCORES), validators=[InputRequired()]
    )
    attitude = _aspect(Aspect.ATTITUDE)
    expertise = _aspect(Aspect.EXPERTISE)
    efficiency = _aspect(Aspect.EFFICIENCY)
    fairness = _aspect(Aspect.FAIRNESS)
    comment = TextAreaField(_l("In your own words"), validators=[PROSE])


class CheckForm(BaseForm):
    """What the registry found in a low rating."""

    step = RadioField(_l("Finding"), choices=options(labels.STEP), validators=[InputRequired()])
    ground = SelectField(
        _l("Ground of the complaint"),
        choices=options({ground: roster_words.GROUND[ground] for ground in COMPLAINT_GROUNDS}),
    )
    note = TextAreaField(_l("What was found, in your words"), validators=[InputRequired(), PROSE])
