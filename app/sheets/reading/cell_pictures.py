"""Owns pictures that are a cell's content: those of WPS (DISPIMG) and of Excel ("place in cell").

Must not know floating pictures.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from functools import cached_property, partial

from app.sheets.reading.cell_marks import SheetMarks
from app.sheets.reading.drafts import PictureDraft
from app.sheets.reading.package import Package, attribute, descendants


class CellPictures:
    """The pictures inside cells of one workbook; each index is read when a sheet needs it."""

    def __init__(self, package: Package, workbook_part: str) -> None:
        self._package = package
        self._folder = posixpath.dirname(workbook_part)

    def of(self, marks: SheetMarks) -> Iterator[PictureDraft]:
        """The pictures of the cells that were noted, also those that are lost; raises ``PartDamaged``."""
        for row, column, name in marks.wps_pictures:
            shown = self._wps_parts.get(name, f"{self._wps_index}#{name}")
            yield PictureDraft(row, column, "cell-wps", shown.lower(), self._load(shown))
        for row, column, number in marks.rich_values:
            part = self._excel_parts.get(number)
            if part is not None:
                yield PictureDraft(row, column, "cell-excel", part.lower(), self._load(part))

    def _load(self, part: str) -> Callable[[], bytes]:
        return partial(self._package.read, part)

    @cached_property
    def _wps_index(self) -> str:
        return posixpath.join(self._folder, "cellimages.xml")

    @cached_property
    def _wps_parts(self) -> dict[str, str]:
        """Name in DISPIMG → part, from WPS's ``cellimages.xml``."""
        index = self._wps_index
        relations = self._package.relations(index)
        found: dict[str, str] = {}
        for image in descendants(self._package.xml(index), "cellImage"):
            name = next((e.get("name") for e in descendants(image, "cNvPr")), None)
            blip = next(descendants(image, "blip"), None)
            relation = relations.get((attribute(blip, "embed") or "") if blip is not None else "")
            if name and relation is not None:
                found[name] = relation[1]
        return found

    @cached_property
    def _excel_parts(self) -> dict[int, str]:
        """Number of a cell's value metadata → part, along Excel's chain of rich value parts."""
        root = self._package.xml(posixpath.join(self._folder, "metadata.xml"))
        futures = [
            int(rich.get("i", "0"))
            for future in descendants(root, "futureMetadata")
            if future.get("name") == "XLRICHVALUE"
            for rich in descendants(future, "rvb")
        ]
        found: dict[int, str] = {}
        for values in descendants(root, "valueMetadata"):
            for number, record in enumerate(descendants(values, "rc"), start=1):
                index = int(record.get("v", "0"))
                part = self._rich_value_part(futures[index]) if index < len(futures) else None
                if part is not None:
                    found[number] = part
        return found

    def _rich_value_part(self, index: int) -> str | None:
        relation = self._local_images.get(index)
        parts = self._rich_value_relations
        return parts[relation] if relation is not None and relation < len(parts) else None

    @cached_property
    def _local_images(self) -> dict[int, int]:
        """Index of a rich value that is a picture → index of its relation."""
        folder = posixpath.join(self._folder, "richData")
        structures = [
            [key.get("n") for key in descendants(structure, "k")]
            for structure in descendants(
                self._package.xml(posixpath.join(folder, "rdrichvaluestructure.xml")), "s"
            )
        ]
        found: dict[int, int] = {}
        values = self._package.xml(posixpath.join(folder, "rdrichvalue.xml"))
        for index, value in enumerate(descendants(values, "rv")):
            structure = int(value.get("s", "0"))
            keys = structures[structure] if structure < len(structures) else []
            texts = [element.text or "" for element in descendants(value, "v")]
            for key, text in zip(keys, texts, strict=False):
                if key == "_rvRel:LocalImageIdentifier" and text.isdecimal():
                    found[index] = int(text)
        return found

    @cached_property
    def _rich_value_relations(self) -> list[str]:
        index = posixpath.join(self._folder, "richData", "richValueRel.xml")
        relations = self._package.relations(index)
        return [
            relations.get(attribute(element, "id") or "", ("", ""))[1]
            for element in descendants(self._package.xml(index), "rel")
        ]
