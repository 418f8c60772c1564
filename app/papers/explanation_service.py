"""Owns the way from a quotation's costs to the paper that explains its prices inside the firm.

Must not write a paper for the buyer.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from pathlib import Path

from app.kernel.decimals import decimal_text
from app.kernel.errors import AppError
from app.kernel.language import Catalogue, catalogue
from app.kernel.messages import Message
from app.kernel.safe_write import write_whole
from app.papers.explained import ExplainedLine, ExplainedStep, Explanation
from app.quotations.detail_views import LineView, QuotationDetail
from app.quotations.revisions import LineKind
from app.quotations.views import QuotationViews

_PLACES = 4


class Explanations:
    """Why prices are what they are, as a PDF for those inside."""

    def __init__(self, views: QuotationViews) -> None:
        self._views = views

    def export(
        self,
        name: int | str,
        path: Path,
        *,
        revision: int | None = None,
        line_ids: Collection[int] | None = None,
        language: str = "en",
    ) -> int:
        """Writes the steps of the prices of a revision, or of some lines, as ``path``; how many lines.

        Raises ``AppError`` where no line has a cost or the file can't be written.
        """
        # What draws PDFs is slow to import and seldom needed.
        from app.papers.explanation_pdf import explanation_pdf

        explanation = self.explanation(name, revision, line_ids=line_ids, language=language)
        content = explanation_pdf(explanation, language=language)
        write_whole(path, lambda file: _put(file, content))
        return len(explanation.lines)

    def explanation(
        self,
        name: int | str,
        revision: int | None = None,
        *,
        line_ids: Collection[int] | None = None,
        language: str = "en",
    ) -> Explanation:
        """What the paper says, in the words of ``language``."""
        detail, words = self._views.quotation(name, revision), catalogue(language)
        lines = [
            self._line(detail, line, words)
            for line in detail.lines
            if line.kind in (LineKind.ITEM, LineKind.FREE)
            and (line_ids is None or line.id in line_ids)
        ]
        if not any(line.steps for line in lines):
            raise AppError("quotations.lacks_cost")
        title = words.say("papers.why_title", number=detail.label)
        return Explanation(title, _facts(detail, words), tuple(lines))

    def _line(self, detail: QuotationDetail, line: LineView, words: Catalogue) -> ExplainedLine:
        inner = detail.internal.lines[line.id]
        notes = [message for message in (inner.floor_warning, inner.lacks) if message]
        notes += inner.notes
        steps: tuple[ExplainedStep, ...] = ()
        try:
            explained = self._views.explained(detail.id, line.id)
        except AppError as lack:
            explained, notes = None, [lack.message, *inner.notes]
        if explained is not None:
            steps = tuple(
                ExplainedStep(
                    words.text(step.name),
                    f"{_number(step.amount)} {step.currency}",
                    step.formula,
                    step.source,
                )
                for step in explained.price.steps
            )
            if line.unit_price is not None and line.unit_price != explained.price.shown.amount:
                notes.append(Message("papers.why_typed", price=_number(line.unit_price)))
        if inner.margin_on_price is not None and inner.markup_on_cost is not None:
            notes.append(
                Message(
                    "quotations.cost_margins",
                    margin=f"{inner.margin_on_price * 100:.2f}",
                    markup=f"{inner.markup_on_cost * 100:.2f}",
                )
            )
        return ExplainedLine(
            _name(line, words.language),
            _price(line, str(detail.values["currency"])),
            steps,
            tuple(words.text(note) for note in notes),
        )


def _put(file: Path, content: bytes) -> None:
    file.write_bytes(content)


def _number(amount: Decimal) -> str:
    return decimal_text(round(amount, _PLACES))


def _name(line: LineView, language: str) -> str:
    values = line.values
    keys = ("name_zh", "name_en") if language == "zh_CN" else ("name_en", "name_zh")
    name = next((str(values[key]) for key in keys if values.get(key)), "")
    return "  ".join(filter(None, (str(values.get("item_number") or ""), name)))


def _price(line: LineView, currency: str) -> str:
    quantity, unit = line.values.get("quantity"), line.values.get("unit") or ""
    price = f"{currency} {_number(line.unit_price)}" if line.unit_price is not None else "–"
    return f"{quantity:,f} {unit} × {price}" if isinstance(quantity, Decimal) else price


def _facts(detail: QuotationDetail, words: Catalogue) -> tuple[str, ...]:
    """Buyer, day and terms; then what the whole comes to."""
    values, inner = detail.values, detail.internal
    term = " ".join(str(values.get(key) or "") for key in ("incoterm", "place")).strip()
    currency = values["currency"]
    first = (str(values.get("buyer_name") or ""), str(values["issued_on"]), term)
    sums = [words.say("papers.why_total", total=f"{currency} {detail.total:,.2f}")]
    if inner.cost is not None and inner.profit is not None and inner.margin_on_price is not None:
        home = inner.costing.home_currency
        sums.append(
            words.say(
                "papers.why_profit",
                cost=f"{home} {inner.cost:,.2f}",
                profit=f"{home} {inner.profit:,.2f}",
                margin=f"{inner.margin_on_price * 100:.1f}",
            )
        )
    return (" · ".join(filter(None, first)), "   ".join(sums))
