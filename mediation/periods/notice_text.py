"""Reading a holiday notice's own text: one numbered item a festival, the days off, how many, and the days of work."""

import re
from collections.abc import Iterator
from datetime import date

from mediation.periods.calendar import FIXED, ONE_DAY, Entry, Holiday, Kind, days, lunar
from mediation.periods.noticed import DECEMBER, WEEKDAYS, WORDS, Mistake, Reading, checked, made

_NAME = "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True))
_NUMBER = r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）]?\s*[、.．]?\s*)?"
_HEAD = re.compile(
    rf"\s*{_NUMBER}[“\"]?(?P<names>(?:{_NAME})(?:[”\"]?(?:、|和|及|与|暨)[“\"]?(?:{_NAME}))*)[”\"]?\s*[：:]"
)
_DAY = re.compile(
    r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日(?:\s*[（(](?P<said>[^）)]*)[）)])?"
)
_SAID = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_THROUGH = re.compile(r"\s*(?:至|到|—+|–|-|~|～)\s*")
_REST = re.compile(r"放假|公休|连休|休息|补休")
_WORK = re.compile(r"上班|工作")
_COUNT = re.compile(r"(?:共|放假)\s*(\d{1,2})\s*天")
_TITLE = re.compile(r"(?:国务院办公厅)?关于\s*(\d{4})\s*年部分节假日安排的(?:通知|补充通知)")
_PUBLISHED = re.compile(r"\s*(?:国务院办公厅)?\s*(\d{4})年(\d{1,2})月(\d{1,2})日\s*")
# Between the days of one list; anything else that is left over was not understood.
_FILLING = re.compile(
    r"[、和及与\s]|调休|放假|公休|连休|休息|补休|上班|工作|照常|正常|不|与周末|共\s*\d{1,2}\s*天|\d{1,2}\s*天|，|,|均|为|日期"
)


class TextReader:
    """One reading of a notice's text."""

    def __init__(self, year: int) -> None:
        self.told = Reading(year)
        self.names: list[Holiday] = []

    def read(self, lines: list[tuple[str, str]]) -> Reading:
        self._title(lines)
        if not self.told.year:
            self.told.refuse(Mistake.NO_YEAR)
        if self.told.flaws:
            # With the wrong year each weekday would be wrong too: the one mistake is told, not all that follow from it.
            return self.told
        for place, line in lines:
            self._line(place, line)
        return checked(self.told)

    def _title(self, lines: list[tuple[str, str]]) -> None:
        for place, line in lines:
            if named := _TITLE.search(line):
                found = int(named[1])
                if self.told.year and self.told.year != found:
                    self.told.refuse(Mistake.OTHER_YEAR, place, str(found), str(self.told.year))
                self.told.year = self.told.year or found
                self.told.title = self.told.title or f"国务院办公厅关于{found}年部分节假日安排的通知"
            elif stamped := _PUBLISHED.fullmatch(line):
                self.told.published_on = made(*map(int, stamped.groups()))

    def _line(self, place: str, line: str) -> None:
        head = _HEAD.match(line)
        if head:
            self.names = [WORDS[name] for name in re.findall(_NAME, head["names"])]
            self.told.items.update(self.names)
            line = line[head.end() :]
        elif _TITLE.search(line) or _PUBLISHED.fullmatch(line) or not _DAY.search(line):
            return
        if not self.names:
            self.told.refuse(Mistake.NO_FESTIVAL, place, line.strip()[:40])
            return
        for sentence in _parts(line, "。；;"):
            if sentence.strip():
                self._sentence(place, sentence)

    def _sentence(self, place: str, sentence: str) -> None:
        """Days off and days of work, and the count the sentence gives itself."""
        pending: list[date] = []
        off = 0
        for clause in _parts(sentence, "，,"):
            pending += self._days(place, clause)
            bare = re.sub(r"[（(][^）)]*[）)]", "", clause)
            rest, work = _REST.search(bare), _WORK.search(bare)
            if pending and bool(rest) != bool(work):
                off += len(pending) if rest else 0
                self._keep(place, pending, Kind.HOLIDAY if rest else Kind.MAKEUP_WORKDAY)
                pending = []
            elif rest and work:
                self.told.refuse(Mistake.NOT_UNDERSTOOD, place, clause.strip()[:40])
                pending = []
        if pending:
            self.told.refuse(Mistake.NOT_UNDERSTOOD, place, sentence.strip()[:40])
        said = _COUNT.search(sentence)
        if off and said and int(said[1]) != off and not self.told.is_wrong_at(place):
            self.told.refuse(Mistake.WRONG_COUNT, place, said[0], str(off))

    def _days(self, place: str, clause: str) -> list[date]:
        """The days a clause names, ranges spelt out."""
        named, found, last, month = list(_DAY.finditer(clause)), list[date](), 0, None
        left = ""
        through = False
        for n, part in enumerate(named):
            between = clause[last : part.start()]
            through = bool(n and _THROUGH.fullmatch(between))
            left += "" if through else between
            last = part.end()
            month = int(part["month"]) if part["month"] else month
            day = self._day(place, part, month, named[n + 1] if n + 1 < len(named) else None)
            if day is None:
                continue
            if through and found:
                if day <= found[-1]:
                    self.told.refuse(Mistake.BACKWARDS, place, clause[: part.end()].strip()[-40:])
                    continue
                found += days(found[-1] + ONE_DAY, day)
            else:
                found.append(day)
        left += clause[last:]
        if named and _FILLING.sub("", re.sub(r"[（(][^）)]*[）)]", "", left)):
            self.told.refuse(Mistake.NOT_UNDERSTOOD, place, clause.strip()[:40])
        return found

    def _day(
        self, place: str, part: "re.Match[str]", month: int | None, following: "re.Match[str] | None"
    ) -> date | None:
        year = int(part["year"]) if part["year"] else self.told.year
        # "12月31日至1月2日": the New Year holiday begins in the year before.
        turns = following is not None and following["month"] in {"1", "01"} and month == DECEMBER
        if not part["year"] and turns and Holiday.NEW_YEAR in self.names:
            year -= 1
        day = made(year, month, int(part["day"])) if month else None
        if day is None:
            self.told.refuse(Mistake.NO_SUCH_DAY, place, part[0])
            return None
        said = _SAID.search(part["said"] or "")
        if said and WEEKDAYS.index(said[1].replace("天", "日")) != day.weekday():
            self.told.refuse(Mistake.WRONG_WEEKDAY, place, part[0], f"周{WEEKDAYS[day.weekday()]}")
        return day

    def _keep(self, place: str, found: list[date], kind: Kind) -> None:
        for day in found:
            self.told.found.append((place, Entry(day, kind, self._name(day, kind), self.told.year)))

    def _name(self, day: date, kind: Kind) -> Holiday:
        """Two festivals may share one holiday: each keeps its own day."""
        own = FIXED.get((day.month, day.day)) or lunar().get(day)
        return own if kind is Kind.HOLIDAY and own in self.names else self.names[0]


def _parts(text: str, marks: str) -> Iterator[str]:
    """Split at the marks, but not inside brackets."""
    depth, begin = 0, 0
    for n, sign in enumerate(text):
        depth += (sign in "（(") - (sign in "）)")
        if sign in marks and depth <= 0:
            yield text[begin:n]
            begin = n + 1
    yield text[begin:]
