"""What a yearly holiday notice says once it is read, what can be wrong with it, and what every notice must satisfy."""

import enum
from dataclasses import dataclass, field
from datetime import date

from mediation.periods.calendar import FIXED, SATURDAY, Entry, Holiday, Kind, lunar

FIRST_YEAR, LAST_YEAR = 2004, 2099
# Since the Measures of 2007 these are days off for everybody each year (S31 art. 2).
EVERY_YEAR = tuple(h for h in Holiday if h is not Holiday.VICTORY_DAY)
SEVEN_SINCE = 2008
# Thirteen days since 2025: Spring Festival's eve and the second of May were added (S31 art. 2).
THIRTEEN_SINCE = 2025
DECEMBER = 12
LONGEST_TEXT = 20_000
MOST_ROWS = 200


class Mistake(enum.StrEnum):
    """What is wrong with a notice, so that nothing of it is taken over."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_YEAR = "no_year"
    OTHER_YEAR = "other_year"
    NOT_UNDERSTOOD = "not_understood"
    NO_FESTIVAL = "no_festival"
    NO_KIND = "no_kind"
    NO_SUCH_DAY = "no_such_day"
    WRONG_WEEKDAY = "wrong_weekday"
    WRONG_COUNT = "wrong_count"
    BACKWARDS = "backwards"
    TWICE = "twice"
    WORK_ON_WORKDAY = "work_on_workday"
    FAR_AWAY = "far_away"
    FESTIVAL_MISSING = "festival_missing"
    STATUTORY_DAY_MISSING = "statutory_day_missing"


@dataclass(frozen=True)
class Flaw:
    """One mistake: at which line or cell, about which words, and what was to be expected."""

    mistake: Mistake
    place: str = ""
    text: str = ""
    expected: str = ""


@dataclass
class Reading:
    """What a notice says. With flaws it says nothing that may be used."""

    # 0 as long as it is not known.
    year: int = 0
    title: str = ""
    published_on: date | None = None
    # The festivals that the items of a text are about; a table has none.
    items: set[Holiday] = field(default_factory=set)
    found: list[tuple[str, Entry]] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)

    @property
    def entries(self) -> list[Entry]:
        return sorted(entry for _place, entry in self.found)

    def refuse(self, mistake: Mistake, place: str = "", text: str = "", expected: str = "") -> None:
        flaw = Flaw(mistake, place, text, expected)
        if flaw not in self.flaws:
            self.flaws.append(flaw)

    def is_wrong_at(self, place: str) -> bool:
        return any(flaw.place == place for flaw in self.flaws)


WORDS = {
    "元旦": Holiday.NEW_YEAR,
    "新年": Holiday.NEW_YEAR,
    "春节": Holiday.SPRING_FESTIVAL,
    "清明节": Holiday.QINGMING,
    "清明": Holiday.QINGMING,
    "劳动节": Holiday.LABOUR_DAY,
    "国际劳动节": Holiday.LABOUR_DAY,
    "五一": Holiday.LABOUR_DAY,
    "端午节": Holiday.DRAGON_BOAT,
    "端午": Holiday.DRAGON_BOAT,
    "中秋节": Holiday.MID_AUTUMN,
    "中秋": Holiday.MID_AUTUMN,
    "国庆节": Holiday.NATIONAL_DAY,
    "国庆": Holiday.NATIONAL_DAY,
    "抗战胜利纪念日": Holiday.VICTORY_DAY,
    "抗日战争胜利纪念日": Holiday.VICTORY_DAY,
}
CHINESE = {holiday: word for word, holiday in reversed(WORDS.items())}
KIND_WORDS = {
    **dict.fromkeys(("放假", "休", "休息", "假日", "节假日", "放假调休"), Kind.HOLIDAY),
    **dict.fromkeys(("上班", "班", "补班", "调休上班", "工作日"), Kind.MAKEUP_WORKDAY),
    Kind.HOLIDAY.value: Kind.HOLIDAY,
    Kind.MAKEUP_WORKDAY.value: Kind.MAKEUP_WORKDAY,
}
WEEKDAYS = "一二三四五六日"


def checked(told: Reading) -> Reading:
    """The same with the mistakes that only all of it together shows."""
    if not FIRST_YEAR <= told.year <= LAST_YEAR:
        told.refuse(Mistake.OTHER_YEAR, "", str(told.year), f"{FIRST_YEAR}–{LAST_YEAR}")
        return told
    seen: dict[date, str] = {}
    for place, entry in told.found:
        if entry.day in seen:
            told.refuse(Mistake.TWICE, place, entry.day.isoformat(), seen[entry.day])
        seen.setdefault(entry.day, place)
        if entry.kind is Kind.MAKEUP_WORKDAY and entry.day.weekday() < SATURDAY:
            told.refuse(Mistake.WORK_ON_WORKDAY, place, entry.day.isoformat(), f"周{WEEKDAYS[entry.day.weekday()]}")
        if not near(entry.day, told.year):
            told.refuse(Mistake.FAR_AWAY, place, entry.day.isoformat(), str(told.year))
    if not told.found and not told.flaws:
        told.refuse(Mistake.EMPTY)
    elif not told.flaws:
        _complete(told, told.year)
    return told


def near(day: date, year: int) -> bool:
    """A notice speaks of its own year, or of the December before it."""
    return day.year == year or (day.year == year - 1 and day.month == DECEMBER)


def _complete(told: Reading, year: int) -> None:
    """No festival is left out, and every statutory day off is one (S31 art. 2)."""
    off = {entry.day for _place, entry in told.found if entry.kind is Kind.HOLIDAY}
    named = {entry.name for _place, entry in told.found if entry.kind is Kind.HOLIDAY}
    statutory = {date(year, *at): name for at, name in FIXED.items() if at != (5, 2) or year >= THIRTEEN_SINCE}
    statutory |= {day: name for day, name in lunar().items() if day.year == year}
    if told.items:
        named = told.items
    elif Holiday.MID_AUTUMN not in statutory.values():
        # Of a year whose lunar calendar is not held, a table may hide Mid-Autumn among the days of National Day.
        named.add(Holiday.MID_AUTUMN)
    for name in EVERY_YEAR if year >= SEVEN_SINCE else ():
        if name not in named and not any(statutory[day] is name for day in off & statutory.keys()):
            told.refuse(Mistake.FESTIVAL_MISSING, "", CHINESE[name])
    if told.flaws:
        return
    for day in sorted(statutory.keys() - off):
        told.refuse(Mistake.STATUTORY_DAY_MISSING, "", day.isoformat(), CHINESE[statutory[day]])


def made(year: int, month: int, day: int) -> date | None:
    """The day of these numbers; None when the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
