"""Owns the check that the glossary names every kind of record, in both languages and once.

Must not judge translations.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from database.records.record import Row

GLOSSARY = Path(__file__).resolve().parents[2] / "GLOSSARY.md"


@pytest.fixture(scope="module")
def entries() -> list[list[str]]:
    """The cells of each row: code, English, Chinese, meaning."""
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("|")]
    cells = [[cell.strip() for cell in row] for row in rows]
    return [row for row in cells if row[0] != "code" and set(row[0]) != {"-"}]


def test_every_kind_of_record_is_explained(entries: list[list[str]]) -> None:
    explained = {name for row in entries for name in re.findall(r"`([a-z_]+)`", row[0])}
    assert sorted(set(Row.metadata.tables) - explained) == []


def test_every_term_stands_once_and_in_both_languages(entries: list[list[str]]) -> None:
    assert [term for term, count in Counter(row[0] for row in entries).items() if count > 1] == []
    assert [row[0] for row in entries if len(row) != 4 or not row[1] or not row[2]] == []
