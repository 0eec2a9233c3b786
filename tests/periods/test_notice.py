"""Reading a yearly notice: its own words, a table, and every mistake at its line or cell."""

from datetime import date, datetime

import pytest

from mediation.periods import labels, notice
from mediation.periods.calendar import Holiday, Kind, shipped
from mediation.periods.notice import read, read_table
from mediation.periods.noticed import CHINESE, Flaw, Mistake
from tests.periods.notices import NOTICE_2025, NOTICE_2026, NOTICE_2027_MADE_UP

D = date.fromisoformat


def table(year: int) -> set[tuple[date, Kind]]:
    return {(e.day, e.kind) for e in shipped() if e.notice_year == year}


@pytest.mark.parametrize(
    ("text", "year", "published"), [(NOTICE_2025, 2025, "2024-11-12"), (NOTICE_2026, 2026, "2025-11-04")]
)
def test_the_notices_as_published(text, year, published):
    told = read(text)
    assert told.flaws == []
    assert (told.year, told.published_on) == (year, D(published))
    assert told.title == f"国务院办公厅关于{year}年部分节假日安排的通知"
    assert {(e.day, e.kind) for e in told.entries} == table(year)


def test_without_title_the_year_is_given_or_asked_for():
    body = "\n".join(NOTICE_2026.splitlines()[1:8])
    told = {(e.day, e.kind, e.name) for e in read(body, 2026).entries}
    assert told == {(e.day, e.kind, e.name) for e in shipped() if e.notice_year == 2026}
    assert read(body).flaws == [Flaw(Mistake.NO_YEAR)]
    # The same text for another year: hardly a weekday fits.
    assert Mistake.WRONG_WEEKDAY in {flaw.mistake for flaw in read(body, 2027).flaws}
    assert read(NOTICE_2026, 2027).flaws[0] == Flaw(Mistake.OTHER_YEAR, "1", "2026", "2027")


@pytest.mark.parametrize(
    ("old", "new", "mistake", "place", "expected"),
    [
        ("1月4日（周日）", "1月4日（周六）", Mistake.WRONG_WEEKDAY, "2", "周日"),
        ("1月4日（周日）", "1月4日（星期六）", Mistake.WRONG_WEEKDAY, "2", "周日"),
        ("4月4日（周六）", "4月31日（周六）", Mistake.NO_SUCH_DAY, "4", ""),
        ("2月14日", "2月30日", Mistake.NO_SUCH_DAY, "3", ""),
        ("共9天", "共8天", Mistake.WRONG_COUNT, "3", "9"),
        ("至23日（农历正月初七、周一）", "至13日", Mistake.BACKWARDS, "3", ""),
        ("5月9日（周六）", "5月5日（周二）", Mistake.TWICE, "5", "5"),
        ("5月9日（周六）", "5月11日（周一）", Mistake.WORK_ON_WORKDAY, "5", "周一"),
        ("1月4日（周日）", "2024年1月4日", Mistake.FAR_AWAY, "2", "2026"),
        ("上班。\n三", "去郊游。\n三", Mistake.NOT_UNDERSTOOD, "3", ""),
        ("放假调休，共3天。1月4日（周日）上班", "放假1月4日（周日）上班", Mistake.NOT_UNDERSTOOD, "2", ""),
        ("一、元旦：", "", Mistake.NO_FESTIVAL, "2", ""),
        ("六、中秋节：9月25日（周五）至27日（周日）放假，共3天。\n", "", Mistake.FESTIVAL_MISSING, "", ""),
        ("10月1日（周四）至7日", "10月2日（周五）至7日", Mistake.WRONG_COUNT, "8", "6"),
        ("10月1日（周四）至7日（周三）放假调休，共7天", "10月2日（周五）至7日（周三）放假调休，共6天", Mistake.STATUTORY_DAY_MISSING, "", "国庆节"),
    ],
)  # fmt: skip
def test_each_mistake_at_its_line(old, new, mistake, place, expected):
    assert old in NOTICE_2026
    told = read(NOTICE_2026.replace(old, new))
    found = [flaw for flaw in told.flaws if flaw.mistake is mistake]
    assert found, told.flaws
    assert (found[0].place, found[0].expected) == (place, expected)


def test_days_that_overlap_name_the_line_that_had_them_first():
    told = read(
        NOTICE_2026.replace("9月25日（周五）至27日（周日）放假，共3天", "10月5日（周一）至7日（周三）放假，共3天")
    )
    twice = [flaw for flaw in told.flaws if flaw.mistake is Mistake.TWICE]
    assert [(f.place, f.text, f.expected) for f in twice] == [("8", f"2026-10-0{n}", "7") for n in (5, 6, 7)]


def test_a_made_up_notice_for_the_coming_year_reads_too():
    told = read(NOTICE_2027_MADE_UP)
    assert (told.year, told.flaws, told.published_on) == (2027, [], D("2026-11-20"))
    assert read(NOTICE_2027_MADE_UP.replace("9月15日（周三）", "9月16日（周四）")).flaws == [
        Flaw(Mistake.STATUTORY_DAY_MISSING, "", "2027-09-15", "中秋节")
    ]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("元旦：2022年12月31日至2023年1月2日放假调休，共3天。", ["2022-12-31", "2023-01-01", "2023-01-02"]),
        ("元旦：12月31日至1月2日放假，共3天。", ["2022-12-31", "2023-01-01", "2023-01-02"]),
        ("（一）元旦: 1月1日(星期日)放假，1月2日（星期一）补休", ["2023-01-01", "2023-01-02"]),
        ("1. “五一”：4月29日（周六）到5月3日（周三），放假调休，共5天；", ["2023-04-29", "2023-04-30", "2023-05-01", "2023-05-02", "2023-05-03"]),
    ],
)  # fmt: skip
def test_other_ways_of_writing(text, days):
    told = read(text, 2023)
    assert {flaw.mistake for flaw in told.flaws} <= {Mistake.FESTIVAL_MISSING}
    assert [str(entry.day) for entry in told.entries] == days


@pytest.mark.parametrize("text", ["", " \n ", "通知如下。\n特此通知。"])
def test_nothing_in_it(text):
    assert [flaw.mistake for flaw in read(text, 2027).flaws] == [Mistake.EMPTY]


def test_too_much_of_it():
    assert read("元" * 20_001, 2027).flaws == [Flaw(Mistake.TOO_LONG)]
    assert read_table([(str(n), [D("2027-01-01"), "放假", "元旦"]) for n in range(201)]).flaws == [
        Flaw(Mistake.TOO_LONG)
    ]


def test_what_was_read_goes_there_and_back_as_a_table():
    told = read(NOTICE_2027_MADE_UP)
    again = read(notice.as_table(told.entries), 2027)
    assert (again.flaws, again.entries) == ([], told.entries)
    commas = (
        notice.as_table(told.entries).replace("\t", "，").replace("makeup_workday", "上班").replace("holiday", "放假")
    )
    assert read(f"日期，安排，节日\n{commas}").entries == told.entries


def test_a_spreadsheet_is_told_by_its_cells():
    rows = [
        ("1", ["日期", "安排", "节日"]),
        ("2", [datetime(2027, 1, 1), "放假", "元旦"]),
        ("3", ["2027-02-30", "放假", "春节"]),
        ("4", [D("2027-01-09"), "加班", "元但"]),
    ]
    assert [(f.place, f.mistake) for f in read_table(rows).flaws] == [
        ("A3", Mistake.NO_SUCH_DAY), ("B4", Mistake.NO_KIND), ("C4", Mistake.NO_FESTIVAL),
    ]  # fmt: skip
    assert read_table([]).flaws == [Flaw(Mistake.EMPTY)]


def test_every_mistake_has_its_words(app):
    for kind in Mistake:
        for place in ("", "3", "B4"):
            words = labels.mistake(Flaw(kind, place, "1月1日", "周五"))
            assert words
            assert "%(" not in words


def test_every_festival_has_its_chinese_name():
    assert set(CHINESE) == set(Holiday)
