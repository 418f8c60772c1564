"""The command line answers in JSON and in words, with the right exit codes."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from new_book import new_book

from app.desk import Desk
from ui.entry import main


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return new_book(tmp_path / "b")


def answer(capsys: pytest.CaptureFixture[str], book: Path, *words: str) -> object:
    capsys.readouterr()
    assert main(["--book", str(book), "--json", *words]) == 0
    return json.loads(capsys.readouterr().out)


def test_init_makes_a_book_and_may_be_run_again(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book = tmp_path / "b"
    for _ in range(2):
        assert answer(capsys, book, "init") == {"book": str(book)}
    assert (book / "entrepot.sqlite").exists()


def test_list_show_undo_redo_and_history(capsys: pytest.CaptureFixture[str], book: Path) -> None:
    desk = Desk(book)
    desk.directory.add("supplier", {"name_zh": "宁波海达", "country": "CN"})
    desk.close()
    (row,) = answer(capsys, book, "list", "supplier", "--sort", "-name_zh")
    assert (row["kind"], row["name_zh"], row["country"]) == ("supplier", "宁波海达", "CN")
    assert answer(capsys, book, "show", "supplier", str(row["id"]))["name_zh"] == "宁波海达"
    undone = answer(capsys, book, "undo")
    assert (undone["reverted"], undone["kept"]) == (1, [])
    assert answer(capsys, book, "list", "supplier") == []
    assert answer(capsys, book, "redo")["reverted"] == 1
    steps = answer(capsys, book, "history")
    assert [step["kind"] for step in steps] == ["redo", "undo", "do"]


def test_trouble_is_told_in_the_users_language_with_exit_code_3(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["--book", str(tmp_path / "none"), "--lang", "zh_CN", "list", "supplier"]) == 3
    assert "没有资料库" in capsys.readouterr().err
    assert main(["--book", str(tmp_path / "none"), "--lang", "en", "undo"]) == 3
    assert "entrepot init" in capsys.readouterr().err


def test_a_record_that_is_not_there_is_trouble(
    capsys: pytest.CaptureFixture[str], book: Path
) -> None:
    assert main(["--book", str(book), "show", "supplier", "99"]) == 3
    assert "99" in capsys.readouterr().err


def test_wrong_usage_is_exit_code_2(capsys: pytest.CaptureFixture[str], book: Path) -> None:
    assert main(["--book", str(book), "show"]) == 2
    assert main(["--book", str(book), "no-such-command"]) == 2


def test_a_list_is_exported_and_imports_back_unchanged(
    capsys: pytest.CaptureFixture[str], book: Path, tmp_path: Path
) -> None:
    desk = Desk(book)
    desk.directory.add("supplier", {"name_zh": "宁波海达家居有限公司", "country": "CN"})
    desk.directory.add("supplier", {"name_en": "Beta GmbH", "country": "DE"})
    desk.close()
    target = tmp_path / "out.xlsx"
    chosen = answer(capsys, book, "export", "supplier", "--to", str(target), "--where", "beta")
    assert chosen == {"rows": 1, "file": str(target)}
    assert answer(capsys, book, "export", "supplier", "--to", str(target))["rows"] == 2
    assert answer(capsys, book, "import", str(target))["operation"] is None
    assert main(["--book", str(book), "export", "supplier", "--to", str(tmp_path / "x.doc")]) == 3


def test_json_may_stand_behind_the_command(capsys: pytest.CaptureFixture[str], book: Path) -> None:
    capsys.readouterr()
    assert main(["--book", str(book), "list", "supplier", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_list_for_people_has_headings_and_columns_that_line_up(
    capsys: pytest.CaptureFixture[str], book: Path
) -> None:
    desk = Desk(book)
    desk.directory.add("supplier", {"name_zh": "宁波海达", "country": "CN"})
    desk.directory.add("supplier", {"name_en": "Acme", "country": "DE"})
    desk.close()
    capsys.readouterr()
    assert (
        main(["--book", str(book), "--lang", "en", "list", "supplier", "--sort", "-country"]) == 0
    )
    heading, german, chinese = capsys.readouterr().out.splitlines()
    assert heading.index("Country") == german.index("DE")
    assert chinese.index("CN") == german.index("DE") - len("宁波海达")


@pytest.mark.parametrize(
    "words",
    [
        ("import", "{missing}"),
        ("import", "{folder}"),
        ("inspect", "{missing}"),
        ("restore", "{missing}"),
        ("thread", "import", "{missing}"),
        ("export", "supplier", "--to", "{missing}/out.xlsx"),
        ("backup", "--to", "{missing}/out.entrepot"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_place_that_is_not_there_is_trouble_with_nothing_on_standard_output(
    capsys: pytest.CaptureFixture[str],
    book: Path,
    tmp_path: Path,
    words: tuple[str, ...],
    language: str,
) -> None:
    given = [word.format(missing=tmp_path / "none", folder=tmp_path) for word in words]
    capsys.readouterr()
    assert main(["--book", str(book), "--json", "--lang", language, *given]) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert any("\u4e00" <= one <= "\u9fff" for one in printed.err) == (language == "zh_CN")
    assert tmp_path.name in printed.err


def test_the_language_may_stand_behind_the_command(
    capsys: pytest.CaptureFixture[str], book: Path
) -> None:
    assert main(["--book", str(book), "undo", "--lang", "zh_CN"]) == 3
    assert "没有" in capsys.readouterr().err
    assert main(["--book", str(book), "inquiry", "match", "7", "--lang=zh_CN"]) == 3
    assert "没有" in capsys.readouterr().err


def test_a_sheet_heading_or_field_that_is_not_there_is_named(
    capsys: pytest.CaptureFixture[str], book: Path, tmp_path: Path
) -> None:
    file = tmp_path / "prices.csv"
    file.write_text("供应商名称,品名\n宁波海达,硅胶铲\n", encoding="utf-8")
    for options, told in (
        (("--sheet", "Sheet9"), "prices"),
        (("--map", "货号=item_no"), "供应商名称, 品名"),
        (("--map", "品名=nonsense"), "product"),
    ):
        assert main(["--book", str(book), "--lang", "en", "import", str(file), *options]) == 3
        assert told in capsys.readouterr().err
    assert answer(capsys, book, "history") == []


def test_a_rehearsed_import_foresees_what_the_import_then_does(
    capsys: pytest.CaptureFixture[str], book: Path, shared_sheets: Path
) -> None:
    for name in (
        "canton-fair-contacts.xlsx",
        "factory-price-list.xlsx",
        "buyers-inquiries-gbk.csv",
    ):
        file = str(shared_sheets / "made" / name)
        foreseen = answer(capsys, book, "import", file, "--dry-run")
        done = answer(capsys, book, "import", file)
        again = answer(capsys, book, "import", file, "--dry-run")
        told = ("sheets", "mapping", "unmapped", "updated", "unchanged", "skipped", "rejected")
        assert {key: foreseen[key] for key in told} == {key: done[key] for key in told}
        assert foreseen["created"] == done["created"] != {}
        assert (foreseen["operation"], again["created"]) == (None, {})


def test_one_of_a_kind_is_told_in_the_singular(
    capsys: pytest.CaptureFixture[str], book: Path, tmp_path: Path
) -> None:
    desk = Desk(book)
    desk.directory.add("supplier", {"name_en": "Acme"})
    desk.close()
    capsys.readouterr()
    for language, told in (("en", "1 record written"), ("zh_CN", "1 条")):
        target = str(tmp_path / f"{language}.csv")
        assert (
            main(["--book", str(book), "--lang", language, "export", "supplier", "--to", target])
            == 0
        )
        assert told in capsys.readouterr().out


def test_looking_at_a_file_makes_no_book(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "prices.csv"
    file.write_text("供应商名称,品名\n宁波海达,硅胶铲\n", encoding="utf-8")
    (sheet,) = answer(capsys, tmp_path / "none", "inspect", str(file))["sheets"]
    assert 0 < sheet["kind_confidence"] <= 1
    assert [column["field"] for column in sheet["columns"]] == ["company", "main_products"]
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", ["noise.xlsx", "noise.csv", "noise.xls"])
def test_bytes_that_are_no_sheet_are_told_as_such_and_leave_no_book(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    file.write_bytes(random.Random(7).randbytes(20_000))
    assert main(["--book", str(tmp_path / "new"), "--lang", "en", "import", str(file)]) == 3
    assert "no readable text" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_first_import_that_fails_or_only_looks_makes_no_book(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "letter.txt").write_text("kept")
    sheet = tmp_path / "prices.csv"
    sheet.write_text("Supplier,Product,Price\nHaida,Flask,1.20\n")
    assert main(["--book", str(folder), "import", str(tmp_path / "none.xlsx")]) == 3
    assert main(["--book", str(folder), "import", "--dry-run", str(sheet)]) == 0
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]
    assert main(["--book", str(folder), "--lang", "en", "import", str(sheet)]) == 0
    assert "1 supplier, 1 product" in capsys.readouterr().out
    assert main(["--book", str(folder), "import", str(tmp_path / "none.xlsx")]) == 3
    assert (folder / "entrepot.sqlite").exists()
