"""Owns the zip box around xlsx, xlsm, xlsb and ods: checked before anything in it is parsed.

Must not know what the parts mean.
"""

from __future__ import annotations

import copy
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final
from xml.etree.ElementTree import Element, ParseError
from xml.parsers import expat

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.kernel.errors import AppError
from app.sheets.reading import limits
from app.sheets.reading.drafts import Notice

_BLOCK_BYTES: Final = 1_000_000
_HEAD_BYTES: Final = 4_096
_NO_XML: Final = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x0?[0-8bcef]|x1[0-9a-f]|[0-8]|1[124-9]|2[0-9]|3[01]);",
    re.IGNORECASE,
)
_LONE_AND: Final = re.compile(rb"&(?!#?[A-Za-z0-9]{1,32};)")
_XML_ENDS: Final = (".xml", ".rels", ".vml")
#: What opening or unpacking raises where the box is broken.
_TROUBLE: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)


class PartDamaged(AppError):
    """A part of the box is broken; whoever can do without it tells so and goes on."""

    def __init__(self) -> None:
        super().__init__("sheets.damaged")


class Package:
    """A zipped workbook after its pre-flight; names of parts are compared without case."""

    def __init__(self, file: str | BinaryIO) -> None:
        """Opens and checks the box; raises :class:`AppError` for bombs and damage."""
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise AppError("sheets.damaged") from error
        self._infos = {_plain(info.filename): info for info in self._zip.infolist()}
        self._altered: set[str] = set()
        self._check_sizes()
        self._check_heads()

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._infos

    def names(self) -> list[str]:
        """All parts' names, lower case."""
        return list(self._infos)

    def written_name(self, name: str) -> str:
        """A part's name as the file has it, but for backslashes."""
        return self._infos[_plain(name)].filename.replace("\\", "/")

    def size_bytes(self, name: str) -> int:
        """Unpacked bytes of a part."""
        return self._infos[_plain(name)].file_size

    def read(self, name: str) -> bytes:
        """A small part whole; raises :class:`AppError` when it is damaged, :class:`KeyError` when missing."""
        info = self._infos[_plain(name)]
        if info.file_size > limits.SMALL_PART_BYTES:
            raise AppError("sheets.bomb")
        return b"".join(self.blocks(name))

    def blocks(self, name: str) -> Iterator[bytes]:
        """A big part, piece by piece.

        A part that does not have its checksum is read where it is whole all the same, as Excel does,
        and noted; raises :class:`AppError` where it is not.
        """
        info = self._infos[_plain(name)]
        checksum = 0
        for block in self._unpacked(info, _BLOCK_BYTES):
            checksum = zlib.crc32(block, checksum)
            yield block
        if checksum != info.CRC:
            if name.lower().endswith(_XML_ENDS):
                _check_whole(self._unpacked(info, _BLOCK_BYTES))
            self._altered.add(_plain(name))

    def notices(self) -> list[Notice]:
        """What the person should know of the parts read so far."""
        count = len(self._altered)
        return [("sheets.parts_altered", {"count": count})] if count else []

    def xml(self, name: str) -> Element | None:
        """A small XML part, parsed; ``None`` when it is missing or no XML.

        Raises :class:`PartDamaged` where it can't be unpacked.
        """
        if name not in self:
            return None
        try:
            root: Element = fromstring(self.read(name), forbid_dtd=True)
        except DefusedXmlException as error:
            raise AppError("sheets.bomb") from error
        except ParseError:
            return None
        return root

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Of the part ``name``: relation id → (last word of its type, part aimed at).

        What lies outside of the file is left out and never followed. Raises :class:`PartDamaged`.
        """
        folder, file = posixpath.split(name)
        listed = posixpath.join(folder, "_rels", file + ".rels")
        root = self.xml(listed)
        if root is None and name and listed in self:
            raise PartDamaged
        found: dict[str, tuple[str, str]] = {}
        for relation in root if root is not None else ():
            if relation.get("TargetMode", "").lower() != "external":
                target = posixpath.normpath(posixpath.join(folder, relation.get("Target", "")))
                kind = relation.get("Type", "").rpartition("/")[2]
                found[relation.get("Id", "")] = (kind, target.lstrip("/"))
        return found

    def _check_sizes(self) -> None:
        infos = self._infos.values()
        if any(info.flag_bits & 1 for info in infos):
            raise AppError("sheets.protected")
        if len(self._zip.infolist()) > limits.ZIP_ENTRIES:
            raise AppError("sheets.bomb")
        xml = [info for info in infos if not is_media(info.filename)]
        if sum(info.file_size for info in xml) > limits.ZIP_XML_BYTES:
            raise AppError("sheets.bomb")
        for info in infos:
            ratio = info.file_size / max(info.compress_size, 1)
            is_blown = info.file_size > limits.ZIP_RATIO_FROM_BYTES and ratio > limits.ZIP_RATIO
            if is_blown or info.file_size > limits.ZIP_PART_BYTES:
                raise AppError("sheets.bomb")

    def _check_heads(self) -> None:
        """A document type is never in a real workbook; in a hostile one it multiplies itself.

        A part that can't be unpacked is left to whoever needs it.
        """
        for name, info in self._infos.items():
            if name.endswith(_XML_ENDS) and info.file_size:
                try:
                    head = next(self._unpacked(info, _HEAD_BYTES), b"").replace(b"\x00", b"")
                except AppError:
                    continue
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    raise AppError("sheets.bomb")

    def _unpacked(self, info: zipfile.ZipInfo, block_bytes: int) -> Iterator[bytes]:
        unchecked = copy.copy(info)
        del unchecked.CRC
        try:
            with self._zip.open(unchecked) as stream:
                while block := stream.read(block_bytes):
                    yield block
        except _TROUBLE as error:
            raise PartDamaged from error


def _check_whole(blocks: Iterable[bytes]) -> None:
    """Raises :class:`AppError` for XML that breaks off or is broken."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_declaration
    parse(parser, blocks)


def parse(parser: expat.XMLParserType, blocks: Iterable[bytes]) -> None:
    """Has ``parser`` go through all of ``blocks``; raises :class:`PartDamaged` for XML that is broken."""
    try:
        for block in blocks:
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise PartDamaged from error


def refuse_declaration(*_declaration: object) -> None:
    """Raises :class:`AppError`: what declares entities can multiply itself."""
    raise AppError("sheets.bomb")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def is_media(name: str) -> bool:
    """Whether the part ``name`` is a picture."""
    return "/media/" in name or name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".emf"))


def without_control_signs(content: bytes) -> bytes:
    """XML without the signs and references that it may not hold; a lone ``&`` is meant as one."""
    if b"\x00" in content[:4] or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content
    return _LONE_AND.sub(b"&amp;", _NO_XML.sub(b"", content))


def local(element: Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str | None:
    """The attribute of that name in any namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return None


def descendants(root: Element | None, name: str) -> Iterator[Element]:
    """All elements below ``root`` of that local name, in document order."""
    if root is not None:
        for element in root.iter():
            if local(element) == name:
                yield element
