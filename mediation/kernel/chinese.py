"""Numbers, dates and sums as Chinese court documents write them."""

import datetime as dt

DIGITS = "〇一二三四五六七八九"
NUMERALS = "零一二三四五六七八九"
CAPITALS = "零壹贰叁肆伍陆柒捌玖"
PLAIN_UNITS = ("", "十", "百", "千")
CAPITAL_UNITS = ("", "拾", "佰", "仟")
MYRIADS = ("", "万", "亿", "万亿")
FULL_GROUP = 1000
LIMIT = 10**16


def _group(number: int, numerals: str, units: tuple[str, ...]) -> str:
    """Write 1 to 9999, with one zero for any run of zeros inside."""
    written, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            written += ("零" if gap and written else "") + numerals[digit] + units[power]
            gap = False
        else:
            gap = True
    return written


def _spell(number: int, numerals: str, units: tuple[str, ...]) -> str:
    """Write a whole number by groups of four digits."""
    if number == 0:
        return "零"
    written = ""
    for power in (3, 2, 1, 0):
        group = number // 10000**power % 10000
        if not group:
            continue
        if written and (group < FULL_GROUP or number // 10000 ** (power + 1) % 10000 == 0):
            written += "零"
        written += _group(group, numerals, units) + MYRIADS[power]
    return written


def chinese_number(number: int) -> str:
    """Write a count in words: 三, 十二, 一百零五, 一万零二十."""
    if not 0 <= number < LIMIT:
        raise ValueError(f"{number} cannot be written in Chinese numerals")
    written = _spell(number, NUMERALS, PLAIN_UNITS)
    return written[1:] if written.startswith("一十") else written


def chinese_digits(number: int) -> str:
    """Write digit by digit, as years are: 二〇二六."""
    if number < 0:
        raise ValueError(f"{number} cannot be written in Chinese numerals")
    return "".join(DIGITS[int(digit)] for digit in str(number))


def chinese_date(day: dt.date) -> str:
    """Write the date line of a court document: 二〇二六年三月二日."""
    return f"{chinese_digits(day.year)}年{chinese_number(day.month)}月{chinese_number(day.day)}日"


def capitals(fen: int) -> str:
    """Write a sum of money in the capital numerals that cannot be altered afterwards: 壹万贰仟元整.

    The rules are those for bills and settlement vouchers (支付结算办法, annex 1): 整 follows a sum that ends at 元
    (and, as the annex allows, at 角), never 分; a zero between 元 and 分 is written.
    """
    if not 0 <= fen < LIMIT * 100:
        raise ValueError(f"{fen} fen cannot be written as a sum of money")
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    written = f"{_spell(yuan, CAPITALS, CAPITAL_UNITS)}元" if yuan or not fen else ""
    if jiao:
        written += f"{CAPITALS[jiao]}角"
    elif rest and yuan:
        written += "零"
    return written + (f"{CAPITALS[rest]}分" if rest else "整")
