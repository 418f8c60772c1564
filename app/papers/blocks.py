"""Owns the texts around the table of goods: whom it is for, its terms, the bank.

Must not know cells or pages; a fact is a label and a text, and an empty one is left out.
"""

from __future__ import annotations

from decimal import Decimal

from app.kernel.decimals import decimal_text
from app.kernel.money import Money
from app.papers.amounts import PaperTotals, instalment_amounts
from app.papers.content import Adjustment, PaperKind, QuotationPaper
from app.papers.figures import money_text
from app.papers.labels import Labels
from app.quotations.amounts_in_words import chinese_words, english_words

#: A label and what it says.
Fact = tuple[str, str]
#: A label and an amount in the paper's currency.
Due = tuple[str, Decimal]


def _present(facts: list[Fact]) -> tuple[Fact, ...]:
    return tuple((label, text) for label, text in facts if text)


def letterhead(paper: QuotationPaper, labels: Labels) -> tuple[str, ...]:
    """The seller's lines below the name: address, then ways to reach them."""
    seller = paper.seller
    name = labels.text(seller.name).split("\n")
    reach = (
        ("papers.phone", seller.phone),
        ("papers.mail", seller.mail),
    )
    line = "   ".join(f"{labels.say(key, '/')}: {text}" for key, text in reach if text)
    reached = "   ".join(filter(None, (line, seller.website)))
    return tuple(filter(None, (*name[1:], *labels.text(seller.address).split("\n"), reached)))


def seller_name(paper: QuotationPaper, labels: Labels) -> str:
    """The seller's name in the first language of the paper."""
    return labels.text(paper.seller.name).split("\n")[0]


def buyer_facts(paper: QuotationPaper, labels: Labels) -> tuple[Fact, ...]:
    """Whom the paper is for."""
    buyer = paper.buyer
    address = "\n".join(filter(None, (buyer.address, buyer.country)))
    return _present(
        [
            (labels.say("papers.to"), buyer.name),
            (labels.say("papers.contact"), buyer.contact),
            (labels.say("papers.address"), address),
            (labels.say("papers.phone"), buyer.phone),
            (labels.say("papers.mail"), buyer.mail),
        ]
    )


def trade_term(paper: QuotationPaper) -> str:
    """``FOB Ningbo (Incoterms 2020)``."""
    named = " ".join(filter(None, (paper.trade_term, paper.trade_place)))
    edition = paper.trade_edition if paper.trade_term else ""
    return f"{named} ({edition})" if named and edition else named


def paper_facts(paper: QuotationPaper, labels: Labels) -> tuple[Fact, ...]:
    """The paper's number, dates and terms."""
    until = labels.day(paper.valid_until) if paper.valid_until else ""
    return _present(
        [
            (labels.say("papers.number"), paper.full_number),
            (labels.say("papers.issued_on"), labels.day(paper.issued_on)),
            (labels.say("papers.valid_until"), until),
            (labels.say("papers.reference"), paper.reference),
            (labels.say("papers.trade_term"), trade_term(paper)),
            (labels.say("papers.your_contact"), paper.seller.contact),
        ]
    )


def term_facts(paper: QuotationPaper, labels: Labels) -> tuple[Fact, ...]:
    """The terms below the table."""
    return _present(
        [
            (labels.say("papers.payment"), labels.text(paper.payment)),
            (labels.say("papers.lead_time"), labels.text(paper.lead_time)),
            (labels.say("papers.shipment"), labels.text(paper.shipment)),
            (labels.say("papers.port_of_loading"), labels.place(paper.port_of_loading)),
            (labels.say("papers.port_of_destination"), labels.place(paper.port_of_destination)),
            (labels.say("papers.country_of_origin"), labels.text(paper.country_of_origin, " ")),
            (labels.say("papers.packing"), labels.text(paper.packing)),
            (labels.say("papers.marks"), paper.marks),
            (labels.say("papers.remarks"), labels.text(paper.remarks)),
        ]
    )


def bank_facts(paper: QuotationPaper, labels: Labels) -> tuple[Fact, ...]:
    """Where to pay to."""
    bank = paper.seller.bank
    return _present(
        [
            (labels.say("papers.beneficiary"), bank.beneficiary),
            (labels.say("papers.bank_name"), bank.bank_name),
            (labels.say("papers.bank_address"), bank.bank_address),
            (labels.say("papers.account"), bank.account),
            (labels.say("papers.swift"), bank.swift),
            (labels.say("papers.notes"), bank.notes),
        ]
    )


def adjustment_label(adjustment: Adjustment, labels: Labels) -> str:
    """What a charge or discount is called, with its share where it is one."""
    name, share = labels.text(adjustment.name, " "), adjustment.percent
    return name if share is None else f"{name} ({decimal_text(share)}%)"


def sums_before_total(
    paper: QuotationPaper, totals: PaperTotals, labels: Labels
) -> tuple[Due, ...]:
    """The goods, then each charge and discount; nothing where the goods are the total."""
    if not paper.adjustments or totals.goods is None:
        return ()
    named = (adjustment_label(adjustment, labels) for adjustment in paper.adjustments)
    added = zip(named, totals.adjustments, strict=True)
    return ((labels.say("papers.subtotal"), totals.goods), *added)


def sum_texts(paper: QuotationPaper, totals: PaperTotals, labels: Labels) -> tuple[str, ...]:
    """The sums as texts of their own, the total last; for papers without a column of amounts."""
    if totals.total is None:
        return ()
    sums = (
        *sums_before_total(paper, totals, labels),
        (labels.say("papers.total"), totals.total),
    )
    return tuple(f"{label}: {money_text(value, paper.currency)}" for label, value in sums)


def dues(paper: QuotationPaper, totals: PaperTotals, labels: Labels) -> tuple[Due, ...]:
    """What is paid when, on a proforma invoice that is not paid all at once: the deposit, the balance."""
    total = totals.total
    is_split = paper.kind is PaperKind.PROFORMA and len(paper.instalments) > 1
    if not is_split or total is None or total <= 0:
        return ()
    names = (labels.text(part.name, " / ") for part in paper.instalments)
    return tuple(zip(names, instalment_amounts(paper, total), strict=True))


def words_of_total(paper: QuotationPaper, totals: PaperTotals, labels: Labels) -> str:
    """The total in words, on a proforma invoice."""
    total = totals.total
    if paper.kind is not PaperKind.PROFORMA or total is None or total < 0:
        return ""
    wanted = ("en", "zh_CN") if labels.language == "both" else (labels.language,)
    money = Money(total, paper.currency).rounded()
    words = {"en": english_words, "zh_CN": chinese_words}
    return "\n".join(words[language](money) for language in wanted)
