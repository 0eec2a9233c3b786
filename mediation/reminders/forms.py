"""What the system administrator sends of a holiday notice: its text or a spreadsheet, then the days that were read."""

from flask_wtf.file import FileField
from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from mediation.kernel.i18n import _l
from mediation.periods.noticed import FIRST_YEAR, LAST_YEAR, LONGEST_TEXT
from mediation.web.fields import DayField
from mediation.web.forms import BaseForm

# As they stand in the notices themselves, whatever language the reader has chosen.
WORDS = {"off": "放假", "work": "上班"}


class NoticeForm(BaseForm):
    """The first step: nothing is changed by it."""

    text = TextAreaField(
        _l("Text of the notice"),
        description=_l(
            "Paste it whole, with its title and date; or lines of day, %(off)s or %(work)s, and festival.", **WORDS
        ),
        validators=[Length(max=LONGEST_TEXT)],
        render_kw={"rows": 12, "lang": "zh-CN", "spellcheck": "false"},
    )
    file = FileField(
        _l("Or a spreadsheet (xlsx)"),
        description=_l("Columns: day, %(off)s or %(work)s, festival. It is read and not kept.", **WORDS),
        render_kw={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    )
    year = IntegerField(
        _l("Year"),
        description=_l("Only needed where the title is not pasted along."),
        validators=[Optional(), NumberRange(FIRST_YEAR, LAST_YEAR)],
        render_kw={"inputmode": "numeric"},
    )


class TakeOverForm(BaseForm):
    """The second step: the days as they were read and shown."""

    table = HiddenField(validators=[InputRequired(), Length(max=LONGEST_TEXT)])
    year = HiddenField(validators=[InputRequired()])
    document = StringField(
        _l("Title of the notice"), validators=[InputRequired(), Length(max=200)], render_kw={"lang": "zh-CN"}
    )
    published_on = DayField(_l("Published on"), validators=[InputRequired()])
