"""What the cause alone says: every row of the table, its heirs, and the older lists."""

import csv
from pathlib import Path

import pytest

from mediation.intake.suitability import UNKNOWN, Confirmable, Exclusion, Mediation, confirmable, of_cause, table

CAUSES = Path("mediation/disputes/data/causes_2025.csv")


def test_every_row_is_a_cause_of_the_list() -> None:
    if not CAUSES.exists():
        pytest.skip("the list of causes has not been put in yet")
    with CAUSES.open(encoding="utf-8", newline="") as file:
        official = {row["code"]: row["name"] for row in csv.DictReader(file)}
    assert {code: row.name for code, row in table().items()}.items() <= official.items()
    # And no cause of the list is left without a row.
    assert [code for code in official if of_cause(code) is UNKNOWN] == []


# DOMAIN 6.3, column Med and column Conf, as far as it names causes.
DOMAIN = [
    ("1.1.1", "typical", "yes"), ("1.1.6", "possible", "yes"), ("1.1.8.2", "possible", "yes"),
    ("2.2.12", "typical", "yes"), ("2.2.14", "typical", "no"), ("2.2.15", "typical", "partly"),
    ("2.2.17", "care", "no"), ("2.2.18", "care", "no"), ("2.2.20.1", "typical", "partly"),
    ("2.2.20.2", "typical", "partly"), ("2.2.21", "care", "no"), ("2.2.21.1", "care", "no"),
    ("2.2.22.1", "typical", "yes"), ("2.2.22.2", "typical", "judge_decides"), ("2.2.24", "typical", "yes"),
    ("2.2.24.1", "typical", "yes"), ("2.2.25", "care", "no"), ("2.2.25.2", "care", "no"),
    ("2.2.27", "typical", "judge_decides"), ("2.2.28", "typical", "partly"), ("2.3.29", "typical", "partly"),
    ("2.3.30", "typical", "partly"), ("2.3.31", "typical", "yes"), ("3.5.38", "possible", "no"),
    ("3.5.38.1", "possible", "no"), ("3.5.39", "typical", "yes"), ("3.5.44", "typical", "yes"),
    ("3.6.47.3", "typical", "partly"), ("3.6.49", "possible", "yes"), ("3.6.55.2", "typical", "yes"),
    ("3.6.56", "possible", "partly"), ("3.6.56.1", "possible", "no"), ("3.7.68", "possible", "partly"),
    ("4.10.79", "possible", "yes"), ("4.10.80", "possible", "judge_decides"), ("4.10.88.8", "typical", "yes"),
    ("4.10.96.3", "typical", "partly"), ("4.10.98", "typical", "yes"), ("4.10.101", "typical", "yes"),
    ("4.10.108.1", "typical", "yes"), ("4.10.108.3", "typical", "yes"), ("4.10.116.2", "typical", "yes"),
    ("4.10.117", "possible", "yes"), ("4.10.120.3", "possible", "yes"), ("4.10.120.7", "typical", "yes"),
    ("4.10.126", "typical", "yes"), ("4.10.132", "possible", "yes"), ("4.10.142.15", "typical", "yes"),
    ("4.11.148", "typical", "yes"), ("4.12.149", "possible", "yes"), ("5.14.164.1", "possible", "no"),
    ("5.14.165.2", "possible", "partly"), ("6.17.200", "possible", "yes"), ("7.19.205.5", "typical", "yes"),
    ("7.20.210", "possible", "yes"), ("7.21.214.2", "typical", "yes"), ("9.24.298", "possible", "yes"),
    ("9.31.371.2", "typical", "yes"), ("9.32.379", "possible", "yes"), ("10.35.407.1", "typical", "yes"),
    ("10.35.411.1", "typical", "yes"), ("10.35.413", "typical", "yes"), ("10.35.420.3", "typical", "yes"),
    ("11.41.448", "care", "no"), ("11.45.458", "care", "no"), ("11.50.475", "care", "no"), ("11.51.481", "care", "no"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "mediation", "confirmation"), DOMAIN)
def test_the_columns_of_the_specification(code: str, mediation: str, confirmation: str) -> None:
    row = of_cause(code)
    assert (row.mediation, row.confirmation) == (Mediation(mediation), Confirmable(confirmation))
    assert confirmable(code) is Confirmable(confirmation)


GROUPS = [
    *[(f"11.{n}.1", Exclusion.SPECIAL_PROCEDURE) for n in range(36, 47)],
    *[(f"11.{n}.1", Exclusion.BY_NATURE) for n in range(47, 56)],
    *[(code, Exclusion.STATUS_RELATION) for code in ("2.2.17", "2.2.18", "2.2.21", "2.2.21.2", "2.2.25", "2.2.25.1")],
    *[(code, Exclusion.ARBITRATION_FIRST) for code in ("7.19.205.5", "7.19.206.2", "7.20.210", "7.21.214.1")],
    *[(code, None) for code in ("7.21.214.2", "7.21.216", "2.2.14", "3.5.38", "12.57.502", "12.59.512")],
    *[(code, Exclusion.OTHER_COURT) for code in ("8", "8.22.217")],
    *[(str(part), None) for part in (1, 2, 3, 4, 5, 6, 7, 9, 10, 12)],
]


@pytest.mark.parametrize(("code", "exclusion"), GROUPS)
def test_what_each_group_of_causes_excludes(code: str, exclusion: Exclusion | None) -> None:
    assert of_cause(code).exclusion is exclusion


def test_a_code_is_never_taken_for_a_longer_one() -> None:
    assert of_cause("2.2.170").exclusion is None
    assert of_cause("11.4.1").exclusion is Exclusion.BY_NATURE


def test_an_older_list_is_read_by_name() -> None:
    assert of_cause("2.2.14", version="2020", name="离婚纠纷").confirmation is Confirmable.NO
    # Part 6 of the older list is labour, part 6 of the present one is data: the number must not decide.
    assert of_cause("6.17.169", version="2020", name="不知名纠纷") is UNKNOWN
    assert confirmable("9.9.9", version="2020", name="不知名纠纷") is Confirmable.JUDGE_DECIDES


def test_an_unknown_code_is_left_to_the_judge() -> None:
    assert of_cause("99.1") is UNKNOWN
