"""Owns made-up papers and pictures for the tests of papers; must not hold anything real."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

from PIL import Image, ImageDraw

from app.papers.content import (
    Adjustment,
    Bank,
    Bilingual,
    Buyer,
    CartonPacking,
    LineKind,
    PaperLine,
    PriceTier,
    QuotationPaper,
    Seller,
)

COLOURS = ("#C0392B", "#2980B9", "#27AE60", "#8E44AD", "#F39C12")
NAMES = (
    ("Silicone spatula", "硅胶铲"),
    ("Stainless steel whisk", "不锈钢打蛋器"),
    ("Bamboo cutting board with juice groove", "带汁槽竹砧板"),
    ("Folding colander", "折叠沥水篮"),
    ("Ceramic mug 350 ml", "陶瓷马克杯 350ml"),
)


def picture(index: int = 0, size: tuple[int, int] = (800, 600), kind: str = "JPEG") -> bytes:
    """A plain product picture, different for each ``index``."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    width, height = size
    colour = COLOURS[index % len(COLOURS)]
    draw.ellipse((width * 0.1, height * 0.1, width * 0.9, height * 0.9), fill=colour)
    draw.rectangle(
        (width * 0.4, height * 0.2, width * 0.4 + 10 + index, height * 0.8), fill="white"
    )
    stream = io.BytesIO()
    image.save(stream, kind)
    return stream.getvalue()


def logo() -> bytes:
    """A wide logo with transparency."""
    image = Image.new("RGBA", (600, 180), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 20, 160, 160), 30, fill="#1F5C7A")
    draw.rectangle((200, 60, 580, 120), fill="#66747C")
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def line(index: int = 0, **changes: object) -> PaperLine:
    """A whole line of goods."""
    english, chinese = NAMES[index % len(NAMES)]
    whole = PaperLine(
        item_number=f"KT-{1000 + index}",
        name=Bilingual(english, chinese),
        description=Bilingual(
            "Food-grade silicone, wooden handle, 27 × 6 cm, assorted colours",
            "食品级硅胶，木柄，27×6 厘米，颜色混装",
        ),
        picture=picture(index),
        unit=Bilingual("pcs", "个"),
        quantity=Decimal(5000 + 250 * index),
        unit_price=Decimal("1.86") + Decimal(index) / 100,
        packing=CartonPacking(
            text=Bilingual("1 pc/polybag, 24 pcs/ctn", "每个一袋，24个/箱"),
            pieces_per_carton=Decimal(24),
            length_cm=Decimal(50),
            width_cm=Decimal(40),
            height_cm=Decimal(30),
            net_weight_kg=Decimal("9.6"),
            gross_weight_kg=Decimal("10.8"),
        ),
        minimum_order=Decimal(1000),
        hs_code="3924100000",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def tiers(*pairs: tuple[str, str]) -> tuple[PriceTier, ...]:
    """Tiers from (minimum, price) pairs."""
    return tuple(PriceTier(Decimal(minimum), Decimal(price)) for minimum, price in pairs)


FIVE_TIERS = tiers(
    ("500", "1.95"), ("1000", "1.86"), ("3000", "1.79"), ("5000", "1.72"), ("10000", "1.66")
)


def full_line(index: int = 0) -> PaperLine:
    """A line that fills every column a paper has."""
    whole = line(index)
    packing = replace(
        whole.packing,
        quantity_20gp=Decimal(11184),
        quantity_40gp=Decimal(23184),
        quantity_40hq=Decimal(27192),
    )
    return replace(
        whole,
        packing=packing,
        lead_time=Bilingual("35 days", "35 天"),
        remarks=Bilingual("Logo by laser engraving, one position", "激光雕刻一处标志"),
    )


SELLER = Seller(
    name=Bilingual("Ningbo Haitang Kitchenware Co., Ltd.", "宁波海棠厨具有限公司"),
    address=Bilingual("No. 88 Zhongshan East Road, Ningbo, China", "中国宁波市中山东路88号"),
    phone="+86 574 8700 0000",
    mail="sales@haitang.example",
    website="www.haitang.example",
    contact="Lucy Wang",
    bank=Bank(
        beneficiary="Ningbo Haitang Kitchenware Co., Ltd.",
        bank_name="Example Bank, Ningbo Branch",
        account="6222 0000 0000 0000",
        swift="EXAMCNSH",
    ),
    signatory="Lucy Wang, Export Manager",
)

BUYER = Buyer(
    name="Nordlys Køkken ApS",
    address="Havnegade 12, 2. th, 1058 København K",
    country="Denmark",
    contact="Mette Sørensen",
    phone="+45 33 00 00 00",
    mail="mette@nordlys.example",
)


def paper(lines: int = 5, **changes: object) -> QuotationPaper:
    """A whole quotation of ``lines`` lines."""
    whole = QuotationPaper(
        number="Q-2026-0031",
        revision=2,
        issued_on=date(2026, 11, 22),
        valid_until=date(2026, 12, 22),
        seller=replace(SELLER, logo=logo()),
        buyer=BUYER,
        reference="RFQ 4471",
        trade_term="FOB",
        trade_place="Ningbo",
        payment=Bilingual(
            "T/T 30% deposit, 70% against copy of B/L", "电汇 30% 定金，70% 见提单副本"
        ),
        lead_time=Bilingual("35 days after deposit", "收到定金后 35 天"),
        shipment=Bilingual("By sea, FCL", "海运整柜"),
        port_of_loading="Ningbo, China",
        port_of_destination="Aarhus, Denmark",
        marks="NORDLYS\nAARHUS\nC/NO. 1-UP",
        remarks=Bilingual(
            "Prices hold for the quantities shown. Colours by Pantone on request.",
            "价格按所列数量有效，可按潘通色号生产。",
        ),
        lines=tuple(line(index) for index in range(lines)),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def heading(english: str, chinese: str) -> PaperLine:
    """The name of a group."""
    return PaperLine(kind=LineKind.HEADING, name=Bilingual(english, chinese))


DISCOUNT = Adjustment(name=Bilingual("Fair discount", "展会折扣"), percent=Decimal(-3))
CHARGE = Adjustment(name=Bilingual("Sample courier", "样品快递费"), amount=Decimal("45.50"))


def rich_paper() -> QuotationPaper:
    """Groups, tiers, an option, a free line, a discount and a charge."""
    three = tiers(("500", "1.95"), ("1000", "1.86"), ("5000", "1.72"))
    lines = (
        heading("Kitchen tools", "厨房用具"),
        line(0, unit_price=None, tiers=three),
        line(1, unit_price=None, tiers=three[:2], quantity=Decimal(700)),
        line(2, kind=LineKind.OPTION, quantity=Decimal(900)),
        heading("Tableware", "餐具"),
        line(4),
        PaperLine(
            kind=LineKind.FREE,
            name=Bilingual("Mould fee", "模具费"),
            quantity=Decimal(1),
            unit=Bilingual("set", "套"),
            unit_price=Decimal(850),
        ),
    )
    return replace(paper(0), lines=lines, adjustments=(DISCOUNT, CHARGE))
