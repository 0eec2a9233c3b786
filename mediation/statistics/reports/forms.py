"""Forms of the reports: shape only."""

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from mediation.kernel.i18n import _l
from mediation.statistics.reports import labels
from mediation.statistics.reports.rules import ReportSpan
from mediation.web.fields import options
from mediation.web.forms import BaseForm

ADDRESS = (Optional(), Length(max=100), Regexp(r"[^@\s]+@[^@\s]+\.[^@\s]+$", message=_l("This is no e-mail address.")))
OUTWARD = _l("For readers outside the court: counts below five are not shown")


class ReportForm(BaseForm):
    """One report."""

    PREFIX = "report-"

    period = SelectField(_l("Period"), choices=[], validators=[InputRequired()])
    outward = BooleanField(OUTWARD)
    e_mail = StringField(_l("Send it to this e-mail address as well"), validators=ADDRESS)


class PlanForm(BaseForm):
    """What is prepared by itself."""

    PREFIX = "plan-"

    span = SelectField(_l("When this is over"), coerce=ReportSpan, choices=options(labels.REPORT_SPAN))
    wanted = BooleanField(_l("Prepare the report by itself and keep it here"), default=True)
    outward = BooleanField(OUTWARD)
    e_mail = StringField(_l("Send it to this e-mail address as well"), validators=ADDRESS)
