"""Which columns a sheet of bodies or of mediators has, and how each cell is read."""

import enum
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wtforms import ValidationError

from mediation.kernel.i18n import CHINESE, ENGLISH, _l, force_locale
from mediation.kernel.sheets import FORMULA_STARTS
from mediation.roster import labels
from mediation.web.fields import FULL_WIDTH, check_phone, check_uscc, parse_day, resident_birth

LONGEST = 2000
MOST_OPEN = 500
SEPARATORS = re.compile(r"[、,，;；\n]+")

MISSING = _l("This cell must be filled.")
TOO_LONG = _l("At most %(n)s characters.")
NOT_ONE_OF = _l("Write one of: %(words)s.")
NO_NUMBER = _l("Write a whole number from 1 to 500.")


class SheetKind(enum.StrEnum):
    """What a sheet lists."""

    BODIES = "bodies"
    MEDIATORS = "mediators"


class Unfit(ValueError):
    """What is wrong with a cell, in words for the one who filled it."""


@dataclass(frozen=True)
class Column:
    """One column: its name in the entry, its heading, an example, and how a cell is read."""

    name: str
    label: Any
    read: Callable[[str], Any]
    example: str = ""
    required: bool = False


def text_of(value: object) -> str:
    """A cell as somebody typed it: days and whole numbers without what the program adds."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    told = str(value).strip()
    # What an export has disarmed is read back as it was.
    return told[1:] if told.startswith("'") and told[1:].startswith(FORMULA_STARTS) else told


def _short(most: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > most:
            raise Unfit(str(TOO_LONG) % {"n": most})
        return text

    return read


def _spoken(words: Mapping[Any, Any]) -> dict[str, Any]:
    """Each word of either language, with what it means."""
    found: dict[str, Any] = {}
    for locale in (CHINESE, ENGLISH):
        with force_locale(locale):
            found |= {str(word): value for value, word in words.items()}
    return found


def _one_of(words: Mapping[Any, Any]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        known = _spoken(words)
        if text not in known:
            raise Unfit(str(NOT_ONE_OF) % {"words": "、".join(str(word) for word in words.values())})
        return known[text]

    return read


def parts(text: str) -> list[str]:
    """The entries of a cell that lists several."""
    return [one.strip() for one in SEPARATORS.split(text) if one.strip()]


def _several(words: Mapping[Any, Any]) -> Callable[[str], list[Any]]:
    one = _one_of(words)
    return lambda text: [one(part) for part in parts(text)]


def _checked(check: Callable[[str], object], *, upper: bool = False) -> Callable[[str], str]:
    def read(text: str) -> str:
        told = text.translate(FULL_WIDTH).replace(" ", "")
        told = told.upper() if upper else told
        if told:
            try:
                check(told)
            except ValidationError as wrong:
                raise Unfit(str(wrong)) from wrong
        return told

    return read


def _day(text: str) -> date | None:
    try:
        return parse_day(text.translate(FULL_WIDTH)) if text else None
    except ValueError as wrong:
        raise Unfit(str(wrong)) from wrong


def _most(text: str) -> int:
    if not text:
        return 30
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= MOST_OPEN:
        raise Unfit(str(NO_NUMBER))
    return int(text)


BODY_COLUMNS = (
    Column("name", _l("Name"), _short(100), "样例街道人民调解委员会", required=True),
    Column("kind", _l("Kind"), _one_of(labels.ORGANISATION_KIND), "人民调解委员会", required=True),
    Column("credit_code", _l("Unified social credit code"), _checked(check_uscc, upper=True)),
    Column("place", _l("Stands for"), _short(100), "东关街道"),
    Column("address", _l("Address"), _short(200), "样例路1号"),
    Column("phone", _l("Telephone"), _checked(check_phone), "0531-00000000"),
    Column("scope", _l("Disputes it accepts"), _short(LONGEST), "民间纠纷"),
    Column("fee_mode", _l("Fee"), _one_of(labels.FEE_MODE), "不收费", required=True),
    Column("tariff", _l("Published tariff"), _short(LONGEST)),
    Column("agreement_on", _l("Agreement signed on"), _day, "2026-01-01"),
    Column("agreement_until", _l("Agreement runs until"), _day, "2028-12-31"),
    Column("listed_by", _l("On the list of a higher court"), _short(100)),
    Column("consented_on", _l("Consents to serve here since"), _day),
    Column("accepted_causes", _l("Only disputes of these causes"), parts, "物业服务合同纠纷、房屋租赁合同纠纷"),
)
MEDIATOR_COLUMNS = (
    Column("name", _l("Full name"), _short(50), "张某", required=True),
    Column("category", _l("Category"), _one_of(labels.CATEGORY), "特邀调解员", required=True),
    Column("body", _l("Organisation"), _short(100)),
    Column("place", _l("Stands for"), _short(100), "东关街道"),
    Column("id_no", _l("Resident identity number"), _checked(resident_birth, upper=True)),
    Column("profession", _l("Profession"), _short(100), "律师"),
    Column("employer", _l("Employer"), _short(100)),
    Column("firm", _l("Law firm"), _short(100)),
    Column("phone", _l("Telephone"), _checked(check_phone), "13800000000"),
    Column("address", _l("Address"), _short(200)),
    Column("strengths", _l("Strong in"), parts, "物业服务合同纠纷、房屋租赁合同纠纷"),
    Column("languages", _l("Languages"), _several(labels.LANGUAGE), "普通话"),
    Column("certificate_no", _l("Certificate number"), _short(64), "LX-900", required=True),
    Column("certificate_expires_on", _l("Certificate valid until"), _day, "2029-12-31", required=True),
    Column("max_open", _l("Open disputes at most"), _most, "30"),
    Column("introduction", _l("Introduction"), _short(LONGEST)),
    Column("listed_by", _l("On the list of a higher court"), _short(100)),
    Column("consented_on", _l("Consents to serve here since"), _day),
    Column("panels", _l("Special panels"), parts),
)
COLUMNS: dict[SheetKind, tuple[Column, ...]] = {
    SheetKind.BODIES: BODY_COLUMNS,
    SheetKind.MEDIATORS: MEDIATOR_COLUMNS,
}


def is_heading(column: Column, text: str) -> bool:
    """Whether a heading is this column's, in either language."""
    return text.removesuffix("*").strip() in _spoken({column.name: column.label})
