"""The sources of law the court applies: what they are called, and what each article says.

Code cites them in short, ``cite("S4 art. 27; CPL art. 205")``; pages and documents show the citation in the
court's own form, 《关于人民法院特邀调解的规定》第二十七条, with the words of the article where the text is held.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).parent / "law"

ALIASES = {
    "CPL": "S1",
    "PML": "S3",
    "PIPL": "S32",
    "Archives Law": "S32A",
    "Archives Regulation": "S32B",
    "Civil Code": "CC",
}

_DIGITS = "零一二三四五六七八九"
_VALUES = {**{sign: value for value, sign in enumerate(_DIGITS)}, "〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_HEADING = re.compile(r"^[\s\u3000]*第([〇零一二三四五六七八九十百千]+)条[\s\u3000]*(.*)$")
_ITEM = re.compile(r"^（([一二三四五六七八九十]+)）")

_SOURCE = r"S\d{1,2}[AB]?|CPL|PIPL|PML|CC|Civil Code|Archives Law|Archives Regulation"
_ONE = r"\d+(?:\s*\(\d+\))*(?:\s*[-–—]\s*\d+)?"
_CITATION = re.compile(
    rf"(?P<source>{_SOURCE})"
    rf"(?:\s*(?P<unit>arts?\.?|points?)?[\s-]*(?P<numbers>{_ONE}(?:\s*(?:,|and)\s*{_ONE})*))?"
    r"\s*(?:[;,]|and|$)\s*"
)
_NUMBER = re.compile(r"(\d+)((?:\s*\(\d+\))*)(?:\s*[-–—]\s*(\d+))?")


class UnknownCitation(ValueError):
    """A citation that names no source of the table, or no article of a text that is held."""


@dataclass(frozen=True)
class Source:
    """One source of law: statute, judicial interpretation, regulation or opinion."""

    id: str
    title: str
    short: str
    number: str
    in_force: date | None
    english: str

    @property
    def has_text(self) -> bool:
        return (FOLDER / f"{self.id}.md").exists()


@dataclass(frozen=True)
class Citation:
    """One place in one source: an article (条) or a numbered point (点), or several in a row."""

    source: Source
    article: int | None = None
    last: int | None = None
    part: int | None = None
    is_point: bool = False

    @property
    def text(self) -> str | None:
        """The words of the article as enacted, or None where the text is not held."""
        if self.article is None or self.is_point:
            return None
        numbers = range(self.article, (self.last or self.article) + 1)
        found = [words for number in numbers if (words := article(self.source.id, number)) is not None]
        return "\n".join(found) or None

    @property
    def label(self) -> str:
        return f"《{self.source.short}》{self._place()}"

    @property
    def full_label(self) -> str:
        """The form for court documents, with the full title and number."""
        number = f"（{self.source.number}）" if self.source.number else ""
        return f"《{self.source.title}》{number}{self._place()}"

    @property
    def english(self) -> str:
        if self.article is None:
            return self.source.english
        word = "point" if self.is_point else "art."
        part = f"({self.part})" if self.part else ""
        if self.last:
            return f"{self.source.english}, {'points' if self.is_point else 'arts'} {self.article}–{self.last}"
        return f"{self.source.english}, {word} {self.article}{part}"

    def _place(self) -> str:
        if self.article is None:
            return ""
        unit = "点" if self.is_point else "条"
        place = f"第{to_chinese(self.article)}{unit}"
        if self.last:
            return f"{place}至第{to_chinese(self.last)}{unit}"
        return place + self._part()

    def _part(self) -> str:
        if self.part is None or self.article is None:
            return ""
        if self.part in _items(self.source.id, self.article):
            return f"第（{to_chinese(self.part)}）项"
        return f"第{to_chinese(self.part)}款"


def to_chinese(number: int) -> str:
    """第205条 is printed 第二百零五条."""
    if not 0 < number < 10_000:  # noqa: PLR2004  the numerals below have four places
        raise ValueError(f"no article has the number {number}")
    words, zero = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += ("零" if zero else "") + _DIGITS[digit] + sign
            zero = False
        elif words:
            zero = True
    return words.removeprefix("一") if words.startswith("一十") else words


def from_chinese(words: str) -> int:
    total = digit = 0
    for sign in words:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _VALUES[sign]
    return total + digit


@cache
def sources() -> Mapping[str, Source]:
    """Every source by its id, in the order of the table."""
    with (FOLDER / "sources.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            Source(
                id=row["id"],
                title=row["title"],
                short=row["short"],
                number=row["number"],
                in_force=date.fromisoformat(row["in_force"]) if row["in_force"] else None,
                english=row["english"],
            )
            for row in csv.DictReader(file)
        ]
    return MappingProxyType({source.id: source for source in rows})


def source(name: str) -> Source:
    found = sources().get(ALIASES.get(name, name))
    if found is None:
        raise UnknownCitation(f"no source of law is called {name!r}")
    return found


@cache
def articles(source_id: str) -> Mapping[int, str]:
    """The articles of a source whose text is held, by number; empty where it is not."""
    path = FOLDER / f"{source_id}.md"
    if not path.exists():
        return MappingProxyType({})
    body = path.read_text(encoding="utf-8").partition("<!-- INFO END -->")[2]
    return MappingProxyType(dict(_split(body.splitlines())))


def _split(lines: list[str]) -> Iterator[tuple[int, str]]:
    number, paragraphs = 0, list[str]()
    for line in map(str.strip, lines):
        if heading := _HEADING.match(line):
            if number:
                yield number, "\n".join(paragraphs)
            number, paragraphs = from_chinese(heading[1]), [heading[2]]
        elif line and not line.startswith("#"):
            paragraphs.append(line)
    if number:
        yield number, "\n".join(paragraphs)


def article(source_id: str, number: int) -> str | None:
    """The words of one article, paragraphs on their own lines, without the heading 第X条."""
    return articles(source_id).get(number)


@cache
def _items(source_id: str, number: int) -> frozenset[int]:
    lines = (article(source_id, number) or "").splitlines()
    return frozenset(from_chinese(found[1]) for line in lines if (found := _ITEM.match(line)))


@cache
def _cite(text: str) -> tuple[Citation, ...]:
    found: list[Citation] = []
    position = 0
    while position < len(text):
        part = _CITATION.match(text, position)
        if part is None:
            raise UnknownCitation(f"cannot read the citation {text!r} from {text[position:]!r}")
        found += _places(part)
        position = part.end()
    if not found:
        raise UnknownCitation("an empty citation")
    return tuple(found)


def _places(part: re.Match[str]) -> Iterator[Citation]:
    origin = source(part["source"])
    if part["numbers"] is None:
        yield Citation(origin)
        return
    # S12 is an opinion in numbered points; "S12-3" and "S12 point 3" are the same place.
    is_point = (part["unit"] or "").startswith("point") or origin.id == "S12"
    for number, parts, last in _NUMBER.findall(part["numbers"]):
        inner = re.findall(r"\d+", parts)
        place = Citation(
            origin,
            article=int(number),
            last=int(last) if last else None,
            part=int(inner[-1]) if inner else None,
            is_point=is_point,
        )
        _must_exist(place)
        yield place


def _must_exist(place: Citation) -> None:
    held = articles(place.source.id)
    if held and not place.is_point and (place.last or place.article) not in held:
        raise UnknownCitation(f"{place.source.id} has no article {place.last or place.article}")


def cite(text: str) -> list[Citation]:
    """Read a short citation, one or several: ``S4 art. 24; S3 art. 31``, ``S2 arts 351, 353``, ``S12 point 3``."""
    return list(_cite(text.strip()))


@lru_cache(maxsize=2048)
def phrase(text: str, *, language: str = "zh") -> str:
    """A short citation in words for a page: the Chinese form, or the English one."""
    if language.startswith("en"):
        return "; ".join(place.english for place in cite(text))
    return "、".join(place.label for place in cite(text))
