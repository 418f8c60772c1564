"""The commands on requests and offers answer in JSON and in words."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.desk import Desk
from app.inquiries.offers_service import OfferDraft, OfferLineDraft
from app.inquiries.requests_service import RequestDraft
from app.inquiries.service import InquiryDraft
from ui.entry import main


def answer(capsys: pytest.CaptureFixture[str], book: Path, *words: str) -> Any:
    capsys.readouterr()
    assert main(["--book", str(book), "--json", *words]) == 0
    return json.loads(capsys.readouterr().out)


def test_suppliers_are_asked_and_their_offers_compared(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = tmp_path / "b"
    added = answer(
        capsys, book, "inquiry", "add", "--buyer", "Nordlys", "--line", "flask; 5000 pcs"
    )
    inquiry = str(added["inquiry"])
    desk = Desk(book)
    first, second = (desk.directory.add("supplier", {"name_zh": name}) for name in ("海达", "杯业"))
    desk.close()
    request = answer(capsys, book, "request", "new", inquiry, "--supplier", str(first))
    request = answer(
        capsys, book, "request", "add", str(request["request"]), "--supplier", str(second)
    )
    assert len(request["suppliers"]) == 2
    answer(
        capsys,
        book,
        "request",
        "asked",
        str(request["request"]),
        "--supplier",
        str(first),
        "--supplier",
        str(second),
    )
    told = answer(
        capsys, book, "request", "remind", str(request["request"]), "--supplier", str(second),
        "--on", "2026-03-09",
    )  # fmt: skip
    assert told["suppliers"][1]["remind_on"] == "2026-03-09"
    text = answer(capsys, book, "request", "text", str(request["request"]))["text"]
    assert "flask" in text
    assert "Nordlys" not in text
    answer(
        capsys, book, "offer", "add", inquiry, "--supplier", str(first), "--request",
        str(request["request"]), "--text", "含13%专票 13.56元 FOB宁波, 起订量1000个, 交期30天",
    )  # fmt: skip
    found = answer(capsys, book, "offer", "compare", inquiry, "--rebate", "0.13")
    (line,) = found["lines"]
    assert (line["cheapest"], line["no_answer"]) == ("海达", ["杯业"])
    assert line["offers"][0]["like_for_like"].startswith("12")
    assert line["offers"][0]["lead_time_days"] == 30
    sheet = tmp_path / "c.xlsx"
    told = answer(
        capsys, book, "offer", "compare", inquiry, "--currency", "USD", "--rate", "USD=7.1",
        "--to", str(sheet),
    )  # fmt: skip
    assert (told["currency"], told["rates"]["USD"]) == ("USD", "7.1")
    assert openpyxl.load_workbook(sheet).active.max_row > 3
    assert answer(capsys, book, "offer", "choose", inquiry)["award_total"] is not None
    chosen = answer(
        capsys, book, "offer", "award", inquiry, "--line", "1", "--offer-line",
        str(line["offers"][0]["offer_line"]),
    )  # fmt: skip
    assert chosen["award_total"] is not None
    assert main(["--book", str(book), "--lang", "zh_CN", "offer", "compare", inquiry]) == 0
    assert "未回复：杯业" in capsys.readouterr().out


def test_figures_kept_with_an_inquiry_are_those_of_the_next_comparison_until_undone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = tmp_path / "b"
    added = answer(capsys, book, "inquiry", "add", "--buyer", "Nordlys", "--line", "flask")
    compare = ("offer", "compare", str(added["inquiry"]))
    usual = answer(capsys, book, *compare)
    kept = ("--currency", "USD", "--term", "CIF", "--rate", "USD=7.05", "--freight", "0.12")
    answer(capsys, book, *compare, *kept)
    assert answer(capsys, book, *compare) == usual, "tried once, not kept"
    told = answer(capsys, book, *compare, *kept, "--keep")
    assert (told["currency"], told["incoterm"], told["rates"]["USD"]) == ("USD", "CIF", "7.05")
    assert answer(capsys, book, *compare) == told
    answer(capsys, book, "undo")
    assert answer(capsys, book, *compare) == usual
    answer(capsys, book, "redo")
    assert answer(capsys, book, *compare) == told


def test_an_offer_for_several_lines_is_one_offer_and_a_line_is_shared_out_and_taken_back(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = tmp_path / "b"
    lines = ("--line", "flask; 5000 pcs", "--line", "mug; 2000 pcs")
    inquiry = str(answer(capsys, book, "inquiry", "add", "--buyer", "N", *lines)["inquiry"])
    desk = Desk(book)
    suppliers = [desk.directory.add("supplier", {"name_zh": name}) for name in ("海达", "杯业")]
    desk.close()
    texts = ("--line", "1", "--text", "13元 FOB宁波", "--line", "2", "--text", "4.5元, 交期20天")
    for supplier in suppliers:
        answer(capsys, book, "offer", "add", inquiry, "--supplier", str(supplier), *texts)
    flask, mug = answer(capsys, book, "offer", "compare", inquiry)["lines"]
    assert [len(line["offers"]) for line in (flask, mug)] == [2, 2]
    assert {one["offer"] for one in flask["offers"]} == {one["offer"] for one in mug["offers"]}
    assert mug["offers"][0]["price"] == "4.5"
    assert mug["offers"][0]["incoterm"] == "FOB"
    first, second = (str(one["offer_line"]) for one in flask["offers"])
    award = ("offer", "award", inquiry, "--line", "1", "--offer-line")
    answer(capsys, book, *award, first, "--quantity", "60%")
    assert answer(capsys, book, *award, second, "--quantity", "2000")["award_total"] == "65000"
    left = answer(capsys, book, *award, second, "--take-back")
    assert left["award_total"] == "39000"
    words = ("offer", "add", inquiry, "--supplier", str(suppliers[0]))
    assert main(["--book", str(book), *words, "--line", "1", "--line", "2", "--text", "9元"]) == 2
    mixed = ("--line", "1", "--text", "9元", "--line", "2", "--text", "USD 2")
    assert main(["--book", str(book), *words, *mixed]) == 3


def test_lines_under_other_terms_are_offers_of_their_own(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = tmp_path / "b"
    lines = ("--line", "flask; 5000 pcs", "--line", "box; 3000 pcs", "--line", "lid; 900 pcs")
    answer(capsys, book, "inquiry", "add", "--buyer", "Nordlys", *lines)
    with closing(Desk(book)) as desk:
        supplier = desk.directory.add("supplier", {"name_en": "Haida"})
    texts = ("12.5元不含税，有效期30天", "19.8元含税13%", "1.2元含税13%")
    said = [part for n, text in enumerate(texts, 1) for part in ("--line", str(n), "--text", text)]
    added = answer(capsys, book, "offer", "add", "1", "--supplier", str(supplier), *said)
    assert len(added["offers"]) == 2
    compared = answer(capsys, book, "offer", "compare", "1", "--rebate", "13%", "--term", "EXW")
    alike = [line["offers"][0]["like_for_like"] for line in compared["lines"]]
    assert [str(round(Decimal(one), 4)) for one in alike] == ["12.5000", "17.5221", "1.0619"]


def test_an_offer_that_names_no_price_is_trouble(tmp_path: Path) -> None:
    book = str(tmp_path / "b")
    assert main(["--book", book, "inquiry", "add", "--buyer", "A", "--line", "flask"]) == 0
    assert main(["--book", book, "offer", "add", "1", "--supplier", "1", "--text", "later"]) == 3


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """Two inquiries, suppliers 1 and 2, a request to the first for each inquiry, an offer for each line."""
    book = tmp_path / "b"
    with closing(Desk(book, create=True)) as desk:
        suppliers = [desk.directory.add("supplier", {"name_zh": name}) for name in ("海达", "杯业")]
        for buyer in ("Nordlys", "Sued"):
            draft = InquiryDraft(buyer=buyer, lines=[{"wording": "flask", "quantity": 500}])
            inquiry = desk.inquiries.add(draft)
            desk.requests.create(RequestDraft(inquiry_id=inquiry, supplier_ids=suppliers[:1]))
            (line,) = desk.inquiry_views.inquiry(inquiry).lines
            offered = OfferLineDraft(tiers=((None, Decimal(9)),), inquiry_line_id=line.id)
            desk.offers.record(
                OfferDraft(
                    supplier_id=suppliers[0], inquiry_id=inquiry, currency="CNY", lines=[offered]
                )
            )
    return book


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        ("offer add 1 --supplier 99 --text USD1.9", "no supplier with the number 99"),
        ("offer add 1 --supplier 1 --request 99 --text USD1.9", "no request with the number 99"),
        ("offer add 1 --supplier 1 --request 2 --text USD1.9", "R-2026-0002 is of another"),
        ("offer add 99 --supplier 1 --text USD1.9", "no inquiry with the number 99"),
        ("offer award 1 --line 1 --offer-line 2", "is for another line"),
        ("offer compare 1 --to side.pdf", "ends in .xlsx"),
        ("offer take 1 --line 1 --product 99", "no product with the number 99"),
        ("request new 99 --supplier 1", "no inquiry with the number 99"),
        ("request show 99", "no request with the number 99"),
        ("request asked 1 --supplier 2", "not on request R-2026-0001"),
    ],
)
def test_what_is_not_there_or_does_not_fit_is_named_and_changes_nothing(
    capsys: pytest.CaptureFixture[str], asked: Path, words: str, trouble: str
) -> None:
    with closing(Desk(asked)) as desk:
        before = len(desk.history.operations())
    assert main(["--book", str(asked), *words.split()]) == 3
    said = capsys.readouterr().err
    year = f"{datetime.now(UTC):%Y}"
    assert trouble.replace("2026", year) in said
    with closing(Desk(asked)) as desk:
        assert len(desk.history.operations()) == before


def test_a_request_goes_out_as_a_sheet_and_comes_back(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = tmp_path / "b"
    added = answer(
        capsys, book, "inquiry", "add", "--buyer", "Nordlys", "--line", "flask; 5000 pcs"
    )
    desk = Desk(book)
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    desk.close()
    request = answer(
        capsys, book, "request", "new", str(added["inquiry"]), "--supplier", str(supplier)
    )
    number, file = str(request["request"]), tmp_path / "r.xlsx"
    written = answer(
        capsys, book, "request", "sheet", number, "--to", str(file), "--supplier", str(supplier)
    )
    assert written["lines"] == 1
    workbook = openpyxl.load_workbook(file)
    (top,) = [c for row in workbook.active for c in row if str(c.value).startswith("Price 1")]
    workbook.active.cell(top.row + 1, top.column).value = "￥12.8含税"
    workbook.save(file)
    tried = answer(capsys, book, "request", "answer", str(file), "--dry-run")
    assert (tried["offers"], tried["supplier_id"]) == ([], supplier)
    taken = answer(capsys, book, "request", "answer", str(file))
    assert len(taken["offers"]) == 1
    assert taken["rows"][0]["tiers"] == [{"min_quantity": None, "price": "12.8"}]
    assert taken["rows"][0]["includes_vat"] is True
    assert main(["--book", str(book), "request", "answer", str(file)]) == 3


def test_listed_prices_are_taken_as_offers_without_a_request(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    book = tmp_path / "b"
    answer(capsys, book, "inquiry", "add", "--buyer", "A", "--line", "vacuum flask; 500 pcs",
           "--line", "silicone spatula; 500 pcs")  # fmt: skip
    with closing(Desk(book)) as desk:
        supplier = desk.directory.add("supplier", {"name_zh": "海达"})
        for name in ("vacuum flask", "silicone spatula"):
            product = desk.directory.add("product", {"supplier_id": supplier, "name_en": name})
            desk.directory.add("price", {"product_id": product, "amount": 9, "currency": "CNY"})
    answer(capsys, book, "offer", "take", "1", "--line", "2", "--product", "2")
    answer(capsys, book, "offer", "take", "1", "--supplier", str(supplier))
    lines = answer(capsys, book, "offer", "compare", "1")["lines"]
    assert [len(line["offers"]) for line in lines] == [1, 1]
    assert main(["--book", str(book), "offer", "take", "1", "--supplier", str(supplier)]) == 3
    assert main(["--book", str(book), "offer", "take", "1", "--line", "2"]) == 2
