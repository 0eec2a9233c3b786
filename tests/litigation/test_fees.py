"""The tariff of court fees: the vectors, a second counting, and the page that shows it (R3-63, R3-65)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation.kernel import law
from mediation.litigation import tariff
from mediation.litigation.tariff import FeeKind, Halving

DAY = date(2026, 3, 2)
# Yuan: the claim, the full fee, the half.
VECTORS = [
    (0, "50", "25"), (9_999, "50", "25"), (10_000, "50", "25"), (50_000, "1050", "525"), (100_000, "2300", "1150"),
    (150_000, "3300", "1650"), (200_000, "4300", "2150"), (420_000, "7600", "3800"), (500_000, "8800", "4400"),
    (1_000_000, "13800", "6900"), (1_080_000, "14520", "7260"), (2_000_000, "22800", "11400"), (5_000_000, "46800", "23400"),
    (10_000_000, "81800", "40900"), (20_000_000, "141800", "70900"), (30_000_000, "191800", "95900"),
]  # fmt: skip


@pytest.mark.parametrize(("yuan", "full", "half"), VECTORS)
def test_property_claims(yuan, full, half):
    total = tariff.fee(FeeKind.PROPERTY, yuan * 100, DAY).total_fen
    assert (total, tariff.due(total, [Halving.SUMMARY])) == (int(full) * 100, int(half) * 100)


# The way the courts' own tables put it: rate of the whole amount plus a constant.
QUICK = [(1e6, 0, 5000), (1e7, 250, -20_000), (2e7, 200, 30_000), (5e7, 150, 130_000), (1e8, 100, 380_000), (2e8, 90, 480_000),
         (5e8, 80, 680_000), (1e9, 70, 1_180_000), (2e9, 60, 2_180_000), (float("inf"), 50, 4_180_000)]  # fmt: skip


@given(st.integers(0, 10_000_000_000))
def test_counting_by_parts_and_by_the_short_formula_agree(fen):
    rate, constant = next((rate, constant) for top, rate, constant in QUICK if fen <= top)
    total = tariff.fee(FeeKind.PROPERTY, fen, DAY).total_fen
    assert abs(total - (fen * rate / 10_000 + constant)) <= 5, "each part is rounded to the fen"


def test_halved_once_however_many_reasons():
    assert tariff.due(105_000, []) == 105_000
    assert tariff.due(105_000, list(Halving)) == tariff.due(105_000, [Halving.MEDIATED]) == 52_500
    assert "只能减半一次" in law.article("S2", 206)


@pytest.mark.parametrize(
    ("kind", "yuan", "fixed", "full"),
    [
        (FeeKind.LABOUR, 1_000_000, None, 10), (FeeKind.DIVORCE, 200_000, None, 50), (FeeKind.DIVORCE, 300_000, 300, 800),
        (FeeKind.PERSONALITY, 50_000, None, 100), (FeeKind.PERSONALITY, 100_000, 500, 1000),
        (FeeKind.PERSONALITY, 120_000, 100, 700), (FeeKind.OTHER, 9_000_000, 100, 100),
    ],
)  # fmt: skip
def test_other_kinds(kind, yuan, fixed, full):
    fee = tariff.fee(kind, yuan * 100, DAY, fixed_fen=fixed * 100 if fixed else None)
    assert fee.total_fen == full * 100


@pytest.mark.parametrize(
    ("yuan", "fee"),
    [(0, 30), (1_000, 30), (10_000, 120), (100_000, 1_020), (200_000, 1_520), (896_000, 5_000), (5_000_000, 5_000)],
)
def test_an_application_for_preservation_never_costs_more_than_five_thousand(yuan, fee):
    assert tariff.preservation_fee(yuan * 100, DAY) == fee * 100
    assert "5000元" in law.article("S10", 14)


def test_before_the_tariff_and_below_nothing():
    for act in (
        lambda: tariff.fee(FeeKind.PROPERTY, 100, date(2007, 3, 31)),
        lambda: tariff.preservation_fee(100, date(2007, 3, 31)),
        lambda: tariff.fee(FeeKind.PROPERTY, -1, DAY),
        lambda: tariff.preservation_fee(-1, DAY),
        lambda: tariff.fee(FeeKind.DIVORCE, 0, DAY, fixed_fen=30_001),
    ):
        with pytest.raises(tariff.OutsideTariff):
            act()


def test_the_page_shows_the_whole_tariff(client_for, clerk_li):
    page = client_for(clerk_li).get("/fees")
    rows = [
        [c.get_text(" ", strip=True) for c in row.select("th, td")] for row in page.soup.select("#property tbody tr")
    ]
    assert len(rows) == 10
    assert [row[1] for row in rows] == [
        "仅交定额部分",
        "2.5%",
        "2%",
        "1.5%",
        "1%",
        "0.9%",
        "0.8%",
        "0.7%",
        "0.6%",
        "0.5%",
    ]
    assert "20,000,000.00" in rows[-1][0]
    for kind in FeeKind:
        assert page.soup.select_one(f"#{kind.value}") is not None


@pytest.mark.parametrize(("yuan", "full", "half"), VECTORS[3:11])
def test_the_page_counts_as_the_vectors_say(client_for, clerk_li, yuan, full, half):
    page = client_for(clerk_li).get(f"/fees?kind=property&amount={yuan}")
    shown = [c.get_text(strip=True).replace(",", "").removesuffix(" 元") for c in page.soup.select("#counted tfoot td")]
    assert shown[:2] == [f"{full}.00", f"{half}.00"]


@pytest.mark.parametrize(
    "query", ["amount=abc", "amount=", "amount=-5", "kind=nothing&amount=5", "amount=5&on=2007-03-31", "amount=5&on=x"]
)
def test_a_wrong_question_is_named_and_kept(client_for, clerk_li, query):
    page = client_for(clerk_li).get(f"/fees?{query}", status=422)
    assert page.errors()
    assert page.soup.select_one("#counted") is None


def test_who_may_read_it(client_for, request):
    for login, status in (("mediator_wang", 200), ("judge_zhou", 200), ("sysadmin", 403)):
        client_for(request.getfixturevalue(login)).get("/fees", status=status)
    client_for(None).get("/fees", status=401)


def test_intellectual_property_without_an_amount_has_its_own_range_and_with_one_the_property_rate():
    # S10 art. 13(3)
    assert tariff.fee(FeeKind.INTELLECTUAL, 0, DAY).total_fen == 50_000
    assert tariff.fee(FeeKind.INTELLECTUAL, 0, DAY, fixed_fen=100_000).total_fen == 100_000
    for wrong in (49_900, 100_100):
        with pytest.raises(tariff.OutsideTariff):
            tariff.fee(FeeKind.INTELLECTUAL, 0, DAY, fixed_fen=wrong)
    as_property = tariff.fee(FeeKind.PROPERTY, 5_000_000, DAY)
    assert tariff.fee(FeeKind.INTELLECTUAL, 5_000_000, DAY).total_fen == as_property.total_fen
    assert "每件交纳500元至1000元" in law.article("S10", 13)
