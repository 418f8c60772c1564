"""An import taken back leaves every row as it was, and done again as it had made them."""

from __future__ import annotations

import csv
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from new_book import new_book
from row_hashes import row_hashes

from app.desk import Desk
from app.kernel.clock import Clock

CITIES = ("宁波", "义乌", "深圳", "")
rows = st.lists(
    st.tuples(st.integers(1, 6), st.sampled_from(CITIES), st.integers(0, 3), st.booleans()),
    min_size=2,
    max_size=8,
)


class StandingClock(Clock):
    """A clock that stands still."""

    def now(self) -> datetime:
        """Always the same instant."""
        return datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

    def today(self) -> date:
        """Its day."""
        return self.now().date()


def write(path: Path, drawn: list[tuple[int, str, int, bool]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["公司名称", "城市", "联系人", "手机", "邮箱"])
        for company, city, person, has_mail in drawn:
            mail = f"sales@maker{company}.example.com" if has_mail else ""
            names = (
                f"宁波海达{company}号塑料制品有限公司",
                city,
                ("李明朗", "王伟", "", "张丽")[person],
            )
            writer.writerow([*names, f"1380000000{company}", mail])
    return path


@settings(max_examples=4, deadline=None)
@given(first=rows, second=rows)
def test_an_import_taken_back_leaves_the_same_rows(
    first: list[tuple[int, str, int, bool]], second: list[tuple[int, str, int, bool]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk = Desk(new_book(folder / "book"), clock=StandingClock(), cache=folder / "cache")
        book, sheets = desk._book, desk.sheets
        sheets.commit(sheets.preview(write(folder / "a.csv", first)))
        before = row_hashes(book)
        result = sheets.commit(sheets.preview(write(folder / "b.csv", second)))
        after = row_hashes(book)
        if result.operation is not None:
            undo, reversal = book.undo(result.operation)
            assert reversal.kept == ()
            assert row_hashes(book) == before
            book.undo(undo)
            assert row_hashes(book) == after
        desk.close()
