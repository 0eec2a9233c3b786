"""The base of every form: stripped input, protection against forged and doubled submission."""

import secrets
from collections.abc import Callable
from typing import Any

from flask import g, has_request_context, request
from flask_wtf import FlaskForm
from wtforms import HiddenField
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


def strip(value: Any) -> Any:
    """Blanks around what was typed carry no meaning; control characters never belong into a record."""
    if not isinstance(value, str):
        return value
    return "".join(c for c in value if c in "\n\r\t" or c.isprintable() or c == "\u3000").strip()


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
        return fits

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
