"""What takes long on the GUI thread is done in turns, and a page is made without being read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from ui import turns
from ui.lists.page import ListPage
from ui.turns import Turns
from ui.window.frame import MainWindow


def steps(told: list[object], *names: str) -> Iterator[None]:
    for name in names:
        told.append(name)
        yield


def test_between_two_steps_the_window_answers(qtbot: QtBot) -> None:
    owner, told = QObject(), []
    making = Turns(owner)
    others = QTimer(owner, interval=0)
    others.timeout.connect(lambda: told.append("another"))
    making.begin(steps(told, "first", "second"))
    others.start()
    qtbot.waitUntil(lambda: "second" in told)
    assert "another" in told[told.index("first") : told.index("second")]


def test_who_cannot_wait_has_the_rest_at_once() -> None:
    owner, told = QObject(), []
    making = Turns(owner)
    making.begin(steps(told, "first", "second"))
    making.finish()
    assert told == ["first", "second"]
    assert not making.is_active


def test_what_is_begun_anew_gives_up_what_was_left() -> None:
    owner, told = QObject(), []
    making = Turns(owner)
    making.begin(steps(told, "old"))
    making.begin(steps(told, "new"))
    making.finish()
    assert told == ["new"]


def test_of_all_that_is_done_in_turns_one_step_is_done_a_turn_the_first_begun_first(
    qtbot: QtBot,
) -> None:
    owner, told = QObject(), []
    others = QTimer(owner, interval=0)
    others.timeout.connect(lambda: told.append("-"))
    others.start()
    some, more = Turns(owner), Turns(owner)
    some.begin(steps(told, "a", "b"))
    more.begin(steps(told, "c", "d"))
    assert not turns.are_done()
    qtbot.waitUntil(turns.are_done)
    others.stop()
    done = "".join(told)
    assert [one for one in done if one != "-"] == ["a", "b", "c", "d"]
    assert all(name + next_ not in done for name, next_ in pairwise("abcd"))


def test_what_is_begun_anew_waits_behind_the_others(qtbot: QtBot) -> None:
    owner, told = QObject(), []
    some, more = Turns(owner), Turns(owner)
    some.begin(steps(told, "old"))
    more.begin(steps(told, "others"))
    some.begin(steps(told, "new"))
    qtbot.waitUntil(turns.are_done)
    assert told == ["others", "new"]


def test_what_is_left_is_given_up_with_its_owner(qtbot: QtBot) -> None:
    owner, other, told = QObject(), QObject(), []
    Turns(owner).begin(steps(told, "of the one that went"))
    Turns(other).begin(steps(told, "of the one that stayed"))
    delete(owner)
    qtbot.waitUntil(turns.are_done)
    assert told == ["of the one that stayed"]


def test_a_step_that_asks_for_the_rest_at_once_goes_on_in_turns(qtbot: QtBot) -> None:
    owner, told = QObject(), []
    making = Turns(owner)

    def asking() -> Iterator[None]:
        making.finish()
        told.append("first")
        yield
        told.append("second")

    making.begin(asking())
    qtbot.waitUntil(turns.are_done)
    assert told == ["first", "second"]


def test_a_step_that_fails_ends_its_own_and_not_those_of_others(qtbot: QtBot) -> None:
    owner, told = QObject(), []

    def failing() -> Iterator[None]:
        told.append("failing")
        yield
        raise ValueError

    with qtbot.captureExceptions() as raised:
        Turns(owner).begin(failing())
        Turns(owner).begin(steps(told, "others"))
        qtbot.waitUntil(turns.are_done)
    assert [kind for kind, *_ in raised] == [ValueError]
    assert told == ["failing", "others"]


def test_a_page_that_is_made_reads_nothing_until_it_is_shown(
    window: MainWindow, settled: Callable[[], None]
) -> None:
    window.desk.directory.add("supplier", {"name_zh": "甲厂有限公司"})
    settled()
    page = window.pages["suppliers"]
    assert window.tasks.is_idle
    window.navigation.go("suppliers")
    settled()
    assert page.model.rowCount() == 1


def test_while_a_preview_is_looked_at_the_page_of_what_is_new_is_made_with_its_first_tab(
    window: MainWindow, settled: Callable[[], None], tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("公司名称,城市\n甲厂有限公司,宁波\n", encoding="utf-8")
    window.navigation.go("imports")
    imports = window.pages["imports"]
    imports.open_file(path)
    settled()
    made = {page.kind: page for page in window.pages.made if isinstance(page, ListPage)}
    assert hasattr(made["supplier"].detail, "files")
    assert not made["supplier"].isVisible()
    imports.preview.import_button.click()
    settled()
    assert made["supplier"].detail.form.values()["name_zh"] == "甲厂有限公司"
