"""Case numbers (案号): their grammar, the type codes, and which code a confirmation carries (DOMAIN 6.1)."""

import enum
import re
import unicodedata
from dataclasses import dataclass
from datetime import date


class TypeCode(enum.StrEnum):
    """类型代字: what kind of case a number is for. At most three characters by rule, yet two in use have four (R6-02)."""

    FIRST_INSTANCE = "民初"
    PRE_FILING_MEDIATION = "诉前调"
    PRE_FILING_CONFIRMATION = "诉前调确"
    PRE_FILING_DOCUMENT = "诉前调书"
    SPECIAL = "民特"
    SPECIAL_REVIEW = "民特监"
    CONFIRMATION_2011 = "调确"
    PRESERVATION = "财保"
    PAYMENT_ORDER = "民督"
    PROTECTION_ORDER = "民保令"
    SECOND_INSTANCE = "民终"
    RETRIAL_REVIEW = "民申"
    RETRIAL = "民再"
    THIRD_PARTY_REVOCATION = "民撤"
    ENFORCEMENT = "执"
    PRESERVATION_ENFORCEMENT = "执保"


CONFIRMING = frozenset({TypeCode.PRE_FILING_CONFIRMATION, TypeCode.SPECIAL})

# U02: the two four-character codes were used from 2022 to 2024 for what followed pre-filing mediation.
PRE_FILING_CODES_FROM, PRE_FILING_CODES_UNTIL = date(2022, 1, 1), date(2024, 12, 31)

PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
GRAMMAR = re.compile(
    r"（(?P<year>(?:19|20)\d{2})）"
    r"(?P<court>最高法|军(?:\d{2})?(?:\d{2})?|兵(?:\d{2})?(?:\d{2})?|[" + PROVINCES + r"](?:\d{2}(?:\d{2})?)?)"
    r"(?P<type>[\u4e00-\u9fa5]{1,5})(?P<serial>[1-9]\d*)号(?:之(?P<sub>[一二三四五六七八九十]{1,3}))?"
)
# What people type into a search box: the brackets, the year or the court's code may be missing.
LOOSE = re.compile(
    r"(?:[（]?(?P<year>(?:19|20)\d{2})[）]?)?(?P<court>[\u4e00-\u9fa5]\d{2}(?:\d{2})?)?"
    r"(?P<type>[\u4e00-\u9fa5]{1,5})(?P<serial>[1-9]\d*)号?(?:之[一二三四五六七八九十]{1,3})?"
)
BRACKETS = str.maketrans("()[]〔〕【】［］﹙﹚", "（）（）（）（）（）（）")


@dataclass(frozen=True)
class Parsed:
    """A case number taken apart."""

    year: int
    court_code: str
    type_code: TypeCode
    serial: int
    sub: str = ""

    @property
    def canonical(self) -> str:
        """With full-width brackets, without the number of a document within the case."""
        return write(self.year, self.court_code, self.type_code, self.serial)


@dataclass(frozen=True)
class Fragment:
    """As much of a case number as somebody typed."""

    type_code: TypeCode
    serial: int
    year: int | None = None
    court_code: str | None = None


def normal(text: str) -> str:
    """Half-width digits, full-width round brackets, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(BRACKETS)


def parse(text: str) -> Parsed | None:
    """Read a complete case number in any bracket style; None when it is not one (R6-06)."""
    found = GRAMMAR.fullmatch(normal(text))
    if found is None or found["type"] not in set(TypeCode):
        return None
    return Parsed(int(found["year"]), found["court"], TypeCode(found["type"]), int(found["serial"]), found["sub"] or "")


def fragment(text: str) -> Fragment | None:
    """Read an incomplete case number such as 诉前调12 or 2026民初7号; None when it is not one."""
    found = LOOSE.fullmatch(normal(text))
    if found is None or found["type"] not in set(TypeCode):
        return None
    year = int(found["year"]) if found["year"] else None
    return Fragment(TypeCode(found["type"]), int(found["serial"]), year, found["court"])


def write(year: int, court_code: str, type_code: str, serial: int) -> str:
    """The canonical form: （2026）鲁0102民初10195号."""
    return f"（{year}）{court_code}{type_code}{serial}号"


def confirm_type_code(on: date, route: str | None) -> TypeCode:
    """The code of a confirmation accepted on a day (U02): 诉前调确 after delegated mediation in 2022-2024, else 民特."""
    if route == "A" and PRE_FILING_CODES_FROM <= on <= PRE_FILING_CODES_UNTIL:
        return TypeCode.PRE_FILING_CONFIRMATION
    return TypeCode.SPECIAL
