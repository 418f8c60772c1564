"""Search from the command line, in JSON and in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from new_book import new_book

from app.desk import Desk
from ui.entry import main


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("app.desk.default_cache", lambda: tmp_path / "cache")
    desk = Desk(new_book(tmp_path / "b"))
    desk.directory.add("supplier", {"name_zh": "宁波海达电器有限公司", "country": "CN"})
    desk.directory.add("product", {"name_zh": "不锈钢保温杯", "item_number": "HD-1001"})
    desk.close()
    return tmp_path / "b"


def answer(capsys: pytest.CaptureFixture[str], book: Path, *words: str) -> dict[str, object]:
    assert main(["--book", str(book), "--json", *words]) == 0
    return json.loads(capsys.readouterr().out)


def test_search_says_what_why_and_how_many(capsys: pytest.CaptureFixture[str], book: Path) -> None:
    found = answer(capsys, book, "search", "thermos")
    assert found["total"] == 1
    assert found["also"]
    (hit,) = found["hits"]
    assert (hit["kind"], hit["title"], hit["subtitle"]) == ("product", "不锈钢保温杯", "HD-1001")
    (field,) = hit["fields"]
    (start, end), *_ = field["spans"]
    assert field["text"][start:end] == "保温杯"
    assert found["facets"]["kind"] == {"product": 1}
    assert answer(capsys, book, "search", "hd", "--kind", "supplier", "--explain")["hits"]


def test_complete_answers_while_typing(capsys: pytest.CaptureFixture[str], book: Path) -> None:
    assert [hit["kind"] for hit in answer(capsys, book, "complete", "nbh")["hits"]] == ["supplier"]


def test_reindex_counts_and_words_are_for_people(
    capsys: pytest.CaptureFixture[str], book: Path
) -> None:
    assert answer(capsys, book, "reindex") == {"documents": 2}
    assert main(["--book", str(book), "--lang", "zh_CN", "search", "保文杯"]) == 0
    printed = capsys.readouterr().out
    assert "已按“保温杯”显示结果" in printed
    assert "不锈钢保温杯" in printed


def test_words_need_no_quotes_and_an_unknown_kind_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], book: Path
) -> None:
    assert answer(capsys, book, "search", "不锈钢", "保温杯")["hits"]
    assert main(["--book", str(book), "search", "thermos", "--kind", "foo"]) == 2
    assert "supplier" in capsys.readouterr().err
