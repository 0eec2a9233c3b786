"""The one form of documents: a file to be compared with the archive."""

from flask_wtf.file import FileField, FileRequired

from mediation.kernel.i18n import _l
from mediation.web.forms import BaseForm


class VerifyForm(BaseForm):
    """Nothing is kept of what is shown here."""

    file = FileField(
        _l("The file"),
        description=_l("Drop the PDF here or choose it. It is compared and not kept."),
        validators=[FileRequired(_l("Choose a file first."))],
        render_kw={"accept": "application/pdf,.pdf"},
    )
