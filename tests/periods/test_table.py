"""Every period of the product beside a table written from the law itself: what differs is named, in both directions."""

import csv
import itertools
import re
from datetime import date
from pathlib import Path

import pytest

from mediation.kernel import law
from mediation.periods.table import BESIDES_SOURCE, RULES, Besides, PeriodKey, PeriodRule

with (Path(__file__).parent / "law_table.csv").open(encoding="utf-8", newline="") as file:
    LAW = {(row["key"], row["from"]): row for row in csv.DictReader(file)}
# Every key that the specification's table of periods names.
KEYS = {
    "FILING_DECISION", "ONLINE_JOINT_CHOICE", "ONLINE_DESIGNATE", "MEDIATOR_ACCEPT", "CONTACT_RESPONDENT", "MEDIATION_PRE",
    "MEDIATION_OUT", "MEDIATION_POST_ORD", "MEDIATION_POST_SUM", "FEE_PAYMENT", "CONFIRM_APPLY", "CONFIRM_ACCEPT",
    "CONFIRM_DECIDE_TARGET", "CONFIRM_DECIDE_STAT", "CONFIRM_OBJECT_PARTY", "CONFIRM_OBJECT_OTHER", "ENFORCE_APPLY",
    "PRESERVE_RULING", "PRESERVE_SUE_BY", "SERVE_COMPLAINT", "DEFENCE", "SUMMARY_EVIDENCE", "TRIAL_SMALL", "TRIAL_SUMMARY",
    "TRIAL_ORDINARY", "RECUSAL_DECIDE", "HOTLINE_REPLY",
}  # fmt: skip


def places(text: str) -> str:
    """The articles of a citation, as the table writes them."""
    found = law.cite(text) if text else []
    return " ".join(f"{place.source.id}:{place.article or ''}" for place in found)


def most(number: int | None, unit: str) -> str:
    return f"{number} {unit}" if number is not None else ""


def written(rule: PeriodRule) -> dict[str, str]:
    """A rule of the product in the columns of the table."""
    more = rule.extension
    return {
        "key": rule.key.value,
        "from": rule.valid_from.isoformat() if rule.valid_from else "",
        "to": rule.valid_to.isoformat() if rule.valid_to else "",
        "length": str(rule.length),
        "unit": rule.unit.value,
        "starts": rule.trigger.value,
        "rolls": "yes" if rule.rolls else "no",
        "left_out": " ".join(sorted(cause.value for cause in rule.deducts)),
        "longer_by": f"{more.by.value}{' after' if more.after_expiry else ''}" if more else "",
        "most": most(more.most, more.unit.value) if more else "",
        "each": most(more.each, more.unit.value) if more else "",
        "set_by_court": ("or more" if rule.no_most else "yes") if rule.set_by_court else "",
        "besides": rule.besides.value if rule.besides else "",
        "articles": places(rule.source),
        "longer_articles": places(more.source) if more else "",
        "basis": rule.basis.value,
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.key.value}-{rule.valid_from or 'always'}")
def test_each_rule_says_what_the_law_says(rule):
    said = written(rule)
    row = LAW[said["key"], said["from"]]
    order = {"articles", "longer_articles"}
    for column, value in row.items():
        same = set(value.split()) == set(said[column].split()) if column in order else value == said[column]
        assert same, (rule.key, column, value, said[column])


def test_nothing_of_the_law_is_missing_and_nothing_is_there_twice():
    assert {(w["key"], w["from"]) for w in map(written, RULES)} == set(LAW)
    assert len(RULES) == len(LAW)
    assert {key for key, _from in LAW} == set(PeriodKey)
    assert set(PeriodKey) >= KEYS


def test_the_rows_of_a_key_follow_each_other_without_a_gap():
    for key in PeriodKey:
        rows = sorted((row for (name, _from), row in LAW.items() if name == key), key=lambda row: row["from"])
        for before, after in itertools.pairwise(rows):
            end, begin = date.fromisoformat(before["to"]), date.fromisoformat(after["from"])
            assert (begin - end).days == 1, key
        assert rows[-1]["to"] == "", f"{key} holds today"


NUMBERS = {"两": 2, "二": 2, "三": 3, "五": 5, "六": 6, "七": 7, "十": 10, "十五": 15, "三十": 30, "四十八": 48}


# In the words of the articles themselves: what stands there must be the number of the table.
WORDS = {
    "FILING_DECISION": (1, 126, "七日"), "CONFIRM_APPLY": (1, 205, "三十日"), "CONFIRM_DECIDE_STAT": (1, 187, "三十日"),
    "ENFORCE_APPLY": (1, 250, "二年"), "PRESERVE_RULING": (1, 104, "四十八小时"), "PRESERVE_SUE_BY": (1, 104, "三十日"),
    "SERVE_COMPLAINT": (1, 128, "五日"), "DEFENCE": (1, 128, "十五日"), "SUMMARY_EVIDENCE": (2, 266, "十五日"),
    "SMALL_EVIDENCE": (2, 275, "七日"), "ORDINARY_EVIDENCE": (2, 99, "十五日"), "TRIAL_ORDINARY": (1, 152, "六个月"), "TRIAL_SUMMARY": (1, 164, "三个月"),
    "TRIAL_SMALL": (1, 168, "两个月"), "RECUSAL_DECIDE": (1, 50, "三日"), "RECUSAL_REVIEW": (1, 50, "三日"),
    "ANNOUNCEMENT_SERVICE": (1, 95, "三十日"), "OBSTACLE_RELIEF": (1, 86, "十日"), "CONFIRM_OBJECT_PARTY": (2, 372, "十五日"),
    "CONFIRM_OBJECT_OTHER": (2, 372, "六个月"), "CONFIRM_ACCEPT": (7, 4, "三日"), "CONFIRM_DECIDE_TARGET": (7, 5, "十五日"),
    "ONLINE_JOINT_CHOICE": (5, 10, "两个工作日"), "ONLINE_DESIGNATE": (5, 10, "三个工作日"), "MEDIATOR_ACCEPT": (5, 12, "三个工作日"),
    "CONTACT_RESPONDENT": (5, 15, "三个工作日"), "FEE_PAYMENT": (10, 22, "7日"), "MEDIATION_PRE": (4, 27, "30日"),
    "CLAIM_FEE": (10, 22, "7日"), "FINE_REVIEW": (2, 185, "三日"),
    "MEDIATION_POST_ORD": (4, 27, "15日"), "MEDIATION_POST_SUM": (4, 27, "７日"),
}  # fmt: skip
UNITS = {"日": "days", "个工作日": "working_days", "个月": "months", "年": "years", "小时": "hours"}


@pytest.mark.parametrize("key", sorted(WORDS))
def test_the_number_stands_in_the_words_of_the_article(key):
    source, article, words = WORDS[key]
    assert words in (law.article(f"S{source}", article) or ""), (key, law.article(f"S{source}", article))
    amount, unit = re.fullmatch(r"(\d+|[二三四五六七八十两]+)(.+)", words).groups()
    newest = next(row for (name, _from), row in LAW.items() if name == key and row["to"] == "")
    assert (str(NUMBERS.get(amount) or int(amount)), UNITS[unit]) == (newest["length"], newest["unit"])


def test_a_bank_deposit_is_frozen_for_a_year_a_movable_two_anything_else_three():
    text = law.article("S2", 485) or ""
    assert "银行存款的期限不得超过一年" in text
    assert "动产的期限不得超过两年" in text
    assert "其他财产权的期限不得超过三年" in text


def test_what_else_the_law_says_has_its_article():
    assert set(BESIDES_SOURCE) == set(Besides)
    assert all(law.cite(text) for text in BESIDES_SOURCE.values())


ROOT = Path(__file__).parents[2] / "mediation"


def test_every_period_begins_somewhere_in_the_product():
    outside = [p for p in ROOT.rglob("*.py") if p.parent.name not in {"periods", "reminders", "cli"}]
    source = "\n".join(path.read_text(encoding="utf-8") for path in outside)
    named = {key.value for key in PeriodKey if re.search(rf"\b(PeriodKey|K|P)\.{key.value}\b", source)}
    assert set(PeriodKey) - named == set()
