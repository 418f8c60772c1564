"""Owns reading delivery terms, payment terms, minimum orders, tax and certificates out of text.

Only finds them and where they stand; what a term means is known where quotations are made.
Must not decide whose terms they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from app.kernel.quantities import unit_named
from app.kernel.wording.amounts import SpokenQuantity, unit_words
from app.kernel.wording.numbers import MULTIPLIER, NUMBER, counted
from app.kernel.wording.spans import Found, Sheet


@dataclass(frozen=True, slots=True)
class SpokenTerm:
    """A delivery term as said: its Incoterms code and the place, empty when nobody said one."""

    code: str
    place: str


@dataclass(frozen=True, slots=True)
class SpokenTax:
    """Whether a price is said to include value-added tax (or its invoice), and the rate as 0.13."""

    includes_vat: bool
    rate: Decimal | None


_CODES = "EXW FCA CPT CIP DAP DPU DDP FAS FOB CFR CIF DDU DAT DEQ DAF DES"
_SPELLED = {
    "c&f": "CFR",
    "cnf": "CFR",
    "ex works": "EXW",
    "ex-works": "EXW",
    "ex factory": "EXW",
    "ex-factory": "EXW",
}
_SPELLED |= {"离岸价": "FOB", "到岸价": "CIF", "出厂价": "EXW"}
_PORTS = "宁波|上海|深圳|广州|青岛|天津|厦门|大连|义乌|盐田|蛇口|南沙|香港|北仑|汕头|福州|连云港|中山|佛山|东莞|温州|台州"
_TERM_NAMES = [*_CODES.split(), *_SPELLED]
# Looking at one character first spares trying every name at every place.
_TERM_STARTS = "".join(sorted({name[0].upper() for name in _TERM_NAMES}))
_TERM = re.compile(
    rf"(?<![A-Za-z])(?P<ahead>{_PORTS})?\s?"
    rf"(?=[{_TERM_STARTS}])(?P<code>{'|'.join(map(re.escape, _TERM_NAMES))})(?![A-Za-z])"
    r"\s*(?:价格?|price|terms?|port(?=\s?:)|basis)?\s*[:,\-–]?\s*(?:to\s|at\s|in\s)?"
    r"(?P<place>(?:[^\W\d_][^\W\d_.'’\-]*(?:[ \-][^\W\d_][^\W\d_.'’\-]*){0,3})?)",
    re.IGNORECASE,
)
_NOT_PLACES = {
    *[
        "price",
        "prices",
        "term",
        "terms",
        "usd",
        "eur",
        "cny",
        "rmb",
        "gbp",
        "and",
        "or",
        "for",
        "with",
        "we",
        "is",
        "are",
        "as",
        "at",
        "moq",
        "qty",
        "our",
        "your",
    ],
    *[
        "the",
        "of",
        "please",
        "pls",
        "quote",
        "target",
        "payment",
        "delivery",
        "lead",
        "valid",
        "validity",
        "from",
        "by",
        "per",
        "unit",
        "only",
    ],
    *[
        "incoterm",
        "incoterms",
        "t",
        "tt",
        "lc",
        "l",
        "c",
        "if",
        "can",
        "could",
        "would",
        "will",
        "need",
        "basis",
        "it",
        "this",
        "that",
        "to",
        "in",
        "on",
    ],
    *[
        "not",
        "but",
        "best",
        "last",
        "final",
        "our",
        "i",
        "you",
        "they",
        "thanks",
        "regards",
        "including",
        "include",
        "includes",
        "excl",
        "incl",
        "becomes",
        "became",
        "comes",
        "goes",
    ],
}
_HAN_NOT_PLACE = re.compile(
    r"美[金元]|人民币|欧元|港[币元]|价|报|单|交|付|含|多少|的|可以|能|做|我|您|你|起|是|数量|请|最低|目标|条款|吗|呢|吧|货|款"
)


def take_terms(sheet: Sheet) -> list[Found[SpokenTerm]]:
    """Delivery terms with their places, in the order they stand; taken off the sheet."""
    found = []
    for match in list(_TERM.finditer(sheet.text)):
        spelled = match["code"].lower()
        code = _SPELLED.get(spelled, match["code"].upper())
        place = _place(match["place"] or "")
        end = match.start("place") + len(place) if place else match.end("code")
        start = match.start("ahead") if match["ahead"] else match.start("code")
        found.append(Found(SpokenTerm(code, place or match["ahead"] or ""), start, end))
    for term in found:
        sheet.blank(term.start, term.end)
    return found


def _place(words: str) -> str:
    """The words after a term that name its place: a Chinese run, or up to three Latin words."""
    if not words:
        return ""
    if words[0] > "\u2e80":
        run = re.match(r"[\u2e80-\u9fff]{1,10}", words)
        name = _HAN_NOT_PLACE.split(run.group() if run else "", maxsplit=1)[0]
        return name if 2 <= len(name) <= 8 else ""
    kept: list[str] = []
    for word in re.split(r"(?<=[ \-])", words):
        bare = word.strip(" -")
        if bare.lower() in _NOT_PLACES or bare > "\u2e80" or len(kept) == 3:
            break
        if kept and bare[:1].islower() and kept[0][:1].isupper() and bare not in ("de", "la", "al"):
            break
        kept.append(word)
    return "".join(kept).strip(" -")


_INSTRUMENT = r"(?:\bT\s?/\s?T\b|\bTT\b|\bL\s?/\s?C\b|\bLC\b|\bD\s?/\s?[PA]\b|\bO\s?/\s?A\b|western union|paypal|电汇|信用证|trade assurance|open account)"
#: As German, Spanish and Russian people say it.
_PART_ELSEWHERE = (
    r"\d{1,3}\s?%\s?(?:anzahlung|vorkasse|vorauszahlung|(?:de\s|por\s)?(?:anticipo|adelanto|adelantado)|(?:y\s)?(?:saldo|contra|antes)|предоплат[аыу]|аванс|остаток|перед)"
    r"|(?:anzahlung|vorkasse|anticipo|[Пп]редоплата|[Аа]ванс)\s?:?\s?\d{1,3}\s?%"
    r"|\d{1,3}\s?tage\snetto|netto\s\d{1,3}\stage|(?:zahlungsziel|zahlbar(?:\sinnerhalb)?(?:\svon)?)\s?:?\s?\d{1,3}\s?tagen?"
    r"|crédito\s(?:a\s|de\s)?\d{1,3}\sd[ií]as|[Оо]тсрочка(?:\sплатежа)?\s\d{1,3}\sдн(?:ей|я)"
)
_PART = (
    r"(?:\d{1,3}\s?%\s?(?:T\s?/?\s?T\s)?(?:as\s|of\s)?(?:the\s)?"
    r"(?:deposit|advance|down\s?-?payment|pre-?pay\w*|prepaid|in advance|before|against|balance|upon|after|on|at|with|by|rest|定金|订金|预付款?|尾款|余款|前\s?T/?T|首付|发货前|出货前|见提单)"
    r"|(?:定金|订金|预付|尾款|余款|首付)\s?\d{1,3}\s?%"
    r"|(?<![\d.,/])[1-9]\d\s?%?\s?[/:\-]\s?[1-9]\d\s?%?(?![\d/%]|[.,]\d)"
    rf"|{_PART_ELSEWHERE}"
    r"|(?:full|100\s?%)\s(?:payment|prepayment|advance)|款到发货|月结\s?\d{0,3}\s?天?|货到付款|\bnet\s\d{1,3}(?:\sdays)?)"
)
_QUALIFIER = (
    r"(?:(?:at\s|irrevocable\s)?sight|usance|即期|远期|deposit|balance|in advance|advance|with order"
    r"|(?:against|after|upon|on|by|before|见)\s?(?:the\s|a\s)?(?:(?:copy|copies|scan|receipt) of\s)?(?:the\s)?(?:B\s?/?\s?L|bill of lading|documents|docs|shipping documents|提单|shipment|delivery|production|loading|inspection|dispatch)(?:\scopy|复印件|副本|copy)?"
    r"|\d{1,3}\s?days?\s(?:after|from|of)?\s?(?:the\s)?(?:B\s?/?\s?L|invoice|sight|shipment|arrival)(?:\sdate)?|\d{1,3}\s?days?\s(?:L/C|usance|open account)"
    r"|\d{1,3}\s?%|(?:rest\s)?vor\s(?:versand|lieferung|verschiffung)|(?:contra\s)?(?:la\s)?copia\s(?:de|del)\s(?:B\s?/?\s?L|embarque)|antes\s(?:de|del)\s(?:embarque|despacho|envío)|перед\s(?:отгрузкой|отправкой)|提单(?:复印件|副本)?|发货前|出货前|付清|付款|复印件|副本|copy of B\s?/?\s?L|copy|of|the)"
)
_SEPARATOR = r"[\s,+&:、()]{0,3}(?:and\s|y\s|und\s|и\s|then\s|or\s|by\s|the\s|balance\s|rest\s|remaining\s|with\s|余款|尾款)?"
_PAYMENT = re.compile(
    rf"(?:(?:payment|terms of payment|pay|付款方式|付款|支付)\s?(?:terms?|方式|条件)?\s?(?:is|:|by)?\s?)?"
    rf"(?:{_INSTRUMENT}(?:\s\d{{1,3}}\sdays(?!\s(?:after|from|of)))?|{_PART})(?:{_SEPARATOR}(?:{_INSTRUMENT}(?:\s\d{{1,3}}\sdays)?|{_PART}|{_QUALIFIER}))*",
    re.IGNORECASE | re.ASCII,
)
_LEADING = re.compile(
    r"^(?:payment|terms of payment|pay|付款方式|付款|支付)\s?(?:terms?|方式|条件)?\s?(?:is|:|by)?\s?",
    re.IGNORECASE | re.ASCII,
)
_PLAIN_SPLIT = re.compile(r"(\d{2})\s?%?\s?[/:\-]\s?(\d{2})\s?%?")


def take_payments(sheet: Sheet) -> list[Found[str]]:
    """Payment terms in the words they were said in; taken off the sheet. Take prices after."""
    return sheet.take(_PAYMENT, _payment)


def _payment(match: re.Match[str]) -> str | None:
    words = _LEADING.sub("", match.group()).strip(" ,:+&")
    split = _PLAIN_SPLIT.fullmatch(words)
    if split and int(split[1]) + int(split[2]) != 100:
        return None
    return words


#: Every finding holds one of these words; most messages none.
_MOQ_CUES = ("moq", "min", "起", "最少", "mín", "миним")
_TAX_CUES = ("票", "税", "vat", "tax", "invoice")
_EXTRA_CUES = (
    *("free", "免费", "box", "盒", "包装", "logo", "oem", "odm"),
    *("spare", "commission", "discount", "佣金", "备件"),
)
#: What stands between "MOQ" and its number.
_IS = (
    r"(?:(?:(?:can|could|must|should|may|will|to)\s)?(?:be|is|of|to|down to|at|about|around|only)(?:\s(?:least|reduced to|lowered to))?|:|=|[-–—]|为|是|ist|beträgt|es(?: de)?|de|baja a"
    r"|(?:可以|可|能|要|必须|至少)?(?:降到|降为|降低到|改成|改为|做到|少到|调到)?)"
)
#: Of what a least quantity is ordered: espesor mínimo 2 mm is none.
_COUNTED_IN_SPANISH = (
    r"(?:pares|pi?e?zas?|unidades|uds?|pcs|juegos|sets?|docenas|cajas)(?![A-Za-z])"
)
_MOQ = re.compile(
    r"(?:\bmoq(?![A-Za-z])|\bmin(?:imum|\.)?\s(?:order(?:\s(?:quantity|qty))?|quantity|qty)|最小起订量|最低起订量|起订量|起订|最少"
    rf"|mindest(?:bestell|abnahme)?menge|(?:pedido|cantidad) m[ií]nim[oa]|m[ií]nim[oa](?=\s(?:de\s)?[\d.,]+\s?{_COUNTED_IN_SPANISH})|[Мм]инимальн(?:ый|ая) (?:заказ|партия))"
    rf"\s*{_IS}\s*(?P<number>{NUMBER})(?P<times>{MULTIPLIER})?\s?(?P<unit>UNIT)?"
    rf"|(?P<number_before>{NUMBER})(?P<times_before>{MULTIPLIER})?\s?(?P<unit_before>UNIT)?\s?(?:起订|起做|起发|起批|起拿|\bmoq\b|\bminimum\b)".replace(
        "UNIT", unit_words()
    ),
    re.IGNORECASE | re.ASCII,
)


def take_minimum_orders(sheet: Sheet) -> list[Found[SpokenQuantity]]:
    """Minimum order quantities; taken off the sheet. Take them before other quantities."""
    if not sheet.mentions(*_MOQ_CUES):
        return []

    def read(match: re.Match[str]) -> SpokenQuantity | None:
        number = match["number"] or match["number_before"]
        unit = match["unit"] or match["unit_before"]
        amount = counted(number, match["times"] or match["times_before"] or "")
        return SpokenQuantity(amount, unit_named(unit) if unit else None) if amount else None

    return sheet.take(_MOQ, read)


_TAX = re.compile(
    r"(?P<without>不含|未含|excl(?:uding|\.)?\s?|without\s|w/o\s|no\s|不开|未)"
    r"(?:(?P<rate1>\d{1,2})\s?(?:%|个?点)\s?)?(?:的)?(?:增值税专?用?发?票?|专票|普票|发票|税点?|票|VAT|tax|invoice)(?:价|运)?"
    r"|(?P<with>含|开|incl(?:uding|\.|usive)?(?:\sof)?\s?|with\s)"
    r"(?:(?P<rate2>\d{1,2})\s?(?:%|个?点)\s?)?(?:的)?(?:增值税专?用?发?票?|专票|普票|发票|税点?|票|VAT|tax|vat invoice)(?:价|运)?"
    r"|(?P<rate3>\d{1,2})\s?%\s?(?:增值税|专票|VAT|税)",
    re.IGNORECASE | re.ASCII,
)


def take_tax(sheet: Sheet) -> list[Found[SpokenTax]]:
    """What is said of value-added tax and its invoice; taken off the sheet."""
    return sheet.take(_TAX, _tax) if sheet.mentions(*_TAX_CUES) else []


def _tax(match: re.Match[str]) -> SpokenTax:
    percent = match["rate1"] or match["rate2"] or match["rate3"]
    rate = Decimal(percent) / 100 if percent else None
    return SpokenTax(match["without"] is None, rate)


_CERTIFICATE = re.compile(
    r"(?<![A-Za-z])(?:CE|RoHS|FDA|LFGB|REACH|BSCI|FSC|UL|ETL|FCC|GS|TUV|TÜV|SGS|CCC|3C|PSE|SAA|KC|BIS|SASO|SONCAP|GOTS|GRS|OEKO-?TEX"
    r"|ISO\s?-?\d{4,5}|EN\s?-?\d{2,5}(?:-\d)?|ASTM(?:\s?[A-Z]\d+)?|CPC|SEDEX|HACCP|GMP|Halal|Kosher|IP\s?6\d)(?![A-Za-z])"
)
_EXTRA = re.compile(
    r"free\s(?:of charge\s)?(?:samples?|spare parts|mou?ld|shipping|logo)|(?:samples?|mou?ld|tooling)\s(?:is\s|are\s)?free|免费(?:打样|样品|开模|配件|寄样)"
    r"|(?:colou?r|gift|brown|window|individual)\s?box(?:es)?|彩盒|礼盒|牛皮盒|独立包装"
    r"|(?:with|own|our|your|customi[sz]ed|printed|laser(?:ed)?)\slogo|印\s?logo|激光logo|定制logo|\bOEM\b|\bODM\b"
    r"|\d(?:\.\d)?\s?%\s(?:spare parts|spares|commission|discount)|(?:spare parts|commission|discount)\s\d(?:\.\d)?\s?%|佣金\s?\d%|备件",
    re.IGNORECASE | re.ASCII,
)


def take_certificates(sheet: Sheet) -> list[Found[str]]:
    """Certificates and standards named, as written; taken off the sheet."""
    return sheet.take(_CERTIFICATE, lambda match: match.group())


def take_extras(sheet: Sheet) -> list[Found[str]]:
    """What is to come with the goods (samples, boxes, logo, commission), as written; taken off."""
    if not sheet.mentions(*_EXTRA_CUES):
        return []
    return sheet.take(_EXTRA, lambda match: match.group())
