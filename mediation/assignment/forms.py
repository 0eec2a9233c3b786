"""Forms of assignment: shape only; what the law wants is asked in the services."""

from dataclasses import fields
from datetime import date

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from mediation.assignment import labels
from mediation.assignment.choice import LONGEST_REST, MOST_WEIGHT, WIDEST_MARGIN, Levers, Part
from mediation.assignment.conflicts import DECLARED
from mediation.assignment.rules import SuspensionReason
from mediation.assignment.together.labels import REPLACEMENT_GROUND, REPLACEMENT_OUTCOME
from mediation.assignment.together.replacing import Request
from mediation.assignment.together.rules import ReplacementGround, ReplacementOutcome
from mediation.documents.paper import PaperForm
from mediation.intake.rules import Manner
from mediation.kernel import clock
from mediation.kernel.i18n import _l
from mediation.notices.rules import Channel
from mediation.web.fields import DayField, options
from mediation.web.forms import BaseForm

PROSE = Length(max=2000)


class ManyField(SelectMultipleField):
    """Several of a list, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AcceptForm(PaperForm):
    """The slip of the letter: the day of signing, what is disclosed, and for an organisation who mediates."""

    on = DayField(
        _l("Signed for the material on"),
        description=_l("The mediation period starts on this day; the day itself is not counted."),
        validators=[InputRequired()],
    )
    mediator_id = SelectField(_l("Who will mediate"), coerce=int)
    reason = TextAreaField(
        _l("Reason, when a member is named who is not suggested"),
        description=_l("Not needed for who mediates a related dispute: that is written down as the reason."),
        validators=[Optional(), PROSE],
        # The reason for declining stands on the same page.
        id="member-reason",
    )
    declared = ManyField(
        _l("I disclose"),
        description=_l("Tick nothing when none of this applies."),
        choices=options({finding: labels.FINDING[finding] for finding in DECLARED}),
    )
    text = TextAreaField(
        _l("What the parties should know"),
        description=_l("With whom, and of what kind. The parties read this before they say whether they agree."),
        validators=[Optional(), PROSE],
    )


class MemberForm(PaperForm):
    """Another member of the organisation instead of the one named."""

    mediator_id = SelectField(_l("Who will mediate from now on"), coerce=int)
    reason = TextAreaField(
        _l("Reason"),
        description=_l("Why the member named cannot go on. It is kept for good."),
        validators=[InputRequired(), PROSE],
    )


class DeclineForm(PaperForm):
    reason = TextAreaField(
        _l("Reason"),
        description=_l("Outside the field of work, clearly outside the own expertise, or otherwise not suitable."),
        validators=[InputRequired(), PROSE],
    )


class DisclosureForm(PaperForm):
    """What a mediator disclosed, brought to the counter on paper."""

    declared = ManyField(
        _l("The mediator disclosed"),
        choices=options({finding: labels.FINDING[finding] for finding in DECLARED}),
    )
    text = TextAreaField(_l("In the mediator's words"), validators=[Optional(), PROSE])


class WaiverForm(PaperForm):
    """Every party's consent to a mediator whose tie they know."""

    party_ids = ManyField(_l("These parties were told and agree to this mediator"), coerce=int)
    on = DayField(_l("Agreed on"), validators=[InputRequired()])


class ContactForm(PaperForm):
    party_id = RadioField(_l("Whom"), coerce=int, validators=[InputRequired()])
    channel = RadioField(_l("How"), validators=[InputRequired()])
    reached = BooleanField(_l("The party was reached"))
    answer = RadioField(_l("Asked whether to mediate"), default="")
    on = DayField(_l("On"), validators=[InputRequired()])
    time = TimeField(_l("At"), validators=[InputRequired()])
    result = TextAreaField(
        _l("Result"),
        description=_l("For example: rang out; number no longer in use; answers on Friday."),
        validators=[InputRequired(), Length(max=500)],
    )


class SuspendForm(PaperForm):
    """A pause for another cause than recusal, which is applied for on its own page and pauses by itself."""

    reason = RadioField(
        _l("Why it is suspended"),
        choices=options(
            {r: words for r, words in labels.SUSPENSION_REASON.items() if r is not SuspensionReason.RECUSAL}
        ),
        validators=[InputRequired()],
    )
    on = DayField(_l("From"), validators=[InputRequired()])
    note = TextAreaField(_l("Note"), validators=[Optional(), PROSE])

    @property
    def chosen(self) -> SuspensionReason:
        return SuspensionReason(self.reason.data)


class ResumeForm(PaperForm):
    on = DayField(_l("The cause ended on"), validators=[InputRequired()])


class ExtendForm(PaperForm):
    until = DayField(_l("New last day"), validators=[InputRequired()])
    agreed_on = DayField(_l("All parties agreed on"), validators=[InputRequired()])
    agreed_by = ManyField(_l("These parties agreed"), coerce=int)
    manner = RadioField(
        _l("How"),
        choices=options({"signed": _l("Signed by all"), "recorded": _l("Put into the minutes")}),
        default="signed",
        validators=[InputRequired()],
    )
    reason = TextAreaField(_l("Reason"), validators=[InputRequired(), PROSE])


class EndForm(PaperForm):
    code = RadioField(_l("Why the mediation ends"), validators=[InputRequired()])
    reason = TextAreaField(_l("Reason, in your words"), validators=[Optional(), PROSE])
    settled = BooleanField(_l("The parties settled among themselves (only with code 02)"))
    mediated = BooleanField(_l("They settled after mediation work (only with code 02)"))


class ReplaceForm(PaperForm):
    """A party's request for another mediator with the decision on it, or the court's own decision."""

    party_id = RadioField(_l("Who asks"), coerce=int, default=0)
    ground = RadioField(
        _l("The party's good reason"),
        description=_l("Only when a party asks. A tie to somebody is a matter of recusal, which has its own page."),
        choices=options({"": _l("No party asks"), **REPLACEMENT_GROUND}),
        default="",
    )
    reason = TextAreaField(
        _l("Why another mediator"),
        description=_l("What the party says, or why the court acts; kept with the dispute."),
        validators=[InputRequired(), PROSE],
    )
    outcome = RadioField(_l("Decision"), choices=options(REPLACEMENT_OUTCOME), default=ReplacementOutcome.GRANTED.value)
    will_not_choose = BooleanField(_l("The party was asked to choose from the list and refuses to choose"))

    @property
    def asked(self) -> Request:
        """The request as it was typed."""
        return Request(
            reason=self.reason.data or "",
            outcome=ReplacementOutcome(self.outcome.data),
            party_id=self.party_id.data or None,
            ground=ReplacementGround(self.ground.data) if self.ground.data else None,
            will_not_choose=bool(self.will_not_choose.data),
        )


class RejectForm(PaperForm):
    """A party does not accept the designated mediator."""

    party_id = RadioField(_l("Which party"), coerce=int, validators=[InputRequired()])
    manner = RadioField(_l("How it was said"), validators=[InputRequired()])
    minutes = TextAreaField(_l("What was said"), validators=[InputRequired(), PROSE])
    on = DayField(_l("On"), validators=[InputRequired()])

    @property
    def chosen(self) -> Manner:
        return Manner(self.manner.data)


class IssueForm(PaperForm):
    """One click: who, and how the choice was made."""

    mediator_id = HiddenField()
    organisation_id = HiddenField()
    choice = HiddenField()


class InsteadForm(PaperForm):
    """Somebody else than suggested, with the reason."""

    reason = TextAreaField(
        _l("Why this mediator and not the one suggested"),
        description=_l("Kept in the trail and shown to everybody who replays the choice."),
        validators=[InputRequired(), PROSE],
    )


class TogetherForm(PaperForm):
    """Ticked disputes of one creditor, and to whom."""

    dispute_ids = ManyField(_l("Disputes"), coerce=int)
    to = RadioField(_l("Mediator or organisation"), default="", choices=[])


class AcceptSeveralForm(PaperForm):
    """Ticked disputes to accept: for those with a tie to disclose, each is answered on its own page."""

    assignment_ids = ManyField(_l("Disputes"), coerce=int)
    on = DayField(_l("Signed for the material on"), validators=[InputRequired()])
    mediator_id = SelectField(_l("Who will mediate"))
    reason = TextAreaField(_l("Reason, when a member is named who is not suggested"), validators=[Optional(), PROSE])
    free_of_ties = BooleanField(
        _l("None of the grounds of recusal applies to any of the ticked disputes"),
        validators=[InputRequired(_l("Where a ground applies, answer that dispute on its own page and disclose it."))],
    )


def _weight(part: Part) -> IntegerField:
    return IntegerField(labels.PART_NAME[part], [InputRequired(), NumberRange(0, MOST_WEIGHT)])


class WeightsForm(BaseForm):
    """How much each part of the points weighs, and over which past days to try it. Sent by GET: it only asks."""

    class Meta(BaseForm.Meta):
        csrf = False

    strength = _weight(Part.STRENGTH)
    load = _weight(Part.LOAD)
    rest = _weight(Part.REST)
    distance = _weight(Part.DISTANCE)
    language = _weight(Part.LANGUAGE)
    success = _weight(Part.SUCCESS)
    rest_days = IntegerField(
        _l("Days after which waiting counts in full"), [InputRequired(), NumberRange(1, LONGEST_REST)]
    )
    margin = IntegerField(
        _l("Points behind the best within which the lot decides"), [InputRequired(), NumberRange(0, WIDEST_MARGIN)]
    )
    since = DayField(_l("Choices from"), [InputRequired()])
    until = DayField(_l("To"), [InputRequired()])

    @property
    def levers(self) -> Levers:
        """The weights as typed."""
        return Levers(**{one.name: int(getattr(self, one.name).data) for one in fields(Levers)})

    @property
    def period(self) -> tuple[date, date]:
        """First and last day, once the form is valid."""
        return self.since.data or clock.today(), self.until.data or clock.today()


class SetLeversForm(PaperForm):
    """The president's decision on weights that were tried."""

    # The version on which the decision was made, so that two who decide at once do not overwrite each other unseen.
    number = HiddenField()
    weights = HiddenField()
    valid_from = DayField(_l("From"), [InputRequired()])
    reason = TextAreaField(
        _l("Reason"),
        description=_l("Kept in the trail with every weight before and after."),
        validators=[InputRequired(), PROSE],
    )

    @property
    def levers(self) -> Levers:
        """The weights that were tried; ValueError when they were tampered with."""
        told = [int(one) for one in (self.weights.data or "").split("-")]
        names = [one.name for one in fields(Levers)]
        return Levers(**dict(zip(names, told, strict=True)))


CHANNELS = (Channel.PHONE, Channel.SMS, Channel.PAPER, Channel.E_MAIL)
