"""Makes the frozen book of this version: ``PYTHONPATH=. python tests/database/freeze_book.py`` in the project.

Run once for each form of the database that is released; the files of older forms stay.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from tempfile import TemporaryDirectory

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from database.opening import DATABASE_FILE, SCHEMA_VERSION

FROZEN = Path(__file__).with_name("frozen")


def freeze() -> Path:
    """Fills a small book and keeps its database, packed."""
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "book", create=True, cache=Path(folder) / "cache")
        supplier = desk.directory.add(
            "supplier", {"name_zh": "宁波海达家居有限公司", "name_en": "Haida", "country": "CN"}
        )
        desk.directory.add(
            "product", {"item_number": "0012", "name_zh": "保温杯", "supplier_id": supplier}
        )
        desk.inquiries.add(InquiryDraft(buyer="Nordic AB", lines=[{"wording": "cup, 350 ml"}]))
        desk.directory.add("supplier", {"name_en": "Taken back"})
        desk.history.undo()
        desk.close()
        content = (Path(folder) / "book" / DATABASE_FILE).read_bytes()
    FROZEN.mkdir(exist_ok=True)
    target = FROZEN / f"book-{SCHEMA_VERSION}.sqlite.gz"
    target.write_bytes(gzip.compress(content, mtime=0))
    return target


if __name__ == "__main__":
    freeze()
