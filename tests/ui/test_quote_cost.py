"""The command ``quote cost`` works a price out to the digits and names every step."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from ui.entry import main

TRADER = (
    "--price 113 --currency CNY --vat 0.13 --rebate 0.13 --domestic 5 --fx 7.10 "
    "--quote-currency USD --term FOB --place Ningbo"
)
FOB_10 = "--price 10 --currency USD --quote-currency USD --no-invoice --fx 1 --freight 1.50"


def cost(capsys: pytest.CaptureFixture[str], words: str) -> dict[str, object]:
    assert main(["--json", "--lang", "en", "quote", "cost", *words.split()]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert isinstance(answer, dict)
    return answer


def rounded(text: object, places: int) -> str:
    return f"{Decimal(str(text)):.{places}f}"


@pytest.mark.parametrize(
    ("profit", "fob"), [("--markup 0.10", "16.2676"), ("--margin 0.10", "16.4319")]
)
def test_markup_and_margin(capsys: pytest.CaptureFixture[str], profit: str, fob: str) -> None:
    answer = cost(capsys, f"{TRADER} {profit}")
    assert (answer["refund"], answer["net_cost"]) == ("13", "100")
    assert rounded(answer["prices"]["FOB"], 4) == fob
    assert answer["terms"]["text"] == "FOB Ningbo, Incoterms 2020"


def test_both_rates_of_profit_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    answer = cost(capsys, f"{TRADER} --margin 10%")
    assert answer["margin_on_price"] == "0.1"
    assert rounded(answer["markup_on_cost"], 4) == "0.1111"


def test_a_lower_rebate_costs_more(capsys: pytest.CaptureFixture[str]) -> None:
    assert cost(capsys, TRADER.replace("--rebate 0.13", "--rebate 0.09"))["net_cost"] == "104"
    assert cost(capsys, f"{TRADER} --no-invoice")["refund"] == "0"


def test_a_manufacturers_refund_is_capped(capsys: pytest.CaptureFixture[str]) -> None:
    capped = cost(capsys, f"{TRADER} --refund-cap 6")
    assert (capped["refund"], capped["net_cost"]) == ("6", "107")
    assert cost(capsys, f"{TRADER} --refund-cap 60")["refund"] == "13"


@pytest.mark.parametrize(("more", "cif"), [("", "11.538076"), ("--commission 0.05", "12.145343")])
def test_cif_with_insurance_and_commission(
    capsys: pytest.CaptureFixture[str], more: str, cif: str
) -> None:
    answer = cost(capsys, f"{FOB_10} --premium 0.003 --term CIF --place Hamburg {more}")
    assert rounded(answer["prices"]["CIF"], 6) == cif
    steps = {step["name"]: step for step in answer["steps"]}
    assert rounded(steps["insurance"]["amount"], 6) == "0.038076"
    assert set(steps["insurance"]) >= {"name", "amount", "currency", "formula"}


def test_what_is_not_known_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    answer = cost(capsys, f"{FOB_10}")
    assert set(answer["prices"]) == {"EXW", "FCA", "FAS", "FOB", "CFR", "CPT"}
    assert "premium" in answer["unknown"]["CIF"]
    assert answer["warnings"] == ["FOB needs its named place: the port of loading."]
    assert main(["--lang", "zh_CN", "quote", "cost", *FOB_10.split(), "--term", "CIF"]) == 3
    assert "保险费率" in capsys.readouterr().err


def test_a_target_leads_back_to_factory_price_and_margin(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = cost(capsys, f"{TRADER} --margin 0.10 --target 16 --floor 0.2")
    assert rounded(answer["target"]["margin_on_price"], 4) == "0.0757"
    again = cost(
        capsys,
        TRADER.replace("113", answer["target"]["factory_price"]) + " --margin 0.10",
    )
    assert rounded(again["price"], 10) == "16.0000000000"
    assert "below the floor" in answer["warnings"][0]


@pytest.mark.parametrize(
    "words",
    [
        "--price 113",
        "--price 113 --fx 0",
        "--price 113 --fx 7.1 --margin 0.1 --markup 0.1",
        "--price 113 --fx 7.1 --vat 13",
        "--price 113 --fx 7.1 --rebate 0.13",
        "--price abc --fx 7.1",
        "--price nan --fx 7.1",
        "--price 113 --fx 7.1 --currency yuan",
        "--price 10 --currency USD --fx 7.1",
        "--price 113 --fx 7.1 --term XYZ",
        "--fx 7.1",
    ],
)
def test_contradictory_options_are_wrong_usage(
    capsys: pytest.CaptureFixture[str], words: str
) -> None:
    assert main(["quote", "cost", *words.split()]) == 2
    assert capsys.readouterr().err


def test_the_steps_are_printed_for_people_too(capsys: pytest.CaptureFixture[str]) -> None:
    words = f"{TRADER} --margin 0.10 --target 16".split()
    assert main(["--lang", "zh_CN", "quote", "cost", *words]) == 0
    printed = capsys.readouterr().out
    assert "出口退税" in printed
    assert "FOB Ningbo, Incoterms 2020: 16.43 USD" in printed
    assert "按售价 10%" in printed


def test_what_the_price_holds_is_not_added_again(capsys: pytest.CaptureFixture[str]) -> None:
    answer = cost(capsys, f"{TRADER} --markup 0.10 --price-term fob")
    assert rounded(answer["price"], 4) == "15.4930"
    (held,) = [step for step in answer["steps"] if step["name"] == "held"]
    assert (held["label"], held["amount"]) == ("Domestic charges: in the FOB price", "0")
    assert answer["warnings"] == [
        "The cost is FOB: charges that this price holds are not added again."
    ]
