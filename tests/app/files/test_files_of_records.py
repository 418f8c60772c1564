"""A person hangs files on inquiries, companies, products and quotations, and gets them back."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.desk import Desk
from app.files.service import NewFile
from app.inquiries.service import InquiryDraft
from app.kernel.errors import AppError
from app.quotations.service import QuotationDraft


@pytest.fixture
def drawing(tmp_path: Path) -> Path:
    """A drawing as a buyer sends it."""
    file = tmp_path / "图纸 A3.pdf"
    file.write_bytes(b"%PDF-1.7 drawing")
    return file


@pytest.fixture
def inquiry(desk: Desk) -> int:
    """An inquiry of a buyer."""
    return desk.inquiries.add(InquiryDraft(buyer="Nordic Home", lines=[{"wording": "flask"}]))


def test_a_file_is_attached_listed_and_saved_as_it_was(
    desk: Desk, inquiry: int, drawing: Path, tmp_path: Path
) -> None:
    (attached,) = desk.files.attach("inquiry", inquiry, [drawing])
    (view,) = desk.inquiry_views.inquiry(inquiry).attachments
    assert (view.id, view.name, view.media_type) == (attached, "图纸 A3.pdf", "application/pdf")
    assert (view.size_bytes, view.added_at) == (16, desk.clock.now())
    drawing.write_bytes(b"changed outside")
    folder = tmp_path / "out"
    folder.mkdir()
    saved = desk.files.save_copy(attached, folder)
    assert saved == folder / "图纸 A3.pdf"
    assert saved.read_bytes() == b"%PDF-1.7 drawing"


def test_every_kind_that_keeps_files_shows_its_own(desk: Desk, inquiry: int, drawing: Path) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    product = desk.directory.add("product", {"name_zh": "保温壶"})
    quotation = desk.quotations.draft(QuotationDraft(inquiry_id=inquiry))
    owners = {"supplier": supplier, "product": product, "quotation": quotation}
    for kind, record_id in owners.items():
        desk.files.attach(kind, record_id, [drawing])
        assert [one.name for one in desk.files.of(kind, record_id)] == [drawing.name]
    assert desk.directory_views.company(supplier).attachments == desk.files.of("buyer", supplier)
    assert desk.directory_views.product(product).attachments
    assert desk.files.of("inquiry", inquiry) == ()


def test_attaching_and_removing_are_one_step_each_and_undone(
    desk: Desk, inquiry: int, drawing: Path, tmp_path: Path
) -> None:
    second = tmp_path / "specs.xlsx"
    second.write_bytes(b"PK")
    ids = desk.files.attach("inquiry", inquiry, [drawing, second])
    desk.files.remove(ids)
    assert desk.files.of("inquiry", inquiry) == ()
    desk.history.undo()
    assert [one.id for one in desk.files.of("inquiry", inquiry)] == list(ids)
    desk.history.undo()
    assert desk.files.of("inquiry", inquiry) == ()
    desk.history.redo()
    assert desk.files.save_copy(ids[1], tmp_path / "again.xlsx").read_bytes() == b"PK"


def test_the_same_file_hangs_once_and_its_content_is_kept_once(
    desk: Desk, inquiry: int, drawing: Path
) -> None:
    desk.files.attach("inquiry", inquiry, [drawing])
    with pytest.raises(AppError) as refused:
        desk.files.attach("inquiry", inquiry, [drawing])
    assert refused.value.message.key == "files.there_already"
    desk.files.attach_read("inquiry", inquiry, [NewFile("renamed.pdf", drawing.read_bytes())])
    first, second = desk.files.of("inquiry", inquiry)
    assert first.sha256 == second.sha256
    assert len([f for f in (desk.folder / "files").rglob("*") if f.is_file()]) == 1


def test_a_name_that_leads_elsewhere_is_kept_plain(desk: Desk, inquiry: int) -> None:
    hostile = "..\\..\\Startup\\invoice\u202efdp.exe"
    desk.files.attach_read("inquiry", inquiry, [NewFile(hostile, b"MZ")])
    (view,) = desk.files.of("inquiry", inquiry)
    assert "\\" not in view.name
    assert "\u202e" not in view.name
    assert view.name.endswith(".exe")


@pytest.mark.parametrize(
    ("kind", "key"), [("contact", "files.no_owner"), ("product", "kernel.no_such_record")]
)
def test_a_file_needs_a_record_that_is_there(
    desk: Desk, drawing: Path, kind: str, key: str
) -> None:
    with pytest.raises(AppError) as refused:
        desk.files.attach(kind, 99, [drawing])
    assert refused.value.message.key == key


def test_what_cannot_be_read_is_told_and_nothing_is_attached(
    desk: Desk, inquiry: int, drawing: Path, tmp_path: Path
) -> None:
    for path in (tmp_path / "gone.pdf", tmp_path):
        with pytest.raises(AppError) as refused:
            desk.files.attach("inquiry", inquiry, [drawing, path])
        assert refused.value.message.key == "files.unreadable"
    assert desk.files.of("inquiry", inquiry) == ()


def test_a_content_that_is_missing_from_the_folder_is_told(
    desk: Desk, inquiry: int, drawing: Path, tmp_path: Path
) -> None:
    (attached,) = desk.files.attach("inquiry", inquiry, [drawing])
    (view,) = desk.files.of("inquiry", inquiry)
    desk.picture_path(view.sha256).unlink()
    with pytest.raises(AppError) as refused:
        desk.files.save_copy(attached, tmp_path / "copy.pdf")
    assert refused.value.message.key == "files.content_missing"
    assert not (tmp_path / "copy.pdf").exists()
