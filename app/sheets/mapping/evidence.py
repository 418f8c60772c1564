"""Owns what the values of a column say about its field, whatever the heading claims.

Must not look at headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.directory.booths import parse_booth
from app.directory.company_words import chinese_places
from app.directory.uscc import looks_like_uscc
from app.kernel.quantities import unit_named
from app.kernel.text import has_han, simplify
from app.sheets.cells.codes import barcodes_in
from app.sheets.cells.contacts import may_hold_mail, read_emails, read_phones, read_webs
from app.sheets.cells.countries import country_of
from app.sheets.cells.dates import has_day, read_date
from app.sheets.cells.measures import read_number
from app.sheets.cells.prices import currency_of
from app.sheets.cells.reading import NO_HINTS, folded, is_absent, text_of
from app.sheets.grid import ErrorValue, Value
from app.sheets.targets import TARGETS
from app.sheets.tiers import tier_of

_SAMPLE = 60
#: What a cell holds is told by its beginning: searching thousands of digits for a phone takes seconds.
_LONGEST_LOOKED_AT = 400
#: From so many letters on a cell with a mail says more, such as whose it is.
_NAME_WITH_MAIL = 34.0
#: Numbers of fewer characters on average are called by nobody.
_SHORTEST_PHONE = 4.5
_LONGEST_POSTAL_CODE = 10.0
_LEGAL = re.compile(
    r"公司(?=$|[\s(（,，;；/、])|厂$|商行$|集团|"
    r"[\u4e00-\u9fff]{3}(?:鞋业|皮具|箱包|服饰|制衣|纺织|家具|家居|灯饰|照明|光电|电器|电子|五金|工具|玩具|工艺品|饰品|塑料|塑胶|模具|机械|"
    r"包装|印刷|建材|卫浴|陶瓷|玻璃|家纺|日用品|用品|科技|实业|工贸|商贸|贸易|进出口|经营部|工作室)$|"
    r"株式会社|주식회사|\b(?:co\.?,? ?ltd|ltd|limited|inc|llc|gmbh|corp|s\.?a\.?(?:s|c)?|b\.?v|ag|s\.?r\.?l|s\.?p\.?a|"
    r"(?<!\d)(?<!\d\s)kg|oy|ab|a/s|sro|s\.r\.o|pte|plc|ооо|зао|оао|пао|ltda|eireli|e\.?i\.?r\.?l|s/a|c\.v|s\.l|s\.?a\.?r\.?l|pvt|sdn bhd|"
    r"sp\. ?z ?o\. ?o|ohg|e\. ?k|kft|şti|şirketi|aş|a\.ş|công ty|cong ty|tnhh)\b\.?|обществ[оа] с ограниченной|акционерное общество|предприяти[ея]|учреждение|sp[oó]łka |soci[eé]t[eé] |sociedad |㈜|\(주\)|有限会社|㈱|شركة",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?:\+|00|\()?\d[\d\s().\-–/;,]{5,}\d")
_BARE_PHONE = re.compile(r"[+\d\s().\-–/;,]{7,}")
#: ``6a7d80fdd4427500010b0af0``: what a program calls a record; digits in it are nobody's phone.
_RECORD_ID = re.compile(r"(?=[\d-]*[a-f])[\da-f-]{12,}", re.IGNORECASE)
_CN_MOBILE = re.compile(r"(?:\+?86[\s-]?)?1[3-9]\d{9}")
_SIZE = re.compile(r"\d[\d.,]*\s*\w{0,2}\s*[*x×X]\s*\d[\d.,]*\s*\w{0,2}\s*[*x×X]\s*\d")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp)(?:$|\?)|[?&]name=", re.IGNORECASE)
_TERM = re.compile(
    r"(?:EXW|FCA|FAS|FOB|CFR|C&F|CNF|CIF|CPT|CIP|DAP|DPU|DDP|DAT|DDU)(?:\b|\s)", re.IGNORECASE
)
#: The family names of nearly all Chinese, by which a name of two or three characters is told from a word.
_FAMILIES = (
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧肖冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金"
    "邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛柴伍覃骆"
    "关焦柳欧祝纪尚毕耿芦左季管符辛苗詹曲靳祁路涂兰甘裴梅童翁霍游阮尤岳柯牟滕谷舒卜饶凌盛单宁甄苑华房包成戚郁闻岑桂闫"
)
_HAN_NAME = re.compile(
    rf"(?!高[一二三])(?:[{_FAMILIES}]|欧阳|司马|上官|诸葛|司徒|慕容)[\u4e00-\u9fff]{{1,2}}(?:先生|小姐|女士|经理|总|工|老师)?|"
    rf"[{_FAMILIES}](?:先生|小姐|女士|经理|总|工|老师|老板|姐|哥|生)"
)
_LATIN_NAME = re.compile(r"(?:[^\W\d_]+\.?(?:['’-][^\W\d_]+)*\s+){1,3}[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LONGEST_NAME = 32
#: ``Li Ming <li@hongda.cn>``: as programs of mail write whose address it is.
_NAMED_MAIL = re.compile(r"\s*[\"']?[^\"'<>@]{2,60}[\"']?\s*<\s*[^<>@\s]+@[^<>@\s]+>\W*")
#: ``Dr. Anna Weber``, ``Mr Smith``; and ``MARTIN Jeanne`` or ``Foster, Anne M.``, the family in front.
_TITLED = re.compile(
    r"(?:mr|mrs|ms|miss|dr|prof|engr?|eng|ing|arch|adv|rev|dipl|herr|frau|sra?|dott|mme|bldr)\b\.?[\s(]+\S",
    re.IGNORECASE,
)
_FAMILY_FIRST = re.compile(
    r"(?:[A-ZÀ-ÞŒŠŽ][A-ZÀ-ÞŒŠŽ'’-]+\s+){1,3}(?:[A-ZÀ-ÞŠŽ][a-zß-ÿœšž'’]+[\s-]?){1,3}|"
    r"[^\W\d_][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?, [A-ZÀ-ÞŠŽ][\w.'’-]*(?: [A-ZÀ-Þ]\w*\.?)?"
)
_SALUTATION = re.compile(
    r"(?:mr|mrs|ms|miss|dr|prof|herr|frau|sr|sra|m|mme|先生|女士|小姐)\.?", re.IGNORECASE
)
_CODE = re.compile(r"(?=\S*\d)[A-Za-z0-9][\w.\-/#]{1,17}", re.ASCII)
_ADDRESS = re.compile(
    r"[省市区县镇].*[路街道巷号村园]|[省市][^省市]{1,6}[市区县镇乡]|\b(?:road|rd|street|str|avenue|ave|lane|district|zone|building|"
    r"straße|strasse|via|viale|piazza|calle|avda|carrera|rua|avenida|travessa|rodovia|rue|boulevard|ул|пр-т|просп|пер|шоссе|"
    r"mah|mahallesi|mh|cad|caddesi|cd|sok|sokak|sokağı|sk|bulvarı|đường|phường|quận|ul|aleja)\b\.?.*\d|"
    r"\d.*\b(?:road|rd|street|avenue|ave|lane|rue|boulevard)\b|[^\W\d_]{3,}(?:straße|strasse|str\.|weg|platz|allee|laan|straat)\s+\d",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?:no\.?|nr\.?|№|#)?\s*\d+(?:\.0)?\s*[.、)）]?", re.IGNORECASE)
_PADDED = re.compile(r"0\d{2,}")
#: ``1 284,50``, ``$ 12.5 /pc``; but not ``41.15.02.016 bush``, the name of a part behind its number.
_NUMERIC = re.compile(r"[-−]?[^\w\s]{0,3}\s*\d(?:[\d,'\s]|\.(?!\d+\.(?!\d{3}(?!\d))))*\s*\D{0,12}")


#: Nothing is counted in so many characters: what is needed is told there, not how much.
_SHORTEST_PROSE = 30.0
#: Values of so many characters on average are names rather than numbers of articles.
_WORDY = 10.0
#: 单位 over words as short as this is a unit rather than a company.
_SHORT_WORDS = 2.5
_ANSWERS = frozenset(
    [
        "t",
        "f",
        "true",
        "false",
        "yes",
        "no",
        "y",
        "n",
        "ja",
        "nein",
        "si",
        "sí",
        "sì",
        "não",
        "nao",
        "oui",
        "non",
        "да",
        "нет",
        "evet",
        "hayır",
        "tak",
        "nie",
        "是",
        "否",
        "有",
        "无",
        "√",
        "✓",
    ]
)
#: What stands in front of the digits of a phone; ``INQ-202404-00001`` is a code.
_CALLED_BY = re.compile(r"(?:tel|te|t|ph|phone|mob|m|cell|fax|f|ext|no|hp|wa)\W?", re.IGNORECASE)
_LETTERS_IN_FRONT = re.compile(r"[A-Za-z]{1,8}[-_/]?(?=\d)")
#: A price is no text of so many characters on average.
_TOO_LONG_FOR_PRICES = 80.0
#: No rate is greater: ``13%``, ``25.00%`` and a margin of 0.296596337, but not 1,284.50.
_GREATEST_SHARE = 100
_SOME_SUMS = 0.3
_ONLY_NUMBERS = 0.9
#: Of a few words again and again no more are different; steels are called SS400.
_FEW = 0.5
_LONGEST_GRADE = 6.0
#: Of a column of people at least so many are another one than those before.
_MANY_PEOPLE = 0.5
_NAMES = frozenset(
    ["company", "company_en", "contact", "product", "buyer", "city", "main_products"]
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Shares (0–1) of the filled cells of a column that look like one thing or another."""

    filled: int
    distinct: int
    numbers: float
    dates: float
    emails: float
    phones: float
    real_phones: float
    mobiles: float
    webs: float
    pictures: float
    countries: float
    legal_names: float
    person_names: float
    #: Names as people have them in any letters: ``Li Wei``, 王芳.
    full_names: float
    barcodes: float
    usccs: float
    booths: float
    sizes: float
    currencies: float
    prices: float
    units: float
    salutations: float
    terms: float
    codes: float
    addresses: float
    digits: float
    #: Whole numbers as lines are counted with: ``3``, ``3.``, ``No. 3``.
    counts: float
    #: Whole numbers with zeros in front, as codes have them and amounts never.
    padded: float
    #: Numbers above 100 without a per cent sign: sums, and no rates.
    sums: float
    mean_length: float
    #: Yes and no: ``t``, ``False``, ``ja``, 是.
    answers: float
    #: Mails with the names of those whose they are.
    named_mails: float
    #: Phones and nothing beside them.
    bare_phones: float
    #: Ranges of quantities: ``100-499``, ``≥1000``, ``500+``.
    steps: float


def evidence_of(values: Iterable[Value]) -> Evidence:
    """The evidence in a sample of ``values``, empty and absent ones left out."""
    sample: list[tuple[Value, str]] = []
    for value in values:
        if value is None or isinstance(value, ErrorValue):
            continue
        text = text_of(value).strip()
        if text and not is_absent(text):
            sample.append((value, text))
            if len(sample) == _SAMPLE:
                break
    texts = [text[:_LONGEST_LOOKED_AT] for _, text in sample]
    looked_at = [(value, text) for (value, _), text in zip(sample, texts, strict=True)]

    def share(hits: Iterable[object]) -> float:
        return sum(map(bool, hits)) / len(sample) if sample else 0.0

    short = [folded(text) if len(text) <= 80 else "" for text in texts]
    return Evidence(
        filled=len(sample),
        distinct=len({text for _, text in sample}),
        numbers=share(isinstance(v, Decimal) or _NUMERIC.fullmatch(t) for v, t in looked_at),
        dates=share(isinstance(v, date) or has_day(t) for v, t in looked_at),
        emails=share(may_hold_mail(text) and read_emails(text, field="email")[0] for text in texts),
        phones=share(_may_be_phone(text) and not read_date(text) for text in texts),
        real_phones=share(_may_be_phone(text) and _is_real_phone(text) for text in texts),
        mobiles=share(_CN_MOBILE.fullmatch(text) for text in texts),
        webs=share("." in text and "@" not in text and read_webs(text) for text in texts),
        pictures=share(_PICTURE.search(text) for text in texts),
        countries=share(_is_country(text) for text in short),
        legal_names=share(_LEGAL.search(text) for text in texts),
        person_names=share(_is_of_a_person(text) for text in short),
        full_names=share(_is_full_name(text) for text in short),
        barcodes=share(map(barcodes_in, texts)),
        usccs=share(looks_like_uscc(text) for text in short),
        booths=share(len(text) < 16 and parse_booth(text) for text in short),
        sizes=share(_SIZE.search(text) for text in short),
        currencies=share(len(text) <= 4 and currency_of(text) for text in short),
        prices=share(_is_price(text) for text in short),
        units=share(len(text) <= 14 and _is_unit(text) for text in short),
        salutations=share(_SALUTATION.fullmatch(text) for text in texts),
        terms=share(_TERM.match(text) for text in short),
        codes=share(_CODE.fullmatch(text) for text in texts),
        addresses=share(len(text) > 5 and _ADDRESS.search(text) for text in texts),
        digits=share(any(c.isdigit() for c in text) for text in texts),
        counts=share(_COUNT.fullmatch(text) for text in texts),
        padded=share(_PADDED.fullmatch(text) for text in texts),
        sums=share(_is_sum(text) for text in short),
        mean_length=sum(len(text) for _, text in sample) / len(sample) if sample else 0.0,
        answers=share(text.lower() in _ANSWERS for text in texts),
        bare_phones=share(_BARE_PHONE.fullmatch(text) for text in texts),
        steps=share(len(text) < 24 and _is_step(text) for text in short),
        named_mails=share("@" in text and _NAMED_MAIL.fullmatch(text) for text in texts),
    )


def _may_be_phone(text: str) -> bool:
    return _PHONE.search(text) is not None and not _RECORD_ID.fullmatch(text)


def _is_step(text: str) -> bool:
    tier = tier_of(text)
    return tier is not None and not tier.is_exact


def _is_sum(text: str) -> bool:
    if not _NUMERIC.fullmatch(text) or "%" in text:
        return False
    number = read_number(text, NO_HINTS)
    return number is not None and number > _GREATEST_SHARE


def _is_real_phone(text: str) -> bool:
    if len(text) > 60 or read_date(text):
        return False
    led = _LETTERS_IN_FRONT.match(text)
    if led is not None and not _CALLED_BY.fullmatch(led[0]):
        return False
    return any(phone.e164 for phone in read_phones(text, field="phone")[0])


def _is_country(text: str) -> bool:
    """Whether ``text`` names a country; "No" and "is" do not, "NO" and "IS" do."""
    if (
        "://" in text
        or not 1 < len(text) < 40
        or (len(text) == 2 and not has_han(text) and not text.isupper())
    ):
        return False
    return country_of(text) is not None


def _is_full_name(text: str) -> bool:
    is_short = len(text) <= _LONGEST_NAME and not _LEGAL.search(text)
    known = _HAN_NAME.fullmatch(simplify(text)) or _LATIN_NAME.fullmatch(text)
    return is_short and known is not None


def _is_of_a_person(text: str) -> bool:
    """Whether only people are called so: 王芳, ``Dr. Anna Weber``, ``MARTIN Jeanne``; 温州 is a place."""
    if _HAN_NAME.fullmatch(simple := simplify(text)):
        return simple not in chinese_places()
    is_titled = _TITLED.match(text) or _FAMILY_FIRST.fullmatch(text)
    return is_titled is not None and not _LEGAL.search(text)


def _is_price(text: str) -> bool:
    return any(c.isdigit() for c in text) and len(text) < 40 and currency_of(text) is not None


def _is_unit(text: str) -> bool:
    """Whether ``text`` is a unit; ``No`` and ``in stock`` are answers, though both hold one."""
    if text.lower() == "no" or text.lower().startswith("in "):
        return False
    parts = re.split(r"[\s/]+", text.removeprefix("万").removeprefix("千"))
    return any(unit_named(part) is not None for part in parts if part)


def by_values(found: Evidence) -> list[tuple[str, float]]:
    """The fields that the values alone suggest, with a confidence."""
    if found.filled < 1:
        return []
    weighed = (
        ("email", found.emails if found.named_mails < 0.5 else 0.0, 0.5, 0.9),
        ("contact", found.named_mails, 0.5, 0.9),
        ("uscc", found.usccs, 0.5, 0.95),
        ("mobile", found.mobiles, 0.6, 0.85),
        ("barcode", found.barcodes, 0.6, 0.9),
        ("booth", found.booths if found.numbers < 0.6 else 0.0, 0.6, 0.85),
        ("country", found.countries, 0.7, 0.8),
        ("picture", found.pictures, 0.6, 0.8),
        ("web", found.webs if found.pictures < 0.5 else 0.0, 0.6, 0.8),
        ("company", found.legal_names, 0.5, 0.72),
        ("phone", found.real_phones if found.barcodes < 0.5 else 0.0, 0.7, 0.6),
        ("incoterm", found.terms, 0.7, 0.8),
        ("carton_size", found.sizes, 0.7, 0.55),
        ("currency", found.currencies if found.digits < 0.2 else 0.0, 0.8, 0.8),
        ("price", found.prices, 0.6, 0.65),
        ("unit", found.units if found.digits < 0.2 and found.mean_length < 10 else 0.0, 0.8, 0.5),
        ("contact", found.person_names if _may_name_people(found) else 0.0, 0.7, 0.45),
        ("address", found.addresses, 0.6, 0.75),
    )
    scale = 1.0 if found.filled >= 3 else 0.8
    return [(field, top * share * scale) for field, share, least, top in weighed if share >= least]


def _may_name_people(found: Evidence) -> bool:
    """Whether the values are not a few words again and again, of which some look like names: 高一, 高二."""
    return found.distinct >= _MANY_PEOPLE * found.filled


def fit(field: str, found: Evidence) -> float:
    """How well the values agree with a field that the heading names: 1 agrees, below 0.5 misleads."""
    if found.filled == 0:
        return 1.0
    reader = TARGETS[field].reader if field in TARGETS else "text"
    if field == "serial":
        return 1.0 if _may_count_lines(found) else 0.3
    if reader == "days":
        # ``In stock`` and ``现货`` are answers too.
        return 1.0 if found.digits >= 0.2 else 0.6
    if reader in (
        "price",
        "quantity",
        "number",
        "share",
        "weight",
        "volume",
        "length",
        "dimensions",
    ):
        return _fit_of_numbers(reader, found)
    if reader == "date":
        is_span = field == "valid_until" and found.digits >= 0.5  # ``30 days``
        return 1.0 if found.dates >= 0.3 or is_span else 0.35
    if reader == "webs":
        return 1.0 if found.webs >= 0.2 or found.digits < 0.5 else 0.3
    if reader == "emails":
        return 1.0 if found.emails >= 0.2 else 0.4
    if reader == "phones":
        are_long = found.digits >= 0.5 and found.mean_length >= _SHORTEST_PHONE
        is_short = field == "mobile" and found.mean_length <= _LONGEST_POSTAL_CODE
        return (0.9 if is_short else 1.0) if found.phones >= 0.2 or are_long else 0.4
    if reader == "barcode":
        are_short = found.digits >= 0.8 and found.mean_length <= 20
        return 1.0 if are_short or found.barcodes >= 0.8 else 0.3
    if reader in ("country", "currency", "term"):
        return 1.0 if max(found.countries, found.currencies, found.terms) >= 0.2 else 0.5
    return _fit_of_text(field, found)


def _fit_of_numbers(reader: str, found: Evidence) -> float:
    if reader == "price" and (found.webs >= 0.5 or found.mean_length >= _TOO_LONG_FOR_PRICES):
        return 0.35
    if reader in ("price", "share") and found.codes >= 0.8 and found.numbers < 0.2:
        return 0.35
    if (
        reader == "quantity"
        and found.numbers < 0.5
        and (found.dates >= 0.5 or found.mean_length >= _SHORTEST_PROSE)
    ):
        return 0.35
    if reader == "share" and found.numbers >= 0.9 and found.sums >= _SOME_SUMS:
        return 0.35  # The tax itself, not its rate.
    return 1.0 if found.digits >= 0.2 else 0.35


def _is_no_material(found: Evidence) -> bool:
    """Whether the values are numbers of materials, or what the material costs."""
    are_codes = found.codes >= 0.8 and found.mean_length >= _SHORTEST_PHONE
    is_graded = found.distinct <= _FEW * found.filled and found.numbers < 0.2
    is_graded = is_graded and found.mean_length <= _LONGEST_GRADE
    return (are_codes and not is_graded) or found.numbers >= 0.9


def _are_words(found: Evidence) -> bool:
    """Whether no code is among the values: ``Hammer 500 g`` under ``Article``."""
    return max(found.codes, found.numbers) < 0.2 and found.mean_length >= _WORDY


def _fit_of_articles(found: Evidence) -> float:
    """How well values agree with being numbers of articles; ``Item`` may stand over sorts of goods."""
    if found.digits < 0.2 and found.distinct < 0.6 * found.filled:
        return 0.35
    return 0.7 if found.digits < 0.2 or _are_words(found) else 1.0


def _may_count_lines(found: Evidence) -> bool:
    """Whether a column may number the lines: short numbers, hardly one of them twice."""
    is_repeated = found.distinct < 0.6 * found.filled and found.mean_length > 2.5
    return found.counts >= 0.6 and found.mean_length <= 12 and not is_repeated


def _fit_of_names(field: str, found: Evidence) -> float:
    """How well values agree with being names: ``t`` and ``f``, numbers and streets are none."""
    if found.answers >= 0.9:
        return 0.3
    if field == "city" and min(found.addresses, found.digits) >= 0.6:
        return 0.6
    is_said_by_mail = field == "contact" and found.emails >= 0.8
    if is_said_by_mail and found.mean_length >= _NAME_WITH_MAIL:
        return 1.0
    return 0.35 if max(found.numbers, found.emails, found.bare_phones) >= 0.8 else 1.0


def _is_no_place(field: str, found: Evidence) -> bool:
    """Numbers are what a program calls a city; ``Cep`` is a Turk's mobile and a Brazilian's postal code."""
    if field == "postal_code":
        return found.phones >= 0.6 and found.mean_length > _LONGEST_POSTAL_CODE
    return found.numbers >= _ONLY_NUMBERS  # ``id_provincia``


def _fit_of_text(field: str, found: Evidence) -> float:
    if field in _NAMES and (misled := _fit_of_names(field, found)) < 1:
        return misled
    if field in ("city", "province", "postal_code") and _is_no_place(field, found):
        return 0.3
    if field == "salutation":
        return 1.0 if found.salutations >= 0.5 else 0.5
    if field in ("contact", "job_title") and found.salutations >= 0.5:
        return 0.3
    if field == "product" and found.codes >= 0.8:
        return 0.6
    if field == "material" and _is_no_material(found):
        return 0.35
    if field == "item_no":
        return _fit_of_articles(found)
    if field == "remark" and max(found.emails, found.mobiles) >= 0.9:
        return 0.6
    if field == "payment" and found.terms >= 0.6:
        return 0.35
    if field == "unit":
        return 1.0 if found.units >= 0.3 or found.mean_length <= 8 else 0.3
    if field in ("company", "buyer") and found.units >= 0.7 and found.mean_length < 8:
        return 0.3
    if field in ("company", "buyer") and found.mean_length <= _SHORT_WORDS:
        return 0.9
    return 1.0
