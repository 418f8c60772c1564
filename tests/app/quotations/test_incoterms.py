"""The delivery terms follow the responsibility table and keep place and edition."""

from __future__ import annotations

import pytest

from app.kernel.language import catalogue
from app.quotations.incoterms import (
    INCOTERMS,
    OFFERED,
    Carriage,
    CostLine,
    Payer,
    TradeTerm,
    parse_trade_term,
)


def test_eleven_terms_are_offered() -> None:
    assert OFFERED == ("EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP")
    sea = {code for code in OFFERED if INCOTERMS[code].carriage is Carriage.SEA}
    assert sea == {"FAS", "FOB", "CFR", "CIF"}


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("EXW", "export_packing"),
        ("FCA", "export_packing carriage_to_port export_clearance"),
        ("FAS", "export_packing carriage_to_port export_clearance origin_thc"),
        ("FOB", "export_packing carriage_to_port export_clearance origin_thc on_board"),
    ],
)
def test_a_term_puts_its_lines_on_the_seller(code: str, lines: str) -> None:
    term = INCOTERMS[code]
    assert " ".join(line for line in CostLine if term.payer(line).is_seller) == lines


def test_freight_insurance_unloading_and_duty_fall_as_the_table_says() -> None:
    def payers(line: CostLine) -> dict[str, Payer]:
        return {code: INCOTERMS[code].payer(line) for code in OFFERED}

    freight, insurance = payers(CostLine.MAIN_CARRIAGE), payers(CostLine.INSURANCE)
    assert [c for c in OFFERED if freight[c] is Payer.SELLER] == list(OFFERED[4:])
    assert [c for c in OFFERED if insurance[c] is Payer.SELLER] == ["CIF", "CIP"]
    unloading, duty = payers(CostLine.UNLOADING), payers(CostLine.IMPORT_DUTY)
    assert [c for c in OFFERED if unloading[c] is Payer.SELLER] == ["DPU"]
    in_freight = Payer.BUYER_UNLESS_IN_FREIGHT
    assert [c for c in OFFERED if unloading[c] is in_freight] == ["CFR", "CIF", "CPT", "CIP"]
    assert [c for c in OFFERED if duty[c] is Payer.SELLER] == ["DDP"]
    assert INCOTERMS["CIF"].minimum_cover == "ICC C"
    assert INCOTERMS["CIP"].minimum_cover == "ICC A"
    assert INCOTERMS["FCA"].payer(CostLine.CARRIAGE_TO_PORT) is Payer.SELLER_TO_THE_PLACE


@pytest.mark.parametrize(
    ("text", "code", "place", "edition"),
    [
        ("FOB Ningbo", "FOB", "Ningbo", 2020),
        ("CIF Hamburg Incoterms 2010", "CIF", "Hamburg", 2010),
        ("FOB Ningbo, Incoterms 2020", "FOB", "Ningbo", 2020),
        ("fob ningbo, china (Incoterms® 2020)", "FOB", "ningbo, china", 2020),
        ("USD 1.25/pc FOB Ningbo", "FOB", "Ningbo", 2020),
        ("FOB Shenzhen USD 1.25", "FOB", "Shenzhen", 2020),
        ("FOB Ningbo USD/pc", "FOB", "Ningbo", 2020),
        ("FOB USD", "FOB", "", 2020),
        ("FOB Price", "FOB", "", 2020),
        ("FOB价", "FOB", "", 2020),
        ("FOB宁波", "FOB", "宁波", 2020),
        ("FOB（宁波）", "FOB", "宁波", 2020),
        ("EX-WORKS Yiwu", "EXW", "Yiwu", 2020),
        ("C&F Lagos", "CFR", "Lagos", 2020),
        ("CNF Chittagong", "CFR", "Chittagong", 2020),
        ("DDU Moscow", "DDU", "Moscow", 2000),
        ("DAT Antwerp", "DAT", "Antwerp", 2010),
        ("Price term: DAP Warsaw", "DAP", "Warsaw", 2020),
        ("FCA Shanghai 2010", "FCA", "Shanghai", 2010),
        ("EXW/FOB Ningbo", "EXW", "", 2020),
        ("CIF Los Angeles", "CIF", "Los Angeles", 2020),
    ],
)
def test_a_term_is_read_with_place_and_edition(
    text: str, code: str, place: str, edition: int
) -> None:
    assert parse_trade_term(text) == TradeTerm(code, place, edition)


@pytest.mark.parametrize("text", ["", "Ningbo", "exworkshop", "fobs", "CIFAR", "unit price"])
def test_other_text_holds_no_term(text: str) -> None:
    assert parse_trade_term(text) is None


@pytest.mark.parametrize("code", INCOTERMS)
@pytest.mark.parametrize("place", ["Ningbo", "Los Angeles, CA", "宁波"])
def test_what_a_term_prints_reads_back(code: str, place: str) -> None:
    for edition in INCOTERMS[code].editions:
        term = TradeTerm(code, place, edition)
        assert parse_trade_term(term.text) == term


def test_doubtful_terms_warn() -> None:
    def keys(term: TradeTerm, *, by_sea: bool = True) -> list[str]:
        return [message.key for message in term.warnings(by_sea=by_sea)]

    assert keys(TradeTerm("FOB", "Ningbo")) == []
    assert keys(TradeTerm("FOB")) == ["quotations.term_without_place"]
    (told,) = TradeTerm("CIF").warnings()
    assert catalogue("en").text(told) == "CIF needs its named place: the port of destination."
    assert keys(TradeTerm("DDU", "Moscow", 2000)) == ["quotations.term_is_legacy"]
    assert keys(TradeTerm("DPU", "Kyiv", 2010)) == ["quotations.term_not_in_edition"]
    assert keys(TradeTerm("FOB", "Pudong"), by_sea=False) == ["quotations.term_is_for_sea"]
    assert INCOTERMS["DDU"].is_legacy
    assert not INCOTERMS["FOB"].is_legacy


def test_codes_and_editions_that_never_were_are_refused() -> None:
    with pytest.raises(ValueError, match="Incoterms code"):
        TradeTerm("XYZ", "Ningbo")
    with pytest.raises(ValueError, match="1999"):
        TradeTerm("FOB", "Ningbo", 1999)
