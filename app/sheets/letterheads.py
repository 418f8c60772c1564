"""Owns the facts around a table: whose sheet it is, currency, tax, delivery term, validity, date.

Must not read the table itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.sheets.cells.contacts import read_emails, read_phones, read_webs
from app.sheets.cells.dates import has_day, read_date
from app.sheets.cells.measures import read_days
from app.sheets.cells.prices import price_hints
from app.sheets.cells.reading import Hints, folded, text_of, tidy
from app.sheets.grid import Sheet, Value
from app.sheets.headings import readings
from app.sheets.layout import TableRegion
from app.sheets.layout.forms import Pair, label_pairs
from app.sheets.layout.view import View
from app.sheets.mapping.readers import field_reader

_COMPANY_ZH = re.compile(
    r"[\u4e00-\u9fff（）()A-Za-z0-9]{2,40}?(?:有限责任公司|股份有限公司|有限公司|集团公司|公司|工厂|制品厂|[\u4e00-\u9fff]厂|商行|经营部)(?![\u4e00-\u9fff]*(?:所有|概不))"
)
_COMPANY_EN = re.compile(
    r"[A-Z][\w&.'’\- ]{1,60}?[,\s]+(?i:Co\.?\s*,?\s*Ltd\b\.?|Company Limited|Limited\b|Ltd\b\.?|Inc\b\.?|GmbH(?: ?& ?Co\.? ?KG(?:aA)?)?\b|LLC\b|S\.?A\.?\b|Corp(?:oration)?\b\.?|B\.V\.|S\.L\.(?:U\.)?|S\. ?de R\.L\.(?: de C\.V\.)?|Pte\b\.? Ltd\b\.?"
    r"|(?-i:AB|A/S|ApS|Oyj?|AG|BV|NV|S\.?p\.?A|S\.?r\.?l|SRL|SARL|SAS|PLC|Plc|LLP|Pty|Ltda|Lda|Sdn\.? Bhd|Kft)\b\.?"
    r"|(?-i:d\.o\.o\.|s\.r\.o\.|Sp\. z o\.o\.))"
)
_COMPANY_JA = re.compile(
    r"(?:株式|有限|合同)会社[^\s　()（）:：]{1,30}|[^\s　()（）:：]{1,30}(?:株式|有限|合同)会社"
)
_COMPANY_RU = re.compile(r"(?:ООО|ЗАО|ОАО|АО|ИП)\s*[«\"“][^»\"”]{2,60}[»\"”]")
_PHONE = re.compile(
    r"(?:tel\w*|phone|mob\w*|cell|t/?f|т/ф|тел\w*|моб\w*|电话|手机|联系方式|传真|fax)[\s.:：]*((?:\+|\(|\d)[\d\s()+\-–,;/]{5,60})",
    re.IGNORECASE,
)
_VALID = re.compile(
    r"(?:valid(?:ity)?(?:\s+(?:until|till|to|through))?|有效期至?|有效至|gültig bis|válido hasta|действительн\w* до)[\s:：]*(?=(.{2,24}))",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?:(?:date|日期|报价日期|datum|fecha|дата|日付|見積日|発行日|견적일|작성일|updated)[\s:：]*(.{4,24})|(?:\b(?:от|le|vom|den|del)\s|,\s)(?=\d{1,2}[./-]\d{1,2}[./-]\d{4})(.{8,10}))",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"(?:inquir(?:y|ies)|enquir(?:y|ies)|rfq|request|order|offer)s? (?:from|of|by)\b|报价(?:单|表)|产品报价|price\s?list|quotation|catalogue|catalog|прайс|preisliste|lista de precios",
    re.IGNORECASE,
)
#: Whom the paper is for: they are not the ones whose sheet it is.
_RECEIVER = re.compile(
    r"\s*(?:(?:kind\s+)?attn|attention|to|an|para|кому|messrs|bill to|ship to|sold to|致|收件人|收货人|z\.?\s?hd\.?)\s*[.:：]",
    re.IGNORECASE,
)
#: What a title says besides the goods: whose list it is, from when, for how long, on which terms.
_TITLE_END = re.compile(
    r"[,，;；|]|\s[-–—]\s|(?:\b|[-–—]\s*)(?:fob|exw|cif|cfr|fca)\b", re.IGNORECASE
)
_BRACKETS = re.compile(r"[(（\[【].*?(?:[)）\]】]|$)")
_NOT_GOODS = re.compile(
    r"(?:产品|最新|新版|出厂|含税|批发|销售|对外|外销|内销)*(?:价格|价目|报价|报價|價格|价)(?:明细|一览)?(?:表|单|單|清单|目录)?|一览表|"
    r"\b(?:current |new |our |wholesale |export )?(?:price\s?(?:lists?|grid|matrix|table|sheet)?|quotation(?: sheet)?|offer|catalogue?)\b|"
    r"(?:单位|unit)\s*[:：]?.*|(?:[元$€£¥]|\b(?:usd|rmb|cny|eur))\s*/\s*\w+|\b(?:usd|rmb|cny|eur)\b|"
    r"\b(?:valid|from|for|no|nr)\b.*|прайс(?:-лист)?|цены на|preisliste|lista de precios|tabela de preços|"
    r"(?:19|20)\d\d(?:\s*年(?:度)?(?:\s*\d{1,2}\s*月(?:份)?(?:\s*\d{1,2}\s*日)?)?|[-/.]\d{1,2}(?:[-/.]\d{1,2})?)?",
    re.IGNORECASE,
)
_LONGEST_GOODS = 40
#: Where the next label begins in a cell that holds several.
_NEXT_LABEL = re.compile(
    r"[\s,;，；]+(?=[A-Za-z\u4e00-\u9fff][\w.-]{1,13}\s*[:：]"
    r"|(?:[Tt]el(?:efon)?|TEL|[Pp]hone|[Ff]ax|FAX|[Mm]obile?|电话|传真)[.\s]*[+(\d])"
)
#: Labels in a letterhead that are facts about whose sheet it is.
_PARTY_FIELDS = frozenset(
    [
        "company",
        "company_en",
        "buyer",
        "contact",
        "job_title",
        "mobile",
        "phone",
        "fax",
        "email",
        "wechat",
        "whatsapp",
        "qq",
        "skype",
        "web",
        "address",
        "city",
        "province",
        "postal_code",
        "country",
        "uscc",
        "payment",
        "lead_time",
        "incoterm",
        "currency",
        "main_products",
        "business_type",
        "brand",
        "destination",
        "loading_port",
        "inquiry_no",
        "needed_on",
        "moq",
    ]
)
_DATE_LABEL = re.compile(
    r"(?:(?:quotation |offer |issue )?date|(?:报价|制表|开单)?日期|datum|fecha|data|дата|日付|見積日|発行日|견적일|작성일)",
    re.IGNORECASE,
)
#: A label for what the whole sheet is about.
_ABOUT = re.compile(
    r"(?:purpose|project(?: name)?|subject|re|用途|项目(?:名称)?|主题|事由|betreff|projekt|asunto|proyecto|тема|проект)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Facts by field key (as records have them), the title, and what holds for all prices.

    The fact ``subject`` is what a labelled line says the sheet is about.
    """

    values: dict[str, object]
    title: str
    hints: Hints


def letterhead_of(sheet: Sheet, region: TableRegion, near: Hints) -> Letterhead:
    """What the rows above the table, and the notes below it, say about the whole sheet."""
    width = max((len(row) for row in sheet.rows), default=0)
    view = View(sheet, 0, len(sheet.rows), 0, width)
    below = tuple(excluded.row for excluded in region.excluded if excluded.row > region.last_row)
    rows = (*region.letterhead, *below)
    values: dict[str, object] = {}
    texts = [view.text(row, column) for row in rows for column in view.filled(row)]
    if region.shape != "form":
        _take_pairs(view, region.letterhead, values, country=near.country)
    hints = near
    for text in texts:
        hints = _prices_say(text, hints)
        _take_dates(text, values)
    for row in region.letterhead:
        cells = view.filled(row)
        for before, column in zip([None, *cells], cells, strict=False):
            # ``To:`` may stand in a cell of its own.
            if before is None or not _RECEIVER.fullmatch(view.text(row, before)):
                _take_party(view.value(row, column), values, country=near.country)
    if region.shape != "form" and not {"company", "company_en"} & values.keys():
        _take_signature(view, below, values, country=near.country)
    _take_validity(texts, values, year=near.year)
    if values.get("company_en") == values.get("company"):
        values.pop("company_en", None)
    return Letterhead(values, _title(view, region), hints)


def goods_in(title: str) -> str:
    """The goods that the title of a list names: 法兰 in 鑫源管业有限公司法兰价目表（元/只）; empty for none."""
    said = _BRACKETS.sub(" ", title)
    for company in (_COMPANY_JA, _COMPANY_ZH, _COMPANY_EN, _COMPANY_RU):
        said = company.sub(" ", said)
    said = _NOT_GOODS.sub(" ", _TITLE_END.split(said.strip(), maxsplit=1)[0])
    goods = " ".join(said.split()).strip(" -–—:：/、.")
    return goods if any(c.isalpha() for c in goods) and 2 <= len(goods) <= _LONGEST_GOODS else ""


def _take_pairs(
    view: View, rows: tuple[int, ...], values: dict[str, object], *, country: str
) -> None:
    for pair in label_pairs(view, rows):
        for label, said in _parts(pair):
            if _RECEIVER.match(f"{label}:"):
                continue
            if said and _DATE_LABEL.fullmatch(label) and (day := read_date(tidy(text_of(said)))):
                values.setdefault("priced_on", day)
            if _ABOUT.fullmatch(label) and said:
                values.setdefault("subject", tidy(text_of(said)))
            for meaning in readings((label,))[:1]:
                if meaning.field in _PARTY_FIELDS and meaning.strength >= 0.8:
                    read = field_reader(meaning.field, (label,), Hints(country=country))
                    for key, value in read(said).values:
                        values.setdefault(key, value)


def _take_signature(
    view: View, below: tuple[int, ...], values: dict[str, object], *, country: str
) -> None:
    """Whose sheet it is may stand below the table: ``供货商：… 联系人：… 电话：…``."""
    signed: dict[str, object] = {}
    _take_pairs(view, below, signed, country=country)
    if signed.get("company"):
        values |= {**signed, **values}


def _parts(pair: Pair) -> Iterator[tuple[str, Value]]:
    """The pair, and those that follow in its cell: ``电话：0574-1234 联系人：王小姐``."""
    if not isinstance(pair.value, str):
        yield pair.label, pair.value
        return
    first, *more = _NEXT_LABEL.split(pair.value)
    yield pair.label, first
    for piece in more:
        label, _, said = piece.replace("：", ":").partition(":")
        yield label.strip(), said.strip()


def _prices_say(text: str, hints: Hints) -> Hints:
    if len(text) > 300:
        return hints
    found = price_hints(text)
    is_about_prices = found.includes_vat is not None or found.incoterm is not None
    if not is_about_prices and not re.search(
        r"价|price|currency|币|цен|preis|precio|\btotal\b|合计|总计|итого", text, re.IGNORECASE
    ):
        return hints
    return price_hints(text, near=hints)


def _take_dates(text: str, values: dict[str, object]) -> None:
    match = _DATED.search(text)
    day = read_date(match[1] or match[2]) if match else None
    if day is None and re.fullmatch(r"[\d./\-年月日 ]{6,14}", text):
        day = read_date(text)
    if day is not None:
        values.setdefault("priced_on", day)


def _take_validity(texts: list[str], values: dict[str, object], *, year: int | None) -> None:
    for text in texts:
        for match in _VALID.finditer(text):
            said = match[1].strip(" )）.。")
            day = read_date(said, year=year)
            days = None if day or has_day(said) else read_days(said)
            if isinstance(day, date):
                values["valid_until"] = day
            elif days is not None:
                values.setdefault("valid_days", days.at_most)


def _take_party(value: Value, values: dict[str, object], *, country: str) -> None:
    text = text_of(value)
    if not text or len(text) > 400 or _RECEIVER.match(text):
        return
    said = _MARK.sub(" ", tidy(text))
    for field, pattern in (
        ("company", _COMPANY_JA),
        ("company", _COMPANY_ZH),
        ("company_en", _COMPANY_EN),
        ("company", _COMPANY_RU),
    ):
        if (match := pattern.search(said)) is not None:
            values.setdefault(field, match[0].strip(" -–,"))
    mails, _ = read_emails(text, field="email")
    if mails:
        values["email"] = tuple(dict.fromkeys((*_tuple(values.get("email")), *mails)))
    for match in _PHONE.finditer(folded(text)):
        field = "fax" if match[0].lower().startswith(("fax", "传真")) else "phone"
        phones, _ = read_phones(match[1].strip(" ,;/-"), field=field, country=country)
        known = {getattr(phone, "typed", "") for phone in _tuple(values.get(field))}
        fresh = tuple(phone for phone in phones if phone.typed not in known)
        if fresh:
            values[field] = (*_tuple(values.get(field)), *fresh)
    if webs := read_webs(re.sub(r"\S+@\S+", " ", text)):
        values.setdefault("web", webs)


def _tuple(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _title(view: View, region: TableRegion) -> str:
    """The lone text right above the table, else the first one: it names the table."""
    titles: list[tuple[int, str]] = []
    for row in region.letterhead:
        cells = view.filled(row)
        text = view.text(row, cells[0]) if len(cells) == 1 else ""
        if text and "@" not in text and len(text) <= 60 and not re.search(r"[:：]", text):
            titles.append((row, tidy(text)))
    near = [text for row, text in titles if row >= region.first_row - 2]
    return near[-1] if near else (titles[0][1] if titles else "")
