"""A large sheet's names are taken apart by another process; whatever becomes of it, they are the same."""

from __future__ import annotations

import csv
import multiprocessing
import threading
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

import app.directory.names
import app.sheets.plan.names_aside
from app.desk import Desk
from app.directory.names import FoldedName, folded_name
from app.kernel.errors import Cancelled
from app.sheets.plan.names_aside import names_aside
from app.sheets.plan.outcome import Outcome

_NAMES = [
    name
    for number in range(1_500)
    for name in (
        f"宁波市海达{number}进出口有限公司",
        f"（深圳）恒星{number}玩具厂",
        f"Haida {number} Imp. & Exp. Co., Ltd.",
        f"  Müller{number} Maschinenbau GmbH & Co. KG ",
    )
]


@pytest.fixture(autouse=True)
def remembered(monkeypatch: pytest.MonkeyPatch) -> dict[str, FoldedName]:
    """What is remembered of names: nothing at first."""
    fresh: dict[str, FoldedName] = {}
    monkeypatch.setattr(app.directory.names, "_remembered", fresh)
    return fresh


def _nothing() -> None:
    pass


def _workers() -> list[BaseProcess]:
    """The processes that take names apart; others read files."""
    return [one for one in multiprocessing.active_children() if one.name == "entrepot-worker"]


def _is_begun() -> bool:
    return "names aside" in {thread.name for thread in threading.enumerate()}


def test_names_taken_apart_aside_are_those_taken_apart_here(
    remembered: dict[str, FoldedName],
) -> None:
    with names_aside(_NAMES) as wait:
        assert _is_begun()
        wait(_nothing)
    aside = dict(remembered)
    remembered.clear()
    assert aside == {name.strip(): folded_name(name.strip()) for name in _NAMES}


def test_few_names_need_no_process(remembered: dict[str, FoldedName]) -> None:
    with names_aside(_NAMES[:4_000]) as wait:
        assert not _is_begun()
        wait(_nothing)
    assert remembered == {}


def test_names_that_are_remembered_need_no_process() -> None:
    with names_aside(_NAMES) as wait:
        wait(_nothing)
    with names_aside(map(str.strip, _NAMES)):
        assert not _is_begun()


@pytest.mark.parametrize("worth_a_process", [1, 5_000], ids=["aside", "here"])
def test_an_import_does_the_same_whoever_takes_the_names_apart(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, worth_a_process: int
) -> None:
    monkeypatch.setattr(app.sheets.plan.names_aside, "_WORTH_A_PROCESS", worth_a_process)
    path = tmp_path / "供应商.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("公司名称", "English name", "联系人", "手机"))
        rows.writerows(
            (_NAMES[n], _NAMES[n + 2], f"王{n}", f"1380000{n:04}") for n in range(0, 600, 4)
        )
        rows.writerows(("海达0进出口（宁波）有限公司", name, "", "") for name in _NAMES[600:640])
    plan = desk.sheets.preview(path).plan
    assert plan.counts() == {Outcome.CREATE: 150, Outcome.MERGE: 40}
    assert [company.draft.title for company in plan.companies] == _NAMES[:600:4]


@pytest.mark.logs_warnings
def test_a_process_that_dies_leaves_the_names_to_be_taken_apart_here(
    remembered: dict[str, FoldedName],
) -> None:
    killed: list[BaseProcess] = []

    def kill() -> None:
        if not killed:
            killed.extend(_workers())
            for child in killed:
                child.kill()

    with names_aside(_NAMES) as wait:
        wait(kill)
    assert remembered == {}
    assert folded_name(_NAMES[0]).proper == "海达0"


def test_cancelling_ends_the_process() -> None:
    def cancel() -> None:
        raise Cancelled

    with pytest.raises(Cancelled), names_aside(_NAMES) as wait:
        wait(cancel)
    assert _workers() == []
    assert not _is_begun()
