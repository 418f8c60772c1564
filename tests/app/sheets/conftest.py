"""Owns what the tests of reading share: one reading process for all of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.sheets.reading import Reader


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader
