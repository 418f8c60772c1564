"""Owns the tests of cells that say less, or more, than one value: ranges of prices, days without a year.

Must not use files from outside.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sheet_drafts import drawn, workbook

from app.sheets.cells.dates import read_day_near
from app.sheets.cells.prices import read_price
from app.sheets.cells.reading import Hints
from app.sheets.records import Record
from app.sheets.understanding import understand

TODAY = date(2026, 11, 24)


def records(text: str, *, today: date | None = TODAY) -> list[Record]:
    return list(understand(workbook(drawn(text)), today=today)[0].records())


def said(text: str) -> tuple[list[str], list[str]]:
    prices, problems = read_price(text, Hints(), field="price")
    return [str(price.amount) for price in prices], [p.message.key for p in problems]


@pytest.mark.parametrize(
    "text",
    [
        "$1.20-1.50", "$1.20 - $1.50", "US$1.20-US$1.50", "USD 1.20 - USD 1.50", "1.20~1.50", "1.20 bis 1.50",
        "1.20 до 1.50", "1.20…1.50", "1.50-1.20", "1.20元-1.50元", "from $1.20", "1.20起", "ab 1,20",
    ],
)  # fmt: skip
def test_lower_end_of_a_range_is_the_price_and_the_range_is_told(text: str) -> None:
    assert said(text) == (["1.20"], ["cells.price_is_range"])


@pytest.mark.parametrize(
    "text", ["1.20/1.50", "FOB 1.20 CIF 1.50", "1.20\n1.50", "1.20 1.50", "1.20 (500 pcs) 1.10 (1000 pcs)"]
)  # fmt: skip
def test_further_price_in_a_cell_is_told(text: str) -> None:
    assert said(text) == (["1.20"], ["cells.price_of_several"])


@pytest.mark.parametrize(
    "text", ["$1.20", "1.20 (min 500 pcs)", "1.20含13%税", "USD 1.20/pc FOB Ningbo, Incoterms 2020"]
)
def test_quantity_or_rate_behind_a_price_is_no_further_price(text: str) -> None:
    assert said(text) == (["1.20"], [])


def test_blank_groups_thousands_and_parts_prices() -> None:
    assert said("1 200.50")[0] == ["1200.50"]
    assert said("约450元")[0] == ["450"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("13-Oct", date(2026, 10, 13)),
        ("5. Nov", date(2026, 11, 5)),
        ("11月5日", date(2026, 11, 5)),
        ("5 de noviembre", date(2026, 11, 5)),
        ("5 lis", date(2026, 11, 5)),
        ("Fri, 5 Dec", date(2026, 12, 5)),
        ("Jan 5th", date(2027, 1, 5)),
        ("25 May", None),
        ("Oct-13", None),
        ("30 Foo", None),
    ],
)
def test_day_without_a_year_is_the_nearest_one(text: str, day: date | None) -> None:
    assert read_day_near(text, TODAY) == day


def test_day_on_which_something_happened_is_not_ahead() -> None:
    assert read_day_near("25 May", TODAY, is_past=True) == date(2026, 5, 25)
    assert read_day_near("30 Dec", TODAY, is_past=True) == date(2025, 12, 30)


def test_day_without_a_year_is_told_and_one_that_stays_open_is_kept() -> None:
    lamp, shade, bulb = records(
        """
        Item no | Product name | Price | Valid until
        A-1 | Lamp | 1.2 | 31-Dec
        A-2 | Shade | 2.2 | 25 May
        A-3 | Bulb | 0.2 | until sold
        """
    )
    assert lamp.values["valid_until"] == date(2026, 12, 31)
    assert [problem.message.key for problem in lamp.problems] == ["cells.year_is_assumed"]
    assert shade.values["remark"] == ("Valid until: 25 May",)
    assert bulb.values["remark"] == ("Valid until: until sold",)
    assert [problem.message.key for problem in bulb.problems] == ["cells.date_not_understood"]


def test_day_without_a_year_is_near_to_the_day_of_the_sheet() -> None:
    lamp, _ = records(
        """
        Price list of Bright Lamps
        Date: 2023-10-01 | | |
        Item no | Product name | Price | Valid until
        A-1 | Lamp | 1.2 | 31-Dec
        A-2 | Shade | 2.2 | 30-Nov
        """
    )
    assert lamp.values["valid_until"] == date(2023, 12, 31)


def test_price_range_of_a_sheet_is_told_of_its_row() -> None:
    lamp, shade, _ = records(
        """
        Item no | Product name | Price
        A-1 | Lamp | $1.20-1.50
        A-2 | Shade | 2.20
        A-3 | Bulb | 0.20
        """
    )
    assert [getattr(price, "amount", None) for price in lamp.values["price"]] == [Decimal("1.20")]  # type: ignore[attr-defined]
    assert [problem.message.key for problem in lamp.problems] == ["cells.price_is_range"]
    assert not shade.problems
