"""Every kind of record of the command line can be listed and shown, and is told by its own name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from ui.entry import main

KINDS = (
    "supplier",
    "buyer",
    "contact",
    "product",
    "price",
    "picture",
    "inquiry",
    "line",
    "request",
    "offer",
    "thread",
    "message",
    "round",
    "follow_up",
    "quotation",
)
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = tmp_path_factory.mktemp("kinds") / "book"
    assert main(["--book", str(book), "--json", "demo"]) == 0
    return book


@pytest.fixture
def ask(sample: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    def answer(*words: str, code: int = 0) -> Any:
        capsys.readouterr()
        assert main(["--book", str(sample), "--json", "--lang", "en", *words]) == code
        printed = capsys.readouterr()
        return json.loads(printed.out) if code == 0 else printed.err

    return answer


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_listed_and_shown(ask: Ask, kind: str) -> None:
    (row,) = ask("list", kind, "--limit", "1")
    assert row["kind"] == kind
    shown = ask("show", kind, str(row["id"]))
    assert (shown["kind"], shown["id"]) == (kind, row["id"])
    assert "99999" in ask("show", kind, "99999", code=3)


def test_an_offer_is_shown_with_its_lines_and_a_message_with_its_attachments(ask: Ask) -> None:
    offer = ask("show", "offer", "1")
    assert offer["lines"][0]["tiers"][0]["amount"] == offer["price"]
    assert ask("show", "message", "1")["attachments"] == []


def test_a_supplier_is_no_buyer(ask: Ask) -> None:
    (supplier,) = ask("list", "supplier", "--limit", "1")
    assert "no buyer" in ask("show", "buyer", str(supplier["id"]), code=3)


def test_what_takes_a_kind_and_a_number_takes_no_company_of_another_role(
    ask: Ask, tmp_path: Path
) -> None:
    picture = tmp_path / "red.png"
    Image.new("RGB", (20, 20), "red").save(picture)
    supplier = str(ask("list", "supplier", "--limit", "1")[0]["id"])
    for words in (
        ("picture", "add", "buyer", supplier, str(picture)),
        ("file", "attach", "buyer", supplier, str(picture)),
        ("tag", "add", "buyer", "new", supplier),
        ("tag", "remove", "buyer", "new", supplier),
        ("history", "--of", "buyer", supplier),
    ):
        assert f"There is no buyer with the number {supplier}" in ask(*words, code=3)
    assert ask("picture", "add", "supplier", supplier, str(picture))["added"]
    ask("undo")


def test_deleted_is_told_of_what_the_journal_knows_and_of_nothing_else(
    ask: Ask, tmp_path: Path
) -> None:
    picture = tmp_path / "red.png"
    Image.new("RGB", (20, 20), "blue").save(picture)
    (added,) = ask("picture", "add", "product", "1", str(picture))["added"]
    ask("picture", "remove", str(added))
    deleted = f"The picture with the number {added} was deleted."
    assert deleted in ask("picture", "move", str(added), code=3)
    assert deleted in ask("show", "picture", str(added), code=3)
    for words in (
        ("picture", "remove", "77777"),
        ("file", "remove", "77777"),
        ("file", "save", "77777", "--to", str(tmp_path)),
        ("tag", "add", "product", "new", "77777"),
        ("history", "--of", "agent", "77777"),
        ("thread", "merge", "1", "77777"),
        ("thread", "drop-round", "77777"),
        ("thread", "done", "77777"),
    ):
        told = ask(*words, code=3)
        assert "There is no" in told, words
        assert "77777" in told, words
    ask("undo")
    ask("undo")


def test_known_values_are_told_in_the_language_of_the_command_line_and_of_the_sheet(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(*words: str) -> str:
        capsys.readouterr()
        assert main(["--book", str(sample), "--lang", "zh_CN", *words]) == 0
        return capsys.readouterr().out

    assert {"转介绍", "官网", "阿里巴巴国际站"} <= set(told("list", "inquiry").split())
    assert "Website" not in told("list", "inquiry")
    assert {"邮件", "对方发来", "手工录入"} <= set(told("list", "message").split())
    assert "False" not in told("list", "price")
    assert "channel: 转介绍" in told("show", "inquiry", "22")
    told("export", "inquiry", "--to", str(tmp_path / "inquiries.csv"))
    sheet = (tmp_path / "inquiries.csv").read_text("utf-8-sig")
    assert ",官网," in sheet
    assert "Website" not in sheet
    back = told("import", str(tmp_path / "inquiries.csv"), "--dry-run")
    assert "更新" not in back


def test_prices_are_filtered_and_sorted_by_their_own_fields(ask: Ask) -> None:
    rows = ask("list", "price", "--where", "amount:>100", "--sort", "amount", "--limit", "3")
    amounts = [float(row["amount"]) for row in rows]
    assert amounts == sorted(amounts)
    assert amounts[0] > 100
    assert all(row["product"] and row["product_id"] and row["supplier"] for row in rows)


def test_what_undo_keeps_is_told_by_kinds(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, shared_sheets: Path
) -> None:
    book = ["--book", str(tmp_path / "b"), "--json", "--lang", "en"]

    def answered(*words: str) -> Any:
        capsys.readouterr()
        assert main([*book, *words]) == 0
        return json.loads(capsys.readouterr().out)

    imported = answered("import", str(shared_sheets / "made/factory-one-price.xlsx"))
    product = answered("list", "product", "--limit", "1")[0]["id"]
    answered("quote", "draft", "--buyer", "Acme", "--product", f"{product}:500")
    kept = answered("undo", str(imported["operation"]))["kept"]
    (used,) = [one for one in kept if (one["kind"], one["id"]) == ("product", product)]
    assert used["why"] == "still_used"
    capsys.readouterr()
    assert main([*book, "show", "product", str(product)]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert used["name"]
    assert used["name"] in json.dumps(shown, ensure_ascii=False)
    assert {one["kind"] for one in kept} <= {*KINDS, "category"}


def test_a_record_tells_its_history(
    ask: Ask, sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask("tag", "add", "supplier", "history", "3")
    step = ask("history", "--of", "supplier", "3")[0]
    assert step["changes"] == [
        {
            "kind": "tag_link",
            "id": step["changes"][0]["id"],
            "happened": "added",
            "fields": [{"field": "tags", "before": None, "after": "history"}],
        }
    ]
    capsys.readouterr()
    assert main(["--book", str(sample), "--lang", "zh_CN", "history", "--of", "supplier", "3"]) == 0
    assert "标签：history" in capsys.readouterr().out
    ask("history", "--of", "supplier", "99999", code=3)


def test_a_tag_is_hung_and_taken_off(ask: Ask) -> None:
    ask("tag", "add", "supplier", "fair 2026", "1", "2")
    assert {row["id"] for row in ask("list", "supplier", "--where", 'tags:"fair 2026"')} == {1, 2}
    ask("tag", "remove", "supplier", "fair 2026", "1")
    assert [row["id"] for row in ask("list", "supplier", "--where", 'tags:"fair 2026"')] == [2]
    ask("tag", "remove", "supplier", "fair 2026", "2")
    ask("tag", "add", "product", "x", "99999", code=3)


def test_pictures_are_added_put_in_order_and_removed(ask: Ask, tmp_path: Path) -> None:
    (before,) = ask("show", "product", "1")["pictures"]
    drawing = tmp_path / "cup.png"
    Image.new("RGB", (40, 30), "red").save(drawing)
    added = ask("picture", "add", "product", "1", str(drawing))
    (new,) = added["added"]
    assert [one["id"] for one in added["pictures"]] == [before["id"], new]
    ask("picture", "move", str(new))
    assert [one["id"] for one in ask("show", "product", "1")["pictures"]] == [new, before["id"]]
    assert "already" in ask("picture", "add", "product", "1", str(drawing), code=3)
    assert ask("picture", "remove", str(new)) == {"removed": 1}
    assert ask("show", "product", "1")["pictures"] == [before]
    drawing.write_bytes(b"none")
    assert "cup.png" in ask("picture", "add", "product", "1", str(drawing), code=3)
