"""Numbers, dates and sums in Chinese, against what bills and rulings print."""

import datetime as dt

import pytest

from mediation.kernel.chinese import capitals, chinese_date, chinese_digits, chinese_number


@pytest.mark.parametrize(
    ("fen", "written"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (55, "伍角伍分"),
        (100, "壹元整"),
        (105, "壹元零伍分"),
        (1010, "壹拾元壹角整"),
        (32504, "叁佰贰拾伍元零肆分"),
        (140950, "壹仟肆佰零玖元伍角整"),
        (168032, "壹仟陆佰捌拾元叁角贰分"),
        (600714, "陆仟零柒元壹角肆分"),
        (1200000, "壹万贰仟元整"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (9800000, "玖万捌仟元整"),
        (10700053, "壹拾万柒仟元伍角叁分"),
        (10000500, "壹拾万零伍元整"),
        (100_000_000, "壹佰万元整"),
        (10_001_000_000, "壹亿零壹万元整"),
        (100_000_000_500, "壹拾亿零伍元整"),
        (10_000_100_000, "壹亿零壹仟元整"),
        (1_000_000_000_000_00, "壹万亿元整"),
    ],
)
def test_sum_in_capitals(fen, written):
    assert capitals(fen) == written


@pytest.mark.parametrize("fen", [-1, -100, 10**18])
def test_impossible_sum_is_refused(fen):
    with pytest.raises(ValueError, match="sum of money"):
        capitals(fen)


def value_of(written: str) -> int:
    """Read a sum in capitals back, by the plain meaning of its characters."""
    fen, total, section, digit = 0, 0, 0, 0
    for sign in written:
        if sign in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(sign)
        elif sign in "拾佰仟":
            section += digit * 10 ** ("拾佰仟".index(sign) + 1)
            digit = 0
        elif sign == "万":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
        elif sign == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
        elif sign == "元":
            fen, digit = (total + section + digit) * 100, 0
        elif sign in "角分":
            fen += digit * (10 if sign == "角" else 1)
            digit = 0
    return fen


def test_every_sum_reads_back():
    sums = [
        *range(2100),
        *(base + add for base in (10**k for k in range(4, 14)) for add in (0, 1, 9, 10, 99, 100, 10001)),
    ]
    for fen in sums:
        written = capitals(fen)
        assert value_of(written) == fen, written
        assert "零零" not in written
        assert "零元" not in written or fen == 0


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"),
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (31, "三十一"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (115, "一百一十五"),
        (1005, "一千零五"),
        (10020, "一万零二十"),
        (100000, "十万"),
        (100010000, "一亿零一万"),
    ],
)
def test_number_in_words(number, written):
    assert chinese_number(number) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (dt.date(2026, 3, 2), "二〇二六年三月二日"),
        (dt.date(2026, 10, 10), "二〇二六年十月十日"),
        (dt.date(2025, 12, 31), "二〇二五年十二月三十一日"),
        (dt.date(2000, 11, 20), "二〇〇〇年十一月二十日"),
    ],
)
def test_date_line(day, written):
    assert chinese_date(day) == written


@pytest.mark.parametrize("writer", [chinese_number, chinese_digits])
def test_negative_is_refused(writer):
    with pytest.raises(ValueError, match="numerals"):
        writer(-1)
