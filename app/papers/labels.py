"""Owns the fixed words on a paper: English, Chinese, or both joined.

Must not hold the words; they are in ``resources/translations``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from app.kernel.language import catalogue
from app.kernel.ports import place_text
from app.papers.content import PAPER_LANGUAGES, Bilingual, PaperKind, QuotationPaper

_TITLES: Mapping[PaperKind, str] = MappingProxyType(
    {
        PaperKind.QUOTATION: "papers.quotation",
        PaperKind.PROFORMA: "papers.proforma",
        PaperKind.PRICE_LIST: "papers.price_list",
        PaperKind.CATALOGUE: "papers.catalogue",
    }
)


class Labels:
    """The words of a paper in ``language``, one of :data:`~app.papers.content.PAPER_LANGUAGES`.

    Raises :class:`ValueError` for another language.
    """

    def __init__(self, language: str) -> None:
        if language not in PAPER_LANGUAGES:
            raise ValueError(f"papers are written in {', '.join(PAPER_LANGUAGES)}, not {language}")
        self.language = language

    def say(self, key: str, joint: str = " ", **params: object) -> str:
        """The words for ``key``; in both languages joined by ``joint``."""
        wanted = ("en", "zh_CN") if self.language == "both" else (self.language,)
        words = [catalogue(language).say(key, **params) for language in wanted]
        return joint.join(dict.fromkeys(words))

    def text(self, text: Bilingual, joint: str = "\n") -> str:
        """``text`` as it stands on the paper."""
        return text.said(self.language, joint)

    def place(self, text: str) -> str:
        """A port by its name in the paper's language; another place as typed."""
        wanted = ("en", "zh_CN") if self.language == "both" else (self.language,)
        return " ".join(dict.fromkeys(place_text(text, language) for language in wanted))

    def title(self, paper: QuotationPaper) -> str:
        """The paper's title."""
        return self.say(_TITLES[paper.kind])

    def day(self, day: date) -> str:
        """A date no country reads wrongly: ``22 Nov 2026``, ``2026年11月22日``."""
        chinese = f"{day.year}年{day.month}月{day.day}日"
        if self.language == "zh_CN":
            return chinese
        months = [
            "Jan",
            "Feb",
            "Mar",
            "Apr",
            "May",
            "Jun",
            "Jul",
            "Aug",
            "Sep",
            "Oct",
            "Nov",
            "Dec",
        ]
        return f"{day.day} {months[day.month - 1]} {day.year}"
