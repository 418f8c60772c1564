"""The main job from end to end: sheets in, an inquiry answered, a quotation sheet out, all undone."""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sqlcipher3.dbapi2 import connect

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from app.quotations.revisions import State
from app.quotations.service import QuotationDraft
from app.search.results import Request
from database.journal import tracked_tables
from ui.entry import main

CONTACTS = "made/canton-fair-contacts.xlsx"
PRICES = "made/factory-price-list.xlsx"
EXHIBITORS = "fairs/hannover-messe-2018-exhibitors.csv"
SHEETS = (CONTACTS, PRICES, EXHIBITORS)


def found(desk: Desk, words: str, kind: str) -> list[int]:
    desk.search.update()
    return [hit.id for hit in desk.search.find(Request(words, kind=kind)).hits]


def test_from_three_sheets_to_a_quotation_sheet_and_back_to_nothing(
    desk: Desk, shared_sheets: Path, tmp_path: Path
) -> None:
    desk.search.open()
    imports = [desk.sheets.commit(desk.sheets.preview(shared_sheets / name)) for name in SHEETS]
    assert [result.created["supplier"] for result in imports][:2] == [41, 1]
    assert imports[2].created["supplier"] > 6500

    factory = found(desk, "宁波宏达家居", "supplier")[0]
    assert found(desk, "Ningbo Hongda Houseware", "supplier")[0] == factory
    assert found(desk, "spatula", "product")

    desk.rates.add("exchange_rate", {"currency": "USD", "rate": "7.10", "valid_on": "2026-03-01"})
    desk.rates.add("seller_profile", {"name_en": "Entrepot Trading", "name_zh": "商埠贸易"})
    inquiry = desk.inquiries.add(
        InquiryDraft(
            buyer="Nordic Home AB",
            values={"channel": "Canton Fair", "incoterm": "FOB", "place": "Ningbo"},
            lines=[
                {"wording": "HD-1021", "quantity": "500", "unit": "pcs"},
                {"wording": "ceramic mug", "quantity": "5000", "unit": "pcs"},
            ],
        )
    )
    quotation = desk.quotations.draft(QuotationDraft(inquiry_id=inquiry))
    detail = desk.quotation_views.quotation(quotation)
    spatula, mug = detail.lines
    # 32.53 with 13 % VAT, 13 % refunded → 28.7876 net; 10 % margin on the price at 7.10
    assert spatula.unit_price == Decimal("4.51")
    assert spatula.picture is not None
    assert mug.unit_price is not None
    assert detail.total == Decimal("4.51") * 500 + mug.unit_price * 5000
    assert detail.load.goods is not None
    assert detail.internal.lines[spatula.id].supplier == "宁波宏达家居用品有限公司"

    desk.quotations.send(quotation)
    assert desk.inquiry_views.inquiry(inquiry).values["stage"] == "quoted"
    desk.quotations.revise(quotation, {"place": "Shanghai"}, line_values={1: {"price": "4.40"}})
    desk.quotations.send(quotation)
    states = [each.state for each in desk.quotation_views.quotation(quotation).revisions]
    assert states == [State.SUPERSEDED, State.SENT]

    written = desk.papers.export(quotation, tmp_path / "quotation.xlsx", language="both")
    assert (written.lines, written.pictures) == (2, 2)
    sheet = load_workbook(written.path).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(cell.data_type == "f" for cell in cells)
    assert any("FOB Shanghai" in str(cell.value) for cell in cells)
    with ZipFile(written.path) as package:
        content = b"".join(package.read(name) for name in package.namelist())
    assert "宏达".encode() not in content

    while desk.history.undoable() is not None:
        assert desk.history.undo().kept == ()
    kinds = ("supplier", "product", "buyer", "contact", "inquiry", "quotation")
    assert {kind: desk.lists.count(kind) for kind in kinds} == dict.fromkeys(kinds, 0)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    def answer(*words: str) -> Any:
        capsys.readouterr()
        code = main(["--book", str(tmp_path / "book"), "--json", "--lang", "en", *words])
        printed = capsys.readouterr()
        assert code == 0, printed.err
        return json.loads(printed.out)

    return answer


def rows_of(book: Path) -> str:
    """All rows of all records of a closed book, as one hash."""
    digest = hashlib.sha256()
    with closing(connect(str(book / "entrepot.sqlite"))) as connection:
        for table in tracked_tables():
            rows = connection.execute(f'SELECT * FROM "{table.name}" ORDER BY id').fetchall()
            digest.update(repr((table.name, rows)).encode())
    return digest.hexdigest()


def test_the_same_through_the_command_line(ask: Any, shared_sheets: Path, tmp_path: Path) -> None:
    book = tmp_path / "book"
    ask("init")
    imports = []
    for name in SHEETS:
        before = rows_of(book)
        imported = ask("import", str(shared_sheets / name))
        after = rows_of(book)
        assert after != before
        assert ask("undo", str(imported["operation"]))["kept"] == []
        assert rows_of(book) == before
        assert ask("redo")["kept"] == []
        assert rows_of(book) == after
        imports.append(imported)
    prices = imports[1]
    assert [one["created"]["supplier"] for one in imports][:2] == [41, 1]
    assert prices["pictures"] == 19
    assert ask("search", "宏达")["hits"]
    assert ask("search", "Ningbo Hongda", "--kind", "supplier")["hits"]
    assert ask("search", "spatula", "--kind", "product")["hits"]
    inquiry = ask(
        *("inquiry", "add", "--buyer", "Nordic Home AB", "--channel", "Email"),
        *("--line", "HD-1021; 500 pcs; USD 4.20", "--line", "ceramic mug; 5000 pcs"),
    )
    drafted = ask(
        *("quote", "draft", "--inquiry", str(inquiry["id"])),
        *("--term", "FOB", "--place", "Ningbo", "--fx", "7.10"),
    )
    assert drafted["lines"][0]["price"] == "4.51"
    number = drafted["number"]
    ask("quote", "send", number)
    ask("quote", "revise", number, "--price", "HD-1021=4.40")
    compared = ask("quote", "compare", number, "1", "2")
    assert [(row["field"], row["after"]) for row in compared["differences"]] == [
        ("unit_price", "4.4")
    ]
    for name in ("q.xlsx", "q.pdf"):
        exported = ask("quote", "export", number, "--to", str(tmp_path / name))
        assert (exported["lines"], exported["pictures"]) == (2, 2)
    undone = ask("undo", str(prices["operation"]))
    assert {one["kind"] for one in undone["kept"]} >= {"product"}
    fair = imports[2]
    companies = len(ask("list", "supplier", "--limit", "9999"))
    assert ask("undo", str(fair["operation"]))["kept"] == []
    left = len(ask("list", "supplier", "--limit", "9999"))
    assert companies - left == fair["created"]["supplier"]
    assert ask("show", "quotation", number)["lines"][0]["price"] == "4.4"
