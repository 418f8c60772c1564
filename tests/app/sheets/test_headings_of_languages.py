"""Owns the tests of headings in the less usual languages: a list in each of them is mapped.

Must not use files from outside.
"""

from __future__ import annotations

import pytest
from sheet_drafts import drawn, workbook

from app.sheets.understanding import understand


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Stok Kodu|Ürün Adı|Marka|Birim Fiyat (TL)|Barkod\nTR-1|Tencere|Kula|450,00|8690000000014",
            ["item_no", "product", "brand", "price", "barcode"],
        ),
        (
            "STT|Mã hàng|Tên sản phẩm|ĐVT|Đơn giá|Ghi chú\n1|VN-1|Ghế gỗ|cái|350000|mới\n2|VN-2|Bàn gỗ|cái|950000|mới",
            ["serial", "item_no", "product", "unit", "price", "remark"],
        ),
        (
            "رقم الصنف|اسم المنتج|السعر|العملة|الكمية\nAR-1|مصباح|12.5|USD|100\nAR-2|كابل|3.5|USD|40",
            ["item_no", "product", "price", "currency", "quantity"],
        ),
        (
            "Indeks|Nazwa towaru|J.m.|Cena netto|Kod kreskowy\nPL-1|Garnek|szt|45,50|5900000000015",
            ["item_no", "product", "unit", "price", "barcode"],
        ),
        (
            "Ragione sociale|Indirizzo|CAP|Città|Partita IVA|Referente\nUno S.r.l.|Via Roma 1|20100|Milano|IT01234567890|Luca Verdi",
            ["company", "address", "postal_code", "city", "uscc", "contact"],
        ),
        (
            'מק"ט | שם מוצר | מחיר ליחידה (₪) | כמות בקרטון\n70011 | ספל קרמיקה | 8.9 | 36\n70012 | צלחת | 12.5 | 24',
            ["item_no", "product", "price", "pcs_per_carton"],
        ),
        (
            "Kód zboží | Název zboží | MJ | Cena bez DPH | Skladem\nAB12 | Vrtačka | ks | 1290 | 15\nAB13 | Bruska | ks | 1590 | 8",
            ["item_no", "product", "unit", "price", "stock"],
        ),
        (
            "Артикул | Назва товару | Одиниця виміру | Ціна, грн\nU-1 | Ваги кухонні | шт | 450\nU-2 | Чайник | шт | 780",
            ["item_no", "product", "unit", "price"],
        ),
        (
            "Artikelnr | Benämning | Pris exkl. moms | Leveranstid\nHX-300 | Skruv M8 | 0,09 | 3 veckor\nHX-301 | Bricka M8 | 0,03 | 3 veckor",
            ["item_no", "product", "price", "lead_time"],
        ),
        (
            "Κωδικός | Περιγραφή | Τιμή | Βάρος\nG-1 | Ποτήρι 300ml | 0.8 | 0.2\nG-2 | Πιάτο | 1.4 | 0.5",
            ["item_no", "product", "price", "weight"],
        ),
        (
            "รหัสสินค้า | ชื่อสินค้า | ราคา | หน่วย\nT-1 | แก้วน้ำ | 25 | ใบ\nT-2 | จาน | 40 | ใบ",
            ["item_no", "product", "price", "unit"],
        ),
    ],
)
def test_headings_of_more_languages(text: str, wanted: list[str]) -> None:
    columns = understand(workbook(drawn(text)))[0].columns
    assert ["+".join(column.fields) for column in columns] == wanted
