"""Lists that are written out to be looked at bring nothing when they are imported by mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.desk import Desk
from app.kernel.errors import AppError
from app.sheets.export.listed import LISTED
from app.sheets.service import ImportOptions


@pytest.mark.parametrize(
    ("kind", "ending", "language"),
    [
        (kind, *(("xlsx", "en") if place % 2 else ("csv", "zh_CN")))
        for place, kind in enumerate(LISTED)
    ],
)
def test_a_list_to_be_looked_at_is_told_as_such(
    sample_desk: Desk, desk: Desk, tmp_path: Path, kind: str, ending: str, language: str
) -> None:
    path = tmp_path / f"list.{ending}"
    assert sample_desk.sheets.export(kind, path, language=language) > 0
    preview = desk.sheets.preview(path)
    assert preview.taken == ()
    with pytest.raises(AppError) as refused:
        desk.sheets.commit(preview)
    assert refused.value.message.key == "sheets.only_looked_at"


def test_who_says_what_the_rows_are_imports_them(
    sample_desk: Desk, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "lines.xlsx"
    sample_desk.sheets.export("line", path)
    preview = desk.sheets.preview(path, ImportOptions(kind="inquiries"))
    assert len(preview.plan.inquiries) > 0
