"""Rates are typed, pasted from a bank's page or read from a sheet; one of each kind is in force."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.desk import Desk
from app.kernel.errors import AppError

BANK = """货币名称\t现汇买入价\t现钞买入价\t现汇卖出价\t中行折算价\t发布日期
美元\t710.25\t704.5\t713.2\t709.8\t2026.03.02 10:30:00
欧元\t770.1\t746\t775.9\t769.3\t2026.03.02 10:30:00
火星币\t1\t1\t1\t1\t2026.03.02 10:30:00"""


def cells(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.split("\n")]


def test_a_banks_table_for_a_hundred_units_is_understood(desk: Desk) -> None:
    found = desk.rates.read("exchange_rate", cells(BANK))
    assert found.passed_over == 1
    assert desk.rates.add_all("exchange_rate", found.rows) == 2
    rate = desk.rates.exchange_rate("EUR", date(2026, 3, 2))
    assert rate is not None
    assert rate.home_per_unit == Decimal("7.701")


def test_a_second_table_of_the_same_day_takes_the_place_of_the_first(desk: Desk) -> None:
    desk.rates.add_all("exchange_rate", desk.rates.read("exchange_rate", cells(BANK)).rows)
    later = desk.rates.read("exchange_rate", cells(BANK.replace("710.25", "709")))
    desk.rates.add_all("exchange_rate", later.rows)
    assert len(desk.rates.rows("exchange_rate")) == 2
    rate = desk.rates.exchange_rate("USD", date(2026, 3, 2))
    assert rate is not None
    assert rate.home_per_unit == Decimal("7.09")
    desk.history.undo()
    desk.history.undo()
    assert not desk.rates.rows("exchange_rate")


def test_two_rates_of_one_day_are_refused_when_one_is_moved_there(desk: Desk) -> None:
    values = {"currency": "USD", "rate": "7.1"}
    desk.rates.add("exchange_rate", {**values, "valid_on": "2026-03-01"})
    second = desk.rates.add("exchange_rate", {**values, "valid_on": "2026-03-02"})
    with pytest.raises(AppError):
        desk.rates.edit("exchange_rate", second, {"valid_on": "2026-03-01"})


def test_rows_without_headings_follow_the_fields_and_percents_become_shares(desk: Desk) -> None:
    found = desk.rates.read("rebate_rate", [["9617", "13%", "2026-01-01", "bulletin"], ["7323", 9]])
    assert [row["rate"] for row in found.rows] == [Decimal("0.13"), Decimal("0.09")]
    assert [row["valid_from"] for row in found.rows] == [date(2026, 1, 1), date(2026, 3, 2)]


def test_a_forwarders_sheet_becomes_a_freight_table(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["海运费报价"])
    sheet.append(["运输方式", "起运港", "目的港", "计费单位", "费率", "币种", "截止日期"])
    sheet.append(["海运拼箱", "Ningbo", "Hamburg", "W/M", 42.5, "USD", date(2026, 3, 31)])
    sheet.append(["sea_fcl", "Ningbo", "Hamburg", "40HQ", 2850, "USD", date(2026, 3, 31)])
    book.save(tmp_path / "freight.xlsx")
    found = desk.rates.read("freight_rate", desk.sheets.cells(tmp_path / "freight.xlsx"))
    assert desk.rates.add_all("freight_rate", found.rows) == 2
    container, lcl = desk.rates.rows("freight_rate")
    assert (container.values["mode"], container.values["unit"]) == ("sea_fcl", "40HQ")
    assert (lcl.values["unit"], lcl.values["amount"]) == ("wm", Decimal("42.5"))


def test_a_figure_that_is_no_number_is_named(desk: Desk) -> None:
    with pytest.raises(AppError) as refused:
        desk.rates.read("rebate_rate", [["9617", "thirteen"]])
    assert refused.value.message.params["value"] == "thirteen"


def test_of_each_kind_the_newest_begun_and_not_ended_is_in_force(desk: Desk) -> None:
    for day, rate in (("2025-01-01", "0.13"), ("2026-02-01", "0.09"), ("2026-12-01", "0.05")):
        desk.rates.add("rebate_rate", {"hs_code": "9617", "rate": rate, "valid_from": day})
    rows = desk.rates.rows("rebate_rate")
    assert [(str(row.values["rate"].normalize()), row.is_in_force) for row in rows] == [  # type: ignore[attr-defined]
        ("0.05", False),
        ("0.09", True),
        ("0.13", False),
    ]
