"""A file to be compared with the archive; how the court's papers look."""

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from mediation.documents.paper import PaperForm
from mediation.kernel.i18n import _l
from mediation.web.fields import DayField
from mediation.web.forms import BaseForm


class VerifyForm(BaseForm):
    """Nothing is kept of what is shown here."""

    file = FileField(
        _l("The file"),
        description=_l("Drop the PDF here or choose it. It is compared and not kept."),
        validators=[FileRequired(_l("Choose a file first."))],
        render_kw={"accept": "application/pdf,.pdf"},
    )


class ScanForm(BaseForm):
    """A signed paper as it came back."""

    file = FileField(
        _l("The scan"),
        description=_l("A PDF from the scanner, or a photograph (JPEG, PNG). It is kept as it is and never changed."),
        validators=[FileRequired(_l("Choose a file first."))],
        render_kw={"accept": "application/pdf,image/jpeg,image/png,.pdf,.jpg,.jpeg,.png"},
    )
    document = SelectField(
        _l("Which document it is"),
        description=_l("Usually its square code tells; choose only when it cannot be read."),
        coerce=int,
        validators=[Optional()],
    )
    note = StringField(_l("Remark"), validators=[Length(max=200)])


class LetterheadForm(PaperForm):
    """Head, seal and phrase from a day on."""

    valid_from = DayField(_l("In use from"), validators=[InputRequired()])
    heading = StringField(
        _l("Court at the head of its papers"),
        description=_l("Empty: the name of the court. In foreign-related cases the court may want more."),
        validators=[Length(max=40)],
    )
    phrase = StringField(
        _l("Standing phrase at the end of letters and notices"),
        description=_l("For instance address and hours of the service centre."),
        validators=[Length(max=200)],
    )
    seal = FileField(
        _l("Picture of the seal"),
        description=_l("A square PNG of 300 to 2000 pixels, 512 kB at most. Without one the seal in force stays."),
        render_kw={"accept": "image/png,.png"},
    )
