"""What papers cost in CPU time, beside a bare openpyxl write of the same cells and pictures."""

from __future__ import annotations

import io
import random
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image

from app.papers.content import Bilingual, CartonPacking, PaperLine, QuotationPaper, Seller
from app.papers.pdf import write_pdf
from app.papers.pictures import _fitted_file
from app.papers.sheet import write_xlsx

PHOTOGRAPH = (1633, 1225)


def photographs(folder: Path, count: int) -> list[Path]:
    """Two-megapixel JPEGs, each different, with the detail of a photograph."""
    luck = random.Random(3)
    noise = Image.effect_noise((408, 306), 60).resize(PHOTOGRAPH)
    files = []
    for index in range(count):
        tint = Image.new("L", PHOTOGRAPH, luck.randrange(256))
        image = Image.merge(
            "RGB", (noise, tint, Image.effect_noise((20, 20), 90).resize(PHOTOGRAPH))
        )
        files.append(folder / f"{index}.jpg")
        image.save(files[-1], quality=80)
    return files


def quotation(pictures: list[Path]) -> QuotationPaper:
    packing = CartonPacking(
        pieces_per_carton=Decimal(24), length_cm=Decimal(50), width_cm=Decimal(40), height_cm=Decimal(30),
        net_weight_kg=Decimal(9), gross_weight_kg=Decimal(10),
    )  # fmt: skip
    line = PaperLine(
        name=Bilingual("Silicone spatula", "硅胶铲"),
        description=Bilingual("Food-grade silicone, wooden handle", "食品级硅胶，木柄"),
        unit=Bilingual("pcs", "个"), quantity=Decimal(5000), unit_price=Decimal("1.86"),
        packing=packing, minimum_order=Decimal(1000), hs_code="3924100000",
    )  # fmt: skip
    lines = tuple(
        replace(line, item_number=f"KT-{index}", picture=file)
        for index, file in enumerate(pictures)
    )
    seller = Seller(name=Bilingual("Ningbo Haitang", "宁波海棠"))
    return QuotationPaper(number="Q-1", issued_on=date(2026, 1, 2), seller=seller, lines=lines)


def bare_openpyxl(paper: QuotationPaper, path: Path) -> None:
    """The same cells, and the pictures as they are."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row, line in enumerate(paper.lines, start=1):
        cells = [row, None, line.item_number, line.name.en, line.description.en, "1,000 pcs"]
        sheet.append([*cells, float(line.quantity or 0), line.unit.en, float(line.unit_price or 0)])
        sheet.cell(row, 10, f"=ROUND(G{row}*I{row},2)")
        if isinstance(line.picture, Path):
            image = SheetImage(io.BytesIO(line.picture.read_bytes()))
            image.width, image.height = 92, 69
            sheet.add_image(image, f"B{row}")
    book.save(path)


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of all threads: what else the machine does is not counted."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def report(text: str) -> None:
    sys.stdout.write(f"\n{text}\n")


@pytest.mark.slow
def test_five_hundred_photographs_make_a_small_sheet_quickly(tmp_path: Path) -> None:
    paper = quotation(photographs(tmp_path, 500))
    ours = seconds(lambda: write_xlsx(paper, tmp_path / "ours.xlsx"))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    bare = seconds(lambda: bare_openpyxl(paper, tmp_path / "bare.xlsx"))
    size = (tmp_path / "ours.xlsx").stat().st_size / 1e6
    bare_size = (tmp_path / "bare.xlsx").stat().st_size / 1e6
    report(
        f"500 lines, 500 photographs: {ours:.2f} s, {size:.1f} MB, peak {peak_mb:.0f} MB; "
        f"bare openpyxl {bare:.2f} s, {bare_size:.1f} MB; "
        f"ratios {ours / bare:.2f} in time, {size / bare_size:.3f} in size"
    )
    assert size <= 25
    assert ours <= 6
    assert peak_mb < 500


def test_twenty_lines_are_written_at_once(tmp_path: Path) -> None:
    paper = quotation(photographs(tmp_path, 20))
    ours = seconds(lambda: write_xlsx(paper, tmp_path / "ours.xlsx"))
    bare = seconds(lambda: bare_openpyxl(paper, tmp_path / "bare.xlsx"))
    _fitted_file.cache_clear()
    pdf = seconds(lambda: write_pdf(paper, tmp_path / "ours.pdf", language="both"))
    again = seconds(lambda: write_xlsx(paper, tmp_path / "ours.xlsx"))
    small = (tmp_path / "ours.xlsx").stat().st_size / 1e3
    report(
        f"20 lines, 20 photographs: sheet {ours:.2f} s, {small:.0f} kB (bare openpyxl {bare:.2f} s, "
        f"ratio {ours / bare:.2f}), again {again:.2f} s; PDF with its fonts {pdf:.2f} s"
    )
    assert ours <= 0.5
    assert pdf <= 1
