"""A book is opened, made, or refused with its file untouched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from database.book import open_book
from database.engine import book_engine
from database.errors import BookError, Problem
from database.journal import tracked_tables
from database.opening import DATABASE_FILE, SCHEMA_VERSION
from database.records import Row


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    open_book(tmp_path / "book", create=True).close()
    return tmp_path / "book"


def problem_on_opening(folder: Path) -> Problem:
    with pytest.raises(BookError) as caught:
        open_book(folder)
    return caught.value.problem


def test_a_missing_book_is_not_made_by_opening(tmp_path: Path) -> None:
    assert problem_on_opening(tmp_path / "none") is Problem.NO_FOLDER
    assert not (tmp_path / "none").exists()


def test_a_book_keeps_its_identity(folder: Path) -> None:
    first = open_book(folder)
    identity = first.id
    first.close()
    second = open_book(folder)
    assert second.id == identity
    second.close()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", Problem.NOT_A_BOOK),
        (b"not a database" * 20, Problem.NOT_A_BOOK),
        (b"SQLite format 3\x00" + bytes(200), Problem.NOT_A_BOOK),
    ],
)
def test_a_foreign_file_is_refused_and_stays_as_it_was(
    tmp_path: Path, content: bytes, problem: Problem
) -> None:
    path = tmp_path / DATABASE_FILE
    path.write_bytes(content)
    assert problem_on_opening(tmp_path) is problem
    assert path.read_bytes() == content
    assert [entry.name for entry in tmp_path.iterdir()] == [DATABASE_FILE]


def test_a_book_of_a_newer_version_is_refused_and_stays_as_it_was(folder: Path) -> None:
    path = folder / DATABASE_FILE
    content = bytearray(path.read_bytes())
    content[60:64] = (SCHEMA_VERSION + 1).to_bytes(4, "big")
    path.write_bytes(content)
    assert problem_on_opening(folder) is Problem.NEWER
    assert path.read_bytes() == content


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_opens_read_only(folder: Path) -> None:
    folder.chmod(0o500)
    book = open_book(folder)
    assert book.read_only
    book.close()
    folder.chmod(0o700)


def test_the_migrations_make_what_the_records_say(folder: Path) -> None:
    engine = book_engine(folder / DATABASE_FILE)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Row.metadata)
    engine.dispose()
    assert [d for d in differences if d[1].name != "alembic_version"] == []


def test_every_tracked_table_has_its_three_triggers(folder: Path) -> None:
    engine = book_engine(folder / DATABASE_FILE)
    with engine.connect() as connection:
        triggers = connection.exec_driver_sql(
            "SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' GROUP BY 1"
        ).all()
    engine.dispose()
    assert dict(triggers) == {table.name: 3 for table in tracked_tables()}
