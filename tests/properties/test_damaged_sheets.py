"""However a file is damaged on its way, it is read or refused in words; the reader goes on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.kernel.errors import AppError
from app.kernel.language import catalogue
from app.sheets.reading import Reader

FILES = (
    "suppliers/osh-list12-same.xls",
    "suppliers/osh-list12-same.xlsx",
    "made/factory-wps-cell-pictures.xlsx",
    "hostile/any-sheets.xlsb",
    "hostile/merge-cells.xls",
    "hostile/spreadsheetml2003.xml.xls",
    "hostile/pictures-in-and-over-cell.xlsx",
)

damage = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=12
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(FILES), changes=damage, kept=st.sampled_from([1.0, 1.0, 0.9, 0.4]))
def test_damaged_file_is_read_or_refused_in_words(
    shared_sheets: Path,
    tmp_path: Path,
    damage_reader: Reader,
    name: str,
    changes: list[tuple[float, int]],
    kept: float,
) -> None:
    content = bytearray((shared_sheets / name).read_bytes())
    for place, byte in changes:
        content[int(place * len(content))] = byte
    path = tmp_path / "damaged.bin"
    path.write_bytes(content[: int(len(content) * kept)])
    started = time.monotonic()
    refused = None
    try:
        damage_reader.read(path)
    except AppError as error:
        refused = catalogue("en").text(error.message)
    assert time.monotonic() - started < 10
    assert refused is None or path.name in refused


@pytest.fixture(scope="module")
def damage_reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader
