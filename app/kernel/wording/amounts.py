"""Owns reading prices and quantities out of free text.

Must not decide which price is an offer; that is the bargaining's matter.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from decimal import Decimal

from app.kernel.quantities import unit_named, units
from app.kernel.wording.numbers import (
    COUNT,
    FEW,
    FEW_WORDS,
    HAN_DIGITS,
    MULTIPLIER,
    NUMBER,
    SPELLED,
    WHOLE,
    counted,
    many,
    per_many,
    priced,
    spelled,
)
from app.kernel.wording.spans import Found, Sheet

_SIGNS = {
    **dict.fromkeys(
        (
            "US$",
            "USD",
            "U.S.$",
            "$",
            "美金",
            "美元",
            "刀",
            "dollars",
            "dollar",
            "US dollars",
            "US dollar",
            "доллара",
            "долл",
            "долларов",
        ),
        "USD",
    ),
    **dict.fromkeys(("€", "EUR", "euro", "euros", "欧元", "欧", "евро"), "EUR"),
    **dict.fromkeys(
        ("RMB", "CNY", "¥", "元", "块钱", "块", "人民币", "CN¥", "yuan", "юаней"), "CNY"
    ),
    **dict.fromkeys(("£", "GBP", "英镑"), "GBP"),
    **dict.fromkeys(("HK$", "HKD", "港币", "港元"), "HKD"),
    **dict.fromkeys(("JPY", "日元"), "JPY"),
    **dict.fromkeys(("A$", "AUD", "澳元"), "AUD"),
    **dict.fromkeys(("C$", "CAD"), "CAD"),
    **dict.fromkeys(("R$", "BRL"), "BRL"),
    **dict.fromkeys(("₹", "INR"), "INR"),
    **dict.fromkeys(("₽", "RUB", "руб", "рублей", "рубля"), "RUB"),
    **{
        code: code
        for code in [
            "CHF",
            "SEK",
            "NOK",
            "DKK",
            "PLN",
            "CZK",
            "TRY",
            "AED",
            "SAR",
            "SGD",
            "MXN",
            "CLP",
            "KRW",
            "TWD",
            "THB",
        ]
    },
    **{
        code: code
        for code in [
            "VND",
            "IDR",
            "MYR",
            "PHP",
            "ZAR",
            "NGN",
            "EGP",
            "KES",
            "COP",
            "PEN",
            "ILS",
            "NZD",
        ]
    },
}
_FOLDED_SIGNS = {sign.lower(): code for sign, code in _SIGNS.items()}
#: A pattern of the signs and names of currencies.
SIGN = "(?:{})".format("|".join(re.escape(s) for s in sorted(_SIGNS, key=len, reverse=True)))
# Looking at one character first spares trying every sign at every place.
_SIGN_STARTS = "".join(sorted({re.escape(sign[0]) for sign in _SIGNS}))
_SIGN_BEFORE = rf"(?=[{_SIGN_STARTS}])(?<![A-Za-z])(?P<before>{SIGN})\s?"
_SIGN_AFTER = rf"\s?(?P<after>{SIGN})(?![A-Za-z])"

# Names that mean a unit in a column but something else in a sentence: "12.8 in stock", "no", "can".
_NOT_IN_SENTENCES = {
    *("no", "in", "can", "cans", "tin", "tins", "case", "t", "gr", "par", "each", "ea", "l"),
    *("码", "页", "部", "方", "寸", "管", "听", "块", "架", "艘"),
}
# Units that tell how large an article is; an order is counted in them only when it says so.
_OF_ARTICLES = {"ml", "l", "g", "mm", "cm", "in", "ft", "oz", "gal", "yd", "lb", "jin"}
_MAX_DIGITS = 12
#: Less than this is no quantity of an order when nothing says what it counts.
_LEAST_BARE = 10
#: Less than this that is done first may be a price: 先做12.
_LEAST_BEGUN = 100
#: ``2025: 1.88`` tells when a price was paid.
_YEARS = range(2015, 2040)


def currency_of(sign: str) -> str:
    """The code of the currency that ``sign`` stands for, as ``SIGN`` matches it."""
    return _FOLDED_SIGNS[sign.lower()]


@dataclass(frozen=True, slots=True)
class SpokenPrice:
    """A price as said: ``amount`` a ``unit``; currency or unit is None where nobody said it."""

    amount: Decimal
    currency: str | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class SpokenQuantity:
    """A quantity as said; ``unit`` is a unit's code or None, ``container`` such as ``40HQ``."""

    amount: Decimal
    unit: str | None
    container: str = ""


@functools.cache
def unit_words(*, with_letters: bool = False) -> str:
    """A pattern of the names of units as they stand in sentences.

    ``with_letters`` adds the names that are also common words, for where a slash came before.
    """
    names = {
        name
        for unit in units().values()
        for name in (unit.code, unit.singular, unit.plural, unit.chinese, *unit.names)
        if with_letters or name not in _NOT_IN_SENTENCES
    }
    latin = [re.escape(name) for name in names if name.isascii() or name[-1:].isalpha()]
    latin.sort(key=len, reverse=True)
    return rf"(?:{'|'.join(latin)})(?![A-Za-z])\.?"


@functools.cache
def _step_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:/|per\s|每)\s?(?P<number>{NUMBER})(?P<times>{MULTIPLIER})?(?![.,]?\d)"
        rf"(?:\s?(?P<unit>{unit_words()})|(?![^\W_]))",
        re.IGNORECASE | re.ASCII,
    )


#: A number that is a price by its currency or its decimals; it stands before a quantity.
_STEP_PRICE = re.compile(
    rf"(?:(?<![A-Za-z]){SIGN}\s?(?P<signed>{NUMBER})|(?P<named>{NUMBER})\s?{SIGN}"
    r"|(?<![\w.,])(?P<bare>\d+\.\d{1,4}))\s?$",
    re.IGNORECASE | re.ASCII,
)
#: What prices are told for many of; of any other number they are told for that quantity.
_SHARED_BY = {100, 1_000, 10_000}
#: No goods cost less apiece, in any currency.
_LEAST_SHARE = Decimal("0.001")


def take_steps(sheet: Sheet) -> list[Found[SpokenQuantity]]:
    """The quantities prices are told for: 1.95/1000pcs, 1.80/5000pcs are steps; taken off the sheet.

    With one and the same count behind every price (15/1000pcs) they are prices of so many instead,
    which stay.
    """
    steps: list[tuple[int, int]] = []
    counts: set[Decimal] = set()
    is_step = False
    for match in _step_pattern().finditer(sheet.text):
        price = _STEP_PRICE.search(sheet.before(match.start(), 24))
        quantity = _quantity(match["number"], match["times"], None)
        if price is None or quantity is None or quantity.amount < 10:
            continue
        steps.append(match.span())
        counts.add(quantity.amount)
        amount = priced(price["signed"] or price["named"] or price["bare"])
        is_step |= quantity.amount not in _SHARED_BY or amount < _LEAST_SHARE * quantity.amount
    if not is_step and len(counts) < 2:
        return []

    def read(match: re.Match[str]) -> SpokenQuantity | None:
        if match.span() not in steps:
            return None
        unit = unit_named(match["unit"]) if match["unit"] else None
        return _quantity(match["number"], match["times"], unit)

    return sheet.take(_step_pattern(), read)


#: 1000-1.85 is a quantity and its price, 1.80-1.85 a range.
_RANGE = r"(?:(?:(?<=\.\d)|(?<=\.\d\d)|(?<=\.\d\d\d))\s?[-–~]\s?\d+\.\d+)?"


@functools.cache
def _price_pattern() -> re.Pattern[str]:
    names = unit_words(with_letters=True)

    def per(group: str) -> str:
        one = rf"\s?(?:/|per\s|each\s|每|一|a\s|por\s|pro\s|je\s|за\s)\s?(?:1\s?)?(?P<{group}>{names})"
        return rf"(?:{_per_many(group)}|{one})?"

    upper = rf"(?:\s?[-–~]\s?{NUMBER})?"
    # $5x3x2 is no price; $1.85 x 10,000 is one.
    size = r"\s?x\s?\d{1,3}(?![\d,])"
    times, times_after = (rf"(?P<{group}>{MULTIPLIER})?" for group in ("times", "times_after"))
    return re.compile(
        rf"{_many_ahead()}(?:{_SIGN_BEFORE}(?P<first>{NUMBER}){times}{upper}(?![%\d]|[.,]\d|{size}){per('unit')}"
        rf"|(?<![\w.]){WHOLE}(?P<second>{NUMBER}){_RANGE}{times_after}{_SIGN_AFTER}{per('unit_after')})",
        re.IGNORECASE | re.ASCII,
    )


def _per_many(group: str) -> str:
    """A price of many: of so many units, of a thousand of nothing named."""
    counted = rf"\s?(?P<{group}_many>{unit_words(with_letters=True)})"
    return rf"\s?(?:/|per\s|每)\s?{per_many(f'{group}_count')}(?:{counted}|(?<=[^\d]))"


def _many_ahead() -> str:
    """What 85元/百个 says behind the price may stand before it: 每百个85元."""
    names = unit_words(with_letters=True)
    return rf"(?:每\s?{per_many('ahead_count')}\s?(?P<ahead>{names})\s?[:：]?\s?)?"


def _told_per(match: re.Match[str], group: str) -> tuple[int, str | None]:
    """For how many units the price is that was told per ``group`` or ahead of it, and which."""
    if match["ahead"]:
        return many(match["ahead_count"]), unit_named(match["ahead"])
    count, unit = match[f"{group}_count"], match[f"{group}_many"] or match[group]
    return many(count) if count else 1, unit_named(unit) if unit else None


#: 12块5 is twelve and a half; in 12块5个 the 5 counts pieces.
_YUAN_AND_TENTHS = re.compile(
    r"(?<![\w.])(?P<yuan>\d{1,6})\s?(?:块|元)(?:钱)?(?P<tenths>\d)(?:毛|角)?(?!\d|\s?[个件只套台双把支条张箱万千百k.])",
    re.IGNORECASE | re.ASCII,
)
#: 十二块八, 八块五; 一块 alone is "together", and a piece.
_SPELLED_YUAN = re.compile(
    rf"(?<![\d.])(?:(?P<yuan>{SPELLED})块钱?(?P<tenths>[{HAN_DIGITS}])?|(?<![第每{HAN_DIGITS}])(?P<one>[{HAN_DIGITS}])块钱?(?P<part>[{HAN_DIGITS}]))"
    rf"(?:毛|角)?(?!(?!一[个只件套台条双支把张])[{HAN_DIGITS}]|[个件只套台双把支条张箱万千百板布料])"
)


def take_prices(sheet: Sheet) -> list[Found[SpokenPrice]]:
    """Amounts with their currency, in the order they stand; taken off the sheet."""
    spoken = sheet.take(_YUAN_AND_TENTHS, _yuan_and_tenths) if sheet.mentions("块", "元") else []
    spoken += sheet.take(_SPELLED_YUAN, _spelled_yuan) if sheet.mentions("块") else []
    written = sheet.take(_price_pattern(), _price)
    return sorted([*spoken, *written], key=lambda found: found.start)


def _yuan_and_tenths(match: re.Match[str]) -> SpokenPrice:
    return SpokenPrice(Decimal(f"{match['yuan']}.{match['tenths']}"), "CNY", None)


def _spelled_yuan(match: re.Match[str]) -> SpokenPrice:
    tenths = match["tenths"] or match["part"]
    amount = Decimal(spelled(match["yuan"] or match["one"]))
    return SpokenPrice(amount + Decimal(spelled(tenths) if tenths else 0) / 10, "CNY", None)


def _price(match: re.Match[str]) -> SpokenPrice | None:
    digits = match["first"] or match["second"]
    if len(digits) > _MAX_DIGITS:
        return None
    sign = match["before"] or match["after"]
    amount = priced(digits, match["times"] or match["times_after"] or "")
    if not amount:
        return None
    count, unit = _told_per(match, "unit" if match["before"] else "unit_after")
    return SpokenPrice(amount / count, currency_of(sign), unit)


@functools.cache
def _bare_pattern() -> re.Pattern[str]:
    one = rf"\s?(?:/|per\s|每)\s?(?P<unit>{unit_words(with_letters=True)})"
    per = rf"(?:{_per_many('unit')}|{one})?"
    return re.compile(
        rf"{_many_ahead()}(?<![\w.%\-+(#°])(?<!\d:)(?<![^)]/){WHOLE}(?P<number>{NUMBER}){_RANGE}(?![\w%°]|[:/\-]\d|\s?(?:days?|天|日|%|mm|cm))"
        rf"{per}",
        re.IGNORECASE | re.ASCII,
    )


def bare_numbers(sheet: Sheet) -> list[Found[SpokenPrice]]:
    """Numbers left on the sheet that might be prices nobody named a currency for; not taken."""

    def price(match: re.Match[str]) -> SpokenPrice:
        count, unit = _told_per(match, "unit")
        return SpokenPrice(priced(match["number"]) / count, None, unit)

    return [
        Found(price(match), match.start(), match.end())
        for match in _bare_pattern().finditer(sheet.text)
        if len(match["number"]) <= _MAX_DIGITS
    ]


@functools.cache
def _quantity_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<between>(?:between|zwischen|entre|от)\s)?"
        rf"(?:(?<![\w./$€£¥*×])(?<![cm]m x ){WHOLE}(?P<number>{NUMBER}|\d{{1,3}}(?: \d{{3}})+)(?P<times>{MULTIPLIER})?\+?"
        rf"|(?P<spelled>{SPELLED})|(?<![A-Za-z])(?:(?P<few>{FEW})\s)(?=(?:dozen|docena|dutzend)))"
        rf"(?:(?:{_TO}|(?(between)\s(?:and|und|y|e|до)\s|(?!))){COUNT}(?:{MULTIPLIER})?)?"
        rf"\s?(?P<unit>{unit_words()})(?!\s?/(?!(?P=unit)|\s?{_OF_TIME})|点|工作|月)",
        re.IGNORECASE | re.ASCII,
    )


#: 3000 pcs/month are ordered, 24 pcs/ctn packed.
_OF_TIME = r"(?:month|year|week|order|shipment|月|年|批|次)"
#: Between the ends of a range of quantities.
_TO = r"\s?(?:-|–|~|to|到|至)\s?"
_CUE = r"(?:qty|quantity|order|need|buy|take|数量|采购|订|要)\s*(?:is|of|about|约)?\s*[:=]?\s*$"
_QUANTITY_CUE = re.compile(_CUE, re.IGNORECASE | re.ASCII)
#: A quantity that one price begins or ends at is bounded by words on either side of it.
_BOUND = (
    r"(?:≥|>=|>|≤|<=|<|\b(?:from|above|over|below|under|beyond|at least|up to|(?:more|less|fewer) than)\b"
    r"|不到|不足|低于|少于|小于|不满|超过|高于|大于|多于|达到|满|够|(?<![不通经])过)"
)
_BOUND_AFTER = (
    r"(?:以上|以下|以内|之内|起(?![订做发批拿])|(?:及|或)以[上下]"
    r"|的话|(?:or|and) (?:more|less|fewer|above|over|below|up|under)\b|up\b|plus\b)"
)
#: Between the ends of a range that a word leads to: between 1000 and 3000.
_AND = r"\s(?:and|und|y|до)\s"
_A_PRICE = r"(?:\x00|\d+\.\d)"
_BARE_QUANTITY = re.compile(
    rf"(?:(?<![\w.])(?:for(?: the first)?|if|@|qty|quantity|take|order|needs?|want|buy|purchase|require|数量|采购量)\s*(?:is|of|[:=])?\s*)"
    rf"(?P<number>{COUNT})(?P<times>{MULTIPLIER})?(?![\w%]|[.,]\d|\s(?:days?|weeks?|months?)\b)"
    rf"|(?<![价按格])先(?:做|来|订|定|下|要|拿|走|出|发|试)(?:单|个)?\s?{WHOLE}(?P<start>{COUNT})(?P<start_times>{MULTIPLIER})?(?![\w%]|[.,]\d)"
    rf"|(?<![\w./$€£¥]){WHOLE}(?<!费)(?P<large>{NUMBER})(?P<many>{MULTIPLIER})(?!\w)"
    rf"|(?<![\w./$€£¥\-])(?<!做到)(?<!给到){WHOLE}(?P<tier>{COUNT})(?P<tier_times>{MULTIPLIER})?"
    rf"(?:(?:{_TO}{COUNT}(?:{MULTIPLIER})?|\+)?\s?(?:{_BOUND_AFTER}|(?=@|[:=]\s?{_A_PRICE}))|\+(?=\)|\s?[:=@])"
    rf"|{_TO}{COUNT}(?:{MULTIPLIER})?(?=\s?[:=@)]|\s?{_A_PRICE}))"
    rf"|\b(?:between|zwischen|entre)\s(?P<lower>{COUNT})(?P<lower_times>{MULTIPLIER})?{_AND}{COUNT}(?:{MULTIPLIER})?(?![\w%]|[.,]\d)"
    r"|(?:超过?|满|够|(?<![不通经超])过|破)(?P<place>[百千万])(?![百千万以一二两三四五六七八九十]|\d(?!\d{0,2}\.\d))"
    r"|(?<![A-Za-z\d.])(?P<thousands>\d{1,2})k(?P<hundreds>\d)(?!\w)"
    rf"|{_BOUND}\s?(?P<least>{COUNT})(?P<some>{MULTIPLIER})?(?![A-Za-z.%])"
    rf"|[x×*]\s?(?P<multiplied>{NUMBER})(?P<multiplied_times>{MULTIPLIER})?(?=\s?=)"
    rf"|\x00\s?\((?P<behind>{NUMBER})(?P<behind_times>{MULTIPLIER})?\+?(?=\))",
    re.IGNORECASE | re.ASCII,
)


#: So many come in one carton or are its weight: 每箱48个, 24 pcs per carton, 毛重15kg.
_PACKED_IN = r"(?:箱|件|包|盒|袋|托盘?|柜|中盒|内盒)"
_PACKED_BEFORE = re.compile(
    rf"(?:(?:每|一|1)\s?{_PACKED_IN}\s?(?:装|放|是|有|:)?|[毛净]重\s?:?|\b[GN]\.?W\.?\s?:?|\b(?:weight|packing|packaging|packed in)\s?(?:is|:)?|包装:?)\s?$",
    re.IGNORECASE,
)
_PACKED_AFTER = re.compile(
    rf"\s(?:(?:per|in (?:a|each|one)|each|a)\s)(?:master\s|inner\s|export\s)?(?:carton|ctn|box|bag|case|pallet|polybag|inner)\b"
    rf"|\s?(?:一|每|装一?){_PACKED_IN}",
    re.IGNORECASE,
)
#: ``500ml`` in 要500ml保温杯5000个 is the size of what is counted behind it.
_COUNTED_GOODS = re.compile(r"[\u4e00-\u9fff]{1,12}\s?\d")


def take_quantities(sheet: Sheet) -> list[Found[SpokenQuantity]]:
    """Ordered quantities with their unit, then those without one (``for 5k``); taken off.

    Sizes of the article itself (``500 ml``) are taken off too and left out, unless the words
    before say that so much is wanted.
    """
    sizes: list[tuple[int, int]] = []

    def read(match: re.Match[str]) -> SpokenQuantity | None:
        unit = unit_named(match["unit"])
        is_wanted = _QUANTITY_CUE.search(sheet.before(match.start(), 24))
        is_size = unit in _OF_ARTICLES and (
            not is_wanted or _COUNTED_GOODS.match(sheet.text, match.end())
        )
        if is_size or _is_packed(sheet, match):
            sizes.append(match.span())
            return None
        if match["few"] and _is_told_again(sheet.text, match):
            return None
        if match["few"]:
            return SpokenQuantity(Decimal(FEW_WORDS[match["few"].lower()]), unit)
        number = match["number"] or match["spelled"]
        quantity = _quantity(number, match["times"], unit)
        is_only_a = match["spelled"] and quantity and quantity.amount < _LEAST_BARE
        return None if is_only_a else quantity

    found = sheet.take(_quantity_pattern(), read)
    for start, end in sizes:
        sheet.blank(start, end)
    bare = sheet.take(_BARE_QUANTITY, _without_unit)
    every = sorted([*found, *bare], key=lambda finding: finding.start)
    return _without_parts(sheet.text, every)


def _without_parts(
    text: str, quantities: list[Found[SpokenQuantity]]
) -> list[Found[SpokenQuantity]]:
    """Of 3 colours x 500 pcs = 1500 pcs the last alone, which is what is ordered."""
    following = [*quantities[1:], None]
    return [
        one
        for one, other in zip(quantities, following, strict=False)
        if other is None or text[one.end : other.start].strip() != "="
    ]


def _is_told_again(text: str, match: re.Match[str]) -> bool:
    """Whether ``a dozen`` is only what a price is for, since an amount of dozens stands elsewhere."""
    return bool(re.search(rf"\d\s?{re.escape(match['unit'])}", text, re.IGNORECASE))


def _is_packed(sheet: Sheet, match: re.Match[str]) -> bool:
    """Whether a quantity tells what one carton holds or weighs."""
    before = sheet.before(match.start(), 12)
    return bool(_PACKED_BEFORE.search(before) or _PACKED_AFTER.match(sheet.text, match.end()))


def _quantity(number: str, times: str | None, unit: str | None) -> SpokenQuantity | None:
    in_words = not number[-1].isdigit()
    digits = number if in_words else number.replace(" ", "")
    if len(digits) > _MAX_DIGITS and not in_words:
        return None
    amount = counted(digits, times or "").normalize()
    return SpokenQuantity(Decimal(format(amount, "f")), unit) if amount else None


def _without_unit(match: re.Match[str]) -> SpokenQuantity | None:
    """Only whole numbers count goods when no unit was said; "for 1.78" is a price."""
    ways = (
        ("number", "times"),
        ("large", "many"),
        ("tier", "tier_times"),
        ("least", "some"),
        ("multiplied", "multiplied_times"),
        ("lower", "lower_times"),
        ("behind", "behind_times"),
        ("start", "start_times"),
    )
    if match["place"]:
        return SpokenQuantity(Decimal(spelled(f"一{match['place']}")), None)
    if match["thousands"]:
        return SpokenQuantity(Decimal(f"{match['thousands']}{match['hundreds']}00"), None)
    number, times = next((match[one], match[other]) for one, other in ways if match[one])
    quantity = _quantity(number, times, None)
    if quantity is None or quantity.amount != quantity.amount.to_integral_value():
        return None
    if match["tier"] and quantity.amount in _YEARS:
        return None
    if match["start"] and quantity.amount < _LEAST_BEGUN:
        return None
    return quantity if quantity.amount >= _LEAST_BARE else None
