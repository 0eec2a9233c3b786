"""Forms of intake: shape only. What the law asks for is decided in the services."""

from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    Form,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from mediation.documents.paper import PaperForm
from mediation.intake import labels
from mediation.intake.rules import Answer, Manner
from mediation.intake.screening import TICKED_EXCLUSIONS, TICKED_FLAGS
from mediation.kernel import clock
from mediation.kernel.i18n import _, _l
from mediation.web.fields import DayField, options
from mediation.web.forms import BaseForm, Words


class Ticks(SelectMultipleField):
    """Several of a few, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ScreeningForm(PaperForm):
    """What a person saw beside what the facts say; nothing ticked is the usual case."""

    exclusions = Ticks(
        _l("What stands against mediation"),
        choices=options({code: labels.EXCLUSION[code] for code in TICKED_EXCLUSIONS}),
    )
    flags = Ticks(_l("What must be looked after"), choices=options({flag: labels.FLAG[flag] for flag in TICKED_FLAGS}))
    arbitration_done = BooleanField(
        _l("The labour or personnel arbitration has been gone through, or the law does not ask for it")
    )


class OverrideForm(ScreeningForm):
    """The same for the triage officer, who may decide otherwise."""

    result = SelectField(
        _l("Decide otherwise"),
        choices=options({"": _l("As the rules found"), **labels.SCREENING_RESULT}),
    )
    reason = TextAreaField(_l("Reason for deciding otherwise"), validators=[Length(max=2000)])


class CorrectionForm(PaperForm):
    missing = TextAreaField(
        _l("Everything that is missing"),
        description=_l("One item a line. The notice is given once and has to be complete."),
        validators=[InputRequired(), Length(max=4000)],
    )


class CorrectedForm(PaperForm):
    corrected_on = DayField(_l("Corrections received on"), default=clock.today, validators=[InputRequired()])


class ReturnForm(PaperForm):
    advice = RadioField(_l("Advice"), choices=options(labels.ADVICE), validators=[InputRequired()])
    note = TextAreaField(
        _l("In detail"),
        description=_l("The authority, arbitration body or court meant, as far as it is known."),
        validators=[Length(max=2000)],
    )
    complaint_taken_back = BooleanField(_l("The applicant takes the complaint back in writing"))


DECLARED = {manner: labels.MANNER[manner] for manner in (Manner.SIGNED, Manner.ORAL, Manner.ONLINE)}


class Plain(Form):
    """A part of a form: words and blanks as everywhere, the token once for the whole."""

    class Meta(BaseForm.Meta):
        csrf = False

        def get_translations(self, form: Any) -> Words:
            return Words()


class AnswerPart(Plain):
    """One party's answer."""

    answer = RadioField(_l("Answer"), choices=options(labels.ANSWER), validators=[Optional()])
    manner = SelectField(_l("How it was declared"), choices=options(DECLARED), default=Manner.SIGNED.value)
    minutes = TextAreaField(_l("Minutes of an oral answer"), validators=[Length(max=2000)], render_kw={"rows": 2})
    preferred_mediator_id = SelectField(_l("Mediator"), coerce=int, default=0)
    accepts_electronic_service = BooleanField(_l("Agrees to electronic service"))
    accepts_recording = BooleanField(_l("Agrees to audio and video recording"))
    answered_on = DayField(_l("Answered on"), default=clock.today, validators=[Optional()])

    def validate_minutes(self, field: TextAreaField) -> None:
        if self.answer.data and self.manner.data == Manner.ORAL and not (field.data or "").strip():
            raise ValidationError(_("An oral answer is written into the minutes."))


class ApplicantPart(AnswerPart):
    """The applicant may also choose mediation outside the court (R3-09)."""

    chooses_outside = BooleanField(
        _l("Chooses mediation by a committee or governance centre outside the court, and files no complaint for now")
    )


def answers_form(parties: Sequence[tuple[int, str, bool]], mediators: dict[int, str]) -> Any:
    """One form for the answers of all parties. A party is its id, its name as shown, and whether it may choose outside."""
    fields = {
        f"party{party_id}": FormField(ApplicantPart if outside else AnswerPart, label=name)
        for party_id, name, outside in parties
    }
    form = type("AnswersForm", (PaperForm,), fields)()
    choices = options({0: _("The court or the organisation designates"), **mediators})
    for party_id, _name, _outside in parties:
        form[f"party{party_id}"].form.preferred_mediator_id.choices = choices
    return form


class WithdrawalForm(PaperForm):
    party_id = RadioField(_l("Who withdraws"), coerce=int, validators=[InputRequired()])
    manner = SelectField(_l("How it was declared"), choices=options(DECLARED), default=Manner.SIGNED.value)
    minutes = TextAreaField(_l("Minutes of an oral declaration"), validators=[Length(max=2000)])

    def validate_minutes(self, field: TextAreaField) -> None:
        if self.manner.data == Manner.ORAL and not (field.data or "").strip():
            raise ValidationError(_("An oral answer is written into the minutes."))


class FilingForm(PaperForm):
    hand_in = BooleanField(
        _l("The applicant hands in the complaint now, or states it orally and it is taken down"),
        validators=[InputRequired()],
    )


NO_ANSWER = ("", None)


def answered(part: AnswerPart) -> Answer | None:
    """The answer of a part, if one was given."""
    return None if part.answer.data in NO_ANSWER else Answer(part.answer.data)
