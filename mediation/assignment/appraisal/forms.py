"""The application for an appraisal: shape only."""

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from mediation.assignment.appraisal import labels
from mediation.assignment.appraisal.rules import AppraisalGroup
from mediation.assignment.appraisal.services import Application
from mediation.assignment.forms import ManyField
from mediation.documents.paper import PaperForm
from mediation.kernel.i18n import _l
from mediation.web.fields import options

PROSE = Length(max=2000)


class AppraisalForm(PaperForm):
    """Who applies, who consents, what is to be found out, on which material, who pays in advance."""

    applicant_id = RadioField(_l("Who applies"), coerce=int, validators=[InputRequired()])
    consenting = ManyField(
        _l("These parties consent"),
        description=_l("All others must consent; they sign the application."),
        coerce=int,
        validators=[Optional()],
    )
    group = RadioField(
        _l("What the dispute is about"), choices=options(labels.APPRAISAL_GROUP), validators=[InputRequired()]
    )
    matter = TextAreaField(_l("What is to be appraised"), validators=[InputRequired(), PROSE])
    facts = TextAreaField(_l("Facts, and why an appraisal is needed"), validators=[InputRequired(), PROSE])
    materials = TextAreaField(_l("Material for the appraisal"), validators=[InputRequired(), PROSE])
    institution = StringField(
        _l("Proposed institution"),
        description=_l("Leave it empty when the court is to choose."),
        validators=[Optional(), Length(max=200)],
    )
    prepaid_by_id = RadioField(_l("Who pays the fee in advance"), coerce=int, validators=[InputRequired()])

    @property
    def told(self) -> Application:
        """What was typed."""
        return Application(
            applicant_id=self.applicant_id.data,
            consenting=self.consenting.data or [],
            group=AppraisalGroup(self.group.data),
            matter=self.matter.data or "",
            facts=self.facts.data or "",
            materials=self.materials.data or "",
            institution=self.institution.data or "",
            prepaid_by_id=self.prepaid_by_id.data,
        )
