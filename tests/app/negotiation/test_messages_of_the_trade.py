"""Messages of buyers, suppliers and traders in five languages, and all that is read from each.

Must not test single rules of reading; prices and rounds have tests of their own.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from app.negotiation.offered import Offered, OfferedPrice, Side
from app.negotiation.rounds import suggest_round

WRITTEN_AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def told(text: str, before: str | None) -> str:
    """What ``text`` suggests after an offer of ``before``, each term behind a bar."""
    earlier = []
    if before:
        currency, price = before.split()
        prices = (OfferedPrice(Decimal(price)),)
        earlier = [Offered(side=Side.OURS, prices=prices, currency=currency, unit="pcs")]
    found = suggest_round(text, side=Side.THEIRS, made_at=WRITTEN_AT, earlier=earlier)
    if found is None:
        return ""
    offered = found.offered
    tiers = ", ".join(
        f"{price.amount.normalize():f}"
        + (f" from {price.min_quantity:f}" if price.min_quantity else "")
        for price in offered.prices
    )
    parts = (
        f"{offered.currency or ''} {tiers}".strip() if tiers else "",
        "target" if found.is_target else "",
        f"MOQ {offered.moq:f}" if offered.moq else "",
        f"{offered.incoterm or ''} {offered.place or ''}".strip(),
        offered.payment_terms or "",
        f"{offered.lead_time_days} days" if offered.lead_time_days else "",
        f"until {offered.valid_until}" if offered.valid_until else "",
    )
    return " | ".join(filter(None, parts))


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        ("Dear Linda, thanks for quote. But 1.98 is too high for our market. Our target is 1.80 FOB Ningbo for 6000 pcs. Pls check with factory and revert.", "USD 1.98", "USD 1.8 from 6000 | target | FOB Ningbo"),
        ("Hi, we can offer as below:\n- 1000pcs: USD3.25/pc\n- 3000pcs: USD3.10/pc\n- 5000pcs: USD2.98/pc\nFOB Shenzhen, lead time 25-30 days after deposit. Payment 30% deposit, 70% before shipment. Price valid 15 days.", None, "USD 3.25 from 1000, 3.1 from 3000, 2.98 from 5000 | FOB Shenzhen | 30% deposit, 70% before | 30 days | until 2026-03-17"),
        ("ok my friend, last price 1.85 and we close today. 5000 pcs, 30% deposit tomorow", "USD 1.98", "USD 1.85 from 5000 | 30% deposit"),
        ("We accept your price but only if sample is free and delivery within 20 days.", "USD 1.98", "20 days"),
        ("Sample cost is USD 50 incl. courier, refundable when order above 1000 pcs.", None, ""),
        ("Freight to Jebel Ali is USD 1850 per 40HQ, so CIF price becomes USD 2.12/pc", "USD 1.98", "USD 2.12 | CIF"),
        ("Can you do better on 10K? like 1.78? otherwise we go with other factory who gave us 1.80", "USD 1.98", "USD 1.78 from 10000"),
        ("MOQ 500pcs per color, EXW 4.20 USD, FOB 4.35 USD", None, "USD 4.35 | MOQ 500 | FOB"),
        ("Dear Sir, kindly note copper price go up 8% so our new price is USD 2.10/pc valid from 1 April", "USD 1.98", "USD 2.1"),
        ("Total order value will be around $45,000, so please give us best discount", "USD 1.98", ""),
        ("5000 pcs = $9,600", None, "USD 1.92 from 5000"),
        ("Quantity between 1000 and 3000 pcs price is $2.40, over 3000 pcs $2.25", None, "USD 2.4 from 1000, 2.25 from 3000"),
        ("red 2.10, blue 2.30", "USD 1.98", "USD 2.1, 2.3"),
        ("Unser Preis ab 1.000 Stück 2,10 €, ab 5.000 Stück 1,95 €. Lieferzeit 4 Wochen, Zahlung 30% Anzahlung, Rest vor Versand.", None, "EUR 2.1 from 1000, 1.95 from 5000 | 30% Anzahlung, Rest vor Versand | 28 days"),
        ("Hallo Herr Wang, 2,40 ist uns zu teuer. Unser Zielpreis liegt bei 2,15 € frei Haus Hamburg bei 3.000 Stk.", "EUR 2.40", "EUR 2.15 from 3000 | target"),
        ("Angebot: 500 Stück à 3,20 EUR, MwSt. nicht enthalten, gültig bis 31.03.2026", None, "EUR 3.2 from 500 | until 2026-03-31"),
        ("Mindestbestellmenge 300 Stück, Stückpreis 4,85 €, Lieferung innerhalb 3 Wochen", None, "EUR 4.85 | MOQ 300 | 21 days"),
        ("Estimada Lucy, el precio de 1.98 es muy alto, nuestro precio objetivo es 1.75 USD por unidad para 8000 unidades CIF Callao.", "USD 1.98", "USD 1.75 from 8000 | target | CIF Callao"),
        ("Le cotizo: 1.000 piezas a US$ 2,35 c/u, 3.000 piezas a US$ 2,20 c/u. Plazo de entrega 35 días. Pago 30% anticipo y 70% contra copia de BL. Oferta válida hasta el 20/03/2026", None, "USD 2.35 from 1000, 2.2 from 3000 | 30% anticipo y 70% contra copia de BL | 35 days | until 2026-03-20"),
        ("Podemos cerrar en 2,05 si el pedido mínimo baja a 500 unidades", "USD 2.20", "USD 2.05 | MOQ 500"),
        ("Здравствуйте! Цена 1,98 высокая, готовы взять 5000 шт по 1,80 долл., FOB Нинбо.", "USD 1.98", "USD 1.8 from 5000 | FOB Нинбо"),
        ("Цена 145 руб/шт при заказе от 1000 шт, от 3000 шт — 138 руб. Срок изготовления 20 дней, предоплата 50%.", None, "RUB 145 from 1000, 138 from 3000 | предоплата 50% | 20 days"),
        ("Минимальный заказ 500 штук, цена $2.30, срок поставки 30 дней", "USD 2.2", "USD 2.3 | MOQ 500 | 30 days"),
        ("亲，这款5k起 8.6含税，1w 8.3，模具费我们出", None, "8.6 from 5000, 8.3 from 10000"),
        ("13.5贵了，过万给12.8行不行", "CNY 13.5", "CNY 12.8 from 10000"),
        ("量上来了再谈，先按13.2做1000个，月底前要货", "CNY 13.5", "CNY 13.2 from 1000"),
        ("客人目标1.75刀，你们最低能做到多少？", "CNY 13.5", "USD 1.75 | target"),
        ("FOB宁波 USD2.36，交期25天，30%定金，70%见提单付清，报价有效期10天", None, "USD 2.36 | FOB 宁波 | 30%定金,70%见提单付清 | 25 days | until 2026-03-12"),
        ("不含税12.9，含13点票14.2，数量3000", "CNY 13.5", "CNY 14.2 from 3000"),
        ("打样费300，大货可退，大货单价13.1", "CNY 13.5", "CNY 13.1"),
        ("起订量1000，单价6.5元，每箱48个，箱规50*40*35，毛重15kg，交期15-20天", None, "CNY 6.5 | MOQ 1000 | 20 days"),
        ("一口价12.6，不行就算了", "CNY 13.5", "CNY 12.6"),
        ("你再降5毛我今天就打定金，5000套", "CNY 13.5", ""),
        ("3.2一个，500起", None, "3.2 from 500"),
        ("老板 1w以下13.3 过1w 12.9 过5w 12.5 运费你出", "CNY 13.5", "CNY 13.3, 12.9 from 10000, 12.5 from 50000"),
        ("现在铜价涨了，原价28.5，现在30.2，5.1之后再涨", "CNY 28.5", "CNY 30.2"),
        ("红色3.4，黑色3.6，各1000个", "CNY 3.6", "CNY 3.4 from 1000, 3.6 from 1000"),
        ("报价：\n型号A 500ml 12.5元\n型号B 750ml 14.8元\n起订1000个 交期30天", None, "CNY 12.5, 14.8 | MOQ 1000 | 30 days"),
        ("ok，2.30可以接，但L/C at sight不行，只做TT", "USD 2.36", "USD 2.3 | TT"),
        ("现货200个，要的话15块一个，订货30天", "CNY 13.5", "CNY 15 from 200 | 30 days"),
        ("Hi Amy,\n\n1.88 is our best, 10,000 pcs.\n\nRegards\nTom\n\nOn Mon, Mar 2, 2026 at 9:14 AM Amy <amy@x.com> wrote:\n> Dear Tom,\n> our price is USD 1.95 for 10,000 pcs, and 1.92 for 20,000 pcs.\n", "USD 1.98", "USD 1.88 from 10000"),
        ("Confirmed at 1.90.\n\nFrom: Amy Li <amy@x.com>\nSent: Monday, March 2, 2026 9:14 AM\nTo: Tom\nSubject: RE: Quotation\n\nDear Tom, our last price USD 1.92/pc", "USD 1.98", "USD 1.9"),
        ("FYI see below, can we match?\n\n---------- Forwarded message ---------\nFrom: Tom <tom@b.com>\nDate: Mon, Mar 2, 2026\nSubject: price\nTo: Amy\n\nWe need 1.70 for 20,000 pcs", "USD 1.98", ""),
        ("> Can you do 1.80 for 5000?\nNo, 1.88 is the lowest for 5000 pcs.\n> Payment?\n30/70 T/T as usual", "USD 1.98", "USD 1.88 from 5000 | 30/70 T/T"),
        ("可以做12.9，5000个。\n\n------------------ 原始邮件 ------------------\n发件人: \"Lee\" <lee@qq.com>;\n发送时间: 2026年3月1日(星期日) 晚上8:00\n收件人: \"a\"<a@b.cn>;\n主题: 报价\n\n13.5一个，5000个", "CNY 13.5", "CNY 12.9 from 5000"),
        ("Wir können 2,20 € akzeptieren bei 2000 Stück.\n\nAm 01.03.2026 um 10:15 schrieb Wang Li <w@x.cn>:\n> 2,35 € bei 2000 Stück", "EUR 2.35", "EUR 2.2 from 2000"),
        ("Согласны на $1.85 за шт, 3000 шт.\n\n02.03.2026, 10:15, \"Wang Li\" <w@x.cn>:\n> $1.95 for 3000 pcs", "USD 1.95", "USD 1.85 from 3000"),
        ("Price: RMB 13.2/pc ex-factory with 13% VAT, or USD 1.92 FOB Ningbo (rate 7.1), MOQ 1000 pcs", None, "CNY 13.2 | MOQ 1000 | EXW"),
        ("USD 12.50/set for 100 sets, USD 11.80/set for 300 sets, one set = 4 pcs, carton 10 sets, 0.08 cbm", None, "USD 12.5 from 100, 11.8 from 300"),
        ("Price per dozen: $14.40 (MOQ 50 dz)", None, "USD 14.4 | MOQ 50"),
        ("we pay 1.65 at present supplier, if you reach 1.70 DDP Warsaw we move 25,000 pc to you", "USD 1.98", "USD 1.7 from 25000 | DDP Warsaw"),
        ("0.42 usd/pcs 10k, 0.39 usd/pcs 50k, 0.37 usd/pcs 100k, exw, leadtime 12 working days", None, "USD 0.42 from 10000, 0.39 from 50000, 0.37 from 100000 | EXW | 17 days"),
        ("USD 850/MT CFR Mombasa, 50 MT per shipment, LC at sight, shipment in April, offer good till 10 March", None, "USD 850 from 50 | CFR Mombasa | LC at sight | until 2026-03-10"),
        ("pls confim 1.9 usd x 5000 = 9500 usd, deposit 2850 usd will send tmrw", "USD 1.98", "USD 1.9 from 5000"),
        ("Dear, we make 3% discount if order > 10.000 pcs: 2,35 $ instead of 2,42 $", None, "USD 2.35 from 10000"),
        ("Our offer EUR 1.245,00 per machine FCA Milano, delivery 8 weeks, 50% in advance 50% before delivery, validity 30 days", None, "EUR 1245 | FCA Milano | 50% in advance 50% before | 56 days | until 2026-04-01"),
        ("Not 4.5, the screen printing adds 0.15 so 4.65 each at 2,000 units, 4.55 at 5,000 units", "USD 4.5", "USD 4.65 from 2000, 4.55 from 5000"),
        ("we want to order 2x40HQ, approx 48,000 pcs. price should be 1.72 max. balance against BL copy, ETD end of April", "USD 1.98", "USD 1.72 from 48000"),
        ("1) Model TX-200: $15.80 (100-499), $14.90 (500+)\n2) Model TX-300: $18.20 (100-499), $17.40 (500+)\nFOB Xiamen", None, "USD 15.8 from 100, 14.9 from 500 | FOB Xiamen"),
        ("5000 pcs = $9,600", "USD 1.98", "USD 1.92 from 5000"),
        ("3000个=12000元", None, "CNY 4 from 3000"),
        ("1000 pcs = $1.85", None, "USD 1.85 from 1000"),
        ("100 sets = $250", "USD 2.6", "USD 2.5 from 100"),
        ("过万12.8", "CNY 13.5", "CNY 12.8 from 10000"),
        ("不过13能做", "CNY 13.5", "CNY 13"),
        ("between 1000 and 3000 pcs 1.9", "USD 1.98", "USD 1.9 from 1000"),
        ("red 2.10, blue 2.30", None, "2.1, 2.3"),
        ("red 2.10, blue 2.30 USD", None, "USD 2.1, 2.3"),
        ("带盖3.5，不带盖3.2", None, "3.5, 3.2"),
        ("ab 1.000 Stück 2,10 €", None, "EUR 2.1 from 1000"),
        ("Zahlungsziel 30 Tage, Preis 2,10 €", "EUR 2.2", "EUR 2.1 | Zahlungsziel 30 Tage"),
        ("entrega 15 días hábiles, 2.10 usd", None, "USD 2.1 | 21 days"),
        ("vor 3 Tagen bezahlt", "USD 1.98", ""),
        ("每箱24个，单价3.5元", None, "CNY 3.5"),
        ("Bro can u do 2.75 x 3000pc?? last time u gave 2.70", "USD 2.9", "USD 2.75 from 3000"),
        ("Best price for you my friend: 500pcs 4.10$, 1000pcs 3.95$, 2000pcs 3.80$. Delivery time: 3-4 weeks. TT 30% 70%", None, "USD 4.1 from 500, 3.95 from 1000, 3.8 from 2000 | TT 30% 70% | 28 days"),
        ("这个单价能不能做到18块？客户要5000台，月结30天", "CNY 19.5", "CNY 18 from 5000 | 月结30天"),
        ("18.8最低了 再低亏本 3000台以上可以18.5", "CNY 19.5", "CNY 18.8, 18.5 from 3000"),
        ("Если возьмёте 10 000 шт, цена будет 0,95 доллара, если 5000 шт — 1,05.", "USD 1.1", "USD 1.05 from 5000, 0.95 from 10000"),
        ("We received a quote of $6.20 from Vietnam. Please match it or come close, otherwise we lose the order.", "USD 6.8", ""),
        ("PI total USD 12,400 (4,000 pcs @ USD 3.10). Please transfer the 30% deposit USD 3,720.", None, "USD 3.1 from 4000 | 30% deposit"),
        ("FOB NINGBO USD3.10, CIF HAMBURG USD3.42, BASED ON 1X40HQ", "USD 3.2", "USD 3.42 | CIF HAMBURG"),
        ("样品费每个80，可退；交期大货35天左右；MOQ500；报价有效期到3月底", "CNY 19.5", "MOQ 500 | 35 days | until 2026-03-31"),
        ("5.6含税到义乌，不含税5.1", "CNY 6", "CNY 5.1"),
        ("Price is 1.15 for black and 1.25 for white, both 10,000 pcs min.", "USD 1.3", "USD 1.15 from 10000, 1.25 from 10000"),
        ("I'll pay 50 cents per piece, not more.", "USD 0.6", ""),
        ("We confirm 2 containers at 1,085.00 USD/MT CNF Karachi, LC 60 days.", "USD 1100", "USD 1085 | CFR Karachi | LC 60 days"),
        ("Danke für Ihr Angebot. Bei Abnahme von 10.000 Stück erwarten wir 1,80 EUR/Stück, Lieferzeit max. 6 Wochen.", "EUR 2.1", "EUR 1.8 from 10000 | 42 days"),
        ("The tooling will be $4,500, one time. Piece price $0.83 at 20k/yr, $0.79 at 50k/yr.", None, "USD 0.83 from 20000, 0.79 from 50000"),
        ("hello, price for 2pcs sample is usd 60 include dhl, mass order price usd 18.9/set for 200sets", "USD 20", "USD 18.9 from 200"),
        ("Can you ship in 15 days? If yes we accept 2.2, if 30 days then 2.05", "USD 2.3", "USD 2.2 | 15 days"),
    ],
)  # fmt: skip
def test_a_message_is_read_as_it_was_meant(text: str, before: str | None, expected: str) -> None:
    assert told(text, before) == expected
