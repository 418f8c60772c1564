"""The commands on inquiries answer in JSON and in words."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from app.desk import Desk
from ui.entry import main


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def answer(capsys: pytest.CaptureFixture[str], book: Path, *words: str) -> Any:
    capsys.readouterr()
    assert main(["--book", str(book), "--json", *words]) == 0
    return json.loads(capsys.readouterr().out)


def test_an_inquiry_is_added_and_matched(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = tmp_path / "b"
    added = answer(
        capsys, book, "inquiry", "add", "--buyer", "Nordlys", "--channel", "Alibaba.com",
        "--line", "vacuum flask 500 ml; 5,000 pcs; USD 2.10", "--line", "硅胶铲；2x40HQ",
    )  # fmt: skip
    assert (added["buyer"], added["channel"], added["number"]) == (
        "Nordlys",
        "Alibaba.com",
        added["number"],
    )
    assert [(x["wording"], x["quantity"], x["quantity_text"]) for x in added["lines"]] == [
        ("vacuum flask 500 ml", "5000", None),
        ("硅胶铲", None, "2x40HQ"),
    ]
    desk = Desk(book)
    supplier = desk.directory.add("supplier", {"name_zh": "宁波海达"})
    product = desk.directory.add(
        "product", {"supplier_id": supplier, "name_zh": "不锈钢保温杯 500ml"}
    )
    desk.close()
    found = answer(capsys, book, "inquiry", "match", str(added["inquiry"]))
    first = found["lines"][0]
    assert first["line"] == "vacuum flask 500 ml"
    assert first["candidates"][0]["supplier"] == "宁波海达"
    assert first["candidates"][0]["reasons"]
    assert 0 < int(answer(capsys, book, "inquiry", "fit", "1")["score"]) < 100
    assert main(["--book", str(book), "--lang", "zh_CN", "inquiry", "match", "1"]) == 0
    assert "宁波海达" in capsys.readouterr().out
    linked = answer(capsys, book, "inquiry", "link", "1", "--line", "1", "--product", str(product))
    assert linked["lines"][0]["product"]["supplier"] == "宁波海达"
    assert main(["--book", str(book), "inquiry", "link", "1", "--product", "99"]) == 3
    assert answer(capsys, book, "inquiry", "link", "1")["lines"][0]["product"] is None


def test_two_inquiries_that_are_one_are_merged_and_apart_again(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = tmp_path / "b"
    for channel, more in (("Alibaba.com", ()), ("Email", ("--subject", "Flasks"))):
        answer(
            capsys, book, "inquiry", "add", "--buyer", "Nordlys", "--channel", channel,
            "--line", "vacuum flask 500 ml; 5,000 pcs", *more,
        )  # fmt: skip
    merged = answer(capsys, book, "inquiry", "merge", "1", "2", "--take", "channel")
    assert (merged["id"], merged["channel"], merged["subject"]) == (1, "Email", "Flasks")
    assert (len(merged["lines"]), merged["same"]) == (1, [])
    answer(capsys, book, "undo")
    merged = answer(capsys, book, "inquiry", "merge", "1", "2", "--keep-lines", "--keep", "subject")
    assert (len(merged["lines"]), merged["subject"]) == (2, None)
    assert main(["--book", str(book), "inquiry", "merge", "1", "2"]) == 3
    assert main(["--book", str(book), "inquiry", "merge", "1", "1"]) == 3


def test_channels_are_listed_and_changed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = tmp_path / "b"
    answer(capsys, book, "inquiry", "add", "--buyer", "A", "--channel", "Phone", "--line", "cup")
    found = answer(
        capsys, book, "inquiry", "channels", "--add", "TikTok", "--rename", "Phone", "Hotline",
        "--remove", "WeChat",
    )  # fmt: skip
    channels = {one["name"]: one["inquiries"] for one in found["channels"]}
    assert (channels["Hotline"], channels["TikTok"]) == (1, 0)
    assert not {"Phone", "WeChat"} & channels.keys()


def test_a_pasted_text_becomes_an_inquiry(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = tmp_path / "mail.txt"
    text.write_text("产品：硅胶铲\n数量：5000个\n客户名称：Kestrel Trading GmbH", encoding="utf-8")
    added = answer(capsys, tmp_path / "b", "inquiry", "paste", str(text))
    assert added["buyer"] == "Kestrel Trading GmbH"
    assert added["lines"][0]["quantity"] == "5000"
    assert added["original_text"] == text.read_text(encoding="utf-8")


def test_a_mail_file_becomes_an_inquiry(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "inquiry.eml"
    head = "From: Anna Berg <anna@nordlys.example>\nMIME-Version: 1.0\nSubject: Flasks\n"
    coded = (
        "Content-Transfer-Encoding: quoted-printable\n\nPlease quote 5,000 pcs vacuum fl=\nask.\n"
    )
    file.write_text(head + coded, encoding="utf-8")
    added = answer(capsys, tmp_path / "b", "inquiry", "paste", str(file))
    assert (added["buyer"], added["subject"]) == ("Anna Berg", "Flasks")
    assert added["contact"] == "Anna Berg"
    assert added["channel"] == "Email"
    assert added["lines"][0]["wording"] == "vacuum flask"
    answer(capsys, tmp_path / "b", "inquiry", "channels", "--rename", "Email", "Mailbox")
    again = answer(capsys, tmp_path / "b", "inquiry", "paste", str(file))
    assert again["channel"] == "Mailbox"
    assert (again["buyer_id"], again["contact_id"]) == (added["buyer_id"], added["contact_id"])


def test_two_inquiries_are_said_to_be_two(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = tmp_path / "b"
    asked = ("inquiry", "add", "--buyer", "Nordlys", "--line", "vacuum flask; 500 pcs")
    first = answer(capsys, book, *asked)
    second = answer(capsys, book, *asked)
    assert [one["number"] for one in second["same"]] == [first["number"]]
    told = answer(capsys, book, "inquiry", "not-same", second["number"], first["number"])
    assert told["same"] == []


def test_a_line_without_a_product_is_trouble(tmp_path: Path) -> None:
    book = str(tmp_path / "b")
    assert main(["--book", book, "inquiry", "add", "--buyer", "A", "--line", "; 5 pcs"]) == 3
    assert main(["--book", book, "inquiry", "paste", str(tmp_path / "none.txt")]) == 3


def test_what_can_be_no_inquiry_is_refused_before_the_book_is_opened(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    book, picture, mail = tmp_path / "entrepot.sqlite", tmp_path / "a.txt", tmp_path / "a.eml"
    book.write_bytes(b"this is no book")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    mail.write_bytes(b"\x93\x1f\0 no mail")
    monkeypatch.setattr("sys.stdin", io.StringIO(" \n"))
    for named in (str(picture), str(mail), str(tmp_path / "none.txt"), "-"):
        assert main(["--book", str(tmp_path), "inquiry", "paste", named]) == 3
        told = capsys.readouterr().err
        assert Path(named).name in told
        assert "sqlite" not in told
    assert book.read_bytes() == b"this is no book"


def test_files_are_attached_listed_saved_and_removed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book, drawing = tmp_path / "b", tmp_path / "drawing.pdf"
    drawing.write_bytes(b"%PDF-1.7")
    answer(capsys, book, "inquiry", "add", "--buyer", "Nordlys", "--line", "flask; 500 pcs")
    attached = answer(capsys, book, "inquiry", "attach", "1", str(drawing))
    (one,) = attached["attachments"]
    assert (one["name"], one["size_bytes"], attached["attached"]) == ("drawing.pdf", 8, [one["id"]])
    assert answer(capsys, book, "show", "inquiry", "1")["attachments"] == [one]
    number = answer(capsys, book, "quote", "draft", "--inquiry", "1")["number"]
    answer(capsys, book, "file", "attach", "quotation", number, str(drawing))
    assert (
        answer(capsys, book, "show", "quotation", number)["attachments"][0]["name"] == one["name"]
    )
    saved = answer(capsys, book, "file", "save", str(one["id"]), "--to", str(tmp_path / "copy.pdf"))
    assert Path(saved["file"]).read_bytes() == b"%PDF-1.7"
    answer(capsys, book, "file", "remove", str(one["id"]))
    assert answer(capsys, book, "show", "inquiry", "1")["attachments"] == []
    answer(capsys, book, "undo")
    assert answer(capsys, book, "show", "inquiry", "1")["attachments"] == [one]
    assert main(["--book", str(book), "inquiry", "attach", "1", str(tmp_path / "none.pdf")]) == 3
    assert main(["--book", str(book), "file", "attach", "inquiry", "one", str(drawing)]) == 2


def test_an_inquiry_is_tagged_listed_with_its_tags_and_found_by_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = tmp_path / "b"
    for buyer in ("Nordlys", "Casa Verde"):
        answer(capsys, book, "inquiry", "add", "--buyer", buyer, "--line", "flask; 500 pcs")
    assert answer(capsys, book, "inquiry", "tag", "1", "urgent", "展会")["tags"] == [
        "urgent",
        "展会",
    ]
    (row,) = answer(capsys, book, "list", "inquiry", "--where", "tag:urgent")
    assert (row["buyer"], row["tags"]) == ("Nordlys", "urgent、展会")
    assert answer(capsys, book, "inquiry", "tag", "1")["tags"] == []
    assert answer(capsys, book, "list", "inquiry", "--where", "tag:urgent") == []
    answer(capsys, book, "undo")
    assert len(answer(capsys, book, "list", "inquiry", "--where", "tag:展会")) == 1


def test_an_inquiry_goes_from_stage_to_stage_when_it_has_what_the_stage_needs(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = tmp_path / "b"
    answer(capsys, book, "inquiry", "add", "--buyer", "Nordlys", "--line", "flask; 500 pcs")
    assert answer(capsys, book, "inquiry", "stage", "1", "qualified")["stage"] == "qualified"
    assert main(["--book", str(book), "inquiry", "stage", "1", "lost"]) == 3
    lost = answer(capsys, book, "inquiry", "stage", "1", "lost", "--reason", "too dear")
    assert (lost["stage"], lost["lost_reason"]) == ("lost", "too dear")
    answer(capsys, book, "undo")
    assert answer(capsys, book, "show", "inquiry", "1")["stage"] == "qualified"


def test_an_inquiry_goes_by_its_number_as_by_its_id(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = tmp_path / "b"
    added = answer(capsys, book, "inquiry", "add", "--buyer", "A", "--line", "硅胶铲; 500 pcs")
    answer(capsys, book, "inquiry", "add", "--buyer", "B", "--line", "other; 1 pcs")
    number = added["number"]
    assert answer(capsys, book, "show", "inquiry", number.lower())["id"] == added["inquiry"]
    matched = answer(capsys, book, "inquiry", "match", number)
    assert matched["lines"][0]["line"] == "硅胶铲"
    assert main(["--book", str(book), "inquiry", "match", number[:-1]]) == 2
    assert f"'{number[:-1]}' is no id" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [("show", "inquiry"), ("undo",), ("picture", "remove"), ("thread", "show")]
)
def test_an_id_no_book_can_have_is_refused(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    Desk(tmp_path / "b", create=True).close()
    assert main(["--book", str(tmp_path / "b"), *words, str(2**63)]) == 2
    assert "is not in the range" in capsys.readouterr().err
