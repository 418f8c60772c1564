"""Owns generated supplier sheets and the books they are imported into, with known duplicates.

Deterministic. Must not be used by the program.
"""

from __future__ import annotations

import io
import itertools
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import Workbook
from PIL import Image
from sqlalchemy import insert
from xlsxwriter import Workbook as PicturedWorkbook

from app.directory.names import name_key
from database.book import Book
from database.records import CompanyRecord, ContactPointRecord, ContactRecord, Row

HEADINGS = (
    "序号", "公司名称", "English name", "联系人", "手机", "电话", "邮箱", "国家", "地址", "主营产品",
    "展位号", "备注",
)  # fmt: skip
_CITIES = (
    ("宁波", "Ningbo", "0574"), ("义乌", "Yiwu", "0579"), ("深圳", "Shenzhen", "0755"),
    ("广州", "Guangzhou", "020"), ("佛山", "Foshan", "0757"), ("温州", "Wenzhou", "0577"),
    ("台州", "Taizhou", "0576"), ("厦门", "Xiamen", "0592"), ("苏州", "Suzhou", "0512"),
)  # fmt: skip
_CHARACTERS = (
    "华:Hua 宏:Hong 达:Da 明:Ming 新:Xin 美:Mei 德:De 信:Xin 诚:Cheng 盛:Sheng 泰:Tai 瑞:Rui 丰:Feng 恒:Heng "
    "远:Yuan 东:Dong 方:Fang 金:Jin 鑫:Xin 佳:Jia 亿:Yi 利:Li 兴:Xing 旺:Wang 和:He 顺:Shun 通:Tong 海:Hai "
    "天:Tian 龙:Long 凤:Feng 康:Kang 宁:Ning 安:An 平:Ping 永:Yong 久:Jiu 福:Fu 光:Guang 辉:Hui 星:Xing 创:Chuang"
)
_TRADES = (
    ("家居用品", "Houseware"), ("塑料制品", "Plastic Products"), ("五金", "Hardware"),
    ("电器", "Electric Appliance"), ("进出口", "Import & Export"), ("工艺品", "Crafts"),
    ("玩具", "Toys"), ("照明", "Lighting"), ("纺织", "Textile"),
)  # fmt: skip
_GOODS = ("硅胶铲", "不锈钢保温杯", "LED灯带", "帐篷", "毛绒玩具", "雨伞", "充电宝", "毛巾", "砧板")
_PEOPLE = ("李明朗", "王小姐", "张伟", "赵丽华", "陈先生", "Lily Wang", "Kevin Zhou", "刘芳")
_NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
_ROWS_A_STATEMENT = 5_000


def company_names(number: int) -> tuple[str, str, tuple[str, str, str]]:
    """The Chinese and the English name of company ``number``, and its city; no two are alike."""
    signs = [pair.split(":") for pair in _CHARACTERS.split()]
    rest, parts = number, []
    for _ in range(3):
        rest, place = divmod(rest, len(signs))
        parts.append(signs[place])
    city = _CITIES[number % len(_CITIES)]
    trade, trade_en = _TRADES[(number // 7 + rest) % len(_TRADES)]
    zh, en = "".join(p[0] for p in parts), "".join(p[1] for p in parts).capitalize()
    return f"{city[0]}{zh}{trade}有限公司", f"{city[1]} {en} {trade_en} Co., Ltd.", city


def _mail(number: int) -> str:
    return f"sales@maker{number}.example.com"


def _mobile(number: int) -> str:
    return f"13{800_000_000 + number * 7:09d}"


def fill_book(book: Book, companies: int) -> None:
    """Writes companies 0 … ``companies`` with a person, a mail and a mobile each."""
    with book.write("sheets.import", name="companies.xlsx") as scope:

        def write(record: type[Row], rows: Iterator[dict[str, object]]) -> None:
            while part := list(itertools.islice(rows, _ROWS_A_STATEMENT)):
                scope.execute(insert(record), part)

        write(CompanyRecord, (_company(number) for number in range(companies)))
        write(
            ContactRecord,
            (
                {"id": n + 1, "company_id": n + 1, "name": _PEOPLE[n % 8], "created_at": _NOW}
                for n in range(companies)
            ),
        )
        write(ContactPointRecord, (p for n in range(companies) for p in _points(n)))


def _company(number: int) -> dict[str, object]:
    zh, en, city = company_names(number)
    return {
        "id": number + 1,
        "is_supplier": True,
        "name_zh": zh,
        "name_key": name_key(zh),
        "name_en": en,
        "name_en_key": name_key(en),
        "city": city[0],
        "country": "CN",
        "created_at": _NOW,
    }


def _points(number: int) -> Iterator[dict[str, object]]:
    owner = {"company_id": number + 1, "contact_id": number + 1}
    yield {**owner, "kind": "email", "value": _mail(number), "normal": _mail(number)}
    mobile = _mobile(number)
    yield {**owner, "kind": "mobile", "value": mobile, "normal": f"+86{mobile}"}


def supplier_rows(count: int, *, known: int, seed: int = 5) -> Iterator[tuple[object, ...]]:
    """``count`` rows: one in ten is a company of a book of ``known``, one in fifty repeats a row."""
    luck = random.Random(seed)
    fresh = itertools.count(known)
    used: list[int] = []
    for place in range(count):
        if place % 50 == 49:
            number = luck.choice(used)
        elif place % 10 == 5:
            number = luck.randrange(known)
        else:
            number = next(fresh)
        used.append(number)
        zh, en, city = company_names(number)
        yield (
            place + 1,
            zh,
            en if place % 3 else "",
            _PEOPLE[number % 8],
            _mobile(number),
            f"{city[2]}-8{number * 13 % 10_000_000:07d}",
            _mail(number),
            "中国" if place % 4 else "China",
            f"浙江省{city[0]}市工业园区金湖路{number % 900 + 1}号",
            "、".join(luck.sample(_GOODS, 2)),
            f"{number % 20 + 1}.{number % 4 + 1}{'ABCDEFGH'[number % 8]}{number % 50:02d}",
            "重点跟进" if place % 9 == 0 else "",
        )


def write_supplier_sheet(path: Path, count: int, *, known: int) -> None:
    """Writes ``count`` supplier rows under a heading row to the workbook ``path``."""
    workbook = Workbook(write_only=True)
    page = workbook.create_sheet("供应商")
    page.append(HEADINGS)
    for row in supplier_rows(count, known=known):
        page.append(row)
    workbook.save(path)


def write_pictured_price_list(path: Path, count: int) -> Path:
    """A price list of ``count`` products, each with a photo of its own of 300 × 300 pixels."""
    luck = random.Random(11)
    with PicturedWorkbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("报价单")
        sheet.write_row(0, 0, ("图片", "货号", "品名", "规格", "单价(元)", "起订量"))
        for number in range(1, count + 1):
            photo = Image.frombytes("RGB", (30, 30), luck.randbytes(2_700)).resize((300, 300))
            content = io.BytesIO()
            photo.save(content, "JPEG")
            sheet.set_row_pixels(number, 80)
            scale = {"x_scale": 0.25, "y_scale": 0.25, "x_offset": 2, "y_offset": 2}
            sheet.insert_image(number, 0, "photo.jpg", {"image_data": content, **scale})
            good = _GOODS[number % len(_GOODS)]
            row = (
                f"A-{number:04}",
                f"{good} {number}",
                f"{number % 30 + 5} cm",
                1.5 + number / 100,
                500,
            )
            sheet.write_row(number, 1, row)
    return path
