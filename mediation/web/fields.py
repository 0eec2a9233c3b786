"""Shared fields and checks of shape: identity numbers, phones, amounts, dates as people type them (DOMAIN 6.2)."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from stdnum.cn import ric
from wtforms import DateField, StringField, ValidationError
from wtforms.fields import choices as wtforms_choices
from wtforms.widgets import TextInput

from mediation.kernel import clock
from mediation.kernel.i18n import _, _l

MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}")
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－Ｘｘ", "0123456789.,-XX")
WORDS_FOR_DAYS = {"昨天": -1, "今天": 0, "明天": 1, "后天": 2, "yesterday": -1, "today": 0, "tomorrow": 1}
# Nobody alive was born before; no performance is promised beyond. Outside, days can no longer be counted.
FIRST_YEAR, LAST_YEAR = 1850, 2149
LONGEST_PART = 4
YUAN_MOST = Decimal("999999999999.99")


# The types lag behind the library.
SelectChoice: Any = wtforms_choices.SelectChoice  # type: ignore[attr-defined]


def options(words: Mapping[Any, Any]) -> list[Any]:
    """The choices of a field: each value with its words."""
    return [SelectChoice(str(value), label) for value, label in words.items()]


def resident_birth(number: str) -> date:
    """The birth date in a resident identity number; ValidationError names what is wrong (GB 11643)."""
    number = number.upper()
    if not re.fullmatch(r"\d{17}[\dX]", number):
        raise ValidationError(_("A resident identity number has 18 characters: 17 digits and a digit or X."))
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as error:
        raise ValidationError(_("Digits 7 to 14 are not a date of birth.")) from error
    if born > clock.today() or born.year < 1850:  # noqa: PLR2004 nobody alive was born before
        raise ValidationError(_("Digits 7 to 14 are not a possible date of birth."))
    if ric.calc_check_digit(number) != number[-1]:
        raise ValidationError(_("The check digit is wrong (GB 11643): compare the last character with the card."))
    return born


def resident_is_male(number: str) -> bool:
    """Sex by the 17th digit: odd is male (GB 11643)."""
    return int(number[16]) % 2 == 1


def check_uscc(code: str) -> None:
    """A unified social credit code with its check character (GB 32100)."""
    if len(code) != 18 or any(c not in USCC_ALPHABET for c in code):  # noqa: PLR2004 length by the standard
        raise ValidationError(_("A unified social credit code has 18 characters without I, O, S, V, Z."))
    total = sum(USCC_ALPHABET.index(c) * w for c, w in zip(code, USCC_WEIGHTS, strict=False))
    if USCC_ALPHABET[(31 - total % 31) % 31] != code[-1]:
        raise ValidationError(_("The check character is wrong (GB 32100): compare the code with the licence."))


def check_phone(number: str) -> None:
    """A mobile number or a landline with area code."""
    if not (MOBILE.fullmatch(number) or LANDLINE.fullmatch(number)):
        raise ValidationError(_("Give a mobile number of 11 digits, or a landline with its area code."))


class PhoneField(StringField):
    """A phone number; blanks and full-width digits are understood."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = (self.data or "").translate(FULL_WIDTH).replace(" ", "")

    def pre_validate(self, form: Any) -> None:
        if self.data:
            check_phone(self.data)


class YuanField(StringField):
    """An amount typed in yuan, kept in fen. Shown in capitals beside the field."""

    data: Any

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("render_kw", {"inputmode": "decimal", "data-capitals": "1", "autocomplete": "off"})
        super().__init__(label, validators, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{Decimal(self.data) / 100:.2f}"

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0] if valuelist else "").strip().translate(FULL_WIDTH)
        text = text.replace(",", "").replace("，", "").removesuffix("元")
        self.data = None
        if not text:
            return
        try:
            yuan = Decimal(text)
        except InvalidOperation as error:
            raise ValueError(_("Write the amount in yuan, for example 1200 or 1200.50.")) from error
        if not yuan.is_finite() or yuan < 0 or yuan > YUAN_MOST or yuan != yuan.quantize(Decimal("0.01")):
            raise ValueError(_("An amount is not negative and has at most two decimals."))
        self.data = int(yuan * 100)


class DayField(DateField):
    """A date as people type it: 2026-03-02, 20260302, 3.2, 3月2日, 明天."""

    # A browser's own date box takes only full dates in its own order; a text box takes what people write.
    widget = TextInput()

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("render_kw", {"data-day": "1", "autocomplete": "off"})
        super().__init__(label, validators, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0] if valuelist else "").strip().translate(FULL_WIDTH)
        self.data = None
        if text:
            self.data = parse_day(text)


def parse_day(text: str) -> date:
    """Read a date in the ways people write it; ValueError with advice when it is none."""
    today = clock.today()
    if text in WORDS_FOR_DAYS:
        return today + timedelta(days=WORDS_FOR_DAYS[text])
    found = re.findall(r"\d+", text)
    if re.fullmatch(r"\d{8}", text):
        found = [text[:4], text[4:6], text[6:]]
    if len(found) == 2:  # noqa: PLR2004 month and day: of this year
        found = [str(today.year), *found]
    day = _day(found)
    if day is None:
        raise ValueError(str(_l("Write the date like 2026-03-02 or 20260302.")))
    return day


def _day(parts: list[str]) -> date | None:
    """Year, month and day as a date that can be reckoned with; None when they are none."""
    if len(parts) != 3 or any(len(part) > LONGEST_PART for part in parts):  # noqa: PLR2004 year, month, day
        return None
    try:
        day = date(*map(int, parts))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
