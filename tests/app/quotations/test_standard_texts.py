"""A standard text names its language as people do."""

from __future__ import annotations

import pytest

from app.desk import Desk
from app.fields import told
from app.kernel.language import LANGUAGES, catalogue
from app.quotations.fields import TEXT_FIELDS


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("en", "English"), ("EN", "English"), ("中文", "中文"), ("zh", "中文"), ("zh_CN", "中文"), ("Deutsch", "Deutsch")],
)  # fmt: skip
def test_the_language_of_a_text_is_told_by_its_name(desk: Desk, typed: str, shown: str) -> None:
    desk.rates.add("standard_text", {"name": "Basis", "language": typed, "text": "…"})
    (language,) = (field for field in TEXT_FIELDS if field.key == "language")
    (row,) = desk.rates.rows("standard_text")
    for code in LANGUAGES:
        assert told(language, row.values["language"], catalogue(code)) == shown
