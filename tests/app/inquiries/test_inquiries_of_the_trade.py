"""Inquiries as mails, tables, forms and chats bring them, and the lines that are read from each.

Must not test the people and companies who ask, but for how mails in other languages close.
"""

from __future__ import annotations

from datetime import date

import pytest
from growth import IN_PROPORTION, growth

from app.inquiries.pasted import PastedInquiry, recognise

DAY = date(2026, 3, 2)


def read(text: str) -> PastedInquiry:
    return recognise(text, written_on=DAY)


def told(text: str) -> str:
    """The lines of the inquiry in ``text``: 500 pcs cup @ 1.2 USD; 300 mug."""
    lines = []
    for line in read(text).lines:
        amount = f"{line.quantity:f}" if line.quantity is not None else line.quantity_text
        price = (
            f"@ {line.target_price.normalize():f} {line.currency or ''}"
            if line.target_price
            else ""
        )
        parts = (amount, line.unit, line.wording, price.strip())
        lines.append(" ".join(part for part in parts if part))
    return "; ".join(lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Dear Sir/Madam,\n\nPlease quote the below items:\n\nItem\tDescription\tQty\tUnit\n1\tStainless steel bottle 500ml\t3000\tpcs\n2\tBamboo cutting board 30x20cm\t1500\tpcs\n3\tSilicone baking mat\t2000\tpcs\n\nCIF Valparaiso, payment 30/70 TT.\n\nBest regards,\nCarlos Muñoz\nImportadora del Pacifico Ltda\nChile\ncmunoz@impacifico.cl", "3000 pcs Stainless steel bottle 500ml; 1500 pcs Bamboo cutting board 30x20cm; 2000 pcs Silicone baking mat"),
        ("| Product | Quantity | Target price |\n|---|---|---|\n| LED bulb 9W E27 | 10,000 pcs | USD 0.65 |\n| LED tube 18W T8 | 5,000 pcs | USD 1.90 |\n\nNeed CE and RoHS. FOB Shenzhen.", "10000 pcs LED bulb 9W E27 @ 0.65 USD; 5000 pcs LED tube 18W T8 @ 1.9 USD"),
        ("Product\nQuantity\nTarget price\nYoga mat 6mm TPE\n2000 pcs\nUSD 3.20\nFoam roller 45cm\n1000 pcs\nUSD 2.80", "2000 pcs Yoga mat 6mm TPE @ 3.2 USD; 1000 pcs Foam roller 45cm @ 2.8 USD"),
        ("在吗 帮忙报个价 304保温杯500ml 5000个 FOB宁波 要印logo 急", "5000 pcs 304保温杯500ml"),
        ("老板，硅胶折叠碗2k，竹砧板1k5，不锈钢勺子5k，要发到汉堡", "2000 硅胶折叠碗; 1500 竹砧板; 5000 不锈钢勺子"),
        ("Product Name: Wireless earbuds\nQuantity: 1000 Piece/Pieces\nTrade Terms: FOB\nTarget Price: 4.5 US Dollar\nDestination port: Los Angeles, United States\nPayment: T/T\nDetails: Hi, I'm looking for TWS earbuds with charging case, black, ANC.", "1000 pcs Wireless earbuds @ 4.5 USD"),
        ("Product Name: Solar Street Light\nPurchase Quantity: 200 Sets\nPrice Term: CIF\nExpected Price: USD 45.00\nDestination: Lagos, Nigeria\nCompany Name: Bright Future Ltd\nContact: Mr. Emeka Obi\nEmail: emeka@brightfuture.ng\n", "200 set Solar Street Light @ 45 USD"),
        ("I'm interested in your product Electric Kettle 1.7L\nOrder Quantity: 500 Pieces\nShipping: Sea freight\nDear supplier, I would like to know your lowest price for 500 pieces and lead time.\nThanks, Ahmed\nCountry: Egypt", "500 pcs Electric Kettle 1.7L"),
        ("Pls quote FOB:\n1) Ceramic mug 11oz white - 5000pcs\n2) Ceramic mug 15oz black - 3000pcs\n3) Glass cup 350ml w/ bamboo lid - 2000pcs\nSend pics and ctn size too.", "5000 pcs Ceramic mug 11oz white; 3000 pcs Ceramic mug 15oz black; 2000 pcs Glass cup 350ml w/ bamboo lid"),
        ("Hi, do you have camping chairs? need abt 800 pcs to Rotterdam, budget is around 7.5 usd each", "800 pcs camping chairs @ 7.5 USD"),
        ("Sehr geehrte Damen und Herren,\n\nbitte bieten Sie uns an:\n- 2.000 Stück Edelstahlflasche 750 ml\n- 500 Stück Brotdose Bambus\nLieferung frei Hamburg, Zahlung 30 Tage netto.\n\nMit freundlichen Grüßen\nJens Krüger\nKrüger Handels GmbH\nTel. +49 40 123456", "2000 pcs Edelstahlflasche 750 ml; 500 pcs Brotdose Bambus"),
        ("Buenos días,\nNecesitamos cotización para 5.000 unidades de botellas de acero inoxidable 500 ml, CIF Callao.\nPrecio objetivo: USD 2,30.\nSaludos,\nMaría Torres\nComercial Andina S.A.C.\nPerú", "5000 pcs botellas de acero inoxidable 500 ml @ 2.3 USD"),
        ("Добрый день!\nПросим предложить цену на термос 1 л, 3000 шт, и ланч-бокс 800 мл, 2000 шт. Условия FOB Ningbo.\nС уважением,\nИван Петров\nООО Торгимпорт\nМосква, Россия", "3000 pcs термос 1 л; 2000 pcs ланч-бокс 800 мл"),
        ("We need 2 x 40HQ of plastic storage boxes, mixed sizes, DDP Melbourne, delivery before 15 May 2026.", "2 x 40HQ plastic storage boxes"),
        ("Looking for supplier of 50 MT white sugar ICUMSA 45, CIF Mombasa, LC at sight", "50 t white sugar ICUMSA 45"),
        ("RFQ: cotton t-shirts 180gsm, sizes S-XXL, 3 colors x 500 pcs = 1500 pcs, own label, target $2.20 FOB", "1500 pcs cotton t-shirts 180gsm @ 2.2 USD"),
        ("Need price for (a) usb-c cable 1m 60W, 10k (b) wall charger 20W EU plug, 5k (c) powerbank 10000mAh, 3k", "10000 usb-c cable 1m 60W; 5000 wall charger 20W EU plug; 3000 powerbank 10000mAh"),
        ("品名：铝合金露营灯\n规格：USB充电，IPX4\n数量：2000只\n目标价：18元\n交期：30天内\n客户：宁波远航进出口有限公司\n联系人：陈晓\n电话：13912345678", "2000 pcs 铝合金露营灯 @ 18 CNY"),
        ("询价：\n1、不锈钢保温杯 500ml 3000个\n2、塑料水杯 700ml 5000个\n3、玻璃杯 350ml 2000个\n含税含运到义乌，请报最优价，谢谢！\n王先生 13800138000", "3000 pcs 不锈钢保温杯 500ml; 5000 pcs 塑料水杯 700ml; 2000 pcs 玻璃杯 350ml"),
        ("item, qty, unit\nhammer 500g fiberglass handle, 2000, pcs\nscrewdriver set 6pc, 1000, sets", "2000 pcs hammer 500g fiberglass handle; 1000 set screwdriver set 6pc"),
        ("We require 12,000 mtrs of polyester fabric 150 cm width, 200 gsm, color navy. CFR Chittagong. Target 1.15 USD/mtr. LC 90 days.", "12000 m polyester fabric 150 cm width @ 1.15 USD"),
        ("Fw: inquiry\n\n-----Original Message-----\nFrom: Sarah Lopez [mailto:sarah@homegoods.us]\nSent: Monday, March 2, 2026 8:00 AM\nTo: sales@ourco.cn\nSubject: Inquiry for bath towels\n\nHello,\nWe'd like to buy 6,000 pcs bath towels 70x140 cm, 500 gsm, white. FOB Qingdao.\nSarah Lopez\nHomeGoods Inc\nUSA", "6000 pcs bath towels 70x140 cm"),
        ("sir plz tell me rate of 5 kva generator 10 pcs delivery karachi", "10 pcs 5 kva generator"),
        ("How much for a dozen of leather belts? I take 40 dozen first, later 200 dozen.", "40 dozen leather belts"),
        ("Please quote 300 sets of 4-piece bed linen (1 duvet cover, 2 pillow cases, 1 sheet), 100% cotton 300TC", "300 set 4-piece bed linen (1 duvet cover)"),
        ("求购：LED灯带 5050 12V 防水 10000米，要求CE，目的港鹿特丹，6月底前到货", "10000 m LED灯带 5050 12V 防水"),
        ("Buyer name: John Smith\nCompany: Smith Outdoors LLC\nCountry/Region: United States\nProduct(s): Hiking backpack 40L\nEstimated order quantity: 1,500 pieces\nTarget unit price: USD 9.80\nMessage: Please send quotation with FOB Xiamen price and sample cost.", "1500 pcs Hiking backpack 40L @ 9.8 USD"),
        ("Dear Mr. Chen,\nwe would need an offer for following:\n\nPos. 1: 400 pcs. angle grinder 125 mm, 900 W\nPos. 2: 250 pcs. cordless drill 18 V with 2 batteries\nPos. 3: 100 pcs. circular saw 1400 W\n\nDelivery terms: CIF Koper. Please also state HS code.\nKind regards\nMarko Novak\nAlat d.o.o.\nSlovenia", "400 pcs angle grinder 125 mm; 250 pcs cordless drill 18 V with 2 batteries; 100 pcs circular saw 1400 W"),
        ("Need 5000 nos. of SS 304 hex bolts M8x40 & 5000 nos nuts M8. Quote in USD CIF Chennai", "5000 pcs SS 304 hex bolts M8x40; 5000 pcs nuts M8"),
        ("Wanted: 20 tons PP granules, 3 tons masterbatch black. delivery Izmir", "20 t PP granules; 3 t masterbatch black"),
        ("您好，想订购一批儿童雨伞，大概2万把，分红黄蓝三色，目标价8块以内，发货到洛杉矶", "20000 pcs 儿童雨伞 @ 8 CNY"),
        ("Quantities:\nHammer - 500\nPliers - 800\nWrench set - 300", "500 Hammer; 800 Pliers; 300 Wrench set"),
        ("We are looking for 3000pcs/month of bamboo toothbrush, kraft box packing, soft bristle. Annual qty 36,000. Best CIF Felixstowe?", "3000 pcs bamboo toothbrush"),
        ("Item: Aluminium foil container 750ml\nQty: 200 ctn (1000 pcs/ctn)\nDest: Dammam\nPayment: LC\n\nItem: Cling film 30cm x 300m\nQty: 150 ctn (6 rolls/ctn)", "200 ctn Aluminium foil container 750ml; 150 ctn Cling film 30cm x 300m"),
        ("Hola, precio por favor de sillas de oficina ergonómicas, 120 uds, y escritorios 140cm, 60 uds. Puerto: Manzanillo México", "120 pcs sillas de oficina ergonómicas; 60 pcs escritorios 140cm"),
        ("Item;Qty;Price\nCups;500;1.20\nMugs;300;1.10\nTotal;800;", "500 Cups; 300 Mugs"),
        ("品名 | 数量 | 单价\n杯子 | 500个 | 12元\n盘子 | 300个 | 8元", "500 pcs 杯子 @ 12 CNY; 300 pcs 盘子 @ 8 CNY"),
        ("Please send quantity and price for the product", ""),
        ("a dozen of leather belts", "1 dozen leather belts"),
        ("保温杯先做2000", "2000 保温杯"),
        ("zapatos de cuero, mínimo 600 pares", "600 pair zapatos de cuero"),
        ("Hello, product: silicone spatula, 5000 pcs", "5000 pcs silicone spatula"),
        ("Hi, we need product: silicone spatula; quantity: 5000 pcs; target price: USD 0.8", "5000 pcs silicone spatula @ 0.8 USD"),
        ("您好，产品：硅胶铲，数量：5000个，目标价：1.2美元", "5000 pcs 硅胶铲 @ 1.2 USD"),
        ("Item No. KT-2031 kettle, 500 pcs", "500 pcs KT-2031 kettle"),
        ("Item no.\tDescription\tColor\tQty (pcs)\nA-101\tGarden hose 20m\tgreen\t800\nA-102\tSprinkler 3 arms\torange\t1,200", "800 Garden hose 20m; 1200 Sprinkler 3 arms"),
        ("想要一批不锈钢饭盒，先来3000套试试，能做到15以内吗", "3000 set 不锈钢饭盒"),
        ("求购电动螺丝刀，首单500台，年用量约6000台", "500 unit 电动螺丝刀"),
        ("Please offer 10 MT of dried ginger, CFR Jeddah. Packing 25 kg bags.", "10 t dried ginger"),
    ],
)  # fmt: skip
def test_an_inquiry_is_read_as_it_was_meant(text: str, lines: str) -> None:
    assert told(text) == lines


@pytest.mark.parametrize(
    ("closing", "name"),
    [
        ("Mit freundlichen Grüßen\nJens Krüger\nKrüger Handels GmbH", "Jens Krüger"),
        ("Saludos,\nMaría Torres\nComercial Andina S.A.C.", "María Torres"),
        ("С уважением,\nИван Петров", "Иван Петров"),
    ],
)
def test_mails_in_other_languages_close_with_who_asks(closing: str, name: str) -> None:
    assert read(f"500 pcs cups\n\n{closing}").contact == name


def test_the_day_an_earlier_mail_was_sent_is_not_when_goods_are_needed() -> None:
    mail = (
        "-----Original Message-----\nFrom: Sarah Lopez [mailto:sarah@homegoods.example.com]\n"
        "Sent: Monday, March 2, 2026 8:00 AM\n\nWe'd like to buy 6,000 pcs bath towels."
    )
    found = read(mail)
    assert (found.required_by_on, found.contact) == (None, "Sarah Lopez")


def test_a_company_with_small_words_in_its_name_is_read_whole() -> None:
    mail = "500 pcs cups\nBest regards,\nCarlos Ruiz\nImportadora del Pacifico Ltda\nChile"
    assert read(mail).company == "Importadora del Pacifico Ltda"


@pytest.mark.parametrize(
    "text", ["求购灯带 10000米，目的港鹿特丹，要CE", "雨伞2万把，发货到鹿特丹"]
)
def test_where_goods_go_is_read_without_a_colon(text: str) -> None:
    assert read(text).destination == "鹿特丹"


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Product\tQty\n", "cups of tin\t500 pcs\n"),
        ("Quantities:\n", "cups of tin - 500\n"),
        ("", "Product\nhello there\n"),
    ],
)
def test_a_long_table_is_read_in_proportion_to_its_length(head: str, row: str) -> None:
    assert growth(lambda rows: read(head + row * rows), 100) < IN_PROPORTION
