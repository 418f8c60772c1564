"""The sheet a buyer gets imports back into the same lines, whatever its template and language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from new_book import new_book
from paper_samples import FIVE_TIERS, full_line, line, paper, rich_paper

from app.desk import Desk
from app.papers.content import Bilingual, LineKind, PaperKind, PaperLine, QuotationPaper
from app.papers.look import LOOKS
from app.papers.service import Papers
from app.sheets.records import Record

LANGUAGES = ("en", "zh_CN", "both")


@pytest.fixture
def other_desk(tmp_path: Path) -> Iterator[Desk]:
    """Somebody else's book, in which the sheet arrives."""
    opened = Desk(new_book(tmp_path / "other"), cache=tmp_path / "other cache")
    yield opened
    opened.close()


def exported(paper: QuotationPaper, folder: Path, *, template: str, language: str) -> Path:
    path = folder / "quotation.xlsx"
    return Papers().export(paper, path, template=template, language=language).path


def goods(paper: QuotationPaper) -> list[PaperLine]:
    return [each for each in paper.lines if each.kind is not LineKind.HEADING]


def records(desk: Desk, sheet: Path) -> list[Record]:
    _workbook, (table, *_others) = desk.sheets.understand(sheet)
    assert table.kind == "products"
    return list(table.source.records())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", LOOKS)
def test_quantities_prices_and_numbers_come_back(
    other_desk: Desk, tmp_path: Path, template: str, language: str
) -> None:
    sent = paper(4)
    found = records(other_desk, exported(sent, tmp_path, template=template, language=language))
    assert len(found) == len(sent.lines)
    for record, sold in zip(found, sent.lines, strict=True):
        values = record.values
        assert not record.problems
        assert values["item_no"] == sold.item_number
        assert values["quantity"].amount == sold.quantity  # type: ignore[attr-defined]
        (price,) = values["price"]  # type: ignore[misc]
        assert (price.amount, price.currency) == (sold.unit_price, "USD")
        assert (price.incoterm, price.place) == ("FOB", "Ningbo")
        assert values["hs_code"] == sold.hs_code
        assert len(record.pictures) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", ["classic", "catalogue"])
def test_the_products_are_the_ones_that_were_sold(
    other_desk: Desk, tmp_path: Path, template: str, language: str
) -> None:
    sent = paper(4)
    sheet = exported(sent, tmp_path, template=template, language=language)
    result = other_desk.sheets.commit(other_desk.sheets.preview(sheet))
    assert (result.created["product"], result.created["picture"]) == (4, 4)
    by_number = {
        (made := other_desk.directory_views.product(each)).values["item_number"]: made
        for each in other_desk.lists.ids("product")
    }
    for sold in sent.lines:
        made = by_number[sold.item_number]
        names = (made.values["name_en"], made.values["name_zh"])
        assert names == (
            sold.name.en if language != "zh_CN" else None,
            sold.name.zh if language != "en" else None,
        )
        packing = sold.packing
        assert made.values["pieces_per_carton"] == packing.pieces_per_carton
        assert (
            made.values["carton_length_cm"],
            made.values["carton_width_cm"],
            made.values["carton_height_cm"],
            made.values["carton_cbm"],
        ) == (packing.length_cm, packing.width_cm, packing.height_cm, Decimal("0.06"))
        assert made.values["net_weight_kg"] == packing.net_weight_kg
        assert made.values["gross_weight_kg"] == packing.gross_weight_kg
        assert made.values["moq"] == 1000


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_that_were_put_together_come_back_apart(
    other_desk: Desk, tmp_path: Path, language: str
) -> None:
    goods = tuple(replace(full_line(n), remarks=Bilingual(), hs_code="") for n in range(2))
    sent = replace(paper(0), lines=goods)
    found = records(other_desk, exported(sent, tmp_path, template="classic", language=language))
    for record, sold in zip(found, sent.lines, strict=True):
        values, packing = record.values, sold.packing
        assert not record.problems
        loads = [values[key].amount for key in ("qty_20gp", "qty_40gp", "qty_40hq")]  # type: ignore[attr-defined]
        assert loads == [packing.quantity_20gp, packing.quantity_40gp, packing.quantity_40hq]
        assert (values["net_weight"], values["gross_weight"]) == (Decimal("9.6"), Decimal("10.8"))
        assert values["moq"].amount == 1000  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_with_columns_left_out_comes_back(
    other_desk: Desk, tmp_path: Path, language: str
) -> None:
    goods = tuple(
        replace(full_line(index), unit_price=None, tiers=FIVE_TIERS) for index in range(2)
    )
    sent = replace(paper(0), lines=goods)
    found = records(other_desk, exported(sent, tmp_path, template="classic", language=language))
    for record, sold in zip(found, sent.lines, strict=True):
        assert record.values["item_no"] == sold.item_number
        assert record.values["quantity"].amount == sold.quantity  # type: ignore[attr-defined]
        steps = [(price.at_least, price.amount) for price in record.values["price"]]  # type: ignore[attr-defined]
        assert steps == [(tier.minimum, tier.unit_price) for tier in FIVE_TIERS]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", LOOKS)
def test_tiers_groups_and_options_come_back(
    other_desk: Desk, tmp_path: Path, template: str, language: str
) -> None:
    sent = rich_paper()
    sheet = exported(sent, tmp_path, template=template, language=language)
    found = records(other_desk, sheet)
    assert len(found) == len(goods(sent))
    groups = [record.group for record in found]
    assert len(set(groups[:3])) == len(set(groups[3:])) == 1
    assert groups[0] != groups[-1]
    for record, sold in zip(found, goods(sent), strict=True):
        wanted = [(tier.minimum, tier.unit_price) for tier in sold.tiers]
        prices = record.values["price"]
        steps = [(price.at_least, price.amount) for price in prices if price.amount]  # type: ignore[attr-defined]
        assert [price for _, price in steps] == (
            [price for _, price in wanted] or [sold.unit_price]
        )
        if wanted:
            assert [start for start, _ in steps] == [start for start, _ in wanted]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", LOOKS)
def test_one_line_without_a_picture_comes_back(
    other_desk: Desk, tmp_path: Path, template: str, language: str
) -> None:
    sent = replace(paper(0), lines=(line(0, picture=None),))
    sheet = exported(sent, tmp_path, template=template, language=language)
    (found,) = records(other_desk, sheet)
    assert found.values["item_no"] == "KT-1000"


@pytest.mark.parametrize("template", LOOKS)
@pytest.mark.parametrize("kind", [PaperKind.PRICE_LIST, PaperKind.CATALOGUE])
def test_a_price_list_and_a_catalogue_without_prices_come_back(
    other_desk: Desk, tmp_path: Path, template: str, kind: PaperKind
) -> None:
    sent = replace(paper(7), kind=kind)
    sent = sent if kind is PaperKind.PRICE_LIST else sent.without_prices()
    found = records(other_desk, exported(sent, tmp_path, template=template, language="both"))
    assert [record.values["item_no"] for record in found] == [
        sold.item_number for sold in sent.lines
    ]
    assert [bool(record.values.get("price")) for record in found] == [
        kind is PaperKind.PRICE_LIST
    ] * 7
    assert len({record.number for record in found}) == 7


def test_a_card_says_the_whole_of_a_long_remark_and_nothing_of_its_neighbour(
    other_desk: Desk, tmp_path: Path
) -> None:
    said = "Colours: by Pantone\nLogo: silk print\non the handle"
    sent = replace(paper(0), lines=(line(0, remarks=Bilingual.same(said)), line(1), line(2)))
    found = records(other_desk, exported(sent, tmp_path, template="catalogue", language="en"))
    assert found[0].values["remark"] == (said.replace("\n", " "),)
    assert [len(record.pictures) for record in found] == [1, 1, 1]
    assert len({record.pictures[0].data for record in found}) == 3
    assert "remark" not in found[1].values


def test_a_line_over_several_rows_comes_back_as_one(other_desk: Desk, tmp_path: Path) -> None:
    long = " ".join(f"Sentence {n} tells what a buyer wants to know." for n in range(200))
    goods = (line(0), line(1, description=Bilingual.same(long)), line(2))
    sheet = exported(replace(paper(0), lines=goods), tmp_path, template="classic", language="en")
    found = records(other_desk, sheet)
    assert [record.values["item_no"] for record in found] == [each.item_number for each in goods]
    assert found[1].values["description"] == long
    assert [len(record.pictures) for record in found] == [1, 1, 1]


def test_a_sheet_with_an_own_template_comes_back(other_desk: Desk, tmp_path: Path) -> None:
    in_use = exported(paper(4), tmp_path, template="classic", language="en")
    Papers().suggest_template(in_use, tmp_path / "own.xlsx")
    sent = paper(6)
    sheet = exported(sent, tmp_path, template=str(tmp_path / "own.xlsx"), language="en")
    found = records(other_desk, sheet)
    assert [record.values["item_no"] for record in found] == [
        each.item_number for each in sent.lines
    ]
    for record, sold in zip(found, sent.lines, strict=True):
        assert record.values["quantity"].amount == sold.quantity  # type: ignore[attr-defined]
        (price,) = record.values["price"]  # type: ignore[misc]
        assert (price.amount, price.currency, price.place) == (sold.unit_price, "USD", "Ningbo")
