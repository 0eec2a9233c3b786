"""The form of an announcement: shape only."""

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from mediation.documents.paper import PaperForm
from mediation.kernel.i18n import _l
from mediation.litigation.announcement import labels
from mediation.litigation.announcement.rules import Medium, Need
from mediation.web.fields import DayField, options


class AnnounceForm(PaperForm):
    """What was announced, for whom, why and where."""

    PREFIX = "announce-"
    target = SelectField(_l("Paper and party"), choices=[], validators=[InputRequired()])
    need = RadioField(_l("Why by announcement"), choices=options(labels.NEED), default=Need.WHEREABOUTS.value)
    course = TextAreaField(
        _l("What was tried, and what came of it"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 2}
    )
    points = TextAreaField(
        _l("What the paper is about"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 3}
    )
    medium = RadioField(_l("Published where"), choices=options(labels.MEDIUM), default=Medium.ONLINE.value)
    outlet = StringField(
        _l("Name of the newspaper or web site, or the address of the home"),
        validators=[InputRequired(), Length(max=200)],
    )
    pictures = BooleanField(_l("Photographs or a film of the posting at the home are in the file"))
    published_on = DayField(_l("Announced on"), validators=[InputRequired()])
