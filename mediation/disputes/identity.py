"""Identity documents of persons and organisations: their shape, check digits and what they tell (DOMAIN 6.2)."""

import enum
import re
import unicodedata
from datetime import date

from mediation.disputes.rules import IdType, PartyKind, Sex

RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RESIDENT_CHECK = "10X98765432"
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
HMT_AREAS = frozenset({"810000", "820000", "830000"})
EARLIEST_BIRTH = date(1850, 1, 1)
MOBILE = re.compile(r"1[3-9]\d{9}")
LAWYER_LICENCE = re.compile(r"1\d{16}|")
LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}")

PATTERNS: dict[IdType, re.Pattern[str]] = {
    IdType.PASSPORT: re.compile(r"[A-Z][A-Z0-9]\d{7}"),
    IdType.FOREIGN_PASSPORT: re.compile(r"[A-Z0-9]{5,20}"),
    IdType.HK_MACAO_PERMIT: re.compile(r"[HM]\d{8}(\d{2})?"),
    IdType.TAIWAN_PERMIT: re.compile(r"\d{8}|\d{10}[A-Z]?"),
}
OF_ORGANISATIONS = frozenset({IdType.USCC})


class Fault(enum.StrEnum):
    """What is wrong with a number."""

    SHAPE = "shape"
    BIRTH = "birth"
    CHECK_DIGIT = "check_digit"
    AREA = "area"
    WRONG_KIND = "wrong_kind"


def normal(number: str) -> str:
    """As it is kept and compared: half-width, upper case, no blanks or dashes."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", number)).upper()


def normal_phone(number: str) -> str:
    """A phone without country code and blanks."""
    digits = re.sub(r"\s", "", unicodedata.normalize("NFKC", number))
    digits = re.sub(r"^(?:\+86|0086)-?", "", digits)
    return digits.replace("-", "") if MOBILE.fullmatch(digits.replace("-", "")) else digits


def phone_possible(number: str) -> bool:
    """A mobile number, or a landline with its area code."""
    return bool(MOBILE.fullmatch(number) or LANDLINE.fullmatch(number))


def fault(id_type: IdType, number: str, *, today: date, kind: PartyKind | None = None) -> Fault | None:
    """What is wrong with an identity number; None when nothing is."""
    if kind is not None and (kind is PartyKind.ORGANISATION) != (id_type in OF_ORGANISATIONS):
        return Fault.WRONG_KIND
    if id_type in PATTERNS:
        return None if PATTERNS[id_type].fullmatch(number) else Fault.SHAPE
    if id_type is IdType.USCC:
        return _uscc(number)
    if id_type is IdType.FOREIGNER_CARD and re.fullmatch(r"[A-Z]{3}\d{12}", number):
        return None
    return _resident(id_type, number, today)


def _resident(id_type: IdType, number: str, today: date) -> Fault | None:
    """GB 11643, with the area codes of the residence permit and the leading 9 of the card for foreigners."""
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return Fault.SHAPE
    if id_type is IdType.HMT_RESIDENCE and number[:6] not in HMT_AREAS:
        return Fault.AREA
    if id_type is IdType.FOREIGNER_CARD and number[0] != "9":
        return Fault.AREA
    born = birth_date(id_type, number)
    if born is None or not EARLIEST_BIRTH <= born <= today:
        return Fault.BIRTH
    total = sum(int(digit) * weight for digit, weight in zip(number, RESIDENT_WEIGHTS, strict=False))
    return None if RESIDENT_CHECK[total % 11] == number[-1] else Fault.CHECK_DIGIT


def _uscc(code: str) -> Fault | None:
    """GB 32100: 18 characters, the last one a check character."""
    if not re.fullmatch(f"[{USCC_ALPHABET}]{{18}}", code):
        return Fault.SHAPE
    total = sum(USCC_ALPHABET.index(char) * weight for char, weight in zip(code, USCC_WEIGHTS, strict=False))
    if USCC_ALPHABET[(31 - total % 31) % 31] != code[-1]:
        return Fault.CHECK_DIGIT
    return None


def birth_date(id_type: IdType, number: str) -> date | None:
    """The date of birth that stands in a number of 18 characters; None when none does."""
    if id_type not in TELLING or not re.fullmatch(r"\d{17}[\dX]", number):
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex(id_type: IdType, number: str) -> Sex | None:
    """Odd is male in the 17th place (GB 11643)."""
    if id_type not in TELLING or not re.fullmatch(r"\d{17}[\dX]", number):
        return None
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


TELLING = frozenset({IdType.RESIDENT, IdType.HMT_RESIDENCE, IdType.FOREIGNER_CARD})

# ---- a line as people paste it: name, phone, address --------------------------------------------------------------

LABELS = re.compile(
    r"(?:姓\s*名|名\s*称|收件人|联系人|联系电话|联系方式|电话|手机号?码?|身份证号?码?|身份证件号码|地\s*址|住址|住所地?|所在地区|详细地址)\s*[:：]\s*"
)
PHONE_INSIDE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}-\d{7,8})(?!\d)")
NUMBER_INSIDE = re.compile(r"(?<![0-9A-Za-z])(\d{17}[\dXx]|[0-9A-HJ-NP-RT-UW-Y]{18})(?![0-9A-Za-z])")
PLACE = re.compile(r"省|市|区|县|街道|路|街|镇|乡|村|小区|号")
COMPANY = re.compile(r"公司|中心|委员会|事务所|医院|学校|银行|厂|店|社$")


def split_line(text: str) -> dict[str, str]:
    """Take a pasted line apart into name, phone, identity number and address; parts that are not there are left out."""
    rest = LABELS.sub(" ", unicodedata.normalize("NFKC", text))
    found: dict[str, str] = {}
    for key, pattern in (("id_no", NUMBER_INSIDE), ("phone", PHONE_INSIDE)):
        hit = pattern.search(rest)
        if hit:
            found[key] = re.sub(r"[ ]", "", hit[1]).upper()
            rest = f"{rest[: hit.start()]} {rest[hit.end() :]}"
    words = [word for word in re.split(r"[\s,，;；、|]+", rest) if word]
    name = next((word for word in words if COMPANY.search(word)), None)
    if name is None:
        name = next((word for word in words if not PLACE.search(word)), None)
    if name is not None:
        found["name"] = name
        words.remove(name)
    if words:
        found["address"] = "".join(words)
    return found
