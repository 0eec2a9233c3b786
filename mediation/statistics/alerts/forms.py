"""The form of a bound: shape only."""

from decimal import Decimal, InvalidOperation
from typing import Any

from wtforms import IntegerField, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from mediation.kernel.i18n import _, _l
from mediation.statistics import labels as words
from mediation.statistics.alerts import labels
from mediation.statistics.alerts.rules import Direction, Measure, Window
from mediation.statistics.alerts.services import Wanted
from mediation.statistics.catalogue import Figure, Way
from mediation.web.fields import FULL_WIDTH, SelectChoice, options
from mediation.web.forms import BaseForm

LONGEST = 12
MOST_CASES = 1_000_000


class BoundField(StringField):
    """A number as people type it: 30, 30.5, 30 %; full-width digits are understood."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{Decimal(self.data).normalize():f}"

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0] if valuelist else "").strip().translate(FULL_WIDTH)
        text = text.removesuffix("%").removesuffix("％").strip()
        self.data = None
        if not text:
            return
        try:
            number = Decimal(text) if len(text) <= LONGEST else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite() or number != number.quantize(Decimal("0.01")):
            raise ValueError(_("Write a number with at most two decimals, for example 30 or 12.5."))
        self.data = number


class AlertForm(BaseForm):
    """A bound on one figure."""

    PREFIX = "alert-"

    figure = SelectField(
        _l("Figure"), coerce=Figure, choices=[SelectChoice(f.value, words.NAME[f]) for f in Figure]
    )  # fmt: skip
    way = SelectField(
        _l("Way of counting"),
        choices=[SelectChoice("", _l("As the figure is usually counted"))]
        + [SelectChoice(way.value, words.WAY[way]) for way in (Way.FLOW, Way.COHORT)],
        validators=[Optional()],
    )
    window = SelectField(_l("Over which days"), coerce=Window, choices=options(labels.WINDOW), default=Window.MONTH)
    measure = SelectField(
        _l("What is compared"), coerce=Measure, choices=options(labels.MEASURE), default=Measure.VALUE
    )
    direction = RadioField(
        _l("When it is told"), coerce=Direction, choices=options(labels.DIRECTION), default=Direction.ABOVE,
        validators=[InputRequired()],
    )  # fmt: skip
    limit = BoundField(
        _l("Bound"),
        description=_l("In the figure's own unit; of a share in per cent, of its change in percentage points."),
        validators=[InputRequired()],
        render_kw={"inputmode": "decimal", "autocomplete": "off"},
    )
    least = IntegerField(
        _l("Told from so many cases on"),
        description=_l("With fewer cases in the denominator a share jumps about and says little."),
        validators=[InputRequired(), NumberRange(min=0, max=MOST_CASES)],
        default=0,
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    e_mail = StringField(
        _l("E-mail address as well"),
        description=_l("Left empty, it is told in the system alone."),
        validators=[
            Optional(),
            Length(max=100),
            Regexp(r"[^@\s]+@[^@\s]+\.[^@\s]+$", message=_l("This is no e-mail address.")),
        ],
        render_kw={"autocomplete": "off"},
    )

    def validate_way(self, field: SelectField) -> None:
        if field.data and field.data not in {way.value for way in Way}:
            raise ValidationError(_("This figure is not counted that way; choose another, or leave it as usual."))

    def told(self) -> Wanted:
        """What was typed."""
        return Wanted(
            figure=self.figure.data, window=self.window.data, measure=self.measure.data, direction=self.direction.data,
            limit=self.limit.data, way=Way(self.way.data) if self.way.data else None, least=self.least.data or 0,
            e_mail=self.e_mail.data or "",
        )  # fmt: skip
