"""Which documents, and as what."""

from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from mediation.documents.bundles import labels
from mediation.documents.bundles.rules import Form
from mediation.kernel.i18n import _l
from mediation.web.fields import DayField, options
from mediation.web.forms import BaseForm


class FindForm(BaseForm):
    """Which documents to choose from; asked with a plain address, so that it can be kept."""

    class Meta(BaseForm.Meta):
        csrf = False

    day = DayField(_l("Day of the request"), validators=[Optional()])
    kind = SelectField(_l("Kind of document"), validators=[Optional()])


class TickList(SelectMultipleField):
    """A box before each document."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class BundleForm(BaseForm):
    """The ticked documents as one file."""

    document_ids = TickList(_l("Documents"), coerce=int)
    form = RadioField(_l("As"), choices=options(labels.FORM), default=Form.ZIP.value, validators=[InputRequired()])
