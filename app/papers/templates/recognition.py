"""Owns recognising a sheet in use: its table of goods, and the cells beside labels.

Must not change the sheet. What a heading means is asked of the caller.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from app.kernel.text import fold

#: A heading's field → the placeholder of a line.
_LINE_NAMES = {
    "serial": "line.number",
    "picture": "line.picture",
    "item_no": "line.item_number",
    "model": "line.item_number",
    "style_no": "line.item_number",
    "supplier_item_no": "line.item_number",
    "product": "line.name",
    "product_en": "line.name_en",
    "description": "line.description",
    "specification": "line.description",
    "unit": "line.unit",
    "moq": "line.minimum_order",
    "quantity": "line.quantity",
    "price": "line.price",
    "sell_price": "line.price",
    "list_price": "line.price",
    "amount": "line.amount",
    "packing": "line.packing",
    "pcs_per_carton": "line.pieces_per_carton",
    "carton_size": "line.carton_size",
    "cbm": "line.volume_per_carton",
    "net_weight": "line.net_weight",
    "gross_weight": "line.gross_weight",
    "qty_20gp": "line.quantity_20gp",
    "qty_40gp": "line.quantity_40gp",
    "qty_40hq": "line.quantity_40hq",
    "lead_time": "line.lead_time",
    "hs_code": "line.hs_code",
    "remark": "line.remarks",
}
#: A heading that means all of these stands over one column for them.
_TOGETHER: Mapping[str, frozenset[str]] = {
    "line.weights": frozenset(["line.net_weight", "line.gross_weight"]),
    "line.container_quantities": frozenset(
        ["line.quantity_20gp", "line.quantity_40gp", "line.quantity_40hq"]
    ),
}
_GOODS = frozenset(["line.item_number", "line.name", "line.name_en", "line.description"])
_FIGURES = frozenset(["line.quantity", "line.price", "line.amount"])
_LEAST_COLUMNS = 3

_LABELS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"(quotation|quote|offer|invoice|pi|ref(erence)?) ?(no|number|#)\.?|(报价单?|单据?|发票)?(编?号|号码)", "number"),
        (r"(quotation |invoice |issue )?date|(报价|开票)?日期", "date"),
        (r"valid(ity| until| till| to)?|expiry( date)?|有效期(至|到)?", "valid_until"),
        (r"to|messrs\.?|buyer|customer|client|bill to|consigned to|consignee|客户(名称)?|买方", "buyer.name"),
        (r"attn\.?|attention|contact( person)?|联系人|收件人", "buyer.contact"),
        (r"(trade |price |delivery )?terms?|incoterms?|价格条款|贸易(术语|条款)", "trade_term"),
        (r"(terms of )?payment( terms?)?|付款(方式|条件)", "payment"),
        (r"lead ?time|delivery( time)?|交货?期|交货时间", "lead_time"),
        (r"(port of )?loading( port)?|装运港|起运港", "port_of_loading"),
        (r"(port of )?destination|目的港", "port_of_destination"),
        (r"shipment|shipping method|运输方式", "shipment"),
        (r"(country of )?origin|原产国|产地", "country_of_origin"),
        (r"shipping marks?|marks?|唛头", "marks"),
        (r"packing|packaging|包装", "packing"),
        (r"currency|币种|货币", "currency"),
        (r"remarks?|notes?|备注", "remarks"),
    )
)  # fmt: skip
_BETWEEN_LANGUAGES = re.compile(
    r"\s*/\s*|(?<=[a-z.]) (?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]) (?=[a-z])"
)
_SUMS = (
    (
        re.compile(r"(total )?(cartons|ctns)|(no\.?|number) of (cartons|ctns)|总?箱数"),
        "line.cartons",
    ),
    (
        re.compile(
            r"(total|ttl) (cbm|m3|volume|measurement)( \((cbm|m3)\))?|总体积( ?\((cbm|m3)\))?"
        ),
        "line.volume",
    ),
)
#: A formula that another cell is in.
_FROM_A_CELL = re.compile(r"=.*[A-Z]\d")
#: A figure that no rate of a tax or a discount is written with.
_OWN_FIGURE = re.compile(r"\d\.\d{6,}")
_PARTED = re.compile(r"^\s*(.{1,40}?)\s*[:：]\s*(.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class GoodsTable:
    """The table of goods: its heading row, its rows of goods, and a placeholder a column."""

    heading_row: int
    rows: tuple[int, ...]
    columns: Mapping[int, str]


#: The texts of a sheet: row → column → text; numbers and formulas are texts here.
Texts = Mapping[int, Mapping[int, str]]


#: The fields a heading can mean, in the words of the imports, the surest first.
FieldsOf = Callable[[str], Sequence[str]]


def goods_table(texts: Texts, fields_of: FieldsOf) -> GoodsTable | None:
    """The table of goods, or ``None`` when no row looks like its heading."""
    for row in sorted(texts):
        columns = _columns(texts[row], fields_of)
        names = set(columns.values())
        if len(columns) >= _LEAST_COLUMNS and names & _GOODS and names & _FIGURES:
            rows = _goods_rows(texts, row, columns)
            if not rows:
                return None
            counted = _with_quantity(columns, texts, rows[0])
            return GoodsTable(row, rows, _with_volume(counted, texts, rows[0]))
    return None


def is_of_one_row(texts: Texts, rows: Sequence[int], column: int) -> bool:
    """Whether the first row's formula has a figure in it that is that row's alone, as its carton's volume.

    Repeated for other goods it would tell that of the first.
    """
    first, *others = (texts.get(row, {}).get(column, "") for row in rows)
    if not first.startswith("="):
        return False
    letter = get_column_letter(column)
    moved = Translator(first, f"{letter}{rows[0]}")
    formulas = [(row, text) for row, text in zip(rows[1:], others, strict=True) if text[:1] == "="]
    if not formulas:
        return _OWN_FIGURE.search(first) is not None
    return all(
        text != "=" and moved.translate_formula(f"{letter}{row}") != text for row, text in formulas
    )


def _columns(cells: Mapping[int, str], fields_of: FieldsOf) -> dict[int, str]:
    """The placeholder of each column; of two columns that mean the same the first one has it."""
    columns: dict[int, str] = {}
    for column, text in sorted(cells.items()):
        known = [_LINE_NAMES[field] for field in fields_of(text) if field in _LINE_NAMES]
        known[:0] = [name for name, parts in _TOGETHER.items() if parts <= set(known)]
        known[:0] = _sums(text)
        name = next((name for name in known if name not in columns.values()), None)
        if name:
            columns[column] = name
    if "line.name" not in columns.values():
        for column, name in columns.items():
            if name == "line.description":
                columns[column] = "line.name"
                break
    return columns


def _sums(heading: str) -> list[str]:
    """The sum of a line's cartons that a heading stands over; the imports have no fields for them."""
    key = fold(heading).strip(" .*#")
    halves = [key, *_BETWEEN_LANGUAGES.split(key)]
    return [name for pattern, name in _SUMS if any(map(pattern.fullmatch, halves))]


def _with_quantity(columns: Mapping[int, str], texts: Texts, row: int) -> Mapping[int, str]:
    """``columns`` where an "Amount" that a formula of ``row`` multiplies is the quantity."""
    places = {name: column for column, name in columns.items()}
    if "line.quantity" in places or not {"line.amount", "line.price"} <= set(places):
        return columns
    price, amount = (
        f"{get_column_letter(places[name])}{row}" for name in ("line.price", "line.amount")
    )
    product = re.compile(rf"(?<![A-Z])(?:{price}\*{amount}|{amount}\*{price})(?!\d)")
    if any(text.startswith("=") and product.search(text) for text in texts[row].values()):
        return {**columns, places["line.amount"]: "line.quantity"}
    return columns


def _with_volume(columns: Mapping[int, str], texts: Texts, row: int) -> Mapping[int, str]:
    """``columns`` where a volume that a formula works out from another cell is that of all cartons."""
    return {
        column: "line.volume"
        if name == "line.volume_per_carton" and _FROM_A_CELL.match(texts[row].get(column, ""))
        else name
        for column, name in columns.items()
    }


def _goods_rows(texts: Texts, heading: int, columns: Mapping[int, str]) -> tuple[int, ...]:
    """The rows from the first to the last that has goods and figures; a gap or a sum ends them."""
    rows: list[int] = []
    for row in range(heading + 1, max(texts) + 1):
        cells = texts.get(row, {})
        names = {columns[column] for column in cells if column in columns}
        sums = any("SUM(" in text.upper() for text in cells.values() if text.startswith("="))
        if sums or (rows and not names):
            break
        if names & _GOODS and names & _FIGURES:
            rows.append(row)
        elif rows:
            break
    return tuple(rows)


def labelled(text: str) -> tuple[str, str] | None:
    """What ``text`` is the label of, and what stands after its colon; ``None`` for no label."""
    parted = _PARTED.match(text)
    label, rest = (parted[1], parted[2]) if parted else (text, "")
    key = fold(label).strip(" .*#")
    halves = [key, *_BETWEEN_LANGUAGES.split(key)]
    for half in halves:
        for pattern, name in _LABELS:
            if pattern.fullmatch(half):
                return (name, rest.strip()) if parted or half else None
    return None


def label_cells(texts: Texts, rows: Sequence[int]) -> Iterator[tuple[int, int, str, str]]:
    """Row, column, placeholder and rest of the text of every label in ``rows``."""
    for row in rows:
        for column, text in sorted(texts.get(row, {}).items()):
            found = labelled(text) if not text.startswith("=") else None
            if found:
                yield row, column, *found
