"""Faults are found and mended; a backup is the book again, and what was there before stays."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from new_book import new_book
from sqlcipher3 import dbapi2

from app.desk import Desk
from app.kernel.errors import AppError
from app.upkeep.backups import restore
from app.upkeep.shelf import backups_for
from app.upkeep.thinning import kept
from database.errors import BookError, Problem
from database.opening import DATABASE_FILE

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def filled(tmp_path: Path, clock: object) -> Iterator[Desk]:
    desk = Desk(new_book(tmp_path / "b"), clock=clock, cache=tmp_path / "c", data=tmp_path / "data")
    supplier = desk.directory.add("supplier", {"name_zh": "宁波海达家居有限公司", "country": "CN"})
    desk.directory.add("product", {"name_en": "Cup", "supplier_id": supplier})
    yield desk
    desk.close()


def spoil(desk: Desk, statement: str) -> None:
    with closing(dbapi2.connect(str(desk.folder / DATABASE_FILE), timeout=5)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement)
        connection.commit()


def put_file(desk: Desk, content: bytes) -> Path:
    path = desk.folder / "files" / "ab" / ("ab" + "0" * 62)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


FAULTS: dict[str, tuple[str, Callable[[Desk], object]]] = {
    "trigger gone": ("schema", lambda d: spoil(d, "DROP TRIGGER journal_company_update")),
    "change past the journal": (
        "journal",
        lambda d: (
            spoil(d, "DROP TRIGGER journal_company_update"),
            spoil(d, "UPDATE company SET name_zh = '别的'"),
        ),
    ),
    "operation left open": (
        "operations",
        lambda d: spoil(d, "INSERT INTO current_operation (operation_id) VALUES (1)"),
    ),
    "counter behind": (
        "counters",
        lambda d: (
            d.inquiries.add(_inquiry()),
            spoil(d, "UPDATE counter SET last = 0"),
        ),
    ),
    "file nobody knows": ("extra_files", lambda d: put_file(d, b"stray")),
    "altered file": (
        "altered_files",
        lambda d: (
            put_file(d, b"other"),
            spoil(
                d,
                "INSERT INTO file (uid, sha256, size_bytes, media_type)"
                f" VALUES ('u1', 'ab{'0' * 62}', 5, 'image/png')",
            ),
        ),
    ),
}


def _inquiry() -> object:
    from app.inquiries.service import InquiryDraft

    return InquiryDraft(buyer="Nordic", lines=[{"wording": "cup"}])


def test_a_sound_book_has_no_faults(filled: Desk) -> None:
    assert [result.name for result in filled.upkeep.check() if result.found] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_and_mended(filled: Desk, fault: str) -> None:
    name, make = FAULTS[fault]
    make(filled)
    assert name in {result.name for result in filled.upkeep.check() if result.found}
    mended = filled.upkeep.check(repair=True)
    assert all(result.found == result.repaired for result in mended), mended
    after = [r for r in filled.upkeep.check() if r.found and r.name != "missing_files"]
    assert after == []


def test_a_lost_reference_and_a_missing_file_are_told(filled: Desk) -> None:
    spoil(filled, "DROP TRIGGER journal_product_update")
    spoil(filled, "UPDATE product SET supplier_id = 999")
    sha256 = "cd" + "0" * 62
    spoil(
        filled,
        "INSERT INTO file (uid, sha256, size_bytes, media_type)"
        f" VALUES ('u2', '{sha256}', 5, 'image/png')",
    )
    found = {result.name: result for result in filled.upkeep.check() if result.found}
    assert found["references"].found == 1
    assert found["missing_files"].examples == (sha256,)


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("UPDATE journal SET after = replace(after, '海达', '海大') WHERE id = 1", "histories"),
        ("UPDATE journal SET after = substr(after, 2) WHERE id = 1", "histories"),
        ("UPDATE operation SET params = '{' WHERE id = 1", "bookkeeping"),
        ("UPDATE operation SET name = CAST(x'ff' AS TEXT) WHERE id = 1", "bookkeeping"),
        ("UPDATE operation SET is_undone = 1 WHERE id = 1", "bookkeeping"),
        ("UPDATE company SET name_zh = CAST(x'ff' AS TEXT) WHERE id = 1", "journal"),
    ],
)
def test_what_would_spoil_an_undo_is_told(filled: Desk, statement: str, name: str) -> None:
    ids = filled.lists.ids("supplier")
    filled.directory.edit("supplier", ids, {"city": "宁波"})
    spoil(filled, "DROP TRIGGER journal_company_update")
    spoil(filled, statement)
    found = {result.name for result in filled.upkeep.check() if result.found}
    assert found - {"schema", "index"} == {name}


def test_a_history_from_before_a_column_was_there_is_sound(filled: Desk) -> None:
    ids = filled.lists.ids("supplier")
    filled.directory.edit("supplier", ids, {"grade": "A"})
    filled.directory.edit("supplier", ids, {"city": "宁波"})
    without = "json_remove(after, '$.grade', '$.markets')"
    spoil(filled, f"UPDATE journal SET after = {without} WHERE id = 1")
    assert [result.name for result in filled.upkeep.check() if result.found] == []
    spoil(filled, "UPDATE journal SET after = json_set(after, '$.country', 'DE') WHERE id = 1")
    assert [result.name for result in filled.upkeep.check() if result.found] == ["histories"]


def test_a_column_that_lost_its_name_is_told(filled: Desk) -> None:
    with closing(dbapi2.connect(str(filled.folder / DATABASE_FILE), timeout=5)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'job_title', 'job_tible')"
            " WHERE name = 'contact'"
        )
        connection.commit()
    filled.close()
    again = Desk(filled.folder, cache=filled.folder.parent / "c")
    assert {"schema", "journal"} <= {r.name for r in again.upkeep.check() if r.found}
    again.close()


def rows_of(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(dbapi2.connect(str(folder / DATABASE_FILE))) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall()
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()
            for (name,) in tables
        }


def test_a_restored_backup_equals_its_source_and_keeps_what_was_there(
    filled: Desk, tmp_path: Path
) -> None:
    target = tmp_path / "b.entrepot"
    filled.upkeep.back_up(target)
    source = rows_of(filled.folder)
    filled.directory.add("supplier", {"name_en": "Later Ltd"})
    later = rows_of(filled.folder)
    filled.close()
    done = restore(target, filled.folder, now=NOW)
    assert rows_of(filled.folder) == source
    kept_folder = tmp_path / "kept"
    kept_folder.mkdir()
    assert done.before is not None
    done.before.rename(kept_folder / DATABASE_FILE)
    assert rows_of(kept_folder) == later
    again = Desk(filled.folder, cache=tmp_path / "c2")
    assert again.lists.count("supplier") == 1
    assert again.history.undo().reverted == 1
    again.close()


def test_a_book_in_use_is_not_replaced(filled: Desk, tmp_path: Path) -> None:
    target = tmp_path / "b.entrepot"
    filled.upkeep.back_up(target)
    with pytest.raises(BookError) as caught:
        restore(target, filled.folder, now=NOW)
    assert caught.value.problem is Problem.IN_USE


def changed(source: Path, target: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, content if entry == name else old.read(entry))
    return target


@pytest.mark.parametrize("what", ["text", "empty", "cut", "newer", "foreign database", "trigger"])
def test_what_is_no_sound_backup_changes_nothing(filled: Desk, tmp_path: Path, what: str) -> None:
    good, bad = tmp_path / "good.entrepot", tmp_path / "bad.entrepot"
    filled.upkeep.back_up(good)
    filled.close()
    before = rows_of(filled.folder)
    match what:
        case "text":
            bad.write_text("not a backup")
        case "empty":
            bad.write_bytes(b"")
        case "cut":
            bad.write_bytes(good.read_bytes()[:-2000])
        case "newer":
            changed(good, bad, "manifest.json", b'{"format": 99, "schema": 1}')
        case "foreign database":
            changed(good, bad, DATABASE_FILE, b"SQLite format 3\0" + bytes(4000))
        case "trigger":
            place = tmp_path / "t.sqlite"
            with zipfile.ZipFile(good) as package:
                place.write_bytes(package.read(DATABASE_FILE))
            with closing(dbapi2.connect(str(place))) as connection:
                connection.execute(
                    "CREATE TRIGGER evil AFTER INSERT ON note BEGIN DELETE FROM company; END"
                )
                connection.commit()
            changed(good, bad, DATABASE_FILE, place.read_bytes())
    with pytest.raises((AppError, BookError)):
        restore(bad, filled.folder, now=NOW)
    assert rows_of(filled.folder) == before


def test_automatic_backups_are_made_only_after_changes(filled: Desk) -> None:
    assert filled.upkeep.back_up_automatically() is not None
    assert filled.upkeep.back_up_automatically() is None
    filled.directory.add("supplier", {"name_en": "More Ltd"})
    assert filled.upkeep.back_up_automatically() is not None
    assert len(filled.upkeep.automatic_backups()) == 2


def test_backups_are_found_of_a_book_that_can_not_be_read(filled: Desk, tmp_path: Path) -> None:
    filled.upkeep.back_up_automatically()
    filled.directory.add("supplier", {"name_en": "More Ltd"})
    made = filled.upkeep.back_up_automatically()
    assert made is not None
    made.file.with_name("holiday.entrepot").write_bytes(b"laid there by somebody")
    filled.close()
    (filled.folder / DATABASE_FILE).write_bytes(b"")
    found = backups_for(filled.folder, tmp_path / "data")
    assert len(found) == 2
    assert found[0].file == made.file
    assert found[0].size_bytes == made.size_bytes
    assert backups_for(tmp_path / "another", tmp_path / "data") == []


def test_a_book_that_was_restored_and_changed_as_often_is_backed_up_again(
    filled: Desk, tmp_path: Path
) -> None:
    first = filled.upkeep.back_up_automatically()
    assert first is not None
    filled.directory.add("supplier", {"name_en": "Given up Ltd"})
    filled.upkeep.back_up_automatically()
    filled.directory.add("supplier", {"name_en": "Given up, too, Ltd"})
    filled.upkeep.back_up_automatically()
    filled.close()
    restore(first.file, filled.folder, now=NOW)
    again = Desk(filled.folder, cache=tmp_path / "c", data=tmp_path / "data")
    again.directory.add("supplier", {"name_en": "Kept Ltd"})
    assert again.upkeep.back_up_automatically() is not None
    again.close()


def test_the_backup_that_is_about_to_be_restored_is_not_thinned_out(
    filled: Desk, tmp_path: Path
) -> None:
    first = filled.upkeep.back_up_automatically()
    assert first is not None
    shelf = first.file.parent
    old = [shelf / f"20250301-{hour:02}0000-1.entrepot" for hour in range(8, 14)]
    for file in old:
        file.write_bytes(first.file.read_bytes())
    filled.directory.add("supplier", {"name_en": "More Ltd"})
    filled.upkeep.back_up_automatically(but=old[2])
    assert [file for file in old if file.exists()] == [old[2], old[-1]]


def test_thinning_keeps_two_days_then_days_weeks_and_months() -> None:
    every_hour = [NOW - timedelta(hours=hour) for hour in range(24 * 400)]
    stay = kept(every_hour, NOW)
    ages = sorted(NOW - moment for moment in stay)
    assert sum(age <= timedelta(days=2) for age in ages) == 49
    assert sum(age > timedelta(days=2) for age in ages) <= 12 + 10 + 9
    assert ages[-1] > timedelta(days=200)


@given(st.lists(st.integers(min_value=-1000, max_value=20_000), max_size=60))
def test_thinning_again_removes_nothing_and_the_newest_stays(hours: list[int]) -> None:
    moments = [NOW - timedelta(hours=hour) for hour in hours]
    stay = kept(moments, NOW)
    assert kept(stay, NOW) == stay
    assert not moments or max(moments) in stay
