"""Owns what stands in where no heading names the most wanted field: the next best column.

Must not overrule a heading that does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from app.kernel.messages import Message
from app.kernel.wording.job_titles import is_job_title
from app.sheets.cells.prices import price_hints
from app.sheets.headings import BARE_TYPES, readings
from app.sheets.layout import TableRegion
from app.sheets.layout.shapes import text_of
from app.sheets.lexicon import Meaning
from app.sheets.mapping.columns import ColumnMapping, column_of, kept_column
from app.sheets.mapping.evidence import Evidence
from app.sheets.mapping.numbering import are_all_different
from app.sheets.phrases import heading_key
from app.sheets.targets import TARGETS, Kind

#: Where a kind lacks its most wanted field, the first of these that was found stands in for it.
_STAND_INS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "products": {"product": ("model", "description", "specification", "style_no")},
    "inquiries": {"product": ("description", "model", "specification")},
    "offers": {"product": ("description", "offer", "model")},
    "suppliers": {"company": ("company_en", "company_short")},
}
_CALLED_BY = frozenset(["model", "description", "product_en", "product_short"])
_ITEM_STAND_INS = ("style_no", "model")
#: What a person may be headed by where the company has a column of its own.
_CALLED = frozenset(["name", "buyer"])
#: How what is told without words is read.
_WORDLESS = frozenset(
    ["price", "quantity", "number", "weight", "volume", "length", "date", "code", "picture", "webs"]
)
#: What tells of who sells, buys or is asked, and nothing of the goods.
_OF_PARTIES = frozenset(["address", "buyer", "company", "contact", "city", "destination"])
#: What people are reached by.
_REACHED = frozenset(["email", "mobile", "phone", "wechat"])
#: From this share on the names of a column are people's.
NAMED = 0.7
#: A list without headings of no more columns than this is one of prices where it has cents.
_NARROW = 6
#: From this share on a column holds codes.
_CODED = 0.8
#: From this strength on a reading is the whole heading.
_BARE = 0.9
#: Without headings names of which so many are others go before words said again and again.
_MOSTLY_OTHERS = 0.7
_ONLY_NUMBERS = 0.9
#: Who buys at a price of their own.
_TRADERS = frozenset(["company", "buyer"])
_SOLD_BY = frozenset(["price", "unit"])
#: Postcodes and years are shorter.
_LONG_CODE = 6.0
#: Sorts of fewer letters are shortened: Tab, Ins.
_SHORTEST_SORT = 4.0
_PRICES = ("price", "sell_price", "list_price")
_LONGEST_CALLED = 40
_LONGEST_TITLE = 30.0
_PRODUCTS = re.compile(
    r"produ[ck]t|produits?|prodott|produto|ürün|urun|товар|продук|产品|產品|商品|品目|품목|제품|sản phẩm|artik|articol|منتج",
    re.IGNORECASE,
)
_LOOKED_AT = 200
_SENTENCE = 30.0
#: From this share on a column is no longer of words about the goods: codes, days, names of people or firms.
_SOME_OTHERS = 0.3
#: From this strength on a reading covers the whole heading.
_WHOLE = 0.75
#: From this strength on it covers a good part of it.
_HALF = 0.6


def stand_in(
    region: TableRegion, rules: Kind, found: Sequence[Evidence], chosen: dict[int, ColumnMapping]
) -> None:
    """Gives a kind its most wanted field from the next best column."""
    by_field = {
        mapping.fields[0]: place for place, mapping in chosen.items() if len(mapping.fields) == 1
    }
    for wanted, others in _STAND_INS.get(rules.name, {}).items():
        empty = by_field.get(wanted, -1)
        own = [by_field[name] for name in (wanted, f"{wanted}_en") if name in by_field]
        if any(found[place].filled for place in own) or (empty >= 0 and not region.rows):
            continue
        place = _bare_type(region, rules, found, chosen)
        place = _next_best(found, by_field, others) if place is None else place
        if region.bare_label is not None and rules.name == "products":
            place = region.bare_label
        if place is None:
            place = _most_wordy(region, rules, found, chosen)
        if place is None and rules.name == "products":
            place = _last_resort(region, found, by_field)
        if place is not None:
            if empty >= 0:
                chosen[empty] = kept_column(region, empty)
            why = Message("mapping.why_stand_in")
            left = next((field for field, other in by_field.items() if other == place), "")
            chosen[place] = column_of(region, place, (wanted,), 0.55, why)
            by_field[wanted] = place
            _seat_next(region, left, found, chosen, by_field)
    if rules.name in ("suppliers", "buyers", "contacts"):
        _tell_of_people(region, rules, found, chosen, by_field)
    if rules.name == "products":
        if not any(region.headings):
            _price_unnamed(region, found, chosen, by_field)
            _number_unnamed(region, found, chosen, by_field)
        _number_coded(found, chosen, by_field)
        _price_amounts(region, found, chosen, by_field)
        _price_of_dealers(region, found, chosen)
        _sell_beside_cost(region, found, chosen)
        _name_repeated(region, found, chosen, by_field)
        _describe(region, found, chosen, by_field)
    if rules.name == "products" and "item_no" not in by_field:
        place = next(
            (by_field[o] for o in _ITEM_STAND_INS if chosen.get(by_field.get(o, -1))), None
        )
        if place is not None and chosen[place].fields != ("product",):
            chosen[place] = replace(chosen[place], fields=("item_no",))


def _seat_next(
    region: TableRegion,
    left: str,
    found: Sequence[Evidence],
    chosen: dict[int, ColumnMapping],
    by_field: dict[str, int],
) -> None:
    """The field ``left``, whose column names the goods now, goes to the next one headed so: ``Details`` beside
    ``Subject``.
    """
    for place, parts in enumerate(region.heading_parts):
        said = [m for m in readings(parts)[:1] if m.field == left and m.strength >= _WHOLE]
        if said and place not in chosen and found[place].filled:
            why = Message("mapping.why_heading", heading=said[0].phrase)
            chosen[place] = column_of(region, place, (left,), 0.6, why)
            by_field[left] = place
            return


def _tell_of_people(
    region: TableRegion,
    rules: Kind,
    found: Sequence[Evidence],
    chosen: dict[int, ColumnMapping],
    by_field: dict[str, int],
) -> None:
    if rules.name != "contacts":
        _name_people(region, found, chosen, by_field)
        _make_sorts_of_products(region, chosen, by_field)
    if not any(region.headings):
        _title_unnamed(region, found, chosen, by_field)


def _next_best(
    found: Sequence[Evidence], by_field: Mapping[str, int], others: Sequence[str]
) -> int | None:
    """The first of the other fields with values; beside codes a short description names the goods."""
    places = [by_field[other] for other in others if other in by_field]
    place = next((p for p in places if found[p].filled), next(iter(places), None))
    if place is None or "description" not in others:
        return place
    described = by_field.get("description", place)
    is_short = found[described].codes < 0.2 and found[described].mean_length <= _LONGEST_CALLED
    return described if found[place].codes >= _CODED and is_short else place


def _bare_type(
    region: TableRegion, rules: Kind, found: Sequence[Evidence], chosen: dict[int, ColumnMapping]
) -> int | None:
    """``Typ`` over Bogen, Muffe, Rohr: beside numbers of articles it names them, where nothing else does."""
    said = {mapping.fields[0] for mapping in chosen.values() if mapping.fields}
    if rules.name != "products" or "item_no" not in said or said & _CALLED_BY:
        return None
    words = (
        place
        for place, heading in enumerate(region.headings)
        if place not in chosen and heading_key(heading) in BARE_TYPES
        if found[place].mean_length >= _SHORTEST_SORT
        if max(found[place].codes, found[place].numbers) < _SOME_OTHERS
    )
    return next(words, None)


def _last_resort(
    region: TableRegion, found: Sequence[Evidence], by_field: Mapping[str, int]
) -> int | None:
    """What else names the goods where nothing does: their brands, or sizes under no title or number."""
    names = ("brand",) if region.letterhead or "item_no" in by_field else ("brand", "size")
    places = [by_field[name] for name in names if name in by_field]
    made_of = by_field.get("material")
    if made_of is not None:
        # Medicines are called by what is in them, and raw materials are the goods themselves.
        places.insert(0 if found[made_of].mean_length >= _SENTENCE else len(places), made_of)
    return next((p for p in places if found[p].distinct >= 0.5 * found[p].filled), None)


def _price_unnamed(
    region: TableRegion,
    found: Sequence[Evidence],
    chosen: dict[int, ColumnMapping],
    by_field: dict[str, int],
) -> None:
    """Without any heading the numbers with cents are the prices, else the only ones or those right
    beside the names; others may be stock.
    """
    named = by_field.get("product")
    if named is None or "price" in by_field:
        return
    numbers = [
        place
        for place, seen in enumerate(found)
        if place > named and place not in chosen
        if seen.numbers >= 0.9 and seen.filled >= 3 and not seen.padded
    ]
    beside = numbers[0] if len(numbers) == 1 else named + 1
    if len(region.headings) > _NARROW:  # Measurements, as a laboratory or a test bench has them.
        beside = named + 1
    elif cents := [place for place in numbers if _has_cents(region, place)]:
        beside = cents[0]
    if beside in numbers:
        why = Message("mapping.why_stand_in")
        chosen[beside] = column_of(region, beside, ("price",), 0.5, why)
        by_field["price"] = beside


def _number_unnamed(
    region: TableRegion,
    found: Sequence[Evidence],
    chosen: dict[int, ColumnMapping],
    by_field: dict[str, int],
) -> None:
    """Without any heading long codes, each another one, number the articles that have a price or unit."""
    if "item_no" in by_field or "product" not in by_field or not _SOLD_BY & set(by_field):
        return
    for place, seen in enumerate(found):
        is_long = seen.codes >= _CODED and seen.mean_length >= _LONG_CODE
        is_other = max(seen.dates, seen.mobiles) >= _SOME_OTHERS
        if place not in chosen and is_long and are_all_different(seen) and not is_other:
            why = Message("mapping.why_stand_in")
            chosen[place] = column_of(region, place, ("item_no",), 0.5, why)
            by_field["item_no"] = place
            return


def _number_coded(
    found: Sequence[Evidence], chosen: dict[int, ColumnMapping], by_field: dict[str, int]
) -> None:
    """``Artikel`` over SB-20, SB-40 numbers the articles that ``Beschreibung`` names."""
    named, told = by_field.get("product"), by_field.get("description")
    if named is None or told is None or {"item_no", "model", "style_no"} & set(by_field):
        return
    coded, words = found[named], found[told]
    are_codes = min(coded.codes, coded.digits) >= _CODED and are_all_different(coded)
    are_words = max(words.codes, words.numbers) < _SOME_OTHERS
    if are_codes and are_words and words.mean_length <= _LONGEST_CALLED:
        chosen[named] = replace(chosen[named], fields=("item_no",))
        chosen[told] = replace(chosen[told], fields=("product",))
        by_field |= {"item_no": named, "product": told}
        by_field.pop("description")


def _price_amounts(
    region: TableRegion,
    found: Sequence[Evidence],
    chosen: dict[int, ColumnMapping],
    by_field: dict[str, int],
) -> None:
    """What nothing multiplies is no amount: ``Value`` alone beside the articles is their price."""
    place = by_field.get("amount")
    others = (by_field.get(field, -1) for field in ("quantity", "stock", "moq", *_PRICES))
    is_counted = any(other >= 0 and found[other].filled for other in others)
    if place is None or is_counted or any("price" in column.fields for column in chosen.values()):
        return
    if found[place].filled and {"product", "item_no"} & set(by_field):
        why = Message("mapping.why_stand_in")
        chosen[place] = column_of(region, place, ("price",), 0.55, why)
        by_field["price"] = by_field.pop("amount")


def _price_of_dealers(
    region: TableRegion, found: Sequence[Evidence], chosen: dict[int, ColumnMapping]
) -> None:
    """``Distribuidor`` over amounts right beside other prices is what a distributor pays."""
    for place, seen in enumerate(found):
        beside = (chosen.get(place - 1), chosen.get(place + 1))
        is_beside = any(column is not None and column.fields == ("price",) for column in beside)
        held = chosen[place].fields if place in chosen else ()
        if not is_beside or seen.numbers < _ONLY_NUMBERS or held not in ((), ("company",)):
            continue
        first = next(iter(readings(region.heading_parts[place])), None)
        if first is not None and first.field in _TRADERS and first.strength >= _BARE:
            why = Message("mapping.why_stand_in")
            chosen[place] = column_of(region, place, ("price",), 0.55, why)


def _sell_beside_cost(
    region: TableRegion, found: Sequence[Evidence], chosen: dict[int, ColumnMapping]
) -> None:
    """A bare ``Price`` beside ``Cost price`` is what the article is sold for, and so is a price FOB."""
    if any("sell_price" in column.fields for column in chosen.values()):
        return
    priced = [
        (place, next(iter(readings(region.heading_parts[place])), None))
        for place, column in chosen.items()
        if column.fields == ("price",) and column.tier is None and found[place].filled
    ]
    costs = [place for place, said in priced if said is not None and said.field == "cost"]
    others = [place for place, said in priced if place not in costs]
    if len(costs) != 1 or len(others) != 1:
        return
    (sold,) = others
    said = dict(priced)[sold]
    if (said is not None and _is_bare_price(said)) or _is_shipped(region, sold):
        chosen[sold] = replace(chosen[sold], fields=("sell_price",))


def _is_shipped(region: TableRegion, place: int) -> bool:
    """Whether a price is on a term that only exports have."""
    return price_hints(" ".join(region.heading_parts[place])).incoterm not in (None, "EXW")


def _is_bare_price(said: Meaning) -> bool:
    return said.field == "price" and said.strength > _BARE and len(said.phrase.split()) == 1


def _has_cents(region: TableRegion, place: int) -> bool:
    return any(isinstance(value := row[place], Decimal) and value % 1 for row in region.rows)


def _name_people(
    region: TableRegion,
    found: Sequence[Evidence],
    chosen: dict[int, ColumnMapping],
    by_field: dict[str, int],
) -> None:
    """``Name``, or 客户名称, beside ``Company`` is a person's."""
    if "company" not in by_field or {"contact", "first_name", "last_name"} & set(by_field):
        return
    for place, parts in enumerate(region.heading_parts):
        first = next(iter(readings(parts)), None)
        is_name = first is not None and first.field in _CALLED and first.strength >= _WHOLE
        if not any(parts):
            is_name = found[place].full_names >= NAMED
        if not any(parts) or (first is not None and first.field == "buyer"):
            # What no heading calls a name stands beside the ways to reach them.
            is_name = is_name and bool(_REACHED & set(by_field))
        seen = found[place]
        is_name = is_name and max(seen.legal_names, seen.answers, seen.numbers) < 0.3
        if place not in chosen and is_name:
            why = Message("mapping.why_heading", heading=" ".join(parts))
            chosen[place] = column_of(region, place, ("contact",), 0.75, why)
            return


def _make_sorts_of_products(
    region: TableRegion, chosen: dict[int, ColumnMapping], by_field: Mapping[str, int]
) -> None:
    """``Gamme de produits``, ``Product group``: what a company makes, where no other column tells it."""
    place = by_field.get("category")
    if place is None or "main_products" in by_field:
        return
    if _PRODUCTS.search(region.headings[place]):
        chosen[place] = replace(chosen[place], fields=("main_products",))


def _title_unnamed(
    region: TableRegion,
    found: Sequence[Evidence],
    chosen: dict[int, ColumnMapping],
    by_field: Mapping[str, int],
) -> None:
    """Without any heading short words for jobs are the people's."""
    if "job_title" in by_field or not _REACHED & set(by_field):
        return
    for place, seen in enumerate(found):
        if place in chosen or not seen.filled or seen.mean_length > _LONGEST_TITLE:
            continue
        said = [text for row in region.rows[:_LOOKED_AT] if (text := text_of(row[place]).strip())]
        if sum(map(is_job_title, said)) >= NAMED * len(said):
            why = Message("mapping.why_values")
            chosen[place] = column_of(region, place, ("job_title",), 0.6, why)
            return


def _name_repeated(
    region: TableRegion,
    found: Sequence[Evidence],
    chosen: dict[int, ColumnMapping],
    by_field: dict[str, int],
) -> None:
    """A heading over two columns, the name and a number: the number is the size."""
    if "product" not in by_field or "size" in by_field:
        return
    heading = region.headings[by_field["product"]]
    for place, other in enumerate(region.headings):
        is_repeated = heading and other == heading
        if is_repeated and place not in chosen and found[place].digits >= 0.6:
            chosen[place] = column_of(
                region, place, ("size",), 0.6, Message("mapping.why_stand_in")
            )
            return


def _describe(
    region: TableRegion,
    found: Sequence[Evidence],
    chosen: dict[int, ColumnMapping],
    by_field: dict[str, int],
) -> None:
    """Words under no heading, or under one that says something else, describe the product."""
    if "description" in by_field:
        return
    for place, heading in enumerate(region.headings):
        is_wordy = (
            found[place].mean_length >= 12 and found[place].distinct >= 0.4 * found[place].filled
        )
        first = next(iter(readings(region.heading_parts[place])), None)
        is_misled = not heading or (first is not None and not _tells_no_words(first.field))
        seen = found[place]
        others = (seen.numbers, seen.dates, seen.codes, seen.full_names, seen.legal_names)
        are_words = max(others) < _SOME_OTHERS
        if place not in chosen and is_wordy and is_misled and are_words:
            why = Message("mapping.why_stand_in")
            chosen[place] = column_of(region, place, ("description",), 0.5, why)
            return


def _tells_no_words(field: str) -> bool:
    """Whether words below a heading for ``field`` are no words about the goods."""
    return field in _OF_PARTIES or _is_wordless(field)


def _is_wordless(field: str) -> bool:
    """Whether a field is told in numbers, codes or addresses: words below its heading are notes in passing."""
    return field == "cost" or (field in TARGETS and TARGETS[field].reader in _WORDLESS)


def _most_wordy(
    region: TableRegion, rules: Kind, found: Sequence[Evidence], chosen: dict[int, ColumnMapping]
) -> int | None:
    """The free column that reads most like names: words, many different ones."""
    if rules.name not in ("products", "inquiries"):
        return None
    names = [
        place
        for place in range(len(region.headings))
        if place not in chosen
        and max(found[place].numbers, found[place].dates) < 0.3
        and found[place].codes < _CODED
        and not _is_something_else(region, rules, place, found[place])
        and found[place].mean_length >= 5
        and found[place].distinct >= 0.5 * found[place].filled
        and found[place].filled
    ]
    if not any(region.headings):
        # A brand stands there again and again, each article once.
        different = (p for p in names if found[p].distinct >= _MOSTLY_OTHERS * found[p].filled)
        return next(different, next(iter(names), None))
    return names[0] if names else None


def _is_something_else(region: TableRegion, rules: Kind, place: int, seen: Evidence) -> bool:
    """Whether a heading says what the column holds, and that is a number or nothing of the goods.

    ``Потребность`` may count what is needed, or tell it in a sentence.
    """
    first = next(iter(readings(region.heading_parts[place])), None)
    if first is None or first.field not in TARGETS or first.strength < _HALF:
        return False
    is_of_others = rules.readings.get(first.field, first.field) not in rules.fields
    is_told = seen.mean_length >= _SENTENCE and TARGETS[first.field].reader == "quantity"
    is_number = _is_wordless(first.field) and not is_told
    return (is_of_others and first.strength >= _WHOLE) or is_number
