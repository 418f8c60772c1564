"""Owns the parts of a template's zip and the relations between them.

Must not unpack without limits: parts are counted and measured before they are read.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, SubElement

from defusedxml.common import DefusedXmlException

from app.kernel.errors import AppError
from app.papers.templates.markup import RELATION, SHEET, Document, read_markup, write_markup

MOST_PARTS = 3_000
MOST_BYTES = 150_000_000
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES_PART = "[Content_Types].xml"
_CLEAN = (2020, 1, 1, 0, 0, 0)


@dataclass(slots=True)
class Package:
    """The parts of a workbook by their path in the zip."""

    parts: dict[str, bytes]
    documents: dict[str, Document] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Package:
        """The template at ``path``; raises :class:`AppError` ``papers.unreadable_template``."""
        try:
            with zipfile.ZipFile(path) as archive:
                entries = archive.infolist()
                size = sum(entry.file_size for entry in entries)
                if len(entries) > MOST_PARTS or size > MOST_BYTES:
                    raise AppError("papers.unreadable_template", file=path.name)
                package = cls({entry.filename: archive.read(entry) for entry in entries})
            package.document("xl/workbook.xml")
        except (OSError, zipfile.BadZipFile, KeyError, ValueError, NotImplementedError) as error:
            raise AppError("papers.unreadable_template", file=path.name) from error
        except (ParseError, SyntaxError, DefusedXmlException) as error:
            raise AppError("papers.unreadable_template", file=path.name) from error
        return package

    def write(self, path: Path) -> None:
        """Writes all parts as a zip; the parts not opened are the template's own bytes."""
        for name, document in self.documents.items():
            self.parts[name] = write_markup(document)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.parts.items():
                entry = zipfile.ZipInfo(name, _CLEAN)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, data)

    def document(self, part: str) -> Document:
        """The markup of ``part``, open for change."""
        if part not in self.documents:
            self.documents[part] = read_markup(self.parts[part])
        return self.documents[part]

    def sheets(self) -> Iterator[tuple[str, str]]:
        """Each sheet's name and part."""
        targets = {
            entry.get("Id"): self.target(entry) for entry in self.relations("xl/workbook.xml")
        }
        for sheet in self.document("xl/workbook.xml").root.iter(f"{SHEET}sheet"):
            part = targets.get(sheet.get(f"{RELATION}id"), "")
            if part in self.parts and "worksheets/" in part:
                yield sheet.get("name", ""), part

    def relations(self, part: str) -> list[Element]:
        """The relations of ``part``."""
        name = relations_part(part)
        if name not in self.parts:
            return []
        return list(self.document(name).root)

    def target(self, relation: Element, source: str = "xl/workbook.xml") -> str:
        """The part a relation of ``source`` points to."""
        path = relation.get("Target", "")
        if path.startswith("/"):
            return path[1:]
        return posixpath.normpath(posixpath.join(posixpath.dirname(source), path))

    def related(self, source: str, kind: str) -> str | None:
        """The first part ``source`` relates to as ``kind`` (``drawing``), or ``None``."""
        for relation in self.relations(source):
            if relation.get("Type", "").endswith(f"/{kind}"):
                return self.target(relation, source)
        return None

    def relate(self, source: str, kind: str, target: str) -> str:
        """Makes ``source`` relate to the part ``target``; returns the relation's id."""
        name = relations_part(source)
        if name not in self.parts:
            empty = f'<Relationships xmlns="{RELATIONS[1:-1]}"/>'
            self.parts[name] = empty.encode()
        root = self.document(name).root
        for relation in root:
            if self.target(relation, source) == target and "/" + kind in relation.get("Type", ""):
                return relation.get("Id", "")
        taken = {relation.get("Id") for relation in root}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        SubElement(
            root,
            f"{RELATIONS}Relationship",
            {"Id": f"rId{number}", "Type": f"{OFFICE}/{kind}", "Target": f"/{target}"},
        )
        return f"rId{number}"

    def unrelate(self, source: str, kind: str) -> None:
        """Takes away the relation of ``kind`` and its part."""
        part = self.related(source, kind)
        if part is None:
            return
        root = self.document(relations_part(source)).root
        for relation in list(root):
            if relation.get("Type", "").endswith(f"/{kind}"):
                root.remove(relation)
        self.parts.pop(part, None)
        types = self.document(_TYPES_PART).root
        for entry in list(types):
            if entry.get("PartName") == f"/{part}":
                types.remove(entry)

    def declare(self, *, extension: str = "", part: str = "", content_type: str) -> None:
        """Says what type a file name extension or a part has, once."""
        types = self.document(_TYPES_PART).root
        key, value = ("Extension", extension) if extension else ("PartName", f"/{part}")
        if any((entry.get(key) or "").lower() == value.lower() for entry in types):
            return
        element = Element(
            f"{TYPES}{'Default' if extension else 'Override'}",
            {key: value, "ContentType": content_type},
        )
        types.insert(0 if extension else len(types), element)


def relations_part(part: str) -> str:
    """Where the relations of ``part`` are kept."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"
