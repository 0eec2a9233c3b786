"""The form of an import: shape only."""

from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField

from mediation.kernel.i18n import _l
from mediation.roster.sheets.columns import SheetKind
from mediation.roster.sheets.labels import SHEET_KIND
from mediation.web.fields import options
from mediation.web.forms import BaseForm


class ImportForm(BaseForm):
    """A filled template."""

    kind = RadioField(
        _l("What the sheet lists"), coerce=SheetKind, choices=options(SHEET_KIND), default=SheetKind.MEDIATORS
    )
    file = FileField(
        _l("The sheet"),
        description=_l("The template filled in, saved as .xlsx."),
        validators=[FileRequired(_l("Choose a file first."))],
        render_kw={"accept": ".xlsx"},
    )
