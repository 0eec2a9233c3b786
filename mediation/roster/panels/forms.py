"""Forms of special panels: shape only."""

from typing import Any

from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from mediation.kernel.i18n import _l
from mediation.web.forms import BaseForm

OFF = {"autocomplete": "off"}


class PanelForm(BaseForm):
    """A special panel and its conditions."""

    name = StringField(_l("Name"), validators=[InputRequired(), Length(max=50)], render_kw=OFF)
    causes = TextAreaField(
        _l("For disputes of these causes"),
        description=_l("Names or codes as in the list of causes, one a line; a group of causes covers all below it."),
        validators=[InputRequired(), Length(max=2000)],
        render_kw={"data-cause-picker": "", "rows": 4},
    )
    conditions = TextAreaField(
        _l("Conditions of entry"),
        description=_l("In words, as the public list shows them."),
        validators=[Length(max=2000)],
    )
    entry_hours = IntegerField(
        _l("Hours of training before entry"), validators=[InputRequired(), NumberRange(min=0, max=400)], default=0
    )
    needs_field = BooleanField(_l("Only who is strong in one of these causes"))
    is_binding = BooleanField(
        _l("In these disputes the court designates members only"),
        description=_l("Whom the parties choose together may still be anybody on the list (S4 art. 12)."),
    )
    source = StringField(
        _l("Decided by"),
        description=_l("The court's own rule or decision, with its number."),
        validators=[InputRequired(), Length(max=150)],
        render_kw=OFF,
    )

    def told(self) -> dict[str, Any]:
        return {
            "name": self.name.data or "",
            "causes": self.causes.data or "",
            "conditions": self.conditions.data or "",
            "entry_hours": self.entry_hours.data or 0,
            "needs_field": bool(self.needs_field.data),
            "is_binding": bool(self.is_binding.data),
            "source": self.source.data or "",
        }


class PlaceForm(BaseForm):
    """Somebody of the list enters the panel."""

    mediator_id = SelectField(_l("Mediator"), coerce=int, choices=[])


class BodyPlaceForm(BaseForm):
    """A body of the list enters the panel."""

    PREFIX = "body-"

    organisation_id = SelectField(_l("Organisation"), coerce=int, choices=[])


class BodyLeaveForm(BaseForm):
    """The place of a body on the panel ends."""

    PREFIX = "bodyleave-"

    organisation_id = SelectField(_l("Organisation"), coerce=int, choices=[])
    reason = StringField(_l("Reason"), validators=[InputRequired(), Length(max=150)], render_kw=OFF)


class LeaveForm(BaseForm):
    """A place on the panel ends."""

    PREFIX = "leave-"

    mediator_id = SelectField(_l("Mediator"), coerce=int, choices=[])
    reason = StringField(_l("Reason"), validators=[InputRequired(), Length(max=150)], render_kw=OFF)
