"""Giving a turn, entering the code, signing, refusing."""

import json
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from mediation.agreements.turns import labels, rules
from mediation.agreements.turns.rules import Check
from mediation.documents.paper import PaperForm
from mediation.kernel.i18n import _, _l
from mediation.web.fields import FULL_WIDTH
from mediation.web.forms import BaseForm


class TurnForm(PaperForm):
    """To whom a turn is given, and how the person is known."""

    PREFIX = "turn-"

    signer = SelectField(_l("Who signs"), coerce=int, validators=[InputRequired()])
    agent = SelectField(_l("An agent signs for the party"), validators=[Optional()])
    check = RadioField(
        _l("How the person is known"),
        default=Check.DOCUMENT.value,
        validators=[InputRequired()],
    )
    seen = StringField(
        _l("Identity document compared"),
        description=_l("Kind and last four characters, for example: identity card 002X. Needed when you compare it."),
        validators=[Length(max=60)],
    )

    def validate_seen(self, field: StringField) -> None:
        needed = {Check.DOCUMENT.value, Check.CODE_IN_PERSON.value}
        if self.check.data in needed and not field.data:
            raise ValidationError(_("Say which identity document was compared."))


class CodeForm(BaseForm):
    """The six digits."""

    code = StringField(
        _l("Code for signing"),
        validators=[InputRequired(), Length(max=20)],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )

    def digits(self) -> str:
        """What was typed, however it was spaced."""
        return "".join(sign for sign in (self.code.data or "").translate(FULL_WIDTH) if sign.isdigit())


class SignForm(PaperForm):
    """The drawing, which bytes were read, and that the person means it."""

    PREFIX = "sign-"

    document = HiddenField(validators=[Length(max=64)])
    strokes = HiddenField(_l("Drawn signature"))
    has_read = BooleanField(_l("I have read the whole document and agree to it."), validators=[InputRequired()])
    electronic = BooleanField(
        _l("I sign it electronically, and know that it counts like my signature on paper."),
        validators=[InputRequired()],
    )

    drawn: Any = None

    def validate_strokes(self, field: HiddenField) -> None:
        try:
            self.drawn = rules.read_strokes(json.loads(field.data or "[]"))
        except (ValueError, RecursionError):
            self.drawn = None
        if self.drawn is None:
            raise ValidationError(labels.NOT_DRAWN)


class RefuseForm(PaperForm):
    """Why somebody will not sign."""

    PREFIX = "refuse-"

    reason = TextAreaField(
        _l("Reason for refusing"), validators=[InputRequired(), Length(max=500)], render_kw={"rows": 2}
    )
