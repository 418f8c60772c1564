"""Owns making the HTML of a mail safe to show, and plain text out of it.

Must not fetch or resolve anything: pictures stay only when they are parts of the same message
(``cid:``), because a file or UNC address in a picture would leak the user's login.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3

from app.kernel.text import clean
from app.negotiation.reading.limits import MAX_TEXT_CHARACTERS

_TAGS = {
    *(
        [
            "a",
            "abbr",
            "b",
            "blockquote",
            "br",
            "caption",
            "center",
            "code",
            "dd",
            "div",
            "dl",
            "dt",
            "em",
            "font",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
        ]
    ),
    *(
        [
            "i",
            "img",
            "li",
            "ol",
            "p",
            "pre",
            "s",
            "small",
            "span",
            "strong",
            "sub",
            "sup",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
            "u",
            "ul",
        ]
    ),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign"},
    "font": {"color"},
}
_DROPPED_WHOLE = {"script", "style", "title", "head", "svg", "math", "object", "template"}
_LINE_TAGS = {"br", "p", "div", "tr", "li", "table", "blockquote", "hr", "pre", "ul", "ol", "dt"}
_PARAGRAPH_TAGS = {"p", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
_MAX_TAGS = 200_000
# Cleaning takes time with the square of the depth; mails of honest programs reach a few hundred.
_MAX_DEPTH = 3_000
_TAG = re.compile(r"<(/?)([a-zA-Z]\w*)")
_NEVER_DEEP = {"br", "hr", "img", "input", "meta", "link", "col", "base", "area", "wbr"}


def sanitised(markup: str) -> str:
    """``markup`` with only harmless tags and attributes; empty when it is too large to trust."""
    if len(markup) > MAX_TEXT_CHARACTERS or markup.count("<") > _MAX_TAGS or _too_deep(markup):
        return ""
    safe = nh3.clean(
        markup,
        tags=_TAGS,
        clean_content_tags=_DROPPED_WHOLE,
        attributes=_ATTRIBUTES,
        attribute_filter=_kept_attribute,
        url_schemes={"http", "https", "mailto", "cid"},
        link_rel=None,
    )
    return clean(safe)


def _too_deep(markup: str) -> bool:
    depth = deepest = 0
    for closing, tag in _TAG.findall(markup):
        if closing:
            depth = max(depth - 1, 0)
        elif tag.lower() not in _NEVER_DEEP:
            depth += 1
            deepest = max(deepest, depth)
    return deepest > _MAX_DEPTH


def _kept_attribute(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src":
        return value if value.lower().startswith("cid:") else None
    if attribute == "href":
        return value if re.match(r"(?:https?://|mailto:)", value, re.IGNORECASE) else None
    return value


def bare_words(markup: str) -> str:
    """The words of markup that was too large or deep to clean, with every tag cut out."""
    return clean(re.sub(r"<[^<>]{0,5000}>", " ", markup[:MAX_TEXT_CHARACTERS])).strip()


def text_of(safe: str) -> str:
    """The words of sanitised markup, a line for each block; quoted blocks are marked with ``>``."""
    reader = _Words()
    reader.feed(safe)
    reader.close()
    return reader.words()


class _Words(HTMLParser):
    """Collects lines of text, aware of how deep they are quoted."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _LINE_TAGS or tag in _PARAGRAPH_TAGS:
            self._break(paragraph=tag in _PARAGRAPH_TAGS)
        if tag == "blockquote":
            self._quoted += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _LINE_TAGS or tag in _PARAGRAPH_TAGS:
            self._break(paragraph=tag in _PARAGRAPH_TAGS)
        elif tag in ("td", "th"):
            self._line.append("\t")
        if tag == "blockquote":
            self._quoted -= 1

    def handle_data(self, data: str) -> None:
        self._line.append(re.sub(r"\s+", " ", data))

    def words(self) -> str:
        """All lines read, blank ones never twice in a row."""
        self._break(paragraph=False)
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip()

    def _break(self, *, paragraph: bool) -> None:
        line = re.sub(r" *\t *", "\t", "".join(self._line)).strip()
        if line or (self._line and not paragraph):
            self._lines.append("> " * min(self._quoted, 5) + line)
        if paragraph and self._lines and self._lines[-1].strip("> "):
            self._lines.append("")
        self._line = []
