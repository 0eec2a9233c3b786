"""Forms of judicial confirmation: shape only; the law is in rules and obstacles."""

from wtforms import (
    BooleanField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)  # fmt: skip
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from mediation.confirmation import labels
from mediation.confirmation.rules import (
    EXTENSION_DAYS_MOST,
    Exclusion,
    Finding,
    Form,
    Ground,
    Lapse,
    Material,
    Obstacle,
    Question,
)  # fmt: skip
from mediation.documents.paper import PaperForm
from mediation.kernel.i18n import _l
from mediation.notices.labels import SERVED_BY_HAND
from mediation.notices.rules import ServiceMethod
from mediation.periods.table import PeriodKey
from mediation.web.fields import DayField, SelectChoice, options

PASSWORD = _l("Your password, once more")


class CheckList(SelectMultipleField):
    """A list of boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class MaterialsForm(PaperForm):
    materials = CheckList(
        _l("Papers that are there"), choices=[SelectChoice(m.value, labels.MATERIAL[m]) for m in Material]
    )
    title_concerned = BooleanField(_l("The agreement concerns property with documents of title"))


class ApplyForm(MaterialsForm):
    applicants = CheckList(_l("Who applies"), coerce=str)
    form = RadioField(
        _l("How they apply"), choices=[SelectChoice(f.value, labels.FORM[f]) for f in Form], default=Form.WRITTEN.value
    )
    received_on = DayField(_l("Received on"), validators=[InputRequired()])
    posted_on = DayField(_l("Post-mark, if it came by post"), validators=[Optional()])


class DueForm(PaperForm):
    PREFIX = "due-"
    what = TextAreaField(
        _l("What is to be supplemented, one item a line"), validators=[Length(max=4000)], render_kw={"rows": 3}
    )
    due = DayField(_l("To be handed in by"), validators=[InputRequired()])


class CallForm(PaperForm):
    day = DayField(_l("Day"), validators=[InputRequired()])
    time = StringField(_l("Begins at"), default="09:00", validators=[InputRequired(), Length(max=5)])
    resource_id = SelectField(_l("Room"), coerce=int, validators=[InputRequired()])


class QuestioningForm(PaperForm):
    PREFIX = "questioning-"
    present = CheckList(_l("Present together"), coerce=int)
    note = TextAreaField(_l("Further remarks"), validators=[Length(max=5000)], render_kw={"rows": 2})


for _question in Question:
    setattr(
        QuestioningForm,
        f"answer_{_question.value}",
        TextAreaField(
            labels.QUESTION[_question],
            validators=[DataRequired(message=labels.OBSTACLE[Obstacle.UNANSWERED]), Length(max=4000)],
            render_kw={"rows": 2},
        ),
    )


class ChecklistForm(PaperForm):
    PREFIX = "checklist-"
    reason = TextAreaField(_l("What was found"), validators=[Length(max=5000)], render_kw={"rows": 3})


for _ground in Ground:
    setattr(
        ChecklistForm,
        f"ground_{_ground.value}",
        RadioField(
            labels.GROUND[_ground],
            choices=[SelectChoice(f.value, labels.FINDING[f]) for f in Finding],
            validators=[InputRequired()],
        ),
    )


class RulingForm(PaperForm):
    PREFIX = "ruling-"
    password = PasswordField(PASSWORD, validators=[InputRequired(), Length(max=200)])


class ReasonedRulingForm(RulingForm):
    PREFIX = "withdrawal-"
    reason = TextAreaField(_l("Reason"), validators=[Length(max=5000)], render_kw={"rows": 2})


class ExclusionForm(ReasonedRulingForm):
    PREFIX = "exclusion-"
    exclusion = RadioField(
        _l("Why it is not accepted"),
        choices=[
            SelectChoice("", _l("It came too late")),
            *(SelectChoice(e.value, labels.EXCLUSION[e]) for e in Exclusion),
        ],
        default="",
    )


class LapseForm(ReasonedRulingForm):
    PREFIX = "lapse-"
    lapse = RadioField(
        _l("Why it counts as withdrawn"),
        choices=[SelectChoice(lapse.value, labels.LAPSE[lapse]) for lapse in Lapse],
        validators=[InputRequired()],
    )


class ExtensionForm(PaperForm):
    PREFIX = "extension-"
    key = RadioField(
        _l("Which period"),
        choices=[
            SelectChoice(k.value, labels.EXTENDED[k.name])
            for k in (PeriodKey.CONFIRM_DECIDE_TARGET, PeriodKey.CONFIRM_DECIDE_STAT)
        ],
        validators=[InputRequired()],
    )
    days = IntegerField(_l("Days"), validators=[InputRequired(), NumberRange(1, EXTENSION_DAYS_MOST)])
    reason = TextAreaField(_l("Reason"), validators=[InputRequired(), Length(max=2000)], render_kw={"rows": 2})


class ServeForm(PaperForm):
    PREFIX = "serving-"
    party_id = SelectField(_l("Party"), coerce=int, validators=[InputRequired()])
    method = RadioField(
        _l("How it was served"),
        choices=options(SERVED_BY_HAND),
        default=ServiceMethod.DIRECT.value,
    )
    effective_on = DayField(_l("Served on"), validators=[InputRequired()])
    receiver = StringField(_l("Received by"), validators=[InputRequired(), Length(max=200)])
