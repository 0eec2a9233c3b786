"""Forms of preservation: shape only."""

from datetime import datetime

from wtforms import BooleanField, IntegerField, RadioField, SelectField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from mediation.documents.paper import PaperForm
from mediation.kernel import clock
from mediation.kernel.i18n import _l
from mediation.litigation.preservation import labels
from mediation.litigation.preservation.rules import LiftReason, Sued
from mediation.web.fields import DayField, YuanField, options

MOST_MONTHS = 36
YES, NO = "order", "dismiss"
ELSEWHERE = {where: words for where, words in labels.SUED.items() if where is not Sued.HERE}
RULING = {YES: labels.STEP["order"], NO: labels.STEP["dismiss"]}


class MomentForm(PaperForm):
    """A day and the time of day, because hours run from it (S2 art. 125)."""

    day = DayField(_l("Day"), validators=[InputRequired()])
    time = TimeField(_l("Time of day"), validators=[InputRequired()])

    def moment(self) -> datetime:
        """The moment at the court."""
        day, time = self.day.data or clock.today(), self.time.data
        return clock.at(day, time.hour, time.minute) if time else clock.now()


class ApplicationForm(MomentForm):
    """What is applied for, by whom against whom, with which security."""

    applicant_id = SelectField(_l("Applicant"), coerce=int, choices=[])
    against_id = SelectField(_l("Against"), coerce=int, choices=[])
    object = RadioField(_l("What is to be preserved"), choices=options(labels.OBJECT), validators=[InputRequired()])
    what = TextAreaField(
        _l("The property or the conduct, so that it can be told apart"),
        validators=[InputRequired(), Length(max=2000)],
        render_kw={"rows": 2},
    )
    amount = YuanField(_l("Amount to be preserved, in yuan"), validators=[Optional()])
    security = TextAreaField(_l("Security given"), validators=[Length(max=2000)], render_kw={"rows": 2})
    urgent = BooleanField(_l("Urgent: the ruling is due within 48 hours"), default=True)


class RulingForm(MomentForm):
    """The judge's ruling."""

    PREFIX = "ruling-"
    answer = RadioField(_l("Ruling"), choices=options(RULING), validators=[InputRequired()])
    note = TextAreaField(_l("Reason, for a dismissal"), validators=[Length(max=2000)], render_kw={"rows": 2})


class TakenForm(PaperForm):
    """When the measure was taken, and for how long it holds where the court set less than the law allows."""

    PREFIX = "taken-"
    on = DayField(_l("Taken on"), validators=[InputRequired()])
    months = IntegerField(
        _l("Months it holds, if fewer than the law allows"), validators=[Optional(), NumberRange(1, MOST_MONTHS)]
    )


class RenewForm(PaperForm):
    PREFIX = "renewal-"
    months = IntegerField(_l("By how many months"), validators=[InputRequired(), NumberRange(1, MOST_MONTHS)])


class SuedForm(PaperForm):
    PREFIX = "suit-"
    # Filing here records itself.
    where = RadioField(_l("Where"), choices=options(ELSEWHERE), default=Sued.OTHER_COURT.value)
    on = DayField(_l("Brought on"), validators=[InputRequired()])


class LiftForm(PaperForm):
    PREFIX = "lifting-"
    reason = RadioField(_l("Reason"), choices=options(labels.LIFT_REASON), default=LiftReason.WITHDRAWN.value)
    on = DayField(_l("Lifted on"), validators=[InputRequired()])
    note = TextAreaField(_l("For the file"), validators=[Length(max=2000)], render_kw={"rows": 2})
