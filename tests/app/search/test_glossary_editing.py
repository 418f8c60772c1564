"""The trade glossary belongs to the user: entries are added, changed, taken out, and count at once."""

from __future__ import annotations

import pytest

from app.desk import Desk
from app.kernel.errors import AppError
from app.search.glossary_service import GlossaryEntry
from app.search.results import Request


@pytest.fixture
def mug(desk: Desk) -> int:
    desk.directory.add("product", {"name_zh": "搪瓷缸"})
    return desk.directory.add("product", {"name_zh": "保温杯"})


def found(desk: Desk, text: str) -> list[tuple[str, int]]:
    desk.search.update()
    return [hit.key for hit in desk.search.find(Request(text)).hits]


def entry(desk: Desk, name: str) -> GlossaryEntry:
    return next(one for one in desk.glossary.entries() if name in one.names)


def test_a_new_entry_counts_for_the_next_search_and_undo_takes_it_out(desk: Desk, mug: int) -> None:
    assert found(desk, "camp cup") == []
    key = desk.glossary.add(
        {"chinese": "搪瓷缸", "english": "camp cup", "others": "tin cup，bivvy"}
    )
    own = desk.glossary.entries()[0]
    assert (own.id, own.chinese, own.english) == (key, "搪瓷缸", "camp cup")
    assert own.others == ("tin cup", "bivvy")
    for text in ("camp cup", "tin cup", "bivvy"):
        assert found(desk, text) == [("product", mug - 1)]
        assert "搪瓷缸" in desk.search.find(Request(text)).also
        assert "搪瓷缸" in desk.search.complete(text).also
    desk.history.undo()
    assert found(desk, "camp cup") == []
    desk.history.redo()
    assert found(desk, "camp cup") == [("product", mug - 1)]


def test_an_entry_of_the_program_can_be_changed_and_changed_again(desk: Desk, mug: int) -> None:
    assert found(desk, "thermos") == [("product", mug)]
    count = len(desk.glossary.entries())
    shipped = entry(desk, "保温杯")
    assert (shipped.id, shipped.shipped) == (None, "保温杯")
    desk.glossary.edit(shipped, {"chinese": "保温杯", "english": "hotty"})
    assert len(desk.glossary.entries()) == count
    assert found(desk, "hotty") == [("product", mug)]
    assert "保温杯" not in desk.search.find(Request("vacuum cup")).also
    changed = entry(desk, "hotty")
    assert changed.shipped == "保温杯"
    desk.glossary.edit(changed, {"chinese": "保温杯", "english": "warmy"})
    assert found(desk, "hotty") == []
    assert found(desk, "warmy") == [("product", mug)]


def test_an_entry_of_the_program_can_be_taken_out_and_brought_back(desk: Desk, mug: int) -> None:
    count = len(desk.glossary.entries())
    desk.glossary.edit(entry(desk, "保温杯"), {"chinese": "保温杯", "english": "hotty"})
    desk.glossary.delete([entry(desk, "hotty"), entry(desk, "焖烧罐")])
    assert len(desk.glossary.entries()) == count - 2
    assert desk.glossary.taken_out() == 2
    assert found(desk, "hotty") == []
    assert found(desk, "thermos cup") == []
    desk.glossary.bring_back()
    assert desk.glossary.taken_out() == 0
    assert len(desk.glossary.entries()) == count
    assert found(desk, "thermos cup") == [("product", mug)]


def test_an_own_entry_that_is_deleted_is_gone_and_comes_back_with_undo(desk: Desk) -> None:
    count = len(desk.glossary.entries())
    desk.glossary.add({"chinese": "搪瓷缸", "english": "camp cup"})
    desk.glossary.delete([entry(desk, "camp cup")])
    assert len(desk.glossary.entries()) == count
    desk.history.undo()
    assert entry(desk, "camp cup").shipped is None


@pytest.mark.parametrize(
    "values",
    [{}, {"chinese": "缸"}, {"english": "cup", "others": "CUP; ｃｕｐ"}, {"others": " , "}],
)
def test_one_name_alone_is_no_entry(desk: Desk, values: dict[str, object]) -> None:
    with pytest.raises(AppError) as refused:
        desk.glossary.add(values)
    assert refused.value.message.key == "search.glossary_needs_two"


def test_an_entry_deleted_meanwhile_is_not_changed(desk: Desk) -> None:
    desk.glossary.add({"chinese": "搪瓷缸", "english": "camp cup"})
    stale = entry(desk, "camp cup")
    desk.glossary.delete([stale])
    with pytest.raises(AppError):
        desk.glossary.edit(stale, {"chinese": "搪瓷缸", "english": "tin cup"})
