"""The base of every form: stripped input, protection against forged and doubled submission."""

import secrets
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flask import flash, g, has_request_context, request
from flask_wtf import FlaskForm
from wtforms import FieldList, FormField, HiddenField, PasswordField
from wtforms.fields import Field, StringField
from wtforms.meta import DefaultMeta
from wtforms.validators import InputRequired, StopValidation

from mediation.kernel.errors import DomainError, IllegalStep, Stale
from mediation.kernel.i18n import _, counted


class Words:
    """WTForms' own messages, from our catalogues."""

    def gettext(self, message: str) -> str:
        return _(message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return counted(singular, plural, n)


# How Word and web pages begin a new line.
LINE_ENDS = str.maketrans(dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n"))


def kept(character: str) -> str:
    """What becomes of one character: blanks of every width are a blank, what nobody sees or turns the writing round is none.

    Characters that this Python does not know yet are kept: a rare character of a name may be younger than it.
    """
    category = unicodedata.category(character)
    if character in "\n\r\t\u3000":
        return character
    if category == "Zs":
        return " "
    return "" if category in {"Cc", "Cf", "Cs"} else character


def strip(value: Any) -> Any:
    """Blanks around what was typed carry no meaning; control characters and direction marks never belong into a record."""
    if not isinstance(value, str):
        return value
    return "".join(map(kept, value.translate(LINE_ENDS))).strip()


def taken_out(text: str) -> list[str]:
    """The characters that `strip` takes out, each once."""
    return sorted({one for one in text.translate(LINE_ENDS) if not kept(one)})


def written_fields(fields: Iterable[Any]) -> Iterator[StringField]:
    """Every field with words, in the parts of a form too; secrets and what the page keeps for itself are not looked at."""
    for field in fields:
        if isinstance(field, FieldList):
            yield from written_fields(field.entries)
        elif isinstance(field, FormField):
            yield from written_fields(field.form)
        elif isinstance(field, StringField) and not isinstance(field, HiddenField | PasswordField):
            yield field


class Written(InputRequired):
    """Something was written: blanks alone are nothing."""

    def __call__(self, form: Any, field: Any) -> None:
        super().__call__(form, field)
        if field.data == "":
            raise StopValidation(self.message or field.gettext("This field is required."))


class BaseForm(FlaskForm):  # type: ignore[misc]
    """A page's form. `once` makes a doubled submission one record (DESIGN 8)."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            filters = list(unbound_field.kwargs.get("filters", []))
            if issubclass(unbound_field.field_class, StringField) and strip not in filters:
                options["filters"] = [strip, *filters]
            bound: Field = DefaultMeta.bind_field(self, form, unbound_field, options)
            return bound

        def get_translations(self, form: Any) -> Words:
            return Words()

    # Several forms of different kinds on one page keep their fields apart by this.
    PREFIX = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", self.PREFIX)
        super().__init__(*args, **kwargs)
        for field in self:
            if isinstance(field, StringField):
                field.validators = [Written(v.message) if type(v) is InputRequired else v for v in field.validators]

    once = HiddenField(default=lambda: secrets.token_urlsafe(18))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Whether every field has the right shape; the answer to a form that has not is no success."""
        fits = bool(super().validate(*args, **kwargs))
        if not fits and has_request_context() and request.method == "POST":
            g.form_refused = True
        self._tell_taken_out()
        return fits

    told_taken_out = False

    def _tell_taken_out(self) -> None:
        """What was taken out of the words is said, once: whoever pasted it may want to look."""
        if self.told_taken_out or not has_request_context():
            return
        self.told_taken_out = True
        found = []
        for field in written_fields(self):
            hidden = taken_out("".join(one for one in field.raw_data or () if isinstance(one, str)))
            if hidden:
                found.append(f"{field.label.text}{_(' (')}{', '.join(f'U+{ord(one):04X}' for one in hidden)}{_(')')}")
        if found:
            flash(
                _(
                    "Characters that nobody sees were taken out of what was pasted. Please read it once more: %(where)s",
                    where=_(", ").join(found),
                )
            )

    def submitted(self) -> bool:
        """Sent, and every field of the right shape."""
        return request.method == "POST" and bool(self.validate())

    def taken(self, act: Callable[[], object]) -> bool:
        """Sent, and the act done; what the law refuses is shown with what was typed."""
        if not self.submitted():
            return False
        try:
            act()
        except DomainError as refused:
            self.refuse(refused)
            return False
        return True

    def refuse(self, error: DomainError) -> None:
        """Show a refusal of the law beside its field, or above the form; what was typed stays."""
        if isinstance(error, IllegalStep | Stale):
            raise error
        field = self._fields.get(error.field)
        words = str(error.message)
        if field is not None:
            field.errors = [*field.errors, words]
        else:
            self.form_errors.append(words)
        self.refusal = error
        if has_request_context():
            g.form_refused = True

    refusal: DomainError | None = None
