"""The program starts with what it needs: no command waits for libraries of another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from pypinyin.constants import PINYIN_DICT

from app.kernel import syllables
from ui.commands.groups import CommandGroup
from ui.commands.quote import quote
from ui.entry import entrepot

PROJECT = Path(__file__).resolve().parents[2]
#: What takes a tenth of a second or more to import, and what only some commands need.
HEAVY = {
    "alembic",
    "babel",
    "lxml",
    "nh3",
    "numpy",
    "olefile",
    "opencc",
    "openpyxl",
    "phonenumbers",
    "PIL",
    "PySide6",
    "pypdfium2",
    "pypinyin",
    "python_calamine",
    "rapidfuzz",
    "reportlab",
    "vobject",
    "whoosh",
    "xlrd",
    "xlsxwriter",
}
_TOLD = """
import sys
from ui.entry import main
code = main(sys.argv[1:]) if sys.argv[1:] else 0
print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)
sys.exit(code)
"""


def imported(*words: str) -> set[str]:
    """The top names of the modules imported at the end of a command, or by the door alone."""
    command = [sys.executable, "-c", _TOLD, *words]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    return set(done.stderr.splitlines()[-1].split())


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("start") / "book"
    imported("--book", str(folder), "init")
    return folder


def test_the_door_alone_knows_neither_the_database_nor_the_window() -> None:
    assert not imported() & {*HEAVY, "sqlalchemy", "sqlcipher3"}


def test_a_price_is_worked_out_without_the_database() -> None:
    words = ("quote", "cost", "--price", "113", "--fx", "7.1")
    assert not imported(*words) & {*HEAVY, "sqlalchemy", "sqlcipher3"}


@pytest.mark.parametrize(
    "words", [("history",), ("list", "supplier"), ("list", "quotation"), ("init",)]
)
def test_reading_the_book_needs_only_the_database(book: Path, words: tuple[str, ...]) -> None:
    assert not imported("--book", str(book), *words) & HEAVY


def test_a_sheet_is_read_without_what_writes_one(book: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "suppliers.csv"
    sheet.write_text("公司名称,城市\n海达塑料,宁波\n", encoding="utf-8")
    words = ("import", str(sheet), "--dry-run")
    needless = HEAVY - {"alembic", "babel", "opencc", "phonenumbers", "pypinyin", "rapidfuzz"}
    assert not imported("--book", str(book), *words) & needless


def test_what_there_is_is_told_without_any_command() -> None:
    for words in (("--help",), ("quote", "--help")):
        assert not imported(*words) & {*HEAVY, "sqlalchemy", "sqlcipher3"}


def test_a_search_by_sound_reads_no_phrases(book: Path) -> None:
    assert "pypinyin" not in imported("--book", str(book), "search", "ningbo")


def test_the_readings_of_characters_are_those_of_pypinyin() -> None:
    assert {int(key): told for key, told in syllables._dictionary().items()} == PINYIN_DICT


@pytest.mark.parametrize("group", [entrepot, quote])
def test_help_tells_of_each_command_what_it_says_of_itself(group: CommandGroup) -> None:
    context = click.Context(group)
    for name, (_, told) in group._places.items():
        command = group.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str(limit=200) == told
