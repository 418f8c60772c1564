"""Nothing of ours and nothing alive leaves the house: each part of every exported file is searched."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import Workbook, load_workbook

from app.desk import Desk
from app.papers.look import LOOKS
from app.quotations.service import PRICE_LIST, QuotationDraft

#: What we alone know: supplier, cost and its source, rate, floor, notes, and what a rival was told.
SECRETS = (
    "宁波海达",
    "Haida Secret",
    "PL-2026-secret",
    "13.37",
    "0.1234",
    "7.0987",
    "between us",
    "margin note",
    "Rival GmbH",
    "CN-secret-port",
)
#: What would be a formula or a link if a cell took it for one.
ATTACKS = (
    "=HYPERLINK('http://evil.example','x')",
    "+cmd|'/c calc'!A1",
    "-2+3+cmd|'/c calc'!A1",
    "@SUM(1+1)",
    "\t=1+1",
    "http://evil.example/",
    "{{ 7*7 }}",
)
OWN = "own.xlsx"
_OURS = re.compile(r"=(?:(?:ROUND|ROUNDUP|SUM|IF|MAX|MIN)\(|[A-Z]{1,3}\d+|[\d.,()*/+:<>=%-])+\)?")


def costed_product(desk: Desk) -> int:
    """A product with a supplier, a price, rates and a freight that nobody outside may see."""
    supplier = desk.directory.add(
        "supplier", {"name_zh": "宁波海达", "name_en": "Haida Secret Factory"}
    )
    product = desk.directory.add(
        "product",
        {
            "supplier_id": supplier,
            "item_number": "VF-500",
            "name_en": "Flask",
            "remarks": "margin note",
        },
    )
    desk.directory.add(
        "price",
        {
            "product_id": product,
            "amount": "13.37",
            "source": "PL-2026-secret",
            "includes_vat": True,
        },
    )
    desk.rates.add("seller_profile", {"name_en": ATTACKS[0], "address_en": ATTACKS[1]})
    desk.rates.add("exchange_rate", {"currency": "USD", "rate": "7.0987", "valid_on": "2026-03-01"})
    desk.rates.add(
        "freight_rate",
        {"mode": "sea_lcl", "unit": "wm", "amount": "40", "currency": "USD", "source": "CN-secret-port", "valid_from": "2026-01-01"},
    )  # fmt: skip
    return product


@pytest.fixture
def quotations(desk: Desk) -> list[int]:
    """A rival's, ours to the buyer, and a price list; every text field holds an attack."""
    product = costed_product(desk)
    line = {"product_id": product, "quantity": "5000"}
    rival = desk.quotations.draft(QuotationDraft(buyer="Rival GmbH", lines=[line]))
    desk.quotations.send(rival)
    attacked = [
        {"kind": "free", "name_en": text, "item_number": text, "description": text, "remarks": text,
         "packing": text, "lead_time": text, "unit": text, "quantity": "3", "price": "2.50"}
        for text in ATTACKS
    ]  # fmt: skip
    header = {
        "place": "Ningbo",
        "title": ATTACKS[3],
        "marks": ATTACKS[0],
        "remarks": ATTACKS[2],
        "margin_floor": "0.1234",
        "internal_note": "between us",
    }
    ours = desk.quotations.draft(
        QuotationDraft(
            buyer="Nordic Home AB",
            values=header,
            lines=[
                line,
                *attacked,
                {"kind": "discount", "name_en": ATTACKS[0], "discount_percent": "2"},
            ],
        )
    )
    desk.quotations.send(ours)
    listed = desk.quotations.draft(
        QuotationDraft(lines=[{"product_id": product}], document=PRICE_LIST)
    )
    return [ours, listed]


def own_template(path: Path) -> str:
    """A workbook of the user's with placeholders of every kind and a sum of its own."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(
        ["{{ title }} {{ number }}", "{{ buyer.name }}", "{{ seller.name }}", "{{ marks }}"]
    )
    sheet.append(["{{ line.item_number }}", "{{ line.name }}", "{{ line.description }}",
                  "{{ line.quantity }}", "{{ line.price }}", "=D2*E2", "{{ line.remarks }}"])  # fmt: skip
    sheet.append(["{{ remarks }}", None, None, None, None, "=SUM(F2:F2)"])
    book.save(path)
    return str(path)


def files(desk: Desk, quotations: list[int], folder: Path) -> Iterator[Path]:
    """Every kind of file that leaves: each template, language and ending, one and several papers."""
    ours, listed = quotations
    for template in (*LOOKS, own_template(folder / OWN)):
        for language in ("en", "both"):
            path = folder / f"{Path(template).stem} {language}.xlsx"
            yield desk.papers.export(ours, path, template=template, language=language).path
    for template in LOOKS:
        path = folder / f"{template}.pdf"
        yield desk.papers.export(ours, path, template=template, language="both").path
    yield desk.papers.export(quotations, folder / "several.xlsx").path
    yield desk.papers.export(listed, folder / "list.xlsx", template="catalogue").path
    yield desk.papers.export(listed, folder / "fair.xlsx", with_prices=False).path


def parts(path: Path) -> Mapping[str, bytes]:
    """Each part of the file's zip; of a PDF its text and its properties."""
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
        told = str(document.get_metadata_dict())
        document.close()
        return {"text": text.encode(), "properties": told.encode(), "bytes": path.read_bytes()}
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_no_part_of_any_file_tells_what_is_ours_alone(
    desk: Desk, quotations: list[int], tmp_path: Path
) -> None:
    found = [
        f"{secret} in {path.name}: {name}"
        for path in files(desk, quotations, tmp_path)
        for name, content in parts(path).items()
        for secret in SECRETS
        if secret.encode() in content or secret in name
    ]
    assert not found


def test_the_costs_are_there_for_those_inside_only(
    desk: Desk, quotations: list[int], tmp_path: Path
) -> None:
    """The search above would find them: the internal paper has them."""
    desk.explanations.export(quotations[0], tmp_path / "why.pdf")
    text = parts(tmp_path / "why.pdf")["text"].decode()
    assert "13.37" in text
    assert "宁波海达" in text


def test_no_text_from_outside_becomes_a_formula_or_a_link(
    desk: Desk, quotations: list[int], tmp_path: Path
) -> None:
    for path in files(desk, quotations, tmp_path):
        if path.suffix == ".pdf":
            assert b"/URI" not in path.read_bytes()
            continue
        contents = parts(path)
        assert not [name for name in contents if "externalLink" in name or "vba" in name.lower()]
        assert not [name for name, part in contents.items() if b"hyperlink" in part]
        for sheet in load_workbook(path).worksheets:
            cells = [cell for row in sheet.iter_rows() for cell in row]
            strange = [
                cell.value
                for cell in cells
                if cell.data_type == "f" and not _OURS.fullmatch(str(cell.value))
            ]
            assert not strange, path.name


def test_texts_that_look_like_formulas_arrive_as_they_were_written(
    desk: Desk, quotations: list[int], tmp_path: Path
) -> None:
    path = desk.papers.export(quotations[0], tmp_path / "q.xlsx").path
    values = {cell.value for row in load_workbook(path).worksheets[0].iter_rows() for cell in row}
    assert {ATTACKS[0], ATTACKS[2], ATTACKS[3], ATTACKS[5]} <= values
