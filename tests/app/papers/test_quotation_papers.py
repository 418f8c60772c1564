"""A quotation's paper says what its terms say, adds up the same, and nothing of ours is in it."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from app.desk import Desk
from app.directory.service import Directory
from app.kernel.errors import AppError
from app.papers.amounts import totals_of
from app.papers.blocks import term_facts
from app.papers.content import Bilingual, LineKind, Seller
from app.papers.labels import Labels
from app.papers.quotation_service import paper_of
from app.papers.templates.values import paper_values
from app.quotations.incoterms import TradeTerm
from app.quotations.revisions import LineKind as TermsKind
from app.quotations.revisions import LineTerms, RevisionTerms
from app.quotations.service import QuotationDraft
from app.quotations.totals import totals

SECRETS = (
    "宁波海达",
    "Haida Secret",
    "margin note",
    "PL-2026-secret",
    "13.37",
    "0.1234",
    "7.0987",
    "between us",
    "Rival GmbH",
)


def _flask(directory: Directory) -> int:
    supplier = directory.add("supplier", {"name_zh": "宁波海达", "name_en": "Haida Secret Factory"})
    flask = directory.add(
        "product",
        {
            "supplier_id": supplier,
            "item_number": "VF-500",
            "name_en": "Vacuum flask",
            "unit": "pcs",
            "remarks": "margin note",
            "pieces_per_carton": "24",
            "carton_cbm": "0.06",
        },
    )
    directory.add(
        "price",
        {
            "product_id": flask,
            "amount": "13.37",
            "includes_vat": True,
            "source": "PL-2026-secret",
        },
    )
    return flask


@pytest.fixture
def quotation(desk: Desk) -> int:
    flask = _flask(desk.directory)
    desk.rates.add("seller_profile", {"name_en": "Entrepot Trading", "bank_account": "6222-01"})
    desk.rates.add("exchange_rate", {"currency": "USD", "rate": "7.0987", "valid_on": "2026-03-01"})
    line = {"product_id": flask, "quantity": "5000", "description": "=HYPERLINK(1)"}
    rival = desk.quotations.draft(QuotationDraft(buyer="Rival GmbH", lines=[line]))
    desk.quotations.send(rival)
    made = desk.quotations.draft(
        QuotationDraft(
            buyer="Nordic Home AB",
            values={"place": "Ningbo", "margin_floor": "0.1234", "internal_note": "between us"},
            lines=[
                {"kind": "heading", "name_en": "Drinkware"},
                line,
                {"kind": "charge", "name_en": "Mould", "price": "300"},
                {"kind": "discount", "name_en": "Fair", "discount_percent": "2"},
            ],
        )
    )
    desk.quotations.send(made)
    return made


@pytest.mark.parametrize("template", ["classic", "compact", "catalogue"])
def test_no_part_of_the_file_tells_a_cost_a_supplier_a_margin_or_another_buyer(
    desk: Desk, quotation: int, tmp_path: Path, template: str
) -> None:
    written = desk.papers.export(quotation, tmp_path / "q.xlsx", template=template, language="both")
    assert written.lines == 2
    with zipfile.ZipFile(written.path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert parts
    found = [
        f"{secret} in {name}"
        for name, content in parts.items()
        for secret in SECRETS
        if secret.encode() in content
    ]
    assert not found
    assert any(b"Nordic Home AB" in content for content in parts.values())


def test_a_text_from_outside_stays_a_text(desk: Desk, quotation: int, tmp_path: Path) -> None:
    desk.papers.export(quotation, tmp_path / "q.xlsx")
    sheet = load_workbook(tmp_path / "q.xlsx").worksheets[0]
    (cell,) = [
        cell for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value or "")
    ]
    assert cell.data_type == "s"


def test_the_pdf_says_the_same_and_tells_as_little(
    desk: Desk, quotation: int, tmp_path: Path
) -> None:
    desk.papers.export(quotation, tmp_path / "q.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "q.pdf")
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert "Nordic Home AB" in text
    assert not [secret for secret in SECRETS if secret in text]


def test_the_bank_is_printed_only_where_asked_for(desk: Desk, quotation: int) -> None:
    assert not desk.papers.paper(quotation).seller.bank
    desk.quotations.revise(quotation, {"shows_bank": True})
    assert desk.papers.paper(quotation).seller.bank.account == "6222-01"
    assert not desk.papers.paper(quotation, 1).seller.bank


def test_the_users_own_workbook_is_filled(desk: Desk, quotation: int, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["{{number}}"])
    sheet.append(["{{line.item_number}}"])
    book.save(tmp_path / "mine.xlsx")
    desk.papers.export(quotation, tmp_path / "q.xlsx", template=str(tmp_path / "mine.xlsx"))
    filled = load_workbook(tmp_path / "q.xlsx").worksheets[0]
    values = [cell.value for row in filled.iter_rows() for cell in row]
    assert {"Q-2026-0002", "VF-500"} <= set(values)


def test_other_endings_and_templates_are_refused(
    desk: Desk, quotation: int, tmp_path: Path
) -> None:
    with pytest.raises(AppError):
        desk.papers.export(quotation, tmp_path / "q.docx")
    with pytest.raises(AppError):
        desk.papers.export(quotation, tmp_path / "q.xlsx", template="gaudy")
    assert not list(tmp_path.glob("q.*"))


PRICE = st.decimals("0.01", "999", places=2)
LINES = st.one_of(
    st.builds(
        dict,
        kind=st.sampled_from([TermsKind.ITEM, TermsKind.FREE]),
        quantity=st.decimals(1, 9999, places=0),
        unit_price=PRICE,
        discount_percent=st.sampled_from([Decimal(0), Decimal(3), Decimal("7.5")]),
        is_optional=st.booleans(),
    ),
    st.builds(dict, kind=st.just(TermsKind.HEADING)),
    st.builds(dict, kind=st.just(TermsKind.CHARGE), unit_price=PRICE),
    st.builds(
        dict, kind=st.just(TermsKind.DISCOUNT), discount_percent=st.decimals(1, 20, places=0)
    ),
    st.builds(dict, kind=st.just(TermsKind.DISCOUNT), unit_price=PRICE),
)


ITEM = {"kind": TermsKind.ITEM, "quantity": Decimal(10), "unit_price": Decimal(100)}
TENTH_OFF = {"kind": TermsKind.DISCOUNT, "discount_percent": Decimal(10)}


@example(lines=[ITEM, TENTH_OFF, ITEM], currency="USD")
@given(lines=st.lists(LINES, min_size=1, max_size=8), currency=st.sampled_from(["USD", "JPY"]))
def test_the_paper_adds_up_to_what_the_quotation_does(
    lines: list[dict[str, object]], currency: str
) -> None:
    terms = RevisionTerms(
        number="Q-1",
        revision=1,
        quoted_on=date(2026, 3, 2),
        currency=currency,
        lines=tuple(
            LineTerms(line_uid=str(n), position=n, name_en="x", **line)  # type: ignore[arg-type]
            for n, line in enumerate(lines)
        ),
    )
    paper = paper_of(terms, seller=Seller(name=Bilingual("We")), buyer_address="", picture=Path)
    found = totals_of(paper)
    assert (found.goods or 0) == totals(terms).goods
    if found.goods is not None:
        assert found.total == totals(terms).total
    assert not any(line.kind is LineKind.HEADING and line.quantity for line in paper.lines)


def test_ports_and_the_way_of_shipment_are_said_in_the_papers_language() -> None:
    terms = RevisionTerms(
        number="Q-1",
        revision=1,
        quoted_on=date(2026, 3, 2),
        trade_term=TradeTerm("FOB", "宁波"),
        shipment_mode="rail_fcl",
        port_of_loading="宁波",
        port_of_destination="DEHAM",
        lines=(LineTerms(line_uid="1", position=1, origin="CN"),),
    )
    paper = paper_of(terms, seller=Seller(name=Bilingual("We")), buyer_address="", picture=Path)
    said = {
        language: [text for _label, text in term_facts(paper, Labels(language))]
        for language in ("en", "zh_CN", "both")
    }
    assert said["en"] == ["Rail, FCL", "Ningbo", "Hamburg", "China"]
    assert said["zh_CN"] == ["铁路整箱", "宁波", "汉堡", "中国"]
    assert said["both"] == ["Rail, FCL\n铁路整箱", "Ningbo 宁波", "Hamburg 汉堡", "China 中国"]
    assert paper.trade_place == "Ningbo"
    assert paper_values(paper, Labels("zh_CN"))["port_of_destination"] == "汉堡"


@pytest.mark.parametrize(
    ("typed", "english", "chinese"),
    [
        ("30–45 days", "30–45 days", "30–45 天"),
        ("35天", "35 days", "35 天"),
        ("35 days after deposit", "35 days after deposit", "35 days after deposit"),
    ],
)
def test_plain_days_are_said_in_the_papers_language(typed: str, english: str, chinese: str) -> None:
    terms = RevisionTerms(number="Q-1", revision=1, quoted_on=date(2026, 3, 2), lead_time=typed)
    paper = paper_of(terms, seller=Seller(name=Bilingual("We")), buyer_address="", picture=Path)
    assert (paper.lead_time.en, paper.lead_time.zh) == (english, chinese)
