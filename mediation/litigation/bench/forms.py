"""The form by which a judge or a panel is named: shape only."""

from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from mediation.documents.paper import PaperForm
from mediation.kernel.i18n import _l


class BenchForm(PaperForm):
    """Who tries the case."""

    PREFIX = "bench-"
    judge_id = SelectField(
        _l("Judge; of a panel the presiding one"), coerce=int, choices=[], validators=[InputRequired()]
    )
    judges = StringField(_l("Other judges of the panel"), validators=[Length(max=200)])
    assessors = StringField(_l("People's assessors"), validators=[Length(max=200)])
    reason = StringField(_l("Why somebody else goes on"), validators=[Length(max=300)])
