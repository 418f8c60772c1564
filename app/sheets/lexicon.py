"""Owns what column headings mean: the fields each may stand for, and how surely.

The kind of the sheet and its values decide between several. Must not look at values or kinds.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.kernel.text import has_han
from app.sheets.owners import NUMBERED, OWNED, owned_by
from app.sheets.phrases import heading_key, phrases

#: ``2025 Q1``, ``Jan-26``, 2025年1月: what is told of each span of time.
PERIOD = re.compile(
    r"(?:(?:19|20)\d\d[ ./-]?)?(?:Q[1-4]|H[12])(?:[ ./-]?(?:(?:19|20)?\d\d))?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*[ ./'-]*(?:20)?\d\d|(?:20\d\d年)?\d{1,2}月"
    r"|(?:(?:19|20)\d\d|FY\s?\d\d)[ /-](?:usd|eur|rmb|cny|sales|turnover|revenue|qty|pcs|orders?|amount)|(?:sales|turnover|revenue|orders?) (?:19|20)\d\d",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[(（\[【〔].*?[)）\]】〕]", re.DOTALL)
#: ``L-9`` and ``SL-100`` are articles, no length and no number of a line.
_LETTER_AND_NUMBER = re.compile(
    r"[A-Z]-\d+|(?!MOQ|QTY|FOB|EXW|CIF|CFR|DDP|TEL)[A-Z]{2,3}-\d{2,}[A-Z]?", re.IGNORECASE
)
_OPEN_BRACKET = re.compile(r"[(（\[【〔]")
_SEGMENTS = re.compile(
    r"\s*[/／|｜、&+;；]\s*|\s{2,}|\bor\b|(?<=[\u3400-\u9fff])[及和与](?=[\u3400-\u9fff])"
)
#: The dash inside ``Кол-во`` is part of the word.
_DASHES = re.compile(r"\s*(?:(?<!\bкол)-|[–—:：,，])\s*", re.IGNORECASE)
_HAN_EDGE = re.compile(r"(?<=[\u3400-\u9fff])\s*(?=[A-Za-z])|(?<=[A-Za-z.])\s*(?=[\u3400-\u9fff])")
#: 名 称: characters set apart to fill the column.
_SPACED_HAN = re.compile(
    r"(?<=[\u3400-\u9fff])[ \u3000]+(?=[\u3400-\u9fff])|(?<=\b[\uac00-\ud7a3])[ \u3000]+(?=[\uac00-\ud7a3]\b)"
)
_NOISE = re.compile(
    r"下拉选择|必填|选填|多选|必须填写|required|mandatory|optional|pflichtfeld|\*+", re.IGNORECASE
)
#: How a form asks for what the column holds: ``Your email``, 您的姓名, 请输入您的电话.
_POLITE = re.compile(
    r"^(?:(?:please )?(?:enter|provide|state|specify)?\s*your\s+|请(?:您)?(?:输入|填写|留下)?(?:您|贵)?的?|您的?|贵)",
    re.IGNORECASE,
)
#: What a form asks in a sentence, and what the answers are.
_ASKED = (
    (
        re.compile(
            r"(?:what|which) (?:kind of |type of )?(?:products?|items?)\b.*"
            r"|.*\b(?:interested in|looking for)\s*\??|.*感兴趣的?(?:产品|商品).*|.*(?:需要|采购)(?:什么|哪些|何种).*",
            re.IGNORECASE | re.DOTALL,
        ),
        "product",
    ),
    (re.compile(r"how many\b.*|.*(?:需要|采购)多少.*", re.IGNORECASE | re.DOTALL), "quantity"),
)
_MONEY_AND_UNITS = re.compile(
    r"\b(?:usd|eur|rmb|cny|gbp|jpy|chf|rub|hkd|inr|brl|try|pln|czk|huf|krw|vnd|idr|mxn|sar|aed|rs|pkr|lkr|bdt|php|thb|myr|ngn|kes|zar|cop|clp|ars|uah|грн|us|kgs?|cm|mm|pcs|set|руб|шт|кг|мм)\b\.?|[$€£¥₹₱₽₴]",
    re.IGNORECASE,
)
_IN_MONEY = re.compile(
    r"[$€£¥₽]|(?<![^\W\d_])(?:usd|eur|rmb|cny|gbp|chf|pln|zł|руб)(?![^\W\d_])", re.IGNORECASE
)
#: ``Booth#`` and ``Ref# (NDC)`` are a booth's and an article's number.
_NUMBER_SIGN = re.compile(r"(?<=\w)\s*[#№]")
#: ``Phone 1 - Value``: what address books call the value itself, and what only names its sort or
#: tells of a second employer.
_VALUE_OF = re.compile(r"(.+?)\s*\d*\s*[-–]\s*value", re.IGNORECASE)
_SORT_OF = re.compile(
    r".+\d\s*[-–]\s*(?:type|label|service|protocol)|(?:organi[sz]ation|address)\s*[2-9]\s*[-–].+|(?:c[oó]digo|clave) (?:sat|prod\w*)",
    re.IGNORECASE,
)
#: 企业名称（英）, 品名 over ``English``, ``Product name (EN)``: the name in English.
_IN_ENGLISH = re.compile(
    r"(?is)(?P<name>.+?)(?:[\s_-]*[(（\[]\s*(?:英文?|eng?|english)\s*[)）\]]|[\s_-]+(?:eng?|english)|\s*(?:英文|英語)|\s*영문"
    r"|\s+(?:in english|em inglês|en inglés|en anglais|in inglese|auf englisch|po angielsku|на английском|англ\.?|tiếng anh|ingilizce))"
)
_ENGLISH_NAMES = {"company": "company_en", "name": "company_en", "product": "product_en"}
#: ``ID (DNI/CUIT)``: the brackets say whose number it is.
_SAYS_NOTHING = frozenset(["id", "no", "number", "nr", "numero", "номер", "编号", "code"])
#: ``product_name_cn``: the same in Chinese, which a name is where nothing else is said.
_IN_CHINESE = re.compile(r"(.{3,60}?)[\s_-]{1,3}(?:cn|zh|chn|chs|chinese)", re.IGNORECASE)
#: ``Preis je Stück``, ``price per piece in USD``.
_PRICE_OF_ONE = re.compile(
    r"(?:(?:unit|net) )?(?:pric(?:e|ing)|rate|preis|precio|preço|prix|prezzo|prijs|цена|cena|fiyat|harga)\s+"
    r"(?:je|pro|per|por|par|za|за|al|in|of one)\b",
    re.IGNORECASE,
)
#: ``Цена в руб. без НДС, от 100 шт.``, ``Ceny netto ważne w 2026``: what is told of a price comes behind it.
_PRICE_TOLD = re.compile(
    r"(?:(?:мелкий|средний|крупный)\s+)?опт\s+(?:от|до)\s+\d|"
    r"(?:цен[аы]|cen[ay]|preise?|precios?|preços?|prix|prezz[io]|prices?)\s+"
    r"(?:в\s+(?:руб\w*|р|rur|rub|byn|usd|eur|долл\w*|евро|грн|тенге|тг|у\.?\s?е)|без|netto|brutto|neto|net|ohne|inkl|zzgl|sin|sem|hors|bez|excl|incl|excluding|including|without)(?![^\W_])",
    re.IGNORECASE,
)
#: ``Total part cost``, ``COSTO_STOCK_TOTAL``: whatever is in between, it is a sum.
_TOTAL_OF = re.compile(
    r"total (?!unit|net|landed)(?:[^\W\d_]+ )?(?:cost|price|value|amount|sum)|(?:costo?|custo|valor|precio|preco|importe)(?: [^\W\d_]+)? total",
    re.IGNORECASE,
)
#: ``Largura do Produto``, ``Width of product``: what is told of the goods is no name of theirs.
_OF_THE_GOODS = re.compile(
    r"(?!num|nombre|no\b|nr\b)(.{3,40}?)\s+(?:d[eo]|del|della|du|des|of(?: the)?)\s+"
    r"(?:produto|producto|prodotto|produit|produkt(?:e?s)?|product|articulo|artículo|artigo|artikels|item|mercadoria)",
    re.IGNORECASE,
)
#: ``Estoque mínimo``, ``Max stock``, 最低库存: what a shelf should hold is neither stock nor an order.
_WANTED_STOCK = re.compile(
    r"(?:min|max|mín|máx)(?:im[ou]|imal|imum|i)?[a-z]*\.?\s+(?:stock|inventory|estoque|bestand)(?:\s+level)?|"
    r"(?:stock|inventory|estoque|stok|existencias?|bestand)\s+(?:min|max|mín|máx)\w*\.?|"
    r"(?:最低|最高|最小|最大|安全)库存(?:量)?|库存(?:上限|下限)",
    re.IGNORECASE,
)
#: ``M.R.P.``
_DOTTED = re.compile(r"(?:[^\W\d_]\.\s?){2,}[^\W\d_]?\.?")
#: 颜色名称: what is named says what the column is; these are named, too, and are no goods.
_NAMED = "名称"
_NO_GOODS = re.compile(
    r"(?:仓库|库房|门店|店铺|店仓|网点|季节|波段|部门|活动|平台|渠道|项目经理|区域|地区|模板|.*(?:仓库|门店|店铺))名[称稱]?"
)
#: ``Коли-`` and ``чество`` on two lines are one word.
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])-\s+(?=[^\W\d_])")
#: ``New SKU``, ``SKU Ruufe``: whichever it is, it is the number of the article.
_SKU = re.compile(
    r"(?!(?:parent|supplier|vendor|customer|old)\b)(?:\S+\s+)?sku|sku\s+\S+", re.IGNORECASE
)
#: ``Target first cost (FOB)``, ``Ziel-EK USD``, 目标采购价: what a buyer wants to pay, whatever the price is called.
_TARGET_PRICE = re.compile(
    r"(?:target|desired|ziel|wunsch)[\s-].*(?<![^\W\d_])(?:price|cost|fob|exw|cif|ddp|ek|preis|einkaufspreis)(?![^\W\d_]).*|"
    r"(?:目标|期望|理想|可接受).{0,6}价.{0,3}",
    re.IGNORECASE,
)
#: ``Volume (ml)``: how much goes into the article, not how much room its carton takes.
_LITRES = re.compile(
    r"(?<![^\W\d_])(?:ml|cl|lit(?:er|re)s?|oz|мл)(?![^\W\d_])|[(（\[]\s*[lл]\s*[)）\]]|毫升|[(（]升",
    re.IGNORECASE,
)
#: ``Stock 1``, ``Mobile2``, ``Qty 2019``: one thing, numbered or of a year.
_LAST_NUMBER = re.compile(r"(?<=[^\W\d])\s+(?:\d|(?:19|20)\d\d)$|(?<=[^\W\d_]{3})\d$")
#: ``Comments after meeting``, ``Contact at fair``, ``Price to be confirmed``: the words in front name the column.
_IN_FRONT = re.compile(
    r"(.{3,30}?)\s+(?:after|during|about|at|with|to be|с|без|для)\s+\S.*", re.IGNORECASE | re.DOTALL
)
#: Headings whose first words name the column, and how sure that is.
_NAMED_FIRST = ((_VALUE_OF, 0.94), (_IN_CHINESE, 0.93), (_IN_FRONT, 0.8))
#: ``Carton (pcs)``, 外箱(cm): of a carton the unit says what is meant.
_OF_A_CARTON = re.compile(
    r"(?:(?:master|outer)\s+)?(?:cartons?|ctns?|case|box|外箱|纸箱|整箱)\s*[(（\[]\s*(?:in\s+)?(?P<unit>[^\W\d_]+)\s*[)）\]]",
    re.IGNORECASE,
)
_CARTON_UNITS = {
    **dict.fromkeys(("pcs", "pc", "pieces", "只", "个", "件"), "pcs per carton"),
    **dict.fromkeys(("cm", "mm", "inch"), "carton size"),
    **dict.fromkeys(("kg", "kgs"), "gross weight"),
    **dict.fromkeys(("cbm", "m³"), "cbm"),
}
#: ``Qtd/caixa``, ``Menge je Karton``, 카톤당 수량: how many are in a carton.
_QUANTITY = (
    r"(?:q'?ty|quantity|pcs|pieces|units|qtde?|cant(?:idad)?|quantidade|unid(?:ades)?|menge|anzahl|stück|stk|st|кол-?во|количество|шт|"
    r"szt(?:uk)?|ilość|pz|pezzi|qté|quantité|adet|sl|số lượng|수량|数量|入数)"
)
_CARTON = r"(?:cartons?|ctns?|master|caixas?|cx|cajas?|bulto|karton|kt|cartone|colis|короб\w*|koli|kolide|thùng|箱)"
_IN_A_CARTON = re.compile(
    rf"{_QUANTITY}\.?\s*(?:/|per|por|pro|je|x|par|a|w|в)\s*{_CARTON}\.?|(?:카톤|박스)\s*당\s*수량|{_CARTON}\s*içi\s*adet",
    re.IGNORECASE,
)
#: ``Q'ty/40HC``, ``20' konteyner``: how many go into a container.
_IN_A_CONTAINER = re.compile(
    r"(?:(?:q'?ty|quantity|pcs|sets?|units|loading(?: qty| quantity)?|load|qtde?|cant|menge|кол-?во)\.?\s*[/ ]?\s*(?:per|in|por|je|в)?\s*)?"
    r"(?P<size>20|40)\s*(?:['′’]|ft|feet|pies|фут\w*)?\s*(?P<kind>hq|hc|high cube|gp|dc|dv|fcl)?\s*"
    r"(?P<box>containers?|konteyner|contenedor|conteneur|контейнер\w*|kontener)?",
    re.IGNORECASE,
)
#: ``PVD s/ IVA``: a price, and not the rate of the tax.
_TAXED = re.compile(
    r"(?<![^\W\d_])(?:c/|s/|com|sem|con|sin|senza|hors|inkl\.?|exkl\.?|incl\.?|excl\.?|inc|exc|ex|ohne|zzgl\.?|без|с)\s*"
    r"(?:iva|vat|mwst|ust|tva|ндс|kdv|btw)(?![^\W\d_])",
    re.IGNORECASE,
)
#: Words that name a column by themselves alone: ``Win Rate`` is no price, ``Last invoice number`` no serial number.
_ONLY_WHOLE = frozenset(
    [
        "rate",
        "quote",
        "quotation",
        "number",
        "num",
        "count",
        "code",
        "no",
        "id",
        "value",
        "class",
        "level",
        "tier",
        "rank",
        "score",
        "total",
        "line",
        "pos",
        "row",
        "info",
        "other",
        "link",
        "source",
        "grade",
        "priority",
        "title",
        "type",
        "state",
        "area",
        "market",
        "sum",
        "terms",
        "neto",
        "venta",
    ]
)
#: Words that, standing last, leave nothing of what stands before them: ``Compatibility Status``.
_NAMING_LAST = frozenset(
    [
        "status",
        "rating",
        "score",
        "policy",
        "flag",
        "percentage",
        "ratio",
        "position",
        "owner",
        "id",
        "key",
    ]
)
#: And in languages that put it in front: ``Statut site``, ``Статус сайта``.
_NAMING_FIRST = frozenset(["statut", "статус", "performance"])
#: What makes up a price: of the packing this tells the cost, and not how it is packed.
_PART_OF_A_COST = re.compile(
    r"(?:raw )?(?:materials?|labou?r|packaging|packing|freight|shipping|transport|overheads?|machin\w+|processing|assembly|"
    r"finishing) (?:costs?|charges?|fees?)|.+费用?",
    re.IGNORECASE,
)
#: What is named by its last word as a fee of its own: 首次开模费.
_FEES = ("费", "费用")
#: ``Delivery on time (%)``, but not a lead time ``after 30% deposit``.
_IN_PER_CENT = re.compile(r"(?<![\d\s])\s?[%％]")
#: A heading longer than this is prose, whatever words it holds.
LONGEST_HEADING = 90
#: How sure a word is that stands beside others in its heading.
_OF_A_SEGMENT = 0.9
#: A heading longer than this reads as one only by its beginning.
_LONGEST_PLAIN = 45


@dataclass(frozen=True, slots=True)
class Meaning:
    """One reading of a heading: the ``field``, how sure (0–1), and the ``phrase`` that says so."""

    field: str
    strength: float
    phrase: str


@functools.lru_cache(maxsize=20_000)
def meanings(heading: str) -> tuple[Meaning, ...]:
    """What ``heading`` can mean, the surest first; empty for words the lexicon does not know."""
    if any(p.fullmatch(heading.strip()) for p in (_SORT_OF, _WANTED_STOCK, PERIOD)):
        return ()
    best: dict[str, Meaning] = {}
    known = phrases()
    for candidate, weight in _candidates(heading):
        fields = known.get(heading_key(candidate)) or known.get(heading_key(candidate.lower()), ())
        for place, field in enumerate(fields):
            strength = weight - 0.03 * place
            if field == "serial" and weight == _OF_A_SEGMENT:
                continue  # ``No./ Per Ctn`` counts pieces, no lines.
            if field not in best or best[field].strength < strength:
                best[field] = Meaning(field, strength, candidate)
    best |= {meaning.field: meaning for meaning in _in_english(heading)}
    for meaning in _of_an_owner(heading):
        best.setdefault(meaning.field, meaning)
    if (whole := _BROKEN_WORD.sub("", heading)) != heading and not best:
        best = {meaning.field: meaning for meaning in meanings(whole)}
    if not best and (told := _OF_THE_GOODS.fullmatch(_BRACKETS.sub(" ", heading).strip())):
        return meanings(told[1])
    if not best:
        for meaning in _contained(heading):
            best.setdefault(meaning.field, meaning)
    _leave_out(heading, best)
    return tuple(sorted(best.values(), key=lambda meaning: -meaning.strength))


def _leave_out(heading: str, best: dict[str, Meaning]) -> None:
    """Takes away what the rest of the heading contradicts."""
    if _LITRES.search(heading):
        best.pop("cbm", None)
    if "net_weight" in best and _IN_MONEY.search(heading):
        best.pop("net_weight")  # ``Netto €``
        best.setdefault("price", Meaning("price", _OF_A_SEGMENT, heading))
    if "vat_rate" in best and _TAXED.search(heading):
        best.pop("vat_rate")
        best.setdefault("price", Meaning("price", 0.8, heading))
    if _IN_PER_CENT.search(heading):
        best.pop("lead_time", None)  # How often it was kept.


def _in_english(heading: str) -> Iterator[Meaning]:
    """A name that is said to be in English."""
    told = _IN_ENGLISH.fullmatch(heading.strip())
    for named in meanings(told["name"])[:1] if told else ():
        if named.field in _ENGLISH_NAMES and named.strength >= _OF_A_SEGMENT:
            yield Meaning(_ENGLISH_NAMES[named.field], 0.97, heading)


@functools.lru_cache(maxsize=20_000)
def is_known_heading(text: str) -> bool:
    """Whether ``text`` reads as a heading of the trade."""
    if _LETTER_AND_NUMBER.fullmatch(text):
        return False
    if len(text) > _LONGEST_PLAIN:
        text = _OPEN_BRACKET.split(text, maxsplit=1)[0].strip().split("\n")[0]
    found = meanings(text) if 0 < len(text) <= _LONGEST_PLAIN else ()
    return bool(found) and found[0].strength >= 0.75


def _candidates(heading: str) -> Iterator[tuple[str, float]]:
    text = _POLITE.sub("", _NOISE.sub(" ", heading).strip())
    yield heading, 0.97
    yield text, 0.97
    bare = _BRACKETS.sub(" ", text).strip(" -:：*")
    yield bare, 0.95
    yield _SPACED_HAN.sub("", bare), 0.94
    yield (re.sub(r"[.\s]", "", bare), 0.94) if _DOTTED.fullmatch(bare) else ("", 0.0)
    if bare.endswith(_NAMED):
        yield bare.removesuffix(_NAMED), 0.89
    if _NUMBER_SIGN.search(bare):
        yield _NUMBER_SIGN.sub(" no ", bare), 0.94
    yield from ((segment, 0.96) for segment in _in_brackets(bare, text))
    yield from ((field, 0.85) for asked, field in _ASKED if asked.fullmatch(text))
    if _PRICE_OF_ONE.match(bare) or _PRICE_TOLD.match(bare):
        yield "price", 0.9
    if _TOTAL_OF.fullmatch(heading_key(bare)):
        yield "total amount", 0.9
    if (
        _SKU.fullmatch(bare.replace("_", " "))
        and heading_key(bare.lower().replace("sku", "")) not in phrases()
    ):
        yield "sku", 0.86
    if _TARGET_PRICE.fullmatch(text):
        yield "target price", 0.96
    yield from _of_packing(bare)
    if (carton := _OF_A_CARTON.fullmatch(text)) is not None:
        # Less than joins two headings: ``N.W./Ctn (kg)`` tells of one weight.
        yield _CARTON_UNITS.get(carton["unit"].lower(), ""), 0.89
    for named_first, weight in _NAMED_FIRST:
        if (front := named_first.fullmatch(bare)) is not None:
            yield front[1], weight
    yield _OPEN_BRACKET.split(text, maxsplit=1)[0].strip(" -:：*"), 0.93
    for number, line in enumerate(bare.splitlines()):
        yield line.strip(" -:：*"), 0.93 - 0.03 * min(number, 3)
    yield from _of_segments(bare)
    for number, part in enumerate(_DASHES.split(bare)):
        yield part, 0.82 - 0.01 * number
        if (unnumbered := _LAST_NUMBER.sub("", part)) != part:
            yield unnumbered, 0.8 - 0.01 * number


def _of_packing(bare: str) -> Iterator[tuple[str, float]]:
    """How many go into a carton or a container."""
    if _IN_A_CARTON.fullmatch(bare):
        yield "pcs per carton", 0.94
    room = _IN_A_CONTAINER.fullmatch(bare)
    if room is not None and (room["kind"] or room["box"]):
        is_high = (room["kind"] or "").lower().startswith("h")
        yield f"qty {room['size']}{'hq' if is_high else 'gp'}", 0.94


def _in_brackets(bare: str, text: str) -> list[str]:
    """What stands in brackets behind a word that says nothing without them."""
    inside = _BRACKETS.search(text) if heading_key(bare) in _SAYS_NOTHING else None
    return segments(inside[0][1:-1]) if inside is not None else []


def _of_segments(heading: str) -> Iterator[tuple[str, float]]:
    for segment in segments(heading):
        if len(segment) > 1 or not segment.isascii():  # ``L/C at sight`` is no length.
            yield segment, _OF_A_SEGMENT
            yield _MONEY_AND_UNITS.sub(" ", segment.replace("_", " ")), 0.88


def segments(heading: str) -> list[str]:
    """The parts of a heading that names its column twice or names two things.

    ``微信/邮箱 WeChat/E-mail`` → ``微信``, ``邮箱``, ``WeChat``, ``E-mail``.
    """
    if _is_of_a_person(heading):
        return [heading]
    pieces = (piece for line in heading.splitlines() for piece in _HAN_EDGE.split(line))
    parts = (part for piece in pieces for part in _split_unless_known(piece))
    return [part.strip(" -:：.") for part in parts if part.strip(" -:：.")]


def _split_unless_known(piece: str) -> list[str]:
    """``Qty/Ctn`` and ``省/市`` name one thing, ``WeChat/E-mail`` two."""
    key = heading_key(piece)
    owned = owned_by(key)
    # ``Buyer Country/Region``, but not 联系人/电话.
    if key in phrases() or (owned is not None and " " in owned.word and owned.word in phrases()):
        return [piece]
    return [
        part
        for segment in _SEGMENTS.split(piece)
        for part in ([segment] if heading_key(segment) in phrases() else _HAN_EDGE.split(segment))
    ]


def _is_of_a_person(heading: str) -> bool:
    """联系人Email names one thing, the person's mail; 联系人/Email two."""
    found = owned_by(heading_key(heading)) if "/" not in heading else None
    if found is None or not found.is_person:
        return False
    fields = phrases().get(found.word, ())
    return bool(fields) and fields[0] in OWNED and fields[0] != "contact"


def _of_an_owner(heading: str) -> Iterator[Meaning]:
    """Readings of a heading that says first whose the column is: ``Supplier City``, 供应商类型."""
    found = owned_by(heading_key(_BRACKETS.sub(" ", heading)))
    if found is None:
        return
    rest = found.word if found.word in phrases() else _LAST_NUMBER.sub("", found.word)
    fields = phrases().get(rest, ())
    if found.owner and (rest in NUMBERED or "name" in fields):
        yield Meaning("company_code" if rest in NUMBERED else found.owner, 0.86, rest)
        return
    for place, field in enumerate(fields):
        if field in OWNED:
            yield Meaning(field, 0.86 - 0.03 * place, rest)


def _contained(heading: str) -> Iterator[Meaning]:
    """Readings from a phrase inside a longer heading, weighted by how much of it they cover."""
    key = heading_key(_BRACKETS.sub(" ", _NOISE.sub(" ", heading))) or heading_key(heading)
    if not key or len(key) > LONGEST_HEADING:
        return
    found = [phrase for phrase in _inside(key) if len(phrase) > 1 and phrase not in _ONLY_WHOLE]
    if _PART_OF_A_COST.fullmatch(key):
        found = [phrase for phrase in found if phrase.endswith(_FEES)]
    if _NO_GOODS.fullmatch(key):
        return
    if (last := key.rpartition(" ")[2]) in _NAMING_LAST:
        found = [phrase for phrase in found if phrase.endswith(last)]
    if (first := key.partition(" ")[0]) in _NAMING_FIRST:
        found = [phrase for phrase in found if phrase.startswith(first)]
    # Of equally long ones the last names the thing.
    for phrase in sorted(found, key=lambda p: (-len(p), -key.rfind(p), p))[:2]:
        for place, field in enumerate(phrases()[phrase]):
            share = len(phrase) / len(key)
            # In Chinese and English the last word names the thing: 类目属性型号, partner price.
            ends = 0.1 if key.endswith(phrase) else 0.0
            yield Meaning(field, 0.42 + 0.35 * share + ends - 0.03 * place, phrase)


def _inside(key: str) -> set[str]:
    known = phrases()
    words = key.split(" ")
    runs = {
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + 5) + 1)
    }
    found = {run for run in runs if run in known and len(run) > 2}
    for word in words:
        if has_han(word) or not word.isascii():
            pieces = (word[i:j] for i in range(len(word)) for j in range(i + 2, len(word) + 1))
            found.update(piece for piece in pieces if piece in known and has_han(piece))
    return found
