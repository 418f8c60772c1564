"""The commands on quotations answer in JSON and in words."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from new_book import new_book
from openpyxl import Workbook, load_workbook

from app.desk import Desk
from ui.entry import main


@pytest.fixture
def book(tmp_path: Path) -> Path:
    desk = Desk(new_book(tmp_path / "b"))
    supplier = desk.directory.add("supplier", {"name_zh": "宁波海达"})
    for number, name, amount in (("VF-500", "Vacuum flask", "11.3"), ("EM-1", "Enamel mug", "5")):
        product = desk.directory.add(
            "product",
            {"supplier_id": supplier, "item_number": number, "name_en": name, "unit": "pcs"},
        )
        desk.directory.add(
            "price",
            {"product_id": product, "amount": amount, "currency": "CNY", "includes_vat": True},
        )
    desk.close()
    return tmp_path / "b"


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], book: Path) -> Any:
    def answer(*words: str) -> Any:
        capsys.readouterr()
        assert main(["--book", str(book), "--json", "--lang", "en", *words]) == 0
        return json.loads(capsys.readouterr().out)

    return answer


def test_an_inquiry_becomes_a_quotation_a_revision_and_a_sheet(ask: Any, tmp_path: Path) -> None:
    inquiry = ask(
        *("inquiry", "add", "--buyer", "Nordic Home AB", "--channel", "Email"),
        *("--line", "vacuum flask; 5000 pcs; USD 1.50", "--line", "EM-1; 1000 pcs"),
    )
    drafted = ask(
        *("quote", "draft", "--inquiry", str(inquiry["inquiry"])),
        *("--term", "fob", "--place", "Ningbo", "--fx", "7.10", "--margin", "10%"),
    )
    number = drafted["number"]
    assert (drafted["kind"], drafted["state"], drafted["buyer"]) == (
        "quotation",
        "draft",
        "Nordic Home AB",
    )
    assert [line["price"] for line in drafted["lines"]] == ["1.56", "0.69"]
    assert (drafted["lines"][0]["amount"], drafted["total"]) == ("7800.00", "8490.00")
    assert drafted["lines"][0]["target_price"] == "1.5"
    assert (drafted["incoterm"], drafted["place"], drafted["fx"]) == ("FOB", "Ningbo", "7.10")
    assert ask("quote", "send", number)["state"] == "sent"
    revised = ask("quote", "revise", number, "--price", "VF-500=1.50", "--place", "Shanghai")
    assert (revised["revision"], revised["label"]) == (2, f"{number}-R2")
    compared = ask("quote", "compare", number, "1", "R2")
    told = {(row["field"], row["before"], row["after"]) for row in compared["differences"]}
    assert ("unit_price", "1.56", "1.5") in told
    assert ("trade_term", "FOB Ningbo, Incoterms 2020", "FOB Shanghai, Incoterms 2020") in told
    ask("quote", "send", number)
    assert ask("show", "quotation", number)["revisions"][0]["state"] == "superseded"
    assert ask("quote", "withdraw", number)["revision"] == 1
    sheet = tmp_path / "q.xlsx"
    exported = ask("quote", "export", number, "--to", str(sheet), "--lang", "both")
    assert (exported["lines"], exported["pictures"]) == (2, 0)
    values = [c.value for row in load_workbook(sheet).worksheets[0].iter_rows() for c in row]
    assert any("VF-500" in str(value) for value in values)
    (row,) = ask("list", "quotation")
    assert (row["number"], row["buyer"], row["lines"]) == (number, "Nordic Home AB", 2)
    assert ask("quote", "accept", number)["state"] == "accepted"


def test_typed_lines_keep_their_price_and_take_the_product(ask: Any) -> None:
    drafted = ask(
        *("quote", "draft", "--buyer", "A", "--line", "enamel mug; 100 pcs; EUR 1.25"),
        *("--line", "bamboo tray; 20 sets", "--product", "1:300", "--valid-days", "0"),
    )
    mug, tray, flask = drafted["lines"]
    assert (mug["product"], mug["price"], drafted["currency"]) == (2, "1.25", "EUR")
    assert (tray["kind"], tray["price"]) == ("free", None)
    assert "factory price" in tray["lacks"]
    assert (flask["quantity"], flask["item_number"]) == ("300", "VF-500")
    assert any("bank" in warning for warning in drafted["warnings"])


def test_what_was_done_is_undone(ask: Any) -> None:
    ask("quote", "draft", "--buyer", "A", "--product", "1:10")
    ask("undo")
    assert ask("list", "quotation") == []
    ask("redo")
    assert len(ask("list", "quotation")) == 1


def test_a_price_tells_why(ask: Any) -> None:
    number = ask("quote", "draft", "--buyer", "A", "--product", "1:10", "--fx", "7.1")["number"]
    steps = ask("quote", "why", number, "VF-500")["price"]["steps"]
    assert steps[0]["amount"] == "11.3"
    assert "宁波海达" in steps[0]["source"]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_quotations_are_told_in_words(
    capsys: pytest.CaptureFixture[str], book: Path, language: str
) -> None:
    start = ["--book", str(book), "--lang", language, "quote"]
    assert main([*start, "draft", "--buyer", "A", "--product", "1:10", "--fx", "7.1"]) == 0
    out = capsys.readouterr().out
    number = out.split(" ")[0]
    assert ("Draft" if language == "en" else "草稿") in out
    assert re.search(r"\n  = \d+\.\d\d USD", out)
    assert main([*start, "why", number, "1"]) == 0
    assert ("VAT refund" if language == "en" else "出口退税") in capsys.readouterr().out


def test_a_price_list_has_no_total(capsys: pytest.CaptureFixture[str], book: Path) -> None:
    start = ["--book", str(book), "quote", "draft", "--price-list", "--place", "Ningbo"]
    assert main([*start, "--product", "1", "--fx", "7.1"]) == 0
    out = capsys.readouterr().out
    assert "  = " not in out


def test_trouble_and_wrong_usage(
    capsys: pytest.CaptureFixture[str], book: Path, tmp_path: Path
) -> None:
    start = ["--book", str(book), "--lang", "en", "quote"]
    assert main([*start, "draft"]) == 2
    assert main([*start, "draft", "--inquiry", "99"]) == 3
    assert main([*start, "send", "Q-2026-9999"]) == 3
    assert "Q-2026-9999" in capsys.readouterr().err
    assert main([*start, "draft", "--buyer", "A"]) == 0
    number = capsys.readouterr().out.split(" ")[0]
    assert main([*start, "send", number]) == 3
    assert "no lines" in capsys.readouterr().err
    assert main([*start, "export", number, "--to", str(tmp_path / "q.doc")]) == 3
    assert main([*start, "revise", number, "--price", "7=1"]) == 2
    assert main([*start, "compare", number, "1", "7"]) == 3


def test_several_quotations_and_a_price_list_become_one_file(ask: Any, tmp_path: Path) -> None:
    numbers = [
        ask("quote", "draft", "--buyer", name, "--product", "1:10", "--fx", "7.1")["number"]
        for name in ("A", "B")
    ]
    listed = ask("quote", "draft", "--price-list", "--product", "1", "--product", "2")["number"]
    assert listed.startswith("PL-")
    file = tmp_path / "all.xlsx"
    written = ask("quote", "export", *numbers, listed, "--to", str(file))
    assert written["lines"] == 4
    assert load_workbook(file).sheetnames == [*numbers, listed]
    catalogue = tmp_path / "goods.xlsx"
    ask("quote", "export", listed, "--to", str(catalogue), "--template", "catalogue", "--no-prices")
    cells = [str(c.value) for row in load_workbook(catalogue).active.iter_rows() for c in row]
    assert any("Vacuum flask" in text for text in cells)
    assert not any("USD" in text for text in cells)


def test_what_if_lists_what_falls_below_its_floor_and_revises_it_in_one_step(ask: Any) -> None:
    terms = ("--place", "Ningbo", "--fx", "7.1", "--margin", "10%", "--floor", "8%")
    number = ask("quote", "draft", "--buyer", "A", "--product", "1:5000", *terms)["number"]
    ask("quote", "send", number)
    change = ("--rate", "USD=6.50", "--rebate", "9%")
    looked = ask("quote", "what-if", *change)
    (line,) = looked["lines"]
    assert (looked["below_floor"], looked["revised"], line["number"]) == (1, [], number)
    assert line["is_below_floor"] is True
    assert ask("show", "quotation", number)["revision"] == 1
    assert ask("quote", "what-if", *change, "--revise")["revised"] == [number]
    shown = ask("show", "quotation", number)
    assert (shown["revision"], shown["lines"][0]["price"]) == (2, line["new_price"])
    ask("undo")
    assert ask("show", "quotation", number)["revision"] == 1


def own_template(path: Path) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Harbour House, since 1998"])
    sheet.append(["{{ line.item_number }}", "{{ line.quantity }}", "{{ line.price }}"])
    book.save(path)
    return path


def exported_with_own_template(
    capsys: pytest.CaptureFixture[str], book: Path, folder: Path
) -> tuple[str, str]:
    """What the PDF says, and what was said of it."""
    start = ["--book", str(book), "--lang", "en", "quote"]
    assert main([*start, "draft", "--buyer", "A", "--product", "1:10", "--fx", "7.1"]) == 0
    number = capsys.readouterr().out.split(" ")[0]
    own, pdf = own_template(folder / "own.xlsx"), folder / "q.pdf"
    assert main([*start, "export", number, "--to", str(pdf), "--template", str(own)]) == 0
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    return text, capsys.readouterr().err


def test_the_office_program_prints_an_own_template_in_its_own_look(
    capsys: pytest.CaptureFixture[str], book: Path, tmp_path: Path
) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    text, said = exported_with_own_template(capsys, book, tmp_path)
    assert "Harbour House, since 1998" in text
    assert said == ""


def test_without_an_office_program_the_pdf_of_an_own_template_has_our_look_and_says_so(
    capsys: pytest.CaptureFixture[str],
    book: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    text, said = exported_with_own_template(capsys, book, tmp_path)
    assert "QUOTATION" in text
    assert "our classic look" in said
