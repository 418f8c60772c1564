"""Owns a small desk of made-up records for the tests of quotations; must not hold anything real."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from app.sheets.reading.pictures import SafePicture

#: Words that must never reach a buyer.
SECRETS = ("宁波海达", "Haida Secret Factory", "margin note", "PL-2026-secret", "0.1234", "13.37")


@dataclass(frozen=True, slots=True)
class Made:
    """The ids of what was made."""

    supplier: int
    flask: int
    mug: int
    inquiry: int
    profile: int


def picture(colour: str = "#2980B9") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(stream, "JPEG")
    return stream.getvalue()


def furnished(desk: Desk) -> Made:
    """A supplier with two priced and pictured products, and an inquiry for them and for a third."""
    supplier = desk.directory.add(
        "supplier", {"name_zh": "宁波海达", "name_en": "Haida Secret Factory"}
    )
    flask = desk.directory.add(
        "product",
        {
            "supplier_id": supplier,
            "item_number": "VF-500",
            "name_en": "Vacuum flask 500 ml",
            "name_zh": "保温杯",
            "unit": "pcs",
            "hs_code": "9617001100",
            "pieces_per_carton": "24",
            "carton_length_cm": "50",
            "carton_width_cm": "40",
            "carton_height_cm": "30",
            "gross_weight_kg": "12",
            "lead_time_days_max": "30",
            "remarks": "margin note",
        },
    )
    for minimum, amount in (("1000", "13.37"), ("5000", "11.3")):
        desk.directory.add(
            "price",
            {
                "product_id": flask,
                "min_quantity": minimum,
                "amount": amount,
                "currency": "CNY",
                "includes_vat": True,
                "source": "PL-2026-secret",
            },
        )
    desk.pictures.hang("product", flask, [SafePicture(picture(), "image/jpeg")])
    mug = desk.directory.add(
        "product",
        {"supplier_id": supplier, "item_number": "EM-1", "name_en": "Enamel mug", "unit": "pcs"},
    )
    desk.directory.add("price", {"product_id": mug, "amount": "6.78", "includes_vat": True})
    profile = _profile_and_rate(desk)
    inquiry = desk.inquiries.add(
        InquiryDraft(
            buyer="Nordic Home AB",
            values={"subject": "Tumblers", "incoterm": "FOB", "place": "Ningbo"},
            lines=[
                {"wording": "vacuum flask", "quantity": "5000", "unit": "pcs", "target_price": "2"},
                {"wording": "EM-1", "quantity": "1000", "unit": "pcs"},
                {"wording": "bamboo tray", "quantity": "300", "unit": "pcs"},
            ],
        )
    )
    return Made(supplier, flask, mug, inquiry, profile)


def _profile_and_rate(desk: Desk) -> int:
    profile = desk.rates.add(
        "seller_profile",
        {
            "name_en": "Entrepot Trading Co., Ltd.",
            "name_zh": "商埠贸易",
            "bank_name": "Bank of Ningbo",
        },
    )
    desk.rates.add(
        "exchange_rate",
        {"currency": "USD", "rate": "7.10", "valid_on": desk.clock.today(), "source": "BOC"},
    )
    return profile
