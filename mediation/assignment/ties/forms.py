"""Forms of the ledger of ties: shape only."""

from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from mediation.assignment.conflicts import DECLARED
from mediation.assignment.labels import FINDING
from mediation.assignment.rules import Finding
from mediation.assignment.ties import labels
from mediation.assignment.ties.ledger import TieData
from mediation.assignment.ties.recusing import Application
from mediation.assignment.ties.rules import KIND_OF_GROUND, TieKind
from mediation.documents.paper import PaperForm
from mediation.kernel.i18n import _l
from mediation.web.fields import DayField, options

PROSE = Length(max=2000)


class TieForm(PaperForm):
    """A tie with somebody: of what kind, with whom, since when."""

    kind = RadioField(_l("What kind of tie"), choices=options(labels.TIE_KIND), validators=[InputRequired()])
    other_name = StringField(
        _l("With whom"),
        description=_l("The full name of the person, the body or the firm."),
        validators=[InputRequired(), Length(max=200)],
    )
    is_organisation = BooleanField(_l("This is an organisation"))
    id_no = StringField(
        _l("Identity number or social credit code"),
        description=_l(
            "So that the person is recognised and nobody else of the same name. Only a keyed digest of it is kept."
        ),
        validators=[Optional(), Length(max=30)],
    )
    since = DayField(_l("Since"), validators=[Optional()])
    until = DayField(_l("Until"), description=_l("Leave it empty while the tie lasts."), validators=[Optional()])
    about = TextAreaField(_l("What the parties should know"), validators=[Optional(), PROSE])

    @property
    def told(self) -> TieData:
        """What was typed."""
        return TieData(
            kind=TieKind(self.kind.data),
            other_name=self.other_name.data or "",
            id_no=self.id_no.data or "",
            is_organisation=bool(self.is_organisation.data),
            about=self.about.data or "",
            since=self.since.data,
            until=self.until.data,
        )


class EndTieForm(PaperForm):
    """The tie is over."""

    PREFIX = "end-"

    on = DayField(_l("Ended on"), validators=[InputRequired()])


class StrikeForm(PaperForm):
    """The entry was wrong."""

    PREFIX = "strike-"

    reason = TextAreaField(
        _l("Why the entry is wrong"),
        description=_l("It stays to be read, struck through, with this reason; it no longer counts."),
        validators=[InputRequired(), PROSE],
    )


class AnswerForm(PaperForm):
    """Whether two of one name are one person."""

    is_same = RadioField(
        _l("Is it the same person?"),
        choices=options({"no": _l("No, another person of this name"), "yes": _l("Yes, the same person")}),
        validators=[InputRequired()],
    )
    reason = TextAreaField(
        _l("How this is known"),
        description=_l("For example: identity card seen; born in another year; the mediator was asked."),
        validators=[InputRequired(), PROSE],
    )


class ApplicationForm(PaperForm):
    """What a party says against the mediator, written down at the registry."""

    party_id = RadioField(_l("Which party"), coerce=int, validators=[InputRequired()])
    ground = RadioField(
        _l("On what ground"),
        choices=options({finding: FINDING[finding] for finding in DECLARED}),
        validators=[InputRequired()],
    )
    statement = TextAreaField(
        _l("What the party says"),
        description=_l("Facts and reasons, as the party told them."),
        validators=[InputRequired(), PROSE],
    )
    on = DayField(_l("Applied on"), validators=[InputRequired()])
    other_name = StringField(
        _l("With whom the tie is, if the party can say"),
        description=_l("Entered in the ledger of this mediator, and looked at in every later dispute."),
        validators=[Optional(), Length(max=200)],
    )
    id_no = StringField(_l("Identity number or social credit code"), validators=[Optional(), Length(max=30)])
    is_organisation = BooleanField(_l("This is an organisation"))

    @property
    def told(self) -> Application:
        """The application as it was typed."""
        ground = Finding(self.ground.data)
        tie = None
        if self.other_name.data:
            tie = TieData(
                KIND_OF_GROUND[ground],
                self.other_name.data,
                id_no=self.id_no.data or "",
                is_organisation=bool(self.is_organisation.data),
                about=self.statement.data or "",
            )
        return Application(self.party_id.data, ground, self.statement.data or "", tie)


class DecisionForm(PaperForm):
    """The decision on recusal, with its reasons."""

    decision = RadioField(_l("Decision"), choices=options(labels.DECISION), validators=[InputRequired()])
    reason = TextAreaField(
        _l("Reasons"), description=_l("They are printed in the decision."), validators=[InputRequired(), PROSE]
    )
