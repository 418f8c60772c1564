"""What was done is listed; undo and redo go back and forth."""

from __future__ import annotations

import pytest

from app.desk import Desk
from app.kernel.errors import AppError
from app.kernel.language import catalogue
from app.negotiation.service import MessageDraft


def add(desk: Desk, name: str) -> int:
    return desk.directory.add("supplier", {"name_zh": name})


def names(desk: Desk) -> set[object]:
    ids = desk.lists.ids("supplier")
    return {row[0] for row in desk.lists.rows("supplier", ids, ["name_zh"]).values()}


def test_undo_and_redo_walk_back_and_forth(desk: Desk) -> None:
    add(desk, "甲")
    add(desk, "乙")
    desk.history.undo()
    assert names(desk) == {"甲"}
    desk.history.undo()
    assert names(desk) == set()
    desk.history.redo()
    assert names(desk) == {"甲"}
    desk.history.redo()
    assert names(desk) == {"甲", "乙"}
    with pytest.raises(AppError):
        desk.history.redo()


def test_something_new_closes_the_way_forward(desk: Desk) -> None:
    add(desk, "甲")
    desk.history.undo()
    add(desk, "乙")
    assert desk.history.redoable() is None


def test_any_operation_can_be_undone_once(desk: Desk) -> None:
    add(desk, "甲")
    first = desk.history.operations()[0].id
    add(desk, "乙")
    desk.history.undo(first)
    assert names(desk) == {"乙"}
    with pytest.raises(AppError) as caught:
        desk.history.undo(first)
    assert caught.value.message.key == "history.already_undone"


def test_the_history_reads_in_both_languages(desk: Desk) -> None:
    add(desk, "甲厂")
    (operation,) = desk.history.operations()
    assert operation.changes == 1
    assert "甲厂" in catalogue("en").text(operation.message)
    assert "供应商" in catalogue("zh_CN").text(operation.message)


def test_a_row_tells_the_step_that_changed_it_last(desk: Desk) -> None:
    company = add(desk, "甲厂")
    desk.directory.edit("supplier", [company], {"city": "宁波"})
    undone = desk.history.undo()
    last = desk.history.last_change("company", company)
    assert last is not None
    assert (last.id, last.kind) == (undone.operation, "undo")
    assert desk.history.last_change("company", 99) is None


def test_a_long_message_that_an_undo_kept_is_told_in_one_short_line(desk: Desk) -> None:
    thread = desk.negotiation.start_thread("cups")
    said = MessageDraft(kind="chat", direction="in", text="Good morning,\n" + "and so on " * 40)
    message = desk.negotiation.add_message(thread, said)
    written = desk.history.operations()[0].id
    desk.correspondence.set_direction([message], "out")
    (kept,) = desk.history.undo(written).kept
    assert kept.name.startswith("Good morning, and so on")
    assert len(kept.name) <= 60
