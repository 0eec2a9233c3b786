"""Forms of complaints, sanctions and evaluations: shape only."""

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from mediation.documents.paper import PaperForm
from mediation.kernel.i18n import _l
from mediation.roster import labels as words
from mediation.roster.conduct import labels, rules
from mediation.roster.conduct.rules import Result, SanctionKind
from mediation.roster.rules import Ground
from mediation.web.fields import DayField, options

PROSE = Length(max=4000)
OFF = {"autocomplete": "off"}
GROUNDS = options({ground: words.GROUND[ground] for ground in rules.COMPLAINT_GROUNDS})


class ComplaintForm(PaperForm):
    """A complaint as it came in."""

    received_on = DayField(_l("Received on"), validators=[InputRequired()])
    complainant = StringField(_l("Who complains"), validators=[InputRequired(), Length(max=100)], render_kw=OFF)
    dispute_no = StringField(_l("Number of the dispute, if told"), validators=[Length(max=60)], render_kw=OFF)
    ground = SelectField(_l("What is held against the mediator"), coerce=Ground, choices=GROUNDS)
    text = TextAreaField(_l("What is said"), validators=[InputRequired(), PROSE], render_kw={"data-draft": "complaint"})


class ExamineForm(PaperForm):
    """The end of an examination."""

    step = RadioField(
        _l("Result of the examination"),
        choices=options({"find": labels.EVENTS["complaint.find"], "reject": labels.EVENTS["complaint.reject"]}),
        validators=[InputRequired()],
    )
    finding = TextAreaField(
        _l("What was found"),
        description=_l("Who was asked, what papers were read, what follows from them."),
        validators=[InputRequired(), PROSE],
        render_kw={"data-draft": "finding"},
    )


class ProposeForm(PaperForm):
    """What a mediator is told before anything is decided."""

    complaint_id = SelectField(_l("Complaint"), coerce=int, choices=[])
    ground = SelectField(_l("Ground"), coerce=Ground, choices=GROUNDS)
    kind = RadioField(
        _l("Sanction thought of"),
        coerce=SanctionKind,
        choices=options(labels.SANCTION_KIND),
        default=SanctionKind.WARNING,
    )
    facts = TextAreaField(
        _l("What is held against the mediator"),
        description=_l("The mediator reads this and answers to it."),
        validators=[InputRequired(), PROSE],
    )


class AnswerForm(PaperForm):
    """What the mediator says to it."""

    PREFIX = "answer-"

    text = TextAreaField(
        _l("What the mediator says to it"), validators=[InputRequired(), PROSE], render_kw={"data-draft": "answer"}
    )


class DecideForm(PaperForm):
    """The decision after hearing."""

    PREFIX = "decide-"

    step = RadioField(
        _l("Decision"),
        choices=options({"impose": labels.EVENTS["sanction.impose"], "drop": labels.EVENTS["sanction.drop"]}),
        validators=[InputRequired()],
    )
    until = DayField(_l("Last day of the suspension"), validators=[Optional()])
    reported_to = StringField(
        _l("Authority in charge that is told"),
        description=_l("For a removal: for instance the bureau of justice of the district."),
        validators=[Length(max=100)],
        render_kw=OFF,
    )
    reason = TextAreaField(
        _l("Reasons"),
        description=_l("With what the mediator answered, and why it does or does not weigh."),
        validators=[InputRequired(), PROSE],
    )


class EvaluationForm(PaperForm):
    """The result of a year."""

    result = RadioField(
        _l("Result"), coerce=Result, choices=options(labels.RESULT), default=Result.GOOD, validators=[InputRequired()]
    )
    text = TextAreaField(_l("Grounds"), validators=[InputRequired(), PROSE])
