"""The short line of the documents says how a last day was counted."""

from datetime import date, datetime

import pytest

from mediation.periods import rules, services
from mediation.periods.calendar import standard
from mediation.periods.derivation import Interval, Lengthening
from mediation.periods.rules import compute, rule_for
from mediation.periods.table import PeriodKey
from mediation.periods.telling import derivation
from tests import builders

K, D = PeriodKey, date.fromisoformat
DOCUMENTS = ("receipt", "guidance", "refusal", "agreement", "fee_notice", "extension_confirmation")


def told(key, start, **more):
    return derivation(compute(rule_for(key, D(start)), D(start), standard(), **more))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (lambda: told(K.FILING_DECISION, "2026-03-02"), "自2026年3月2日的次日起计算7日，至2026年3月9日止"),
        (
            lambda: told(K.CONFIRM_APPLY, "2026-01-20"),
            "自2026年1月20日的次日起计算30日，2026年2月19日为法定休假日，顺延至2026年2月24日",
        ),
        (
            lambda: told(
                K.MEDIATION_PRE, "2026-03-02", excluded=[Interval(D("2026-03-10"), D("2026-04-08"), ("appraisal",))]
            ),
            "自2026年3月2日的次日起计算30日，扣除鉴定评估期间29日，至2026年4月30日止",
        ),
        (
            lambda: told(K.MEDIATION_POST_SUM, "2026-02-09", extensions=[Lengthening(30)]),
            "自2026年2月9日的次日起计算7日，2026年2月16日为法定休假日，顺延至2026年2月24日，自2026年2月24日延长30日，至2026年3月26日止",
        ),
        (
            lambda: told(K.MEDIATION_PRE, "2026-03-02", extensions=[Lengthening(until=D("2026-04-21"))]),
            "自2026年3月2日的次日起计算30日，延长至2026年4月21日",
        ),
        (
            lambda: told(K.MEDIATOR_ACCEPT, "2026-02-12"),
            "自2026年2月12日的次日起计算3个工作日，其间休息日9日不计，至2026年2月24日止",
        ),
        (
            lambda: told(K.MEDIATION_PRE, "2026-12-10"),
            "自2026年12月10日的次日起计算30日，2027年1月9日为法定休假日，顺延至2027年1月11日，2027年放假安排尚未公布，该日为暂定，公布后重新计算",
        ),
    ],
)
def test_the_line(app, line, words):
    assert line() == words


def test_hours_and_nothing(app):
    start = datetime(2026, 2, 14, 10, 20, tzinfo=rules.SHANGHAI)
    found = compute(rule_for(K.PRESERVE_RULING, start.date()), start, standard())
    assert derivation(found) == "自2026年2月14日的次时起计算48小时，至2026年2月16日止"
    assert derivation(None) == ""


def test_a_kept_deadline_tells_the_same(clerk_li):
    dispute = builders.make_dispute(clerk_li.as_actor())
    kept = services.current("dispute", dispute.id, K.FILING_DECISION)
    assert derivation(kept) == derivation(services.compute(K.FILING_DECISION, kept.start_on))
    assert derivation(kept).startswith(f"自{kept.start_on.year}年")


def test_every_document_that_prints_a_last_day_prints_why(app):
    for name in DOCUMENTS:
        source, _path, _fresh = app.jinja_env.loader.get_source(app.jinja_env, f"documents/{name}.html")
        assert "_why }}" in source, name
