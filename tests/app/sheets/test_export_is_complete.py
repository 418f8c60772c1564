"""All that hangs on a company travels in an exported list: nothing is lost on the way to another book."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from new_book import new_book
from PIL import Image
from sqlalchemy import select

from app.desk import Desk
from app.kernel.clock import Clock
from app.sheets.reading.pictures import safe
from database.records import (
    AliasRecord,
    CertificateRecord,
    CompanyRecord,
    ContactRecord,
    FileRecord,
    NoteRecord,
    PictureRecord,
)

FIELDS = {
    "name_zh": "宁波海达塑料制品有限公司",
    "name_en": "Ningbo Haida Plastics Co., Ltd.",
    "country": "CN",
    "tax_number": "DE 811 128 135",
    "next_action": "寄样品",
    "next_action_on": date(2026, 4, 1),
}


@pytest.fixture
def company(desk: Desk) -> int:
    """A company with everything that a list once left behind."""
    keep = desk.directory.add("supplier", FIELDS)
    other = desk.directory.add(
        "supplier", {"name_en": "Haida Houseware, Inc.", "tax_number": "x", "city": "宁波"}
    )
    desk.directory.merge("supplier", keep, other)
    for paper in (
        {"name": "BSCI"},
        {
            "name": "ISO 9001",
            "number": "CN-0815",
            "issuer": "TÜV Süd",
            "expires_on": date(2027, 1, 31),
        },
        {"name": "FDA", "number": "12345678", "issued_on": date(2025, 5, 1)},
    ):
        desk.directory.add("certificate", {"company_id": keep, **paper})
    for name, is_primary in (("王小姐", False), ("Anna", True)):
        person = desk.directory.add(
            "contact", {"company_id": keep, "name": name, "is_primary": is_primary}
        )
        desk.directory.add("note", {"contact_id": person, "text": f"{name}: on leave; back in May"})
    desk.directory.add("note", {"company_id": keep, "text": "寄过样品\n未回"})
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(picture, "PNG")
    kept = safe(picture.getvalue)
    assert kept is not None
    desk.pictures.hang("supplier", keep, [kept])
    with desk._book.write("directory.edit.supplier", count=1) as scope:
        record = scope.get(CompanyRecord, keep)
        assert record is not None
        record.is_agent = record.is_buyer = True
    return keep


def told(desk: Desk) -> dict[str, object]:
    """What the book holds of its only company."""
    with desk._book.read() as session:
        (record,) = session.scalars(select(CompanyRecord)).all()
        papers = session.scalars(select(CertificateRecord).order_by(CertificateRecord.name))
        return {
            **{key: getattr(record, key) for key in FIELDS},
            "roles": (record.is_supplier, record.is_buyer, record.is_agent, record.is_forwarder),
            "aliases": sorted(session.scalars(select(AliasRecord.name))),
            "certificates": [
                (p.name, p.number, p.issuer, p.issued_on, p.expires_on) for p in papers
            ],
            "pictures": session.scalars(select(FileRecord.sha256).join(PictureRecord)).all(),
            "custom": record.custom,
            "people": [
                (p.name, p.is_primary)
                for p in session.scalars(select(ContactRecord).order_by(ContactRecord.name))
            ],
            "notes": sorted(
                session.execute(
                    select(ContactRecord.name, NoteRecord.text)
                    .select_from(NoteRecord)
                    .outerjoin(ContactRecord, NoteRecord.contact_id == ContactRecord.id)
                ),
                key=repr,
            ),
        }


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_everything_of_a_company_comes_back(
    desk: Desk, tmp_path: Path, clock: Clock, company: int, suffix: str, language: str
) -> None:
    target = tmp_path / f"list{suffix}"
    desk.sheets.export("supplier", target, language=language)
    preview = desk.sheets.preview(target)
    back = desk.sheets.commit(preview)
    assert (back.operation, back.created, back.updated) == (None, {}, {})
    other = Desk(new_book(tmp_path / "other"), clock=clock)
    try:
        other.sheets.commit(replace(preview, planned_at=-1))
        here, there = told(desk), told(other)
        if suffix == ".csv":
            assert there.pop("pictures") == []
            here.pop("pictures")
        assert there == here
    finally:
        other.close()


def test_a_certificate_that_is_known_by_its_name_is_not_added_again(
    desk: Desk, tmp_path: Path, company: int
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        f"公司名称,证书,证书编号\n{FIELDS['name_zh']},ISO 9001,\n{FIELDS['name_zh']},ISO 9001,NEW-1\n",
        encoding="utf-8",
    )
    desk.sheets.commit(desk.sheets.preview(path))
    numbers = {paper[1] for paper in told(desk)["certificates"] if paper[0] == "ISO 9001"}
    assert numbers == {"CN-0815", "NEW-1"}


def test_details_of_several_certificates_in_one_cell_are_not_lost(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "公司名称,城市,证书,证书编号\n甲厂有限公司,宁波,BSCI、FDA,77\n乙厂有限公司,义乌,BSCI,78\n",
        encoding="utf-8",
    )
    desk.sheets.commit(desk.sheets.preview(path))
    company = desk.directory_views.company(desk.lists.ids("supplier", where="甲厂")[0])
    assert [paper.values["name"] for paper in company.certificates] == ["BSCI", "FDA"]
    assert company.custom == {"certificate_no": "77"}


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_notes_and_a_half_known_carton_of_a_product_come_back(
    desk: Desk, tmp_path: Path, clock: Clock, suffix: str
) -> None:
    facts = {"item_number": "A-1", "name_en": "Mug", "carton_length_cm": 60, "carton_height_cm": 30}
    product = desk.directory.add("product", facts)
    for text in ("glaze chips; ask for another", "样品已寄"):
        desk.directory.add("note", {"product_id": product, "text": text})
    target = tmp_path / f"list{suffix}"
    desk.sheets.export("product", target)
    preview = desk.sheets.preview(target)
    assert desk.sheets.commit(preview).operation is None
    other = Desk(new_book(tmp_path / "other"), clock=clock)
    try:
        other.sheets.commit(replace(preview, planned_at=-1))
        here = desk.directory_views.product(product)
        there = other.directory_views.product(other.lists.ids("product")[0])
        assert there.values == here.values
        assert here.values["carton_width_cm"] is None
        assert [note.values for note in there.notes] == [note.values for note in here.notes]
        assert len(here.notes) == 2
    finally:
        other.close()


def test_a_note_added_to_an_exported_list_is_added_to_its_person(
    desk: Desk, tmp_path: Path, company: int
) -> None:
    target = tmp_path / "list.csv"
    desk.sheets.export("supplier", target)
    text = target.read_text(encoding="utf-8-sig").replace("Anna: on leave", "new; Anna: on leave")
    target.write_text(text, encoding="utf-8-sig")
    desk.sheets.commit(desk.sheets.preview(target))
    notes = {text for name, text in told(desk)["notes"] if name == "Anna"}
    assert notes == {"Anna: on leave; back in May", "new"}
