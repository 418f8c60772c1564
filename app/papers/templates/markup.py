"""Owns reading and writing the XML of a workbook's parts, namespaces and prefixes kept.

Must not accept a document type or an entity: a template may come from anywhere.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from defusedxml.ElementTree import iterparse

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True, slots=True)
class Document:
    """The root of a part and the prefix of each of its namespaces."""

    root: Element
    prefixes: Mapping[str, str]


def read_markup(data: bytes) -> Document:
    """The document in ``data``; raises ``ParseError`` or ``DefusedXmlException`` for a bad one."""
    prefixes: dict[str, str] = {}
    root: Element | None = None
    for event, item in iterparse(io.BytesIO(data), events=("start-ns", "start"), forbid_dtd=True):
        if event == "start-ns":
            prefix, uri = item
            if prefix not in prefixes.values():
                prefixes.setdefault(uri, prefix)
        elif root is None:
            root = item
    if root is None:
        raise SyntaxError("an empty part")
    return Document(root, prefixes)


def write_markup(document: Document) -> bytes:
    """``document`` as UTF-8, all its prefixes declared at the root: others name them in attributes."""
    prefixes = dict(document.prefixes)
    for element in document.root.iter():
        for name in (element.tag, *element.attrib):
            uri = name[1:].partition("}")[0] if name.startswith("{") else ""
            if uri and uri != _XML and uri not in prefixes:
                prefixes[uri] = f"p{len(prefixes)}"
    declared = "".join(
        f" xmlns{':' if prefix else ''}{prefix}={quoteattr(uri)}"
        for uri, prefix in prefixes.items()
        if prefix != "xml"
    )
    out: list[str] = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n']
    _write(document.root, prefixes | {_XML: "xml"}, out, declared)
    return "".join(out).encode()


def _write(element: Element, prefixes: Mapping[str, str], out: list[str], declared: str) -> None:
    tag = _qualified(element.tag, prefixes)
    attributes = "".join(
        f" {_qualified(name, prefixes)}={quoteattr(value, {chr(10): '&#10;'})}"
        for name, value in element.attrib.items()
    )
    out.append(f"<{tag}{declared}{attributes}")
    if len(element) or element.text:
        out.append(f">{escape(element.text or '')}")
        for child in element:
            _write(child, prefixes, out, "")
            out.append(escape(child.tail or ""))
        out.append(f"</{tag}>")
    else:
        out.append("/>")


def _qualified(name: str, prefixes: Mapping[str, str]) -> str:
    if not name.startswith("{"):
        return name
    uri, _, local = name[1:].partition("}")
    prefix = prefixes[uri]
    return f"{prefix}:{local}" if prefix else local
